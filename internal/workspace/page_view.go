package workspace

import (
	"fmt"
	"hash/fnv"
	"html/template"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"waymark/internal/workspace/blockkit"
)

// pageView is everything that the page shows to one person in one place.
type pageView struct {
	Team, Bot string
	Me        pagePerson
	People    []pagePerson
	Channels  []pageChannel
	Place     string // "dm", "home", "general" or "team"
	Title     string
	Topic     string // of a channel
	Channel   string // id
	DM        bool
	Online    bool
	Clock     pageClock
	Rows      []pageRow
	Thread    *pageThread
	Home      *pageBlocks
	Modal     *pageModal
	Commands  []Command
	Global    []Shortcut // in the menu beside the composer
	OnMessage []Shortcut // in the menu of each message
	Try       []pageTry
	Faults    []pageFault // that can be called up
	Active    []string    // faults that are to come or hold
	Links     []pageLink  // to pages of somebody else's
}

type pageLink struct{ Path, Title string }

type pagePerson struct {
	ID, Name, Full, Title, Initial, Color, Zone string
	Current                                     bool
	Last                                        string // ts of the latest message of the bot to them
}

type pageChannel struct {
	Place, Name string
	Current     bool
}

type pageClock struct {
	Text, Zone string
	Tomorrow   string // 09:00 there, RFC 3339
	Local      string // now, as a date and time field has it
	Due        string // "Tue 5 Jan, 09:00"; empty when nothing is
}

// pageThread is a message and the answers to it.
type pageThread struct {
	TS   string
	Rows []pageRow
}

type pageBlocks struct {
	ID, Version string
	Body        template.HTML
}

type pageModal struct {
	ID, Version, Title, Submit, Close string
	Body                              template.HTML
}

// pageTry is one of the things to try on the first visit: something to say,
// a place to go, or a move of the clock.
type pageTry struct{ What, Why, Say, Go, Clock string }

// view puts together what the page shows.
func (w *Workspace) view(r *http.Request) (*pageView, error) {
	as := r.FormValue("as")
	if as == "" {
		as = Ana
	}
	due, someDue := w.NextDue() // may ask the bot: not under the lock
	active := w.Faults()
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
	v := &pageView{
		Team: TeamName, Bot: BotName, Place: r.FormValue("in"), Online: len(w.sockets.open) > 0,
		Commands: w.cfg.Commands, Faults: pageFaults, Active: describe(active),
	}
	for _, path := range slices.Sorted(maps.Keys(w.cfg.Pages)) {
		if title := w.cfg.Pages[path].Title; title != "" {
			v.Links = append(v.Links, pageLink{path, title})
		}
	}
	ch := w.place(v, p)
	v.Channel, v.DM = ch.id, v.Place == "dm"
	for _, s := range w.cfg.Shortcuts {
		if s.OnMessage {
			v.OnMessage = append(v.OnMessage, s)
		} else {
			v.Global = append(v.Global, s)
		}
	}
	v.People = w.pagePeople(p)
	v.Me = pagePersonOf(p, 0)
	for _, other := range v.People {
		if other.Current {
			v.Me = other
		}
	}
	v.Clock = clockOf(w.clock.now().In(zone), p.Zone, due, someDue)
	look := w.look(p, zone)
	if v.Place != "home" {
		v.Rows = w.pageRows(ch, p, look)
		v.Thread = w.pageThread(ch, p, look, r.FormValue("thread"))
	}
	if home := w.views.home[p.ID]; home != nil {
		look := look
		look.Base, look.Heading = "h", 2
		body := look.HTML(home.blocks(), home.state, nil)
		v.Home = &pageBlocks{ID: home.ID, Version: version(body), Body: body}
	}
	if top := w.top(p.ID); top != nil {
		v.Modal = pageModalOf(top, look)
	}
	v.Try = tries(p)
	return v, nil
}

// place finds the channel that the page shows, and its name; who cannot see a
// channel gets their DM.
func (w *Workspace) place(v *pageView, p *Person) *channel {
	shown := w.people.channels[p.Channel]
	for _, id := range publicChannels {
		ch := w.people.channels[id]
		if !ch.member(p) {
			continue
		}
		current := v.Place == ch.name
		v.Channels = append(v.Channels, pageChannel{Place: ch.name, Name: ch.name, Current: current})
		if current {
			v.Title, v.Topic, shown = ch.name, ch.topic, ch
		}
	}
	if v.Title == "" {
		v.Title = BotName
		if v.Place != "home" {
			v.Place = "dm"
		}
	}
	return shown
}

// look draws as one reader sees: names for ids, dates in their zone, and links
// to messages as links within the page.
func (w *Workspace) look(reader *Person, zone *time.Location) blockkit.Look {
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
		Picture: func(image blockkit.Block) string {
			id := blockkit.Str(blockkit.Obj(image, "slack_file"), "id")
			if w.files[id] == nil {
				return ""
			}
			return fileLink(id, reader)
		},
		Address: func(address string) string {
			rest, ours := strings.CutPrefix(address, teamURL+"archives/")
			id, ts, _ := strings.Cut(rest, "/p")
			ch := w.people.channels[id]
			if !ours || ch == nil || len(ts) < 7 {
				return ""
			}
			at := "/?as=" + reader.ID
			if ch.name != "" {
				at += "&in=" + ch.name
			}
			return at + "#" + rowKey(ts[:len(ts)-6]+"."+ts[len(ts)-6:])
		},
	}
}

func clockOf(now time.Time, zone string, due time.Time, someDue bool) pageClock {
	c := pageClock{Text: now.Format("Mon 2 Jan 2006, 15:04"), Zone: zone, Local: now.Format("2006-01-02T15:04")}
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
func tries(p *Person) []pageTry {
	return []pageTry{
		{What: "Say hi", Why: "The coach asks one short question at a time. Answer in your own words, or tap.", Say: "hi"},
		{What: "Open the Home tab", Why: "See where your plan stands, and change it in place.", Go: "/?as=" + p.ID + "&in=home"},
		{What: "Jump a week ahead", Why: "Move the clock and see what the coach remembers. Then be Sam: your manager sees none of this.", Clock: `{"advance":"168h"}`},
	}
}
