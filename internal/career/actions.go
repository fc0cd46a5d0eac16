package career

import (
	"slices"
	"strconv"
	"strings"
)

// Actions per gap: enough to choose from, few enough to read.
const (
	minActions = 2
	maxActions = 4
)

// template is an action as the rules know it: how it is planned, and how long
// it takes by default. Its text is in prompts/ under its key.
type template struct {
	kind ActionKind
	days int
}

// templates are all actions that can be offered, by key.
var templates = map[string]template{
	// with the person's own ideas; brief ones need a verb to stand as a goal
	"idea":             {Practice, 56},
	"idea_class":       {Course, 180},
	"idea_talk":        {Talk, 14},
	"idea_brief":       {Practice, 56},
	"idea_class_brief": {Course, 180},
	"idea_talk_brief":  {Talk, 14},
	"change_track":     {Practice, 56},

	// closer to the work that is wanted
	"ask_task":  {Talk, 14},
	"shadow":    {Practice, 28},
	"volunteer": {Practice, 56},
	"class":     {Course, 180},

	// on the way up
	"ask_promoted":   {Talk, 28},
	"responsibility": {Practice, 56},
	"review_talk":    {Talk, 42},
	"map_path":       {Research, 28},
	"mentor":         {Talk, 21},

	// work of one's own
	"first_client":   {Practice, 90},
	"savings":        {Practice, 90},
	"contract_check": {Talk, 28},
	"mentor_owner":   {Talk, 21},

	// into another field
	stepRole:       {Apply, 90},
	wantedRole:     {Apply, 365}, // not offered: see goalMaker.wanted
	"apply_wanted": {Apply, 90},
	"list_lower":   {Research, 14},
	"stories":      {Practice, 21},
	"own_test":     {Research, 21},
	"read_ads":     {Research, 21},
	"field_talks":  {Talk, 28},

	// openings here and elsewhere
	"ask_opening":      {Talk, 14},
	"successor_talk":   {Talk, 42},
	"five_employers":   {Research, 42},
	"contact_at":       {Talk, 42},
	"follow_employers": {Talk, 56},
	"two_applications": {Apply, 90},

	// finding out
	"openings_page":  {Research, 14},
	"ask_holder":     {Talk, 21},
	"ask_outside":    {Talk, 28},
	"find_schooling": {Research, 21},
	"find_years":     {Research, 21},
	"compare_ads":    {Research, 14},
	"ask_recruiter":  {Talk, 21},

	// schooling, experience, skills, certificates
	"compare_programmes": {Research, 21},
	"ask_funding":        {Talk, 14},
	"schooling":          {Course, 365},
	"matching_work":      {Talk, 28},
	"wait_years":         {Wait, 365},
	"practise":           {Practice, 14},
	"skill_course":       {Course, 90},
	"skill_mentor":       {Talk, 14},
	"ask_refund":         {Talk, 14},
	"certificate":        {Course, 180},
	"compare_providers":  {Research, 21},

	// people and time
	"three_holders": {Talk, 21},
	"meeting":       {Practice, 42},
	"keep_warm":     {Practice, 56},
	"protect_hour":  {Practice, 14},
	"hand_over":     {Talk, 14},

	// when no gap comes first
	"ask_step":    {Talk, 42},
	"collect_win": {Practice, 28},
}

// Actions are the two to four things that could be done about g, the person's
// own ideas first. It answers for any gap, also for one that the facts no
// longer show.
func Actions(g Gap, f Facts) []Action {
	b := &actionList{gap: g.ID}
	switch g.Kind {
	case Exposure:
		b.exposure(f)
	case Track:
		b.track(g, f)
	case Entry:
		b.entry(g, f)
	case Openings:
		b.openings(g, f)
	case Education:
		b.add("compare_programmes", g.Words)
		b.add("ask_funding", g.Words)
		b.add("schooling", g.Words)
	case Experience:
		b.experience(f)
	case Skill:
		b.add("practise", g.Words)
		b.add("skill_course", g.Words)
		b.add("skill_mentor", g.Words)
	case Certificate:
		b.add("ask_refund", g.Words)
		b.add("certificate", g.Words)
		b.add("compare_providers", g.Words)
	case Network:
		b.add("three_holders", "")
		b.add("meeting", "")
		b.add("keep_warm", "")
	case Balance:
		b.add("protect_hour", "")
		b.add("hand_over", "")
	case Information:
		b.information(g, f)
	}
	if len(b.list) < minActions { // a kind or a case of a newer version
		b.add("review_talk", "")
		b.add("mentor", "")
	}
	return b.list[:min(len(b.list), maxActions)]
}

// actionList collects the actions of one gap.
type actionList struct {
	gap  string
	list []Action
}

// add appends the action of a template; a second one of the same template gets
// its number into the id.
func (b *actionList) add(key, words string) {
	t := templates[key]
	id := b.gap + "/" + key
	if n := b.count(key); n > 0 {
		id += ":" + strconv.Itoa(n+1)
	}
	b.list = append(b.list, Action{ID: id, Gap: b.gap, Kind: t.kind, Template: key, Words: words, Days: t.days})
}

func (b *actionList) count(key string) int {
	n := 0
	for _, a := range b.list {
		if a.Template == key {
			n++
		}
	}
	return n
}

// ideas appends one action for each of the first n ideas.
func (b *actionList) ideas(words []string, n int) {
	for _, w := range words[:min(n, len(words))] {
		key := "idea"
		switch {
		case hasWord(w, classWords):
			key = "idea_class"
		case hasWord(w, talkWords):
			key = "idea_talk"
		}
		if len(strings.Fields(w)) < titleWords {
			key += "_brief"
		}
		b.add(key, w)
	}
}

// titleWords is from how many words on an idea says by itself what to do.
const titleWords = 3

// Words that tell how an idea is planned: a class has a start and a length, a
// talk has a date.
var (
	classWords = []string{"class", "classes", "course", "training", "diploma", "degree", "certificate", "certification", "evening school", "school", "study", "studies", "bootcamp", "apprenticeship"}
	talkWords  = []string{"ask", "talk", "speak", "tell", "meet", "call"}
)

func (b *actionList) exposure(f Facts) {
	ideas := f.list("closer")
	b.ideas(ideas, maxActions-1)
	b.add("ask_task", "")
	if len(b.list) < maxActions {
		b.add("shadow", "")
	}
	if len(b.list) < maxActions && !slices.ContainsFunc(ideas, func(w string) bool { return hasWord(w, classWords) }) {
		b.add("class", "")
	}
	if len(ideas) == 0 {
		b.add("volunteer", "")
	}
}

func (b *actionList) track(g Gap, f Facts) {
	switch g.About {
	case AboutBusiness:
		b.add("first_client", "")
		b.add("savings", "")
		b.add("contract_check", "")
		b.add("mentor_owner", "")
		return
	case AboutPosition:
		b.add("map_path", "")
		b.add("mentor", "")
		b.add("review_talk", "")
		return
	}
	if w := f.words("track_change"); w != "" {
		b.add("change_track", w)
	}
	b.add("ask_promoted", "")
	b.add("responsibility", "")
	b.add("review_talk", "")
	b.add("mentor", "")
}

func (b *actionList) entry(g Gap, f Facts) {
	if g.About == AboutReady {
		b.add("apply_wanted", strings.Join(f.list("wanted_jobs"), ", "))
	}
	lower := f.list("step_lower")
	for _, w := range lower[:min(2, len(lower))] {
		b.add(stepRole, w)
	}
	if len(lower) == 0 && g.About != AboutReady {
		b.add("list_lower", "")
	}
	if w := f.list("transfer"); len(w) > 0 {
		b.add("stories", strings.Join(w, ", "))
	}
	if w := f.words("differently"); w != "" {
		b.add("own_test", w)
	}
	b.add("read_ads", "")
	b.add("field_talks", "")
}

func (b *actionList) openings(g Gap, f Facts) {
	names := f.list("elsewhere_names")
	if g.About != AboutElsewhere && g.About != AboutNone {
		for _, w := range f.list("openings")[:min(1, len(f.list("openings")))] {
			b.add("ask_opening", w)
		}
	}
	if g.About == AboutTight || g.About == AboutRare {
		b.add("successor_talk", "")
	}
	switch {
	case len(names) > 0:
		b.add("contact_at", names[0])
		b.add("two_applications", strings.Join(names, ", "))
	case f.said("elsewhere", "near", "far"):
		b.add("follow_employers", "")
		b.add("two_applications", "")
	default:
		b.add("five_employers", "")
	}
	if g.About == AboutNone {
		b.add("map_path", "")
	}
	if g.About != AboutElsewhere {
		b.add("review_talk", "")
	} else {
		b.add("follow_employers", "")
	}
	b.unique()
}

func (b *actionList) experience(f Facts) {
	b.add("matching_work", "")
	if n := missingMonths(f); n > 0 {
		b.add("wait_years", f.words("years_need"))
		b.list[len(b.list)-1].Days = n * 365 / 12
	} else {
		b.add("find_years", "")
	}
	b.add("review_talk", "")
	b.add("volunteer", "")
}

func (b *actionList) information(g Gap, f Facts) {
	if findsOut(g.Words) {
		b.ideas([]string{g.Words}, 1)
	}
	switch g.About {
	case AboutTrack:
		if w := f.words("track_change"); w != "" {
			b.add("change_track", w)
		}
		b.add("ask_promoted", "")
		b.add("review_talk", "")
		b.add("mentor", "")
	case AboutOpenings:
		b.add("openings_page", "")
		b.add("review_talk", "")
	case AboutElsewhere:
		b.add("five_employers", "")
		b.add("ask_outside", "")
	case AboutEducation:
		b.add("find_schooling", "")
		b.add("ask_holder", "")
		b.add("read_ads", "")
	case AboutExperience:
		b.add("find_years", "")
		b.add("ask_holder", "")
		b.add("read_ads", "")
	case AboutSkills, AboutCertificates:
		b.add("ask_holder", "")
		b.add("read_ads", "")
	case AboutQualify:
		b.add("compare_ads", g.Words)
		b.add("ask_recruiter", "")
	default: // requirements
		b.add("read_ads", g.Words)
		b.add("ask_holder", "")
	}
}

// unique removes repeated actions.
func (b *actionList) unique() {
	seen := map[string]bool{}
	b.list = slices.DeleteFunc(b.list, func(a Action) bool {
		key := a.Template + "\x00" + a.Words
		dup := seen[key]
		seen[key] = true
		return dup
	})
}
