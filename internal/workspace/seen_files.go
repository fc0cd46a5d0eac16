package workspace

import (
	"net/http"
	"slices"
	"strings"
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

// inline are the types that a browser shows on the page; everything else is
// downloaded, so that nothing in a file can act as part of the page.
var inline = []string{"image/png", "image/jpeg", "image/gif", "image/webp"}

// serveFile gives a file's bytes to a person who sees it.
func (w *Workspace) serveFile(rw http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	p, err := w.person(r.FormValue("person"))
	var f *file
	if err == nil && slices.Contains(w.filesOf(p), r.PathValue("id")) {
		f = w.files[r.PathValue("id")]
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
