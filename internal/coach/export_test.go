package coach

import (
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"waymark/internal/chat"
	"waymark/internal/civil"
	"waymark/internal/dialogue"
	"waymark/internal/export"
	"waymark/internal/reading"
)

// exported is what somebody takes along at the end of their talk, by name.
func (d *desk) exported(who string) map[string]chat.File {
	d.t.Helper()
	before := len(d.files)
	if _, err := d.Do(who, "commands", "career export"); err != nil {
		d.t.Fatal(err)
	}
	out := map[string]chat.File{}
	for _, f := range d.files[before:] {
		out[f.Name] = f
	}
	return out
}

// played is a desk after a transcript.
func played(t *testing.T, book *dialogue.Book, file string) *desk {
	t.Helper()
	d := newDesk(t, book)
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	_, talk, _ := strings.Cut(string(raw), "-- talk --\n")
	for line := range strings.Lines(talk) {
		line = strings.TrimRight(line, "\n")
		who, arg, ok := strings.Cut(line, ": ")
		verb := "says"
		switch {
		case line == "" || strings.HasPrefix(line, " ") || strings.HasPrefix(line, "#"):
			continue
		case line[0] == '@' || line[0] == '!':
			who, verb, arg = "", line[:1], strings.TrimSpace(line[1:])
		case !ok:
			t.Fatalf("%s: %q is no turn", file, line)
		case strings.HasSuffix(who, " (edits)"):
			who, verb = strings.TrimSuffix(who, " (edits)"), "edits"
		case strings.HasPrefix(arg, "["):
			verb, arg = "taps", strings.Trim(arg, "[]")
		case strings.HasPrefix(arg, "<") && strings.HasSuffix(arg, ">"):
			verb, arg = "picks", strings.Trim(arg, "<>")
		case strings.HasPrefix(arg, "/"):
			verb, arg = "commands", arg[1:]
		}
		if _, err := d.Do(who, verb, strings.ReplaceAll(arg, `\n`, "\n")); err != nil {
			t.Fatalf("%s: %q: %v", file, line, err)
		}
	}
	return d
}

var updateExports = flag.Lookup("update") // that of package transcript

// TestExportToRead keeps what a whole talk comes to on paper and in a calendar.
func TestExportToRead(t *testing.T) {
	d := played(t, shipped(t), "testdata/examples/5_developer.txt")
	files := d.exported("priya")
	for _, name := range []string{"career-plan.md", "career-dates.ics"} {
		golden := filepath.Join("testdata/export", name)
		got := files[name].Data
		if updateExports.Value.String() == "true" {
			if err := os.WriteFile(golden, got, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// leftOut are the fields of the record that are not taken along.
var leftOut = []string{"Person.Seen", "Person.Rows", "Person.Flows"}

// TestExportIsComplete fills every field of a record with a word of its own, and
// finds all of them in the JSON: whatever is added to the record later, too.
func TestExportIsComplete(t *testing.T) {
	var p Person
	f := &filler{}
	f.fill(reflect.ValueOf(&p).Elem(), "Person", 0)
	if len(f.words) < 200 {
		t.Fatalf("filled only %d words", len(f.words))
	}
	d := newDesk(t, shipped(t))
	h := &handling{c: d.coach, p: &p, now: d.now, known: true}
	e := h.everything()
	raw, err := export.JSON(e)
	if err != nil {
		t.Fatal(err)
	}
	held := stringsIn(t, raw)
	for word, where := range f.words {
		if !slices.ContainsFunc(held, func(s string) bool { return strings.Contains(s, word) }) {
			t.Errorf("%s is not in the export", where)
		}
	}
	rec := reflect.ValueOf(e.Record)
	for i := range rec.NumField() {
		name := "Person." + rec.Type().Field(i).Name
		if gone, want := rec.Field(i).IsZero(), slices.Contains(leftOut, name); gone != want {
			t.Errorf("%s is left out: %t, want %t", name, gone, want)
		}
	}
}

// filler puts something into every field.
type filler struct {
	words map[string]string // each word, and where it was put
}

func (f *filler) fill(v reflect.Value, where string, depth int) {
	switch x := v.Addr().Interface().(type) {
	case *time.Time:
		*x = monday
		return
	case *chat.Message: // what the coach said is taken along as plain text
		*x = chat.Say(f.word(where))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(f.word(where))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64, reflect.Int8:
		v.SetInt(1)
	case reflect.Uint, reflect.Uint8, reflect.Uint64, reflect.Uint32:
		v.SetUint(1)
	case reflect.Float64:
		v.SetFloat(1)
	case reflect.Pointer:
		if depth < 12 {
			v.Set(reflect.New(v.Type().Elem()))
			f.fill(v.Elem(), where, depth+3)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		f.fill(v.Index(0), where+"[]", depth+1)
	case reflect.Array:
		for i := range v.Len() {
			f.fill(v.Index(i), fmt.Sprintf("%s[%d]", where, i), depth+1)
		}
	case reflect.Map:
		k, e := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		f.fill(k, where+" key", depth+1)
		f.fill(e, where+" value", depth+1)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(k, e)
	case reflect.Struct:
		for i := range v.NumField() {
			if fd := v.Type().Field(i); fd.IsExported() && fd.Tag.Get("cbor") != "-" {
				f.fill(v.Field(i), where+"."+fd.Name, depth+1)
			}
		}
	}
}

func (f *filler) word(where string) string {
	if f.words == nil {
		f.words = map[string]string{}
	}
	w := fmt.Sprintf("word%dx", len(f.words))
	f.words[w] = where
	return w
}

// stringsIn are all strings and names of a JSON document.
func stringsIn(t *testing.T, raw []byte) (all []string) {
	t.Helper()
	var doc any
	if err := json.Unmarshal(raw, &doc); err != nil {
		t.Fatalf("the export cannot be read: %v", err)
	}
	var walk func(any)
	walk = func(v any) {
		switch x := v.(type) {
		case string:
			all = append(all, x)
		case []any:
			for _, e := range x {
				walk(e)
			}
		case map[string]any:
			for _, k := range slices.Sorted(maps.Keys(x)) {
				all = append(all, k)
				walk(x[k])
			}
		}
	}
	walk(doc)
	return all
}

// steers are texts of the talks that tell the coach what to do, and so are no
// words to keep, each with what comes of it.
var steers = map[string]string{
	"trend":                              "shows the trend",
	"look again":                         "opens a talk",
	"When will you write to me?":         "lists what will be sent",
	"And who installed you?":             "answered",
	"change the date to 5 March":         "changes the day of the review",
	"talk about it":                      "opens the side talk that was offered",
	"yes":                                "confirms what was asked about another answer",
	"no thats my bday is may 3 1990 lol": "kept as the day, 1990-05-03",
}

// TestExportHoldsWhatWasSaid plays whole talks and looks for each thing that was
// typed in the JSON.
func TestExportHoldsWhatWasSaid(t *testing.T) {
	book := shipped(t)
	looked := 0
	for _, file := range matching(t, "testdata/examples/*.txt", "testdata/talks/happy_path.txt", "testdata/talks/after.txt", "testdata/talks/asides.txt", "testdata/talks/content*.txt", "testdata/talks/control.txt", "testdata/talks/correction.txt",
		"testdata/talks/odd_input.txt", "testdata/talks/side_talks.txt", "testdata/talks/unclear.txt") {
		d := played(t, book, file)
		for who, texts := range saidIn(t, file) {
			files := d.exported(who)
			held := stringsIn(t, files["career-data.json"].Data)
			var doc struct {
				Answers []struct{ Question, Words string }
			}
			if err := json.Unmarshal(files["career-data.json"].Data, &doc); err != nil {
				t.Fatal(err)
			}
			for _, a := range doc.Answers { // also those that fell off the path
				if a.Words != "" && !strings.ContainsAny(a.Question, "?.:") || strings.ContainsAny(a.Question, "{}") {
					t.Errorf("%s: the answer %q stands below the question %q", file, a.Words, a.Question)
				}
			}
			for _, text := range texts {
				looked++
				if _, steers := steers[text]; steers {
					continue
				}
				if !slices.ContainsFunc(held, func(s string) bool { return strings.Contains(s, strings.TrimSpace(text)) }) {
					t.Errorf("%s: %q is not in the export", file, text)
				}
			}
		}
	}
	if looked < 500 {
		t.Errorf("looked for %d texts only", looked)
	}
}

// saidIn is what each person typed in a transcript, without what steers the talk.
func saidIn(t *testing.T, file string) map[string][]string {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	_, talk, _ := strings.Cut(string(raw), "-- talk --\n")
	out := map[string][]string{}
	for line := range strings.Lines(talk) {
		who, text, ok := strings.Cut(strings.TrimRight(line, "\n"), ": ")
		if !ok || strings.ContainsAny(who, " !@#") || strings.HasPrefix(text, "/") || strings.HasPrefix(text, "[") || strings.HasPrefix(text, "<") {
			continue
		}
		if _, _, steers := reading.ReadCommand(text); steers || reading.Greeting(text) || reading.Thanks(text) {
			continue
		}
		out[who] = append(out[who], strings.ReplaceAll(text, `\n`, "\n"))
	}
	return out
}

// TestExportStaysReadable: a program that reads version 1 of the JSON finds each
// field under its name and with its type. New fields are for -update to write
// down; one that is gone or renamed needs a new export.Version.
func TestExportStaysReadable(t *testing.T) {
	const golden = "testdata/export/fields.txt"
	have := map[string]bool{}
	fieldsOf(reflect.TypeFor[Person](), "record", 0, have)
	for _, name := range leftOut {
		delete(have, "record."+export.Name(strings.TrimPrefix(name, "Person."))+" number")
		delete(have, "record."+export.Name(strings.TrimPrefix(name, "Person."))+"[] number")
	}
	if updateExports.Value.String() == "true" {
		all := strings.Join(slices.Sorted(maps.Keys(have)), "\n") + "\n"
		if err := os.WriteFile(golden, []byte(all), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	raw, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(raw)), "\n")
	if len(lines) < 200 {
		t.Fatalf("only %d fields are written down", len(lines))
	}
	for _, field := range lines {
		if !have[field] {
			t.Errorf("version %d has %q, and what is written now does not", export.Version, field)
		}
	}
}

// fieldsOf writes down the fields of a type, "path type".
func fieldsOf(ty reflect.Type, path string, depth int, out map[string]bool) {
	switch {
	case depth > 8:
		return
	case ty == reflect.TypeFor[time.Time]():
		out[path+" moment"] = true
		return
	case ty == reflect.TypeFor[civil.Date]():
		out[path+" day"] = true
		return
	case ty == reflect.TypeFor[chat.Message]():
		out[path+" text"] = true
		return
	}
	switch ty.Kind() {
	case reflect.Pointer:
		fieldsOf(ty.Elem(), path, depth+2, out)
	case reflect.Slice, reflect.Array:
		fieldsOf(ty.Elem(), path+"[]", depth, out)
	case reflect.Map:
		fieldsOf(ty.Elem(), path+".*", depth, out)
	case reflect.Struct:
		for f := range ty.Fields() {
			if f.IsExported() {
				fieldsOf(f.Type, path+"."+export.Name(f.Name), depth+1, out)
			}
		}
	case reflect.String:
		out[path+" text"] = true
	case reflect.Bool:
		out[path+" yes"] = true
	default:
		out[path+" number"] = true
	}
}
