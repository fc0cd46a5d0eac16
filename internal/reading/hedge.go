package reading

import "regexp"

// hedged is a pick of numbers with a soft remark behind it: "1 i guess", "1 and
// 4 no pressure".
var hedged = regexp.MustCompile(`(?i)^\s*(\d{1,2}(?:\s*(?:,|&|\+|\band\b)\s*\d{1,2})*)[\s,.!]+(?:(?:i (?:guess|think|suppose|reckon)|first|for sure|definitely|duh|tbh|maybe|perhaps|probably|no pressure|no stress|no rush|please|pls|thanks|thank you|for now|for the moment|lol|haha|hm+|ok|okay|if (?:that'?s|its|it is) (?:ok|okay|fine))[\s,.!?]*)+$`)

// unhedged is text without the remark behind numbers: it is no name of anything.
func unhedged(text string) string {
	if m := hedged.FindStringSubmatch(clip(text, 200)); m != nil {
		return m[1]
	}
	return text
}
