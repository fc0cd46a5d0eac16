package reading

import (
	"regexp"
	"strings"
)

// Nods reports whether a text is a mere sign of having read, "ok", "hm", which
// says neither yes nor no to whether somebody is safe.
func Nods(text string) bool {
	words := wordsOf(clip(text, 80))
	if len(words) == 0 || len(words) > 4 {
		return false
	}
	for _, w := range words {
		if !nods[drawnOut(w)] {
			return false
		}
	}
	return true
}

var nods = set("ok okay okey k kk oki okk hm hmm mm mhm mmm uh oh ah alright fine thanks thx ty thank you i see got it well sure so right cool noted whatever um er")

// SaysYes reports whether a text says yes and nothing else, in a word that is no
// nod: "yes", "yes i am".
func SaysYes(text string) bool {
	words := wordsOf(clip(text, 80))
	if len(words) == 0 || len(words) > 6 || !plainYes[drawnOut(words[0])] && !(len(words) == 2 && words[0] == "i" && words[1] == "am") {
		return false
	}
	return wrapped(words, afterYes)
}

var (
	plainYes = set("yes yess yeah yea yep yup ja oui si yah ye")
	afterYes = set("yes yess yeah yea yep yup ja oui si yah ye i am im it is we are do thanks thank you now right safe home at here ok okay so think")
)

// HasCompany reports whether somebody says that a person who is close to them is
// there, comes or is on the phone: "my sister is here now". Whoever shares their
// work is no company of that kind.
func HasCompany(text string) bool {
	text = strings.ReplaceAll(clip(text, 400), "’", "'")
	return !lacksCompany.MatchString(text) && company.MatchString(text)
}

const closePeople = `(?:(?:big|little|older|younger|best|good|old|grand)[ -]?)*(?:sister|brother|mother|father|mum|mom|mama|dad|papa|parents?|husband|wife|partner|boyfriend|girlfriend|gf|bf|fianc[ée]e?|friends?|bestie|flatmate|roommate|housemate|neighbou?r|cousin|aunt|auntie|uncle|son|daughter|kids|family|grandma|grandpa|nan|sis|bro|roomie|doctor|therapist|nurse)`

var (
	company = regexp.MustCompile(`(?i)\b(?:(?:my|the|a|our)\s+` + closePeople + `\s*(?:\w+\s+)?(?:is|are|'s|came|comes|got|stays?|will (?:come|stay)|is going to (?:come|stay))\s*(?:now\s+|just\s+)?(?:here|with me|by me|over|home|at home|coming|on (?:the|her|his|their) way|on the phone|next to me|beside me|staying)\b` +
		`|(?:i'?m|i am|im)\s+(?:now\s+)?(?:with|at|on the phone with|talking (?:to|with)|sitting with|calling)\s+(?:my|a|the|our)\s+` + closePeople + `\b` +
		`|(?:i|ive|i've)\s+(?:just\s+)?(?:called|phoned|rang|texted|told)\s+(?:my|a|the)\s+` + closePeople + `\b` +
		`|(?:my|a)\s+` + closePeople + `\s+(?:called|rang|phoned)\s+(?:me|back)\b` +
		`|(?:i'?m|i am)\s+not\s+alone\b)`)
	lacksCompany = regexp.MustCompile(`(?i)\b(?:wish|if only|isn'?t|is not|isnt|aren'?t|arent|nobody|no ?one|never|not (?:here|home|with|at|coming)|was here|used to|don'?t|dont|won'?t|wont|dead|died|without|yells?|shouts?|hits?|screams?)\b`)
)

// LowWorth reports whether somebody speaks badly of themselves: "my head says im
// stupid", "I'm such a failure". It is met with a kind line and nothing else.
func LowWorth(text string) bool {
	text = strings.ReplaceAll(clip(text, 400), "’", "'")
	return lowWorth.MatchString(text) && !notLowWorth.MatchString(text)
}

var (
	lowWorth = regexp.MustCompile(`(?i)\b(?:(?:i'?m|i am|im|i feel|feeling|i was|am i)\s+(?:just |so |such |too |really |always |probably |all |only |like |kind of |simply |totally |completely )*(?:stupid|useless|worthless|dumb|pathetic|a? ?(?:failure|loser|idiot|fraud|nobody|waste|disappointment|joke|burden|fool)|an idiot|not good enough|good for nothing|never good enough|not smart enough|not worth (?:it|anything)|no good|nothing special|not enough)\b` +
		`|\b(?:my head|my brain|a voice|the voice|everything in me)\s+(?:\w+\s+)?(?:says|tells|keeps|is saying|screams)\b` +
		`|\bi\s+(?:hate|despise)\s+myself\b|\bi\s+(?:always\s+)?(?:ruin|fail at|mess up|screw up)\s+everything\b|\bnothing i do is (?:ever )?(?:good|right|enough)\b|\bi(?:'m| am|m)? ?(?:can'?t|cant) do anything right\b)`)
	notLowWorth = regexp.MustCompile(`(?i)\b(?:not (?:so )?(?:stupid|dumb|useless)|no longer|used to|without (?:coffee|it)|if i|my head says (?:yes|no|go|that we|the (?:plan|job))|at (?:excel|maths?|numbers|cooking|small talk))\b`)
)

// WantsOut reports whether somebody is about to leave their job on the spot: "i
// want to quit today. like right now". It is no question, and no wish to end the
// talk with the coach.
func WantsOut(text string) bool { return len(text) <= 300 && wantsOut.MatchString(text) }

var wantsOut = regexp.MustCompile(`(?i)\b(?:(?:i (?:just |really |so |only |honestly )*(?:want|wanna|need|would like)(?: to| 2)?|i'?d like to|i(?:'m| am|m) (?:going to|gonna|about to)|i(?:'ll| will)|im gonna) (?:just |simply )*(?:quit|resign|walk out|hand in (?:my|the) (?:notice|resignation))(?: (?:my|this|the) (?:job|work|shift|place|damn job))?\W+(?:like |from )?(?:today|now|right now|right away|tonight|tomorrow|immediately|this minute|on the spot|straight away|at once)\b` +
	`|(?:i'?m|i am|im) (?:quitting|resigning|walking out)(?: (?:my|this|the) (?:job|work))?\W+(?:today|now|right now|tonight|tomorrow|immediately)\b` +
	`|i (?:just |really )*(?:want|wanna|need) (?:to )?(?:quit|resign from) (?:my|this|the) (?:job|work)\b` +
	`|(?:that'?s it|enough|done)\W+i(?:'m| am|m)? ?(?:quit|quitting|resign)\b)`)

// AsksToListen reports whether somebody asks to be listened to and not to be
// asked: "just listen pls. my boss screams…".
func AsksToListen(text string) bool { return len(text) <= 2000 && asksToListen.MatchString(text) }

var asksToListen = regexp.MustCompile(`(?i)(?:^\W*|[.!?;,…]\s*)(?:(?:please|pls|plz|can you|could you|would you|can u|i want you to|i need you to|i just need you to|ok|hey|no|no questions)\W+)*(?:just|only|simply)?\s*(?:please|pls)?\s*listen(?:\s+(?:to me|for (?:once|a (?:bit|minute|moment))|now))?(?:\W+(?:please|pls|plz|ok|okay))?\s*(?:$|[.!?…,:;])|\b(?:i )?(?:just|only) (?:want|need) (?:somebody|someone|you)(?: who)?(?: to)? listens?\b`)

// LivesIn is where somebody says in passing that they live or work: "I live in
// Manila", up to three words in lower case, "" for none. Where they come from is
// not where they are.
func LivesIn(text string) string {
	m := livesIn.FindStringSubmatch(clip(text, 1000))
	if m == nil {
		return ""
	}
	return strings.ToLower(m[1])
}

var livesIn = regexp.MustCompile(`(?i)\b(?:(?:i'?m|i am|we'?re|we are|i)\s+(?:now\s+|currently\s+)?(?:living|live|based|sitting|here|working|work|stay|staying)?\s*(?:here\s+)?in|here in)\s+(?:the\s+)?([\p{L}]+(?:[ -][\p{L}]+){0,2})`)
