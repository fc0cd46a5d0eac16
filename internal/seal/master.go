package seal

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/aead/aesgcm"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/insecuresecretdataaccess"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/secretdata"
	"github.com/tink-crypto/tink-go/v2/tink"
)

// A Master is the operator's key, which wraps all others: a Tink keyset. Its
// file is Tink's JSON, so that other tools of Tink's read it and write it too;
// any keyset for AEAD will do.
type Master struct {
	aead   tink.AEAD
	handle *keyset.Handle
	id     uint32
}

// keySize is the length of every key in bytes: AES-256.
const keySize = 32

// NewMaster makes a key for AES-256-GCM out of what random gives.
func NewMaster(random io.Reader) (*Master, error) {
	var raw [keySize + 4]byte
	if _, err := io.ReadFull(random, raw[:]); err != nil {
		return nil, fmt.Errorf("make a master key: %w", err)
	}
	params, err := aesgcm.NewParameters(aesgcm.ParametersOpts{KeySizeInBytes: keySize, IVSizeInBytes: 12, TagSizeInBytes: 16, Variant: aesgcm.VariantTink})
	if err != nil {
		return nil, fmt.Errorf("make a master key: %w", err)
	}
	id := max(1, binary.BigEndian.Uint32(raw[keySize:])) // 0 would be no id
	key, err := aesgcm.NewKey(secretdata.NewBytesFromData(raw[:keySize], insecuresecretdataaccess.Token{}), id, params)
	if err != nil {
		return nil, fmt.Errorf("make a master key: %w", err)
	}
	m := keyset.NewManager()
	if id, err = m.AddKey(key); err == nil {
		err = m.SetPrimary(id)
	}
	if err != nil {
		return nil, fmt.Errorf("make a master key: %w", err)
	}
	handle, err := m.Handle()
	if err != nil {
		return nil, fmt.Errorf("make a master key: %w", err)
	}
	return master(handle)
}

func master(handle *keyset.Handle) (*Master, error) {
	a, err := aead.New(handle)
	if err != nil {
		return nil, errors.New("the keyset is not one for AEAD")
	}
	return &Master{aead: a, handle: handle, id: handle.KeysetInfo().GetPrimaryKeyId()}, nil
}

// ReadMaster reads the key from a file. Its error is an ErrNoKey when there is
// no such file, and never shows what is in the file.
func ReadMaster(path string) (*Master, error) {
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read key %s: %w", path, ErrNoKey)
	}
	if err != nil {
		return nil, fmt.Errorf("read key: %w", err)
	}
	handle, err := insecurecleartextkeyset.Read(keyset.NewJSONReader(bytes.NewReader(raw)))
	if err != nil { // whose words could quote the file
		return nil, fmt.Errorf("read key %s: not a key: make one with \"waymark key new\", or put the right file there", path)
	}
	m, err := master(handle)
	if err != nil {
		return nil, fmt.Errorf("read key %s: %w", path, err)
	}
	return m, nil
}

// Write writes the key to a new file, for its owner alone (mode 0600), durably.
// A file that exists is not touched: the error is an fs.ErrExist.
func (m *Master) Write(path string) error {
	var b bytes.Buffer
	if err := insecurecleartextkeyset.Write(m.handle, keyset.NewJSONWriter(&b)); err != nil {
		return fmt.Errorf("write key %s: cannot encode it", path)
	}
	b.WriteByte('\n')
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("write key: %w", err)
	}
	_, err = f.Write(b.Bytes())
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = syncDir(path)
	}
	if err != nil {
		_ = os.Remove(path) // half a key is none
		return fmt.Errorf("write key: %w", err)
	}
	return nil
}

// ID names the key without telling it, as in errors and logs.
func (m *Master) ID() string { return idName(m.id) }

func idName(id uint32) string { return fmt.Sprintf("%08x", id) }

func proofOf(ring RingID) []byte { return append([]byte("waymark ring "), ring[:]...) }

// prove makes what opens tells it by.
func (m *Master) prove(ring RingID) ([]byte, error) { return m.aead.Encrypt(nil, proofOf(ring)) }

// opens tells whether a ring's keys are wrapped by this master key.
func (m *Master) opens(h header) bool {
	_, err := m.aead.Decrypt(h.proof, proofOf(h.ring))
	return err == nil
}

// about ties a wrapped key to its place.
func about(ring RingID, ref Ref) []byte {
	return append(append([]byte("waymark key "), ring[:]...), ref[:]...)
}

func (m *Master) wrap(ring RingID, ref Ref, key []byte) ([]byte, error) {
	return m.aead.Encrypt(key, about(ring, ref))
}

func (m *Master) unwrap(ring RingID, ref Ref, wrapped []byte) ([]byte, error) {
	return m.aead.Decrypt(wrapped, about(ring, ref))
}
