// Package slackapp is Slack on one side and chat on the other: envelopes of
// Socket Mode become chat.Events for one chat.Handler, and chat.Messages leave
// as Block Kit. It knows tokens, envelopes, acknowledgements, Slack's limits,
// its escaping, its pace and its errors. It is a chat.Sender.
//
// A Reply goes where the person looks: in the acknowledgement of a command or a
// form, below the message that was clicked, in a small view above the tab or the
// form. Forms are opened after the Handler returned, while their trigger lives;
// if one does not open, the person is told so, and nothing else is lost.
//
// What it keeps out: what the coach says, what it remembers, when it speaks up.
// It stores nothing; whatever it holds in memory (who somebody is, which DM is
// theirs) can be asked for again.
//
// An envelope is acknowledged only after the Handler returned without an error,
// that is, after everything that follows from it is durable. Slack delivers
// events again that were not acknowledged, so a Handler sees the same Event.ID
// again; it does not deliver commands and clicks again, so those are
// acknowledged with an apology when they fail.
//
// It is connected over WebSockets of its own: of Socket Mode the library's client
// hides the reasons of disconnects and leaves a gap at each renewal. The next
// connection is opened beside the old one, both are read, and an acknowledgement
// leaves on the one that brought the envelope or not at all.
//
// A person's words never act. Whole messages are built as rich_text, in which
// Slack parses nothing; labels are plain_text; the text beside the blocks is
// escaped and sent with mrkdwn off. mrkdwn is used for small print only, and
// only if every word of it is the coach's.
//
// A message always leaves as one message: see render for what is cut when it is
// over Slack's limits.
package slackapp

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/slack-go/slack"
	"golang.org/x/time/rate"

	"waymark/internal/chat"
)

// Config is what an App needs to know.
type Config struct {
	AppToken string // xapp-…, of Socket Mode
	BotToken string // xoxb-…
	APIURL   string // where the Web API is, ending in "/"; "" = Slack
	Handler  chat.Handler
	Now      func() time.Time
	Log      *slog.Logger // nil = none; gets ids, never what a person wrote
	// CommandPrefix is taken off the names of commands: with "acme-",
	// "/acme-goals" becomes Event.Command "goals".
	CommandPrefix string
	Workers       int // events handled side by side; 0 = 64
	// HTTPClient calls the Web API; nil = one with enough idle connections for
	// all workers that follows HTTPS_PROXY and NO_PROXY.
	HTTPClient *http.Client
	// Transport wraps what makes those calls, to count them; nil = nothing.
	Transport func(http.RoundTripper) http.RoundTripper
	// Pace is how many messages a second one channel gets; 0 = 1, which is what
	// Slack takes. Tests and load runs against the local workspace raise it.
	Pace float64
	// Known says whether a person has been heard from before this process
	// started; with it, changes of their profile are passed on from the start.
	// nil = only those heard from since.
	Known func(chat.PersonID) bool
	// Labels replaces DefaultLabels where set, until SetLabels.
	Labels Labels
}

// How much is remembered, and how long things may take.
const (
	defaultWorkers  = 64
	rememberPeople  = 20_000
	rememberAnswers = 200
	requestTimeout  = 30 * time.Second
)

// App connects Slack with a Handler. Its methods may be called from several
// goroutines; Run only once.
type App struct {
	cfg    Config
	log    *slog.Logger
	api    *slack.Client
	pace   *pacer
	says   atomic.Pointer[Labels]
	self   atomic.Pointer[identity]
	dms    *lru[chat.PersonID, string]
	people *lru[chat.PersonID, acquaintance]
	// answers are what forms were answered with, for a repeat.
	answers *lru[chat.EventID, any]

	dispatch *dispatcher
	online   atomic.Int32 // connections that Slack has greeted

	pings, silent time.Duration // how often Slack is pinged; how long it may be silent
	hello         time.Duration // how long it may take to greet

	verdict sync.Mutex // one look at a suspect token at a time
	fatal   chan error // holds the first reason to stop
	fault   atomic.Pointer[error]
}

var (
	_ chat.Sender    = (*App)(nil)
	_ chat.Publisher = (*App)(nil)
	_ chat.Filer     = (*App)(nil)
)

// identity is who the bot is, as auth.test tells.
type identity struct {
	team, enterprise, user, bot string
	url                         string // of the workspace, ending in "/"
}

// New checks cfg and makes an App. It does not connect.
func New(cfg Config) (*App, error) {
	if cfg.Handler == nil || cfg.Now == nil {
		return nil, errors.New("slackapp: Handler and Now are required")
	}
	if cfg.APIURL == "" {
		cfg.APIURL = slack.APIURL
	}
	if !strings.HasSuffix(cfg.APIURL, "/") {
		return nil, fmt.Errorf("slackapp: API address %q must end in a slash", cfg.APIURL)
	}
	if err := checkPrefix(cfg.CommandPrefix); err != nil {
		return nil, err
	}
	if cfg.Workers <= 0 {
		cfg.Workers = defaultWorkers
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if cfg.HTTPClient == nil {
		cfg.HTTPClient = httpClient(cfg.Workers)
	}
	if cfg.Transport != nil {
		counted := *cfg.HTTPClient
		if counted.Transport == nil {
			counted.Transport = http.DefaultTransport
		}
		counted.Transport = cfg.Transport(counted.Transport)
		cfg.HTTPClient = &counted
	}
	a := &App{
		cfg:     cfg,
		log:     cfg.Log,
		pace:    newPacer(),
		dms:     newLRU[chat.PersonID, string](rememberPeople),
		people:  newLRU[chat.PersonID, acquaintance](rememberPeople),
		answers: newLRU[chat.EventID, any](rememberAnswers),
		fatal:   make(chan error, 1),
		pings:   pingEvery,
		silent:  3 * pingEvery,
		hello:   helloTimeout,
	}
	if cfg.Pace > 0 {
		a.pace.perSecond = rate.Limit(cfg.Pace)
	}
	a.SetLabels(cfg.Labels)
	a.api = a.client()
	a.dispatch = newDispatcher(cfg.Workers)
	return a, nil
}

// httpClient keeps a connection for each worker: with the default of two idle
// connections every burst would open new ones.
func httpClient(workers int) *http.Client {
	t := http.DefaultTransport.(*http.Transport).Clone() // follows the environment's proxy
	t.MaxIdleConns = 2 * workers
	t.MaxIdleConnsPerHost = 2 * workers
	return &http.Client{Transport: t, Timeout: requestTimeout}
}

// client is a Web API client. slack-go's own retries stay off: repeating a
// chat.postMessage after a broken connection can post twice.
func (a *App) client() *slack.Client {
	return slack.New(a.cfg.BotToken,
		slack.OptionAppLevelToken(a.cfg.AppToken),
		slack.OptionAPIURL(a.cfg.APIURL),
		slack.OptionHTTPClient(slim{a.cfg.HTTPClient}),
	)
}

// Idle reports whether nothing that came is still being handled or answered:
// after the acknowledgement a form may have to be opened.
func (a *App) Idle() bool { return a.dispatch.idle() }

// Connected reports whether a connection is up and greeted by Slack.
func (a *App) Connected() bool { return a.online.Load() > 0 }

// fail makes Run return err. The first call counts.
func (a *App) fail(err error) {
	if a.fault.CompareAndSwap(nil, &err) {
		a.fatal <- err
	}
}

func identityOf(r *slack.AuthTestResponse) *identity {
	return &identity{team: r.TeamID, enterprise: r.EnterpriseID, user: r.UserID, bot: r.BotID, url: r.URL}
}

// identify asks Slack once who the bot is.
func (a *App) identify(ctx context.Context) (*identity, error) {
	if id := a.self.Load(); id != nil {
		return id, nil
	}
	r, err := a.api.AuthTestContext(ctx)
	if err != nil {
		return nil, err
	}
	id := identityOf(r)
	a.self.Store(id)
	return id, nil
}

// person names a person. Envelopes of different kinds leave out different
// parts; what is missing is the bot's own, so that the name is always the same.
func (id *identity) person(enterprise, team, user string) chat.PersonID {
	if team == "" {
		team = id.team
	}
	if enterprise == "" && team == id.team {
		enterprise = id.enterprise
	}
	if enterprise == "" {
		enterprise = "-"
	}
	return chat.PersonID(enterprise + "/" + team + "/" + user)
}

// userOf is the user part of a person's name.
func userOf(p chat.PersonID) string {
	return string(p[strings.LastIndexByte(string(p), '/')+1:])
}
