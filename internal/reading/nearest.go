package reading

import "strings"

// Nearest is the one of known that typed is most likely meant to be: it begins
// like it, or a slip or two turn the one into the other. Case does not matter.
// ok is false when nothing is near, or two are equally so.
func Nearest(typed string, known []string) (want string, ok bool) {
	typed = strings.ToLower(strings.Join(strings.Fields(typed), " "))
	if len(typed) < 2 || len(typed) > maxCommand {
		return "", false
	}
	best, ties := allowedSlips(typed)+1, 0
	for _, k := range known {
		d := editDistance(typed, k)
		if len(typed) >= 3 && strings.HasPrefix(k, typed) {
			d = min(d, 1)
		}
		switch {
		case d < best:
			best, want, ties = d, k, 1
		case d == best && k != want:
			ties++
		}
	}
	return want, want != "" && ties == 1
}

// allowedSlips is how many slips a word of that length can have and still be
// recognised.
func allowedSlips(typed string) int {
	switch n := len([]rune(typed)); {
	case n < 3:
		return 0
	case n < 5:
		return 1
	}
	return 2
}

// editDistance is the number of letters added, left out, changed or swapped with their
// neighbour that turn a into b.
func editDistance(a, b string) int {
	x, y := []rune(a), []rune(b)
	rows := make([][]int, len(x)+1)
	for i := range rows {
		rows[i] = make([]int, len(y)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(x); i++ {
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			d := min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				d = min(d, rows[i-2][j-2]+1)
			}
			rows[i][j] = d
		}
	}
	return rows[len(x)][len(y)]
}
