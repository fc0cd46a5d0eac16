package timeline

import (
	"reflect"
	"strconv"
	"strings"

	"waymark/internal/civil"
)

// Labels are the words around a person's own. Those with braces are sentences
// with places: {n}, {title}, {date}, {done}, {of}, {day}, {month}, {year}.
type Labels struct {
	Heading string // above the picture
	Today   string
	Reviews string // name of the row of review dates
	Review  string // one of them, in the legend

	Done, Open, Next, Late string // the states, in the legend

	Goal      string // a goal without a name that can be drawn: {n}
	NextStep  string // below the heading: {title}, {date}
	NextOn    string // at a point: {date}
	LateSince string // at a point: {date}
	DueOn     string // at the end of a bar: {date}
	NoDate    string // at a bar without an end
	Count     string // of the steps of a goal: {done}, {of}
	AllDone   string
	NoGoals   string // instead of the bars
	OneMore   string // one goal has no room
	More      string // {n} goals have no room

	Day    string     // a day: {day}, {month}
	Month  string     // a month: {month}, {year}
	Date   string     // a day with its year: {day}, {month}, {year}
	Months [12]string // short names, January first

	AltToday   string // sentences and parts of the description: {date}
	AltGoal    string // {n}, {title}
	AltDue     string // {date}
	AltNoDate  string
	AltNextOn  string // a next step without words: {date}
	AltMore    string // {n} goals have no room
	AltOneMore string
	AltNext    string // {title}, {date}
	AltLate    string // {n}
	AltReviews string // {date}: one or more
}

// English are the labels used where none are given.
func English() Labels {
	return Labels{
		Heading: "Your plan",
		Today:   "Today",
		Reviews: "Reviews",
		Review:  "Review",

		Done: "Done", Open: "To do", Next: "Next", Late: "Late",

		Goal:      "Goal {n}",
		NextStep:  "Next: {title}, {date}",
		NextOn:    "Next {date}",
		LateSince: "Late {date}",
		DueOn:     "Due {date}",
		NoDate:    "No date yet",
		Count:     "{done} of {of} done",
		AllDone:   "All done",
		NoGoals:   "No goals for now.",
		OneMore:   "and 1 more goal",
		More:      "and {n} more goals",

		Day:    "{day} {month}",
		Month:  "{month} {year}",
		Date:   "{day} {month} {year}",
		Months: [12]string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},

		AltToday:   "Today is {date}.",
		AltGoal:    "Goal {n}: {title}",
		AltDue:     "due {date}",
		AltNoDate:  "no date yet",
		AltNextOn:  "next is {date}",
		AltMore:    "And {n} more goals.",
		AltOneMore: "And 1 more goal.",
		AltNext:    "next is {title}, {date}",
		AltLate:    "{n} late",
		AltReviews: "Reviews: {date}.",
	}
}

// filled has English in place of the labels that ok refuses.
func (l Labels) filled(ok func(string) bool) Labels {
	own, english := reflect.ValueOf(&l).Elem(), reflect.ValueOf(English())
	for i := range own.NumField() {
		if f := own.Field(i); f.Kind() == reflect.String && !ok(f.String()) {
			f.Set(english.Field(i))
		}
	}
	for _, name := range l.Months {
		if !ok(name) { // half of a calendar in another language helps nobody
			l.Months = English().Months
		}
	}
	return l
}

// drawable has English in place of labels that are empty or that the fonts
// cannot draw: a word in another language is better than a row of boxes.
func (l Labels) drawable() Labels {
	return l.filled(func(s string) bool { return s != "" && drawable(s) })
}

// written has English in place of labels that are empty.
func (l Labels) written() Labels {
	return l.filled(func(s string) bool { return s != "" })
}

// fill puts values into the places of a sentence: fill(s, "{n}", "2").
func fill(sentence string, places ...string) string {
	return strings.NewReplacer(places...).Replace(sentence)
}

func (l Labels) count(done, of int) string {
	return fill(l.Count, "{done}", strconv.Itoa(done), "{of}", strconv.Itoa(of))
}

// more counts the goals that have no room.
func more(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return fill(many, "{n}", strconv.Itoa(n))
}

// on writes d in the form of one of the labels Day, Month and Date.
func (l Labels) on(form string, d civil.Date) string {
	return fill(form, "{day}", strconv.Itoa(d.Day), "{month}", l.Months[d.Month-1], "{year}", strconv.Itoa(d.Year))
}
