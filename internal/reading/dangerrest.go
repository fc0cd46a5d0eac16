package reading

import (
	"regexp"
	"strings"
)

// GoesOn reports whether somebody for whom everything rests says that they want
// to go on: "yes i want to continue", "im better now, lets go on", "maybe a small
// plan". It is strict: doubt ("i dont know if i can continue") is no wish, and
// neither is one that is taken back in the same breath.
func GoesOn(text string) bool {
	wish := false
	for _, clause := range clauses(text) {
		switch {
		case wishes(clause):
			wish = true
		case wish && doubts(clause) && !unhurried(clause):
			return false
		}
	}
	return wish
}

// wishes reports whether a clause is one of the wishes to go on with nothing but
// soft words around it.
func wishes(words []string) bool {
	for i := range words {
		if _, n := goOn.at(words, i); n > 0 && wrapped(words[:i], beforeGoOn) && wrapped(words[i+n:], afterGoOn) {
			return true
		}
		if !beforeGoOn[words[i]] {
			return false
		}
	}
	return false
}

func wrapped(words []string, allowed map[string]bool) bool {
	for _, w := range words {
		if !allowed[w] {
			return false
		}
	}
	return true
}

func doubts(words []string) bool {
	for _, w := range words {
		if doubtWords[w] {
			return true
		}
	}
	return false
}

// unhurried reports whether a clause only says how gently it should go: "no
// pressure".
func unhurried(words []string) bool {
	return len(words) <= 4 && words[0] == "no" && wrapped(words[1:], gently)
}

var gently = set("pressure rush stress hurry big goals goal more too much please ok deadlines deadline promises and or")

var doubtWords = set("not dont cant cannot never wont if whether unsure no couldnt wouldnt nobody nothing")

var goOn = newPhrases[bool]().add(true, `
	continue
	resume
	proceed
	go on|ahead
	carry on
	keep going
	move on
	lets go|start|begin|plan|continue|resume|try
	let us go|start|begin|plan|continue|resume|try
	make|do|start|build|have|try|see a|the|my|our? small|little|new|simple|tiny? plan
	a? small|little|tiny|simple plan|step
	go|get|come back to the|my|our? plan|questions|planning|goals
	back to the|my|our? plan|questions|planning|goals
	next question
	start|begin again
	ready to? start|begin|plan`)

var (
	beforeGoOn = set("yes yeah yep ok okay please lets let us can could may shall we i want wanna would like to id ill am im ready now then so and well sure maybe perhaps just fine better today again feel feeling thanks thank you still really hi hello hey no what think rather try wish will alright good a only much safe calmer bit little with")
	afterGoOn  = set("with the a my our plan plans planning now please from here where we i were was stopped bit little today question questions talk talking career again then goals goal small thanks thank you it next left off maybe coach slowly step steps coaching at last")
)

// clauses are the words of each clause of a short text; one longer than a few
// lines is said to be listened to, so it has none.
func clauses(text string) [][]string {
	if len(text) > 400 {
		return nil
	}
	var out [][]string
	for _, part := range clauseEnd.Split(text, -1) {
		if words := wordsOf(part); len(words) > 0 {
			out = append(out, words)
		}
	}
	return out
}

var clauseEnd = regexp.MustCompile(`(?i)[.,;:!?()\n–—…]+|\s-+\s|\b(?:but|though|although|because)\b`)

// SaysSafe reports whether somebody who was asked if they are safe says that
// they are, or that it is less than it sounded: "im safe. just crying".
func SaysSafe(text string) bool {
	words := dangerWords(text)
	safe := false
	for i := range words {
		if _, n := unsafe.at(words, i); n > 0 {
			return false
		}
		if _, n := safeWords.at(words, i); n > 0 {
			safe = true
		}
	}
	return safe
}

var safeWords = newPhrases[bool]().add(true, `
	im|am|feel|feeling|doing so|quite|really|totally|all|much? safe|ok|okay|fine|alright|better|calmer|good
	im|am|feel|feeling|doing a bit|little safer|ok|okay|fine|better|calmer
	im|am not in? any? danger
	no|not in? danger
	just|only|simply crying|cry|sad|upset|venting|angry
	wont do anything
	wont|never hurt|harm|kill myself
	not|never going|gonna to? do anything
	not|never going|gonna to? hurt|harm|kill myself
	not gonna hurt|harm|kill myself
	didnt|not mean it
	not that bad|serious
	safe now`)

var unsafe = newPhrases[bool]().add(true, `
	not|never|isnt|dont|arent|cant|if|wish|pretend|pretending|until ~ safe|ok|okay|fine|alright|better|good
	when im dead|gone
	not sure`)

// AsksWhoKnows reports whether somebody asks whom the coach tells: "did u tell
// my boss??", "who can read this", "is this private?".
func AsksWhoKnows(text string) bool { return len(text) <= 300 && whoKnows.MatchString(text) }

var whoKnows = regexp.MustCompile(`(?i)\b(?:(?:did|have|will|would|do|can|could|are|r|were)\s+(?:you|u|ya)\s+(?:already\s+|just\s+|ever\s+|going to\s+|gonna\s+)?(?:tell|told|telling|report|reported|reporting|inform|informed|show|shown|send|sent|share|shared|sharing|write to|call|called|pass)\b.*(?:boss|manager|him|her|them|hr|any(?:one|body)|some(?:one|body)|team|company|lead|family|police|people|this|it)|(?:you|u)\s+(?:told|tell)\s+(?:my\s+|the\s+)?(?:boss|manager|hr|him|them|any(?:one|body)|some(?:one|body))|who\s+(?:can\s+|else\s+|will\s+)*(?:sees?|reads?|knows?)\s+(?:this|it|that|what)|(?:will|can|does|do|could|is)\s+(?:my\s+|the\s+)?(?:boss|manager|hr|company|he|she|they|any(?:one|body))\s+(?:\w+\s+)?(?:see|read|know|find out|hear)(?:\s+(?:about\s+)?(?:this|it|that|what))?|is\s+(?:this|that|it)\s+(?:private|secret|anonymous|confidential)|(?:please\s+)?(?:don'?t|do not)\s+tell\s+(?:my\s+)?(?:boss|manager|hr|any(?:one|body)|him|her|them))`)

// OtherNumber reports whether somebody says that a number is not the one where
// they are: "112 isnt our number".
func OtherNumber(text string) bool { return len(text) <= 300 && otherNumber.MatchString(text) }

var otherNumber = regexp.MustCompile(`(?i)(?:\b(?:isn'?t|is not|not|wrong|different|no such)\s+(?:\w+\s+){0,2}number\b|\bnumber\b.*\b(?:wrong|doesn'?t work|not work|does not work|isn'?t)\b|\b(?:112|911|999|000|111)\b.*\b(?:isn'?t|is not|not|doesn'?t|does not|wrong)\b)`)

// Place is where somebody says they are: "im in manila", "i live in new york";
// up to three words, in lower case, "" for none. Whether a place of that name
// exists is not known here.
func Place(text string) string {
	m := saysPlace.FindStringSubmatch(clip(text, 400))
	if m == nil {
		return ""
	}
	return strings.ToLower(m[1])
}

var saysPlace = regexp.MustCompile(`(?i)\b(?:(?:i'?m|i am|we'?re|we are|here|live|living|stay|staying|work|working|based|am)\s+(?:now\s+)?in|i'?m from|i am from|come from)\s+(?:the\s+)?([\p{L}]+(?:[ -][\p{L}]+){0,2})`)

// Weary reports whether a text tells of being low without being in danger:
// tears, fear, hating everything. It is met before anything else is said.
func Weary(text string) bool {
	words := dangerWords(text)
	for i := range words {
		if _, n := notWeary.at(words, i); n > 0 {
			return false
		}
	}
	for i := range words {
		if _, n := weary.at(words, i); n > 0 {
			return true
		}
	}
	return false
}

var weary = newPhrases[bool]().add(true, `
	im|am|feel|feeling so|very|really|too|always|just|constantly|a|bit tired|sad|scared|afraid|lonely|alone|lost|down|empty|ashamed|frustrated|anxious
	im|am tired of everything|it|this|all
	tired of everything
	im|am|feel|feeling scared|sad|lonely|terrible|awful|useless|stupid|miserable|ashamed
	scared|afraid i|ill|that
	scared|afraid to fail
	hate|hating everything|everyone|myself
	i cried
	i cry
	been|was crying
	im|just|only crying
	fed up with everything|it
	nothing works|helps
	everything is too much
	its all? too much`)

var notWeary = newPhrases[bool]().add(true, `
	not|never|isnt|dont|no|less|arent so|that|very|really|too|feel|feeling? tired|sad|scared|afraid|lonely|alone|lost|down
	happy|glad tears
	cried with|of joy|laughter|laughing`)

// AsksAboutQuitting reports whether the coach is asked whether to leave the job:
// "should i just quit".
func AsksAboutQuitting(text string) bool {
	return len(text) <= 300 && quitting.MatchString(text)
}

var quitting = regexp.MustCompile(`(?i)\b(?:(?:should|shall|do|can|could) (?:i|you think i(?: should)?|u think i(?: should)?) (?:just |simply |really |now |maybe |better )*(?:quit(?: (?:my|this|the) (?:job|work))?\s*(?:\?|$|now)|resign|walk out|hand in (?:my|the) notice|leave(?: (?:my|this|the) (?:job|work|company|place)| here| now)?\s*(?:\?|$))|(?:is it|would it be|isn'?t it) (?:better|smart|ok|okay|right|wrong|stupid|crazy) (?:to|if i) (?:just )?(?:quit|resign)|what if i (?:just )?(?:quit|resign)\b|maybe i should (?:just )?(?:quit|resign))`)

// Question reports whether a text asks something instead of telling it.
func Question(text string) bool {
	text = strings.TrimSpace(text)
	return strings.HasSuffix(text, "?") || asksFirst.MatchString(text)
}

var asksFirst = regexp.MustCompile(`(?i)^\W*(?:(?:and|so|but|ok|hey|wait|sorry|please)\W+)*(?:is|are|can|could|may|am|do|does|did|should|would|will|which|who|whom|how|why|when|where|what\s+(?:are|is|can|do|should|pills?|medicine|drugs?|rights?))\s+(?:\w+\s+)?(?:i|it|he|she|they|we|that|this|the|there|you|u|pills?|medicine|rights?|my (?:boss|manager|company|employer|contract)|if|about|much|many|kind|to)\b`)
