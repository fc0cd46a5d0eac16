// Package bot puts the parts together: data, prompts, coach, scheduler and the
// connection to Slack, the order in which they start and the order in which
// they stop. Serving a real workspace, a trial on this machine and the
// end-to-end tests start the same bot.
//
// It knows no rules: what is asked, kept, said and when belongs to the parts.
//
// In the data folder it keeps
//
//	waymark.db     everything that must outlive the process, sealed;
//	               waymark.db.before is a copy from before an upgrade, and
//	               waymark.db.replaced what a restore took the place of
//	waymark.keys   the keys that open it, wrapped by the master key
//	waymark.key    the master key, unless the operator keeps it elsewhere
//	waymark.rules  which of the operator's rules everybody was looked at under
//	waymark.sock   the socket of the commands that need a running bot
package bot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"waymark/internal/chat"
	"waymark/internal/coach"
	"waymark/internal/reminder"
	"waymark/internal/slackapp"
	"waymark/internal/store"
)

// How long a stop takes at most, counted from its beginning; all of it fits
// into the ten seconds that a service manager or "docker stop" grants.
const (
	stopEvents = 6 * time.Second // events that are queued are handled, acknowledgements leave
	stopOutbox = 7 * time.Second // messages leave; what is left goes out after the next start
	stopCalls  = 9 * time.Second // the calls that are under way come back
)

// Config is what a bot needs to know.
type Config struct {
	AppToken, BotToken string        // xapp-… and xoxb-…
	APIURL             string        // where Slack's Web API is, ending in "/"; "" = Slack
	Data               string        // folder of the data file; made if missing, with mode 0700
	KeyFile            string        // file of the master key; "" = one in Data, made if there is none
	Prompts            string        // folder of flows/ and texts/; "" = the embedded ones
	Rules              string        // file of holidays and review cycles; "" = none
	Retention          time.Duration // how long the data of somebody whose account was switched off is kept; 0 = 30 days
	CommandPrefix      string        // "acme-" makes /goals /acme-goals
	Listen             string        // host:port for health and metrics; "" = none
	Pace               float64       // messages a second to one DM; 0 = 1, which is what Slack takes
	Leavers            time.Duration // between two people whose accounts are asked after; 0 = 1 s, less = Slack tells in any case
	Now                func() time.Time
	Moved              <-chan struct{} // says that Now was moved, so that what is due is not waited for; nil = it never is
	Log                *slog.Logger    // nil discards; gets ids, never what a person wrote
}

// Bot is a running bot.
type Bot struct {
	log   *slog.Logger
	data  *folder
	store *store.Store // that of data
	coach *coach.Coach
	app   *slackapp.App
	tick  *reminder.Scheduler
	rules *rulebook
	ops   *operations // nil when nobody listens
	// prompts is the folder they came from, "" = the embedded ones.
	prompts string

	handling atomic.Int64 // events that are being handled
	gone     sync.Map     // people of whom Slack has said that their account is off: chat.PersonID → true

	quit    context.CancelFunc // ends reading: no new events, no new ticks
	silence context.CancelFunc // ends the delivery of the outbox
	readers sync.WaitGroup     // the connection and the scheduler
	sender  sync.WaitGroup     // the delivery of the outbox
	ended   chan struct{}      // closed when all of it has stopped
	stop    sync.Once

	mu   sync.Mutex
	errs []error // of parts that ended by themselves, and of closing
}

// Start opens data and prompts, checks the tokens with Slack and starts the
// bot. An error tells everything that is wrong with the configuration at once;
// then nothing is left running. ctx bounds the start and the bot's life: when
// it ends, the bot stops as Stop does.
func Start(ctx context.Context, cfg Config) (*Bot, error) {
	data, err := openFolder(ctx, cfg)
	if err == nil {
		data.warn(cfg.withDefaults().Log)
	}
	return start(ctx, cfg, data, err)
}

// start is Start with data that is open already, or the reason why it is not.
// The bot closes the data, also when it does not start.
func start(ctx context.Context, cfg Config, data *folder, dataErr error) (*Bot, error) {
	cfg = cfg.withDefaults()
	b := &Bot{log: cfg.Log, data: data, ended: make(chan struct{})}
	if data != nil {
		b.store = data.store
	}
	if err := b.open(ctx, cfg, dataErr); err != nil {
		b.ops.close()
		if data != nil {
			err = errors.Join(err, data.Close())
		}
		return nil, err
	}
	b.run(ctx, cfg)
	return b, nil
}

func (cfg Config) withDefaults() Config {
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if cfg.Now == nil {
		cfg.Now = wallClock
	}
	return cfg
}

// open makes every part. What can be seen without asking anybody is looked at
// first and told together.
func (b *Bot) open(ctx context.Context, cfg Config, dataErr error) error {
	b.prompts = cfg.Prompts
	words, err := LoadPrompts(cfg.Prompts)
	var said slackapp.Labels // those of package slackapp
	if err == nil {
		said = labels(words.Book)
	}
	var opsErr error
	b.ops, opsErr = newOperations(b, cfg)
	var rulesErr error
	b.rules, rulesErr = openRules(cfg)
	handler := b.ops.counted(b.handle)
	app, appErr := slackapp.New(slackapp.Config{
		AppToken: cfg.AppToken, BotToken: cfg.BotToken, APIURL: cfg.APIURL,
		Handler: handler, Known: b.known, Labels: said, Transport: b.ops.transport(),
		Now: cfg.Now, Log: cfg.Log, CommandPrefix: cfg.CommandPrefix, Pace: cfg.Pace,
	})
	tokenErr := slackapp.CheckTokens(cfg.AppToken, cfg.BotToken)
	if err := errors.Join(tokenErr, appErr, err, opsErr, rulesErr, dataErr); err != nil {
		return err
	}
	if err := app.Check(ctx); err != nil {
		return err
	}
	b.app = app
	b.rules.list = app
	b.rules.readGroups(ctx)
	gone := b.saidGone
	if cfg.Leavers < 0 {
		gone = nil
	}
	b.coach = coach.New(coach.Config{
		Store: b.store, Book: words.Book, Ladders: words.Ladders, Now: cfg.Now, Log: cfg.Log, CommandPrefix: cfg.CommandPrefix,
		Retention: cfg.Retention, Gone: gone, Sent: b.ops.sent(), Operator: b.rules.operator,
		Pages: cfg.Pace, // 0 = what Slack takes, for pages as for messages
	})
	b.tick = &reminder.Scheduler{Now: cfg.Now, Wakes: b.store, Handle: handler, Room: b.coach.Room, Log: cfg.Log, Ticked: b.ops.ticks()}
	return nil
}

// handle passes an event to the coach, whoever it comes from.
func (b *Bot) handle(ctx context.Context, e chat.Event) (chat.Reply, error) {
	b.handling.Add(1)
	defer b.handling.Add(-1)
	return b.coach.Handle(ctx, e)
}

// known reports whether there is anything about a person in the data.
func (b *Bot) known(p chat.PersonID) (known bool) {
	err := b.store.View(context.Background(), func(tx *store.Tx) (err error) {
		known, err = tx.Known(p)
		return err
	})
	if err != nil {
		b.log.Warn("cannot tell whether somebody is known", "person", p, "err", err)
	}
	return known && err == nil
}

// Problems lists what is wrong with cfg as far as it shows without opening data,
// but for its key, or asking Slack; nil when nothing is.
func (cfg Config) Problems() error {
	_, promptsErr := LoadPrompts(cfg.Prompts)
	_, rulesErr := ReadRules(cfg.Rules)
	_, appErr := slackapp.New(slackapp.Config{
		APIURL: cfg.APIURL, CommandPrefix: cfg.CommandPrefix, Now: wallClock,
		Handler: func(context.Context, chat.Event) (chat.Reply, error) { return chat.Reply{}, nil },
	})
	return errors.Join(slackapp.CheckTokens(cfg.AppToken, cfg.BotToken), appErr, promptsErr, rulesErr, keyProblem(cfg))
}

// run starts the parts, the ones that send before the ones that cause sending.
func (b *Bot) run(ctx context.Context, cfg Config) {
	// Stopping has an order, so no part hears of ctx itself.
	alive := context.WithoutCancel(ctx)
	delivering, silence := context.WithCancel(alive)
	reading, quit := context.WithCancel(alive)
	b.silence, b.quit = silence, quit

	b.readers.Go(func() { b.ops.run(reading) })
	b.readers.Go(func() { b.rules.watch(reading, b.store, b.handle) })
	b.rules.busy.Add(1)
	b.readers.Go(func() { b.rules.announce(reading, b.store, b.handle) })
	b.sender.Go(func() { b.end("outbox", delivering, b.coach.Deliver(delivering, b.app)) })
	b.readers.Go(func() { b.listen(reading) })
	b.readers.Go(func() { b.data.sweep(reading, b.tick.Now, b.log) })
	b.readers.Go(func() { b.end("scheduler", reading, b.tick.Run(reading)) })
	b.readers.Go(func() { b.follow(reading, cfg.Moved) })
	if cfg.Leavers >= 0 {
		b.readers.Go(func() { b.followLeavers(reading, cmp.Or(cfg.Leavers, leaverPause)) })
	}
	b.readers.Go(func() { b.end("connection", reading, b.app.Run(reading)) })
	go func() {
		select {
		case <-ctx.Done():
		case <-reading.Done(): // Stop, or a part ended by itself
		}
		b.wind()
	}()
}

// end notes that a part has returned. One that returns while nobody asked it to
// brings down the rest: half a bot is worse than one that is started anew.
func (b *Bot) end(part string, ctx context.Context, err error) {
	if ctx.Err() == nil {
		if err == nil {
			err = errors.New("ended by itself")
		}
		b.note(fmt.Errorf("%s: %w", part, err))
		b.quit()
		return
	}
	if err != nil && !errors.Is(err, context.Canceled) {
		b.log.Warn("part did not stop cleanly", "part", part, "err", err)
	}
}

func (b *Bot) note(err error) {
	if err == nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.errs = append(b.errs, err)
}

// wind stops the bot in order: no new events, those that are queued are
// handled, what they lead to is sent, the data is closed. A part that hangs is
// left behind when its time is up; an event that it was handling finds the data
// closed, so Slack delivers it again.
func (b *Bot) wind() {
	b.stop.Do(func() {
		defer close(b.ended)
		events, cancel := context.WithTimeout(context.Background(), stopEvents)
		defer cancel()
		outbox, cancel := context.WithTimeout(context.Background(), stopOutbox)
		defer cancel()
		calls, cancel := context.WithTimeout(context.Background(), stopCalls)
		defer cancel()

		b.quit()
		if !done(events, &b.readers) {
			b.log.Warn("stopped before all events were handled; Slack will deliver them again")
		}
		if !b.flushed(outbox) {
			b.log.Warn("stopped before all messages were sent; they leave after the next start")
		}
		b.silence()
		if !done(calls, &b.sender) {
			b.log.Warn("a message was being sent when the bot stopped; it is looked up after the next start")
		}
		b.note(b.data.Close())
	})
}

// done waits for a group until ctx ends.
func done(ctx context.Context, group *sync.WaitGroup) bool {
	all := make(chan struct{})
	go func() { group.Wait(); close(all) }()
	select {
	case <-all:
		return true
	case <-ctx.Done():
		return false
	}
}

// flushed waits until nothing is left to send or ctx ends.
func (b *Bot) flushed(ctx context.Context) bool {
	return poll(ctx, 10*time.Millisecond, b.coach.Idle)
}

// poll asks again and again whether something holds, until it does or ctx ends.
func poll(ctx context.Context, every time.Duration, holds func() bool) bool {
	t := time.NewTicker(every)
	defer t.Stop()
	for !holds() {
		select {
		case <-t.C:
		case <-ctx.Done():
			return false
		}
	}
	return true
}

// Ready waits until Slack has greeted the bot's connection: from then on
// commands and clicks find somebody to answer. It returns the error of ctx, or
// an error when the bot has stopped.
func (b *Bot) Ready(ctx context.Context) error {
	gone := func() bool {
		select {
		case <-b.ended:
			return true
		default:
			return false
		}
	}
	if !poll(ctx, 2*time.Millisecond, func() bool { return b.app.Connected() || gone() }) {
		return ctx.Err()
	}
	if gone() {
		return errors.Join(errors.New("the bot has stopped"), b.Wait())
	}
	return nil
}

// ClockMoved tells the bot that its clock was moved, so that what is due by it
// is not waited for.
func (b *Bot) ClockMoved() {
	b.rules.poke()
	b.tick.Poke()
}

// follow hears of moves of the clock until ctx ends.
func (b *Bot) follow(ctx context.Context, moved <-chan struct{}) {
	for {
		select {
		case <-moved:
			b.ClockMoved()
		case <-ctx.Done():
			return
		}
	}
}

// NextDue is the moment of the next thing that is due for anybody.
func (b *Bot) NextDue() (time.Time, bool) {
	at, ok, err := b.store.NextWake(context.Background())
	if err != nil {
		b.log.Warn("cannot tell what is due next", "err", err)
	}
	return at, ok && err == nil
}

// Idle reports whether no event is being handled, no message waits to leave and
// no page to be published.
func (b *Bot) Idle() bool {
	return b.handling.Load() == 0 && b.app.Idle() && b.coach.Settled() && b.rules.settled()
}

// Stop stops the bot within ten seconds and returns why it ended: nil unless a
// part failed before or the data could not be closed.
func (b *Bot) Stop() error {
	b.wind()
	return b.Wait()
}

// Wait returns when the bot has stopped, with the same error as Stop.
func (b *Bot) Wait() error {
	<-b.ended
	b.mu.Lock()
	defer b.mu.Unlock()
	return errors.Join(b.errs...)
}

// Run is Start and Wait: it returns when ctx has ended and the bot has stopped,
// or when the bot cannot go on.
func Run(ctx context.Context, cfg Config) error {
	b, err := Start(ctx, cfg)
	if err != nil {
		return err
	}
	b.log.Info("the bot is running", "data", cfg.Data)
	return b.Wait()
}
