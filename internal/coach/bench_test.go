package coach

import (
	"context"
	"encoding/binary"
	"fmt"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"waymark/internal/chat"
	"waymark/internal/kv"
	"waymark/internal/reminder"
	"waymark/internal/store"
)

// script is what Ana says on the happy path, as events.
func script(t testing.TB) []chat.Event {
	t.Helper()
	raw, err := os.ReadFile("testdata/talks/happy_path.txt")
	if err != nil {
		t.Fatal(err)
	}
	var events []chat.Event
	for line := range strings.Lines(string(raw)) {
		text, ok := strings.CutPrefix(strings.TrimSpace(line), "ana: ")
		if !ok || strings.HasPrefix(line, " ") {
			continue
		}
		e := textOf(ana, fmt.Sprint("Ev", len(events)), strings.Trim(text, "[]"))
		if cmd, ok := strings.CutPrefix(text, "/"); ok {
			e.Kind = chat.Command
			e.Command, e.Text, _ = strings.Cut(cmd, " ")
		}
		e.At = monday.Add(time.Duration(len(events)) * time.Minute)
		events = append(events, e)
	}
	return events
}

// textOf is a text that is never older than what it answers.
func textOf(id chat.PersonID, event, text string) chat.Event {
	return chat.Event{
		ID: chat.EventID(event), Kind: chat.Text, Person: id, Channel: "D" + string(id), Text: text, TS: "9999999999.000000", At: monday,
		Profile: &chat.Profile{Name: "Ana", Zone: "Europe/Berlin", Locale: "en-GB"},
	}
}

// record is Ana's record after the first n events of the happy path, 0 for all
// of it, as it is stored.
func record(t testing.TB, n int) []byte {
	t.Helper()
	s := newStage(t, kv.NewMemory(), shipped(t))
	events := script(t)
	if n == 0 {
		n = len(events)
	}
	for _, e := range events[:n] {
		s.now = func() time.Time { return e.At }
		if _, err := s.coach.Handle(context.Background(), e); err != nil {
			t.Fatal(err)
		}
		if wait := s.coach.deliver(context.Background(), s.p, ana); wait != 0 {
			t.Fatalf("not delivered, next try in %s", wait)
		}
	}
	var raw []byte
	if err := s.db.View(context.Background(), func(r kv.Reader) (err error) {
		raw, _, err = r.Get([]byte("p/" + ana))
		return err
	}); err != nil || raw == nil {
		t.Fatalf("no record of Ana after %d events, %v", n, err)
	}
	return raw
}

func someone(i int) chat.PersonID { return chat.PersonID(fmt.Sprintf("-/T1/U%06d", i)) }

// populate gives many people the same record, in transactions of 200.
func populate(b *testing.B, s *stage, people int, raw []byte, wake func(i int) time.Time) {
	b.Helper()
	for from := 0; from < people; from += 200 {
		err := s.db.Update(context.Background(), func(tx kv.Tx) error {
			for i := from; i < min(from+200, people); i++ {
				if err := tx.Put([]byte("p/"+someone(i)), raw); err != nil {
					return err
				}
				key := binary.BigEndian.AppendUint64([]byte("w/"), uint64(wake(i).Unix()))
				if err := tx.Put(append(key, "/"+someone(i)...), nil); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkHandle is one answer of somebody halfway through the first talk.
func BenchmarkHandle(b *testing.B) {
	benchmarkTexts(b, func(*stage, chat.PersonID) error { return nil })
}

// BenchmarkMessage is the same with the delivery of what follows, to a platform
// that takes no time.
func BenchmarkMessage(b *testing.B) {
	benchmarkTexts(b, func(s *stage, id chat.PersonID) error {
		if wait := s.coach.deliver(context.Background(), nowhere{}, id); wait != 0 {
			return fmt.Errorf("not delivered, next try in %s", wait)
		}
		return nil
	})
}

func benchmarkTexts(b *testing.B, then func(*stage, chat.PersonID) error) {
	const people = 10_000
	const halfway = 25 // events; the next one is a plain answer
	raw, answer := record(b, halfway), script(b)[halfway].Text
	if after := record(b, halfway+1); len(after) <= len(raw) {
		b.Fatalf("%q adds nothing to the record", answer)
	}
	for _, db := range []int{0, 2} {
		for _, callers := range []int{1, 64} {
			b.Run(fmt.Sprintf("%s/callers=%d", stores[db].name, callers), func(b *testing.B) {
				s := newStage(b, stores[db].open(b), shipped(b))
				s.now = func() time.Time { return monday.Add(time.Hour) }
				populate(b, s, people, raw, func(int) time.Time { return monday.Add(time.Hour) })
				var n atomic.Int64
				work, failed := make(chan struct{}), make(chan error, callers)
				for range callers {
					go func() {
						for range work {
							i := int(n.Add(1))
							id := someone(i % people)
							_, err := s.coach.Handle(context.Background(), textOf(id, fmt.Sprint("Ev", i), answer))
							if err == nil {
								err = then(s, id)
							}
							if err != nil {
								failed <- err
								return
							}
						}
						failed <- nil
					}()
				}
				b.ReportAllocs()
				for b.Loop() {
					work <- struct{}{}
				}
				close(work)
				for range callers {
					if err := <-failed; err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "messages/s")
			})
		}
	}
}

// BenchmarkTick is a tick that finds 1,000 people due among 10,000, each of whom
// has the whole first talk behind them.
func BenchmarkTick(b *testing.B) {
	const people, due = 10_000, 1000
	raw := record(b, 0)
	s := newStage(b, kv.NewMemory(), shipped(b))
	wake := wakeOf(b, raw)
	s.now = func() time.Time { return wake }
	populate(b, s, people, raw, func(i int) time.Time { return wake.AddDate(0, 0, i/due) })
	sched := &reminder.Scheduler{Now: s.now, Wakes: s.store, Handle: s.coach.Handle}
	b.ReportAllocs()
	for b.Loop() {
		n, err := sched.Tick(context.Background())
		if err != nil || n != due {
			b.Fatalf("%d people handled, %v, want %d", n, err, due)
		}
		b.StopTimer() // they are due again
		if rows := s.rows(someone(0)); len(rows) == 0 {
			b.Fatal("nothing to say to somebody who is due")
		}
		for i := range due {
			s.update(func(tx *store.Tx) error { return tx.Remove(someone(i)) })
		}
		populate(b, s, due, raw, func(int) time.Time { return wake })
		b.StartTimer()
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*due), "µs/person")
}

func wakeOf(t testing.TB, raw []byte) time.Time {
	t.Helper()
	s := newStage(t, kv.NewMemory(), nil)
	if err := s.db.Update(context.Background(), func(tx kv.Tx) error { return tx.Put([]byte("p/"+ana), raw) }); err != nil {
		t.Fatal(err)
	}
	var p Person
	s.view(func(tx *store.Tx) error { _, err := tx.Person(ana, &p); return err })
	if p.Wake.IsZero() {
		t.Fatal("nothing waits for Ana")
	}
	return p.Wake
}

// nowhere is a platform that takes everything.
type nowhere struct {
	noTab
	noFiles
}

func (nowhere) Open(_ context.Context, id chat.PersonID) (string, error) {
	return "D" + string(id), nil
}

func (nowhere) Post(_ context.Context, _, id string, _ chat.Message) (string, error) { return id, nil }

func (nowhere) Update(context.Context, string, string, chat.Message) error { return nil }

func (nowhere) Find(context.Context, string, string, []string) (map[string]string, error) {
	return nil, nil
}
