package coach

import (
	"slices"
	"time"

	"waymark/internal/chat"
	"waymark/internal/reminder"
	"waymark/internal/store"
)

// lateAfter is from when on a reminder says that it is late.
const lateAfter = 2 * time.Hour

// nudging is a reminder on its way into the outbox.
type nudging struct {
	keys      []string
	until     time.Time // the last moment at which something of it is worth saying
	footer    []chat.Span
	milestone bool // it is about one
}

// stamp writes on a row what reminder it is, and what its notification shows.
// Rows that replace a message are no reminders.
func (h *handling) stamp(r *store.Row) {
	h.hush(&r.Message)
	if h.nudging == nil || r.Kind != store.Post {
		return
	}
	r.Keys, r.Until = h.nudging.keys, h.nudging.until.UTC()
	if r.Message.Footer == nil {
		r.Message.Footer = h.nudging.footer
	}
}

// worth decides again, at the moment at which a reminder can leave, whether it
// still says the right thing: much may have happened since it was written, and
// it may be night. Where it does not, the row is taken back as if it had never
// been, and what there is to say now takes its place.
func (c *Coach) worth(tx *store.Tx, row store.Row) (keep bool, err error) {
	h := &handling{c: c, tx: tx, e: chat.Event{Kind: chat.Due, Person: row.Person}, now: c.now(), p: &Person{}}
	h.known, err = h.own().record(h.p)
	if err != nil {
		return false, err
	}
	if !h.known {
		return false, tx.RemoveRow(row)
	}
	talk := h.asksFirst(row)
	h.p.Reminders.Unsay(row.Keys, row.Created)
	if talk {
		// The question of a talk below it is no longer on screen; that talk
		// rests until the person says something.
		st := &h.p.Dialogue
		st.Stack, st.Asked = st.Stack[:len(st.Stack)-1], nil
		st.Paused = st.Paused || len(st.Stack) > 0
	}
	if h.now.Sub(row.Created) < lateAfter && !h.p.Crisis && h.sameAgain(row.Keys) {
		return true, nil // nothing has been changed: what was read is thrown away
	}
	h.p.Screens = slices.DeleteFunc(h.p.Screens, func(s Screen) bool { return s.ID == row.ID })
	if err := tx.RemoveRow(row); err != nil {
		return false, err
	}
	h.c.log.Info("a reminder was decided again before it left", "person", row.Person)
	h.lateSince = row.Created
	if err := h.due(); err != nil || h.gone {
		return false, err
	}
	return false, h.save()
}

// asksFirst reports whether a row asks the first question of a talk that nobody has
// answered yet.
func (h *handling) asksFirst(row store.Row) bool {
	top := h.p.Dialogue.Top()
	i := slices.IndexFunc(h.p.Screens, func(s Screen) bool { return s.ID == row.ID })
	if top == nil || i < 0 || !h.p.Screens[i].Question {
		return false
	}
	return h.unanswered(*top)
}

// sameAgain reports whether a message about exactly these occurrences would be
// written now.
func (h *handling) sameAgain(keys []string) bool {
	say, _ := reminder.Due(h.p.Plan, h.settings(), h.p.Reminders, h.now)
	say = h.oneQuestion(say)
	if len(say) != len(keys) {
		return false
	}
	for _, o := range say {
		if !slices.Contains(keys, o.Key) {
			return false
		}
	}
	return true
}
