package reading

// Hour reads an hour of the day: "7 evening", "19:00", "7pm", "at 12", "noon",
// "no 12". Minutes are dropped. A bare number is the hour it names, so that 7 is
// seven in the morning.
func Hour(text string) (hour int, ok bool) {
	ts := lex(clip(text, 200))
	if len(ts) > 10 {
		return 0, false
	}
	found := -1
	for i := 0; i < len(ts); {
		h, n := hourAt(ts, i)
		if n == 0 {
			i++
			continue
		}
		if found >= 0 && h != found {
			return 0, false // "between 7 and 9"
		}
		found = h
		i += n
	}
	return found, found >= 0
}

// hourAt reads an hour at token i.
func hourAt(ts tokens, i int) (hour, n int) {
	switch ts.at(i).s {
	case "noon", "midday":
		return 12, 1
	case "midnight":
		return 0, 0 // a day's end or its beginning
	}
	v, k := cardinal(ts, i)
	if t := ts.at(i); t.kind == number && ts.is(i+1, ".") && ts.at(i+2).kind == number && ts.touch(i+1) { // 7.30 is no fraction
		v, k = float64(t.n), 1
	}
	if k == 0 || v != float64(int(v)) || v < 0 || v > 24 {
		return 0, 0
	}
	h := int(v)
	k += i
	if ts.is(k, ":", ".", "h") && ts.at(k+1).kind == number && ts.touch(k) {
		if ts.at(k+1).n > 59 {
			return 0, 0
		}
		k += 2
	}
	for ts.is(k, "o'clock", "oclock", "h", "uhr", "hour", "hours", "clock", "in", "the", "at", "hrs") {
		k++
	}
	switch t := ts.at(k); t.s {
	case "am", "a", "morning", "mornings":
		h, k = h%12, k+1+b2i(t.s == "a" && ts.is(k+1, ".", "m"))
	case "pm", "p", "evening", "evenings", "afternoon", "night", "tonight":
		if h > 0 && h < 12 {
			h += 12
		}
		k++
	default:
		if (ts.is(i-1, "evening", "afternoon", "night") || ts.is(i-2, "evening", "afternoon", "night") && ts.is(i-1, "at")) && h > 0 && h < 12 {
			h += 12
		}
	}
	return h % 24, k - i
}
