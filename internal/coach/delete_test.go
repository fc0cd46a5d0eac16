package coach

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"waymark/internal/chat"
	"waymark/internal/dialogue"
	"waymark/internal/kv"
	"waymark/internal/reminder"
	"waymark/internal/store"
)

// removing is a stage on which Ana talked, has a plan, messages that wait and a
// tab; now is an hour after she began.
type removing struct {
	*stage
	clock time.Time
	n     int
}

func newRemoving(t *testing.T, db kv.Store, book *dialogue.Book) *removing {
	t.Helper()
	r := &removing{stage: newStage(t, db, book), clock: monday}
	r.now = func() time.Time { return r.clock }
	p := plannedPerson()
	p.Home.Opened = true
	p.Settings.Cadence = reminder.Cadence{Every: 1, Unit: reminder.Week, Weekday: time.Friday}
	r.update(func(tx *store.Tx) error {
		if err := tx.MarkHome(ana, monday); err != nil {
			return err
		}
		d := store.Delivered{}
		d.Add("1.x", "1000.000000", true)
		if err := tx.PutDelivered(ana, d); err != nil {
			return err
		}
		return tx.Save(ana, p)
	})
	for _, text := range []string{"win: calmed a patient who was afraid", "mentor", "my aunt in the clinic"} {
		r.does(chat.Event{Kind: chat.Text, Text: text, TS: fmt.Sprintf("%d.000000", r.clock.Unix())})
	}
	r.clock = r.clock.Add(time.Hour)
	return r
}

// does handles an event of Ana's. Without an id it gets a new one.
func (r *removing) does(e chat.Event) chat.Reply {
	r.t.Helper()
	r.n++
	if e.ID == "" {
		e.ID = chat.EventID(fmt.Sprint("Ev", r.n))
	}
	if e.At.IsZero() {
		e.At = r.clock
	}
	e.Person = ana
	if e.Kind != chat.Due {
		e.Channel, e.Profile = "Dana", &chat.Profile{Name: "Ana Schmidt", Zone: "Europe/Berlin", Locale: "en-GB"}
	}
	reply, err := r.coach.Handle(context.Background(), e)
	if err != nil {
		r.t.Fatal(err)
	}
	return reply
}

func (r *removing) remove(clear bool) chat.Reply {
	r.t.Helper()
	e := chat.Event{ID: "form:delete", Kind: chat.Submitted, Action: deleteName, View: "V1", Form: map[string][]string{deleteSure: {deleteYes}}}
	if clear {
		e.Form[deleteClear] = []string{deleteYes}
	}
	reply := r.does(e)
	if reply.Form == nil || reply.Form.Send != "" || !strings.Contains(formText(*reply.Form), "is deleted") {
		r.t.Fatalf("the answer to the form is %+v, want a receipt", reply)
	}
	return reply
}

func formText(f chat.Form) string { return strings.Join(formLines(f), "\n") }

// keys are the keys of the store by their kind: "p" for a record, and what is
// left in the values.
func (r *removing) keys() (kinds string, values []byte) {
	r.t.Helper()
	err := r.db.View(context.Background(), func(tx kv.Reader) error {
		kinds, values = "", nil
		return tx.Scan(nil, nil, func(k, v []byte) (bool, error) {
			if bytes.Contains(k, []byte(ana)) {
				kinds += string(k[:1])
			}
			values = append(append(values, v...), '\n')
			return true, nil
		})
	})
	if err != nil {
		r.t.Fatal(err)
	}
	return kinds, values
}

func TestDeleteLeavesNothing(t *testing.T) {
	book := shipped(t)
	for _, db := range stores {
		t.Run(db.name, func(t *testing.T) {
			r := newRemoving(t, db.open(t), book)
			if kinds, _ := r.keys(); kinds != "dh"+strings.Repeat("o", strings.Count(kinds, "o"))+"pw" {
				t.Fatalf("before, the store has keys of the kinds %q; some of them are missing", kinds)
			}
			r.remove(true)
			kinds, values := r.keys()
			// A tombstone, the mark of the tab that is to be emptied, the note that nothing
			// is to be said unasked, the row that clears the DM.
			if kinds != "ghno" {
				t.Errorf("afterwards, the store has keys of the kinds %q, want g, h, n and o", kinds)
			}
			for _, word := range []string{"nurse", "patient", "aunt", "clinic", "Schmidt", "Berlin", "programmes", "en-GB"} {
				if bytes.Contains(values, []byte(word)) {
					t.Errorf("%q is still in the store", word)
				}
			}
			rows := r.rows(ana)
			want := store.Row{Person: ana, ID: rows[0].ID, Kind: store.Clear, Channel: "Dana", Created: r.clock}
			if diff := cmp.Diff([]store.Row{want}, rows); diff != "" {
				t.Errorf("the row that is left (-want +got):\n%s", diff)
			}
			if n, err := r.store.Sweep(t.Context(), r.clock.Add(25*time.Hour)); err != nil || n != 1 {
				t.Errorf("Sweep a day later = %d, %v, want the tombstone", n, err)
			}
		})
	}
}

// TestNothingComesBack: whatever arrives late, the record is not made anew, and
// whoever acts on something old is told.
func TestNothingComesBack(t *testing.T) {
	const old = "plan that you have deleted"
	book := shipped(t)
	for name, c := range map[string]struct {
		e    chat.Event
		says string // part of the reply that only they see
		at   bool   // as an error at a field
	}{
		"a message that is delivered again":     {e: chat.Event{ID: "Ev3", Kind: chat.Text, Text: "my aunt in the clinic"}},
		"a message from before, delivered late": {e: chat.Event{Kind: chat.Text, Text: "I want to lead", At: monday.Add(time.Minute)}, says: "before everything about you was deleted"},
		"an edit from before":                   {e: chat.Event{Kind: chat.Edited, Text: "my uncle", TS: "1795420800.000000", At: monday.Add(time.Minute)}},
		"an edit of an old message":             {e: chat.Event{Kind: chat.Edited, Text: "my uncle", TS: "1795420800.000000"}},
		"an old message taken back":             {e: chat.Event{Kind: chat.Deleted, TS: "1795420800.000000"}},
		"a moment that was due":                 {e: chat.Event{Kind: chat.Due}},
		"an answer to an old question":          {e: chat.Event{Kind: chat.Click, Values: []string{"q:2:yes"}, Action: "q2", TS: "1795420800.000001"}, says: old},
		"a button of an old reminder":           {e: chat.Event{Kind: chat.Click, Values: []string{"n:done:milestone_due/g1.1"}, TS: "1795420800.000001"}, says: old},
		"the button that opens a form":          {e: chat.Event{Kind: chat.Click, Values: []string{"form:goal"}, TS: "1795420800.000001"}, says: old},
		"an old button for an export":           {e: chat.Event{Kind: chat.Click, Values: []string{"export"}, TS: "1795420800.000001"}, says: old},
		"a button of the tab as it was":         {e: chat.Event{Kind: chat.Click, View: "V0", Values: []string{"h:done:g1.1"}}, says: old},
		"a form of the tab as it was":           {e: chat.Event{Kind: chat.Click, View: "V0", Values: []string{"form:settings"}}, says: old},
		"a form that was open":                  {e: chat.Event{Kind: chat.Submitted, Action: "win", Form: map[string][]string{"words": {"led a shift"}}}, says: old, at: true},
		"the tab is looked at":                  {e: chat.Event{Kind: chat.Opened, Action: chat.TabHome}},
		"the messages are looked at":            {e: chat.Event{Kind: chat.Opened, Action: chat.TabMessages}},
		"a new name":                            {e: chat.Event{Kind: chat.ProfileChanged}},
		"the coach is named in a channel":       {e: chat.Event{Kind: chat.Mention, Text: "hello"}, says: "direct messages"},
		"a look at the goals":                   {e: chat.Event{Kind: chat.Command, Command: "goals"}, says: "no goals yet"},
		"an export":                             {e: chat.Event{Kind: chat.Command, Command: "career", Text: "export"}, says: "nothing to export"},
		"a picture":                             {e: chat.Event{Kind: chat.Command, Command: "career", Text: "timeline"}, says: "no plan to draw"},
		"another deletion":                      {e: chat.Event{Kind: chat.Command, Command: "career", Text: "delete"}, says: "nothing of yours"},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRemoving(t, kv.NewMemory(), book)
			r.remove(false)
			for range 2 { // and not the second time either
				r.clock = r.clock.Add(time.Minute)
				e := c.e
				reply := r.does(e)
				switch {
				case c.at:
					if len(reply.FormErrors) != 1 || !strings.Contains(reply.FormErrors[""], c.says) {
						t.Errorf("errors %v, want one that says %q", reply.FormErrors, c.says)
					}
				case c.says == "" && reply.Message != nil:
					t.Errorf("says %q, want nothing", reply.Message.Plain())
				case c.says != "" && (reply.Message == nil || !strings.Contains(reply.Message.Plain(), c.says)):
					t.Errorf("replies %+v, want %q", reply, c.says)
				}
				if kinds, _ := r.keys(); kinds != "ghn" {
					t.Errorf("the store has keys of the kinds %q, want the tombstone, the mark of the tab and the note", kinds)
				}
			}
		})
	}
}

// The same form once more gets the same receipt, also after a restart.
func TestReceiptAgain(t *testing.T) {
	r := newRemoving(t, kv.NewMemory(), shipped(t))
	first := r.remove(false)
	r.restart()
	again := r.remove(false)
	if diff := cmp.Diff(first.Form, again.Form); diff != "" {
		t.Errorf("the second receipt differs:\n%s", diff)
	}
}

// Somebody who comes back begins anew; buttons below messages of before do
// nothing, not even where a new question has the number of an old one.
func TestComingBack(t *testing.T) {
	for name, after := range map[string]time.Duration{"at once": time.Minute, "when the tombstone is gone": 49 * time.Hour} {
		t.Run(name, func(t *testing.T) { comesBack(t, after) })
	}
}

func comesBack(t *testing.T, after time.Duration) {
	r := newRemoving(t, kv.NewMemory(), shipped(t))
	oldTS := fmt.Sprintf("%d.000000", r.clock.Unix()-60)
	person := func() (p Person) {
		r.view(func(tx *store.Tx) error { _, err := tx.Person(ana, &p); return err })
		return p
	}
	last := person().Dialogue.Seq
	r.remove(true)
	r.clock = r.clock.Add(after)
	r.does(chat.Event{Kind: chat.Text, Text: "hi", TS: fmt.Sprintf("%d.000000", r.clock.Unix())})
	p := person()
	if len(p.Plan.Goals)+len(p.Plan.Wins)+len(p.Dialogue.Answers) != 0 || p.Dialogue.Asked == nil {
		t.Fatalf("whoever comes back has %+v", p)
	}
	rows := r.rows(ana)
	if len(rows) < 2 || rows[0].Kind != store.Clear {
		t.Fatalf("the first row is not the one that clears: %+v", rows)
	}
	if p.Dialogue.Asked.Seq <= last {
		t.Errorf("the new question has the number %d, an old one had %d", p.Dialogue.Asked.Seq, last)
	}
	for seq := range last + 1 {
		reply := r.does(chat.Event{Kind: chat.Click, TS: oldTS, Values: []string{fmt.Sprintf("q:%d:thorough", seq)}, Action: fmt.Sprint("q", seq)})
		want := "have deleted"
		if after > keepSeen {
			want = "Nothing has changed"
		}
		if reply.Message == nil || !strings.Contains(reply.Message.Plain(), want) {
			t.Errorf("a tap on question %d of before: %+v", seq, reply)
		}
	}
	if got := person().Dialogue.Asked; got.Seq != p.Dialogue.Asked.Seq {
		t.Errorf("an old button took the talk to question %d", got.Seq)
	}
	if after < keepSeen {
		r.does(chat.Event{ID: "Ev3", Kind: chat.Text, Text: "my aunt in the clinic"})               // of before, once more
		reply := r.does(chat.Event{Kind: chat.Text, Text: "my uncle", At: monday.Add(time.Minute)}) // of before, delivered late
		if reply.Message == nil || !strings.Contains(reply.Message.Plain(), "before everything about you was deleted") {
			t.Errorf("a message of before is answered with %+v", reply)
		}
	}
	if got := person(); len(got.Notes) != 0 || got.Dialogue.Asked.Seq != p.Dialogue.Asked.Seq {
		t.Error("a message of before was taken for a new one")
	}
	r.does(chat.Event{Kind: chat.Click, TS: fmt.Sprintf("%d.000000", r.clock.Unix()+1), Values: []string{fmt.Sprintf("q:%d:thorough", p.Dialogue.Asked.Seq)}})
	if got := person(); len(got.Dialogue.Answers) != 1 {
		t.Error("the button below the new question does nothing")
	}
}

// Deleted while a message is on its way: it arrives, and leaves no trace.
func TestDeletedWhileSending(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRemoving(t, kv.NewMemory(), shipped(t))
		r.p.posts = []answer{{then: func() { r.remove(true) }}}
		r.deliver()
		r.drain()
		r.stop()
		if kinds, _ := r.keys(); strings.Trim(kinds, "ghn") != "" {
			t.Errorf("the store has keys of the kinds %q, want at most the tombstone, the mark of the tab and the note", kinds)
		}
		if n := len(r.p.texts("Dana")); n != 1 {
			t.Errorf("%d messages arrived, want the one that was on its way", n)
		}
	})
}

func TestTombstone(t *testing.T) {
	want := tombstone{At: monday.Add(time.Microsecond), Seq: 17, Seen: seen(nil).add(5, monday).add(6, monday)}
	if diff := cmp.Diff(want, parseTombstone(want.bytes())); diff != "" {
		t.Errorf("read again (-want +got):\n%s", diff)
	}
	for _, damaged := range [][]byte{nil, {1}, make([]byte, tombstoneHead-1)} {
		if got := parseTombstone(damaged); got.Seq != 0 || len(got.Seen) != 0 || !got.At.IsZero() {
			t.Errorf("parseTombstone(%v) = %+v, want nothing", damaged, got)
		}
	}
}
