package coach

import "testing"

func TestRemovalReadsWhatShallGo(t *testing.T) {
	for _, tt := range []struct{ text, rest, kind string }{
		{"That is not a certificate! Remove that", "", "certificate"},
		{"that's not a skill", "", "skill"},
		{"remove the certificate", "the certificate", "certificate"},
		{`remove the gap "not sure"`, "not sure", "gap"},
		{"delete thats it from the list", "thats it", ""},
		{"delete do it", "do it", ""},
		{"please remove the rest goal from my plan", "the rest goal", "goal"},
		{"can you delete the step ask Jo please", "the step ask Jo", "step"},
		{"take the licence off my list", "the licence", "certificate"},
		{"drop read plans", "read plans", ""},
	} {
		rest, kind, ok := removal(tt.text)
		if !ok || rest != tt.rest || kind != tt.kind {
			t.Errorf("removal(%q) = %q, %q, %v, want %q, %q", tt.text, rest, kind, ok, tt.rest, tt.kind)
		}
	}
	for _, text := range []string{"I want less stress", "that is not true", "no", "nurse", "I removed old paint for a living", "that is not a problem"} {
		if rest, kind, ok := removal(text); ok {
			t.Errorf("removal(%q) = %q, %q, want none", text, rest, kind)
		}
	}
}

func TestWordsThatTakeADoneBack(t *testing.T) {
	for text, want := range map[string]string{
		"undo": "always", "undo that": "always", "open the gap again": "always", "please reopen the step": "always", "take the done back": "always",
		"sory i press wrong, word step not done": "soon", "not done": "soon", "it is not done yet": "soon", "i did not do it": "soon",
		"that was a mistake": "soon", "oops wrong button": "soon",
		"done": "", "not yet": "", "I have done it": "", "that was nice": "", "undo the knot in my shoes": "",
	} {
		got := ""
		switch {
		case undoWords.MatchString(text):
			got = "always"
		case wrongWords.MatchString(text):
			got = "soon"
		}
		if got != want {
			t.Errorf("%q takes a done back %q, want %q", text, got, want)
		}
	}
}

func TestNamesThatPeopleGoBy(t *testing.T) {
	for text, want := range map[string]string{
		"call me Tom": "Tom", "Please call me tom!": "tom", "my name is Dani": "Dani", "hi, I go by Sam": "Sam",
		"call me later": "", "call me back at 5": "", "I call my manager Tom": "", "call me when it is time": "",
	} {
		got := ""
		if m := callMe.FindStringSubmatch(text); m != nil && !callTimes.MatchString(m[1]) {
			got = m[1]
		}
		if got != want {
			t.Errorf("%q: called %q, want %q", text, got, want)
		}
	}
	for word, want := range map[string]bool{"dani": true, "Kim": true, "tired": false, "ready": false, "working": false, "fine": false} {
		if got := isName(word); got != want {
			t.Errorf("isName(%q) = %v, want %v", word, got, want)
		}
	}
}

func TestWordsThatPutSomethingIntoThePlan(t *testing.T) {
	for text, want := range map[string]string{
		"I also want 85k a year, put that in": "I also want 85k a year", "put that in": "", "please add that to my plan": "",
	} {
		m := putsIn.FindStringSubmatch(text)
		if m == nil || m[1] != want {
			t.Errorf("%q puts in %q, want %q", text, m, want)
		}
	}
	for _, text := range []string{"I put in a lot of hours", "they put me in the corner", "add value"} {
		if m := putsIn.FindStringSubmatch(text); m != nil {
			t.Errorf("%q puts in %q, want nothing", text, m)
		}
	}
	if m := toList.FindStringSubmatch("add a talk with Jo to my list"); m == nil || m[1] != "a talk with Jo" {
		t.Errorf("what goes on the list is %q", m)
	}
}

func TestGoalsThatAreCalledByName(t *testing.T) {
	for text, want := range map[string]string{
		"change the date of the rest goal to end of january":   "rest goal",
		"move the volunteer goal to march":                     "volunteer",
		"postpone the licence goal until 3 May":                "licence",
		"please set the deadline of reading plans to next May": "reading plans",
	} {
		m := namesGoalDate.FindStringSubmatch(text)
		if m == nil {
			m = movesNamed.FindStringSubmatch(text)
		}
		if m == nil || m[1] != want {
			t.Errorf("%q names %q, want %q", text, m, want)
		}
	}
	for _, text := range []string{"career goal", "plan", "goal", "target", "review"} {
		if !aimNames.MatchString(text) {
			t.Errorf("%q is the name of no goal", text)
		}
	}
}

func TestWordsThatAddAnEntryOrRenameAGoal(t *testing.T) {
	for text, want := range map[string]string{
		"add first aid as a skill": "first aid", "please add the certificate first aid": "first aid", "add skill: reading plans": "reading plans",
		"add a talk with Jo to my list": "", "add value": "",
	} {
		got := ""
		if m := addsAs.FindStringSubmatch(text); m != nil {
			got = m[2] + m[3]
		}
		if got != want {
			t.Errorf("%q adds %q, want %q", text, got, want)
		}
	}
	for text, want := range map[string]string{
		"change the volunteer goal to two evenings at the hospice": "volunteer > two evenings at the hospice",
		"rename my licence goal to pass the exam":                  "licence > pass the exam",
		"change my job to team lead":                               "",
	} {
		got := ""
		if m := renamesGoalNamed.FindStringSubmatch(text); m != nil {
			got = m[1] + " > " + m[2]
		}
		if got != want {
			t.Errorf("%q renames %q, want %q", text, got, want)
		}
	}
}
