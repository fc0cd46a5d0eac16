package reading

import "regexp"

// ChangesAtWork reports whether a text tells what is going to change around
// somebody, "my boss retires in March": a fact to keep, and no aim of theirs.
func ChangesAtWork(text string) bool { return changesAtWork.MatchString(clip(text, 400)) }

var changesAtWork = regexp.MustCompile(`(?i)^\W*(?:and |but |because |since |as )*(?:my|our|the|his|her|their)\s+(?:\w+\s+)?(?:boss|manager|lead|leader|supervisor|director|head|colleague|coworker|company|firm|team|department|office|branch|shop|store|contract|position)\s+(?:will |is |are |is going to |might |may |just )?(?:retires?|retiring|leaves?|leaving|left|quits?|quitting|moves?|moving|closes?|closing|ends?|ending|expires?|goes|going|gets? sold|stops?)\b`)

// saysNow is "used to be a career, now it's just a job": what holds stands behind
// the now.
var saysNow = regexp.MustCompile(`(?i)^\W*(?:well\W+|hm+\W+)?(?:(?:it|this|that|mine|my work)\s+)?(?:used to (?:be|feel)|was once|once was|was|felt|started (?:out )?as)\b[^,.;]{1,40}[,.;…-]*\s*(?:and\s+|but\s+)?(?:now|today|these days|nowadays|lately)\b[\s,]*(.{2,60})$`)

// nowOf is the part of a text that says how it is now, where the text begins with
// how it was; otherwise the text itself.
func nowOf(text string) string {
	if m := saysNow.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return text
}
