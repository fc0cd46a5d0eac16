package reading

// Greeting reports whether text is a greeting and nothing more: "hi", "hello
// coach", "good morning!".
func Greeting(text string) bool { return wholly(text, greetings) }

// Thanks reports whether text only thanks or says goodbye: "thank you", "thanks
// a lot, bye".
func Thanks(text string) bool { return wholly(text, thanks) }

// wholly reports whether a short text is made of nothing but the wordings of p.
func wholly(text string, p *phrases[bool]) bool {
	words := wordsOf(clip(text, 200))
	if len(words) == 0 {
		for _, t := range lex(clip(text, 200)) {
			if t.kind == emoji && p == greetings && (t.s == ":wave:" || t.s[:min(4, len(t.s))] == "👋") {
				return true
			}
			if t.kind == emoji && p == thanks && (t.s == ":pray:" || t.s[:min(4, len(t.s))] == "🙏") {
				return true
			}
		}
		return false
	}
	if len(words) > 8 {
		return false
	}
	said := false
	for i := 0; i < len(words); {
		if isMain, n := p.at(words, i); n > 0 {
			said = said || isMain
			i += n
			continue
		}
		return false
	}
	return said
}

var greetings = newPhrases[bool]().
	add(true, `
		hi
		hii
		hiya
		hello
		helo
		hallo
		hey
		heya
		heyy
		howdy
		yo
		moin
		servus
		hola
		bonjour
		salut
		ciao
		ahoy
		greetings
		morning
		good morning|afternoon|evening|day
		guten morgen|tag|abend
		grüß gott
		grüezi
		whats up
		sup
		wassup
		how are you
		how are you today|doing
		how do you do
		hows it going
		nice to meet you
		im back
		anyone|anybody there|here
		are you there|here
		hi there`).
	add(false, `
		there
		coach
		waymark
		bot
		again
		everyone
		friend
		my friend
		to you
		all
		dear
		mate`)

var thanks = newPhrases[bool]().
	add(true, `
		thanks a? lot|bunch|million|ton?
		thanks very much
		thanks so much
		thank you very|so? much?
		thank u
		many thanks
		thx
		thanx
		ty
		tysm
		cheers
		much appreciated
		i appreciate it|that
		appreciate it|that
		danke schön|sehr?
		vielen dank
		merci beaucoup?
		gracias
		bye
		bye bye
		goodbye
		good bye
		see you
		see you later|soon|tomorrow|then|next
		talk soon|later
		have a nice|good|great day|evening|weekend
		good night
		ciao
		tschüss
		that helps
		that helped
		that was helpful
		very helpful
		helpful`).
	add(false, `
		coach
		waymark
		bot
		for everything|that|this|now|today|your
		for the|your help|advice|time|support
		for your help
		for helping
		for helping me
		again
		great
		perfect
		ok
		okay
		cool
		nice
		super
		awesome
		good
		and
		all
		then
		a lot
		so
		well
		week`)
