package coach

import (
	"context"
	"os"
	"strings"
	"testing"

	"github.com/fxamacker/cbor/v2"

	"waymark/internal/kv"
	"waymark/internal/store"
)

// TestVersion0 reads a record as the first version wrote it, Ana in the middle
// of the first talk, and goes on with it.
func TestVersion0(t *testing.T) {
	raw, err := os.ReadFile("testdata/person_v0.cbor")
	if err != nil {
		t.Fatal(err)
	}
	s := newStage(t, kv.NewMemory(), shipped(t))
	put := func(tx kv.Tx) error { return tx.Put([]byte("p/"+ana), raw) }
	if err := s.db.Update(context.Background(), put); err != nil {
		t.Fatal(err)
	}
	var p Person
	load := func() {
		t.Helper()
		p = Person{}
		s.view(func(tx *store.Tx) error { _, err := tx.Person(ana, &p); return err })
	}
	load()
	if p.Settings.Zone != "Europe/Berlin" || p.Settings.From != 8 || p.Name != "Ana" || len(p.Dialogue.Answers) != 10 {
		t.Errorf("zone %q, from %d o'clock, name %q, %d answers; want Europe/Berlin, 8, Ana, 10",
			p.Settings.Zone, p.Settings.From, p.Name, len(p.Dialogue.Answers))
	}
	asked := p.Dialogue.Asked.Key
	e := textOf(ana, "after the update", "end of 2029")
	e.Profile = nil
	if _, err := s.coach.Handle(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	load()
	if a, ok := p.Dialogue.Answer(asked); !ok || a.Words != e.Text {
		t.Errorf("the question on screen, %v, was answered with %q", asked, a.Words)
	}
	if p.Settings.Zone != "Europe/Berlin" {
		t.Errorf("zone %q after saving", p.Settings.Zone)
	}
	s.coach.deliver(t.Context(), s.p, ana)
	if shown := strings.Join(s.p.texts("D"+string(ana)), "\n"); !strings.Contains(shown, "?") {
		t.Errorf("no next question: %q", shown)
	}
	if err := s.db.View(t.Context(), func(r kv.Reader) (err error) { raw, _, err = r.Get([]byte("p/" + ana)); return err }); err != nil {
		t.Fatal(err)
	}
	var fields map[uint64]cbor.RawMessage
	if err := cbor.Unmarshal(raw[1:], &fields); err != nil {
		t.Fatal(err)
	}
	if raw[0] != 1 || fields[19] != nil {
		t.Errorf("saved as version %d with the zone beside the name: %v; want version 1 without", raw[0], fields[19])
	}
}
