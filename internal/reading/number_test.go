package reading

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"
)

func TestNumber(t *testing.T) {
	for _, r := range table(t, "number.txt") {
		n, ok := Number(r.text)
		got := fmt.Sprint(n)
		if !ok {
			got = "-"
		}
		r.errorf(t, "Number", got)
	}
}

func TestScale(t *testing.T) {
	for _, r := range table(t, "scale.txt") {
		n, status := Scale(r.text, 0, 10)
		r.errorf(t, "Scale", []string{"-", fmt.Sprint(n), fmt.Sprintf("out %d", n)}[status])
	}
}

func TestScaleTakesItsEndsFromTheQuestion(t *testing.T) {
	for _, c := range []struct {
		text       string
		min, max   int
		want       int
		wantStatus ScaleStatus
	}{
		{"3/5", 1, 5, 3, ScaleOK},
		{"3/10", 1, 5, 0, ScaleUnclear},
		{"0", 1, 5, 0, ScaleOutOfRange},
		{"7", 1, 5, 7, ScaleOutOfRange},
		{"50%", 1, 5, 3, ScaleOK},
		{"max", 1, 5, 5, ScaleOK},
		{"-2", -3, 3, -2, ScaleOK},
	} {
		if n, status := Scale(c.text, c.min, c.max); n != c.want || status != c.wantStatus {
			t.Errorf("Scale(%q, %d, %d) = %d, %d; want %d, %d", c.text, c.min, c.max, n, status, c.want, c.wantStatus)
		}
	}
}

func TestReadDuration(t *testing.T) {
	for _, r := range table(t, "duration.txt") {
		d, needUnit, ok := ReadDuration(r.text, r.now(t))
		r.errorf(t, "ReadDuration", sayDuration(d, needUnit, ok))
	}
}

func sayDuration(d Duration, needUnit, ok bool) string {
	switch {
	case needUnit:
		return fmt.Sprint("unit? ", d.Number)
	case !ok:
		return "-"
	}
	var parts []string
	if d.Months != 0 || d.Days == 0 {
		parts = append(parts, fmt.Sprintf("%dm", d.Months))
	}
	if d.Days != 0 {
		parts = append(parts, fmt.Sprintf("%dd", d.Days))
	}
	if d.Hours != 0 {
		parts = append(parts, fmt.Sprintf("%vh", d.Hours))
	}
	for _, mark := range []struct {
		on   bool
		sign string
	}{{d.AtLeast, "+"}, {d.AtMost, "-"}, {d.Approx, "~"}} {
		if mark.on {
			parts = append(parts, mark.sign)
		}
	}
	return strings.Join(parts, " ")
}

func TestWeeklyHours(t *testing.T) {
	for _, r := range table(t, "hours.txt") {
		h, ok := WeeklyHours(r.text)
		got := fmt.Sprint(h)
		if !ok {
			got = "-"
		}
		r.errorf(t, "WeeklyHours", got)
	}
}

func TestMoney(t *testing.T) {
	for _, r := range table(t, "money.txt") {
		v, currency, ok := Money(r.text)
		got := strings.TrimSpace(fmt.Sprint(v, " ", currency))
		if !ok {
			got = "-"
		}
		r.errorf(t, "Money", got)
	}
}

func FuzzNumbersAreFinite(f *testing.F) {
	for _, s := range []string{"1,200.50", "6 or 7", "99999999999999999999", "1/0", "half", "½½", "two hundred thousand", "1e9", "-", "5 hours a day", "since 2019", "2 years and a half", "two evenings and saturday morning", "mon-sun 2h, every other friday night", "2 years half", "2 y 3 m"} {
		f.Add(s)
	}
	now := time.Date(2026, 11, 12, 10, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, text string) {
		if n, ok := Number(text); ok && (math.IsNaN(n) || math.IsInf(n, 0)) {
			t.Errorf("Number(%q) = %v", text, n)
		}
		if n, status := Scale(text, 0, 10); status == ScaleOK && (n < 0 || n > 10) {
			t.Errorf("Scale(%q) = %d, in range", text, n)
		}
		if h, ok := WeeklyHours(text); ok && !(h >= 0 && h <= 168) {
			t.Errorf("WeeklyHours(%q) = %v", text, h)
		}
		if v, _, ok := Money(text); ok && (math.IsNaN(v) || math.IsInf(v, 0)) {
			t.Errorf("Money(%q) = %v", text, v)
		}
		d, needUnit, ok := ReadDuration(text, now)
		if d.Months < 0 || d.Days < 0 || d.Hours < 0 || needUnit && ok {
			t.Errorf("ReadDuration(%q) = %+v, %v, %v", text, d, needUnit, ok)
		}
		if ok && (d.Start < 0 || d.End > len(text) || text[d.Start:d.End] != d.Text) {
			t.Errorf("ReadDuration(%q): %q is not at %d:%d", text, d.Text, d.Start, d.End)
		}
	})
}
