package career

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	texttemplate "text/template"
)

// line is one text of the prompts folder: a key and a text in single quotes or
// plain, on one line.
var line = regexp.MustCompile(`(?m)^(\w+):$|^  (\w+): (?:'(.*)'|([^'\n]+))$`)

// readTexts reads the shipped texts as "section.key"; this package must not
// depend on a YAML library, and the checker of prompts/ reads them for real.
func readTexts(t *testing.T) map[string]string {
	t.Helper()
	texts := map[string]string{}
	for _, name := range []string{"gaps", "actions", "milestones"} {
		data, err := os.ReadFile(filepath.Join("..", "..", "prompts", "texts", name+".yaml"))
		if err != nil {
			t.Fatal(err)
		}
		section := ""
		for _, m := range line.FindAllStringSubmatch(string(data), -1) {
			if m[1] != "" {
				section = m[1]
				continue
			}
			texts[section+"."+m[2]] = strings.ReplaceAll(m[3]+m[4], "''", "'")
		}
	}
	return texts
}

func TestEveryTextIsThereAndReads(t *testing.T) {
	texts := readTexts(t)
	for _, key := range TextKeys() {
		if texts[key] == "" {
			t.Errorf("prompts/texts has no text %s", key)
		}
	}
	full := map[string]any{"words": "the own words", "target": "nurse", "field": "health", "job": "front desk", "about": "track", "title": "Read a guide", "n": 2, "of": 9}
	bare := map[string]any{"words": "", "target": "", "field": "", "job": "", "about": "", "title": "", "n": 0, "of": 0}
	for key, text := range texts {
		// Some actions are said in another way to whoever cannot turn to their manager.
		if base := strings.TrimSuffix(key, "_away"); !slices.Contains(TextKeys(), base) {
			t.Errorf("no rule uses the text %s", key)
		}
		tmpl, err := texttemplate.New(key).Option("missingkey=error").Parse(text)
		if err != nil {
			t.Errorf("%s: %v", key, err)
			continue
		}
		for _, fields := range []map[string]any{full, bare} {
			var b strings.Builder
			if err := tmpl.Execute(&b, fields); err != nil {
				t.Errorf("%s: %v", key, err)
			}
			n := len(strings.Fields(b.String()))
			if strings.HasPrefix(key, "action.") && fields["words"] != "" && n < 3 || n > 30 {
				t.Errorf("%s is %d words long: %q", key, n, b.String())
			}
		}
	}
}

// TestEveryTemplateIsOffered: an action without a way to it is a text nobody
// ever reads.
func TestEveryTemplateIsOffered(t *testing.T) {
	offered := map[string]bool{}
	see := func(f *talk) {
		for _, g := range Gaps(f.Facts) {
			for _, a := range Actions(g, f.Facts) {
				offered[a.Template] = true
			}
		}
	}
	for _, e := range []example{frontDesk(), assistant(), salesAssociate(), bartender(), developer(), accountant(), writer()} {
		see(e.f)
	}
	see(newTalk().pick("stepping", "no").list("closer", "talk to the head nurse", "call Jo", "shadowing"))
	see(newTalk().pick("stepping", "no").list("closer", "first-aid class"))
	see(newTalk().pick("stepping", "no"))
	see(newTalk().pick("track", "no"))
	see(newTalk().pick("elsewhere", "no").pick("elsewhere_same", "same"))
	see(newTalk().pick("elsewhere", "unsure"))
	see(newTalk().pick("same_field", "no").list("wanted_jobs", "recruiter").pick("qualify", "yes"))
	see(newTalk().pick("elsewhere", "near").list("elsewhere_names").pick("qualify", "unsure"))
	see(newTalk().pick("education", "unsure").pick("experience", "unsure").pick("skills", "unsure").hours(0))
	see(newTalk().pick("move_up", "no"))
	for _, a := range ChosenActions(Facts{}) {
		offered[a.Template] = true
	}
	for _, g := range Derive(stairsWithoutWait().Facts, titled, on(today)).Goals {
		_, key := g.made()
		offered[key] = true
	}
	for key := range templates {
		if !offered[key] {
			t.Errorf("no answers lead to the action %q", key)
		}
	}
}

// TestSlotsAreAsked: a rule that reads an answer to a question that no flow asks
// never runs.
func TestSlotsAreAsked(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("..", "..", "prompts", "flows", "*.yaml"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no flows: %v", err)
	}
	asked := map[string]bool{}
	step := regexp.MustCompile(`(?m)^\s+(?:- id|slot): (\w+)$`)
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range step.FindAllStringSubmatch(string(data), -1) {
			asked[m[1]] = true
		}
	}
	read := []string{"job", "reason", "by", "change", "differently", "transfer", "step_lower", "openings", "gap_pick", "act", "goal_pick",
		"measure", "due", "obstacle", "if_then", "course_months", "course_start", "employer_pays",
		"outcome", "scope", "serves", "closes", "closeness", "tracks", "active_track", "track_target", "track_step", "track_due",
		"has_review", "review_date", "talk_date", "risks", "risk_then", "alternatives", "head_start"}
	for _, slot := range append(read, gapSlots...) {
		if !asked[slot] {
			t.Errorf("no flow asks for %q", slot)
		}
	}
}
