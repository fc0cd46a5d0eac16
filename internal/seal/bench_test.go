package seal

import (
	"fmt"
	"os"
	"testing"
)

// sizes is how many keys a ring holds before the measurement: what one more
// costs must not depend on it.
var sizes = []int{1_000, 100_000}

func ringOf(b *testing.B, n int) (Options, *Ring, Ref) {
	opt := options(b.TempDir())
	r := open(b, opt)
	var ref Ref
	for range n {
		ref = newKey(b, r)
	}
	return opt, r, ref
}

func BenchmarkNew(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			_, r, _ := ringOf(b, n)
			b.ReportAllocs()
			for b.Loop() {
				newKey(b, r)
			}
		})
	}
}

func BenchmarkAEAD(b *testing.B) {
	_, r, ref := ringOf(b, 1000)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := r.AEAD(ref); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkErase stands next to what writing the whole file anew would cost.
func BenchmarkErase(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprint(n, "/in place"), func(b *testing.B) {
			_, r, ref := ringOf(b, n)
			for b.Loop() {
				if err := r.Erase(ref); err != nil {
					b.Fatal(err)
				}
				if _, err := r.f.WriteAt([]byte{slotKey}, ref.slot()*slotSize); err != nil { // so that each run has a page to write
					b.Fatal(err)
				}
				ref = newKey(b, r)
			}
		})
		b.Run(fmt.Sprint(n, "/whole file"), func(b *testing.B) {
			opt, _, _ := ringOf(b, n)
			all := read(b, opt.Path)
			for b.Loop() {
				f, err := writeFresh(opt.Path+".new", func(f *os.File) error { _, err := f.Write(all); return err })
				if err != nil {
					b.Fatal(err)
				}
				if err := f.Close(); err != nil {
					b.Fatal(err)
				}
				if err := settle(opt.Path+".new", opt.Path); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkOpenRing(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			opt, r, _ := ringOf(b, n)
			_ = r.Close()
			for b.Loop() {
				r, err := Open(opt)
				if err != nil {
					b.Fatal(err)
				}
				_ = r.Close()
			}
		})
	}
}

func BenchmarkRotate(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			opt, r, _ := ringOf(b, n)
			for b.Loop() {
				if err := r.RotateFile(opt.KeyFile); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
