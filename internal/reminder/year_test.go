package reminder

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/fxamacker/cbor/v2"

	"waymark/internal/career"
	"waymark/internal/civil"
)

// year is a simulated year of one person, with what must hold in it.
type year struct {
	t     *testing.T
	r     *rand.Rand
	p     career.Plan
	s     Settings
	st    State
	now   time.Time
	said  map[string]time.Time
	drops map[string]Reason
	back  bool                  // the clock was set back at some time
	open  map[string]Occurrence // what was pending when last looked
	sent  []civil.Date          // days of messages that nobody asked for
	wake  time.Time             // the last answer of Next, zero for never
	asked time.Time             // when it was asked; zero before the first time
	bytes []int                 // sizes of the state as it is kept
	trace []string
}

func (y *year) failf(format string, args ...any) {
	y.t.Helper()
	n := max(0, len(y.trace)-12)
	y.t.Fatalf("%s\nsettings %+v\nlast steps:\n%q", fmt.Sprintf(format, args...), y.s, y.trace[n:])
}

var yearZones = []string{
	"Europe/Berlin", "America/New_York", "Pacific/Kiritimati", "Australia/Lord_Howe", "Australia/Sydney", "Asia/Kolkata", "Africa/Casablanca",
	"America/St_Johns", "Pacific/Apia", "",
}

func newYear(t *testing.T, seed uint64) *year {
	y := &year{t: t, r: rand.New(rand.NewPCG(seed, 7)), said: map[string]time.Time{}, drops: map[string]Reason{}}
	y.now = time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(y.r.IntN(90*24)) * time.Hour)
	pick := func(n ...int) int { return n[y.r.IntN(len(n))] }
	y.s = Settings{
		Zone: yearZones[y.r.IntN(len(yearZones))], From: pick(0, 8, 9), To: pick(0, 12, 18, 24), Hour: pick(0, 0, 2, 10, 16),
		Days: Days(pick(0, 0, 0x7f, 0x1f, 1<<2)), Budget: pick(0, 0, 1, 2, 7, OnlyAsked),
	}
	y.configure()
	y.cadence()
	y.p.Confirmed = y.now
	for i := range 1 + y.r.IntN(3) {
		y.addGoal(i)
	}
	for i := range y.r.IntN(3) {
		y.p.Reviews = append(y.p.Reviews, career.Review{ID: fmt.Sprintf("r%d", i), Date: y.someday()})
	}
	if y.r.IntN(2) == 0 {
		y.p.Gaps = []career.Gap{{ID: "skill"}}
		y.p.Backup.Risks = []career.Risk{{Kind: "layoff", By: y.someday()}, {Kind: "money", By: y.someday()}}
	}
	return y
}

func (y *year) someday() civil.Date { return civil.Of(y.now).AddDays(y.r.IntN(300) - 10) }

// configure is what an operator changes: holidays and the window to spread in.
func (y *year) configure() {
	y.s.Holidays = nil
	for range y.r.IntN(30) {
		y.s.Holidays = append(y.s.Holidays, y.someday())
	}
	y.s.Announced = nil
	if y.r.IntN(2) == 0 {
		y.s.Announced = []Announced{{"Yearly", y.someday()}}
	}
	y.s.Delay = time.Duration(max(0, y.r.IntN(180)-90)) * time.Minute
}

func (y *year) cadence() {
	y.s.Cadence = Cadence{Every: y.r.IntN(3), Unit: Unit(1 + y.r.IntN(3)), Weekday: time.Weekday(y.r.IntN(7)), Hour: y.r.IntN(24), Start: civil.Of(y.now)}
}

func (y *year) addGoal(i int) {
	g := career.Goal{ID: fmt.Sprintf("g%d", i), Status: career.Active, Created: y.now}
	if y.r.IntN(2) == 0 {
		g.IfThen = "If it is Tuesday, then I call"
	}
	kinds := []career.MilestoneKind{career.FirstStep, career.Booking, career.Eligible, career.Finish}
	for j := range y.r.IntN(8) {
		g.Milestones = append(g.Milestones, career.Milestone{ID: fmt.Sprintf("%s.%d", g.ID, j), Kind: kinds[y.r.IntN(len(kinds))], Due: y.someday()})
	}
	y.p.Goals = append(y.p.Goals, g)
}

// act does something a person or a server does. Everything that may take an
// occurrence's reason away is followed by taking stock anew.
func (y *year) act() {
	switch y.r.IntN(32) {
	case 0, 1, 2, 3:
		y.log("heard")
		y.st.Heard(y.now)
		y.s.Paused = false
		return
	case 4, 5:
		if len(y.st.Waiting) == 0 {
			return
		}
		o := y.st.Waiting[y.r.IntN(len(y.st.Waiting))]
		to := civil.Of(y.now).AddDays(1 + y.r.IntN(20))
		y.log("snooze %s to %s", o.Key, to)
		y.st.Snooze(o.Key, to)
	case 6, 7:
		y.log("restart")
		y.restart()
		return
	case 8:
		if y.r.IntN(4) == 0 {
			y.s.Zone = yearZones[y.r.IntN(len(yearZones))]
			y.log("move to %s", y.s.Zone)
		}
	case 9:
		y.s.PausedUntil = civil.Of(y.now).AddDays(y.r.IntN(30))
		y.log("pause until %s", y.s.PausedUntil)
	case 10:
		y.s.Paused = y.r.IntN(3) == 0
		y.log("paused %t", y.s.Paused)
		return
	case 11:
		y.cadence()
		y.log("cadence %s", y.s.Cadence)
	case 12, 13:
		y.touch()
	case 14:
		y.st.AskOn(fmt.Sprint("topic", y.r.IntN(4)), civil.Of(y.now).AddDays(1+y.r.IntN(60)))
		y.log("ask")
	case 15:
		y.p.Content = y.r.IntN(3) == 0
		y.s.Off = nil
		if y.r.IntN(2) == 0 {
			y.s.Off = []Kind{Kinds[y.r.IntN(len(Kinds))].Kind}
		}
		y.log("content %t, off %v", y.p.Content, y.s.Off)
	case 16:
		y.p.Confirmed = y.now
		y.log("confirmed")
	case 17:
		y.configure()
		y.log("configured")
	case 18:
		y.s.Talking = y.now.Add(time.Duration(y.r.IntN(24)) * time.Hour)
		y.log("talking until %v", y.s.Talking)
	case 19:
		if len(y.p.Reviews) == 0 {
			return
		}
		r := &y.p.Reviews[y.r.IntN(len(y.p.Reviews))]
		r.Held = true
		r.History = append(r.History, career.Change{At: y.now, What: "held"})
		y.log("review %s held", r.ID)
	default:
		return
	}
	y.open = nil
}

// touch changes a milestone: done, dropped, undone, another date.
func (y *year) touch() {
	g := &y.p.Goals[y.r.IntN(len(y.p.Goals))]
	if len(g.Milestones) == 0 {
		return
	}
	m := &g.Milestones[y.r.IntN(len(g.Milestones))]
	switch y.r.IntN(3) {
	case 0:
		m.Done = civil.Of(y.now)
	case 1:
		m.Due, m.Done = y.someday(), civil.Date{}
		m.History = append(m.History, career.Change{At: y.now, What: "due"})
	case 2:
		m.Dropped = !m.Dropped
	}
	y.log("%s is %+v", m.ID, m.Due)
}

func (y *year) log(format string, args ...any) {
	y.trace = append(y.trace, y.now.Format(time.DateTime)+" "+fmt.Sprintf(format, args...))
}

// restart loses everything but what the store keeps.
func (y *year) restart() {
	b, err := cbor.Marshal(y.st)
	if err != nil {
		y.t.Fatal(err)
	}
	y.bytes = append(y.bytes, len(b))
	y.st = State{}
	if err := cbor.Unmarshal(b, &y.st); err != nil {
		y.t.Fatal(err)
	}
}

// look does what the coach does with a due event, and checks it.
func (y *year) look() (spoke bool) {
	say, drop := Due(y.p, y.s, y.st, y.now)
	early := y.wake.IsZero() || y.now.Before(y.wake)
	// What is due already waits for a minute, and what is late for the person's
	// hour, though it may be said from the first hour on.
	h := y.s.hours()
	early = early && y.wake.Sub(y.asked) != time.Minute && !y.now.Before(h.place(h.on(y.now), h.hour))
	if len(say) > 0 && early && !y.asked.IsZero() && !y.now.Before(y.asked) {
		y.failf("at %v there is something to say, but Next named %v: %v", y.now, y.wake, say)
	}
	y.checkSay(say)
	for _, d := range drop {
		if d.Reason == 0 || d.Reason == Said {
			y.failf("%s dropped for %v", d.Key, d.Reason)
		}
		if d.At.After(y.now) {
			y.failf("%s dropped before its moment %v", d.Key, d.At)
		}
		if _, before := y.drops[d.Key]; before && !y.back {
			y.failf("%s dropped twice", d.Key)
		}
		y.drops[d.Key] = d.Reason
	}
	y.nothingVanished(say, drop)
	y.st.Say(say, y.now)
	y.st.Drop(drop, y.now)
	if len(say) > 0 && y.r.IntN(12) == 0 {
		y.takeBack(say)
	}
	y.open = map[string]Occurrence{}
	for _, o := range All(y.p, y.s, y.st, y.now) {
		y.open[o.Key] = o
	}
	return len(say) > 0 || len(drop) > 0
}

// takeBack is what happens to a message that could not leave before its reason
// was gone or the person's hours were over.
func (y *year) takeBack(say []Occurrence) {
	y.log("taken back")
	var keys []string
	counted := true
	for _, o := range say {
		keys = append(keys, o.Key)
		delete(y.said, o.Key)
		r, _ := o.Kind.Rule()
		counted = counted && !r.Asked && !o.Again
	}
	before := y.st.Unanswered
	y.st.Unsay(keys, y.now)
	y.st.Unsay(keys, y.now) // nothing is taken back twice
	if y.st.Unanswered != before-1 {
		y.failf("%d unanswered after %d and one taken back", y.st.Unanswered, before)
	}
	if counted && say[0].Kind != GoingSilent {
		y.sent = y.sent[:len(y.sent)-1]
	}
}

func (y *year) checkSay(say []Occurrence) {
	if len(say) == 0 {
		return
	}
	h := y.s.hours()
	local := y.now.In(h.loc)
	today := civil.Of(local)
	if y.s.Paused || today.Before(y.s.PausedUntil) {
		y.failf("spoke in a pause: %v", say)
	}
	if local.Hour() < h.from || local.Hour() >= h.to || !h.days.Has(local.Weekday()) || slices.Contains(y.s.Holidays, today) {
		y.failf("spoke outside of working hours at %v: %v", local, say)
	}
	asked, subjects, talks := false, map[string]bool{}, 0
	for _, o := range say {
		if at, twice := y.said[o.Key]; twice {
			y.failf("%s said at %v and again at %v", o.Key, at, y.now)
		}
		if o.At.After(y.now) || !y.now.Before(o.Until) {
			y.failf("%s is for %v to %v and said at %v", o.Key, o.At, o.Until, y.now)
		}
		if r, _ := o.Kind.Rule(); r.Talks {
			if y.now.Before(y.s.Talking) {
				y.failf("%s said in the middle of a talk", o.Key)
			}
			if since := y.now.Sub(y.st.Talked); since >= 0 && since < betweenTalks {
				y.failf("%s opens a talk %v after another", o.Key, since)
			}
			if talks++; talks > 1 {
				y.failf("two talks in one message: %v", say)
			}
		}
		if y.st.Silent && o.Kind != AskedDate {
			y.failf("%s said in silence", o.Key)
		}
		if subjects[o.subject()] {
			y.failf("two moments about %s in one message: %v", o.subject(), say)
		}
		subjects[o.subject()] = true
		y.said[o.Key] = y.now
		r, _ := o.Kind.Rule()
		asked = asked || r.Asked || o.Again
		y.log("said %s", o.Key)
	}
	if !slices.IsSortedFunc(say, byWeight) {
		y.failf("not the most important first: %v", say)
	}
	if asked || say[0].Kind == GoingSilent { // in place of a check-in, say
		return
	}
	y.sent = append(y.sent, today)
	recent := 0
	for _, d := range y.sent {
		// A message on a day of another zone may be a day off.
		if n := d.DaysUntil(today); n > -6 && n < 6 {
			recent++
		}
	}
	if recent > y.s.budget() && y.s.Budget != OnlyAsked && !y.back {
		y.failf("%d messages in a week, budget %d", recent, y.s.budget())
	}
	if y.s.Budget == OnlyAsked && say[0].Kind != GoingSilent && say[0].Kind != LessOften {
		y.failf("only what was asked for, but: %v", say)
	}
}

// nothingVanished checks that whatever was to come has been said, was dropped
// with a reason, or is still to come.
func (y *year) nothingVanished(say []Occurrence, drop []Dropped) {
	if len(y.open) == 0 || y.back {
		return
	}
	after := map[string]bool{}
	for _, o := range All(y.p, y.s, y.st, y.now) {
		after[o.Key] = true
	}
	for _, o := range say {
		after[o.Key] = true
	}
	for _, d := range drop {
		after[d.Key] = true
	}
	for k, o := range y.open {
		if _, dropped := y.drops[k]; !after[k] && !dropped && !o.At.After(y.now) {
			y.failf("%s of %v to %v vanished", k, o.At, o.Until)
		}
	}
}

// TestAYear lives through random years: plans, snoozes, pauses, silence, moves,
// restarts, outages and clocks that jump either way.
func TestAYear(t *testing.T) {
	years, spoken, looks, kinds := 160, 0, 0, map[Kind]int{}
	reasons, useless, sizes := map[Reason]int{}, 0, []int{}
	if testing.Short() {
		years = 40
	}
	for seed := range uint64(years) {
		y := newYear(t, seed)
		wild := seed%2 == 0 // every other clock is a good one
		end := y.now.AddDate(1, 0, 0)
		for y.now.Before(end) {
			woken := y.wake.Equal(y.now)
			spoke := y.look()
			looks++
			if woken && !spoke {
				useless++
				y.log("woken for nothing")
			}
			y.act()
			next, ok := Next(y.p, y.s, y.st, y.now)
			if ok && !next.After(y.now) {
				y.failf("next look at %v is not after %v", next, y.now)
			}
			if !spoke && ok && next.Sub(y.now) == time.Minute && !y.acted() {
				y.failf("looked at %v for nothing and wants to again at %v", y.now, next)
			}
			y.wake, y.asked = next, y.now
			y.advance(wild, next, ok)
		}
		spoken += len(y.said)
		sizes = append(sizes, y.bytes...)
		for k := range y.said {
			o, _ := ParseKey(k)
			kinds[o.Kind]++
		}
		for _, r := range y.drops {
			reasons[r]++
		}
	}
	if useless > 0 {
		t.Errorf("%d of %d looks at the moment that Next named were for nothing", useless, looks)
	}
	slices.Sort(sizes)
	if n := sizes[len(sizes)-1]; n > 4_000 {
		t.Errorf("a state of %d bytes; it should not outweigh the rest of a record many times over", n)
	}
	t.Logf("a state has %d bytes, median; %d at most", sizes[len(sizes)/2], sizes[len(sizes)-1])
	t.Logf("%d years, %d looks, %d occurrences said; by kind %v; dropped %v", years, looks, spoken, kinds, reasons)
	if !testing.Short() && (len(kinds) < len(Kinds) || len(reasons) < len(reasonNames)-2) {
		t.Errorf("the years do not bring every kind and reason: %v, %v", kinds, reasons)
	}
}

// acted reports whether the last step of the trace is of this instant, so that a
// change may have made something due.
func (y *year) acted() bool {
	n := len(y.trace)
	return n > 0 && len(y.trace[n-1]) > 19 && y.trace[n-1][:19] == y.now.Format(time.DateTime)
}

// advance moves the clock: mostly to the next moment, sometimes past it as in an
// outage, sometimes to a moment in between, and a wild clock also back.
func (y *year) advance(wild bool, next time.Time, ok bool) {
	if !ok {
		next = y.now.Add(time.Duration(1+y.r.IntN(20*24)) * time.Hour)
	}
	switch n := y.r.IntN(40); {
	case n < 3:
		next = next.Add(time.Duration(y.r.IntN(10*24*60)) * time.Minute)
	case n == 3:
		next = next.AddDate(0, 0, y.r.IntN(60))
	case n == 4 && wild:
		y.back = true
		next = y.now.AddDate(0, 0, -y.r.IntN(40))
		y.log("clock back to %v", next)
	case n < 14:
		next = y.now.Add(time.Duration(1 + y.r.Int64N(int64(next.Sub(y.now)))))
	}
	y.now = next.UTC().Truncate(time.Second)
}
