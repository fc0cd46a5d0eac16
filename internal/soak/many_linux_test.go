package soak

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"waymark/internal/bot"
	"waymark/internal/chat"
	"waymark/internal/coach"
	"waymark/internal/kv/boltkv"
	"waymark/internal/seal"
	"waymark/internal/store"
	"waymark/internal/workspace"
)

var many = flag.Int("many", 100_000, "how many people the larger file of BenchmarkMany holds")

const (
	dueAtStart = 1000 // people for whom something is due when the bot starts
	atOnce     = 500  // people a transaction
)

// told is what the one whose record everybody gets has answered, by step; the
// rest is skipped.
var told = map[string][]string{
	"first.start": {"thorough"}, "have.job": {"front desk at a doctor's office"}, "have.field": {"health care"},
	"have.keep": {"talking with patients"}, "want.target": {"nurse"}, "want.reason": {"being close to patients"},
	"gaps.closer": {"volunteer at a clinic, take a first-aid class"}, "gaps.education": {"missing"},
	"gaps.education_what": {"a nursing diploma"}, "choose.gap_pick": {"1"}, "act.act": {"compare three programmes"},
	"goals.goal_pick": {"1"}, "goal.measure": {"a table with three programmes"}, "goal.due": {"in 3 months"},
	"goal.if_then": {"If it is Tuesday evening, then I look at one programme"}, "backup.risks": {"1"},
	"risk.risk_then": {"I apply at the city clinic"}, "backup.alternatives": {"medical assistant, evening school"},
	"backup.head_start": {"write to Jo from my old team"}, "finish.confirm": {"yes"}, "finish.confidence": {"8"},
}

// BenchmarkMany starts the real binary on a file of 10,000 people who have all
// been through a first talk and on one of many, with a thousand due in both, and
// tells what that takes. -many 1000000 needs about 6 GB of room and some minutes.
func BenchmarkMany(b *testing.B) {
	record, sent := oneRecord(b)
	for _, people := range []int{10_000, *many} {
		b.Run(fmt.Sprintf("people=%d", people), func(b *testing.B) {
			dir := filepath.Join(b.TempDir(), "data")
			began := time.Now()
			if err := fill(dir, people, record, sent); err != nil {
				b.Fatal(err)
			}
			b.Logf("made in %v", time.Since(began).Round(time.Second))
			info, err := os.Stat(filepath.Join(dir, "waymark.db"))
			if err != nil {
				b.Fatal(err)
			}
			keys, err := os.Stat(filepath.Join(dir, "waymark.keys"))
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				startOn(b, dir)
			}
			b.ReportMetric(float64(info.Size())/float64(people), "B/person")
			b.ReportMetric(float64(keys.Size())/float64(people), "B-keys/person")
			b.ReportMetric(0, "ns/op") // what counts is below
		})
	}
}

// startOn starts the binary on a folder and reports how long it took until it was
// connected, how long its first tick took and what memory it needed.
func startOn(b *testing.B, dir string) {
	ws, err := workspace.Start(b.Context(), workspace.Config{Now: time.Now})
	if err != nil {
		b.Fatal(err)
	}
	defer ws.Close()
	for i := range dueAtStart {
		if _, err := ws.AddPerson(workspace.Person{ID: fmt.Sprintf("U%09d", i), Name: fmt.Sprint("Person", i)}); err != nil {
			b.Fatal(err)
		}
	}
	began := time.Now()
	p := serve(b, ws, dir)
	b.ReportMetric(float64(time.Since(began).Milliseconds())-float64(p.built.Milliseconds()), "start-ms")
	s, err := p.sample()
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(s.memory/1e6, "start-MB")
	var took, due float64
	for end := time.Now().Add(patience); ; time.Sleep(5 * time.Millisecond) {
		if due, err = p.metric(`waymark_due_people_total (\S+)`); err == nil && due >= dueAtStart {
			if took, err = p.metric(`waymark_tick_seconds_sum (\S+)`); err == nil && took > 0 {
				break
			}
		}
		if time.Now().After(end) {
			b.Fatalf("only %v of %d due people were looked at: %v", due, dueAtStart, err)
		}
	}
	b.ReportMetric(took*1000, "tick-ms")
	if s, err = p.sample(); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(s.memory/1e6, "tick-MB")
	_ = p.cmd.Process.Kill()
	<-p.ended // that it was killed
}

// oneRecord is what is kept of somebody who has been through a first talk.
func oneRecord(b *testing.B) (record coach.Person, sent store.Delivered) {
	ws, err := workspace.Start(b.Context(), workspace.Config{Now: time.Now})
	if err != nil {
		b.Fatal(err)
	}
	defer ws.Close()
	dir := b.TempDir()
	it, err := bot.Start(b.Context(), bot.Config{AppToken: ws.AppToken(), BotToken: ws.BotToken(), APIURL: ws.APIURL(), Data: dir, Now: ws.Now, Pace: 1000})
	if err != nil {
		b.Fatal(err)
	}
	answers, err := questions.Answers(told)
	if err != nil {
		b.Fatal(err)
	}
	for text, ok := "hi", true; ok; {
		if _, err := ws.Say(workspace.Ana, text); err != nil {
			b.Fatal(err)
		}
		for ws.Unacknowledged() > 0 || !it.Idle() {
			time.Sleep(time.Millisecond)
		}
		all, err := ws.Messages(workspace.Ana)
		if err != nil {
			b.Fatal(err)
		}
		_, text, ok = answers.Next(all[len(all)-1].Text)
	}
	if err := it.Stop(); err != nil {
		b.Fatal(err)
	}
	err = inFolder(dir, func(s *store.Store) error {
		return s.View(context.Background(), func(tx *store.Tx) error {
			var id chat.PersonID
			if err := tx.People(func(p chat.PersonID) bool { id = p; return strings.HasSuffix(string(p), workspace.Ana) }); err != nil {
				return err
			}
			if _, err := tx.Person(id, &record); err != nil {
				return err
			}
			sent, err = tx.Delivered(id)
			return err
		})
	})
	if err != nil {
		b.Fatal(err)
	}
	if record.Plan.Confirmed.IsZero() {
		b.Fatal("the first talk did not come to its end: the records would be too small")
	}
	return record, sent
}

// fill makes a data folder of people with the same record. A thousand of them are
// due, the others in the weeks to come.
func fill(dir string, people int, record coach.Person, sent store.Delivered) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	now := time.Now()
	return inFolder(dir, func(s *store.Store) error {
		for from := 0; from < people; from += atOnce {
			err := s.Update(context.Background(), func(tx *store.Tx) error {
				for i := from; i < min(people, from+atOnce); i++ {
					id := chat.PersonID(fmt.Sprintf("-/%s/U%09d", workspace.TeamID, i))
					p := record
					p.Channel = fmt.Sprintf("D%09d", i)
					p.Wake = now.Add(time.Hour + time.Duration(i)*time.Minute%(28*24*time.Hour)).Truncate(time.Second)
					if i < dueAtStart {
						p.Wake = now.Add(-time.Minute).Truncate(time.Second)
					}
					if err := errors.Join(tx.Save(id, p), tx.PutDelivered(id, sent), tx.SetWake(id, time.Time{}, p.Wake)); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// inFolder opens the data of a folder that no bot has open, or makes it.
func inFolder(dir string, do func(*store.Store) error) (err error) {
	db, err := boltkv.Open(filepath.Join(dir, "waymark.db"), boltkv.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	keys, err := seal.Open(seal.Options{Path: filepath.Join(dir, "waymark.keys"), KeyFile: filepath.Join(dir, "waymark.key"), Generate: true})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, keys.Close()) }()
	s, err := store.Open(context.Background(), db, store.Options{Keys: keys, Migrations: coach.Migrations(), Fields: coach.Fields()})
	if err != nil {
		return err
	}
	return do(s)
}
