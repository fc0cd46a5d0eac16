package coach

import (
	"regexp"
	"slices"
	"strings"

	"waymark/internal/dialogue"
	"waymark/internal/reading"
)

// tellsBirthday finds a birthday that is called one.
var tellsBirthday = regexp.MustCompile(`(?i)\b(?:(?:my|its|it is|thats|that's|the) (?:birthday|bday|b-day|birthdate|date of birth|dob)(?: is|'s|:| was)?|i was born(?: on)?|born on)\s+(\S.{3,40})$`)

// Ages at which somebody has a job to talk about.
const (
	youngest = 10
	oldest   = 100
)

// birthday takes "my bday is 3 May 1998", at any time, and a day alone where it
// was asked for. An answer that only waited for it, "before I turn 30", is then
// what is read next; otherwise the message is done with.
func (h *handling) birthday(text string) (next string, done bool, err error) {
	words := strings.TrimSpace(reading.Clean(text))
	waiting := h.needsBirthday()
	if m := tellsBirthday.FindStringSubmatch(words); m != nil {
		words = m[1]
	} else if waiting == "" || !strings.ContainsAny(words, "0123456789") {
		return text, false, nil
	}
	span, ok := reading.Deadline(words, reading.DateOptions{Now: h.local(), Toward: reading.Past, DayFirst: reading.DateFromLocale(h.p.Locale)})
	age := h.today().Year - span.Latest.Year
	if !ok || len(span.Ambiguous) > 0 || span.Precision != reading.Day || age < youngest || age > oldest {
		return text, false, nil
	}
	h.p.Birthday = span.Latest
	h.say("say.birthday", map[string]any{"date": span.Latest.Long()})
	if waiting != "" {
		h.p.Dialogue.Asked.Unread = slices.DeleteFunc(h.p.Dialogue.Asked.Unread, func(p dialogue.Part) bool { return p.Words == waiting })
		return waiting, false, nil
	}
	return text, true, h.reask()
}

// needsBirthday is what was answered to the question on screen and can be read
// only once the birthday is known, "" for nothing.
func (h *handling) needsBirthday() string {
	if h.p.Dialogue.Asked == nil {
		return ""
	}
	for _, p := range slices.Backward(h.p.Dialogue.Asked.Unread) {
		if span, ok := reading.Deadline(p.Words, reading.DateOptions{Now: h.local()}); !ok && span.Problem == reading.NeedsBirthday {
			return p.Words
		}
	}
	return ""
}
