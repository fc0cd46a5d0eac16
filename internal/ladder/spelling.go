package ladder

import "strings"

// words is a typed word in the form in which all words are compared, most often
// one; short forms may stand for several.
func words(w string) []string {
	if w == "and" || w == "or" || w == "und" {
		return []string{markAnd}
	}
	if long, ok := shortForms[w]; ok {
		return long
	}
	if c := canonical(w); c != "" {
		return []string{c}
	}
	return nil
}

// canonical is a word without what tells British from American writing, one from
// many, and women from men, and without doubled consonants, which are the most
// frequent slips. The result is for comparing, not for reading.
func canonical(w string) string {
	w = singular(w)
	if s, ok := respelled[w]; ok {
		return squeeze(s)
	}
	return squeeze(spelling(w))
}

// plurals mean something else than their singular: an accounts supervisor looks
// after money, an account supervisor after clients.
var plurals = map[string]bool{"accounts": true, "customs": true, "works": true, "goods": true, "stores": true, "securities": true}

// singular takes the plural's ending away.
func singular(w string) string {
	n := len(w)
	switch {
	case n < 4 || w[n-1] != 's' || plurals[w]:
		return w
	case hasSuffix(w, "ss", "us", "is", "os", "as"):
		return w
	case strings.HasSuffix(w, "ies") && n > 4:
		return w[:n-3] + "y"
	case hasSuffix(w, "sses", "ches", "shes", "xes"):
		return w[:n-2]
	}
	return w[:n-1]
}

// endings are rewritten at the end of a word: British to American, and the
// forms for women and for anybody to the form for men.
var endings = []struct{ from, to string }{
	{"gramme", "gram"}, {"ising", "izing"}, {"ised", "ized"}, {"iser", "izer"},
	{"ise", "ize"}, {"yse", "yze"}, {"tre", "ter"}, {"bre", "ber"},
	{"ogue", "og"}, {"woman", "man"}, {"women", "man"}, {"person", "man"}, {"people", "man"}, {"men", "man"},
}

// inside is rewritten anywhere in a word, most often "behaviourist" and the like.
var inside = strings.NewReplacer("ae", "e", "our", "or", "isation", "ization")

func spelling(w string) string {
	if len(w) < 5 {
		return w
	}
	for _, e := range endings {
		// A whole word such as "person" keeps its own meaning.
		if strings.HasSuffix(w, e.from) && len(w) > len(e.from) {
			w = w[:len(w)-len(e.from)] + e.to
			break
		}
	}
	return inside.Replace(w)
}

// squeeze writes doubled consonants once, but for short words, which may be
// abbreviations.
func squeeze(w string) string {
	if len(w) < 5 {
		return w
	}
	double := -1
	for i := 1; i < len(w); i++ {
		if w[i] == w[i-1] && consonant(w[i]) {
			double = i
			break
		}
	}
	if double < 0 {
		return w
	}
	b := make([]byte, 0, len(w))
	for i := range len(w) {
		if i > 0 && w[i] == w[i-1] && consonant(w[i]) {
			continue
		}
		b = append(b, w[i])
	}
	return string(b)
}

func consonant(c byte) bool { return c >= 'b' && c <= 'z' && !strings.ContainsRune("eiou", rune(c)) }

func hasSuffix(w string, endings ...string) bool {
	for _, e := range endings {
		if strings.HasSuffix(w, e) {
			return true
		}
	}
	return false
}

// respelled are words whose other spelling no ending tells, and words for which
// another stands everywhere.
var respelled = map[string]string{
	"adviser": "advisor", "licence": "license", "practise": "practice", "defence": "defense", "tyre": "tire",
	"jewellery": "jewelry", "draught": "draft", "draughtsman": "draftsman", "draughtswoman": "draftsman",
	"draughtsperson": "draftsman", "cheque": "check", "mould": "mold", "plough": "plow", "dietician": "dietitian",
	"aeroplane": "airplane", "aluminium": "aluminum", "lorry": "truck", "maths": "math", "shop": "store",
	"kid": "child", "children": "child", "leader": "lead", "leading": "lead", "aide": "assistant", "boss": "manager",
	"administrator": "admin", "administrative": "admin", "administration": "admin", "freelancer": "freelance",
	"freelancing": "freelance", "telecommunication": "telecom", "salesgirl": "salesman", "saleslady": "salesman",
	"svp": "vp", "evp": "vp",
}

// shortForms are the short ways to write the words of titles, by what is typed.
var shortForms = func() map[string][]string {
	m := map[string][]string{}
	for short, long := range map[string]string{
		"mgr": "manager", "mngr": "manager", "mgmt": "management", "asst": "assistant", "rep": "representative",
		"reps": "representative", "tech": "technician", "techs": "technician", "sr": "senior", "snr": "senior",
		"jr": "junior", "jnr": "junior", "dev": "developer", "devs": "developer", "engr": "engineer", "eng": "engineer",
		"exec": "executive", "coord": "coordinator", "dir": "director", "cust": "customer", "svc": "service",
		"svcs": "service", "mktg": "marketing", "ops": "operations", "maint": "maintenance", "mfg": "manufacturing",
		"govt": "government", "uni": "university", "univ": "university", "lab": "laboratory", "labs": "laboratory",
		"dr": "doctor", "supv": "supervisor", "supvr": "supervisor", "sup": "supervisor", "hosp": "hospital",
		"dept": "department", "secy": "secretary", "acctg": "accounting", "purch": "purchasing", "elec": "electrical",
		"mech": "mechanical", "sysadmin": "system administrator", "teamlead": "team lead", "teamleader": "team lead",
		"hvacr": "hvac", "telemarketing": "telemarketer",
	} {
		for w := range strings.FieldsSeq(long) {
			m[short] = append(m[short], canonical(w))
		}
	}
	return m
}()

// merged are words that mean one thing together, and so have one form: their
// abbreviation, or the two written as one.
var merged = func() map[[2]string]string {
	m := map[[2]string]string{}
	for two, one := range map[string]string{
		"human resources": "hr", "information technology": "it", "quality assurance": "qa", "quality control": "qc",
		"public relations": "pr", "user experience": "ux", "user interface": "ui", "vice president": "vp",
		"machine learning": "ml", "artificial intelligence": "ai", "learning development": "l&d", "food beverage": "f&b",
		"research development": "r&d", "chief executive": "ceo", "ceo officer": "ceo", "business intelligence": "bi",
		"front desk": "frontdesk", "front office": "frontoffice", "real estate": "realestate", "head teacher": "headteacher",
		"head housekeeper": "headhousekeeper", "part time": "parttime", "one day": "someday", "full time": "fulltime",
		"sales girl": "salesman", "sales lady": "salesman", "sales man": "salesman", "sales woman": "salesman",
		"sales boy": "salesman", "sales person": "salesman", "sales people": "salesman", "managing director": "managingdirector", "general manager": "generalmanager",
	} {
		a, b, _ := strings.Cut(two, " ")
		m[[2]string{canonical(a), canonical(b)}] = squeeze(one)
	}
	return m
}()

// set is a table of words as they are compared.
func set(text string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(text) {
		m[canonical(w)] = true
	}
	return m
}
