package coach

import (
	"encoding"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/fxamacker/cbor/v2"

	"waymark/internal/store"
)

// Fields name everything that this version keeps about people, for store.Options:
// the versions of records it can lift, and each field by the way to it, in order.
// "p.9.1" is the field 1 of what the record has under 9, "o" stands for rows of the
// outbox, "d" for what was delivered. They are the same for every build of one
// version; what Go calls the fields does not matter.
func Fields() []string {
	w := fieldWalk{found: map[string]bool{}}
	for _, f := range retired {
		w.found[f] = true
	}
	for v := range Migrations() {
		w.found[fmt.Sprintf("version %d", v+1)] = true
	}
	w.look("p", reflect.TypeFor[Person](), nil)
	w.look("o", reflect.TypeFor[store.Row](), nil)
	w.look("d", reflect.TypeFor[store.Delivered](), nil)
	all := make([]string, 0, len(w.found))
	for f := range w.found {
		all = append(all, f)
	}
	slices.Sort(all)
	return all
}

// retired are fields that earlier versions kept and this one gives up on purpose:
// data that may have them is not newer for that.
var retired []string

type fieldWalk struct{ found map[string]bool }

// look notes the fields of a type that is reached by a way; above are the types on
// that way, since one may hold itself.
func (w *fieldWalk) look(way string, t reflect.Type, above []reflect.Type) {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
		w.look(way, t.Elem(), above)
		return
	case reflect.Struct:
	default:
		return
	}
	if ownForm(t) || slices.Contains(above, t) {
		return
	}
	above = append(slices.Clip(above), t)
	for f := range keptFields(t) {
		name, _, _ := strings.Cut(f.Tag.Get("cbor"), ",")
		if name == "" {
			name = f.Name
		}
		at := way + "." + name
		w.found[at] = true
		w.look(at, f.Type, above)
	}
}

// keptFields are the fields of a struct that are kept.
func keptFields(t reflect.Type) func(yield func(reflect.StructField) bool) {
	return func(yield func(reflect.StructField) bool) {
		for i := range t.NumField() {
			f := t.Field(i)
			if f.IsExported() && f.Tag.Get("cbor") != "-" && !yield(f) {
				return
			}
		}
	}
}

var (
	cborForm   = reflect.TypeFor[cbor.Marshaler]()
	binaryForm = reflect.TypeFor[encoding.BinaryMarshaler]()
)

// ownForm tells whether a type says itself how it is kept, as moments do.
func ownForm(t reflect.Type) bool {
	p := reflect.PointerTo(t)
	return p.Implements(cborForm) || p.Implements(binaryForm)
}
