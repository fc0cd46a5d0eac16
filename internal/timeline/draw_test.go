package timeline

import (
	"bytes"
	"flag"
	"image"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"waymark/internal/civil"
)

var update = flag.Bool("update", false, "rewrite the pictures in testdata")

func pixels(t *testing.T, picture []byte) *image.RGBA {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(picture))
	if err != nil {
		t.Fatal(err)
	}
	flat := image.NewRGBA(img.Bounds())
	draw.Draw(flat, flat.Rect, img, image.Point{}, draw.Src)
	return flat
}

// The pictures are kept to be looked at; pixels are compared, since the same
// ones may be packed in another way by another version of the encoder.
func TestPictures(t *testing.T) {
	tolerance := 0
	if runtime.GOARCH != "amd64" {
		tolerance = 3 // other machines round a sum of products otherwise
	}
	for name, c := range map[string]struct {
		plan Plan
		o    Options
	}{
		"typical":  {typical(), Options{Scale: 1}},
		"dark":     {typical(), Options{Scale: 1, Theme: Dark}},
		"one_goal": {oneGoal(), Options{Scale: 1}},
		"content":  {content(), Options{Scale: 1}},
		"crowded":  {crowded(), Options{Scale: 1}},
		"decade":   {tenYears(), Options{Scale: 1, Width: 480}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Draw(c.plan, c.o)
			if err != nil {
				t.Fatal(err)
			}
			path := filepath.Join("testdata", name+".png")
			if *update {
				if err := os.WriteFile(path, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			a, b := pixels(t, got), pixels(t, want)
			if a.Rect != b.Rect {
				t.Fatalf("picture is %v, want %v", a.Rect, b.Rect)
			}
			for i := range a.Pix {
				if d := int(a.Pix[i]) - int(b.Pix[i]); d > tolerance || d < -tolerance {
					t.Fatalf("picture differs at %d, %d from %s; run with -update and look at it", i%a.Stride/4, i/a.Stride, path)
				}
			}
		})
	}
}

func TestSize(t *testing.T) {
	for name, c := range map[string]struct {
		o    Options
		want int // pixels wide
	}{
		"for a phone":    {Options{}, 720},
		"as asked for":   {Options{Width: 400, Scale: 3}, 1200},
		"not too narrow": {Options{Width: 1, Scale: 1}, 320},
		"not too wide":   {Options{Width: 1 << 40, Scale: 1 << 40}, 3200},
		"not negative":   {Options{Width: -5, Scale: -5, Theme: -5}, 320},
		"no such theme":  {Options{Theme: 99}, 720},
	} {
		got, err := Draw(content(), c.o)
		if err != nil {
			t.Fatal(err)
		}
		img := pixels(t, got)
		if img.Rect.Dx() != c.want {
			t.Errorf("%s: picture is %d wide, want %d", name, img.Rect.Dx(), c.want)
		}
		if !img.Opaque() {
			t.Errorf("%s: picture is not opaque", name)
		}
	}
}

// Every goal more makes a picture taller, but there is an end to it.
func TestHeightIsBounded(t *testing.T) {
	p := Plan{Today: today}
	for range 500 {
		g := crowded().Goals[4]
		p.Goals = append(p.Goals, g)
	}
	for range 500 {
		p.Reviews = append(p.Reviews, today.AddDays(3*len(p.Reviews)))
	}
	if h := laid(t, p, Options{}).height; h > 900 {
		t.Errorf("500 goals are %v points high", h)
	}
}

func TestSamePlanSamePicture(t *testing.T) {
	want, err := Draw(crowded(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			if got, err := Draw(crowded(), Options{}); err != nil || !bytes.Equal(got, want) {
				t.Errorf("a second picture of the same plan differs (error %v)", err)
			}
		})
	}
	wg.Wait()
}

// Drawing leaves the caller's plan as it was.
func TestPlanIsOnlyRead(t *testing.T) {
	p := odd()
	if _, err := Draw(p, Options{}); err != nil {
		t.Fatal(err)
	}
	Alt(p, Labels{})
	if q := odd(); p.Goals[2].Title != q.Goals[2].Title || p.Goals[1].Milestones[0] != q.Goals[1].Milestones[0] || p.Reviews[0] != q.Reviews[0] {
		t.Errorf("plan was changed: %+v", p)
	}
}

// FuzzDraw reads a plan from bytes: five to a date with what belongs to it.
func FuzzDraw(f *testing.F) {
	f.Add("Learn Go", []byte{1, 7, 234, 11, 22, 0, 7, 235, 1, 1, 14, 7, 235, 2, 2}, 360)
	f.Add("日本 👩‍👩‍👧 e\u0301\xff", bytes.Repeat([]byte{255, 0, 128, 77}, 40), -1)
	f.Add("", bytes.Repeat([]byte{2, 7, 235, 6, 30}, 60), 320)
	f.Add(strings.Repeat("w", 3000), []byte{4, 7, 235, 6, 30, 9, 7, 245, 6, 30}, 1<<30)
	f.Fuzz(func(t *testing.T, title string, b []byte, width int) {
		p := Plan{}
		b = b[:min(len(b), 4000)]
		for ; len(b) >= 5; b = b[5:] {
			d := civil.Date{Year: int(b[1])<<8 | int(b[2]), Month: time.Month(b[3]), Day: int(b[4])}
			switch kind := b[0]; {
			case kind%8 == 0:
				p.Goals = append(p.Goals, Goal{Title: title, Start: d, Done: int(b[3]), Of: int(kind >> 3)})
			case kind%8 == 1:
				p.Today = d
			case kind%8 == 2:
				p.Reviews = append(p.Reviews, d)
			case len(p.Goals) > 0 && kind%8 == 3:
				p.Goals[len(p.Goals)-1].Due = d
			case len(p.Goals) > 0:
				g := &p.Goals[len(p.Goals)-1]
				g.Milestones = append(g.Milestones, Milestone{title, d, State(kind >> 4)})
			}
		}
		o := Options{Width: width, Scale: 1}
		if bad := faults(laid(t, p, o)); len(bad) > 0 {
			t.Fatalf("%s\n%+v", strings.Join(bad, "\n"), p)
		}
		if _, err := Draw(p, o); err != nil {
			t.Fatal(err)
		}
		if alt := Alt(p, Labels{}); utf8.RuneCountInString(alt) > altLimit || !utf8.ValidString(alt) {
			t.Fatalf("Alt = %q", alt)
		}
	})
}

func BenchmarkDraw(b *testing.B) {
	for name, plan := range map[string]func() Plan{"typical": typical, "crowded": crowded} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			p := plan()
			for b.Loop() {
				if _, err := Draw(p, Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
