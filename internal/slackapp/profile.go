package slackapp

import (
	"context"
	"fmt"
	"time"

	"github.com/slack-go/slack"

	"waymark/internal/chat"
)

const (
	// profileTimeout bounds the look-up before an event is handled: together
	// with the Handler's commit it must stay under the 3 s that a command has.
	profileTimeout = 2 * time.Second
	// profileAge is when a profile is asked for again, beside the event that
	// noticed.
	profileAge = 24 * time.Hour
	// profileRetry is how long a look-up that failed is not repeated, so that a
	// slow Slack does not slow down every event.
	profileRetry = time.Minute
)

// acquaintance is what is remembered of somebody who has been heard from.
type acquaintance struct {
	profile *chat.Profile // nil = the look-up failed
	at      time.Time     // of the last look-up, by Config.Now
}

// profile is what is known about p: from memory, otherwise from Slack. nil means
// that Slack did not tell in time. Events of one person are handled one by one,
// so that there is never more than one look-up for a person under way.
func (a *App) profile(ctx context.Context, p chat.PersonID) *chat.Profile {
	now := a.cfg.Now()
	known, ok := a.people.get(p)
	switch {
	case ok && known.profile == nil && now.Sub(known.at).Abs() < profileRetry:
		return nil
	case !ok || known.profile == nil:
		return a.lookUp(ctx, p)
	case now.Sub(known.at).Abs() > profileAge: // the clock may also go back
		a.people.put(p, acquaintance{known.profile, now}) // nobody else asks meanwhile
		a.dispatch.background(func() { a.refresh(p, *known.profile) })
	}
	copied := *known.profile
	return &copied
}

// LookAgain asks Slack whether somebody's account is on. off is what is thought of
// it so far; where that is wrong, the change is handled as if Slack had told of it
// by itself. It returns what is right. Of whoever is of another workspace than the
// bot's, that is what was thought: the data may have been moved, and what this Slack
// does not know is not gone for that. The same holds for whoever Slack hides from
// the bot. The error is a *chat.SendError when Slack did not say.
func (a *App) LookAgain(ctx context.Context, p chat.PersonID, off bool) (gone bool, err error) {
	self, err := a.identify(ctx)
	if err != nil {
		return off, fmt.Errorf("look at the account of %s: %w", p, err)
	}
	if self.person("", "", userOf(p)) != p {
		return off, nil
	}
	ctx, cancel := context.WithTimeout(ctx, profileTimeout)
	defer cancel()
	var user *slack.User
	err = a.request(ctx, "users.info", "", func(ctx context.Context) (err error) {
		user, err = a.api.GetUserInfoContext(ctx, userOf(p))
		return err
	})
	var fresh chat.Profile
	switch {
	case sendErrorName(err) == "user_not_found": // no longer one of this workspace
		fresh.Outsider = chat.Gone
	case sendErrorName(err) == "user_not_visible": // hidden from the bot: nothing new about the account
		return off, nil
	case err != nil:
		return off, fmt.Errorf("look at the account of %s: %w", p, err)
	default:
		fresh = a.profileOf(user)
	}
	if gone = fresh.Outsider == chat.Gone; gone == off {
		return gone, nil
	}
	a.people.put(p, acquaintance{&fresh, a.cfg.Now()})
	a.tellProfile(p, fresh)
	return gone, nil
}

func (a *App) lookUp(ctx context.Context, p chat.PersonID) *chat.Profile {
	ctx, cancel := context.WithTimeout(ctx, profileTimeout)
	defer cancel()
	var user *slack.User
	err := a.request(ctx, "users.info", "", func(ctx context.Context) (err error) {
		user, err = a.api.GetUserInfoContext(ctx, userOf(p))
		return err
	})
	if sendErrorName(err) == "user_not_visible" { // only those from outside are hidden from a bot
		err, user = nil, &slack.User{IsStranger: true}
	}
	if err != nil {
		a.log.Warn("profile is not at hand", "person", p, "err", err)
		a.people.put(p, acquaintance{nil, a.cfg.Now()})
		return nil
	}
	pr := a.profileOf(user)
	a.people.put(p, acquaintance{&pr, a.cfg.Now()})
	copied := pr
	return &copied
}

// refresh asks again for a profile that has grown old; what changed is told as
// a user_change would be.
func (a *App) refresh(p chat.PersonID, old chat.Profile) {
	fresh := a.lookUp(context.Background(), p)
	if fresh == nil {
		a.people.put(p, acquaintance{&old, a.cfg.Now()})
		return
	}
	if *fresh != old {
		a.tellProfile(p, *fresh)
	}
}

// tellProfile has a change that Slack was asked for handled in its turn.
func (a *App) tellProfile(p chat.PersonID, fresh chat.Profile) {
	id := chat.EventID("profile:" + string(p) + ":" + a.cfg.Now().UTC().Format(time.RFC3339Nano))
	a.enqueue(&job{id: id, person: p, events: []chat.Event{a.profileChanged(p, fresh, id)}})
}

// userChanged is what a user_change means to the coach. Slack sends one for
// every status that somebody sets, to every app: only people who have been heard
// from count, and only what a chat.Profile holds.
func (a *App) userChanged(p chat.PersonID, u *slack.User, id chat.EventID) []chat.Event {
	known, ok := a.people.get(p)
	if !ok && (a.cfg.Known == nil || !a.cfg.Known(p)) {
		return nil
	}
	fresh := a.profileOf(u)
	if known.profile != nil && fresh.Locale == "" { // not every user_change tells
		fresh.Locale = known.profile.Locale
	}
	a.people.put(p, acquaintance{&fresh, a.cfg.Now()})
	if known.profile != nil && *known.profile == fresh {
		return nil
	}
	return []chat.Event{a.profileChanged(p, fresh, id)}
}

func (a *App) profileChanged(p chat.PersonID, pr chat.Profile, id chat.EventID) chat.Event {
	return chat.Event{ID: id, Kind: chat.ProfileChanged, Person: p, At: a.cfg.Now(), Profile: &pr}
}

func (a *App) profileOf(u *slack.User) chat.Profile {
	pr := chat.Profile{Zone: u.TZ, Locale: u.Locale, Outsider: outsider(u, a.self.Load())}
	for _, name := range []string{u.Profile.DisplayName, u.Profile.RealName, u.RealName, u.Name} {
		if name != "" {
			pr.Name = name
			break
		}
	}
	return pr
}

// outsider tells why the coach does not talk with u. is_stranger alone is not
// enough: Slack leaves it out at times, so the workspaces are compared as well.
func outsider(u *slack.User, self *identity) chat.Outsider {
	ours := u.TeamID == "" || self == nil || u.TeamID == self.team
	if self != nil && self.enterprise != "" { // another workspace of the same organization
		ours = ours || u.TeamID == self.enterprise || u.Enterprise.EnterpriseID == self.enterprise
	}
	switch {
	case u.IsBot || u.IsWorkflowBot || u.IsConnectorBot || u.ID == "USLACKBOT":
		return chat.Bot
	case u.IsStranger || !ours:
		return chat.Stranger
	case u.Deleted:
		return chat.Gone
	case u.IsRestricted || u.IsUltraRestricted:
		return chat.Guest
	}
	return chat.Member
}
