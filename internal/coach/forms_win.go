package coach

import (
	"net/url"
	"slices"
	"strings"

	"waymark/internal/career"
	"waymark/internal/chat"
	"waymark/internal/dialogue"
)

// maxLink is how many characters an address has at most.
const maxLink = 1000

// winFields is a win to log. A message that was saved before says so.
func (f *form) winFields() bool {
	if link := f.line("link"); link != "" {
		if i := slices.IndexFunc(f.h.p.Plan.Wins, func(w career.Win) bool { return w.Link == link }); i >= 0 {
			f.says("form.win.saved", map[string]any{"date": f.h.p.Plan.Wins[i].On.Long()})
		}
	}
	f.field("words", chat.Lines).MaxLength = maxLines
	kind := f.field("kind", chat.Pick)
	for _, k := range career.WinKinds {
		kind.Choices = append(kind.Choices, chat.Choice{Value: k, Label: f.text(k)})
	}
	kind.Optional = true
	link := f.field("link", chat.Line)
	link.Optional, link.MaxLength = true, maxLink
	f.field("on", chat.Date, f.h.today().String())
	return true
}

func (f *form) winTake() error {
	w := career.Win{Text: f.needed("words", maxLines), Kind: f.picked("kind"), Link: f.address("link"), On: f.past("on")}
	if w.Kind != "" && !slices.Contains(career.WinKinds, w.Kind) {
		f.error("kind", "choice", nil)
	}
	if len(f.errs) > 0 {
		return nil
	}
	f.h.p.Plan.AddWin(w)
	f.h.p.WinAt = f.h.now.UTC()
	return f.does("say.win_kept", map[string]any{"words": dialogue.Words(clip(w.Text, 300))})
}

// address is a field for a web address, "" for none.
func (f *form) address(name string) string {
	s := f.words(name, maxLink)
	if s == "" {
		return ""
	}
	if !strings.Contains(s, "://") {
		s = "https://" + s
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || !strings.Contains(u.Host, ".") || strings.ContainsAny(s, " \n\t") {
		f.error(name, "link", nil)
	}
	return s
}
