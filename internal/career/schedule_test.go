package career

import (
	"testing"

	"waymark/internal/civil"
)

func TestScheduleFollowsHoursSeverityAndWhatWaits(t *testing.T) {
	day := on("2026-11-23")
	m := func(hours float64) *goalMaker {
		return &goalMaker{today: day, f: Facts{Slots: map[string]Fact{
			"hours":     {ID: "hours", Number: hours, Text: "h"},
			"education": {ID: "education", Choices: []string{"missing"}, Labels: []string{"missing"}, Own: []bool{false}},
			"target":    {ID: "target", Text: "registered nurse"},
			"skills":    {ID: "skills", List: []string{"SQL"}},
		}}}
	}
	goals := func() []Goal {
		return []Goal{
			{ID: "g1", Kind: Practice, Closes: []string{"skill:1"}, Due: day.AddDays(28)},
			{ID: "g2", Kind: Practice, Closes: []string{"education"}, Due: day.AddDays(28)},
			{ID: "g3", Kind: Talk, Due: on("2026-12-24"), Said: on("2026-12-24")},
			{ID: "g4", Kind: Talk, Due: day.AddDays(7), After: []string{"g3"}},
		}
	}
	dates := func(gs []Goal) (out []civil.Date) {
		for _, g := range gs {
			out = append(out, g.Due)
		}
		return out
	}
	plenty := goals()
	m(40).schedule(plenty)
	want(t, "with hours to spare the defaults stand", dates(plenty)[:3], []civil.Date{day.AddDays(28), day.AddDays(28), on("2026-12-24")})
	want(t, "what waits comes a week after", plenty[3].Due, on("2026-12-31"))

	few := goals()
	m(1).schedule(few)
	want(t, "the date that was said stands", few[2].Due, on("2026-12-24"))
	want(t, "the pressing gap comes first", few[1].Due.Before(few[0].Due), true)
	want(t, "few hours take longer", few[0].Due.After(day.AddDays(28)), true)
}
