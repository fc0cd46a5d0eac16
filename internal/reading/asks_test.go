package reading

import (
	"strings"
	"testing"
)

func TestAskedOf(t *testing.T) {
	for _, r := range table(t, "asks.txt") {
		asks, told := AskedOf(r.text)
		var kinds []string
		for _, a := range asks {
			kinds = append(kinds, string(a.Kind))
		}
		got := strings.Join(kinds, "+")
		switch {
		case len(asks) == 0:
			got = "-"
			if told != r.text {
				t.Errorf("AskedOf(%q) asks nothing and tells %q", r.text, told)
			}
		case told != "":
			got += " < " + told
		}
		r.errorf(t, "AskedOf", got)
	}
}

func FuzzAskedOfKeepsThePersonsWords(f *testing.F) {
	for _, s := range []string{"Brewery manager. do they pay more?", "why you ask? my boss he see this?", "dunno, what do you think?", "?", "what", "decides what?", "a. b? c\n?d", "\"who?\"", "(is it? or", "hi Jo, who?", "what is (mean) x?", "…?"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		asks, told := AskedOf(text)
		if len(asks) == 0 && told != text {
			t.Errorf("AskedOf(%q) asks nothing and tells %q", text, told)
		}
		for _, a := range asks {
			if a.Kind == "" || strings.TrimSpace(a.Text) == "" || !strings.Contains(text, a.Text) {
				t.Errorf("AskedOf(%q) asks %+v", text, a)
			}
			if told != "" && told == text {
				t.Errorf("AskedOf(%q) tells all of it, too", text)
			}
		}
		for _, word := range strings.Fields(told) {
			if !strings.Contains(text, word) {
				t.Errorf("AskedOf(%q) tells %q", text, told)
			}
		}
	})
}

func TestReadBeginnings(t *testing.T) {
	for text, want := range map[string]Beginnings{
		"I am a nurse":                   {Job: "nurse"},
		"I would like to become a nurse": {Target: "nurse"},
		"I'm a chef and want to become a food safety inspector":       {Job: "chef", Target: "food safety inspector"},
		"Hi, im line cook in a hotel, i want to be head chef one day": {Job: "line cook in a hotel", Target: "head chef"},
		"I work as an account manager":                                {Job: "account manager"},
		"My job is front desk":                                        {Job: "front desk"},
		"I am tired":                                                  {},
		"I'm not sure about this":                                     {},
		"I am looking for something new":                              {},
		"I want to be happy":                                          {},
		"I want to be more than that":                                 {},
		"my manager told me to write here":                            {},
		"I'm working too much":                                        {},
		"I am a bit lost":                                             {},
		"":                                                            {},
	} {
		if got := ReadBeginnings(text); got != want {
			t.Errorf("ReadBeginnings(%q) = %+v, want %+v", text, got, want)
		}
	}
}
