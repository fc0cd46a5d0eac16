package reading

import (
	"strconv"
	"strings"
	"testing"
)

func TestContent(t *testing.T) {
	for _, r := range table(t, "content.txt") {
		got := "-"
		if Content(r.text) {
			got = "yes"
		}
		r.errorf(t, "Content", got)
	}
}

func TestReadReviewWish(t *testing.T) {
	for _, r := range table(t, "reviewwish.txt") {
		w, ok := ReadReviewWish(r.text)
		var got []string
		for _, p := range []struct {
			is   bool
			name string
		}{{w.Prepare, "prepare"}, {w.Only, "only"}, {w.Tells, "tells"}, {w.Held, "held"}, {w.Quiet, "quiet"}, {w.NotNow, "not now"}, {w.Before > 0, strconv.Itoa(w.Before)}, {!ok, "-"}} {
			if p.is {
				got = append(got, p.name)
			}
		}
		r.errorf(t, "ReadReviewWish", strings.Join(got, " "))
	}
}

func FuzzStancesStayWithinTheMessage(f *testing.F) {
	for _, s := range []string{"I don't want goals", "I am happy where I am", "a week before my review", "99 months before my review", "my review is", "…", "win: ", "win\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		Content(text)
		if w, ok := ReadReviewWish(text); !ok && w != (ReviewWish{}) || w.Before < 0 {
			t.Errorf("ReadReviewWish(%q) = %+v, %t", text, w, ok)
		}
		if what, ok := ReadWin(text); ok && (what == "" || !strings.Contains(text, what)) {
			t.Errorf("ReadWin(%q) = %q", text, what)
		}
	})
}

func TestReadWin(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Win: the mobile library reached its ten-thousandth loan. I take some credit; the van takes the rest.", "the mobile library reached its ten-thousandth loan. I take some credit; the van takes the rest."},
		{"win the mobile library reached its ten-thousandth loan", "the mobile library reached its ten-thousandth loan"},
		{"I have a win: the roof is mended", "the roof is mended"},
		{"a win: the roof is mended", "the roof is mended"},
		{"win - the roof is mended", "the roof is mended"},
		{"Keep this as a win: " + strings.Repeat("long ", 100) + "end", strings.Repeat("long ", 100) + "end"},
		{"win trained two new colleagues", "trained two new colleagues"},
		{"win a first client", ""},
		{"win back my evenings", ""},
		{"win the tender", ""},
		{"win", ""},
		{"win:", ""},
		{"winning: a start", ""},
		{"no win: no fee", ""},
	} {
		if got, _ := ReadWin(c.text); got != c.want {
			t.Errorf("ReadWin(%q) = %q, want %q", c.text, got, c.want)
		}
	}
}

func TestKeepsWin(t *testing.T) {
	for text, want := range map[string]bool{
		"No. That was a win. Please keep it as a win.": true, "that was a win": true, "please keep it as a win": true, "put that on my list of wins": true,
		"a win would be nice": false, "keep it as it is": false, "that was a windy day": false,
	} {
		if got := KeepsWin(text); got != want {
			t.Errorf("KeepsWin(%q) = %t", text, got)
		}
	}
}
