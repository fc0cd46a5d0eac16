package store_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"waymark/internal/chat"
	"waymark/internal/kv"
	"waymark/internal/store"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func row(id chat.PersonID, seq uint64, text string) store.Row {
	return store.Row{Person: id, Seq: seq, ID: fmt.Sprintf("%s %d", id, seq), Message: chat.Say(text), Created: noon}
}

func texts(rows []store.Row) (all []string) {
	for _, r := range rows {
		all = append(all, r.Message.Plain())
	}
	return all
}

// Rows come back as they were put, in the order of their numbers, each person's
// apart.
func TestOutbox(t *testing.T) {
	on(t, func(t *testing.T, db kv.Store) {
		s := open(t, db)
		full := store.Row{
			Person: ana, Seq: 300, ID: "id", Kind: store.Edit, Channel: "D1", TS: "1.2", Ref: "ref", Attempting: true, Tries: 3,
			Created: noon, Until: noon.Add(time.Hour), Parked: "msg_too_long",
			Message: chat.Message{
				Blocks: []chat.Block{{Kind: chat.Bullets, Items: [][]chat.Span{{chat.Own("<!channel> &"), chat.B("b")}}}},
				Ask:    &chat.Ask{ID: "q1", Choices: []chat.Choice{{Value: "v", Label: "l", Own: true, Primary: true}}, Many: true, Date: true, Initial: "2026-11-23"},
				Footer: []chat.Span{chat.T("small")},
			},
		}
		update(t, s, func(tx *store.Tx) error {
			for _, r := range []store.Row{row(anna, 1, "other"), full, row(ana, 255, "second"), row(ana, 2, "first"), row(ana, 1<<40, "last")} {
				if err := tx.PutRow(r); err != nil {
					return err
				}
			}
			return nil
		})
		var rows []store.Row
		view(t, s, func(tx *store.Tx) (err error) { rows, err = tx.Outbox(ana); return err })
		if got := texts(rows); !slices.Equal(got, []string{"first", "second", "• <!channel> &b\n1. l\nsmall", "last"}) {
			t.Fatalf("Outbox = %q", got)
		}
		if diff := cmp.Diff(full, rows[2]); diff != "" {
			t.Errorf("a row came back changed (-want +got):\n%s", diff)
		}
		next := func() (text string) {
			view(t, s, func(tx *store.Tx) error {
				r, ok, err := tx.NextRow(ana, 0)
				text = fmt.Sprint(ok, " ", r.Message.Plain())
				return err
			})
			return text
		}
		var got []string
		for i := range 4 {
			got = append(got, next())
			update(t, s, func(tx *store.Tx) error {
				if i == 0 {
					parked := rows[0]
					parked.Parked = "no"
					return tx.PutRow(parked)
				}
				return tx.RemoveRow(rows[[]int{1, 3, 3}[i-1]])
			})
		}
		if want := []string{"true first", "true second", "true last", "false "}; !slices.Equal(got, want) {
			t.Errorf("NextRow = %q, want %q", got, want)
		}
		has := func(r store.Row) (ok bool) {
			view(t, s, func(tx *store.Tx) (err error) { ok, err = tx.HasRow(r); return err })
			return ok
		}
		newcomer := row(anna, 1, "another after she was deleted")
		newcomer.ID = "another id"
		if !has(row(anna, 1, "")) || has(row(anna, 2, "")) || has(newcomer) {
			t.Error("HasRow is wrong about rows that are there, are not, or are others")
		}
		view(t, s, func(tx *store.Tx) (err error) { rows, err = tx.Outbox(anna); return err })
		if got := texts(rows); !slices.Equal(got, []string{"other"}) {
			t.Errorf("Outbox of her neighbour = %q", got)
		}
	})
}

// Waiting pages through everybody who has something to be sent.
func TestWaiting(t *testing.T) {
	on(t, func(t *testing.T, db kv.Store) {
		s := open(t, db)
		var want []chat.PersonID
		update(t, s, func(tx *store.Tx) error {
			want = nil
			for i := range 60 {
				id := chat.PersonID(fmt.Sprintf("-/T1/U%02d", i))
				for seq := range uint64(i % 4) { // none, one, two or three rows
					r := row(id, seq, "x")
					if seq == 0 && i%2 == 0 || i%5 == 0 { // the first, or all of them
						r.Parked = "no"
					}
					if err := tx.PutRow(r); err != nil {
						return err
					}
				}
				if i%4 > 0 && i%5 != 0 && (i%4 > 1 || i%2 != 0) {
					want = append(want, id)
				}
			}
			return nil
		})
		put(t, db, "o/-/T1/UZZ\x00\x00\x00\x00\x00\x00\x00\x00\x01", []byte("no row"))
		want = append(want, "-/T1/UZZ")
		for _, limit := range []int{1, 2, 7, 1000} {
			var got []chat.PersonID
			for after := chat.PersonID(""); ; {
				page, err := s.Waiting(context.Background(), after, limit)
				if err != nil || len(page) > limit {
					t.Fatalf("Waiting(%q, %d) = %q, %v", after, limit, page, err)
				}
				got = append(got, page...)
				if len(page) < limit {
					break
				}
				after = page[len(page)-1]
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("Waiting in pages of %d (-want +got):\n%s", limit, diff)
			}
		}
	})
}

func TestDelivered(t *testing.T) {
	on(t, func(t *testing.T, db kv.Store) {
		s := open(t, db)
		change := func(fn func(*store.Delivered)) (d store.Delivered) {
			update(t, s, func(tx *store.Tx) error {
				var err error
				if d, err = tx.Delivered(ana); err != nil {
					return err
				}
				fn(&d)
				return tx.PutDelivered(ana, d)
			})
			view(t, s, func(tx *store.Tx) (err error) { d, err = tx.Delivered(ana); return err })
			return d
		}
		change(func(d *store.Delivered) { d.Add("a", "1", true) })
		change(func(d *store.Delivered) { d.Add("b", "2", false) })
		d := change(func(d *store.Delivered) { d.Add("c", "3", true) })
		if diff := cmp.Diff(store.Delivered{IDs: []string{"a", "c"}, TSs: []string{"1", "3"}, Last: "3"}, d); diff != "" {
			t.Errorf("after three messages, two of them kept (-want +got):\n%s", diff)
		}
		if ts, ok := d.TS("c"); ts != "3" || !ok {
			t.Errorf("TS = %q, %v, want 3", ts, ok)
		}
		if ts, ok := d.TS("b"); ok {
			t.Errorf("TS of what was not kept = %q", ts)
		}
		d = change(func(d *store.Delivered) { d.Drop("a"); d.Drop("b"); d.Drop("nothing") })
		if diff := cmp.Diff(store.Delivered{IDs: []string{"c"}, TSs: []string{"3"}, Last: "3"}, d); diff != "" {
			t.Errorf("after one was dropped (-want +got):\n%s", diff)
		}
		d = change(func(d *store.Delivered) {
			for i := range 1000 {
				d.Add(fmt.Sprint("m", i), fmt.Sprint(i), true)
			}
		})
		if ts, ok := d.TS("m999"); len(d.IDs) != 24 || len(d.TSs) != 24 || ts != "999" || !ok {
			t.Errorf("after a thousand messages %d are kept, the last as %q, want 24", len(d.IDs), ts)
		}
	})
}

func BenchmarkWaiting(b *testing.B) {
	s := open(b, kv.NewMemory())
	for from := 0; from < 10_000; from += 100 {
		update(b, s, func(tx *store.Tx) error {
			for i := from; i < from+100; i++ {
				if err := tx.PutRow(row(chat.PersonID(fmt.Sprintf("-/T1/U%05d", i/2)), uint64(i), "a message of some length, as they are")); err != nil {
					return err
				}
			}
			return nil
		})
	}
	b.ReportAllocs()
	for b.Loop() {
		if people, err := s.Waiting(context.Background(), "", 10_000); err != nil || len(people) != 5000 {
			b.Fatalf("%d people wait, %v", len(people), err)
		}
	}
}
