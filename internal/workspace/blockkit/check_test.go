package blockkit

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// parse reads a list of blocks; $N$ stands for N letters.
func parse(t testing.TB, text string) []any {
	t.Helper()
	for _, n := range []int{24, 25, 30, 31, 75, 76, 100, 101, 150, 151, 255, 256, 300, 301, 2000, 2001, 3000, 3001, 12001} {
		text = strings.ReplaceAll(text, fmt.Sprintf("$%d$", n), strings.Repeat("x", n))
	}
	var list []any
	if err := json.Unmarshal([]byte(text), &list); err != nil {
		t.Fatalf("test data %s: %v", text, err)
	}
	return list
}

// times repeats a piece of JSON, with # replaced by its number.
func times(n int, piece string) string {
	parts := make([]string, n)
	for i := range parts {
		parts[i] = strings.ReplaceAll(piece, "#", fmt.Sprint(i))
	}
	return strings.Join(parts, ",")
}

const (
	button = `{"type":"button","action_id":"a#","text":{"type":"plain_text","text":"B"}}`
	option = `{"text":{"type":"plain_text","text":"O"},"value":"v#"}`
	text   = `{"type":"mrkdwn","text":"x"}`
	label  = `{"type":"plain_text","text":"x"}`
)

func actionsOf(elements string) string {
	return `[{"type":"actions","elements":[` + elements + `]}]`
}

func selectOf(more string) string {
	return actionsOf(`{"type":"static_select","action_id":"s",` + more + `}`)
}

func inputOf(element string) string {
	return `[{"type":"input","label":` + label + `,"element":` + element + `}]`
}

// The table of Slack's limits: on each of them is accepted, over it refused.
func TestMessageBlocks(t *testing.T) {
	for _, c := range []struct {
		rule string
		json string
		want string // "" when accepted, else what the first problem says
	}{
		{"50 blocks", "[" + times(50, `{"type":"divider"}`) + "]", ""},
		{"51 blocks", "[" + times(51, `{"type":"divider"}`) + "]", "no more than 50 items allowed [json-pointer:/blocks]"},
		{"unknown block", `[{"type":"banner"}]`, "unsupported type: banner [json-pointer:/blocks/0/type]"},
		{"block without type", `[{}]`, "unsupported type:  [json-pointer:/blocks/0/type]"},
		{"block that is no object", `["divider"]`, "must be an object [json-pointer:/blocks/0]"},
		{"unknown member", `[{"type":"divider","color":"red"}]`, "invalid additional property: color [json-pointer:/blocks/0]"},
		{"block_id of 255", `[{"type":"divider","block_id":"$255$"}]`, ""},
		{"block_id of 256", `[{"type":"divider","block_id":"$256$"}]`, "must be less than 256 characters [json-pointer:/blocks/0/block_id]"},
		{"block_id twice", `[{"type":"divider","block_id":"a"},{"type":"divider","block_id":"a"}]`, "`block_id` a already exists"},

		{"section text of 3000", `[{"type":"section","text":{"type":"mrkdwn","text":"$3000$"}}]`, ""},
		{"section text of 3001", `[{"type":"section","text":{"type":"mrkdwn","text":"$3001$"}}]`, "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"},
		{"section text empty", `[{"type":"section","text":{"type":"mrkdwn","text":""}}]`, "must be more than 0 characters"},
		{"section without text", `[{"type":"section"}]`, "missing required field: text or fields"},
		{"10 fields", `[{"type":"section","fields":[` + times(10, text) + `]}]`, ""},
		{"11 fields", `[{"type":"section","fields":[` + times(11, text) + `]}]`, "no more than 10 items allowed"},
		{"field of 2001", `[{"type":"section","fields":[{"type":"mrkdwn","text":"$2001$"}]}]`, "must be less than 2001 characters"},
		{"text of unknown type", `[{"type":"section","text":{"type":"markdown","text":"x"}}]`, "unsupported type: markdown"},
		{"text that is a string", `[{"type":"section","text":"x"}]`, "must be an object"},
		{"mrkdwn with emoji", `[{"type":"section","text":{"type":"mrkdwn","text":"x","emoji":true}}]`, "invalid additional property: emoji"},
		{"accessory", `[{"type":"section","text":` + text + `,"accessory":` + button + `}]`, ""},
		{"accessory that is an input", `[{"type":"section","text":` + text + `,"accessory":{"type":"plain_text_input","action_id":"a"}}]`, "unsupported type: plain_text_input"},

		{"header of 150", `[{"type":"header","text":{"type":"plain_text","text":"$150$"}}]`, ""},
		{"header of 151", `[{"type":"header","text":{"type":"plain_text","text":"$151$"}}]`, "must be less than 151 characters"},
		{"header in mrkdwn", `[{"type":"header","text":` + text + `}]`, "must be one of: plain_text"},

		{"10 in context", `[{"type":"context","elements":[` + times(10, text) + `]}]`, ""},
		{"11 in context", `[{"type":"context","elements":[` + times(11, text) + `]}]`, "no more than 10 items allowed"},
		{"none in context", `[{"type":"context","elements":[]}]`, "must contain at least 1 item"},
		{"image in context", `[{"type":"context","elements":[{"type":"image","image_url":"https://e.com/a.png","alt_text":"a"}]}]`, ""},
		{"button in context", `[{"type":"context","elements":[` + button + `]}]`, "unsupported type: button"},

		{"image", `[{"type":"image","image_url":"https://e.com/a.png","alt_text":"a","title":` + label + `}]`, ""},
		{"image without alt_text", `[{"type":"image","image_url":"https://e.com/a.png"}]`, "missing required field: alt_text"},
		{"image without url", `[{"type":"image","alt_text":"a"}]`, "missing required field: image_url"},
		{"image at no url", `[{"type":"image","image_url":"a.png","alt_text":"a"}]`, "must be a valid URL"},

		{"25 in actions", actionsOf(times(25, button)), ""},
		{"26 in actions", actionsOf(times(26, button)), "no more than 25 items allowed"},
		{"none in actions", actionsOf(""), "must contain at least 1 item"},
		{"action_id twice in a block", actionsOf(button + "," + button), "`action_id` a# already exists"},
		{"action_id that is a number", actionsOf(`{"type":"button","action_id":1,"text":` + label + `}`), "must be a string"},
		{"action_id of 256", actionsOf(`{"type":"button","action_id":"$256$","text":` + label + `}`), "must be less than 256 characters"},
		{"button text of 75", actionsOf(`{"type":"button","text":{"type":"plain_text","text":"$75$"}}`), ""},
		{"button text of 76", actionsOf(`{"type":"button","text":{"type":"plain_text","text":"$76$"}}`), "must be less than 76 characters"},
		{"button in mrkdwn", actionsOf(`{"type":"button","text":` + text + `}`), "must be one of: plain_text"},
		{"button without text", actionsOf(`{"type":"button","action_id":"a"}`), "missing required field: text"},
		{"button value of 2001", actionsOf(`{"type":"button","text":` + label + `,"value":"$2001$"}`), "must be less than 2001 characters"},
		{"button value that is a number", actionsOf(`{"type":"button","text":` + label + `,"value":1}`), "must be a string"},
		{"button in blue", actionsOf(`{"type":"button","text":` + label + `,"style":"blue"}`), "must be one of: primary, danger"},
		{"input field in actions", actionsOf(`{"type":"plain_text_input","action_id":"a"}`), "unsupported type: plain_text_input"},
		{"image in actions", actionsOf(`{"type":"image","image_url":"https://e.com/a.png","alt_text":"a"}`), "unsupported type: image"},

		{"confirm", actionsOf(`{"type":"button","text":` + label + `,"confirm":{"title":` + label + `,"text":` + text + `,"confirm":` + label + `,"deny":` + label + `}}`), ""},
		{"confirm title of 101", actionsOf(`{"type":"button","text":` + label + `,"confirm":{"title":{"type":"plain_text","text":"$101$"},"text":` + text + `,"confirm":` + label + `,"deny":` + label + `}}`), "must be less than 101 characters"},
		{"confirm text of 301", actionsOf(`{"type":"button","text":` + label + `,"confirm":{"title":` + label + `,"text":{"type":"mrkdwn","text":"$301$"}}}`), "must be less than 301 characters"},
		{"confirm button of 31", actionsOf(`{"type":"button","text":` + label + `,"confirm":{"text":` + text + `,"confirm":{"type":"plain_text","text":"$31$"}}}`), "must be less than 31 characters"},

		{"100 options", selectOf(`"options":[` + times(100, option) + `]`), ""},
		{"101 options", selectOf(`"options":[` + times(101, option) + `]`), "no more than 100 items allowed"},
		{"no options", selectOf(`"options":[]`), "must contain at least 1 item"},
		{"neither options nor groups", actionsOf(`{"type":"static_select","action_id":"s"}`), "missing required field: options"},
		{"options and groups", selectOf(`"options":[` + option + `],"option_groups":[{"label":` + label + `,"options":[` + option + `]}]`), "only one of"},
		{"groups", selectOf(`"option_groups":[{"label":` + label + `,"options":[` + option + `]}]`), ""},
		{"option text of 76", selectOf(`"options":[{"text":{"type":"plain_text","text":"$76$"},"value":"v"}]`), "must be less than 76 characters"},
		{"option value of 150", selectOf(`"options":[{"text":` + label + `,"value":"$150$"}]`), ""},
		{"option value of 151", selectOf(`"options":[{"text":` + label + `,"value":"$151$"}]`), "must be less than 151 characters"},
		{"option without value", selectOf(`"options":[{"text":` + label + `}]`), "missing required field: value"},
		{"option in mrkdwn", selectOf(`"options":[{"text":` + text + `,"value":"v"}]`), "must be one of: plain_text"},
		{"initial option of the list", selectOf(`"options":[` + option + `],"initial_option":` + option), ""},
		{"initial option from elsewhere", selectOf(`"options":[` + option + `],"initial_option":{"text":` + label + `,"value":"w"}`), "must match one of the options"},
		{"placeholder of 151", selectOf(`"options":[` + option + `],"placeholder":{"type":"plain_text","text":"$151$"}`), "must be less than 151 characters"},
		{"10 radio buttons", actionsOf(`{"type":"radio_buttons","options":[` + times(10, option) + `]}`), ""},
		{"11 radio buttons", actionsOf(`{"type":"radio_buttons","options":[` + times(11, option) + `]}`), "no more than 10 items allowed"},
		{"radio buttons in mrkdwn", actionsOf(`{"type":"radio_buttons","options":[{"text":` + text + `,"value":"v"}]}`), ""},
		{"11 checkboxes", actionsOf(`{"type":"checkboxes","options":[` + times(11, option) + `]}`), "no more than 10 items allowed"},
		{"no initial checkboxes", actionsOf(`{"type":"checkboxes","options":[` + option + `],"initial_options":[]}`), "must contain at least 1 item"},
		{"6 in overflow", actionsOf(`{"type":"overflow","options":[` + times(6, option) + `]}`), "no more than 5 items allowed"},
		{"multi select", actionsOf(`{"type":"multi_static_select","options":[` + option + `],"max_selected_items":1}`), ""},
		{"multi select of none", actionsOf(`{"type":"multi_static_select","options":[` + option + `],"max_selected_items":0}`), "must be greater than 0"},

		{"date", actionsOf(`{"type":"datepicker","initial_date":"2028-02-29"}`), ""},
		{"date that is none", actionsOf(`{"type":"datepicker","initial_date":"2027-02-29"}`), "must be in the format YYYY-MM-DD"},
		{"date in words", actionsOf(`{"type":"datepicker","initial_date":"tomorrow"}`), "must be in the format YYYY-MM-DD"},
		{"time that is none", actionsOf(`{"type":"timepicker","initial_time":"24:00"}`), "must be in the format HH:mm"},
		{"moment in milliseconds", actionsOf(`{"type":"datetimepicker","initial_date_time":1800000000000}`), "must be a 10 digit UNIX timestamp"},
		{"two elements with focus", `[` + actionsOf(`{"type":"datepicker","focus_on_load":true}`)[1:len(actionsOf(`{"type":"datepicker","focus_on_load":true}`))-1] + `,` + actionsOf(`{"type":"datepicker","focus_on_load":true}`)[1:], "only one element may have `focus_on_load`"},

		{"input in a message", inputOf(`{"type":"plain_text_input","action_id":"a"}`), ""},
		{"file input in a message", inputOf(`{"type":"file_input","action_id":"a"}`), "unsupported type: file_input"},
		{"input without label", `[{"type":"input","element":{"type":"plain_text_input"}}]`, "missing required field: label"},
		{"input without element", `[{"type":"input","label":` + label + `}]`, "missing required field: element"},
		{"input label of 2001", `[{"type":"input","label":{"type":"plain_text","text":"$2001$"},"element":{"type":"plain_text_input"}}]`, "must be less than 2001 characters"},
		{"button as input", inputOf(button), "unsupported type: button"},
		{"optional that is a string", `[{"type":"input","optional":"yes","label":` + label + `,"element":{"type":"plain_text_input"}}]`, "must be a boolean"},
		{"max_length of 3001", inputOf(`{"type":"plain_text_input","max_length":3001}`), "must be between 1 and 3000"},
		{"min over max", inputOf(`{"type":"plain_text_input","min_length":5,"max_length":2}`), "must be no more than max_length"},
		{"number without is_decimal_allowed", inputOf(`{"type":"number_input"}`), "missing required field: is_decimal_allowed"},

		{"markdown", `[{"type":"markdown","text":"**x**"}]`, ""},
		{"markdown of 12,001 in all", `[{"type":"markdown","text":"x"},{"type":"markdown","text":"$12001$"}]`, "must be less than 12001 characters"},
		{"empty markdown", `[{"type":"markdown","text":""}]`, "missing required field: text"},

		{"rich text", `[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"x","style":{"bold":true}}]},{"type":"rich_text_list","style":"bullet","elements":[{"type":"rich_text_section","elements":[{"type":"emoji","name":"tada"}]}]}]}]`, ""},
		{"rich text of unknown part", `[{"type":"rich_text","elements":[{"type":"paragraph"}]}]`, "unsupported type: paragraph"},
		{"rich text with an empty text", `[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":""}]}]}]`, "missing required field: text"},
		{"rich list without style", `[{"type":"rich_text","elements":[{"type":"rich_text_list","elements":[]}]}]`, "must be one of: bullet, ordered"},
	} {
		got := ""
		if problems := CheckMessage(parse(t, c.json)); len(problems) > 0 {
			got = problems[0].String()
		}
		if c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("%s: %q, want %q", c.rule, got, c.want)
		}
	}
}

func TestViews(t *testing.T) {
	for _, c := range []struct {
		rule string
		json string
		want string
	}{
		{"modal", `{"type":"modal","title":` + label + `,"blocks":[]}`, ""},
		{"no type", `{"blocks":[]}`, "must be one of: home, modal"},
		{"no blocks", `{"type":"modal","title":` + label + `}`, "missing required field: blocks"},
		{"no title", `{"type":"modal","blocks":[]}`, "missing required field: title"},
		{"title of 24", `{"type":"modal","title":{"type":"plain_text","text":"$24$"},"blocks":[]}`, ""},
		{"title of 25", `{"type":"modal","title":{"type":"plain_text","text":"$25$"},"blocks":[]}`, "must be less than 25 characters"},
		{"title in mrkdwn", `{"type":"modal","title":` + text + `,"blocks":[]}`, "must be one of: plain_text"},
		{"submit of 25", `{"type":"modal","title":` + label + `,"submit":{"type":"plain_text","text":"$25$"},"blocks":[]}`, "must be less than 25 characters"},
		{"private_metadata of 3001", `{"type":"modal","title":` + label + `,"private_metadata":"$3001$","blocks":[]}`, "must be less than 3001 characters"},
		{"callback_id of 256", `{"type":"modal","title":` + label + `,"callback_id":"$256$","blocks":[]}`, "must be less than 256 characters"},
		{"input with submit", `{"type":"modal","title":` + label + `,"submit":` + label + `,"blocks":` + inputOf(`{"type":"file_input"}`) + `}`, ""},
		{"input without submit", `{"type":"modal","title":` + label + `,"blocks":` + inputOf(`{"type":"plain_text_input"}`) + `}`, "`submit` is required"},
		{"100 blocks", `{"type":"home","blocks":[` + times(100, `{"type":"divider"}`) + `]}`, ""},
		{"101 blocks", `{"type":"home","blocks":[` + times(101, `{"type":"divider"}`) + `]}`, "no more than 100 items allowed"},
		{"markdown in a view", `{"type":"home","blocks":[{"type":"markdown","text":"x"}]}`, "unsupported type: markdown"},
		{"home with a title", `{"type":"home","title":` + label + `,"blocks":[]}`, "[json-pointer:/view/title]"},
		{"input in a Home tab", `{"type":"home","blocks":` + inputOf(`{"type":"plain_text_input"}`) + `}`, ""},
	} {
		view, _ := parse(t, "["+c.json+"]")[0].(Block)
		got := ""
		if problems := CheckView(view); len(problems) > 0 {
			got = problems[0].String()
		}
		if c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("%s: %q, want %q", c.rule, got, c.want)
		}
	}
}

// Limits count characters, not bytes.
func TestLengthCountsCharacters(t *testing.T) {
	header := `[{"type":"header","text":{"type":"plain_text","text":"` + strings.Repeat("ü", 150) + `"}}]`
	if problems := CheckMessage(parse(t, header)); len(problems) > 0 {
		t.Errorf("150 characters of two bytes: %v", problems)
	}
}

// Whatever is sent, checking, listing and drawing it never panics, and what is
// accepted has unique ids.
func FuzzBlocks(f *testing.F) {
	f.Add(`[{"type":"section","text":{"type":"mrkdwn","text":"*x*"}}]`)
	f.Add(actionsOf(button))
	f.Add(selectOf(`"option_groups":[{"label":` + label + `,"options":[` + option + `]}]`))
	f.Add(inputOf(`{"type":"plain_text_input"}`))
	f.Add(`[{"type":"rich_text","elements":[{"type":"rich_text_list","style":"bullet","elements":[null,1]}]}]`)
	f.Add(`[null,1,"x",[],{"type":1,"elements":{}}]`)
	f.Fuzz(func(t *testing.T, text string) {
		var list []any
		if json.Unmarshal([]byte(text), &list) != nil {
			return
		}
		accepted := len(CheckMessage(list)) == 0
		CheckView(Block{"type": "modal", "blocks": list})
		n := 0
		blocks := Identify(Blocks(list), func() string { n++; return fmt.Sprintf("id%d", n) })
		Characters(blocks)
		for _, e := range Elements(blocks) {
			_, _ = e.Pick([]string{"x"})
			e.Label()
		}
		Merged(blocks, Initial(blocks))
		seen := make(map[string]bool)
		for _, b := range blocks {
			id := Str(b, "block_id")
			if accepted && seen[id] && !strings.HasPrefix(id, "id") {
				t.Errorf("accepted with the block_id %q twice", id)
			}
			seen[id] = true
		}
	})
}
