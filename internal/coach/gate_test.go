package coach

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"waymark/internal/chat"
	"waymark/internal/kv"
	"waymark/internal/store"
)

// readers are the methods of a store.Tx that return what somebody wrote or is
// told.
var readers = map[string]bool{"Person": true, "NextRow": true, "Outbox": true, "Delivered": true, "Gone": true}

// pastTheGate lists where a file reads what is kept about people, makes a gate,
// or says where a person's messages go.
func pastTheGate(fset *token.FileSet, f *ast.File) []string {
	var found []string
	note := func(what string) { found = append(found, what) }
	stores := slices.ContainsFunc(f.Imports, func(i *ast.ImportSpec) bool { return i.Path.Value == `"waymark/internal/store"` })
	ours := f.Name.Name == "coach"
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			if readers[n.Sel.Name] && (stores || ours) && ofTx(n.X) {
				note(n.Sel.Name)
			}
		case *ast.CompositeLit:
			if name, ok := n.Type.(*ast.Ident); ok && name.Name == "gate" && ours {
				note("gate")
			}
		case *ast.AssignStmt:
			for _, to := range n.Lhs {
				sel, ok := to.(*ast.SelectorExpr)
				if !ok || sel.Sel.Name != "Channel" || !ours {
					continue
				}
				if of, ok := sel.X.(*ast.SelectorExpr); ok && of.Sel.Name == "p" {
					note("Channel")
				}
			}
		}
		return true
	})
	return found
}

// ofTx tells whether an expression is a transaction, by its name: tx, h.tx, t.
func ofTx(x ast.Expr) bool {
	switch x := x.(type) {
	case *ast.Ident:
		return x.Name == "tx" || x.Name == "t"
	case *ast.SelectorExpr:
		return x.Sel.Name == "tx"
	}
	return false
}

// What is kept about people is read in one file, which can be asked for the
// person alone whom the answer goes to.
func TestOneGate(t *testing.T) {
	files, gates := 0, 0
	for _, top := range []string{"../../internal", "../../cmd"} {
		err := filepath.WalkDir(top, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			if filepath.Base(filepath.Dir(path)) == "store" {
				return nil // what it reads it returns
			}
			files++
			fset := token.NewFileSet()
			f, err := parser.ParseFile(fset, path, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			found := pastTheGate(fset, f)
			if strings.HasSuffix(filepath.ToSlash(path), "coach/gate.go") {
				gates = len(found)
				return nil
			}
			if len(found) > 0 {
				t.Errorf("%s goes past the gate: %q; ask the gate of the person it is for", path, found)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if files < 300 || gates < 10 {
		t.Errorf("looked at %d files and found %d places in the gate: the walk misses the tree", files, gates)
	}
}

func TestPastTheGateFinds(t *testing.T) {
	for src, want := range map[string]string{
		`package coach; func f() { h.tx.Person(id, &p) }`:                                   "Person",
		`package coach; func f() { read := tx.NextRow; read(id) }`:                          "NextRow",
		`package bot; import "waymark/internal/store"; func f(t *store.Tx) { t.Outbox(x) }`: "Outbox",
		`package coach; var g = gate{tx, "T/U"}`:                                            "gate",
		`package coach; func f() { h.p.Channel = "D1" }`:                                    "Channel",
		`package coach; func f() { h.own().record(h.p) }`:                                   "",
		`package coach; func f() { d.row.Channel = channel }`:                               "",
	} {
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, "x.go", src, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(pastTheGate(fset, f), " "); got != want {
			t.Errorf("pastTheGate(%s) = %q, want %q", src, got, want)
		}
	}
}

// A gate shows what is its person's, whoever else has something.
func TestGateShowsOnePerson(t *testing.T) {
	s := newStage(t, kv.NewMemory(), nil)
	people := []chat.PersonID{"T/UA", "T/UAB", "T/U"} // one is the beginning of another
	err := s.store.Update(t.Context(), func(tx *store.Tx) error {
		for _, id := range people {
			row := store.Row{Person: id, Seq: 1, ID: "of " + string(id), Message: chat.Say("for " + string(id))}
			if err := tx.Save(id, &Person{Name: string(id)}); err != nil {
				return err
			}
			if err := tx.PutRow(row); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	err = s.store.View(t.Context(), func(tx *store.Tx) error {
		for _, id := range people {
			g, p := tabOf(tx, id), Person{}
			if _, err := g.record(&p); err != nil || p.Name != string(id) {
				t.Errorf("record of %s is that of %s, %v", id, p.Name, err)
			}
			rows, err := g.rows()
			if err != nil || len(rows) != 1 || rows[0].Person != id || rows[0].ID != "of "+string(id) {
				t.Errorf("rows of %s are %+v, %v", id, rows, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Where a person is heard in another DM than before, what is said goes to the one
// that the platform names, also after the next start.
func TestAnotherDMIsNotBelieved(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newStage(t, kv.NewMemory(), shipped(t))
		say := func(n, channel, text string) {
			_, err := s.coach.Handle(t.Context(), chat.Event{
				ID: chat.EventID("e" + n), Kind: chat.Text, Person: "T/UKIM", Channel: channel, TS: n, At: s.now(), Text: text,
				Profile: &chat.Profile{Name: "Kim", Zone: "Europe/Berlin"},
			})
			if err != nil {
				t.Fatal(err)
			}
			s.deliver()
			time.Sleep(time.Minute)
			synctest.Wait()
			s.stop()
			time.Sleep(time.Minute)
		}
		say("1", "DKIM", "hello")
		first := len(s.p.texts("DKIM"))
		if first == 0 {
			t.Fatal("nothing was said in the DM in which Kim was heard first")
		}
		say("2", "DANA", "thorough")
		s.restart()
		say("3", "DANA", "why?")
		if got := s.p.texts("DANA"); len(got) > 0 {
			t.Errorf("in somebody else's DM is said %q", got)
		}
		if got := s.p.texts("DT/UKIM"); len(got) < 2 {
			t.Errorf("in the DM that the platform names is said %q, want an answer to each", got)
		}
	})
}
