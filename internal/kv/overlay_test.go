package kv_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"waymark/internal/kv"
	"waymark/internal/kv/kvtest"
)

// overlaid is a memory store whose updates run on an Overlay, the way stores
// without savepoints use one.
type overlaid struct{ kv.Store }

func (s overlaid) Update(ctx context.Context, fn func(kv.Tx) error) error {
	return s.Store.Update(ctx, func(tx kv.Tx) error {
		o := kv.NewOverlay(tx)
		defer o.End()
		if err := fn(o); err != nil {
			return err
		}
		return o.Writes(func(key, value []byte, deleted bool) error {
			if deleted {
				return tx.Delete(key)
			}
			return tx.Put(key, value)
		})
	})
}

func TestOverlayConformance(t *testing.T) {
	kvtest.Run(t, func(*testing.T) kv.Store { return overlaid{kv.NewMemory()} }, nil)
}

func TestOverlayWrites(t *testing.T) {
	o := kv.NewOverlay(nil)
	if !o.Empty() {
		t.Error("a new overlay is not empty")
	}
	if err := errors.Join(o.Put([]byte("b"), []byte("1")), o.Delete([]byte("a")), o.Put([]byte("b"), []byte("2"))); err != nil {
		t.Fatal(err)
	}
	o.End()
	got := []string{}
	stop := errors.New("enough")
	list := func(key, value []byte, deleted bool) error {
		got = append(got, fmt.Sprintf("%s=%s %v", key, value, deleted))
		return nil
	}
	if err := o.Writes(list); err != nil || o.Empty() {
		t.Errorf("Writes = %v, Empty = %v, want what was written, also after End", err, o.Empty())
	}
	if want := []string{"a= true", "b=2 false"}; !slices.Equal(got, want) {
		t.Errorf("Writes = %q, want %q", got, want)
	}
	if err := o.Writes(func([]byte, []byte, bool) error { return stop }); err != stop {
		t.Errorf("Writes = %v, want the function's error", err)
	}
}

// FuzzOverlay runs a program of puts, deletes and scans on a memory store
// directly and through an overlay; both must see the same all the way.
func FuzzOverlay(f *testing.F) {
	f.Add([]byte("abc"), []byte{0, 10, 1, 10, 2, 0, 3, 9})
	f.Add([]byte{5, 9, 200}, []byte{1, 5, 1, 9, 2, 255, 0, 200, 2, 1})
	f.Fuzz(func(t *testing.T, base, program []byte) {
		direct, over := kv.NewMemory(), overlaid{kv.NewMemory()}
		fill := func(tx kv.Tx) error {
			for _, k := range base {
				if err := tx.Put([]byte{k}, []byte("base")); err != nil {
					return err
				}
			}
			return nil
		}
		work := func(log *[]string) func(kv.Tx) error {
			return func(tx kv.Tx) error { return run(tx, program, log) }
		}
		ctx, wants, gots := context.Background(), []string{}, []string{}
		if err := errors.Join(
			direct.Update(ctx, fill), direct.Update(ctx, work(&wants)),
			over.Update(ctx, fill), over.Update(ctx, work(&gots))); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(gots, wants) {
			t.Errorf("through the overlay %q, directly %q", gots, wants)
		}
		if got, want := kvtest.Dump(t, over), kvtest.Dump(t, direct); !slices.Equal(got, want) {
			t.Errorf("afterwards through the overlay %q, directly %q", got, want)
		}
	})
}

// run reads the program as pairs of an operation and a key.
func run(tx kv.Tx, program []byte, log *[]string) error {
	for ; len(program) >= 2; program = program[2:] {
		key := program[1:2]
		var err error
		switch program[0] % 4 {
		case 0:
			err = tx.Delete(key)
		case 1:
			err = tx.Put(key, key)
		case 2:
			err = tx.Scan(key, nil, func(k, v []byte) (bool, error) {
				*log = append(*log, fmt.Sprintf("%x=%x", k, v))
				return len(*log)%5 != 0, tx.Delete(k)
			})
		case 3:
			var v []byte
			v, _, err = tx.Get(key)
			*log = append(*log, fmt.Sprintf("%x", v))
		}
		if err != nil {
			return err
		}
	}
	return nil
}
