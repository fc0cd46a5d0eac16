package coach

import (
	"strconv"
	"strings"

	"waymark/internal/chat"
	"waymark/internal/dialogue"
	"waymark/internal/store"
)

// show is what a flow wants to be seen before a question.
func (h *handling) show(what string) []chat.Block {
	switch what {
	case "plan":
		return h.plan(h.currentPlan(), false)
	case "review":
		return h.reviewCard()
	case "then_and_now":
		if top := h.p.Dialogue.Top(); top != nil {
			return h.thenAndNow(h.c.book.View(&h.p.Dialogue, *top))
		}
	}
	return nil
}

// flush says the lines that wait, and the question after them.
func (h *handling) flush(q *dialogue.Question) error {
	var m chat.Message
	for _, l := range h.lines {
		if strings.TrimSpace(l) != "" {
			m.Blocks = append(m.Blocks, dialogue.Blocks(l)...)
		}
	}
	if h.inPlace && q == nil {
		for _, l := range h.lines {
			h.notice(strings.TrimSpace(l))
		}
		h.lines = nil
		return nil
	}
	h.lines = nil
	if h.whispers && q == nil {
		return h.tell(m.Blocks)
	}
	if q != nil {
		m.Blocks = append(m.Blocks, q.Blocks...)
		m.Ask = q.Ask
	}
	if len(m.Blocks) == 0 {
		return nil
	}
	if q == nil && h.under != nil {
		m.Ask = h.under
		return h.post(m, false, []string{h.under.ID})
	}
	return h.post(m, q != nil, nil)
}

// say adds a line to the next message.
func (h *handling) say(key string, fields map[string]any) {
	h.lines = append(h.lines, h.c.text(key, h.with(fields)))
}

func (h *handling) with(fields map[string]any) map[string]any {
	all := h.fields()
	for k, v := range fields {
		all[k] = v
	}
	return all
}

func (c *Coach) text(key string, fields map[string]any) string { return c.book.Text(key, fields) }

func (c *Coach) message(key string, fields map[string]any) chat.Message {
	if fields == nil {
		fields = map[string]any{}
	}
	fields["prefix"] = c.prefix
	return chat.Message{Blocks: dialogue.Blocks(c.text(key, fields))}
}

// post puts a message into the outbox. Of the messages that ask a question only
// the last one can be tapped.
func (h *handling) post(m chat.Message, question bool, keys []string) error {
	m = short(m)
	if question {
		h.comesBack()
		if err := h.retire(""); err != nil {
			return err
		}
	}
	h.posted = true
	id, err := h.row(store.Row{Kind: store.Post, Message: m})
	if err != nil {
		return err
	}
	if m.Ask != nil {
		bare := m
		bare.Ask = nil
		h.p.Screens = append(h.p.Screens, Screen{ID: id, Message: bare, Question: question, Keys: keys})
		if n := len(h.p.Screens) - maxScreens; n > 0 {
			h.p.Screens = h.p.Screens[n:]
		}
	}
	return nil
}

// row puts one row into the outbox and returns its id. The id is never used
// again, not even by somebody who was deleted and comes back.
func (h *handling) row(r store.Row) (string, error) {
	h.p.Rows++
	r.Person, r.Seq, r.Created, r.Channel = h.e.Person, h.p.Rows, h.now.UTC(), h.dm()
	r.ID = strconv.FormatUint(h.p.Rows, 10) + "." + strconv.FormatInt(h.now.UnixNano(), 36)
	h.speaks = true
	h.stamp(&r)
	h.promise(&r)
	return r.ID, h.tx.PutRow(r)
}

// promise marks the first message of an answer as being sent while it is written,
// if it leaves at once: that saves the commit of the mark. What is not an answer
// may not be worth sending any more when it leaves, so it is marked then.
func (h *handling) promise(r *store.Row) {
	if r.Kind == store.Post && h.promised == "" && h.e.Kind != chat.Due && r.Channel != "" && len(r.Keys) == 0 && h.c.lanes.promise(r.Person, r.ID) {
		h.promised, r.Attempting = r.ID, true
	}
}

// retire takes what can be tapped off the message with the question on screen;
// note says what it was answered with.
func (h *handling) retire(note string) error {
	for i, s := range h.p.Screens {
		if s.Question {
			h.p.Screens = append(h.p.Screens[:i:i], h.p.Screens[i+1:]...)
			return h.redraw(s, note)
		}
	}
	return nil
}

// redraw shows a message again without its buttons, with a note below.
func (h *handling) redraw(s Screen, note string) error {
	m := s.Message
	if note != "" {
		m.Blocks = append(m.Blocks[:len(m.Blocks):len(m.Blocks)], chat.Block{Kind: chat.Note, Spans: dialogue.Spans(note)})
	}
	_, err := h.row(store.Row{Kind: store.Edit, Message: short(m), Ref: s.ID})
	return err
}
