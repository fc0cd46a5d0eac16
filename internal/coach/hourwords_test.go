package coach

import (
	"fmt"
	"testing"
)

func TestZonesAsPeopleSayThem(t *testing.T) {
	for text, want := range map[string]string{
		"dont message me between 8am and 3pm manila, i sleep then": "Asia/Manila/",
		"make it 6pm central":                        "America/Chicago/",
		"10am Melbourne time":                        "Australia/Melbourne/",
		"6pm but im in chicago so central time":      "America/Chicago/",
		"text me at 9 new york time":                 "America/New_York/",
		"8 in the morning in the philippines please": "Asia/Manila/",
		"9am in australia":                           "/Australia",
		"wake me before easter at 10":                "/",
		"at 10":                                      "/",
	} {
		zone, unclear := zoneSaid(text)
		if got := zone + "/" + unclear; got != want {
			t.Errorf("zoneSaid(%q)\n got %s\nwant %s", text, got, want)
		}
	}
}

func TestHoursThatAreLeft(t *testing.T) {
	for _, tc := range []struct {
		rule             string
		from, to, a, b   int
		wantFrom, wantTo int
	}{
		{"the end of the day", 9, 17, 8, 15, 15, 17},
		{"the beginning", 9, 17, 12, 20, 9, 12},
		{"of two parts the longer", 9, 17, 10, 12, 12, 17},
		{"over midnight", 6, 23, 22, 7, 7, 22},
		{"nothing is left: the hours after", 9, 17, 8, 18, 18, 24},
		{"nothing is left and nothing comes after: the hours before", 20, 24, 18, 24, 10, 18},
	} {
		from, to := outside(tc.from, tc.to, tc.a, tc.b)
		if got, want := fmt.Sprint(from, to), fmt.Sprint(tc.wantFrom, tc.wantTo); got != want {
			t.Errorf("%s: outside(%d, %d, %d, %d)\n got %s\nwant %s", tc.rule, tc.from, tc.to, tc.a, tc.b, got, want)
		}
	}
}
