package ladder

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// rung finds a rung by what it is called.
func rungOf(t *testing.T, l *Ladders, title string) Rung {
	t.Helper()
	m := l.Match(title, 1)
	if len(m) != 1 || m[0].Title != title {
		t.Fatalf("Match(%q) = %s", title, titles(m))
	}
	return m[0]
}

func names(rungs []Rung) []string {
	var out []string
	for _, r := range rungs {
		out = append(out, r.Title)
	}
	return out
}

func TestAStepOrTwoLower(t *testing.T) {
	l := load(t)
	for _, c := range []struct {
		title string
		steps int
		want  []string
	}{
		{"Registered nurse", 1, []string{"Practical nurse"}},
		{"Registered nurse", 2, []string{"Practical nurse", "Healthcare assistant"}},
		{"Human resources manager", 2, []string{"Human resources business partner", "Human resources specialist"}},
		{"Area manager", 2, []string{"Store manager", "Assistant store manager"}},
		{"Human resources assistant", 2, []string{"Administrative assistant"}},
		{"Sales associate", 2, nil},
		{"Area manager", 0, nil},
	} {
		if diff := cmp.Diff(c.want, names(l.Below(rungOf(t, l, c.title), c.steps))); diff != "" {
			t.Errorf("Below(%s, %d) (-want +got):\n%s", c.title, c.steps, diff)
		}
	}
}

func TestNextLevel(t *testing.T) {
	l := load(t)
	for title, want := range map[string]string{
		"Sales associate": "Senior sales associate", "Store manager": "Area manager", "Bartender": "Head bartender",
		"Software developer": "Senior software developer", "Head of retail sales": "",
	} {
		if got, ok := l.Next(rungOf(t, l, title)); got.Title != want || ok != (want != "") {
			t.Errorf("Next(%s) = %s, %t, want %q", title, got.Title, ok, want)
		}
	}
}

func TestRungsInBetween(t *testing.T) {
	l := load(t)
	for _, c := range []struct {
		why, from, to string
		want          []string
	}{
		{"on one track", "Sales associate", "Store manager", []string{"Senior sales associate", "Sales lead", "Assistant store manager"}},
		{"from a title of another track that stands on this one too", "Administrative assistant", "Human resources manager",
			[]string{"Human resources assistant", "Human resources specialist", "Human resources business partner"}},
		{"from the front desk of a clinic", "Medical receptionist", "Registered nurse", []string{"Healthcare assistant", "Practical nurse"}},
		{"next to each other", "Store manager", "Area manager", nil},
		{"the same", "Store manager", "Store manager", nil},
		{"downwards", "Store manager", "Sales associate", nil},
		{"from elsewhere", "Bartender", "Registered nurse", nil},
	} {
		if diff := cmp.Diff(c.want, names(l.Between(rungOf(t, l, c.from), rungOf(t, l, c.to)))); diff != "" {
			t.Errorf("%s: Between(%s, %s) (-want +got):\n%s", c.why, c.from, c.to, diff)
		}
	}
}

// The roads that a coach would think of are among the first five.
func TestAlternativeTracks(t *testing.T) {
	l := load(t)
	for target, want := range map[string][]string{
		"Registered nurse":        {"midwifery", "emergency", "care-work"},
		"Bartender":               {"drinks-trade", "restaurant-service"},
		"Human resources manager": {"recruitment", "learning-development", "payroll"},
		"Sales lead":              {"sales-b2b", "customer-service"},
		"Software developer":      {"software-own-business"},
		"Accountant":              {"auditing", "tax"},
		"Journalist":              {"content", "public-relations"},
	} {
		var got []string
		for _, r := range l.Alternatives(rungOf(t, l, target), 5) {
			got = append(got, r.Track)
		}
		for _, w := range want {
			if !slices.Contains(got, w) {
				t.Errorf("Alternatives(%s) are on %q, want %s among them", target, got, w)
			}
		}
	}
	sd := l.Alternatives(rungOf(t, l, "Software developer"), 1)
	if diff := cmp.Diff([]string{"Freelance developer"}, names(sd)); diff != "" {
		t.Errorf("a branch that begins with the title itself stands for where it leads (-want +got):\n%s", diff)
	}
	hr, _ := l.Rung("office-admin", 2)
	if got := l.Alternatives(hr, 9); slices.ContainsFunc(got, func(r Rung) bool { return r.Title == hr.Title }) {
		t.Errorf("Alternatives(%s) = %s: the title itself is none", hr.Title, titles(got))
	}
}

// Whatever rung is asked about, the answers are rungs, on the tracks they should
// be on, and no more than asked for.
func TestEveryRungHasSaneNeighbours(t *testing.T) {
	l := load(t)
	for _, tr := range l.tracks {
		for i := range tr.rungs {
			r, ok := l.Rung(tr.id, i+1)
			if !ok || r.N != i+1 || r.Track != tr.id {
				t.Fatalf("Rung(%s, %d) = %+v, %t", tr.id, i+1, r, ok)
			}
			if got := len(l.Below(r, 2)); got != min(i, 2) {
				t.Errorf("Below(%s on %s, 2) has %d", r.Title, tr.id, got)
			}
			alternatives := l.Alternatives(r, 5)
			if len(alternatives) == 0 || len(alternatives) > 5 {
				t.Errorf("Alternatives(%s on %s, 5) has %d", r.Title, tr.id, len(alternatives))
			}
			tracks := map[string]bool{tr.id: true}
			for _, a := range alternatives {
				if there, ok := l.Rung(a.Track, a.N); !ok || there != a || tracks[a.Track] {
					t.Errorf("Alternatives(%s on %s) has %+v", r.Title, tr.id, a)
				}
				tracks[a.Track] = true
			}
		}
	}
}

// A rung that was stored may be gone from the files of today.
func TestRungsThatAreGone(t *testing.T) {
	l := load(t)
	here := rungOf(t, l, "Registered nurse")
	for _, r := range []Rung{{}, {Track: "gone", N: 1}, {Track: "nursing", N: 99}, {Track: "nursing", N: -1}} {
		if got := l.Below(r, 2); got != nil {
			t.Errorf("Below(%+v) = %s", r, titles(got))
		}
		if got, ok := l.Next(r); ok && r.N > 0 {
			t.Errorf("Next(%+v) = %s", r, got.Title)
		}
		if got := l.Between(here, r); got != nil {
			t.Errorf("Between(…, %+v) = %s", r, titles(got))
		}
		if got := l.Alternatives(r, 3); got != nil {
			t.Errorf("Alternatives(%+v) = %s", r, titles(got))
		}
	}
	var none Ladders
	if _, ok := none.Rung("nursing", 1); ok || none.Titles() != 0 || none.Alternatives(here, 3) != nil {
		t.Error("no ladders, but there are rungs")
	}
}
