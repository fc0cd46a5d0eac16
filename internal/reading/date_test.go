package reading

import "testing"

func TestEasterMovesWithTheMoon(t *testing.T) {
	for _, want := range []string{"2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2028-04-16", "2035-03-25", "2038-04-25"} {
		var d Date
		if err := d.UnmarshalText([]byte(want)); err != nil {
			t.Fatal(err)
		}
		if got := easter(d.Year); got != d {
			t.Errorf("easter(%d) = %v, want %v", d.Year, got, want)
		}
	}
}
