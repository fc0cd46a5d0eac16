package coach

import (
	"time"

	"waymark/internal/career"
	"waymark/internal/chat"
	"waymark/internal/civil"
	"waymark/internal/dialogue"
	"waymark/internal/reminder"
	"waymark/internal/store"
)

// Person is everything the coach keeps about one person: one document.
type Person struct {
	Name      string            `cbor:"1,keyasint,omitempty"`
	Locale    string            `cbor:"2,keyasint,omitempty"`
	Channel   string            `cbor:"3,keyasint,omitempty"` // their DM with the coach
	Dialogue  dialogue.State    `cbor:"4,keyasint"`
	Plan      career.Plan       `cbor:"5,keyasint"`
	Settings  reminder.Settings `cbor:"6,keyasint"` // holds the zone
	Reminders reminder.State    `cbor:"7,keyasint"`
	// Wake is when the wake index has them; zero = not at all.
	Wake time.Time `cbor:"8,keyasint,omitzero"`
	// Rows numbers outbox rows, Flows numbers flow instances.
	Rows  uint64 `cbor:"9,keyasint,omitempty"`
	Flows int    `cbor:"10,keyasint,omitempty"`
	// Seen are the events of the last day.
	Seen    seen      `cbor:"11,keyasint,omitempty"`
	Replies []Replied `cbor:"21,keyasint,omitempty"`
	// Screens are the messages that still have something to tap, oldest first.
	Screens []Screen `cbor:"12,keyasint,omitempty"`
	// Notes are words that were no answer to anything; they are kept all the same.
	Notes []Note `cbor:"13,keyasint,omitempty"`
	// First is the instance of the talk that the plan comes from.
	First dialogue.Frame `cbor:"14,keyasint,omitzero"`
	// Offered are the differences that wait for a yes.
	Offered []career.Difference `cbor:"15,keyasint,omitempty"`
	// ZoneAt is when the zone was last confirmed by the platform.
	ZoneAt time.Time `cbor:"16,keyasint,omitzero"`
	Met    time.Time `cbor:"17,keyasint,omitzero"`
	// Crisis says that planning and reminders rest until the person says so.
	Crisis bool `cbor:"18,keyasint,omitempty"`
	// Month and Rechecked are when the last monthly check-in and the last new
	// look at the gaps were.
	Month     civil.Date `cbor:"23,keyasint,omitzero"`
	Rechecked civil.Date `cbor:"24,keyasint,omitzero"`
	// Birthday is known when the person has told it, for "before I turn 30".
	Birthday civil.Date `cbor:"25,keyasint,omitzero"`
	// Home is what is kept about the coach's tab.
	Home Home `cbor:"26,keyasint,omitzero"`
	// Since is when somebody who had been deleted came back: what can be tapped
	// on older messages belongs to a record that is gone.
	Since time.Time `cbor:"27,keyasint,omitzero"`
	// ZoneOwn is the zone that the person chose over the platform's, which is
	// ZoneSeen then.
	ZoneOwn  string `cbor:"40,keyasint,omitempty"`
	ZoneSeen string `cbor:"41,keyasint,omitempty"`
	// Left is when their account was found switched off, zero = it is not; Back
	// is the day of that while they have not been told that all is still there.
	Left time.Time  `cbor:"42,keyasint,omitzero"`
	Back civil.Date `cbor:"43,keyasint,omitzero"`
	// LastStep is the step that a check-in has put into the plan last, so that it
	// can be taken back in a word.
	LastStep string `cbor:"45,keyasint,omitempty"`
	// Care is how they are met when it is hard for them.
	Care Care `cbor:"50,keyasint,omitzero"`
	// Stopped says that they wanted to hear nothing more: what they write since
	// turns no reminder on, until they go on with a talk.
	Stopped bool `cbor:"51,keyasint,omitempty"`
	// Short says that the first talk leaves out what a small plan can do without.
	Short bool `cbor:"52,keyasint,omitempty"`
	// Unmet is nil for everybody who has ever spoken.
	Unmet *Unmet `cbor:"61,keyasint,omitempty"`
	// Edit is a change of the plan that was asked for in words and waits for a yes.
	Edit *Edit `cbor:"80,keyasint,omitempty"`
	// Called is what they want to be called, "" = as the platform has it.
	Called string `cbor:"81,keyasint,omitempty"`
	// Unwanted are gaps that they took off the plan.
	Unwanted []Unwanted `cbor:"82,keyasint,omitempty"`
	// WinAt is when the last win was logged, to know its repeat.
	WinAt time.Time `cbor:"20,keyasint,omitzero"`
}

// Screen is a message of ours that can still be tapped.
type Screen struct {
	ID      string       `cbor:"1,keyasint"` // outbox id
	Message chat.Message `cbor:"2,keyasint"` // without what can be tapped
	// Question says that it belongs to the question on screen; otherwise it is
	// a reminder, and Keys are the occurrences it is about.
	Question bool     `cbor:"3,keyasint,omitempty"`
	Keys     []string `cbor:"4,keyasint,omitempty"`
}

// Note is something a person wrote that answered nothing.
type Note struct {
	At   time.Time `cbor:"1,keyasint"`
	Text string    `cbor:"2,keyasint"`
	// Asked says that it was a question to the coach, which answered it: it is kept
	// but not shown among the notes.
	Asked bool `cbor:"3,keyasint,omitempty"`
	// Private says that it was written in distress: it is kept for the person and
	// never listed.
	Private bool `cbor:"4,keyasint,omitempty"`
}

// maxScreens is how many messages can be tapped at a time.
const maxScreens = 8

// zone is the person's time zone, UTC while it is not known.
func (p *Person) zone() *time.Location { return p.Settings.Location() }

// Migrations lift records of older versions, see store.Options.
//
// Version 0 kept the zone beside the name instead of in the settings.
func Migrations() []store.Migration {
	return []store.Migration{
		func(r map[uint64]any) error {
			zone, ok := r[19]
			if !ok {
				return nil
			}
			delete(r, 19)
			settings, _ := r[6].(map[any]any)
			if settings == nil {
				settings = map[any]any{}
			}
			settings[uint64(1)] = zone
			r[6] = settings
			return nil
		},
	}
}
