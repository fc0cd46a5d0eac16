package rehearsal

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"waymark/internal/civil"
)

func TestPage(t *testing.T) {
	page := Page{
		Today: func() civil.Date { return civil.New(2027, 1, 4) },
		Under: func(p *Plan, _ civil.Date) error {
			if p.Group == "Nowhere" {
				return errors.New("there is no group")
			}
			return nil
		},
	}
	ask := func(method string, sent url.Values) (int, http.Header, string) {
		r := httptest.NewRequest(method, "/calendar", strings.NewReader(sent.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w := httptest.NewRecorder()
		page.ServeHTTP(w, r)
		return w.Code, w.Header(), w.Body.String()
	}
	plan := func(yaml string) url.Values {
		return url.Values{"plan": {yaml}, "from": {"2027-01-04"}, "to": {"2027-03-31"}}
	}
	silent := plan(string(Example))
	silent.Set("silent", "1")
	silent.Set("all", "1")
	tests := []struct {
		name, method string
		sent         url.Values
		status       int
		want         []string
	}{
		{"the example is there to begin with", "GET", nil, 200, []string{"4 Jan 2027 to 4 Apr 2027", "check_in", "the day after the review", "<label for=\"plan\">", "zone: Europe/Berlin"}},
		{"what was sent is what is shown", "POST", plan("confirmed: 2027-01-04\ncheck_in: monthly\n"), 200, []string{"4 Jan 2027 to 31 Mar 2027", "the check-in that the person chose"}},
		{"silence and what is left out", "POST", silent, 200, []string{"nothing is answered", "four messages were not answered", " checked"}},
		{"a mistake is told beside what was typed", "POST", plan("zone: Mars/Base\n"), 422, []string{"Mars/Base&#34; is not a zone", "role=\"alert\"", "zone: Mars/Base"}},
		{"a group that is none", "POST", plan("confirmed: 2027-01-04\ngroup: Nowhere\n"), 422, []string{"there is no group"}},
		{"days that are none", "POST", url.Values{"plan": {""}, "from": {"soon"}, "to": {"2027-01-01"}}, 422, []string{"From and To are days"}},
		{"more than three years", "POST", url.Values{"plan": {""}, "from": {"2027-01-01"}, "to": {"2199-01-01"}}, 422, []string{"three years"}},
		{"no markup of what is typed", "POST", plan("# <script>alert(1)</script>\nconfirmed: 2027-01-04\n"), 200, []string{"&lt;script&gt;"}},
		{"too much", "POST", plan(strings.Repeat("#", maxPlan)), 400, nil},
		{"another method", "DELETE", nil, 405, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			status, header, body := ask(tt.method, tt.sent)
			if status != tt.status {
				t.Errorf("status %d, want %d", status, tt.status)
			}
			for _, want := range tt.want {
				if !strings.Contains(body, want) {
					t.Errorf("nothing of %q in:\n%s", want, body)
				}
			}
			if policy := header.Get("Content-Security-Policy"); status != 400 && status != 405 && !strings.Contains(policy, "default-src 'none'") {
				t.Errorf("Content-Security-Policy is %q", policy)
			}
		})
	}
}
