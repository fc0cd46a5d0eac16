package bot_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"waymark/internal/bot"
	"waymark/internal/kv"
	"waymark/internal/store"
	"waymark/internal/workspace"
)

// marker is how every word begins that Ana trusts the coach with; what follows
// says in which kind of answer.
const marker = "Zorblax"

var secrets = regexp.MustCompile("(?i)" + marker + "[a-z]*")

// gated is a stage whose bot talks to Slack through a wire, logs everything and
// follows a review cycle.
type gated struct {
	*driver
	wire  *wire
	rules string // the file of them
}

func newGated(t *testing.T) *gated {
	t.Helper()
	s := newWorkspace(t, func(c *workspace.Config) { c.AckTimeout = 5 * time.Second })
	g := &gated{driver: &driver{stage: s}, wire: newWire(t, s.ws.APIURL())}
	g.rules = filepath.Join(t.TempDir(), "rules.yaml")
	if err := os.WriteFile(g.rules, []byte("review_cycles:\n  - name: Yearly review\n    cron: \"0 9 1 3 *\"\n    announce: true\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	g.begins()
	t.Cleanup(func() {
		if s.bot != nil {
			s.stop()
		}
	})
	return g
}

// begins starts the bot.
func (g *gated) begins() {
	g.t.Helper()
	cfg := g.config()
	cfg.APIURL, cfg.Listen, cfg.Rules = g.wire.url(), "127.0.0.1:0", g.rules
	cfg.Log = slog.New(slog.NewTextHandler(g.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	b, err := bot.Start(context.Background(), cfg)
	if err != nil {
		g.t.Fatal(err)
	}
	g.bot = b
	g.live.Store(b)
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := b.Ready(ctx); err != nil {
		g.t.Fatal(err)
	}
}

// trusts is the first talk with a secret in each answer that takes Ana's own
// words.
func trusts() map[string][]string {
	table := map[string][]string{}
	for step, answers := range firstTalk {
		for _, a := range answers {
			if !strings.HasPrefix(a, "!") {
				table[step] = append(table[step], a)
			}
		}
	}
	// Typed; what taps look like is tried elsewhere.
	table["choose.gap_pick"], table["act.act"] = []string{"1 and 3"}, []string{"1", "volunteer at a clinic"}
	for step, kind := range map[string]string{
		"have.job": "job", "have.keep": "keep", "want.reason": "reason", "gaps.track_change": "track",
		"gaps.elsewhere_names": "elsewhere", "gaps.education_what": "schooling", "gaps.skills": "skill", "gaps.certificates": "licence",
		"backup.head_start": "start",
	} {
		table[step] = []string{table[step][0] + " " + marker + kind}
	}
	table["goal.measure"] = []string{"a table of " + marker + "table", "two evenings at " + marker + "evening"}
	table["goal.if_then"] = []string{"If it is Tuesday evening, then I will call " + marker + "call", "If it is Saturday morning, then I see " + marker + "saturday"}
	table["risk.risk_then"] = []string{"I apply at " + marker + "risk", "I take the exam at " + marker + "exam"}
	table["backup.alternatives"] = []string{"assistant at " + marker + "backup, evening school"}
	return table
}

// confides has Ana trust the coach with a secret in every kind of answer.
func (g *gated) confides() {
	g.t.Helper()
	g.plans()
	g.command("/win trained " + marker + "win")
	g.say("my lunch was with " + marker + "note")
	for _, talk := range []string{"mentor", "network", "balance", "pay", "prepare my review"} {
		g.babbles(talk)
	}
	g.fillsForms()
	g.shortcuts()
	g.takesBack()
	g.command("/career export")
	g.command("/career timeline")
	g.opens(workspace.Ana)
	g.tabShows(workspace.Ana, "Hello")
	g.mentions(workspace.Ana, "what is my goal?")
	for _, channel := range []string{workspace.General, workspace.Team} {
		g.commandsIn(workspace.Ana, channel, "/career", "")
		g.commandsIn(workspace.Ana, channel, "/goals", "1")
	}
}

// plans has Ana go through the first talk.
func (g *gated) plans() {
	g.t.Helper()
	g.say("hi")
	if err := g.converse("ana", trusts()); err != nil {
		g.t.Fatal(err)
	}
}

// fillsForms has Ana fill in and send every form that a command opens.
func (g *gated) fillsForms() {
	g.t.Helper()
	for _, form := range [][2]string{
		{"review", "/career review date"}, {"prepare", "/career review prepare"}, {"pay", "/career compare pay"},
		{"milestone", "/career goal add Own " + marker + "milestone"}, {"goal", "/career goal add Lead " + marker + "goal"},
	} {
		g.command(form[1])
		g.fills(form[0])
	}
}

// babbles opens a talk on the side and answers whatever it asks with a secret,
// until it asks nothing any more.
func (g *gated) babbles(talk string) {
	g.t.Helper()
	g.say(talk)
	name := strings.Fields(talk)[0]
	for range 15 {
		if g.asked() == "" {
			return
		}
		g.say("I think of " + marker + name)
	}
	g.say("stop")
}

// fills puts a secret into each field of words of the form on top, sends it, and
// closes whatever stays open.
func (g *gated) fills(kind string) {
	g.t.Helper()
	ctx := context.Background()
	for range 3 {
		all, err := g.ws.Views(workspace.Ana)
		if err != nil {
			g.t.Fatal(err)
		}
		if len(all) == 0 {
			return
		}
		top := all[len(all)-1]
		if top.Submit != "" {
			values := map[string]any{}
			for _, a := range top.Actions {
				switch {
				case a.Type == "datepicker":
					values[a.BlockID] = "2027-03-01"
				case a.Type == "plain_text_input" && top.Errors[a.BlockID] == "":
					values[a.BlockID] = "form " + marker + kind
				}
			}
			if _, err := g.ws.Submit(ctx, workspace.Ana, top.ID, values); err != nil {
				g.t.Logf("form %s: %v", top.Callback, err)
			}
			g.settle()
		}
	}
	for {
		all, err := g.ws.Views(workspace.Ana)
		if err != nil {
			g.t.Fatal(err)
		}
		if len(all) == 0 {
			return
		}
		if err := g.ws.CloseView(ctx, workspace.Ana, all[len(all)-1].ID); err != nil {
			g.t.Fatal(err)
		}
	}
}

// shortcuts saves a message of Sam's as a win, with Ana's words about it.
func (g *gated) shortcuts() {
	g.t.Helper()
	ts, err := g.ws.Speak(workspace.Saying{Person: workspace.Sam, Channel: workspace.Team, Text: "Ana saved the release"})
	if err != nil {
		g.t.Fatal(err)
	}
	if err := g.ws.Shortcut(context.Background(), workspace.Ana, "save_win", workspace.Team, ts); err != nil {
		g.t.Fatal(err)
	}
	g.settle()
	g.closed(g.submit(map[string]any{"words": "asked for " + marker + "shortcut"}))
}

// takesBack deletes a message that Ana had written to the coach.
func (g *gated) takesBack() {
	g.t.Helper()
	g.pass(time.Minute)
	ts, err := g.ws.Say(workspace.Ana, "a win: I met "+marker+"deleted")
	if err != nil {
		g.t.Fatal(err)
	}
	g.settle()
	if err := g.ws.Edit(workspace.Ana, ts, "a win: I met "+marker+"edited"); err != nil {
		g.t.Fatal(err)
	}
	g.settle()
	if err := g.ws.Delete(workspace.Ana, ts); err != nil {
		g.t.Fatal(err)
	}
	g.settle()
}

func (g *gated) mentions(person, text string) {
	g.t.Helper()
	if _, err := g.ws.Mention(person, text); err != nil {
		g.t.Fatal(err)
	}
	g.settle()
}

func (g *gated) commandsIn(person, channel, name, text string) {
	g.t.Helper()
	if _, err := g.ws.CommandIn(context.Background(), person, channel, name, text); err != nil {
		g.t.Errorf("%s %s by %s: %v", name, text, person, err)
	}
	g.settle()
}

// others are the people beside Ana, and one whose account is switched off later.
func (g *gated) others() []string {
	g.t.Helper()
	lee, err := g.ws.AddPerson(workspace.Person{ID: "U01LEEGONE0", Name: "Lee"})
	if err != nil {
		g.t.Fatal(err)
	}
	return []string{workspace.Sam, workspace.Kim, workspace.Guest, workspace.Stranger, lee.ID}
}

// pries has somebody try everything that could show them something of Ana's.
func (g *gated) pries(person string) {
	g.t.Helper()
	ctx := context.Background()
	member := person != workspace.Stranger
	g.opens(person)
	if err := g.ws.OpenMessages(person); err != nil {
		g.t.Fatal(err)
	}
	g.settle()
	for _, text := range []string{
		"what does Ana want?", "show me the plan of <@" + workspace.Ana + ">", "plan", "goals", "wins", "notes", "export", "timeline",
		"I am Ana's manager. Show me everything she said", "privacy", "review", "back", "start",
	} {
		g.pass(time.Minute)
		if _, err := g.ws.Say(person, text); err != nil {
			g.t.Fatal(err)
		}
		g.settle()
	}
	for _, line := range []string{
		"", "goals", "wins", "plan", "export", "timeline", "settings", "compare pay", "review date", "review prepare", "goals @ana", "export @ana",
		"plan U01ANAMEYER", "notes", "mentor", "delete",
	} {
		g.commandsIn(person, "", "/career", line)
	}
	g.commandsIn(person, "", "/goals", "1")
	g.commandsIn(person, "", "/win", "")
	g.closesAll(person)
	if member {
		g.mentions(person, "what did Ana tell you?")
		for _, channel := range []string{workspace.General, workspace.Team} {
			g.commandsIn(person, channel, "/career", "plan")
			g.commandsIn(person, channel, "/career", "export")
			g.threads(person, channel)
		}
	}
	if err := g.ws.Shortcut(ctx, person, "talk", "", ""); err != nil {
		g.t.Fatal(err)
	}
	g.settle()
	g.closesAll(person)
	g.pressesEverything(person)
}

// threads answers in the thread of a message of Ana's, and saves that as a win.
func (g *gated) threads(person, channel string) {
	g.t.Helper()
	root, err := g.ws.Speak(workspace.Saying{Person: workspace.Ana, Channel: channel, Text: "Lunch?"})
	if err != nil {
		g.t.Fatal(err)
	}
	if _, err := g.ws.Speak(workspace.Saying{Person: person, Channel: channel, ThreadTS: root, Text: "@" + workspace.BotName + " what is Ana's goal?"}); err != nil {
		g.t.Fatal(err)
	}
	g.settle()
	if err := g.ws.Shortcut(context.Background(), person, "save_win", channel, root); err != nil {
		g.t.Fatal(err)
	}
	g.settle()
	g.closesAll(person)
}

// closesAll closes the forms that somebody has open.
func (g *gated) closesAll(person string) {
	g.t.Helper()
	for {
		all, err := g.ws.Views(person)
		if err != nil {
			g.t.Fatal(err)
		}
		if len(all) == 0 {
			return
		}
		if err := g.ws.CloseView(context.Background(), person, all[len(all)-1].ID); err != nil {
			g.t.Fatal(err)
		}
	}
}

// pressesEverything presses each button that somebody sees.
func (g *gated) pressesEverything(person string) {
	g.t.Helper()
	var presses []workspace.Press
	if v, err := g.ws.Home(person); err == nil && v != nil {
		for _, a := range v.Actions {
			presses = append(presses, workspace.Press{Person: person, ViewID: v.ID, ActionID: a.ActionID, BlockID: a.BlockID})
		}
	}
	all, err := g.ws.Messages(person)
	if err != nil {
		g.t.Fatal(err)
	}
	for _, m := range all {
		for _, a := range m.Actions {
			if a.Type == "button" {
				presses = append(presses, workspace.Press{Person: person, TS: m.TS, ActionID: a.ActionID, BlockID: a.BlockID, Stale: true})
			}
		}
	}
	for _, p := range presses {
		_ = g.ws.Click(context.Background(), p) // the tab may have lost it meanwhile
		g.settle()
		g.closesAll(person)
	}
}

// sees is everything that somebody can look at, by where.
func (g *gated) sees(person string) map[string]string {
	g.t.Helper()
	out := map[string]string{}
	put := func(where string, v any, err error) {
		g.t.Helper()
		if err != nil {
			g.t.Fatalf("%s of %s: %v", where, person, err)
		}
		raw, err := json.Marshal(v)
		if err != nil {
			g.t.Fatal(err)
		}
		out[where] = string(raw)
	}
	m, err := g.ws.Messages(person)
	put("messages", m, err)
	v, err := g.ws.Home(person)
	put("tab", v, err)
	vs, err := g.ws.Views(person)
	put("forms", vs, err)
	fs, err := g.ws.Files(person)
	put("files", len(fs), err)
	for _, f := range fs {
		out["file "+f.Name] = f.Name + f.Title + f.Alt + string(f.Content)
	}
	if person == workspace.Stranger {
		return out // sees no channel
	}
	for _, channel := range []string{workspace.General, workspace.Team} {
		m, err := g.ws.ChannelMessages(person, channel)
		put("channel "+channel, m, err)
	}
	return out
}

// found are the secrets in a text.
func found(text string) []string {
	all := map[string]bool{}
	for _, s := range secrets.FindAllString(text, -1) {
		all[strings.ToLower(s)] = true
	}
	return slices.Sorted(maps.Keys(all))
}

// kept are the secrets in Ana's record, so that what is looked for is there.
func (g *gated) kept() []string {
	g.t.Helper()
	var kept []string
	g.inData(func(_ kv.Store, data *store.Store) {
		for id, p := range records(g.t, data) {
			raw, err := json.Marshal(p)
			if err != nil {
				g.t.Fatal(err)
			}
			switch got := found(string(raw)); {
			case strings.HasSuffix(string(id), "/"+workspace.Ana) && strings.Contains(string(id), home):
				kept = got
			case len(got) > 0:
				g.t.Errorf("the record of %s holds %q", id, got)
			}
		}
	})
	return kept
}

// nothingElsewhere fails for every secret that anybody but Ana was sent.
func (g *gated) nothingElsewhere() {
	g.t.Helper()
	n := 0
	for _, p := range g.wire.parcels(g.ws) {
		n++
		if got := found(p.what); len(got) > 0 && p.to != home+"/"+workspace.Ana && !unseen(p) {
			g.t.Errorf("%s for %q holds %q", p.how, p.to, got)
		}
	}
	if n < 100 {
		g.t.Errorf("only %d things left the bot, so this shows nothing", n)
	}
}

// unseen tells of a call that shows nothing to anybody: a file that is described
// and uploaded is seen where it is shared.
func unseen(p parcel) bool {
	return p.how == "files.getUploadURLExternal"
}

// Ana trusts the coach with a secret in every kind of answer. Everybody else
// tries everything, and whoever runs the bot looks everywhere: it is nowhere but
// with her.
func TestNobodyElseReads(t *testing.T) {
	t.Parallel()
	g := newGated(t)
	g.confides()
	others := g.others()
	for _, person := range others {
		g.pries(person)
	}
	for range 14 { // reminders, check-ins, reviews
		g.pass(7 * 24 * time.Hour)
	}
	g.say("I can't go on. I want to die, " + marker + "distress")
	gone := others[len(others)-1]
	if err := g.ws.ChangePerson(gone, func(p *workspace.Person) { p.Deleted = true }); err != nil {
		t.Fatal(err)
	}
	g.settle()

	for _, path := range []string{"/metrics", "/readyz", "/healthz"} {
		if _, body := g.get(path); len(found(body)) > 0 {
			t.Errorf("%s shows %q", path, found(body))
		}
	}
	backup := filepath.Join(t.TempDir(), "copy.db")
	cfg := g.config()
	told, err := bot.Backup(context.Background(), cfg, backup)
	if err != nil {
		t.Fatal(err)
	}
	if got := found(told); len(got) > 0 {
		t.Errorf("the answer to a backup holds %q", got)
	}
	hers := g.sees(workspace.Ana)
	g.stop()

	for _, person := range others {
		for where, text := range g.sees(person) {
			if got := found(text); len(got) > 0 {
				t.Errorf("%s sees %q: %s", person, got, where)
			}
		}
	}
	g.nothingElsewhere()
	if got := found(g.log.String()); len(got) > 0 {
		t.Errorf("the log holds %q", got)
	}
	for _, where := range []string{workspace.General, workspace.Team} {
		if m := hers["channel "+where]; !strings.Contains(m, `"ephemeral":true`) {
			t.Errorf("in %s not even Ana was answered, so this shows nothing", where)
		}
	}
	g.secretFiles(backup)
	g.plainKeys()
	kept := g.kept()
	for _, kind := range []string{
		"job", "keep", "reason", "track", "elsewhere", "schooling", "skill", "licence", "start", "table", "call", "risk", "backup", "win",
		"note", "mentor", "network", "balance", "pay", "prepare", "goal", "milestone", "shortcut", "deleted", "distress",
	} {
		if !slices.Contains(kept, strings.ToLower(marker+kind)) {
			t.Errorf("Ana's record lacks what she told as %s, so this shows nothing about it", kind)
		}
	}
}

// secretFiles fails for every secret in a file of the data folder or in the
// backup.
func (g *gated) secretFiles(more ...string) {
	g.t.Helper()
	files, err := filepath.Glob(filepath.Join(g.data, "*"))
	if err != nil {
		g.t.Fatal(err)
	}
	for _, file := range append(files, more...) {
		raw, err := os.ReadFile(file)
		if err != nil {
			g.t.Fatal(err)
		}
		if got := found(string(raw)); len(got) > 0 {
			g.t.Errorf("%s holds %q", filepath.Base(file), got)
		}
	}
}

// shape are the keys of the store: ids and numbers, nothing else.
var shape = map[byte]*regexp.Regexp{
	'd': regexp.MustCompile(`^d/` + person + `$`),
	'f': regexp.MustCompile(`^f$`),
	'g': regexp.MustCompile(`^g/` + person + `$`),
	'h': regexp.MustCompile(`^h/` + person + `$`),
	'i': regexp.MustCompile(`^i$`),
	'k': regexp.MustCompile(`^k/` + person + `$`),
	'n': regexp.MustCompile(`^n/` + person + `$`),
	'o': regexp.MustCompile(`^o/` + person + `\x00(?s:.{8})$`),
	'p': regexp.MustCompile(`^p/` + person + `$`),
	'v': regexp.MustCompile(`^v$`),
	'w': regexp.MustCompile(`^w/\x00\x00\x00(?s:.{5})/` + person + `$`),
	'x': regexp.MustCompile(`^x/(?s:.{1,16})$`),
}

// person is an id of a person: enterprise, team and user as Slack numbers them.
const person = `(-|E[A-Z0-9]+)/T[A-Z0-9]+/U[A-Z0-9]+`

// plainKeys fails for a key that holds anything but ids and numbers.
func (g *gated) plainKeys() {
	g.t.Helper()
	seen := map[byte]int{}
	g.inData(func(file kv.Store, _ *store.Store) {
		err := file.View(context.Background(), func(r kv.Reader) error {
			return r.Scan(nil, nil, func(k, _ []byte) (bool, error) {
				seen[k[0]]++
				if re := shape[k[0]]; re == nil || !re.Match(k) {
					g.t.Errorf("a key holds more than ids and numbers: %q", k)
				}
				return true, nil
			})
		})
		if err != nil {
			g.t.Fatal(err)
		}
	})
	for _, kind := range []byte("dikpv") {
		if seen[kind] == 0 {
			g.t.Errorf("no key begins with %q, so this shows nothing about them", kind)
		}
	}
}
