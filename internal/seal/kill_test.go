package seal

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
)

// childDir names the folder to the child process of TestKill.
const childDir = "WAYMARK_TEST_SEAL_DIR"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		workForever(dir)
	}
	os.Exit(m.Run())
}

// workForever makes and erases keys and rotates the master key until the process
// is killed, and says what it has done after it was done: "+" with a key and
// what it sealed, "-" with a key before and "x" after it was erased.
func workForever(dir string) {
	opt := options(dir)
	r, err := Open(opt)
	check := func(err error) {
		if err != nil {
			fmt.Println("! ", err)
			os.Exit(1)
		}
	}
	check(err)
	var out sync.Mutex
	say := func(format string, args ...any) {
		out.Lock()
		defer out.Unlock()
		fmt.Printf(format+"\n", args...) // one write call a line
	}
	for range 6 {
		go func() {
			for n := 0; ; n++ {
				ref, err := r.New()
				check(err)
				a, err := r.AEAD(ref)
				check(err)
				say("+ %x %x", ref, a.Seal(nil, nil, []byte("x"), []byte("about")))
				if n%2 == 0 {
					say("- %x", ref)
					check(r.Erase(ref))
					say("x %x", ref)
				}
			}
		}()
	}
	for {
		check(r.RotateFile(opt.KeyFile))
		say("r")
	}
}

// Killed while keys are made, erased and rotated: every key that was made opens,
// every one that was erased does not.
func TestKill(t *testing.T) {
	dir := t.TempDir()
	texts, leaving, erased := map[Ref][]byte{}, map[Ref]bool{}, map[Ref]bool{}
	rotations := 0
	for round := range 5 {
		for _, line := range killAfter(t, dir, 300+70*round) {
			var kind string
			var ref, text []byte
			_, _ = fmt.Sscanf(line, "%s %x %x", &kind, &ref, &text)
			switch kind {
			case "+":
				texts[Ref(ref)] = text
			case "-":
				leaving[Ref(ref)] = true
			case "x":
				erased[Ref(ref)] = true
			case "r":
				rotations++
			default:
				t.Fatalf("child: %s", line)
			}
		}
		r := open(t, options(dir))
		for ref, text := range texts {
			got, err := opened(r, ref, text)
			switch {
			case erased[ref]:
				wantErased(t, r, ref)
			case leaving[ref]: // killed on the way: one or the other
				if err != nil {
					wantErased(t, r, ref)
				}
			case got != "x" || err != nil:
				t.Fatalf("round %d: key %d opens %q, %v", round, ref.slot(), got, err)
			}
		}
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if len(erased) < 100 || rotations < 5 {
		t.Errorf("%d keys made, %d erased, %d rotations: too few to tell", len(texts), len(erased), rotations)
	}
	t.Logf("%d keys, %d erased, %d rotations, 5 kills", len(texts), len(erased), rotations)
}

// killAfter starts a child on dir, kills it when it has said n lines, and
// returns all whole lines.
func killAfter(t *testing.T, dir string, n int) (said []string) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), childDir+"="+dir)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	for in := bufio.NewReader(out); ; {
		line, err := in.ReadString('\n')
		if err != nil {
			break
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
		t.Fatalf("child said %d lines, want %d: %q", len(said), n, said[max(0, len(said)-1):])
	}
	return said
}
