package reading

import "testing"

func TestWhatIsSaidInDistress(t *testing.T) {
	for _, c := range []struct {
		name string
		is   func(string) bool
		yes  []string
		no   []string
	}{
		{"goes on", GoesOn,
			[]string{
				"continue", "yes i want to continue", "can we go on, maybe a small plan", "im better now, lets go on",
				"what? no im ok now, want to make a small plan", "ok let's continue please", "no, lets go on", "I'd like to go on with the plan",
				"can we continue where we stopped", "im fine now. go on", "next question please", "back to the plan", "I can't sleep but lets go on",
				"maybe just a small step", "hi. i slept a bit. i want to try a small plan, few hours, no pressure", "hi. i slept… i want to try a small plan, few hours, no pressure",
			},
			[]string{
				"i dont know if i can continue", "i cant go on", "how can i go on", "how should i go on", "no reason to go on", "i can go on no longer",
				"everyone says i should continue", "i want to go on but i cant", "go on living like this", "i keep going to work and cry", "not yet",
				"why go on", "i dont want to continue", "what is the point to go on", "lets go home", "yes", "im safe", "", "it cannot go on like this",
				"i had a small plan once and he laughed", "will it go on forever",
			}},
		{"safe", SaysSafe,
			[]string{"im safe. just crying", "I am safe", "i'm ok now", "im not in danger", "no danger, i'm just sad", "I won't do anything", "i am not going to hurt myself", "feeling a bit better"},
			[]string{"im not safe", "i dont feel safe", "not sure im safe", "nobody is safe", "im not ok", "i wish i was ok", "everyone thinks im fine but im not ok", "i hate it", "crying"}},
		{"who knows", AsksWhoKnows,
			[]string{"did u tell my boss??", "will you tell anyone", "who can read this", "is this private?", "can my boss see this", "dont tell my boss", "do you report this to hr", "does my manager know about this"},
			[]string{"i told my boss", "can you tell me more", "nobody at home knows", "my boss knows nothing", "tell me a joke", "did you get it"}},
		{"other number", OtherNumber,
			[]string{"im in manila 112 isnt our number", "that's the wrong number", "112 does not work here", "this is not our number"},
			[]string{"im in manila", "a number of people", "not now"}},
		{"weary", Weary,
			[]string{"im so tired i hate everything", "im scared ill fail again", "not yet. i cried again and forgot", "I feel so alone", "it's all too much"},
			[]string{"im not that tired", "I cried with joy", "team lead", "tired eyes course", "start", "not yet", "2 hours"}},
		{"quitting", AsksAboutQuitting,
			[]string{"should i just quit", "Should I quit?", "do you think i should resign", "maybe i should just quit", "would it be stupid to just quit", "what if i quit", "should i leave?"},
			[]string{"i want to quit smoking", "I quit my last job", "should i leave it open", "quit", "my colleague quit"}},
		{"question", Question,
			[]string{"is it even legal for him to scream at us like that", "what pills can i take to sleep", "can they fire me", "and what are my rights", "ok?"},
			[]string{"my boss does not pay me", "the law", "what my boss does is wrong", "can openers"}},
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

func TestPlace(t *testing.T) {
	for text, want := range map[string]string{
		"im in manila 112 isnt our number": "manila",
		"I live in New York":               "new york",
		"we're in the philippines":         "philippines",
		"i am in manila, you know":         "manila",
		"manila":                           "",
		"in two weeks":                     "",
	} {
		if got := Place(text); got != want {
			t.Errorf("Place(%q) = %q, want %q", text, got, want)
		}
	}
}

func FuzzWhatIsSaidInDistress(f *testing.F) {
	for _, s := range []string{"yes i want to continue", "im safe. just crying", "im in manila 112 isnt our number", "did u tell my boss??", "should i just quit", "\xff,.!", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if GoesOn(s) && Danger(s) == Crisis && Danger(s) != Danger(s+" ") {
			t.Errorf("%q: a space changes what it shows", s)
		}
		_, _, _, _ = SaysSafe(s), AsksWhoKnows(s), OtherNumber(s), AsksAboutQuitting(s)
		if p := Place(s); len(p) > 400*4 {
			t.Errorf("%q: a place of %d bytes", s, len(p))
		}
	})
}
