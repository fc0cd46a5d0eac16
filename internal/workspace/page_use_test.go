package workspace_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"

	"waymark/internal/workspace"
)

// clerk is a bot that does something at everything that a person can do on the
// page beside talking.
func clerk(b *bot, e socketmode.Event) any {
	post := func(to, text string, more ...slack.MsgOption) {
		if _, _, err := b.api.PostMessage(to, append(more, slack.MsgOptionText(text, false))...); err != nil {
			b.t.Errorf("PostMessage: %v", err)
		}
	}
	switch data := e.Data.(type) {
	case slackevents.EventsAPIEvent:
		switch inner := data.InnerEvent.Data.(type) {
		case *slackevents.AppHomeOpenedEvent:
			if inner.Tab == "home" {
				publish(b, inner.User, 0)
			}
		case *slackevents.MessageEvent:
			clerkReads(b, inner, post)
		}
	case slack.InteractionCallback:
		return clerkActs(b, data, post)
	}
	return nil
}

func clerkReads(b *bot, m *slackevents.MessageEvent, post func(string, string, ...slack.MsgOption)) {
	switch {
	case m.SubType == "message_deleted":
		post(m.Channel, "You took back “"+m.PreviousMessage.Text+"”")
	case m.SubType == "message_changed" && m.Message.BotID == "":
		post(m.Channel, "Now it says “"+m.Message.Text+"”")
	case m.BotID != "":
	case m.SubType == "file_share":
		post(m.Channel, fmt.Sprintf("Got %s of %d bytes", m.Message.Files[0].Name, m.Message.Files[0].Size))
	case m.ThreadTimeStamp != "":
		post(m.Channel, "Read in the thread: "+m.Text, slack.MsgOptionTS(m.ThreadTimeStamp))
	case m.Text == "picture":
		content := dot(b.t, 640, 240)
		_, err := b.api.UploadFile(slack.UploadFileParameters{
			Filename: "timeline.png", Title: "Your timeline", FileSize: len(content), Reader: bytes.NewReader(content),
			Channel: m.Channel, InitialComment: "Here is your timeline", AltTxt: "Two goals until May",
		})
		if err != nil {
			b.t.Errorf("UploadFile: %v", err)
		}
	case m.Text == "export":
		_, err := b.api.UploadFile(slack.UploadFileParameters{
			Filename: "plan.md", Title: "Your plan", FileSize: 6, Reader: strings.NewReader("# Plan"), Channel: m.Channel,
		})
		if err != nil {
			b.t.Errorf("UploadFile: %v", err)
		}
	}
}

func clerkActs(b *bot, data slack.InteractionCallback, post func(string, string, ...slack.MsgOption)) any {
	switch data.Type {
	case slack.InteractionTypeShortcut:
		post(data.User.ID, "You called?")
	case slack.InteractionTypeMessageAction:
		kind := slack.NewRadioButtonsBlockElement("a", slack.NewOptionBlockObject("big", plain("Big"), nil), slack.NewOptionBlockObject("small", plain("Small"), nil))
		note := slack.NewPlainTextInputBlockElement(plain("Your own words"), "a")
		note.MaxLength = 20
		_, err := b.api.OpenView(data.TriggerID, slack.ModalViewRequest{
			Type: slack.VTModal, Title: plain("Save as a win"), Submit: plain("Save"), NotifyOnClose: true, PrivateMetadata: data.Message.Timestamp,
			Blocks: slack.Blocks{BlockSet: []slack.Block{
				slack.NewSectionBlock(plain("From #"+data.Channel.Name), nil, nil),
				slack.NewInputBlock("note", plain("What went well?"), plain("A few words are enough"), note),
				slack.NewInputBlock("kind", plain("How big was it?"), nil, kind),
				slack.NewActionBlock("more", slack.NewButtonBlockElement("example", "", plain("Show an example"))),
			}},
		})
		if err != nil {
			b.t.Errorf("OpenView: %v", err)
		}
	case slack.InteractionTypeViewClosed:
		post(data.User.ID, "Nothing was saved")
	case slack.InteractionTypeViewSubmission:
		note := data.View.State.Values["note"]["a"].Value
		if note == "no" {
			return slack.NewErrorsViewSubmissionResponse(map[string]string{"note": "Say a little more"})
		}
		post(data.User.ID, "Saved: "+note+", "+data.View.State.Values["kind"]["a"].SelectedOption.Value)
	case slack.InteractionTypeBlockActions:
		a := data.ActionCallback.BlockActions[0]
		if a.ActionID == "done" {
			publish(b, data.User.ID, 1)
			return nil
		}
		post(data.User.ID, "So far: "+data.View.State.Values["note"]["a"].Value)
	}
	return nil
}

// publish shows a Home tab with some steps done.
func publish(b *bot, user string, done int) {
	button := slack.NewButtonBlockElement("done", "", plain("Done"))
	button.Confirm = slack.NewConfirmationBlockObject(plain("Is it done?"), plain("It moves the goal on."), plain("Yes, done"), plain("Not yet"))
	_, err := b.api.PublishView(user, slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: []slack.Block{
		slack.NewHeaderBlock(plain("Your goals")), slack.NewSectionBlock(plain(fmt.Sprintf("Nurse: %d of 2 steps", done)), nil, nil),
		slack.NewActionBlock("h", button),
	}}}, "")
	if err != nil {
		b.t.Errorf("PublishView: %v", err)
	}
}

// focused waits until the focus is on what the selector names.
func focused(selector string) step {
	return chromedp.Poll[chromedp.Void](`!!document.activeElement && document.activeElement.matches(`+quote(selector)+`)`, chromedp.WithPollingTimeout(15*time.Second))
}

// moreOf opens the menu of the message that says these words.
func moreOf(words string) step {
	return click(`//article[contains(., "` + words + `")]//button[@data-more]`)
}

func item(words string) step {
	return click(`//div[@role="menu"]//button[contains(., "` + words + `")]`)
}

func key(keys string) step { return chromedp.KeyEvent(keys) }

// use carries out what people do, step by step, and looks at the page after each.
type use struct {
	name string
	do   []step
}

func (u use) run(t *testing.T, ctx context.Context) {
	t.Helper()
	if err := within(ctx, u.do...); err != nil {
		_ = chromedp.Do(ctx, picture("failed"))
		text, _ := chromedp.Run(ctx, chromedp.Evaluate[string](`"the focus is on " + document.activeElement.outerHTML.slice(0, 200) + "\n" + document.getElementById("toast").textContent + "\n" + document.querySelector("dialog[open], main").innerText`))
		t.Fatalf("%s: %v; %s", u.name, err, text)
	}
	audit(t, ctx, u.name)
}

// trialPage opens a workspace with the clerk in it and a browser.
func trialPage(t *testing.T) (*workspace.Workspace, context.Context) {
	w := start(t, workspace.Config{
		Start: time.Date(2027, 1, 4, 8, 15, 0, 0, time.UTC), FrozenClock: true,
		Commands: []workspace.Command{{Name: "/goals", Description: "Your goals"}},
		Shortcuts: []workspace.Shortcut{
			{CallbackID: "talk", Name: "Talk to the coach", Description: "Begin or go on"},
			{CallbackID: "save_win", Name: "Save as a win", OnMessage: true},
		},
	})
	connect(t, w, clerk)
	return w, browser(t)
}

// Files and pictures, threads, and what one can do with one's own messages.
func TestPageMessages(t *testing.T) {
	w, ctx := trialPage(t)
	cv := filepath.Join(t.TempDir(), "cv.txt")
	if err := os.WriteFile(cv, []byte("I teach"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, u := range []use{
		{"a picture", []step{chromedp.Navigate(w.URL()), chromedp.SendKeys("#composer-text", "picture\r"), chromedp.WaitVisible(`img[alt="Two goals until May"]`),
			chromedp.Poll[chromedp.Void](`document.querySelector("#log .picture img").naturalWidth === 640`), picture("20-picture")}},
		{"at full size", []step{click(`.picture button`), chromedp.WaitVisible(`#viewer[open] img[alt="Two goals until May"]`), shows("Your timeline"), picture("21-viewer"), key(kb.Escape),
			chromedp.WaitNotPresent(`#viewer[open]`), focused(`.picture button`)}},
		{"a file to download", []step{chromedp.SendKeys("#composer-text", "export\r"), chromedp.WaitVisible(`a[download][aria-label="Download Your plan"]`), shows("MD, 6 bytes")}},
		{"a file of one's own", []step{chromedp.SetUploadFiles("#attach", []string{cv}), shows("Got cv.txt of 7 bytes"), picture("22-files")}},
		{"edit in place", []step{chromedp.SendKeys("#composer-text", "first\r"), shows("first"), moreOf("first"), focused(`.menu-list [role=menuitem]`), picture("23-menu"), item("Edit message"),
			focused(`.rewrite textarea`), chromedp.SetValue(`.rewrite textarea`, "second"), key("\r"), shows("Now it says “second”"), shows("(edited)"), focused(`#composer-text`)}},
		{"the last line with the arrow", []step{chromedp.Focus("#composer-text"), key(kb.ArrowUp), focused(`.rewrite textarea`), key(kb.Escape), chromedp.WaitNotPresent(`.rewrite`)}},
		{"a thread", []step{chromedp.Evaluate[chromedp.Void](`[...document.querySelectorAll("#log article")].find(a => a.innerText.includes("second")).querySelector("[data-thread]").click()`),
			focused(`#reply-text`), chromedp.SendKeys("#reply-text", "more on that\r"), shows("Read in the thread: more on that"), shows("2 replies"), picture("24-thread"),
			chromedp.WaitNotPresent(`//div[@id="log"]//article[contains(., "more on that")]`)}},
		{"out of the thread", []step{chromedp.Focus("#reply-text"), key(kb.Escape), chromedp.WaitNotVisible(`#thread`), click(`.replies`), chromedp.WaitVisible(`#thread`), click(`[data-shut=thread]`)}},
		{"delete, on second thoughts", []step{chromedp.SendKeys("#composer-text", "a secret\r"), shows("a secret"), moreOf("a secret"), item("Delete message"), chromedp.WaitVisible(`#ask[open]`), focused(`#ask .btn`),
			picture("25-delete"), key(kb.Escape), chromedp.WaitNotPresent(`#ask[open]`)}},
		{"delete", []step{moreOf("a secret"), item("Delete message"), click(`#ask .danger`), shows("You took back “a secret”"), chromedp.WaitNotPresent(`//article[@data-ts]//div[@class="text" and normalize-space()="a secret"]`)}},
	} {
		u.run(t, ctx)
	}
	files, err := w.Files("ana")
	if err != nil || len(files) != 3 || string(files[2].Content) != "I teach" {
		t.Errorf("Ana's files are %+v, %v", files, err)
	}
}

// Shortcuts, forms and the Home tab, by mouse and by keyboard.
func TestPageForms(t *testing.T) {
	w, ctx := trialPage(t)
	for _, u := range []use{
		{"a global shortcut", []step{chromedp.Navigate(w.URL()), click("#shortcuts"), focused(`.menu-list [data-shortcut=talk]`), key(kb.Escape), focused("#shortcuts"), key("\r"), focused(`.menu-list [data-shortcut=talk]`), key("\r"), shows("You called?")}},
		{"a message of a colleague", []step{click(`//nav//a[contains(., "team")]`), chromedp.WaitVisible(`html[data-in=team]`), shows("saved us two hours"), picture("30-team"), moreOf("saved us two hours"), picture("31-team-menu"), item("Save as a win"),
			chromedp.WaitVisible("dialog[open]"), shows("From #team"), focused(`dialog input[type=text]`)}},
		{"empty fields are named", []step{key("\r"), shows("Please complete this required field"), focused(`dialog input[aria-invalid=true]`),
			chromedp.Poll[chromedp.Void](`document.getElementById(document.activeElement.getAttribute("aria-describedby").split(" ")[0]).textContent.includes("Please complete")`), picture("32-errors")}},
		{"characters are counted", []step{chromedp.SendKeys(`dialog input[type=text]`, "this is much too long for it"), shows("-8"), key("\r"), shows("Must be no more than 20")}},
		{"the app's own error", []step{chromedp.SetValue(`dialog input[type=text]`, "no"), click(`dialog input[value=big]`), click(`dialog [type=submit]`), shows("Say a little more"), focused(`dialog input[type=text]`)}},
		{"a button in a form has what is typed", []step{chromedp.SetValue(`dialog input[type=text]`, "the list"), click(`dialog [data-action=example]`)}},
		{"saved", []step{click(`dialog [type=submit]`), chromedp.WaitNotPresent("dialog[open]"), chromedp.Navigate(w.URL()), shows("So far: the list"), shows("Saved: the list, big")}},
		{"closed with Escape", []step{moreOf("You called?"), item("Save as a win"), chromedp.WaitVisible("dialog[open]"), key(kb.Escape), shows("Nothing was saved"), chromedp.WaitNotPresent("dialog[open]"), focused("[data-more], #composer-text")}},
		{"home", []step{click(`//main//a[text()="Home"]`), chromedp.WaitVisible(`#home [data-action=done]`), shows("0 of 2 steps"), picture("33-home")}},
		{"a question first", []step{chromedp.Focus(`#home [data-action=done]`), key("\r"), chromedp.WaitVisible("#ask[open]"), shows("It moves the goal on."), shows("Not yet"), picture("34-confirm"), click(`//dialog[@id="ask"]//button[text()="Not yet"]`), shows("0 of 2 steps")}},
		{"acts in place", []step{chromedp.Focus(`#home [data-action=done]`), key("\r"), click(`//dialog[@id="ask"]//button[text()="Yes, done"]`), shows("1 of 2 steps"), focused(`#home [data-action=done]`)}},
	} {
		u.run(t, ctx)
	}
}

// People, the clock, what goes on behind the scenes, and faults, wide and narrow.
func TestPageTrial(t *testing.T) {
	w, ctx := trialPage(t)
	fits := chromedp.Poll[chromedp.Void](`document.documentElement.scrollWidth <= innerWidth`, chromedp.WithPollingTimeout(5*time.Second))
	for _, u := range []use{
		{"behind the scenes", []step{chromedp.Navigate(w.URL()), click("#show-panel"), focused("#tab-traffic"), chromedp.SendKeys("#composer-text", "picture\r"), chromedp.WaitVisible(`//ol[@id="exchanges"]/li[contains(., "files.completeUploadExternal") and contains(., "ok")]`)}},
		{"a call in full", []step{click(`//ol[@id="exchanges"]/li[contains(., "files.completeUploadExternal")]//summary`), chromedp.WaitVisible(`//pre[contains(., "initial_comment")]`), picture("40-traffic")}},
		{"a fault", []step{chromedp.Focus("#tab-traffic"), key(kb.ArrowRight), focused("#tab-faults"), click(`//button[text()="Take files:write away"]`), shows("missing scope files:write"), picture("41-faults")}},
		{"its effect", []step{click("#tab-traffic"), chromedp.SendKeys("#composer-text", "hi\r"), chromedp.WaitVisible(`//ol[@id="exchanges"]/li[contains(., "message")]`)}},
		{"faults end", []step{click("#tab-faults"), click(`//button[text()="End all faults"]`), shows("Everything works"), click("[data-shut=panel]"), focused("#show-panel")}},
		{"a fault of the connection", []step{click("#show-panel"), click("#tab-faults"), click(`//button[text()="Break the connection"]`), chromedp.WaitVisible(`#online.on`), click("#show-panel"), chromedp.WaitNotVisible("#panel")}},
		{"something new for somebody else", []step{click(`//nav//a[contains(., "Sam")]`), chromedp.WaitVisible(`html[data-as="` + workspace.Sam + `"]`), shows("You are Sam"), chromedp.WaitNotVisible(`[data-person="` + workspace.Ana + `"] .new`),
			chromedp.Func(func(context.Context, *chromedp.Target) error {
				_, err := client(w).PostEphemeral(workspace.Ana, workspace.Ana, slack.MsgOptionText("psst", false))
				if err == nil {
					_, _, err = client(w).PostMessage(workspace.Ana, slack.MsgOptionText("A nudge", false))
				}
				return err
			}), chromedp.Reload(), chromedp.WaitVisible(`[data-person="` + workspace.Ana + `"] .new`), picture("42-new")}},
		{"on a telephone", []step{chromedp.EmulateViewport(390, 780), chromedp.Navigate(w.URL()), shows("A nudge"), fits, picture("43-narrow")}},
		{"its sidebar", []step{click("#show-side"), focused("#side a"), chromedp.WaitVisible("#side.open"), fits, picture("44-narrow-side"), key(kb.Escape), focused("#show-side")}},
		{"its clock", []step{click("#show-clock"), chromedp.WaitVisible(`.moves`), picture("45-narrow-clock"), click(`//button[contains(., "+1 week")]`), shows("Mon 11 Jan 2027"), key(kb.Escape)}},
		{"its panel", []step{click("#show-panel"), chromedp.WaitVisible("#panel"), fits, picture("46-narrow-panel"), click("[data-shut=panel]")}},
		{"a form on it", []step{moreOf("A nudge"), item("Save as a win"), chromedp.WaitVisible("dialog[open]"), fits, picture("47-narrow-form"), key(kb.Escape), chromedp.WaitNotPresent("dialog[open]")}},
		{"a channel on it", []step{chromedp.Navigate(w.URL() + "?in=team"), shows("two hours"), fits, picture("48-narrow-team")}},
		{"dark", []step{dark, chromedp.EmulateViewport(1180, 860), chromedp.Navigate(w.URL()), shows("A nudge"), moreOf("A nudge"), item("Save as a win"), chromedp.WaitVisible("dialog[open]"), key("\r"), shows("Please complete"), picture("49-dark-form"), key(kb.Escape), chromedp.WaitNotPresent("dialog[open]")}},
		{"dark panel", []step{click("#show-panel"), click("#tab-faults"), click(`//button[text()="Revoke the bot token"]`), shows("revoke"), picture("50-dark-faults"), click("#tab-traffic"), shows("views.open"), picture("51-dark-traffic")}},
	} {
		u.run(t, ctx)
	}
}
