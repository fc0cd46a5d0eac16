package reading

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// ReviewWish is what a message says about a coming review of the person's own.
type ReviewWish struct {
	Prepare bool // asks to be prepared for it, or reminded of it
	Only    bool // and wants nothing besides
	Tells   bool // says when it is, or that there is one: "my review is on 12 March"
	Held    bool // says that it is over
	Quiet   bool // and that nothing else is to be said or asked
	NotNow  bool // and turns down first what was offered: "Not now, thank you. But …"
	// When is the part of the message that may hold its date.
	When string
	// Before is how many days before the date a reminder was asked for, 0 = not said.
	Before int
}

const reviewNoun = `(?:(?:next|yearly|annual|year(?:'s)?[- ]end|mid[- ]year|half[- ]year(?:ly)?|quarterly|performance|appraisal|staff|employee)\s+)*(?:reviews?|appraisals?|appraisal (?:talk|meeting|interview)|performance (?:talk|meeting|evaluation|assessment)|annual (?:talk|evaluation|assessment|meeting)|yearly (?:talk|evaluation|assessment|meeting))\b`

var (
	namesReview = regexp.MustCompile(`(?i)\b` + reviewNoun)

	prepares = `(?:prep(?:are|ared|aring|aration)?|ready|remind(?:ed|er)?s?)`
	// asksReview is a request for preparation or a reminder, in one sentence.
	asksReview = regexp.MustCompile(`(?i)(?:^|\W)(?:` +
		`(?:(?:please|pls|just|only|can you|could you|would you|can we|could we|and|then)\s+)*(?:prep(?:are)?|remind)\s+me\b` +
		`|(?:help|get)\s+me\b[^.!?]{0,24}\b(?:` + prepares + `|with)\b` +
		`|(?:i|we)(?:'d| would| will)?(?:\s+(?:only|just|simply|really|rather))*\s+(?:want|like|need|wish|came)(?:\s+(?:only|just|you|help|some|a|to|be|get|me|with))*\s+` + prepares + `\b` +
		`|(?:just|only)\s+(?:to\s+)?(?:do\s+|prepare\s+(?:me\s+)?(?:for\s+)?|(?:be\s+)?prepared\s+for\s+|for\s+|want\s+|need\s+)?(?:my|the|this|that)\b` +
		`|(?:nothing but|all i (?:want|need) is|i(?:'m| am) (?:only|just) here (?:for|because of))\s+(?:help with\s+|preparing\s+(?:for\s+)?|to prepare\s+(?:for\s+)?)?(?:my|the|this|that)\b` +
		`)[^.!?]{0,30}?\b` + reviewNoun)

	// preparesThat asks to be prepared for the review that was named before: "I have
	// an appraisal on 12 March and would only like to be prepared for that".
	preparesThat = regexp.MustCompile(`(?i)\b(?:want|like|need|wish)\b[^.!?]{0,24}?\b` + prepares + `\s+(?:for|of|about)\s+(?:that|it|this)(?:\s+(?:one|please|only|and nothing (?:else|more)))*\W*$`)

	// notNow turns down what is offered, for now or for good.
	notNow = regexp.MustCompile(`(?i)^\W*(?:(?:no|nope|nah|sorry|oh)\b[\s,]*)*(?:(?:not (?:now|today|yet|for me|interested|this week|at the moment)|(?:maybe |perhaps )?(?:later|another time|some other time)|no,? (?:thanks|thank you))\b[\s,]*)+(?:(?:thank you|thanks|please)\b[\s,]*)*$`)

	onlyReview = regexp.MustCompile(`(?i)\b(?:only|just|nothing (?:else|more|but|besides)|not(?:hing)? (?:more|else)|no more|that'?s all|that is all|all i (?:want|need))\b`)

	tellsReview = regexp.MustCompile(`(?i)^\W*(?:(?:actually|no|sorry|well|and|but|so|hi|hello|hey|by the way|btw|ok|okay|oh|wait|note|please note|fyi)\b[\s,.!:]*)*` +
		`(?:(?:my|the|our)\s+` + reviewNoun + `\s+(?:is|will be|takes place|comes up|comes|falls|has (?:been )?moved|was moved|moved|got moved)\b` +
		`|(?:i(?:'ve| have| have got)?|there is|there's)\s+(?:got\s+)?(?:a|an|my|the|our)\s+` + reviewNoun + `\s+(?:on|in|at|next|this|coming)\b)(?P<when>.*)$`)
	isReview = regexp.MustCompile(`(?i)\b(?:it|that|this)(?:'s| is| will be)\s+(?:(?:the day|the date) of\s+)?(?:my|the|our)\s+` + reviewNoun)

	heldReview = regexp.MustCompile(`(?i)\b(?:i(?:'ve| have)?\s+(?:already\s+)?(?:just\s+)?had\s+(?:my|the|that|an?)\s+` + reviewNoun +
		`|(?:my|the)\s+` + reviewNoun + `\s+(?:is|was)\s+(?:over|done|behind me|held|yesterday|last week|this morning|today and)\b` +
		`|(?:my|the)\s+` + reviewNoun + `\s+(?:went|has been|took place)\b)`)

	sentenceBreak = regexp.MustCompile(`[.!?;\n]+\s*`)
	// wantsQuiet asks for nothing but what was named.
	wantsQuiet = regexp.MustCompile(`(?i)\b(?:otherwise|apart from (?:that|it)|besides|beyond that|for the rest)\b[^.!?]{0,30}\b(?:quiet|silent|silence|peace|nothing|leave me|alone|not (?:write|ask|bother))\b|\b(?:be|stay|keep) (?:quiet|silent)\b|\bleave me (?:alone|be|in peace)\b|\bask (?:me )?nothing\b`)

	beforeReview = regexp.MustCompile(`(?i)\b(a|an|one|two|three|four|five|six|seven|ten|\d{1,2})\s+(day|week|month)s?\s+(?:before(?:hand)?|ahead(?:\s+of)?|earlier|in advance(?:\s+of)?|prior to)\b`)
)

func asksForReview(sentence string) bool {
	return asksReview.MatchString(strings.ReplaceAll(sentence, "’", "'"))
}

// ReadReviewWish reads what a message says about a coming review: "prepare me for
// my appraisal on 12 March and nothing else", "my review is on 12 March", "a week
// before my appraisal", "I have had the appraisal". A review that is only
// mentioned ("ask for it in my review") is no wish.
func ReadReviewWish(text string) (w ReviewWish, ok bool) {
	text = strings.ReplaceAll(text, "’", "'")
	if utf8.RuneCountInString(text) > maxStance || !namesReview.MatchString(text) {
		return ReviewWish{}, false
	}
	if heldReview.MatchString(text) {
		return ReviewWish{Held: true}, true
	}
	w.Prepare = asksForReview(text) || slices.ContainsFunc(sentenceBreak.Split(text, -1), preparesThat.MatchString)
	w.When = text
	if m := tellsReview.FindStringSubmatch(strings.ReplaceAll(text, "\n", " ")); m != nil {
		w.Tells = true
	}
	parts := sentenceBreak.Split(text, -1)
	w.NotNow = len(parts) > 1 && notNow.MatchString(parts[0])
	if !w.Tells && (w.NotNow || Content(text)) { // "I'm content. But my appraisal is on 12 March"
		for _, sentence := range parts {
			w.Tells = w.Tells || tellsReview.MatchString(sentence)
		}
	}
	w.Tells = w.Tells || isReview.MatchString(text)
	w.Quiet = wantsQuiet.MatchString(text)
	if m := beforeReview.FindStringSubmatchIndex(text); m != nil {
		w.Before = daysBefore(text[m[2]:m[3]], text[m[4]:m[5]])
		w.When = text[:m[0]] + text[m[1]:]
		w.Tells = w.Tells || len(wordsOf(text)) <= 12
	}
	w.Only = w.Prepare && onlyReview.MatchString(text)
	if !w.Prepare && !w.Tells {
		return ReviewWish{}, false
	}
	return w, true
}

// daysBefore is how many days "a week" or "10 days" are; a month is 30.
func daysBefore(n, unit string) int {
	count, k := cardinal(lex(n), 0)
	if k == 0 || count <= 0 {
		count = 1
	}
	switch strings.ToLower(unit) {
	case "week":
		return 7 * int(count)
	case "month":
		return 30 * int(count)
	}
	return int(count)
}
