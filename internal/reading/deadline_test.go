package reading

import (
	"strings"
	"testing"
)

// say writes a span as the tables do.
func say(s Span) string {
	if s.Ambiguous != nil {
		var readings []string
		for _, a := range s.Ambiguous {
			readings = append(readings, say(a))
		}
		return "? " + strings.Join(readings, " / ")
	}
	out := s.Earliest.String()
	if s.Latest != s.Earliest {
		out += ".." + s.Latest.String()
	}
	if s.Precision != Day {
		out += " " + s.Precision.String()
	}
	if s.Past {
		out += " past"
	}
	return out
}

func TestDeadline(t *testing.T) {
	problems := map[Problem]string{NoProblem: "-", NeedsBirthday: "- needs birthday", NoSuchDay: "- no such day", OutOfRange: "- out of range"}
	for _, r := range table(t, "deadline.txt") {
		s, ok := Deadline(r.text, r.dateOptions(t))
		got := say(s)
		if !ok {
			got = problems[s.Problem]
		} else if r.settings["toward"] == "past" {
			got = strings.ReplaceAll(got, " past", "")
		}
		r.errorf(t, "Deadline", got)
	}
}
