package coach

import (
	"regexp"
	"strings"
	"testing"

	"waymark/internal/dialogue"
	"waymark/internal/ladder"
	"waymark/internal/reading"
)

var quotedWords = regexp.MustCompile(`"([^"]{2,})"`)

// What the flows give as an example of an answer is one, and no question to the
// coach; the same holds for every word on a button.
func TestExamplesAskNothing(t *testing.T) {
	book := shipped(t)
	n := 0
	for id := range flowsOf(book) {
		f, _ := book.Flow(id)
		for i := range f.Steps {
			s := &f.Steps[i]
			var said []string
			for _, m := range quotedWords.FindAllStringSubmatch(s.Eg, -1) {
				said = append(said, m[1])
			}
			for _, c := range s.Choices {
				said = append(said, c.Label)
				said = append(said, c.Also...)
			}
			for _, words := range said {
				n++
				if asks, _ := reading.AskedOf(words); len(asks) > 0 && !s.Quotes && words != "what is this" && words != "tell me more" {
					t.Errorf("%s: the answer %q asks %s", s.Name(), words, asks[0].Kind)
				}
			}
		}
	}
	if n < 200 {
		t.Errorf("only %d answers were looked at", n)
	}
}

// flowsOf are the flows that the entries lead to.
func flowsOf(book *dialogue.Book) map[string]bool {
	found := map[string]bool{}
	var walk func(id string)
	walk = func(id string) {
		f, ok := book.Flow(id)
		if !ok || found[id] {
			return
		}
		found[id] = true
		for _, s := range f.Steps {
			walk(s.Call)
		}
	}
	for _, id := range Vocabulary().Entries {
		walk(id)
	}
	return found
}

// No title of the career ladders, with a question mark or without, is taken for a
// question: people answer "nurse?".
func TestTitlesAskNothing(t *testing.T) {
	l := shippedLadders(t)
	n := 0
	for _, r := range rungsOf(l) {
		for _, words := range []string{r.Title, r.Title + "?", "maybe " + strings.ToLower(r.Title) + "?", "a " + strings.ToLower(r.Title) + ", I think?"} {
			n++
			if asks, _ := reading.AskedOf(words); len(asks) > 0 {
				t.Errorf("%q asks %s", words, asks[0].Kind)
			}
		}
	}
	if n < 100 {
		t.Errorf("only %d titles were looked at", n)
	}
}

// rungsOf are rungs of all ladders, found by words that many titles have.
func rungsOf(l *ladder.Ladders) []ladder.Rung {
	seen := map[string]bool{}
	var out []ladder.Rung
	for _, word := range []string{"manager", "assistant", "lead", "head", "nurse", "teacher", "engineer", "officer", "technician", "director", "clerk", "analyst", "supervisor", "trainee", "senior", "cook", "driver", "designer", "developer", "consultant", "welder", "planner", "buyer", "scientist", "inspector"} {
		for _, r := range l.Match(word, 20) {
			if !seen[r.Title] {
				seen[r.Title] = true
				out = append(out, r)
			}
		}
	}
	return out
}

// A question that is kept as the answer is no note any more; one that is not kept
// stays, out of sight.
func TestAQuestionKeptIsNoNote(t *testing.T) {
	c := newChatter(t, shipped(t))
	for _, text := range []string{"hi", "start", "Why not a nurse?"} {
		c.says(text)
	}
	if p, _ := c.person(); len(p.Notes) != 1 || !p.Notes[0].Asked {
		t.Fatalf("before it is kept, the notes are %v", p.Notes)
	}
	c.says("who won the cup last night?")
	if said := strings.Join(c.says("show my answers"), "\n"); strings.Contains(said, "cup") || strings.Contains(said, "Why not") {
		t.Errorf("what was asked is shown: %q", said)
	}
	c.says("Keep it as my answer")
	p, _ := c.person()
	if len(p.Notes) != 1 || p.Notes[0].Text != "Why not a nurse?" {
		t.Errorf("the notes are %v", p.Notes)
	}
	if a, ok := p.Dialogue.Answer(dialogue.Key{Instance: p.First.Instance, Step: "have.job"}); !ok || a.Words != "who won the cup last night?" {
		t.Errorf("the answer is %+v", a)
	}
}

// Whatever a question in own words asks, who can read it is told, nothing of that
// becomes the answer, and the question stands as it was.
func TestPrivacyIsToldAtEveryQuestion(t *testing.T) {
	book := shipped(t)
	asked := map[string]bool{}
	for _, answers := range [][]string{
		{"hi", "thorough", "front desk", "none of these", "health care", "3 years", "talking", "none", "mid", "7", "job", "yes", "nurse", "none of these", "close to patients", "final", "none", "2029", "4", "I know people", "a course", "one", "no", "needed it", "no"},
	} {
		c := newChatter(t, book)
		for _, text := range answers {
			c.says(text)
			p, _ := c.person()
			if p.Dialogue.Asked == nil || len(p.Dialogue.Answers) == 0 {
				continue
			}
			step, given := p.Dialogue.Asked.Key.Step, len(p.Dialogue.Answers)
			asked[step] = true
			said := strings.Join(c.says("And can HR see that I've declined?"), "\n")
			after, _ := c.person()
			if !strings.Contains(said, "no manager, no HR") || !strings.Contains(said, "Slack owners") || !strings.Contains(said, "the key and the tokens") {
				t.Errorf("%s: who can read it is not told: %q", step, said)
			}
			if after.Dialogue.Asked == nil || after.Dialogue.Asked.Key.Step != step || len(after.Dialogue.Answers) != given {
				t.Errorf("%s: the question became an answer", step)
			}
			if n := len(after.Notes); n == 0 || !after.Notes[n-1].Asked || after.Notes[n-1].Text != "And can HR see that I've declined?" {
				t.Errorf("%s: the words are not kept: %v", step, after.Notes)
			}
		}
	}
	if len(asked) < 15 {
		t.Errorf("only %d questions were asked at: %v", len(asked), asked)
	}
}
