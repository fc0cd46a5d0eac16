package career

import (
	"maps"
	"strings"
	"time"

	"waymark/internal/civil"
)

// Mentor is whom the person wants to ask how they got there.
type Mentor struct {
	Who     string     `cbor:"1,keyasint,omitempty"`
	Message string     `cbor:"2,keyasint,omitempty"` // the first message, as the person wrote it
	On      civil.Date `cbor:"3,keyasint,omitzero"`  // by when it shall be sent
}

// Contact is somebody, or a group, to keep in touch with.
type Contact struct {
	Who string     `cbor:"1,keyasint"`
	How string     `cbor:"2,keyasint,omitempty"`
	On  civil.Date `cbor:"3,keyasint,omitzero"` // when they were last in touch, or shall be next
}

// Rest is what a person protects so that the plan leaves them a life.
type Rest struct {
	Drains    string `cbor:"1,keyasint,omitempty"`
	Free      string `cbor:"2,keyasint,omitempty"` // what has to stay free
	Delegate  string `cbor:"3,keyasint,omitempty"` // what could be handed over, to whom
	Protected string `cbor:"4,keyasint,omitempty"` // the hour that is kept
	IfThen    string `cbor:"5,keyasint,omitempty"`
}

// PayLines are what makes up pay, besides the number on the contract.
var PayLines = []string{"pay", "retirement", "health", "leave", "flexibility", "hours", "commute"}

// Pay holds what a person has against an offer, by PayLines, in their words.
type Pay struct {
	Now   map[string]string `cbor:"1,keyasint,omitempty"`
	Offer map[string]string `cbor:"2,keyasint,omitempty"`
}

// AddContacts puts people into the network; who is in it already is not put in
// twice, only how to keep in touch and when is taken over.
func (p *Plan) AddContacts(contacts ...Contact) {
	for _, c := range contacts {
		known := false
		for i := range p.Network {
			if have := &p.Network[i]; strings.EqualFold(have.Who, c.Who) {
				known = true
				if c.How != "" {
					have.How = c.How
				}
				if !c.On.IsZero() {
					have.On = c.On
				}
			}
		}
		if !known && c.Who != "" {
			p.Network = append(p.Network, c)
		}
	}
}

// WinKinds are the kinds of things a career is made of, for Win.Kind.
var WinKinds = []string{"accomplishment", "job", "certificate", "contribution", "research", "work"}

// keepSide takes over from had what no answer of the talk that makes the plan
// can bring: wins, readings, the list, and what side talks have brought.
func (p *Plan) keepSide(had Plan) {
	p.Wins, p.NextID = had.Wins, max(had.NextID, p.NextID)
	p.Mentor, p.Network, p.Rest, p.Pay = had.Mentor, had.Network, had.Rest, had.Pay
	p.Closeness = keepReadings(p.Closeness, had.Closeness)
	p.Energy = keepReadings(p.Energy, had.Energy)
	p.keepTodos(had.List)
	p.KeepOwn(had)
}

// Suits makes the plan that of a person whom the job suits: nothing to work on
// and no reminders. What they have written down besides the plan stays.
func (p *Plan) Suits(draft Plan, now time.Time) {
	had := *p
	*p = clone(draft)
	p.keepSide(had)
	p.Content, p.Confirmed = true, now.UTC()
}

func (p Pay) clone() Pay { return Pay{Now: maps.Clone(p.Now), Offer: maps.Clone(p.Offer)} }
