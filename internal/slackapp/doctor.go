package slackapp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"waymark/internal/chat"
)

// Finding is one thing that was looked at before or while the bot runs.
type Finding struct {
	Check   string `json:"check"`             // what was looked at, in a few words
	Problem string `json:"problem,omitempty"` // "" = all is well
	Fix     string `json:"fix,omitempty"`     // what to do about it
	// Minor problems do not keep the bot from starting.
	Minor bool `json:"minor,omitempty"`
}

// maxSkew is how far this machine's clock may be from Slack's: reminders come by
// this machine's, and what came after what is told by Slack's.
const maxSkew = 30 * time.Second

// Examine looks at everything about Slack that can be wrong: the tokens' shape,
// whether Slack takes them, scopes, Socket Mode, the clock, and whether Slack
// takes every shape of message and form that the bot can send. It sends nothing
// to anybody.
func (a *App) Examine(ctx context.Context) []Finding {
	found := []Finding{
		finding("shape of "+AppTokenVariable, appToken.check(a.cfg.AppToken)),
		finding("shape of "+BotTokenVariable, botToken.check(a.cfg.BotToken)),
	}
	found = append(found, a.names())
	if found[1].Problem == "" {
		r, err := a.api.AuthTestContext(ctx)
		if err != nil {
			err = a.checkError(botToken, "auth.test", err)
		}
		found = append(found, finding("bot token at Slack", err))
		if err == nil {
			found = append(found, finding("scopes", checkScopes(r.Header, scopes)))
			fewer := finding("further scopes", checkScopes(r.Header, optionalScopes))
			fewer.Minor = true
			found = append(found, fewer, a.skew(r.Header), a.shapes(ctx))
		}
	}
	if found[0].Problem == "" {
		_, _, err := a.api.StartSocketModeContext(ctx)
		if err != nil {
			err = a.checkError(appToken, "apps.connections.open", err)
		}
		found = append(found, finding("app token and Socket Mode", err))
	}
	return found
}

// finding is an error as a finding, with what to do about it apart.
func finding(check string, err error) Finding {
	f := Finding{Check: check}
	var t *TokenError
	switch {
	case errors.As(err, &t):
		f.Problem, f.Fix = t.Variable+" "+t.Problem, t.Fix
		if t.Name != "" {
			f.Problem += " (Slack says " + t.Name + ")"
		}
	case err != nil:
		f.Problem, f.Fix = err.Error(), fixApp
		switch {
		case errors.Is(err, ErrScope):
			f.Fix = fixScopes
		case errors.Is(err, ErrUnreachable):
			f.Fix = fixNetwork
		}
		f.Problem = strings.TrimSuffix(f.Problem, ": "+f.Fix)
	}
	return f
}

// names says which slash commands are the bot's. Slack lets two apps of one
// workspace have the same, gives it to the one that was installed last, and tells
// no app which others there are: somebody has to try.
func (a *App) names() Finding {
	all := Commands(a.cfg.CommandPrefix)
	return Finding{
		Check: "command names", Minor: true,
		Problem: "Slack does not tell whether another app of the workspace has " + strings.Join(all, ", ") + " as well; it gives a command to the app that was installed last",
		Fix:     "type " + all[0] + " in Slack: if something else answers, choose a --command-prefix, for the bot and for the manifest",
	}
}

// skew compares this machine's clock with Slack's.
func (a *App) skew(h http.Header) Finding {
	f := Finding{Check: "clock"}
	theirs, err := http.ParseTime(h.Get("Date"))
	if err != nil {
		return f // there is nothing to compare with
	}
	if off := a.cfg.Now().Sub(theirs).Round(time.Second); off.Abs() > maxSkew {
		f.Problem = fmt.Sprintf("this machine's clock is off Slack's by %s", off)
		f.Fix = "turn on time synchronization (NTP)"
	}
	return f
}

// shapes has Slack validate one message, tab and form of each shape.
func (a *App) shapes(ctx context.Context) Finding {
	f := Finding{Check: "messages and forms that Slack takes"}
	for _, s := range samples() {
		name, arg, value, err := s.render(a.labels())
		if err == nil {
			err = a.validate(ctx, arg, value)
		}
		if err != nil {
			f.Problem = fmt.Sprintf("%s: %v", name, err)
			f.Fix = "look for a newer version of waymark; what Slack refuses is not shown"
			f.Minor = true
			return f
		}
	}
	return f
}

// validate calls blocks.validate, which the client library does not know.
func (a *App) validate(ctx context.Context, arg string, value any) error {
	js, err := json.Marshal(value)
	if err != nil {
		return err
	}
	form := url.Values{"token": {a.cfg.BotToken}, arg: {string(js)}}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, a.cfg.APIURL+"blocks.validate", strings.NewReader(form.Encode()))
	if err != nil {
		return errors.New("blocks.validate cannot be called at this address")
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := a.cfg.HTTPClient.Do(req)
	if err != nil {
		return fmt.Errorf("%w: blocks.validate did not answer", ErrUnreachable)
	}
	defer resp.Body.Close()
	var answer struct {
		OK     bool   `json:"ok"`
		Error  string `json:"error"`
		Errors []struct {
			Pointer string `json:"pointer"`
			Message string `json:"message"`
		} `json:"errors"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&answer); err != nil {
		return fmt.Errorf("blocks.validate: answer of status %d cannot be read", resp.StatusCode)
	}
	switch {
	case len(answer.Errors) > 0:
		return fmt.Errorf("refused at %s: %s", answer.Errors[0].Pointer, answer.Errors[0].Message)
	case !answer.OK && answer.Error == "unknown_method":
		return nil // a Slack without it
	case !answer.OK:
		return fmt.Errorf("blocks.validate: Slack says %s", answer.Error)
	}
	return nil
}

// sample is one shape of what the bot can send.
type sample struct {
	name    string
	message *chat.Message
	page    *chat.Page
	form    *chat.Form
}

// render sets a sample, and says as which argument it is to be validated.
func (s sample) render(l Labels) (name, arg string, value any, err error) {
	switch {
	case s.message != nil:
		var r rendered
		r, err = render(*s.message, l)
		return s.name, "blocks", slack.Blocks{BlockSet: r.blocks}.BlockSet, err
	case s.page != nil:
		value, err = page(*s.page, l)
	default:
		value, err = modal(*s.form, l)
	}
	return s.name, "view", value, err
}

// samples are one of each shape, made of the coach's words alone.
func samples() []sample {
	choices := func(n int) []chat.Choice {
		var out []chat.Choice
		for i := range n {
			out = append(out, chat.Choice{Value: fmt.Sprint("v", i), Label: fmt.Sprint("Choice ", i+1), Primary: i == 0})
		}
		return out
	}
	text := chat.Para(chat.T("A line, "), chat.B("bold, "), chat.Span{Text: "leaning, ", Style: chat.Italic}, chat.Span{Text: "/goals", Style: chat.Code}, chat.Own(" and <own> *words*"))
	list := [][]chat.Span{{chat.T("one")}, {chat.Own("two")}}
	body := []chat.Block{
		{Kind: chat.Heading, Spans: []chat.Span{chat.T("A heading")}}, text,
		{Kind: chat.Bullets, Items: list}, {Kind: chat.Numbers, Items: list}, {Kind: chat.Rule},
		{Kind: chat.Note, Spans: []chat.Span{chat.T("Small print")}},
		{Kind: chat.Meter, Spans: []chat.Span{chat.T("2 of 4 steps")}, Done: 2, Total: 4},
		{Kind: chat.Buttons, ID: "sample", Choices: choices(3)},
	}
	ask := func(name string, a chat.Ask) sample {
		a.ID = "sample"
		return sample{name: name, message: &chat.Message{Blocks: []chat.Block{text}, Ask: &a, Footer: []chat.Span{chat.T("A footer")}}}
	}
	fields := []chat.Field{
		{Name: "line", Kind: chat.Line, Label: "Line", Hint: "A hint", Placeholder: "Empty"},
		{Name: "lines", Kind: chat.Lines, Label: "Lines", Value: []string{"text"}, Optional: true},
		{Name: "date", Kind: chat.Date, Label: "Date", Value: []string{"2027-01-04"}},
		{Name: "pick", Kind: chat.Pick, Label: "Pick", Choices: choices(12), Value: []string{"v1"}},
		{Name: "radio", Kind: chat.Radio, Label: "Radio", Choices: choices(4), Value: []string{"v1"}},
		{Name: "picks", Kind: chat.Picks, Label: "Picks", Choices: choices(4), Value: []string{"v1", "v2"}},
		{Name: "menu", Kind: chat.Picks, Label: "Many picks", Choices: choices(30), Value: []string{"v1"}},
		{Name: "number", Kind: chat.Number, Label: "Number", Min: 0, Max: 10, Value: []string{"3"}},
		{Name: "shown", Kind: chat.Shown, Block: text},
	}
	return []sample{
		{name: "message", message: &chat.Message{Blocks: body}},
		ask("buttons", chat.Ask{Choices: choices(3), Extra: choices(2)}),
		ask("menu", chat.Ask{Choices: choices(40)}),
		ask("several", chat.Ask{Choices: choices(5), Many: true}),
		ask("menu of several", chat.Ask{Choices: choices(40), Many: true}),
		ask("date", chat.Ask{Date: true, Initial: "2027-01-04", Extra: choices(1)}),
		{name: "tab", page: &chat.Page{Blocks: body}},
		{name: "form", form: &chat.Form{Name: "sample", Title: "A form", Send: "Send", Cancel: "Cancel", Fields: fields}},
		{name: "receipt", form: &chat.Form{Name: "sample", Title: "A receipt", Cancel: "Close", Fields: fields[len(fields)-1:]}},
	}
}
