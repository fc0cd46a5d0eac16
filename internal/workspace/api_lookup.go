package workspace

import (
	"encoding/base64"
	"slices"
	"strconv"
	"strings"
)

func (w *Workspace) apiTest(a args) (map[string]any, error) {
	if e := a.text("error"); e != "" {
		return nil, &slackError{name: e, extra: map[string]any{"args": a.values}}
	}
	values := make(map[string]any, len(a.values))
	for k, v := range a.values {
		if k != "token" {
			values[k] = v
		}
	}
	return map[string]any{"args": values}, nil
}

func (w *Workspace) authTest(a args) (map[string]any, error) {
	return map[string]any{
		"url": teamURL, "team": TeamName, "team_id": TeamID, "user": strings.ToLower(BotName),
		"user_id": BotUserID, "bot_id": BotID, "is_enterprise_install": false,
	}, nil
}

// connectionsOpen gives out the address of a Socket Mode connection; it works
// once and for half a minute.
func (w *Workspace) connectionsOpen(args) (map[string]any, error) {
	now := w.cfg.Now()
	for key, t := range w.sockets.tickets {
		if now.After(t.expires) {
			delete(w.sockets.tickets, key)
		}
	}
	key := strings.ToLower(w.newUUID())
	w.sockets.tickets[key] = ticket{expires: now.Add(ticketLife)}
	address := "ws" + strings.TrimPrefix(w.URL(), "http") + "link/?ticket=" + key + "&app_id=" + AppID
	return map[string]any{"url": address}, nil
}

func (w *Workspace) usersInfo(a args) (map[string]any, error) {
	locale := a.flag("include_locale")
	if ids := a.text("users"); ids != "" {
		var list []any
		for id := range strings.SplitSeq(ids, ",") {
			u := w.lookUp(id, locale)
			if u == nil {
				return nil, slackErr("user_not_found")
			}
			list = append(list, u)
		}
		return map[string]any{"users": list}, nil
	}
	u := w.lookUp(a.text("user"), locale)
	if u == nil {
		return nil, slackErr("user_not_found")
	}
	return map[string]any{"user": u}, nil
}

func (w *Workspace) lookUp(id string, locale bool) map[string]any {
	if id == BotUserID {
		return w.botUserJSON()
	}
	if p := w.people.byID[id]; p != nil {
		return w.userJSON(p, locale)
	}
	return nil
}

func (w *Workspace) usersList(a args) (map[string]any, error) {
	from, to, next, err := page(a, len(w.people.order)+1, 1000)
	if err != nil {
		return nil, err
	}
	members := []any{}
	for i := from; i < to; i++ {
		if i == 0 {
			members = append(members, w.botUserJSON())
			continue
		}
		members = append(members, w.userJSON(w.people.order[i-1], a.flag("include_locale")))
	}
	return map[string]any{
		"members": members, "cache_ts": w.clock.now().Unix(),
		"response_metadata": map[string]any{"next_cursor": next},
	}, nil
}

// userGroupMembers are those of a user group who are there; Slack leaves out
// accounts that were switched off.
func (w *Workspace) userGroupMembers(a args) (map[string]any, error) {
	members, ok := w.people.groups[a.text("usergroup")]
	if !ok {
		return nil, slackErr("no_such_subteam")
	}
	users := []any{}
	for _, id := range members {
		if p := w.people.byID[id]; p != nil && !p.Deleted {
			users = append(users, id)
		}
	}
	return map[string]any{"users": users}, nil
}

// page reads limit and cursor of a list call.
func page(a args, total, most int) (from, to int, next string, err error) {
	limit, err := a.number("limit", min(total, most), 0, 1000)
	if err != nil {
		return 0, 0, "", err
	}
	if limit == 0 {
		limit = most
	}
	if c := a.text("cursor"); c != "" {
		from, err = readCursor(c)
		if err != nil || from > total {
			return 0, 0, "", slackErr("invalid_cursor")
		}
	}
	to = min(from+limit, total)
	if to < total {
		next = writeCursor(to)
	}
	return from, to, next, nil
}

func writeCursor(n int) string {
	return base64.StdEncoding.EncodeToString([]byte("at:" + strconv.Itoa(n)))
}

func readCursor(c string) (int, error) {
	b, err := base64.StdEncoding.DecodeString(c)
	if err != nil {
		return 0, err
	}
	n, err := strconv.Atoi(strings.TrimPrefix(string(b), "at:"))
	if err == nil && n < 0 {
		err = strconv.ErrRange
	}
	return n, err
}

func (w *Workspace) botsInfo(a args) (map[string]any, error) {
	if id := a.text("bot"); id != "" && id != BotID {
		return nil, slackErr("bot_not_found")
	}
	return map[string]any{"bot": map[string]any{
		"id": BotID, "name": BotName, "deleted": false, "updated": 1700000000,
		"app_id": AppID, "user_id": BotUserID, "icons": map[string]any{},
	}}, nil
}

func (w *Workspace) teamInfo(args) (map[string]any, error) {
	return map[string]any{"team": map[string]any{
		"id": TeamID, "name": TeamName, "domain": TeamDomain, "url": w.URL(),
		"email_domain": "", "icon": map[string]any{"image_default": true},
	}}, nil
}

// readable finds a channel and checks the scope that its kind needs.
func (w *Workspace) readable(a args, right string) (*channel, error) {
	if err := a.need("channel"); err != nil {
		return nil, err
	}
	ch := w.people.channels[a.text("channel")]
	if ch == nil {
		return nil, slackErr("channel_not_found")
	}
	if err := w.needScope(ch.kind() + ":" + right); err != nil {
		return nil, err
	}
	if ch.apart && right == "history" {
		return nil, slackErr("not_in_channel")
	}
	return ch, nil
}

// kind is how scopes name that kind of channel.
func (ch *channel) kind() string {
	if ch.person != "" {
		return "im"
	}
	return "channels"
}

func (w *Workspace) needScope(scope string) error {
	if w.granted(scope) {
		return nil
	}
	return &slackError{name: "missing_scope", extra: map[string]any{
		"needed": scope, "provided": strings.Join(w.scopes(), ","),
	}}
}

func (w *Workspace) conversationsOpen(a args) (map[string]any, error) {
	id := a.text("channel")
	if users := a.text("users"); users != "" {
		if strings.Contains(users, ",") {
			return nil, slackErr("not_enough_users") // group messages are not part of this workspace
		}
		p := w.people.byID[users]
		switch {
		case p == nil:
			return nil, slackErr("user_not_found")
		case p.Kind == Robot:
			return nil, slackErr("cannot_dm_bot")
		case p.Deleted:
			return nil, slackErr("user_disabled")
		}
		id = p.Channel
	}
	if id == "" {
		return nil, slackErr("users_list_not_supplied")
	}
	ch := w.people.channels[id]
	if ch == nil || ch.person == "" {
		return nil, slackErr("channel_not_found")
	}
	answer := map[string]any{"no_op": true, "already_open": true, "channel": map[string]any{"id": ch.id}}
	if a.flag("return_im") {
		info := w.channelJSON(ch)
		info["is_open"] = true
		answer["channel"] = info
	}
	return answer, nil
}

func (w *Workspace) conversationsInfo(a args) (map[string]any, error) {
	ch, err := w.readable(a, "read")
	if err != nil {
		return nil, err
	}
	info := w.channelJSON(ch)
	if ch.person != "" {
		info["is_open"] = true
	}
	return map[string]any{"channel": info}, nil
}

func (w *Workspace) conversationsList(a args) (map[string]any, error) {
	types := a.text("types")
	if types == "" {
		types = "public_channel"
	}
	var all []*channel
	for t := range strings.SplitSeq(types, ",") {
		switch strings.TrimSpace(t) {
		case "public_channel":
			if err := w.needScope("channels:read"); err != nil {
				return nil, err
			}
			for _, id := range publicChannels {
				all = append(all, w.people.channels[id])
			}
		case "im":
			if err := w.needScope("im:read"); err != nil {
				return nil, err
			}
			for _, p := range w.people.order {
				all = append(all, w.people.channels[p.Channel])
			}
		case "private_channel", "mpim":
		default:
			return nil, slackErr("invalid_types")
		}
	}
	from, to, next, err := page(a, len(all), 100)
	if err != nil {
		return nil, err
	}
	channels := []any{}
	for _, ch := range all[from:to] {
		listed := w.channelJSON(ch)
		if p := w.people.byID[ch.person]; p != nil {
			listed["is_user_deleted"] = p.Deleted
		}
		channels = append(channels, listed)
	}
	return map[string]any{"channels": channels, "response_metadata": map[string]any{"next_cursor": next}}, nil
}

// conversationsHistory gives a channel's messages, newest first. Answers in
// threads are not part of it, ephemeral messages neither.
func (w *Workspace) conversationsHistory(a args) (map[string]any, error) {
	ch, err := w.readable(a, "history")
	if err != nil {
		return nil, err
	}
	answer, err := w.history(a, ch, func(m *message) bool {
		return m.For == "" && (m.ThreadTS == "" || m.ThreadTS == m.TS || m.Broadcast)
	}, true)
	if err == nil {
		answer["pin_count"] = 0
	}
	return answer, err
}

// conversationsReplies gives a thread: its root and the answers, oldest first.
func (w *Workspace) conversationsReplies(a args) (map[string]any, error) {
	ch, err := w.readable(a, "history")
	if err != nil {
		return nil, err
	}
	root := ch.byTS[a.text("ts")]
	if root == nil || root.For != "" {
		return nil, slackErr("thread_not_found")
	}
	thread := root.TS
	if root.ThreadTS != "" {
		thread = root.ThreadTS
	}
	return w.history(a, ch, func(m *message) bool {
		return m.For == "" && (m.TS == thread || m.ThreadTS == thread)
	}, false)
}

// history selects messages by time, page by page.
func (w *Workspace) history(a args, ch *channel, want func(*message) bool, newestFirst bool) (map[string]any, error) {
	oldest, latest := int64(-1), int64(1<<62)
	for name, bound := range map[string]*int64{"oldest": &oldest, "latest": &latest} {
		if v := a.text(name); v != "" && v != "now" {
			us, ok := parseTS(v)
			if !ok {
				return nil, slackErr("invalid_ts_" + name)
			}
			*bound = us
		}
	}
	if !a.flag("inclusive") {
		oldest, latest = oldest+1, latest-1
	}
	var found []*message
	for _, m := range ch.messages {
		if us, _ := parseTS(m.TS); us >= oldest && us <= latest && want(m) {
			found = append(found, m)
		}
	}
	if newestFirst {
		slices.Reverse(found)
	}
	if a.text("limit") == "" {
		a.values["limit"] = "100"
	}
	from, to, next, err := page(a, len(found), 999)
	if err != nil {
		return nil, err
	}
	threads := ch.threads()
	list := []any{}
	for _, m := range found[from:to] {
		j := w.messageJSON(m, a.flag("include_all_metadata"))
		if t := threads[m.TS]; t.replies > 0 {
			j["thread_ts"], j["reply_count"], j["latest_reply"] = m.TS, t.replies, t.latest
		}
		list = append(list, j)
	}
	return map[string]any{
		"messages": list, "has_more": next != "",
		"response_metadata": map[string]any{"next_cursor": next},
	}, nil
}

// thread is what a channel shows of a message's answers.
type thread struct {
	replies int
	latest  string
}

// threads counts the answers to each message.
func (ch *channel) threads() map[string]thread {
	all := make(map[string]thread)
	for _, m := range ch.messages {
		if m.ThreadTS != "" && m.ThreadTS != m.TS && m.For == "" {
			all[m.ThreadTS] = thread{replies: all[m.ThreadTS].replies + 1, latest: m.TS}
		}
	}
	return all
}
