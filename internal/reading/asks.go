package reading

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// AskKind says what sort of thing somebody asks of the coach.
type AskKind string

// The kinds of questions. Each has an answer of its own; AskOther is a question
// of which nothing more is known.
const (
	AskPrivacy  AskKind = "privacy"  // who can read this
	AskWhat     AskKind = "what"     // what the coach is, and how it works
	AskWrites   AskKind = "writes"   // why the coach writes
	AskTime     AskKind = "time"     // how long the talk takes
	AskWhy      AskKind = "why"      // why the coach asks that
	AskExample  AskKind = "example"  // what one could answer
	AskMeaning  AskKind = "meaning"  // what a word of the question means; Term has it
	AskOpinion  AskKind = "opinion"  // what the coach would do
	AskFacts    AskKind = "facts"    // rules, schools, requirements, durations
	AskPay      AskKind = "pay"      // what somebody earns
	AskMoney    AskKind = "money"    // tax, shares, pensions, loans
	AskJobs     AskKind = "jobs"     // find me a job
	AskDocument AskKind = "document" // write my CV
	AskOffTopic AskKind = "offtopic" // the weather, a joke
	AskBetween  AskKind = "between"  // the roles between today's job and the one that is wanted
	AskNext     AskKind = "next"     // what to do this week
	AskRisk     AskKind = "risk"     // what could stop me
	AskWords    AskKind = "words"    // what became of what was said
	AskChange   AskKind = "change"   // whether this can be changed later
	AskMay      AskKind = "may"      // whether an answer of some kind is fine
	AskMine     AskKind = "mine"     // what somebody has told so far
	AskIdeas    AskKind = "ideas"    // jobs, courses, books that might suit
	AskTalk     AskKind = "talk"     // how to tell or ask somebody else
	AskThere    AskKind = "there"    // "so?", "you there?"
	AskIdea     AskKind = "idea"     // "why not a nurse?": as likely an answer
	AskOther    AskKind = "other"
)

// Ask is one question to the coach.
type Ask struct {
	Kind AskKind
	Text string // the words that ask, as they were written
	Term string // the word that is asked about, in lower case; "" for none
	// Bare says that the words order something without asking for it, "write my
	// CV": where the coach asks what to do next, they are the answer.
	Bare bool
	// Marked says that a question mark stands behind it.
	Marked bool
}

// maxAsked is how many characters are searched for questions. Whoever writes more
// tells something.
const maxAsked = 1500

// AskedOf finds what a message asks of the coach, sentence by sentence. told is
// what it says besides, as it was written: "Brewery manager. do they pay more?"
// tells "Brewery manager." and asks about pay. With nothing asked, asks is empty
// and told is the text.
//
// It is careful: what may be told with a question mark ("Nurse?", "own team,
// right?"), asked of nobody ("who doesn't?"), quoted, or written to somebody else
// is told.
func AskedOf(text string) (asks []Ask, told string) {
	if utf8.RuneCountInString(text) > maxAsked || letterTo.MatchString(text) {
		return nil, text
	}
	sentences := sentencesOf(text)
	var kept []string
	for i, s := range sentences {
		if i+1 < len(sentences) && asksOneself(s, sentences[i+1]) {
			kept = append(kept, s)
			continue
		}
		before, a, ok := askIn(s)
		switch {
		case !ok && filler(s):
		case !ok:
			kept = append(kept, s)
		default:
			asks = append(asks, a)
			if before = strings.TrimSpace(before); before != "" && !filler(before) {
				kept = append(kept, before)
			}
		}
	}
	if len(asks) == 0 {
		return nil, text
	}
	told = strings.TrimSpace(strings.Join(kept, " "))
	if len(kept) == 1 { // an answer in a word or two needs no full stop
		told = strings.TrimRight(told, " .…,;:-–—")
	}
	return asks, told
}

// letterTo opens a message to somebody else, which is quoted here.
var letterTo = regexp.MustCompile(`^\W*(?:(?i:dear)\s+\pL+|(?i:hi|hello|hey)\s+(?:\p{Lu}\pL+|(?i:all|team|everyone)))(?:\s+\p{Lu}\pL+)?\s*[,!:]\s*\S`)

// sentencesOf cuts a text into sentences with the marks behind them. Nothing is
// cut inside quotation marks or numbers.
func sentencesOf(text string) []string {
	var out []string
	start, quoted := 0, false
	rs := []rune(text)
	add := func(end int) {
		if s := strings.TrimSpace(string(rs[start:end])); s != "" {
			out = append(out, s)
		}
		start = end
	}
	for i := 0; i < len(rs); i++ {
		switch r := rs[i]; {
		case plainPunct(r) == `"`:
			quoted = !quoted
		case r == '\n':
			quoted = false
			add(i + 1)
		case quoted || !strings.ContainsRune(".!?…？！", r):
		default:
			for i+1 < len(rs) && strings.ContainsRune(".!?…？！)", rs[i+1]) {
				i++
			}
			if r == '.' && i+1 < len(rs) && !unicode.IsSpace(rs[i+1]) {
				continue // 3.5, waymark.example
			}
			if r == '.' && abbreviation.MatchString(string(rs[start:i+1])) {
				continue
			}
			add(i + 1)
		}
	}
	add(len(rs))
	return out
}

var abbreviation = regexp.MustCompile(`(?i)(?:^|\W)(?:e\.g|i\.e|etc|approx|ca|mr|mrs|ms|dr|st|no|vs|dept)\.$`)

// askIn finds the question in a sentence; before is what stands in front of it,
// "Manager, but" of "Manager, but how much do they earn?".
func askIn(s string) (before string, a Ask, ok bool) {
	if strings.ContainsAny(s, "\"“”„«»") {
		return "", Ask{}, false
	}
	if a, ok = asksWhole(s); ok {
		return "", a, true
	}
	if orders.MatchString(strings.Join(wordsOf(s), " ")) {
		return "", Ask{}, false
	}
	for _, at := range clauseTurn.FindAllStringIndex(s, 6) {
		head, tail := s[:at[0]], s[at[1]:]
		if leavesOpen.MatchString(head) {
			continue
		}
		if a, ok = asksWhole(tail); ok && (a.Marked || a.Kind != AskMeaning) && !a.Bare {
			return head, a, true
		}
	}
	return "", Ask{}, false
}

// clauseTurn is where a sentence may turn from telling to asking.
var clauseTurn = regexp.MustCompile(`(?i)\s*[,;(]\s*(?:but |and |so |or |also |wait |then )?|\s+[-–—]+\s+|\s+(?:but|and|so|wait|or|then) (?:and |so |also |wait )?`)

// leavesOpen is a head whose tail belongs to it: "because who …", "if my boss asks
// me, what do I say", "I want to know what …".
var leavesOpen = regexp.MustCompile(`(?i)\b(?:because|if|when|whenever|since|like|such as|about|know|ask|asks|asked|asking|learn|find out|understand|see|decide|show|wonder|question|questions)\W*$|^\W*(?:because|if|when|whenever|since|cause|cos)\b`)

// asksWhole reads a clause as a question, once the words that only lead to it are
// off.
func asksWhole(s string) (Ask, bool) {
	a := Ask{Text: strings.TrimSpace(s), Marked: strings.ContainsAny(lastMark(s), "?？")}
	words := wordsOf(s)
	if len(words) == 0 || len(words) > 40 {
		return Ask{}, false
	}
	rest, lead := withoutLead(words, a.Marked)
	a.Kind, a.Term = kindOf(words, rest, a.Marked, lead)
	a.Text = withoutWords(a.Text, len(words)-len(rest))
	a.Bare = !a.Marked && bareOrder(rest) && len(rest) == len(words)
	return a, a.Kind != ""
}

// withoutWords is s behind its first n words.
func withoutWords(s string, n int) string {
	for _, t := range lex(s) {
		if t.kind != word && t.kind != number {
			continue
		}
		if n == 0 {
			return s[t.start:]
		}
		n--
	}
	return s
}

// lastMark are the marks at the end of a sentence.
func lastMark(s string) string {
	s = strings.TrimRightFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == ')' || pictograph(r) })
	return s[len(strings.TrimRight(s, ".!?…？！")):]
}

// asksOneself reports whether somebody asks so as to answer it themselves: "Why do
// I want it? Because …".
func asksOneself(s, next string) bool {
	if _, _, asks := askIn(next); shortAsk.MatchString(s) && !asks {
		return true // "What for? For my kids"
	}
	return firstPerson.MatchString(s) && ownReason.MatchString(next)
}

var (
	shortAsk    = regexp.MustCompile(`(?i)^\W*(?:and |so |but )?(?:why|when|where|who|how|what for)\s*\?+$`)
	firstPerson = regexp.MustCompile(`(?i)^\W*(?:and |so |but )?(?:why|what|how|where)\b.*\b(?:i|me|my)\b.*\?`)
	ownReason   = regexp.MustCompile(`(?i)^\W*(?:because|cause|cos|well|simple|easy|since|so that)\b`)
)
