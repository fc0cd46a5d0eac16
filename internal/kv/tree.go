package kv

import (
	"bytes"
	"hash/fnv"
)

// node is the root of an ordered map that never changes: put and remove return
// a new root and share what stayed the same. So a snapshot is a pointer, and a
// scan is not disturbed by what is written meanwhile. It is a treap: a search
// tree by key and a heap by rank, and since the rank is computed from the key,
// equal contents have equal shapes whatever order they were written in.
type node struct {
	key         []byte
	value       []byte
	deleted     bool // in an Overlay: hides the entry below
	rank        uint64
	left, right *node
}

// newNode copies key and value.
func newNode(key, value []byte, deleted bool) *node {
	k, v := copyEntry(key, value)
	return &node{key: k, value: v, deleted: deleted, rank: rank(key)}
}

// copyEntry copies a key and a value with one allocation. The value is never
// nil.
func copyEntry(key, value []byte) (k, v []byte) {
	buf := make([]byte, len(key)+len(value))
	copy(buf, key)
	copy(buf[len(key):], value)
	return buf[:len(key):len(key)], buf[len(key):]
}

// rank spreads keys evenly. FNV alone keeps neighbours such as "…1" and "…2"
// near one another in the upper bits, which would make the tree lopsided.
func rank(key []byte) uint64 {
	h := fnv.New64a()
	_, _ = h.Write(key)
	x := h.Sum64()
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// find returns the node of key, or nil.
func (n *node) find(key []byte) *node {
	for n != nil {
		switch c := bytes.Compare(key, n.key); {
		case c == 0:
			return n
		case c < 0:
			n = n.left
		default:
			n = n.right
		}
	}
	return nil
}

// put returns the tree with item in it, in place of any node of its key. item
// is new, with no children, and belongs to the tree afterwards.
func (n *node) put(item *node) *node {
	if n == nil {
		return item
	}
	top := *n
	switch c := bytes.Compare(item.key, n.key); {
	case c == 0:
		item.left, item.right = n.left, n.right
		return item
	case c < 0:
		top.left = n.left.put(item)
		if l := top.left; l.rank > top.rank { // l is new, so it may be changed
			top.left, l.right = l.right, &top
			return l
		}
	default:
		top.right = n.right.put(item)
		if r := top.right; r.rank > top.rank {
			top.right, r.left = r.left, &top
			return r
		}
	}
	return &top
}

// remove returns the tree without key, which must be in it.
func (n *node) remove(key []byte) *node {
	top := *n
	switch c := bytes.Compare(key, n.key); {
	case c == 0:
		return join(n.left, n.right)
	case c < 0:
		top.left = n.left.remove(key)
	default:
		top.right = n.right.remove(key)
	}
	return &top
}

// join returns one tree of two of which all keys of a come before those of b.
func join(a, b *node) *node {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	case a.rank > b.rank:
		top := *a
		top.right = join(a.right, b)
		return &top
	default:
		top := *b
		top.left = join(a, b.left)
		return &top
	}
}

// cursor walks a tree in key order.
type cursor struct {
	path []*node // nodes still to be visited, the next one last
	to   []byte  // nil: to the end
}

// scan returns a cursor over from <= key < to.
func (n *node) scan(from, to []byte) *cursor {
	c := &cursor{to: to}
	for n != nil {
		if bytes.Compare(n.key, from) >= 0 {
			c.path = append(c.path, n)
			n = n.left
		} else {
			n = n.right
		}
	}
	return c
}

// peek returns the next node without moving, nil at the end.
func (c *cursor) peek() *node {
	if len(c.path) == 0 {
		return nil
	}
	n := c.path[len(c.path)-1]
	if c.to != nil && bytes.Compare(n.key, c.to) >= 0 {
		return nil
	}
	return n
}

// next returns the next node and moves on, nil at the end.
func (c *cursor) next() *node {
	n := c.peek()
	if n == nil {
		return nil
	}
	c.path = c.path[:len(c.path)-1]
	for m := n.right; m != nil; m = m.left {
		c.path = append(c.path, m)
	}
	return n
}
