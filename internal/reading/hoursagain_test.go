package reading

import "testing"

func TestHoursSayWhatHoldsForATimeAndWhichRangeWasMeant(t *testing.T) {
	for _, c := range []struct {
		text, note, said string
		hours            float64
	}{
		{"1 hour a week; only half an hour in December", "only half an hour in December", "", 1},
		{"3 hours, but in summer more", "in summer more", "", 3},
		{"one hour on Fridays, maybe 0,5 to 1 hour", "", "0,5 to 1 hour", .5},
		{"half an hour to 1 hour", "", "half an hour to 1 hour", .5},
		{"3-5", "", "3-5", 3},
		{"3 to 5 hours a week", "", "3 to 5 hours", 3},
		{"5 hours a week, evenings and weekends", "", "", 5},
		{"2 hours", "", "", 2},
	} {
		w, ok := ReadWeek(c.text)
		if !ok || w.Hours != c.hours || w.Note != c.note || w.Range != c.said {
			t.Errorf("ReadWeek(%q) = %v, note %q, range %q, %v; want %v, %q, %q", c.text, w.Hours, w.Note, w.Range, ok, c.hours, c.note, c.said)
		}
	}
}

func TestHoursForATimeAreNoHoursForGood(t *testing.T) {
	for text, want := range map[string]string{
		"actually only half an hour in December": "only half an hour in December",
		"sorry, in December just 30 minutes":     "in December just 30 minutes",
		"next month 2 hours":                     "next month 2 hours",
		"actually 2 hours":                       "",
		"1 hour, in December half an hour":       "",
		"my review is in December":               "",
		"this may be 2 hours":                    "",
	} {
		if note, ok := HoursForATime(text); note != want || ok != (want != "") {
			t.Errorf("HoursForATime(%q) = %q, %v; want %q", text, note, ok, want)
		}
	}
}
