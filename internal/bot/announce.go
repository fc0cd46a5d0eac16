package bot

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"waymark/internal/chat"
	"waymark/internal/civil"
	"waymark/internal/store"
)

// lister tells who works here.
type lister interface {
	// Members calls each with every full member.
	Members(ctx context.Context, each func(chat.PersonID, chat.Profile) error) error
	// GroupMembers are the ids of the people in a user group.
	GroupMembers(ctx context.Context, group string) ([]string, error)
}

const (
	// groupsEvery is how often it is asked who is in a user group, and groupsRetry
	// how long after an answer that did not come.
	groupsEvery = 12 * time.Hour
	groupsRetry = 15 * time.Minute
	// groupsTime bounds reading them all: a start waits for it.
	groupsTime = 20 * time.Second
	// listRetry is how long after a list that did not come it is asked for again.
	listRetry = 15 * time.Minute
)

// readGroups asks who is in the user groups that the rules name, when it is time
// to. A group that cannot be read is what it was before, or unread.
func (b *rulebook) readGroups(ctx context.Context) {
	if b.list == nil || b.now().Sub(b.read).Abs() < groupsEvery {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, groupsTime)
	defer cancel()
	b.read = b.now()
	members := map[string][]string{}
	for _, g := range b.written.Operator.Groups {
		for _, id := range g.UserGroups {
			if _, done := members[id]; done {
				continue
			}
			users, err := b.list.GroupMembers(ctx, id)
			if err != nil {
				b.read = b.now().Add(groupsRetry - groupsEvery)
				b.log.Warn("a user group of the rules cannot be read: what the rules say of it holds for nobody new", "group", id, "err", named(err), "do", groupFix(err))
				if old, ok := b.members[id]; ok {
					members[id] = old
				}
				continue
			}
			slices.Sort(users)
			members[id] = users
		}
	}
	b.members = members
	b.put()
}

// groupFix says what an operator can do about a user group that cannot be read.
func groupFix(err error) string {
	switch name := errorNamed(err); name {
	case "missing_scope":
		return "paste the app's manifest again (waymark manifest prints it) and reinstall the app: it lacks usergroups:read"
	case "no_such_subteam":
		return "look at the id in the rules: Slack has no such user group"
	}
	return "it is tried again"
}

// errorNamed is the platform's name of an error, "" if it has none.
func errorNamed(err error) string {
	var e *chat.SendError
	if errors.As(err, &e) {
		return e.Name
	}
	return ""
}

// named is an error for the log: by its name where it has one.
func named(err error) string {
	if name := errorNamed(err); name != "" {
		return name
	}
	return err.Error()
}

// put puts the rules in force, with who is in the user groups.
func (b *rulebook) put() {
	r := b.written
	op := *r.Operator
	op.Groups = slices.Clone(op.Groups)
	var print strings.Builder
	for i := range op.Groups {
		g := &op.Groups[i]
		if len(g.UserGroups) == 0 {
			continue
		}
		g.Members, g.Unread = map[string]bool{}, false
		for _, id := range g.UserGroups {
			users, ok := b.members[id]
			g.Unread = g.Unread || !ok
			for _, u := range users {
				g.Members[u] = true
			}
		}
		fmt.Fprint(&print, g.Name, g.Unread, slices.Sorted(maps.Keys(g.Members)))
	}
	if print.Len() > 0 {
		sum := fnv.New128a()
		_, _ = io.WriteString(sum, print.String()) // never fails
		r.Print += fmt.Sprintf("+%x", sum.Sum(nil))
	}
	r.Operator = &op
	b.rules.Store(&r)
}

// poke says that the clock was moved.
func (b *rulebook) poke() {
	b.busy.Add(1)
	select {
	case b.moved <- struct{}{}:
	default: // a move before it is still to be dealt with
		b.busy.Add(-1)
	}
}

// settled reports whether nobody is being listed.
func (b *rulebook) settled() bool { return b.busy.Load() == 0 }

// announce lists everybody who works here once a day, where and while a review
// cycle is to be announced, until ctx ends; whom it concerns the coach decides.
// Whoever calls it has counted the first round as busy.
func (b *rulebook) announce(ctx context.Context, s *store.Store, handle chat.Handler) {
	tick := time.NewTicker(watchEvery)
	defer tick.Stop()
	for {
		b.listOnce(ctx, s, handle)
		b.busy.Add(-1)
		select {
		case <-ctx.Done():
			return
		case <-b.moved: // counted by poke
		case <-tick.C:
			b.busy.Add(1)
		}
	}
}

// listOnce lists everybody, unless there is nothing to announce or it has been done
// today. What was interrupted begins anew: whoever was listed before is passed over.
func (b *rulebook) listOnce(ctx context.Context, s *store.Store, handle chat.Handler) {
	now, r := b.now(), b.rules.Load()
	today := civil.Of(now.UTC())
	print := r.Print + "@" + today.String()
	if b.list == nil || print == b.listed || now.Sub(b.failed).Abs() < listRetry || !r.Operator.Announcing(now) {
		return
	}
	n := 0
	err := b.list.Members(ctx, func(p chat.PersonID, pr chat.Profile) error {
		known, err := knows(ctx, s, p)
		if known || err != nil {
			return err
		}
		n++
		_, err = handle(ctx, chat.Event{
			ID: chat.EventID("listed:" + today.String() + ":" + string(p)), Kind: chat.Listed, Person: p, At: now,
			Profile: &chat.Profile{Zone: pr.Zone, Outsider: pr.Outsider}, // no name: it is not needed
		})
		return err
	})
	switch {
	case ctx.Err() != nil:
	case err != nil:
		b.failed = now
		b.log.Warn("not everybody who works here could be listed: a review cycle is announced to nobody new until it is tried again", "err", named(err), "do", "waymark doctor tells what is missing")
	default:
		b.listed = print
		b.log.Info("everybody who works here was listed, for the announcement of a review cycle", "new", n)
	}
}

// knows reports whether there is anything of a person that a list cannot change.
func knows(ctx context.Context, s *store.Store, p chat.PersonID) (known bool, err error) {
	err = s.View(ctx, func(tx *store.Tx) error {
		if known, err = tx.Known(p); known || err != nil {
			return err
		}
		known, err = tx.Hushed(p)
		return err
	})
	return known, err
}
