package ladder

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// maxLabel is what a button shows, which a title shares with the name of its
// track when both have to be told.
const maxLabel = 75

var (
	idShape  = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	socShape = regexp.MustCompile(`^[0-9]{2}-[0-9]{4}\.[0-9]{2}$`)
)

// check looks at the tracks one by one and then at what they say of each other.
// Tracks and titles are entered in l on the way.
func (ld *loader) check() {
	for _, t := range ld.l.tracks {
		ld.checkTrack(t)
	}
	for _, t := range ld.l.tracks {
		for _, id := range t.related {
			switch {
			case id == t.id:
				ld.problem(t.file, t.relatedLine, "track %s is related to itself; remove it from related", t.id)
			case ld.l.byID[id] == nil:
				ld.problem(t.file, t.relatedLine, "track %s is related to %s, which no file has; mend the name or remove it", t.id, id)
			}
		}
	}
	ld.checkHomes()
}

func (ld *loader) checkTrack(t *track) {
	other := ld.l.byID[t.id]
	switch {
	case t.id == "":
		ld.problem(t.file, t.line, "the track has no name for the program; add track: and a short name such as retail-sales")
	case !idShape.MatchString(t.id):
		ld.problem(t.file, t.line, "the track %q has more than small letters, digits and hyphens; write it like retail-sales", t.id)
	case other != nil:
		ld.problem(t.file, t.line, "track %s is in %s already; give this one another name", t.id, other.file)
	default:
		ld.l.byID[t.id] = t
	}
	if t.name == "" {
		ld.problem(t.file, t.line, "the track has no name for people; add name: and a few plain words such as retail sales")
	}
	if len(t.rungs) < 2 {
		ld.problem(t.file, t.line, "the track has fewer than two rungs, so it leads nowhere; add the jobs above or below")
	}
	seen := map[string]bool{}
	years := 0.0
	for i := range t.rungs {
		r := &t.rungs[i]
		ld.checkRung(t, r)
		key := strings.ToLower(r.title)
		if seen[key] {
			ld.problem(t.file, r.line, "%s stands twice on this track; remove one or tell them apart", r.title)
			continue
		}
		seen[key] = true
		if r.years >= 0 && r.years < years {
			ld.problem(t.file, r.line, "%s comes after fewer years than the rung before it; put the rungs in order", r.title)
		}
		years = max(years, r.years)
		ld.l.titles[key] = append(ld.l.titles[key], place{t, i})
	}
}

func (ld *loader) checkRung(t *track, r *rung) {
	if utf8.RuneCountInString(r.title)+utf8.RuneCountInString(t.name)+3 > maxLabel {
		ld.problem(t.file, r.line, "%q and the name of its track do not fit a button of %d characters together; shorten one", r.title, maxLabel)
	}
	if r.years < 0 {
		ld.problem(t.file, r.line, "%s has no years; add years: and the typical years since the first rung, 0 for the first", r.title)
	}
	if r.soc != "" && !socShape.MatchString(r.soc) {
		ld.problem(t.file, r.line, "%s has a soc that does not look like 29-1141.00; mend it or leave it out", r.title)
	}
	var names []string
	for _, a := range append([]string{r.title}, r.also...) {
		key := strings.ToLower(a)
		if slices.Contains(names, key) {
			ld.problem(t.file, r.line, "%s has the name %q twice; remove one", r.title, a)
		}
		names = append(names, key)
	}
}

// checkHomes makes sure that of all rungs of one title, one is meant when a
// person types it: the one without home, which the others name.
func (ld *loader) checkHomes() {
	for _, t := range ld.l.tracks {
		for i := range t.rungs {
			r := &t.rungs[i]
			if r.home != "" {
				ld.checkHome(t, r)
				continue
			}
			for _, p := range ld.l.titles[strings.ToLower(r.title)] {
				if p.track == t {
					break
				}
				if p.track.rungs[p.i].home == "" {
					ld.problem(t.file, r.line, "%s is on track %s too; add home: %s here if it is the same job, or tell the titles apart", r.title, p.track.id, p.track.id)
					break
				}
			}
		}
	}
}

func (ld *loader) checkHome(t *track, r *rung) {
	home := ld.l.byID[r.home]
	if len(r.also) > 0 {
		ld.problem(t.file, r.line, "%s has home and also; write its other names on track %s only", r.title, r.home)
	}
	switch {
	case home == nil || home == t:
		ld.problem(t.file, r.line, "%s has the home %s, which is no other track; mend the name", r.title, r.home)
	case !slices.ContainsFunc(home.rungs, func(h rung) bool { return h.title == r.title && h.home == "" }):
		ld.problem(t.file, r.line, "%s has its home on track %s, which has no rung of that title; mend one of them", r.title, r.home)
	}
}
