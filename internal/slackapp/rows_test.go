package slackapp

import (
	"strings"
	"testing"

	"waymark/internal/chat"
)

func TestBar(t *testing.T) {
	for _, tt := range []struct {
		name        string
		done, total int
		want        string
	}{
		{"a cell a step", 2, 4, "▰▰▱▱"},
		{"nothing done", 0, 3, "▱▱▱"},
		{"all done", 3, 3, "▰▰▰"},
		{"ten cells at most", 15, 30, "▰▰▰▰▰▱▱▱▱▱"},
		{"what is begun shows", 1, 300, "▰▱▱▱▱▱▱▱▱▱"},
		{"what is not complete is not full", 299, 300, "▰▰▰▰▰▰▰▰▰▱"},
		{"what is complete is full", 300, 300, "▰▰▰▰▰▰▰▰▰▰"},
		{"more than all", 5, 4, "▰▰▰▰"},
		{"less than nothing", -1, 2, "▱▱"},
		{"of nothing", 0, 0, ""},
	} {
		if got := bar(tt.done, tt.total); got != tt.want {
			t.Errorf("%s: bar(%d, %d) = %q, want %q", tt.name, tt.done, tt.total, got, tt.want)
		}
	}
}

// Whoever listens hears the words first, and hears words in any case.
func TestMeterSaysItInWords(t *testing.T) {
	l := DefaultLabels()
	with := meter(chat.Block{Kind: chat.Meter, Spans: []chat.Span{chat.Own("Spanish"), chat.T(": 1 of 2")}, Done: 1, Total: 2})
	if got := chat.PlainSpans(with); got != "Spanish: 1 of 2  ▰▱" || !with[0].Own {
		t.Errorf("meter %q", got)
	}
	for _, spans := range [][]chat.Span{nil, {chat.T(" ")}} {
		m := inFull([]chat.Block{{Kind: chat.Meter, Spans: spans, Done: 1, Total: 2}}, l)
		if got := chat.PlainSpans(meter(m[0])); got != "1 of 2  ▰▱" {
			t.Errorf("meter without words %q", got)
		}
	}
	r, err := render(chat.Message{Blocks: []chat.Block{{Kind: chat.Meter, Done: 1, Total: 2}}}, l)
	if err != nil || r.text != "1 of 2" {
		t.Errorf("text %q, error %v: a meter without words is missing from the text", r.text, err)
	}
}

func TestRowsKeepTheirID(t *testing.T) {
	for id, want := range map[string]string{"row1:home": "home", "row25:a:b/c": "a:b/c", "row:x": "x", "choices:q": "q", "rows:x": "", "rowing": ""} {
		_, got, ok := parseBlockID(id)
		if got != want || ok != (want != "") {
			t.Errorf("parseBlockID(%q) = %q, %v, want %q", id, got, ok, want)
		}
	}
	if err := checkRows([]chat.Block{{Kind: chat.Buttons, ID: strings.Repeat("x", 256)}}); err == nil {
		t.Error("an id that does not come back whole was taken")
	}
}
