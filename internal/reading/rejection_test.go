package reading

import (
	"strings"
	"testing"
)

func TestRejectionSaysWhatIsLeft(t *testing.T) {
	for _, c := range []struct {
		text string
		want Rejected
	}{
		{"no no 12 is to much. evening is 2 hour only, saterday 3 hour", Rejected{"evening is 2 hour only, saterday 3 hour", true, "12"}},
		{"no, 2 + 2 + 3 is 7 not 9", Rejected{"2 + 2 + 3 is 7", true, "9"}},
		{"is 7 hour in week not 12", Rejected{"7 hour in week", true, "12"}},
		{"no sory, i want be electrition in 4 yers. first helper.", Rejected{"i want be electrition in 4 yers. first helper", true, ""}},
		{"nope", Rejected{"", false, ""}},
		{"no, 7", Rejected{"7", false, ""}},
		{"wrong, it is 7 hours", Rejected{"it is 7 hours", true, ""}},
		{"that is not right", Rejected{"", true, ""}},
		{"sorry is not 12 hours", Rejected{"12 hours", true, ""}},
		{"no that is too much", Rejected{"", true, ""}},
		{"6 hours a week is too much", Rejected{"", true, "6"}},
		{"no money for courses", Rejected{"money for courses", false, ""}},
	} {
		got, ok := Rejection(c.text)
		if !ok || got != c.want {
			t.Errorf("Rejection(%q) = %+v, %v, want %+v", c.text, got, ok, c.want)
		}
	}
}

func TestRejectionLeavesAnswersAlone(t *testing.T) {
	for _, s := range []string{"", "nurse", "my way is too long", "too much noise at work", "300 euro", "not many i think", "yes", "is it a nurse?", "nothing", "none", "I am not a nurse"} {
		if got, ok := Rejection(s); ok {
			t.Errorf("Rejection(%q) = %+v, want none", s, got)
		}
	}
}

func FuzzRejectionKeepsThePersonsWords(f *testing.F) {
	for _, s := range []string{"no no 12 is to much. evening is 2", "no, 2 + 2 is 4 not 9", "wrong", "no no no", "is 7 not 12", "12 is too much", "no,"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r, ok := Rejection(text)
		if !ok && r != (Rejected{}) {
			t.Errorf("Rejection(%q) = %+v, false", text, r)
		}
		if !strings.Contains(text, r.Rest) || !strings.Contains(text, r.Old) {
			t.Errorf("Rejection(%q) = %+v holds words that were not said", text, r)
		}
	})
}

func TestAsksInsteadOfTelling(t *testing.T) {
	for _, s := range []string{"what paper i need in holland?", "How long does it take?", "sorry, where can i learn this?", "which school is good?"} {
		if !Asks(s) {
			t.Errorf("Asks(%q) = false, want true", s)
		}
	}
	for _, s := range []string{"nurse?", "teacher, or is it trainer?", "what about nurse?", "what if I became a nurse?", "what I do now", "how?", ""} {
		if Asks(s) {
			t.Errorf("Asks(%q) = true, want false", s)
		}
	}
	if !UnsureAsking("i dont know name, what paper i need in holland?") {
		t.Error("a person who does not know the name and asks for it is not seen as unsure")
	}
	if UnsureAsking("VCA, what paper i need in holland?") {
		t.Error("a certificate that was named is lost to the question behind it")
	}
}

func TestAdjustWeekChangesTheTimesThatWereNamed(t *testing.T) {
	const said = "evening tusday and thursday and saterday morning"
	for _, c := range []struct {
		text  string
		hours float64
		ok    bool
	}{
		{"evening is 2 hour only, saterday 3 hour", 7, true},
		{"saterday is 3 hours", 7, true},
		{"thursday evening 1 hour", 7, true},
		{"monday 3 hours", 0, false}, // was never named
		{"7 hours", 0, false},
		{"", 0, false},
	} {
		got, ok := AdjustWeek(said, c.text)
		if again, _ := ReadWeek(got.Named()); c.ok && again.Hours != got.Hours {
			t.Errorf("AdjustWeek(%q, %q) is read back as %v from %q", said, c.text, again.Hours, got.Named())
		}
		if ok != c.ok || got.Hours != c.hours {
			t.Errorf("AdjustWeek(%q, %q) = %v, %v, want %v, %v", said, c.text, got.Hours, ok, c.hours, c.ok)
		}
	}
	if _, ok := AdjustWeek("7 hours", "evening is 2 hours"); ok {
		t.Error("a week whose times were not named was adjusted")
	}
}

func TestTheWeeksPartsAndNote(t *testing.T) {
	w, ok := ReadWeek("evening tusday and thursday and saterday morning. in may baby come, then less")
	var names []string
	for _, p := range w.Parts {
		names = append(names, p.Name())
	}
	if got, want := strings.Join(names, ", "), "Tuesday evening, Thursday evening, Saturday morning"; !ok || got != want {
		t.Errorf("parts %q, want %q", got, want)
	}
	if want := "in may baby come, then less"; w.Note != want {
		t.Errorf("note %q, want %q", w.Note, want)
	}
}
