package coach

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"waymark/internal/career"
	"waymark/internal/civil"
	"waymark/internal/reminder"
)

// What people ask about the coach itself.
var (
	asksWhen = regexp.MustCompile(`(?i)^\W*(?:(?:and|so|ok|well)\b[\s,]*)*(?:when (?:exactly |next )?(?:will|do|are|would|shall) you (?:going to )?(?:be )?(?:next )?(?:writ\w+|remind\w*|messag\w+|contact\w*|ask\w*|in touch|get in touch|come back|ping)\b.{0,60}|what (?:will|do) you (?:write|send)(?: to)? me\b.{0,30}|when do i hear from you\b.{0,20})$`)
	asksWho  = regexp.MustCompile(`(?i)^\W*(?:(?:and|so|but|ok)\b[\s,]*)*who (?:has |had )?(?:installed|set up|runs|operates|hosts|owns|made|built|put|pays for) (?:you|this|waymark|the bot)\b.{0,30}$`)
)

// shownWrites is how many of the coming messages are listed.
const shownWrites = 5

// asksWhen answers "when will you write to me?": with what will be sent.
func (h *handling) asksWhen(text string) (bool, error) {
	if !asksWhen.MatchString(strings.TrimSpace(text)) {
		return false, nil
	}
	st := h.p.Reminders
	st.Marks, st.Snoozed = maps.Clone(st.Marks), maps.Clone(st.Snoozed)
	st.Sent, st.Asked, st.Waiting = slices.Clone(st.Sent), slices.Clone(st.Asked), slices.Clone(st.Waiting)
	s := h.settings()
	s.Paused = false // whoever asks has come back
	var items []string
	more := false
	if !h.p.Crisis {
		for _, m := range reminder.Rehearse(func(time.Time) career.Plan { return h.p.Plan }, s, st, h.now, h.now.AddDate(1, 0, 0), true) {
			if len(m.Say) == 0 {
				continue
			}
			if len(items) == shownWrites {
				more = true
				break
			}
			items = append(items, h.c.text("wish.writes_item", h.with(map[string]any{"date": civil.Of(m.At.In(h.p.zone())).Long(), "kind": h.kindText(m.Say[0])})))
		}
	}
	if len(items) == 0 {
		h.say("wish.writes_none", nil)
		return true, h.comeBackOrFlush()
	}
	c := &card{h: h}
	c.line("wish.writes", nil)
	c.bullets(items)
	if more {
		c.line("wish.writes_more", nil)
	}
	return true, h.sayCard(c.blocks)
}

// kindText names a reason to write.
func (h *handling) kindText(o reminder.Occurrence) string {
	if r, ok := o.Kind.Rule(); !ok || r.Fixed {
		return h.c.text("wish.picked", h.fields())
	}
	return h.c.text("kind."+string(o.Kind), h.fields())
}

func (h *handling) comeBackOrFlush() error {
	if h.asking() == "" {
		return h.flush(nil)
	}
	return h.reask()
}

// asksOperator answers "who installed you?".
func (h *handling) asksOperator(text string) (bool, error) {
	if !asksWho.MatchString(strings.TrimSpace(text)) {
		return false, nil
	}
	h.say("wish.operator", nil)
	return true, h.comeBackOrFlush()
}
