package coach

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// A toneRule is something the coach does not say.
type toneRule struct {
	name  string
	finds *regexp.Regexp
}

// toneRules are reviewed lists.
var toneRules = []toneRule{
	{"guilt", phrases(`should have, shouldn't have, should've, you should, ought to, disappointed, disappointing, disappointment, fail, failed, failing, failure,
		lazy, laziness, guilty, guilt, ashamed, shame, blame, excuse, excuses, let me down, let yourself down, give up, gave up, giving up,
		falling behind, fell behind, you are behind, you're behind, late again, again failed, why didn't you, why haven't you, you haven't,
		you didn't, you did not, you have not, still not, not good enough, too late, too slow, unfortunately, sadly, missed, overdue, neglected, ignored`)},
	{"pressure", phrases(`you must, you have to, you've got to, you need to, hurry, urgent, urgently, immediately, as soon as possible, asap, last chance, don't miss, now or never, simply, obviously, easily`)},
	{"streaks and ranking", phrases(`streak, streaks, in a row, score, scores, your points, badge, badges, level up, rank, ranks, ranked, ranking, leaderboard, top performer, top performers,
		high performer, low performer, winner, loser, winners, losers, best in`)},
	{"comparison with others", phrases(`better than, worse than, ahead of others, than others, than your colleagues, than average, average, most people, many people, everyone else, everybody else,
		others have, other people have, your peers, compared to, compared with, percentile, per cent of people, percent of people, faster than`)},
	{"belittling", phrases(`only, just, merely, at least you, even you`)},
	{"correcting language", phrases(`did you mean, do you mean, typo, typos, spelling, misspelled, misspelt, grammar, in correct English, you wrote it wrong, correct spelling`)},
}

// neverSaid are the views of work that the coach does not spread: that a job is
// a cage, and that work must give life its meaning.
var neverSaid = []toneRule{
	{"a job is no prison (S1.12)", phrases(`limited, limiting, limitation, imprisoned, imprison, prison, fear, fears, fearful, trapped, trap, stuck, cage, caged, dead end, dead-end, rut, slave, chained, mediocre, mediocrity`)},
	{"no pressure to find meaning in work (S3.D.d)", phrases(`just a job, only a job, merely a job, more than a job, calling, passion, passionate, dream job, dream, your dreams, true potential, full potential,
		meaning of life, meaningful, sense of purpose, your purpose, higher purpose, purposeful, fulfilled, fulfilment, fulfillment, fulfilling, love what you do, find your why, destiny, born to, vocation, real career, proper job, proper career`)},
}

// phrases finds each of a list of words or phrases, at word boundaries, however
// much space is in them and whatever their case.
func phrases(list string) *regexp.Regexp {
	var alternatives []string
	for p := range strings.SplitSeq(strings.ReplaceAll(list, "\n", " "), ",") {
		alternatives = append(alternatives, strings.ReplaceAll(regexp.QuoteMeta(strings.Join(strings.Fields(p), " ")), " ", `\s+`))
	}
	return regexp.MustCompile(`(?i)\b(` + strings.Join(alternatives, "|") + `)\b`)
}

// allowed are sentences that hold a word of the lists and were read and found to
// be right, each with the reason.
var allowed = map[string]string{
	"It is not about blame.":                                                          "says that there is none",
	"Dates may move later, without blame.":                                            "says that there is none",
	"They are just different, and neither is better.":                                 "puts job and career on a level",
	"I ask because three at a time is as much as most people can keep in mind.":       "a limit of attention, with nobody compared",
	"It takes as long as it takes, years for many people.":                            "takes pressure off",
	"I ask because a date that fits is better than one that passed.":                  "compares dates",
	"I ask because the plan is the way from the job you have to the career you want.": "the job you have, no duty",
	"That is a complete answer, and there is nothing you have to do.":                 "says that there is no duty",
	"It is only a first try, and you can change it any time.":                         "makes the question smaller, not the person",
	"I ask because from here on I only change it when you say so.":                    "binds the coach",
	"I ask because only the difference is still to come.":                             "makes the way shorter",
	"The experience it takes will be complete only after the date you aim for.":       "a fact of the calendar",
	"Only reminders":            "a choice between kinds of messages",
	"Only you see the answers.": "who sees an answer",
	"I can only coach people of this workspace, so I keep nothing of what you write here.": "a limit of the coach",
	"I can only read text, so I could not read that file.":                                 "a limit of the coach",
	"I can only read text, so I could not hear that clip.":                                 "a limit of the coach",
	"I only talk with people.":                                                             "a limit of the coach",
	"You wrote this just before my question appeared:":                                     "a moment in time",
	"Which day do you mean?":                                                               "two days are possible",
	"Do you mean that literally?":                                                          "asks out of care, not about wording",
	`Type "yes" or "no, just a way of speaking".`:                                          "the person's own words",
	"No, just a way of speaking":                                                           "the person's own words",
}

var sentenceEnds = regexp.MustCompile(`[.!?:]["')*_` + "`" + `]*\s+|\n+`)

// sentencesOf cuts a text into sentences and list items.
func sentencesOf(text string) []string {
	var out []string
	start := 0
	for _, m := range sentenceEnds.FindAllStringIndex(text, -1) {
		out = append(out, strings.TrimSpace(text[start:m[1]]))
		start = m[1]
	}
	out = append(out, strings.TrimSpace(text[start:]))
	return slices.DeleteFunc(out, func(s string) bool { return s == "" })
}

func everything(t *testing.T) []utterance { return append(written(t), spoken(t)...) }

func TestTone(t *testing.T) {
	used := map[string]bool{}
	for _, u := range everything(t) {
		for _, s := range sentencesOf(u.text) {
			for _, r := range toneRules {
				hit := r.finds.FindString(s)
				if hit == "" {
					continue
				}
				if _, ok := allowed[s]; ok {
					used[s] = true
					continue
				}
				t.Errorf("%s: %s, %q, in the sentence: %s", u.where, r.name, hit, s)
			}
		}
	}
	for s := range allowed {
		if !used[s] {
			t.Errorf("allowed, but nobody says it any more: %s", s)
		}
	}
}

func TestNeverSaid(t *testing.T) {
	for _, u := range everything(t) {
		for _, r := range neverSaid {
			if hit := r.finds.FindString(u.text); hit != "" {
				t.Errorf("%s: %s: %q in %q", u.where, r.name, hit, u.text)
			}
		}
	}
}

func TestToneRulesFind(t *testing.T) {
	for s, want := range map[string]string{
		"You should have done that last week.":           "guilt",
		"You're behind, and I'm Disappointed.":           "guilt",
		"Keep your\nstreak alive!":                       "streaks and ranking",
		"You are ahead of others in your team.":          "comparison with others",
		"You only wrote two lines.":                      "belittling",
		"You need to hurry.":                             "pressure",
		"Did you mean receptionist?":                     "correcting language",
		"A job is like a prison.":                        "a job is no prison (S1.12)",
		"Follow your passion.":                           "no pressure to find meaning in work (S3.D.d)",
		"Dates move; a new one is fine.":                 "",
		"What would you do differently, on purpose?":     "",
		"Is there a scoreboard in the stadium you like?": "",
	} {
		got := ""
		for _, r := range slices.Concat(toneRules, neverSaid) {
			if r.finds.MatchString(s) {
				got = r.name
				break
			}
		}
		if got != want {
			t.Errorf("%q breaks the rule %q, want %q", s, got, want)
		}
	}
}

func TestQuestionsIn(t *testing.T) {
	for text, want := range map[string]int{
		"What is your job today? A title is fine.": 1,
		"How was it, and what was said?":           2,
		"Shall I? Or not?":                         2,
		"Say `why?` whenever you like.":            0,
		"Tell me what and how, in one line.":       0,
		`Is it your answer to "What is it?"`:       1,
	} {
		if got := questionsIn(text); got != want {
			t.Errorf("questionsIn(%q) = %d, want %d", text, got, want)
		}
	}
}

const longestQuestion = 600 // characters

var (
	asksSomething = regexp.MustCompile(`\?(["')*_]*)(\s|$)`)
	// hiddenQuestion stands behind the mark of another one: "How was it, and what
	// was said?"
	hiddenQuestion = regexp.MustCompile(`\band (what|how|when|where|who|why|which)\b[^.?!]*\?`)
)

// questionsIn counts the questions of a text.
func questionsIn(text string) int {
	return len(asksSomething.FindAllString(text, -1)) + len(hiddenQuestion.FindAllString(text, -1))
}

func TestOneQuestionAtATime(t *testing.T) {
	for _, s := range shippedSteps(t) {
		if n := utf8.RuneCountInString(s.Ask); n > longestQuestion {
			t.Errorf("step %s: the question has %d characters", s.Name(), n)
		}
		if n := questionsIn(s.Ask); n > 1 {
			t.Errorf("step %s asks %d questions", s.Name(), n)
		}
		// What is said comes in one message with the question that follows.
		for _, text := range []string{s.Say, s.Ack} {
			if questionsIn(text) > 0 {
				t.Errorf("step %s asks without waiting for an answer: %s", s.Name(), text)
			}
		}
	}
	for _, c := range conversations(t) {
		for _, m := range c.messages {
			if !m.asks {
				continue
			}
			text := strings.Join(m.lines, "\n")
			if n := questionsIn(text); n > 1 {
				t.Errorf("%s: %d questions in one message:\n%s", lineOf(c.file, m.line), n, text)
			}
			if n := utf8.RuneCountInString(m.lines[len(m.lines)-1]); n > longestQuestion {
				t.Errorf("%s: a question of %d characters", lineOf(c.file, m.line), n)
			}
		}
	}
}
