package workspace

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// event is one thing that happened, until a bot has acknowledged it. Slack
// promises to try again, always with the same event id.
type event struct {
	ID      string          `json:"id"`
	Body    json.RawMessage `json:"body"`              // the event_callback payload
	Attempt int             `json:"attempt,omitempty"` // redeliveries so far
	Due     time.Time       `json:"due,omitzero"`      // of the next redelivery, on the workspace's clock

	seq   int64 // the order in which events happened
	timer *time.Timer
}

// eventRecent is how many acknowledged events are kept for RedeliverLast.
const eventRecent = 100

// emit makes an event and delivers it, or keeps it until a socket opens. name
// is the subscription it belongs to. The caller holds w.mu.
func (w *Workspace) emit(name string, inner map[string]any, outside bool) {
	if slices.Contains(w.cfg.Events, name) {
		w.happen(inner, outside)
	}
}

// happen makes an event of any type and delivers it. The caller holds w.mu.
func (w *Workspace) happen(inner map[string]any, outside bool) {
	ev := &event{ID: w.newID("Ev", 9)}
	body, err := json.Marshal(map[string]any{
		"token": verificationToken, "team_id": TeamID, "context_team_id": TeamID, "context_enterprise_id": nil,
		"api_app_id": AppID, "type": "event_callback", "event": inner,
		"event_id": ev.ID, "event_time": w.clock.now().Unix(),
		"is_ext_shared_channel": outside,
		"event_context":         "4-" + ev.ID,
		"authorizations": []any{map[string]any{
			"enterprise_id": nil, "team_id": TeamID, "user_id": BotUserID,
			"is_bot": true, "is_enterprise_install": false,
		}},
	})
	if err != nil { // every value comes from JSON or is a plain one
		panic(fmt.Sprintf("workspace: encode event %v: %v", inner["type"], err))
	}
	ev.Body = body
	w.journal.write(record{Event: ev})
	w.await(ev)
	w.deliver(ev)
}

// await counts ev among those that want an ack.
func (w *Workspace) await(ev *event) {
	w.sockets.events++
	ev.seq = w.sockets.events
	w.sockets.pending[ev.ID] = ev
}

// deliver sends ev to one of the open sockets; without any it waits in the
// queue. The caller holds w.mu.
func (w *Workspace) deliver(ev *event) {
	ev.Due = time.Time{}
	s := w.pickSocket()
	if s == nil {
		w.sockets.queue = append(w.sockets.queue, ev)
		w.touch()
		return
	}
	w.send(s, &envelope{kind: "events_api", event: ev, payload: ev.Body})
}

// flushQueue delivers what happened while no socket was open. Slack counts the
// attempts that found nobody, so these arrive as redeliveries.
func (w *Workspace) flushQueue() {
	waiting := w.sockets.queue
	w.sockets.queue = nil
	for _, ev := range waiting {
		if ev.Attempt == 0 {
			ev.Attempt = 1
		}
		w.deliver(ev)
	}
}

// unanswered plans the next delivery of an event that got no ack in time, or
// gives it up after the last. The caller holds w.mu.
func (w *Workspace) unanswered(ev *event) {
	if w.sockets.pending[ev.ID] == nil || w.closed {
		return
	}
	if ev.Attempt >= len(w.cfg.Retries) {
		w.log.Warn("event given up: no ack after all redeliveries", "event", ev.ID, "attempts", ev.Attempt+1)
		w.settle(ev)
		return
	}
	wait := w.cfg.Retries[ev.Attempt]
	ev.Attempt++
	if wait <= 0 {
		w.deliver(ev)
		return
	}
	ev.Due = w.clock.now().Add(wait)
	w.journal.write(record{Event: ev})
	w.later(ev)
	w.touch()
}

// later arms the timer of an event that waits for its redelivery. A clock that
// stands still has none: there only SetClock and Redeliver bring the moment.
func (w *Workspace) later(ev *event) {
	if w.clock.frozen {
		return
	}
	ev.timer = time.AfterFunc(ev.Due.Sub(w.clock.now()), func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.retryDue()
	})
}

// retryDue delivers what has come due on the workspace's clock.
func (w *Workspace) retryDue() {
	now := w.clock.now()
	for _, ev := range w.waiting() {
		if !ev.Due.After(now) {
			ev.stop()
			w.deliver(ev)
		} else if ev.timer != nil {
			ev.stop()
			w.later(ev) // the clock was moved: the timer is off
		}
	}
}

// waiting lists the events whose redelivery is planned, the oldest first.
func (w *Workspace) waiting() []*event {
	var list []*event
	for _, ev := range w.sockets.pending {
		if !ev.Due.IsZero() {
			list = append(list, ev)
		}
	}
	slices.SortFunc(list, func(a, b *event) int { return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.seq, b.seq)) })
	return list
}

func (ev *event) stop() {
	if ev.timer != nil {
		ev.timer.Stop()
		ev.timer = nil
	}
}

// settle forgets an event that was acknowledged or given up.
func (w *Workspace) settle(ev *event) {
	ev.stop()
	if w.sockets.pending[ev.ID] == nil {
		return
	}
	delete(w.sockets.pending, ev.ID)
	w.journal.write(record{Settled: ev.ID})
	w.sockets.recent = append(w.sockets.recent, ev)
	if over := len(w.sockets.recent) - eventRecent; over > 0 {
		w.sockets.recent = slices.Delete(w.sockets.recent, 0, over)
	}
}

// Redeliver sends every event that waits for its redelivery now, without
// waiting for the clock. It returns how many there were.
func (w *Workspace) Redeliver() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	list := w.waiting()
	for _, ev := range list {
		ev.stop()
		w.deliver(ev)
	}
	return len(list)
}

// RedeliverLast sends the last n acknowledged events once more with the same
// event id, as Slack does when an ack was lost on its side. It returns how
// many there were.
func (w *Workspace) RedeliverLast(n int) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	n = min(n, len(w.sockets.recent))
	again := slices.Clone(w.sockets.recent[len(w.sockets.recent)-n:])
	w.sockets.recent = w.sockets.recent[:len(w.sockets.recent)-n]
	for _, ev := range again {
		ev.Attempt++
		w.await(ev)
		w.deliver(ev)
	}
	return n
}

// Unacknowledged is how many events wait for an ack, a redelivery or a socket.
func (w *Workspace) Unacknowledged() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.sockets.pending)
}

// eventTS is the timestamp of an event that is no message.
func (w *Workspace) eventTS() string { return w.clock.nextTS() }

// OpenHome lets a person open the app's Home tab.
func (w *Workspace) OpenHome(person string) error { return w.openTab(person, "home") }

// OpenMessages lets a person open the app's Messages tab: their DM.
func (w *Workspace) OpenMessages(person string) error { return w.openTab(person, "messages") }

func (w *Workspace) openTab(person, tab string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	p, ch, err := w.seat(person, "")
	if err != nil {
		return err
	}
	ev := map[string]any{
		"type": "app_home_opened", "user": p.ID, "channel": ch.id, "tab": tab, "event_ts": w.eventTS(),
	}
	if v := w.views.home[p.ID]; v != nil && tab == "home" {
		ev["view"] = w.viewJSON(v)
	}
	w.emit("app_home_opened", ev, p.Kind == Outsider)
	return nil
}

// RevokeTokens is what a workspace owner does who removes the app: the bot
// token is refused from now on and the app is told.
func (w *Workspace) RevokeTokens() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.secrets.botRevoked = true
	w.emit("tokens_revoked", map[string]any{
		"type": "tokens_revoked", "event_ts": w.eventTS(),
		"tokens": map[string]any{"oauth": []any{}, "bot": []any{BotUserID}},
	}, false)
}
