package dialogue

import (
	"regexp"
	"slices"
	"strings"

	"waymark/internal/reading"
)

var hasLabel = regexp.MustCompile(`(?i)^\W*(?:(?:actually|sorry|no|but|please)\W+)*(?:(?:my|the)\s+)?([\pL][\pL -]{2,40}?)\s*:\s+(\S.*)$`)

// manyThings are topics that may also stand before a colon in an answer.
var manyThings = []string{"role", "position", "job", "ideas", "talk", "change", "skills", "experience"}

// labelled reads "target date: 31.3.2031" as a correction, where the words before
// the colon are the name of an answer and nothing else.
func (t *turn) labelled() bool {
	m := hasLabel.FindStringSubmatch(t.in.Text)
	if m == nil || goalNumbered.MatchString(t.in.Text) {
		return false
	}
	label := normal(m[1])
	for _, cand := range t.byTopic(m[1]) {
		here := t.st.Asked != nil && t.st.Asked.Key == cand.key
		named := slices.ContainsFunc(cand.step.Topics, func(topic string) bool { return normal(topic) == label })
		if !named || !cand.answered && !here || slices.Contains(manyThings, label) || slices.Contains(everyday, label) && !here {
			continue
		}
		if t.proposeFrom(cand, m[2]) {
			return true
		}
	}
	return false
}

var addsRole = regexp.MustCompile(`(?i)^\W*(?:please\s+|can you\s+|i want to\s+)*(?:add|put(?: in)?)\s+(.{2,80}?)\s+as\s+(?:an?\s+|one\s+|my\s+|the\s+)?(?:next\s+)?(?:roles?|jobs?|levels?|steps?|positions?)(?:\s+(?:in[ -]?between|between|on the way|first|before that))?[\s,;:.!]*(.{0,60})$`)

// addsRole reads "add shift lead as role in between, end of 2030": one more role on
// the way is the next level, or stands behind the one that was named.
func (t *turn) addsRole() bool {
	m := addsRole.FindStringSubmatch(strings.TrimSpace(t.in.Text))
	if m == nil {
		return false
	}
	for _, cand := range t.byTopic("next level") {
		if cand.step.Kind != Text {
			continue
		}
		role := strings.TrimSpace(m[1])
		if when := strings.TrimSpace(m[2]); when != "" {
			role += " (" + when + ")"
		}
		if a, ok := t.st.answerTo(cand.step, cand.key); ok && a.Value.Text != "" {
			role = a.Value.Text + ", " + role
		}
		return t.proposeFrom(cand, role)
	}
	return false
}

// afterRefusal takes what follows a correction with a "no" for its right value:
// "no, 1500" once the change was said back or left as it was.
func (t *turn) afterRefusal() bool {
	k := t.dropped
	if k == nil {
		return false
	}
	r, ok := reading.Rejection(t.in.Text)
	s, known := t.b.Step(k.Step)
	if !ok || !known || r.Rest == "" || s.inOwnWords() && !strings.ContainsAny(r.Rest, "0123456789") {
		return false
	}
	a, _ := t.st.answerTo(s, *k)
	return t.proposeFrom(candidate{key: *k, step: s, offered: t.offered(*k, s)}, t.sameMonth(s, r.Rest, a.Value.Date))
}
