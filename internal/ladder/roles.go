package ladder

import "strings"

// A word's weight says how much of a title's meaning it carries. What a person
// does weighs most ("nurse"), what nearly every field has weighs less
// ("manager"), and how far they are weighs least ("senior").
const (
	weightWork    = 1.0
	weightField   = 0.7 // project, quality: half a field, half a role
	weightRole    = 0.4
	weightHigh    = 0.5 // ranks that make a different job: chief, head
	weightRank    = 0.3
	weightUnknown = 0.5 // a word that no ladder has: an employer, a place, a speciality
	weightAside   = 0.3 // any word before a trade that stays itself with any word before it
	weightSmall   = 0.2 // certified, licensed
)

// ranks are the words that say how far somebody is, by how far.
var ranks = func() map[string]float64 {
	m := map[string]float64{}
	for words, rank := range map[string]float64{
		"intern internship trainee apprentice cadet": -2,
		"graduate":                     -1.5,
		"junior entry beginner":        -1,
		"senior experienced":           1,
		"principal":                    2,
		"lead foreman chargehand":      2,
		"deputy":                       2.5,
		"head chief vp president":      4,
		"founder owner own proprietor": 5,
	} {
		for w := range strings.FieldsSeq(words) {
			m[canonical(w)] = rank
		}
	}
	return m
}()

// roles are nouns that many fields share, so that they do not tell the field.
// Those with a rank are compared by it, the others by kin.
var roles = func() map[string]float64 {
	m := map[string]float64{}
	for w := range set(`assistant associate officer executive specialist coordinator clerk worker operator operative
		technician engineer analyst consultant advisor representative agent attendant administrator admin planner
		designer trainer instructor inspector controller architect scientist therapist handler expert professional
		generalist practitioner helper member crew staff employee personnel team level service services job
		student guy girl man lad woman person people department group unit section national regional international local
		global area business general project program product quality operations technical commercial corporate digital
		field support development management center company office professional`) {
		m[w] = 0
	}
	for words, rank := range map[string]float64{"supervisor superintendent": 2, "manager": 3, "director": 4} {
		for w := range strings.FieldsSeq(words) {
			m[canonical(w)] = rank
		}
	}
	return m
}()

// fields are the words among the roles that do say a little about the work.
var fields = set(`business project program product quality operations technical commercial corporate digital field
	support development service management center office designer architect scientist therapist trainer instructor
	planner inspector admin`)

// small are words that add next to nothing.
var small = set(`registered certified chartered qualified licensed accredited accomplished self employed freelance
	independent contract temporary permanent remote mobile local main overall various professional small big large new busy`)

// weight is how much a word of the ladders carries.
func weight(w string) float64 {
	if r, ok := ranks[w]; ok {
		if r >= 4 {
			return weightHigh
		}
		return weightRank
	}
	switch {
	case small[w]:
		return weightSmall
	case fields[w]:
		return weightField
	}
	if _, ok := roles[w]; ok {
		return weightRole
	}
	return weightWork
}

// rank is how far a word says that somebody is.
func rank(w string) (float64, bool) {
	if r, ok := ranks[w]; ok {
		return r, true
	}
	r := roles[w]
	return r, r != 0
}

// trades are what somebody is whatever word comes before: a "pediatric nurse" is
// a nurse, while a "bench hand" is no hand.
var trades = set(`nurse lawyer solicitor attorney accountant teacher cook chef waiter waitress bartender barista cashier
	electrician plumber carpenter joiner welder bricklayer plasterer roofer secretary receptionist bookkeeper cleaner
	photographer journalist reporter translator dentist pharmacist midwife physiotherapist paramedic recruiter surgeon
	lecturer professor tutor librarian salesman gardener hairdresser barber baker butcher tailor
	courier firefighter veterinarian psychologist carer caregiver nanny paralegal underwriter actuary ceo`)

// wide are trades that a word of another trade does change, but not a name: a
// "DPD driver" is a driver, a "training developer" writes no software.
var wide = set("doctor physician driver developer programmer analyst guard")

// tellsWork reports whether a word says what somebody does, or at least in which
// field: it can find a rung by itself.
func tellsWork(w string) bool {
	_, role := roles[w]
	_, ranked := ranks[w]
	return (!role || fields[w]) && !ranked && !small[w]
}
