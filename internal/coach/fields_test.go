package coach

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// What a version knows never becomes less: data that an earlier one has written
// would be refused as if it came from a later one.
func TestFields(t *testing.T) {
	const golden = "testdata/fields.txt"
	all := Fields()
	for _, want := range []string{
		"version 1", // lifting records from version 0
		"p.42",      // when their account was switched off
		"p.50",      // how they are met when it is hard for them
		"o.4.1.1",   // the kind of a block of a message that waits
		"d.1",
	} {
		if !slices.Contains(all, want) {
			t.Errorf("%q is not among the fields", want)
		}
	}
	if !slices.IsSorted(all) || len(slices.Compact(slices.Clone(all))) != len(all) {
		t.Error("the fields are not in order, or one is there twice")
	}
	if updateExports.Value.String() == "true" {
		if err := os.WriteFile(golden, []byte(strings.Join(all, "\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	raw, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	known := strings.Split(strings.TrimSpace(string(raw)), "\n")
	for _, f := range known {
		if !slices.Contains(all, f) {
			t.Errorf("field %s is known no more: put it among the retired ones", f)
		}
	}
	for _, f := range all {
		if !slices.Contains(known, f) {
			t.Errorf("field %s is new: go test ./internal/coach -run TestFields -update", f)
		}
	}
}
