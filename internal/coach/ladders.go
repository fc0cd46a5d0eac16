package coach

import (
	"strconv"
	"strings"
	"unicode"

	"waymark/internal/career"
	"waymark/internal/dialogue"
	"waymark/internal/ladder"
	"waymark/internal/reading"
)

const (
	maxTitles = 5 // titles suggested for what somebody typed
	lowerBy   = 2 // rungs below the wanted one that are suggested as a way in
)

// ladder offers what the career ladders suggest: never as a fact, always with a
// way out, and nothing where they know nothing.
func (h *handling) ladder(from string, v dialogue.View) []dialogue.Picked {
	switch from {
	case "job_titles":
		return h.titles(value(v, "job").Text)
	case "target_titles":
		return h.titles(value(v, "target").Text)
	case "lower":
		target, ok := h.rung(v, "target_title")
		if !ok {
			return nil
		}
		return suggestions(h.c.ladders.Below(target, lowerBy))
	case "alternatives":
		target, ok := h.rung(v, "target_title")
		if !ok {
			return nil
		}
		return suggestions(h.c.ladders.Alternatives(target, maxTitles))
	case "leap":
		return h.leap(v)
	}
	return nil
}

// nextRung is the title that often comes after the person's job, "" where the
// ladders know none.
func (h *handling) nextRung() string {
	job, ok := h.rung(h.c.book.View(&h.p.Dialogue, h.p.First), "job_title")
	if !ok {
		return ""
	}
	next, ok := h.c.ladders.Next(job)
	if !ok {
		return ""
	}
	return next.Title
}

// titles are the rungs that a typed title may mean, with "none of these".
func (h *handling) titles(typed string) []dialogue.Picked {
	var out []dialogue.Picked
	for _, r := range h.c.ladders.Match(reading.Name(typed), maxTitles) {
		label := h.c.text("offer.title", h.with(map[string]any{"words": r.Title, "about": r.TrackName}))
		out = append(out, dialogue.Picked{ID: r.Track + ":" + strconv.Itoa(r.N), Label: label})
	}
	if len(out) == 0 {
		return nil
	}
	return append(out, h.none("offer.none_of_these"))
}

// rung is the rung that was picked in a slot.
func (h *handling) rung(v dialogue.View, slot string) (ladder.Rung, bool) {
	c := value(v, slot).Choices
	if len(c) == 0 {
		return ladder.Rung{}, false
	}
	track, n, ok := strings.Cut(c[0].ID, ":")
	if !ok {
		return ladder.Rung{}, false
	}
	return h.c.ladders.Rung(track, atoi(n))
}

func suggestions(rungs []ladder.Rung) []dialogue.Picked {
	var out []dialogue.Picked
	for _, r := range rungs {
		out = append(out, dialogue.Picked{ID: "rung:" + r.Track + ":" + strconv.Itoa(r.N), Label: r.Title})
	}
	return out
}

// rolesBetween are the roles between job and target as goals to pick, for whoever
// wants steps instead of a leap.
func (h *handling) rolesBetween(v dialogue.View) []dialogue.Picked {
	job, known := h.rung(v, "job_title")
	target, ok := h.rung(v, "target_title")
	if choiceID(v, "leap") != "yes" || !known || !ok {
		return nil
	}
	var out []dialogue.Picked
	for _, r := range aFew(h.c.ladders.Between(job, target)) {
		words := h.c.text("offer.own_step", h.with(map[string]any{"words": lowerFirst(r.Title)}))
		out = append(out, dialogue.Picked{ID: "own:" + words, Label: words, Own: true, Kind: "own"})
	}
	return out
}

// leap offers to put roles in between when the way from the job to the target
// is a big jump in the time there is; nothing when it is not, or not known.
func (h *handling) leap(v dialogue.View) []dialogue.Picked {
	job, known := h.rung(v, "job_title")
	target, ok := h.rung(v, "target_title")
	if !known || !ok {
		return nil
	}
	between := h.c.ladders.Between(job, target)
	years := 0
	if len(between) > 0 || job.Track == target.Track {
		done := value(v, "since").Months // in the job that the way begins with
		years = max(0, int(12*(target.Years-job.Years))-done)
	}
	horizon := career.Horizon(h.today(), value(v, "by").Date)
	if !career.Leap(job.Zone, target.Zone, horizon, years) {
		return nil
	}
	var names []string
	for _, r := range aFew(between) {
		names = append(names, r.Title)
	}
	yes := dialogue.Picked{ID: "yes", Label: h.c.text("offer.leap_between", h.fields())}
	if len(names) > 0 {
		yes.Note = h.c.text("offer.leap_roles", h.with(map[string]any{"words": dialogue.JoinAnd(names)}))
	}
	return []dialogue.Picked{yes, {ID: "no", Label: h.c.text("offer.leap_keep", h.fields())}}
}

// aFew are at most two of the rungs of a way, evenly apart: a person is asked for
// one or two roles in between, not for every one there is.
func aFew(between []ladder.Rung) []ladder.Rung {
	n := len(between)
	if n <= 2 {
		return between
	}
	return []ladder.Rung{between[(n-1)/3], between[2*n/3]}
}

// lowerFirst is a title as it stands inside a sentence: "healthcare assistant",
// but "HR manager".
func lowerFirst(title string) string {
	r := []rune(title)
	if len(r) > 1 && unicode.IsLower(r[1]) {
		r[0] = unicode.ToLower(r[0])
	}
	return string(r)
}
