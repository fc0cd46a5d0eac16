package workspace_test

import (
	"context"
	_ "embed"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

//go:embed testdata/audit.js
var auditScript string

// audit looks for what keeps people with a screen reader or a keyboard, or with
// weak eyes, from using the page as it stands.
func audit(t *testing.T, ctx context.Context, when string) {
	t.Helper()
	problems, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](auditScript))
	if err != nil {
		t.Fatalf("%s: look at the page: %v", when, err)
	}
	for _, p := range problems {
		t.Errorf("%s: %s", when, p)
	}
}

// The audit finds what it is there for.
func TestAuditFinds(t *testing.T) {
	ctx := browser(t)
	err := chromedp.Do(ctx, chromedp.Navigate("about:blank"), chromedp.Evaluate[chromedp.Void](`document.body.innerHTML = `+"`"+`
		<h1>One</h1><h3>Skipped</h3><img src="data:,"><button></button><a href="/"></a><input id="a"><input id="a" aria-describedby="nowhere">
		<div role="menuitem">x</div><p style="color:#aaa;background:#fff">pale</p><button style="width:10px;height:10px;padding:0" aria-label="tiny"></button>`+"`"))
	if err != nil {
		t.Fatal(err)
	}
	problems, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](auditScript))
	if err != nil {
		t.Fatal(err)
	}
	found := make(map[string]bool)
	for _, p := range problems {
		kind, _, _ := strings.Cut(p, ":")
		found[kind] = true
	}
	for _, kind := range []string{"no main", "heading", "no alt", "no name", "no label", "id twice", "reference", "pale", "small"} {
		if !found[kind] {
			t.Errorf("the audit misses %q; it found %q", kind, problems)
		}
	}
}
