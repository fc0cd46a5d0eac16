package reading

import (
	"regexp"
	"strings"
)

// Name is the short name in what somebody said when they were asked for one: a
// job, an aim, a course, a thing to do. It leaves out what people say around a
// name: fillers ("uhh idk maybe"), lead-ins ("I work as a"), how long and by when,
// remarks behind it, and further sentences. What is left are the person's own
// words, in their spelling. Text that is nothing but such words comes back as it
// is: a name is never empty where something was said.
func Name(text string) string {
	text = strings.Join(strings.Fields(Clean(clip(text, maxText))), " ")
	for _, s := range sentences(unrejected(text)) {
		if name := nameIn(s); name != "" {
			return name
		}
	}
	return text
}

// Deed is what somebody wants to do, without the fillers around it: "ok my own
// ones: finish my BSN". When and how they want to do it stays.
func Deed(text string) string {
	deed := unrejected(strings.TrimSpace(text))
	for range 8 {
		before := deed
		if deed = drop(nameTail, drop(nameHead, deed)); deed == before {
			break
		}
	}
	if Empty(deed) != NotEmpty {
		return text
	}
	return deed
}

// opensNo turns down what was offered before the words that count: "thats not it. i
// want to sleep before shifts". wantsMoreFirst is said before what is wanted: "i want
// more, want be electrician".
var (
	opensNo        = regexp.MustCompile(`(?i)^\W*(?:no\b\W*)?(?:(?:that['’]?s|that is|this is|it['’]?s|it is|is) not (?:it|that|right|quite (?:it|that|right)|what i (?:meant|mean|said|want))|not (?:that|this|it|quite)(?: one)?)\s*[.,;:!…–—]+\s*(?:i (?:want|would like|wanna|need) to )?`)
	wantsMoreFirst = regexp.MustCompile(`(?i)^\W*(?:i )?(?:just |only )?want more\s*[.,;:!…–—]+\s*`)
)

// unrejected is what is said behind an opening that only turns something down.
func unrejected(text string) string { return drop(wantsMoreFirst, drop(opensNo, text)) }

// saysWhen is when something is to be, which is asked for and not told along.
var saysWhen = regexp.MustCompile(`^(?:by|until|till|before|within|in|since|from|around|about)\b.{0,30}$`)

// clauseMark is where what is told along with a name begins.
var clauseMark = regexp.MustCompile(`(?i)\s*[,;]\s*(?:and\s+)?|\s+and (i|i'm|i've|im|ive)\b\s*`)

// ToldAlong is what was said around a name and is neither in the name nor how long:
// "finished a cert 3" and "I want 85k" of "I've been a chef 15 years, finished a
// cert 3, and I want 85k". At most four things, in the person's words.
func ToldAlong(text string) []string {
	name := strings.ToLower(Name(text))
	var out []string
	for _, s := range sentences(strings.Join(strings.Fields(Clean(clip(text, maxText))), " ")) {
		from := 0
		ends := append(clauseMark.FindAllStringSubmatchIndex(s, -1), []int{len(s), len(s), -1, -1})
		for _, at := range ends {
			part := Deed(strings.Trim(s[from:at[0]], nameMarks))
			from = at[1]
			if at[2] >= 0 {
				from = at[2] // "and I want" keeps its I
			}
			low := strings.ToLower(part)
			if len(strings.Fields(part)) < 2 || strings.Contains(low, name) || strings.Contains(name, low) || DurationIn(part) != "" || namesNothing.MatchString(part) || saysWhen.MatchString(low) || len(out) == 4 {
				continue
			}
			out = append(out, part)
		}
	}
	return out
}

// Names are the names of a list, without entries that name nothing ("not sure",
// "idk the name"); the list itself where no entry names anything.
func Names(items []string) []string {
	var out []string
	for _, it := range items {
		for _, s := range sentences(strings.Join(strings.Fields(it), " ")) {
			if name := nameIn(s); name != "" {
				out = append(out, name)
				break
			}
		}
	}
	if len(out) == 0 {
		return items
	}
	return out
}

var (
	thenFirst = regexp.MustCompile(`(?i)^\W*(?:(?:and|so|well|ok(?:ay)?|uhh?|lol)\b[\s,]*)*(?:then\b[\s,:]*)+`)
	ifTwice   = regexp.MustCompile(`(?i)\bif,?\s+(if\b)`)
	thenTwice = regexp.MustCompile(`(?i)\bthen,?\s+(then\b)`)
)

// Then is what somebody will do, without the "then" that the coach says itself.
func Then(text string) string { return drop(nameTail, drop(thenFirst, strings.TrimSpace(text))) }

// IfThen is an if-then plan in which "if" and "then" stand once.
func IfThen(text string) string {
	return thenTwice.ReplaceAllString(ifTwice.ReplaceAllString(strings.TrimSpace(text), "$1"), "$1")
}

// DurationIn is the length of time told along with a name, "" for none: "2 yers and
// haf" in "I work in a warehouse since 2 yers and haf". Time that is still to come
// ("in 2 years") is none.
func DurationIn(text string) string {
	text = clip(text, maxText)
	at := longFor.FindStringIndex(text)
	if at == nil {
		return ""
	}
	before := strings.ToLower(strings.TrimSpace(text[:at[0]]))
	for _, ahead := range []string{"in", "within", "after", "next", "every", "until", "another", "my", "only", "old"} {
		if strings.HasSuffix(before, " "+ahead) || before == ahead {
			return ""
		}
	}
	if rest := strings.ToLower(strings.TrimSpace(text[at[1]:])); strings.HasPrefix(rest, "old") || strings.HasPrefix(rest, "ago") || strings.HasPrefix(rest, "from now") {
		return ""
	}
	return text[at[0]:at[1]]
}

// nameIn is the name in one sentence, "" where it names nothing.
func nameIn(s string) string {
	name := s
	for range 8 {
		before := name
		name = strings.Trim(name, nameMarks)
		name = drop(nameHead, name)
		name = drop(nameLead, name)
		name = drop(nameTail, name)
		for _, cut := range nameCuts {
			if at := cut.FindStringIndex(name); at != nil && at[0] > 0 {
				name = name[:at[0]]
			}
		}
		if name == before {
			break
		}
	}
	if namesNothing.MatchString(name) || Empty(name) != NotEmpty {
		return ""
	}
	return closed(name)
}

// nameMarks stand around a name and are no part of it.
const nameMarks = " \t,;:.!?…–—-*_~\"“”"

// drop is s without what re finds in it, unless that is all of it.
func drop(re *regexp.Regexp, s string) string {
	if rest := strings.Trim(re.ReplaceAllString(s, ""), nameMarks); rest != "" {
		return rest
	}
	return s
}

// closed is a name whose brackets are in pairs.
func closed(name string) string {
	if at := strings.LastIndexByte(name, '('); at > 0 && !strings.Contains(name[at:], ")") {
		return strings.TrimRight(name[:at], nameMarks)
	}
	if strings.Contains(name, ")") && !strings.Contains(name, "(") {
		return strings.TrimRight(strings.ReplaceAll(name, ")", ""), nameMarks)
	}
	return name
}

// nameEnds is where a sentence ends and another begins.
var nameEnds = regexp.MustCompile(`[.!?…]+["”)]*\s+|\s+…\s*|…+|\s+[–—]\s+|\s+-\s+`)

// shortened are words that a point follows without ending a sentence.
var shortened = regexp.MustCompile(`(?i)(?:^|[\s(.])(?:dr|mr|mrs|ms|st|no|nr|approx|inc|ltd|co|e\.g|i\.e|vs|etc|dept|jr|sr|[a-z])$`)

// sentences are the parts of a text that end like sentences.
func sentences(text string) []string {
	var out []string
	from := 0
	for _, at := range nameEnds.FindAllStringIndex(text, -1) {
		if text[at[0]] == '.' && shortened.MatchString(text[from:at[0]]) {
			continue
		}
		out = append(out, text[from:at[0]])
		from = at[1]
	}
	return append(out, text[from:])
}

// anyOf joins alternatives of a regular expression.
func anyOf(words ...string) string { return `(?:` + strings.Join(words, "|") + `)` }

var (
	// nameHead are the fillers in front of a name.
	nameHead = regexp.MustCompile(`(?i)^` + anyOf(
		`u+h+m*`, `u+m+`, `e+r+m*`, `h+m+`, `a+h+`, `o+h+`, `well`, `so`, `ok(?:ay)?`, `lol`, `l+m+a+o+`, `(?:ha)+h?`, `yeah?`, `yep`, `yes`, `like`, `honestly`, `tbh`, `ngl`,
		`idk(?: the| its| it'?s)?(?: name| called)?`, `i (?:don'?t|do not|dont) know(?: the| its)?(?: name)?`, `dunno`, `no clue`, `(?:i'?m )?not (?:really |so |too )?sure(?: yet)?`, `no idea`,
		`mayb(?:e|ee|y)?|mabe?y`, `perhaps`, `probabl?y|probly|prolly`, `possibly`, `something like`, `sth like`, `smth like`, `kind ?of`, `sort ?of`,
		`i (?:guess|think|suppose|mean|reckon)(?: that)?`, `basically`, `actually`, `just`, `hi`, `hello`, `hey`, `sorry`, `right now`, `currently`, `at the moment`, `now`,
		`(?:ok )?my own(?: (?:ones?|goals?|ideas?)(?: is| are| would be)?\s*:?|\s*:)`, `mine(?: is| are)?(?:\s*:|\b)`, `my (?:goal|aim|idea|target|answer|job|title|role|job title)(?:s)? (?:is|are|would be|will be)(?: to)?`,
		`as i (?:already )?(?:said|told you|wrote)(?: before)?`, `i (?:literally |already |just |have |)+(?:said|told you|wrote)(?: that| it| before| already)?`,
		`and`, `but`, `then`, `also`, `it'?s(?: called)?`, `that'?s`, `the name is`,
	) + `(?:[\s,.:;…–—!?-]+|$)`)

	// nameLead is what leads up to a name.
	nameLead = regexp.MustCompile(`(?i)^` + anyOf(
		`i(?:'m| am|m)(?: currently| still| now| working as)?(?: (?:a|an|the)\b)?(?: working)?(?: as| in| at)?(?: (?:a|an|the)\b)?`,
		`i(?:'ve| have|ve)?(?: also)? been(?: working)?(?: as| in| at)?(?: (?:a|an|the)\b)?`,
		`i (?:currently |now |still )?(?:work|worked|working)(?: (?:as|in|at|on)\b)(?: (?:a|an|the)\b)?`, `work(?:ing)? as(?: (?:a|an|the)\b)?`,
		`(?:i (?:want|wanna|wanted|would like|need|hope|plan)|i'?d (?:like|love)|want|wanna)(?: to|ed to)?(?: be(?:come)?| get to be| get into| work as| move (?:up )?to| end up as)(?: (?:a|an|the)\b)?`,
		`(?:i (?:want|would like|need|hope|plan|will|have|can|could|should|must)|i'?d (?:like|love)|i'?ll|i wanna|want)(?: to\b)?`,
		`(?:to )?be(?:come|coming)? (?:a|an|the)\b`, `to become`,
	) + `\s+`)

	// nameTail are the remarks behind a name.
	nameTail = regexp.MustCompile(`(?i)[\s,.!?:;…–—-]+` + anyOf(
		`lol`, `l+m+a+o+`, `(?:ha)+h?`, `idk`, `i (?:guess|think|suppose|reckon)`, `maybe`, `mayb`, `perhaps`, `probably`, `or (?:something|so|smth|sth|whatever|like that)(?: like (?:that|this))?`,
		`something like (?:that|this)`, `you know`, `tbh`, `ngl`, `duh`, `basically`, `for now`, `please`, `pls`, `thanks`, `thank you`, `hm+`, `right`, `yeah`, `:[a-z0-9_+-]+:`, `[:;]-?[)(dp]`,
		`(?:and |then |so )*(?:that'?s|thats|that is) (?:it|all)`, `nothing else`, `(?:my|a|the) [\p{L}]+ (?:says?|said|told me|tells me)(?: so| it)?`, `as i said`, `if (?:that'?s|it'?s|thats) (?:ok(?:ay)?|possible|fine)`,
		`not sure`, `no idea`, `i (?:don'?t|dont|do not) know`,
	) + `[\s.!?,…]*$`)

	// span is a length of time.
	span = `\b~?(?:\d+(?:[.,]\d+)?\+?|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|half an?|a few|many|some|several)(?:\s*(?:-|to)\s*\d+)?\s*(?:years?|yrs?|ye+rs?|yaers?|y|months?|mths?|monhts?|weeks?|days?)\b`

	// longFor is how long somebody has done what they name: "since 2 yers and haf",
	// "15 years".
	longFor = regexp.MustCompile(`(?i)(?:\bsince\s+(?:\d{4}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\s+\d{4})|` + span + `(?:\s+(?:and|und)(?:\s+a)?\s+(?:half|haf|hlaf|halff|halbe)\b|\s+(?:and\s+)?\d+\s+months?\b)?)`)

	// nameCuts are where what follows is no longer the name: how long, by when,
	// why, and what else there is to say.
	nameCuts = []*regexp.Regexp{
		regexp.MustCompile(`(?i)[\s,(]+(?:(?:for|since|in|within|over|almost|nearly|about|around|going on|already|now|the last|the past)\s+)*` + span),
		regexp.MustCompile(`(?i)[\s,(]+(?:since|as of)\s+(?:\d|last|the|i|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|early|mid|late|summer|spring|autumn|winter|school|college|ever)`),
		regexp.MustCompile(`(?i)[\s,(]+(?:been|have been|i'?ve been)\s+(?:doing|there|here|at|in|a|an|with|on)\b`),
		regexp.MustCompile(`(?i)[\s,]+(?:by|until|till|before|within|in)\s+(?:about |around |the )?(?:(?:end|start|middle|beginning|summer|spring|autumn|fall|winter)(?: of)?(?: the)?(?: next| this)?(?: year|\s+\d{4})?|early|mid|late|next (?:year|summer|spring|autumn|fall|winter|month)|this year|\d{4}\b|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\b|i(?:'m| am|m)? (?:turn )?\d)`),
		regexp.MustCompile(`(?i)[\s,]+(?:because|becuase|cause|coz|cuz|so that|so i can|since i|which i|but (?:i|not|first|only|it|that|maybe|my)|though|although)\b`),
		regexp.MustCompile(`(?i)\s*,\s*(?:like|i (?:already )?(?:finished|did|have|want|need|am|was|do|work|like|hate|can|would|think|don'?t)|i'?(?:m|ve|d)|and i\b|finished|been|it'?s|thats?\b|it is|which|my)\b`),
		regexp.MustCompile(`(?i)\s+and (?:i|i'm|im|i've|ive|i'd) (?:want|need|have|finished|did|am|would|like|hate|do|don'?t)\b`),
	}

	// namesNothing is said where there is no name to give.
	namesNothing = regexp.MustCompile(`(?i)^\W*` + anyOf(
		`(?:i )?(?:no|not|don'?t|dont|do not)(?: have| has| got)?(?: any| a| an| one| the| yet)*(?: papers?| certificates?| licen[cs]es?| name| idea| clue| one| nothing| yet| sure)*`,
		`(?:i )?(?:no have|have no|have not|haven'?t)(?: any| a| one| yet| got)*(?: papers?| certificates?| licen[cs]es?| name| idea| one| nothing)*`,
		`idk(?: the)?(?: name)?`, `dunno`, `unsure`, `the name`, `none(?: yet)?`, `nothing(?: yet)?`, `unknown`, `maybe`, `mayb`, `perhaps`, `yes`, `ok(?:ay)?`, `lol`, `do (?:it|that|this)`, `done`,
		`(?:i )?(?:don'?t|dont|do not) know(?: yet| the name)?`, `not (?:really |so )?sure(?: yet)?`, `no idea`, `(?:and |then |so )*(?:that'?s|thats|that is) (?:it|all|enough|the same.*)`,
	) + `\W*$`)
)
