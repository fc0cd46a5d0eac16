package career

import "testing"

func TestConflicts(t *testing.T) {
	wait := Goal{ID: "g1", Kind: Wait, Said: on("2027-01-01"), Due: on("2028-02-01"), Status: Active}
	guide := Goal{ID: "g2", Kind: Practice, Said: on("2027-06-01"), Due: on("2027-06-01"), Status: Active}
	done := guide
	done.Status = Achieved
	for _, tc := range []struct {
		rule string
		p    Plan
		want []Conflict
	}{
		{"dates that fit", Plan{By: on("2027-06-01"), Goals: []Goal{guide}}, nil},
		{"no date to be there, nothing to miss", Plan{Goals: []Goal{guide}}, nil},
		{"a goal beyond the aim", Plan{By: on("2027-05-31"), Goals: []Goal{guide}}, []Conflict{{AfterAim, "g2"}}},
		{"an achieved goal does not matter", Plan{By: on("2027-05-31"), Goals: []Goal{done}}, nil},
		{"years cannot be hurried", Plan{Eligible: on("2028-01-01"), Goals: []Goal{wait}}, []Conflict{{YearsDecide, "g1"}}},
		{"experience after the aim is a leap", Plan{By: on("2027-12-31"), Eligible: on("2028-01-01"), Goals: []Goal{guide}}, []Conflict{{ExperienceAfterAim, ""}}},
	} {
		want(t, "Conflicts: "+tc.rule, Conflicts(tc.p), tc.want)
	}
}
