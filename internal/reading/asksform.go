package reading

import "strings"

// leadKind says what stands in front of a question.
type leadKind int

const (
	plainLead leadKind = iota
	wondering          // "I wonder": a question only with its mark, or what one wants to learn
	reported           // "I asked": a question without its mark, too
)

// askLead are words in front of a question that change nothing about it.
var askLead = newPhrases[leadKind]().add(plainLead, `
	and|but|so|or|also|then|well|ok|okay|k|um|uh|hm|hmm|oh|ah|hey|hi|hello|hallo|please|pls|sorry|wait|actually|first|now|yes|no|yeah|look|listen|anyway|btw|dunno|idk|honestly|hang|coach|waymark|lol|haha|just
	by the way
	hold on
	hang on
	one|a|quick|short|small|another quick|short|small? question
	my|the question is?
	question
	before anything|everything else
	before we|i start|begin|go on?
	first of all
	tell me
	please tell me
	can|could|will|would you|u please? tell|say to? me?
	do you know
	do u know
	you|u know
	any idea
	let me ask you?
	may|can i ask you?`).
	add(wondering, `
	i|id like|want|need|wanted to know|ask
	i would like|love to know|ask
	i wonder|wondering
	im|am wondering|asking
	i was wondering`).
	add(reported, `
	i asked|ask you? again?
	i just|only|already asked you?
	my question was
	the question was`)

// withoutLead drops what leads to a question.
func withoutLead(words []string, marked bool) (rest []string, lead leadKind) {
	for {
		kind, n := askLead.at(words, 0)
		if n == 0 || n == len(words) || kind == wondering && !marked {
			return words, lead
		}
		lead = max(lead, kind)
		words = words[n:]
	}
}

// sayNothing are sentences that tell nothing: "Hello.", "Hm.", "dunno".
var sayNothing = newPhrases[bool]().add(true, `
	hi|hello|hey|hallo|hm|hmm|um|uh|oh|ah|ok|okay|wait|sorry|well|so|please|pls|and|but|or|also|then|no|yes|yeah|dunno|idk|now|actually|just|lol|haha|thanks|coach|waymark|there
	good morning|evening|afternoon|day
	hold on
	hang on
	before anything|everything else
	before we|i start|begin|go on?
	first of all
	one|a|quick|another quick|short|small? question|thing
	quick|short|small question
	by the way
	btw
	i have a question
	i have no idea
	no idea
	no clue
	i dont know
	i do not know
	dont know
	not sure
	im not sure
	honestly|anyway|seriously|really|question
	thank you
	may|can i ask something|you? something?`)

// filler reports whether a sentence tells nothing.
func filler(s string) bool {
	words := wordsOf(s)
	for len(words) > 0 {
		_, n := sayNothing.at(words, 0)
		if n == 0 {
			return false
		}
		words = words[n:]
	}
	return true
}

var (
	whWords  = set("what which who whom whose where when why how whats wheres whos hows whens whys wat wut wich")
	auxWords = set("is are am was were do does did can could should shall will would may must might has have had isnt arent dont doesnt didnt cant couldnt shouldnt wont wouldnt")
	subjects = set("i you u it this that these those there they we he she my your our the their his her a an any anyone anybody someone somebody everyone people hr boss manager others who nobody one")
	notAsked = newPhrases[bool]().add(true, `
		who knows|cares|wouldnt|doesnt|needs|wants|isnt|hasnt|would|does not|want|ever?
		who knows
		who cares
		why not
		what else
		how else
		what can|shall|should|do|could i|you|one say|do
		what can you do
		how hard|difficult can|could it|that be
		how would|should|could i know
		how do i know
		isnt it
		is it not
		right
		what ever
		whatever
		is there anything|something better|nicer
		what could be better|nicer
		what more do|could i|you|one want|ask
	is|was that|this|it all
	is|was that|this|it all there is`)
	// notSubjects stand behind a verb in what is told: "could be a nurse?"
	notSubjects = set("be been more less have had do done not get go say make work take ask learn help lead write cook read talk study find start stop change move try use keep run train only also just maybe probably never always to for at in on with too very still even become look")
	tagSubjects = set("i you u it this that these those there they we he she")
)

// asksForm reports whether words have the form of a question: a question word with
// a verb behind it, or a verb before its subject.
func asksForm(words []string) bool {
	if len(words) < 2 || rhetorical(words) {
		return false
	}
	switch {
	case whWords[words[0]]:
		return true
	case !auxWords[words[0]], notSubjects[words[1]], len(words) == 2 && tagSubjects[words[1]]: // "nobody listens, do they?"
		return false
	}
	return subjects[words[1]] || len(words) >= 3
}

func rhetorical(words []string) bool {
	_, n := notAsked.at(words, 0)
	return n == len(words) || n > 0 && (words[0] == "who" || words[0] == "is" || words[0] == "isnt")
}

// bareOrders are verbs with which something is ordered of the coach, or planned.
var bareOrders = set("write find get make draft search look give review check fix update apply translate prepare create build")

func bareOrder(words []string) bool {
	return bareOrders[words[0]] && !strings.Contains(" "+strings.Join(words, " ")+" ", " for me ") && (len(words) < 2 || words[1] != "me")
}
