package reading

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// Command is something a person can ask of the coach at any moment.
type Command string

// The commands. The last block opens side talks: those words can also be the
// answer to a question, so a coach that is asking one may let the answer win.
const (
	Back           Command = "back"         // the previous answer again
	Skip           Command = "skip"         // this question not
	Why            Command = "why"          // why is this asked
	Example        Command = "example"      // an example of an answer
	Explain        Command = "explain"      // the question was not understood
	HowLong        Command = "how long"     // how many questions are to come
	Aim            Command = "aim"          // what the coach takes for the aim
	Repeat         Command = "repeat"       // say the question again
	Pause          Command = "pause"        // until arg, or until the person writes
	Later          Command = "later"        // this question later, or all of it where none is asked
	Continue       Command = "continue"     // go on after a pause
	ShowPlan       Command = "show plan"    // the plan and where the talk stands
	ShowAnswers    Command = "show answers" // what was answered so far
	Status         Command = "status"       // the goals
	Help           Command = "help"
	StartOver      Command = "start over"
	Stop           Command = "stop"   // write no more
	Export         Command = "export" // everything stored, as a file
	Delete         Command = "delete" // delete everything stored
	Privacy        Command = "privacy"
	Win            Command = "win" // arg is what was won
	Review         Command = "review"
	Mentor         Command = "mentor"
	Network        Command = "network"
	Learn          Command = "learn"
	Balance        Command = "balance"
	Pay            Command = "pay"
	Responsibility Command = "more responsibility"
	Backup         Command = "backup"
)

// SideTalk reports whether c opens a talk of its own rather than steering the
// one that is going on.
func (c Command) SideTalk() bool {
	switch c {
	case Win, Review, Mentor, Network, Learn, Balance, Pay, Responsibility, Backup:
		return true
	}
	return false
}

// maxCommand is how many characters a command has at most; what is longer is
// said, not commanded.
const maxCommand = 60

// ReadCommand finds the command that text is. It must be the whole message, or
// nearly: politeness and one slip in a longer word are forgiven, a further
// thought is not, so "skip" is a command and "skip the dishes" is not. arg is
// what "pause until Monday" and "win: shipped it" carry.
func ReadCommand(text string) (c Command, arg string, ok bool) {
	text = strings.TrimSpace(text)
	if utf8.RuneCountInString(text) > maxCommand || text == "" {
		return "", "", false
	}
	if text == "?" || text == "??" {
		return Help, "", true
	}
	if strings.HasPrefix(text, "/") {
		return slashed(text[1:])
	}
	if c, arg, ok = withArgument(text); ok {
		return c, arg, true
	}
	if Empty(text) != NotEmpty || strings.ContainsAny(text, "\n") {
		return "", "", false
	}
	words := wordsOf(text)
	if len(words) == 0 {
		return "", "", false
	}
	words, c, ok = polite(words)
	if ok {
		return c, "", true
	}
	if c, ok = withReason(text); ok {
		return c, "", true
	}
	mended, changed := mend(words)
	if !changed {
		return "", "", false
	}
	c, ok = exactly(mended)
	return c, "", ok
}

// withReason reads a pause that says what calls: "pause please, meeting now".
func withReason(text string) (c Command, ok bool) {
	at := strings.IndexAny(text, ",;.!–—-")
	if at <= 0 {
		return "", false
	}
	_, c, ok = polite(wordsOf(text[:at]))
	why := wordsOf(text[at:])
	if !ok || c != Pause || len(why) > 6 || !slices.ContainsFunc(why, func(w string) bool { return callsAway[w] }) {
		return "", false
	}
	return c, true
}

// exactly returns the command that the words are from first to last.
func exactly(words []string) (Command, bool) {
	c, n := commandPhrases.at(words, 0)
	if n != len(words) {
		return "", false
	}
	return c, true
}

// polite drops the words around a command that only soften it, one by one from
// the front and then from the end, until what is left is a command.
func polite(words []string) (left []string, c Command, ok bool) {
	for len(words) > 1 {
		if c, ok = exactly(words); ok {
			return words, c, true
		}
		n := leadLength(words)
		if n == 0 || n == len(words) {
			break
		}
		words = words[n:]
	}
	for {
		if c, ok = exactly(words); ok {
			return words, c, true
		}
		last := len(words) - 1
		if last < 1 || !politeEnd[words[last]] {
			return words, "", false
		}
		words = words[:last]
	}
}

func leadLength(words []string) int {
	_, n := commandLead.at(words, 0)
	return n
}

// mend replaces words that are one slip away from a word of the commands.
func mend(words []string) (out []string, changed bool) {
	out = slices.Clone(words)
	for i, w := range out {
		if v, ok := slip(w, commandVocabulary()); ok && !notCommands[w] {
			out[i], changed = v, true
		}
	}
	return out, changed
}

var commandVocabulary = sync.OnceValue(func() map[string]bool { return commandPhrases.vocabulary() })

// slashed reads a slash command that arrived as plain text, whatever prefix
// the workspace gave it.
func slashed(text string) (c Command, arg string, ok bool) {
	name, arg, _ := strings.Cut(text, " ")
	name = strings.ToLower(name)
	name = name[strings.LastIndexByte(name, '-')+1:]
	arg = strings.TrimSpace(arg)
	switch name {
	case "goals", "goal":
		return Status, arg, true
	case "career", "plan":
		return ShowPlan, arg, true
	case "win", "wins":
		return Win, arg, true
	}
	words := wordsOf(name)
	if len(words) == 0 {
		return "", "", false
	}
	if c, ok = exactly(words); !ok {
		return "", "", false
	}
	return c, arg, true
}

// tellsDone reports whether a word after "win" begins what was done ("win
// trained two colleagues"), rather than saying what to win ("win a client").
func tellsDone(word string) bool {
	return len(word) > 4 && strings.HasSuffix(word, "ed") || pastWords[word]
}

var pastWords = set("i we did made got led wrote gave taught built sold found met ran held learnt passed spoke fixed took kept won brought began became chose drove grew sent showed stood went put read slept ate ran won said drank swam stopped helped asked cleaned cooked rested called")

// withArgument reads the commands that carry something.
func withArgument(text string) (c Command, arg string, ok bool) {
	ts := lex(text)
	words := make([]string, 0, len(ts))
	for _, t := range ts {
		words = append(words, strings.ReplaceAll(t.s, "'", ""))
	}
	if len(words) == 0 {
		return "", "", false
	}
	if len(words) > 2 && words[0] == "win" && tellsDone(words[1]) {
		return Win, strings.TrimSpace(text[ts[1].start:]), true
	}
	if words[0] == "win" && ts.is(1, ":", "-") || (words[0] == "log" || words[0] == "add" || words[0] == "note" || words[0] == "record") && len(words) > 3 && (words[1] == "win" || (words[1] == "a" || words[1] == "my") && words[2] == "win") {
		k := slices.Index(words, "win")
		if ts.is(k+1, ":", "-", ",") {
			k++
		}
		if k+1 < len(ts) {
			return Win, strings.TrimSpace(text[ts[k+1].start:]), true
		}
		return "", "", false
	}
	for i := range min(len(words), 8) {
		if i > 0 && leadLength(words) < i {
			break
		}
		n := pauseLength(words[i:])
		if n == 0 {
			continue
		}
		last := i + n - 1
		if needsMore := !ts.is(last, "tomorrow"); needsMore && i+n >= len(ts) {
			break
		}
		if ts.is(last, "until", "till", "til", "for", "to") {
			last++
		}
		return Pause, plainArgument(text[ts[last].start:]), true
	}
	return "", "", false
}

// plainArgument drops the politeness behind an argument.
func plainArgument(s string) string {
	s = strings.TrimRight(s, " .!?")
	for _, w := range [...]string{" please", ", please", " pls", " thanks", ","} {
		s = strings.TrimSuffix(s, w)
	}
	return strings.TrimSpace(s)
}

// pauseLength returns how many words of "pause until" stand in front, the last
// of which belongs to the argument.
func pauseLength(words []string) int {
	_, n := pausePhrases.at(words, 0)
	return n
}
