package reading

import "strings"

// Answer is what a reply to a yes-or-no question says.
type Answer int

// The five answers. Unclear means that the text could not be read as any of
// the others; Unsure is an answer: the person does not know.
const (
	Unclear Answer = iota
	Yes
	Partly
	No
	Unsure
)

// String returns the answer's name in lower case.
func (a Answer) String() string {
	return [...]string{"unclear", "yes", "partly", "no", "unsure"}[a]
}

// YesNo reads a reply to a yes-or-no question. note is the rest of what was
// said, "only after the summer" of "yes, but only after the summer", or all of
// it where the answer cannot be cut out of the sentence ("I don't have one").
//
// Being unsure outweighs a reservation, which outweighs a no, which outweighs
// a yes; so no doubt is ever read as consent.
func YesNo(text string) (a Answer, note string) {
	clauses := clausesOf(text)
	if len(clauses) == 0 {
		return emojiAnswer(text)
	}
	short := 0
	for _, c := range clauses {
		short += len(c.words)
	}
	if short <= 5 && len(clauses) > 1 { // "yes, maybe": weigh the whole
		if a, c, end := weigh(clauses); a != Unclear {
			return a, unlessSame(a, noteFrom(text, clauses, c, end))
		}
		return Unclear, ""
	}
	for i, c := range clauses[:min(len(clauses), 4)] {
		a, end, whole := c.answer()
		switch {
		case a != Unclear && whole:
			return a, trimNote(text)
		case a != Unclear:
			return a, unlessSame(a, noteFrom(text, clauses, i, end))
		case !c.filler():
			return Unclear, ""
		}
	}
	return emojiAnswer(text)
}

// weigh gives the answer of several short clauses together: the first of the
// strongest kind.
func weigh(clauses []clause) (a Answer, at, end int) {
	for i, c := range clauses {
		got, e, whole := c.answer()
		if whole {
			e = len(c.words)
		}
		if rank[got] > rank[a] {
			a, at, end = got, i, e
		}
		if got == Unclear && !c.filler() && a == Unclear {
			return Unclear, 0, 0
		}
	}
	return a, at, end
}

var rank = [...]int{Unclear: 0, Yes: 1, No: 2, Partly: 3, Unsure: 4}

// clause is a stretch of words up to a comma, a full stop or a "but".
type clause struct {
	words []string // lower case, without apostrophes
	ends  []int    // byte offset in the text behind each word
}

// Words that begin a clause of their own.
var clauseStart = set("but because although though however unless except cause cuz since while")

func clausesOf(text string) []clause {
	var out []clause
	var c clause
	flush := func() {
		if len(c.words) > 0 {
			out = append(out, c)
		}
		c = clause{}
	}
	toks := lex(clip(text, 2000)) // an answer stands at the front
	for i, t := range toks {
		switch {
		case t.kind == line, t.kind == punct && strings.Contains(",.;!?()\"", t.s):
			flush()
		case t.kind == punct && t.s == "-" && !(toks.touch(i) && toks.touch(i+1)):
			flush()
		case t.kind == word && clauseStart[t.s] && len(c.words) > 0:
			flush()
			c.words, c.ends = append(c.words, t.s), append(c.ends, t.end)
		case t.kind == word || t.kind == number:
			c.words, c.ends = append(c.words, drawnOut(strings.ReplaceAll(t.s, "'", ""))), append(c.ends, t.end)
		}
		if len(out) == 6 {
			break
		}
	}
	flush()
	return out
}

// drawnOut reads "yeeees" as yes and "noooo" as no.
func drawnOut(w string) string {
	if len(w) < 4 || len(w) > 40 {
		return w
	}
	var b strings.Builder
	for i := 0; i < len(w); {
		j := i
		for j < len(w) && w[j] == w[i] {
			j++
		}
		n := j - i
		if n >= 3 {
			n = 1
		}
		b.WriteString(w[i : i+n])
		i = j
	}
	return b.String()
}

var fillers = set("well hm hmm hmmm um uh erm er oh so honestly frankly actually tbh ah i id would say think guess suppose the a like you know to be honest ok okay right now for me personally thats thanks thank and good great question at moment currently today hi hello it its is in my opinion imo see let me as far afaik believe")

// filler reports whether the clause says nothing by itself.
func (c clause) filler() bool {
	for _, w := range c.words {
		if !fillers[w] && !(len(w) > 1 && strings.Trim(w, "hm") == "") {
			return false
		}
	}
	return true
}

// answer reads the clause alone. end is the number of words the answer takes;
// whole tells that it runs through the sentence and cannot be cut out.
func (c clause) answer() (a Answer, end int, whole bool) {
	start := 0
	for start < len(c.words) && yesNoLead[c.words[start]] {
		start++
	}
	// Doubts and reservations count wherever they stand in a short clause.
	reach := min(len(c.words), 9)
	for _, kind := range [...]Answer{Unsure, Partly} {
		for i := range reach {
			got, n := answerPhrases.at(c.words, i)
			if n == 1 && frontOnly[c.words[i]] && i > start && !(i == 1 && start == 0) {
				continue
			}
			if n > 0 && got == kind && (i <= start || len(c.words) <= 9) {
				return kind, i + n, false
			}
		}
	}
	for i := 0; i <= start && i < len(c.words); i++ {
		got, n := answerPhrases.at(c.words, i)
		if n == 0 {
			if got, n = wholeAnswers.at(c.words, i); n != len(c.words)-i {
				n = 0
			}
		}
		if n > 0 && got != Unclear {
			rest := i+n < len(c.words)
			return got, i + n, got == No && rest && (i > 0 || n == 1 && inSentence[c.words[0]])
		}
		if got == Unclear && n > 0 {
			return Unclear, 0, false
		}
	}
	for i := 0; i <= start && i < len(c.words); i++ {
		if _, n := negatedStart.at(c.words, i); n > 0 {
			return No, len(c.words), len(c.words) > i+n
		}
	}
	return Unclear, 0, false
}

// Words that reserve or doubt at the front of a clause and mean something else
// further in: "yes, I need some help".
var frontOnly = set("some part half close similar almost nearly mostly mainly might torn partial")

var yesNoLead = set("well hm hmm um uh oh so honestly frankly actually i id we would say think guess suppose its it that thats is am im the there my to be and just really currently right now at moment still honest believe know far as afaik")

// Words that say no and belong to the sentence that follows.
var inSentence = set("not never nobody none nothing nowhere neither hardly barely rarely without")

// noteFrom returns the text behind word end of clause i, without the comma or
// the "but" that joins it.
func noteFrom(text string, clauses []clause, i, end int) string {
	if end <= 0 || end > len(clauses[i].ends) {
		return ""
	}
	return trimNote(text[clauses[i].ends[end-1]:])
}

// unlessSame drops a note that only repeats the answer: "yup, sure".
func unlessSame(a Answer, note string) string {
	if len(note) > 30 || note == "" {
		return note
	}
	if c := clausesOf(note); len(c) == 1 && len(c[0].words) <= 3 {
		if again, end, _ := c[0].answer(); again == a && end == len(c[0].words) {
			return ""
		}
	}
	return note
}

func trimNote(s string) string {
	s = strings.TrimLeft(s, " \t\n,.;:!?-–—…)")
	for _, but := range [...]string{"but ", "But ", "and "} {
		s = strings.TrimPrefix(s, but)
	}
	if Empty(s) != NotEmpty {
		return ""
	}
	return strings.TrimSpace(s)
}

// emojiAnswer reads a reply that is only an emoji.
func emojiAnswer(text string) (Answer, string) {
	a := Unclear
	for _, t := range lex(clip(text, 2000)) {
		if t.kind == punct && t.s == "?" && a == Unclear && Empty(text) == OnlyMarks {
			return Unsure, ""
		}
		if t.kind != emoji {
			continue
		}
		got := Unclear
		for _, e := range emojiAnswers {
			if strings.Contains(t.s, e.mark) {
				got = e.answer
				break
			}
		}
		if rank[got] > rank[a] {
			a = got
		}
	}
	return a, ""
}

var emojiAnswers = []struct {
	mark   string
	answer Answer
}{
	{":+1", Yes}, {":thumbsup", Yes}, {":heavy_check_mark", Yes}, {":white_check_mark", Yes}, {":ok:", Yes}, {":ok_hand", Yes},
	{":yes", Yes}, {":100:", Yes}, {":check", Yes}, {":heavy_plus", Yes}, {":raised_hands", Yes},
	{":-1", No}, {":thumbsdown", No}, {":x:", No}, {":no_entry", No}, {":no_good", No}, {":no:", No}, {":negative_squared", No},
	{"shrug", Unsure}, {":thinking", Unsure}, {":question", Unsure}, {":grey_question", Unsure}, {":person_shrugging", Unsure},
	{":pinching_hand", Partly}, {":left_right_arrow", Partly},
	{"👍", Yes}, {"✅", Yes}, {"✔", Yes}, {"👌", Yes}, {"💯", Yes}, {"🆗", Yes}, {"🙌", Yes}, {"☑", Yes},
	{"👎", No}, {"❌", No}, {"🚫", No}, {"🙅", No}, {"✖", No}, {"⛔", No},
	{"🤷", Unsure}, {"🤔", Unsure}, {"❓", Unsure}, {"❔", Unsure},
	{"🤏", Partly},
}

// answerPhrases are the wordings that answer at the front of a clause.
var answerPhrases = newPhrases[Answer]().
	add(Unclear, `
		yes or no
		yes no
		none of your business
		no one
		right now
		true north
		sure thing sherlock`).
	add(Unsure, `
		not really? sure
		not so|too|entirely|totally|completely|quite|very|100 sure
		not certain
		not really? decided
		unsure
		uncertain
		undecided
		no idea
		no clue
		not a clue
		no opinion
		maybe
		maybe not
		perhaps
		possibly
		depends
		that|it depends
		idk
		dunno
		dont really|actually|quite? know
		do not really|actually|quite? know
		didnt know
		doesnt know
		wouldnt know
		never thought about|of it|that
		havent thought about it|that
		not thought about it|that
		hard|difficult|tough|impossible to say|tell|know|judge
		who knows
		cant|cannot|couldnt tell
		cant|cannot decide
		good question
		i wonder
		need|have|want to ask|check|think|find|look
		let me think
		have to think
		must ask|check
		no feeling
		weiß|weiss nicht
		weiß|weiss ich nicht
		keine ahnung
		vielleicht
		peut etre|être
		je ne sais pas
		no se
		no sé
		quizás
		tal vez
		could be
		might be
		might
		in two minds
		torn
		on the fence
		ask me later
		too early to say|tell`).
	add(Partly, `
		only if
		kind of
		kinda
		sort of
		sorta
		yes and no
		yes|yeah and|or also? no
		no and yes
		in a way
		in some ways|sense|respects
		in part
		in parts
		partly
		partially
		partial
		part
		half
		half half
		half and half
		halfway
		half way
		fifty fifty
		50 50
		somewhat
		some of it|them|that
		some
		sometimes
		to some extent|degree
		to a degree|point
		to a certain extent|degree
		up to a point
		a bit
		a little
		a little bit
		a few
		more or less
		so so
		not entirely|fully|completely|totally|wholly
		not always
		not all of it|them
		not everything
		not everywhere
		not 100
		mostly
		mainly
		almost
		nearly
		not quite yet
		jein
		teilweise
		teils
		un peu
		un poco
		en partie
		yes partly|partially
		close
		close enough
		similar
		in between`).
	add(Yes, `
		yes
		yes yes
		yes please|sir|indeed|absolutely|definitely|totally
		yep
		afraid so
		im afraid so
		ofc
		def
		defo
		prolly
		probs
		there is|are a few
		there is|are some|plenty|many|several|lots
		there is|are one
		yeah
		yeah|yes sure|right|totally|exactly
		yea
		yup
		yess
		yesss
		yessir
		ya
		yah
		ye
		yas
		aye
		y
		sure
		sure thing
		for sure
		of course
		course
		certainly
		definitely
		definitly
		definately
		absolutely
		correct
		thats|its correct|right|true|it
		affirmative
		indeed
		ok
		okay
		okey
		k
		kk
		agreed
		i|we agree
		sounds|looks good|great|right|fine|perfect
		sounds|looks like a plan
		go ahead
		go for it
		lets do it|that
		lets go
		do it
		please do
		please
		why not
		i would love|like to
		id love|like to
		love to
		gladly
		with pleasure
		by all means
		no doubt
		without a? doubt
		no question
		without question
		no problem
		no worries
		dont mind
		do not mind
		wouldnt mind
		cant wait
		all of it|them
		i think so
		think so
		guess so
		suppose so
		hope so
		believe so
		i would say so
		id say so
		hell|heck yes|yeah
		you bet
		probably
		probably yes
		most? likely
		very likely
		very much
		very much so
		pretty much
		the same
		the very same
		exactly the same
		i wouldnt say no
		wouldnt say no
		ja
		jo
		jawohl
		genau
		klar
		natürlich
		oui
		si
		sí
		claro
		sim
		tak
		da
		igen
		evet`).
	add(No, `
		no
		yeah|yea|ya no|nah|nope
		totally|completely|entirely|very|quite|rather|wholly different
		different
		another field|area|sector|industry
		ofc|def|defo|prolly|probs not|no
		no no
		no no no
		no thanks
		no thank you
		no way
		nope
		nop
		nah
		naw
		noo
		nooo
		n
		not
		not really
		not yet
		not at all
		not exactly
		not quite
		not particularly
		not much
		not now
		not today
		not that i know
		not that i know of
		not so much
		not in the least
		not necessarily
		never
		none
		nothing
		nobody
		nowhere
		neither
		nor
		negative
		incorrect
		false
		wrong
		hardly
		barely
		scarcely
		rarely
		seldom
		unlikely
		unfortunately not
		unfortunately no
		sadly not
		sadly no
		sadly
		unfortunately
		afraid not
		i wish
		i doubt it
		i doubt
		doubt it
		doubtful
		i refuse
		cant say
		cannot say
		couldnt say
		of course not
		definitely|definitly|definately|absolutely|certainly|probably|totally|completely not|no
		probably not
		likely not
		most likely not
		id rather not
		rather not
		would rather not
		prefer not
		prefer not to
		id pass
		pass
		hell|heck no
		no chance
		zero chance
		far from it
		on the contrary
		the opposite
		quite the opposite
		anything but
		by no means
		no longer
		not any more
		not anymore
		without
		too bad
		think not
		guess not
		suppose not
		hope not
		dont think so
		do not think so
		dont believe so
		sure not
		surely not
		why would i
		as if
		nein
		nö
		ne
		nee
		non
		nej
		nie
		não
		nao
		nem
		it sucks`)

// wholeAnswers answer only when nothing follows in the clause.
var wholeAnswers = newPhrases[Answer]().
	add(Yes, `
		completely
		fully
		right
		true
		fine
		already
		done
		always
		perfect
		great
		same
		same field|sector|area|industry|thing
		the same field|sector|area|industry|thing
		exactly
		precisely
		totally
		i|we|they do|am|have|can|will|would|could|did|should|want
		it|that|this|she|he is|does|has|was|will|can|would|could|did
		i|we|they really|certainly|definitely|sure|already do|am|have|can|will
		there is|are
		is
		am
		do
		would
		good
		want to
		i want to
		i want that|it
		i want this
		i really|definitely do|would
		one hundred percent
		100
		100 percent
		interested
		im interested|ready|in|game|happy to
		happy to
		ready
		start
		start now
		now`)

// negatedStart is a subject with a negated verb: the whole clause says no.
var negatedStart = newPhrases[bool]().add(true, `
	dont|doesnt|didnt|isnt|arent|wasnt|werent|cant|cannot|wont|wouldnt|couldnt|shouldnt|havent|hasnt|hadnt|aint
	do|does|did|is|are|was|were|am|can|will|would|could|should|have|has|had|im|its|thats|theres not|never|no|hardly|barely
	i|we|they|you|he|she|it|that|this|there|nobody|one dont|doesnt|didnt|isnt|arent|wasnt|werent|cant|cannot|wont|wouldnt|couldnt|shouldnt|havent|hasnt|hadnt|aint|never|hardly|barely|rarely|lack
	i|we|they|you|he|she|it|that|this|there do|does|did|is|are|was|were|am|can|will|would|could|should|have|has|had not|never|no|hardly|barely|none
	i|we still dont|havent|cant
	nobody|none|nothing ~
	not ~`)
