package career

import "slices"

// GapChange is one line of "then and now": a gap as it was and as it is.
type GapChange struct {
	Kind GapChangeKind
	Then Gap // without an ID where it is new
	Now  Gap // without an ID where it is none any more
}

// GapChangeKind says what has become of a gap.
type GapChangeKind string

const (
	GapSame    GapChangeKind = "same"
	GapClosed  GapChangeKind = "closed"
	GapNew     GapChangeKind = "new"
	GapChanged GapChangeKind = "changed" // in other words, more or less in the way, or back again
)

// Compare sets gaps of an earlier day beside those of now: first what there was
// then, in its order, and after that what is new. Skills and certificates are
// told by their words, whatever their numbers.
func Compare(then, now []Gap) []GapChange {
	var out []GapChange
	used := map[string]bool{}
	for _, t := range then {
		i := slices.IndexFunc(now, func(n Gap) bool { return !used[n.ID] && sameGap(t, n) })
		if i < 0 {
			out = append(out, GapChange{Kind: GapClosed, Then: t})
			continue
		}
		used[now[i].ID] = true
		out = append(out, GapChange{Kind: gapChange(t, now[i]), Then: t, Now: now[i]})
	}
	for _, n := range now {
		if !used[n.ID] && n.Closed.IsZero() {
			out = append(out, GapChange{Kind: GapNew, Now: n})
		}
	}
	return out
}

// gapChange is what has become of a gap that is there then and now.
func gapChange(then, now Gap) GapChangeKind {
	switch {
	case !now.Closed.IsZero():
		return GapClosed
	case !then.Closed.IsZero(), then.Words != now.Words, then.About != now.About, then.Severity != now.Severity:
		return GapChanged
	}
	return GapSame
}
