package export

import (
	"bytes"
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"waymark/internal/chat"
)

// Version is the version of the JSON that this package writes. A field that is
// added leaves it as it is; one that is renamed, removed or means something else
// raises it.
const Version = 1

// Everything is what is known about one person.
type Everything struct {
	Made time.Time
	// Answers are all answers with the words of their questions, in the order in
	// which they were given.
	Answers []Answer
	// Record is the whole record: a struct, whose fields are written by their
	// names.
	Record any
	// Text is applied to every text of the record, nil for none.
	Text func(string) string
}

// Answer is one answer.
type Answer struct {
	Question string // as it was asked, without formatting
	About    string // what it was about, for questions that are asked more than once
	Words    string // as the person typed it; empty for a tap
	Answer   string // as it was understood
	At       time.Time
	// Changed says that the person answered anew later.
	Changed bool
}

// JSON writes everything as one indented JSON object:
//
//	format    "waymark-export"
//	version   Version
//	made      when it was made
//	answers   question, about, words, answer, at, changed: all answers to read
//	record    everything that is kept, field by field
//
// Names are in lower case with underscores. Days are "2026-11-23", moments are
// RFC 3339 in UTC, texts are as the person wrote them. What is empty, no or zero
// is left out; lists keep their order. What the coach has on screen stands there
// as plain text.
func JSON(e Everything) ([]byte, error) {
	w := &jsonWriter{text: e.Text}
	doc := struct {
		Format  string
		Version int
		Made    time.Time
		Answers []Answer
		Record  any
	}{"waymark-export", Version, e.Made, e.Answers, e.Record}
	if err := w.value(reflect.ValueOf(doc)); err != nil {
		return nil, fmt.Errorf("write export: %w", err)
	}
	var out bytes.Buffer
	if err := json.Indent(&out, w.b.Bytes(), "", "  "); err != nil {
		return nil, fmt.Errorf("write export: %w", err)
	}
	return append(out.Bytes(), '\n'), nil
}

type jsonWriter struct {
	b    bytes.Buffer
	text func(string) string
}

// value writes one value, which is not a nil pointer or interface.
func (w *jsonWriter) value(v reflect.Value) error {
	if text, ok, err := asText(v); ok || err != nil {
		return w.string(text, err)
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		return w.value(v.Elem())
	case reflect.Struct:
		return w.object(v)
	case reflect.Slice, reflect.Array:
		return w.list(v)
	case reflect.Map:
		return w.dictionary(v)
	case reflect.String:
		return w.string(v.String(), nil)
	case reflect.Bool, reflect.Float32, reflect.Float64,
		reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		raw, err := json.Marshal(v.Interface())
		w.b.Write(raw)
		return err
	}
	return fmt.Errorf("a %s cannot be written", v.Type())
}

// asText is a value that is one text: a day, a moment, a message, or a number
// that has a name.
func asText(v reflect.Value) (text string, ok bool, err error) {
	switch x := v.Interface().(type) {
	case time.Time:
		return x.UTC().Format(time.RFC3339), true, nil
	case chat.Message:
		return x.Plain(), true, nil
	case encoding.TextMarshaler:
		raw, err := x.MarshalText()
		return string(raw), true, err
	case fmt.Stringer:
		if v.CanInt() {
			return x.String(), true, nil
		}
	}
	return "", false, nil
}

func (w *jsonWriter) string(s string, err error) error {
	if err != nil {
		return err
	}
	if w.text != nil {
		s = w.text(s)
	}
	enc := json.NewEncoder(&w.b)
	enc.SetEscapeHTML(false) // read by people, too
	return enc.Encode(s)
}

func (w *jsonWriter) object(v reflect.Value) error {
	w.b.WriteByte('{')
	first := true
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if !f.IsExported() || v.Field(i).IsZero() || empty(v.Field(i)) {
			continue
		}
		if err := w.entry(&first, Name(f.Name), v.Field(i)); err != nil {
			return err
		}
	}
	w.b.WriteByte('}')
	return nil
}

func (w *jsonWriter) entry(first *bool, name string, v reflect.Value) error {
	if !*first {
		w.b.WriteByte(',')
	}
	*first = false
	if err := w.string(name, nil); err != nil {
		return err
	}
	w.b.WriteByte(':')
	if err := w.value(v); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// empty reports a list or a map with nothing in it.
func empty(v reflect.Value) bool {
	return (v.Kind() == reflect.Slice || v.Kind() == reflect.Map) && v.Len() == 0
}

func (w *jsonWriter) list(v reflect.Value) error {
	w.b.WriteByte('[')
	for i := range v.Len() {
		if i > 0 {
			w.b.WriteByte(',')
		}
		if err := w.value(v.Index(i)); err != nil {
			return err
		}
	}
	w.b.WriteByte(']')
	return nil
}

func (w *jsonWriter) dictionary(v reflect.Value) error {
	names := map[string]reflect.Value{}
	for _, k := range v.MapKeys() {
		name := k.String()
		if k.CanUint() {
			name = strconv.FormatUint(k.Uint(), 10)
		} else if k.Kind() != reflect.String {
			return fmt.Errorf("a %s cannot be a name", k.Type())
		}
		names[name] = v.MapIndex(k)
	}
	sorted := make([]string, 0, len(names))
	for name := range names {
		sorted = append(sorted, name)
	}
	slices.Sort(sorted)
	w.b.WriteByte('{')
	first := true
	for _, name := range sorted {
		if err := w.entry(&first, name, names[name]); err != nil {
			return err
		}
	}
	w.b.WriteByte('}')
	return nil
}

// Name is a field's name as it is written: "IfThen" is "if_then", "TS" is "ts",
// "FileID" is "file_id".
func Name(field string) string {
	var b strings.Builder
	rs := []rune(field)
	for i, r := range rs {
		if unicode.IsUpper(r) && i > 0 {
			ends := i+1 < len(rs) && unicode.IsLower(rs[i+1])
			if unicode.IsLower(rs[i-1]) || ends {
				b.WriteByte('_')
			}
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
