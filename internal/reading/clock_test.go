package reading

import "testing"

func TestHourOfTheDay(t *testing.T) {
	for _, c := range []struct {
		text string
		hour int
		ok   bool
	}{
		{"7 evening", 19, true},
		{"19:00", 19, true},
		{"7pm", 19, true},
		{"7 pm", 19, true},
		{"7 in the evening", 19, true},
		{"evening 7", 19, true},
		{"evening at 8", 20, true},
		{"at 12", 12, true},
		{"no 12", 12, true},
		{"noon", 12, true},
		{"12 pm", 12, true},
		{"6 am", 6, true},
		{"6 a.m.", 6, true},
		{"7.30", 7, true},
		{"18h", 18, true},
		{"10 o'clock", 10, true},
		{"after work, 6 pm", 18, true},
		{"between 7 and 9", 0, false},
		{"25", 0, false},
		{"later", 0, false},
		{"", 0, false},
	} {
		got, ok := Hour(c.text)
		if ok != c.ok || ok && got != c.hour {
			t.Errorf("Hour(%q) = %d, %v, want %d, %v", c.text, got, ok, c.hour, c.ok)
		}
	}
}

func FuzzHourIsOneOfTheDay(f *testing.F) {
	for _, s := range []string{"7 evening", "19:00", "24", "12 am", "0", "7:99", "half past 7"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if h, ok := Hour(text); ok && (h < 0 || h > 23) {
			t.Errorf("Hour(%q) = %d", text, h)
		}
	})
}
