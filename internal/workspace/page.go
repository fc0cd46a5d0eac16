package workspace

import (
	"bytes"
	"embed"
	"fmt"
	"hash/fnv"
	"html/template"
	"net/http"
	"strings"
	"sync"
	"time"

	"waymark/internal/workspace/blockkit"
)

//go:embed page
var pageFiles embed.FS

var pageTemplate = template.Must(template.ParseFS(pageFiles, "page/*.html"))

// pageState is the open pages, each waiting to hear that something changed.
type pageState struct {
	mu       sync.Mutex
	watchers map[string]map[chan struct{}]bool // by person
}

// watch gives a channel that hears of changes to what that person sees.
func (s *pageState) watch(person string) (changed <-chan struct{}, stop func()) {
	c := make(chan struct{}, 1)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.watchers == nil {
		s.watchers = make(map[string]map[chan struct{}]bool)
	}
	if s.watchers[person] == nil {
		s.watchers[person] = make(map[chan struct{}]bool)
	}
	s.watchers[person][c] = true
	return c, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.watchers[person], c)
	}
}

// tell says to the pages of that person that what they see has changed.
func (s *pageState) tell(person string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	wake(s.watchers[person])
}

// tellAll says it to all pages.
func (s *pageState) tellAll() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, w := range s.watchers {
		wake(w)
	}
}

func wake(watchers map[chan struct{}]bool) {
	for c := range watchers {
		select {
		case c <- struct{}{}:
		default: // it has not looked since the last time
		}
	}
}

// pageRoutes are the page, its two files, what it shows now, and the stream
// that says when to look again.
func (w *Workspace) pageRoutes(mux *http.ServeMux) {
	mux.HandleFunc("GET /{$}", w.servePage)
	mux.HandleFunc("GET /page/state", w.servePageState)
	mux.HandleFunc("GET /page/events", w.servePageEvents)
	for name, kind := range map[string]string{"page.css": "text/css", "page.js": "text/javascript"} {
		body, err := pageFiles.ReadFile("page/" + name)
		if err != nil {
			panic(err) // the file is embedded
		}
		mux.HandleFunc("GET /page/"+name, func(rw http.ResponseWriter, r *http.Request) {
			pageHeaders(rw, kind+"; charset=utf-8")
			_, _ = rw.Write(body) // the browser may be gone
		})
	}
}

// pageHeaders keep the page to itself: nothing is loaded from elsewhere, and
// nothing that a message says can run.
func pageHeaders(rw http.ResponseWriter, kind string) {
	h := rw.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "no-store")
}

// pageView is everything that the page shows to one person in one place.
type pageView struct {
	Team, Bot string
	Me        pagePerson
	People    []pagePerson
	Place     string // "dm", "home" or "general"
	Title     string
	Online    bool
	Clock     pageClock
	Rows      []pageRow
	Home      *pageBlocks
	Modal     *pageModal
	Commands  []Command
	Try       []pageTry
	DM        bool
	Channel   string
}

type pagePerson struct {
	ID, Name, Full, Title, Initial, Color, Zone string
	Current                                     bool
}

type pageClock struct {
	Text, Zone string
	Tomorrow   string // 09:00 there, RFC 3339
	Due        string // "Tue 5 Jan, 09:00"; empty when nothing is
}

// pageRow is a line of the log: a message, or the day that begins.
type pageRow struct {
	Key                        string // id on the page
	Version                    string // changes with what is drawn
	HTML                       template.HTML
	Day                        string
	Who, Initial, Color, Class string
	Time, TS, Text             string
	Mine, Ephemeral, Edited    bool
	Thread                     bool
	Files                      []pageFile
	Body                       template.HTML
}

type pageFile struct{ Name, Preview, Link string }

type pageBlocks struct {
	ID, Version string
	Body        template.HTML
}

type pageModal struct {
	ID, Version, Title, Submit, Close string
	Body                              template.HTML
}

// pageTry is one of the things to try on the first visit.
type pageTry struct{ What, Why, Text string }

func (w *Workspace) servePage(rw http.ResponseWriter, r *http.Request) {
	v, err := w.view(r)
	if err != nil {
		http.Error(rw, err.Error(), statusOf(err))
		return
	}
	var b bytes.Buffer
	if err := pageTemplate.ExecuteTemplate(&b, "index.html", v); err != nil {
		w.log.Error("the page cannot be drawn", "error", err.Error())
		http.Error(rw, "the page cannot be drawn", http.StatusInternalServerError)
		return
	}
	pageHeaders(rw, "text/html; charset=utf-8")
	_, _ = b.WriteTo(rw) // the browser may be gone
}

// servePageState gives the parts of the page that change, as JSON.
func (w *Workspace) servePageState(rw http.ResponseWriter, r *http.Request) {
	v, err := w.view(r)
	if err != nil {
		answerLocal(rw, r, func(*http.Request) (any, error) { return nil, err })
		return
	}
	part := func(name string, data any) string {
		var b strings.Builder
		if err := pageTemplate.ExecuteTemplate(&b, name, data); err != nil {
			w.log.Error("the page cannot be drawn", "part", name, "error", err.Error())
		}
		return b.String()
	}
	type row struct {
		Key     string `json:"key"`
		Version string `json:"version"`
		HTML    string `json:"html"`
	}
	rows := []row{}
	for _, r := range v.Rows {
		rows = append(rows, row{r.Key, r.Version, string(r.HTML)})
	}
	state := map[string]any{"rows": rows, "clock": part("clock", v), "online": v.Online, "empty": part("empty", v)}
	if v.Home != nil {
		state["home"] = map[string]string{"id": v.Home.ID, "version": v.Home.Version, "html": string(v.Home.Body)}
	}
	if v.Modal != nil {
		state["modal"] = map[string]string{"id": v.Modal.ID, "version": v.Modal.Version, "html": part("modal", v.Modal)}
	}
	pageHeaders(rw, "application/json; charset=utf-8")
	_, _ = rw.Write(encode(state)) // the browser may be gone
}

// servePageEvents says "changed" whenever there is something new to see.
func (w *Workspace) servePageEvents(rw http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	p, err := w.person(r.FormValue("as"))
	w.mu.Unlock()
	if err != nil {
		http.Error(rw, err.Error(), http.StatusNotFound)
		return
	}
	changed, stop := w.page.watch(p.ID)
	defer stop()
	pageHeaders(rw, "text/event-stream")
	alive := time.NewTicker(20 * time.Second)
	defer alive.Stop()
	say := func(line string) bool {
		if _, err := fmt.Fprint(rw, line+"\n\n"); err != nil {
			return false
		}
		return http.NewResponseController(rw).Flush() == nil
	}
	for ok := say("data: hello"); ok; {
		select {
		case <-changed:
			ok = say("data: changed")
		case <-alive.C:
			ok = say(": still here")
		case <-r.Context().Done():
			return
		case <-w.ctx.Done():
			return
		}
	}
}

// view puts together what the page shows.
func (w *Workspace) view(r *http.Request) (*pageView, error) {
	as := r.FormValue("as")
	if as == "" {
		as = Ana
	}
	due, someDue := w.NextDue() // may ask the bot: not under the lock
	w.mu.Lock()
	defer w.mu.Unlock()
	p, err := w.person(as)
	if err != nil {
		return nil, err
	}
	zone, err := time.LoadLocation(p.Zone)
	if err != nil {
		zone = time.UTC
	}
	v := &pageView{Team: TeamName, Bot: BotName, Place: r.FormValue("in"), Online: len(w.sockets.open) > 0, Commands: w.cfg.Commands}
	ch := w.people.channels[p.Channel]
	switch v.Place {
	case "home":
		v.Title = BotName
	case "general":
		v.Title, ch = "# general", w.people.channels[General]
	default:
		v.Place, v.Title = "dm", BotName
	}
	v.Channel = ch.id
	v.DM = v.Place == "dm"
	v.People = w.pagePeople(p)
	v.Me = pagePersonOf(p, 0)
	for _, other := range v.People {
		if other.Current {
			v.Me = other
		}
	}
	v.Clock = clockOf(w.clock.now().In(zone), p.Zone, due, someDue)
	look := w.look(zone)
	if v.Place != "home" && ch.member(p) {
		v.Rows = w.pageRows(ch, p, look)
	}
	if home := w.views.home[p.ID]; home != nil {
		look.Base = "h"
		body := look.HTML(home.blocks(), home.state, nil)
		v.Home = &pageBlocks{ID: home.ID, Version: version(body), Body: body}
	}
	if top := w.top(p.ID); top != nil {
		v.Modal = pageModalOf(top, look)
	}
	v.Try = w.tries()
	return v, nil
}

// look draws as one reader sees: names for ids, dates in their zone.
func (w *Workspace) look(zone *time.Location) blockkit.Look {
	return blockkit.Look{
		Zone: zone,
		User: func(id string) string {
			if id == BotUserID {
				return BotName
			}
			if p := w.people.byID[id]; p != nil {
				return p.Name
			}
			return id
		},
		Channel: func(id string) string {
			if ch := w.people.channels[id]; ch != nil && ch.name != "" {
				return ch.name
			}
			return id
		},
	}
}

func clockOf(now time.Time, zone string, due time.Time, someDue bool) pageClock {
	c := pageClock{Text: now.Format("Mon 2 Jan 2006, 15:04"), Zone: zone}
	c.Tomorrow = time.Date(now.Year(), now.Month(), now.Day()+1, 9, 0, 0, 0, now.Location()).Format(time.RFC3339)
	if someDue {
		c.Due = due.In(now.Location()).Format("Mon 2 Jan, 15:04")
	}
	return c
}

func pageModalOf(v *view, look blockkit.Look) *pageModal {
	look.Form, look.Base = true, "m"
	m := &pageModal{
		ID: v.ID, Title: blockkit.Text(v.Body, "title"), Submit: blockkit.Text(v.Body, "submit"), Close: blockkit.Text(v.Body, "close"),
		Body: look.HTML(v.blocks(), v.state, v.errors),
	}
	if m.Close == "" {
		m.Close = "Cancel"
	}
	m.Version = v.ID + v.Hash + version(v.errors)
	return m
}

// version tells two states of a part of the page apart.
func version(v any) string {
	h := fnv.New64a()
	_, _ = fmt.Fprint(h, v) // a hash takes everything
	return fmt.Sprintf("%x", h.Sum64())
}

// tries are the three things to try on the first visit.
func (w *Workspace) tries() []pageTry {
	command := "/help"
	for _, c := range w.cfg.Commands {
		command = c.Name
		break
	}
	return []pageTry{
		{"Say hi", "The coach asks one short question at a time. Answer in your own words.", "hi"},
		{"Run " + command, "Commands begin with a slash; only you see the first reply.", command},
		{"Move the clock", "Later, press “+1 week” above and see what the coach remembers. Then switch to Sam: your manager sees none of this.", ""},
	}
}
