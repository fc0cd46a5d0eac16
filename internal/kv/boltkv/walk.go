package boltkv

import (
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

// walker visits every page that is in use.
type walker struct {
	f     *os.File
	m     meta
	seen  []uint64 // one bit a page
	todo  []uint64 // pages still to be visited
	bytes []byte   // read buffer
}

// walk checks every page in use the way bbolt does when it has to find the free
// ones: bbolt does it in a goroutine of its own, where whatever is wrong ends
// the process. It checks structure, not contents.
func walk(f *os.File, m meta) error {
	w := &walker{f: f, m: m, seen: make([]uint64, m.pages/64+1), todo: []uint64{m.root}}
	for len(w.todo) > 0 {
		id := w.todo[len(w.todo)-1]
		w.todo = w.todo[:len(w.todo)-1]
		if err := w.visit(id); err != nil {
			return err
		}
	}
	return nil
}

func (w *walker) visit(id uint64) error {
	p, err := w.read(id)
	if err != nil {
		return err
	}
	for i := id; i <= id+p.overflow; i++ {
		if w.seen[i/64]&(1<<(i%64)) != 0 {
			return fmt.Errorf("page %d is used twice", i)
		}
		w.seen[i/64] |= 1 << (i % 64)
	}
	switch p.flags {
	case branchPage:
		return w.branch(p)
	case leafPage:
		return w.leaf(p)
	}
	return fmt.Errorf("page %d has type %#x where a branch or leaf belongs", id, p.flags)
}

// branch queues the pages below.
func (w *walker) branch(p page) error {
	if p.count == 0 {
		return fmt.Errorf("page %d is an empty branch", p.id)
	}
	for i := range p.count {
		at := pageHeader + i*elementSize
		e := p.body[at:]
		if !w.fits(p, at, uint64(order.Uint32(e)), uint64(order.Uint32(e[4:]))) {
			return fmt.Errorf("page %d: element %d reaches outside", p.id, i)
		}
		w.todo = append(w.todo, order.Uint64(e[8:]))
	}
	return nil
}

// leaf checks that the entries lie inside the page and queues the buckets.
func (w *walker) leaf(p page) error {
	for i := range p.count {
		at := pageHeader + i*elementSize
		e := p.body[at:]
		pos, ksize, vsize := uint64(order.Uint32(e[4:])), uint64(order.Uint32(e[8:])), uint64(order.Uint32(e[12:]))
		if !w.fits(p, at, pos, ksize+vsize) {
			return fmt.Errorf("page %d: element %d reaches outside", p.id, i)
		}
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
		w.todo = append(w.todo, root)
	} else if size < bucketSize+pageHeader {
		return fmt.Errorf("page %d: inline bucket of %d bytes", p.id, size)
	}
	return nil
}

// fits tells whether what an element at an offset points to lies in its page.
func (w *walker) fits(p page, at, pos, size uint64) bool {
	return at+pos+size <= (p.overflow+1)*w.m.pageSize
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
