package boltkv

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"io"
	"os"

	"waymark/internal/kv"
)

// bbolt's file format, as far as a file must be understood before bbolt maps
// it: bbolt trusts what it reads, and a page that is not there ends the process
// with a bus error that Go cannot catch.
//
// A file is pages. Page 0 and page 1 are two generations of the meta page; the
// valid one with the higher transaction id counts. Numbers are in the byte
// order of the machine.
const (
	magic      = 0xED0CDAED
	version    = 2
	noFreelist = ^uint64(0) // the list of free pages was not written

	pageHeader  = 16 // id uint64, flags uint16, count uint16, overflow uint32
	elementSize = 16 // of a branch (pos, ksize uint32, page uint64) or leaf (flags, pos, ksize, vsize uint32)
	metaSize    = 64

	branchPage   = 0x01
	leafPage     = 0x02
	metaPage     = 0x04
	freelistPage = 0x10
	bucketEntry  = 0x01 // flag of a leaf element: the value is a bucket
	bucketSize   = 16   // root page uint64, sequence uint64; root 0 means that a page follows inline
)

var order = binary.NativeEndian

// meta is what a meta page says of the file.
type meta struct {
	pageSize uint64
	root     uint64 // page of the root bucket
	freelist uint64 // page of the list of free pages, or noFreelist
	pages    uint64 // all pages in use are below this number
	txid     uint64
}

// readMeta returns the meta page that counts. The error says that the file is
// foreign, or damaged: without a valid meta page, or shorter than it says.
func readMeta(f *os.File) (meta, error) {
	info, err := f.Stat()
	if err != nil {
		return meta{}, err
	}
	size := info.Size()
	m, ok, err := newestMeta(f, size)
	switch {
	case err != nil:
		return meta{}, err
	case !ok:
		return meta{}, noMeta(f, size)
	case m.pages > uint64(size)/m.pageSize:
		return meta{}, fmt.Errorf("%w: truncated to %d of %d bytes; restore a backup", kv.ErrDamaged, size, m.pages*m.pageSize)
	}
	return m, nil
}

// newestMeta tries page 0 and then, as the page size is not known when page 0
// is torn, every place where page 1 may be.
func newestMeta(f *os.File, size int64) (newest meta, found bool, err error) {
	try := func(at int64) error {
		m, ok, err := parseMeta(f, at)
		if ok && (!found || m.txid > newest.txid) {
			newest, found = m, true
		}
		return err
	}
	if err := try(0); err != nil {
		return meta{}, false, err
	}
	if found {
		err := try(int64(newest.pageSize))
		return newest, true, err
	}
	for at := int64(1024); at <= 16<<20 && at < size && !found; at *= 2 {
		if err := try(at); err != nil {
			return meta{}, false, err
		}
	}
	return newest, found, nil
}

// parseMeta reads the meta page at an offset; false when none is valid there.
func parseMeta(f *os.File, at int64) (meta, bool, error) {
	var page [pageHeader + metaSize]byte
	if _, err := f.ReadAt(page[:], at); err == io.EOF {
		return meta{}, false, nil
	} else if err != nil {
		return meta{}, false, fmt.Errorf("read meta page: %w", err)
	}
	b := page[pageHeader:]
	sum := fnv.New64a()
	_, _ = sum.Write(b[:56])
	m := meta{
		pageSize: uint64(order.Uint32(b[8:])),
		root:     order.Uint64(b[16:]),
		freelist: order.Uint64(b[32:]),
		pages:    order.Uint64(b[40:]),
		txid:     order.Uint64(b[48:]),
	}
	ok := order.Uint32(b) == magic && order.Uint32(b[4:]) == version &&
		order.Uint64(b[56:]) == sum.Sum64() &&
		m.pageSize >= 1024 && m.pageSize <= 16<<20 && m.pages < 1<<47/m.pageSize &&
		m.root < m.pages && (m.freelist < m.pages || m.freelist == noFreelist)
	return m, ok, nil
}

// noMeta says what a file without a valid meta page is: one of ours that lost
// it, or none.
func noMeta(f *os.File, size int64) error {
	head := make([]byte, min(size, pageHeader+4))
	if _, err := f.ReadAt(head, 0); err != nil && err != io.EOF {
		return fmt.Errorf("read meta page: %w", err)
	}
	want := make([]byte, pageHeader+4)
	order.PutUint16(want[8:], metaPage)
	order.PutUint32(want[pageHeader:], magic)
	switch {
	case size == 0:
		return fmt.Errorf("%w: empty; restore a backup, or remove the file to start anew", kv.ErrDamaged)
	case bytes.HasPrefix(want, head):
		return fmt.Errorf("%w: neither of its meta pages is valid; restore a backup", kv.ErrDamaged)
	case len(bytes.Trim(head, "\x00")) == 0:
		return fmt.Errorf("%w: it begins with zeros; restore a backup", kv.ErrDamaged)
	}
	return fmt.Errorf("%w; choose another path", kv.ErrForeign)
}
