package main

import (
	"fmt"
	"strings"

	"github.com/chromedp/chromedp"
)

// click clicks on something once the bot is quiet and the page stands still.
func (b *browser) click(what, where string) {
	b.t.Helper()
	b.settles()
	b.do(what, chromedp.Click(where, chromedp.NodeVisible))
}

// shows waits until something that an XPath names can be seen.
func (b *browser) shows(what, where string) {
	b.t.Helper()
	b.do("see "+what, chromedp.WaitVisible(where))
}

// holds waits until an expression is true in the page.
func (b *browser) holds(what, expression string) {
	b.t.Helper()
	b.do(what, chromedp.Poll[chromedp.Void](expression, chromedp.WithPollingTimeout(patience)))
}

// goes opens another place of the page.
func (b *browser) goes(label, place string) {
	b.t.Helper()
	b.click("go to "+label, fmt.Sprintf(`//nav//a[normalize-space()=%s]`, quote(label)))
	b.shows(label, fmt.Sprintf(`//html[@data-in=%s]`, quote(place)))
	b.settles()
}

// choosesOn opens the menu of the message that somebody wrote with these words
// and picks from it.
func (b *browser) choosesOn(words, item string) {
	b.t.Helper()
	b.click("open the menu of "+words, fmt.Sprintf(`//article[not(contains(@class, "app")) and contains(., %s)]//button[@data-more]`, quote(words)))
	b.click(item, fmt.Sprintf(`//div[@role="menu"]//button[contains(., %s)]`, quote(item)))
}

// home looks at the Home tab, changes something in a form from there, with a
// mistake at first, and sees it at once.
func (b *browser) home() {
	b.t.Helper()
	b.goes("Home", "home")
	b.shows("the goal", `//div[@id="home"][contains(., "Compare three programmes")]`)
	b.picture("11-home")
	b.click("open the settings", `//div[@id="home"]//button[normalize-space()="Settings"]`)
	b.shows("the form", `//dialog[@open][contains(., "Settings")]`)
	hour := `//dialog//div[starts-with(@data-field, "hour/")]//input`
	b.do("type an hour that is none", chromedp.SetValue(hour, "noonish"))
	b.click("save", `//dialog//button[@type="submit"]`)
	b.shows("the mistake", `//dialog//div[starts-with(@data-field, "hour/")]//span[@class="problem"]`)
	b.holds("the focus is on the mistake", `document.activeElement.matches("[aria-invalid=true]")`)
	b.picture("12-settings")
	b.do("type an hour", chromedp.SetValue(hour, "11:00"))
	b.click("save", `//dialog//button[@type="submit"]`)
	b.do("the form closes", chromedp.WaitNotPresent(`//dialog[@open]`))
	b.shows("the new hour", `//div[@id="home"][contains(., "11:00")]`)
	b.goes("Messages", "dm")
}

// savesPraise saves a colleague's message as a win, where the bot is no member.
func (b *browser) savesPraise() {
	b.t.Helper()
	b.click("go to #team", `//nav//a[contains(., "team")]`)
	b.shows("#team", `//html[@data-in="team"]`)
	b.choosesOn("saved us two hours", "Save as a win")
	b.shows("the form", `//dialog[@open][contains(., "Log a win")]`)
	words := value(b, "read the form", chromedp.Value(`//dialog//*[starts-with(@data-field, "words/")]//*[self::input or self::textarea]`))
	if strings.Contains(words, "two hours") {
		b.t.Errorf("the form holds a colleague's words: %q", words)
	}
	b.picture("13-win")
	b.do("say it in one's own words", chromedp.SendKeys(`//dialog//*[starts-with(@data-field, "words/")]//*[self::input or self::textarea]`, "wrote the checklist"))
	b.click("save", `//dialog//button[@type="submit"]`)
	b.do("the form closes", chromedp.WaitNotPresent(`//dialog[@open]`))
	b.click("back to the coach", `//nav//a[contains(., "Waymark")]`)
	b.shows("the DM", `//html[@data-in="dm"]`)
	b.goes("Home", "home")
	b.shows("the win", `//div[@id="home"][contains(., "wrote the checklist")]`)
	b.goes("Messages", "dm")
}

// files has the plan drawn and exported.
func (b *browser) files() {
	b.t.Helper()
	b.do("ask for the picture", chromedp.SendKeys(composer, "/career timeline\r"))
	b.shows("the picture", `//div[@id="log"]//figure//img[string-length(@alt) > 20]`)
	b.holds("the picture is there", `document.querySelector("#log .picture img").naturalWidth > 300`)
	b.settles()
	b.picture("14-timeline")
	b.do("ask for the export", chromedp.SendKeys(composer, "/career export\r"))
	for _, ending := range []string{".md", ".json", ".ics"} {
		b.shows(ending, fmt.Sprintf(`//div[@id="log"]//figure[.//span[contains(., %s)]]//a[@download]`, quote(strings.ToUpper(ending[1:]))))
	}
	b.settles()
	b.holds("each can be downloaded", `Promise.all([...document.querySelectorAll("#log a[download]")].map((a) => fetch(a.href)
		.then((r) => r.ok && r.headers.get("Content-Disposition").startsWith("attachment")))).then((all) => all.length >= 4 && all.every(Boolean))`)
	b.picture("15-export")
}

// takesBack deletes an answer and is offered that it be forgotten.
func (b *browser) takesBack() {
	b.t.Helper()
	b.choosesOn("being close to patients", "Delete message")
	b.click("delete it", `//dialog[@id="ask"]//button[normalize-space()="Delete"]`)
	b.sees("orget")
	b.picture("16-deleted")
	b.presses("Keep it", "")
	b.quiet()
}
