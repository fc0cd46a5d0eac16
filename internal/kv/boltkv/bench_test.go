package boltkv

import (
	"context"
	"encoding/binary"
	"fmt"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"waymark/internal/kv"
)

// BenchmarkUpdate compares bbolt's own transactions, one commit an update and
// those that wait for one another (db.Batch), with the group commit of this
// package, alone and with 64 callers. An update reads
// and rewrites a record of 4 KB and adds a row, as one message does.
func BenchmarkUpdate(b *testing.B) {
	for _, callers := range []int{1, 64} {
		b.Run(fmt.Sprintf("one-by-one/callers=%d", callers), func(b *testing.B) {
			s := open(b, filepath.Join(b.TempDir(), "data"), Options{})
			benchmark(b, callers, func(i uint64) error {
				return s.db.Update(func(tx *bolt.Tx) error {
					return message(boltTx{&reader{bucket: tx.Bucket(entries)}}, i)
				})
			})
		})
		for _, delay := range []time.Duration{10 * time.Millisecond, time.Millisecond} {
			b.Run(fmt.Sprintf("batch-%v/callers=%d", delay, callers), func(b *testing.B) {
				s := open(b, filepath.Join(b.TempDir(), "data"), Options{})
				s.db.MaxBatchDelay = delay
				benchmark(b, callers, func(i uint64) error {
					return s.db.Batch(func(tx *bolt.Tx) error {
						return message(boltTx{&reader{bucket: tx.Bucket(entries)}}, i)
					})
				})
			})
		}
		b.Run(fmt.Sprintf("group/callers=%d", callers), func(b *testing.B) {
			s := open(b, filepath.Join(b.TempDir(), "data"), Options{})
			benchmark(b, callers, func(i uint64) error {
				return s.Update(context.Background(), func(tx kv.Tx) error { return message(tx, i) })
			})
		})
	}
}

func benchmark(b *testing.B, callers int, update func(i uint64) error) {
	var n atomic.Uint64
	for range 100 { // the file is no longer empty when the clock starts
		n.Add(1)
		if err := update(n.Load()); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportAllocs()
	work := make(chan struct{})
	failed := make(chan error, callers)
	for range callers {
		go func() {
			for range work {
				if err := update(n.Add(1)); err != nil {
					failed <- err
					return
				}
			}
			failed <- nil
		}()
	}
	for b.Loop() {
		work <- struct{}{}
	}
	close(work)
	for range callers {
		if err := <-failed; err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "updates/s")
}

// message does what a transaction for one message does.
func message(tx kv.Tx, i uint64) error {
	person := fmt.Appendf(nil, "p/%05d", i*7919%10_000)
	record, _, err := tx.Get(person)
	if err != nil {
		return err
	}
	if record == nil {
		record = make([]byte, 4096)
	}
	binary.BigEndian.PutUint64(record, i)
	if err := tx.Put(person, record); err != nil {
		return err
	}
	return tx.Put(fmt.Appendf(nil, "o/%016x", i), record[:400])
}

// boltTx is a bbolt transaction without an overlay.
type boltTx struct{ *reader }

func (t boltTx) Put(k, v []byte) error { return t.bucket.Put(k, v) }
func (t boltTx) Delete(k []byte) error { return t.bucket.Delete(k) }
