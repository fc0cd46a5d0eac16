package coach

import (
	"regexp"
	"slices"
	"strings"

	"waymark/internal/career"
	"waymark/internal/dialogue"
	"waymark/internal/reading"
)

var (
	// removeWords is an order to take something off: "delete do it", "please remove
	// the certificate from my plan".
	removeWords = regexp.MustCompile(`(?i)^\W*(?:(?:please|no|nope|ok|okay|can you|could you|pls|sor+y|then|and|just|also|now|so|i want to|i want you to|i would like to|i wanna|wait|actually)\W+)*(?:delete|remove|erase|drop|cross (?:out|off)|take (?:out|off|away)|get rid of|throw out|strike)\s+(\S.*)$`)
	takeOff     = regexp.MustCompile(`(?i)^\W*(?:(?:please|no|can you|could you)\W+)*take\s+(\S.*?)\s+(?:off|out|away)\b(.*)$`)
	// notOne is "that is not a certificate", with or without the order to remove it.
	notOne  = regexp.MustCompile(`(?i)^\W*(?:(?:no|but|sor+y|wait|actually|hey)\W+)*(?:that|this|it)(?:['’]?s| is| was)? ?(?:not|n['’]?t|no)\s+(?:an? |my |the )?(\p{L}+)\b[\s.,!;:-]*(?:(?:please |so |and |can you )*(?:remove|delete|take|drop|erase)\b.*)?$`)
	offPlan = regexp.MustCompile(`(?i)\s+(?:from|off|out of|in|on)\s+(?:the|my|this|that)\s+(?:\p{L}+ )?(?:list|plan|goals?|gaps?|to-?do list|todo|notes?|answers?|steps?)\b.*$`)
	trails  = regexp.MustCompile(`(?i)[\s,]+(?:please|again|now|too|as well|instead|thanks?|it is (?:a )?mistake|is (?:a )?mistake|is wrong|it is wrong)[\s.!]*$`)
	quoted  = regexp.MustCompile(`["“”„«']([^"“”„«»]{2,200})["“”»']`)
)

// kindWords are what the things in a plan are called.
var kindWords = map[string]string{
	"gap": "gap", "gaps": "gap", "goal": "goal", "goals": "goal", "step": "step", "steps": "step", "milestone": "step", "milestones": "step",
	"todo": "todo", "task": "todo", "action": "todo", "note": "note", "notes": "note", "risk": "risk", "risks": "risk", "alternative": "alternative",
	"certificate": "certificate", "certificates": "certificate", "certificat": "certificate", "certification": "certificate", "licence": "certificate", "license": "certificate",
	"skill": "skill", "skills": "skill", "schooling": "education", "education": "education", "school": "education", "experience": "experience", "entry": "entry",
}

// fillerWords say nothing about what is meant.
var fillerWords = strings.Fields("the a an my this that these those it its one of called named about with to for and i me is")

// nameWords are the words of a name that say something, in lower case.
func nameWords(s string) []string {
	return slices.DeleteFunc(strings.FieldsFunc(strings.ToLower(reading.Clean(s)), notLetter), func(w string) bool { return slices.Contains(fillerWords, w) })
}

// removesNamed takes an order to remove something that it calls by its name. What
// may be meant is shown, and nothing goes without a yes.
func (h *handling) removesNamed(text string) (done bool, err error) {
	rest, kind, ok := removal(text)
	if cmd, _, is := reading.ReadCommand(text); !ok || is && cmd == reading.Delete || removes.MatchString(text) && h.stepMeant() != "" {
		return false, nil
	}
	free := h.asking() != "" && h.c.book.OwnWords(&h.p.Dialogue) != ""
	found := h.thingsNamed(rest, kind)
	strict := kind != "" || offPlan.MatchString(text) || quoted.MatchString(text)
	if len(found) == 0 && notOne.MatchString(text) && !removeWords.MatchString(text) {
		return false, nil
	}
	switch {
	case len(found) == 0 && (free || h.asking() != "") && !strict, h.unspoken():
		return false, nil
	case len(found) == 1:
		return true, h.offerEdit(Edit{Kind: editRemove, Items: found, Words: text}, "edit.remove", map[string]any{"words": found[0].Label})
	case len(found) > 1:
		found = found[:min(len(found), maxOffered)]
		return true, h.offerEdit(Edit{Kind: editRemove, Items: found, Words: text}, "edit.which", nil, h.whichOf(found)...)
	}
	all := slices.DeleteFunc(h.removable(), func(it EditItem) bool { return it.What == "note" || it.What == "entry" || it.What == "step" })
	all = all[:min(len(all), maxOffered)]
	more := ""
	if len(all) > 0 {
		more = "yes"
	}
	if len(nameWords(rest)) == 0 && len(all) > 0 { // "remove that"
		return true, h.offerEdit(Edit{Kind: editRemove, Items: all, Words: text}, "edit.which", nil, h.whichOf(all)...)
	}
	f := map[string]any{"words": dialogue.Words(clip(rest, 200)), "more": more}
	if len(all) == 0 {
		h.say("edit.not_found", f)
		return true, h.reask()
	}
	return true, h.offerEdit(Edit{Kind: editRemove, Items: all, Words: text}, "edit.not_found", f, h.whichOf(all)...)
}

// removal is what a text asks to remove, and of which kind it is said to be.
func removal(text string) (rest, kind string, ok bool) {
	text = strings.TrimSpace(text)
	if m := notOne.FindStringSubmatch(text); m != nil {
		if k := kindWords[strings.ToLower(m[1])]; k != "" {
			return "", k, true
		}
	}
	switch m := takeOff.FindStringSubmatch(text); {
	case m != nil:
		rest = m[1]
	default:
		m := removeWords.FindStringSubmatch(text)
		if m == nil {
			return "", "", false
		}
		rest = m[1]
	}
	if q := quoted.FindStringSubmatch(rest); q != nil {
		for _, w := range strings.Fields(strings.ToLower(rest[:strings.Index(rest, q[0])])) {
			if k := kindWords[w]; k != "" {
				kind = k
			}
		}
		return q[1], kind, true
	}
	for range 3 {
		rest = strings.TrimRight(trails.ReplaceAllString(offPlan.ReplaceAllString(rest, ""), ""), " .!?")
	}
	fields := strings.FieldsFunc(strings.ToLower(rest), notLetter)
	for _, at := range []int{0, 1, len(fields) - 1} { // "the gap not sure", "the rest goal"
		if at < 0 || at >= len(fields) || at == 1 && !slices.Contains(fillerWords, fields[0]) {
			continue
		}
		if k := kindWords[fields[at]]; k != "" && kind == "" {
			kind = k
		}
	}
	return rest, kind, rest != ""
}

// thingsNamed are the things in the plan that words name, of one kind where that is said:
// those that are called exactly so, or else those that most of the words fit.
func (h *handling) thingsNamed(words, kind string) []EditItem {
	all := h.removable()
	exact := strings.Join(strings.FieldsFunc(strings.ToLower(reading.Clean(words)), notLetter), " ")
	var same []EditItem
	for _, it := range all {
		if exact != "" && strings.Join(strings.FieldsFunc(strings.ToLower(it.name()), notLetter), " ") == exact {
			same = append(same, it)
		}
	}
	if len(same) > 0 {
		return same
	}
	want := slices.DeleteFunc(nameWords(words), func(w string) bool { return kind != "" && kindWords[w] == kind })
	var found []EditItem
	best := 0.5
	for _, it := range all {
		if kind != "" && !it.is(kind) {
			continue
		}
		score := 1.0
		if len(want) > 0 {
			score = fitting(want, nameWords(it.name()))
		} else if kind == "" {
			continue
		}
		switch {
		case score > best:
			best, found = score, []EditItem{it}
		case score == best && score >= 0.5:
			found = append(found, it)
		}
	}
	return found
}

// fitting is which share of the words stands in a name, slips forgiven.
func fitting(want, have []string) float64 {
	n := 0
	for _, w := range want {
		if slices.ContainsFunc(have, func(t string) bool {
			return t == w || len(w) > 3 && strings.HasPrefix(t, w) || len(t) > 4 && strings.HasPrefix(w, t) || len(w) > 4 && reading.Mentions(t, w)
		}) {
			n++
		}
	}
	return float64(n) / float64(max(1, len(want)))
}

// name is what an item is called, without what kind of thing it is.
func (it EditItem) name() string {
	label := dialogue.Unmark(it.Label)
	if _, name, ok := strings.Cut(label, ": "); ok {
		return name
	}
	return label
}

// is reports whether an item is of a kind, or a gap of that kind.
func (it EditItem) is(kind string) bool {
	gap, _, _ := strings.Cut(it.ID, ":")
	return it.What == kind || it.What == "gap" && gap == kind || it.What == "entry" && kind == "todo" && strings.HasPrefix(it.Key.Step, "act.")
}

// removable are the things in the plan, or in the draft of one, that can be taken
// off.
func (h *handling) removable() []EditItem {
	p := h.currentPlan()
	draft := h.drafting() || p.Confirmed.IsZero()
	var out []EditItem
	item := func(what, id, label string, k dialogue.Key, fields map[string]any) {
		fields["words"] = label
		out = append(out, EditItem{What: what, ID: id, Label: h.c.text("edit."+what, h.with(fields)), Key: k})
	}
	for _, g := range p.Gaps {
		if openGap(g) {
			item("gap", g.ID, h.planGapText(g), dialogue.Key{}, map[string]any{})
		}
	}
	for _, g := range p.Goals {
		if g.Status == career.Achieved || g.Status == career.Dropped {
			continue
		}
		item("goal", g.ID, dialogue.Words(clip(g.Title, 200)), dialogue.Key{}, map[string]any{})
		for _, m := range g.Milestones {
			if m.Open() && m.Kind != career.Finish && !draft {
				item("step", m.ID, h.stepText(m), dialogue.Key{}, map[string]any{"goal": dialogue.Words(clip(g.Title, 80))})
			}
		}
	}
	for _, t := range p.List {
		if t.Open() {
			item("todo", t.ID, dialogue.Words(clip(t.Text, 200)), dialogue.Key{}, map[string]any{})
		}
	}
	for _, r := range p.Backup.Risks {
		item("risk", r.Kind, h.riskText(r), dialogue.Key{}, map[string]any{})
	}
	h.entries(func(words string, k dialogue.Key) {
		taken := slices.ContainsFunc(out, func(it EditItem) bool { return strings.Contains(strings.ToLower(it.name()), strings.ToLower(words)) })
		if !taken {
			item("entry", words, dialogue.Words(clip(words, 200)), k, map[string]any{})
		}
	})
	for i, n := range h.p.Notes {
		item("note", itoa(i), dialogue.Words(clip(n.Text, 200)), dialogue.Key{}, map[string]any{})
	}
	return out
}

// entries visits what the person has put into the lists that they were asked for,
// in their own words.
func (h *handling) entries(visit func(words string, k dialogue.Key)) {
	if h.p.First.Instance == "" {
		return
	}
	v := h.c.book.View(&h.p.Dialogue, h.p.First)
	slots := []dialogue.Slot{}
	for _, s := range v.Slots {
		slots = append(slots, s)
	}
	for _, items := range v.Items {
		for _, s := range items {
			slots = append(slots, s)
		}
	}
	slices.SortFunc(slots, func(a, b dialogue.Slot) int { return strings.Compare(a.Key.Step+a.Key.Item, b.Key.Step+b.Key.Item) })
	for _, s := range slots {
		for _, words := range s.Answer.Value.List {
			visit(words, s.Key)
		}
		for _, c := range s.Answer.Value.Choices {
			if c.Own {
				visit(dialogue.Unmark(c.Label), s.Key)
			}
		}
	}
}
