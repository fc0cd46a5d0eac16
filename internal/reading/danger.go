package reading

import (
	"strings"
	"sync"
	"unicode"
)

// Concern is a sign of distress, or a matter that a coach must leave to people
// whose duty it is.
type Concern int

// The concerns. UnclearCrisis means words that can be meant literally or not:
// the coach asks.
const (
	NoConcern Concern = iota
	Legal
	Medical
	Burnout
	Harassment
	UnclearCrisis
	Crisis
)

// String returns the concern's name in lower case.
func (c Concern) String() string {
	return [...]string{"none", "legal", "medical", "burnout", "harassment", "unclear crisis", "crisis"}[c]
}

// Danger returns the gravest concern that text shows, over its whole length.
//
// It would rather ask once too often than miss: only figures of speech and
// fields of work that are known ("this deadline is killing me", "suicide
// prevention nurse") pass silently. Slips of the keyboard, letters swapped for
// digits or stars and common words of other languages are covered. It is a net
// for a first answer, not a judgement of anybody's state.
func Danger(text string) Concern {
	words := dangerWords(text)
	worst := NoConcern
	for i := 0; i < len(words); {
		s, n := alarms.at(words, i)
		if n == 0 {
			i++
			continue
		}
		if c := s.weigh(words, i, n); c > worst {
			worst = c
		}
		i++ // a graver wording may begin inside this one
	}
	return worst
}

// sign is what a wording shows.
type sign struct {
	concern Concern
	// topic marks wordings that name the matter without saying that it is the
	// person's own: they pass beside words for a field of work.
	topic bool
}

// weigh returns the concern of the wording of n words at i, as its neighbours
// change it.
func (s sign) weigh(words []string, i, n int) Concern {
	if covered(words, i, n) {
		return NoConcern
	}
	if s.topic && nearWork(words, i, n) {
		return NoConcern
	}
	if s.concern == Crisis && denied(words, i) {
		return UnclearCrisis
	}
	if s.topic && s.concern != UnclearCrisis && denied(words, i) {
		return NoConcern
	}
	return s.concern
}

// covered reports whether a known figure of speech takes in the end of the
// wording.
func covered(words []string, i, n int) bool {
	for k := max(0, i-4); k < i+n; k++ {
		if _, m := harmless.at(words, k); m > 0 && k+m >= i+n {
			return true
		}
	}
	return false
}

// nearWork reports whether a word for a field of work stands close by.
func nearWork(words []string, i, n int) bool {
	for k := max(0, i-3); k < min(len(words), i+n+3); k++ {
		if words[k] == sentenceEnd && k >= i+n {
			return false
		}
		if (k < i || k >= i+n) && workWords[words[k]] {
			return true
		}
	}
	return false
}

var workWords = set("prevention prevent preventing hotline helpline lifeline nurse nurses nursing counsellor counselor counselling counseling therapist therapists psychologist psychiatrist researcher research training trainer awareness officer policy policies coach coaching course courses workshop workshops seminar specialist specialists expert consultant advisor adviser advocate advocacy survivors volunteer volunteering charity intervention unit ward clinic department team investigator investigations lawyer attorney management assistant technician pharmacist compliance law paralegal degree certificate certification program programme response support services")

func denied(words []string, i int) bool {
	for k := i - 1; k >= 0 && k >= i-3; k-- {
		switch words[k] {
		case "not", "never", "dont", "isnt", "arent", "wont", "didnt", "wouldnt", "doesnt", "wasnt", "nobody", "nor":
			return true
		case "going", "really", "do", "to", "be", "ever", "at", "all", "feel", "feeling", "being", "about", "actually", "want", "gonna", "the", "any", "a", "have", "had", "been", "am", "no":
			if words[k] == "no" {
				return true
			}
			continue
		}
		return false
	}
	return false
}

// dangerWords returns the words of text folded for comparison: no case, no
// apostrophes, digits and signs inside words read as the letters they stand
// for, spaced letters joined, slips in the words that matter mended. A dot
// stands for the end of a sentence.
func dangerWords(text string) []string {
	var words []string
	var b strings.Builder
	flush := func() {
		if b.Len() > 0 {
			words = append(words, foldDanger(b.String()))
			b.Reset()
		}
	}
	for _, r := range clip(text, maxText) {
		switch {
		case unicode.IsLetter(r) || digit(r) >= 0:
			b.WriteRune(unicode.ToLower(r))
		case r == '*' || r == '@' || r == '$':
			b.WriteRune(r)
		case apostrophe(r) || invisible(r) || unicode.Is(unicode.Mn, r):
			if unicode.Is(unicode.Mn, r) && !invisible(r) {
				b.WriteRune(r)
			}
		case r == '!' && b.Len() > 0:
			b.WriteRune(r)
		case r == '.' || r == '?' || r == ';':
			flush()
			if len(words) > 0 && words[len(words)-1] != sentenceEnd {
				words = append(words, sentenceEnd)
			}
		default:
			flush()
		}
	}
	flush()
	return mendDanger(joinLetters(words))
}

var leet = strings.NewReplacer("0", "o", "1", "i", "3", "e", "4", "a", "5", "s", "7", "t", "@", "a", "$", "s", "!", "i")

// foldDanger reads "su1cide" as suicide and leaves "12" and "wow!" alone.
func foldDanger(w string) string {
	w = drawnOut(strings.TrimRight(w, "!*@$"))
	w = strings.TrimLeft(w, "*")
	if !strings.ContainsAny(w, "0134579@$!*") || strings.IndexFunc(w, unicode.IsLetter) < 0 {
		return w
	}
	return leet.Replace(w)
}

// joinLetters joins letters typed apart: "k i l l" is kill.
func joinLetters(words []string) []string {
	out := words[:0]
	for i := 0; i < len(words); {
		j := i
		for j < len(words) && len(words[j]) == 1 && words[j] != sentenceEnd && words[j] != "i" && words[j] != "a" {
			j++
		}
		for j < len(words) && j > i && len(words[j]) == 1 && words[j] != sentenceEnd {
			j++ // "i" and "a" count once others have begun
		}
		if j-i >= 3 {
			out = append(out, strings.Join(words[i:j], ""))
			i = j
			continue
		}
		if n := len(out); n > 0 && (words[i] == "self" && (out[n-1] == "my" || out[n-1] == "him" || out[n-1] == "her") || words[i] == "more" && out[n-1] == "any") {
			out[n-1] += words[i] // "my self", "any more"
			i++
			continue
		}
		out = append(out, words[i])
		i++
	}
	return out
}

// mendDanger replaces slips in the words that the wordings rest on.
func mendDanger(words []string) []string {
	known := dangerVocabulary()
	for i, w := range words {
		if len(w) < 4 || known[w] || notDanger[w] {
			continue
		}
		if strings.Contains(w, "*") {
			words[i] = unstar(w)
			continue
		}
		for _, key := range dangerKeys {
			if len(w) >= len(key)-1 && len(w) <= len(key)+1 && within1(w, key) {
				words[i] = key
				break
			}
		}
	}
	return words
}

// unstar reads "k*ll" and "su*cide", whose stars each hide one letter.
func unstar(w string) string {
	for _, key := range append([]string{"kill", "hurt", "hang", "rape", "raped"}, dangerKeys...) {
		if len(key) != len(w) {
			continue
		}
		same := true
		for i := range len(w) {
			same = same && (w[i] == '*' || w[i] == key[i])
		}
		if same {
			return key
		}
	}
	return w
}

var dangerVocabulary = sync.OnceValue(func() map[string]bool {
	v := alarms.vocabulary()
	for w := range harmless.vocabulary() {
		v[w] = true
	}
	return v
})

// The words in which a slip is mended.
var dangerKeys = []string{
	"suicide", "suicidal", "suicidally", "myself", "killing", "overdose", "unalive", "harassed", "harassment", "harassing", "harasses",
	"bullied", "bullying", "bullies", "exhausted", "burnout", "burned", "burnt", "depressed", "depression", "antidepressants", "anymore",
	"discriminated", "discrimination", "assaulted", "hopeless", "worthless", "himself", "herself", "themselves", "groped", "molested",
	"overwhelmed", "medication", "anxiety", "selfharm",
}

// Words one letter away from one of those that mean something else.
var notDanger = set("willing filling billing milling skilling drilling tilling pilling killings spilling chilling shilling burner burners buried bunt burst learned turned earned yearned darned warned turnout burst groped grouped grope impressed repressed compressed pressed undressed expression impression progression repression recession obsession session gripped grouped meditation mediation dedication bullet bullish rallied sullied tallied billed dullied varied hidden themself exhaust exhausts exhauster assault overdone overuse overdress anxious any more")
