package coach

import (
	"waymark/internal/dialogue"
	"waymark/internal/ladder"
)

// Words are what the coach says and what it suggests.
type Words struct {
	Book *dialogue.Book
	// Ladders are what jobs and steps are suggested from; nil suggests nothing.
	Ladders *ladder.Ladders
}

// SetWords replaces what the coach says and suggests, from the next event and
// the next message on: an event that is being handled ends with the words it
// began with. Answers are kept under the ids of their questions, so a talk that
// is open goes on at the first question without an answer.
func (c *Coach) SetWords(w Words) {
	if w.Ladders == nil {
		w.Ladders = &ladder.Ladders{}
	}
	c.words.Store(&w)
}

// awayFrom is the coach as it speaks to somebody: to one whose boss shouts at
// them it proposes other people to talk with.
func (c *Coach) awayFrom(p *Person) *Coach {
	if c.away == p.Care.Away {
		return c
	}
	other := *c
	other.away = p.Care.Away
	return &other
}

// current is the coach with the words of now, to be used for one event or one
// delivery.
func (c *Coach) current() *Coach {
	w := c.words.Load()
	if w == nil || w.Book == c.book && w.Ladders == c.ladders {
		return c
	}
	now := *c
	now.book, now.ladders = w.Book, w.Ladders
	return &now
}
