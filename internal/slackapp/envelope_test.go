package slackapp

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"strings"
	"testing"

	"waymark/internal/chat"
)

func TestOddFieldsCostNoMessage(t *testing.T) {
	for name, inner := range map[string]string{
		"a field that is not read":  `{"type":"message","channel":"D1","channel_type":"im","user":"U1","text":"hi","ts":"1700000000.0","blocks":"none","client_msg_id":7,"team":{}}`,
		"a time that is a number":   `{"type":"message","channel":"D1","channel_type":"im","user":"U1","text":"hi","ts":"1700000000.0","event_ts":1.5}`,
		"files that are no list":    `{"type":"message","channel":"D1","channel_type":"im","user":"U1","text":"hi","ts":"1700000000.0","files":{}}`,
		"a thread, a reply counter": `{"type":"message","channel":"D1","channel_type":"im","user":"U1","text":"hi","ts":"1700000000.0","thread_ts":1,"reply_count":"x"}`,
	} {
		t.Run(name, func(t *testing.T) {
			if e := event(t, inner); e == nil || e.Text != "hi" || e.TS != "1700000000.0" {
				t.Errorf("event %+v, want the message", e)
			}
		})
	}
}

func TestFindID(t *testing.T) {
	long := strings.Repeat("x", 10_000)
	for name, tt := range map[string]struct{ js, want string }{
		"in front":                      {`{"envelope_id":"e1","payload":{"text":"` + long + `"}}`, "e1"},
		"at the end":                    {`{"payload":{"text":"` + long + `"}, "envelope_id" : "e1" }`, "e1"},
		"in what somebody wrote":        {`{"payload":{"text":"\"envelope_id\":\"e2\""},"envelope_id":"e1"}`, "e1"},
		"deeper down":                   {`{"payload":{"envelope_id":"e2"}}`, ""},
		"as a value":                    {`{"type":"envelope_id","x":"e2"}`, ""},
		"not a string":                  {`{"envelope_id":7,"x":"e2"}`, ""},
		"too long to be one":            {`{"envelope_id":"` + long + `"}`, ""},
		"with a key too long before it": {`{"` + long + `":"e2","envelope_id":"e1"}`, "e1"},
		"brackets in strings":           {`{"a":"}]{[","envelope_id":"e1"}`, "e1"},
		"in a list":                     {`["envelope_id","e2"]`, ""},
		"cut off":                       {`{"envelope_id":"e1`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			var f idFinder
			for chunk := range bytes.Lines([]byte(strings.ReplaceAll(tt.js, ":", ":\n"))) {
				_, _ = f.Write(chunk)
			}
			if f.id != tt.want {
				t.Errorf("id %q, want %q", f.id, tt.want)
			}
		})
	}
}

// envelopes are what a fuzzer begins with: one of each kind, and trouble.
var envelopes = []string{
	`{"type":"hello","num_connections":1}`,
	`{"type":"disconnect","reason":"warning"}`,
	`{"type":"events_api","envelope_id":"e1","payload":{"type":"event_callback","team_id":"T1","event_id":"Ev1","event_time":1700000000,"event":{"type":"message","channel":"D1","channel_type":"im","user":"U1","text":"hi &amp; <@U2>","ts":"1700000001.5","files":[{"mimetype":"image/png"}]}}}`,
	`{"type":"events_api","envelope_id":"e1","payload":{"type":"event_callback","event":{"type":"message","subtype":"message_changed","channel":"D1","message":{"user":"U1","text":"b","edited":{"user":"U1","ts":"2.2"},"ts":"1.1"},"previous_message":{"user":"U1","text":"a","ts":"1.1"}}}}`,
	`{"type":"events_api","envelope_id":"e1","payload":{"type":"event_callback","event":{"type":"message","subtype":"message_deleted","channel":"D1","previous_message":{"user":"U1","text":"a","ts":"1.1"}}}}`,
	`{"type":"events_api","envelope_id":"e1","payload":{"type":"event_callback","event":{"type":"user_change","user":{"id":"U1","tz":"Europe/Berlin","profile":{}}}}}`,
	`{"type":"events_api","envelope_id":"e1","payload":{"type":"event_callback","event":{"type":"tokens_revoked","tokens":{"bot":["UBOT"]}}}}`,
	`{"type":"slash_commands","envelope_id":"e1","accepts_response_payload":true,"payload":{"command":"/goals","text":"all","user_id":"U1","team_id":"T1"}}`,
	`{"type":"interactive","envelope_id":"e1","payload":{"type":"block_actions","team":{"id":"T1"},"user":{"id":"U1"},"container":{"type":"message","message_ts":"1.1","channel_id":"D1"},"actions":[{"type":"button","action_id":"a","block_id":"b","value":"1","action_ts":"1.2"}]}}`,
	`{"type":"interactive","envelope_id":"e1","payload":{"type":"view_submission","team":{"id":"T1"},"user":{"id":"U1"},"view":{"id":"V1","hash":"h","state":{"values":{"a":{"v":{"type":"plain_text_input","value":"x"}}}}}}}`,
	`{"type":"interactive","envelope_id":"e1","payload":{"type":"message_action","callback_id":"save_win","user":{"id":"U1"},"message":{"user":"U1","text":"x","ts":"1.1"}}}`,
	`{"type":"events_api","envelope_id":"e1","payload":null}`,
	`{"type":"events_api","envelope_id":"e1","payload":{"type":"event_callback","event":{"type":"message","user":{"id":1}}}}`,
	`{"envelope_id":"e1","payload":[[[[]]]]}`, `[]`, `"`, `{"envelope_id":`,
}

// Whatever arrives: no panic, one receipt for the envelope, and whatever reaches
// the Handler is by somebody, is not by the bot, and is not of a channel.
func FuzzEnvelope(f *testing.F) {
	for _, js := range envelopes {
		f.Add([]byte(js))
	}
	a, err := New(Config{Handler: nobody, Now: noonAlways, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		f.Fatal(err)
	}
	a.self.Store(&identity{team: "T1", user: "UBOT", bot: "B1"})
	f.Fuzz(func(t *testing.T, js []byte) {
		var e envelope
		if _, err := parse(js, &e); err != nil || e.ID == "" {
			return
		}
		j := a.decode(e, receipt{envelope: e.ID})
		if len(j.receipts) != 1 || j.receipts[0].envelope != e.ID {
			t.Fatalf("receipts %+v, want that of %q", j.receipts, e.ID)
		}
		for _, ev := range j.events {
			switch {
			case userOf(ev.Person) == "" || j.person != ev.Person:
				t.Errorf("event of %q in the line of %q", ev.Person, j.person)
			case userOf(ev.Person) == "UBOT" && e.Type == typeEvent:
				t.Errorf("the bot hears itself: %+v", ev)
			case ev.Kind == chat.Mention && ev.Channel != "":
				t.Errorf("a mention would be answered in %q", ev.Channel)
			}
		}
	})
}

// The id of an envelope that is too large is the one that reading it would find.
func FuzzFindID(f *testing.F) {
	for _, js := range envelopes {
		f.Add([]byte(js), 7)
	}
	f.Fuzz(func(t *testing.T, js []byte, cut int) {
		var whole, parts idFinder
		_, _ = whole.Write(js)
		at := 0
		if len(js) > 0 {
			at = int(uint(cut) % uint(len(js)))
		}
		_, _ = parts.Write(js[:at])
		_, _ = parts.Write(js[at:])
		if whole.id != parts.id {
			t.Errorf("id %q at once, %q in parts", whole.id, parts.id)
		}
		var want map[string]any
		if json.Unmarshal(js, &want) != nil || bytes.ContainsRune(js, '\\') || bytes.Count(js, []byte("envelope_id")) != 1 {
			return
		}
		id, _ := want["envelope_id"].(string)
		if strings.ToValidUTF8(whole.id, "") != whole.id { // JSON replaces what is not UTF-8
			return
		}
		if len(id) <= maxEnvelopeID && whole.id != id {
			t.Errorf("id %q, want %q", whole.id, id)
		}
	})
}
