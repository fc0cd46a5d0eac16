package kv

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// depth returns the number of nodes on the longest path.
func (n *node) depth() int {
	if n == nil {
		return 0
	}
	return 1 + max(n.left.depth(), n.right.depth())
}

func TestTreeStaysShallow(t *testing.T) {
	const size = 20_000
	for _, c := range []struct {
		name string
		key  func(i int) string
	}{
		{"ascending", func(i int) string { return fmt.Sprintf("%08d", i) }},
		{"descending", func(i int) string { return fmt.Sprintf("%08d", size-i) }},
		{"hexadecimal hours", func(i int) string { return fmt.Sprintf("wake/%08x/U%05d", i/50, i) }},
	} {
		var root *node
		for i := range size {
			root = root.put(newNode([]byte(c.key(i)), nil, false))
		}
		if d := root.depth(); d > 50 { // 15 at best, about 35 expected
			t.Errorf("%s: %d keys are %d deep, want at most 50", c.name, size, d)
		}
	}
}

func TestTreeShapeDependsOnContentsOnly(t *testing.T) {
	var forward, disorder *node
	for i := range 500 {
		forward = forward.put(newNode(fmt.Append(nil, i), nil, false))
	}
	order := rand.New(rand.NewPCG(3, 4)).Perm(600)
	for _, i := range order {
		disorder = disorder.put(newNode(fmt.Append(nil, i), nil, false))
	}
	for i := 500; i < 600; i++ {
		disorder = disorder.remove(fmt.Append(nil, i))
	}
	if !sameShape(forward, disorder) {
		t.Error("the same keys written in another order make another tree")
	}
}

func sameShape(a, b *node) bool {
	if a == nil || b == nil {
		return a == b
	}
	return string(a.key) == string(b.key) && sameShape(a.left, b.left) && sameShape(a.right, b.right)
}

func TestTreeSnapshotsStay(t *testing.T) {
	var root *node
	for i := range 200 {
		root = root.put(newNode(fmt.Appendf(nil, "%03d", i), []byte("old"), false))
	}
	snapshot := root
	for i := range 200 {
		if i%2 == 0 {
			root = root.remove(fmt.Appendf(nil, "%03d", i))
		} else {
			root = root.put(newNode(fmt.Appendf(nil, "%03d", i), []byte("new"), false))
		}
	}
	c := snapshot.scan(nil, nil)
	for i := range 200 {
		n := c.next()
		if n == nil || string(n.key) != fmt.Sprintf("%03d", i) || string(n.value) != "old" {
			t.Fatalf("entry %d of the snapshot = %+v, want it as it was", i, n)
		}
	}
	if n := c.next(); n != nil {
		t.Errorf("the snapshot goes on with %q", n.key)
	}
}
