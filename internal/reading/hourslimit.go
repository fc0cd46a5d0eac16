package reading

import (
	"regexp"
	"strings"
	"time"

	"waymark/internal/civil"
)

// HoursLimit is how much time somebody has a week for a while: "half an hour in
// December, otherwise one hour a week".
type HoursLimit struct {
	From, To civil.Date // To is none where it holds for good: "from May on"
	Hours    float64
	// Otherwise is how much time there is besides, where that was said.
	Otherwise float64
	HasOther  bool
}

const limitMonths = `jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?`

var (
	limitTime = regexp.MustCompile(`(?i)\b(in|from|during|for|until|till|through|starting|starting from|as of|after|over|since|between)\s+(?:the\s+|this\s+|next\s+|all\s+|all of\s+)?((?:(?:beginning|start|middle|end|mid|early|late)(?: of|-)?\s+)?(?:(?:\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?:` + limitMonths + `|spring|summer|autumn|winter|christmas)\b|\d{1,2}(?:st|nd|rd|th)?\s*(?:to|-|–|and|until)\s*\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:` + limitMonths + `)\b)(?:\s*(?:to|-|–|and|until|till|through)\s*(?:the\s+)?(?:end of\s+)?(?:\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?:` + limitMonths + `)\b)?(?:,?\s+20\d\d)?)(?:\s+(?:on|onwards?)\b)?`)
	otherwise = regexp.MustCompile(`(?i)[\s,;.]*\b(?:(?:and |but )?(?:otherwise|else|normally|usually|(?:in )?(?:the )?(?:rest of the (?:time|year)|other months|all other months)|apart from that|after that|then again|the rest))\b[\s,:]*(?:it['’]?s |it is |i have |with |again )*(.+)$`)
)

// ReadHoursLimit reads a message that names a time of the year and how much time
// there is a week then, and perhaps how much otherwise. now is in the person's
// zone.
func ReadHoursLimit(text string, now time.Time) (l HoursLimit, ok bool) {
	text = strings.TrimSpace(clip(text, 400))
	at := limitTime.FindStringSubmatchIndex(text)
	if at == nil {
		return l, false
	}
	prep, when := strings.ToLower(text[at[2]:at[3]]), text[at[4]:at[5]]
	span, ok := Deadline(prep+" "+when, DateOptions{Now: now})
	if prep != "in" || !ok {
		if s, found := Deadline("in "+when, DateOptions{Now: now}); found {
			span, ok = s, true
		}
	}
	if !ok || span.Past || len(span.Ambiguous) > 0 {
		return l, false
	}
	l.From, l.To = span.Earliest, span.Latest
	switch prep {
	case "from", "starting", "starting from", "as of", "since":
		if span.Precision != Day && !spansMore(when) || span.Earliest == span.Latest {
			l.To = civil.Date{}
		}
	case "after":
		l.From, l.To = span.Latest.AddDays(1), civil.Date{}
	case "until", "till", "through":
		l.From = civil.Of(now)
	}
	before, behind := text[:at[0]], text[at[1]:]
	if m := otherwise.FindStringSubmatchIndex(behind); m != nil {
		w, read := ReadWeek(behind[m[2]:m[3]])
		if !read {
			return HoursLimit{}, false
		}
		l.Otherwise, l.HasOther = w.Hours, true
		behind = behind[:m[0]]
	}
	rest := strings.TrimSpace(before + " " + behind)
	if i, mark := (correctionReader{text: rest, ts: lex(rest)}).marks(); mark > noMark {
		if ts := lex(rest); i < len(ts) {
			rest = rest[ts[i].start:]
		}
	}
	rest = lessTime.ReplaceAllString(tidy(rest), "")
	w, read := ReadWeek(rest)
	if !read || w.Note != "" || !NamesHours(rest) && !countsTime(lex(rest), 0, len(lex(rest))) {
		return HoursLimit{}, false
	}
	l.Hours = w.Hours
	return l, true
}

// lessTime are words around a length that count nothing.
var lessTime = regexp.MustCompile(`(?i)\b(?:i (?:will |only )?have (?:less|more|little) (?:free )?time|less time|more time|but|so)\b[\s,;:]*`)

// spansMore reports whether a time is said from one to another.
func spansMore(when string) bool { return spanWords.MatchString(when) }

var spanWords = regexp.MustCompile(`(?i)\s(?:to|until|till|through|and)\s|[-–]`)
