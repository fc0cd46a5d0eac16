package ladder

import "slices"

// word is a typed word with the words of the index it may stand for.
type word struct {
	may    []likened
	weight float32
	where  bool // says where somebody works, not what they are
	known  bool // stands for some word of the index
	slip   bool // by way of a typo
}

// What a name loses when it has the words but not the sense of what was typed.
const (
	lossTopic   = 0.7  // what the name is about was not typed: "kitchen" for "kitchen assistant"
	lossOrder   = 0.93 // the words stand the other way round: "specialist physician"
	lossRank    = 0.85 // one of the two is far up and the other does not say so
	keptByAlike = 0.6  // of a name whose noun only resembles the typed one in nothing
	highRank    = 2
)

// fit says how much of what was typed and how much of a name find each other,
// from 0 to 1. The last word typed is what the person is, and the name must have
// it; words before it may be missing at a price.
func (x *index) fit(ws []word, n *name) float32 {
	var partners [2 * maxTokens]int8
	var taken uint64
	var matched, typed float32
	works, last := 0, len(ws)-1
	nounBy, nounSim := -1, float32(1)
	for i, w := range ws {
		partners[i] = int8(x.same(w, n))
		if partners[i] >= 0 {
			taken |= 1 << partners[i]
		}
	}
	for i, w := range ws {
		at, sim := int(partners[i]), float32(1)
		if at < 0 {
			at, sim = x.partner(w, n, taken)
			partners[i] = int8(at)
		}
		if at < 0 {
			if i == last {
				return 0
			}
			continue
		}
		id := n.words[at]
		taken |= 1 << at
		matched += sim * (w.weight + x.info[id].weight)
		typed += w.weight
		if x.info[id].work {
			works++
		}
		if id == n.noun {
			nounBy, nounSim = i, sim
		}
	}
	loss := float32(1)
	for i, w := range ws {
		if partners[i] < 0 {
			typed += x.aside(w, works, n.words[partners[last]], nounSim)
			if !w.where && x.ranksHigh(w) {
				loss = lossRank
			}
		}
	}
	switch {
	case n.noun < 0:
	case nounBy < 0:
		loss *= lossTopic
	case nounBy != last:
		loss *= lossOrder
	case nounSim < 0.9 && !ws[last].slip:
		loss *= keptByAlike + (1-keptByAlike)*nounSim
	}
	for j, id := range n.words {
		if taken&(1<<j) == 0 && x.info[id].rank >= highRank && id != n.noun {
			loss *= lossRank
		}
	}
	return loss * matched / (typed + n.weight)
}

// same is the word of a name that was typed as it is, -1 when there is none. Such
// words find each other first, so that a likeness takes none of them away.
func (x *index) same(w word, n *name) int {
	if len(w.may) == 0 || w.may[0].sim < 1 {
		return -1
	}
	return slices.Index(n.words, w.may[0].id)
}

// partner is the word of a name that a typed word stands for best, -1 when there
// is none among those not taken.
func (x *index) partner(w word, n *name, taken uint64) (at int, sim float32) {
	at = -1
	for j, id := range n.words {
		if taken&(1<<j) != 0 {
			continue
		}
		for _, m := range w.may {
			if m.id == id && m.sim > sim {
				at, sim = j, m.sim
			}
		}
	}
	return at, sim
}

func (x *index) ranksHigh(w word) bool {
	return w.known && x.info[w.may[0].id].rank >= highRank
}

// aside is what a typed word costs that the name does not have. It depends on
// what the person is, noun, which was found with likeness sim, and on how many
// words of the work were found.
func (x *index) aside(w word, works int, noun int32, sim float32) float32 {
	if w.where {
		return 0.1 * w.weight
	}
	trade := &x.info[noun]
	switch {
	case trade.trade && sim > 0.9 && w.weight > weightAside:
		return weightAside
	case w.known || trade.wide || works > 1 || !trade.work:
		return w.weight
	}
	return weightWork
}
