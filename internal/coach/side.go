package coach

import (
	"strings"

	"waymark/internal/career"
	"waymark/internal/chat"
	"waymark/internal/civil"
	"waymark/internal/dialogue"
	"waymark/internal/reading"
)

// sideTalks are the flows that open on top of whatever is open, by the word
// that asks for them.
var sideTalks = map[reading.Command]string{
	reading.Mentor:         "mentor",
	reading.Network:        "network",
	reading.Learn:          "learn",
	reading.Balance:        "balance",
	reading.Pay:            "pay",
	reading.Responsibility: "responsibility",
	reading.Review:         "prepare",
}

// flowWords are words that open a flow, beside those that package reading knows as
// commands.
var flowWords = map[string]string{
	"check in": "check_in", "check-in": "check_in", "monthly check-in": "month", "month": "month", "levels": "levels",
	"practise": "practise", "practice": "practise", "practise my review": "practise", "practice my review": "practise",
	"look again": "recheck", "re-check": "recheck", "recheck": "recheck", "check my gaps": "recheck",
}

// value is an answer of a flow that was opened for its own sake.
func value(v dialogue.View, slot string) dialogue.Value { return v.Slots[slot].Answer.Value }

// saidText is the text of an answer: a text, the labels of choices, or a list.
func saidText(v dialogue.Value) string {
	switch {
	case v.Skipped || v.Unsure:
		return ""
	case len(v.Choices) > 0:
		labels := make([]string, len(v.Choices))
		for i, c := range v.Choices {
			labels[i] = dialogue.Unmark(c.Label)
		}
		return dialogue.JoinAnd(labels)
	case len(v.List) > 0:
		return dialogue.JoinAnd(v.List)
	}
	return v.Text
}

// todo puts something to do on the person's list and reminds of it on its day.
func (h *handling) todo(key string, words string, due civil.Date) {
	text := dialogue.Unmark(h.c.text(key, h.with(map[string]any{"words": dialogue.Words(clip(words, 200))})))
	t := h.p.Plan.AddTodo(career.Todo{Text: text, Due: due})
	if !due.IsZero() {
		h.p.Reminders.AskOn(t.ID, due)
	}
}

// askAgain is the topic of "ask me again on a date".
const askAgain = "ask_again"

// notYetDays is how long something on the list rests after "not yet".
const notYetDays = 7

func (h *handling) todoByID(id string) (career.Todo, bool) {
	for _, t := range h.p.Plan.List {
		if t.ID == id {
			return t, true
		}
	}
	return career.Todo{}, false
}

// answerTodo takes a tap under the reminder of something on the list.
func (h *handling) answerTodo(verb, id string) error {
	t, ok := h.todoByID(id)
	if !ok || !t.Open() {
		h.say("nudge.gone", nil)
		return h.flush(nil)
	}
	switch verb {
	case "done":
		if err := h.p.Plan.TodoDone(id, h.today()); err != nil {
			h.say("nudge.gone", nil)
			return h.flush(nil)
		}
		h.say("nudge.done", map[string]any{"title": dialogue.Words(t.Text)})
	case "not_yet":
		again := h.today().AddDays(notYetDays)
		h.p.Reminders.AskOn(id, again)
		h.say("nudge.not_yet", map[string]any{"title": dialogue.Words(t.Text), "date": again.Long()})
	case "new_date":
		return h.start("new_date", dialogue.Picked{ID: id, Label: dialogue.Words(t.Text)})
	}
	return h.flush(nil)
}

// moveTodo gives something on the list another day; false means that there is
// no such thing.
func (h *handling) moveTodo(id string, to civil.Date) bool {
	for i := range h.p.Plan.List {
		t := &h.p.Plan.List[i]
		if t.ID != id {
			continue
		}
		h.say("nudge.todo_moved", map[string]any{"title": dialogue.Words(t.Text), "date": to.Long()})
		t.Due = to
		h.p.Reminders.AskOn(id, to)
		return true
	}
	return false
}

// keepSide writes down what a side talk has brought.
func (h *handling) keepSide(talk string, v dialogue.View) {
	switch talk {
	case "keep_mentor":
		who := saidText(value(v, "mentor_who"))
		when := value(v, "mentor_when").Date
		h.p.Plan.Mentor = career.Mentor{Who: who, Message: value(v, "mentor_message").Text, On: when}
		if who == "" {
			h.todo("todo.find_mentor", "", when)
			return
		}
		h.todo("todo.mentor", who, when)
	case "keep_network":
		who := value(v, "network_who").List
		how := saidText(value(v, "network_how"))
		for _, w := range who {
			h.p.Plan.AddContacts(career.Contact{Who: w, How: how})
		}
		first := saidText(value(v, "network_where"))
		if len(who) > 0 {
			first = who[0]
		}
		h.todo("todo.network", first, value(v, "network_when").Date)
	case "keep_learning":
		h.todo("todo.learn", saidText(value(v, "learn_what")), value(v, "learn_when").Date)
	case "keep_responsibility":
		h.todo("todo.responsibility", saidText(value(v, "resp_what")), value(v, "resp_when").Date)
	case "keep_balance":
		h.p.Plan.Rest = career.Rest{
			Drains: value(v, "bal_drains").Text, Free: value(v, "bal_free").Text, Delegate: value(v, "bal_delegate").Text,
			Protected: value(v, "bal_hour").Text, IfThen: value(v, "bal_if").Text,
		}
	case "keep_review":
		h.keepPreparation(v)
	case "date_review":
		h.dateReview(v)
	case "keep_practice":
		h.keepPractice(v)
	case "keep_pay":
		h.p.Plan.Pay = career.Pay{Now: map[string]string{}, Offer: map[string]string{}}
		for key, s := range v.Items["pay_now"] {
			h.p.Plan.Pay.Now[key] = s.Answer.Value.Text
		}
		for key, s := range v.Items["pay_offer"] {
			h.p.Plan.Pay.Offer[key] = s.Answer.Value.Text
		}
	}
}

// spokenFlow is the flow that a whole message asks for, "" for none.
func spokenFlow(text string) string {
	return flowWords[strings.ToLower(strings.Trim(reading.Clean(text), " .!?"))]
}

// keepWin keeps a win with what was told about it.
func (h *handling) keepWin(v dialogue.View) {
	what := value(v, "win_what").Text
	if what == "" {
		h.say("say.win_none", nil)
		return
	}
	h.p.Plan.AddWin(career.Win{
		On: h.today(), Text: what, Kind: choiceID(v, "win_kind"), For: value(v, "win_for").Text,
		Result: value(v, "win_result").Text, Skill: value(v, "win_skill").Text, Link: value(v, "win_link").Text,
	})
	h.p.WinAt = h.now.UTC()
	h.say("say.win_kept", map[string]any{"words": dialogue.Words(clip(what, 300))})
}

// winText is a win in one line, with what came of it.
func (h *handling) winText(w career.Win) string {
	return h.c.text("review.win", h.with(map[string]any{
		"date": w.On.Short(), "words": dialogue.Words(clip(w.Text, 300)), "result": dialogue.Words(clip(w.Result, 200)), "skill": dialogue.Words(clip(w.Skill, 100)),
	}))
}

// payCard is the comparison of pay, line by line.
func (h *handling) payCard() []chat.Block {
	c := &card{h: h}
	c.heading("pay.title", nil)
	var items []string
	for _, k := range career.PayLines {
		now, offer := h.p.Plan.Pay.Now[k], h.p.Plan.Pay.Offer[k]
		if now == "" && offer == "" {
			continue
		}
		items = append(items, h.c.text("pay.line", h.with(map[string]any{
			"words": h.c.text("pay."+k, h.fields()), "now": dialogue.Words(clip(now, 120)), "offer": dialogue.Words(clip(offer, 120)),
		})))
	}
	c.bullets(items)
	return c.blocks
}
