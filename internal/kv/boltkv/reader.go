package boltkv

import (
	"bytes"

	bolt "go.etcd.io/bbolt"

	"waymark/internal/kv"
)

// reader reads one bbolt transaction.
type reader struct {
	bucket *bolt.Bucket
	done   bool
}

func (r *reader) Get(key []byte) (value []byte, ok bool, err error) {
	if r.done {
		return nil, false, kv.ErrTxDone
	}
	err = guard(func() error {
		if v := r.bucket.Get(key); v != nil {
			value, ok = append([]byte{}, v...), true // bbolt's memory is only ours until the transaction ends
		}
		return nil
	})
	return value, ok, err
}

func (r *reader) Scan(from, to []byte, fn func(key, value []byte) (bool, error)) error {
	if r.done {
		return kv.ErrTxDone
	}
	var key, value []byte
	c := r.bucket.Cursor()
	step := func() error { key, value = copyEntry(c.Seek(from)); return nil }
	for {
		if err := guard(step); err != nil {
			return err
		}
		if key == nil || to != nil && bytes.Compare(key, to) >= 0 {
			return nil
		}
		if more, err := fn(key, value); err != nil || !more {
			return err
		}
		step = func() error { key, value = copyEntry(c.Next()); return nil }
	}
}

// copyEntry copies an entry with one allocation; a nil key stays nil.
func copyEntry(key, value []byte) (k, v []byte) {
	if key == nil {
		return nil, nil
	}
	buf := make([]byte, 0, len(key)+len(value))
	buf = append(append(buf, key...), value...)
	return buf[:len(key):len(key)], buf[len(key):]
}
