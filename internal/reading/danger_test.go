package reading

import (
	"strings"
	"testing"
)

func TestDanger(t *testing.T) {
	for _, r := range table(t, "danger.txt") {
		r.errorf(t, "Danger", Danger(r.text).String())
	}
}

func TestDangerIsFoundWhereverItStands(t *testing.T) {
	filler := strings.Repeat("I answer calls and greet people at the front desk. ", 700)
	for _, text := range []string{
		filler + "I want to die. " + filler,
		filler + "I want to die",
		"I want to die. " + filler,
	} {
		if got := Danger(text); got != Crisis {
			t.Errorf("Danger in %d characters = %v, want crisis", len(text), got)
		}
	}
	if got := Danger(filler); got != NoConcern {
		t.Errorf("Danger of the filler alone = %v, want none", got)
	}
}

// The tables of what people answer hold no cry for help; none may be read as
// one.
func TestOrdinaryAnswersAreNoCrisis(t *testing.T) {
	for _, name := range []string{"deadline.txt", "yesno.txt", "command.txt", "choose.txt", "choosemany.txt", "number.txt", "scale.txt", "duration.txt", "hours.txt", "money.txt", "list.txt", "correction.txt"} {
		for _, r := range table(t, name) {
			if c := Danger(r.text); c != NoConcern {
				t.Errorf("%s:%d: Danger(%q) = %v, want none", r.file, r.line, r.text, c)
			}
		}
	}
}

func FuzzDanger(f *testing.F) {
	for _, s := range []string{"I want to die", "k*ll", "s u i c", "...", "!!!", "*", "no no no no no", "kill kill kill kill", "\u0301\u0301"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if c := Danger(text); c < NoConcern || c > Crisis {
			t.Errorf("Danger(%q) = %d", text, c)
		}
		if c := Danger(clip(text, 1000) + ".\nI want to die."); c < UnclearCrisis {
			t.Errorf("Danger(%q and a cry for help) = %v", text, c)
		}
	})
}
