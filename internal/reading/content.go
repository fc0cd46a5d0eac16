package reading

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// maxStance is how many characters a message has at most that is read as being
// content, or as a wish about a review; what is longer tells more than that.
const maxStance = 400

// stance is how plainly a clause says that somebody wants no more.
type stance int

const (
	suits   stance = iota + 1 // may be said of one thing among others: "I am happy in my job"
	refuses                   // "I don't want a career plan", "I am content where I am"
)

var contentPhrases = newPhrases[stance]().
	add(suits, `
		i? am|im|was|feel quite|very|perfectly|really|just|still? content|happy|satisfied|fine in|with my|the|this? job|work|role|place|position|post
		i like my job|work as|the|how way? it|they? is|are
		my|this|the job|work|role suits me fine|well?
		my|the job is fine as|where|the|how way? it is`).
	add(refuses, `
		i? am|im|was|feel quite|very|perfectly|really|just|still? content|happy|satisfied|fine where|as i am
		i? am|im quite|very|perfectly|really|just? content
		i? am|im quite|very|perfectly|really|just? content|happy|satisfied|fine as|with|how it|things|everything is|are
		i? am|im quite|very|perfectly|really|just? content|happy|satisfied|fine with what|how|where i have|do|am|it is?
		i? am|im quite|very|perfectly|really|just? content|happy|satisfied|fine the way it|things|i is|are|am
		i dont|not really? want|need|seek any|a|an|the|your|another|these|more? career|new|big|more|further? goal|goals|plan|plans|change|changes|coaching|promotion|career or|nor|and? any|a|an|another|more? career|new? goal|goals|plan|plans|change|changes|coaching|promotion|career
		i dont|not really? want|need|seek any|a|an|the|your|another|these|more? career|new|big|more|further? goal|goals|plan|plans|change|changes|coaching|promotion|career
		i do|did not really? want|need|seek any|a|an|the|your|another|these|more? career|new|big|more|further? goal|goals|plan|plans|change|changes|coaching|promotion|career or|nor|and? any|a|an|another|more? career|new? goal|goals|plan|plans|change|changes|coaching|promotion|career
		i do|did not really? want|need|seek any|a|an|the|your|another|these|more? career|new|big|more|further? goal|goals|plan|plans|change|changes|coaching|promotion|career
		no goals|plan|career
		no goals|plan|career no|or|and? plan|plans|goals|career change?
		i dont|not want|need a? new|another|different job
		i do not want|need a? new|another|different job
		i dont|not want|need anything|something|things|it|my to? job? change|changed|else|more|different
		i do not want|need anything|something|things|it|my to? job? change|changed|else|more|different
		i dont|not want|need to change anything|a|my|jobs|it|that thing|job?
		i do not want|need to change anything|a|my|jobs|it|that thing|job?
		i want|need nothing else|more|different|changed
		i want|need nothing to change
		i want it|everything|things to? stay|remain as|how|the|like way? it|they|things is|are
		nothing has|needs|have|need to change
		nothing has|needs|have|need to be changed
		nothing must|should change
		i miss nothing
		i dont|not miss anything|a thing?
		i do not miss anything|a thing?
		i have all|everything that? i need|want
		stop asking
		stop asking me? questions|this|that|about these? things|all? this?
		can|could|shall|may we|you please? stop asking|these|the|with|all asking|questions|this|the? questions?
		can|could we|you please? stop|end
		leave me be
		leave me be now|please|then
		let me be
		leave it at|there that?
		no more questions
		not anything|something more|else
		nothing else
		nothing more`)

// stanceLead are words before a clause that change nothing about it.
var stanceLead = newPhrases[bool]().add(true, `
	i said|told you|say that?
	i have said|told you that?
	ive said|told you that?
	as i said
	like i said
	no|nope|nah|well|and|but|so|ok|okay|honestly|really|actually|please|sorry|thanks|look|listen|look|just|simply|again|then|also|because|since|as
	thank you
	to be honest|frank
	i think|guess|mean|believe`)

// stanceTail are words behind a clause that change nothing about it.
var stanceTail = set("now please really thanks you thank at all any more anymore for today then coach truly here right again quite already though and but myself either ever")

var (
	clauseBreak = regexp.MustCompile(`[.!?;:,\n…()]+|\s[-–—]+\s`)
	// wantsMore is what somebody says who wants something after all.
	wantsMore = regexp.MustCompile(`(?i)\b(?:want|wants|wanted|like|love|wish|hope|hoping|plan|planning|dream|aim|need|ready|curious)\b[^.!?]{0,30}?\b(?:to|of|about)\b|\bbut (?:i|one|some)\b.{0,20}\b(?:want|would|could|wish|hope)\b|\bhappy to\b|\bopen to\b`)
	notWants  = regexp.MustCompile(`(?i)\b(?:don'?t|don’t|do not|not|never|no longer|nothing|rather not)\b`)
)

// Content reports whether a message says that somebody is content as things are,
// or that they want no goals, no plan, no change or no further questions. It does
// not when the message wants something all the same ("but I want to lead") or
// speaks of one thing alone ("I don't want goals that are vague").
func Content(text string) bool {
	text = strings.ReplaceAll(text, "’", "'")
	if utf8.RuneCountInString(text) > maxStance {
		return false
	}
	var best stance
	other := 0 // words that say something else
	for _, c := range clauseBreak.Split(text, -1) {
		words := wordsOf(c)
		if len(words) == 0 {
			continue
		}
		s := stanceOf(words)
		switch {
		case s > 0:
			best = max(best, s)
		case asksForReview(c), preparesThat.MatchString(c) && namesReview.MatchString(text):
		case wantsMore.MatchString(c) && !notWants.MatchString(c):
			return false
		default:
			other += len(words)
		}
	}
	return best == refuses || best == suits && other <= 1
}

// stanceOf is what the words of one clause say, 0 if something else.
func stanceOf(words []string) stance {
	for len(words) > 0 {
		if s, n := contentPhrases.at(words, 0); n > 0 {
			if followUp(words[n:]) {
				return s
			}
		}
		_, n := stanceLead.at(words, 0)
		if n == 0 {
			return 0
		}
		words = words[n:]
	}
	return 0
}

// followUp reports whether what stands behind "I don't want goals" leaves it as
// it is.
func followUp(rest []string) bool {
	for len(rest) > 0 && stanceTail[rest[0]] {
		if len(rest) > 1 && (rest[0] == "and" || rest[0] == "but") {
			return stanceOf(rest[1:]) > 0 || slices.Contains([]string{"just", "only", "that"}, rest[1])
		}
		rest = rest[1:]
	}
	if len(rest) == 0 {
		return true
	}
	switch rest[0] {
	case "because", "since", "so":
		return true
	case "just", "only":
		return true
	}
	return false
}
