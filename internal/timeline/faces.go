package timeline

import (
	"fmt"
	"strings"
	"sync"
	"unicode"

	"github.com/rivo/uniseg"
	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// style is a kind of type.
type style int

const (
	heading style = iota
	title
	small
	strong // small and bold
	styles
)

// sizes are in points. The picture is shown smaller than it is drawn on many
// phones, so nothing is set below 13.
var sizes = [styles]struct {
	bold bool
	size float64
}{heading: {true, 19}, title: {true, 15}, small: {false, 13}, strong: {true, 13}}

// fonts are the Go fonts, parsed once: regular, then bold.
var fonts = sync.OnceValues(func() ([2]*opentype.Font, error) {
	var both [2]*opentype.Font
	for i, ttf := range [][]byte{goregular.TTF, gobold.TTF} {
		f, err := opentype.Parse(ttf)
		if err != nil {
			return both, fmt.Errorf("read a built-in font: %w", err)
		}
		both[i] = f
	}
	return both, nil
})

// faces are the fonts at the sizes of one picture. They are for one goroutine.
type faces struct {
	scale int
	of    [styles]font.Face
}

func newFaces(scale int) (*faces, error) {
	both, err := fonts()
	if err != nil {
		return nil, err
	}
	f := &faces{scale: scale}
	for s, z := range sizes {
		src := both[0]
		if z.bold {
			src = both[1]
		}
		if f.of[s], err = opentype.NewFace(src, &opentype.FaceOptions{Size: z.size * float64(scale), DPI: 72}); err != nil {
			return nil, fmt.Errorf("size a built-in font: %w", err)
		}
	}
	return f, nil
}

// width of s in points. The Go fonts have no kerning, so it is the sum of the
// advances.
func (f *faces) width(st style, s string) float64 {
	var sum fixed.Int26_6
	for _, r := range s {
		w, _ := f.of[st].GlyphAdvance(r)
		sum += w
	}
	return float64(sum) / 64 / float64(f.scale)
}

// height of a line of type in points, without space around it.
func (f *faces) height(st style) float64 { return sizes[st].size * 1.2 }

// fit is s, or as much of it as is no wider than room, up to the end of a
// character as people count them, with an ellipsis.
func (f *faces) fit(st style, s string, room float64) string {
	if f.width(st, s) <= room {
		return s
	}
	const dots = "…"
	end, used := 0, f.width(st, dots)
	for g := uniseg.NewGraphemes(s); g.Next(); {
		if used += f.width(st, g.Str()); used > room {
			break
		}
		_, end = g.Positions()
	}
	return strings.TrimRight(s[:end], " ,.;:-") + dots
}

// drawable reports whether both fonts have every glyph of s. Marks that combine
// with the letter before them count as missing: placing them takes more than a
// glyph.
func drawable(s string) bool {
	both, err := fonts()
	if err != nil {
		return false
	}
	for _, r := range s {
		if r == unicode.ReplacementChar || unicode.In(r, unicode.M, unicode.C) {
			return false
		}
		for _, f := range both {
			if i, err := f.GlyphIndex(nil, r); err != nil || i == 0 {
				return false
			}
		}
	}
	return true
}

// clean is s on one line, without what only steers how other text is shown.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\u200c' || r == '\u200d': // join or part letters and emoji
			return r
		case unicode.In(r, unicode.Cf, unicode.Co, unicode.Cs):
			return -1
		case unicode.IsControl(r), unicode.IsSpace(r):
			return ' '
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}
