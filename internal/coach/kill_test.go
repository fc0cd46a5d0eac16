package coach

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"waymark/internal/chat"
	"waymark/internal/dialogue"
	"waymark/internal/kv"
	"waymark/internal/store"
)

// The environment of a child process of TestKilled: its folder, and the point
// at which it kills itself.
const (
	killFolder = "WAYMARK_TEST_KILL_FOLDER"
	killPoint  = "WAYMARK_TEST_KILL_POINT"
)

// TestKilled kills processes in the middle of talks, again and again at every
// kind of point, and looks whether each message was posted exactly once and in
// order. Each process is given all events from the first one on, as a platform
// does that got no acknowledgement.
func TestKilled(t *testing.T) {
	book := shipped(t)
	if dir := os.Getenv(killFolder); dir != "" {
		post, k := openPost(t, dir), newKiller(os.Getenv(killPoint))
		if k.kind == "at random" {
			time.AfterFunc(time.Duration(rand.IntN(25_000))*time.Microsecond, k.kill)
		}
		synctest.Test(t, func(t *testing.T) { // pauses take no time
			talk(t, book, openBolt(t, filepath.Join(dir, "data")), post, k)
		})
		return
	}
	whole := t.TempDir()
	synctest.Test(t, func(t *testing.T) { talk(t, book, kv.NewMemory(), openPost(t, whole), newKiller("")) })
	want := readPost(t, whole)
	if n := len(want); n < 50 {
		t.Fatalf("only %d messages to compare", n)
	}
	for _, kind := range []string{"before commit", "after commit", "before post", "after post", "before edit", "after edit", "at random"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			kills, most := 0, 7
			if testing.Short() {
				most = 3
			}
			for kills < most && killed(t, dir, fmt.Sprintf("%s %d", kind, 2+(kills*5)%11)) {
				kills++
			}
			if killed(t, dir, "") {
				t.Fatal("killed for no reason")
			}
			if diff := cmp.Diff(want, readPost(t, dir)); diff != "" {
				t.Errorf("after %d kills the messages differ (-want +got):\n%s", kills, diff)
			}
			if kills < 3 {
				t.Errorf("killed only %d times", kills)
			}
		})
	}
}

// killed runs a child that kills itself at a point, "" for none; false means
// that it came to the end of the talk instead.
func killed(t *testing.T, dir, point string) bool {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run=^TestKilled$")
	child.Env = append(os.Environ(), killFolder+"="+dir, killPoint+"="+point)
	out, err := child.CombinedOutput()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return false
	case errors.As(err, &exit) && exit.Sys().(syscall.WaitStatus).Signal() == syscall.SIGKILL:
		return true
	}
	t.Fatalf("child: %v\n%s", err, out)
	return false
}

// killer ends the process at the nth point of a kind, as if the power failed.
type killer struct {
	kind string
	mu   sync.Mutex
	left int
}

func newKiller(point string) *killer {
	i := strings.LastIndexByte(point, ' ')
	if i < 0 {
		return &killer{}
	}
	return &killer{kind: point[:i], left: atoi(point[i+1:])}
}

func (k *killer) at(kind string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.kind != kind {
		return
	}
	if k.left--; k.left == 0 {
		k.kill()
	}
}

func (k *killer) kill() {
	_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
	select {}
}

// mortal is a store that dies around its commits.
type mortal struct {
	kv.Store
	k *killer
}

func (m mortal) Update(ctx context.Context, fn func(kv.Tx) error) error {
	w := &writes{}
	err := m.Store.Update(ctx, func(tx kv.Tx) error {
		w.Tx = tx
		err := fn(w)
		if w.any {
			m.k.at("before commit")
		}
		return err
	})
	if w.any {
		m.k.at("after commit")
	}
	return err
}

// writes notes whether there are any.
type writes struct {
	kv.Tx
	any bool
}

func (w *writes) Put(key, value []byte) error {
	w.any = true
	return w.Tx.Put(key, value)
}

// talk handles everything that three people say, each of them after what was
// said before has been delivered.
func talk(t *testing.T, book *dialogue.Book, db kv.Store, p *postOffice, k *killer) {
	p.k = k
	st, err := store.Open(t.Context(), mortal{db, k}, store.Options{Migrations: Migrations()})
	if err != nil {
		t.Fatal(err)
	}
	c := New(Config{Store: st, Book: book, Now: func() time.Time { return monday }, Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- c.Deliver(ctx, p) }()
	for i, said := range script(t)[:17] {
		for _, who := range []string{"ana", "sam", "kim"} {
			e := chat.Event{
				ID: chat.EventID(fmt.Sprint("Ev", i, who)), Kind: chat.Text, Person: personOf(who), Channel: "D" + who, At: monday,
				Text: said.Text, TS: "9999999999.000000", // never older than what it answers
			}
			if _, err := c.Handle(t.Context(), e); err != nil {
				t.Fatal(err)
			}
		}
		for {
			synctest.Wait()
			waiting, err := st.Waiting(t.Context(), "", 1)
			if err != nil {
				t.Fatal(err)
			}
			if len(waiting) == 0 {
				break
			}
			time.Sleep(time.Second)
		}
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// postOffice is a platform that survives the process: a file with a line for
// each message and each edit, forced to disk.
type postOffice struct {
	noTab
	noFiles

	mu    sync.Mutex
	path  string
	lines []postLine
	k     *killer
}

type postLine struct{ Channel, TS, ID, Text, Edits string }

func openPost(t testing.TB, dir string) *postOffice {
	p := &postOffice{path: filepath.Join(dir, "post")}
	raw, err := os.ReadFile(p.path)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	for line := range bytes.Lines(raw) {
		var l postLine
		if err := json.Unmarshal(line, &l); err != nil {
			t.Fatal(err)
		}
		p.lines = append(p.lines, l)
	}
	return p
}

// readPost is what the people see in the end, by channel, in order.
func readPost(t testing.TB, dir string) []postLine {
	var shown []postLine
	for _, l := range openPost(t, dir).lines {
		if l.Edits == "" {
			l.TS = "" // differs with the order in which channels are served
			shown = append(shown, l)
			continue
		}
		i := slices.IndexFunc(shown, func(s postLine) bool { return s.Channel == l.Channel && s.ID == l.Edits })
		if i < 0 {
			t.Fatalf("an edit of what was never posted: %+v", l)
		}
		shown[i].Text = l.Text
	}
	slices.SortStableFunc(shown, func(a, b postLine) int { return strings.Compare(a.Channel, b.Channel) })
	return shown
}

func (p *postOffice) add(l postLine) (string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if l.Edits == "" {
		l.TS = fmt.Sprintf("%010d.000000", len(p.lines)+1)
	}
	line, err := json.Marshal(l)
	if err != nil {
		return "", err
	}
	f, err := os.OpenFile(p.path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return "", err
	}
	_, err = f.Write(append(line, '\n'))
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return "", err
	}
	p.lines = append(p.lines, l)
	return l.TS, nil
}

func (p *postOffice) Open(_ context.Context, id chat.PersonID) (string, error) {
	return "", fmt.Errorf("the DM of %s is known", id)
}

func (p *postOffice) Post(_ context.Context, channel, id string, m chat.Message) (string, error) {
	p.k.at("before post")
	defer p.k.at("after post")
	return p.add(postLine{Channel: channel, ID: id, Text: m.Plain()})
}

func (p *postOffice) Update(_ context.Context, channel, ts string, m chat.Message) error {
	p.k.at("before edit")
	defer p.k.at("after edit")
	p.mu.Lock()
	i := slices.IndexFunc(p.lines, func(l postLine) bool { return l.Channel == channel && l.TS == ts })
	id := ""
	if i >= 0 {
		id = p.lines[i].ID
	}
	p.mu.Unlock()
	if i < 0 {
		return &chat.SendError{Name: "message_not_found", Permanent: true}
	}
	_, err := p.add(postLine{Channel: channel, Edits: id, Text: m.Plain()})
	return err
}

func (p *postOffice) Find(_ context.Context, channel, after string, ids []string) (map[string]string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	found := map[string]string{}
	for _, l := range p.lines {
		if l.Channel == channel && l.TS > after && slices.Contains(ids, l.ID) {
			found[l.ID] = l.TS
		}
	}
	return found, nil
}
