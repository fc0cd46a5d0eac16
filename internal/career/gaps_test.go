package career

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestGaps has one line for each thing an answer can show; what is not answered
// shows nothing.
func TestGaps(t *testing.T) {
	for _, tc := range []struct {
		rule string
		f    *talk
		want []string // "id severity"
		text string   // of the first gap
		from string   // of the first gap
	}{
		{rule: "no answers, no gaps", f: newTalk()},
		{rule: "another field is an entry to find", f: newTalk().pick("same_field", "no"), want: []string{"entry blocking"}, text: "entry", from: "[same_field]"},
		{rule: "the same field is none", f: newTalk().pick("same_field", "yes")},
		{rule: "qualifying for a job in another field leaves applying", f: newTalk().pick("same_field", "no").pick("qualify", "yes"), want: []string{"entry slows"}, text: "entry_ready", from: "[same_field qualify]"},
		{rule: "not qualifying blocks", f: newTalk().pick("same_field", "partly").text("requirements", "a diploma").pick("qualify", "no"), want: []string{"entry blocking"}, text: "entry", from: "[qualify requirements]"},
		{rule: "qualifying in part slows", f: newTalk().pick("same_field", "partly").pick("qualify", "partly"), want: []string{"entry slows"}, from: "[qualify]"},
		{rule: "not knowing whether one qualifies is information", f: newTalk().pick("same_field", "no").pick("qualify", "unsure").list("wanted_jobs", "recruiter"), want: []string{"entry blocking", "information:qualify slows"}},
		{rule: "no stepping stone is exposure", f: newTalk().pick("stepping", "no").list("closer", "shadow a nurse"), want: []string{"exposure slows"}, from: "[stepping closer]"},
		{rule: "in part a stepping stone too", f: newTalk().pick("stepping", "partly"), want: []string{"exposure slows"}},
		{rule: "unsure about the stepping stone weighs less", f: newTalk().pick("stepping", "unsure"), want: []string{"exposure nice"}},
		{rule: "a stepping stone is a strength", f: newTalk().pick("stepping", "yes").text("stepping_how", "I stand in")},
		{rule: "off the path", f: newTalk().pick("track", "no").text("track_change", "join the project team"), want: []string{"track slows"}, text: "track", from: "[track track_change]"},
		{rule: "does not know the path", f: newTalk().pick("track", "unsure"), want: []string{"information:track slows"}, text: "information_track"},
		{rule: "on the path", f: newTalk().pick("track", "yes")},
		{rule: "no wanted job named yet: read ads first", f: newTalk().pick("same_field", "partly").list("wanted_jobs"), want: []string{"information:requirements blocking"}, from: "[wanted_jobs]"},
		{rule: "skipping wanted jobs is no answer", f: newTalk().skip("wanted_jobs")},
		{rule: "not knowing any wanted job is the same as none", f: newTalk().unknown("wanted_jobs"), want: []string{"information:requirements blocking"}, from: "[wanted_jobs]"},
		{rule: "what ads ask for is not known", f: newTalk().list("wanted_jobs", "recruiter").unknown("requirements"), want: []string{"information:requirements slows"}, from: "[requirements]"},
		{rule: "unknown skills and certificates are one thing to find out", f: newTalk().unknown("skills").unknown("certificates"), want: []string{"information:requirements slows"}, from: "[skills certificates]"},
		{rule: "no way up here", f: newTalk().pick("move_up", "no"), want: []string{"openings slows"}, text: "openings_none", from: "[move_up]"},
		{rule: "the red flag", f: newTalk().pick("move_up", "yes").pick("tight", "yes"), want: []string{"openings slows"}, text: "openings_tight", from: "[tight]"},
		{rule: "the red flag says more than no way up", f: newTalk().pick("move_up", "no").pick("tight", "yes"), want: []string{"openings slows"}, text: "openings_tight", from: "[tight move_up]"},
		{rule: "seldom an opening", f: newTalk().pick("move_up", "yes").pick("how_often", "rarely").pick("tight", "no"), want: []string{"openings slows"}, text: "openings_rare", from: "[how_often]"},
		{rule: "a way up with openings", f: newTalk().pick("move_up", "yes").pick("how_often", "yearly").pick("tight", "no").pick("elsewhere", "no")},
		{rule: "does not know about moving up", f: newTalk().pick("move_up", "unsure").pick("how_often", "unsure"), want: []string{"information:openings slows"}, from: "[move_up how_often]"},
		{rule: "knows the way up, not how often", f: newTalk().pick("move_up", "yes").pick("how_often", "unsure"), want: []string{"information:openings nice"}, from: "[how_often]"},
		{rule: "growth elsewhere is good to have", f: newTalk().pick("move_up", "yes").pick("elsewhere", "far").list("elsewhere_names", "city clinic"), want: []string{"openings nice"}, text: "openings_elsewhere", from: "[elsewhere]"},
		{rule: "growth elsewhere, but nobody known there", f: newTalk().pick("elsewhere", "near").list("elsewhere_names"), want: []string{"openings nice", "network nice"}},
		{rule: "growth elsewhere, and no idea where", f: newTalk().pick("elsewhere", "near").unknown("elsewhere_names"), want: []string{"openings nice", "network nice"}},
		{rule: "does not know about elsewhere", f: newTalk().pick("elsewhere", "unsure").pick("elsewhere_same", "unsure"), want: []string{"information:elsewhere nice"}},
		{rule: "not knowing elsewhere matters more without a way up", f: newTalk().pick("move_up", "no").pick("elsewhere", "unsure"), want: []string{"openings slows", "information:elsewhere slows"}},
		{rule: "the same everywhere: the position is the limit", f: newTalk().pick("elsewhere", "no").pick("elsewhere_same", "same"), want: []string{"track slows"}, text: "track_position", from: "[elsewhere_same]"},
		{rule: "one track gap from two answers", f: newTalk().pick("track", "no").pick("elsewhere_same", "same"), want: []string{"track slows"}, text: "track", from: "[track elsewhere_same]"},
		{rule: "schooling that is missing slows", f: newTalk().text("target", "HR manager").pick("education", "missing").text("education_what", "an HR diploma"), want: []string{"education slows"}, from: "[education education_what]"},
		{rule: "schooling for work that needs a licence blocks", f: newTalk().text("target", "a nurse").pick("education", "missing"), want: []string{"education blocking"}},
		{rule: "a licence named in the ads blocks", f: newTalk().text("requirements", "State licence, two years").pick("education", "missing"), want: []string{"education blocking"}},
		{rule: "part of the schooling slows even then", f: newTalk().text("target", "nurse").pick("education", "partly"), want: []string{"education slows"}},
		{rule: "schooling not known", f: newTalk().pick("education", "unsure"), want: []string{"information:education slows"}},
		{rule: "experience that is missing", f: newTalk().pick("experience", "partly").months("years_need", 24, "2 years").months("years_have", 6, "half a year"), want: []string{"experience slows"}, from: "[experience years_need years_have]"},
		{rule: "experience not known", f: newTalk().pick("experience", "unsure"), want: []string{"information:experience slows"}},
		{rule: "one gap a skill, numbered as listed", f: newTalk().list("skills", "taking blood", "speaking"), want: []string{"skill:1 slows", "skill:2 slows"}, from: "[skills]"},
		{rule: "one gap a certificate, licences block", f: newTalk().list("certificates", "HR certificate", "driving licence"), want: []string{"certificate:2 blocking", "certificate:1 slows"}},
		{rule: "no hour free comes first", f: newTalk().pick("same_field", "yes").pick("stepping", "no").hours(0), want: []string{"balance blocking", "exposure slows"}, from: "[hours]"},
		{rule: "half an hour is something", f: newTalk().hours(0.5)},
		{rule: "hours not known is not none", f: newTalk().unknown("hours")},
		{rule: "a business of one's own", f: newTalk().text("target", "My own agency"), want: []string{"track slows"}, text: "track_business", from: "[target]"},
		{rule: "blocking, then slows, then nice, each as asked", f: newTalk().pick("stepping", "unsure").pick("track", "no").list("wanted_jobs").pick("qualify", "no").pick("move_up", "no").list("skills", "SQL"),
			want: []string{"entry blocking", "information:requirements blocking", "track slows", "openings slows", "skill:1 slows", "exposure nice"}},
	} {
		t.Run(tc.rule, func(t *testing.T) {
			got := Gaps(tc.f.Facts)
			want(t, "Gaps", gapStrings(got), tc.want)
			if tc.text != "" && len(got) > 0 {
				want(t, "TextKey", got[0].TextKey(), tc.text)
			}
			if tc.from != "" && len(got) > 0 {
				want(t, "From", fmt.Sprint(got[0].From), tc.from)
			}
		})
	}
}

func TestGapsKeepThePersonsWords(t *testing.T) {
	f := newTalk().text("job", "front desk").pick("stepping", "no").
		pick("track", "no").text("track_change", "join  the project team").
		pick("education", "missing").text("education_what", "a nursing diploma").list("skills", "taking blood")
	words := map[string]string{}
	for _, g := range Gaps(f.Facts) {
		words[g.ID] = g.Words
	}
	want(t, "words", words, map[string]string{
		"exposure": "front desk", "track": "join the project team", "education": "a nursing diploma", "skill:1": "taking blood",
	})
}

// TestLongListsLeaveRoom: a person who lists twenty skills still sees what else
// is in the way.
func TestLongListsLeaveRoom(t *testing.T) {
	f := newTalk().pick("same_field", "no").pick("track", "unsure").pick("move_up", "unsure").hours(0)
	var many []string
	for i := range 20 {
		many = append(many, fmt.Sprint("skill number ", i))
	}
	f.list("skills", many...).list("certificates", "first", "second")
	got := gapStrings(Gaps(f.Facts))
	want(t, "number of gaps", len(got), maxGaps)
	for _, id := range []string{"entry blocking", "balance blocking", "information:track slows", "information:openings slows", "skill:1 slows", "certificate:1 slows", "certificate:2 slows"} {
		if !slices.Contains(got, id) {
			t.Errorf("Gaps = %v, want %q among them", got, id)
		}
	}
}

func TestHasWord(t *testing.T) {
	for _, tc := range []struct {
		s    string
		want bool
	}{
		{"nurse", true}, {"Nurses", true}, {"a nurse's life", true}, {"nursery gardener", false},
		{"(nurse)", true}, {"be a social worker.", true}, {"veteran affairs", false}, {"", false},
	} {
		if got := hasWord(tc.s, licensedWork); got != tc.want {
			t.Errorf("hasWord(%q) = %v, want %v", tc.s, got, tc.want)
		}
	}
	for s, w := range map[string]bool{"my own agency": true, "Freelance writer": true, "agency lead": false, "lead designer": false} {
		if got := ownBusiness(newTalk().text("target", s).Facts); got != w {
			t.Errorf("ownBusiness(%q) = %v, want %v", s, got, w)
		}
	}
}

func TestActions(t *testing.T) {
	for _, tc := range []struct {
		rule string
		f    *talk
		gap  string
		want []string
	}{
		{"exposure without ideas", newTalk().pick("stepping", "no"), "exposure", []string{"ask_task", "shadow", "class", "volunteer"}},
		{"an action per idea, the class planned as one", newTalk().pick("stepping", "no").list("closer", "volunteer at a clinic", "first-aid class"), "exposure", []string{"idea", "idea_class_brief", "ask_task", "shadow"}},
		{"never more than four", newTalk().pick("stepping", "no").list("closer", "a", "b", "lead the morning round", "d", "e"), "exposure", []string{"idea_brief", "idea_brief:2", "idea", "ask_task"}},
		{"what would have to change comes first", newTalk().pick("track", "no").text("track_change", "join the project team"), "track", []string{"change_track", "ask_promoted", "responsibility", "review_talk"}},
		{"a business needs clients, savings and a checked contract", newTalk().text("target", "own agency"), "track", []string{"first_client", "savings", "contract_check", "mentor_owner"}},
		{"apply for the roles a step lower", newTalk().pick("same_field", "no").pick("qualify", "no").list("step_lower", "ward clerk", "care assistant"), "entry", []string{"apply_lower", "apply_lower:2", "read_ads", "field_talks"}},
		{"what one brings along gets stories", newTalk().pick("same_field", "no").list("transfer", "calming customers").text("differently", "ask for a trial day"), "entry", []string{"list_lower", "stories", "own_test", "read_ads"}},
		{"who qualifies applies", newTalk().pick("same_field", "no").list("wanted_jobs", "recruiter").pick("qualify", "yes"), "entry", []string{"apply_wanted", "read_ads", "field_talks"}},
		{"the red flag: ask, and look elsewhere", newTalk().pick("tight", "yes"), "openings", []string{"successor_talk", "five_employers", "review_talk"}},
		{"employers with names get a contact", newTalk().pick("move_up", "no").pick("elsewhere", "near").list("elsewhere_names", "city clinic"), "openings", []string{"contact_at", "two_applications", "map_path", "review_talk"}},
		{"openings one knows of", newTalk().pick("move_up", "yes").list("openings", "deputy lead").pick("how_often", "rarely"), "openings", []string{"ask_opening", "successor_talk", "five_employers", "review_talk"}},
		{"openings page and two talks", newTalk().pick("move_up", "unsure"), "information:openings", []string{"openings_page", "review_talk"}},
		{"read ten ads", newTalk().list("wanted_jobs"), "information:requirements", []string{"read_ads", "ask_holder"}},
		{"schooling: compare, ask who pays, do it", newTalk().pick("education", "missing"), "education", []string{"compare_programmes", "ask_funding", "schooling"}},
		{"years that are missing are waited for", newTalk().pick("experience", "missing").months("years_need", 24, "2 years"), "experience", []string{"matching_work", "wait_years", "review_talk", "volunteer"}},
		{"years that are not known are found out", newTalk().pick("experience", "missing").unknown("years_need"), "experience", []string{"matching_work", "find_years", "review_talk", "volunteer"}},
		{"a skill by practice, course or mentor", newTalk().list("skills", "SQL"), "skill:1", []string{"practise", "skill_course", "skill_mentor"}},
		{"ask who pays before enrolling", newTalk().list("certificates", "HR certificate"), "certificate:1", []string{"ask_refund", "certificate", "compare_providers"}},
		{"people", newTalk().pick("elsewhere", "near").list("elsewhere_names"), "network", []string{"three_holders", "meeting", "keep_warm"}},
		{"time", newTalk().hours(0), "balance", []string{"protect_hour", "hand_over"}},
	} {
		t.Run(tc.rule, func(t *testing.T) {
			gaps := Gaps(tc.f.Facts)
			i := slices.IndexFunc(gaps, func(g Gap) bool { return g.ID == tc.gap })
			if i < 0 {
				t.Fatalf("Gaps = %v, want %s among them", gapStrings(gaps), tc.gap)
			}
			var got []string
			for _, a := range Actions(gaps[i], tc.f.Facts) {
				got = append(got, strings.TrimPrefix(a.ID, tc.gap+"/"))
				if a.Gap != tc.gap || a.Kind == "" || a.Days <= 0 {
					t.Errorf("action %+v: want its gap, a kind and a time", a)
				}
			}
			want(t, "Actions", got, tc.want)
		})
	}
}

func TestActionsForAGapOfANewerVersion(t *testing.T) {
	got := Actions(Gap{ID: "luck", Kind: "luck"}, Facts{})
	want(t, "Actions", actionIDs(got), []string{"luck/review_talk", "luck/mentor"})
}
