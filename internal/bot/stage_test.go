package bot_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"waymark/internal/bot"
	"waymark/internal/workspace"
)

// monday is when everything begins: nine o'clock in Berlin.
var monday = time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)

// patience is how long something may take that is only waited for.
const patience = 20 * time.Second

// stage is a local workspace whose clock stands still unless moved, and the bot
// in it, over real sockets and on a real data file.
type stage struct {
	t    *testing.T
	ws   *workspace.Workspace
	data string
	bot  *bot.Bot
	live atomic.Pointer[bot.Bot] // the same, for the workspace's goroutines
	log  *logBuffer
	// listen is where health and metrics are served, "" for nowhere.
	listen string
	// prompts is the folder of prompts, "" for the embedded ones.
	prompts string
	// rules is the file of rules, "" for none.
	rules string
	// leavers is the time between two people whose accounts are asked after, 0 for
	// the bot's own.
	leavers time.Duration
	// retention is how long the data of somebody who left is kept, 0 for the bot's
	// own.
	retention time.Duration
}

// logBuffer collects the log of a bot.
type logBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// newWorkspace starts a workspace without a bot.
func newWorkspace(t *testing.T, change func(*workspace.Config)) *stage {
	t.Helper()
	s := &stage{t: t, data: t.TempDir(), log: &logBuffer{}}
	cfg := workspace.Config{
		Now: time.Now, Start: monday, FrozenClock: true,
		OnClock: func(time.Time) {
			if b := s.live.Load(); b != nil {
				b.ClockMoved()
			}
		},
	}
	if change != nil {
		change(&cfg)
	}
	ws, err := workspace.Start(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	s.ws = ws
	t.Cleanup(func() { _ = ws.Close() })
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("the bot's log:\n%s", s.log)
		}
	})
	return s
}

// newStage starts a workspace and a bot in it.
func newStage(t *testing.T, change func(*workspace.Config)) *stage {
	t.Helper()
	s := newWorkspace(t, change)
	s.start()
	t.Cleanup(func() {
		if s.bot != nil {
			s.stop()
		}
	})
	return s
}

func (s *stage) config() bot.Config {
	return bot.Config{
		AppToken: s.ws.AppToken(), BotToken: s.ws.BotToken(), APIURL: s.ws.APIURL(), Data: s.data,
		Now: s.ws.Now, Log: slog.New(slog.NewTextHandler(s.log, nil)), Pace: 10_000, Listen: s.listen, Prompts: s.prompts, Rules: s.rules, Leavers: s.leavers, Retention: s.retention,
	}
}

// start starts a bot and waits until it is connected.
func (s *stage) start() {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	b, err := bot.Start(context.Background(), s.config())
	if err != nil {
		s.t.Fatal(err)
	}
	s.bot = b
	s.live.Store(b)
	if err := b.Ready(ctx); err != nil {
		s.t.Fatal(err)
	}
}

// stop stops the bot in order.
func (s *stage) stop() {
	s.t.Helper()
	s.live.Store(nil)
	err := s.bot.Stop()
	s.bot = nil
	if err != nil {
		s.t.Fatalf("Stop: %v", err)
	}
}

// restart stops the bot and starts another one on the same data.
func (s *stage) restart() {
	s.t.Helper()
	s.stop()
	s.start()
}

// settle waits until everything that happened so far has been answered: no
// envelope without its ack, no message that waits to leave, nothing due.
func (s *stage) settle() {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	for {
		if err := s.ws.Quiet(ctx, time.Millisecond); err != nil {
			s.t.Fatal(err)
		}
		due, waits := s.bot.NextDue()
		if s.bot.Idle() && (!waits || due.After(s.ws.Now())) {
			break
		}
	}
	// What was sent last is answered, too.
	if err := s.ws.Quiet(ctx, time.Millisecond); err != nil {
		s.t.Fatal(err)
	}
}

// say says each text as Ana and waits for the answer to it. A moment passes
// before each, as it does for people: an answer is younger than its question.
func (s *stage) say(texts ...string) {
	s.t.Helper()
	for _, text := range texts {
		s.pass(time.Minute)
		if _, err := s.ws.Say(workspace.Ana, text); err != nil {
			s.t.Fatalf("say %q: %v", text, err)
		}
		s.settle()
	}
}

// pass moves the clock and waits for what became due by it. The last second
// comes after that, so that whatever is done next is younger.
func (s *stage) pass(d time.Duration) {
	s.t.Helper()
	for _, d := range []time.Duration{d - time.Second, time.Second} {
		if err := s.ws.Advance(d); err != nil {
			s.t.Fatal(err)
		}
		s.settle()
	}
}

// find looks for a button or an option on the newest message that has it.
func find(messages []workspace.Message, label string) (workspace.Press, error) {
	for i := len(messages) - 1; i >= 0; i-- {
		m := messages[i]
		for _, a := range m.Actions {
			p := workspace.Press{Person: workspace.Ana, TS: m.TS, ActionID: a.ActionID, BlockID: a.BlockID}
			if a.Type == "button" && a.Label == label {
				return p, nil
			}
			for _, o := range a.Options {
				if a.Type == "static_select" && o.Label == label {
					p.Value = o.Value
					return p, nil
				}
			}
		}
	}
	return workspace.Press{}, fmt.Errorf("nothing to tap is called %q", label)
}

// messages is Ana's conversation with the bot.
func (s *stage) messages() []workspace.Message {
	s.t.Helper()
	all, err := s.ws.Messages(workspace.Ana)
	if err != nil {
		s.t.Fatal(err)
	}
	return all
}

// said is everything the bot has said to Ana, in order, unescaped.
func (s *stage) said() []string {
	var out []string
	for _, m := range s.messages() {
		if m.From == "bot" {
			out = append(out, unescape.Replace(m.Text))
		}
	}
	return out
}

var unescape = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")

// last is what the bot said last.
func (s *stage) last() string {
	s.t.Helper()
	all := s.said()
	if len(all) == 0 {
		s.t.Fatal("the bot has said nothing")
	}
	return all[len(all)-1]
}

// wantLast fails unless the bot's last message contains all parts.
func (s *stage) wantLast(parts ...string) {
	s.t.Helper()
	for _, p := range parts {
		if got := s.last(); !strings.Contains(got, p) {
			s.t.Fatalf("the bot's last message is\n%s\nwant %q in it", got, p)
		}
	}
}

// count is how many of the bot's messages contain part.
func (s *stage) count(part string) int {
	n := 0
	for _, m := range s.said() {
		if strings.Contains(m, part) {
			n++
		}
	}
	return n
}
