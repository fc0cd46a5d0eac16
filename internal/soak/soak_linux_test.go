package soak

import (
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"waymark/internal/workspace"
)

var (
	long  = flag.Duration("soak", 3*time.Second, "how long TestSoak takes")
	rate  = flag.Float64("rate", 20, "how many things people do in a second of TestSoak")
	crowd = flag.Int("people", 80, "how many people there are in TestSoak")
)

// What may differ between the second quarter of a soak, when the first people
// have come and gone, and the last.
const (
	moreMemory     = 1.15
	moreFile       = 1.15
	moreGoroutines = 1.10
	// meaningful is how long a soak must be for that to say anything.
	meaningful = 3 * time.Minute
	samples    = 60
)

// TestSoak serves a crowd for a time. Everything that is said must be answered;
// if the time is long enough, memory, data file and goroutines must stay what
// they were.
func TestSoak(t *testing.T) {
	ws, err := workspace.Start(t.Context(), workspace.Config{
		Now: time.Now, Scopes: append([]string{"metadata.message:read"}, workspace.DefaultScopes...),
	})
	if err != nil {
		t.Fatal(err)
	}
	defer ws.Close()
	bot := serve(t, ws, filepath.Join(t.TempDir(), "data"))
	idle := make(chan *person, *crowd)
	for i := range *crowd {
		added, err := ws.AddPerson(workspace.Person{Name: fmt.Sprint("Person", i)})
		if err != nil {
			t.Fatal(err)
		}
		random := rand.New(rand.NewPCG(uint64(i), 0))
		// The first lives are of all lengths, so that not everybody leaves at once.
		idle <- &person{ws: ws, id: added.ID, random: random, left: 1 + random.IntN(life)}
	}

	var all sync.WaitGroup
	var mu sync.Mutex
	took := map[string][]time.Duration{}
	busy := 0
	began := time.Now()
	all.Go(func() { // people
		pace := time.NewTicker(time.Duration(float64(time.Second) / *rate))
		defer pace.Stop()
		for time.Since(began) < *long {
			<-pace.C
			var p *person
			select {
			case p = <-idle:
			default: // everybody waits for an answer
				busy++
				continue
			}
			all.Go(func() {
				d := p.act(t.Context())
				idle <- p
				mu.Lock()
				defer mu.Unlock()
				took[d.kind] = append(took[d.kind], d.took)
				var gone *workspace.Error // what was to be tapped, since the bot has just replaced it
				if d.err != nil && !(d.kind == "tap" && errors.As(d.err, &gone) && gone.Status == http.StatusNotFound) {
					t.Errorf("after %v: %s: %v", time.Since(began).Round(time.Second), d.kind, d.err)
				}
			})
		}
	})
	var seen []sample
	every := max(*long/samples, 200*time.Millisecond)
	all.Go(func() { // an operator
		for n := 1; time.Since(began) < *long; n++ {
			time.Sleep(every)
			s, err := bot.sample()
			if err != nil {
				t.Error(err)
				return
			}
			s.at = time.Since(began)
			seen = append(seen, s)
			if n%(samples/6) == 0 {
				t.Logf("%7v: %3.0f goroutines, %5.1f MB of memory, %5.1f MB of heap, %5.1f MB of data", s.at.Round(time.Second), s.goroutines, s.memory/1e6, s.heap/1e6, s.file/1e6)
				if err := bot.backup(); err != nil {
					t.Error(err)
				}
			}
		}
	})
	all.Wait()
	bot.stop()
	if t.Failed() {
		t.Logf("the bot says\n%s", bot.log)
	}

	for kind, list := range took {
		slices.Sort(list)
		t.Logf("%9s: %6d, p50 %v, p99 %v, longest %v", kind, len(list), at(list, .5), at(list, .99), list[len(list)-1].Round(10*time.Microsecond))
	}
	if n := len(took["message"]); n == 0 {
		t.Error("nobody said anything")
	}
	if busy > 0 {
		t.Errorf("%d times everybody waited for an answer: the rate was not kept", busy)
	}
	if *long < meaningful {
		return
	}
	quarter := len(seen) / 4
	early, late := seen[quarter:2*quarter], seen[len(seen)-quarter:]
	for _, c := range []struct {
		what  string
		of    func(sample) float64
		bound float64
	}{
		{"memory", func(s sample) float64 { return s.memory }, moreMemory},
		{"data file", func(s sample) float64 { return s.file }, moreFile},
		{"goroutines", func(s sample) float64 { return s.goroutines }, moreGoroutines},
	} {
		was, is := median(early, c.of), median(late, c.of)
		t.Logf("%s: %.4g in the second quarter, %.4g in the last, %.2f ×", c.what, was, is, is/was)
		if is > was*c.bound {
			t.Errorf("%s grows: %.2f ×, want at most %.2f ×", c.what, is/was, c.bound)
		}
	}
}

// at is the value below which a share of a sorted list lies.
func at(list []time.Duration, share float64) time.Duration {
	return list[int(share*float64(len(list)-1))].Round(10 * time.Microsecond)
}

func median(list []sample, of func(sample) float64) float64 {
	var values []float64
	for _, s := range list {
		values = append(values, of(s))
	}
	slices.Sort(values)
	return values[len(values)/2]
}
