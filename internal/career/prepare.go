package career

import (
	"maps"
	"strings"
	"unicode"

	"waymark/internal/civil"
)

// Preparation is what a person can bring to a review: all of it theirs, none of
// it judged.
type Preparation struct {
	Goals   []Goal      // with what is done; no dropped ones
	Wins    []Win       // since the review before, the latest last
	Slipped []Slip      // what took longer than planned; of what moved together the first
	Funding []Goal      // courses for which nobody knows yet who pays
	Closed  []Gap       // gaps closed since the review before
	Met     []Milestone // milestones reached since then
	Growth  []Growth    // how far the scored goals have come since then
}

// Growth is how far a goal has come between two reviews.
type Growth struct {
	Goal      Goal
	Then, Now Score
}

// Slip is a milestone that came, or is, later than it was planned first.
type Slip struct {
	Goal      Goal
	Milestone Milestone
	Days      int
}

// Prepare collects what is worth saying in a review.
func Prepare(p Plan, r Review, today civil.Date) Preparation {
	since := lastReview(p, r)
	var out Preparation
	for _, w := range p.Wins {
		if w.On.After(since) {
			out.Wins = append(out.Wins, w)
		}
	}
	for _, g := range p.Gaps {
		if g.Closed.After(since) {
			out.Closed = append(out.Closed, g)
		}
	}
	for _, g := range p.Goals {
		if g.Status == Dropped || g.Status == Draft {
			continue
		}
		out.Goals = append(out.Goals, g)
		if g.Kind == Course && g.Status != Achieved && (g.Funding == "unsure" || g.Funding == "partly" || g.Funding == "") {
			out.Funding = append(out.Funding, g)
		}
		for _, m := range g.Milestones {
			if m.Done.After(since) {
				out.Met = append(out.Met, m)
			}
		}
		out.Slipped = append(out.Slipped, slips(g, since, today)...)
		if then, now, ok := growth(g, since); ok {
			out.Growth = append(out.Growth, Growth{g, then, now})
		}
	}
	return out
}

// slips are the milestones of g that were done late since the last review, and
// the first of those that are late: the ones after it have moved with it.
func slips(g Goal, since, today civil.Date) []Slip {
	var out []Slip
	open := false
	for _, m := range g.Milestones {
		days := slip(m, today)
		if days == 0 || m.Open() && open || !m.Open() && !m.Done.After(since) {
			continue
		}
		open = open || m.Open()
		out = append(out, Slip{g, m, days})
	}
	return out
}

// growth is the score at the last review, or the first one after it, against the
// latest; false if there is only one.
func growth(g Goal, since civil.Date) (then, now Score, ok bool) {
	if len(g.Scores) < 2 {
		return then, now, false
	}
	then, now = g.Scores[0], g.Scores[len(g.Scores)-1]
	for _, s := range g.Scores {
		if !s.On.After(since) {
			then = s
		}
	}
	return then, now, then.On.Before(now.On)
}

// lastReview is the date of the last review held before r; zero if none was.
func lastReview(p Plan, r Review) civil.Date {
	var last civil.Date
	for _, o := range p.Reviews {
		if o.Held && o.ID != r.ID && o.Date.After(last) {
			last = o.Date
		}
	}
	return last
}

// slip is how many days later than first planned a milestone came, or is by
// today.
func slip(m Milestone, today civil.Date) int {
	if m.Dropped {
		return 0
	}
	first := m.Due
	for _, c := range m.History {
		if c.What == changedDue && !c.Due.IsZero() && c.Due.Before(first) {
			first = c.Due
		}
	}
	end := today
	if !m.Done.IsZero() {
		end = m.Done
	} else if m.Due.After(today) {
		end = m.Due
		if first == m.Due {
			return 0
		}
	}
	return max(0, first.DaysUntil(end))
}

// ToPrepare is the review that the person prepares now: the one that was not
// held, or where none is known a talk without a day, which SetReview gives one.
// The pointer is good until the reviews of the plan change.
func (p *Plan) ToPrepare() *Review {
	if r := p.openReview(); r != nil {
		return r
	}
	p.Reviews = append(p.Reviews, Review{ID: p.newID("r")})
	return &p.Reviews[len(p.Reviews)-1]
}

// openReview is the review that was not held, nil if there is none.
func (p *Plan) openReview() *Review {
	for i := range p.Reviews {
		if !p.Reviews[i].Held {
			return &p.Reviews[i]
		}
	}
	return nil
}

// prepare takes over what was prepared for the review as it was before.
func (r *Review) prepare(was Review) {
	r.Support, r.Improve, r.Help, r.Opening, r.Line = was.Support, was.Improve, was.Help, was.Opening, was.Line
	r.Edited = maps.Clone(was.Edited)
}

// maxStrongest is how many words a line has at most that is easy to say.
const maxStrongest = 40

// Strongest is the sentence of answers that says the most: one with a figure, else
// one that asks or promises something, of a length that can be said in one breath.
// Of equals the last counts, as what was asked of the other side comes last. It
// is "" when nothing was said.
func Strongest(answers ...string) string {
	best, most := "", 0
	for _, a := range answers {
		for _, s := range sentences(a) {
			if n := weight(s); n >= most {
				best, most = s, n
			}
		}
	}
	return best
}

// sentences cuts text at the ends of sentences and lines.
func sentences(text string) []string {
	var out []string
	for _, line := range strings.Split(text, "\n") {
		for start, rest := 0, []rune(strings.TrimSpace(line)); start < len(rest); {
			end := start
			for end < len(rest) && !(strings.ContainsRune(".!?", rest[end]) && (end+1 == len(rest) || unicode.IsSpace(rest[end+1]))) {
				end++
			}
			if s := strings.TrimSpace(string(rest[start:min(end+1, len(rest))])); strings.ContainsFunc(s, unicode.IsLetter) {
				out = append(out, s)
			}
			start = end + 1
		}
	}
	return out
}

// asking are the beginnings of words that ask for something or say what comes.
var asking = []string{"i would like", "i'd like", "i want", "could you", "can you", "would you", "will you", "i will", "i'll", "please"}

func weight(sentence string) int {
	n := 1
	if strings.ContainsFunc(sentence, unicode.IsDigit) {
		n += 3
	}
	lower := strings.ReplaceAll(strings.ToLower(sentence), "’", "'")
	for _, a := range asking {
		if strings.Contains(lower, a) {
			n += 2
			break
		}
	}
	if strings.Contains(lower, "because") || strings.Contains(lower, "so that") {
		n++
	}
	switch words := len(strings.Fields(sentence)); {
	case words > maxStrongest:
		n = 0
	case words >= 5:
		n++
	}
	return n
}
