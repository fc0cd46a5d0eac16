package crash

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"waymark/internal/workspace"
)

var (
	kills = flag.Int("kills", 4, "how often TestKills kills")
	crowd = flag.Int("people", 50, "how many people talk in TestKills")
	only  = flag.String("points", "", "at which points TestKills kills, a regular expression")
	seed  = flag.Uint64("seed", 1, "what chance begins with in TestKills")
)

// begin is a Monday; ten o'clock in Berlin, late in the evening in Auckland.
var begin = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// Half of the people sleep while the others are at work: reminders go to the one
// half while the other half, as some do at night, writes. So what arrives first
// does not depend on which process is quicker.
var zones = []string{"Europe/Berlin", "Pacific/Auckland"}

const (
	// Rounds are about half a day apart, and never a whole number of days: what
	// happens exactly then depends on microseconds.
	halfDay = 12 * time.Hour
	turns   = 2 // of each talker, in a round
	arrive  = 5 // people a round, until all are there
)

// drama is both sides and everybody who talks with them.
type drama struct {
	t            *testing.T
	twin, victim *side
	random       *rand.Rand
	people       []*person
	round        int
	now          time.Time
	killed       int            // kills so far
	at           map[string]int // by the name of the point
	client       *http.Client
}

// patient is how long the workspace waits for an ack of a bot that is slow for no
// other reason than that the machine is busy.
const patient = 10 * time.Second

func newDrama(t *testing.T, ackTimeout time.Duration) *drama {
	t.Helper()
	binary := build(t)
	d := &drama{
		t: t, twin: newSide(t, "twin", binary, ackTimeout), victim: newSide(t, "victim", binary, ackTimeout),
		random: rand.New(rand.NewPCG(*seed, 0)), now: begin, at: map[string]int{},
		client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}, Timeout: patience},
	}
	t.Cleanup(d.client.CloseIdleConnections)
	return d
}

// TestKills lets a crowd talk with a bot that is killed in each round, and
// compares it with one that is not.
func TestKills(t *testing.T) {
	d := newDrama(t, patient)
	d.twin.start()
	d.victim.start()
	d.settle()
	began := time.Now()
	points := d.points()
	for order := []int(nil); d.killed < *kills; {
		if len(order) == 0 {
			order = d.random.Perm(len(points))
		}
		d.play(points[order[0]])
		order = order[1:]
		if d.round%25 == 0 {
			t.Logf("%d kills in %v", d.killed, time.Since(began).Round(time.Second))
		}
	}
	d.finish()
	said := 0
	for _, p := range d.people {
		said += p.said
	}
	t.Logf("%d kills in %v: %d people said %d things over %v of their time; nothing lost, nothing doubled",
		d.killed, time.Since(began).Round(time.Second), len(d.people), said, d.now.Sub(begin))
	for _, name := range slices.Sorted(maps.Keys(d.at)) {
		t.Logf("%5d %s", d.at[name], name)
	}
	for _, p := range points {
		if missed := d.at[atRest+p.name]; missed >= 3 && d.at[p.name] == 0 {
			t.Errorf("the point %q was tried %d times and never reached: nothing is proved of it", p.name, missed)
		}
	}
}

// atRest is what a kill is called whose point was not reached.
const atRest = "at rest, not "

// point is a moment at which a bot is killed.
type point struct {
	name string
	// arm sees to it that fire is called at the moment; disarm ends that. What it
	// calls is called once.
	arm func(fire func()) (disarm func())
	// before is called with the victim dead, which stays so until the talkers have
	// said their first words; nil = the victim is alive when they begin.
	before func()
	joins  bool // somebody new comes
}

// play is one round: half a day passes, reminders come, one half of the people
// talk, and the victim is killed once.
func (d *drama) play(p point) {
	d.t.Helper()
	d.round++
	name := p.name
	if p.before != nil {
		d.victim.kill()
		d.killed++
		p.before()
	}
	if p.joins {
		d.join()
		d.join() // one of the two talks now
	}
	for range arrive {
		if len(d.people) < *crowd {
			d.join()
		}
	}
	var once sync.Once
	fire := func() { once.Do(d.victim.kill) }
	var disarm func()
	if p.before == nil {
		disarm = p.arm(fire)
	}
	d.passes()
	for turn := range turns {
		if turn == 0 && p.before != nil { // nobody listens
			d.talk(false)
			disarm = p.arm(fire)
			if err := d.victim.revive(); err != nil {
				d.t.Fatal(err)
			}
		} else {
			d.talk(true)
		}
		d.settle()
	}
	disarm()
	once.Do(func() { // the point was not reached
		name = atRest + name
		d.victim.kill()
	})
	d.settle()
	d.killed++
	d.at[name]++
}

// passes lets half a day pass.
func (d *drama) passes() {
	d.now = begin.Add(time.Duration(d.round)*halfDay + time.Duration(d.round*37%59)*time.Minute)
	d.twin.move(d.now)
	d.victim.move(d.now)
}

// join lets one more person in.
func (d *drama) join() {
	n := len(d.people)
	p := workspace.Person{ID: fmt.Sprintf("U0CRASH%04d", n), Name: fmt.Sprintf("Person%d", n), Zone: zones[n%2], Locale: "en-GB"}
	for _, s := range []*side{d.twin, d.victim} {
		if _, err := s.ws.AddPerson(p); err != nil {
			d.t.Fatal(err)
		}
	}
	d.people = append(d.people, &person{Person: p, n: n, zone: n % 2, agreed: map[*side]string{}})
}

// talk lets the half of the people who have no reminders now do one thing each,
// all of them at once. Unless somebody hears them they only write: a tap would
// have to be repeated.
func (d *drama) talk(heard bool) {
	d.t.Helper()
	var all sync.WaitGroup
	work := make(chan *person)
	for range 16 {
		all.Go(func() {
			for p := range work {
				if err := d.do(p, heard); err != nil {
					d.t.Errorf("round %d, %s: %v", d.round, p.ID, err)
				}
			}
		})
	}
	for _, p := range d.people {
		if p.zone != d.round%2 {
			work <- p
		}
	}
	close(work)
	all.Wait()
	if d.t.Failed() {
		d.t.FailNow()
	}
}

// do lets a person do the same in both workspaces.
func (d *drama) do(p *person, heard bool) error {
	seen, err := d.twin.ws.MessagesSince(p.ID, p.agreed[d.twin])
	if err != nil {
		return err
	}
	a := p.act(seen, heard)
	for _, s := range []*side{d.twin, d.victim} {
		if err := d.perform(s, p, a); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
	}
	return nil
}

// perform carries out what a person does. An event is heard in any case; a tap
// or a command, which Slack gives up when nobody answers, is repeated until
// somebody does.
func (d *drama) perform(s *side, p *person, a act) error {
	if a.taps == nil && a.says[0] != '/' {
		_, err := d.post(s, "say", map[string]any{"person": p.ID, "text": a.says})
		return err
	}
	path, body := "command", map[string]any{"person": p.ID}
	if a.taps != nil {
		path = "click"
		body["action_id"], body["block_id"] = a.taps.ActionID, a.taps.BlockID
	} else {
		name, text, _ := bytes.Cut([]byte(a.says), []byte(" "))
		body["command"], body["text"] = string(name), string(text)
	}
	for end := time.Now().Add(patience); ; {
		gone, err := d.post(s, path, body)
		if err == nil {
			return nil
		}
		if gone && s == d.victim { // a tap that was heard: its buttons are gone
			return nil
		}
		if time.Now().After(end) {
			return err
		}
		if err := s.revive(); err != nil {
			return err
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// post calls the workspace's local interface; gone says that there is nothing to
// tap any more.
func (d *drama) post(s *side, path string, body any) (gone bool, err error) {
	raw, err := json.Marshal(body)
	if err != nil {
		return false, err
	}
	resp, err := d.client.Post(s.ws.URL()+"_local/"+path, "application/json", bytes.NewReader(raw))
	if err != nil {
		return false, err
	}
	defer resp.Body.Close()
	if resp.StatusCode == http.StatusOK {
		return false, nil
	}
	return resp.StatusCode == http.StatusNotFound, fmt.Errorf("%s: %d %s", path, resp.StatusCode, bodyOf(resp))
}

// revive starts a bot that was killed.
func (s *side) revive() error {
	s.reviving.Lock()
	defer s.reviving.Unlock()
	dead, err := s.killed()
	if err == nil && dead {
		s.start()
	}
	return err
}

// settle waits until both bots have nothing more to do and everybody's
// conversation is the same. A victim that was killed is started.
func (d *drama) settle() {
	d.t.Helper()
	var differ error
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(3 * time.Millisecond) {
		for _, s := range []*side{d.victim, d.twin} {
			if err := s.revive(); err != nil {
				d.t.Fatal(err)
			}
		}
		if !d.twin.settled() || !d.victim.settled() {
			differ = errors.New("the bots do not come to rest")
			continue
		}
		if differ = d.compare(false); differ == nil && d.twin.settled() && d.victim.settled() {
			return
		}
	}
	d.t.Fatalf("round %d, after %d kills: %v", d.round, d.killed, differ)
}

// overlap is how many messages that were compared before are compared again,
// since some are replaced later.
const overlap = 12

// compare compares everybody's conversation: what is new in it and the end of
// what is not, or the whole.
func (d *drama) compare(whole bool) error {
	for _, p := range d.people {
		if whole {
			p.agreed = map[*side]string{}
		}
		seen := map[*side][]workspace.Message{}
		for _, s := range []*side{d.victim, d.twin} {
			var err error
			if seen[s], err = s.ws.MessagesSince(p.ID, p.agreed[s]); err != nil {
				return err
			}
		}
		if err := same(seen[d.victim], seen[d.twin]); err != nil {
			return fmt.Errorf("%s: %w", p.ID, err)
		}
		for s, all := range seen {
			kept := slices.DeleteFunc(all, func(m workspace.Message) bool { return !counts(m) })
			if n := len(kept) - overlap; n > 0 {
				p.agreed[s] = kept[n].TS
			}
		}
	}
	return nil
}

// finish ends both bots and compares everything.
func (d *drama) finish() {
	d.t.Helper()
	if err := d.compare(true); err != nil {
		d.t.Fatalf("after %d kills: %v", d.killed, err)
	}
	d.twin.stop()
	d.victim.stop()
	d.compareRecords()
}

// compareRecords compares what both have kept in the end.
func (d *drama) compareRecords() {
	d.t.Helper()
	killed, err := records(d.victim.data)
	if err != nil {
		d.t.Fatal(err)
	}
	twin, err := records(d.twin.data)
	if err != nil {
		d.t.Fatal(err)
	}
	if len(killed) != len(twin) || len(killed) < len(d.people)/2 {
		d.t.Errorf("%d records, the twin has %d of %d people", len(killed), len(twin), len(d.people))
	}
	for id, want := range twin {
		if diff := cmp.Diff(want, killed[id]); diff != "" {
			d.t.Errorf("the record of %s differs (-twin +killed):\n%s", id, diff)
			return
		}
	}
}
