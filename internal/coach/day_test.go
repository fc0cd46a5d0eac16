package coach

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"waymark/internal/career"
	"waymark/internal/chat"
	"waymark/internal/civil"
	"waymark/internal/kv"
	"waymark/internal/kv/boltkv"
	"waymark/internal/reminder"
	"waymark/internal/seal"
	"waymark/internal/store"
)

// dayZones are where the people of a simulated day live.
var dayZones = []string{
	"Pacific/Auckland", "Australia/Sydney", "Asia/Tokyo", "Asia/Kolkata", "Africa/Nairobi",
	"Europe/Berlin", "Europe/London", "America/Sao_Paulo", "America/New_York", "America/Los_Angeles",
}

// simulatedDay is a Monday on which everybody has a check-in at nine, wherever
// they live, with a platform that takes so many messages a minute in all. Some
// people write in the thick of it.
type simulatedDay struct {
	chat.Sender // no page, no file: whoever calls for one ends the day
	coach       *Coach
	tick        *reminder.Scheduler
	ids         []chat.PersonID
	due         map[chat.PersonID]time.Time
	perMin      int // messages that the platform takes a minute
	now         time.Time
	mu          sync.Mutex
	posts       map[string]int       // by channel
	keys        map[string]bool      // outbox ids, each once
	late        []time.Duration      // of check-ins, against the spread moment
	wrote       map[string]time.Time // by channel, who waits for an answer since when
	answered    []time.Duration      // how long they waited
	budget      int                  // what is left of the minute
	doubled     int
}

const daySpread = 30 * time.Minute

// newDay writes n people into the store.
func newDay(tb testing.TB, db kv.Store, n, perMin int) *simulatedDay {
	tb.Helper()
	keys, err := seal.Open(seal.Options{Path: filepath.Join(tb.TempDir(), "keys"), KeyFile: filepath.Join(tb.TempDir(), "key"), Generate: true})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = keys.Close() })
	s, err := store.Open(context.Background(), db, store.Options{Migrations: Migrations(), Keys: keys})
	if err != nil {
		tb.Fatal(err)
	}
	d := &simulatedDay{
		perMin: perMin, due: map[chat.PersonID]time.Time{}, posts: map[string]int{}, keys: map[string]bool{}, wrote: map[string]time.Time{},
		now: time.Date(2027, 1, 31, 18, 0, 0, 0, time.UTC), // before it is Monday, nine o'clock, anywhere
	}
	clock := func() time.Time { return d.now }
	d.coach = New(Config{
		Store: s, Book: shipped(tb), Ladders: shippedLadders(tb), Now: clock, Log: slog.New(slog.DiscardHandler),
		Operator: func() *Operator { return &Operator{Spread: daySpread} },
	})
	d.tick = &reminder.Scheduler{Now: clock, Wakes: s, Handle: d.coach.Handle, Room: d.coach.Room}
	confirmed := time.Date(2027, 1, 5, 9, 0, 0, 0, time.UTC)
	plan := career.Plan{Confirmed: confirmed, Goals: []career.Goal{{ID: "g1", Title: "Earn the certificate", IfThen: "If it is Tuesday, then I read", Status: career.Active, Created: confirmed}}}
	for i := range 9 {
		plan.Goals[0].Milestones = append(plan.Goals[0].Milestones, career.Milestone{ID: fmt.Sprintf("g1.%d", i+1), Kind: career.Unit, N: i + 1, Of: 9, Due: civil.New(2027, 3, 11).AddMonths(i)})
	}
	for i := range n {
		d.ids = append(d.ids, chat.PersonID(fmt.Sprintf("-/T1/U%06d", i)))
	}
	for batch := range slices.Chunk(d.ids, 1000) {
		err := s.Update(context.Background(), func(tx *store.Tx) error {
			for _, id := range batch {
				p := d.someone(id, plan)
				d.due[id] = p.Wake
				if err := tx.Save(id, p); err != nil {
					return err
				}
				if err := tx.SetWake(id, time.Time{}, p.Wake); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			tb.Fatal(err)
		}
	}
	return d
}

// someone is a person whose next moment is their check-in.
func (d *simulatedDay) someone(id chat.PersonID, plan career.Plan) *Person {
	p := &Person{Name: "Ana", Locale: "en-GB", Channel: "D" + string(id), Met: plan.Confirmed, Plan: plan, Settings: reminder.Settings{
		Zone: dayZones[int(reminder.Spread(id, time.Duration(len(dayZones))*time.Second)/time.Second)], Hour: 9,
		Cadence: reminder.Cadence{Every: 1, Unit: reminder.Week, Weekday: time.Monday, Start: civil.New(2027, 1, 24)},
		Off:     []reminder.Kind{reminder.NextStep},
	}}
	s := p.Settings
	s.Delay = reminder.Spread(id, daySpread)
	at, ok := reminder.Next(p.Plan, s, p.Reminders, d.now)
	if !ok {
		panic("nothing is to come")
	}
	p.Wake = at.UTC().Truncate(time.Second)
	return p
}

func (d *simulatedDay) Open(_ context.Context, p chat.PersonID) (string, error) {
	return "D" + string(p), nil
}

func (d *simulatedDay) Post(_ context.Context, channel, id string, m chat.Message) (string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.keys[channel+id] {
		d.doubled++
	}
	d.keys[channel+id] = true
	d.posts[channel]++
	d.budget--
	if since, ok := d.wrote[channel]; ok {
		d.answered = append(d.answered, d.now.Sub(since))
		delete(d.wrote, channel)
	} else {
		d.late = append(d.late, d.now.Sub(d.due[chat.PersonID(channel[1:])]))
	}
	return fmt.Sprintf("%d.%06d", d.now.Unix(), len(d.keys)), nil
}

func (d *simulatedDay) Update(context.Context, string, string, chat.Message) error { return nil }
func (d *simulatedDay) Find(context.Context, string, string, []string) (map[string]string, error) {
	return nil, nil
}

// deliver sends until the minute's budget is spent.
func (d *simulatedDay) deliver() {
	d.budget = d.perMin
	var wg sync.WaitGroup
	for range 2 * runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for {
				d.mu.Lock()
				spent := d.budget <= 0
				d.mu.Unlock()
				if spent {
					return
				}
				id, ok := d.coach.lanes.take()
				if !ok {
					return
				}
				d.coach.lanes.done(id, d.coach.serve(context.Background(), d, id))
			}
		})
	}
	wg.Wait()
}

// write has somebody say hello who has had their check-in on the day before.
func (d *simulatedDay) write(tb testing.TB, i int) {
	id := chat.PersonID(fmt.Sprintf("-/T1/W%06d", i))
	d.mu.Lock()
	d.wrote["D"+string(id)] = d.now
	d.mu.Unlock()
	e := chat.Event{
		ID: chat.EventID(fmt.Sprintf("Ev%d", i)), Kind: chat.Text, Person: id, Channel: "D" + string(id), Text: "hi", At: d.now,
		TS: fmt.Sprintf("%d.%06d", d.now.Unix(), i), Profile: &chat.Profile{Name: "Kim", Zone: "Europe/Berlin"},
	}
	if _, err := d.coach.Handle(context.Background(), e); err != nil {
		tb.Fatal(err)
	}
}

// run lives through a day and a half, minute by minute.
func (d *simulatedDay) run(tb testing.TB) {
	tb.Helper()
	writers := 0
	for end := d.now.Add(30 * time.Hour); d.now.Before(end); d.now = d.now.Add(time.Minute) {
		if _, err := d.tick.Tick(context.Background()); err != nil {
			tb.Fatal(err)
		}
		if d.now.Minute()%10 == 5 {
			d.write(tb, writers)
			writers++
		}
		d.deliver()
	}
}

// check reports what must hold after the day: everybody had their check-in, once.
func (d *simulatedDay) check(tb testing.TB) {
	tb.Helper()
	for _, id := range d.ids {
		if n := d.posts["D"+string(id)]; n != 1 {
			tb.Fatalf("%s got %d messages, want 1", id, n)
		}
	}
	if d.doubled > 0 || len(d.wrote) > 0 || len(d.answered) == 0 {
		tb.Fatalf("%d messages doubled, %d people without an answer", d.doubled, len(d.wrote))
	}
	if longest := slices.Max(d.answered); longest > 0 {
		tb.Errorf("somebody who wrote waited %v behind reminders", longest)
	}
	slices.Sort(d.late)
	if first := d.late[0]; first < 0 {
		tb.Errorf("a check-in came %v early", -first)
	}
}

func TestADayOfAThousandPeople(t *testing.T) {
	d := newDay(t, kv.NewMemory(), 1000, 10) // ten a minute: a hundred in a zone take ten minutes
	d.run(t)
	d.check(t)
	if last := d.late[len(d.late)-1]; last > 20*time.Minute {
		t.Errorf("a check-in came %v late", last)
	}
}

// BenchmarkDay is a day on which everybody's check-in is at nine on Monday, in
// ten zones, spread over half an hour, with a platform that takes 600 messages a
// minute: what was sent, how late, doubled, and the memory that stays in use.
func BenchmarkDay(b *testing.B) {
	run := func(b *testing.B, n int, open func() kv.Store) {
		for b.Loop() {
			d := newDay(b, open(), n, 600)
			begun := time.Now()
			d.run(b)
			took := time.Since(begun)
			d.check(b)
			var m runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&m)
			b.ReportMetric(float64(len(d.late)), "sent")
			b.ReportMetric(d.late[len(d.late)/2].Seconds(), "s-late-p50")
			b.ReportMetric(d.late[len(d.late)*99/100].Seconds(), "s-late-p99")
			b.ReportMetric(d.late[len(d.late)-1].Seconds(), "s-late-max")
			b.ReportMetric(float64(d.doubled), "doubled")
			b.ReportMetric(float64(m.HeapInuse)/(1<<20), "MB-heap")
			b.ReportMetric(took.Seconds(), "s-day")
			runtime.KeepAlive(d)
		}
	}
	b.Run("100000memory", func(b *testing.B) { run(b, 100_000, func() kv.Store { return kv.NewMemory() }) })
	b.Run("10000bbolt", func(b *testing.B) {
		run(b, 10_000, func() kv.Store {
			db, err := boltkv.Open(filepath.Join(b.TempDir(), "day.db"), boltkv.Options{Now: time.Now})
			if err != nil {
				b.Fatal(err)
			}
			b.Cleanup(func() { _ = db.Close() })
			return db
		})
	})
}
