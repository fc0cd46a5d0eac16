package workspace

import (
	"fmt"
	"strings"
)

// pageFault is a fault that the page can call up: a button and what is sent.
type pageFault struct {
	Group, What, Why string
	Send             string // JSON of a Fault
}

// pageFaults are the faults of the page's panel, in its order.
var pageFaults = []pageFault{
	{"What reaches the bot", "Lose the next ack", "Slack delivers the event again; a click or a command fails.", `{"kind":"lose_acks"}`},
	{"", "Deliver the last five again", "The same event ids once more, as after a lost ack.", `{"kind":"redeliver_last","count":5}`},
	{"", "Ask to reconnect", "Slack closes the socket and expects a new one.", `{"kind":"disconnect","reason":"refresh_requested"}`},
	{"", "Refresh as planned", "A warning now, the reconnect ten seconds later: nothing may get lost.", `{"kind":"refresh"}`},
	{"", "Fall silent", "Nothing arrives any more on either side, and nothing is closed.", `{"kind":"half_open"}`},
	{"", "Stop the pings", "Everything else goes on.", `{"kind":"no_pings"}`},
	{"", "Send a broken envelope", "The next one is no JSON.", `{"kind":"garble"}`},
	{"", "Send an unknown event", "A type that nobody knows yet.", `{"kind":"strange"}`},
	{"", "Break the connection", "All sockets end without a word.", `{"kind":"drop"}`},
	{"", "Break in mid-message", "The next delivery stops half-way.", `{"kind":"drop","mid_frame":true}`},
	{"What the bot calls", "Rate limit the next call", "429, try again in 3 seconds.", `{"kind":"rate_limit","retry_after":3}`},
	{"", "Fail the next call", "500 and a page of HTML.", `{"kind":"server_error"}`},
	{"", "Answer the next five slowly", "Each takes two seconds.", `{"kind":"slow","count":5,"delay_ms":2000}`},
	{"", "Lose the next post’s answer", "The message is there, the bot does not know.", `{"kind":"lose_answer","method":"chat.postMessage"}`},
	{"", "Accept the next post late", "The connection breaks; the message comes two seconds later.", `{"kind":"accept_late","method":"chat.postMessage","delay_ms":2000}`},
	{"", "Refuse the next Home tab", "views.publish answers hash_conflict.", `{"kind":"slack_error","method":"views.publish","name":"hash_conflict"}`},
	{"", "Refuse the next form", "views.open answers expired_trigger_id.", `{"kind":"slack_error","method":"views.open","name":"expired_trigger_id"}`},
	{"What the bot may do", "Take files:write away", "Uploads are refused until it is given back.", `{"kind":"missing_scope","scope":"files:write"}`},
	{"", "Revoke the bot token", "Every call is refused until it is given back.", `{"kind":"revoke"}`},
}

// describe says in a few words which faults are to come or hold.
func describe(active []Fault) []string {
	var list []string
	for _, f := range active {
		words := []string{strings.ReplaceAll(f.Kind, "_", " ")}
		for _, more := range []string{f.Method, f.Name, f.Scope, f.Token} {
			if more != "" {
				words = append(words, more)
			}
		}
		if f.Count > 0 {
			words = append(words, fmt.Sprintf("× %d", f.Count))
		}
		list = append(list, strings.Join(words, " "))
	}
	return list
}
