package reading

import "testing"

func TestWhatIsAskedAndToldInHardDays(t *testing.T) {
	for _, c := range []struct {
		name string
		is   func(string) bool
		yes  []string
		no   []string
	}{
		{"asks for a line", AsksForLine,
			[]string{
				"is there a crisis line here? number", "whats the crisis hotline number in the philippines", "what number can i call",
				"What’s the suicide hotline?", "crisis line?", "do you have a helpline", "who can i call", "who should i call right now?", "which number do i call in kenya",
				"give me a hotline number", "i need a crisis line", "how do i reach a crisis line", "what is the emergency number here", "hotline number", "is there someone i can call",
			},
			[]string{
				"I work on a crisis line", "crisis line counselor", "helpline agent", "i want to work for a crisis hotline", "is there a compliance hotline", "who should i call about the raise",
				"what number of goals can i have", "who can i talk to", "number", "3 phone calls", "i answer a hotline all day", "my boss gave me a number", "what number should i call my goals", "",
			}},
		{"asks for somebody", AsksForSomebody,
			[]string{"number pls", "number", "who can i talk to", "is there anyone i can talk to", "what number can i call", "crisis line"},
			[]string{"a number of people laughed", "nobody at home knows", "42", "it rains", "i cry every day"}},
		{"who knows", AsksWhoKnows,
			[]string{"r u going to tell anyone??", "are u gonna tell someone", "r u telling my boss"},
			[]string{"r u there", "going to tell my boss tomorrow"}},
		{"if told", AsksIfTold,
			[]string{"r u going to tell anyone??", "will you tell my boss", "did you tell hr", "do u report this to my manager"},
			[]string{"can you tell me more", "i will tell my boss", "did my boss tell anyone", "do you tell jokes"}},
		{"goes on", GoesOn,
			[]string{"i feel better now. can we try a small plan?"},
			[]string{"i feel better now", "i feel better now. can we stop?"}},
		{"recovers", Recovers,
			[]string{"hi. slept 7 hrs finally", "slept well", "i feel better now", "had a good day", "finally ate", "today is a bit better"},
			[]string{"slept 2 hrs", "didnt sleep", "i only slept 6 hours", "not better", "slept 7 hrs but i hate everything", "everyone is better off without me", "i wish i felt better", "it rains", "it would be better if i was gone"}},
		{"feels", Feels,
			[]string{"my boss say i am slow, i feel bad", "i feel very tired and sad", "i have too much going on", "I’m so stressed", "feeling useless, i feel like shit"},
			[]string{"i dont feel bad", "i feel good", "should i feel bad?", "bad weather", "I feel strongly about Go", "too much coffee", "i finished the course"}},
	} {
		for _, s := range c.yes {
			if !c.is(s) {
				t.Errorf("%s: %q was not seen", c.name, s)
			}
		}
		for _, s := range c.no {
			if c.is(s) {
				t.Errorf("%s: %q was taken for it", c.name, s)
			}
		}
	}
}
