package reading

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// row is one line of a table in testdata: what was typed and what is expected
// of it, and the line for the failure message.
type row struct {
	file     string
	line     int
	section  string
	text     string
	want     string
	settings map[string]string // scene settings in force, by name
}

// table reads testdata/name: rows "text | want", "== section" titles, comments
// and settings ("now 2026-11-12").
func table(t testing.TB, name string) []row {
	t.Helper()
	path := filepath.Join("testdata", name)
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var rows []row
	settings := map[string]string{}
	section := ""
	sc := bufio.NewScanner(f)
	for n := 1; sc.Scan(); n++ {
		l := sc.Text()
		text, want, isRow := strings.Cut(l, " | ")
		switch {
		case strings.HasPrefix(l, "#"), strings.TrimSpace(l) == "":
		case strings.HasPrefix(l, "== "):
			section = l[3:]
		case isRow:
			now := make(map[string]string, len(settings))
			for k, v := range settings {
				now[k] = v
			}
			text = strings.NewReplacer(`\n`, "\n", `\|`, "|").Replace(text)
			rows = append(rows, row{path, n, section, text, strings.TrimSpace(want), now})
		default:
			key, value, _ := strings.Cut(l, " ")
			settings[key] = value
		}
	}
	if err := sc.Err(); err != nil {
		t.Fatal(err)
	}
	if len(rows) == 0 {
		t.Fatalf("%s has no rows", path)
	}
	return rows
}

func (r row) errorf(t *testing.T, call string, got string) {
	t.Helper()
	if got != r.want {
		t.Errorf("%s:%d: %s\n  %s(%q)\n   got %s\n  want %s", r.file, r.line, r.section, call, r.text, got, r.want)
	}
}

// now is the moment the scene is set at: ten in the morning.
func (r row) now(t testing.TB) time.Time {
	t.Helper()
	day, zone, ok := strings.Cut(r.settings["now"], " ")
	if !ok {
		zone = "Europe/Berlin"
	}
	loc, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	at, err := time.ParseInLocation(time.DateOnly, day, loc)
	if err != nil {
		t.Fatal(err)
	}
	return at.Add(10 * time.Hour)
}

func (r row) dateOptions(t testing.TB) DateOptions {
	t.Helper()
	o := DateOptions{Now: r.now(t), DayFirst: DateFromLocale(r.settings["locale"]), BareDuration: r.settings["bare"] == "on"}
	if r.settings["toward"] == "past" {
		o.Toward = Past
	}
	if b := r.settings["birthday"]; b != "" {
		if err := o.Birthday.UnmarshalText([]byte(b)); err != nil {
			t.Fatal(err)
		}
	}
	if f := r.settings["fiscal"]; f != "" {
		var m int
		fmt.Sscan(f, &m)
		o.FiscalStart = time.Month(m)
	}
	return o
}
