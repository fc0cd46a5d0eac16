package coach

import (
	"slices"
	"strings"
	"testing"
)

// TestWhileItRests looks at what holds for every line that is written while
// planning rests: it is kept, it is answered, nothing is asked, and the contacts
// are named in full once an hour at most.
func TestWhileItRests(t *testing.T) {
	book := shipped(t)
	for _, first := range []string{"I want to end it all", "i am burnt out"} {
		d := newDesk(t, book)
		say := func(text string) string {
			t.Helper()
			out, err := d.Do("ana", "says", text)
			if err != nil {
				t.Fatalf("%q: %v", text, err)
			}
			return strings.Join(out, "\n")
		}
		for _, text := range []string{"hi", "thorough", "call centre agent", "none of these", first} {
			say(text)
		}
		said := []string{"nobody at home knows", "i dont know if i can continue", "he screams at us", "is it even legal", "im safe. just crying", "did u tell my boss??", "i hate everything", "what pills can i take", "should i just quit", "42", "yes it is hard", "next friday"}
		blocks := 0
		var before string
		for _, text := range said {
			answer := say(text)
			if strings.Contains(answer, "(Skip)") || !strings.Contains(answer, "coach:") {
				t.Errorf("after %q, %q was answered %q", first, text, answer)
			}
			if strings.Contains(answer, "crisis line") || strings.Contains(answer, "please also reach a person") {
				blocks++
			}
			if answer == before {
				t.Errorf("after %q, %q got the line before again: %q", first, text, answer)
			}
			before = answer
		}
		if blocks > 0 {
			t.Errorf("after %q the contacts were named in full %d times more within an hour", first, blocks)
		}
		p := d.person(t, "ana")
		for _, text := range said {
			if !slices.ContainsFunc(p.Notes, func(n Note) bool { return n.Text == text }) {
				t.Errorf("after %q, %q was not kept", first, text)
			}
		}
		if got := len(p.Plan.Wins); got != 0 {
			t.Errorf("after %q, %d wins were made of what was said", first, got)
		}
	}
}

// TestPlaces looks at which contacts a place in somebody's words leads to.
func TestPlaces(t *testing.T) {
	h := &handling{c: &Coach{book: shipped(t)}}
	for text, want := range map[string]string{
		"im in manila 112 isnt our number": "Asia/Manila",
		"i live in the Philippines":        "Asia/Manila",
		"I'm in the UK":                    "Europe/London",
		"we are in Germany":                "Europe",
		"im in nairobi":                    "Africa/Nairobi",
		"I live in New York":               "America/New_York",
		"im in Kenya":                      "default",
		"im in bed":                        "",
		"im in pain":                       "",
		"tell us what to do":               "",
		"nobody at home knows":             "",
	} {
		if got := h.placeNamed(text); got != want {
			t.Errorf("placeNamed(%q) = %q, want %q", text, got, want)
		}
	}
}
