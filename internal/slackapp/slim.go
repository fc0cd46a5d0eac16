package slackapp

import (
	"bytes"
	"io"
	"net/http"
	"strings"
)

// without is js with null in the place of all objects and lists that are named
// key, at any depth. Messages come back from Slack whole, in the answer to each
// call and in an event about it; of what they show nothing is read, and stepping
// over it is a small part of what decoding it costs. JSON that is not well formed
// elsewhere stays so. js itself is not changed.
func without(js []byte, key string) []byte {
	var kept []byte
	from := 0 // what of js was not kept yet
	for i := 0; i < len(js); {
		begin := bytes.IndexByte(js[i:], '"')
		if begin < 0 {
			break
		}
		begin += i
		i = stringEnd(js, begin)
		if name := js[begin:i]; len(name) != len(key)+2 || string(name[1:len(name)-1]) != key {
			continue
		}
		value := space(js, i)
		if value == len(js) || js[value] != ':' { // a value, not a name
			continue
		}
		value = space(js, value+1)
		if end := valueEnd(js, value); end > value {
			kept = append(append(kept, js[from:value]...), "null"...)
			from, i = end, end
		}
	}
	if from == 0 {
		return js
	}
	return append(kept, js[from:]...)
}

// space is where the white space that begins at i ends.
func space(js []byte, i int) int {
	for i < len(js) && (js[i] == ' ' || js[i] == '\n' || js[i] == '\t' || js[i] == '\r') {
		i++
	}
	return i
}

// stringEnd is where the string that begins at i ends, the end of js if it does
// not.
func stringEnd(js []byte, i int) int {
	for i++; i < len(js); i++ {
		switch js[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(js)
}

// valueEnd is where the object or list that begins at i ends; i if there is none,
// or no end of it.
func valueEnd(js []byte, i int) int {
	if i == len(js) || js[i] != '{' && js[i] != '[' {
		return i
	}
	depth := 0
	for j := i; j < len(js); {
		switch js[j] {
		case '"':
			j = stringEnd(js, j)
			continue
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return j + 1
			}
		}
		j++
	}
	return i
}

// slim is an HTTP client that spares slack-go the message in the answers to
// chat.postMessage and chat.update. It reads them to their end, so that the
// connection can be used again.
type slim struct{ *http.Client }

// Do implements slack-go's httpClient.
func (c slim) Do(r *http.Request) (*http.Response, error) {
	answer, err := c.Client.Do(r)
	if err != nil || answer.StatusCode != http.StatusOK || !answersMessage(r.URL.Path) {
		return answer, err
	}
	body, err := io.ReadAll(answer.Body)
	if e := answer.Body.Close(); err == nil {
		err = e
	}
	if err != nil {
		return nil, err
	}
	answer.Body = io.NopCloser(bytes.NewReader(without(body, "message")))
	return answer, nil
}

func answersMessage(path string) bool {
	return strings.HasSuffix(path, "/chat.postMessage") || strings.HasSuffix(path, "/chat.update")
}
