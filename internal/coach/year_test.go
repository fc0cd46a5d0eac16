package coach

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"waymark/internal/career"
	"waymark/internal/chat"
	"waymark/internal/civil"
	"waymark/internal/holidays"
	"waymark/internal/reminder"
	"waymark/internal/store"
)

// life is a simulated year of one person with the whole coach: a plan, taps,
// texts, snoozes, pauses, moves, changed rules, an unreliable platform, a process
// that dies in the middle of sending, and a clock that jumps.
type life struct {
	*desk
	r     *rand.Rand
	keys  map[string][]string // outbox id → occurrences, of every reminder that was ever written
	said  map[string]string   // occurrence → outbox id that brought it
	posts map[string]int      // by outbox id, what the platform took
	mode  platformMode
	trace []string
}

// platformMode is what the platform does with the next message.
type platformMode int

const (
	takes      platformMode = iota
	takesDumb               // takes it, and the process dies before it hears so
	dies                    // the process dies before the message gets there
	slowsDown               // refuses it for now
	outOfOrder              // refuses it, and says not for how long
)

func (l *life) log(format string, args ...any) {
	l.trace = append(l.trace, l.now.Format(time.DateTime)+" "+fmt.Sprintf(format, args...))
}

func (l *life) failf(format string, args ...any) {
	l.t.Helper()
	n := max(0, len(l.trace)-14)
	l.t.Fatalf("%s\nlast steps:\n%q", fmt.Sprintf(format, args...), l.trace[n:])
}

// Post is the platform's side.
func (l *life) Post(ctx context.Context, channel, id string, m chat.Message) (string, error) {
	l.rows() // a reminder may have been written anew a moment ago
	mode := l.mode
	l.mode = takes
	switch mode {
	case slowsDown:
		return "", &chat.SendError{Name: "ratelimited", RetryAfter: time.Second, Err: errors.New("429")}
	case outOfOrder:
		return "", &chat.SendError{Name: "internal_error", Err: errors.New("500")}
	case dies:
		return "", &chat.SendError{Name: "no_answer", Unknown: true}
	}
	ts, err := l.desk.Post(ctx, channel, id, m)
	l.posts[id]++
	if l.posts[id] > 1 {
		l.failf("message %s was taken %d times", id, l.posts[id])
	}
	l.checkPost(id)
	if mode == takesDumb {
		return "", &chat.SendError{Name: "no_answer", Unknown: true}
	}
	return ts, err
}

// checkPost checks a reminder at the moment at which it leaves.
func (l *life) checkPost(id string) {
	keys := l.keys[id]
	if len(keys) == 0 {
		return
	}
	p := l.current()
	for _, k := range keys {
		if other, twice := l.said[k]; twice {
			l.failf("%s was brought by %s and again by %s", k, other, id)
		}
		l.said[k] = id
	}
	local := l.now.In(p.zone())
	from, to, _, days := p.Settings.Hours()
	if !days.Has(local.Weekday()) || local.Hour() < from || local.Hour() >= to {
		l.failf("a reminder left at %v: %v", local, keys)
	}
	if p.Settings.Paused || civil.Of(local).Before(p.Settings.PausedUntil) || p.Crisis {
		l.failf("a reminder left in a pause: %v", keys)
	}
	l.log("left: %v", keys)
}

func (l *life) current() (p Person) {
	err := l.coach.store.View(context.Background(), func(tx *store.Tx) error {
		_, err := tx.Person(personOf("ana"), &p)
		return err
	})
	if err != nil {
		l.t.Fatal(err)
	}
	return p
}

// rows reads the outbox and notes what its reminders are about.
func (l *life) rows() (out []store.Row) {
	err := l.coach.store.View(context.Background(), func(tx *store.Tx) (err error) {
		out, err = tx.Outbox(personOf("ana"))
		return err
	})
	if err != nil {
		l.t.Fatal(err)
	}
	for _, r := range out {
		if len(r.Keys) > 0 {
			l.keys[r.ID] = r.Keys
		}
	}
	return out
}

// happen handles an event, sends as far as the platform lets it, and checks.
func (l *life) happen(e chat.Event) {
	if _, err := l.coach.Handle(context.Background(), e); err != nil {
		l.failf("handle: %v", err)
	}
	l.rows()
	l.mode = platformMode([]int{0, 0, 0, 0, 0, 0, 1, 2, 3, 4}[l.r.IntN(10)])
	mode := l.mode
	for range 4 {
		if wait := l.coach.deliver(context.Background(), l, personOf("ana")); wait == 0 || l.mode != takes {
			break
		}
		l.rows()
		if mode == takesDumb || mode == dies {
			l.log("died")
			l.restart()
			l.coach.operator = l.rules(l.r.IntN(3))
			mode = takes
		}
		if l.r.IntN(3) == 0 {
			break // the platform stays away
		}
	}
	l.rows()
	if p := l.current(); !p.Wake.IsZero() && !p.Wake.After(l.now) {
		l.failf("the next look is at %v, not later than now", p.Wake)
	}
}

// rules are some rules of an operator's.
func (l *life) rules(n int) func() *Operator {
	op := &Operator{}
	if n > 0 {
		op.Spread = time.Duration(n) * 20 * time.Minute
		c, err := reminder.NewCycle("Yearly", fmt.Sprintf("0 9 %d %d *", 3*n, 4*n), nil)
		if err != nil {
			l.t.Fatal(err)
		}
		cal, _ := holidays.ByCode("DE-BY")
		op.Groups = []Group{{Name: "all", Zones: []string{"*/*"}, Holidays: cal}}
		op.Cycles = []Cycle{{Cycle: c}}
	}
	return func() *Operator { return op }
}

// act is something the person, the operator or the world does.
func (l *life) act() {
	e := l.event("ana", chat.Text)
	e.Profile.Zone = l.current().Settings.Zone
	e.TS = l.ts()
	switch l.r.IntN(16) {
	case 0, 1, 2, 3, 4: // a tap on something that was said
		if shown := l.shown["Dana"]; len(shown) > 0 {
			m := shown[len(shown)-1-l.r.IntN(min(3, len(shown)))]
			if m.m.Ask == nil || len(m.m.Ask.Choices)+len(m.m.Ask.Extra) == 0 {
				return
			}
			all := slices.Concat(m.m.Ask.Choices, m.m.Ask.Extra)
			c := all[l.r.IntN(len(all))]
			e.Kind, e.Action, e.Values, e.TS = chat.Click, m.m.Ask.ID, []string{c.Value}, m.ts
			l.log("taps %s", c.Label)
		}
	case 5, 6, 7, 8:
		e.Text = []string{"skip", "thanks", "in three days", "yes", "done", "Jo", "tomorrow", "not yet"}[l.r.IntN(8)]
	case 9:
		e.Text = []string{"turn off check-ins", "turn on check-ins", "1 reminder a week", "5 reminders a week", "turn off milestones ahead", "turn on all reminders"}[l.r.IntN(6)]
	case 10:
		e.Text = []string{"pause", "pause until next week", "continue", "continue"}[l.r.IntN(4)]
	case 11:
		e.Text = "holidays " + []string{"Germany", "FR", "none", "US"}[l.r.IntN(4)]
	case 12:
		e.Kind, e.Profile.Zone = chat.ProfileChanged, []string{"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia"}[l.r.IntN(4)]
	case 13:
		l.coach.operator = l.rules(l.r.IntN(3))
		l.log("other rules")
		e.Kind = chat.Due
	case 14:
		l.restart()
		l.coach.operator = l.rules(l.r.IntN(3))
		l.log("restart")
		return
	default:
		return
	}
	if e.Text != "" {
		l.log("says %s", e.Text)
	}
	l.happen(e)
}

// TestAYearWithTheWholeCoach checks that every occurrence is said once or not at
// all, never at a wrong hour, and that whatever counts as said did leave.
func TestAYearWithTheWholeCoach(t *testing.T) {
	lives, said := 10, 0
	if testing.Short() {
		lives = 4
	}
	book := shipped(t)
	for seed := range uint64(lives) {
		synctest.Test(t, func(t *testing.T) { // a look into a history waits two seconds
			l := &life{desk: newDesk(t, book), r: rand.New(rand.NewPCG(seed, 3)), keys: map[string][]string{}, said: map[string]string{}, posts: map[string]int{}}
			l.planned("ana", func(p *Person) {
				p.Settings.Off = nil
				p.Settings.Budget = l.r.IntN(8)
				p.Settings.Cadence = reminder.Cadence{Every: 1 + l.r.IntN(2), Unit: reminder.Week, Weekday: time.Weekday(1 + l.r.IntN(5)), Start: civil.New(2026, 11, 23)}
				p.Plan.Gaps = []career.Gap{{ID: "skill", Kind: career.Skill, Words: "budgets"}}
				g := &p.Plan.Goals[0]
				g.IfThen = "If it is Tuesday, then I ask"
				for i := range 6 {
					g.Milestones = append(g.Milestones, career.Milestone{ID: fmt.Sprintf("g1.%d", i+3), Kind: career.Unit, N: i + 1, Of: 6, Due: civil.New(2027, 1, 11+l.r.IntN(10)).AddMonths(i)})
				}
				slices.SortFunc(g.Milestones, func(a, b career.Milestone) int { return a.Due.Compare(b.Due) })
				p.Plan.Reviews = []career.Review{{ID: "r9", Date: civil.New(2027, 2, 11), Formal: true}}
				p.Plan.Backup.Risks = []career.Risk{{Kind: "layoff", Then: "I call Kim", By: civil.New(2027, 4, 8)}}
			})
			l.coach.operator = l.rules(int(seed % 3))
			for end := l.now.AddDate(1, 0, 0); l.now.Before(end); {
				due := l.event("ana", chat.Due)
				due.Profile = nil
				l.happen(due)
				for range l.r.IntN(3) {
					l.now = l.now.Add(time.Duration(1+l.r.IntN(90)) * time.Minute)
					l.act()
				}
				l.advance()
			}
			l.ended()
			said += len(l.said)
		})
	}
	t.Logf("%d years, %d occurrences said, each once", lives, said)
	if said < 10*lives {
		t.Errorf("only %d occurrences were said in %d years", said, lives)
	}
}

// advance moves the clock to the next look, mostly.
func (l *life) advance() {
	next := l.current().Wake
	if next.IsZero() || next.After(l.now.AddDate(0, 0, 14)) {
		next = l.now.AddDate(0, 0, 7)
	}
	switch l.r.IntN(24) {
	case 0:
		next = next.Add(time.Duration(l.r.IntN(12*24)) * time.Hour) // an outage
	case 1:
		next = l.now.AddDate(0, 0, 30)
		l.log("the clock jumps a month")
	case 2:
		next = l.now.AddDate(0, 0, -l.r.IntN(10))
		l.log("the clock goes back")
	}
	l.now = next
}

// ended checks that whatever the record holds for said has left, or is about to.
func (l *life) ended() {
	waiting := map[string]bool{}
	for _, r := range l.rows() {
		for _, k := range r.Keys {
			waiting[k] = true
		}
	}
	p := l.current()
	for id, keys := range l.keys {
		for _, k := range keys {
			if p.Reminders.Tells(k) && l.said[k] == "" && !waiting[k] {
				l.failf("%s of message %s counts as said and never left", k, id)
			}
		}
	}
}
