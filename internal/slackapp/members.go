package slackapp

import (
	"context"
	"fmt"

	"github.com/slack-go/slack"

	"waymark/internal/chat"
)

// memberPage is how many people Slack is asked for at once; it advises 200.
const memberPage = 200

// Members calls each with everybody who is a full member of the bot's own
// workspace, page by page, until it returns an error: no bots, no guests, nobody
// of another workspace, nobody whose account is off. Where Slack asks to wait, it
// waits. The error of each comes back as it is.
func (a *App) Members(ctx context.Context, each func(chat.PersonID, chat.Profile) error) error {
	self, err := a.identify(ctx)
	if err != nil {
		return fmt.Errorf("list the members: %w", err)
	}
	page := a.api.GetUsersPaginated(slack.GetUsersOptionLimit(memberPage), slack.GetUsersOptionIncludeLocale(false))
	for {
		var next slack.UserPagination
		err := a.patiently(ctx, "users.list", func(ctx context.Context) (err error) {
			next, err = page.Next(ctx)
			return err
		})
		if err != nil {
			return fmt.Errorf("list the members: %w", err)
		}
		page = next
		for i := range page.Users {
			u := &page.Users[i]
			if u.TeamID != "" && u.TeamID != self.team || outsider(u, self) != chat.Member {
				continue
			}
			if err := each(self.person("", self.team, u.ID), a.profileOf(u)); err != nil {
				return err
			}
		}
		if page.Cursor == "" {
			return nil
		}
	}
}

// GroupMembers are the ids of the people in one of Slack's own user groups, given
// by its id ("S012ABC"). The app needs usergroups:read for it; without, the error
// is a chat.SendError named missing_scope.
func (a *App) GroupMembers(ctx context.Context, group string) (users []string, err error) {
	err = a.patiently(ctx, "usergroups.users.list", func(ctx context.Context) (err error) {
		users, err = a.api.GetUserGroupMembersContext(ctx, group)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list the user group %s: %w", group, err)
	}
	return users, nil
}

// patiently makes a call that may be repeated, and repeats it for as long as Slack
// asks to wait.
func (a *App) patiently(ctx context.Context, method string, call func(context.Context) error) error {
	for {
		err := a.request(ctx, method, "", call)
		if retryAfter(err) == 0 || ctx.Err() != nil {
			return err
		}
	}
}
