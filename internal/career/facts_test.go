package career

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"waymark/internal/civil"
)

// talk builds facts as a dialogue would: one answer after the other.
type talk struct{ Facts }

func newTalk() *talk {
	return &talk{Facts{Slots: map[string]Fact{}, Items: map[string]map[string]Fact{}}}
}

func (t *talk) set(slot string, v Fact) *talk {
	v.ID = AnswerID(slot)
	t.Slots[slot] = v
	return t
}

// pick answers with choices; those that begin with "own:" are own words.
func (t *talk) pick(slot string, ids ...string) *talk { return t.set(slot, choice(ids...)) }

func (t *talk) text(slot, words string) *talk { return t.set(slot, Fact{Text: words}) }

func (t *talk) list(slot string, words ...string) *talk {
	return t.set(slot, Fact{List: words, Text: strings.Join(words, ", ")})
}

func (t *talk) date(slot, day string) *talk { return t.set(slot, Fact{Date: on(day)}) }

func (t *talk) months(slot string, n int, words string) *talk {
	return t.set(slot, Fact{Months: n, Text: words})
}

func (t *talk) hours(n float64) *talk { return t.set("hours", Fact{Number: n}) }

// unknown is "I don't know" to a question that has no such option.
func (t *talk) unknown(slot string) *talk {
	return t.set(slot, Fact{Choices: []string{unsure}, Labels: []string{""}, Own: []bool{false}, Text: "no idea", Skipped: true})
}

func (t *talk) skip(slot string) *talk { return t.set(slot, Fact{Skipped: true}) }

// item answers slot about one item.
func (t *talk) item(slot, item string, v Fact) *talk {
	if t.Items[slot] == nil {
		t.Items[slot] = map[string]Fact{}
	}
	v.ID = AnswerID(slot + "@" + item)
	t.Items[slot][item] = v
	return t
}

func (t *talk) act(gap string, ids ...string) *talk { return t.item("act", gap, choice(ids...)) }

func (t *talk) due(item, day string) *talk { return t.item("due", item, Fact{Date: on(day)}) }

// course answers the questions about a course.
func (t *talk) course(item, start string, months int, pays string) *talk {
	t.item("course_months", item, Fact{Months: months})
	t.item("course_start", item, Fact{Date: on(start)})
	return t.item("employer_pays", item, choice(pays))
}

func choice(ids ...string) Fact {
	v := Fact{Choices: ids}
	for _, id := range ids {
		words, own := strings.CutPrefix(id, "own:")
		v.Labels = append(v.Labels, words)
		v.Own = append(v.Own, own)
	}
	return v
}

func on(day string) civil.Date {
	d, err := civil.Parse(day)
	if err != nil {
		panic(err)
	}
	return d
}

// titled says an action the way a test can read it.
func titled(a Action) string {
	if a.Template == "" {
		return a.Words
	}
	if a.Words == "" {
		return a.Template
	}
	return a.Template + ": " + a.Words
}

// gapList prints gaps as "id severity".
func gapStrings(gaps []Gap) []string {
	var out []string
	for _, g := range gaps {
		out = append(out, fmt.Sprintf("%s %s", g.ID, g.Severity))
	}
	return out
}

func actionIDs(list []Action) []string {
	var out []string
	for _, a := range list {
		out = append(out, a.ID)
	}
	return out
}

// dates prints milestones as "kind date", units with their number.
func milestoneStrings(g Goal) []string {
	var out []string
	for _, m := range g.Milestones {
		s := string(m.Kind) + " " + m.Due.String()
		if m.Kind == Unit {
			s = fmt.Sprintf("unit %d/%d %s", m.N, m.Of, m.Due)
		}
		out = append(out, s)
	}
	return out
}

func want[T any](t *testing.T, call string, got, want T) {
	t.Helper()
	if g, w := fmt.Sprint(got), fmt.Sprint(want); g != w {
		t.Errorf("%s\n got %v\nwant %v", call, g, w)
	}
}

// noon is an instant on a day, in a zone east of UTC so that the two dates
// differ from each other at times.
func noon(day string) time.Time {
	return on(day).At(12, 0, time.FixedZone("east", 2*60*60))
}

func TestFactsAreReadTheSameInEveryShape(t *testing.T) {
	f := newTalk().
		pick("track", "unsure").text("track_change", " on  the\nproject team ").skip("tight").
		list("skills", "Excel", " ", "excel", "speaking").Facts
	want(t, "said(track)", f.said("track", "no", "unsure"), true)
	want(t, "said(skipped)", f.said("tight", ""), false)
	want(t, "words are on one line", f.words("track_change"), "on the project team")
	want(t, "list has no empty or repeated entries", f.list("skills"), []string{"Excel", "speaking"})
	want(t, "long words are cut", len([]rune(tidy(strings.Repeat("é", 5000)))), maxWords)

	own := Fact{Choices: []string{"own:my idea", "plain", "x"}, Own: []bool{true, false, true}, Labels: []string{"my idea", "Plain", "x"}}
	for i, w := range []string{"my idea true", " false", "x true"} {
		words, ok := own.own(i)
		want(t, fmt.Sprintf("own(%d)", i), fmt.Sprint(words, " ", ok), w)
	}
}
