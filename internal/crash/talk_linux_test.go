package crash

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"strings"

	"waymark/internal/bot/bottest"
	"waymark/internal/workspace"
)

// questions are those that ship.
var questions = bottest.Shipped()

// answers to some questions, by step, so that the talks get somewhere; # stands
// for what sets one answer apart from all others.
var answers = map[string]string{
	"first.start":          "thorough",
	"have.job":             "front desk in clinic #",
	"have.field":           "health care",
	"have.keep":            "talking with patients #",
	"have.energy":          "7",
	"want.target":          "nurse on ward #",
	"want.reason":          "being close to patients #",
	"gaps.closer":          "volunteer at clinic #, take a first-aid class",
	"gaps.education":       "missing",
	"gaps.education_what":  "a nursing diploma #",
	"gaps.skills":          "taking blood, reading charts #",
	"gaps.hours":           "5 hours",
	"choose.gap_pick":      "1",
	"act.act":              "compare three programmes #",
	"goals.goal_pick":      "1",
	"goal.measure":         "a table with three programmes #",
	"goal.due":             "in 3 months",
	"goal.if_then":         "If it is Tuesday evening, then I look at programme #",
	"review.has_review":    "yes",
	"review.review_date":   "in 5 months",
	"backup.risks":         "1",
	"risk.risk_then":       "I apply at clinic #",
	"backup.alternatives":  "medical assistant #, evening school",
	"backup.head_start":    "write to Jo from team #",
	"finish.confirm":       "yes",
	"finish.confidence":    "8",
	"finish.cadence":       "every week",
	"finish.hour":          "10:00", // nobody is reminded while they talk, see zones
	"balance.bal_hour":     "skip",
	"check_in.status":      "on track",
	"check_in.progress":    "half of it #",
	"check_in.what_helped": "my colleague #",
}

// unasked is what somebody says whom nobody has asked anything.
var unasked = []string{
	"win: trained colleague #", "/win helped patient #", "show plan", "status", "/goals", "why?",
	"mentor", "I wonder about chapter #", "network", "win: wrote guide #", "balance", "show answers", "learn",
}

// person is somebody who talks with both bots.
type person struct {
	workspace.Person
	n    int
	said int
	zone int // 0 or 1: which half of the world
	// wordy is somebody who writes pages, whatever they were asked.
	wordy bool
	// agreed is the message from which on conversations are still compared.
	agreed map[*side]string
}

// act is what a person does.
type act struct {
	says string
	taps *workspace.Action // says is "" then
}

// act decides what a person does in view of their conversation, in which nothing
// is chance: the same conversation, the same deed. Unless tapping is possible they
// write.
func (p *person) act(seen []workspace.Message, tapping bool) act {
	p.said++
	mark := fmt.Sprintf("%d-%d", p.n, p.said)
	dice := roll(mark)
	if len(seen) == 0 {
		return act{says: "hi"}
	}
	if p.wordy {
		return act{says: "what I think about it is " + letters(mark, 3000)}
	}
	last := seen[len(seen)-1]
	if tapping && dice%3 == 0 {
		for _, a := range last.Actions {
			if a.Type == "button" && a.URL == "" {
				return act{taps: &a}
			}
		}
	}
	steps := questions.On(last.Text)
	for _, step := range steps {
		if text := answers[step]; text != "" {
			return act{says: strings.ReplaceAll(text, "#", mark)}
		}
	}
	switch {
	case len(steps) == 0:
		says := strings.ReplaceAll(unasked[dice%len(unasked)], "#", mark)
		if !tapping {
			says = strings.TrimPrefix(says, "/") // a command wants an answer at once
		}
		return act{says: says}
	case dice%10 < 3:
		return act{says: "what I think about it is " + mark}
	case dice%10 == 3:
		return act{says: "back"}
	}
	return act{says: "skip"}
}

// letters are n letters that a word decides and that cannot be packed well.
func letters(word string, n int) string {
	random := rand.New(rand.NewPCG(uint64(roll(word)), 0))
	b := make([]byte, n)
	for i := range b {
		b[i] = "abcdefghijklmnopqrstuvwxyz "[random.IntN(27)]
	}
	return string(b)
}

// roll is a number that a word decides.
func roll(word string) int {
	h := fnv.New32a()
	_, _ = h.Write([]byte(word))
	return int(h.Sum32() >> 1)
}
