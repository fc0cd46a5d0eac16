package coach

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"waymark/internal/chat"
	"waymark/internal/kv"
	"waymark/internal/store"
)

// TestManyPeople lets 200 people talk at the same time while everything is
// delivered. Each record and each DM must be what they are for somebody who talks
// alone, also where every transaction is run twice: nothing is shared between
// people, and nothing is left over from a first run.
func TestManyPeople(t *testing.T) {
	book := shipped(t)
	people := 200
	if testing.Short() {
		people = 40
	}
	talk := func(s *stage, id chat.PersonID) error {
		for i, e := range script(t)[:10] {
			e.ID, e.Person, e.Channel = chat.EventID(fmt.Sprint("Ev", i)), id, "D"+string(id)
			e.TS = "" // never older than a question, however late that leaves
			if _, err := s.coach.Handle(context.Background(), e); err != nil {
				return err
			}
		}
		win := chat.Event{ID: "win", Kind: chat.Command, Person: id, Command: "win", Text: "helped a patient", At: monday}
		_, err := s.coach.Handle(context.Background(), win)
		return err
	}
	run := func(t *testing.T, db kv.Store, people int) *stage {
		s := newStage(t, db, book)
		s.now = func() time.Time { return monday }
		s.deliver()
		var wg sync.WaitGroup
		for i := range people {
			wg.Go(func() {
				if err := talk(s, someone(i)); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		s.drain()
		s.stop()
		return s
	}
	var want Person
	var said []string
	synctest.Test(t, func(t *testing.T) {
		s := run(t, kv.NewMemory(), 1)
		want, said = s.record(someone(0)), s.p.texts("D"+string(someone(0)))
	})
	if len(said) < 10 || len(want.Dialogue.Answers) < 8 || len(want.Plan.Wins) != 1 {
		t.Fatalf("%d messages, %d answers, %d wins to compare", len(said), len(want.Dialogue.Answers), len(want.Plan.Wins))
	}
	for _, db := range stores[2:] { // bbolt
		t.Run(db.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := run(t, db.open(t), people)
				for i := range people {
					id := someone(i)
					want.Channel = "D" + string(id)
					if diff := cmp.Diff(want, s.record(id)); diff != "" {
						t.Fatalf("record of person %d (-want +got):\n%s", i, diff)
					}
					if diff := cmp.Diff(said, s.p.texts("D"+string(id))); diff != "" {
						t.Fatalf("what person %d sees (-want +got):\n%s", i, diff)
					}
				}
			})
		})
	}
}

// record is a person's record, as far as it can be compared.
func (s *stage) record(id chat.PersonID) (p Person) {
	s.t.Helper()
	s.view(func(tx *store.Tx) error { _, err := tx.Person(id, &p); return err })
	return p
}
