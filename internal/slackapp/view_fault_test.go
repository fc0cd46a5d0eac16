package slackapp_test

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"

	"waymark/internal/chat"
	"waymark/internal/slackapp"
	"waymark/internal/workspace"
)

func TestPublishFaults(t *testing.T) {
	for _, tt := range []struct {
		name      string
		fault     workspace.Fault
		want      string
		wait      bool
		permanent bool
	}{
		{"asked to wait by the status", workspace.Fault{Kind: "rate_limit", RetryAfter: 1}, "ratelimited", true, false},
		{"asked to wait in words", workspace.Fault{Kind: "slack_error", Name: "rate_limited"}, "rate_limited", true, false},
		{"somebody else published", workspace.Fault{Kind: "slack_error", Name: "hash_conflict"}, "hash_conflict", false, false},
		{"gone", workspace.Fault{Kind: "slack_error", Name: "user_not_found"}, "user_not_found", false, true},
		{"not allowed now", workspace.Fault{Kind: "slack_error", Name: "not_enabled"}, "not_enabled", false, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := connected(t, nil)
			tt.fault.Method = "views.publish"
			b.must(b.ws.Inject(tt.fault))
			err := b.app.Publish(t.Context(), ana, aPage())
			var se *chat.SendError
			if !errors.As(err, &se) || se.Name != tt.want || se.RetryAfter > 0 != tt.wait || se.Permanent != tt.permanent {
				t.Fatalf("Publish: %+v, want %s, wait %v, permanent %v", err, tt.want, tt.wait, tt.permanent)
			}
			b.must(b.app.Publish(t.Context(), ana, aPage())) // again, after the wait
			b.home()
		})
	}
}

// A form asked for in a channel that the bot is no member of: what went wrong is
// said there, to the one who asked.
func TestFormThatDoesNotOpenIsSaidWhereItWasAskedFor(t *testing.T) {
	b := connected(t, nil)
	b.must(b.ws.Inject(workspace.Fault{Kind: "slack_error", Method: "views.open", Name: "expired_trigger_id"}))
	b.answers(opens(aForm()))
	_, err := b.ws.CommandIn(t.Context(), workspace.Ana, workspace.Team, "/acme-career", "settings")
	b.must(err)
	b.until("it is said", func() bool {
		m, err := b.ws.ChannelMessages(workspace.Ana, workspace.Team)
		b.must(err)
		return len(m) > 0 && m[len(m)-1].Text == slackapp.DefaultLabels().NoForm && m[len(m)-1].Ephemeral
	})
	b.unseen(slackapp.DefaultLabels().NoForm)
}

// unseen checks that a colleague in the channel sees none of it.
func (b *bench) unseen(text string) {
	b.t.Helper()
	m, err := b.ws.ChannelMessages(workspace.Kim, workspace.Team)
	b.must(err)
	if slices.ContainsFunc(m, func(m workspace.Message) bool { return m.Ephemeral || m.Text == text }) {
		b.t.Errorf("a colleague sees %q", text)
	}
}

// A reply seen by one person alone may hang in any channel, with buttons under
// it: what they bring up shows there, too.
func TestClickOnAReplyWhereTheBotIsNot(t *testing.T) {
	b := connected(t, nil)
	m := chat.Message{Blocks: []chat.Block{chat.Para(chat.T("Your goals.")), {Kind: chat.Buttons, ID: "goals", Choices: choices(1)}}}
	b.answers(func(context.Context, chat.Event) (chat.Reply, error) { return chat.Reply{Message: &m}, nil })
	_, err := b.ws.CommandIn(t.Context(), workspace.Ana, workspace.Team, "/acme-goals", "")
	b.must(err)
	b.next()
	b.answers(says("It is done."))
	b.must(b.ws.Click(t.Context(), workspace.Press{Person: workspace.Ana, Channel: workspace.Team, ActionID: "choice.1"}))
	if e := b.next(); e.Action != "goals" || e.Channel != "" || e.TS != "" {
		t.Errorf("event %+v", e)
	}
	b.until("it is answered", func() bool {
		m, err := b.ws.ChannelMessages(workspace.Ana, workspace.Team)
		b.must(err)
		return m[len(m)-1].Text == "It is done." && m[len(m)-1].Ephemeral
	})
	b.unseen("It is done.")
}

// ended is a network on which Slack's addresses for replies have ended.
type ended struct{}

func (ended) RoundTrip(r *http.Request) (*http.Response, error) {
	if strings.HasPrefix(r.URL.Path, "/api/") {
		return http.DefaultTransport.RoundTrip(r)
	}
	return &http.Response{StatusCode: http.StatusNotFound, Body: http.NoBody, Request: r, Header: http.Header{}}, nil
}

// Those addresses end after 30 minutes; the DM is still there.
func TestReplyWhoseAddressHasEnded(t *testing.T) {
	b := connected(t, func(_ *workspace.Config, c *slackapp.Config) { c.HTTPClient = &http.Client{Transport: ended{}} })
	b.answers(says("Kept."))
	ts, err := b.ws.Speak(workspace.Saying{Person: workspace.Ana, Channel: workspace.Team, Text: "I did it"})
	b.must(err)
	b.must(b.ws.Shortcut(t.Context(), workspace.Ana, "save_win", workspace.Team, ts))
	b.until("it is in the DM", func() bool {
		m, err := b.ws.Messages(workspace.Ana)
		b.must(err)
		return len(m) == 1 && m[0].Text == "Kept." && !m[0].Ephemeral
	})
}

func TestHiddenFromTheBotMeansFromOutside(t *testing.T) {
	b := connected(t, nil)
	b.must(b.ws.Inject(workspace.Fault{Kind: "slack_error", Method: "users.info", Name: "user_not_visible"}))
	b.must(b.ws.OpenHome(workspace.Stranger))
	if e := b.next(); e.Profile == nil || e.Profile.Outsider != chat.Stranger {
		t.Errorf("event %+v with profile %+v, want a stranger", e, e.Profile)
	}
}

// A trigger lives for 3 s; here it has expired by the time it arrives.
func TestTriggerThatExpired(t *testing.T) {
	b := connected(t, func(c *workspace.Config, _ *slackapp.Config) { c.TriggerLife = 1 })
	b.must(b.app.Publish(t.Context(), ana, aPage()))
	b.answers(opens(aForm()))
	b.must(b.ws.Click(t.Context(), workspace.Press{Person: workspace.Ana, ViewID: b.home().ID, ActionID: "choice.2"}))
	b.until("it is said", func() bool {
		m, err := b.ws.Messages(workspace.Ana)
		b.must(err)
		return len(m) == 1
	})
	// It is there when Ana comes from the tab, which a line for this moment is not.
	if m := b.last(); m.Text != slackapp.DefaultLabels().NoForm || m.Ephemeral {
		t.Errorf("message %+v, want one line that stays", m)
	}
}

func TestFormThatCannotBeShown(t *testing.T) {
	b := connected(t, nil)
	b.answers(opens(chat.Form{Name: "broken"}))
	_, err := b.ws.Command(t.Context(), workspace.Ana, "/acme-career", "settings")
	b.must(err)
	b.until("it is said", func() bool {
		m, err := b.ws.Messages(workspace.Ana)
		b.must(err)
		return len(m) == 1 && m[0].Text == slackapp.DefaultLabels().NoForm
	})
}

func TestFormClosedMeanwhile(t *testing.T) {
	b := connected(t, nil)
	b.answers(opens(aForm()))
	_, err := b.ws.Command(t.Context(), workspace.Ana, "/acme-career", "settings")
	b.must(err)
	v := b.form()
	f := aForm()
	b.answers(func(context.Context, chat.Event) (chat.Reply, error) {
		return chat.Reply{Form: &f}, b.ws.CloseView(t.Context(), workspace.Ana, v.ID)
	})
	b.must(b.ws.Click(t.Context(), workspace.Press{Person: workspace.Ana, ViewID: v.ID, ActionID: "choice.1"}))
	b.until("it was tried", func() bool { return len(b.ws.CallsOf("views.update")) == 1 })
	b.quiet()
	if m, err := b.ws.Messages(workspace.Ana); err != nil || len(m) != 0 {
		t.Errorf("messages %+v, error %v: nobody waits for the form any more", m, err)
	}
}

// Slack keeps what was typed into a field that has the same ids in the next view.
func TestChangedFormShowsWhatTheCoachSays(t *testing.T) {
	b := connected(t, nil)
	b.answers(opens(aForm()))
	_, err := b.ws.Command(t.Context(), workspace.Ana, "/acme-career", "goal add")
	b.must(err)
	v := b.form()
	b.answers(func(context.Context, chat.Event) (chat.Reply, error) {
		return chat.Reply{FormErrors: map[string]string{"due": "That day is over."}}, nil
	})
	b.submit(v, map[string]any{"why": "typed", "gap": "v3"})
	next := aForm()
	next.Title, next.Fields[1].Value = "Page 2", []string{"from the coach"}
	b.answers(opens(next))
	b.must(b.ws.Click(t.Context(), workspace.Press{Person: workspace.Ana, ViewID: v.ID, ActionID: "choice.1"}))
	b.until("the form has changed", func() bool { return b.form().Title == "Page 2" })
	for range 3 {
		b.next()
	}
	b.answers(nil)
	b.submit(v, nil)
	if e := b.next(); !slices.Equal(e.Form["why"], []string{"from the coach"}) || !slices.Equal(e.Form["gap"], []string{"v12"}) {
		t.Errorf("form %v, want what the second page showed", e.Form)
	}
}

func TestReplyAboveAForm(t *testing.T) {
	b := connected(t, nil)
	b.answers(opens(aForm()))
	_, err := b.ws.Command(t.Context(), workspace.Ana, "/acme-career", "settings")
	b.must(err)
	v := b.form()
	b.answers(func(context.Context, chat.Event) (chat.Reply, error) {
		return chat.Reply{FormErrors: map[string]string{"due": "That day is over."}}, nil
	})
	b.must(b.ws.Click(t.Context(), workspace.Press{Person: workspace.Ana, ViewID: v.ID, ActionID: "choice.1"}))
	b.until("the reply is above the form", func() bool {
		all, err := b.ws.Views(workspace.Ana)
		b.must(err)
		return len(all) == 2 && strings.Contains(shown(t, all[1]), "That day is over.")
	})
}

// What is too long for an acknowledgement takes the place of the form all the same.
func TestLongAnswerToAForm(t *testing.T) {
	b := connected(t, nil)
	b.answers(opens(aForm()))
	_, err := b.ws.Command(t.Context(), workspace.Ana, "/acme-career", "goal add")
	b.must(err)
	v := b.form()
	long := chat.Form{Name: "steps", Title: "Your steps", Cancel: "Close"}
	for range 90 {
		long.Fields = append(long.Fields, chat.Field{Kind: chat.Shown, Block: chat.Para(chat.Own(strings.Repeat("ä", 200)))})
	}
	b.answers(opens(long))
	b.submit(v, nil)
	b.until("the other form is open", func() bool {
		all, err := b.ws.Views(workspace.Ana)
		b.must(err)
		return len(all) == 1 && all[0].Title == "Your steps"
	})
}

// A repeat of a submission is answered as the first: an empty acknowledgement
// would close what the first one opened.
func TestRepeatOfASubmissionKeepsItsAnswer(t *testing.T) {
	w := newWire(t, "")
	n := 0
	a := w.app(t, func(context.Context, chat.Event) (chat.Reply, error) {
		n++
		if n > 1 {
			return chat.Reply{}, nil // as a handler does that has seen it
		}
		return chat.Reply{Form: &chat.Form{Name: "p2", Title: "Page 2", Cancel: "Close"}}, nil
	})
	go a.Run(t.Context())
	for _, id := range []string{"e1", "e2"} {
		w.send <- `{"type":"interactive","envelope_id":"` + id + `","accepts_response_payload":true,"payload":{"type":"view_submission","team":{"id":"T1"},"user":{"id":"U1"},"view":{"id":"V1","hash":"1.a","type":"modal","state":{"values":{"due":{"v":{"type":"datepicker","selected_date":"2020-01-01"}}}}}}}`
		if got := w.frame(t); !strings.Contains(got, `"response_action":"update"`) || !strings.Contains(got, "Page 2") || !strings.Contains(got, id) {
			t.Errorf("acknowledgement %s: %s, want page 2", id, got)
		}
	}
}

func TestFormWithoutFieldsThatFails(t *testing.T) {
	b := connected(t, nil)
	b.answers(opens(chat.Form{Name: "delete", Title: "Delete", Send: "Delete", Cancel: "Cancel"}))
	_, err := b.ws.Command(t.Context(), workspace.Ana, "/acme-career", "delete")
	b.must(err)
	v := b.form()
	b.answers(func(context.Context, chat.Event) (chat.Reply, error) { return chat.Reply{}, errors.New("disk full") })
	if s := b.submit(v, nil); s.Action != "update" {
		t.Errorf("submission %+v, want the form to say so", s)
	}
	if got := shown(t, b.form()); !strings.Contains(got, slackapp.DefaultLabels().Apology) {
		t.Errorf("form %s, want the apology", got)
	}
}

// A colleague's words stay where they are, the answer reaches Ana alone, and the
// conversation is none of the coach's.
func TestMessageShortcutWhereTheBotIsNot(t *testing.T) {
	b := connected(t, nil)
	kims, err := b.ws.Speak(workspace.Saying{Person: workspace.Kim, Channel: workspace.Team, Text: "Ana saved the release"})
	b.must(err)
	anas, err := b.ws.Speak(workspace.Saying{Person: workspace.Ana, Channel: workspace.Team, Text: "Thanks!", ThreadTS: kims})
	b.must(err)
	b.answers(says("Kept."))
	for _, tt := range []struct{ ts, text, link string }{
		{kims, "", "/p" + strings.ReplaceAll(kims, ".", "")},
		{anas, "Thanks!", "/p" + strings.ReplaceAll(anas, ".", "") + "?thread_ts=" + kims + "&cid=" + workspace.Team},
	} {
		b.must(b.ws.Shortcut(t.Context(), workspace.Ana, "save_win", workspace.Team, tt.ts))
		e := b.next()
		if e.Text != tt.text || !strings.HasSuffix(e.Link, "/archives/"+workspace.Team+tt.link) || e.Channel != "" {
			t.Errorf("event %+v, want text %q and a link that ends in %s", e, tt.text, tt.link)
		}
	}
	b.until("both are answered", func() bool {
		m, err := b.ws.ChannelMessages(workspace.Ana, workspace.Team)
		b.must(err)
		return len(slices.DeleteFunc(m, func(m workspace.Message) bool { return m.Text != "Kept." || !m.Ephemeral })) == 2
	})
	b.unseen("Kept.")
}

func TestOutsidersOpenTheTab(t *testing.T) {
	b := connected(t, nil)
	for who, want := range map[string]chat.Outsider{
		workspace.Ana: chat.Member, workspace.Guest: chat.Guest, workspace.Stranger: chat.Stranger, workspace.OtherBot: chat.Bot,
	} {
		if err := b.ws.OpenHome(who); err != nil {
			t.Errorf("%s cannot open the tab: %v", who, err)
			continue
		}
		e := b.next()
		if e.Kind != chat.Opened || e.Action != chat.TabHome || e.Profile == nil || e.Profile.Outsider != want {
			t.Errorf("%s: event %+v with profile %+v, want outsider %d", who, e, e.Profile, want)
		}
	}
}

func TestDeletedMessage(t *testing.T) {
	b := connected(t, nil)
	ts, err := b.ws.Say(workspace.Ana, "lead a team")
	b.must(err)
	channel := b.next().Channel
	b.must(b.ws.Delete(workspace.Ana, ts))
	if e := b.next(); e.Kind != chat.Deleted || e.TS != ts || e.Channel != channel || e.Person != ana || e.Text != "" {
		t.Errorf("event %+v, want %s taken back", e, ts)
	}
}

// late is a network on which the answer to one method comes when it is let go.
type late struct {
	method string
	let    chan struct{}
}

func (l late) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := http.DefaultTransport.RoundTrip(r)
	if strings.HasSuffix(r.URL.Path, l.method) {
		<-l.let
	}
	return resp, err
}

// People can be faster than the answer to the post that shows them a button.
func TestClickBeforeThePostIsAnswered(t *testing.T) {
	net := late{"chat.postMessage", make(chan struct{})}
	b := connected(t, func(_ *workspace.Config, c *slackapp.Config) { c.HTTPClient = &http.Client{Transport: net} })
	channel, err := b.app.Open(t.Context(), ana)
	b.must(err)
	type posted struct {
		ts  string
		err error
	}
	done := make(chan posted, 1)
	go func() {
		ts, err := b.app.Post(t.Context(), channel, "row1", chat.Message{Blocks: []chat.Block{{Kind: chat.Buttons, ID: "q1", Choices: choices(2)}}})
		done <- posted{ts, err}
	}()
	b.until("the message is there", func() bool {
		m, err := b.ws.Messages(workspace.Ana)
		b.must(err)
		return len(m) == 1
	})
	b.must(b.ws.Click(t.Context(), workspace.Press{Person: workspace.Ana, ActionID: "choice.2"}))
	e := b.next()
	close(net.let)
	p := <-done
	b.must(p.err)
	if e.Action != "q1" || !slices.Equal(e.Values, []string{"v2"}) || e.TS != p.ts || e.Channel != channel {
		t.Errorf("event %+v, want the click under %s", e, p.ts)
	}
}

// Somebody's account may be closed between their click and our look at it.
func TestDeactivatedMeanwhile(t *testing.T) {
	b := connected(t, nil)
	b.must(b.ws.OpenHome(workspace.Kim))
	b.next()
	b.must(b.ws.ChangePerson(workspace.Kim, func(p *workspace.Person) { p.Deleted = true }))
	if e := b.next(); e.Kind != chat.ProfileChanged || e.Profile.Outsider != chat.Gone {
		t.Errorf("event %+v with profile %+v, want her gone", e, e.Profile)
	}
}
