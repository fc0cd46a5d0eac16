package bot_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"waymark/internal/bot/bottest"
	"waymark/internal/workspace"
)

// firstTalk is what Ana answers in the first talk, by the step that asks, as the
// lines of a transcript write it; she skips every other question.
var firstTalk = map[string][]string{
	"first.start":          {"[Thorough: about 60 questions]"},
	"have.job":             {"front desk at a doctor's office"},
	"have.field":           {"health care"},
	"have.since":           {"3 years"},
	"have.keep":            {"talking with patients"},
	"have.energy":          {"7"},
	"have.feels_like":      {"[More like a job]"},
	"have.change":          {"[Yes]"},
	"want.target":          {"nurse"},
	"want.reason":          {"being close to patients"},
	"want.level":           {"[The final aim]"},
	"want.by":              {"<2029-12-31>"},
	"gaps.same_field":      {"[Yes]"},
	"gaps.stepping":        {"[No]"},
	"gaps.closer":          {"volunteer at a clinic, take a first-aid class"},
	"gaps.track":           {"no"},
	"gaps.track_change":    {"I would have to start a nursing education"},
	"gaps.move_up":         {"no"},
	"gaps.elsewhere":       {"yes, nearby"},
	"gaps.elsewhere_names": {"the city clinic"},
	"gaps.education":       {"missing"},
	"gaps.education_what":  {"a nursing diploma"},
	"gaps.experience":      {"missing"},
	"gaps.years_need":      {"2 years"},
	"gaps.years_have":      {"none"},
	"gaps.skills":          {"! restart", "taking blood"},
	"gaps.certificates":    {"nursing licence"},
	"gaps.hours":           {"5 hours"},
	"choose.gap_pick":      {"[Schooling that is missing] [Your field fits]"},
	"act.act":              {"[Compare three programmes]", "[volunteer at a clinic]"},
	"goals.goal_pick":      {"1 and 2"},
	"goal.measure":         {"a table with three programmes", "two evenings done"},
	"goal.due":             {"I don't know", "<2027-03-31>"},
	"goal.if_then":         {"If it is Tuesday evening, then I will look at one programme", "If it is Saturday morning, then I go to the clinic"},
	"review.has_review":    {"[Yes]"},
	"review.review_date":   {"18 February"},
	"backup.risks":         {"1 and 4"},
	"risk.risk_then":       {"I apply at the city clinic", "I take the exam again in autumn"},
	"backup.alternatives":  {"medical assistant at another clinic, evening school"},
	"backup.head_start":    {"write to Jo from my old team"},
	"finish.confirm":       {"[Yes, keep it]"},
	"finish.confidence":    {"8"},
	"finish.cadence":       {"[Only reminders]"},
}

// endless is more turns than any first talk takes.
const endless = 300

// questions are those that ship.
var questions = bottest.Shipped()

// asked is the step whose question is in the bot's last message, "" for none.
func (s *stage) asked() string {
	s.t.Helper()
	steps := questions.On(s.last())
	if len(steps) == 0 {
		return ""
	}
	return steps[0]
}

// asks fails unless the bot's last message asks the question of a step.
func (s *stage) asks(step string) {
	s.t.Helper()
	if got := s.asked(); got != step {
		s.t.Fatalf("the bot's last message asks %q, want %s:\n%s", got, step, s.last())
	}
}

// movesOn fails unless the bot's last message asks another question of the same
// flow than the one of a step, and returns which.
func (s *stage) movesOn(step string) string {
	s.t.Helper()
	got := s.asked()
	if flow, _, _ := strings.Cut(step, "."); got == step || !strings.HasPrefix(got, flow+".") {
		s.t.Fatalf("the bot's last message asks %q, want the next after %s:\n%s", got, step, s.last())
	}
	return got
}

// converse lets somebody answer what the coach asks until no question is on
// screen any more, and everything in the table has been asked.
func (d *driver) converse(who string, table map[string][]string) error {
	d.t.Helper()
	a, err := questions.Answers(table)
	if err != nil {
		return err
	}
	for range endless {
		question := d.lastOf(people[who])
		step, answer, ok := a.Next(unescape.Replace(question.Text))
		if !ok {
			if left := a.Left(); left != nil {
				return fmt.Errorf("the talk ended with\n%s\nbefore these were asked for:\n%s", question.Text, strings.Join(left, "\n"))
			}
			return nil
		}
		if err := d.answer(who, question, answer); err != nil {
			return fmt.Errorf("%s: %q: %w; on screen:\n%s", step, answer, err, strings.Join(shown(question), "\n"))
		}
	}
	return errors.New("the talk does not end")
}

// answer does one thing while a question is on screen. Once it is answered,
// nothing below it can be tapped any more.
func (d *driver) answer(who string, question workspace.Message, answer string) error {
	verb, arg := "says", answer
	switch answer[:1] {
	case "!":
		who, verb, arg = "", "!", strings.TrimSpace(answer[1:])
	case "[":
		verb, arg = "taps", answer[1:len(answer)-1]
	case "<":
		verb, arg = "picks", answer[1:len(answer)-1]
	}
	if _, err := d.Do(who, verb, arg); err != nil || verb == "!" {
		return err
	}
	for _, m := range d.messages() {
		if m.TS == question.TS && len(m.Actions) > 0 {
			return errors.New("the question can still be answered by a tap")
		}
	}
	if d.lastOf(people[who]).TS == question.TS {
		return errors.New("nothing was said to that")
	}
	return nil
}

// plan looks at the plan by command: it is Ana's words, for her eyes only.
func (d *driver) plan(ctx context.Context) error {
	d.t.Helper()
	ts, err := d.ws.Command(ctx, workspace.Ana, "/career", "")
	if err != nil {
		return err
	}
	d.settle()
	m := d.lastOf(workspace.Ana)
	if !m.Ephemeral || m.TS != ts {
		return fmt.Errorf("the plan is no answer to the command that she alone sees, but\n%s", m.Text)
	}
	for _, step := range []string{"want.target", "want.reason", "gaps.education_what", "goal.if_then"} {
		if words := firstTalk[step][0]; !strings.Contains(unescape.Replace(m.Text), words) {
			return fmt.Errorf("%q is not in the plan\n%s", words, m.Text)
		}
	}
	return nil
}

// lastOf is the last message of the bot to somebody.
func (d *driver) lastOf(person string) workspace.Message {
	d.t.Helper()
	all, err := d.ws.Messages(person)
	if err != nil {
		d.t.Fatal(err)
	}
	all = slices.DeleteFunc(all, func(m workspace.Message) bool { return m.From != "bot" })
	if len(all) == 0 {
		d.t.Fatal("the bot has said nothing")
	}
	return all[len(all)-1]
}
