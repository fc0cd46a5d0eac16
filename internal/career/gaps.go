package career

import (
	"slices"
	"strconv"
	"strings"

	"waymark/internal/civil"
)

// Limits on how many gaps are shown: more than a dozen is a wall, not a list.
const (
	maxGaps = 12
	minEach = 1 // skills and certificates left at least when the list is cut
)

// What an information gap is about, and the cases of other kinds that are said
// in different words.
const (
	AboutTrack        = "track"
	AboutRequirements = "requirements"
	AboutQualify      = "qualify"
	AboutOpenings     = "openings"
	AboutElsewhere    = "elsewhere"
	AboutEducation    = "education"
	AboutExperience   = "experience"
	AboutSkills       = "skills"
	AboutCertificates = "certificates"

	AboutTight    = "tight"    // openings: few and held for long, the red flag
	AboutNone     = "none"     // openings: no way up here
	AboutRare     = "rare"     // openings: they seldom come up
	AboutPosition = "position" // track: the kind of position is the limit, everywhere
	AboutBusiness = "business" // track: work of one's own, without an employer
	AboutReady    = "ready"    // entry: qualifies, but works in another field
	AboutEnergy   = "energy"   // balance: there are hours, and little energy
)

// TextKey names the text of the gap in prompts/: its kind, and for some cases
// "kind_about".
func (g Gap) TextKey() string {
	if g.About == "" {
		return string(g.Kind)
	}
	return string(g.Kind) + "_" + g.About
}

// Gaps are the differences between have and want that the answers show, the
// ones most in the way first, then in the order of the questions; at most
// twelve. Every gap names the answers it comes from.
func Gaps(f Facts) []Gap {
	b := &gapList{f: f}
	b.balance()
	b.entry()
	b.exposure()
	b.track()
	b.requirements()
	b.openings()
	b.elsewhere()
	b.education()
	b.experience()
	b.each(Skill, "skills")
	b.each(Certificate, "certificates")
	slices.SortStableFunc(b.list, func(x, y Gap) int { return int(y.Severity) - int(x.Severity) })
	b.cut()
	return b.list
}

// gapList collects gaps in the order of the questions.
type gapList struct {
	f    Facts
	list []Gap
}

// add appends a gap that comes from those of slots that were answered.
func (b *gapList) add(g Gap, slots ...string) {
	for _, s := range slots {
		if s != "" && b.f.Answered(s) {
			g.From = append(g.From, b.f.source(s))
		}
	}
	if g.ID == "" {
		g.ID = string(g.Kind)
	}
	b.list = append(b.list, g)
}

// unknown appends an information gap.
func (b *gapList) unknown(about string, s Severity, words string, slots ...string) {
	b.add(Gap{ID: string(Information) + ":" + about, Kind: Information, Severity: s, About: about, Words: words}, slots...)
}

// entry: another field, or not yet qualified for the jobs wanted in it. A
// person who qualifies today only has to apply.
func (b *gapList) entry() {
	f := b.f
	other, ready := f.said("same_field", "no"), f.said("qualify", "yes")
	if !other && !f.said("qualify", "no", "partly") {
		return
	}
	g := Gap{Kind: Entry, Severity: Blocking, Words: f.words("requirements")}
	if ready || f.said("qualify", "partly") {
		g.Severity = Slows
	}
	if ready {
		g.About = AboutReady
	}
	b.add(g, answered(other, "same_field"), "qualify", "requirements")
}

// exposure: the right field, but the work leads elsewhere.
func (b *gapList) exposure() {
	g := Gap{Kind: Exposure, Severity: Slows, Words: b.f.words("job")}
	switch {
	case b.f.said("stepping", "no", "partly"):
	case b.f.said("stepping", unsure):
		g.Severity = Nice
	default:
		return
	}
	b.add(g, "stepping", "closer")
}

// track: not on a path that people are promoted along, because of this job,
// because of the kind of position, or because the aim is a business of one's
// own.
func (b *gapList) track() {
	f := b.f
	off, position, business := f.said("track", "no"), f.said("elsewhere_same", "same"), ownBusiness(f)
	if f.said("track", unsure) {
		b.unknown(AboutTrack, Slows, f.words("track_change"), "track", "track_change")
	}
	if !off && !position && !business {
		return
	}
	g := Gap{Kind: Track, Severity: Slows}
	switch {
	case business:
		g.About, g.Words = AboutBusiness, f.words("target")
	case off:
		g.Words = f.words("track_change")
	default:
		g.About = AboutPosition
	}
	b.add(g, answered(business, "target"), answered(off, "track"), answered(off, "track_change"),
		answered(position, "elsewhere_same"))
}

// requirements: does not know what is asked, or whether it is enough.
func (b *gapList) requirements() {
	f := b.f
	none := f.Answered("wanted_jobs") && len(f.list("wanted_jobs")) == 0
	vague := []string{
		answered(none, "wanted_jobs"),
		answered(f.said("requirements", unsure), "requirements"),
		answered(f.said("skills", unsure), "skills"),
		answered(f.said("certificates", unsure), "certificates"),
	}
	if strings.Join(vague, "") != "" {
		s := Slows
		if none {
			s = Blocking
		}
		b.unknown(AboutRequirements, s, strings.Join(f.list("wanted_jobs"), ", "), vague...)
	}
	if f.said("qualify", unsure) {
		b.unknown(AboutQualify, Slows, strings.Join(f.list("wanted_jobs"), ", "), "qualify", "wanted_jobs")
	}
}

// openings: few ways up or none here, and choices elsewhere.
func (b *gapList) openings() {
	f := b.f
	tight, none, rare := narrow(f)
	near, better := f.said("elsewhere", "near", "far"), f.said("elsewhere_same", "better")
	g := Gap{Kind: Openings, Severity: Slows, Words: strings.Join(f.list("openings"), ", ")}
	switch {
	case tight:
		g.About = AboutTight
	case none && leaves(f): // no way up there is no loss for who goes elsewhere
		if near || better {
			g.About, g.Severity, g.Words = AboutElsewhere, Nice, strings.Join(f.list("elsewhere_names"), ", ")
		}
	case none:
		g.About = AboutNone
	case rare:
		g.About = AboutRare
	case near || better:
		g.About, g.Severity, g.Words = AboutElsewhere, Nice, strings.Join(f.list("elsewhere_names"), ", ")
	}
	if g.About != "" {
		b.add(g, answered(tight, "tight"), answered(none, "move_up"), answered(rare, "how_often"),
			answered(near, "elsewhere"), answered(better, "elsewhere_same"))
	}
	often, held := f.said("how_often", unsure), f.said("tight", unsure)
	switch up := f.said("move_up", unsure); {
	case tight || none || rare: // what is known of them says enough
	case up:
		b.unknown(AboutOpenings, Slows, "", "move_up", answered(often, "how_often"), answered(held, "tight"))
	case often || held:
		b.unknown(AboutOpenings, Nice, "", answered(often, "how_often"), answered(held, "tight"))
	}
}

// leaves reports whether the way leads out of where the person works now: into
// another field, or to work of their own.
func leaves(f Facts) bool { return f.said("same_field", "no") || ownBusiness(f) }

// narrow says in which ways the way up is narrow where the person works now.
func narrow(f Facts) (tight, none, rare bool) {
	return f.said("tight", "yes"), f.said("move_up", "no"), f.said("how_often", "rarely", "never")
}

// elsewhere: does not know how it is at other employers, or knows nobody there.
func (b *gapList) elsewhere() {
	f := b.f
	if f.said("elsewhere_same", unsure) || f.said("elsewhere", unsure) && !f.said("elsewhere_same", "same", "better") {
		s := Nice
		if tight, none, rare := narrow(f); tight || none || rare {
			s = Slows
		}
		b.unknown(AboutElsewhere, s, "", "elsewhere", "elsewhere_same")
	}
	if f.said("elsewhere", "near", "far") && f.Answered("elsewhere_names") && len(f.list("elsewhere_names")) == 0 {
		b.add(Gap{Kind: Network, Severity: Nice}, "elsewhere_names")
	}
}

// education: schooling that is missing; it bars the way only where the work
// needs a licence.
func (b *gapList) education() {
	f := b.f
	if f.said("education", unsure) {
		b.unknown(AboutEducation, Slows, "", "education")
	}
	if !f.said("education", "missing", "partly") {
		return
	}
	g := Gap{Kind: Education, Severity: Slows, Words: f.words("education_what")}
	if findsOut(g.Words) {
		b.unknown(AboutEducation, Slows, g.Words, "education", "education_what")
		return
	}
	if f.said("education", "missing") && licensed(f) {
		g.Severity = Blocking
	}
	b.add(g, "education", "education_what")
}

// experience: years, or the kind of work, that are still to come.
func (b *gapList) experience() {
	f := b.f
	if f.said("experience", unsure) {
		b.unknown(AboutExperience, Slows, "", "experience")
	}
	if !f.said("experience", "missing", "partly") {
		return
	}
	b.add(Gap{Kind: Experience, Severity: Slows, Words: f.words("years_need")}, "experience", "years_need", "years_have")
}

// missingMonths are the months of experience asked for and not yet had; 0 when
// it is not known.
func missingMonths(f Facts) int {
	if !f.said("experience", "missing", "partly") || !f.Has("years_need") {
		return 0
	}
	need := min(f.Slots["years_need"].Months, maxMonths)
	if f.Has("years_have") {
		need -= max(0, f.Slots["years_have"].Months)
	}
	return max(0, need)
}

// each: one gap for each entry of a list.
func (b *gapList) each(kind GapKind, slot string) {
	for i, w := range b.f.list(slot) {
		if findsOut(w) { // something to do, and no name
			b.unknown(slot, Slows, w, slot)
			continue
		}
		g := Gap{ID: string(kind) + ":" + strconv.Itoa(i+1), Kind: kind, Severity: Slows, Words: w}
		if kind == Certificate && hasWord(w, licenceWords) {
			g.Severity = Blocking
		}
		b.add(g, slot)
	}
}

// balance: no hour left, or no energy. It comes first, as everything else needs
// both.
func (b *gapList) balance() {
	energy, known := b.f.reading("energy_level", civil.Date{})
	low := known && energy.N <= lowEnergy
	none := WeeklyHours(b.f) == 0
	g := Gap{Kind: Balance, Severity: Blocking}
	switch {
	case none:
	case low:
		g.About, g.Severity = AboutEnergy, Slows
	default:
		return
	}
	b.add(g, answered(none, "hours"), answered(low, "energy_level"))
}

// cut shortens the list to maxGaps: first the tail of the longer of the two
// lists a person can make long, then the least severe.
func (b *gapList) cut() {
	for len(b.list) > maxGaps {
		last, n := b.longest()
		if n <= minEach {
			last = len(b.list) - 1
		}
		b.list = slices.Delete(b.list, last, last+1)
	}
}

// longest is the last entry of the longer of skills and certificates, and how
// many there are of its kind.
func (b *gapList) longest() (last, n int) {
	at, count := map[GapKind]int{}, map[GapKind]int{}
	for i, g := range b.list {
		at[g.Kind] = i
		count[g.Kind]++
	}
	if count[Certificate] > count[Skill] {
		return at[Certificate], count[Certificate]
	}
	return at[Skill], count[Skill]
}

// findsOut reports whether an answer says that it has to be found out.
func findsOut(words string) bool {
	s := strings.ToLower(words) + " "
	for _, lead := range []string{"i ", "need to ", "have to ", "must ", "first ", "to "} {
		s = strings.TrimPrefix(s, lead)
	}
	for _, lead := range []string{"find out ", "look up ", "look into ", "check what ", "check which ", "ask what ", "ask which ", "research what ", "see what "} {
		if strings.HasPrefix(s, lead) {
			return true
		}
	}
	return false
}

// answered is slot if the answer to it counts for a gap, "" otherwise; no
// question has that name.
func answered(counts bool, slot string) string {
	if counts {
		return slot
	}
	return ""
}

// Words that tell work which may only be done with a licence. Rules differ by
// country, so they only make a gap more severe, never decide that there is one.
var (
	licenceWords  = []string{"licence", "license", "licensed", "licensing", "registration", "registered", "chartered", "bar exam", "state exam"}
	licensedWork  = []string{"nurse", "nursing", "midwife", "midwifery", "doctor", "physician", "surgeon", "dentist", "pharmacist", "paramedic", "physiotherapist", "psychotherapist", "psychologist", "veterinarian", "vet", "lawyer", "solicitor", "judge", "notary", "teacher", "architect", "pilot", "electrician", "social worker"}
	businessWords = []string{"own business", "own agency", "own company", "own firm", "own shop", "own studio", "own practice", "own restaurant", "own café", "own cafe", "freelance", "freelancer", "freelancing", "self-employed", "self employed", "start a business", "start a company", "start-up founder", "startup founder", "founder"}
)

// licensed reports whether the work aimed at seems to need a licence.
func licensed(f Facts) bool {
	for _, slot := range []string{"requirements", "education_what"} {
		if hasWord(f.words(slot), licenceWords) {
			return true
		}
	}
	return hasWord(f.words("target"), licensedWork) || hasWord(strings.Join(f.list("certificates"), " , "), licenceWords)
}

// ownBusiness reports whether the aim is to work without an employer.
func ownBusiness(f Facts) bool { return hasWord(f.words("target"), businessWords) }

// hasWord reports whether one of words, which are lower case, stands in s as a
// whole word, in any case.
func hasWord(s string, words []string) bool {
	s = " " + strings.Map(func(r rune) rune {
		if strings.ContainsRune(`.,;:!?()/"`, r) {
			return ' '
		}
		return r
	}, strings.ToLower(s)) + " "
	s = strings.ReplaceAll(s, "'s ", " ")
	for _, w := range words {
		if strings.Contains(s, " "+w+" ") || strings.Contains(s, " "+w+"s ") {
			return true
		}
	}
	return false
}
