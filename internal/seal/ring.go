package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
)

// A RingID tells rings apart; the data that a ring belongs to notes it.
type RingID [16]byte

// String is the id in hexadecimal.
func (id RingID) String() string { return hex.EncodeToString(id[:]) }

// maxBatch is how many keys are made ahead at most: new people cost one sync of
// the disk for so many of them. What is made ahead and not used when the process
// ends is lost room, so the first batches are small.
const maxBatch = 64

// maxSlots is more keys than any disk holds: what names a later one is damaged.
const maxSlots = 1 << 40

// A Ring is the file of wrapped keys. It is safe for use by many goroutines, and
// for one process: whoever holds the data holds its ring. No key stays in memory
// longer than it is used.
type Ring struct {
	path   string
	random io.Reader
	id     RingID

	// change is held by whatever changes the file, and while it is copied, by
	// each read of some slots.
	change sync.Mutex
	slots  int64 // how many there are; the next one is slots+1
	made   int   // keys made by this process
	spare  []Ref // made and durable, nobody's yet
	// touched are the slots that were changed while a rotation or a copy goes
	// over the file; nil when none does.
	touched map[int64]bool

	now    sync.RWMutex // guards the two that a rotation replaces
	f      *os.File
	master *Master
}

// create makes an empty ring at path, wrapped by master.
func create(path string, master *Master, random io.Reader) (*Ring, error) {
	r := &Ring{path: path, random: random, master: master}
	if _, err := io.ReadFull(random, r.id[:]); err != nil {
		return nil, fmt.Errorf("create keys: %w", err)
	}
	f, err := writeFresh(path+".new", func(f *os.File) error { return writeHeader(f, r.id, master) })
	if err != nil {
		return nil, fmt.Errorf("create keys: %w", err)
	}
	if err := settle(path+".new", path); err != nil {
		return nil, errors.Join(fmt.Errorf("create keys: %w", err), f.Close())
	}
	r.f = f
	return r, nil
}

func writeHeader(f io.WriterAt, id RingID, master *Master) error {
	proof, err := master.prove(id)
	if err != nil {
		return err
	}
	var b [slotSize]byte
	if err := (header{ring: id, master: master.id, proof: proof}).put(b[:]); err != nil {
		return err
	}
	_, err = f.WriteAt(b[:], 0)
	return err
}

// load opens the ring at path. The master key is checked by whoever calls.
func load(path string, random io.Reader) (*Ring, header, error) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return nil, header{}, fmt.Errorf("open keys: %w", err)
	}
	var b [slotSize]byte
	n, err := f.ReadAt(b[:], 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, header{}, errors.Join(fmt.Errorf("open keys: %w", err), f.Close())
	}
	h, err := readHeader(b[:n])
	if err != nil {
		return nil, header{}, errors.Join(fmt.Errorf("open keys %s: %w; put back your copy of it", path, err), f.Close())
	}
	info, err := f.Stat()
	if err != nil {
		return nil, header{}, errors.Join(fmt.Errorf("open keys: %w", err), f.Close())
	}
	// What is left of a slot at the end was never anybody's: it is written over.
	return &Ring{path: path, random: random, id: h.ring, f: f, slots: info.Size()/slotSize - 1}, h, nil
}

// ID tells which ring this is.
func (r *Ring) ID() RingID { return r.id }

// MasterID names the master key that wraps the keys now.
func (r *Ring) MasterID() string {
	r.now.RLock()
	defer r.now.RUnlock()
	return r.master.ID()
}

// Close closes the file.
func (r *Ring) Close() error {
	r.change.Lock()
	defer r.change.Unlock()
	r.now.Lock()
	defer r.now.Unlock()
	if err := r.f.Close(); err != nil && !errors.Is(err, os.ErrClosed) {
		return fmt.Errorf("close keys: %w", err)
	}
	return nil
}

// New makes a key. It is durable when New returns, and nobody else's. One that
// is never used costs its room in the file and nothing else.
func (r *Ring) New() (Ref, error) {
	r.change.Lock()
	defer r.change.Unlock()
	if len(r.spare) == 0 {
		if err := r.makeBatch(min(maxBatch, max(1, r.made))); err != nil {
			return Ref{}, fmt.Errorf("make a key: %w", err)
		}
	}
	ref := r.spare[0]
	r.spare = r.spare[1:]
	return ref, nil
}

// makeBatch appends n new keys.
func (r *Ring) makeBatch(n int) error {
	r.now.RLock()
	defer r.now.RUnlock()
	raw := make([]byte, n*(keySize+len(keyID{})))
	if _, err := io.ReadFull(r.random, raw); err != nil {
		return err
	}
	b := make([]byte, n*slotSize)
	refs := make([]Ref, n)
	for i := range refs {
		var id keyID
		raw = raw[copy(id[:], raw):]
		refs[i] = newRef(r.slots+1+int64(i), id)
		wrapped, err := r.master.wrap(r.id, refs[i], raw[:keySize])
		if err != nil {
			return err
		}
		raw = raw[keySize:]
		if err := (slot{slotKey, id, wrapped}).put(b[i*slotSize:]); err != nil {
			return err
		}
	}
	if _, err := r.f.WriteAt(b, (r.slots+1)*slotSize); err != nil {
		return err // the next batch writes over it
	}
	if err := r.f.Sync(); err != nil {
		r.slots += int64(n) // whether they are there cannot be told: leave them alone
		return err
	}
	r.slots += int64(n)
	r.made += n
	r.spare = refs
	return nil
}

// AEAD returns what seals and opens with a key: Seal puts a random nonce of its
// own in front. The error is an ErrErased when the key was erased, else an
// ErrDamaged when it is not there.
func (r *Ring) AEAD(ref Ref) (cipher.AEAD, error) {
	key, err := r.key(ref)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(key)
	clear(key)
	if err != nil {
		return nil, fmt.Errorf("key %d: %w", ref.slot(), err)
	}
	return cipher.NewGCMWithRandomNonce(block)
}

func (r *Ring) key(ref Ref) ([]byte, error) {
	r.now.RLock()
	defer r.now.RUnlock()
	var b [slotSize]byte
	s, err := slotOf(r.f, ref, b[:])
	if err != nil {
		return nil, err
	}
	if s.state == slotErased {
		return nil, fmt.Errorf("key %d: %w", ref.slot(), ErrErased)
	}
	key, err := r.master.unwrap(r.id, ref, s.wrapped)
	if err != nil || len(key) != keySize {
		return nil, fmt.Errorf("key %d does not unwrap: %w", ref.slot(), ErrDamaged)
	}
	return key, nil
}

// slotOf reads the slot that a ref names into b.
func slotOf(f io.ReaderAt, ref Ref, b []byte) (slot, error) {
	if ref.slot() < 1 || ref.slot() > maxSlots {
		return slot{}, fmt.Errorf("key %d: %w", ref.slot(), ErrDamaged)
	}
	switch _, err := f.ReadAt(b[:slotSize], ref.slot()*slotSize); {
	case errors.Is(err, io.EOF):
		return slot{}, fmt.Errorf("key %d is not in the file, which may be an old copy: %w", ref.slot(), ErrDamaged)
	case err != nil:
		return slot{}, fmt.Errorf("read key %d: %w", ref.slot(), err)
	}
	s, err := readSlot(b)
	if err != nil {
		return slot{}, fmt.Errorf("key %d: %w", ref.slot(), err)
	}
	if s.id != ref.key() {
		return slot{}, fmt.Errorf("key %d is another one, the file may be an old copy: %w", ref.slot(), ErrDamaged)
	}
	return s, nil
}

// Erase destroys keys for good, in the file as on the disk: when it returns nil,
// nothing that they have sealed can be opened by anybody. One that was erased
// before stays so. After an error the same call may be made again.
func (r *Ring) Erase(refs ...Ref) error {
	if len(refs) == 0 {
		return nil
	}
	r.change.Lock()
	defer r.change.Unlock()
	r.now.RLock()
	defer r.now.RUnlock()
	var b [slotSize]byte
	for _, ref := range refs {
		s, err := slotOf(r.f, ref, b[:])
		if err != nil {
			return fmt.Errorf("erase: %w", err)
		}
		if s.state == slotErased {
			continue
		}
		if err := (slot{state: slotErased, id: s.id}).put(b[:]); err != nil {
			return fmt.Errorf("erase key %d: %w", ref.slot(), err)
		}
		if _, err := r.f.WriteAt(b[:], ref.slot()*slotSize); err != nil {
			return fmt.Errorf("erase key %d: %w", ref.slot(), err)
		}
		if r.touched != nil {
			r.touched[ref.slot()] = true
		}
	}
	if err := r.f.Sync(); err != nil { // also when all were erased before: by a call whose sync failed
		return fmt.Errorf("erase: %w", err)
	}
	return nil
}
