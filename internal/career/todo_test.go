package career

import (
	"errors"
	"fmt"
	"testing"
)

func listStrings(list []Todo) []string {
	var out []string
	for _, d := range list {
		s := d.ID + "=" + d.Text
		if !d.Open() {
			s += " done " + d.Done.String()
		}
		out = append(out, s)
	}
	return out
}

// chooser picked three things to do and made one of them a goal.
func chooser() *talk {
	return newTalk().pick("track", "no").list("skills", "SQL").pick("gap_pick", "track", "skill:1").
		act("track", talkID, "own:ask  Ben").act("skill:1", "skill:1/practise").pick("goal_pick", talkID)
}

func TestWhatIsNoGoalStaysOnTheList(t *testing.T) {
	p := Derive(chooser().Facts, titled, on(today))
	want(t, "List", listStrings(p.List), []string{"track/own:1=ask Ben", "skill:1/practise=practise: SQL"})
	want(t, "where it comes from", fmt.Sprint(p.List[0].Gap, p.List[0].From, p.List[0].Due.IsZero()), "track[act@track] true")

	f := chooser().skip("goal_pick")
	want(t, "no goals yet: all of it", len(Derive(f.Facts, titled, on(today)).List), 3)
	f = newTalk().pick("track", "no").pick("gap_pick", "track")
	want(t, "what was only offered is not chosen", len(Derive(f.Facts, titled, on(today)).List), 0)
	f = chooser().pick("goal_pick", talkID, "own:Ask Ben", "skill:1/practise")
	want(t, "a goal in the same words", len(Derive(f.Facts, titled, on(today)).List), 0)
}

func TestTodos(t *testing.T) {
	var p Plan
	first := p.AddTodo(Todo{Text: " call\nJo ", From: []AnswerID{"mentor"}})
	want(t, "under an id of its own", listStrings(p.List), []string{"t1=call Jo"})
	p.Confirm(Derive(chooser().Facts, titled, on(today)), noon(today))
	want(t, "kept when the plan is confirmed", listStrings(p.List), []string{"track/own:1=ask Ben", "skill:1/practise=practise: SQL", "t1=call Jo"})

	want(t, "once", p.AddTodo(Todo{Text: "Call Jo", Due: on("2027-01-01")}).ID, first.ID)
	want(t, "with the date it did not have", p.List[2].Due, on("2027-01-01"))
	want(t, "no words, no entry", p.AddTodo(Todo{Text: " "}), Todo{})
	if err := p.TodoDone("t1", on(today)); err != nil {
		t.Fatal(err)
	}
	want(t, "done", p.List[2].Done, on(today))
	want(t, "again is something new", p.AddTodo(Todo{Text: "call Jo"}).ID, "t2")
	for id, wrong := range map[string]error{"t1": ErrBadTransition, "t9": ErrNotFound} {
		if err := p.TodoDone(id, on(today)); !errors.Is(err, wrong) {
			t.Errorf("TodoDone(%s) = %v, want %v", id, err, wrong)
		}
	}
	p.Confirm(Derive(chooser().Facts, titled, on("2027-02-02")), noon("2027-02-02"))
	want(t, "confirmed again, not doubled", len(p.List), 4)
}

func TestTheListFollowsTheAnswers(t *testing.T) {
	for _, tc := range []struct {
		rule   string
		change func(*talk)
		diff   []string
		want   []string
	}{
		{"the same answers, nothing", func(*talk) {}, nil, []string{"track/own:1=ask Ben", "skill:1/practise=practise: SQL"}},
		{"one more", func(f *talk) { f.act("skill:1", "skill:1/practise", "skill:1/skill_mentor") },
			[]string{"todo_new/skill:1/skill_mentor"},
			[]string{"track/own:1=ask Ben", "skill:1/practise=practise: SQL", "skill:1/skill_mentor=skill_mentor: SQL"}},
		{"another own entry under the same number", func(f *talk) { f.act("track", talkID, "own:ask Ada") },
			[]string{"todo_new/track/own:1", "todo_gone/track/own:1"},
			[]string{"skill:1/practise=practise: SQL", "track/t2=ask Ada"}},
		{"a skipped answer takes nothing away", func(f *talk) { f.item("act", "skill:1", Fact{Skipped: true}) },
			nil, []string{"track/own:1=ask Ben", "skill:1/practise=practise: SQL"}},
		{"one becomes a goal", func(f *talk) { f.pick("goal_pick", talkID, "skill:1/practise") },
			[]string{"goal_new/skill:1/practise"}, []string{"track/own:1=ask Ben"}},
		{"a goal less goes back on the list", func(f *talk) { f.pick("goal_pick", "skill:1/practise") },
			[]string{"goal_new/skill:1/practise", "goal_gone/g1", "todo_new/" + talkID},
			[]string{"track/own:1=ask Ben", talkID + "=ask_promoted"}},
	} {
		t.Run(tc.rule, func(t *testing.T) {
			p := planOf(chooser())
			f := chooser()
			tc.change(f)
			diffs := Diff(p, Derive(f.Facts, titled, on(today)))
			want(t, "Diff", diffStrings(diffs), tc.diff)
			for _, d := range diffs {
				if err := p.Apply(d, noon(today)); err != nil {
					t.Error(err)
				}
			}
			want(t, "List", listStrings(p.List), tc.want)
			checkPlan(t, p)
		})
	}
}
