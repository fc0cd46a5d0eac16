package ladder

import (
	"slices"
	"strings"
)

// phrase is a title taken apart: the words of the title itself, in an order that
// ends with what the person is, and the words that only say where.
//
//	head of sales in Europe → title: sales head, where: europe
type phrase struct {
	title, where []string
}

// all are the words of the phrase.
func (p phrase) all() []string { return append(slices.Clip(p.where), p.title...) }

// noun is the word that says what the person is.
func (p phrase) noun() string {
	if len(p.title) == 0 {
		return ""
	}
	return p.title[len(p.title)-1]
}

var (
	// places begin the part of a text that says where, for whom or since when.
	places = set(`at for in with within on from to by near who that which where doing because but since until under
		while as when throughout via per plus so during after before including bei im`)
	// nothing has no meaning in a title.
	nothing = set(`a an the my our some im am i is was it's its be been being this ur der die das de du la le el
		und fulltime parttime currently current former formerly ex retired
		someday eventually still really mostly mainly actually basically just only simply kind sort of like now well also`)
	// leads are words people begin with before they come to the title.
	leads = set(`i we im am are ive have had been a an the my our is was its being as do what well hi hello hey yes ok okay so
		um uh sorry honestly currently current presently present officially technically basically mostly mainly just
		only simply still now today like maybe say guess would kind sort of moment used to they me
		want wanna wish love hope hoping dream dreaming become becoming be id ill someday eventually`)
	// titled name a title, working go before one; both are also words of titles:
	// "job coach", "work planner".
	titled  = set("job title position role occupation profession jobtitle")
	working = set("work works working worked employed serve serving hired acting")
	// does turns "I drive a truck" into "truck driver".
	does = func() map[string]string {
		m := map[string]string{}
		for verb, noun := range map[string]string{
			"drive": "driver", "teach": "teacher", "clean": "cleaner", "manage": "manager", "cook": "cook", "bake": "baker",
			"weld": "welder", "sell": "sales", "design": "designer", "paint": "painter", "write": "writer", "translate": "translator",
			"run": "manager", "supervise": "supervisor", "repair": "mechanic", "fix": "mechanic", "code": "developer",
			"program": "developer", "nurse": "nurse", "recruit": "recruiter", "coach": "coach", "audit": "auditor",
		} {
			m[canonical(verb)] = canonical(noun)
			m[canonical(verb+"s")] = canonical(noun)
		}
		return m
	}()
	// vague are things that somebody manages or does without saying what.
	vague = set("people team staff everything stuff thing things lot many bit all any something whatever it")
)

// parse takes words without marks apart as a title that somebody wrote down.
func parse(tokens []string) phrase {
	var p phrase
	cut := slices.IndexFunc(tokens, func(w string) bool { return places[w] })
	if cut >= 0 {
		p.where = tidy(tokens[cut:])
		tokens = tokens[:cut]
	}
	p.title = deputies(invert(tokens))
	return p
}

// read takes words without marks apart as something a person typed in answer to
// "what is your job?".
func read(tokens []string) phrase {
	first := len(tokens) > 0 && (tokens[0] == "i" || tokens[0] == "we")
	tokens = afterLead(tokens)
	if first && len(tokens) > 1 {
		if noun, ok := does[tokens[0]]; ok {
			return doing(strip(tokens[1:]), noun)
		}
	}
	return parse(tokens)
}

// joined is "bakery manager" for "manager in a bakery", when the title by itself
// tells no work.
func (p phrase) joined() (phrase, bool) {
	if len(p.where) == 0 || len(p.title) == 0 || slices.ContainsFunc(p.title, tellsWork) {
		return p, false
	}
	return phrase{title: deputies(p.all())}, true
}

// shortened is "charge nurse" for "charge nurse nights": what stands behind the
// last word that says who somebody is says where or when.
func (p phrase) shortened() (phrase, bool) {
	for i := len(p.title) - 1; i >= 0; i-- {
		if saysWho(p.title[i]) {
			if i == len(p.title)-1 {
				break
			}
			return phrase{title: p.title[:i+1], where: slices.Concat(p.where, p.title[i+1:])}, true
		}
	}
	return p, false
}

// afterLead drops what people begin with: "I currently work as a".
func afterLead(tokens []string) []string {
	dropped := ""
	for len(tokens) > 1 {
		w, next := tokens[0], tokens[1]
		switch {
		case leads[w]:
		case titled[w] && (leads[dropped] || titled[dropped] || titled[next] || next == "is"):
		case working[w] && (leads[next] || places[next]):
		default:
			return tokens
		}
		dropped, tokens = w, tokens[1:]
	}
	return tokens
}

// doing makes a title of what somebody does: "truck" and "driver".
func doing(object []string, noun string) phrase {
	var p phrase
	if i := slices.IndexFunc(object, func(w string) bool { return places[w] }); i >= 0 {
		p.where, object = tidy(object[i:]), object[:i]
	}
	if len(object) > 0 && vague[object[0]] {
		return phrase{}
	}
	p.title = append(tidy(object), noun)
	return p
}

func strip(tokens []string) []string {
	for len(tokens) > 0 && nothing[tokens[0]] {
		tokens = tokens[1:]
	}
	return tokens
}

// tidy drops the words without meaning.
func tidy(tokens []string) []string {
	var out []string
	for _, w := range tokens {
		if !nothing[w] && !places[w] && w != "of" && !isCount(w) {
			out = append(out, w)
		}
	}
	return out
}

// invert puts what stands after "of" before it: "head of sales" is "sales head".
func invert(tokens []string) []string {
	if i := slices.Index(tokens, "of"); i > 0 && i < len(tokens)-1 {
		return append(invert(tokens[i+1:]), tidy(tokens[:i])...)
	}
	return tidy(tokens)
}

// isCount reports whether a word is a level or another number that tells no work:
// "2" and "iii" in "Software engineer III".
func isCount(w string) bool {
	switch w {
	case "ii", "iii", "iv", "v", "i":
		return true
	}
	return len(w) < 3 && strings.Trim(w, "0123456789") == ""
}

// deputies gives the words for who stands in for a manager one form, which is
// another than that of an assistant who helps: "assistant store manager", but
// not "marketing assistant".
func deputies(tokens []string) []string {
	for i, w := range tokens {
		switch w {
		case "asistant", "deputy", "vice":
		default:
			continue
		}
		for _, later := range tokens[i+1:] {
			if r, ok := rank(later); ok && r >= 3 && r < 5 || stoodInFor[later] {
				tokens = slices.Clone(tokens)
				tokens[i] = "deputy"
				break
			}
		}
	}
	return tokens
}

var stoodInFor = set("principal headteacher headmaster supervisor governor registrar headhousekeeper lead")
