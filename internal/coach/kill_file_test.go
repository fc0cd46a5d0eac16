package coach

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
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

// uploadsBox is the channel under which a filePost notes uploads.
const uploadsBox = "uploads"

// filePost is a post office that takes files, and survives the process too.
type filePost struct{ *postOffice }

func (p filePost) Upload(_ context.Context, f chat.File) (string, error) {
	p.k.at("before upload")
	defer p.k.at("after upload")
	id := fmt.Sprint("F", rand.Uint64())
	_, err := p.add(postLine{Channel: uploadsBox, ID: id, Text: f.Name})
	return id, err
}

func (p filePost) Share(_ context.Context, channel, id string, f chat.File, m chat.Message) error {
	p.k.at("before share")
	defer p.k.at("after share")
	p.mu.Lock()
	up := slices.ContainsFunc(p.lines, func(l postLine) bool { return l.Channel == uploadsBox && l.ID == id && l.Text == f.Name })
	p.mu.Unlock()
	if !up {
		return &chat.SendError{Name: "file_not_found"}
	}
	_, err := p.add(postLine{Channel: channel, ID: id, Text: f.Name + ": " + m.Plain()})
	return err
}

func (p filePost) Shared(_ context.Context, channel, after, id string) (string, bool, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, l := range p.lines {
		if l.Channel == channel && l.ID == id && l.TS > after {
			return l.TS, true, nil
		}
	}
	return "", false, nil
}

// TestKilledWithFiles kills processes around each step of two exports, and
// looks whether each file was shown exactly once and in order.
func TestKilledWithFiles(t *testing.T) {
	const folder, point = "WAYMARK_TEST_KILL_FILES", "WAYMARK_TEST_KILL_FILES_POINT"
	book := shipped(t)
	if dir := os.Getenv(folder); dir != "" {
		post, k := openPost(t, dir), newKiller(os.Getenv(point))
		synctest.Test(t, func(t *testing.T) { exports(t, book, openBolt(t, filepath.Join(dir, "data")), post, k) })
		return
	}
	shown := func(dir string) []string {
		var out []string
		for _, l := range readPost(t, dir) {
			if l.Channel != uploadsBox {
				out = append(out, l.Channel+" "+l.Text)
			}
		}
		return out
	}
	whole := t.TempDir()
	synctest.Test(t, func(t *testing.T) { exports(t, book, kv.NewMemory(), openPost(t, whole), newKiller("")) })
	want := shown(whole)
	if len(want) != 6 {
		t.Fatalf("%d files to compare, want three for each of two people", len(want))
	}
	die := func(dir, at string) bool {
		child := exec.Command(os.Args[0], "-test.run=^TestKilledWithFiles$")
		child.Env = append(os.Environ(), folder+"="+dir, point+"="+at)
		out, err := child.CombinedOutput()
		var exit *exec.ExitError
		if errors.As(err, &exit) && exit.Sys().(syscall.WaitStatus).Signal() == syscall.SIGKILL {
			return true
		}
		if err != nil {
			t.Fatalf("child: %v\n%s", err, out)
		}
		return false
	}
	for _, kind := range []string{"before commit", "after commit", "before upload", "after upload", "before share", "after share"} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			dir, kills := t.TempDir(), 0
			for kills < 3 && die(dir, fmt.Sprintf("%s %d", kind, 1+(kills*2)%5)) {
				kills++
			}
			if die(dir, "") {
				t.Fatal("killed for no reason")
			}
			if diff := cmp.Diff(want, shown(dir)); diff != "" {
				t.Errorf("after %d kills the files differ (-want +got):\n%s", kills, diff)
			}
			if kills < 2 {
				t.Errorf("killed only %d times", kills)
			}
		})
	}
}

// exports is two people who each ask for all files.
func exports(t *testing.T, book *dialogue.Book, db kv.Store, p *postOffice, k *killer) {
	p.k = k
	st, err := store.Open(t.Context(), mortal{db, k}, store.Options{Migrations: Migrations()})
	if err != nil {
		t.Fatal(err)
	}
	c := New(Config{Store: st, Book: book, Now: func() time.Time { return monday }, Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- c.Deliver(ctx, filePost{p}) }()
	for _, who := range []string{"ana", "sam"} {
		err := st.Update(t.Context(), func(tx *store.Tx) error {
			if known, err := tx.Known(personOf(who)); known || err != nil {
				return err
			}
			person := plannedPerson()
			person.Channel = "D" + who
			return tx.Save(personOf(who), person)
		})
		if err != nil {
			t.Fatal(err)
		}
		e := chat.Event{ID: "Ev", Kind: chat.Command, Person: personOf(who), Command: "career", Text: "export", At: monday}
		if _, err := c.Handle(t.Context(), e); err != nil {
			t.Fatal(err)
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
