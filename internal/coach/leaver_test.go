package coach

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"waymark/internal/chat"
	"waymark/internal/kv"
	"waymark/internal/store"
)

// switchedOff says that Ana's account was deactivated.
func (r *removing) switchedOff() {
	r.t.Helper()
	r.n++
	e := chat.Event{ID: chat.EventID(fmt.Sprint("Ev", r.n)), Kind: chat.ProfileChanged, Person: ana, At: r.clock, Profile: &chat.Profile{Name: "Ana Schmidt", Outsider: chat.Gone}}
	if reply, err := r.coach.Handle(context.Background(), e); err != nil || reply.Message != nil {
		r.t.Fatalf("switched off: %v, %v; nobody is there to be answered", reply, err)
	}
}

// wake is when the store looks at Ana again.
func (r *removing) wake() (at time.Time) {
	r.t.Helper()
	at, ok, err := r.store.NextWake(context.Background())
	if err != nil || !ok {
		r.t.Fatalf("NextWake: %v, %v", ok, err)
	}
	return at
}

// said is what waits to be sent to Ana as new messages, one a line.
func (r *removing) said() string {
	var b strings.Builder
	for _, row := range r.rows(ana) {
		if row.Kind == store.Post {
			b.WriteString(row.Message.Plain() + "\n")
		}
	}
	return b.String()
}

func TestLeaversAreDeletedInTime(t *testing.T) {
	book := shipped(t)
	for _, db := range stores {
		t.Run(db.name, func(t *testing.T) {
			r := newRemoving(t, db.open(t), book)
			waiting := len(r.rows(ana))
			r.switchedOff()
			left := r.clock
			r.clock = r.clock.Add(24 * time.Hour)
			r.switchedOff() // Slack tells of every change of a profile
			if want := left.Add(defaultRetention); !r.wake().Equal(want) {
				t.Fatalf("woken at %s, want at %s: no reminder before, and the time counts from the first day", r.wake(), want)
			}
			r.clock = left.Add(defaultRetention - time.Hour)
			r.does(chat.Event{Kind: chat.Due}) // too early, after a change of the clock
			if kinds, _ := r.keys(); !strings.Contains(kinds, "p") || len(r.rows(ana)) != waiting {
				t.Fatalf("before the time is up there are keys of the kinds %q and %d rows, want the record and %d", kinds, len(r.rows(ana)), waiting)
			}
			r.clock = left.Add(defaultRetention)
			r.does(chat.Event{Kind: chat.Due})
			kinds, values := r.keys()
			if strings.Trim(kinds, "gh") != "" {
				t.Errorf("afterwards there are keys of the kinds %q, want g and h at most", kinds)
			}
			for _, word := range []string{"nurse", "patient", "aunt", "Schmidt", "Berlin"} {
				if bytes.Contains(values, []byte(word)) {
					t.Errorf("%q is still in the store", word)
				}
			}

			r.clock = r.clock.Add(60 * 24 * time.Hour)
			r.does(chat.Event{Kind: chat.Text, Text: "hi", TS: fmt.Sprintf("%d.000000", r.clock.Unix())})
			date := dateIn(left.Add(defaultRetention))
			if s := r.said(); !strings.Contains(s, "everything you had told me was deleted, on "+date) {
				t.Errorf("who comes back later is told %q, want that all was deleted on %s", s, date)
			}
			r.does(chat.Event{Kind: chat.Text, Text: "Start", TS: fmt.Sprintf("%d.000001", r.clock.Unix())})
			if n := strings.Count(r.said(), "everything you had told me"); n != 1 {
				t.Errorf("it is said %d times", n)
			}
		})
	}
}

// dateIn is the day of a moment where Ana will be taken to be: UTC, since
// nothing is known of her any more.
func dateIn(at time.Time) string { return at.UTC().Format("Monday 2 January 2006") }

func TestLeaversWhoComeBackInTimeFindEverything(t *testing.T) {
	for name, back := range map[string]chat.Event{
		"by writing":             {Kind: chat.Text, Text: "show my plan"},
		"by their account alone": {Kind: chat.ProfileChanged},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRemoving(t, kv.NewMemory(), shipped(t))
			before := r.wake()
			r.switchedOff()
			left := r.clock
			r.clock = r.clock.Add(10 * 24 * time.Hour)
			back.TS = fmt.Sprintf("%d.000000", r.clock.Unix())
			r.does(back)
			if w := r.wake(); w.Equal(left.Add(defaultRetention)) || w.Before(before) {
				t.Errorf("woken at %s: reminders go on as before, and nothing is deleted", w)
			}
			if s := r.said(); back.Kind == chat.ProfileChanged && strings.Contains(s, "Welcome back") {
				t.Errorf("the coach wrote first: %s", s)
			}
			r.does(chat.Event{Kind: chat.Text, Text: "goals", TS: fmt.Sprintf("%d.000001", r.clock.Unix())})
			if s := r.said(); strings.Count(s, "Your account was switched off on "+left.Format("Monday 2 January 2006")) != 1 {
				t.Errorf("they are not told once that all is still there: %s", s)
			}
			if p := r.record(ana); p.Plan.Target == "" || !p.Left.IsZero() || !p.Back.IsZero() {
				t.Errorf("the record lost something: %+v", p.Plan)
			}
		})
	}
}

func TestStrangersDoNotLeave(t *testing.T) {
	r := newRemoving(t, kv.NewMemory(), shipped(t))
	e := chat.Event{ID: "EvX", Kind: chat.ProfileChanged, Person: "-/T1/UNOBODY", At: r.clock, Profile: &chat.Profile{Outsider: chat.Gone}}
	if _, err := r.coach.Handle(context.Background(), e); err != nil {
		t.Fatal(err)
	}
	if known := r.record(e.Person); known.Met != (time.Time{}) || !known.Left.IsZero() {
		t.Error("somebody who never spoke to the coach is written down")
	}
}

// Nothing is deleted while the platform has not said again that they are gone.
func TestNothingIsDeletedUnasked(t *testing.T) {
	r := newRemoving(t, kv.NewMemory(), shipped(t))
	sure := false
	r.coach.gone = func(id chat.PersonID) bool { return sure && id == ana }
	r.switchedOff()
	r.clock = r.clock.Add(defaultRetention)
	r.does(chat.Event{Kind: chat.Due})
	if kinds, _ := r.keys(); !strings.Contains(kinds, "p") || !r.wake().Equal(r.clock.Add(unsure)) {
		t.Errorf("keys of the kinds %q, woken at %s; want the record, and an hour later", kinds, r.wake())
	}
	sure = true
	r.does(chat.Event{Kind: chat.Due})
	if kinds, _ := r.keys(); strings.Contains(kinds, "p") {
		t.Errorf("keys of the kinds %q, want no record", kinds)
	}
}
