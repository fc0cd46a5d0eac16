package dialogue

import (
	"io/fs"
	"os"
	"regexp"
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"github.com/goccy/go-yaml"

	"waymark/internal/transcript"
)

// monday is when every talk of the tests begins.
var monday = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// TestTalks runs the conversations of testdata/talks with the small flows of
// testdata/small, one for each rule of how the coach talks.
func TestTalks(t *testing.T) {
	books := map[string]*Book{"small": small(t, "testdata/small"), "later": small(t, "testdata/later")}
	transcript.Run(t, "testdata/talks/*.txt", func(t *testing.T) transcript.Driver {
		return &desk{books: books, book: books["small"], now: monday, entry: "plan", all: true}
	})
}

// TestShippedTalks runs the conversations of testdata/shipped with the flows
// that are shipped, and providers that always offer the same.
func TestShippedTalks(t *testing.T) {
	book := shipped(t)
	transcript.Run(t, "testdata/shipped/*.txt", func(t *testing.T) transcript.Driver {
		return &desk{book: book, now: monday, entry: "first"}
	})
}

// vocabulary is everything that the flows of fsys refer to, with only those
// texts that the dialogue says itself: what the application offers is its own
// concern.
func vocabulary(t testing.TB, fsys fs.FS) Vocabulary {
	t.Helper()
	v := Vocabulary{Texts: map[string][]string{}}
	for _, k := range TextKeys {
		v.Texts[k.Key] = k.Fields
	}
	names, err := fs.Glob(fsys, "flows/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	called := map[string]bool{}
	for _, name := range names {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			t.Fatal(err)
		}
		var f Flow
		if err := yaml.Unmarshal(data, &f); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		v.Entries = append(v.Entries, f.ID)
		for _, s := range f.Steps {
			called[s.Call] = true
			v.Providers = append(v.Providers, s.From)
			v.Effects = append(v.Effects, s.Do)
			v.Shows = append(v.Shows, s.Show)
			v.Checks = append(v.Checks, s.Check...)
		}
		for _, m := range regexp.MustCompile(`\{\{[^}]*\.([a-z_]+)`).FindAllStringSubmatch(string(data), -1) {
			v.Fields = append(v.Fields, m[1])
		}
	}
	v.Entries = slices.DeleteFunc(v.Entries, func(id string) bool { return called[id] })
	slots := map[string]bool{}
	for _, name := range names {
		data, _ := fs.ReadFile(fsys, name)
		for _, m := range regexp.MustCompile(`(?m)^ *(?:- id|slot): ([a-z_]+)`).FindAllStringSubmatch(string(data), -1) {
			slots[m[1]] = true
		}
	}
	v.Fields = slices.DeleteFunc(v.Fields, func(f string) bool { return slots[f] || f == "item" })
	return v
}

// shipped is the book of the flows in prompts, as far as the dialogue knows it.
func shipped(t testing.TB) *Book {
	t.Helper()
	fsys := prompts(t, "../../prompts")
	book, err := Load(fsys, vocabulary(t, fsys))
	if err != nil {
		t.Fatalf("the shipped prompts:\n%v", err)
	}
	return book
}

// small is the book of a folder of flows of the tests' own.
func small(t testing.TB, dir string) *Book {
	t.Helper()
	book, err := Load(prompts(t, dir), smallVocabulary())
	if err != nil {
		t.Fatalf("%s:\n%v", dir, err)
	}
	return book
}

// smallVocabulary is that of the flows of the tests' own.
func smallVocabulary() Vocabulary {
	v := Vocabulary{
		Entries: []string{"plan", "aside"}, Providers: []string{"ideas"}, Effects: []string{"keep", "move"}, Shows: []string{"plan"},
		Checks: []string{"specific"}, Fields: []string{"name"}, Slots: []string{"title"}, Texts: map[string][]string{"say.more": {"name"}, "place.*": nil},
	}
	for _, k := range TextKeys {
		v.Texts[k.Key] = k.Fields
	}
	return v
}

// prompts are the flows of a folder with the shipped texts of the dialogue.
func prompts(t testing.TB, dir string) fstest.MapFS {
	t.Helper()
	m := fstest.MapFS{}
	for _, from := range []struct{ dir, pattern string }{{dir, "flows/*.yaml"}, {"../../prompts", "texts/talk.yaml"}} {
		fsys := os.DirFS(from.dir)
		names, err := fs.Glob(fsys, from.pattern)
		if err != nil || len(names) == 0 {
			t.Fatalf("no prompts at %s/%s (%v)", from.dir, from.pattern, err)
		}
		for _, name := range names {
			data, err := fs.ReadFile(fsys, name)
			if err != nil {
				t.Fatal(err)
			}
			m[name] = &fstest.MapFile{Data: data}
		}
	}
	if dir != "../../prompts" {
		m["texts/say.yaml"] = &fstest.MapFile{Data: []byte("say:\n  more: Hello {{.name}}.\nplace:\n  Berlin: by the Spree\n")}
	}
	return m
}

// offers is the provider that offers the same to everybody.
func offers(from string, v View, item Picked) []Picked {
	switch from {
	case "ideas":
		var out []Picked
		for _, w := range v.Slots["skills"].Answer.Value.List {
			out = append(out, Picked{ID: "learn:" + w, Label: "Learn: " + Words(w), Note: "You said: " + Words(w)})
		}
		return out
	case "gaps":
		return []Picked{{ID: "education", Label: "Schooling: " + Words("a diploma"), Kind: "education"}, {ID: "exposure", Label: "The work leads elsewhere", Kind: "exposure", Note: "You said: No"}, {ID: "entry", Label: "A way in", Kind: "entry"}}
	case "actions":
		return []Picked{{ID: item.ID + "/course", Label: "Take a course", Kind: "course"}, {ID: item.ID + "/ask", Label: "Ask two people", Kind: "task"}}
	case "goals":
		var out []Picked
		for _, gap := range v.Slots["gap_pick"].Answer.Value.Choices {
			out = append(out, v.Items["act"][gap.ID].Answer.Value.Choices...)
		}
		return out
	}
	return nil
}
