package timeline

import (
	"math/rand/v2"
	"strings"
	"testing"

	"waymark/internal/civil"
)

func day(s string) civil.Date {
	d, err := civil.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

var today = day("2026-11-22")

// typical is three goals with four milestones each over 18 months.
func typical() Plan {
	return Plan{Today: today, Reviews: []civil.Date{day("2027-02-11"), day("2027-08-12")}, Goals: []Goal{
		{Title: "Earn the cloud architect certificate", Start: day("2026-09-01"), Due: day("2027-06-30"), Done: 2, Of: 4, Milestones: []Milestone{
			{"Pick a course", day("2026-09-20"), Done}, {"Unit 1", day("2026-11-02"), Done},
			{"Book the exam", day("2027-02-12"), Next}, {"Pass the exam", day("2027-06-30"), Open},
		}},
		{Title: "Lead the billing migration", Start: day("2026-10-01"), Due: day("2027-12-15"), Done: 1, Of: 4, Milestones: []Milestone{
			{"Ask Ana", day("2026-10-12"), Done}, {"Write the plan", day("2026-11-14"), Late},
			{"Halfway", day("2027-05-20"), Open}, {"Switch over", day("2027-12-15"), Open},
		}},
		{Title: "Become a staff engineer", Start: day("2027-01-01"), Due: day("2028-03-31"), Of: 4, Milestones: []Milestone{
			{"Talk with my manager", day("2027-01-20"), Next}, {"Find a sponsor", day("2027-06-01"), Open},
			{"Apply", day("2028-01-31"), Open}, {"Promotion", day("2028-03-31"), Open},
		}},
	}}
}

// oneGoal is a plan for a month.
func oneGoal() Plan {
	return Plan{Today: today, Goals: []Goal{{Title: "Speak at one meetup", Due: day("2026-12-18"), Of: 3, Milestones: []Milestone{
		{"Pick a topic", day("2026-11-27"), Next}, {"Practise", day("2026-12-08"), Open}, {"Speak", day("2026-12-18"), Open},
	}}}}
}

// content is somebody who wants no goals, only to be ready for the review.
func content() Plan { return Plan{Today: today, Reviews: []civil.Date{day("2027-01-15")}} }

// crowded has more than there is room for, and titles of every kind.
func crowded() Plan {
	p := Plan{Today: today}
	for i, name := range []string{
		"Learn Go", "Сертификат по облаку", "日本語を学ぶ", strings.Repeat("A very long title ", 20), "Talk to 🚀 people",
		"Goal without a date", "Long past", "مهندس", "Nine", "Ten",
	} {
		g := Goal{Title: name, Start: today.AddDays(-30 * i), Due: today.AddDays(90 + 60*i), Done: i, Of: 10}
		for k := range 10 {
			state := Open
			switch {
			case k < i:
				state = Done
			case k == i:
				state = []State{Next, Late}[i%2]
			}
			g.Milestones = append(g.Milestones, Milestone{"Step", g.Start.AddDays(k * (60 + 45*i) / 10), state})
		}
		p.Goals = append(p.Goals, g)
	}
	p.Goals[5].Due = civil.Date{}
	p.Goals[6].Start, p.Goals[6].Due = day("2019-01-01"), day("2020-01-01")
	for i := range 9 {
		p.Reviews = append(p.Reviews, today.AddDays(i*40))
	}
	return p
}

// tenYears ends a decade from now, with a goal that has no end at all.
func tenYears() Plan {
	p := typical()
	p.Goals[1].Due, p.Goals[2].Due = civil.Date{}, day("2036-06-01")
	return p
}

// odd is what no caller should hand over.
func odd() Plan {
	bad := civil.Date{Year: -4, Month: 77, Day: 1 << 40}
	return Plan{Today: bad, Reviews: []civil.Date{bad, {}, today, today, day("9999-12-31")}, Goals: []Goal{
		{}, {Title: "\x00\xff\u202e", Start: day("2030-01-01"), Due: day("2020-01-01"), Done: 9, Of: -3, Milestones: []Milestone{{"", bad, 99}, {"", today, -1}}},
		{Title: "a\n\nb", Start: bad, Due: bad, Done: -1, Of: 2, Milestones: []Milestone{{Date: day("2199-12-31"), State: Next}, {Date: day("1900-01-01"), State: Late}}},
	}}
}

var plans = map[string]func() Plan{
	"empty": func() Plan { return Plan{} }, "typical": typical, "one goal": oneGoal, "content": content,
	"crowded": crowded, "ten years": tenYears, "odd": odd,
}

// anyPlan is a plan drawn from r, whose dates cluster as often as they scatter.
func anyPlan(r *rand.Rand) Plan {
	reach := []int{3, 20, 100, 700, 4000, 100_000}[r.IntN(6)]
	date := func() civil.Date {
		if r.IntN(8) == 0 {
			return civil.Date{}
		}
		return today.AddDays(r.IntN(reach) - reach/4)
	}
	titles := []string{"", "Learn Go", "日本", "Lead the team", strings.Repeat("wide ", 60), "e\u0301", "👩‍👩‍👧", "Wwwwwwwwwwwwwwwwwwwwwwwwwwwwwww"}
	p := Plan{Today: date()}
	for range r.IntN(12) {
		g := Goal{Title: titles[r.IntN(len(titles))], Start: date(), Due: date(), Done: r.IntN(5), Of: r.IntN(8)}
		for range r.IntN([]int{2, 6, 40}[r.IntN(3)]) {
			g.Milestones = append(g.Milestones, Milestone{titles[r.IntN(len(titles))], date(), State(r.IntN(4))})
		}
		p.Goals = append(p.Goals, g)
	}
	for range r.IntN(6) {
		p.Reviews = append(p.Reviews, date())
	}
	return p
}

// laid is the layout of p.
func laid(t testing.TB, p Plan, o Options) scene {
	t.Helper()
	o = o.within()
	f, err := newFaces(o.Scale)
	if err != nil {
		t.Fatal(err)
	}
	return layout(p, o, f)
}

// texts are the words on a scene in the order they were placed.
func (s scene) texts() []string {
	var all []string
	for _, t := range s.things {
		if t.form == letters {
			all = append(all, t.text)
		}
	}
	return all
}
