package reading

import "testing"

func TestTakesBackTellsAComplaintFromAnAnswer(t *testing.T) {
	for text, want := range map[string]bool{
		"no! i not have the certificat, only he pay": true,
		"no wait, that is the other clinic":          true,
		"actually my brother said it":                true,
		"sorry i wrote the wrong thing":              true,
		"i meant the second one":                     true,
		"that's wrong, I never said that":            true,
		"thats not what i said":                      true,
		"no the date is another":                     true,
		"no":                                         false,
		"no idea":                                    false,
		"sorry, no idea":                             false,
		"no money for courses":                       false,
		"nothing":                                    false,
		"no, nothing":                                false,
		"sorry, I don't know":                        false,
		"nobody":                                     false,
		"so I can help people":                       false,
		"but only on Mondays":                        false,
		"the quiet mornings":                         false,
		"":                                           false,
	} {
		if got := TakesBack(text); got != want {
			t.Errorf("TakesBack(%q) = %v, want %v", text, got, want)
		}
	}
}
