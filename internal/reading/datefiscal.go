package reading

import "time"

// Fiscal years begin in one of these months nearly everywhere; the choice is
// offered while the operator has not set the month.
var fiscalStarts = [...]int{1, 4, 7, 10}

// fiscalYear reads "FY27", "fiscal year 2027", "the fiscal year".
func (r *dateReader) fiscalYear(i int) (m moment, n int) {
	if y, size := r.fiscalNumber(i); size > 0 {
		return r.fiscal(y), size
	}
	if r.is(i, "fiscal", "financial", "tax") && r.is(i+1, "year", "year's") || r.is(i, "fy") {
		if r.at(i+1).kind == word && r.is(i+1, "advisor", "adviser", "services") {
			return m, 0
		}
		return r.fiscalPeriod(0), 1 + b2i(r.is(i+1, "year", "year's"))
	}
	return m, 0
}

// fiscalNumber reads the year of "FY27", "FY 2027", "fiscal 2027".
func (r *dateReader) fiscalNumber(i int) (y, n int) {
	if !r.is(i, "fy", "fiscal", "financial", "tax") {
		return 0, 0
	}
	k := i + 1
	k += b2i(r.is(k, "year"))
	k += b2i(r.is(k, "'", "-"))
	switch t := r.at(k); {
	case t.kind != number:
		return 0, 0
	case t.end-t.start == 2:
		return century(t.n), k + 1 - i
	case t.end-t.start == 4:
		return t.n, k + 1 - i
	}
	return 0, 0
}

// fiscal is the fiscal year that ends in calendar year y.
func (r *dateReader) fiscal(y int) moment {
	if y < minYear || y > maxYear {
		return moment{problem: OutOfRange}
	}
	return r.eachFiscal(func(start int) (Date, Date) { return fiscalSpan(y, start) }, Year)
}

// fiscalPeriod is the fiscal year that lies n after the present one.
func (r *dateReader) fiscalPeriod(n int) moment {
	return r.eachFiscal(func(start int) (Date, Date) {
		y := r.today.Year
		if _, l := fiscalSpan(y, start); l.Before(r.today) {
			y++
		}
		return fiscalSpan(y+n, start)
	}, Year)
}

// quarterOfFiscal is quarter q of the fiscal year that ends in y.
func (r *dateReader) quarterOfFiscal(q, y int) moment {
	if y < minYear || y > maxYear {
		return moment{problem: OutOfRange}
	}
	return r.eachFiscal(func(start int) (Date, Date) {
		e, _ := fiscalSpan(y, start)
		e = e.AddMonths(3 * (q - 1))
		return e, e.AddMonths(3).AddDays(-1)
	}, Quarter)
}

func (r *dateReader) eachFiscal(f func(start int) (Date, Date), p Precision) moment {
	if r.o.FiscalStart != 0 {
		e, l := f(int(r.o.FiscalStart))
		return fixedSpan(e, l, p)
	}
	var out []moment
	for _, start := range fiscalStarts {
		e, l := f(start)
		out = append(out, fixedSpan(e, l, p))
	}
	return either(out...)
}

func fiscalSpan(y, start int) (Date, Date) {
	e := monthStart(y, time.Month(start))
	if start > 1 {
		e = monthStart(y-1, time.Month(start))
	}
	return e, e.AddMonths(12).AddDays(-1)
}
