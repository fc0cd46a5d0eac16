package reading

import "math"

// cardinals are the number words up to ninety; compounds are built from them.
var cardinals = map[string]float64{
	"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
	"eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13,
	"fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
	"nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50,
	"sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}

var ordinals = map[string]int{
	"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
	"eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13,
	"fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18,
	"nineteenth": 19, "twentieth": 20, "thirtieth": 30,
}

var ordinalEnd = set("st nd rd th")

var fractions = map[string]float64{
	"½": .5, "¼": .25, "¾": .75, "⅓": 1. / 3, "⅔": 2. / 3,
}

// tokens is a message cut into tokens, with look-ups that are safe beyond its
// ends.
type tokens []token

func (ts tokens) at(i int) token {
	if i < 0 || i >= len(ts) {
		return token{kind: line, s: ""}
	}
	return ts[i]
}

func (ts tokens) is(i int, words ...string) bool {
	s := ts.at(i).s
	for _, w := range words {
		if s == w {
			return true
		}
	}
	return false
}

func (ts tokens) touch(i int) bool {
	return i > 0 && i < len(ts) && ts[i-1].end == ts[i].start
}

// cardinal reads one number at token i, in digits ("1,200", "2,5", "1½", "3k")
// or words ("twenty-five"), and returns how many tokens it took.
func cardinal(ts tokens, i int) (v float64, n int) {
	switch t := ts.at(i); {
	case t.kind == number:
		return digits(ts, i)
	case t.kind == word:
		return numberWords(ts, i)
	default:
		if f, ok := fractions[t.s]; ok {
			return f, 1
		}
	}
	return 0, 0
}

func digits(ts tokens, i int) (v float64, n int) {
	t := ts.at(i)
	if t.n < 0 {
		return math.Inf(1), 1
	}
	v, n = float64(t.n), 1
	grouped := false
	for n < 8 && ts.touch(i+n) && ts.touch(i+n+1) && ts.is(i+n, ",", ".") && ts.at(i+n+1).kind == number {
		next := ts.at(i + n + 1)
		size := next.end - next.start
		chain := ts.touch(i+n+2) && ts.is(i+n+2, ",", ".") && ts.touch(i+n+3) && ts.at(i+n+3).kind == number
		switch {
		case size == 3 && t.n != 0 && t.end-t.start <= 3 && next.n >= 0:
			v, n, grouped = v*1000+float64(next.n), n+2, true
			continue
		case !grouped && chain: // 1.3.2027, 3,4,5
			return v, 1
		case next.n >= 0 && size < 9:
			v, n = v+float64(next.n)/math.Pow10(size), n+2
		}
		break
	}
	if f, ok := fractions[ts.at(i+n).s]; ok {
		return v + f, n + 1
	}
	if ts.is(i+n, "k") && ts.touch(i+n) {
		return v * 1000, n + 1
	}
	return v, n
}

// numberWords reads "twenty five" and "two hundred and ten".
func numberWords(ts tokens, i int) (v float64, n int) {
	v, ok := cardinals[ts.at(i).s]
	if !ok {
		switch ts.at(i).s {
		case "hundred":
			v = 100
		case "thousand":
			v = 1000
		case "dozen":
			v = 12
		default:
			return 0, 0
		}
		return v, 1
	}
	n = 1
	if v >= 20 {
		k := n
		if ts.is(i+k, "-") && ts.touch(i+k) {
			k++
		}
		if unit, ok := cardinals[ts.at(i+k).s]; ok && unit >= 1 && unit <= 9 {
			v, n = v+unit, k+1
		}
	}
	switch {
	case ts.is(i+n, "hundred"):
		v, n = v*100, n+1
		k := n
		if ts.is(i+k, "and") {
			k++
		}
		if rest, m := numberWords(ts, i+k); m > 0 && rest < 100 {
			v, n = v+rest, k+m
		}
	case ts.is(i+n, "thousand"):
		v, n = v*1000, n+1
	}
	return v, n
}

// numeral reads a number or a range of two at token i: "2", "2-3", "two or
// three", "between 2 and 3", "2+", "one and a half", "a couple of", "half".
// atLeast reports a "+".
func numeral(ts tokens, i int) (lo, hi float64, atLeast bool, n int) {
	between := false
	if ts.is(i, "between") {
		between, i = true, i+1
	}
	lo, n = someNumber(ts, i)
	if n == 0 {
		return 0, 0, false, 0
	}
	hi = lo
	switch {
	case ts.is(i+n, "+") && ts.touch(i+n):
		return lo, hi, true, n + 1
	case ts.is(i+n, "-", "to", "or", "bis") || between && ts.is(i+n, "and"):
		if v, m := cardinal(ts, i+n+1); m > 0 && v > lo && !ts.is(i+n+1+m, "/", "-") {
			hi, n = v, n+1+m
		}
	}
	if between {
		n++
	}
	return lo, hi, false, n
}

// someNumber reads a cardinal, or one of the looser ways to say one.
func someNumber(ts tokens, i int) (v float64, n int) {
	switch {
	case ts.is(i, "a", "the") && ts.is(i+1, "couple", "few", "dozen", "handful", "hundred"):
		v, n = someNumber(ts, i+1)
		return v, n + 1
	case ts.is(i, "couple"):
		return 2, 1 + ofAfter(ts, i+1)
	case ts.is(i, "few", "handful"):
		return map[string]float64{"few": 3, "handful": 5}[ts.at(i).s], 1 + ofAfter(ts, i+1)
	case ts.is(i, "several"):
		return 4, 1
	case ts.is(i, "half"):
		n = 1
		if ts.is(i+1, "-") {
			n++
		}
		if ts.is(i+n, "a", "an") {
			n++
		}
		return .5, n
	case ts.is(i, "quarter") && ts.is(i+1, "of") && ts.is(i+2, "a", "an"):
		return .25, 3
	case ts.is(i, "a") && ts.is(i+1, "half"):
		return .5, 2
	}
	v, n = cardinal(ts, i)
	if n == 0 {
		return 0, 0
	}
	for _, half := range [][]string{{"and", "a", "half"}, {"and", "half", "a"}, {"-", "and", "-", "a", "-", "half"}} {
		if follows(ts, i+n, half) {
			return v + .5, n + len(half)
		}
	}
	if ts.is(i+n, "and", "an") && ts.is(i+n+1, "half") && isUnit(ts, i+n+2) { // two and half years
		return v + .5, n + 2
	}
	// 1/2 and 1 1/2
	if ts.at(i).kind == number && n == 1 {
		if ts.is(i+1, "/") && ts.is(i+2, "2", "4", "3") && ts.at(i).n < ts.at(i+2).n && ts.touch(i+1) && !ts.is(i+3, "/") {
			return v / float64(ts.at(i+2).n), 3
		}
		if f, m := someFraction(ts, i+1); m > 0 {
			return v + f, 1 + m
		}
	}
	return v, n
}

// someFraction reads the 1/2 of "1 1/2".
func someFraction(ts tokens, i int) (v float64, n int) {
	if ts.is(i, "1", "3") && ts.is(i+1, "/") && ts.is(i+2, "2", "4") && ts.touch(i+1) && ts.touch(i+2) && ts.at(i).n < ts.at(i+2).n {
		return float64(ts.at(i).n) / float64(ts.at(i+2).n), 3
	}
	return 0, 0
}

func ofAfter(ts tokens, i int) int {
	if ts.is(i, "of") {
		return 1
	}
	return 0
}

func follows(ts tokens, i int, words []string) bool {
	for k, w := range words {
		if ts.at(i+k).s != w {
			return false
		}
	}
	return true
}
