package slackapp

import (
	"bytes"
	"encoding/json"
	"reflect"
	"testing"
)

func TestWithout(t *testing.T) {
	for name, c := range map[string]struct{ js, want string }{
		"nothing of that name":       {`{"a":{"b":[1]}}`, `{"a":{"b":[1]}}`},
		"an object":                  {`{"ok":true,"x":{"a":[{}]},"ts":"1.2"}`, `{"ok":true,"x":null,"ts":"1.2"}`},
		"a list":                     {`{"x":[1,[2],{"x":3}],"b":2}`, `{"x":null,"b":2}`},
		"deep inside":                {`{"a":[{"x":{"y":1},"z":2}]}`, `{"a":[{"x":null,"z":2}]}`},
		"several":                    {`[{"x":{}},{"x":[]},{"b":1}]`, `[{"x":null},{"x":null},{"b":1}]`},
		"white space":                {"{\"x\" :\n\t {\"a\": 1}\r, \"b\": 2}", "{\"x\" :\n\t null\r, \"b\": 2}"},
		"braces and quotes in words": {`{"x":{"a":"}]\"}\\","b":"\\\""},"c":"{"}`, `{"x":null,"c":"{"}`},
		"a value of that name":       {`{"a":"x","b":["x",{"c":1}]}`, `{"a":"x","b":["x",{"c":1}]}`},
		"words that look like it":    {`{"a":"\"x\":{","b":{}}`, `{"a":"\"x\":{","b":{}}`},
		"no object and no list":      {`{"x":"words","b":1,"c":{"x":7}}`, `{"x":"words","b":1,"c":{"x":7}}`},
		"an object without an end":   {`{"x":{"a":1`, `{"x":{"a":1`},
		"words without an end":       {`{"x":{"a`, `{"x":{"a`},
		"a name at the end":          {`{"x"`, `{"x"`},
		"a name and a colon":         {`{"x":`, `{"x":`},
		"a quote at the end":         {`"`, `"`},
		"a stroke at the end":        {`"\`, `"\`},
		"nothing":                    {``, ``},
	} {
		before := c.js
		if got := string(without([]byte(c.js), "x")); got != c.want || c.js != before {
			t.Errorf("%s: without(%s) = %s, want %s", name, c.js, got, c.want)
		}
	}
}

// What is left of any JSON is what a decoder finds that leaves those names out.
func FuzzWithout(f *testing.F) {
	f.Add([]byte(`{"ok":true,"x":{"a":[{"x":1}]},"b":["x",{"x":[]}],"c":"\"x\":{"}`))
	f.Add([]byte("{ \"x\" : [ ] }"))
	f.Fuzz(func(t *testing.T, js []byte) {
		var before, after any
		left := without(js, "x")
		if bytes.Contains(js, []byte(`\u0078`)) || json.Unmarshal(js, &before) != nil {
			return // Slack writes names as they are
		}
		if err := json.Unmarshal(left, &after); err != nil {
			t.Fatalf("%s became %s: %v", js, left, err)
		}
		if drop(before); !reflect.DeepEqual(before, after) {
			t.Fatalf("%s became %s", js, left)
		}
	})
}

// drop empties what is named x.
func drop(v any) {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			drop(e)
		}
	case map[string]any:
		for k, e := range v {
			drop(e)
			switch e.(type) {
			case []any, map[string]any:
				if k == "x" {
					v[k] = nil
				}
			}
		}
	}
}
