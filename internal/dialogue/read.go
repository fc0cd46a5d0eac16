package dialogue

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"waymark/internal/civil"
	"waymark/internal/reading"
)

// outcome says how well a text could be read as the answer to a step.
type outcome int

const (
	unclear outcome = iota
	understood
	several       // several readings; ask which
	past          // a deadline that has passed
	needsBirthday // "before I turn 30", and the birthday is not known
	outOfRange    // a number outside the scale
	tooFew        // fewer choices than asked for
	tooMany       // more choices than asked for
	noneKnown     // "I don't know", where no choice stands for that
	asksBack      // a question about rules instead of an answer
	complains     // "I told you already"
)

// read is what a text says as the answer to a step.
type read struct {
	outcome outcome
	value   Value
	picks   []Value // for several
	also    *Also
	remark  string // said besides, and no part of the answer
}

// readAnswer reads text as the answer to a step with the choices offered.
func readAnswer(s *Step, offered []Picked, text string, in Input) read {
	clean := reading.Clean(text)
	if clean == "" {
		return read{}
	}
	if reading.Empty(clean) == reading.OnlyMarks {
		return read{} // "?!" says that the question was not understood
	}
	r := readKind(s, offered, clean, in)
	if r.outcome == unclear && dontKnow(clean) {
		if s.Kind == Choice {
			return read{outcome: noneKnown}
		}
		return read{outcome: understood, value: Value{Unsure: true}}
	}
	if r.outcome == understood {
		r.also = readAlso(s, clean, in)
	}
	return r
}

// dontKnow reports whether the whole text says "I don't know". "Maybe a nurse"
// is an answer.
func dontKnow(text string) bool {
	a, note := reading.YesNo(text)
	words := strings.Fields(strings.ToLower(text))
	if a != reading.Unsure || len(words) > 6 {
		return false
	}
	return note == "" || !slices.Contains([]string{"maybe", "perhaps", "possibly", "could", "might"}, strings.Trim(words[0], ",.…"))
}

// inWords reports whether text holds more than emoji (":tada:" is one) and
// punctuation.
func inWords(text string) bool { return reading.Empty(text) == reading.NotEmpty }

func readKind(s *Step, offered []Picked, text string, in Input) read {
	switch s.Kind {
	case Text:
		return readText(text)
	case Choice:
		return readChoice(s, offered, text)
	case Multi:
		return readMulti(s, offered, text)
	case Date:
		return readDate(s, text, in)
	case Duration:
		return readDuration(text, in.Now)
	case Number:
		if n, ok := reading.Number(text); ok {
			return read{outcome: understood, value: Value{Number: n, Text: text}}
		}
	case Hours:
		if v, ok := limitedHours(Value{}, text, in); ok {
			return read{outcome: understood, value: v}
		}
		if h, ok := reading.WeeklyHours(text); ok {
			if h < 0 || h > 100 {
				return read{outcome: outOfRange}
			}
			return read{outcome: understood, value: Value{Number: h, Text: text}}
		}
	case Scale:
		switch n, how := reading.Scale(text, 0, 10); how {
		case reading.ScaleOK:
			return read{outcome: understood, value: Value{Number: float64(n), Text: strconv.Itoa(n)}}
		case reading.ScaleOutOfRange:
			return read{outcome: outOfRange}
		}
	case List:
		return readList(s, text)
	}
	return read{}
}

func readText(text string) read {
	switch {
	case !inWords(text):
		return read{}
	case dontKnow(text), reading.UnsureAsking(text):
		return read{outcome: understood, value: Value{Unsure: true}}
	case reading.ToldAlready(text):
		return read{outcome: complains}
	case reading.AsksRules(text):
		return read{outcome: asksBack}
	}
	return read{outcome: understood, value: Value{Text: reading.WithoutNumber(text, 0)}}
}

func options(offered []Picked, s *Step) []reading.Option {
	var out []reading.Option
	for _, o := range offered {
		opt := reading.Option{ID: o.ID, Label: Unmark(o.Label)}
		if c, ok := s.choice(o.ID); ok {
			opt.Also = c.Also
		}
		out = append(out, opt)
	}
	return out
}

func picked(offered []Picked, id string) (Picked, bool) {
	for _, o := range offered {
		if o.ID == id {
			o.Note = ""
			return o, true
		}
	}
	return Picked{}, false
}

// readChoice takes a number, a label or other words for it; where yes and no
// are among the choices, everything that says yes or no.
func readChoice(s *Step, offered []Picked, text string) read {
	if id := yesNoID(text); id == "partly" { // "yes and no" is not the yes in it
		if p, ok := picked(offered, id); ok {
			return read{outcome: understood, value: Value{Choices: []Picked{p}, Text: text}}
		}
	}
	if c, ok := s.named(text, func(c ChoiceDef) bool { return c.Typed }); ok {
		return read{outcome: understood, value: Value{Choices: []Picked{{ID: c.ID, Label: c.Label}}, Text: text}}
	}
	if id, ok := reading.Choose(text, options(offered, s)); ok {
		p, _ := picked(offered, id)
		return read{outcome: understood, value: Value{Choices: []Picked{p}, Text: text}}
	}
	if hour, ok := reading.Hour(text); ok && s.Clock {
		p := Picked{ID: "h" + strconv.Itoa(hour), Label: fmt.Sprintf("%02d:00", hour)}
		return read{outcome: understood, value: Value{Choices: []Picked{p}, Text: text}}
	}
	if id := yesNoID(text); id != "" {
		if p, ok := picked(offered, id); ok {
			return read{outcome: understood, value: Value{Choices: []Picked{p}, Text: text}}
		}
	}
	if p, ok := picked(offered, firstNamed(s, offered, text)); ok {
		return read{outcome: understood, value: Value{Choices: []Picked{p}, Text: text}}
	}
	if s.From != "" && !s.Own {
		if p, ok := picked(offered, onlyWith(offered, text)); ok {
			return read{outcome: understood, value: Value{Choices: []Picked{p}, Text: text}}
		}
	}
	if s.Own && inWords(text) && strings.ContainsFunc(text, unicode.IsLetter) && !dontKnow(text) {
		return read{outcome: understood, value: Value{Choices: []Picked{ownEntry(reading.WithoutNumber(text, len(offered)+1))}, Text: text}}
	}
	return read{}
}

// firstNamed is the choice that a long answer opens with, "career, I want to …",
// "" for none.
func firstNamed(s *Step, offered []Picked, text string) string {
	at := clauseEnd.FindStringIndex(text)
	if at == nil || s.Own {
		return ""
	}
	head := strings.Trim(text[:at[0]], " ,;:.")
	if head == "" || len(strings.Fields(head)) > 4 || yesNoID(head) != "" {
		return ""
	}
	id, _ := reading.Choose(head, options(offered, s))
	return id
}

// named is the one of a step's choices, of those that are meant, whose label
// stands in the text.
func (s *Step) named(text string, meant func(ChoiceDef) bool) (found ChoiceDef, ok bool) {
	for _, c := range s.Choices {
		if meant(c) && slices.ContainsFunc(append([]string{c.Label}, c.Also...), func(w string) bool { return reading.Mentions(text, w) }) {
			if ok {
				return ChoiceDef{}, false
			}
			found, ok = c, true
		}
	}
	return found, ok
}

func yesNoID(text string) string {
	switch a, _ := reading.YesNo(text); a {
	case reading.Yes:
		return "yes"
	case reading.No:
		return "no"
	case reading.Partly:
		return "partly"
	case reading.Unsure:
		return "unsure"
	}
	return ""
}

func ownEntry(words string) Picked {
	return Picked{ID: "own:" + words, Label: Words(reading.Deed(words)), Own: true}
}

// add appends a choice unless it is there.
func (v *Value) add(p Picked) {
	if !slices.ContainsFunc(v.Choices, func(have Picked) bool { return have.ID == p.ID }) {
		v.Choices = append(v.Choices, p)
	}
}

// readMulti takes the choices that are named and, where own words are welcome,
// the rest as entries of the person's own.
func readMulti(s *Step, offered []Picked, text string) read {
	ids, rest, ok := reading.ChooseMany(text, options(offered, s))
	if !ok {
		if !inWords(text) || dontKnow(text) {
			return read{}
		}
		rest = reading.List(text)
	}
	if named, left := ownOnes(offered, rest); len(named) > 0 {
		ids, rest, ok = append(ids, named...), left, true
	}
	remark := ""
	if n := len(rest); n > 0 && (len(ids) > 0 || n > 1) && reading.Remark(rest[n-1]) {
		remark, rest = rest[n-1], rest[:n-1]
	}
	named, rest := byPart(offered, rest)
	ids = append(ids, named...)
	if slices.ContainsFunc(rest, func(r string) bool { return unnamed(s, r) }) {
		return read{} // part of it would be lost without a word
	}
	if !ok && len(ids) == 0 && !s.Own {
		return read{}
	}
	v := Value{Text: text}
	for _, id := range ids {
		if p, found := picked(offered, id); found {
			v.add(p)
		}
	}
	if s.Own {
		for _, r := range rest {
			v.add(ownEntry(reading.WithoutNumber(r, len(offered)+1)))
		}
	}
	if len(v.Choices) == 0 {
		v.Text = "" // "none": an answer without content
	}
	r := limits(s, v)
	r.remark = remark
	return r
}

// theirOwn is what somebody wrote themselves, "all of my own 3".
var theirOwn = regexp.MustCompile(`(?i)^\W*(?:(?:all|both|each)(?: of)? )?(?:my own|mine|my)(?: own)?(?: \w+)?(?: ones| goals)?\W*$`)

// ownOnes finds the part of an answer that means every entry of the person's own,
// and returns these with the other parts.
func ownOnes(offered []Picked, parts []string) (ids, rest []string) {
	for _, p := range parts {
		if !theirOwn.MatchString(p) || !reading.Mentions(p, "own") && !reading.Mentions(p, "mine") {
			rest = append(rest, p)
			continue
		}
		for _, o := range offered {
			if o.Own {
				ids = append(ids, o.ID)
			}
		}
	}
	return ids, rest
}

// unnamed reports whether a part of an answer seems to mean a choice that is not
// there: a number beyond the list, or, where own words are no answer, a name of
// a few words that fits none.
func unnamed(s *Step, part string) bool {
	if !strings.ContainsFunc(part, unicode.IsLetter) {
		return strings.ContainsFunc(part, unicode.IsDigit)
	}
	return !s.Own && len(strings.Fields(part)) < longRemark
}

// longRemark is from how many words on a part is a remark beside the choice,
// such as "those are the hardest for me".
const longRemark = 5

// limits holds the number of choices against what the step asks for.
func limits(s *Step, v Value) read {
	switch {
	case len(v.Choices) < s.Min:
		return read{outcome: tooFew}
	case s.Max > 0 && len(v.Choices) > s.Max:
		return read{outcome: tooMany}
	}
	return read{outcome: understood, value: v}
}

func readDate(s *Step, text string, in Input) read {
	toward := reading.Future
	if s.Toward == "past" {
		toward = reading.Past
	}
	span, ok := reading.Deadline(text, reading.DateOptions{Now: in.Now, Toward: toward, DayFirst: in.DayFirst, BareDuration: true, Birthday: in.Birthday})
	switch {
	case !ok && span.Problem == reading.NeedsBirthday:
		return read{outcome: needsBirthday}
	case !ok:
		return read{}
	case len(span.Ambiguous) > 0:
		r := read{outcome: several}
		for _, a := range span.Ambiguous {
			if toward == reading.Future && a.Latest.Before(civil.Of(in.Now)) {
				continue
			}
			r.picks = append(r.picks, Value{Date: lastDay(a, civil.Of(in.Now)), Text: text})
		}
		if len(r.picks) == 0 {
			return read{outcome: past, value: Value{Date: span.Latest}}
		}
		return r
	case span.Past && toward == reading.Future:
		return read{outcome: past, value: Value{Date: span.Latest}}
	case s.First && heldOn(span, text):
		return read{}
	}
	day, today := span.Latest, civil.Of(in.Now)
	switch {
	case toward == reading.Past:
	case s.First && !span.Earliest.Before(today):
		day = firstDay(span)
	default:
		day = lastDay(span, today)
	}
	return read{outcome: understood, value: Value{Date: day, Text: text}}
}

// lastDay is the day a deadline means. One that was given loosely, "mid March",
// ends on a working day; a day that was named stays what it is.
func lastDay(s reading.Span, today civil.Date) civil.Date {
	if s.Precision == reading.Day {
		return s.Latest
	}
	d := s.Latest
	for weekend(d) {
		d = d.AddDays(-1)
	}
	if d.Before(today) {
		return s.Latest
	}
	return d
}

// firstDay is the day a beginning means: of a loose one its first working day.
func firstDay(s reading.Span) civil.Date {
	if s.Precision == reading.Day {
		return s.Earliest
	}
	d := s.Earliest
	for weekend(d) {
		d = d.AddDays(1)
	}
	if d.After(s.Latest) && s.Latest != s.Earliest {
		return s.Earliest
	}
	return d
}

func weekend(d civil.Date) bool {
	return d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
}

// heldOn reports whether the weekday found in a sentence is more likely the one
// on which a course is held than the one on which it begins.
func heldOn(s reading.Span, text string) bool {
	if !s.Weekday || len(strings.Fields(text)) <= 3 {
		return false
	}
	for _, begins := range []string{"start", "starts", "starting", "begin", "begins", "beginning", "first", "from", "could", "can"} {
		if reading.Mentions(text, begins) {
			return false
		}
	}
	return true
}

// maxMonths is the longest time that can be meant: a hundred years.
const maxMonths = 1200

func readDuration(text string, now time.Time) read {
	d, needUnit, ok := reading.ReadDuration(text, now)
	months := d.Months
	if months == 0 && d.Days > 0 {
		months = max(1, (d.Days+15)/30)
	}
	switch n := d.Number; {
	case ok && (months < 0 || months > maxMonths), needUnit && (n < 0 || n > maxMonths):
		return read{outcome: outOfRange}
	case ok && d.OrNone:
		return read{outcome: several, picks: []Value{{Text: "none"}, {Months: months, Text: text}}}
	case ok, needUnit && n == 0:
		if zero := zeroTime.FindString(text); zero != "" && months == 0 {
			text = zero
		}
		return read{outcome: understood, value: Value{Months: months, Text: text}}
	case needUnit:
		r := read{outcome: several, picks: []Value{{Months: int(n), Text: text}}}
		if n*12 <= maxMonths {
			r.picks = append(r.picks, Value{Months: int(n * 12), Text: text})
		}
		return r
	}
	if a, _ := reading.YesNo(text); a == reading.No || !dontKnow(text) && inWords(text) && len(reading.List(text)) == 0 {
		return read{outcome: understood, value: Value{Text: text}} // "none", "not yet"
	}
	return read{}
}

func readList(s *Step, text string) read {
	switch {
	case !inWords(text):
		return read{}
	case dontKnow(text), reading.UnsureAsking(text):
		return read{outcome: understood, value: Value{Unsure: true}}
	case reading.AsksRules(text):
		return read{outcome: asksBack}
	}
	items := reading.List(text)
	switch {
	case s.Max > 0 && len(items) > s.Max:
		return read{outcome: tooMany}
	case len(items) == 0:
		return read{outcome: understood} // "none yet": an answer without content
	}
	return read{outcome: understood, value: Value{List: items, Text: text}}
}

// readAlso looks for the second fact that a step may hold: "starts 11 January
// and takes 9 months".
func readAlso(s *Step, text string, in Input) *Also {
	if id := s.Also[Date]; id != "" {
		span, ok := reading.Deadline(text, reading.DateOptions{Now: in.Now, DayFirst: in.DayFirst})
		if ok && !span.Past && len(span.Ambiguous) == 0 && !heldOn(span, text) {
			on := lastDay(span, civil.Of(in.Now))
			if s.flow.byID[id].First {
				on = firstDay(span)
			}
			return &Also{Step: id, Value: Value{Date: on, Text: text}}
		}
	}
	if id := s.Also[Duration]; id != "" {
		if words := reading.DurationIn(text); words != "" {
			if r := readDuration(words, in.Now); r.outcome == understood && r.value.Months > 0 {
				return &Also{Step: id, Value: r.value}
			}
		}
	}
	if id := s.Also[Choice]; id != "" {
		if c, ok := s.flow.byID[id].named(text, func(ChoiceDef) bool { return true }); ok {
			return &Also{Step: id, Value: Value{Choices: []Picked{{ID: c.ID, Label: c.Label}}, Text: text}}
		}
	}
	return nil
}
