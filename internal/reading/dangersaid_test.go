package reading

import "testing"

func TestWhatIsHeardBeforeAnythingElse(t *testing.T) {
	for _, c := range []struct {
		name string
		is   func(string) bool
		yes  []string
		no   []string
	}{
		{"nods", Nods,
			[]string{"ok", "okay", "Ok.", "hm", "hmmm", "ok thanks", "k", "fine"},
			[]string{"yes", "no", "yes ok i am", "ok im safe", "", "not ok", "ok but i dont know what to do"}},
		{"says yes", SaysYes,
			[]string{"yes", "yes i am", "yeah", "Yes.", "yep, at home", "i am"},
			[]string{"ok", "hm", "no", "yes but i still want to", "yes or no", "i am scared", "i think so"}},
		{"has company", HasCompany,
			[]string{"my sister is here now", "my mom is coming", "im with my best friend", "my husband is on his way", "i called my brother", "I'm not alone", "a friend is with me", "my sister's here"},
			[]string{"my sister isnt here", "i wish my sister was here", "my boss is here now", "im with my team", "nobody is here", "my dad is dead", "my manager called me", "my sister is a nurse", "i live with a cat"}},
		{"low worth", LowWorth,
			[]string{"my head says im stupid", "i'm such a failure", "im stupid", "I feel useless", "im not good enough", "i hate myself", "i'm just an idiot", "nothing i do is ever good"},
			[]string{"he called me stupid", "the meeting was stupid", "i am not stupid", "I am a nurse", "im useless at excel", "stupid printer", "I feel fine", "i am enough"}},
		{"wants out", WantsOut,
			[]string{"i want to quit today. like right now", "i want to quit right now", "im quitting today", "I'm going to resign tomorrow", "i wanna quit my job", "i just want to quit this job", "thats it, i quit"},
			[]string{"i want to quit smoking", "should i just quit", "I quit my last job", "quit", "i want to quit", "I want to quit by 2028 and be my own boss", "we quit at five today"}},
		{"asks to listen", AsksToListen,
			[]string{"just listen pls. my boss screams at me every day", "just listen pls. my boss screams…", "please just listen", "can you just listen", "i just need someone to listen", "listen to me please"},
			[]string{"I listen to customers", "listen and learn", "I want to listen more in meetings", "my boss does not listen", "listening"}},
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

func TestLivesIn(t *testing.T) {
	for text, want := range map[string]string{
		"I live in Manila":           "manila",
		"im working here in manila":  "manila",
		"im from india":              "",
		"call centre agent":          "",
		"I am now living in Toronto": "toronto",
	} {
		if got := LivesIn(text); got != want {
			t.Errorf("LivesIn(%q) = %q, want %q", text, got, want)
		}
	}
}
