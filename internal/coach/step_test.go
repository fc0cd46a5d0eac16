package coach

import (
	"testing"
	"time"

	"waymark/internal/career"
	"waymark/internal/civil"
	"waymark/internal/reminder"
)

// twoGoals is a plan of two goals with first steps close to each other.
func twoGoals(p *Person) {
	p.Settings.Cadence, _ = reminder.ParseCadence("weekly")
	p.Settings.Cadence.Weekday = time.Friday
	p.Plan.Week = career.Week{Hours: 7, Times: []string{"Tuesday and Thursday evening", "Saturday morning"},
		Days: []time.Weekday{time.Tuesday, time.Thursday, time.Saturday}}
	goal := func(id, title, ifThen string, first civil.Date) career.Goal {
		return career.Goal{ID: id, Title: title, IfThen: ifThen, Status: career.Active, Created: p.Plan.Confirmed, Due: civil.New(2027, 2, 27), Milestones: []career.Milestone{
			{ID: id + ".1", Kind: career.FirstStep, Due: first},
			{ID: id + ".2", Kind: career.Finish, Due: civil.New(2027, 2, 27)},
		}}
	}
	p.Plan.Goals = []career.Goal{
		goal("g1", "Ask two electric companies", "If it is Saturday morning, then I write one mail", civil.New(2026, 11, 28)),
		goal("g2", "Learn the words of electricity", "If I sit in the bus, then I learn five words", civil.New(2026, 12, 1)),
	}
}

func TestWordsThatAreNoStep(t *testing.T) {
	for _, tc := range []struct {
		words string
		want  stepWords
	}{
		{"write 1 mail saterday", isStep},
		{"call Jo on Tuesday", isStep},
		{"ask what documents are not in the file", isStep},
		{"remove the old flyers from the wall", isStep},
		{"nothing", noneNamed},
		{"none", noneNamed},
		{"sory electric company is in march not april", correction},
		{"delete it, is mistake", correction},
		{"No longer right", correction},
		{"that is wrong", correction},
	} {
		if got := noStep(tc.words); got != tc.want {
			t.Errorf("noStep(%q)\n got %d\nwant %d", tc.words, got, tc.want)
		}
	}
}

func TestWordsThatTakeAStepBack(t *testing.T) {
	for words, want := range map[string]bool{
		"remove that step": true, "delete it": true, "delete it, is mistake": true, "please remove the last step": true, "sory, delete that": true,
		"delete": false, "delete everything": false, "delete my data": false, "remove the old flyers": false, "drop it off at the office": false,
	} {
		if got := removes.MatchString(words); got != want {
			t.Errorf("removes(%q)\n got %t\nwant %t", words, got, want)
		}
	}
}
