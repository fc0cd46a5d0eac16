package ladder

import (
	"iter"
	"maps"
	"slices"
	"strings"
)

// index finds the names of rungs by the words in them. Words are numbered.
type index struct {
	ids   map[string]int32
	info  []wordInfo
	names []name
	exact map[string][]int32 // names by their words, sorted and joined
	typos typos
}

type wordInfo struct {
	text   string
	weight float32
	work   bool      // tells the work, so that it can find a rung
	trade  bool      // stays what it is with any word before it
	wide   bool      // stays what it is with a name before it
	names  []int32   // the names it is in
	alike  []likened // other words of the index that stand for it
	rank   float32
	ranked bool
}

type likened struct {
	id  int32
	sim float32
}

// name is a title, or another name, of a rung.
type name struct {
	place  place
	words  []int32
	noun   int32 // the word that says what the person is
	weight float32
	title  bool // the rung's own title
	vague  bool // has no word that tells the work
}

func newIndex(l *Ladders) *index {
	x := &index{ids: map[string]int32{}, exact: map[string][]int32{}}
	type raw struct {
		place  place
		tokens []string
		title  bool
	}
	var raws []raw
	for _, t := range l.tracks {
		for i := range t.rungs {
			r := &t.rungs[i]
			if r.home != "" {
				continue
			}
			for j, text := range append([]string{r.title}, r.also...) {
				tokens := unmarked(lex(text))
				raws = append(raws, raw{place{t, i}, tokens, j == 0})
				for _, w := range tokens {
					x.id(w)
				}
			}
		}
	}
	for _, r := range raws {
		ph := parse(x.join(r.tokens))
		if len(ph.title) == 0 {
			ph = phrase{title: ph.where} // "under chef" is a title
		}
		x.add(r.place, ph, r.title)
	}
	x.liken()
	x.typos = newTypos(x)
	return x
}

// id numbers a word.
func (x *index) id(w string) int32 {
	if id, ok := x.ids[w]; ok {
		return id
	}
	id := int32(len(x.info))
	r, ranked := rank(w)
	x.ids[w] = id
	x.info = append(x.info, wordInfo{text: w, weight: float32(weight(w)), work: tellsWork(w),
		trade: trades[w], wide: wide[w], rank: float32(r), ranked: ranked})
	return id
}

func (x *index) add(p place, ph phrase, title bool) {
	all := ph.all()
	if len(all) == 0 {
		return
	}
	n := name{place: p, title: title, noun: -1}
	id := int32(len(x.names))
	n.vague = !slices.ContainsFunc(all, tellsWork)
	for _, w := range all {
		wid := x.id(w)
		info := &x.info[wid]
		n.words = append(n.words, wid)
		n.weight += info.weight
		// A name is found by its words that tell the work; one without any, such as
		// "general practitioner", by what it has.
		if (info.work || n.vague && !info.ranked) && !slices.Contains(info.names, id) {
			info.names = append(info.names, id)
		}
	}
	if noun := ph.noun(); noun != "" {
		n.noun = x.ids[noun]
	}
	x.names = append(x.names, n)
	key := exactKey(all)
	x.exact[key] = append(x.exact[key], id)
}

// exactKey is the same for the same words in any order.
func exactKey(words []string) string {
	s := slices.Clone(words)
	slices.Sort(s)
	return strings.Join(s, " ")
}

// liken links the words that stand for one another: those of the table, and
// ranks that are near. The order is fixed, so that the same text always gives
// the same answer.
func (x *index) liken() {
	for _, a := range alike {
		for group := range strings.SplitSeq(a.groups, ",") {
			var ids []int32
			for w := range strings.FieldsSeq(group) {
				ids = append(ids, x.id(canonical(w)))
			}
			x.linkAll(ids, func(int32, int32) float64 { return a.share })
		}
	}
	for _, table := range []iter.Seq[string]{maps.Keys(ranks), maps.Keys(roles), maps.Keys(small)} {
		for _, w := range slices.Sorted(table) {
			x.id(w)
		}
	}
	var ranked []int32
	for id, info := range x.info {
		if info.ranked {
			ranked = append(ranked, int32(id))
		}
	}
	x.linkAll(ranked, func(a, b int32) float64 { return rankLikeness(float64(x.info[a].rank), float64(x.info[b].rank)) })
}

// linkAll links each word with each other that it is like.
func (x *index) linkAll(ids []int32, like func(a, b int32) float64) {
	for _, a := range ids {
		for _, b := range ids {
			if s := like(a, b); a != b && s > 0.25 {
				x.link(a, b, float32(s))
			}
		}
	}
}

func (x *index) link(a, b int32, sim float32) {
	for i, l := range x.info[a].alike {
		if l.id == b {
			x.info[a].alike[i].sim = max(l.sim, sim)
			return
		}
	}
	x.info[a].alike = append(x.info[a].alike, likened{b, sim})
}

// join writes as one what may be written as one or two words: "bar tender".
func (x *index) join(tokens []string) []string {
	var out []string
	for _, w := range tokens {
		for len(out) > 0 {
			last := out[len(out)-1]
			one, ok := merged[[2]string{last, w}]
			if !ok {
				one = squeeze(last + w)
				if _, known := x.ids[one]; !known || len(last) < 2 && one != "ecomerce" {
					break
				}
			}
			out, w = out[:len(out)-1], one
		}
		out = append(out, w)
	}
	return out
}

// split writes a word that is not known as two that are: "webdesigner".
func (x *index) split(w string) (string, string, bool) {
	for i := 3; i <= len(w)-3; i++ {
		_, a := x.ids[w[:i]]
		id, b := x.ids[w[i:]]
		if a && b && len(x.info[id].text) > 3 {
			return w[:i], w[i:], true
		}
	}
	return "", "", false
}

// unmarked drops the marks between parts.
func unmarked(tokens []string) []string {
	return slices.DeleteFunc(slices.Clone(tokens), func(w string) bool { return w == markPart || w == markAnd })
}
