package store

import (
	"bytes"
	"strings"
	"testing"
)

// Whatever is packed comes back as it was, and whatever is not is refused.
func FuzzPack(f *testing.F) {
	for _, b := range []string{"", "a", strings.Repeat("the same ", 400), strings.Repeat("\x00", 5000), "\x01\xff\xff\xff\xff\xff\xff\xff\xff\x7f", "\x01\x02"} {
		f.Add([]byte(b))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		packed := pack(b)
		got, err := unpack(packed)
		if err != nil || !bytes.Equal(got, b) {
			t.Errorf("%d bytes come back as %d, %v", len(b), len(got), err)
		}
		if len(packed) > len(b)+len(b)/100+64 {
			t.Errorf("%d bytes take %d", len(b), len(packed))
		}
		_, _ = unpack(b) // must not panic, nor take all memory
		if packed[0] == packedFlate {
			if _, err := unpack(packed[:len(packed)-2]); err == nil {
				t.Error("what was cut short is taken")
			}
			if _, err := unpack(append(append([]byte{packedFlate}, 1), packed[2:]...)); err == nil && len(b) != 1 {
				t.Error("a wrong length is taken")
			}
		}
	})
}
