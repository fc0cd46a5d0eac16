package bot

import (
	"reflect"
	"strings"
	"testing"
)

// Every word that Slack's side can say comes from the prompts, an operator's too.
func TestLabelsComeFromThePrompts(t *testing.T) {
	words, err := LoadPrompts("")
	if err != nil {
		t.Fatal(err)
	}
	l := labels(words.Book)
	v := reflect.ValueOf(l)
	for i := range v.NumField() {
		name := v.Type().Field(i).Name
		if v.Field(i).IsZero() {
			t.Errorf("%s is not among the prompts", name)
		} else if s, ok := v.Field(i).Interface().(string); ok && (s == "" || strings.HasPrefix(s, "screen.")) {
			t.Errorf("%s is %q", name, s)
		}
	}
	if got := l.More(3) + ", " + l.Reached(1, 2); got != "… and 3 more, 1 of 2" {
		t.Errorf("labels with numbers: %q", got)
	}
}
