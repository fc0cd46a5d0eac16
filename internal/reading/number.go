package reading

import (
	"math"
)

// Number finds the number that text gives: in digits ("1,200", "2,5", "3k") or
// words, the middle of a range ("6 or 7" is 6.5), the first of "7 of 10", and
// of several the last ("it was 3, now 5").
func Number(text string) (n float64, ok bool) {
	found := numbersIn(lex(text))
	if len(found) == 0 {
		return 0, false
	}
	return found[len(found)-1].value, true
}

// numeric is a number found in a message.
type numeric struct {
	value      float64 // the middle of lo and hi
	lo, hi     float64
	of         float64 // the 10 of "7/10", 0 when there is none
	percent    bool
	start, end int // tokens
}

// maxNumbers is how many numbers of one message are looked at.
const maxNumbers = 64

func numbersIn(ts tokens) []numeric {
	var out []numeric
	for i := 0; i < len(ts) && len(out) < maxNumbers; {
		lo, hi, _, n := numeral(ts, i)
		switch {
		case n > 0 && plainNumber(ts, i, n) && !math.IsInf(hi, 0):
			x := numeric{value: (lo + hi) / 2, lo: lo, hi: hi, start: i, end: i + n}
			x.complete(ts)
			out = append(out, x)
			i = x.end
		case ts.is(i, "none", "nothing", "nil", "null") && len(ts) <= 4:
			out = append(out, numeric{start: i, end: i + 1})
			i++
		default:
			i += max(n, 1)
		}
	}
	return out
}

// complete reads the sign before a number and "/10", "out of 10", "%" after it.
func (x *numeric) complete(ts tokens) {
	i := x.start
	if negative(ts, i) && ts.at(i-2).kind != number {
		x.value = -x.value
	}
	k := x.end
	switch {
	case ts.is(k, "/") && ts.at(k+1).kind == number && !ts.is(k+2, "/"):
		k++
	case ts.is(k, "out") && ts.is(k+1, "of"):
		k += 2
		k += b2i(ts.is(k, "a"))
	case ts.is(k, "of", "from"):
		k++
		k += b2i(ts.is(k, "a"))
	case ts.is(k, "%", "percent", "per") && (!ts.is(k, "per") || ts.is(k+1, "cent")):
		x.percent, x.end = true, k+1
		return
	default:
		return
	}
	if v, n := cardinal(ts, k); n > 0 && v > 0 && !math.IsInf(v, 0) {
		x.of, x.end = v, k+n
	}
}

// plainNumber guards "no one", "one of my friends", "a 3rd", "half of it".
func plainNumber(ts tokens, i, n int) bool {
	if ts.touch(i+n) && ordinalEnd[ts.at(i+n).s] {
		return false
	}
	switch ts.at(i).s {
	case "one":
		if ts.is(i-1, "no", "this", "that", "which", "any", "every", "the", "each", "some", "another", "next", "last", "good", "bad", "new") {
			return false
		}
		if n == 1 && (ts.is(i+1, "of", "day", "thing", "could", "can", "should", "who", "that") || ts.is(i+1, "another")) {
			return false
		}
	case "couple", "few", "several", "handful":
		return n > 0
	case "a", "the", "half", "quarter":
		return ts.is(i+1, "couple", "few", "dozen", "handful", "hundred") || len(ts) <= 3
	}
	return true
}

// Money finds an amount of money: its number and the currency as it was
// written, "" when none was.
func Money(text string) (amount float64, currency string, ok bool) {
	ts := lex(text)
	for _, x := range numbersIn(ts) {
		before, after := ts.at(x.start-1), ts.at(x.end)
		v, k := x.value, x.end
		if (after.s == "m" || after.s == "mio" || after.s == "million") && (after.s != "m" || ts.touch(k)) {
			v, k = v*1e6, k+1
			after = ts.at(k)
		} else if after.s == "grand" {
			return v * 1000, "", true
		}
		switch {
		case currencies[before.s]:
			return v, text[before.start:before.end], true
		case currencies[after.s]:
			return v, text[after.start:after.end], true
		case !ok:
			amount, ok = v, true
		}
	}
	return amount, currency, ok
}

var currencies = set("$ € £ ¥ ₹ zł eur euro euros usd dollar dollars gbp pound pounds quid bucks chf francs franken sek dkk nok kr kronor kroner pln zloty czk yen jpy inr rupees cad aud nzd ils shekels try lira brl reais mxn pesos zar rand")
