package coach

import (
	"slices"
	"strings"
	"time"

	"waymark/internal/chat"
	"waymark/internal/dialogue"
	"waymark/internal/reminder"
	"waymark/internal/store"
)

// Unmet is kept of somebody who has never spoken to the coach, while a review
// cycle is announced to them: their zone and what was announced are all there is
// beside it, neither name nor language. It ends when they speak, and goes with the
// record some weeks after the reviews.
type Unmet struct {
	// Turn is before when nothing is announced: a cycle that is switched on late
	// would reach everybody at once.
	Turn time.Time `cbor:"1,keyasint,omitzero"`
	// Stopped is when they said that they never want to hear of the coach again.
	// A day later a note of that is all there is.
	Stopped time.Time `cbor:"2,keyasint,omitzero"`
}

// keepAnnounced is for how many days after the reviews it is known that they were
// announced: until then the cycle may be given another date.
const keepAnnounced = 28

// unmetKey marks what can be tapped below an announcement.
const unmetKey = "u"

// listed hears of somebody of whom the platform says that they work here, and who
// may never have spoken to the coach. If a review cycle is to be announced to them
// soon, that is noted; nothing is said yet, and nothing is noted otherwise. Whoever
// is known, was deleted or wants to hear nothing stays as they are.
func (h *handling) listed() error {
	if h.known || h.e.Profile == nil || h.e.Profile.Outsider != chat.Member {
		return nil
	}
	if _, gone, err := h.own().gone(h.now); gone || err != nil {
		return err
	}
	if hushed, err := h.own().hushed(); hushed || err != nil {
		return err
	}
	h.p.Settings.Zone = h.e.Profile.Zone
	h.p.Dialogue.Seq = firstNumber(h.now)
	h.p.Unmet = &Unmet{Turn: h.now.Add(reminder.Spread(h.e.Person, h.c.operator().Spread)).UTC()}
	if _, soon := h.announcedSoon(); !soon {
		return nil
	}
	return h.save()
}

// ListedAhead is how long before its announcement somebody is noted.
const ListedAhead = 4 * 24 * time.Hour

// announcedSoon is when the next announcement to somebody unmet is to be said;
// false when there is none within the next days.
func (h *handling) announcedSoon() (at time.Time, soon bool) {
	at, ok := reminder.Next(h.p.Plan, h.settings(), h.p.Reminders, h.now)
	if ok && at.Before(h.p.Unmet.Turn) {
		at = h.p.Unmet.Turn
	}
	return at, ok && at.Sub(h.now) <= ListedAhead
}

// stillUnmet handles what is no word of somebody unmet; done is false when they
// speak, write a command or tap something, which makes them somebody like all
// others.
func (h *handling) stillUnmet() (done bool, err error) {
	switch h.e.Kind {
	case chat.Due:
		if err := h.due(); err != nil || h.gone {
			return true, err
		}
		return true, h.save()
	case chat.ProfileChanged:
		if h.e.Profile == nil {
			return true, nil
		}
		if h.e.Profile.Outsider != chat.Member {
			return true, h.forgetUnmet()
		}
		h.p.Settings.Zone = h.e.Profile.Zone
		return true, h.save()
	case chat.Mention:
		m := h.c.message("say.mention", nil)
		h.reply.Message = &m
		return true, nil
	case chat.Edited, chat.Deleted: // there is nothing that they wrote
		return true, nil
	case chat.Opened:
		return h.e.Action == chat.TabMessages, nil // to read what was announced
	}
	h.meet()
	return false, nil
}

// meet makes somebody of the unmet: from now on they are somebody who has spoken.
func (h *handling) meet() {
	if !h.p.Unmet.Stopped.IsZero() {
		h.noNews()
	}
	h.p.Unmet = nil
}

// noNews ends announcements for somebody who wants to hear nothing unasked.
func (h *handling) noNews() {
	if !slices.Contains(h.p.Settings.Off, reminder.CycleBegins) {
		h.p.Settings.Off = append(h.p.Settings.Off, reminder.CycleBegins)
	}
}

// dueUnmet announces what is due to somebody unmet, or forgets them when there is
// nothing left to announce. That it is late needs no word: they were not waiting,
// and it names its date.
func (h *handling) dueUnmet() error {
	u := h.p.Unmet
	switch {
	case !u.Stopped.IsZero():
		if _, waits, err := h.own().next(0); err != nil || waits || h.now.Before(u.Stopped.Add(keepSeen)) {
			return err
		}
		return h.forgetUnmet()
	case h.now.Before(u.Turn):
		return nil
	}
	say, drop := reminder.Due(h.p.Plan, h.settings(), h.p.Reminders, h.now)
	h.p.Reminders.Drop(drop, h.now)
	if len(say) > 0 {
		return h.announce(say)
	}
	_, more := h.announcedSoon()
	if at, kept := h.unmetUntil(); more || kept && h.now.Before(at) {
		return nil
	}
	return h.forgetUnmet()
}

// unmetUntil is when what was announced to somebody unmet is forgotten; false when
// nothing was.
func (h *handling) unmetUntil() (at time.Time, ok bool) {
	last := h.p.Reminders.LastAnnounced()
	return last.AddDays(keepAnnounced).At(0, 0, time.UTC), !last.IsZero()
}

// announce says once what a review cycle is about to bring, and what the coach is.
// Neither the message nor its buttons are kept.
func (h *handling) announce(say []reminder.Occurrence) error {
	h.p.Reminders.Say(say, h.now)
	st := &h.p.Reminders
	st.Waiting, st.Sent, st.Unanswered = nil, nil, 0 // nobody counts what is left unanswered here
	n := &nudging{keys: keys(say), footer: []chat.Span{}}
	for _, o := range say {
		if n.until.Before(o.Until) {
			n.until = o.Until
		}
	}
	h.nudging = n
	defer func() { h.nudging = nil }()
	return h.post(h.announcement(true), false, nil)
}

// announcement is the message about the reviews that were announced last, with or
// without what can be tapped.
func (h *handling) announcement(taps bool) chat.Message {
	var dates []string
	for _, a := range h.p.Reminders.Announced {
		if d := a.On.Long(); !a.On.Before(h.today()) && !slices.Contains(dates, d) {
			dates = append(dates, d)
		}
	}
	m := h.c.message("unmet.announce", map[string]any{"dates": strings.Join(dates, h.c.text("unmet.and", h.fields()))})
	if taps {
		choice := func(verb string) chat.Choice {
			return chat.Choice{Value: unmetKey + ":" + verb, Label: h.c.text("unmet.button_"+verb, h.fields())}
		}
		m.Blocks = append(m.Blocks, chat.Block{Kind: chat.Buttons, ID: "unmet", Choices: []chat.Choice{choice("start"), choice("stop")}})
	}
	return m
}

// clickUnmet takes a tap below an announcement, and takes the buttons off it. It
// works long after what it belongs to was forgotten.
func (h *handling) clickUnmet(verb string) error {
	if verb != "start" && verb != "stop" {
		return h.stale()
	}
	if !h.p.Reminders.LastAnnounced().Before(h.today()) && h.e.TS != "" {
		m := h.announcement(false)
		note := h.c.text("say.answered", h.with(map[string]any{"words": h.c.text("unmet.button_"+verb, h.fields())}))
		m.Blocks = append(m.Blocks, chat.Block{Kind: chat.Note, Spans: dialogue.Spans(note)})
		if _, err := h.row(store.Row{Kind: store.Edit, Message: short(m), TS: h.e.TS}); err != nil {
			return err
		}
	}
	if verb == "start" {
		return h.begin()
	}
	return h.neverAgain()
}

// neverAgain ends everything that comes unasked, for good. Of somebody who has said
// nothing else, that is all that is kept.
func (h *handling) neverAgain() error {
	if !h.newcomer || !h.unspoken() {
		h.noNews()
		h.p.Settings.Paused = true
		h.say("say.stopped", nil)
		return h.flush(nil)
	}
	h.say("unmet.stopped", nil)
	if err := h.flush(nil); err != nil {
		return err
	}
	*h.p = Person{
		Unmet: &Unmet{Stopped: h.now.UTC()}, Settings: reminder.Settings{Zone: h.p.Settings.Zone},
		Dialogue: dialogue.State{Seq: h.p.Dialogue.Seq},
		Rows:     h.p.Rows, Wake: h.p.Wake, Seen: h.p.Seen, Replies: h.p.Replies, Since: h.p.Since,
	}
	return nil
}

// forgetUnmet deletes all there is of somebody who has never spoken, but for the
// note that they want to hear nothing, if they said so. Unlike a deletion that was
// asked for it leaves no tombstone.
func (h *handling) forgetUnmet() error {
	if !h.p.Unmet.Stopped.IsZero() {
		if err := h.tx.Hush(h.e.Person); err != nil {
			return err
		}
	}
	if err := h.tx.SetWake(h.e.Person, h.p.Wake, time.Time{}); err != nil {
		return err
	}
	h.gone = true
	return h.tx.Remove(h.e.Person)
}

// unmetWake is when somebody unmet is looked at again.
func (h *handling) unmetWake() (at time.Time, ok bool) {
	u := h.p.Unmet
	soonest := h.now.Add(time.Second)
	if !u.Stopped.IsZero() {
		at = u.Stopped.Add(keepSeen)
		if !at.After(h.now) {
			at = h.now.Add(time.Hour) // the answer has not left yet
		}
		return at, true
	}
	at, ok = h.announcedSoon()
	if end, kept := h.unmetUntil(); !ok && kept {
		at, ok = end, true
	}
	if !ok || at.Before(soonest) {
		at = soonest // there is nothing to announce any more
	}
	return at, true
}

// takeOver puts into a new record what a note of before says: nothing unasked.
func (h *handling) takeOver() error {
	hushed, err := h.own().hushed()
	if !hushed || err != nil {
		return err
	}
	if h.p.Unmet == nil {
		h.noNews()
	}
	return h.tx.Unhush(h.e.Person)
}
