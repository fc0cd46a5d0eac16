package blockkit

import "testing"

func TestRefuses(t *testing.T) {
	for _, c := range []struct{ rule, element, text, want string }{
		{"too short", `{"type":"plain_text_input","min_length":3}`, "ab", "Must be at least 3 characters long."},
		{"long enough", `{"type":"plain_text_input","min_length":3}`, "äöü", ""},
		{"too long", `{"type":"plain_text_input","max_length":2}`, "abc", "Must be no more than 2 characters long."},
		{"no address", `{"type":"email_text_input"}`, "ana", "Please enter a valid email address."},
		{"an address", `{"type":"email_text_input"}`, "ana@example.com", ""},
		{"no URL", `{"type":"url_text_input"}`, "somewhere", "Please enter a valid URL."},
		{"a URL", `{"type":"url_text_input"}`, "https://example.com/x", ""},
		{"no number", `{"type":"number_input","is_decimal_allowed":true}`, "three", "Please enter a valid number."},
		{"a fraction", `{"type":"number_input","is_decimal_allowed":false}`, "3.5", "Please enter a whole number."},
		{"a fraction where they are allowed", `{"type":"number_input","is_decimal_allowed":true}`, "3.5", ""},
		{"too small", `{"type":"number_input","is_decimal_allowed":false,"min_value":"0"}`, "-1", "Please enter a number of at least 0."},
		{"too big", `{"type":"number_input","is_decimal_allowed":false,"max_value":"7"}`, "8", "Please enter a number of at most 7."},
		{"at the edge", `{"type":"number_input","is_decimal_allowed":false,"min_value":"0","max_value":"7"}`, "7", ""},
		{"a menu", `{"type":"static_select"}`, "", ""},
	} {
		e := Element{Body: parse(t, "["+c.element+"]")[0].(Block)}
		e.Type = Str(e.Body, "type")
		if got := e.Refuses(c.text); got != c.want {
			t.Errorf("%s: Refuses(%q) = %q, want %q", c.rule, c.text, got, c.want)
		}
	}
}

func TestCheckNumberInput(t *testing.T) {
	for _, c := range []struct{ rule, members, code string }{
		{"as Slack wants it", `"is_decimal_allowed":false,"min_value":"0","max_value":"7","initial_value":"2"`, ""},
		{"without is_decimal_allowed", `"min_value":"0"`, "missing_field"},
		{"a bare number", `"is_decimal_allowed":false,"max_value":7`, "invalid_type"},
		{"words", `"is_decimal_allowed":false,"max_value":"many"`, "invalid_type"},
		{"bounds the wrong way round", `"is_decimal_allowed":false,"min_value":"7","max_value":"0"`, "out_of_range"},
		{"an initial value outside", `"is_decimal_allowed":false,"max_value":"7","initial_value":"8"`, "out_of_range"},
	} {
		view := parse(t, `[{"type":"modal","title":{"type":"plain_text","text":"T"},"submit":{"type":"plain_text","text":"S"},"blocks":[
			{"type":"input","label":{"type":"plain_text","text":"L"},"element":{"type":"number_input",`+c.members+`}}]}]`)[0].(Block)
		code := ""
		if p := CheckView(view); len(p) > 0 {
			code = p[0].Code
		}
		if code != c.code {
			t.Errorf("%s: %q, want %q", c.rule, code, c.code)
		}
	}
}

// What somebody filled in outlives an update of the view only where the same
// field is still there.
func TestMergedKeepsWhatIsStillThere(t *testing.T) {
	picked := State{"a": {"x": Block{"type": "plain_text_input", "value": "kept"}, "gone": Block{"value": "lost"}}, "b": {"x": Block{"value": "lost"}}}
	blocks := Blocks(parse(t, `[{"type":"input","block_id":"a","element":{"type":"plain_text_input","action_id":"x","initial_value":"before"}}]`))
	got := Merged(blocks, picked)
	if len(got) != 1 || len(got["a"]) != 1 || got["a"]["x"]["value"] != "kept" {
		t.Errorf("Merged = %v, want only what a/x holds", got)
	}
}
