package slackapp

import "strconv"

// Labels are the few words this package adds to messages by itself. The coach's
// own words come with the messages.
type Labels struct {
	Send     string             // the button below several choices
	PickOne  string             // the placeholder of a menu
	PickMany string             // the placeholder of a menu of several
	PickDate string             // the placeholder of a date picker
	More     func(n int) string // the last line of a list that was cut
	// Elsewhere stands below a reply to a command that does not fit there.
	Elsewhere string
	// Trimmed is the last line of a tab or a form that was cut.
	Trimmed string
	// Reached is the words of a meter that has none.
	Reached func(done, total int) string
	// NoForm answers a click or a command whose form could not be opened.
	NoForm string
	// Notice and Close are the title and the button of a reply to a click on
	// the coach's tab or in a form.
	Notice, Close string
	// Apology answers a command or a click that could not be handled.
	Apology string
}

// DefaultLabels are the English labels.
func DefaultLabels() Labels {
	return Labels{
		Send:      "Send",
		PickOne:   "Choose one",
		PickMany:  "Choose all that apply",
		PickDate:  "Pick a date",
		More:      func(n int) string { return "… and " + strconv.Itoa(n) + " more" },
		Elsewhere: "There is more than fits here. Ask me in our direct message to see all of it.",
		Trimmed:   "There is more than fits here. Ask me in our direct message to see all of it.",
		Reached:   func(done, total int) string { return strconv.Itoa(done) + " of " + strconv.Itoa(total) },
		NoForm:    "Sorry, I could not open the form in time. Please try once more.",
		Notice:    "Your coach",
		Close:     "Close",
		Apology:   "Sorry, that did not work just now. Please try again in a minute.",
	}
}

// SetLabels changes the words that are added to messages from now on; what is
// missing is that of DefaultLabels. It may be called at any time.
func (a *App) SetLabels(l Labels) {
	l = l.or(DefaultLabels())
	a.says.Store(&l)
}

func (a *App) labels() Labels { return *a.says.Load() }

// or fills what is missing in l from d.
func (l Labels) or(d Labels) Labels {
	pick := func(v *string, def string) {
		if *v == "" {
			*v = def
		}
	}
	pick(&l.Send, d.Send)
	pick(&l.PickOne, d.PickOne)
	pick(&l.PickMany, d.PickMany)
	pick(&l.PickDate, d.PickDate)
	pick(&l.Elsewhere, d.Elsewhere)
	pick(&l.Trimmed, d.Trimmed)
	pick(&l.NoForm, d.NoForm)
	pick(&l.Notice, d.Notice)
	pick(&l.Close, d.Close)
	pick(&l.Apology, d.Apology)
	if l.Reached == nil {
		l.Reached = d.Reached
	}
	if l.More == nil {
		l.More = d.More
	}
	return l
}
