// Package workspace is a Slack workspace on this machine: it speaks Slack's
// Web API and Socket Mode on a loopback address, has people, a direct message
// channel for each of them with the bot, a clock that can be moved, faults
// that can be called up, and a web page to talk to the bot.
//
// It knows Slack's side of the wire and nothing of the bot that is connected
// to it: it is strict where Slack is strict, answers with Slack's error names,
// and shares no code with any Slack client, so that a client's mistake shows.
//
// # Addresses
//
//	/            the page
//	/api/…       the Web API
//	/link/…      Socket Mode (WebSocket)
//	/response/…  response URLs of commands and clicks
//	/upload/…    file uploads, /files/… file downloads
//	/_local/…    what a person does, the clock, faults: see local.go
//
// # Kept on disk
//
// With Config.Dir set, journal.jsonl in that folder keeps people, messages,
// views, files, the clock and the events that no bot has acknowledged yet.
// Tickets, triggers and response URLs live in memory only; they are short-lived.
package workspace

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"
)

// Names of the workspace and its app, as Slack would give them.
const (
	TeamID     = "T01WAYMARK0"
	TeamName   = "Waymark trial"
	TeamDomain = "waymark-trial"
	AppID      = "A01WAYMARK0"
	BotUserID  = "U01WAYMARKB"
	BotID      = "B01WAYMARK0"
	BotName    = "Waymark"

	// DefaultAppToken and DefaultBotToken open the local workspace and nothing else.
	DefaultAppToken = "xapp-1-A01WAYMARK0-1000000000001-local"
	DefaultBotToken = "xoxb-1000000000001-1000000000002-local"

	// verificationToken is Slack's deprecated shared secret; clients still expect the field.
	verificationToken = "local-verification-token"
)

// ExtraPage is a page of somebody else's that the workspace serves.
type ExtraPage struct {
	Title   string // of the link to it beside the channels; "" for none
	Handler http.Handler
}

// Config says where a workspace listens, what time it is there and what it
// keeps. The zero value is a workspace in memory on a free loopback port, where
// it is Monday morning and stays so.
type Config struct {
	Listen string // "127.0.0.1:0" when empty
	Dir    string // folder to keep everything in; "" keeps it in memory

	Now         func() time.Time // wall clock. Without one, time stands still at Start unless moved
	Start       time.Time        // where the workspace's clock starts; zero: Now. A clock saved in Dir wins
	FrozenClock bool             // the clock stands still unless moved

	Log    *slog.Logger // ids and error names only; discarded when nil
	Random io.Reader    // source of ids; crypto/rand when nil

	// Commands are the slash commands that the app has registered ("/goals").
	// Others are refused like Slack refuses unknown ones; nil accepts all.
	Commands []Command
	// Shortcuts are the global and message shortcuts of the app; nil accepts all.
	Shortcuts []Shortcut
	// Scopes are what the bot token may do; nil is what DefaultScopes lists.
	Scopes []string
	// Events are the bot events subscribed to; nil is what DefaultEvents lists.
	Events []string

	// Pages are further pages, by their path ("/calendar"), which is none of the
	// workspace's own. They set their own headers.
	Pages map[string]ExtraPage

	OnClock func(now time.Time) // called after the clock was moved
	// OnPosted is told of each message that the bot posts, when those in the
	// channel can see it; it must not wait, nor call the workspace. nil = nobody
	// listens.
	OnPosted func(channel, ts string)
	NextDue  func() (time.Time, bool) // moment of the next thing that is due, for the page's button

	AppToken, BotToken string // DefaultAppToken, DefaultBotToken when empty

	PingEvery      time.Duration   // between WebSocket pings; 5 s when zero
	AckTimeout     time.Duration   // how long an envelope waits for its ack; 3 s when zero
	Retries        []time.Duration // waits before each redelivery of an event, on the workspace's clock; nil: at once, 1 min, 5 min
	ConnectionLife time.Duration   // after which a socket is told to reconnect; 5 h when zero
	TriggerLife    time.Duration   // how long a trigger_id may be used; 3 s when zero
}

// Command is a slash command as the app's manifest declares it.
type Command struct {
	Name        string // with its slash: "/goals"
	Description string
	Hint        string // what may follow, such as "[what you did]"
}

// Commands makes a list of commands from their names alone.
func Commands(names ...string) []Command {
	list := make([]Command, 0, len(names))
	for _, n := range names {
		list = append(list, Command{Name: n})
	}
	return list
}

// Shortcut is a shortcut as the app's manifest declares it.
type Shortcut struct {
	CallbackID  string
	Name        string // "Save as a win"
	Description string
	OnMessage   bool // in the menu of a message; else in the menu of the composer
}

// epoch is what time it is in a workspace that was given neither clock nor start.
var epoch = time.Date(2027, 1, 4, 9, 0, 0, 0, time.UTC)

// DefaultScopes is what a bot that coaches in direct messages asks for.
var DefaultScopes = []string{
	"app_mentions:read", "chat:write", "commands", "files:read", "files:write",
	"im:history", "im:read", "im:write", "users:read",
}

// DefaultEvents is what such a bot subscribes to.
var DefaultEvents = []string{
	"app_home_opened", "app_mention", "app_uninstalled", "message.im", "tokens_revoked", "user_change",
}

// Workspace is one running local workspace. Its methods may be called by
// several goroutines at a time.
type Workspace struct {
	cfg      Config
	log      *slog.Logger
	listener net.Listener
	server   *http.Server
	page     pageState

	ctx    context.Context // ends when the workspace closes
	cancel context.CancelFunc
	done   sync.WaitGroup

	mu      sync.Mutex
	random  *bufio.Reader
	clock   clock
	people  directory
	views   viewStore
	files   map[string]*file
	sockets socketPool
	secrets secrets
	faults  faultState
	calls   callLog
	traffic traffic
	work    activity
	journal *journal
	closed  bool
}

// Start opens a workspace and listens. It returns once the address answers;
// Close ends it. ctx bounds the life of the workspace, too.
func Start(ctx context.Context, cfg Config) (*Workspace, error) {
	cfg = withDefaults(cfg)
	w := &Workspace{cfg: cfg, log: cfg.Log, random: bufio.NewReaderSize(cfg.Random, 1024)}
	w.ctx, w.cancel = context.WithCancel(ctx)
	w.clock = newClock(cfg)
	w.people = newDirectory()
	w.views = newViewStore()
	w.files = make(map[string]*file)
	w.sockets = newSocketPool()
	w.secrets = newSecrets(cfg)
	w.work = newActivity()
	w.addCast()
	if err := w.openJournal(); err != nil {
		w.cancel()
		return nil, err
	}
	ln, err := net.Listen("tcp", cfg.Listen)
	if err != nil {
		w.cancel()
		_ = w.journal.close()
		return nil, fmt.Errorf("listen on %s for the local workspace: %w; pick another address", cfg.Listen, err)
	}
	w.listener = ln
	w.seedTeam()
	w.server = &http.Server{
		Handler:           w.routes(),
		ReadHeaderTimeout: 10 * time.Second,
		ConnContext:       rememberConn,
		ErrorLog:          slog.NewLogLogger(cfg.Log.Handler(), slog.LevelDebug),
	}
	w.done.Go(func() { _ = w.server.Serve(ln) }) // always http.ErrServerClosed after Close
	context.AfterFunc(w.ctx, func() { _ = w.Close() })
	return w, nil
}

func withDefaults(cfg Config) Config {
	orDuration := func(d *time.Duration, value time.Duration) {
		if *d == 0 {
			*d = value
		}
	}
	orString := func(s *string, value string) {
		if *s == "" {
			*s = value
		}
	}
	orString(&cfg.Listen, "127.0.0.1:0")
	orString(&cfg.AppToken, DefaultAppToken)
	orString(&cfg.BotToken, DefaultBotToken)
	orDuration(&cfg.PingEvery, 5*time.Second)
	orDuration(&cfg.AckTimeout, 3*time.Second)
	orDuration(&cfg.ConnectionLife, 5*time.Hour)
	orDuration(&cfg.TriggerLife, 3*time.Second)
	if cfg.Retries == nil {
		cfg.Retries = []time.Duration{0, time.Minute, 5 * time.Minute}
	}
	if cfg.Now == nil {
		still := cfg.Start
		if still.IsZero() {
			still = epoch
		}
		cfg.Now, cfg.FrozenClock = func() time.Time { return still }, true
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if cfg.Random == nil {
		cfg.Random = rand.Reader
	}
	if cfg.Scopes == nil {
		cfg.Scopes = DefaultScopes
	}
	if cfg.Events == nil {
		cfg.Events = DefaultEvents
	}
	return cfg
}

// Close drops all sockets, stops listening and closes the journal. Events that
// were not acknowledged are delivered by the next Start on the same folder.
func (w *Workspace) Close() error {
	w.mu.Lock()
	if w.closed {
		w.mu.Unlock()
		w.done.Wait()
		return nil
	}
	w.closed = true
	for _, s := range w.sockets.open {
		s.drop()
	}
	w.stopTimers()
	w.mu.Unlock()
	w.cancel()
	err := w.server.Close()
	w.done.Wait()
	w.mu.Lock()
	defer w.mu.Unlock()
	return errors.Join(err, w.journal.close())
}

// URL is the address of the page, such as "http://127.0.0.1:40123/".
func (w *Workspace) URL() string { return "http://" + w.listener.Addr().String() + "/" }

// APIURL is what a Slack client takes as its API address; it ends in "/api/".
func (w *Workspace) APIURL() string { return w.URL() + "api/" }

// AppToken is the app-level token (xapp-…) that opens Socket Mode connections.
func (w *Workspace) AppToken() string { return w.cfg.AppToken }

// BotToken is the bot token (xoxb-…) of the Web API.
func (w *Workspace) BotToken() string { return w.cfg.BotToken }

// routes is the map of all addresses.
func (w *Workspace) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/api/{method}", w.serveAPI)
	mux.HandleFunc("GET /link/", w.serveSocket)
	mux.HandleFunc("POST /response/{id}", w.serveResponseURL)
	mux.HandleFunc("POST /upload/{id}", w.serveUpload)
	mux.HandleFunc("GET /files/{id}/{name}", w.serveDownload)
	mux.Handle("/_local/", w.localRoutes())
	w.pageRoutes(mux)
	for path, page := range w.cfg.Pages {
		mux.Handle(path, page.Handler)
	}
	return w.guardHost(mux)
}

// guardHost refuses requests that reached a loopback listener under a foreign
// name: a web page on the internet could otherwise point its own host name at
// 127.0.0.1 and read the conversation from somebody's browser.
func (w *Workspace) guardHost(next http.Handler) http.Handler {
	addr, _ := w.listener.Addr().(*net.TCPAddr)
	if addr == nil || !addr.IP.IsLoopback() {
		return next
	}
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		host := r.Host
		if h, _, err := net.SplitHostPort(host); err == nil {
			host = h
		}
		if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
			http.Error(rw, "this workspace answers under its loopback address only", http.StatusMisdirectedRequest)
			return
		}
		next.ServeHTTP(rw, r)
	})
}

type connKey struct{}

// rememberConn keeps the TCP connection of a request, so that a fault can cut it.
func rememberConn(ctx context.Context, c net.Conn) context.Context {
	return context.WithValue(ctx, connKey{}, c)
}

const idAlphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"

// newID returns prefix and n random capital letters and digits, Slack's form of
// an id. Ids must differ across restarts, too: the bot remembers event ids.
// The caller holds w.mu.
func (w *Workspace) newID(prefix string, n int) string {
	b := make([]byte, 0, len(prefix)+n)
	b = append(b, prefix...)
	for range n {
		c, err := w.random.ReadByte()
		if err != nil { // an exhausted source in a test: ids would repeat
			panic(fmt.Sprintf("workspace: read random id: %v", err))
		}
		b = append(b, idAlphabet[int(c)%len(idAlphabet)])
	}
	return string(b)
}

// newUUID returns a random UUID, Slack's form of an envelope id. The caller holds w.mu.
func (w *Workspace) newUUID() string {
	var b [16]byte
	if _, err := io.ReadFull(w.random, b[:]); err != nil {
		panic(fmt.Sprintf("workspace: read random id: %v", err))
	}
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}
