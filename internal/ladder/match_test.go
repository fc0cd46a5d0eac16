package ladder

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
)

// Every title of the table has its right first suggestion, and none where none
// is right: a wrong one is worse than none.
func TestMatchTypedTitles(t *testing.T) {
	l := load(t)
	right, none := 0, 0
	for _, c := range typedTitles {
		got := ""
		if m := l.Match(c.text, 5); len(m) > 0 {
			got = m[0].Title
		}
		switch {
		case !slices.Contains(strings.Split(c.want, "|"), got):
			t.Errorf("Match(%q) = %q first, want %q", c.text, got, c.want)
		case got == "":
			none++
		default:
			right++
		}
	}
	if right < 400 || none < 80 {
		t.Errorf("the table has %d titles that match and %d that do not: too few to say anything", right, none)
	}
}

// What the table cannot say: a person's words in each way a rule changes them
// lead to the rung that the plain words lead to.
func TestMatchSeesThrough(t *testing.T) {
	l := load(t)
	for rule, c := range map[string]struct {
		plain string
		typed []string
	}{
		"letters left out, doubled, swapped, replaced": {"electrician", []string{"electricin", "electrricician", "electrcian", "elecrtician", "elektrician"}},
		"a typo in a common word":                      {"HR manager", []string{"HR manger", "HR maneger", "HR managr"}},
		"capitals and marks":                           {"registered nurse", []string{"REGISTERED NURSE", "Registered Nurse.", "registered nurse!", "*registered nurse*", "“Registered nurse”", "R.N.", "r.n"}},
		"many and one":                                 {"store managers", []string{"store manager", "store's manager"}},
		"women and men":                                {"policeman", []string{"policewoman", "policewomen", "policemen"}},
		"British and American":                         {"labour ward coordinator", []string{"labor ward coordinator", "labor ward co-ordinator"}},
		"one word or two":                              {"bookkeeper", []string{"book keeper", "book-keeper", "Bookkeeper"}},
		"two words or one":                             {"project manager", []string{"projectmanager", "project-manager"}},
		"short forms":                                  {"senior software engineer", []string{"sr software engineer", "Sr. Software Engr.", "snr. software eng"}},
		"the order of words":                           {"marketing manager", []string{"manager marketing", "Manager, Marketing", "Manager (Marketing)", "manager of marketing"}},
		"what comes before": {"plumber", []string{
			"I'm a plumber", "i am a plumber", "Im plumber", "I work as a plumber", "currently a plumber", "my job is plumber",
			"Job title: plumber", "just a plumber", "well, I'm a plumber", "I am currently employed as a plumber", "still a plumber",
		}},
		"what comes after": {"plumber", []string{
			"plumber at a small firm", "plumber for 12 years", "plumber in Leeds", "plumber, part-time", "plumber since 2019",
			"plumber (own van)", "plumber but looking around",
		}},
		"accents, also typed apart": {"café manager", []string{"cafe manager", "cafe\u0301 manager", "CAFÉ MANAGER"}},
		"levels in numbers":         {"software engineer", []string{"software engineer 2", "Software Engineer II", "Software Engineer (III)"}},
	} {
		want := l.Match(c.plain, 1)
		if len(want) == 0 {
			t.Errorf("%s: Match(%q) finds nothing", rule, c.plain)
			continue
		}
		for _, typed := range c.typed {
			if got := l.Match(typed, 1); !slices.Equal(got, want) {
				t.Errorf("%s: Match(%q) = %s, want %s as for %q", rule, typed, titles(got), want[0].Title, c.plain)
			}
		}
	}
}

func TestMatchOffersBothMeanings(t *testing.T) {
	l := load(t)
	for typed, want := range map[string][]string{
		"PM":                     {"Project manager", "Product manager"},
		"sales":                  {"Sales associate", "Account executive"},
		"waiter and bartender":   {"Waiter", "Bartender"},
		"nurse / yoga teacher":   {"Registered nurse", "Fitness instructor"},
		"translator, tour guide": {"Translator", "Tour guide"},
	} {
		got := l.Match(typed, 4)
		for _, w := range want {
			if !slices.ContainsFunc(got, func(r Rung) bool { return r.Title == w }) {
				t.Errorf("Match(%q, 4) = %s, want %s among them", typed, titles(got), w)
			}
		}
	}
}

func TestMatchKeepsToItsNumber(t *testing.T) {
	l := load(t)
	for n := -1; n <= 6; n++ {
		if got := l.Match("senior software developer", n); len(got) > max(n, 0) {
			t.Errorf("Match(…, %d) gives %d rungs", n, len(got))
		}
	}
	if got := new(Ladders).Match("nurse", 5); got != nil {
		t.Errorf("no ladders, but Match gives %s", titles(got))
	}
}

// A title of another profession that only looks alike is not taken for a typo.
func TestOtherProfessionsAreNoTypos(t *testing.T) {
	l := load(t)
	for other, like := range map[string]string{
		"diver": "Delivery driver", "potter": "Hotel receptionist", "composer": "Help desk technician",
		"miner": "Nursery assistant", "physicist": "Doctor", "councillor": "Counsellor", "sailor": "Tailor",
		"weaver": "Waiter", "banker": "Baker", "writer": "Waiter", "printer": "Painter and decorator",
	} {
		for _, r := range l.Match(other, 5) {
			if r.Title == like {
				t.Errorf("Match(%q) gives %s", other, like)
			}
		}
	}
}

// Ladders are shared by everybody the coach talks with at once.
func TestMatchSideBySide(t *testing.T) {
	l := load(t)
	want := fmt.Sprint(l.Match("snior softwear enginer", 5))
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 50 {
				if got := fmt.Sprint(l.Match("snior softwear enginer", 5)); got != want {
					t.Errorf("Match differs from one time to the next: %s, then %s", want, got)
					return
				}
			}
		})
	}
	wg.Wait()
}

// However long a text is, only its beginning costs anything.
func TestLongTextCostsNoMore(t *testing.T) {
	l := load(t)
	long := "nurse " + strings.Repeat("and teacher, plumber at a hospital / ", 20)
	longer := long + strings.Repeat("bakery manager & cook (part-time); ", 20_000)
	few := testing.AllocsPerRun(10, func() { l.Match(long, 5) })
	many := testing.AllocsPerRun(10, func() { l.Match(longer, 5) })
	if many > few+1 {
		t.Errorf("%d bytes cost %.0f allocations, %d bytes %.0f", len(long), few, len(longer), many)
	}
	if got := l.Match("nurse"+strings.Repeat("!", 1_000_000), 1); len(got) != 1 || got[0].Title != "Registered nurse" {
		t.Errorf("a nurse with a million exclamation marks is %s", titles(got))
	}
}

func FuzzMatch(f *testing.F) {
	for _, c := range typedTitles {
		f.Add(c.text, 3)
	}
	for _, s := range []string{
		"\x00\xff", strings.Repeat("a", 30_000), "of of of", "head of", "of sales", "- , / ( )", "I I I", "i run", "my job is",
		"&&&", "C++ C# .NET", "é́́", "’s", "manager manager manager", strings.Repeat("manager of ", 60), "ﬁreﬁghter", "Ⅲ", "İI",
	} {
		f.Add(s, 5)
	}
	l := load(f)
	f.Fuzz(func(t *testing.T, text string, n int) {
		got := l.Match(text, n)
		if len(got) > max(n, 0) {
			t.Errorf("Match(%q, %d) gives %d rungs", text, n, len(got))
		}
		seen := map[string]bool{}
		for _, r := range got {
			if there, ok := l.Rung(r.Track, r.N); !ok || there != r {
				t.Errorf("Match(%q) gives %+v, which is no rung", text, r)
			}
			if seen[r.Title] {
				t.Errorf("Match(%q) gives %s twice", text, r.Title)
			}
			seen[r.Title] = true
		}
	})
}

func BenchmarkMatch(b *testing.B) {
	l := load(b)
	for name, text := range map[string]string{
		"exact":    "registered nurse",
		"typos":    "snior softwear enginer",
		"sentence": "I'm a senior software engineer at a bank, part-time",
		"none":     "astronaut",
		"long":     "nurse " + strings.Repeat("and teacher, plumber at a hospital / ", 20),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				l.Match(text, 5)
			}
		})
	}
}
