package coach

import (
	"slices"
	"strconv"
	"strings"

	"waymark/internal/career"
	"waymark/internal/chat"
	"waymark/internal/dialogue"
	"waymark/internal/reading"
)

// input is the event as the dialogue takes it.
func (h *handling) input(text string) dialogue.Input {
	return dialogue.Input{Text: text, TS: h.e.TS, Now: h.local(), DayFirst: reading.DateFromLocale(h.p.Locale), Birthday: h.p.Birthday}
}

func (h *handling) env() dialogue.Env { return h.envOf(h.p.Dialogue.Stack) }

// envOf is what the dialogue may ask for while these flows are open. The plan of
// a first talk that still goes on has to be read from its answers, which is
// spared while that talk speaks of itself alone.
func (h *handling) envOf(open []dialogue.Frame) dialogue.Env {
	f := h.fields()
	p := &h.p.Plan
	f["plan_job"], f["plan_target"] = dialogue.Words(clip(p.Job, 200)), dialogue.Words(clip(p.Target, 200))
	f["plan_by"], f["zone"] = p.By.Long(), h.p.Settings.Zone
	other := func(fr dialogue.Frame) bool { return fr.Instance != h.p.First.Instance }
	if p.Confirmed.IsZero() && h.p.First.Instance != "" && slices.ContainsFunc(open, other) {
		v := h.c.book.View(&h.p.Dialogue, h.p.First)
		f["plan_job"], f["plan_target"] = dialogue.Words(clip(reading.Name(value(v, "job").Text), 200)), dialogue.Words(clip(reading.Name(value(v, "target").Text), 200))
	}
	if a := h.p.Dialogue.Asked; a != nil && strings.HasPrefix(a.Key.Step, "want.") {
		f["next_rung"] = h.nextRung()
	}
	f["reason_said"] = slices.ContainsFunc(h.p.Dialogue.Answers, func(a dialogue.Answer) bool { return a.Key.Step == "goal.obstacle" && !a.Replaced })
	next := *p
	if p.Confirmed.IsZero() {
		if a := h.p.Dialogue.Asked; a == nil || !strings.HasPrefix(a.Key.Step, "finish.confirm") {
			return dialogue.Env{Options: h.offered, Fields: f, Check: h.check}
		}
		next = h.aboutToConfirm()
	}
	g, m, ok := career.NextMilestone(next, h.today())
	if n := len(open); n > 0 && open[n-1].Flow == checkInFlow {
		g, m, ok = next.Milestone(open[n-1].Item.ID) // the words beside a step are its own goal's
	}
	if ok {
		f["week_step"], f["week_if_then"] = h.weekStep(g, m), dialogue.Words(clip(g.IfThen, 300))
	}
	return dialogue.Env{Options: h.offered, Fields: f, Check: h.check}
}

// aboutToConfirm is the draft as it will be once it is confirmed, for the
// questions that follow the yes at once.
func (h *handling) aboutToConfirm() career.Plan {
	var p career.Plan
	p.Confirm(h.c.draft(h.c.book.View(&h.p.Dialogue, h.p.First), h.today()), h.local())
	return p
}

func (h *handling) fields() map[string]any {
	return map[string]any{"name": dialogue.Words(h.p.calledName()), "prefix": h.c.prefix, "away": h.p.Care.Away}
}

// start opens a flow on top of what is open.
func (h *handling) start(flow string, item dialogue.Picked) error {
	fr := h.opening(flow, item)
	env := h.envOf(append(slices.Clone(h.p.Dialogue.Stack), fr))
	return h.follow(h.c.book.Start(&h.p.Dialogue, fr, h.input(""), env))
}

// opening is a new instance of a flow.
func (h *handling) opening(flow string, item dialogue.Picked) dialogue.Frame {
	h.p.Flows++
	if flow == "prepare" {
		item = h.preparing()
	}
	fr := dialogue.Frame{Flow: flow, Instance: flow + "-" + strconv.Itoa(h.p.Flows), Item: item}
	if flow == firstFlow {
		h.p.First, h.p.Short = fr, false
		h.foretold(fr)
	}
	return fr
}

// follow does everything a turn of the dialogue asks for.
func (h *handling) follow(r dialogue.Result) error {
	if r.Said != "" {
		if err := h.retire(h.c.book.Text("say.answered", map[string]any{"words": r.Said})); err != nil {
			return err
		}
	}
	h.keptAfterAll(r.Said)
	for _, words := range r.Loose {
		h.note(words)
	}
	for _, e := range r.Effects {
		if err := h.effect(e); err != nil {
			return err
		}
	}
	if h.p.Crisis || h.moved {
		return nil // nothing else is said or asked now
	}
	if h.instead {
		h.instead = false
		return nil
	}
	r, err := h.shorten(r)
	if err != nil || h.p.Crisis {
		return err
	}
	h.lines = append(h.lines, r.Lines...)
	if g := h.reached; g.ID != "" { // its question goes before the one that waits below
		h.reached = dialogue.Picked{}
		if err := h.flush(nil); err != nil {
			return err
		}
		return h.start("reached", g)
	}
	if len(r.Changed) > 0 && h.reconsider(r) {
		if err := h.flush(nil); err != nil {
			return err
		}
		if err := h.offerDifferences(); err != nil {
			return err
		}
	}
	if r.Question == nil {
		return h.flush(nil)
	}
	if card := h.show(r.Question.Show); len(card) > 0 {
		if err := h.flush(nil); err != nil {
			return err
		}
		if err := h.post(chat.Message{Blocks: card}, false, nil); err != nil {
			return err
		}
	}
	return h.flush(r.Question)
}
