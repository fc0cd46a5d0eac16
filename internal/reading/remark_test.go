package reading

import "testing"

func TestComplaintsAboutAskingTwiceAreNoAnswers(t *testing.T) {
	for text, want := range map[string]bool{
		"what is 'that'? I told you already: I want to lead people": true,
		"I already said that":            true,
		"you asked me that before":       true,
		"I have told you that already":   true,
		"I told my boss about it":        false,
		"I already lead a shift":         false,
		"my team asked me to lead them":  false,
		"more say in what we build here": false,
	} {
		if got := ToldAlready(text); got != want {
			t.Errorf("ToldAlready(%q) = %v", text, got)
		}
	}
}

func TestARemarkBehindAPickIsNoItem(t *testing.T) {
	for part, want := range map[string]bool{
		"but I also want the roles in between as goals": true,
		"because it is the hardest":                     true,
		"I want to do that first":                       true,
		"the roles in between":                          false,
		"Excel":                                         false,
		"but why":                                       false,
	} {
		if got := Remark(part); got != want {
			t.Errorf("Remark(%q) = %v", part, got)
		}
	}
}

func TestThousandsAreReadInGroupsOfThree(t *testing.T) {
	for text, want := range map[string]string{
		"1.500 Euro a year": "1500 Euro",
		"1.500":             "1500",
		"about 1,200 €":     "1200 €",
		"1.500,00 €":        "1500 €",
		"12.000 EUR":        "12000 EUR",
		"1.50 Euro":         "",
		"1500 Euro":         "",
		"1.5 euros":         "",
		"31.3.2031":         "",
		"a firm with 1.500 people in three towns": "",
		"0.500 hours": "",
	} {
		if got, ok := Thousands(text); got != want || ok != (want != "") {
			t.Errorf("Thousands(%q) = %q, want %q", text, got, want)
		}
	}
}
