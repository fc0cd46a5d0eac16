package slackapp

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/slack-go/slack"

	"waymark/internal/chat"
	"waymark/internal/workspace/blockkit"
)

// checked is a view as Slack gets it; what the workspace, which knows Slack's
// rules on its own account, would refuse fails the test.
func checked(t *testing.T, view any) string {
	t.Helper()
	js, err := json.Marshal(view)
	if err != nil {
		t.Fatal(err)
	}
	var body blockkit.Block
	if err := json.Unmarshal(js, &body); err != nil {
		t.Fatal(err)
	}
	if len(js) > blockkit.MaxViewBytes {
		t.Errorf("view has %d bytes, allowed are %d", len(js), blockkit.MaxViewBytes)
	}
	for _, p := range blockkit.CheckView(body) {
		t.Errorf("Slack would refuse this view: %s", p)
	}
	return string(js)
}

// field is a form with one field.
func field(f chat.Field) chat.Form {
	if f.Name == "" {
		f.Name = "f"
	}
	if f.Label == "" {
		f.Label = "A field"
	}
	return chat.Form{Name: "goal", Title: "A form", Send: "Save", Cancel: "Cancel", Fields: []chat.Field{f}}
}

func TestFields(t *testing.T) {
	for _, tt := range []struct {
		name string
		f    chat.Field
		want []string
		not  string
	}{
		{"a line", chat.Field{Value: []string{"R&D <!channel>"}, MaxLength: 200, Placeholder: "Lead a team"},
			[]string{`"type":"plain_text_input"`, `"initial_value":"R\u0026D \u003c!channel\u003e"`, `"max_length":200`, `"text":"Lead a team"`}, "multiline"},
		{"lines", chat.Field{Kind: chat.Lines, Value: []string{"a", "b"}, Optional: true, Hint: "Small print."},
			[]string{`"multiline":true`, `"initial_value":"a\nb"`, `"optional":true`, `"hint":{"type":"plain_text","text":"Small print."`}, ""},
		{"what is there is not cut to a limit that came later", chat.Field{Value: []string{strings.Repeat("x", 300)}, MaxLength: 200}, []string{`"max_length":300`, strings.Repeat("x", 300)}, "…"},
		{"a date", chat.Field{Kind: chat.Date, Value: []string{"2027-03-01"}}, []string{`"type":"datepicker"`, `"initial_date":"2027-03-01"`, `"Pick a date"`}, ""},
		{"no date", chat.Field{Kind: chat.Date, Value: []string{"2027-02-30"}}, []string{`"type":"datepicker"`}, "initial_date"},
		{"a menu", chat.Field{Kind: chat.Pick, Choices: choices(3), Value: []string{"v2"}}, []string{`"type":"static_select"`, `"initial_option":{"text":{"type":"plain_text","text":"Choice 2","emoji":false},"value":"v2"`}, ""},
		{"a menu that starts with what it does not offer", chat.Field{Kind: chat.Pick, Choices: choices(3), Value: []string{"gone"}}, []string{`"type":"static_select"`}, "initial_option"},
		{"all in sight", chat.Field{Kind: chat.Radio, Choices: choices(3), Value: []string{"v1"}}, []string{`"type":"radio_buttons"`, `"initial_option"`}, ""},
		{"any number", chat.Field{Kind: chat.Picks, Choices: choices(3), Value: []string{"v3", "gone", "v1"}}, []string{`"type":"checkboxes"`, `"initial_options":[{"text":{"type":"plain_text","text":"Choice 1"`}, "gone"},
		{"any number, none yet", chat.Field{Kind: chat.Picks, Choices: choices(3)}, []string{`"type":"checkboxes"`}, "initial_options"},
		{"a number", chat.Field{Kind: chat.Number, Value: []string{"2.50"}, Min: -1, Max: 7}, []string{`"type":"number_input"`, `"is_decimal_allowed":true`, `"initial_value":"2.5"`, `"min_value":"-1"`, `"max_value":"7"`}, ""},
		{"a number without bounds", chat.Field{Kind: chat.Number, Value: []string{"1e3"}}, []string{`"initial_value":"1000"`}, "min_value"},
		{"a number out of bounds", chat.Field{Kind: chat.Number, Value: []string{"9"}, Max: 7}, []string{`"min_value":"0"`}, "initial_value"},
		{"no number", chat.Field{Kind: chat.Number, Value: []string{"NaN"}}, []string{`"type":"number_input"`}, "initial_value"},
		{"labels that begin alike", chat.Field{Kind: chat.Pick, Choices: []chat.Choice{
			{Value: "a", Label: strings.Repeat("x", 80) + "a"}, {Value: "b", Label: strings.Repeat("x", 80) + "b"}}}, []string{`"text":"1. xxx`, `"text":"2. xxx`}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			view, err := modal(field(tt.f), DefaultLabels())
			if err != nil {
				t.Fatal(err)
			}
			js := checked(t, view)
			for _, w := range tt.want {
				if !strings.Contains(js, w) {
					t.Errorf("%s lacks %s", js, w)
				}
			}
			if tt.not != "" && strings.Contains(js, tt.not) {
				t.Errorf("%s holds %s", js, tt.not)
			}
		})
	}
}

// At each edge: the last value that is shown whole, and the first that is not.
func TestFormLimitEdges(t *testing.T) {
	x := func(n int) string { return strings.Repeat("x", n) }
	cut := func(n int) string { return `"` + x(n-1) + `…"` }
	many := func(n int, b chat.Block) (f chat.Form) {
		f = chat.Form{Name: "f", Title: "A form", Cancel: "Close"}
		for range n {
			f.Fields = append(f.Fields, chat.Field{Kind: chat.Shown, Block: b})
		}
		return f
	}
	for _, tt := range []struct {
		name    string
		f       func(n int) chat.Form
		edge    int
		within  string
		outside string // "" = refused
	}{
		{"title", func(n int) chat.Form { f := field(chat.Field{}); f.Title = x(n); return f }, maxTitle, `"` + x(maxTitle) + `"`, cut(maxTitle)},
		{"send", func(n int) chat.Form { f := field(chat.Field{}); f.Send = x(n); return f }, maxTitle, `"` + x(maxTitle) + `"`, cut(maxTitle)},
		{"cancel", func(n int) chat.Form { f := field(chat.Field{}); f.Cancel = x(n); return f }, maxTitle, `"` + x(maxTitle) + `"`, cut(maxTitle)},
		{"form name", func(n int) chat.Form { f := field(chat.Field{}); f.Name = x(n); return f }, maxID, x(maxID), ""},
		{"meta", func(n int) chat.Form { f := field(chat.Field{}); f.Meta = x(n); return f }, maxMetadata, x(maxMetadata), ""},
		{"field name", func(n int) chat.Form { return field(chat.Field{Name: x(n)}) }, maxID, x(maxID), ""},
		{"label", func(n int) chat.Form { return field(chat.Field{Label: x(n)}) }, maxLabel, x(maxLabel), cut(maxLabel)},
		{"hint", func(n int) chat.Form { return field(chat.Field{Hint: x(n)}) }, maxHint, x(maxHint), cut(maxHint)},
		{"placeholder", func(n int) chat.Form { return field(chat.Field{Placeholder: x(n)}) }, maxPlaceholder, x(maxPlaceholder), cut(maxPlaceholder)},
		{"text", func(n int) chat.Form { return field(chat.Field{Value: []string{x(n)}}) }, maxInput, x(maxInput), cut(maxInput)},
		{"length of a text", func(n int) chat.Form { return field(chat.Field{MaxLength: n}) }, maxInput, `"max_length":3000`, `"max_length":3000`},
		{"options", func(n int) chat.Form { return field(chat.Field{Kind: chat.Pick, Choices: choices(n)}) }, maxOptions, `"v100"`, ""},
		{"option value", func(n int) chat.Form {
			return field(chat.Field{Kind: chat.Pick, Choices: []chat.Choice{{Value: x(n), Label: "l"}}})
		}, maxOptionValue, x(maxOptionValue), ""},
		{"options in sight", func(n int) chat.Form { return field(chat.Field{Kind: chat.Radio, Choices: choices(n)}) }, maxRadios, `"radio_buttons"`, `"static_select"`},
		{"boxes", func(n int) chat.Form { return field(chat.Field{Kind: chat.Picks, Choices: choices(n)}) }, maxCheckboxes, `"checkboxes"`, `"multi_static_select"`},
		{"blocks", func(n int) chat.Form { return many(n, chat.Para(chat.T("Step"))) }, maxViewBlocks, "Step", ""},
		{"row's value", func(n int) chat.Form {
			return many(1, chat.Block{Kind: chat.Buttons, Choices: []chat.Choice{{Value: x(n), Label: "l"}}})
		}, maxButtonValue, x(maxButtonValue), ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			view, err := modal(tt.f(tt.edge), DefaultLabels())
			if err != nil {
				t.Fatalf("at %d: %v", tt.edge, err)
			}
			if js := checked(t, view); !strings.Contains(js, tt.within) {
				t.Errorf("at %d: %.300s, want %.100s", tt.edge, js, tt.within)
			}
			view, err = modal(tt.f(tt.edge+1), DefaultLabels())
			if tt.outside == "" {
				if !errors.Is(err, errInvalid) {
					t.Errorf("at %d: error %v, want errInvalid", tt.edge+1, err)
				}
				return
			}
			if err != nil {
				t.Fatalf("at %d: %v", tt.edge+1, err)
			}
			if js := checked(t, view); !strings.Contains(js, tt.outside) {
				t.Errorf("at %d: %.300s, want %.100s", tt.edge+1, js, tt.outside)
			}
		})
	}
}

func TestFormsThatCannotBe(t *testing.T) {
	shown := chat.Field{Kind: chat.Shown, Block: chat.Para(chat.T(strings.Repeat("x", 3000)))}
	for name, f := range map[string]chat.Form{
		"no title":              {Name: "f", Send: "Save"},
		"fields, nothing sends": {Name: "f", Title: "T", Fields: []chat.Field{{Name: "a", Label: "A"}}},
		"two fields of a name":  {Name: "f", Title: "T", Send: "Save", Fields: []chat.Field{{Name: "a", Label: "A"}, {Name: "a", Label: "B"}}},
		"a field without name":  {Name: "f", Title: "T", Send: "Save", Fields: []chat.Field{{Label: "A"}}},
		"a field without label": {Name: "f", Title: "T", Send: "Save", Fields: []chat.Field{{Name: "a", Label: " "}}},
		"nothing to choose":     field(chat.Field{Kind: chat.Pick}),
		"a value twice":         field(chat.Field{Kind: chat.Picks, Choices: []chat.Choice{{Value: "a", Label: "A"}, {Value: "a", Label: "B"}}}),
		"an empty value":        field(chat.Field{Kind: chat.Radio, Choices: []chat.Choice{{Label: "A"}}}),
		"too much of it":        {Name: "f", Title: "T", Fields: slices.Repeat([]chat.Field{shown}, 90)},
	} {
		if _, err := modal(f, DefaultLabels()); !errors.Is(err, errInvalid) {
			t.Errorf("%s: error %v, want errInvalid", name, err)
		}
	}
	plain, err := modal(chat.Form{Name: "receipt", Title: "Deleted", Cancel: "Close"}, DefaultLabels())
	if js := checked(t, plain); err != nil || !strings.Contains(js, `"blocks":[]`) || strings.Contains(js, "submit") {
		t.Errorf("a form that shows nothing: %s, error %v", js, err)
	}
}

func TestPageLimitEdges(t *testing.T) {
	l := DefaultLabels()
	para := func(n int) chat.Block { return chat.Para(chat.Own(strings.Repeat("ä", n))) }
	for _, tt := range []struct {
		name   string
		blocks []chat.Block
		cut    bool
		want   int // blocks of it; 0 = not told
	}{
		{"nothing", nil, false, 0},
		{"as many as a tab takes", slices.Repeat([]chat.Block{{Kind: chat.Rule}}, maxViewBlocks), false, maxViewBlocks},
		{"one more", slices.Repeat([]chat.Block{{Kind: chat.Rule}}, maxViewBlocks+1), true, maxViewBlocks},
		{"paragraphs share blocks before any is cut", slices.Repeat([]chat.Block{para(5)}, maxViewBlocks+1), false, 1},
		{"more bytes than a tab takes", slices.Repeat([]chat.Block{para(3000)}, 80), true, 0},
		{"one block of more bytes", []chat.Block{para(200_000)}, true, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			view, err := page(chat.Page{Blocks: tt.blocks}, l)
			if err != nil {
				t.Fatal(err)
			}
			js := checked(t, view)
			if got := strings.Contains(js, l.Trimmed); got != tt.cut {
				t.Errorf("says that it was cut: %v, want %v", got, tt.cut)
			}
			if n := len(view.Blocks.BlockSet); tt.want > 0 && n != tt.want {
				t.Errorf("%d blocks, want %d", n, tt.want)
			}
		})
	}
	if _, err := page(chat.Page{Blocks: []chat.Block{{Kind: chat.Buttons, Choices: []chat.Choice{{Value: strings.Repeat("x", 2001)}}}}}, l); !errors.Is(err, errInvalid) {
		t.Errorf("a button that does not come back whole: %v", err)
	}
}

// Below each goal stands "Done": whoever listens hears which one.
func TestButtonsThatReadAlike(t *testing.T) {
	row := chat.Block{Kind: chat.Buttons, ID: "home", Choices: []chat.Choice{{Value: "1", Label: "Done"}}}
	view, err := page(chat.Page{Blocks: []chat.Block{
		chat.Para(chat.Own("Lead a team")), row, chat.Para(chat.Own("Learn Spanish")), row,
		{Kind: chat.Buttons, ID: "home", Choices: []chat.Choice{{Value: "2", Label: "Settings"}}},
	}}, DefaultLabels())
	if err != nil {
		t.Fatal(err)
	}
	js := checked(t, view)
	for _, w := range []string{`"accessibility_label":"Done: Lead a team"`, `"accessibility_label":"Done: Learn Spanish"`} {
		if !strings.Contains(js, w) {
			t.Errorf("%s lacks %s", js, w)
		}
	}
	if strings.Count(js, "accessibility_label") != 2 {
		t.Errorf("%s: a button that reads like no other needs no second label", js)
	}
}

func TestErrorsAtFields(t *testing.T) {
	got := errorsAt([]string{"title", "due"}, map[string]string{"title": "Too long.", "a": "First.", "b": "Second."})
	if len(got) != 2 || got["title"] != "Too long." || got["due"] != "First.\nSecond." {
		t.Errorf("errors %v", got)
	}
	fields, errs := []string{}, map[string]string{}
	for i := range 100 {
		name := fmt.Sprint("field", i)
		fields, errs[name] = append(fields, name), strings.Repeat("é", 3000)
	}
	js, err := json.Marshal(formErrors{"errors", errorsAt(fields, errs)})
	if err != nil || len(js) >= maxAck {
		t.Errorf("%d bytes, error %v: they must fit an acknowledgement", len(js), err)
	}
}

// words are what people put into a form: short, long, with marks, right to left.
func words(r *rand.Rand) string {
	some := []string{"", " ", "Lead a team", "<!channel> *x* `y`", "👨‍👩‍👧‍👦", "שלום עולם", "a\nb", "\x00\xff", strings.Repeat("ö", 76), strings.Repeat("word ", 1000)}
	return some[r.IntN(len(some))]
}

// randomBlock is any block, filled at random.
func randomBlock(r *rand.Rand) chat.Block {
	return chat.Block{
		Kind: chat.BlockKind(r.IntN(int(chat.Meter) + 1)), Spans: []chat.Span{chat.Own(words(r)), {Text: words(r), Style: chat.Style(r.IntN(4))}},
		Items: [][]chat.Span{{chat.Own(words(r))}, {}}, ID: fmt.Sprint("b", r.IntN(3)), Choices: randomChoices(r), Done: r.IntN(20), Total: r.IntN(20),
	}
}

func randomChoices(r *rand.Rand) (out []chat.Choice) {
	for i := range 1 + r.IntN(30) {
		out = append(out, chat.Choice{Value: fmt.Sprint("v", i), Label: words(r), Own: true, Primary: r.IntN(2) == 0})
	}
	return out
}

// manyButtons is how many buttons a message has from which on it may be refused
// here: buttons are never cut, and more of them than Slack takes is a mistake of
// whoever built the message.
const manyButtons = 60

// Whatever the coach puts together, Slack takes the message.
func FuzzMessages(f *testing.F) {
	for seed := range uint64(40) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		r := rand.New(rand.NewPCG(seed, 2))
		m := chat.Message{Footer: []chat.Span{chat.Own(words(r))}}
		buttons := 0
		for range r.IntN(80) {
			b := randomBlock(r)
			if m.Blocks = append(m.Blocks, b); b.Kind == chat.Buttons {
				buttons += len(b.Choices)
			}
		}
		if r.IntN(2) == 0 {
			m.Ask = &chat.Ask{ID: "b1", Choices: randomChoices(r), Many: r.IntN(2) == 0, Date: r.IntN(2) == 0, Initial: "2027-01-01", Extra: randomChoices(r)[:1]}
		}
		got, err := render(m, DefaultLabels())
		if errors.Is(err, errInvalid) && buttons > manyButtons {
			return
		}
		if err != nil {
			t.Fatalf("render: %v", err)
		}
		js, err := json.Marshal(got.blocks)
		if err != nil {
			t.Fatal(err)
		}
		var blocks []any
		if err := json.Unmarshal(js, &blocks); err != nil {
			t.Fatal(err)
		}
		for _, p := range blockkit.CheckMessage(blocks) {
			t.Errorf("Slack would refuse this message: %s", p)
		}
		if length(got.text) > maxText || length(string(js)) > maxBlocksJSON {
			t.Errorf("text of %d, blocks of %d characters", length(got.text), length(string(js)))
		}
	})
}

// Whatever the coach puts together, Slack takes the view, or it is refused here.
func FuzzViews(f *testing.F) {
	for seed := range uint64(40) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		r := rand.New(rand.NewPCG(seed, 1))
		var p chat.Page
		for range r.IntN(150) {
			p.Blocks = append(p.Blocks, randomBlock(r))
		}
		tab, err := page(p, DefaultLabels())
		if err != nil {
			t.Fatalf("page: %v", err)
		}
		checked(t, tab)
		form := chat.Form{Name: "f", Title: "T" + words(r), Send: words(r), Cancel: words(r), Meta: "m"}
		for i := range r.IntN(20) {
			form.Fields = append(form.Fields, chat.Field{
				Name: fmt.Sprint("f", i), Kind: chat.FieldKind(r.IntN(int(chat.Shown) + 1)), Label: "L" + words(r), Hint: words(r), Placeholder: words(r),
				Value: []string{words(r), "v1", "2027-01-01"}[r.IntN(3):], Choices: randomChoices(r), Optional: r.IntN(2) == 0, MaxLength: r.IntN(400), Max: r.IntN(9), Block: randomBlock(r),
			})
		}
		view, err := modal(form, DefaultLabels())
		if err == nil {
			checked(t, view)
		} else if !errors.Is(err, errInvalid) {
			t.Fatalf("modal: %v", err)
		}
		if !slack.ValidateUniqueBlockID(view) {
			t.Error("block ids are not unique")
		}
	})
}
