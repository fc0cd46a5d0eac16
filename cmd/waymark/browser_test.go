package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"waymark/internal/bot/bottest"
	"waymark/internal/workspace"
)

// pictures, when set, names a folder in which the browser test leaves its
// screenshots.
const pictures = "WAYMARK_TEST_PICTURES"

// browser is a page in Chromium.
type browser struct {
	t     *testing.T
	trial *trial
	ctx   context.Context
	dir   string // for screenshots

	mu       sync.Mutex
	troubles []string // scripts that failed, requests that left the machine
}

// open opens the page of a trial and notes everything that goes wrong in it.
func open(t *testing.T, tr *trial) *browser {
	t.Helper()
	url := tr.url
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	if path == "" {
		t.Skip("no Chromium or Chrome found: on Debian, apt-get install chromium")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path),
		chromedp.NoSandbox, chromedp.Flag("disable-gpu", true), chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.UserDataDir(t.TempDir()), chromedp.WindowSize(1200, 900), chromedp.WSURLReadTimeout(patience))
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancel)
	b := &browser{t: t, trial: tr, dir: os.Getenv(pictures)}
	if b.dir == "" {
		b.dir = t.TempDir()
	}
	b.ctx, cancel = chromedp.NewContext(ctx, chromedp.WithListener(func(event any) { b.watch(event, url) }))
	t.Cleanup(cancel)
	watchRequests := chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, network.Enable, network.EnableParams{})
		return err
	})
	// The browser lives as long as the first context it is given.
	if err := chromedp.Do(b.ctx, watchRequests); err != nil {
		t.Fatalf("start the browser: %v", err)
	}
	b.do("load the page", chromedp.Navigate(url), chromedp.WaitVisible(composer))
	return b
}

// watch notes what goes wrong in the page of that address.
func (b *browser) watch(event any, url string) {
	trouble := ""
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		trouble = "a script failed: " + e.ExceptionDetails.Text
		if e.ExceptionDetails.Exception != nil {
			trouble += " " + e.ExceptionDetails.Exception.Description
		}
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.ConsoleAPICalledTypeError {
			trouble = "the page reported an error"
		}
	case *network.EventRequestWillBeSent:
		if !strings.HasPrefix(e.Request.URL, url) && !strings.HasPrefix(e.Request.URL, "data:") {
			trouble = "the page asked for " + e.Request.URL
		}
	}
	if trouble != "" {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.troubles = append(b.troubles, trouble)
	}
}

// do carries out actions within patience.
func (b *browser) do(what string, actions ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		b.picture("failed")
		b.t.Fatalf("%s: %v", what, err)
	}
}

// composer is where a person writes.
const composer = chromedp.CSS("#composer-text")

// last is the newest message of the conversation.
const last = `//div[@id="log"]/article[last()]`

// sees waits until the newest message contains text.
func (b *browser) sees(text string) {
	b.t.Helper()
	b.do("see "+text, chromedp.WaitVisible(fmt.Sprintf(`%s[contains(., %s)]`, last, quote(text))))
}

// quiet waits until the bot has nothing more to do.
func (b *browser) quiet() { b.t.Helper(); b.still(10) }

// still waits until the bot has done nothing for so many milliseconds.
func (b *browser) still(ms int) {
	b.t.Helper()
	if err := b.trial.get(fmt.Sprintf("_local/quiet?ms=%d&timeout=10000", ms), new(struct{})); err != nil {
		b.t.Fatal(err)
	}
}

// settles waits until the bot has nothing more to do and the page stands still:
// a click aims at a place, which a message that is drawn anew would move.
func (b *browser) settles() {
	b.t.Helper()
	b.quiet()
	page := func() string {
		return value(b, "look at the page", chromedp.Evaluate[string](`(document.documentElement.dataset.ready ?? Math.random()) + document.body?.outerHTML + document.getElementById("scroll")?.scrollTop`))
	}
	before := page()
	until(b.t, "the page stands still", func() bool {
		time.Sleep(30 * time.Millisecond)
		now := page()
		still := now == before
		before = now
		return still
	})
}

// types writes a line and sends it, and waits for an answer that contains want.
func (b *browser) types(line, want string) {
	b.t.Helper()
	b.do("type "+line, chromedp.SendKeys(composer, line+"\r"))
	b.sees(want)
}

// presses presses a button of the newest message.
func (b *browser) presses(label, want string) {
	b.t.Helper()
	b.settles()
	button := fmt.Sprintf(`%s//button[normalize-space()=%s]`, last, quote(label))
	b.do("press "+label, chromedp.Click(button, chromedp.NodeVisible))
	b.sees(want)
}

// moves presses one of the clock's buttons and waits for what became due by it.
func (b *browser) moves(label string) {
	b.t.Helper()
	b.settles()
	type clock struct {
		Now     time.Time
		NextDue time.Time `json:"next_due"` // zero for nothing
	}
	look := func() (c clock) {
		if err := b.trial.get("_local/clock", &c); err != nil {
			b.t.Fatal(err)
		}
		return c
	}
	before := look()
	button := fmt.Sprintf(`//div[@id="clock"]//button[starts-with(normalize-space(), %s)]`, quote(label))
	b.do("move the clock "+label, chromedp.Click(button, chromedp.NodeEnabled))
	until(b.t, "the clock has moved and nothing is due", func() bool {
		c := look()
		return c.Now.Sub(before.Now) > time.Minute && (c.NextDue.IsZero() || c.NextDue.After(c.Now))
	})
	b.still(200)
}

// picks picks a day in the newest message and sends it.
func (b *browser) picks(day, want string) {
	b.t.Helper()
	b.settles()
	b.do("pick "+day,
		chromedp.SetValue(last+`//input[@type="date"]`, day),
		chromedp.Click(last+`//input[@type="date"]/following-sibling::button`))
	b.sees(want)
}

// ticks selects options of the newest message and sends them.
func (b *browser) ticks(want string, labels ...string) {
	b.t.Helper()
	b.settles()
	for _, l := range labels {
		box := fmt.Sprintf(`%s//label[contains(., %s)]//input[@type="checkbox"]`, last, quote(l))
		b.do("tick "+l, chromedp.Click(box))
	}
	b.presses("Send", want)
}

// text is everything that the page shows.
func (b *browser) text() string {
	b.t.Helper()
	return value(b, "read the page", chromedp.Text(chromedp.CSS("main")))
}

func (b *browser) picture(name string) {
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	png, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		b.t.Logf("screenshot %s: %v", name, err)
		return
	}
	if err := os.WriteFile(filepath.Join(b.dir, name+".png"), png, 0o600); err != nil {
		b.t.Errorf("screenshot %s: %v", name, err)
	}
}

// value carries out an action within patience and returns what it gives.
func value[T any](b *browser, what string, action chromedp.Action[T]) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	v, err := chromedp.Run(ctx, action)
	if err != nil {
		b.t.Fatalf("%s: %v", what, err)
	}
	return v
}

// quote writes text as a literal of XPath, which knows no escapes.
func quote(text string) string {
	return `concat("", "` + strings.ReplaceAll(text, `"`, `", '"', "`) + `")`
}

// questions are those that ship.
var questions = bottest.Shipped()

// firstTalk is what Ana does in the first talk, by the step that asks: [press a
// button], <pick a day>, {select | several}, or type. She skips every other
// question.
var firstTalk = map[string][]string{
	"have.job":            {"front desk at a doctor's office"},
	"have.field":          {"health care"},
	"have.feels_like":     {"[More like a job]"},
	"have.change":         {"yes"},
	"want.target":         {"nurse"},
	"want.reason":         {"being close to patients"},
	"want.by":             {"<2029-12-31>"},
	"gaps.same_field":     {"yes"},
	"gaps.education":      {"missing"},
	"gaps.education_what": {"a nursing diploma"},
	"choose.gap_pick":     {"{a nursing diploma}"},
	"act.act":             {"{Compare three programmes | Complete the schooling}"},
	"goals.goal_pick":     {"1"},
	"goal.measure":        {"I have a table of three programmes"},
	"goal.due":            {"<2027-01-29>"},
	"goal.if_then":        {"If it is Tuesday evening, then I look at one programme"},
	"review.has_review":   {"yes"},
	"review.review_date":  {"12 March"},
	"backup.head_start":   {"write to Jo"},
	"finish.confirm":      {"[Yes, keep it]"},
	"finish.confidence":   {"9"},
	"finish.cadence":      {"[Only reminders]"},
}

// scenes are the questions at which a picture is taken.
var scenes = map[string]string{
	"have.job": "2-started", "gaps.same_field": "3-picked-a-day", "choose.gap_pick": "4-gaps", "finish.confirm": "5-plan",
}

// converse answers what the coach asks until no question is on screen any more,
// and everything in the table has been asked.
func (b *browser) converse(table map[string][]string) {
	b.t.Helper()
	answers, err := questions.Answers(table)
	if err != nil {
		b.t.Fatal(err)
	}
	for range endless {
		said, on := len(b.trial.said("ana")), b.trial.last()
		step, answer, ok := answers.Next(on)
		if !ok {
			if left := answers.Left(); left != nil {
				b.t.Fatalf("the talk ended with\n%s\nbefore these were asked for:\n%s", on, strings.Join(left, "\n"))
			}
			return
		}
		b.sees(questions.Words(step))
		if name, ok := scenes[step]; ok {
			b.picture(name)
		}
		b.answers(answer)
		until(b.t, "something is said to "+answer+" at "+step, func() bool { return len(b.trial.said("ana")) > said })
		b.quiet()
	}
	b.t.Fatal("the talk does not end")
}

// answers does what a line of the table says.
func (b *browser) answers(answer string) {
	b.t.Helper()
	inside := answer[1 : len(answer)-min(1, len(answer)-1)]
	switch answer[:1] {
	case "[":
		b.presses(inside, "")
	case "<":
		b.picks(inside, "")
	case "{":
		b.ticks("", strings.Split(inside, " | ")...)
	default:
		b.types(answer, "")
	}
}

// endless is more turns than any first talk takes.
const endless = 300

// The page of a trial: talk, press, pick, run a command, move the clock, see the
// nudge, and be somebody else, who sees none of it.
func TestBrowser(t *testing.T) {
	t.Parallel()
	tr := try(t, t.TempDir(), "--now", "2026-11-23T08:00:00Z")
	b := open(t, tr)
	b.sees("How to stop") // the welcome, as the DM is open
	b.picture("1-first-visit")
	b.presses("The thorough way", questions.Words("have.job"))
	b.quiet()
	b.converse(firstTalk)
	b.types("/goals", "Only visible to you")
	b.sees("Where your goals stand")
	b.picture("6-command")
	b.home()
	b.savesPraise()
	b.files()
	b.takesBack()
	for !strings.Contains(b.trial.last(), "Today is the day of a step") {
		b.moves("next thing that is due")
	}
	b.sees("Today is the day of a step")
	b.picture("7-nudge")
	b.presses("Done", "Well done")
	b.picture("8-done")

	b.do("be Sam", chromedp.Click(`//nav//a[contains(., "Sam")]`), chromedp.WaitVisible(`//main//p[contains(., "You are Sam")]`))
	if page := b.text(); strings.Contains(page, "nurs") || strings.Contains(page, "plan is yours") {
		t.Errorf("Sam sees Ana's conversation:\n%s", page)
	}
	b.picture("9-sam")
	b.narrow()

	b.mu.Lock()
	for _, what := range b.troubles {
		t.Error(what)
	}
	b.mu.Unlock()
	tr.terminate(syscall.SIGTERM)
}

// narrow looks at Ana's conversation as on a telephone: nothing may stick out.
func (b *browser) narrow() {
	b.t.Helper()
	b.do("look from a telephone", chromedp.EmulateViewport(390, 800))
	b.click("open the sidebar", `//*[@id="show-side"]`)
	b.click("be Ana", `//nav//a[contains(., "Ana")]`)
	b.shows("that it is Ana", fmt.Sprintf(`//html[@data-as=%s]`, quote(workspace.Ana)))
	b.do("see her messages", chromedp.WaitVisible(last))
	b.fits("10-telephone")
	b.goes("Home", "home")
	b.shows("the goal", `//div[@id="home"][contains(., "Compare three programmes")]`)
	b.fits("17-telephone-home")
}

// fits checks that the page is no wider than its screen.
func (b *browser) fits(name string) {
	b.t.Helper()
	b.settles()
	width := value(b, "measure the page", chromedp.Evaluate[int](`document.documentElement.scrollWidth`))
	b.picture(name)
	if width > 390 {
		b.t.Errorf("%s: the page is %d wide on a screen of 390", name, width)
	}
}
