package chat

// Page is the coach's own tab, which a person opens when they like: the same for
// every look until it is published again.
type Page struct {
	// Blocks are shown top to bottom. Blocks of the kind Buttons act in place.
	Blocks []Block `cbor:"1,keyasint,omitempty"`
}

// Form is a dialog that a person fills in and sends, shown above everything else.
type Form struct {
	// Name tells forms apart; it comes back in Event.Action.
	Name string
	// Meta comes back in Event.Meta, at most 2,000 bytes: which goal, which
	// version of it. Nothing a person wrote belongs in it.
	Meta string
	// Title is at most 24 characters, Send and Cancel likewise. Without Send the
	// form only shows something, and its one button is Cancel.
	Title, Send, Cancel string
	Fields              []Field
}

// FieldKind says how a field is filled in.
type FieldKind int

const (
	// Line is one line of text, Lines are several.
	Line FieldKind = iota
	Lines
	// Date is a day, 2006-01-02.
	Date
	// Pick is one of Choices, shown as a menu; Radio is the same, all of them in
	// sight; Picks are any number of them.
	Pick
	Radio
	Picks
	// Number is a decimal number with Min and Max where these are set.
	Number
	// Shown is no field: Block is shown between the others.
	Shown
)

// Field is one entry of a form.
type Field struct {
	// Name is the key in Event.Form and Reply.FormErrors, unique in its form.
	Name  string
	Kind  FieldKind
	Label string
	// Hint is small print below the field.
	Hint string
	// Placeholder stands in an empty field.
	Placeholder string
	// Value is what the field starts with: text, date, number, or the values of
	// the choices picked. Where a form takes the place of another it counts as
	// well: what was filled in so far (Event.Form) stays only if it is put here.
	Value []string
	// Choices are for Pick, Radio and Picks.
	Choices []Choice
	// Optional fields may stay empty.
	Optional bool
	// MaxLength bounds Line and Lines in characters; 0 = as much as the platform
	// takes.
	MaxLength int
	// Min and Max bound Number when Max > Min.
	Min, Max int
	// Block is for Shown. Blocks of the kind Buttons send a Click with
	// Event.View set and Event.Form filled.
	Block Block
}
