package kv_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"waymark/internal/kv"
)

func TestPrefixEnd(t *testing.T) {
	for _, c := range []struct {
		name, prefix, want string
		toTheEnd           bool
	}{
		{"the last byte goes up by one", "p/", "p0", false},
		{"a byte that cannot go up is dropped", "p\xff", "q", false},
		{"so are several", "p\xff\xff\xff", "q", false},
		{"zero goes up too", "p\x00", "p\x01", false},
		{"bytes are no characters", "\x8e\xff", "\x8f", false},
		{"no prefix has no end", "", "", true},
		{"nor has the highest", "\xff\xff", "", true},
	} {
		prefix := []byte(c.prefix)
		got := kv.PrefixEnd(prefix)
		if string(got) != c.want || (got == nil) != c.toTheEnd {
			t.Errorf("%s: PrefixEnd(%q) = %#v, want %q", c.name, c.prefix, got, c.want)
		}
		if string(prefix) != c.prefix {
			t.Errorf("%s: PrefixEnd changed its argument to %q", c.name, prefix)
		}
	}
}

func FuzzPrefixEnd(f *testing.F) {
	f.Add([]byte("p/"), []byte("p/a"))
	f.Add([]byte("p\xff"), []byte("q"))
	f.Add([]byte{}, []byte{0xff})
	f.Fuzz(func(t *testing.T, prefix, key []byte) {
		end := kv.PrefixEnd(prefix)
		inRange := bytes.Compare(key, prefix) >= 0 && (end == nil || bytes.Compare(key, end) < 0)
		if has := bytes.HasPrefix(key, prefix); has != inRange {
			t.Errorf("key %q, prefix %q, end %q: has prefix %v, in range %v", key, prefix, end, has, inRange)
		}
	})
}

func TestCheckSizeShowsNoContent(t *testing.T) {
	for name, err := range map[string]error{
		"key":   kv.CheckSize(bytes.Repeat([]byte("secret"), kv.MaxKeySize), nil),
		"value": kv.CheckSize([]byte("secret"), bytes.Repeat([]byte("secret"), kv.MaxValueSize)),
	} {
		if err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("CheckSize of a long %s = %v, want an error without the content", name, err)
		}
	}
}

func TestLockedError(t *testing.T) {
	since := time.Date(2027, 2, 11, 12, 0, 0, 0, time.FixedZone("", 3600))
	for _, c := range []struct {
		name   string
		holder kv.Holder
		want   string
	}{
		{"nothing known", kv.Holder{}, "open data: data is in use by another process; stop it first or choose another data folder"},
		{"process only", kv.Holder{PID: 7}, "open data: data is in use by another process: process 7; stop it first or choose another data folder"},
		{"all known", kv.Holder{Host: "coach-1", PID: 7, Since: since}, "open data: data is in use by another process: process 7 on host coach-1 since 2027-02-11T11:00:00Z; stop it first or choose another data folder"},
	} {
		err := &kv.LockedError{Path: "data", Holder: c.holder}
		if err.Error() != c.want {
			t.Errorf("%s: %q, want %q", c.name, err, c.want)
		}
		if !errors.Is(err, kv.ErrLocked) || errors.Is(err, kv.ErrForeign) {
			t.Errorf("%s: is ErrLocked %v, is ErrForeign %v", c.name, errors.Is(err, kv.ErrLocked), errors.Is(err, kv.ErrForeign))
		}
	}
}
