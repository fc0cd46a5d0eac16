package holidays

import (
	"slices"
	"strings"
	"unicode"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/ar"
	"github.com/rickar/cal/v2/at"
	"github.com/rickar/cal/v2/au"
	"github.com/rickar/cal/v2/be"
	"github.com/rickar/cal/v2/bg"
	"github.com/rickar/cal/v2/br"
	"github.com/rickar/cal/v2/ca"
	"github.com/rickar/cal/v2/ch"
	"github.com/rickar/cal/v2/cz"
	"github.com/rickar/cal/v2/de"
	"github.com/rickar/cal/v2/dk"
	"github.com/rickar/cal/v2/es"
	"github.com/rickar/cal/v2/fr"
	"github.com/rickar/cal/v2/gb"
	"github.com/rickar/cal/v2/gr"
	"github.com/rickar/cal/v2/hr"
	"github.com/rickar/cal/v2/ie"
	"github.com/rickar/cal/v2/it"
	"github.com/rickar/cal/v2/jp"
	"github.com/rickar/cal/v2/lt"
	"github.com/rickar/cal/v2/lv"
	"github.com/rickar/cal/v2/mw"
	"github.com/rickar/cal/v2/nc"
	"github.com/rickar/cal/v2/nl"
	"github.com/rickar/cal/v2/no"
	"github.com/rickar/cal/v2/nz"
	"github.com/rickar/cal/v2/pl"
	"github.com/rickar/cal/v2/ro"
	"github.com/rickar/cal/v2/ru"
	"github.com/rickar/cal/v2/se"
	"github.com/rickar/cal/v2/si"
	"github.com/rickar/cal/v2/sk"
	"github.com/rickar/cal/v2/ua"
	"github.com/rickar/cal/v2/us"
	"github.com/rickar/cal/v2/za"

	"waymark/internal/civil"
)

// Region is a country or a part of one that has public holidays of its own.
type Region struct {
	Code string // ISO 3166: "DE", "DE-BY"
	Name string // in English: "Germany", "Bavaria, Germany"

	also []string // other names that people type
	days []*cal.Holiday
}

// Regions is every region that is known, by code.
func Regions() []Region { return slices.Clone(regions) }

// ByCode is the calendar of a region; ok is false for a code that is not known.
func ByCode(code string) (c *Calendar, ok bool) {
	c, ok = calendars[strings.ToUpper(code)]
	return c, ok
}

// Find is the region that a text names by its code or by a name, in any letter
// case: "DE-BY", "Bavaria", "bayern".
func Find(text string) (r Region, ok bool) {
	want := fold(text)
	for _, r := range regions {
		if want == fold(r.Code) || want == fold(r.Name) {
			return r, true
		}
		for _, n := range r.also {
			if want == fold(n) {
				return r, true
			}
		}
	}
	return Region{}, false
}

// Parts are the regions of a country that have calendars of their own, besides
// that of the whole country: those of "DE" are "DE-BB", "DE-BE", …
func Parts(country string) []Region {
	var out []Region
	for _, r := range regions {
		if strings.HasPrefix(r.Code, strings.ToUpper(country)+"-") {
			out = append(out, r)
		}
	}
	return out
}

// Guess is the region that people of a time zone most likely keep, to be offered
// and never to be taken for granted: "DE" for "Europe/Berlin"; "" where the zone
// does not tell.
func Guess(zone string) string { return guesses[zone] }

// fold leaves letters and digits alone, in lower case.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// calendars are the regions' calendars by code.
var calendars = func() map[string]*Calendar {
	m := make(map[string]*Calendar, len(regions))
	for _, r := range regions {
		m[r.Code] = newCalendar(r.Name, r.in)
	}
	return m
}()

// in lists the holidays of a year on their own day and on the day on which they
// are observed, which may lie in the year before or after.
func (r Region) in(year int) []Day {
	var out []Day
	for _, h := range r.days {
		if h.Type == cal.ObservanceOther || h.Type == cal.ObservanceReligious {
			continue
		}
		for y := year - 1; y <= year+1; y++ {
			actual, observed := h.Calc(y)
			if actual.IsZero() {
				continue
			}
			out = append(out, Day{civil.Of(actual), h.Name})
			if !observed.Equal(actual) {
				out = append(out, Day{civil.Of(observed), h.Name})
			}
		}
	}
	return out
}

// regions is every region, by code.
var regions = []Region{
	{Code: "AR", Name: "Argentina", days: ar.Holidays},
	{Code: "AT", Name: "Austria", also: []string{"Österreich"}, days: at.Holidays},
	{Code: "AU-ACT", Name: "Australian Capital Territory, Australia", also: []string{"Australian Capital Territory", "Canberra"}, days: au.HolidaysACT},
	{Code: "AU-NSW", Name: "New South Wales, Australia", also: []string{"New South Wales", "Sydney"}, days: au.HolidaysNSW},
	{Code: "AU-NT", Name: "Northern Territory, Australia", also: []string{"Northern Territory"}, days: au.HolidaysNT},
	{Code: "AU-QLD", Name: "Queensland, Australia", also: []string{"Queensland"}, days: au.HolidaysQLD},
	{Code: "AU-SA", Name: "South Australia, Australia", also: []string{"South Australia"}, days: au.HolidaysSA},
	{Code: "AU-TAS", Name: "Tasmania, Australia", also: []string{"Tasmania"}, days: au.HolidaysTAS},
	{Code: "AU-VIC", Name: "Victoria, Australia", also: []string{"Victoria", "Melbourne"}, days: au.HolidaysVIC},
	{Code: "AU-WA", Name: "Western Australia, Australia", also: []string{"Western Australia"}, days: au.HolidaysWA},
	{Code: "BE", Name: "Belgium", days: be.Holidays},
	{Code: "BG", Name: "Bulgaria", days: bg.Holidays},
	{Code: "BR", Name: "Brazil", days: br.Holidays},
	{Code: "CA", Name: "Canada", days: ca.Holidays},
	{Code: "CH", Name: "Switzerland", also: []string{"Schweiz", "Suisse", "Svizzera"}, days: ch.Holidays},
	{Code: "CH-AG", Name: "Aargau, Switzerland", also: []string{"Aargau"}, days: ch.HolidaysAG},
	{Code: "CH-AI", Name: "Appenzell Innerrhoden, Switzerland", also: []string{"Appenzell Innerrhoden"}, days: ch.HolidaysAI},
	{Code: "CH-AR", Name: "Appenzell Ausserrhoden, Switzerland", also: []string{"Appenzell Ausserrhoden"}, days: ch.HolidaysAR},
	{Code: "CH-BE", Name: "Bern, Switzerland", also: []string{"Bern"}, days: ch.HolidaysBE},
	{Code: "CH-BL", Name: "Basel-Landschaft, Switzerland", also: []string{"Basel-Landschaft", "Baselland", "Basel Land"}, days: ch.HolidaysBL},
	{Code: "CH-BS", Name: "Basel-Stadt, Switzerland", also: []string{"Basel-Stadt", "Basel", "Basel Stadt"}, days: ch.HolidaysBS},
	{Code: "CH-FR", Name: "Fribourg, Switzerland", also: []string{"Fribourg", "Freiburg"}, days: ch.HolidaysFR},
	{Code: "CH-GE", Name: "Geneva, Switzerland", also: []string{"Geneva", "Genève"}, days: ch.HolidaysGE},
	{Code: "CH-GL", Name: "Glarus, Switzerland", also: []string{"Glarus"}, days: ch.HolidaysGL},
	{Code: "CH-GR", Name: "Grisons, Switzerland", also: []string{"Grisons", "Graubünden"}, days: ch.HolidaysGR},
	{Code: "CH-JU", Name: "Jura, Switzerland", also: []string{"Jura"}, days: ch.HolidaysJU},
	{Code: "CH-LU", Name: "Lucerne, Switzerland", also: []string{"Lucerne", "Luzern"}, days: ch.HolidaysLU},
	{Code: "CH-NE", Name: "Neuchâtel, Switzerland", also: []string{"Neuchâtel"}, days: ch.HolidaysNE},
	{Code: "CH-NW", Name: "Nidwalden, Switzerland", also: []string{"Nidwalden"}, days: ch.HolidaysNW},
	{Code: "CH-OW", Name: "Obwalden, Switzerland", also: []string{"Obwalden"}, days: ch.HolidaysOW},
	{Code: "CH-SG", Name: "St. Gallen, Switzerland", also: []string{"St. Gallen", "St Gallen"}, days: ch.HolidaysSG},
	{Code: "CH-SH", Name: "Schaffhausen, Switzerland", also: []string{"Schaffhausen"}, days: ch.HolidaysSH},
	{Code: "CH-SO", Name: "Solothurn, Switzerland", also: []string{"Solothurn"}, days: ch.HolidaysSO},
	{Code: "CH-SZ", Name: "Schwyz, Switzerland", also: []string{"Schwyz"}, days: ch.HolidaysSZ},
	{Code: "CH-TG", Name: "Thurgau, Switzerland", also: []string{"Thurgau"}, days: ch.HolidaysTG},
	{Code: "CH-TI", Name: "Ticino, Switzerland", also: []string{"Ticino"}, days: ch.HolidaysTI},
	{Code: "CH-UR", Name: "Uri, Switzerland", also: []string{"Uri"}, days: ch.HolidaysUR},
	{Code: "CH-VD", Name: "Vaud, Switzerland", also: []string{"Vaud"}, days: ch.HolidaysVD},
	{Code: "CH-VS", Name: "Valais, Switzerland", also: []string{"Valais"}, days: ch.HolidaysVS},
	{Code: "CH-ZG", Name: "Zug, Switzerland", also: []string{"Zug"}, days: ch.HolidaysZG},
	{Code: "CH-ZH", Name: "Zurich, Switzerland", also: []string{"Zurich", "Zürich"}, days: ch.HolidaysZH},
	{Code: "CZ", Name: "Czechia", also: []string{"Czech Republic"}, days: cz.Holidays},
	{Code: "DE", Name: "Germany", also: []string{"Deutschland"}, days: de.Holidays},
	{Code: "DE-BB", Name: "Brandenburg, Germany", also: []string{"Brandenburg"}, days: de.HolidaysBB},
	{Code: "DE-BE", Name: "Berlin, Germany", also: []string{"Berlin"}, days: de.HolidaysBE},
	{Code: "DE-BW", Name: "Baden-Württemberg, Germany", also: []string{"Baden-Württemberg"}, days: de.HolidaysBW},
	{Code: "DE-BY", Name: "Bavaria, Germany", also: []string{"Bavaria", "Bayern"}, days: de.HolidaysBY},
	{Code: "DE-HB", Name: "Bremen, Germany", also: []string{"Bremen"}, days: de.HolidaysHB},
	{Code: "DE-HE", Name: "Hesse, Germany", also: []string{"Hesse", "Hessen"}, days: de.HolidaysHE},
	{Code: "DE-HH", Name: "Hamburg, Germany", also: []string{"Hamburg"}, days: de.HolidaysHH},
	{Code: "DE-MV", Name: "Mecklenburg-Western Pomerania, Germany", also: []string{"Mecklenburg-Western Pomerania", "Mecklenburg-Vorpommern"}, days: de.HolidaysMV},
	{Code: "DE-NI", Name: "Lower Saxony, Germany", also: []string{"Lower Saxony", "Niedersachsen"}, days: de.HolidaysNI},
	{Code: "DE-NW", Name: "North Rhine-Westphalia, Germany", also: []string{"North Rhine-Westphalia", "Nordrhein-Westfalen", "NRW"}, days: de.HolidaysNW},
	{Code: "DE-RP", Name: "Rhineland-Palatinate, Germany", also: []string{"Rhineland-Palatinate", "Rheinland-Pfalz"}, days: de.HolidaysRP},
	{Code: "DE-SH", Name: "Schleswig-Holstein, Germany", also: []string{"Schleswig-Holstein"}, days: de.HolidaysSH},
	{Code: "DE-SL", Name: "Saarland, Germany", also: []string{"Saarland"}, days: de.HolidaysSL},
	{Code: "DE-SN", Name: "Saxony, Germany", also: []string{"Saxony", "Sachsen"}, days: de.HolidaysSN},
	{Code: "DE-ST", Name: "Saxony-Anhalt, Germany", also: []string{"Saxony-Anhalt", "Sachsen-Anhalt"}, days: de.HolidaysST},
	{Code: "DE-TH", Name: "Thuringia, Germany", also: []string{"Thuringia", "Thüringen"}, days: de.HolidaysTH},
	{Code: "DK", Name: "Denmark", days: dk.Holidays},
	{Code: "ES", Name: "Spain", also: []string{"España"}, days: es.Holidays},
	{Code: "FR", Name: "France", days: fr.Holidays},
	{Code: "GB", Name: "United Kingdom", also: []string{"UK", "England", "Great Britain", "Wales"}, days: gb.Holidays},
	{Code: "GR", Name: "Greece", days: gr.Holidays},
	{Code: "HR", Name: "Croatia", days: hr.Holidays},
	{Code: "IE", Name: "Ireland", days: ie.Holidays},
	{Code: "IT", Name: "Italy", also: []string{"Italia"}, days: it.Holidays},
	{Code: "JP", Name: "Japan", days: jp.Holidays},
	{Code: "LT", Name: "Lithuania", days: lt.Holidays},
	{Code: "LV", Name: "Latvia", days: lv.Holidays},
	{Code: "MW", Name: "Malawi", days: mw.Holidays},
	{Code: "NC", Name: "New Caledonia", days: nc.Holidays},
	{Code: "NL", Name: "Netherlands", also: []string{"Holland", "the Netherlands"}, days: nl.Holidays},
	{Code: "NO", Name: "Norway", days: no.Holidays},
	{Code: "NZ", Name: "New Zealand", days: nz.Holidays},
	{Code: "PL", Name: "Poland", days: pl.Holidays},
	{Code: "RO", Name: "Romania", days: ro.Holidays},
	{Code: "RU", Name: "Russia", days: ru.Holidays},
	{Code: "SE", Name: "Sweden", days: se.Holidays},
	{Code: "SI", Name: "Slovenia", days: si.Holidays},
	{Code: "SK", Name: "Slovakia", days: sk.Holidays},
	{Code: "UA", Name: "Ukraine", days: ua.Holidays},
	{Code: "US", Name: "United States", also: []string{"USA", "US", "United States of America"}, days: us.Holidays},
	{Code: "ZA", Name: "South Africa", days: za.Holidays},
}

// guesses are the likely regions by zone.
var guesses = map[string]string{
	"Africa/Blantyre":                "MW",
	"Africa/Johannesburg":            "ZA",
	"America/Argentina/Buenos_Aires": "AR",
	"America/Chicago":                "US",
	"America/Denver":                 "US",
	"America/Los_Angeles":            "US",
	"America/New_York":               "US",
	"America/Sao_Paulo":              "BR",
	"America/Toronto":                "CA",
	"America/Vancouver":              "CA",
	"Asia/Tokyo":                     "JP",
	"Australia/Adelaide":             "AU-SA",
	"Australia/Brisbane":             "AU-QLD",
	"Australia/Darwin":               "AU-NT",
	"Australia/Hobart":               "AU-TAS",
	"Australia/Melbourne":            "AU-VIC",
	"Australia/Perth":                "AU-WA",
	"Australia/Sydney":               "AU-NSW",
	"Europe/Amsterdam":               "NL",
	"Europe/Athens":                  "GR",
	"Europe/Berlin":                  "DE",
	"Europe/Bratislava":              "SK",
	"Europe/Brussels":                "BE",
	"Europe/Bucharest":               "RO",
	"Europe/Copenhagen":              "DK",
	"Europe/Dublin":                  "IE",
	"Europe/Kyiv":                    "UA",
	"Europe/Ljubljana":               "SI",
	"Europe/London":                  "GB",
	"Europe/Madrid":                  "ES",
	"Europe/Moscow":                  "RU",
	"Europe/Oslo":                    "NO",
	"Europe/Paris":                   "FR",
	"Europe/Prague":                  "CZ",
	"Europe/Riga":                    "LV",
	"Europe/Rome":                    "IT",
	"Europe/Sofia":                   "BG",
	"Europe/Stockholm":               "SE",
	"Europe/Vienna":                  "AT",
	"Europe/Vilnius":                 "LT",
	"Europe/Warsaw":                  "PL",
	"Europe/Zagreb":                  "HR",
	"Europe/Zurich":                  "CH",
	"Pacific/Auckland":               "NZ",
	"Pacific/Noumea":                 "NC",
}
