package reading

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// Beginnings are facts that somebody tells with their first words.
type Beginnings struct {
	Job    string // what they do today, as they wrote it; "" for nothing
	Target string // what they want to become
}

const roleWords = `((?:(?:an?|the) )?[\pL][\pL'’/&-]*(?: [\pL][\pL'’/&-]*){0,5}?)`

// roleEnd is where the name of a role ends.
const roleEnd = `(?:\s*[,.;:!?()\n]|\s+(?:and|but|now|today|right now|since|for|so|because|who|that|which|at the moment|from|until|one day|some day|someday|by|with|here|or)\b|\s*$)`

var (
	tellsJob    = regexp.MustCompile(`(?i)(?:^|[.!,;\n]\s*|\b(?:hi|hello|hey|and|but)\s+)(?:i\s+(?:am|work as|currently work as|now work as)|i['’]?m|im|my job is|i am working as|i['’]?m working as|currently)\s+(?:currently |now |still |just |working as )*` + roleWords + roleEnd)
	tellsTarget = regexp.MustCompile(`(?i)\b(?:i\s+(?:(?:really|also|just) )?(?:want|would like|would love|hope|plan|wish|dream|aim|like)|i['’]?d like|i['’]?d love|and (?:want|would like|hope)|but (?:want|would like)|my (?:goal|dream|aim|target) is|i wanna)\s+(?:to |of |is )*(?:become|be|becoming|being|get to be|work as|working as)\s+` + roleWords + roleEnd)
	notRole     = regexp.MustCompile(`(?i)^(?:(?:a|an|the|so|too|not|very|quite|really|no|in|on|at|out|up|off|here|new|good|fine|ok|okay|sure|ready|happy|sad|tired|bored|stuck|lost|busy|curious|interested|looking|trying|thinking|afraid|worried|sick|done|fed|able|glad|sorry|old|young|unhappy|angry|going|getting|doing|having|being|more|better|less|different|somebody|someone|something|free|rich|happier|proud|part|bit|little|human|person|man|woman|bot|content|satisfied|unsure|alone|back|also|only|working|leaving|asked|told|supposed|from|with|about|all|always|my|your|his|her|their|this|that|it|me|you|one|a bit)\b|\w+ing\b)`)
	withArticle = regexp.MustCompile(`(?i)^(?:an?|the) `)
)

// ReadBeginnings finds the job of today and the wanted one in what somebody says
// before anything was asked: "I'm a chef and want to become a food inspector". It
// takes what is named plainly and nothing else.
func ReadBeginnings(text string) (b Beginnings) {
	if utf8.RuneCountInString(text) > 400 {
		return b
	}
	role := func(re *regexp.Regexp) string {
		m := re.FindStringSubmatch(text)
		if m == nil {
			return ""
		}
		bare := withArticle.ReplaceAllString(strings.TrimSpace(m[1]), "")
		if utf8.RuneCountInString(bare) < 3 || notRole.MatchString(bare) {
			return ""
		}
		return bare
	}
	b.Target = role(tellsTarget)
	b.Job = role(tellsJob)
	return b
}
