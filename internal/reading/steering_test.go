package reading

import "testing"

func TestReadSteer(t *testing.T) {
	for _, r := range table(t, "steering.txt") {
		r.errorf(t, "ReadSteer", ReadSteer(r.text).String())
	}
}

// The tables of what people answer hold no such wish but for commands that say
// the same.
func TestOrdinaryAnswersDoNotSteer(t *testing.T) {
	for _, name := range []string{"deadline.txt", "choose.txt", "choosemany.txt", "number.txt", "scale.txt", "duration.txt", "hours.txt", "money.txt", "list.txt", "correction.txt"} {
		for _, r := range table(t, name) {
			if s := ReadSteer(r.text); s != NoSteer && s != TooLong {
				t.Errorf("%s:%d: ReadSteer(%q) = %v, want none", r.file, r.line, r.text, s)
			}
		}
	}
}

func TestChangesAtWork(t *testing.T) {
	for _, s := range []string{"my boss retires Ende März 2028", "the company is closing", "our team lead will leave in May"} {
		if !ChangesAtWork(s) {
			t.Errorf("ChangesAtWork(%q) = false, want true", s)
		}
	}
	for _, s := range []string{"team lead", "I want my boss's job", "my boss lets me lead the meeting", "a nurse", "lead a department"} {
		if ChangesAtWork(s) {
			t.Errorf("ChangesAtWork(%q) = true, want false", s)
		}
	}
}

func TestOneReminder(t *testing.T) {
	for _, s := range []string{"Three reminders. A bit keen. One would do.", "one reminder is enough", "just one please", "One will do", "only one reminder, please", "Three is too many. One is enough."} {
		if !OneReminder(s) {
			t.Errorf("OneReminder(%q) = false, want true", s)
		}
	}
	for _, s := range []string{"one", "", "one of my colleagues", "Three reminders", "one certificate would do", "no", "1 year"} {
		if OneReminder(s) {
			t.Errorf("OneReminder(%q) = true, want false", s)
		}
	}
}
