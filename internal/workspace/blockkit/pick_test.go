package blockkit

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPick(t *testing.T) {
	options := `"options":[{"text":{"type":"plain_text","text":"Nurse"},"value":"n"},{"text":{"type":"plain_text","text":"Cook"},"value":"c"}]`
	nurse := Block{"text": Block{"type": "plain_text", "text": "Nurse"}, "value": "n"}
	cook := Block{"text": Block{"type": "plain_text", "text": "Cook"}, "value": "c"}
	for _, c := range []struct {
		rule    string
		element string
		picked  []string
		want    Block
		err     string
	}{
		{"button", `{"type":"button","value":"7","style":"danger","text":{"type":"plain_text","text":"B"}}`, nil,
			Block{"type": "button", "value": "7", "style": "danger", "text": Block{"type": "plain_text", "text": "B"}}, ""},
		{"select by value", `{"type":"static_select",` + options + `}`, []string{"n"}, Block{"type": "static_select", "selected_option": nurse}, ""},
		{"select by label", `{"type":"static_select",` + options + `}`, []string{"cook"}, Block{"type": "static_select", "selected_option": cook}, ""},
		{"select what is not there", `{"type":"static_select",` + options + `}`, []string{"x"}, nil, `no option "x"`},
		{"radio", `{"type":"radio_buttons",` + options + `}`, []string{"c"}, Block{"type": "radio_buttons", "selected_option": cook}, ""},
		{"overflow", `{"type":"overflow",` + options + `}`, []string{"c"}, Block{"type": "overflow", "selected_option": cook}, ""},
		{"several", `{"type":"checkboxes",` + options + `}`, []string{"c", "n"}, Block{"type": "checkboxes", "selected_options": []any{cook, nurse}}, ""},
		{"none of several", `{"type":"checkboxes",` + options + `}`, nil, Block{"type": "checkboxes", "selected_options": []any{}}, ""},
		{"too many", `{"type":"multi_static_select","max_selected_items":1,` + options + `}`, []string{"c", "n"}, nil, "at most 1"},
		{"date", `{"type":"datepicker"}`, []string{"2027-03-01"}, Block{"type": "datepicker", "selected_date": "2027-03-01"}, ""},
		{"no date", `{"type":"datepicker"}`, []string{"1 March"}, nil, "not a date"},
		{"time", `{"type":"timepicker"}`, []string{"09:30"}, Block{"type": "timepicker", "selected_time": "09:30"}, ""},
		{"no time", `{"type":"timepicker"}`, []string{"9 o'clock"}, nil, "not a time"},
		{"moment", `{"type":"datetimepicker"}`, []string{"1800000000"}, Block{"type": "datetimepicker", "selected_date_time": int64(1_800_000_000)}, ""},
		{"text", `{"type":"plain_text_input"}`, []string{"x"}, Block{"type": "plain_text_input", "value": "x"}, ""},
		{"no text", `{"type":"plain_text_input"}`, []string{""}, Block{"type": "plain_text_input", "value": nil}, ""},
		{"number", `{"type":"number_input"}`, []string{"3.5"}, Block{"type": "number_input", "value": "3.5"}, ""},
		{"person", `{"type":"users_select"}`, []string{"U1"}, Block{"type": "users_select", "selected_user": "U1"}, ""},
		{"image", `{"type":"image"}`, nil, nil, "cannot be picked"},
	} {
		e := Element{ID: "a", Body: parse(t, "["+c.element+"]")[0].(Block)}
		e.Type = Str(e.Body, "type")
		got, err := e.Pick(c.picked)
		if c.err != "" {
			if err == nil || !strings.Contains(err.Error(), c.err) {
				t.Errorf("%s: error %v, want %q", c.rule, err, c.err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", c.rule, err)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.rule, diff)
		}
	}
}

func TestInitialState(t *testing.T) {
	blocks := Blocks(parse(t, `[
		{"type":"actions","block_id":"q","elements":[
			{"type":"button","action_id":"b","text":{"type":"plain_text","text":"B"}},
			{"type":"datepicker","action_id":"d","initial_date":"2027-03-01"},
			{"type":"checkboxes","action_id":"c","options":[]}]},
		{"type":"input","block_id":"i","element":{"type":"plain_text_input","action_id":"t"}}]`))
	want := State{
		"q": {"d": Block{"type": "datepicker", "selected_date": "2027-03-01"}, "c": Block{"type": "checkboxes", "selected_options": []any{}}},
		"i": {"t": Block{"type": "plain_text_input", "value": nil}},
	}
	if diff := cmp.Diff(want, Initial(blocks)); diff != "" {
		t.Errorf("Initial (-want +got):\n%s", diff)
	}
	picked := State{"i": {"t": Block{"type": "plain_text_input", "value": "x"}}, "gone": {"a": Block{}}}
	merged := Merged(blocks, picked)
	if v := merged["i"]["t"]["value"]; v != "x" || merged["gone"] != nil {
		t.Errorf("Merged = %v, want what was picked and nothing of blocks that are gone", merged)
	}
}

func TestFindTellsButtonsApartByValue(t *testing.T) {
	blocks := Blocks(parse(t, `[
		{"type":"actions","block_id":"1","elements":[{"type":"button","action_id":"done","value":"goal-1","text":{"type":"plain_text","text":"D"}}]},
		{"type":"actions","block_id":"2","elements":[{"type":"button","action_id":"done","value":"goal-2","text":{"type":"plain_text","text":"D"}}]}]`))
	for _, c := range []struct{ block, value, want string }{
		{"", "", "1"}, {"", "goal-2", "2"}, {"2", "", "2"}, {"", "other", "1"},
	} {
		if e, ok := Find(blocks, "done", c.block, c.value); !ok || e.BlockID != c.want {
			t.Errorf("Find(block %q, value %q) is in block %q, want %s", c.block, c.value, e.BlockID, c.want)
		}
	}
	if _, ok := Find(blocks, "other", "", ""); ok {
		t.Error("an action that is not there was found")
	}
}

func TestSplitEmoji(t *testing.T) {
	for _, c := range []struct {
		text string
		want []EmojiPart
	}{
		{"", nil},
		{"plain", []EmojiPart{{Text: "plain"}}},
		{"👍", []EmojiPart{{"👍", "+1"}}},
		{"ok 👍 yes", []EmojiPart{{Text: "ok "}, {"👍", "+1"}, {Text: " yes"}}},
		{"❤", []EmojiPart{{"❤", "heart"}}}, // without its variation selector
		{"🤷‍♀️!", []EmojiPart{{"🤷‍♀️", "woman-shrugging"}, {Text: "!"}}},
		{"🦩 is not in the table", []EmojiPart{{Text: "🦩 is not in the table"}}},
		{"1 and 2", []EmojiPart{{Text: "1 and 2"}}},
	} {
		if diff := cmp.Diff(c.want, SplitEmoji(c.text)); diff != "" {
			t.Errorf("SplitEmoji(%q) (-want +got):\n%s", c.text, diff)
		}
	}
}

func FuzzSplitEmoji(f *testing.F) {
	f.Add("👍👎 a 🤷‍♀️ b ❤")
	f.Add("\xff\xf0\x9f")
	f.Fuzz(func(t *testing.T, s string) {
		var b strings.Builder
		for _, p := range SplitEmoji(s) {
			if p.Text == "" {
				t.Errorf("an empty part in %q", s)
			}
			b.WriteString(p.Text)
		}
		if b.String() != s {
			t.Errorf("SplitEmoji(%q) put together is %q", s, b.String())
		}
	})
}
