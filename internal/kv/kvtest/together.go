package kvtest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	"waymark/internal/kv"
)

var errOwn = errors.New("the function's own error")

func testError(t *testing.T, s kv.Store) {
	fill(t, s, "a", "b")
	err := s.Update(context.Background(), func(tx kv.Tx) error {
		return errors.Join(tx.Put([]byte("a"), []byte("changed")), tx.Delete([]byte("b")), tx.Put([]byte("c"), nil), errOwn)
	})
	if !errors.Is(err, errOwn) {
		t.Errorf("Update = %v, want the function's error", err)
	}
	if got, want := Dump(t, s), []string{"a=a", "b=b"}; !slices.Equal(got, want) {
		t.Errorf("after an error = %q, want %q", got, want)
	}
	if err := s.View(context.Background(), func(kv.Reader) error { return errOwn }); err != errOwn {
		t.Errorf("View = %v, want the function's error", err)
	}
}

func testPanic(t *testing.T, s kv.Store) {
	fill(t, s, "a")
	caught := func(run func()) (p any) {
		defer func() { p = recover() }()
		run()
		return nil
	}
	if p := caught(func() {
		_ = s.Update(context.Background(), func(tx kv.Tx) error {
			_ = tx.Put([]byte("b"), nil)
			panic("the function's own")
		})
	}); p != "the function's own" {
		t.Errorf("the caller of Update recovered %v, want the function's panic", p)
	}
	if p := caught(func() {
		_ = s.View(context.Background(), func(kv.Reader) error { panic("the function's own") })
	}); p != "the function's own" {
		t.Errorf("the caller of View recovered %v, want the function's panic", p)
	}
	fill(t, s, "c") // the store goes on
	if got, want := Dump(t, s), []string{"a=a", "c=c"}; !slices.Equal(got, want) {
		t.Errorf("after a panic = %q, want %q", got, want)
	}
}

// A failed assertion inside a function ends the goroutine that runs it.
func testGoexit(t *testing.T, s kv.Store) {
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		_ = s.Update(context.Background(), func(tx kv.Tx) error {
			_ = tx.Put([]byte("a"), nil)
			runtime.Goexit()
			return nil
		})
	}()
	<-gone
	fill(t, s, "b")
	if got, want := Dump(t, s), []string{"b=b"}; !slices.Equal(got, want) {
		t.Errorf("after the end of a goroutine = %q, want %q", got, want)
	}
}

func testIsolation(t *testing.T, s kv.Store) {
	fill(t, s, "a", "b")
	view(t, s, func(r kv.Reader) error {
		before, err := keys(r, nil, nil)
		if err != nil {
			return err
		}
		updated := make(chan struct{})
		go func() { // an update commits while the view is open, and is not held up
			defer close(updated)
			for i := range 20 {
				fill(t, s, fmt.Sprintf("new %d", i))
			}
			update(t, s, func(tx kv.Tx) error { return tx.Delete([]byte("b")) })
		}()
		<-updated
		after, err := keys(r, nil, nil)
		if !slices.Equal(before, after) {
			t.Errorf("the view saw %q and then %q", before, after)
		}
		if v, ok, _ := r.Get([]byte("b")); string(v) != "b" || !ok {
			t.Errorf("the view lost what was deleted later: %q, %v", v, ok)
		}
		return err
	})
}

func testCommitted(t *testing.T, s kv.Store) {
	update(t, s, func(tx kv.Tx) error {
		if err := tx.Put([]byte("a"), nil); err != nil {
			return err
		}
		if got := Dump(t, s); len(got) != 0 {
			t.Errorf("a view saw %q before it was committed", got)
		}
		return nil
	})
	if got := Dump(t, s); !slices.Equal(got, []string{"a="}) {
		t.Errorf("a view saw %q after the commit, want a", got)
	}
}

func testIncrements(t *testing.T, s kv.Store) {
	const goroutines, rounds = 32, 25
	together(goroutines, func(int) {
		for range rounds {
			if err := increment(s, "n"); err != nil {
				t.Errorf("increment: %v", err)
			}
		}
	})
	if got, want := Dump(t, s), fmt.Sprintf("n=%d", goroutines*rounds); !slices.Equal(got, []string{want}) {
		t.Errorf("counted %q, want %q", got, want)
	}
}

func testNeighbours(t *testing.T, s kv.Store) {
	const goroutines, rounds = 30, 10
	together(goroutines, func(i int) {
		for range rounds {
			var err error
			switch i % 3 {
			case 0:
				err = increment(s, "n")
			case 1:
				err = s.Update(context.Background(), func(tx kv.Tx) error {
					_ = tx.Put([]byte("n"), []byte("-1000"))
					return errOwn
				})
				if errors.Is(err, errOwn) {
					err = nil
				}
			case 2:
				func() {
					defer func() { _ = recover() }()
					_ = s.Update(context.Background(), func(tx kv.Tx) error {
						_ = tx.Delete([]byte("n"))
						panic("the function's own")
					})
				}()
			}
			if err != nil {
				t.Errorf("Update: %v", err)
			}
		}
	})
	if got, want := Dump(t, s), fmt.Sprintf("n=%d", goroutines/3*rounds); !slices.Equal(got, []string{want}) {
		t.Errorf("counted %q, want %q", got, want)
	}
}

// Of many who take a thing only if nobody has it, one gets it: the read that
// decides must be as fresh as the write.
func testClaims(t *testing.T, s kv.Store) {
	var winners atomic.Int32
	together(32, func(i int) {
		won := false
		err := s.Update(context.Background(), func(tx kv.Tx) error {
			taken, err := keys(tx, []byte("claim/"), kv.PrefixEnd([]byte("claim/")))
			won = err == nil && len(taken) == 0
			if !won {
				return err
			}
			return tx.Put([]byte("claim/"+strconv.Itoa(i)), nil)
		})
		if err != nil {
			t.Errorf("Update: %v", err)
		}
		if won {
			winners.Add(1)
		}
	})
	if winners.Load() != 1 || len(Dump(t, s)) != 1 {
		t.Errorf("%d winners and claims %q, want one", winners.Load(), Dump(t, s))
	}
}

func testCancelled(t *testing.T, s kv.Store) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	ran := false
	if err := s.Update(ctx, func(kv.Tx) error { ran = true; return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("Update = %v, want the context's error", err)
	}
	if err := s.View(ctx, func(kv.Reader) error { ran = true; return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("View = %v, want the context's error", err)
	}
	if ran {
		t.Error("a function ran under a cancelled context")
	}
}

func testQueueCancelled(t *testing.T, s kv.Store) {
	inside, goOn, first := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	go func() {
		first <- s.Update(context.Background(), func(tx kv.Tx) error {
			close(inside)
			<-goOn
			return tx.Put([]byte("first"), nil)
		})
	}()
	<-inside
	ctx, cancel := context.WithCancel(context.Background())
	second := make(chan error, 1)
	go func() {
		second <- s.Update(ctx, func(tx kv.Tx) error { return tx.Put([]byte("second"), nil) })
	}()
	cancel()
	if err := <-second; !errors.Is(err, context.Canceled) { // while the first still runs
		t.Errorf("Update cancelled in the queue = %v, want the context's error", err)
	}
	close(goOn)
	if err := <-first; err != nil {
		t.Errorf("Update: %v", err)
	}
	fill(t, s, "third")
	if got, want := Dump(t, s), []string{"first=", "third=third"}; !slices.Equal(got, want) {
		t.Errorf("entries = %q, want %q", got, want)
	}
}

func testCloseDrains(t *testing.T, s kv.Store) {
	var accepted, refused atomic.Int32
	inside := make(chan struct{})
	var once sync.Once
	done := make(chan struct{})
	go func() {
		defer close(done)
		together(16, func(i int) {
			for n := 0; ; n++ {
				ran := false
				err := s.Update(context.Background(), func(tx kv.Tx) error {
					ran = true
					once.Do(func() { close(inside) })
					return tx.Put(fmt.Appendf(nil, "%d/%d", i, n), nil)
				})
				if errors.Is(err, kv.ErrClosed) && !ran {
					refused.Add(1)
					return
				}
				if err != nil {
					t.Errorf("Update during Close = %v, ran %v, want nil, or ErrClosed and not run", err, ran)
					return
				}
				accepted.Add(1)
			}
		})
	}()
	<-inside
	if err := s.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
	<-done
	if accepted.Load() == 0 || refused.Load() != 16 {
		t.Errorf("%d updates accepted, %d refused, want some and 16", accepted.Load(), refused.Load())
	}
}

func testRerun(t *testing.T, s kv.Store) {
	runs := 0
	r := Rerun(s)
	update(t, r, func(tx kv.Tx) error { runs++; return tx.Put([]byte("a"), []byte(strconv.Itoa(runs))) })
	if err := r.Update(context.Background(), func(tx kv.Tx) error { return errOwn }); !errors.Is(err, errOwn) {
		t.Errorf("Update = %v, want the function's error", err)
	}
	for range 3 {
		if err := increment(r, "n"); err != nil {
			t.Fatal(err)
		}
	}
	if got, want := Dump(t, s), []string{"a=2", "n=3"}; !slices.Equal(got, want) {
		t.Errorf("entries = %q, want %q", got, want)
	}
}

// testModel does the same random work on the store and on a map.
func testModel(t *testing.T, s kv.Store) {
	rnd := rand.New(rand.NewPCG(1, 2))
	model := map[string]string{}
	for step := range 150 {
		next, fail := maps.Clone(model), rnd.IntN(4) == 0
		err := s.Update(context.Background(), func(tx kv.Tx) error {
			for range rnd.IntN(60) {
				if err := randomStep(t, rnd, tx, next); err != nil {
					return err
				}
			}
			if fail {
				return errOwn
			}
			return nil
		})
		if fail != errors.Is(err, errOwn) || !fail && err != nil {
			t.Fatalf("step %d: Update = %v", step, err)
		}
		if !fail {
			model = next
		}
		if got, want := Dump(t, s), sorted(model, "", "\xff\xff"); !slices.Equal(got, want) {
			t.Fatalf("step %d: store %q, model %q", step, got, want)
		}
	}
}

func randomStep(t *testing.T, rnd *rand.Rand, tx kv.Tx, model map[string]string) error {
	key := func() string { return fmt.Sprintf("%03d", rnd.IntN(300)) }
	switch k := key(); rnd.IntN(5) {
	case 0, 1:
		model[k] = key()
		return tx.Put([]byte(k), []byte(model[k]))
	case 2:
		delete(model, k)
		return tx.Delete([]byte(k))
	case 3:
		v, ok, err := tx.Get([]byte(k))
		if want, there := model[k]; string(v) != want || ok != there {
			t.Errorf("Get(%s) = %q, %v, model %q, %v", k, v, ok, want, there)
		}
		return err
	default:
		to, got := key(), []string{}
		err := tx.Scan([]byte(k), []byte(to), func(k, v []byte) (bool, error) {
			got = append(got, fmt.Sprintf("%s=%s", k, v))
			return true, nil
		})
		if want := sorted(model, k, to); !slices.Equal(got, want) {
			t.Errorf("Scan(%s, %s) = %q, model %q", k, to, got, want)
		}
		return err
	}
}

func testReopen(t *testing.T, s kv.Store, reopen func(*testing.T, kv.Store) kv.Store) {
	want := []string{}
	for round := range 4 {
		for i := range 50 {
			k := fmt.Sprintf("%d/%02d", round, i)
			fill(t, s, k)
			want = append(want, k+"="+k)
		}
		update(t, s, func(tx kv.Tx) error { return tx.Delete(fmt.Appendf(nil, "%d/00", round)) })
		want = slices.DeleteFunc(want, func(e string) bool { return e[1:4] == "/00" })
		s = reopen(t, s)
		if got := Dump(t, s); !slices.Equal(got, want) {
			t.Fatalf("reopened %d times: %q, want %q", round+1, got, want)
		}
	}
	if err := s.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
}

// increment adds one to the number under a key.
func increment(s kv.Store, key string) error {
	return s.Update(context.Background(), func(tx kv.Tx) error {
		v, _, err := tx.Get([]byte(key))
		if err != nil {
			return err
		}
		n, _ := strconv.Atoi(string(v)) // nothing counts as zero
		return tx.Put([]byte(key), []byte(strconv.Itoa(n+1)))
	})
}

// together runs fn in many goroutines and waits for all.
func together(n int, fn func(i int)) {
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() { fn(i) })
	}
	wg.Wait()
}

// sorted returns the model's entries with from <= key < to, as Dump does.
func sorted(m map[string]string, from, to string) []string {
	all := []string{}
	for k, v := range m {
		if from <= k && k < to {
			all = append(all, k+"="+v)
		}
	}
	slices.Sort(all)
	return all
}
