package export

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"waymark/internal/chat"
	"waymark/internal/civil"
)

type inner struct {
	IfThen string
	Levels [3]string
	At     time.Time
	On     civil.Date
	None   *inner
	Day    time.Weekday
	hidden string
}

type outer struct {
	_      struct{}
	ID     string
	List   []inner
	Marks  map[uint64]int
	Pay    map[string]string
	Screen chat.Message
	Yes    bool
	Number float64
	Empty  []string
	Next   *inner
}

func TestJSON(t *testing.T) {
	record := outer{
		ID: "g1", List: []inner{{IfThen: "If <it> & then", Levels: [3]string{"a", "", "c"}, At: made, On: civil.New(2027, 1, 2), Day: time.Friday, hidden: "x"}, {}},
		Marks: map[uint64]int{math.MaxUint64: 1, 2: 0}, Pay: map[string]string{"b": "2", "a": "1"},
		Screen: chat.Say("Hello"), Yes: true, Number: 1.5, Empty: []string{}, Next: &inner{IfThen: "later"},
	}
	got, err := JSON(Everything{
		Made: made, Record: record, Text: func(s string) string { return strings.ReplaceAll(s, "later", "LATER") },
		Answers: []Answer{{Question: "What?", Words: "this", At: made, Changed: true}},
	})
	if err != nil {
		t.Fatal(err)
	}
	const want = `{
  "format": "waymark-export",
  "version": 1,
  "made": "2026-11-23T08:30:00Z",
  "answers": [
    {
      "question": "What?",
      "words": "this",
      "at": "2026-11-23T08:30:00Z",
      "changed": true
    }
  ],
  "record": {
    "id": "g1",
    "list": [
      {
        "if_then": "If <it> & then",
        "levels": [
          "a",
          "",
          "c"
        ],
        "at": "2026-11-23T08:30:00Z",
        "on": "2027-01-02",
        "day": "Friday"
      },
      {}
    ],
    "marks": {
      "18446744073709551615": 1,
      "2": 0
    },
    "pay": {
      "a": "1",
      "b": "2"
    },
    "screen": "Hello",
    "yes": true,
    "number": 1.5,
    "next": {
      "if_then": "LATER"
    }
  }
}
`
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("JSON (-want +got):\n%s", diff)
	}
}

func TestJSONRefuses(t *testing.T) {
	for name, record := range map[string]any{
		"a function":            struct{ F func() }{func() {}},
		"a map by dates":        struct{ M map[civil.Date]int }{map[civil.Date]int{{}: 1}},
		"a number that is none": struct{ N float64 }{math.NaN()},
	} {
		if got, err := JSON(Everything{Record: record}); err == nil {
			t.Errorf("%s: JSON = %s, want an error", name, got)
		}
	}
}

func TestName(t *testing.T) {
	for field, want := range map[string]string{"ID": "id", "TS": "ts", "IfThen": "if_then", "FileID": "file_id", "PausedUntil": "paused_until", "HTMLPage": "html_page", "N": "n"} {
		if got := Name(field); got != want {
			t.Errorf("Name(%q) = %q, want %q", field, got, want)
		}
	}
}

// FuzzJSON: whatever a person writes comes back, but for bytes that are no text.
func FuzzJSON(f *testing.F) {
	for _, s := range []string{`"`, "\\", "a\x00b", "\u2028", "<!channel>", "\xff", "𝒳"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, words string) {
		raw, err := JSON(Everything{Made: made, Record: struct{ Words string }{words}})
		if err != nil {
			t.Fatal(err)
		}
		var doc struct{ Record struct{ Words string } }
		if err := json.Unmarshal(raw, &doc); err != nil {
			t.Fatalf("cannot be read: %v\n%s", err, raw)
		}
		if want := strings.ToValidUTF8(words, "\uFFFD"); strings.ReplaceAll(doc.Record.Words, "\uFFFD", "") != strings.ReplaceAll(want, "\uFFFD", "") {
			t.Fatalf("%q came back as %q", words, doc.Record.Words)
		}
	})
}
