package store_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"waymark/internal/kv"
	"waymark/internal/store"
)

// prose is text as people write it: a few hundred words, used again and again.
func prose(size int) string {
	random := rand.New(rand.NewPCG(1, 2))
	letters := "etaoinshrdlucmfwypvbgk"
	words := make([]string, 400)
	for i := range words {
		for range 2 + random.IntN(8) {
			words[i] += string(letters[random.IntN(random.IntN(len(letters))+1)])
		}
	}
	var b strings.Builder
	for b.Len() < size {
		b.WriteString(words[random.IntN(random.IntN(len(words))+1)] + " ")
	}
	return b.String()[:size]
}

// BenchmarkRecord saves and loads a record of 12 KB, as somebody has after some
// weeks, with and without a seal; size is what it takes in the store.
func BenchmarkRecord(b *testing.B) {
	for _, kind := range []string{"unsealed", "sealed"} {
		db := kv.NewMemory()
		if kind == "unsealed" {
			db = unsealed(db)
		}
		s := open(b, db)
		d := doc{Text: prose(12 << 10)}
		b.Run("Save/"+kind, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				save(b, s, ana, d)
			}
		})
		size := 0
		if err := db.View(b.Context(), func(r kv.Reader) error {
			v, _, err := r.Get([]byte("p/" + ana))
			size = len(v)
			return err
		}); err != nil {
			b.Fatal(err)
		}
		b.Run("Person/"+kind, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := load(b, s, ana); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(size), "size")
		})
		b.Run("Row/"+kind, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				update(b, s, func(tx *store.Tx) error { return tx.PutRow(row(ana, 1, d.Text[:400])) })
				view(b, s, func(tx *store.Tx) error { _, _, err := tx.NextRow(ana, 0); return err })
			}
		})
	}
}

// BenchmarkMessage is what one message costs the data file: a record read,
// saved, a row, a wake entry moved, durably.
func BenchmarkMessage(b *testing.B) {
	for _, kind := range []string{"unsealed", "sealed"} {
		b.Run(kind, func(b *testing.B) {
			dir := b.TempDir()
			var db kv.Store = bolt(b, dir+"/data")
			if kind == "unsealed" {
				db = unsealed(db)
			}
			s := open(b, db)
			save(b, s, ana, doc{Text: prose(12 << 10)})
			at := noon
			for b.Loop() {
				update(b, s, func(tx *store.Tx) error {
					var d doc
					if _, err := tx.Person(ana, &d); err != nil {
						return err
					}
					if err := tx.Save(ana, d); err != nil {
						return err
					}
					if err := tx.PutRow(row(ana, 1, "a message of some length, as they are")); err != nil {
						return err
					}
					return tx.SetWake(ana, at, at.Add(time.Minute))
				})
				at = at.Add(time.Minute)
			}
		})
	}
}
