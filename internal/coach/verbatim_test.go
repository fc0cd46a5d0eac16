package coach

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"waymark/internal/reading"
)

// employerFact finds a sentence that says what somebody's employer is or does.
var employerFact = regexp.MustCompile(`(?i)\byour (employer|company|firm|workplace|organi[sz]ation|manager|boss|team|department|HR)\b(?: \w+)? ` +
	`(is|are|has|have|does|do|offers?|pays?|provides?|gives?|wants?|needs?|expects?|plans?|will|won't|would|supports?|values?|knows?|covers?|refunds?|promotes?|trains?|likes?|lets?)\b`)

// notClaimed are ways to speak of an employer without claiming anything.
var notClaimed = regexp.MustCompile(`(?i)\b(may|might|could|whether|if|ask|asks|when|what|which|find out|tell me|you said)\b|\?$`)

// employerFacts are sentences that were read and claim nothing, each with the
// reason.
var employerFacts = map[string]string{}

// TestNothingInventedAboutTheEmployer: the coach knows of an employer what the
// person says, and nothing else.
func TestNothingInventedAboutTheEmployer(t *testing.T) {
	used := map[string]bool{}
	for _, u := range everything(t) {
		for _, s := range sentencesOf(u.text) {
			if !employerFact.MatchString(s) || notClaimed.MatchString(s) {
				continue
			}
			if _, ok := employerFacts[s]; ok {
				used[s] = true
				continue
			}
			t.Errorf("%s: a fact about the employer that nobody told: %s", u.where, s)
		}
	}
	for s := range employerFacts {
		if !used[s] {
			t.Errorf("read and found to claim nothing, but nobody says it any more: %s", s)
		}
	}
}

func TestEmployerFactsAreFound(t *testing.T) {
	for s, want := range map[string]bool{
		"Your employer pays for courses.":                        true,
		"Your company always has openings in spring.":            true,
		"Your manager will be glad to hear it.":                  true,
		"Does your employer pay for it?":                         false,
		"Your employer may pay for it.":                          false,
		"Ask your employer whether it pays for this.":            false,
		"Which field is your employer in?":                       false,
		"Tell your manager your goals and ask what there is.":    false,
		"Good, your team has a plan for you.":                    true,
		"Say what your manager could do, and when your team is.": false,
	} {
		if got := employerFact.MatchString(s) && !notClaimed.MatchString(s); got != want {
			t.Errorf("%q: found %t, want %t", s, got, want)
		}
	}
}

// dateShown is a date as the coach says it back.
var dateShown = regexp.MustCompile(`^(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day \d{1,2} [A-Z][a-z]+ \d{4}$`)

// hourShown is an hour of the day as the coach says it back.
var hourShown = regexp.MustCompile(`^\d{2}:00$`)

// TestWhatIsTypedIsNeverSpeltAnew: below a question stands what the person
// typed, letter for letter, or the label of a choice, or a day or an hour said
// back.
func TestWhatIsTypedIsNeverSpeltAnew(t *testing.T) {
	checked := 0
	for _, c := range conversations(t) {
		for _, e := range c.echoes {
			if e.typed == "" || e.shown == "Skip" {
				continue
			}
			checked++
			if !faithful(e) {
				t.Errorf("%s: typed %q, shown %q", lineOf(c.file, e.line), e.typed, e.shown)
			}
		}
	}
	if checked < 300 {
		t.Errorf("looked at %d answers only", checked)
	}
}

// quotes finds where the coach quotes somebody.
var quotes = regexp.MustCompile(`(?:Last you said|Kept as a win|I added this to your last answer): (.*?)\.?$|You said before: (.*)\. Type a new answer`)

// TestQuotesAreVerbatim: what the coach quotes has been typed, or stood below a
// question as the answer, in just these letters.
func TestQuotesAreVerbatim(t *testing.T) {
	found := 0
	for _, c := range conversations(t) {
		said := map[string]bool{}
		for _, typed := range c.typed {
			said[strings.TrimSpace(typed)] = true
			if win, ok := reading.ReadWin(typed); ok { // the words behind "win:"
				said[win], said[strings.TrimSuffix(win, ".")] = true, true
			}
		}
		jumps := false // answers of a jump are not shown
		for _, e := range c.echoes {
			said[e.shown] = true
			jumps = jumps || e.typed == ""
		}
		for _, m := range c.messages {
			for _, l := range m.lines {
				q := quotes.FindStringSubmatch(l)
				if q == nil || jumps && strings.Contains(c.file, "dialogue") {
					continue
				}
				found++
				words := q[1] + q[2]
				if !said[words] && !said[strings.TrimPrefix(words, "win ")] && !said["win "+words] {
					t.Errorf("%s: quotes %q, which nobody said", lineOf(c.file, m.line), words)
				}
			}
		}
	}
	if found < 5 {
		t.Errorf("found %d quotes only", found)
	}
}

// faithful tells whether what is shown of an answer is made of the person's own
// letters, labels that were on offer, and days.
func faithful(e echo) bool {
	if strings.TrimSpace(e.typed) == e.shown || dateShown.MatchString(e.shown) && strings.Contains(e.offered, "[pick a day]") ||
		hourShown.MatchString(e.shown) && strings.Contains(e.offered, "[09:00]") {
		return true
	}
	labels := choiceLabels(e.offered)
	rest := e.shown
	for _, l := range labels {
		rest = strings.ReplaceAll(rest, l, "")
		if begins, cut := strings.CutSuffix(l, "…"); cut { // what is said back is the whole of a label that is shown in part
			rest = regexp.MustCompile(regexp.QuoteMeta(begins)+`.*?(, and | and |$)`).ReplaceAllString(rest, "$1")
		}
	}
	for _, part := range regexp.MustCompile(`, | and `).Split(rest, -1) {
		if !strings.Contains(e.typed, strings.TrimSpace(part)) {
			return false
		}
	}
	return true
}

var bracketed = regexp.MustCompile(`\[([^\]]+)\]`)

// choiceLabels are the labels of a line of taps, the longest first.
func choiceLabels(taps string) []string {
	var labels []string
	for _, m := range bracketed.FindAllStringSubmatch(taps, -1) {
		labels = append(labels, m[1])
	}
	slices.SortFunc(labels, func(a, b string) int { return len(b) - len(a) })
	return labels
}

func TestFaithful(t *testing.T) {
	for _, c := range []struct {
		typed, shown, offered string
		want                  bool
	}{
		{"recepcionist", "recepcionist", "", true},
		{"recepcionist", "receptionist", "", false},
		{" nurse ", "nurse", "", true},
		{"yes", "Yes", "[Yes] [No]", true},
		{"1 and 3", "Learn and Ask", "[Learn] [Wait] [Ask]", true},
		{"1 and paint bigger", "Learn and paint bigger", "[Learn] [Wait]", true},
		{"1 and paint biger", "Learn and paint bigger", "[Learn] [Wait]", false},
		{"1", "Learn to read plans in the evening", "[Learn to read…] [Wait]", true},
		{"1", "Lern to read plans in the evening", "[Learn to read…] [Wait]", false},
		{"end of march", "Wednesday 31 March 2027", "[pick a day] (Skip)", true},
		{"end of march", "Wednesday 31 March 2027", "(Skip)", false},
	} {
		if got := faithful(echo{typed: c.typed, shown: c.shown, offered: c.offered}); got != c.want {
			t.Errorf("typed %q, shown %q, offered %q: faithful %t, want %t", c.typed, c.shown, c.offered, got, c.want)
		}
	}
}

// TestTyposStayAsTyped talks in misspelt and mixed language, and finds every
// word of it again in the plan and wherever the coach quotes it.
func TestTyposStayAsTyped(t *testing.T) {
	d := newDesk(t, shipped(t))
	say := func(text string) []string {
		t.Helper()
		out, err := d.Do("ana", "says", text)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	const job, keep, target, reason = "recepcionist in a hospitel", "teh peopel, ganz ehrlich", "nurs or midwive", "beeing more usefull & freier"
	say("hi")
	quoted := false
	for range 40 {
		asked := strings.Join(d.out, "\n")
		answer := ""
		for _, a := range [][2]string{
			{"Shall we start?", "thorough"}, {"What is your job today?", job}, {"would you keep", keep}, {"like to get to", target},
			{"What would that give you", reason}, {"more like a career?", "between"}, {"Would you like your work to change?", "yes"}, {"Here is how it goes", "start"},
		} {
			if strings.Contains(asked, a[0]) {
				answer = a[1]
			}
		}
		if answer == "" {
			answer = "skip"
		}
		out := say(answer)
		if answer == reason {
			shownPlan := strings.Join(say("show my plan"), "\n")
			for _, words := range []string{job, target, reason} {
				if !strings.Contains(shownPlan, words) {
					t.Errorf("the plan does not quote %q:\n%s", words, shownPlan)
				}
			}
			quoted = true
			break
		}
		if own := []string{job, keep, target}; slices.Contains(own, answer) && !slices.Contains(out, "(You: "+answer+")") {
			t.Errorf("typed %q, shown:\n%s", answer, strings.Join(out, "\n"))
		}
	}
	if !quoted {
		t.Errorf("the talk never came to the reason; it ended with:\n%s", strings.Join(d.out, "\n"))
	}
}
