package boltkv

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
)

// page is a page's header and, as far as they were needed, its elements.
type page struct {
	id       uint64
	flags    uint16
	count    uint64
	overflow uint64 // how many further pages belong to it
	body     []byte // from the start of the page
}

// branchOf is a page to be visited, with the keys that may be below it:
// low <= key < high, nil for no limit.
type branchOf struct {
	page      uint64
	low, high []byte
}

// walker visits every page that is in use.
type walker struct {
	f     *os.File
	m     meta
	seen  []uint64   // one bit a page
	todo  []branchOf // what is still to be visited
	bytes []byte     // read buffer
}

// walk checks every page in use the way bbolt does when it has to find the free
// ones: bbolt does it in a goroutine of its own, where whatever is wrong ends
// the process. It checks structure, not contents.
func walk(f *os.File, m meta) error {
	w := &walker{f: f, m: m, seen: make([]uint64, m.pages/64+1), todo: []branchOf{{page: m.root}}}
	for len(w.todo) > 0 {
		next := w.todo[len(w.todo)-1]
		w.todo = w.todo[:len(w.todo)-1]
		if err := w.visit(next); err != nil {
			return err
		}
	}
	return nil
}

func (w *walker) visit(b branchOf) error {
	p, err := w.read(b.page)
	if err != nil {
		return err
	}
	for i := p.id; i <= p.id+p.overflow; i++ {
		if w.seen[i/64]&(1<<(i%64)) != 0 {
			return fmt.Errorf("page %d is used twice", i)
		}
		w.seen[i/64] |= 1 << (i % 64)
	}
	switch p.flags {
	case branchPage:
		return w.branch(p, b)
	case leafPage:
		return w.leaf(p, b)
	}
	return fmt.Errorf("page %d has type %#x where a branch or leaf belongs", p.id, p.flags)
}

// branch queues the pages below.
func (w *walker) branch(p page, b branchOf) error {
	if p.count == 0 {
		return fmt.Errorf("page %d is an empty branch", p.id)
	}
	for i := range p.count {
		at := pageHeader + i*elementSize
		e := p.body[at:]
		key, err := w.key(p, at+uint64(order.Uint32(e)), uint64(order.Uint32(e[4:])))
		if err != nil {
			return err
		}
		if !b.takes(key, i == 0) {
			return fmt.Errorf("page %d: key %d is out of order", p.id, i)
		}
		key = bytes.Clone(key)
		if i > 0 {
			w.todo[len(w.todo)-1].high = key
		}
		w.todo = append(w.todo, branchOf{page: order.Uint64(e[8:]), low: key, high: b.high})
		b.low = key
	}
	return nil
}

// takes tells whether key may be the next one: above low, or equal to it if it
// is the first of its page, and below high.
func (b branchOf) takes(key []byte, first bool) bool {
	c := bytes.Compare(key, b.low)
	return (c > 0 || first && c == 0) && (b.high == nil || bytes.Compare(key, b.high) < 0)
}

// leaf checks that the entries lie inside the page and queues the buckets.
func (w *walker) leaf(p page, b branchOf) error {
	for i := range p.count {
		at := pageHeader + i*elementSize
		e := p.body[at:]
		pos, ksize, vsize := uint64(order.Uint32(e[4:])), uint64(order.Uint32(e[8:])), uint64(order.Uint32(e[12:]))
		if at+pos+ksize+vsize > (p.overflow+1)*w.m.pageSize {
			return fmt.Errorf("page %d: element %d reaches outside", p.id, i)
		}
		key, err := w.key(p, at+pos, ksize)
		if err != nil {
			return err
		}
		if !b.takes(key, i == 0) {
			return fmt.Errorf("page %d: key %d is out of order", p.id, i)
		}
		b.low = key
		if order.Uint32(e)&bucketEntry == 0 {
			continue
		}
		if err := w.bucket(p, at+pos+ksize, vsize); err != nil {
			return err
		}
	}
	return nil
}

// bucket queues the root page of the bucket that is described at an offset of a
// leaf page.
func (w *walker) bucket(p page, at, size uint64) error {
	var head [bucketSize]byte
	if size < bucketSize {
		return fmt.Errorf("page %d: bucket of %d bytes", p.id, size)
	}
	if _, err := w.f.ReadAt(head[:], int64(p.id*w.m.pageSize+at)); err != nil {
		return fmt.Errorf("page %d: read bucket: %w", p.id, err)
	}
	if root := order.Uint64(head[:]); root != 0 {
		w.todo = append(w.todo, branchOf{page: root})
	} else if size < bucketSize+pageHeader {
		return fmt.Errorf("page %d: inline bucket of %d bytes", p.id, size)
	}
	return nil
}

// key returns the key at an offset of a page, which lasts until the next page
// is read.
func (w *walker) key(p page, at, size uint64) ([]byte, error) {
	if at+size > (p.overflow+1)*w.m.pageSize {
		return nil, fmt.Errorf("page %d: a key reaches outside", p.id)
	}
	if at+size <= uint64(len(p.body)) {
		return p.body[at : at+size], nil
	}
	key := make([]byte, size)
	if _, err := w.f.ReadAt(key, int64(p.id*w.m.pageSize+at)); err != nil {
		return nil, fmt.Errorf("page %d: read key: %w", p.id, err)
	}
	return key, nil
}

// read reads a page's header and elements, which lie at its start.
func (w *walker) read(id uint64) (page, error) {
	if id < 2 || id >= w.m.pages {
		return page{}, fmt.Errorf("page %d does not exist", id)
	}
	if w.bytes == nil {
		w.bytes = make([]byte, w.m.pageSize)
	}
	if _, err := w.f.ReadAt(w.bytes, int64(id*w.m.pageSize)); err != nil {
		return page{}, fmt.Errorf("read page %d: %w", id, err)
	}
	p, err := w.header(id, w.bytes)
	if err != nil {
		return page{}, err
	}
	p.body = w.bytes
	end := pageHeader + p.count*elementSize
	switch {
	case end > (p.overflow+1)*w.m.pageSize:
		return page{}, fmt.Errorf("page %d has more elements than room", id)
	case end > w.m.pageSize: // many elements of a few bytes each
		p.body = make([]byte, end)
		if _, err := w.f.ReadAt(p.body, int64(id*w.m.pageSize)); err != nil {
			return page{}, fmt.Errorf("read page %d: %w", id, err)
		}
	}
	return p, nil
}

func (w *walker) header(id uint64, b []byte) (page, error) {
	p := page{
		id: order.Uint64(b), flags: order.Uint16(b[8:]),
		count: uint64(order.Uint16(b[10:])), overflow: uint64(order.Uint32(b[12:])),
	}
	if p.id != id {
		return page{}, fmt.Errorf("page %d calls itself %d", id, p.id)
	}
	if id+p.overflow >= w.m.pages {
		return page{}, fmt.Errorf("page %d reaches beyond the last", id)
	}
	return p, nil
}

// checkFreelist checks the saved list of free pages: bbolt would write to
// whatever it names.
func checkFreelist(f *os.File, m meta) error {
	w := &walker{f: f, m: m}
	if m.freelist < 2 {
		return fmt.Errorf("page %d cannot be the list of free pages", m.freelist)
	}
	b := make([]byte, m.pageSize)
	if _, err := f.ReadAt(b, int64(m.freelist*m.pageSize)); err != nil {
		return fmt.Errorf("read page %d: %w", m.freelist, err)
	}
	p, err := w.header(m.freelist, b)
	if err != nil {
		return err
	}
	if p.flags != freelistPage {
		return fmt.Errorf("page %d has type %#x where the list of free pages belongs", p.id, p.flags)
	}
	first := uint64(pageHeader)
	if p.count == 0xFFFF { // too many for the header: the first entry counts them
		p.count = order.Uint64(b[pageHeader:])
		first += 8
	}
	if room := (p.overflow+1)*m.pageSize - first; p.count > room/8 {
		return errors.New("the list of free pages is longer than its pages")
	}
	ids := make([]byte, p.count*8)
	if _, err := f.ReadAt(ids, int64(m.freelist*m.pageSize+first)); err != nil && err != io.EOF {
		return fmt.Errorf("read page %d: %w", p.id, err)
	}
	var last uint64 = 1 // the list is in ascending order
	for ; len(ids) > 0; ids = ids[8:] {
		id := order.Uint64(ids)
		if id <= last || id >= m.pages {
			return fmt.Errorf("page %d in the list of free pages is out of place", id)
		}
		last = id
	}
	return nil
}
