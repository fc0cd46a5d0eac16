package reading

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestList(t *testing.T) {
	for _, r := range table(t, "list.txt") {
		got := strings.Join(List(r.text), " / ")
		if got == "" {
			got = "-"
		}
		r.errorf(t, "List", got)
	}
}

func FuzzListKeepsThePersonsWords(f *testing.F) {
	for _, s := range []string{"Excel, SQL and Python", "- a\n- b", "1. a 2. b", "a;b", "(a, b", "and and and", "research and development", ":", ": x", "I need to"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		items := List(text)
		if len(items) > maxItems {
			t.Errorf("List(%q) has %d items", text, len(items))
		}
		for _, item := range items {
			if strings.TrimSpace(item) == "" || !strings.Contains(text, item) {
				t.Errorf("List(%q) has the item %q", text, item)
			}
		}
	})
}

func TestReadCorrection(t *testing.T) {
	for _, r := range table(t, "correction.txt") {
		c, ok := ReadCorrection(r.text)
		got := strings.TrimSpace(c.Topic + " => " + c.Value)
		if c.Old != "" {
			got += " (was " + c.Old + ")"
		}
		if !ok {
			got = "-"
		}
		r.errorf(t, "ReadCorrection", got)
	}
}

func FuzzReadCorrectionKeepsThePersonsWords(f *testing.F) {
	for _, s := range []string{"actually my review is in January", "sorry, it's Berlin not Bonn", "change my target to", "change my review from to to", "not but", "scratch that,", "no wait not"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, ok := ReadCorrection(text)
		if !ok && c != (Correction{}) {
			t.Errorf("ReadCorrection(%q) = %+v, false", text, c)
		}
		if ok && c.Topic == "" && c.Value == "" {
			t.Errorf("ReadCorrection(%q) changes nothing", text)
		}
		for _, s := range []string{c.Topic, c.Value, c.Old} {
			if !strings.Contains(text, s) {
				t.Errorf("ReadCorrection(%q): %q is not part of it", text, s)
			}
		}
	})
}

func TestGreetingIsAllThatIsSaid(t *testing.T) {
	for _, s := range []string{"hi", "Hello!", "hello coach", "hey there", "good morning", "Good morning, coach!", "hi, how are you?", "moin", ":wave:", "👋", "hi hi", "hello again", "👋🏽 hi"} {
		if !Greeting(s) {
			t.Errorf("Greeting(%q) = false, want true", s)
		}
	}
	for _, s := range []string{"", "hi, I am a nurse", "hello kitty designer", "high", "there", "coach", "good", "good evening shifts", "👍", "morning shifts"} {
		if Greeting(s) {
			t.Errorf("Greeting(%q) = true, want false", s)
		}
	}
}

func TestThanksIsAllThatIsSaid(t *testing.T) {
	for _, s := range []string{"thanks", "Thank you!", "thank you very much", "thanks a lot, bye", "ok thanks", "perfect, thank you", "thx", "🙏", "thanks for your help", "many thanks coach", "bye"} {
		if !Thanks(s) {
			t.Errorf("Thanks(%q) = false, want true", s)
		}
	}
	for _, s := range []string{"", "no thanks", "thanks but my review is in May", "ok", "great", "good", "thanks to my boss I am a lead"} {
		if Thanks(s) {
			t.Errorf("Thanks(%q) = true, want false", s)
		}
	}
}

func TestCleanKeepsWordsAndEmoji(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"nothing", "", ""},
		{"space at the ends", "  hi \n", "hi"},
		{"runs of space", "a \t  b", "a b"},
		{"no-break space", "a\u00a0b", "a b"},
		{"line breaks stay", "a\r\nb\rc", "a\nb\nc"},
		{"blank lines become one", "a\n\n\n\nb", "a\n\nb"},
		{"space around breaks", "a  \n  b", "a\nb"},
		{"control characters", "a\x00\x07b\x1b", "ab"},
		{"zero width", "su\u200bi\u2060ci\ufeffde", "suicide"},
		{"direction marks", "\u202eabc\u202c", "abc"},
		{"invalid bytes", "a\xff\xfeb", "ab"},
		{"accents apart", "cafe\u0301 Mu\u0308ller", "café Müller"},
		{"accent after a zero-width", "e\u200b\u0301", "é"},
		{"unknown accent stays", "x\u0301", "x\u0301"},
		{"emoji with a joiner", "👩\u200d⚕️ ok", "👩\u200d⚕️ ok"},
		{"joiner in a word", "a\u200db", "ab"},
		{"keycap", "7\ufe0f\u20e3", "7\ufe0f\u20e3"},
		{"other scripts", "私は看護師です", "私は看護師です"},
	} {
		if got := Clean(c.text); got != c.want {
			t.Errorf("%s: Clean(%q) = %q, want %q", c.name, c.text, got, c.want)
		}
	}
}

func FuzzCleanTwiceIsCleanOnce(f *testing.F) {
	for _, s := range []string{"  a  b ", "e\u0301\u0301", "\u200d👍\ufe0f", "a\n \n \nb", "a\u200b\u0301", "\xff", "\u2028", "😀\u200d", "a \u0301", "\r\n\r", "#\ufe0f\u20e3"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		once := Clean(text)
		if twice := Clean(once); twice != once {
			t.Errorf("Clean(%q) = %q, and of that %q", text, once, twice)
		}
		if !utf8.ValidString(once) || strings.TrimSpace(once) != once || strings.ContainsAny(once, "\x00\r\t\u200b") {
			t.Errorf("Clean(%q) = %q is not clean", text, once)
		}
	})
}

func TestEmptyTellsWhatIsThere(t *testing.T) {
	for text, want := range map[string]Emptiness{
		"": Blank, " \n\t ": Blank, "\u200b": Blank,
		"👍": OnlyEmoji, ":tada: 🎉": OnlyEmoji, "👍!": OnlyEmoji, "!👍": OnlyEmoji, "👩‍⚕️": OnlyEmoji,
		"...": OnlyMarks, "?!": OnlyMarks, "¯_": OnlyMarks,
		"a": NotEmpty, "7": NotEmpty, "👍 yes": NotEmpty, "日本": NotEmpty, "7️⃣": NotEmpty,
	} {
		if got := Empty(text); got != want {
			t.Errorf("Empty(%q) = %d, want %d", text, got, want)
		}
	}
}

func TestWordsOneSlipApart(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"march", "march", true}, {"marhc", "march", true}, {"mrch", "march", true}, {"maarch", "march", true},
		{"marsh", "march", true}, {"mrach", "march", true}, {"marh", "march", true}, {"hcram", "march", false},
		{"", "a", true}, {"", "", true}, {"ab", "ba", true}, {"abc", "cba", false}, {"a", "abc", false},
	} {
		if got := within1(c.a, c.b); got != c.want || within1(c.b, c.a) != c.want {
			t.Errorf("within1(%q, %q) = %v, want %v both ways", c.a, c.b, got, c.want)
		}
	}
}

func TestPhrasesTakeTheLongest(t *testing.T) {
	p := newPhrases[int]().add(1, "go\n go back\n kill* ~ time?").add(2, "go back please|now two?")
	for _, c := range []struct {
		words   string
		tag, n  int
		comment string
	}{
		{"go", 1, 1, "a word"},
		{"go back", 1, 2, "longer"},
		{"go back now", 2, 3, "either word"},
		{"go back now two", 2, 4, "optional word"},
		{"killing a b time", 1, 4, "stem, gap and optional"},
		{"killer", 1, 1, "an empty gap"},
		{"back go", 0, 0, "no wording begins here"},
		{"killing . b time", 1, 1, "a gap stays in its sentence"},
	} {
		words := strings.Fields(c.words)
		if tag, n := p.at(words, 0); tag != c.tag || n != c.n {
			t.Errorf("%s: at(%q) = %d, %d; want %d, %d", c.comment, c.words, tag, n, c.tag, c.n)
		}
	}
	if v := p.vocabulary(); !v["please"] || v["go"] || v["kill*"] {
		t.Errorf("vocabulary = %v, want the long words", v)
	}
}
