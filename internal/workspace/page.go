package workspace

import (
	"net/http"
	"sync"
)

// pageState is the open pages, each waiting to hear that something changed.
type pageState struct {
	mu       sync.Mutex
	watchers map[string]map[chan struct{}]bool // by person
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
	for _, w := range s.watchers {
		wake(w)
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

func (w *Workspace) pageRoutes(mux *http.ServeMux) {}
