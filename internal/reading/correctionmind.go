package reading

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// Mind is a change of mind about where somebody wants to get.
type Mind struct {
	// Head is what was said before it, "2 years ish": it answers something else.
	Head string
	// Value is what they want now, and Old what they no longer want, when said.
	Value, Old string
	// Certain says that the words speak of a change: "I changed my mind". "I'm
	// going back to school" may be one.
	Certain bool
}

var (
	// mindOpens are the words that open a change of mind, also in mid-sentence.
	mindOpens = regexp.MustCompile(`(?i)(?:\b(?:but|and|no|nope|wait|hang on|hold on|hmm+|oh|ok|okay|ac?tual+e?y|sor+y|scrap that|scratch that|forget that|forget it|on second thoughts?)\b[\s,.;:!…–-]*)+|\bi(?:['’]ve| have)?(?: just)? chang(?:ed|e) my mind\b`)
	saysMind  = regexp.MustCompile(`(?i)\bchang(?:ed|e) my mind(?: again)?\b[\s,.;:!…–-]*(?:and |so |now )*`)
	scraps    = regexp.MustCompile(`(?i)\b(?:scrap|scratch|forget) (?:that|it|all that)\b[\s,.;:!…–-]*`)
	wantsNow  = regexp.MustCompile(`(?i)^(?:now )?(?:i (?:now )?(?:want|wanna|would like|would rather|['’]?d like|think i want|do want)(?: to)?(?: be| become| do| go into| work as| get into| go for)?|i['’]?d (?:rather|like to)(?: be| become| do)?|wanna (?:be|do)|(?:i['’]?m|i am|im)? ?going (?:back )?(?:to|for|with)|(?:i['’]?ll|i will) go (?:back )?(?:to|for|with)|make it|make that|let['’]?s (?:do|go with|go for)|back to|go back to|rather|put|take|it['’]?s|its|it is) +(.+)$`)
	goesBack  = regexp.MustCompile(`(?i)\b(?:going|go|went) back to\b|\bback to\b`)
	wantsBe   = regexp.MustCompile(`(?i)\b(?:be|become|do|work as|going back|go back|back to|make it|go into|get into)\b`)
	insteadOf = regexp.MustCompile(`(?i)[\s,]+(?:instead of|rather than|and not|not)\s+(?:be(?:ing)? |becoming |doing )?(.+)$`)
	atTheEnd  = regexp.MustCompile(`(?i)[\s,]+(?:after all|instead|again|now|then|please|thanks?|as before)[\s.!]*$`)
	mindLead  = regexp.MustCompile(`(?i)^(?:an?|the|being an?|being|to be an?|doing)\s+`)
)

// ReadMind reads a change of mind: "I changed my mind, I want to be a data
// analyst", "make it data after all", "2 years, but no, I'm going back to
// nursing".
func ReadMind(text string) (m Mind, ok bool) {
	text = strings.TrimSpace(text)
	if utf8.RuneCountInString(text) > maxCorrection || strings.Contains(text, "\n") || strings.HasSuffix(text, "?") {
		return m, false
	}
	if m, ok = readMind(text, ""); ok {
		return m, true
	}
	for _, at := range mindOpens.FindAllStringIndex(text, 8) {
		head := tidy(text[:at[0]])
		if at[0] == 0 || head == "" {
			continue
		}
		if m, ok = readMind(strings.TrimSpace(text[at[0]:]), head); ok {
			return m, true
		}
	}
	return Mind{}, false
}

// readMind reads a text that is nothing but a change of mind.
func readMind(text, head string) (m Mind, ok bool) {
	rest, marked, certain := text, false, false
	for range 6 {
		before := rest
		for _, re := range []*regexp.Regexp{saysMind, scraps} {
			if at := re.FindStringIndex(rest); at != nil && at[0] <= 8 {
				rest, certain = rest[at[1]:], true
			}
		}
		if at := mindOpens.FindStringIndex(rest); at != nil && at[0] == 0 {
			rest, marked = strings.TrimSpace(rest[at[1]:]), true
		}
		if rest == before {
			break
		}
	}
	w := wantsNow.FindStringSubmatch(rest)
	if w == nil {
		return m, false
	}
	value := strings.TrimSpace(w[1])
	lead := rest[:len(rest)-len(w[1])]
	after := false
	for range 3 {
		end := atTheEnd.FindStringIndex(value)
		if end == nil {
			break
		}
		said := strings.ToLower(value[end[0]:])
		after = after || strings.Contains(said, "after all") || strings.Contains(said, "instead")
		value = strings.TrimSpace(value[:end[0]])
	}
	if at := insteadOf.FindStringSubmatchIndex(value); at != nil {
		m.Old = mindLead.ReplaceAllString(tidy(value[at[2]:at[3]]), "")
		value = value[:at[0]]
	}
	back := goesBack.MatchString(lead)
	if !certain && !after && m.Old == "" && !(marked && (back || wantsBe.MatchString(lead))) && !back {
		return Mind{}, false
	}
	if head != "" && !certain && !after && m.Old == "" && !back {
		return Mind{}, false // "yes, but I want to be near my family" is one answer
	}
	m.Head, m.Value = head, mindLead.ReplaceAllString(tidy(value), "")
	m.Certain = certain || after && wantsBe.MatchString(lead) || m.Old != "" && wantsBe.MatchString(lead) || head != "" && back
	if n := len(wordsOf(m.Value)); n == 0 || n > 8 || strings.HasPrefix(strings.ToLower(m.Value), "there") || pronouns[strings.ToLower(m.Value)] {
		return Mind{}, false
	}
	return m, true
}
