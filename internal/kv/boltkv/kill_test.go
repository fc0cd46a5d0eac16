package boltkv

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"waymark/internal/kv"
)

// childPath names the data file to the child process of TestKill.
const childPath = "WAYMARK_TEST_KILL_PATH"

func TestMain(m *testing.M) {
	if path := os.Getenv(childPath); path != "" {
		writeForever(path)
	}
	os.Exit(m.Run())
}

// writeForever writes numbers from many goroutines and says each one after it
// was acknowledged, until the process is killed.
func writeForever(path string) {
	s, err := Open(path, Options{Now: func() time.Time { return noon }})
	if err != nil {
		fmt.Println("open:", err)
		os.Exit(1)
	}
	for writer := range 16 {
		go func() {
			for n := 0; ; n++ {
				key := fmt.Sprintf("%d/%d/%d", os.Getpid(), writer, n)
				err := s.Update(context.Background(), func(tx kv.Tx) error {
					return tx.Put([]byte(key), []byte(strings.Repeat(key, 50)))
				})
				if err != nil {
					fmt.Println("update:", err)
					os.Exit(1)
				}
				fmt.Println(key) // one write call a line
			}
		}()
	}
	select {}
}

func TestKill(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data")
	var acknowledged []string
	for round := range 4 { // each round opens what the one before left
		acknowledged = append(acknowledged, killAfter(t, path, 200+round*150)...)
		s := open(t, path, Options{})
		lost := 0
		err := s.View(context.Background(), func(r kv.Reader) error {
			for _, key := range acknowledged {
				v, ok, err := r.Get([]byte(key))
				if err != nil {
					return err
				}
				if !ok || string(v) != strings.Repeat(key, 50) {
					lost++
				}
			}
			return nil
		})
		if err != nil || lost > 0 {
			t.Fatalf("round %d: %d of %d acknowledged updates lost, %v", round, lost, len(acknowledged), err)
		}
		if round%2 == 0 { // in the other rounds the child finds the file as this one left it
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if err := s.Backup(context.Background(), path+".copy"); err != nil {
			t.Fatal(err)
		}
		path += ".copy"
	}
	t.Logf("%d acknowledged updates survived 4 kills", len(acknowledged))
}

// killAfter starts a child that writes to path, kills it once it has
// acknowledged n updates, and returns all that it acknowledged.
func killAfter(t *testing.T, path string, n int) []string {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), childPath+"="+path)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	var said []string
	for in := bufio.NewReader(out); ; {
		line, err := in.ReadString('\n')
		if err != nil { // the pipe is at its end; half a line was not acknowledged
			break
		}
		if strings.Contains(line, ":") {
			t.Errorf("child: %s", line)
		}
		said = append(said, strings.TrimSpace(line))
		if len(said) == n {
			if err := child.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	_ = child.Wait() // says that it was killed
	if len(said) < n {
		t.Fatalf("child acknowledged %d updates, want %d", len(said), n)
	}
	return said
}
