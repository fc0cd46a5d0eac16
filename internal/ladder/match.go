package ladder

import (
	"cmp"
	"slices"
)

const (
	// threshold is the score below which a rung is no guess worth making.
	threshold = 0.75
	// sure is the threshold for names that have no word to tell the work.
	sure = 0.9
	// spread is how far below the best another rung may be and still be offered.
	spread = 0.8
	// maxTitle is how many words a title has at most; what is longer is a story.
	maxTitle = 12
	// maxParts is how many parts of a text are looked at one by one.
	maxParts = 6
)

// Match finds the rungs that a typed job title may mean: up to n, the best
// first, one for each title. It sees through typos, short forms, the order of
// words, British and American names, seniority, "I'm a …" before the title and
// "… at a school" behind it. What is only far away gives nothing: a wrong guess
// is worse than none.
//
// Only the beginning of a long text is read.
func (l *Ladders) Match(title string, n int) []Rung {
	if l.index == nil || n < 1 {
		return nil
	}
	var out []Rung
	for _, f := range l.index.find(title) {
		if out = append(out, f.place.rung()); len(out) == n {
			break
		}
	}
	return out
}

// found is a rung with how well a text fits it, from 0 to a little over 1.
type found struct {
	place place
	score float32
	first int // the name that fits, in the order of the files
}

// find lists what fits a text, the best first.
func (x *index) find(text string) []found {
	s := search{x: x, best: map[place]found{}, words: map[string]word{}, tried: make([]uint64, len(x.names)/64+1)}
	tokens := lex(text)
	if whole := x.spell(unmarked(tokens)); len(whole) <= 2*maxTitle {
		s.try(read(whole), 1)
	}
	if i := slices.Index(tokens, markPart); i > 0 {
		// "Manager, customer success" is a customer success manager.
		a, b := tidy(x.spell(unmarked(tokens[:i]))), x.spell(unmarked(tokens[i+1:]))
		if len(b) > 0 && !slices.ContainsFunc(a, tellsWork) {
			s.try(read(slices.Concat(b, a)), 0.99)
		}
		for _, part := range parts(tokens, false) {
			s.try(read(x.spell(part)), 0.97)
		}
	}
	if s.top < 0.95 && slices.Contains(tokens, markAnd) {
		for _, part := range parts(tokens, true) {
			if part = x.spell(part); len(part) > 0 && saysWho(part[len(part)-1]) {
				s.try(read(part), 0.96)
			}
		}
	}
	return s.sorted()
}

// parts cuts at the marks; at "and" only when asked to.
func parts(tokens []string, atAnd bool) [][]string {
	var out [][]string
	var part []string
	for _, w := range tokens {
		switch {
		case w == markPart || atAnd && w == markAnd:
			if out, part = append(out, part), nil; len(out) == maxParts {
				return out
			}
		case w != markAnd:
			part = append(part, w)
		}
	}
	return append(out, part)
}

// spell joins words that are known as one, and cuts words in two that are known
// as two.
func (x *index) spell(tokens []string) []string {
	var out []string
	for _, w := range x.join(tokens) {
		if _, ok := x.ids[w]; !ok && len(w) <= maxWord && !others[w] {
			if a, b, ok := x.split(w); ok {
				out = append(out, a, b)
				continue
			}
		}
		out = append(out, w)
	}
	return out
}

// saysWho reports whether a word looks like what somebody is rather than like a
// field or a thing.
func saysWho(w string) bool {
	if _, ok := roles[w]; ok && !fields[w] {
		return true
	}
	return others[w] || hasSuffix(w, "er", "or", "ist", "ian", "ant", "ent", "man", "eur", "ess", "ite", "chef", "cook", "nurse", "clerk", "lead")
}

// search collects the best score of each rung.
type search struct {
	x     *index
	best  map[place]found
	top   float32
	words map[string]word // those looked up
	tried []uint64        // the names compared with the phrase at hand, as bits
}

func (s *search) sorted() []found {
	var out []found
	for _, f := range s.best {
		if f.score >= s.top*spread {
			out = append(out, f)
		}
	}
	slices.SortFunc(out, func(a, b found) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.first, b.first))
	})
	return out
}

func (s *search) add(n int32, score float32) {
	nm := &s.x.names[n]
	if nm.title {
		score += 0.005 // of two that fit alike, the one that is called so
	}
	if old, ok := s.best[nm.place]; !ok || score > old.score {
		s.best[nm.place] = found{nm.place, score, int(n)}
	}
	s.top = max(s.top, score)
}

// try scores a phrase, read in each way that it can be.
func (s *search) try(p phrase, factor float32) {
	if len(p.title) > maxTitle {
		return
	}
	if j, ok := p.joined(); ok {
		s.score(j, factor)
	}
	s.score(p, factor)
	if short, ok := p.shortened(); ok && (trades[short.noun()] || !s.word(p.noun(), false).known) {
		s.score(short, factor*0.95)
	}
}

func (s *search) score(p phrase, factor float32) {
	x := s.x
	for _, n := range x.exact[exactKey(p.all())] {
		s.add(n, factor*1.02)
	}
	if len(p.title) == 0 {
		return
	}
	if len(p.where) > 0 {
		for _, n := range x.exact[exactKey(p.title)] {
			s.add(n, factor*0.97)
		}
	}
	var ws []word
	for _, w := range p.where {
		ws = append(ws, s.word(w, true))
	}
	for _, w := range p.title {
		ws = append(ws, s.word(w, false))
	}
	clear(s.tried)
	for _, w := range ws {
		if w.where {
			continue // where somebody works finds nothing by itself
		}
		for _, m := range w.may {
			for _, n := range x.info[m.id].names {
				if s.tried[n/64]&(1<<(n%64)) != 0 {
					continue
				}
				s.tried[n/64] |= 1 << (n % 64)
				nm := &x.names[n]
				if sc := factor * x.fit(ws, nm); sc >= sure || sc >= threshold && !nm.vague {
					s.add(n, sc)
				}
			}
		}
	}
}

// word looks a typed word up.
func (s *search) word(w string, where bool) word {
	out, ok := s.words[w]
	if !ok {
		out = s.x.word(w)
		s.words[w] = out
	}
	out.where = where
	return out
}

func (x *index) word(w string) word {
	if id, ok := x.ids[w]; ok {
		info := &x.info[id]
		return word{may: append([]likened{{id, 1}}, info.alike...), weight: info.weight, known: true}
	}
	ids, sim := x.typos.near(w)
	if len(ids) == 0 {
		if others[w] {
			return word{weight: weightWork}
		}
		return word{weight: weightUnknown}
	}
	out := word{known: true, slip: true}
	for _, id := range ids {
		info := &x.info[id]
		out.weight = max(out.weight, info.weight)
		out.may = append(out.may, likened{id, sim})
		for _, l := range info.alike {
			out.may = append(out.may, likened{l.id, l.sim * sim})
		}
	}
	return out
}
