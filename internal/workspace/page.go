package workspace

import (
	"embed"
	"html/template"
	"net/http"
	"path"
	"sync"
)

//go:embed page
var pageFiles embed.FS

var pageTemplate = template.Must(template.ParseFS(pageFiles, "page/*.html"))

// pageState is the open pages, each waiting to hear that something changed.
type pageState struct {
	mu       sync.Mutex
	watchers map[string]map[chan struct{}]bool // by person
}

// trafficWatch is whom the panel of calls and deliveries listens for.
const trafficWatch = "traffic"

// watch gives a channel that hears of changes to what that person sees.
func (s *pageState) watch(person string) (changed <-chan struct{}, stop func()) {
	c := make(chan struct{}, 1)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.watchers == nil {
		s.watchers = make(map[string]map[chan struct{}]bool)
	}
	if s.watchers[person] == nil {
		s.watchers[person] = make(map[chan struct{}]bool)
	}
	s.watchers[person][c] = true
	return c, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.watchers[person], c)
	}
}

// tell says to the pages of that person that what they see has changed.
func (s *pageState) tell(person string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	wake(s.watchers[person])
}

// tellAll says it to all pages.
func (s *pageState) tellAll() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for person, w := range s.watchers {
		if person != trafficWatch {
			wake(w)
		}
	}
}

func wake(watchers map[chan struct{}]bool) {
	for c := range watchers {
		select {
		case c <- struct{}{}:
		default: // it has not looked since the last time
		}
	}
}

// pageRoutes are the page, its files, what it shows now, and the stream that
// says when to look again.
func (w *Workspace) pageRoutes(mux *http.ServeMux) {
	mux.HandleFunc("GET /{$}", w.servePage)
	mux.HandleFunc("GET /page/state", w.servePageState)
	mux.HandleFunc("GET /page/traffic", w.servePageTraffic)
	mux.HandleFunc("GET /page/events", w.servePageEvents)
	files, err := pageFiles.ReadDir("page")
	if err != nil {
		panic(err) // the folder is embedded
	}
	for _, f := range files {
		kind := map[string]string{".css": "text/css", ".js": "text/javascript"}[path.Ext(f.Name())]
		if kind == "" {
			continue
		}
		body, err := pageFiles.ReadFile("page/" + f.Name())
		if err != nil {
			panic(err) // as above
		}
		mux.HandleFunc("GET /page/"+f.Name(), func(rw http.ResponseWriter, r *http.Request) {
			pageHeaders(rw, kind+"; charset=utf-8")
			_, _ = rw.Write(body) // the browser may be gone
		})
	}
}

// pageHeaders keep the page to itself: nothing is loaded from elsewhere, and
// nothing that a message says can run.
func pageHeaders(rw http.ResponseWriter, kind string) {
	h := rw.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "no-store")
}
