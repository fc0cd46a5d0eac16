package kvtest

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"waymark/internal/kv"
)

// bytesOf keeps nil apart from empty in tables.
func bytesOf(s *string) []byte {
	if s == nil {
		return nil
	}
	return []byte(*s)
}

func testGet(t *testing.T, s kv.Store) {
	fill(t, s, "a")
	view(t, s, func(r kv.Reader) error {
		for _, c := range []struct {
			key, want string
			ok        bool
		}{
			{"a", "a", true}, {"b", "", false}, {"", "", false}, {"aa", "", false},
			{strings.Repeat("x", kv.MaxKeySize+1), "", false},
		} {
			got, ok, err := r.Get([]byte(c.key))
			if string(got) != c.want || ok != c.ok || err != nil {
				t.Errorf("Get(%.10q) = %q, %v, %v, want %q, %v", c.key, got, ok, err, c.want, c.ok)
			}
			if !ok && got != nil {
				t.Errorf("Get(%.10q) = %#v for what is not there, want nil", c.key, got)
			}
		}
		return nil
	})
}

func testEmptyValue(t *testing.T, s kv.Store) {
	check := func(r kv.Reader) {
		t.Helper()
		for _, k := range []string{"empty", "nil"} {
			if v, ok, err := r.Get([]byte(k)); v == nil || len(v) != 0 || !ok || err != nil {
				t.Errorf("Get(%q) = %#v, %v, %v, want an empty value that is not nil", k, v, ok, err)
			}
		}
		err := r.Scan(nil, nil, func(k, v []byte) (bool, error) {
			if v == nil {
				t.Errorf("Scan shows a nil value at %q", k)
			}
			return true, nil
		})
		if err != nil {
			t.Errorf("Scan: %v", err)
		}
	}
	update(t, s, func(tx kv.Tx) error {
		err := errors.Join(tx.Put([]byte("empty"), []byte{}), tx.Put([]byte("nil"), nil))
		check(tx)
		return err
	})
	view(t, s, func(r kv.Reader) error { check(r); return nil })
}

func testReplace(t *testing.T, s kv.Store) {
	fill(t, s, "a", "b", "c")
	update(t, s, func(tx kv.Tx) error {
		return errors.Join(
			tx.Put([]byte("a"), []byte("new")), tx.Delete([]byte("b")),
			tx.Delete([]byte("never there")), tx.Delete(nil),
			tx.Delete([]byte("c")), tx.Put([]byte("c"), []byte("back")),
			tx.Put([]byte("d"), nil), tx.Delete([]byte("d")))
	})
	if got, want := Dump(t, s), []string{"a=new", "c=back"}; !slices.Equal(got, want) {
		t.Errorf("entries = %q, want %q", got, want)
	}
}

func testSizes(t *testing.T, s kv.Store) {
	longest := bytes.Repeat([]byte{'k'}, kv.MaxKeySize)
	largest := bytes.Repeat([]byte{'v'}, kv.MaxValueSize)
	update(t, s, func(tx kv.Tx) error {
		if err := tx.Put(nil, []byte("x")); !errors.Is(err, kv.ErrKeySize) {
			t.Errorf("Put of an empty key = %v, want ErrKeySize", err)
		}
		if err := tx.Put(append(longest, 'k'), nil); !errors.Is(err, kv.ErrKeySize) {
			t.Errorf("Put of a key one byte too long = %v, want ErrKeySize", err)
		}
		if err := tx.Put([]byte("x"), append(largest, 'v')); !errors.Is(err, kv.ErrValueSize) {
			t.Errorf("Put of a value one byte too long = %v, want ErrValueSize", err)
		}
		return tx.Put(longest, largest)
	})
	view(t, s, func(r kv.Reader) error {
		if v, ok, err := r.Get(longest); !bytes.Equal(v, largest) || !ok || err != nil {
			t.Errorf("Get of the longest key = %d bytes, %v, %v, want %d bytes", len(v), ok, err, len(largest))
		}
		if all, err := keys(r, nil, nil); len(all) != 1 || err != nil {
			t.Errorf("store has %d entries, %v, want the one that was allowed", len(all), err)
		}
		return nil
	})
}

func testOrder(t *testing.T, s kv.Store) {
	want := []string{"\x00", "\x00\x00", "\x00\xff", "A", "a", "a\x00", "a\x00b", "aa", "b", "é", "\xff", "\xff\xff"}
	shuffled := slices.Clone(want)
	for i := range shuffled { // a fixed disorder
		j := i * 7 % len(shuffled)
		shuffled[i], shuffled[j] = shuffled[j], shuffled[i]
	}
	fill(t, s, shuffled...)
	view(t, s, func(r kv.Reader) error {
		got, err := keys(r, nil, nil)
		if !slices.Equal(got, want) {
			t.Errorf("Scan = %q, want %q", got, want)
		}
		return err
	})
}

func testHalfOpen(t *testing.T, s kv.Store) {
	all := []string{"a", "b", "c", "d"}
	fill(t, s, all...)
	b, bb, d, e, empty := "b", "bb", "d", "e", ""
	cases := []struct {
		name     string
		from, to *string
		want     []string
	}{
		{"everything", nil, nil, all},
		{"from is included", &b, nil, []string{"b", "c", "d"}},
		{"to is excluded", nil, &d, []string{"a", "b", "c"}},
		{"between keys", &bb, &e, []string{"c", "d"}},
		{"nothing between a key and itself", &b, &b, []string{}},
		{"nothing from high to low", &d, &b, []string{}},
		{"nothing after the last", &e, nil, []string{}},
		{"empty from is the start", &empty, &bb, []string{"a", "b"}},
		{"empty to is the start, not the end", nil, &empty, []string{}},
	}
	check := func(r kv.Reader) error {
		for _, c := range cases {
			got, err := keys(r, bytesOf(c.from), bytesOf(c.to))
			if !slices.Equal(got, c.want) || err != nil {
				t.Errorf("%s: Scan = %q, %v, want %q", c.name, got, err, c.want)
			}
		}
		return nil
	}
	view(t, s, check)
	update(t, s, func(tx kv.Tx) error { return check(tx) })
	update(t, s, func(tx kv.Tx) error { // the same when all keys are the transaction's own
		for _, k := range all {
			if err := errors.Join(tx.Delete([]byte(k)), tx.Put([]byte(k), nil)); err != nil {
				return err
			}
		}
		return check(tx)
	})
}

func testScanStops(t *testing.T, s kv.Store) {
	fill(t, s, "a", "c", "e")
	stop := errors.New("enough")
	check := func(r kv.Reader, all []string) error {
		for i, at := range all {
			for _, fail := range []error{nil, stop} {
				seen := []string{}
				err := r.Scan(nil, nil, func(k, _ []byte) (bool, error) {
					seen = append(seen, string(k))
					if string(k) != at {
						return true, nil
					}
					return fail != nil, fail // an error stops the scan whatever more says
				})
				if want := all[:i+1]; err != fail || !slices.Equal(seen, want) {
					t.Errorf("Scan told to stop at %q with %v = %q, %v, want %q", at, fail, seen, err, want)
				}
			}
		}
		return nil
	}
	view(t, s, func(r kv.Reader) error { return check(r, []string{"a", "c", "e"}) })
	update(t, s, func(tx kv.Tx) error {
		if err := errors.Join(tx.Put([]byte("b"), nil), tx.Put([]byte("f"), nil), tx.Delete([]byte("c"))); err != nil {
			return err
		}
		return check(tx, []string{"a", "b", "e", "f"})
	})
}

func testPrefix(t *testing.T, s kv.Store) {
	fill(t, s, "p", "p/", "p/a", "p/\xff", "p/\xff\xff", "p0", "q", "\xff", "\xff\xffz")
	for _, c := range []struct {
		prefix string
		want   []string
	}{
		{"p/", []string{"p/", "p/a", "p/\xff", "p/\xff\xff"}},
		{"p/\xff", []string{"p/\xff", "p/\xff\xff"}},
		{"\xff", []string{"\xff", "\xff\xffz"}},
		{"\xff\xff", []string{"\xff\xffz"}},
		{"nobody", []string{}},
	} {
		view(t, s, func(r kv.Reader) error {
			got, err := keys(r, []byte(c.prefix), kv.PrefixEnd([]byte(c.prefix)))
			if !slices.Equal(got, c.want) {
				t.Errorf("Scan of prefix %q = %q, want %q", c.prefix, got, c.want)
			}
			return err
		})
	}
}

func testOwnWrites(t *testing.T, s kv.Store) {
	fill(t, s, "b", "d", "f")
	update(t, s, func(tx kv.Tx) error {
		if err := errors.Join(
			tx.Put([]byte("a"), []byte("own")), tx.Put([]byte("d"), []byte("changed")),
			tx.Delete([]byte("f")), tx.Put([]byte("g"), nil), tx.Delete([]byte("g")),
			tx.Put([]byte("z"), nil)); err != nil {
			return err
		}
		got, err := keys(tx, nil, nil)
		if want := []string{"a", "b", "d", "z"}; !slices.Equal(got, want) {
			t.Errorf("Scan in the transaction = %q, want %q", got, want)
		}
		if v, _, _ := tx.Get([]byte("d")); string(v) != "changed" {
			t.Errorf("Get of a changed key = %q, want the change", v)
		}
		if v, ok, _ := tx.Get([]byte("f")); ok {
			t.Errorf("Get of a deleted key = %q, want nothing", v)
		}
		return err
	})
}

func testScanUndisturbed(t *testing.T, s kv.Store) {
	fill(t, s, "a", "b", "c", "d")
	update(t, s, func(tx kv.Tx) error {
		if err := tx.Put([]byte("bb"), []byte("bb")); err != nil {
			return err
		}
		seen := []string{}
		err := tx.Scan(nil, nil, func(k, v []byte) (bool, error) {
			seen = append(seen, string(k)+"="+string(v))
			next := append([]byte("new/"), k...)
			return true, errors.Join(tx.Delete(k), tx.Put(next, nil), tx.Put([]byte("d"), []byte("new")))
		})
		if want := []string{"a=a", "b=b", "bb=bb", "c=c", "d=d"}; !slices.Equal(seen, want) {
			t.Errorf("Scan that changes what it scans = %q, want %q", seen, want)
		}
		return err
	})
	want := []string{"new/a=", "new/b=", "new/bb=", "new/c=", "new/d="}
	if got := Dump(t, s); !slices.Equal(got, append([]string{"d=new"}, want...)) {
		t.Errorf("afterwards = %q, want d=new and %q", got, want)
	}
}

func testCopies(t *testing.T, s kv.Store) {
	key, value := []byte("key"), []byte("value")
	spoil := func(b []byte) {
		for i := range b {
			b[i] = '!'
		}
		_ = append(b, "!!!!"...) // must not reach what lies behind
	}
	read := func(r kv.Reader) error {
		v, _, err := r.Get([]byte("key"))
		spoil(v)
		return errors.Join(err, r.Scan(nil, nil, func(k, v []byte) (bool, error) {
			spoil(k)
			spoil(v)
			return true, nil
		}))
	}
	update(t, s, func(tx kv.Tx) error {
		k, v := bytes.Clone(key), bytes.Clone(value)
		err := tx.Put(k, v)
		spoil(k)
		spoil(v)
		if d := []byte("kex"); true {
			err = errors.Join(err, tx.Delete(d))
			d[2] = 'y'
		}
		return errors.Join(err, read(tx))
	})
	view(t, s, read)
	update(t, s, func(tx kv.Tx) error { return read(tx) })
	if got := Dump(t, s); !slices.Equal(got, []string{"key=value"}) {
		t.Errorf("entries = %q after their copies were spoiled, want key=value", got)
	}
}

func testEscape(t *testing.T, s kv.Store) {
	fill(t, s, "a")
	var r kv.Reader
	var tx kv.Tx
	view(t, s, func(in kv.Reader) error { r = in; return nil })
	update(t, s, func(in kv.Tx) error { tx = in; return in.Put([]byte("b"), nil) })
	scan := func(r kv.Reader) error {
		return r.Scan(nil, nil, func(k, v []byte) (bool, error) { return true, nil })
	}
	_, _, getReader := r.Get([]byte("a"))
	_, _, getTx := tx.Get([]byte("b"))
	for name, err := range map[string]error{
		"Get after View": getReader, "Scan after View": scan(r),
		"Get after Update": getTx, "Scan after Update": scan(tx),
		"Put after Update": tx.Put([]byte("c"), nil), "Delete after Update": tx.Delete([]byte("a")),
	} {
		if !errors.Is(err, kv.ErrTxDone) {
			t.Errorf("%s = %v, want ErrTxDone", name, err)
		}
	}
}

func testClosed(t *testing.T, s kv.Store) {
	for range 2 {
		if err := s.Close(); err != nil {
			t.Errorf("Close = %v, want nil, also the second time", err)
		}
	}
	ran := false
	if err := s.View(context.Background(), func(kv.Reader) error { ran = true; return nil }); !errors.Is(err, kv.ErrClosed) {
		t.Errorf("View of a closed store = %v, want ErrClosed", err)
	}
	if err := s.Update(context.Background(), func(kv.Tx) error { ran = true; return nil }); !errors.Is(err, kv.ErrClosed) {
		t.Errorf("Update of a closed store = %v, want ErrClosed", err)
	}
	if ran {
		t.Error("a function ran on a closed store")
	}
}
