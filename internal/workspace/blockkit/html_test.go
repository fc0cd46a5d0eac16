package blockkit

import (
	"regexp"
	"strings"
	"testing"
	"time"
)

func TestMrkdwn(t *testing.T) {
	look := Look{
		User:    func(id string) string { return map[string]string{"U1": "Ana"}[id] },
		Channel: func(id string) string { return map[string]string{"C1": "general"}[id] },
		Zone:    time.FixedZone("east", 2*3600),
	}
	for _, c := range []struct{ rule, text, want string }{
		{"plain", "hello", "hello"},
		{"bold, italic, strike, code", "*b* _i_ ~s~ `c`", "<strong>b</strong> <em>i</em> <s>s</s> <code>c</code>"},
		{"nested", "*a _b_ c*", "<strong>a <em>b</em> c</strong>"},
		{"marks within words are text", "2*3*4 snake_case_name", "2*3*4 snake_case_name"},
		{"a mark without its end", "*not bold", "*not bold"},
		{"a mark before a space", "* not bold*", "* not bold*"},
		{"nothing acts in code", "`*b* :tada: &lt;`", "<code>*b* :tada: &lt;</code>"},
		{"code block", "a```x *y*```b", "a<pre>x *y*</pre>b"},
		{"entities stay text", "&lt;b&gt; &amp;amp; &amp;lt;", "&lt;b&gt; &amp;amp; &amp;lt;"},
		{"raw markup is text", `<b>"x"`, `b&#34;x&#34;`},
		{"emoji", "go :tada: :nosuch: 12:30:45", `go <span role="img" aria-label="tada">🎉</span> :nosuch: 12:30:45`},
		{"lines", "a\nb", "a<br>b"},
		{"list", "x\n• a\n• b\ny", "x<ul><li>a</li><li>b</li></ul>y"},
		{"quote", "&gt; a\n&gt; b\nc", "<blockquote>a<br>b</blockquote>c"},
		{"link", "<https://e.com/?a=1&amp;b=2|here>", `<a href="https://e.com/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">here</a>`},
		{"bare link", "<https://e.com>", `<a href="https://e.com" target="_blank" rel="noopener noreferrer">https://e.com</a>`},
		{"mail", "<mailto:a@b.c|a@b.c>", `<a href="mailto:a@b.c" target="_blank" rel="noopener noreferrer">a@b.c</a>`},
		{"a link that would run", "<javascript:alert(1)|x>", "x"},
		{"person", "<@U1> <@U1|Ann>", `<span class="mention">@Ana</span> <span class="mention">@Ann</span>`},
		{"channel", "<#C1>", `<span class="mention">#general</span>`},
		{"everybody", "<!channel>", `<span class="mention">@channel</span>`},
		{"date", "<!date^0^{date_num} {time}|never>", "1970-01-01 02:00"},
		{"broken date", "<!date^x^{time}|fallback>", "fallback"},
	} {
		if got := string(look.Mrkdwn(c.text)); got != c.want {
			t.Errorf("%s: %q draws as\n%s, want\n%s", c.rule, c.text, got, c.want)
		}
	}
}

func TestHTML(t *testing.T) {
	blocks := Blocks(parse(t, `[
		{"type":"section","text":{"type":"plain_text","text":"*as is* <b>"}},
		{"type":"actions","block_id":"q","elements":[
			{"type":"button","action_id":"go","value":"\"7\"","style":"primary","text":{"type":"plain_text","text":"Go"},"confirm":{"title":{"type":"plain_text","text":"Sure?"},"text":{"type":"plain_text","text":"Really"}}},
			{"type":"button","action_id":"u","url":"https://e.com","text":{"type":"plain_text","text":"Open"}},
			{"type":"static_select","action_id":"s","options":[{"text":{"type":"plain_text","text":"One"},"value":"1"}]}]},
		{"type":"input","block_id":"i","label":{"type":"plain_text","text":"Name"},"element":{"type":"plain_text_input","action_id":"t","initial_value":"x\"y","max_length":5}},
		{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"b","style":{"bold":true}},{"type":"link","url":"https://e.com","text":"l"}]}]},
		{"type":"carousel"}]`))
	state := State{"q": {"s": Block{"selected_option": Block{"value": "1"}}}}
	got := string(Look{Base: "m1"}.HTML(blocks, state, map[string]string{"i": "Too long"}))
	for _, want := range []string{
		"*as is* &lt;b&gt;",
		`<button type="button" class="btn primary" data-action="go" data-block="q" data-confirm="[&#34;Sure?&#34;,&#34;Really&#34;,&#34;&#34;,&#34;&#34;,&#34;&#34;]" data-value="&#34;7&#34;">Go</button>`,
		`<a href="https://e.com" target="_blank" rel="noopener noreferrer" class="btn" data-action="u"`,
		`<option value="1" selected>One</option>`,
		`<label for="m1f1">Name</label><input type="text" id="m1f1" aria-describedby="m1f1-problem" aria-required="true" aria-invalid="true" data-max="5" value="x&#34;y">`,
		`<span class="problem" id="m1f1-problem"><span aria-hidden="true">⚠ </span>Too long</span>`,
		`<strong>b</strong><a href="https://e.com"`,
		"a carousel block",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the blocks lack %s in:\n%s", want, got)
		}
	}
}

// drawn are the only tags that a text may draw.
var drawn = regexp.MustCompile(`</?(strong|em|s|code|pre|br|ul|li|blockquote)>|<span class="mention">|<span role="img" aria-label="[a-z0-9_+'&#;-]*">|</span>|<a href="(https?://|mailto:)[^"<>]*" target="_blank" rel="noopener noreferrer">|</a>`)

// Whatever a text says, it draws no other tag and no attribute of its own.
func FuzzMrkdwn(f *testing.F) {
	for _, s := range []string{"*a _b_ ~c~*", "<https://e.com|x\" onclick=y>", "&gt; <@U1|<b>>", "```<script>```", "<!date^1^<b>|x>", ":tada:<javascript:1>", "• *a\n> b*"} {
		f.Add(s)
	}
	look := Look{User: func(id string) string { return id }}
	f.Fuzz(func(t *testing.T, text string) {
		rest := drawn.ReplaceAllString(string(look.Mrkdwn(text)), "")
		if strings.ContainsAny(rest, `<>"`) {
			t.Errorf("Mrkdwn(%q) leaves %q besides its own tags", text, rest)
		}
	})
}

// A long text of nothing but marks stays fast.
func TestMrkdwnIsFastOnMarks(t *testing.T) {
	for _, s := range []string{"*", "_*", "* a", "<", ":", "`", ":a"} {
		text := strings.Repeat(s, 40_000/len(s))
		if got := (Look{}).Mrkdwn(text); len(got) < len(text)/2 {
			t.Errorf("%d bytes of %q draw as %d", len(text), s, len(got))
		}
	}
}
