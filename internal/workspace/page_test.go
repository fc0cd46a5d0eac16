package workspace_test

import (
	"context"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"

	"waymark/internal/workspace"
)

var screenshots = flag.String("screenshots", "", "folder to write pictures of the page to")

// get reads a page.
func get(t *testing.T, address string) (*http.Response, string) {
	t.Helper()
	res, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(body)
}

func TestPageIsDrawnByTheServer(t *testing.T) {
	w := start(t, workspace.Config{Start: time.Date(2027, 1, 4, 8, 15, 0, 0, time.UTC), FrozenClock: true,
		Commands: []workspace.Command{{Name: "/goals", Description: "Your goals"}}})
	res, body := get(t, w.URL())
	for _, want := range []string{"Waymark trial", "Mon 4 Jan 2027, 09:15", "Europe/Berlin", "three things to try", "Say hi", "/goals", `data-as="` + workspace.Ana + `"`, "2027-01-05T09:00:00&#43;01:00"} {
		if !strings.Contains(strings.ToLower(body), strings.ToLower(want)) {
			t.Errorf("the page of a new workspace lacks %q", want)
		}
	}
	policy := res.Header.Get("Content-Security-Policy")
	if !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") {
		t.Errorf("Content-Security-Policy is %q", policy)
	}
	for _, outside := range []string{"https://", "//cdn", "<style", " style=", "onclick"} {
		if strings.Contains(body, outside) {
			t.Errorf("the page has %q", outside)
		}
	}
	if _, err := w.Say("ana", `<script>alert("x")</script> & *bold*`); err != nil {
		t.Fatal(err)
	}
	_, body = get(t, w.URL())
	if !strings.Contains(body, "&lt;script&gt;") || strings.Contains(body, "<script>alert") || !strings.Contains(body, "<strong>bold</strong>") {
		t.Error("a person's text is not drawn as text")
	}
	if _, sams := get(t, w.URL()+"?as=sam"); strings.Contains(sams, "alert(") || !strings.Contains(sams, "You are Sam, in a workspace") {
		t.Error("Sam sees Ana's line")
	}
	if res, _ := get(t, w.URL()+"?as=nobody"); res.StatusCode != http.StatusNotFound {
		t.Errorf("page of nobody: HTTP %d", res.StatusCode)
	}
}

// Pages of somebody else's are served, and those with a title are linked to.
func TestPageLinksToExtraPages(t *testing.T) {
	plain := http.HandlerFunc(func(rw http.ResponseWriter, _ *http.Request) { fmt.Fprint(rw, "what comes") })
	w := start(t, workspace.Config{Pages: map[string]workspace.ExtraPage{"/calendar": {Title: "Which reminders", Handler: plain}, "/calendar.css": {Handler: plain}}})
	_, body := get(t, w.URL())
	if !strings.Contains(body, `<a href="/calendar">`) || !strings.Contains(body, "Which reminders") || strings.Contains(body, "calendar.css") {
		t.Error("the page does not link to the page with a title alone")
	}
	for _, path := range []string{"calendar", "calendar.css"} {
		if _, body := get(t, w.URL()+path); body != "what comes" {
			t.Errorf("/%s is %q", path, body)
		}
	}
}

func TestPageStreamSaysWhatChanged(t *testing.T) {
	w := start(t, workspace.Config{})
	ctx, cancel := context.WithCancel(patience(t))
	defer cancel()
	r, _ := http.NewRequestWithContext(ctx, http.MethodGet, w.URL()+"page/events?as=ana", nil)
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	read := func(want string) {
		t.Helper()
		b := make([]byte, len(want))
		if _, err := io.ReadFull(res.Body, b); err != nil || string(b) != want {
			t.Fatalf("stream says %q, %v, want %q", b, err, want)
		}
	}
	read("data: hello\n\n")
	say(t, w, "hi")
	read("data: changed\n\n")
}

// browser opens Chromium; a machine without one skips the test.
func browser(t *testing.T) context.Context {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	if path == "" {
		t.Skip("no Chromium on this machine")
	}
	ctx, stop := chromedp.NewExecAllocator(t.Context(), append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-background-networking", true),
		chromedp.WindowSize(1180, 860))...)
	t.Cleanup(stop)
	ctx, end := chromedp.NewContext(ctx, chromedp.WithErrorf(func(string, ...any) {}))
	t.Cleanup(end)
	// The browser lives as long as the first context it is given.
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		t.Fatalf("start the browser: %v", err)
	}
	return ctx
}

// within carries out steps, none of which may take for ever.
func within(ctx context.Context, steps ...step) error {
	for i, s := range steps {
		ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
		err := chromedp.Do(ctx, s)
		cancel()
		if err != nil {
			return fmt.Errorf("part %d: %w", i+1, err)
		}
	}
	return nil
}

// step is something that a person does in the browser, or waits for.
type step = chromedp.Action[chromedp.Void]

// picture saves what the browser shows, if asked to.
func picture(name string) step {
	return chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		if *screenshots == "" {
			return nil
		}
		png, err := chromedp.CaptureScreenshot()(ctx, tab)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(*screenshots, name+".png"), png, 0o600)
	})
}

// still is a function for the browser: whether what a selector or an XPath names
// stood in the same place for some frames.
const still = `(name) => {
	const el = name.startsWith("/") ? document.evaluate(name, document, null, 9).singleNodeValue : document.querySelector(name);
	const box = el && el.checkVisibility() && "ready" in document.documentElement.dataset ? JSON.stringify(el.getBoundingClientRect()) : "";
	const same = box !== "" && box === window.lastBox && ++window.sameBox > 3;
	if (box !== window.lastBox) window.sameBox = 0;
	window.lastBox = box;
	return same;
}`

// click clicks on something once it stands still: a click aims at a place, which
// a message that is drawn anew would move.
func click(name string) step {
	return chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := chromedp.PollFunction[chromedp.Void](still, chromedp.WithPollingArgs(name), chromedp.WithPollingTimeout(15*time.Second))(ctx, tab)
		if err != nil {
			return fmt.Errorf("wait until %s stands still: %w", name, err)
		}
		_, err = chromedp.Click(name)(ctx, tab)
		return err
	})
}

// shows waits until the page says these words.
func shows(words string) step {
	return chromedp.Poll[chromedp.Void](`"ready" in document.documentElement.dataset && document.body.innerText.includes(`+quote(words)+`)`, chromedp.WithPollingTimeout(15*time.Second))
}

// dark asks for the dark look, as a person's system does.
func dark(ctx context.Context, tab *chromedp.Target) (chromedp.Void, error) {
	_, err := cdp.Call(ctx, tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}},
	})
	return chromedp.Void{}, err
}

func quote(s string) string { return `"` + strings.ReplaceAll(s, `"`, `\"`) + `"` }

// showcase answers with a message that has one of everything.
func showcase(b *bot, e socketmode.Event) any {
	option := func(v, label string) *slack.OptionBlockObject {
		return slack.NewOptionBlockObject(v, plain(label), nil)
	}
	switch data := e.Data.(type) {
	case slack.SlashCommand:
		if data.Text == "new" {
			_, err := b.api.OpenView(data.TriggerID, slack.ModalViewRequest{
				Type: slack.VTModal, Title: plain("New goal"), Submit: plain("Save"), Close: plain("Cancel"),
				Blocks: slack.Blocks{BlockSet: []slack.Block{
					slack.NewSectionBlock(mrkdwn("A goal is *yours*: name it in your own words."), nil, nil),
					slack.NewInputBlock("name", plain("What do you want to reach?"), plain("One line is enough"), slack.NewPlainTextInputBlockElement(plain("Pass the exam"), "a")),
					slack.NewInputBlock("when", plain("By when?"), nil, slack.NewDatePickerBlockElement("d")),
				}},
			})
			if err != nil {
				b.t.Errorf("OpenView: %v", err)
			}
			return nil
		}
		return map[string]any{"text": "*1 goal* · next milestone on 4 February :calendar:"}
	case slack.InteractionCallback:
		if data.Type == slack.InteractionTypeBlockActions {
			a := data.ActionCallback.BlockActions[0]
			picked := a.Value + a.SelectedDate + a.SelectedOption.Value
			for _, o := range a.SelectedOptions {
				picked += o.Value
			}
			if a.ActionID == "done" {
				_, _, _, _ = b.api.UpdateMessage(data.Channel.ID, data.Message.Timestamp, slack.MsgOptionText("You chose Done :white_check_mark:", false), slack.MsgOptionBlocks())
			}
			_, _, _ = b.api.PostMessage(data.User.ID, slack.MsgOptionText("You picked "+a.ActionID+" = "+picked, false))
		}
		if data.Type == slack.InteractionTypeViewSubmission && data.View.State.Values["name"]["a"].Value == "no" {
			return slack.NewErrorsViewSubmissionResponse(map[string]string{"name": "That one is taken"})
		}
		return nil
	}
	m := message(e)
	if m == nil {
		return nil
	}
	overflow := slack.NewOverflowBlockElement("more", option("why", "Why do you ask?"), option("skip", "Skip this"))
	boxes := slack.NewCheckboxGroupsBlockElement("boxes", option("p", "Python"), option("s", "Statistics"))
	several := slack.NewOptionsMultiSelectBlockElement(slack.MultiOptTypeStatic, plain("Pick up to three"), "gaps", option("g1", "No diploma"), option("g2", "No network"))
	_, _, err := b.api.PostMessage(m.Channel, slack.MsgOptionText("Here is everything", false), slack.MsgOptionBlocks(
		slack.NewHeaderBlock(plain("Your plan :compass:")),
		slack.NewSectionBlock(mrkdwn("You said “"+m.Text+"”. *Bold*, _italic_, ~strike~, `code` and <https://example.com|a link>.\n• first\n• second\n> and a quote"), nil, slack.NewAccessory(overflow)),
		slack.NewSectionBlock(nil, []*slack.TextBlockObject{mrkdwn("*Now*\nTeacher"), mrkdwn("*Wanted*\nNurse")}, nil),
		slack.NewDividerBlock(),
		slack.NewContextBlock("", mrkdwn("Step 2 of 9 · only you see this")),
		slack.NewActionBlock("q1", slack.NewButtonBlockElement("yes", "q1-yes", plain("Yes")).WithStyle(slack.StylePrimary),
			slack.NewButtonBlockElement("no", "q1-no", plain("No")), slack.NewButtonBlockElement("stop", "q1-stop", plain("Stop")).WithStyle(slack.StyleDanger),
			slack.NewButtonBlockElement("done", "q1-done", plain("Done"))),
		slack.NewActionBlock("q2", slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain("How long?"), "years", option("1", "A year"), option("5", "Five years")),
			slack.NewDatePickerBlockElement("when"), several),
		slack.NewActionBlock("q3", boxes, slack.NewRadioButtonsBlockElement("change", option("y", "I want a change"), option("n", "It suits me"))),
	))
	if err != nil {
		b.t.Errorf("PostMessage: %v", err)
	}
	_, err = b.api.PublishView(m.User, slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: []slack.Block{
		slack.NewHeaderBlock(plain("Your career")), slack.NewSectionBlock(mrkdwn("From *teacher* to *nurse*"), nil, nil),
		slack.NewActionBlock("h", slack.NewButtonBlockElement("plan", "", plain("Show my plan"))),
	}}}, "")
	if err != nil {
		b.t.Errorf("PublishView: %v", err)
	}
	return nil
}

// A browser talks, presses, picks, runs commands, fills in a form, moves the
// clock and becomes somebody else.
func TestPageInABrowser(t *testing.T) {
	w := start(t, workspace.Config{
		Start: time.Date(2027, 1, 4, 8, 15, 0, 0, time.UTC), FrozenClock: true,
		Commands: []workspace.Command{{Name: "/goals", Hint: "[new]", Description: "Your goals and what comes next"}, {Name: "/win", Hint: "what went well", Description: "Log a win"}},
		NextDue:  func() (time.Time, bool) { return time.Date(2027, 2, 4, 8, 0, 0, 0, time.UTC), true },
	})
	connect(t, w, showcase)
	ctx := browser(t)
	steps := []struct {
		name string
		do   []step
	}{
		{"first visit", []step{chromedp.Navigate(w.URL()), shows("Three things to try"), picture("1-first-visit")}},
		{"say hi", []step{chromedp.SendKeys("#composer-text", "hi & <hello>\r"), shows("Your plan"), picture("2-blocks")}},
		{"press a button", []step{click(`[data-action="yes"]`), shows("You picked yes = q1-yes")}},
		{"pick in a select", []step{chromedp.SetValue(`[data-action="years"]`, "5"), shows("You picked years = 5")}},
		{"pick a date", []step{chromedp.SetValue(`[data-action="when"] input`, "2027-06-01"), click(`[data-action="when"] [data-send]`), shows("You picked when = 2027-06-01")}},
		{"tick several", []step{click(`.several[data-action="gaps"] summary`), click(`.several[data-action="gaps"] input[value=g1]`),
			click(`.several[data-action="gaps"] input[value=g2]`), click(`.several[data-action="gaps"] [data-send]`), shows("You picked gaps = g1g2"), shows("2 selected")}},
		{"tick a box", []step{click(`[data-action="boxes"] input[value=s]`), shows("You picked boxes = s")}},
		{"choose from the overflow menu", []step{click(`.overflow summary`), click(`.overflow button[data-value=why]`), shows("You picked more = why")}},
		{"a button that replaces itself", []step{click(`[data-action="done"]`), shows("You chose Done"), shows("(edited)"), chromedp.WaitNotPresent(`[data-action="done"]`)}},
		{"hints", []step{chromedp.SendKeys("#composer-text", "/g"), chromedp.WaitVisible(`#hints [data-command="/goals"]`), picture("3-hints"),
			chromedp.SendKeys("#composer-text", "\t")}},
		{"command", []step{chromedp.SendKeys("#composer-text", "\r"), shows("Only visible to you"), shows("1 goal"), picture("4-command")}},
		{"modal", []step{chromedp.SendKeys("#composer-text", "/goals new\r"), chromedp.WaitVisible("dialog[open]"), chromedp.SendKeys("dialog input[type=text]", "no"), picture("5-modal"),
			click("dialog [type=submit]"), shows("Please complete this required field"), chromedp.SetValue("dialog input[type=date]", "2027-09-01"),
			click("dialog [type=submit]"), shows("That one is taken"), picture("6-modal-error"), chromedp.SendKeys("dialog input[type=text]", " way"),
			click("dialog [type=submit]"), chromedp.WaitNotPresent("dialog[open]")}},
		{"clock", []step{click(`//button[contains(., "+1 week")]`), shows("Mon 11 Jan 2027, 09:15"), click(`//button[contains(., "tomorrow")]`), shows("Tue 12 Jan 2027, 09:00"),
			click(`//button[contains(., "next thing")]`), shows("Thu 4 Feb 2027, 09:00")}},
		{"home", []step{click(`//a[text()="Home"]`), chromedp.WaitVisible(`html[data-in="home"]`), shows("From teacher to nurse"), picture("7-home")}},
		{"Sam sees nothing of it", []step{click(`//a[.//span[contains(text(), "Sam")]]`), chromedp.WaitVisible(`html[data-as="` + workspace.Sam + `"]`),
			chromedp.Navigate(w.URL() + "?as=" + workspace.Sam), shows("You are Sam, in a workspace"), picture("8-sam")}},
		{"dark", []step{dark, chromedp.Navigate(w.URL()), shows("You picked"), picture("9-dark")}},
		{"narrow", []step{chromedp.EmulateViewport(390, 780), chromedp.Navigate(w.URL()), shows("You picked"), picture("10-narrow")}},
	}
	for _, s := range steps {
		if err := within(ctx, s.do...); err != nil {
			text, _ := chromedp.Run(ctx, chromedp.Evaluate[string]("document.body.innerText"))
			t.Fatalf("%s: %v; the page shows:\n%s", s.name, err, text)
		}
	}
	messages, _ := w.Messages("ana")
	if messages[0].Text != "hi &amp; &lt;hello&gt;" {
		t.Errorf("Ana's line is %q", messages[0].Text)
	}
	for _, m := range messages {
		if strings.Contains(m.Text, "alert") {
			t.Errorf("unexpected %q", m.Text)
		}
	}
	if len(w.CallsOf("views.open")) != 1 {
		t.Error("views.open was not called once")
	}
}
