package career

import (
	"strings"
	"testing"
)

func TestSpecific(t *testing.T) {
	for _, s := range []string{
		"Take the HR certificate", "Read ten job ads", "volunteer at a clinic", "ask Ben for his notes",
		"I want to learn SQL basics", "get a promotion", "become a nurse", "write a guide", "error-free reports before the deadline",
		"move up to shift lead", "Improve the error rate to 0%", "increase sales by 10 percent", "try two shifts on the ward",
		"learning SQL and Excel", "run my own agency", "shepherd the audit through", "lead the Friday bar team",
		"Deutschprüfung B2 bestehen", "Führerschein machen", "terminar el curso", "看護師の資格を取る", "получить сертификат", "pass exam",
		"i do 3 interview", "finish 1 cours", "1 cours", "3 interview", "make 3 apply", "talk 2 boss", "i want be nurse", "i want become team lead",
	} {
		if got := Specific(s); got != (s != "pass exam") {
			t.Errorf("Specific(%q) = %v", s, got)
		}
	}
	for _, s := range []string{
		"", "nursing", "better job", "improve my English", "be better at work", "get better at Excel", "I want to be a better leader",
		"try to network more", "do my best at work", "become happy at work", "a better work life balance", "something with people",
		"work on my career", "more money please", "do something new", "learn more about payroll", "leadership and communication",
		"do great things", "Überstunden", "看", "make things better", "the way up",
		"2 years", "3 times", "2 things", "3 4", "i want be better", "i want better job", "i want be happy", "i want a career", "do more interview",
	} {
		if Specific(s) {
			t.Errorf("Specific(%q) = true", s)
		}
	}
}

// TestEveryActionIsSpecific: a goal that comes from our own list is not asked
// what is meant by it.
func TestEveryActionIsSpecific(t *testing.T) {
	for key, text := range readTexts(t) {
		if !strings.HasPrefix(key, "action.") || strings.HasPrefix(text, "{{.words}}") {
			continue
		}
		before, _, _ := strings.Cut(text, "{{with")
		title := strings.ReplaceAll(before, "{{.words}}", "payroll clerk")
		if !Specific(title) {
			t.Errorf("Specific(%q) = false, the text %s", title, key)
		}
	}
}

func TestMeasurable(t *testing.T) {
	for _, s := range []string{
		"a signed certificate", "10 ads read", "two talks held", "my manager says so", "Ben said yes or no", "no corrections in March 2027",
		"I passed the exam", "the list is on my desk", "I have talked with two people and written down what they said", "100%",
		"in the interview", "my team uses it", "I got an offer", "Zeugnis von der Schule über B2", "être diplômée", "合格証", "every week",
		"i do 3 interview", "finish cours", "i finish course", "have certifcate", "one interviw",
	} {
		if !Measurable(s) {
			t.Errorf("Measurable(%q) = false", s)
		}
	}
	for _, s := range []string{
		"", "yes", "done", "idk", "I feel better", "I know more", "people notice", "when I am ready", "got better at it",
		"one day", "no one complains", "I have a feeling that it works", "it is finished", "merklich", "more confidence",
		"i know more thing", "i am more better", "it go good", "of course",
	} {
		if Measurable(s) {
			t.Errorf("Measurable(%q) = true", s)
		}
	}
}

func letters(list []Letter) string {
	var b strings.Builder
	for _, l := range list {
		b.WriteString(string(l))
	}
	return b.String()
}

func TestSmart(t *testing.T) {
	good := Goal{ID: "g1", Title: "Talk with two people in payroll", Measure: "a page of notes", Due: on("2027-02-22"), Status: Active, Kind: Talk, Closes: []string{"track"}}
	plan := Plan{By: on("2028-12-31"), Gaps: []Gap{{ID: "track"}}, Confirmed: noon(today), Goals: []Goal{good}}
	for _, tc := range []struct {
		rule   string
		change func(*Goal, *Plan)
		weekly float64
		want   string
	}{
		{"a good goal fails nothing", func(*Goal, *Plan) {}, 3, ""},
		{"hours not known speak against nothing", func(*Goal, *Plan) {}, -1, ""},
		{"no hours fit nothing", func(*Goal, *Plan) {}, 0, "a"},
		{"a wish", func(g *Goal, _ *Plan) { g.Title = "improve my career" }, 3, "s"},
		{"nothing to see", func(g *Goal, _ *Plan) { g.Title, g.Measure = "Talk with people in payroll", "I know more" }, 3, "m"},
		{"the title alone can be measured", func(g *Goal, _ *Plan) { g.Measure = "" }, 3, ""},
		{"a course ends by itself", func(g *Goal, _ *Plan) {
			g.Title, g.Measure, g.Kind, g.Months, g.Start, g.Due = "take the evening class", "", Course, 2, on("2026-12-01"), on("2027-02-15")
		}, 8, ""},
		{"closes nothing", func(g *Goal, _ *Plan) { g.Closes = nil }, 3, "r"},
		{"a closed gap asks for nothing", func(g *Goal, p *Plan) { g.Closes, p.Gaps = nil, []Gap{{ID: "track", Closed: on(today)}} }, 3, ""},
		{"serves another goal", func(g *Goal, _ *Plan) { g.Closes, g.Serves = nil, "g2" }, 3, ""},
		{"a goal for the job may stand alone", func(g *Goal, _ *Plan) { g.Closes, g.Scope = nil, JobGoal }, 3, ""},
		{"no date", func(g *Goal, _ *Plan) { g.Due = on("0001-01-01") }, -1, "t"},
		{"a date that has passed", func(g *Goal, _ *Plan) { g.Due = on("2026-11-21") }, 3, "t"},
		{"after the date to be there", func(g *Goal, _ *Plan) { g.Due = on("2029-01-01") }, 3, "t"},
		{"years cannot be hurried", func(g *Goal, _ *Plan) { g.Due, g.Kind = on("2029-01-01"), Wait }, 0, ""},
		{"what it waits for comes later", func(g *Goal, p *Plan) {
			g.After = []string{"g2"}
			p.Goals = append(p.Goals, Goal{ID: "g2", Due: on("2027-03-01"), Status: Active, Kind: Talk})
		}, 9, "a"},
		{"everything at once", func(g *Goal, _ *Plan) { *g = Goal{ID: "g1", Title: "be better", Kind: Practice} }, 1, "smart"},
	} {
		g, p := good, plan
		tc.change(&g, &p)
		want(t, tc.rule, letters(Smart(g, p, tc.weekly, on(today))), tc.want)
	}
}

func TestLeap(t *testing.T) {
	for _, tc := range []struct {
		rule                     string
		from, to, horizon, years int
		want                     bool
	}{
		{"two zones up", 2, 4, 60, 0, true},
		{"one zone up", 3, 4, 60, 24, false},
		{"down", 5, 2, 60, 0, false},
		{"zones not known", 0, 4, 0, 0, false},
		{"sooner than the years", 3, 3, 12, 36, true},
		{"just in time", 3, 3, 36, 36, false},
		{"no date to be there", 3, 3, 0, 36, false},
		{"years not known", 3, 3, 12, 0, false},
	} {
		if got := Leap(tc.from, tc.to, tc.horizon, tc.years); got != tc.want {
			t.Errorf("%s: Leap(%d, %d, %d, %d) = %v", tc.rule, tc.from, tc.to, tc.horizon, tc.years, got)
		}
	}
	for _, tc := range []struct {
		by   string
		want int
	}{{"2027-11-22", 12}, {"2027-11-21", 11}, {"2026-11-30", 1}, {"2026-01-01", 1}} {
		want(t, "Horizon to "+tc.by, Horizon(on(today), on(tc.by)), tc.want)
	}
	want(t, "no date, no horizon", Horizon(on(today), Plan{}.By), 0)
}
