package reminder

import (
	"strings"
	"testing"
	"time"

	"waymark/internal/career"
	"waymark/internal/civil"
)

// Who wants nothing but to be reminded of a review hears exactly that: through a
// year, without an answer, whatever else is switched off.
func TestAReviewThatWasPickedIsRemindedOfWhateverElseIsQuiet(t *testing.T) {
	from := at(t, "2027-02-01 09:00", berlin)
	ahead := []int{14, 3, 1}
	const all = "2027-02-26 review_ahead/14/r1 2027-03-09 review_ahead/3/r1 2027-03-11 review_ahead/1/r1"
	tests := []struct {
		name string
		plan career.Plan
		s    Settings
		st   State
		want string
	}{
		{"content", career.Plan{Content: true, Confirmed: from, Reviews: []career.Review{{ID: "r1", Ahead: ahead}}}, Settings{}, State{}, all},
		{"content, with nothing unasked", career.Plan{Content: true, Confirmed: from, Reviews: []career.Review{{ID: "r1", Ahead: ahead}}}, Settings{Budget: OnlyAsked}, State{}, all},
		{"content and long unheard of", career.Plan{Content: true, Confirmed: from, Reviews: []career.Review{{ID: "r1", Ahead: ahead}}}, Settings{}, State{Unanswered: 9, Silent: true}, all},
		{"without a plan", career.Plan{Reviews: []career.Review{{ID: "r1", Ahead: ahead}}}, Settings{}, State{}, all},
		{"a week before alone", career.Plan{Content: true, Confirmed: from, Reviews: []career.Review{{ID: "r1", Ahead: []int{7}}}}, Settings{}, State{}, "2027-03-05 review_ahead/7/r1"},
		{"content, and nothing was picked", career.Plan{Content: true, Confirmed: from, Reviews: []career.Review{{ID: "r1"}}}, Settings{}, State{}, ""},
		{"held already", career.Plan{Content: true, Confirmed: from, Reviews: []career.Review{{ID: "r1", Held: true, Ahead: ahead}}}, Settings{}, State{}, ""},
		{"the kind is turned off", career.Plan{Content: true, Confirmed: from, Reviews: []career.Review{{ID: "r1", Ahead: ahead}}}, Settings{Off: []Kind{ReviewAhead}}, State{}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.s.Zone = berlin
			tt.plan.Reviews[0].Date = civil.New(2027, 3, 12)
			var got []string
			for _, r := range Rehearse(func(time.Time) career.Plan { return tt.plan }, tt.s, tt.st, from, from.AddDate(1, 0, 0), false) {
				for _, o := range r.Say {
					key, _, _ := strings.Cut(o.Key, "@")
					got = append(got, civil.Of(r.At.In(tt.s.Location())).String()+" "+key)
				}
			}
			if got := strings.Join(got, " "); got != tt.want {
				t.Errorf("said %q, want %q", got, tt.want)
			}
		})
	}
}
