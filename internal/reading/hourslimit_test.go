package reading

import (
	"strconv"
	"testing"
)

func TestReadHoursLimit(t *testing.T) {
	for _, r := range table(t, "hourslimit.txt") {
		l, ok := ReadHoursLimit(r.text, r.now(t))
		got := "-"
		if ok {
			got = l.From.String() + ".."
			if !l.To.IsZero() {
				got += l.To.String()
			}
			got += " " + strconv.FormatFloat(l.Hours, 'f', -1, 64)
			if l.HasOther {
				got += " (" + strconv.FormatFloat(l.Otherwise, 'f', -1, 64) + ")"
			}
		}
		r.errorf(t, "ReadHoursLimit", got)
	}
}
