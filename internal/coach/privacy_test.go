package coach

import (
	"regexp"
	"strings"
	"testing"
)

// promise finds sentences that say who can or cannot read what a person writes.
var promise = regexp.MustCompile(`(?i)\b(nobody|no one|no-one|not? anyone|not? anybody|anybody|no manager|only you|you only|you alone|never shared|stays? with me|between us|confidential|confidentially|in private|privately|secret|anonymous|won't pass|will not pass|won't tell|will not tell|not share|don't share|never share)\b`)

// about finds what such a promise is about; "nobody has moved up" is none.
var aboutReading = regexp.MustCompile(`(?i)\b(read|reads|see|sees|show|shows|shown|share|shares|shared|know|knows|tell|tells|told|pass|between us|private|privately|confidential|confidentially|secret|anonymous|stays? with me)\b`)

// The two exceptions, one group each: what the company's Slack owners may do,
// and what whoever runs the server may do.
var exceptions = []*regexp.Regexp{
	regexp.MustCompile(`(?i)slack owners? may be able to export`),
	regexp.MustCompile(`(?i)whoever runs (my|the) server holds the key and the tokens`),
}

// promisesNothing are sentences that look like the promise and are none, each
// with the reason.
var promisesNothing = map[string]string{
	"Only you see the answers.":                      "what Slack itself writes above such an answer",
	"You do not know anybody at other employers yet": "a gap, about people and not about reading",
}

// TestPrivacyIsPromisedExactly looks at every text that says who can read what:
// it names both exceptions, in the same message.
func TestPrivacyIsPromisedExactly(t *testing.T) {
	used := map[string]bool{}
	promises := 0
	for _, u := range everything(t) {
		for _, s := range sentencesOf(u.text) {
			if !promise.MatchString(s) || !aboutReading.MatchString(s) {
				continue
			}
			if _, ok := promisesNothing[s]; ok {
				used[s] = true
				continue
			}
			promises++
			for _, e := range exceptions {
				if !e.MatchString(strings.Join(strings.Fields(u.text), " ")) {
					t.Errorf("%s: the promise %q comes without the exception %q", u.where, s, e)
				}
			}
		}
	}
	for s := range promisesNothing {
		if !used[s] {
			t.Errorf("looks like the promise, but nobody says it any more: %s", s)
		}
	}
	if promises < 3 {
		t.Errorf("found the promise %d times only; the first message and the answer to `privacy` make it", promises)
	}
}
