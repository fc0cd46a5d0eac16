package rehearsal

import (
	"bytes"
	_ "embed"
	"html/template"
	"net/http"
	"strings"

	"waymark/internal/civil"
)

// Page is the dry run as a web page: an example plan to change, from and to, and
// the list of what it would bring, with the reasons. It keeps nothing, and needs
// no script.
type Page struct {
	Today func() civil.Date
	// Under puts the operator's rules into a plan; nil for none.
	Under func(p *Plan, from civil.Date) error
}

//go:embed page.html
var pageHTML string

//go:embed page.css
var pageCSS []byte

var pageTemplate = template.Must(template.New("page").Parse(pageHTML))

const (
	maxPlan  = 64 << 10 // bytes of a plan that is sent
	maxDays  = 3 * 366  // days that are shown
	firstRun = 90       // days shown unless said otherwise
)

// pageView is what the page shows.
type pageView struct {
	Plan, From, To string
	Silent, All    bool
	List, Problem  string
}

// ServeHTTP shows the built-in example, or with POST what was sent.
func (p Page) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	today := p.Today()
	v := pageView{Plan: string(Example), From: today.String(), To: today.AddDays(firstRun).String()}
	status := http.StatusOK
	switch r.Method {
	case http.MethodGet, http.MethodHead:
	case http.MethodPost:
		r.Body = http.MaxBytesReader(w, r.Body, maxPlan)
		if err := r.ParseForm(); err != nil {
			http.Error(w, "the form cannot be read: a plan has at most 64 KB", http.StatusBadRequest)
			return
		}
		v = pageView{
			Plan: r.PostForm.Get("plan"), From: r.PostForm.Get("from"), To: r.PostForm.Get("to"),
			Silent: r.PostForm.Get("silent") != "", All: r.PostForm.Get("all") != "",
		}
	default:
		w.Header().Set("Allow", "GET, HEAD, POST")
		http.Error(w, "GET or POST", http.StatusMethodNotAllowed)
		return
	}
	if v.List, v.Problem = p.list(v); v.Problem != "" {
		status = http.StatusUnprocessableEntity
	}
	var b bytes.Buffer
	if err := pageTemplate.Execute(&b, v); err != nil {
		http.Error(w, "the page cannot be shown", http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes()) // the browser may be gone
}

// list is what the plan brings, or what is wrong with what was sent.
func (p Page) list(v pageView) (list, problem string) {
	from, err := civil.Parse(v.From)
	to, err2 := civil.Parse(v.To)
	if n := from.DaysUntil(to); err != nil || err2 != nil || from.Year < 2000 || to.Year > 2199 || n < 0 || n > maxDays {
		return "", "From and To are days, the second on or after the first and at most three years later."
	}
	plan, err := Read([]byte(v.Plan), "the plan")
	if err == nil && p.Under != nil {
		err = p.Under(&plan, from)
	}
	if err != nil {
		return "", err.Error()
	}
	var b strings.Builder
	if err := Write(&b, plan, Options{From: from, To: to, Silent: v.Silent, All: v.All}); err != nil {
		return "", err.Error()
	}
	return b.String(), ""
}

// Style serves the page's style sheet, at /calendar.css.
func Style(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/css; charset=utf-8")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	_, _ = w.Write(pageCSS) // the browser may be gone
}
