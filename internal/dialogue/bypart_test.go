package dialogue

import "testing"

func TestPartOfALabel(t *testing.T) {
	offered := []Picked{
		{ID: "money", Label: "A skill to learn: pricing"},
		{ID: "clients", Label: "A skill to learn: finding clients"},
		{ID: "paper", Label: "A certificate to get: WSET level 2"},
	}
	for _, c := range []struct{ rule, part, want string }{
		{"a word that one label has", "pricing", "money"},
		{"several words", "WSET level 2", "paper"},
		{"with an article and \"one\"", "the finding clients one", "clients"},
		{"words that two labels have", "a skill to learn", ""},
		{"words that none has", "the weather", ""},
		{"half a word", "price", ""},
		{"too short to mean one", "a", ""},
	} {
		if got := onlyWith(offered, c.part); got != c.want {
			t.Errorf("%s: onlyWith(%q) = %q, want %q", c.rule, c.part, got, c.want)
		}
	}
}

func TestReadMultiLosesNothing(t *testing.T) {
	offered := []Picked{{ID: "a", Label: "Time"}, {ID: "b", Label: "A skill to learn: pricing"}, {ID: "own:x", Label: "see a clinic", Own: true}, {ID: "own:y", Label: "ask Bo", Own: true}}
	for _, c := range []struct {
		rule, text string
		own        bool
		ok         bool
		choices    int
	}{
		{"a number and a part of a label", "1, pricing", false, true, 2},
		{"a name that fits none is asked for", "1 and the weather", false, false, 0},
		{"a longer remark is no name", "1, since that is the hardest for me", false, true, 1},
		{"a number beyond the list", "1 and 9", false, false, 0},
		{"a number beyond the list is no entry of one's own", "9", true, false, 0},
		{"everything of one's own", "all of my own 2 and the pricing one", true, true, 3},
		{"everything of one's own, alone", "all my own ones", false, true, 2},
		{"own words are kept", "1, call my aunt", true, true, 2},
	} {
		r := readMulti(&Step{Kind: Multi, Own: c.own}, offered, c.text)
		if ok := r.outcome == understood; ok != c.ok || len(r.value.Choices) != c.choices {
			t.Errorf("%s: %q understood %v with %d choices, want %v with %d", c.rule, c.text, ok, len(r.value.Choices), c.ok, c.choices)
		}
	}
}

func TestYesAndNoIsPartly(t *testing.T) {
	s := &Step{Kind: Choice}
	offered := []Picked{{ID: "yes", Label: "Yes"}, {ID: "partly", Label: "Partly"}, {ID: "no", Label: "No"}}
	for text, want := range map[string]string{"yes and no": "partly", "yes": "yes", "not really": "no", "kind of": "partly"} {
		if r := readChoice(s, offered, text); len(r.value.Choices) != 1 || r.value.Choices[0].ID != want {
			t.Errorf("%q read as %v, want %s", text, r.value.Choices, want)
		}
	}
}
