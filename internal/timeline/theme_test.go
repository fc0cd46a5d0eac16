package timeline

import (
	"image/color"
	"math"
	"testing"
)

// contrast of two colours by WCAG 2.2: 1 to 21.
func contrast(a, b color.RGBA) float64 {
	light := func(c color.RGBA) float64 {
		part := func(v uint8) float64 {
			if s := float64(v) / 255; s > 0.04045 {
				return math.Pow((s+0.055)/1.055, 2.4)
			}
			return float64(v) / 255 / 12.92
		}
		return 0.2126*part(c.R) + 0.7152*part(c.G) + 0.0722*part(c.B)
	}
	x, y := light(a), light(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func TestContrastIsReckonedAsDefined(t *testing.T) {
	for _, c := range []struct {
		a, b uint32
		want float64
	}{{0, 0xFFFFFF, 21}, {0x777777, 0xFFFFFF, 4.48}, {0x123456, 0x123456, 1}} {
		if got := contrast(hex(c.a), hex(c.b)); math.Abs(got-c.want) > 0.01 {
			t.Errorf("contrast(%06x, %06x) = %.2f, want %.2f", c.a, c.b, got, c.want)
		}
	}
}

func TestEverythingStandsOut(t *testing.T) {
	for theme := range colours {
		inks := colours[theme]
		for name, plan := range plans {
			for _, th := range laid(t, plan(), Options{Theme: Theme(theme)}).things {
				if th.form != letters {
					continue
				}
				if got := contrast(inks[th.ink], inks[th.on]); got < 4.5 {
					t.Errorf("theme %d, %s: %q has contrast %.2f, want 4.5", theme, name, th.text, got)
				}
			}
		}
		for _, c := range [][2]ink{
			{edge, ground}, {edge, track}, {done, ground}, {done, track}, {next, ground}, {late, ground}, {review, ground}, {now, ground},
		} {
			if got := contrast(inks[c[0]], inks[c[1]]); got < 3 {
				t.Errorf("theme %d: ink %d on %d has contrast %.2f, want 3", theme, c[0], c[1], got)
			}
		}
		for i, c := range inks {
			if c.A != 255 {
				t.Errorf("theme %d: ink %d is not opaque", theme, i)
			}
		}
	}
}
