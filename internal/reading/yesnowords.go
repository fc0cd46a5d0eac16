package reading

// Words that begin a clause of their own.
var clauseStart = set("but because although though however unless except cause cuz since while")

var answerSlips = map[string]string{
	"tink": "think", "sur": "sure", "shur": "sure", "shure": "sure", "suer": "sure",
	"ys": "yes", "yse": "yes", "yees": "yes", "yeas": "yes", "yeh": "yeah", "yeha": "yeah", "yupp": "yup", "yepp": "yep",
	"noep": "nope", "noope": "nope", "nopes": "nope", "kno": "know", "knw": "know", "kidna": "kinda", "knida": "kinda",
	"dno": "dunno", "duno": "dunno", "donno": "dunno", "dunnno": "dunno", "ofcourse": "course", "dontknow": "idk",
	"kindof": "kinda", "sortof": "sorta", "notsure": "unsure", "noidea": "idk", "dosnt": "doesnt", "dosent": "doesnt", "dnt": "dont",
}

var fillers = set("well hm hmm hmmm um uh erm er oh so honestly frankly actually tbh ah i id would say think guess suppose the a like you know to be honest ok okay right now for me personally thats thanks thank and good great question at moment currently today hi hello it its is in my opinion imo see let me as far afaik believe")

// Words that reserve or doubt at the front of a clause and mean something else
// further in: "yes, I need some help".
var frontOnly = set("some part half close similar almost nearly mostly mainly might torn partial")

var yesNoLead = set("well hm hmm um uh oh so honestly frankly actually i id we would say think guess suppose its it that thats is am im the there my to be and just really currently right now at moment still honest believe know far as afaik")

// Words that say no and belong to the sentence that follows.
var inSentence = set("not never nobody none nothing nowhere neither hardly barely rarely without")

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
		sure thing sherlock
		i? dont now
		nah|no yeah|yea`).
	add(Unsure, `
		may be
		ma be
		no sure
		i? not|no know
		i? dont no
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
		but not really|entirely|always|fully|completely|quite
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
		ofc|def|probs not|no
		no no
		no no no
		no thanks
		no thank you
		no way
		nope
		nay
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
		i want not
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
		definitely|absolutely|certainly|probably|totally|completely not|no
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
