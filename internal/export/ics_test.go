package export

import (
	"bytes"
	"flag"
	"os"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	ics "github.com/arran4/golang-ical"
	"github.com/google/go-cmp/cmp"

	"waymark/internal/civil"
)

var update = flag.Bool("update", false, "write the golden file")

var made = time.Date(2026, 11, 23, 9, 30, 0, 0, time.FixedZone("", 3600))

func TestICS(t *testing.T) {
	got, err := ICS(Calendar{
		Name: "Your dates", Owner: "-/T1/UANA", Made: made,
		Events: []Event{
			{ID: "m/g1.1", On: civil.New(2026, 12, 31), Title: "Ask Kim; then, maybe, Lee \\ others", Note: "Goal: lead\na team", Moved: 2},
			{ID: "r/1", On: civil.New(2027, 2, 28), Title: "Bewertungsgespräch über alles, was im letzten Jahr so war, und noch viel mehr 🎉🎉"},
			{ID: "m/g1.2", Title: "without a date"},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	const golden = "testdata/dates.ics"
	if *update {
		if err := os.WriteFile(golden, got, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("ICS (-want +got):\n%s", diff)
	}
}

func TestICSWithoutDates(t *testing.T) {
	if got, err := ICS(Calendar{Made: made, Events: []Event{{ID: "m/1", Title: "some day"}}}); err == nil {
		t.Errorf("ICS of no dates = %q, want an error: a calendar has at least one component", got)
	}
}

// The same thing has the same id each time, also after it was moved, and nobody
// else's thing has it.
func TestICSIDs(t *testing.T) {
	id := func(owner string, e Event) string {
		t.Helper()
		got, err := ICS(Calendar{Owner: owner, Made: made, Events: []Event{e}})
		if err != nil {
			t.Fatal(err)
		}
		_, rest, _ := strings.Cut(string(got), "UID:")
		uid, _, _ := strings.Cut(rest, "\r\n")
		return uid
	}
	day := civil.New(2027, 1, 2)
	first := id("ana", Event{ID: "m/1", On: day, Title: "a"})
	if moved := id("ana", Event{ID: "m/1", On: day.AddDays(3), Title: "b", Moved: 1}); moved != first {
		t.Errorf("a moved event has the id %s, before it was %s", moved, first)
	}
	if other := id("ana", Event{ID: "m/2", On: day, Title: "a"}); other == first {
		t.Errorf("two events have the id %s", other)
	}
	if other := id("sam", Event{ID: "m/1", On: day, Title: "a"}); other == first {
		t.Errorf("events of two people have the id %s", other)
	}
	if strings.Contains(first, "ana") {
		t.Errorf("the id %s names its owner", first)
	}
}

// FuzzICS: whatever a title is, the file keeps to RFC 5545 and says the title.
func FuzzICS(f *testing.F) {
	for _, s := range []string{"a;b,c\\n", "x\r\nBEGIN:VALARM", strings.Repeat("ä", 200), strings.Repeat("🎉 ", 90), "\xff\xfe", "<a>", "tab\there", "END:VEVENT", ""} {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, title, note string) {
		got, err := ICS(Calendar{Name: title, Owner: "o", Made: made, Events: []Event{{ID: "m/1", On: civil.New(2027, 1, 2), Title: title, Note: note}}})
		if err != nil {
			t.Fatal(err)
		}
		if !utf8.Valid(got) {
			t.Fatalf("not UTF-8: %q", got)
		}
		for line := range bytes.SplitSeq(bytes.TrimSuffix(got, []byte("\r\n")), []byte("\r\n")) {
			if len(line) > 75 || len(line) == 0 || bytes.ContainsAny(line, "\r\n") || !utf8.Valid(line) {
				t.Fatalf("line %q", line)
			}
		}
		unfolded := strings.ReplaceAll(string(got), "\r\n ", "")
		if n := strings.Count("\r\n"+unfolded, "\r\nBEGIN:"); n != 2 {
			t.Fatalf("%d components begin in\n%s", n, unfolded)
		}
		_, rest, _ := strings.Cut(unfolded, "\r\nSUMMARY:")
		said, _, _ := strings.Cut(rest, "\r\n")
		want := strings.ReplaceAll(tidy(title), "\n", " ")
		if unescaped := strings.NewReplacer(`\\`, `\`, `\;`, ";", `\,`, ",", `\n`, "\n").Replace(said); unescaped != want {
			t.Fatalf("the title is %q, want %q", unescaped, want)
		}
		if _, err := ics.ParseCalendar(bytes.NewReader(got)); err != nil {
			t.Fatalf("cannot be read again: %v\n%s", err, got)
		}
	})
}
