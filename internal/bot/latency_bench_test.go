//go:build linux

package bot_test

import (
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"
)

// BenchmarkLatency is how long answers take while 100 messages a second come in:
// from a person's message to the bot's in the same conversation. It runs with
// the data on the disk and, where there is one, in a file system in memory: the
// difference is the disk's. Just before it, the disk alone is asked how long it
// takes to make 64 KB durable, over and over: an answer leaves after the commit of
// what was said, which is two such waits, behind the commit that is under way.
// -benchtime 2000x is enough.
func BenchmarkLatency(b *testing.B) {
	b.Run("disk", func(b *testing.B) { latency(b, b.TempDir()) })
	b.Run("memory", func(b *testing.B) {
		data, err := os.MkdirTemp("/dev/shm", "waymark-bench-")
		if err != nil {
			b.Skip("no file system in memory: ", err)
		}
		b.Cleanup(func() { _ = os.RemoveAll(data) })
		latency(b, data)
	})
}

func latency(b *testing.B, data string) {
	syncs := syncing(b, filepath.Join(data, "bare"))
	h := newHall(b, 100).startBot(b, filepath.Join(data, "bot"))
	h.prepare(b, "hi", "not now", "privacy")
	pace := time.NewTicker(10 * time.Millisecond)
	defer pace.Stop()
	took := make(chan time.Duration, b.N)
	said := 0
	for b.Loop() {
		<-pace.C
		p := h.people[said%len(h.people)]
		said++
		began := time.Now()
		if _, err := h.ws.Say(p.ID, "privacy"); err != nil {
			b.Fatal(err)
		}
		go func() {
			late := time.NewTimer(patience)
			defer late.Stop()
			select {
			case <-h.answers[p.Channel]:
			case <-late.C:
			}
			took <- time.Since(began)
		}()
	}
	all := make([]time.Duration, 0, said)
	for range said {
		all = append(all, <-took)
	}
	quantiles(b, "", all)
	quantiles(b, "bare-sync-", syncs)
}

// syncing is how long a disk takes each of some times to make durable what was
// written over a file, with nothing else to do.
func syncing(b *testing.B, path string) []time.Duration {
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	page := make([]byte, 64<<10)
	const pages = 64
	for i := range pages {
		if _, err := f.WriteAt(page, int64(i*len(page))); err != nil {
			b.Fatal(err)
		}
	}
	if err := f.Sync(); err != nil {
		b.Fatal(err)
	}
	took := make([]time.Duration, 0, 1000)
	for i := range cap(took) {
		page[0] = byte(i)
		began := time.Now()
		if _, err := f.WriteAt(page, int64(i*37%pages*len(page))); err != nil {
			b.Fatal(err)
		}
		if err := syscall.Fdatasync(int(f.Fd())); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(began))
	}
	return took
}

// quantiles reports the middle, the slowest of a hundred and the slowest of all.
func quantiles(b *testing.B, name string, took []time.Duration) {
	slices.Sort(took)
	at := func(share float64) float64 {
		return float64(took[int(share*float64(len(took)-1))].Microseconds()) / 1000
	}
	b.ReportMetric(at(.5), name+"p50-ms")
	b.ReportMetric(at(.99), name+"p99-ms")
	b.ReportMetric(at(1), name+"max-ms")
}
