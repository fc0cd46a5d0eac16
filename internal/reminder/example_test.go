package reminder_test

import (
	"fmt"
	"time"

	"waymark/internal/career"
	"waymark/internal/civil"
	"waymark/internal/reminder"
)

// A week of somebody with a review ahead: look, say, record, and sleep until the
// next moment.
func Example() {
	plan := career.Plan{
		Confirmed: time.Date(2027, 1, 4, 9, 0, 0, 0, time.UTC),
		Reviews:   []career.Review{{ID: "r1", Date: civil.New(2027, 2, 8)}},
	}
	settings := reminder.Settings{Zone: "Europe/Berlin", Hour: 11}
	var state reminder.State

	now := time.Date(2027, 1, 20, 9, 0, 0, 0, time.UTC)
	for {
		say, drop := reminder.Due(plan, settings, state, now)
		for _, o := range say {
			fmt.Println(now.Format("Mon 2 Jan 15:04 MST"), o.Key)
		}
		state.Say(say, now)
		state.Drop(drop, now)
		state.Heard(now) // they answer
		next, ok := reminder.Next(plan, settings, state, now)
		if !ok {
			break
		}
		now = next
	}
	// Output:
	// Mon 25 Jan 11:00 CET review_ahead/14/r1@2027-02-08
	// Fri 5 Feb 11:00 CET review_ahead/1/r1@2027-02-08
	// Tue 9 Feb 11:00 CET review_after/1/r1@2027-02-08
}

func ExampleCadence_Next() {
	c, _ := reminder.ParseCadence("monthly from 2027-12-31")
	t := time.Date(2027, 12, 31, 12, 0, 0, 0, time.UTC)
	for range 3 {
		t = c.Next(t, time.UTC)
		fmt.Println(t.Format(time.DateOnly))
	}
	// Output:
	// 2028-01-31
	// 2028-02-29
	// 2028-03-31
}
