package bot_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"waymark/internal/coach"
	"waymark/internal/kv"
	"waymark/internal/store"
	"waymark/internal/workspace"
)

// forger is somebody who sends what Ana has sent.
type forger struct{ name, team, user string }

// asIf is an envelope of Ana's as if somebody else had done the same: with her
// view ids, messages, values and forms, in their own DM, and without the words
// that only she knows. n makes it something new.
func (f forger) asIf(e envelope, n int) envelope {
	text := secrets.ReplaceAllString(string(e.Payload), "forged")
	text = strings.ReplaceAll(text, workspace.Ana, f.user)
	if e.Type == "events_api" { // Slack tells the bot of a DM to whom it belongs
		text = strings.ReplaceAll(text, "D"+strings.TrimPrefix(workspace.Ana, "U"), "D"+f.team[1:]+strings.TrimPrefix(f.user, "U"))
		if f.team == home {
			text = strings.ReplaceAll(text, "D"+f.team[1:], "D")
		}
	}
	text = strings.ReplaceAll(text, `"`+home+`"`, `"`+f.team+`"`)
	text = once.ReplaceAllString(text, fmt.Sprintf(`"$1":"$2%d"`, n))
	if f.user == workspace.Stranger { // where they meet is a channel of both companies
		text = strings.ReplaceAll(text, `"is_ext_shared_channel":false`, `"is_ext_shared_channel":true`)
	}
	return envelope{Type: e.Type, Payload: json.RawMessage(text), Accepts: e.Accepts}
}

// once are the ids that Slack gives out once.
var once = regexp.MustCompile(`"(event_id|action_ts|trigger_id)":"([^"]*)"`)

// record is what is kept about Ana; the bot does not run meanwhile.
func (g *gated) record() coach.Person {
	g.t.Helper()
	var p coach.Person
	g.inData(func(_ kv.Store, data *store.Store) {
		for id, kept := range records(g.t, data) {
			if strings.HasSuffix(string(id), "/"+home+"/"+workspace.Ana) {
				p = kept
			}
		}
	})
	if p.Plan.Confirmed.IsZero() {
		g.t.Fatal("Ana has no plan")
	}
	return p
}

// Whoever sends what Ana sent, with the ids of her messages, buttons, views and
// goals, reaches their own record and nothing else: they see nothing of hers,
// and nothing of hers changes. Slack lets nobody do that; the coach would not
// either.
func TestForgedEnvelopes(t *testing.T) {
	t.Parallel()
	g := newGated(t)
	g.plans()
	g.fillsForms()
	g.opens(workspace.Ana)
	g.mentions(workspace.Ana, "what is my goal?")
	g.commandsIn(workspace.Ana, workspace.General, "/career", "plan")
	g.commandsIn(workspace.Ana, workspace.General, "/career", "export")
	g.say("delete everything")
	g.tap("Delete everything")
	var hers []envelope
	for _, e := range g.wire.all() {
		if e.doer() == home+"/"+workspace.Ana {
			hers = append(hers, e)
		}
	}
	hers = append(hers, g.deletion())
	if len(hers) < 60 {
		t.Fatalf("Ana did only %d things", len(hers))
	}
	g.stop()
	before := g.record()
	g.begins()
	n := 0
	for _, f := range []forger{
		{"her manager", home, workspace.Sam}, {"a guest", home, workspace.Guest}, {"somebody of another company", home, workspace.Stranger}, {"her id in a sibling workspace", "T01SIBLING0", workspace.Ana},
		{"her id in another company", "T01ELSEWHER", workspace.Ana},
	} {
		for _, e := range hers {
			n++
			g.wire.forge(f.asIf(e, n))
		}
		g.settle()
	}
	g.stop()
	if diff := cmp.Diff(before, g.record()); diff != "" {
		t.Errorf("what others sent changed Ana's record (-before +after):\n%s", diff)
	}
	g.nothingElsewhere()
	for _, person := range []string{workspace.Sam, workspace.Kim, workspace.Guest, workspace.Stranger} {
		for where, text := range g.sees(person) {
			if got := found(text); len(got) > 0 {
				t.Errorf("%s sees %q: %s", person, got, where)
			}
		}
	}
	if got := found(g.log.String()); len(got) > 0 {
		t.Errorf("the log holds %q", got)
	}
	g.plainKeys()
}

// deletion is the form that Ana has on screen, sent with a yes.
func (g *gated) deletion() envelope {
	g.t.Helper()
	form := g.view()
	values := map[string]any{}
	for _, a := range form.Actions {
		if len(a.Options) > 0 {
			values[a.BlockID] = map[string]any{a.ActionID: map[string]any{"type": a.Type, "selected_options": []any{map[string]any{"value": a.Options[0].Value}}}}
		}
	}
	if len(values) == 0 {
		g.t.Fatalf("the form %s has nothing to say yes to", form.Callback)
	}
	js, err := json.Marshal(map[string]any{
		"type": "view_submission", "team": map[string]any{"id": home}, "user": map[string]any{"id": workspace.Ana, "team_id": home},
		"view": map[string]any{"id": form.ID, "type": "modal", "callback_id": form.Callback, "hash": form.Hash, "state": map[string]any{"values": values}},
	})
	if err != nil {
		g.t.Fatal(err)
	}
	return envelope{Type: "interactive", Payload: js, Accepts: true}
}

// What somebody says where they cannot have said it, in the DM of somebody else,
// is answered where the platform says that they are, and not there.
func TestForgedDM(t *testing.T) {
	t.Parallel()
	g := newGated(t)
	g.say("hi")
	if _, err := g.ws.Say(workspace.Kim, "hi"); err != nil {
		t.Fatal(err)
	}
	g.settle()
	var kims envelope
	for _, e := range g.wire.all() {
		if e.doer() == home+"/"+workspace.Kim && strings.Contains(string(e.Payload), `"type":"message"`) {
			kims = e
		}
	}
	if kims.Type == "" {
		t.Fatal("Kim's message did not come over the wire")
	}
	before := len(g.said())
	dm := func(id string) string { return "D" + strings.TrimPrefix(id, "U") }
	for i, text := range []string{"start", "I sell " + marker + "cakes"} {
		g.pass(time.Minute)
		e := kims
		js := once.ReplaceAllString(string(e.Payload), fmt.Sprintf(`"$1":"$2%d"`, i))
		js = strings.ReplaceAll(js, dm(workspace.Kim), dm(workspace.Ana))
		js = strings.ReplaceAll(js, `"text":"hi"`, `"text":"`+text+`"`)
		js = stamps.ReplaceAllString(js, fmt.Sprintf(`"$1":"%d.00000%d"`, g.ws.Now().Unix(), i))
		e.Payload = json.RawMessage(js)
		g.wire.forge(e)
		g.settle()
	}
	if got := g.said()[before:]; len(got) > 0 {
		t.Errorf("in Ana's DM the coach says %q", got)
	}
	last := unescape.Replace(g.lastOf(workspace.Kim).Text)
	if next := questions.On(last); len(next) == 0 || next[0] == "have.job" {
		t.Errorf("what Kim was told last is %q, want the question after her job", last)
	}
}

// stamps are the ids of messages.
var stamps = regexp.MustCompile(`"(ts|event_ts)":"([^"]*)"`)
