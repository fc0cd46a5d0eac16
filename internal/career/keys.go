package career

import (
	"maps"
	"slices"
)

// TextKeys are the texts that prompts/ must have for the gaps, actions and
// milestones of this package, as "section.key", sorted: whoever edits the texts
// can be told which one is missing.
func TextKeys() []string {
	var keys []string
	for _, k := range gapKeys {
		keys = append(keys, "gap."+k)
	}
	for _, k := range gapSlots {
		keys = append(keys, "evidence."+k)
	}
	for k := range maps.Keys(templates) {
		keys = append(keys, "action."+k)
	}
	for _, k := range milestoneKinds {
		keys = append(keys, "milestone."+string(k))
	}
	for _, k := range []ConflictKind{YearsDecide, AfterAim, ExperienceAfterAim} {
		keys = append(keys, "conflict."+string(k))
	}
	for _, s := range []Severity{Nice, Slows, Blocking} {
		keys = append(keys, "severity."+s.String())
	}
	for _, kind := range []ActionKind{Course, Practice, Apply, Talk, OwnWords} {
		for _, k := range LevelKeys(Goal{Kind: kind}) {
			keys = append(keys, "level."+k)
		}
	}
	for _, k := range diffKeys {
		keys = append(keys, "diff."+string(k))
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// String is "nice", "slows" or "blocking".
func (s Severity) String() string {
	switch s {
	case Blocking:
		return "blocking"
	case Slows:
		return "slows"
	default:
		return "nice"
	}
}

// gapKeys are what Gap.TextKey can be.
var gapKeys = []string{
	"entry", "entry_ready", "exposure",
	"track", "track_position", "track_business",
	"openings_tight", "openings_none", "openings_rare", "openings_elsewhere",
	"education", "experience", "skill", "certificate", "network", "balance", "balance_energy",
	"information_track", "information_requirements", "information_qualify", "information_openings",
	"information_elsewhere", "information_education", "information_skills", "information_certificates", "information_experience",
}

// gapSlots are the questions a gap can come from.
var gapSlots = []string{
	"same_field", "stepping", "closer", "track", "track_change", "wanted_jobs", "requirements", "qualify",
	"move_up", "how_often", "tight", "elsewhere", "elsewhere_same", "elsewhere_names",
	"education", "education_what", "experience", "years_need", "years_have",
	"skills", "certificates", "hours", "target", "energy_level",
}

// milestoneKinds are all kinds, in the order of those that fall on one day.
var milestoneKinds = []MilestoneKind{FirstStep, Funds, Begin, Unit, Booking, Halfway, Eligible, Applying, Finish}

// diffKeys are the differences that are said in a text of their own; the others
// are named by what they change, such as the target.
var diffKeys = []DiffKind{DiffTracks, DiffServes, DiffObstacle, DiffTodoNew, DiffTodoGone}
