package reading

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// Steer is what somebody wants of the talk itself, said in a sentence of their
// own rather than in a command.
type Steer int

// The wishes. NoSteer means that the text is none of them.
const (
	NoSteer    Steer = iota
	Ends             // all of it, at once: "No. Enough.", "I said enough. Leave me alone."
	LeavesTalk       // the talk by the way: "no, stop the side talk", "stop the mentor thing"
	StopsThis        // what is going on, whatever it is: "actually can we stop this"
	TooLong          // it asks too much: "40?! That is too much", "i want the quick one"
	BackLost         // back, for the last question was not understood
	ToGoals          // back to the goals
)

// String returns the wish's name in lower case.
func (s Steer) String() string {
	return [...]string{"-", "ends", "leaves talk", "stops this", "too long", "back lost", "to goals"}[s]
}

// maxSteer is how many characters a message has at most that steers and says
// nothing else.
const maxSteer = 120

// ReadSteer finds the wish that the whole message is. It is narrow: a sentence
// that tells something besides ("the queue is too long for the customers") is
// left to be an answer.
func ReadSteer(text string) Steer {
	text = strings.TrimSpace(strings.ReplaceAll(text, "’", "'"))
	if text == "" || utf8.RuneCountInString(text) > maxSteer || strings.Contains(text, "\n") {
		return NoSteer
	}
	switch {
	case ends(text):
		return Ends
	case leavesTalk.MatchString(text):
		return LeavesTalk
	case stopsThis.MatchString(text):
		return StopsThis
	case backLost.MatchString(text):
		return BackLost
	case toGoals.MatchString(text):
		return ToGoals
	case tooLong(text):
		return TooLong
	}
	return NoSteer
}

// ends reports whether every clause refuses, and one of them for good: a "no"
// alone, or "not today", is left to the question that was asked.
func ends(text string) bool {
	strong := false
	for _, clause := range clauseBreak.Split(text, -1) {
		words := wordsOf(clause)
		for len(words) > 0 {
			is, n := endings.at(words, 0)
			if n == 0 {
				return false
			}
			strong = strong || is
			words = words[n:]
		}
	}
	return strong
}

var endings = newPhrases[bool]().
	add(true, `
		enough
		enough now|already|please|of this|that
		thats|its enough
		that|it|this is enough
		stop
		just|please stop
		stop it|now|please
		just|please stop it
		stop it now|please
		leave me alone
		leave me alone now|please
		just|please leave me alone
		leave me in peace
		go away
		shut up
		ive|have had enough
		i have|ve had enough
		i had enough
		i want to? stop
		i wanna stop
		i want this to? stop|end
		i dont|not want this|it|that any|anymore? more?
		dont|do not ask me anything|more|again`).
	add(false, `
		no
		nope
		nah
		no no
		not today|now|again
		i said
		i told you
		i said so
		ok|okay|please|thanks|really|just|now|sorry|hey|and|so|but|listen|look|today|coach|bot
		thank you
		bye`)

const talkNoun = `(?:talk|thing|chat|topic|stuff|conversation|part|discussion|questions?)`

var (
	politeFront = `(?:(?:no|nope|ok|okay|actually|please|pls|hey|sorry|wait|well|now|and|but|so|can we|could we|can you|could you|can i|i want to|i wanna|i'd like to|let'?s|just)\b[\s,.!]*)*`
	leavesTalk  = regexp.MustCompile(`(?i)^\W*` + politeFront + `(?:stop|leave|quit|end|close|cancel|drop|exit|get out of|go out of|forget(?: about)?)\s+(?:with\s+)?(?:(?:this|that|the|my)\s+)?(?:side[ -]?talks?|(?:mentor(?:ing)?|network(?:ing)?|balance|pay|salary|learning|review|preparation|responsibility|backup|win|practice)\s+` + talkNoun + `)(?:\s+(?:now|please|pls|thanks))*\W*$`)
	stopsThis   = regexp.MustCompile(`(?i)^\W*(?:(?:no|nope|ok|okay|actually|please|pls|hey|sorry|wait|well|now|and|but|so)\b[\s,.!]*)*(?:can we|could we|can you|could you|may we|i want to|i wanna|i'd like to|let'?s)\s+(?:please\s+|just\s+)?(?:stop|end|leave|quit)\s+(?:with\s+)?(?:this|that|it|here)(?:\s+(?:talk|now|please|pls|here|thanks))*\W*$`)
	backLost    = regexp.MustCompile(`(?i)^\W*(?:please\s+|can we\s+|can you\s+|sorry\W+)*(?:go\s+)?back\b\W*(?:please\W+)?(?:because\s+|cos\s+|cause\s+)?i?\s*(?:do\s+|did\s+)?(?:not|don'?t|dont|didn'?t|didnt|no|never|can'?t|cant)\s+(?:really\s+|quite\s+)?(?:understand|understood|get|got|know what)\b.{0,60}$`)
	toGoals     = regexp.MustCompile(`(?i)^\W*` + politeFront + `(?:can|could)?\s*(?:we|i)?\s*(?:go|get|come|take me|bring me)?\s*back to (?:my|the) (?:goals?|plan)(?:\s+(?:now|please|pls|thanks))*\W*$`)
)

// tooLong reports whether somebody complains of how much is asked, or wishes for
// the short way.
func tooLong(text string) bool {
	return complainsLength.MatchString(text) || wishesShort.MatchString(text)
}

var (
	manyQuestions   = `(?:\d{1,3}|so many|too many|that many|twenty|thirty|forty)\s*(?:more\s+)?(?:short\s+)?(?:questions?|minutes?|min|qs)`
	complainsLength = regexp.MustCompile(`(?i)^\W*(?:` +
		`(?:(?:no|what|wow|oh|omg|really|seriously|wait|god|hm+)\b\W*)+` + manyQuestions + `\b\s*(?:\W*$|[?!,.…].{0,60}$)` +
		`|` + manyQuestions + `\s*[?!]+.{0,60}$` +
		`|` + manyQuestions + `\b\s*(?:is|are|that'?s)?\s*(?:way|far|much)?\s*(?:too (?:much|many|long)|(?:quite )?a lot)\b.{0,50}$` +
		`|(?:\d{1,3})\s*\?+!*\s*.{0,12}\btoo (?:much|many|long)\b.{0,60}$` +
		`|(?:this|it|that|the talk|all this)(?:'s| is| takes| will take| asks)?\s+(?:way |far |much )?too (?:long|many questions|much questions)\b.{0,50}$` +
		`|(?:this|it|that)\s+(?:takes|will take|is taking)\s+(?:forever|ages|(?:too|so) long)\b.{0,40}$` +
		`|(?:that'?s|that is|there are|these are)?\s*(?:way |far )?too many questions\b.{0,50}$` +
		`|.{0,20}\bhow many (?:more )?questions\b.{0,10}(?:kidding|joking|seriously).{0,10}$` +
		`|i (?:don'?t|do not|dont) have (?:(?:so|that) much )?time for (?:all )?(?:this|that|so many questions|\d+ questions)\b.{0,30}$` +
		`)`)
	wishesShort = regexp.MustCompile(`(?i)^\W*(?:(?:no|please|pls|ok|actually|but|and|sorry|can we|could we|can you|can i|do you have|is there|isn'?t there|is there not|i (?:only |just )?(?:want|need|said|wanted|meant)|i'?d (?:like|rather)(?: have| do)?|give me|let'?s|do|take|make it|have|make)\b[\s,.!]*)*` +
		`(?:` +
		`(?:the |a |it )?(?:really |very |much )?(?:quick|short|shorter|quicker|shortest|quickest|small|fast|faster)(?:er)? (?:one|way|version|route|talk|round)(?:\s*[,(]?\s*\d+ questions\)?)?` +
		`|(?:something|anything) (?:really |very |much )?(?:small|smaller|short|shorter|quick|quicker|tiny|fast)` +
		`|(?:quick|quickly|shorter|quicker|short|faster)` +
		`|(?:less|fewer|not so many) questions` +
		`|(?:just |only )?(?:the )?(?:most )?(?:important|necessary) (?:ones|questions)` +
		`)(?:\s+(?:please|pls|plz|thanks|only|for me|today|now|then|instead))*\W*(?:(?:\d{1,3}|that|this|it)(?: (?:questions|minutes))?(?:'s| is| are)? (?:quite |really |such )?(?:a lot|too (?:much|many|long)|so many)(?: for me)?\W*)?$`)
)

// OneReminder reports whether somebody wants one reminder instead of several:
// "Three reminders. A bit keen. One would do."
func OneReminder(text string) bool {
	if utf8.RuneCountInString(text) > maxSteer {
		return false
	}
	one := false
	for _, clause := range clauseBreak.Split(strings.ReplaceAll(text, "’", "'"), -1) {
		switch words := wordsOf(clause); {
		case len(words) == 0:
		case oneReminder.MatchString(clause):
			one = true
		case !wrapped(words, aboutReminders):
			return false
		}
	}
	return one
}

var (
	oneReminder = regexp.MustCompile(`(?i)^\s*(?:and |but |no |well |i think )*(?:(?:just|only|please|i only (?:want|need)|send(?: me)?(?: only| just)?)\s+)*(?:a single|one|1)\s+(?:(?:reminder|message|of them)(?:\s+(?:please|only))?|(?:(?:reminder|message|of them)\s+)?(?:would|will|'?d|'?ll)\s+(?:do|be (?:enough|plenty|fine))|(?:(?:reminder|message|of them)\s+)?is\s+(?:enough|plenty|fine|sufficient))\s*$` +
		`|^\s*(?:just|only)\s+one(?:\s+please)?\s*$|^\s*remind me (?:only )?once\s*$`)
	aboutReminders = set("three two four 3 2 4 several so too that many much reminders reminder messages a bit rather quite very is are was keen for me please thanks thank you no ok well hm fewer less only just")
)
