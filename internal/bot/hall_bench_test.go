package bot_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"waymark/internal/workspace"
)

// hall is a workspace with people who write side by side, and a bot in a process
// of its own.
type hall struct {
	ws     *workspace.Workspace
	people []workspace.Person
	// answers has a word for each message of the bot, by the DM it is in.
	answers map[string]chan struct{}
	bot     *exec.Cmd
	words   *bytes.Buffer // what the bot says to its operator
	took    time.Duration // in rounds
	cpu     time.Duration // of the bot's process, in rounds
	said    int
}

// newHall opens a workspace with so many people.
func newHall(b *testing.B, people int) *hall {
	h := &hall{answers: map[string]chan struct{}{}, words: new(bytes.Buffer)}
	var open atomic.Bool // nobody listens before all are there
	var err error
	h.ws, err = workspace.Start(context.Background(), workspace.Config{Now: time.Now, OnPosted: func(channel, _ string) {
		if !open.Load() {
			return
		}
		if heard := h.answers[channel]; heard != nil {
			select {
			case heard <- struct{}{}:
			default: // nobody waits for so many
			}
		}
	}})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = h.ws.Close() })
	for i := range people {
		p, err := h.ws.AddPerson(workspace.Person{Name: fmt.Sprintf("Person %d", i), Zone: "Europe/Berlin", Locale: "en-GB"})
		if err != nil {
			b.Fatal(err)
		}
		h.people = append(h.people, p)
		h.answers[p.Channel] = make(chan struct{}, 100)
	}
	open.Store(true)
	return h
}

// start starts the hall's bot and waits until it is connected.
func (h *hall) start(b *testing.B, cmd *exec.Cmd, env ...string) *hall {
	b.Helper()
	cmd.Env = append(os.Environ(), append(env, "SLACK_APP_TOKEN="+h.ws.AppToken(), "SLACK_BOT_TOKEN="+h.ws.BotToken())...)
	cmd.Stdout, cmd.Stderr = h.words, h.words
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	h.bot = cmd
	ended := make(chan struct{})
	go func() { _ = cmd.Wait(); close(ended) }()
	b.Cleanup(func() { _ = cmd.Process.Kill(); <-ended })
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := h.ws.WaitConnected(ctx, 1); err != nil {
		_ = cmd.Process.Kill()
		<-ended
		b.Fatalf("the bot does not come: %v\n%s", err, h.words)
	}
	return h
}

// startBot starts the bot with its data in a folder.
func (h *hall) startBot(b *testing.B, data string) *hall {
	b.Helper()
	return h.start(b, h.itself(b), childAPI+"="+h.ws.APIURL(), "WAYMARK_DATA="+data)
}

// startEcho starts a bare slack-go bot that sends back what it hears.
func (h *hall) startEcho(b *testing.B) *hall {
	b.Helper()
	return h.start(b, h.itself(b), childEcho+"="+h.ws.APIURL())
}

func (h *hall) itself(b *testing.B) *exec.Cmd {
	self, err := os.Executable()
	if err != nil {
		b.Fatal(err)
	}
	return exec.Command(self)
}

// startBolt starts a Bolt app for Node that does the same as startEcho's, and
// reports false where there is none.
func (h *hall) startBolt(b *testing.B) bool {
	b.Helper()
	node, err := exec.LookPath("node")
	if err != nil || os.Getenv(nodePackages) == "" {
		b.Logf("without a Bolt app beside it: that needs Node, and Slack's packages for it in the folder that %s names (see internal/workspace/testdata/node)", nodePackages)
		return false
	}
	h.start(b, exec.Command(node, "../workspace/testdata/node/echo.mjs"), "WAYMARK_URL="+h.ws.URL())
	return true
}

// nodePackages names a folder in which the packages of package.json beside
// echo.mjs are installed.
const nodePackages = "WAYMARK_TEST_NODE"

// round lets everybody say the same, so many of them at a time, and returns when
// all of them have their answers.
func (h *hall) round(b *testing.B, text string, inFlight int) {
	b.Helper()
	turns := make(chan workspace.Person, len(h.people))
	for _, p := range h.people {
		turns <- p
	}
	close(turns)
	var wrong atomic.Pointer[error]
	var talking sync.WaitGroup
	before, began := h.busy(), time.Now()
	for range inFlight {
		talking.Go(func() {
			late := time.NewTimer(patience)
			defer late.Stop()
			for p := range turns {
				if _, err := h.ws.Say(p.ID, text); err != nil {
					wrong.Store(&err)
					return
				}
				select {
				case <-h.answers[p.Channel]:
				case <-late.C:
					err := fmt.Errorf("no answer to %q within %v", text, patience)
					wrong.Store(&err)
					return
				}
			}
		})
	}
	talking.Wait()
	h.took += time.Since(began)
	if err := wrong.Load(); err != nil {
		b.Fatalf("%v; the bot has said:\n%s", *err, h.words)
	}
	h.settle(b)
	h.cpu += h.busy() - before
	h.said += len(h.people)
}

// settle waits until the bot has nothing left to do, so that it takes nothing
// from whoever comes next.
func (h *hall) settle(b *testing.B) {
	b.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := h.ws.Quiet(ctx, 10*time.Millisecond); err != nil {
		b.Fatal(err)
	}
	for _, heard := range h.answers {
		for len(heard) > 0 {
			<-heard
		}
	}
}

// prepare lets everybody say some things that do not count.
func (h *hall) prepare(b *testing.B, texts ...string) {
	b.Helper()
	for _, text := range texts {
		h.round(b, text, 16)
	}
	h.took, h.cpu, h.said = 0, 0, 0
}

// rate is how many messages a second were answered.
func (h *hall) rate() float64 { return float64(h.said) / h.took.Seconds() }

// busy is how much processor time the bot's process has taken, 0 where that
// cannot be told.
func (h *hall) busy() time.Duration {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", h.bot.Process.Pid))
	if err != nil {
		return 0
	}
	_, after, _ := strings.Cut(string(stat), ") ") // the name may hold anything
	fields := strings.Fields(after)
	if len(fields) < 13 {
		return 0
	}
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return time.Duration(user+system) * time.Second / 100
}
