package coach

import (
	"fmt"
	"slices"

	"waymark/internal/career"
	"waymark/internal/chat"
	"waymark/internal/civil"
)

// nextReview is the review that has not been held, also one whose day has passed.
func (h *handling) nextReview() (career.Review, bool) {
	i := slices.IndexFunc(h.p.Plan.Reviews, func(r career.Review) bool { return !r.Held })
	if i < 0 {
		return career.Review{}, false
	}
	return h.p.Plan.Reviews[i], true
}

// reviewFields is the day of the next review, or of the talk that stands for it.
func (f *form) reviewFields() bool {
	r, known := f.h.nextReview()
	date := r.Date
	if date.Before(f.h.today()) {
		date = civil.Date{} // one that was not held needs another day
	}
	f.field("date", chat.Date, date.String())
	kind := "formal"
	if known && !r.Formal {
		kind = "talk"
	}
	f.field("kind", chat.Radio, kind).Choices = []chat.Choice{f.choice("formal"), f.choice("talk")}
	return true
}

func (f *form) reviewVersion() string {
	r, _ := f.h.nextReview()
	return fmt.Sprintf("%s %s %v", r.ID, r.Date, r.Formal)
}

func (f *form) reviewTake() error {
	date, kind := f.coming("date", civil.Date{}), f.picked("kind")
	if kind != "formal" && kind != "talk" {
		f.error("kind", "choice", nil)
	}
	if len(f.errs) > 0 {
		return nil
	}
	f.h.planByHand()
	r, err := f.h.p.Plan.SetReview(date, kind == "formal", f.h.local())
	if err != nil {
		return fmt.Errorf("review of a form: %w", err)
	}
	if f.h.p.Plan.Content { // the date alone says that they want to be reminded of it
		f.h.setAhead(r.ID, usualAhead)
		return f.does("wish.noted", map[string]any{"date": r.Date.Long(), "when": f.h.reviewDays()})
	}
	key := "plan.talk"
	if r.Formal {
		key = "plan.review"
	}
	return f.does(key, map[string]any{"date": r.Date.Long()})
}

// payFields compare what the person has with an offer, line by line.
func (f *form) payFields() bool {
	f.says("form.pay.says", nil)
	for _, k := range career.PayLines {
		name := f.h.plain("pay."+k, nil)
		for _, side := range [...]struct {
			name string
			has  map[string]string
		}{{"now", f.h.p.Plan.Pay.Now}, {"offer", f.h.p.Plan.Pay.Offer}} {
			fd := f.field(side.name+"."+k, chat.Line, side.has[k])
			fd.Label = f.h.plain("form.pay."+side.name, map[string]any{"words": name})
			fd.Optional, fd.MaxLength = true, maxPay
		}
	}
	return true
}

// maxPay is how many characters a line about pay takes.
const maxPay = 500

func (f *form) payVersion() string {
	p := f.h.p.Plan.Pay
	s := ""
	for _, k := range career.PayLines {
		s += fmt.Sprintf("%q %q ", p.Now[k], p.Offer[k])
	}
	return s
}

func (f *form) payTake() error {
	pay := career.Pay{Now: map[string]string{}, Offer: map[string]string{}}
	for _, k := range career.PayLines {
		for name, side := range map[string]map[string]string{"now.": pay.Now, "offer.": pay.Offer} {
			if words := f.words(name+k, maxPay); words != "" {
				side[k] = words
			}
		}
	}
	if len(f.errs) > 0 {
		return nil
	}
	h := f.h
	h.p.Plan.Pay = pay
	if f.home {
		return nil
	}
	if len(pay.Now)+len(pay.Offer) == 0 {
		return f.does("form.pay.emptied", nil)
	}
	return h.tell(h.payCard())
}
