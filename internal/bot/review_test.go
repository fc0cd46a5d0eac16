package bot_test

import (
	"strings"
	"testing"
	"time"

	"waymark/internal/workspace"
)

// TestAReviewFromItsPreparationToWhatWasAgreed takes Ana through a review: a draft
// from her plan, three asks, the form, one practice, the file; and the day after,
// what was said, what was agreed, and what she does first because of it.
func TestAReviewFromItsPreparationToWhatWasAgreed(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	s.command("/career goal add Lead the late shift")
	s.closed(s.submit(map[string]any{"due": "2027-03-01"}))
	s.command("/win trained Kim & Lee, <2> new people")
	s.command("/career review")
	s.tap("Your next review")
	s.closed(s.submit(map[string]any{"date": "2026-12-17", "kind": "formal"}))
	s.wantLast("Your review: Thursday 17 December 2026")

	s.say("review")
	s.wantSaid("For your review", "Next review: Thursday 17 December 2026", "Goals and how far they are", "Lead the late shift: 0 of", "trained Kim & Lee, <2> new people",
		"What support is there")
	s.wantLast("what support would help you most")
	s.say("time for the course on Fridays")
	s.wantLast("how to improve")
	s.say("skip")
	s.wantLast("how could your manager help you")
	s.say("introduce me to the planner")
	s.wantLast("first two sentences")
	s.say("I would like to tell you where I want to get to")
	s.wantLast("Well begun")

	s.say("review")
	s.tap("Edit preparation")
	if form := blocksOf(t, s.view()); !strings.Contains(form, "time for the course on Fridays") || !strings.Contains(form, "introduce me to the planner") {
		t.Errorf("the form does not hold what was said in the talk: %s", form)
	}
	s.closed(s.submit(map[string]any{"growth": "I speak up in *meetings* now", "help": ""}))
	s.wantSaid("Your preparation is saved")

	s.tap("Practise once")
	s.wantLast("How has it gone since we last spoke?")
	s.say("It went well. I trained 2 new people and nobody left.")
	s.wantLast("And where would you like to get to?")
	s.say("I want to lead the late shift.")
	s.wantLast("What do you need from me?")
	s.say("Time.")
	s.wantLast("This line of yours stood out: I trained 2 new people and nobody left.", "That was it.")

	s.tap("As a file")
	file := s.files()["review-preparation.md"]
	for _, want := range []string{"For your review", "Lead the late shift: 0 of", `trained Kim \& Lee, \<2\> new people`, "time for the course on Fridays", `I speak up in \*meetings\* now`, "I would like to tell you where I want to get to"} {
		if !strings.Contains(string(file.Content), want) {
			t.Errorf("the file does not hold %q:\n%s", want, file.Content)
		}
	}
	if strings.Contains(string(file.Content), "introduce me to the planner") {
		t.Errorf("the file holds what was taken out in the form:\n%s", file.Content)
	}

	// The countdown comes, and a restart in it doubles nothing.
	s.comes(time.Date(2026, 12, 14, 12, 0, 0, 0, time.UTC))
	s.comes(time.Date(2026, 12, 16, 12, 0, 0, 0, time.UTC))
	s.restart()
	s.settle()
	if n := s.count("Your review is on Thursday 17 December 2026"); n != 2 {
		t.Errorf("%d reminders of the review, want those of three days before and of the day before", n)
	}
	if n := s.count("What was said?"); n != 0 {
		t.Error("it is asked before the review what was said there")
	}

	s.comes(time.Date(2026, 12, 18, 12, 0, 0, 0, time.UTC))
	s.wantLast("Your review was on Thursday 17 December 2026", "What was said?")
	s.restart()
	s.say("they like my work, but there is no position this year")
	s.wantLast("What did you agree on?")
	s.say("I plan two shifts with Jo")
	s.wantLast("What will you do first because of it?")
	s.say("ask Jo to show me the roster")
	s.wantLast("By when?")
	s.say("15 January 2027")
	s.wantLast("When is the next one?")
	s.say("17 June 2027")
	s.wantLast("it is written down")

	s.command("/goals")
	s.wantLast("Also on your list", "ask Jo to show me the roster, by 15 Jan 2027", "Thursday 17 June 2027")
	s.comes(time.Date(2027, 1, 15, 12, 0, 0, 0, time.UTC))
	s.wantSaid("You wanted to do this by today: ask Jo to show me the roster")
	s.tap("Done")
	s.command("/goals")
	if got := s.last(); strings.Contains(got, "ask Jo") {
		t.Errorf("what is done is still on the list:\n%s", got)
	}
	if n := s.count("What was said?"); n != 1 {
		t.Errorf("it is asked %d times what was said", n)
	}
	for _, other := range []string{workspace.Sam, workspace.Kim} {
		if n := s.heard(other, ""); n != 0 {
			t.Errorf("%s heard %d messages", other, n)
		}
	}
}

// wantSaid fails unless one of the bot's messages contains all parts, and returns
// the newest that does.
func (s *stage) wantSaid(parts ...string) string {
	s.t.Helper()
	all := s.said()
	for i := len(all) - 1; i >= 0; i-- {
		missing := false
		for _, p := range parts {
			missing = missing || !strings.Contains(all[i], p)
		}
		if !missing {
			return all[i]
		}
	}
	s.t.Fatalf("no message of the bot contains %q; the last is\n%s", parts, s.last())
	return ""
}
