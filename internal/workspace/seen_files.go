package workspace

import (
	"net/http"
	"slices"
	"strings"

	"waymark/internal/workspace/blockkit"
)

func (f *file) seen() File {
	return File{ID: f.ID, Name: f.Name, Title: f.Title, Type: f.Type, Alt: f.Alt, Content: f.Content}
}

// Files are the files that a person sees in their DM with the bot and in the
// channels they are in, oldest first.
func (w *Workspace) Files(person string) ([]File, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	p, err := w.person(person)
	if err != nil {
		return nil, err
	}
	list := []File{}
	for _, id := range w.filesOf(p) {
		list = append(list, w.files[id].seen())
	}
	return list, nil
}

// filesOf are the ids of the files that p sees, each once.
func (w *Workspace) filesOf(p *Person) []string {
	var ids []string
	for _, id := range append([]string{p.Channel}, publicChannels...) {
		ch := w.people.channels[id]
		if !ch.member(p) {
			continue
		}
		for _, m := range ch.visible(p.ID) {
			for _, f := range m.Files {
				if w.files[f] != nil && !slices.Contains(ids, f) {
					ids = append(ids, f)
				}
			}
		}
	}
	return ids
}

// drawnFor says whether a picture stands in a block of what p sees.
func (w *Workspace) drawnFor(p *Person, id string) bool {
	holds := func(blocks []blockkit.Block) bool {
		return slices.ContainsFunc(blocks, func(b blockkit.Block) bool {
			pictures := append(blockkit.Objects(b, "elements"), b, blockkit.Obj(b, "accessory"))
			return slices.ContainsFunc(pictures, func(e blockkit.Block) bool {
				return blockkit.Str(blockkit.Obj(e, "slack_file"), "id") == id
			})
		})
	}
	if home := w.views.home[p.ID]; home != nil && holds(home.blocks()) {
		return true
	}
	for _, v := range w.views.stack[p.ID] {
		if holds(v.blocks()) {
			return true
		}
	}
	return slices.ContainsFunc(w.people.channels[p.Channel].visible(p.ID), func(m *message) bool { return holds(m.Blocks) })
}

// inline are the types that a browser shows on the page; everything else is
// downloaded, so that nothing in a file can act as part of the page.
var inline = []string{"image/png", "image/jpeg", "image/gif", "image/webp"}

// serveFile gives a file's bytes to a person who sees it.
func (w *Workspace) serveFile(rw http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	p, err := w.person(r.FormValue("person"))
	var f *file
	if id := r.PathValue("id"); err == nil && (slices.Contains(w.filesOf(p), id) || w.drawnFor(p, id)) {
		f = w.files[id]
	}
	w.mu.Unlock()
	if f == nil {
		if err == nil {
			err = notFound("file_not_found")
		}
		answerLocal(rw, r, func(*http.Request) (any, error) { return nil, err })
		return
	}
	kind := f.Type
	if strings.HasPrefix(kind, "text/") || kind == "application/json" {
		kind += "; charset=utf-8"
	}
	pageHeaders(rw, kind)
	if r.FormValue("download") != "" || !slices.Contains(inline, f.Type) {
		rw.Header().Set("Content-Disposition", `attachment; filename*=UTF-8''`+pathEscape(f.Name))
	}
	_, _ = rw.Write(f.Content) // the browser may be gone
}
