package reading

import (
	"slices"
	"strings"
	"testing"
)

// optionsOf reads "Job; In between=both,between" as options whose ids are not
// their labels.
func optionsOf(s string) []Option {
	var out []Option
	for o := range strings.SplitSeq(s, "; ") {
		label, also, _ := strings.Cut(o, "=")
		opt := Option{ID: "id:" + label, Label: label}
		if also != "" {
			opt.Also = strings.Split(also, ",")
		}
		out = append(out, opt)
	}
	return out
}

func TestChoose(t *testing.T) {
	for _, r := range table(t, "choose.txt") {
		id, ok := Choose(r.text, optionsOf(r.settings["options"]))
		got := strings.TrimPrefix(id, "id:")
		if !ok {
			got = "-"
		}
		r.errorf(t, "Choose", got)
	}
}

func TestChooseMany(t *testing.T) {
	for _, r := range table(t, "choosemany.txt") {
		ids, rest, ok := ChooseMany(r.text, optionsOf(r.settings["options"]))
		got := strings.ReplaceAll(strings.Join(ids, ", "), "id:", "")
		if len(rest) > 0 && ok {
			got += " + " + strings.Join(rest, ", ")
		}
		switch {
		case !ok:
			got = "-"
		case len(ids) == 0:
			got = "none"
		}
		r.errorf(t, "ChooseMany", got)
	}
}

func TestChooseWithoutOptionsChoosesNothing(t *testing.T) {
	for _, text := range []string{"", "1", "all", "none", "yes"} {
		if id, ok := Choose(text, nil); ok {
			t.Errorf("Choose(%q, nil) = %q, true", text, id)
		}
		if ids, _, ok := ChooseMany(text, nil); ok || len(ids) > 0 {
			t.Errorf("ChooseMany(%q, nil) = %v, %v", text, ids, ok)
		}
	}
}

func FuzzChooseReturnsOnlyWhatWasOffered(f *testing.F) {
	for _, s := range []string{"1 and 3", "all but 2", "the last one", "2-9", "none", "Job", "all but all but all", "999999999999", "ß", "1,2,3;4", "1; a, b", "1. a 2. b, c", "a, b; 2\n- c", "1) 2)"} {
		f.Add(s, "Job; Career; In between=both")
	}
	f.Fuzz(func(t *testing.T, text, offered string) {
		options := optionsOf(offered)
		known := func(id string) bool {
			return slices.ContainsFunc(options, func(o Option) bool { return o.ID == id })
		}
		if id, ok := Choose(text, options); ok && !known(id) || !ok && id != "" {
			t.Errorf("Choose(%q) = %q, %v", text, id, ok)
		}
		ids, rest, ok := ChooseMany(text, options)
		for _, r := range rest {
			if strings.TrimSpace(r) == "" || !strings.Contains(text, r) {
				t.Errorf("ChooseMany(%q) left %q, which is not part of it", text, r)
			}
		}
		if !ok && len(ids) > 0 {
			t.Errorf("ChooseMany(%q) = %v, false", text, ids)
		}
		for _, id := range ids {
			if !known(id) {
				t.Errorf("ChooseMany(%q) returned %q, which was not offered", text, id)
			}
		}
	})
}

func TestWithoutNumberDropsThatOfAList(t *testing.T) {
	for _, c := range []struct {
		text string
		next int
		want string
	}{
		{"4 i ask electric man at work", 4, "i ask electric man at work"},
		{"4. ask him", 9, "ask him"},
		{"4 ask him", 4, "ask him"},
		{"4 ask him", 7, "4 ask him"},
		{"4 talks at the team meeting", 4, "4 talks at the team meeting"},
		{"4 hour of practice", 4, "4 hour of practice"},
		{"ask him", 4, "ask him"},
		{"4", 4, "4"},
	} {
		if got := WithoutNumber(c.text, c.next); got != c.want {
			t.Errorf("WithoutNumber(%q, %d) = %q, want %q", c.text, c.next, got, c.want)
		}
	}
}

func TestChooseByNumberAndWord(t *testing.T) {
	yesNo := []Option{{ID: "yes", Label: "Yes"}, {ID: "partly", Label: "Partly"}, {ID: "no", Label: "No"}}
	roles := []Option{{ID: "put", Label: "Put one or two roles in between"}, {ID: "keep", Label: "Leave it"}}
	for _, c := range []struct {
		text    string
		options []Option
		want    string
	}{
		{"1 yes", yesNo, "yes"},
		{"2 no", yesNo, ""}, // the number and the word disagree
		{"1 yes", roles, "put"},
		{"1 yer with uncle", roles, ""},
	} {
		if got, _ := Choose(c.text, c.options); got != c.want {
			t.Errorf("Choose(%q) = %q, want %q", c.text, got, c.want)
		}
	}
}
