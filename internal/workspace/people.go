package workspace

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// The people of every workspace. Ana, Sam and Kim are the ones to talk as; the
// others are there so that a bot's dealings with outsiders can be tried.
const (
	Ana      = "U01ANAMEYER" // employee, Europe/Berlin
	Sam      = "U01SAMWEBER" // Ana's manager, Europe/Berlin
	Kim      = "U01KIMBAKER" // colleague, America/New_York
	Guest    = "U01GUESTNOA" // a guest account
	Stranger = "U01STRANGER" // somebody of another company, through Slack Connect
	OtherBot = "U01OTHERBOT" // another app's bot

	General   = "C01GENERAL0" // the public channel that everybody and the bot are in
	Team      = "C01TEAM0000" // a public channel of colleagues, without the bot
	otherTeam = "T01ELSEWHER" // the stranger's workspace
)

// Kind says what sort of account a person has.
type Kind string

// The kinds of account.
const (
	Employee Kind = "employee"
	GuestOf  Kind = "guest"
	Outsider Kind = "stranger"
	Robot    Kind = "bot"
)

// Person is an account of the workspace. Each has a direct message channel
// with the bot.
type Person struct {
	ID      string `json:"id"`
	Name    string `json:"name"`            // what others call them: "Ana"
	Full    string `json:"full"`            // "Ana Meyer"
	Handle  string `json:"handle"`          // "ana"
	Title   string `json:"title,omitempty"` // what the page says about them
	Zone    string `json:"zone"`            // IANA name
	Locale  string `json:"locale"`          // "en-GB"
	Kind    Kind   `json:"kind"`
	Channel string `json:"channel"`           // their DM with the bot
	Team    string `json:"team"`              // TeamID, or another company's
	Deleted bool   `json:"deleted,omitempty"` // deactivated
}

// publicChannels are the channels of every workspace, in the order of the page.
var publicChannels = []string{General, Team}

// addCast fills a new workspace with its people and its channels.
func (w *Workspace) addCast() {
	w.people.channels[General] = &channel{
		id: General, name: "general", topic: "Everybody, and the coach when it is mentioned", byTS: make(map[string]*message),
	}
	w.people.channels[Team] = &channel{
		id: Team, name: "team", topic: "Colleagues among themselves: the coach is not in here", apart: true, byTS: make(map[string]*message),
	}
	for _, p := range []Person{
		{ID: Ana, Name: "Ana", Full: "Ana Meyer", Title: "Employee", Zone: "Europe/Berlin"},
		{ID: Sam, Name: "Sam", Full: "Sam Weber", Title: "Ana’s manager", Zone: "Europe/Berlin"},
		{ID: Kim, Name: "Kim", Full: "Kim Baker", Title: "Colleague in New York", Zone: "America/New_York", Locale: "en-US"},
		{ID: Guest, Name: "Noa", Full: "Noa Guest", Title: "Guest account", Zone: "Europe/Berlin", Kind: GuestOf},
		{ID: Stranger, Name: "Pat", Full: "Pat Elsewhere", Title: "From another company", Zone: "Europe/London", Kind: Outsider, Team: otherTeam},
		{ID: OtherBot, Name: "Standup", Full: "Standup Bot", Title: "Another app", Zone: "Europe/Berlin", Kind: Robot},
	} {
		w.keepPerson(w.complete(p))
	}
}

// complete fills in what a person needs and was not given.
func (w *Workspace) complete(p Person) Person {
	or := func(s *string, value string) {
		if *s == "" {
			*s = value
		}
	}
	or(&p.Handle, strings.ToLower(p.Name))
	or(&p.Full, p.Name)
	or(&p.Zone, "Europe/Berlin")
	or(&p.Locale, "en-GB")
	or((*string)(&p.Kind), string(Employee))
	or(&p.Team, TeamID)
	if p.ID == "" {
		p.ID = w.newID("U", 10)
	}
	or(&p.Channel, "D"+strings.TrimPrefix(p.ID, "U"))
	return p
}

// keepPerson puts p into the directory, replacing who had that id.
func (w *Workspace) keepPerson(p Person) *Person {
	d := &w.people
	if old := d.byID[p.ID]; old != nil {
		if old.Handle != p.Handle {
			delete(d.byHandle, old.Handle)
		}
		*old = p
		d.byHandle[p.Handle] = old
		return old
	}
	kept := &p
	d.byID[p.ID], d.byHandle[p.Handle] = kept, kept
	d.order = append(d.order, kept)
	d.channels[p.Channel] = &channel{id: p.Channel, person: p.ID}
	return kept
}

// AddPerson adds an account. Only Name is needed; the completed person is returned.
func (w *Workspace) AddPerson(p Person) (Person, error) {
	if p.Name == "" {
		return Person{}, invalid("a person needs a name")
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	p = w.complete(p)
	if _, err := time.LoadLocation(p.Zone); err != nil {
		return Person{}, invalid(fmt.Sprintf("time zone %q is not known", p.Zone))
	}
	if w.people.byID[p.ID] != nil || w.people.byHandle[p.Handle] != nil {
		return Person{}, invalid(fmt.Sprintf("person %s (%s) is there already", p.ID, p.Handle))
	}
	kept := w.keepPerson(p)
	w.journal.write(record{Person: kept})
	return p, nil
}

// ChangePerson lets change alter a person's profile and tells the bot with a
// user_change event. The id and the channel stay.
func (w *Workspace) ChangePerson(person string, change func(*Person)) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	p, err := w.person(person)
	if err != nil {
		return err
	}
	changed := *p
	change(&changed)
	changed.ID, changed.Channel = p.ID, p.Channel
	if _, err := time.LoadLocation(changed.Zone); err != nil {
		return invalid(fmt.Sprintf("time zone %q is not known", changed.Zone))
	}
	kept := w.keepPerson(changed)
	w.journal.write(record{Person: kept})
	w.emit("user_change", map[string]any{
		"type":     "user_change",
		"user":     w.userJSON(kept, true),
		"cache_ts": w.clock.now().Unix(),
		"event_ts": w.eventTS(),
	}, false)
	return nil
}

// SetUserGroup makes a user group ("S01SALES000") of these people, or another one
// of it. Groups are not kept over a restart.
func (w *Workspace) SetUserGroup(id string, people ...string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, p := range people {
		if w.people.byID[p] == nil {
			return notFound(fmt.Sprintf("no person %q in this workspace", p))
		}
	}
	w.people.groups[id] = slices.Clone(people)
	return nil
}

// People lists all accounts in the order in which they were added.
func (w *Workspace) People() []Person {
	w.mu.Lock()
	defer w.mu.Unlock()
	list := make([]Person, 0, len(w.people.order))
	for _, p := range w.people.order {
		list = append(list, *p)
	}
	return list
}

// person finds somebody by id, or by handle in any case ("ana", "Ana").
func (w *Workspace) person(idOrHandle string) (*Person, error) {
	if p := w.people.byID[idOrHandle]; p != nil {
		return p, nil
	}
	if p := w.people.byHandle[strings.ToLower(idOrHandle)]; p != nil {
		return p, nil
	}
	return nil, notFound(fmt.Sprintf("no person %q in this workspace; /_local/people lists them", idOrHandle))
}

// userJSON is a person as users.info gives them.
func (w *Workspace) userJSON(p *Person, locale bool) map[string]any {
	now := w.clock.now()
	abbreviation, offset := "UTC", 0
	if loc, err := time.LoadLocation(p.Zone); err == nil {
		abbreviation, offset = now.In(loc).Zone()
	}
	u := map[string]any{
		"id": p.ID, "team_id": p.Team, "name": p.Handle, "deleted": p.Deleted,
		"real_name": p.Full, "is_bot": p.Kind == Robot, "is_app_user": false, "updated": 1700000000,
		"is_admin": false, "is_owner": false, "is_primary_owner": false,
		"is_restricted": p.Kind == GuestOf, "is_ultra_restricted": false,
		"is_email_confirmed": true, "who_can_share_contact_card": "EVERYONE",
		"profile": profileJSON(p),
	}
	if !p.Deleted { // Slack leaves the zone out for deactivated accounts
		u["color"] = "4bbe2e"
		u["tz"], u["tz_label"], u["tz_offset"] = p.Zone, abbreviation, offset
	}
	if p.Kind == Outsider {
		u["is_stranger"] = true
	}
	if locale && p.Kind != Outsider {
		u["locale"] = p.Locale
	}
	return u
}

// profileJSON is the profile within it.
func profileJSON(p *Person) map[string]any {
	first, last, _ := strings.Cut(p.Full, " ")
	profile := map[string]any{
		"real_name": p.Full, "real_name_normalized": p.Full, "first_name": first, "last_name": last,
		"display_name": p.Name, "display_name_normalized": p.Name, "title": p.Title, "team": p.Team,
		"avatar_hash": "0000000000", "status_expiration": 0, "status_emoji_display_info": []any{}, "fields": map[string]any{},
	}
	for _, k := range []string{"phone", "skype", "status_text", "status_text_canonical", "status_emoji",
		"image_24", "image_32", "image_48", "image_72", "image_192", "image_512"} {
		profile[k] = ""
	}
	return profile
}

// botUserJSON is the app's own bot user as users.info gives it.
func (w *Workspace) botUserJSON() map[string]any {
	bot := Person{ID: BotUserID, Name: BotName, Full: BotName, Handle: strings.ToLower(BotName), Zone: "America/Los_Angeles", Locale: "en-US", Kind: Robot, Team: TeamID}
	u := w.userJSON(&bot, false)
	profile := u["profile"].(map[string]any)
	profile["api_app_id"], profile["bot_id"], profile["always_active"] = AppID, BotID, true
	return u
}
