package career

import "waymark/internal/civil"

// leapZones is by how many job zones a step rises that is a leap: one zone is
// about the next level of schooling and practice.
const leapZones = 2

// Leap reports whether a person wants to get further in one go than steady steps
// usually lead: two job zones (1 to 5) or more up, or in less time than the
// years of schooling or experience it takes. Zero means not known, of every
// argument; what is not known is no leap.
func Leap(fromZone, toZone, horizonMonths, yearsMonths int) bool {
	if fromZone > 0 && toZone > 0 && toZone-fromZone >= leapZones {
		return true
	}
	return horizonMonths > 0 && yearsMonths > 0 && horizonMonths < yearsMonths
}

// Horizon is how many months there are from today to by, for Leap: at least one
// when by is a date, and 0 when it is none.
func Horizon(today, by civil.Date) int {
	if by.IsZero() {
		return 0
	}
	n := 12*(by.Year-today.Year) + int(by.Month-today.Month)
	if today.AddMonths(n).After(by) {
		n--
	}
	return max(1, n)
}
