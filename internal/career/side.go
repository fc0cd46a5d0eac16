package career

import "waymark/internal/civil"

// Mentor is whom the person wants to ask how they got there.
type Mentor struct {
	Who     string     `cbor:"1,keyasint,omitempty"`
	Message string     `cbor:"2,keyasint,omitempty"` // the first message, as the person wrote it
	On      civil.Date `cbor:"3,keyasint,omitzero"`  // by when it shall be sent
}

// Contact is somebody, or a group, to keep in touch with.
type Contact struct {
	Who string `cbor:"1,keyasint"`
	How string `cbor:"2,keyasint,omitempty"`
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
// twice, only how to keep in touch is taken over.
func (p *Plan) AddContacts(contacts ...Contact) {
	for _, c := range contacts {
		known := false
		for i := range p.Network {
			if p.Network[i].Who == c.Who {
				p.Network[i].How, known = c.How, true
			}
		}
		if !known && c.Who != "" {
			p.Network = append(p.Network, c)
		}
	}
}
