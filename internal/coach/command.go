package coach

import (
	"strconv"
	"strings"
	"time"

	"waymark/internal/career"
	"waymark/internal/chat"
	"waymark/internal/dialogue"
	"waymark/internal/reading"
)

// typed obeys a command that was written as a message; false means that it is
// none for the coach and may be an answer.
func (h *handling) typed(cmd reading.Command, arg string) (done bool, err error) {
	switch cmd {
	case reading.Later:
		return true, h.later()
	case reading.Continue:
		h.comesBack()
		if h.p.Settings.PausedUntil.After(h.today()) { // whoever is back is not quiet until a day
			return true, resumeOrder(h, "")
		}
		return true, h.steer(cmd)
	case reading.Why, reading.Example, reading.Explain, reading.HowLong:
		if asks, _ := reading.AskedOf(h.e.Text); len(asks) > 0 && (asks[0].Term != "" || h.p.First.Instance == "" && h.p.Dialogue.Top() == nil) {
			return false, nil // it asks more than what the question is about
		}
		return true, h.steer(cmd)
	case reading.Back, reading.Skip, reading.StartOver:
		return true, h.steer(cmd)
	case reading.Aim:
		return true, h.sayAim()
	case reading.Repeat:
		return h.repeat()
	case reading.Pause:
		return true, h.pause(arg)
	case reading.Stop:
		return true, h.endKindly(h.e.Text)
	case reading.ShowPlan:
		return true, h.sayCard(h.planCard(h.currentPlan()))
	case reading.ShowAnswers:
		return true, h.sayCard(h.answersCard())
	case reading.Status:
		return true, h.sayCard(h.goalsCard())
	case reading.Help:
		if asks, _ := reading.AskedOf(h.e.Text); len(asks) > 0 {
			return false, nil // "what is this?" has a shorter answer than a list of commands
		}
		h.say("say.help", nil)
		return true, h.reask()
	case reading.Privacy:
		h.say("say.privacy", nil)
		return true, h.backToQuestion([]reading.Ask{{Kind: reading.AskPrivacy}}, "")
	case reading.Win:
		if strings.TrimSpace(arg) == "" {
			return true, h.start("win", dialogue.Picked{})
		}
		h.lines = append(h.lines, h.win(arg))
		return true, h.reask()
	case reading.Backup:
		return true, h.sayCard(h.backupCard())
	case reading.Mentor, reading.Network, reading.Learn, reading.Balance, reading.Pay, reading.Responsibility, reading.Review:
		if cmd == reading.Review && (same(h.e.Text, "review") || same(h.e.Text, "my review")) && h.prepared() && !h.mayAnswer(cmd) {
			return true, reviewOrder(h, "") // what was prepared is shown, and not asked for again
		}
		if h.mayAnswer(cmd) {
			in := h.input(h.e.Text)
			in.Aside = sideTalks[cmd]
			return true, h.follow(h.c.book.Turn(&h.p.Dialogue, in, h.env()))
		}
		return true, h.start(sideTalks[cmd], dialogue.Picked{})
	case reading.Export:
		return true, h.export(arg)
	case reading.Delete:
		return true, h.deleteForm()
	}
	return false, nil
}

// steer hands a control command to the dialogue.
func (h *handling) steer(cmd reading.Command) error {
	in := h.input(h.e.Text)
	in.Command = cmd
	late, err := h.late()
	if err != nil {
		return err
	}
	in.Late = late
	r := h.c.book.Turn(&h.p.Dialogue, in, h.env())
	if r.Nothing {
		if cmd == reading.StartOver || h.p.First.Instance == "" {
			return h.start(firstFlow, dialogue.Picked{})
		}
		h.say("say.nothing_asked", nil)
		return h.flush(nil)
	}
	return h.follow(r)
}

func (h *handling) repeat() (bool, error) {
	if h.p.Dialogue.Asked == nil {
		return false, nil
	}
	return true, h.follow(h.c.book.Ask(&h.p.Dialogue, h.input(""), h.env()))
}

// pause stops questions and reminders until a day, or until the person writes.
func (h *handling) pause(until string) error {
	if until != "" {
		span, ok := reading.Deadline(until, reading.DateOptions{Now: h.local(), DayFirst: reading.DateFromLocale(h.p.Locale), BareDuration: true})
		if ok && !span.Past && len(span.Ambiguous) == 0 {
			h.p.Settings.PausedUntil = span.Earliest
			h.say("talk.date_back", map[string]any{"date": span.Earliest.Long()})
		} else {
			h.p.Settings.Paused = true
			h.say("order.pause_unclear", map[string]any{"words": dialogue.Words(clip(until, 200))})
		}
	} else {
		h.p.Settings.Paused = true
	}
	in := h.input("")
	in.Command = reading.Pause
	r := h.c.book.Turn(&h.p.Dialogue, in, h.env())
	if r.Nothing {
		h.say("talk.paused", nil)
	}
	return h.follow(r)
}

// reask says what waits and puts the question on screen again below it.
func (h *handling) reask() error {
	if h.p.Dialogue.Asked == nil || h.p.Dialogue.Paused {
		return h.flush(nil)
	}
	return h.follow(h.c.book.Ask(&h.p.Dialogue, h.input(""), h.env()))
}

func (h *handling) sayCard(card []chat.Block) error {
	if err := h.flush(nil); err != nil {
		return err
	}
	if err := h.post(chat.Message{Blocks: card}, false, nil); err != nil {
		return err
	}
	return h.reask()
}

// standing says where the dialogue stands.
func (h *handling) standing() []chat.Block {
	st := &h.p.Dialogue
	if st.Asked == nil {
		return nil
	}
	key := "plan.open_question"
	if st.Paused {
		key = "plan.paused_question"
	}
	q := h.question()
	if q == "" {
		return nil
	}
	return []chat.Block{{Kind: chat.Rule}, chat.Para(dialogue.Spans(h.c.text(key, h.with(map[string]any{"question": q})))...)}
}

// winRepeat is how soon the same words are taken for the same win sent twice:
// a command that got no answer is typed again.
const winRepeat = 10 * time.Minute

// win keeps something that went well and returns what to say about it.
func (h *handling) win(words string) string {
	words = reading.Clean(words)
	if words == "" {
		return h.c.text("say.win_empty", h.fields())
	}
	wins := h.p.Plan.Wins
	if n := len(wins); n > 0 && wins[n-1].Text == words && h.now.Sub(h.p.WinAt) < winRepeat {
		return h.c.text("say.win_again", h.fields())
	}
	h.p.Plan.AddWin(career.Win{On: h.today(), Text: words})
	h.p.WinAt = h.now.UTC()
	kept := h.c.text("say.win_kept", h.with(map[string]any{"words": dialogue.Words(clip(words, 300))}))
	if h.p.Stopped {
		kept += "\n\n" + h.c.text("say.still_off", h.fields())
	}
	return kept
}

// clip shortens text for a line; what is kept elsewhere is whole.
func clip(s string, n int) string {
	rs := []rune(s)
	if len(rs) <= n {
		return s
	}
	return string(rs[:n-1]) + "…"
}

func atoi(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}
