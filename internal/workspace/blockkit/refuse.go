package blockkit

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Refuses is what Slack's own client says at a field about a text that it does
// not let through, "" when it does. Fields that hold no text refuse nothing.
func (e Element) Refuses(text string) string {
	n := utf8.RuneCountInString(text)
	if least, ok := e.Body["min_length"].(float64); ok && n < int(least) {
		return fmt.Sprintf("Must be at least %d characters long.", int(least))
	}
	if most, ok := e.Body["max_length"].(float64); ok && n > int(most) {
		return fmt.Sprintf("Must be no more than %d characters long.", int(most))
	}
	switch e.Type {
	case "email_text_input":
		if !strings.Contains(text, "@") {
			return "Please enter a valid email address."
		}
	case "url_text_input":
		if u, err := url.Parse(text); err != nil || u.Host == "" {
			return "Please enter a valid URL."
		}
	case "number_input":
		return e.refusesNumber(text)
	}
	return ""
}

func (e Element) refusesNumber(text string) string {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return "Please enter a valid number."
	}
	if e.Body["is_decimal_allowed"] != true && strings.ContainsAny(text, ".eE") {
		return "Please enter a whole number."
	}
	if low, err := strconv.ParseFloat(Str(e.Body, "min_value"), 64); err == nil && n < low {
		return "Please enter a number of at least " + Str(e.Body, "min_value") + "."
	}
	if high, err := strconv.ParseFloat(Str(e.Body, "max_value"), 64); err == nil && n > high {
		return "Please enter a number of at most " + Str(e.Body, "max_value") + "."
	}
	return ""
}
