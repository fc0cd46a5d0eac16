package workspace

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
)

// journal keeps what happened in a file, one JSON record a line, so that a
// workspace that was killed goes on where it was. Nothing is synced: what a
// killed process wrote is with the operating system, and a trial that loses its
// last second to a power cut has lost little.
type journal struct {
	file   *os.File
	log    *slog.Logger
	broken bool // a write failed and was reported
}

// record is one line of the journal; one of its members is set.
type record struct {
	Clock   *clockRecord `json:"clock,omitempty"`
	Person  *Person      `json:"person,omitempty"`
	Message *message     `json:"message,omitempty"`
	Erase   *place       `json:"erase,omitempty"`
	View    *view        `json:"view,omitempty"`
	Closed  string       `json:"closed,omitempty"` // a view
	File    *file        `json:"file,omitempty"`
	Unfile  string       `json:"unfile,omitempty"` // a file that was deleted
	Event   *event       `json:"event,omitempty"`
	Settled string       `json:"settled,omitempty"` // an event
}

const journalName = "journal.jsonl"

// openJournal reads what an earlier run left in Config.Dir and starts a new,
// compacted journal there. Without a folder there is no journal.
func (w *Workspace) openJournal() error {
	dir := w.cfg.Dir
	if dir == "" {
		return nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make the local workspace's folder: %w", err)
	}
	name := filepath.Join(dir, journalName)
	if err := w.replay(name); err != nil {
		return fmt.Errorf("read the local workspace's journal %s: %w; move it away to start afresh", name, err)
	}
	next, err := os.OpenFile(name+".new", os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("write the local workspace's journal: %w", err)
	}
	w.journal = &journal{file: next, log: w.log}
	w.snapshot()
	if w.journal.broken {
		_ = next.Close()
		return fmt.Errorf("write the local workspace's journal %s: is the disk full?", name)
	}
	if err := os.Rename(name+".new", name); err != nil {
		return fmt.Errorf("replace the local workspace's journal: %w", err)
	}
	return nil
}

// write appends a record. A disk that refuses is reported once; the workspace
// goes on in memory.
func (j *journal) write(r record) {
	if j == nil || j.file == nil {
		return
	}
	if _, err := j.file.Write(append(encode(r), '\n')); err != nil && !j.broken {
		j.broken = true
		j.log.Error("the local workspace's journal cannot be written; what happens now is lost at the end", "error", err.Error())
	}
}

func (j *journal) close() error {
	if j == nil || j.file == nil {
		return nil
	}
	err := j.file.Close()
	j.file = nil
	return err
}

// replay applies the records of a journal. A last line that was cut off by a
// crash is left out.
func (w *Workspace) replay(name string) error {
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	lines := bufio.NewReaderSize(f, 1<<16)
	for n := 1; ; n++ {
		line, err := lines.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return nil // what follows the last newline was cut off
		}
		if err != nil {
			return err
		}
		var r record
		if err := json.Unmarshal(line, &r); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
		w.restore(r)
	}
}

func (w *Workspace) restore(r record) {
	switch {
	case r.Clock != nil:
		w.clock.restore(r.Clock)
	case r.Person != nil:
		w.keepPerson(*r.Person)
	case r.Message != nil:
		w.restoreMessage(r.Message)
	case r.Erase != nil:
		if ch := w.people.channels[r.Erase.Channel]; ch != nil {
			ch.remove(r.Erase.TS)
		}
		w.clock.seenTS(r.Erase.TS)
	case r.View != nil:
		w.restoreView(r.View)
	case r.Closed != "":
		if v := w.views.byID[r.Closed]; v != nil {
			w.popView(v.Person)
		}
	case r.File != nil:
		w.files[r.File.ID] = r.File
	case r.Unfile != "":
		delete(w.files, r.Unfile)
	case r.Event != nil:
		if w.sockets.pending[r.Event.ID] == nil {
			r.Event.Due = r.Event.Due.UTC()
			w.await(r.Event)
			w.sockets.queue = append(w.sockets.queue, r.Event)
		}
	case r.Settled != "":
		delete(w.sockets.pending, r.Settled)
		w.sockets.queue = without(w.sockets.queue, r.Settled)
	}
}

func (w *Workspace) restoreMessage(m *message) {
	if ch := w.people.channels[m.Channel]; ch != nil {
		ch.insert(m)
		w.clock.seenTS(m.TS)
		w.clock.seenTS(m.EditedTS)
	}
}

func (w *Workspace) restoreView(v *view) {
	old := w.views.byID[v.ID]
	w.views.byID[v.ID] = v
	if v.kind() == "home" {
		w.views.home[v.Person] = v
		return
	}
	stack := w.views.stack[v.Person]
	for i := range stack {
		if stack[i] == old {
			stack[i] = v
			return
		}
	}
	w.views.stack[v.Person] = append(stack, v)
}

func without(queue []*event, id string) []*event {
	for i, ev := range queue {
		if ev.ID == id {
			return append(queue[:i:i], queue[i+1:]...)
		}
	}
	return queue
}

// snapshot writes the present state as records.
func (w *Workspace) snapshot() {
	j := w.journal
	j.write(record{Clock: w.clock.record()})
	for _, p := range w.people.order {
		j.write(record{Person: p})
	}
	for _, f := range w.files {
		j.write(record{File: f})
	}
	var channels []*channel
	for _, id := range publicChannels {
		channels = append(channels, w.people.channels[id])
	}
	for _, p := range w.people.order {
		channels = append(channels, w.people.channels[p.Channel])
	}
	for _, ch := range channels {
		for _, m := range ch.messages {
			j.write(record{Message: m})
		}
	}
	for _, v := range w.views.home {
		j.write(record{View: v})
	}
	for _, stack := range w.views.stack {
		for _, v := range stack {
			j.write(record{View: v})
		}
	}
	for _, ev := range w.sockets.queue {
		j.write(record{Event: ev})
	}
}
