package coach

import (
	"reflect"
	"strings"
	"testing"

	"waymark/internal/store"
)

// TestRecordKeysAreUnique looks through everything that is stored: two fields
// under one key would silently lose one of them.
func TestRecordKeysAreUnique(t *testing.T) {
	done := map[reflect.Type]bool{}
	var look func(typ reflect.Type)
	look = func(typ reflect.Type) {
		switch typ.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
			look(typ.Elem())
			return
		case reflect.Struct:
		default:
			return
		}
		if done[typ] || !strings.HasPrefix(typ.PkgPath(), "waymark/") {
			return
		}
		done[typ] = true
		keys := map[string]string{}
		for i := range typ.NumField() {
			f := typ.Field(i)
			key, _, numbered := strings.Cut(f.Tag.Get("cbor"), ",keyasint")
			if numbered {
				if other, taken := keys[key]; taken {
					t.Errorf("%s: %s and %s are both stored under %s", typ, other, f.Name, key)
				}
				keys[key] = f.Name
			}
			look(f.Type)
		}
	}
	look(reflect.TypeFor[Person]())
	look(reflect.TypeFor[store.Row]())
	look(reflect.TypeFor[store.Delivered]())
	if len(done) < 20 {
		t.Errorf("looked at %d types only", len(done))
	}
}
