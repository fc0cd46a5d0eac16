package reading

import "strings"

// slips are misspellings that are no words themselves and can mean one word
// only, and the German names of days and hours that people fall back to, so that
// every reader sees the word that was meant. Text that is handed back is cut from
// the message and stays as it was typed.
var slips = func() map[string]string {
	m := make(map[string]string)
	for l := range strings.Lines(`
every: evry evrey
little: litle littel
year: yer yeer yaer yearr
years: yers yeers yaers yearss yrz
month: mounth monht motnh
months: mounths monhts motnhs munths
week: weeek wekk
weeks: weeeks wekks weaks
half: haf hlaf halff
hour: houre huor
hours: houres huors
evening: evning evenig evenning eveing
evenings: evnings evenigs evennings eveings
morning: mornig mornin morining
mornings: mornigs mornins morinings
afternoon: afternon aftrnoon
afternoons: afternons aftrnoons
monday: munday
tuesday: tusday tuseday teusday
tuesdays: tusdays tusedays
wednesday: wensday wendsday wedensday
wednesdays: wensdays wendsdays
thursday: thrusday thurday
thursdays: thrusdays thurdays
saturday: satuday saterday saturdy
saturdays: satudays saterdays
actually: actualy acctually actully acutally actualley actaully atually
sorry: sory sorrry srry sry
wait: wiat waait
meant: ment
change: chnage chage cahnge
correction: corection
mistake: misstake mistke
really: realy rly reely realley
maybe: mayb mabye mayby maybee mebbe mabey
probably: probaly probly probabely probabley propably probbaly prolly
possibly: possibley posibly
perhaps: prehaps perhpas pehaps
definitely: definitly definately defnitely definetly definitley deffo defo deffinitely
absolutely: absolutly absolutley absolutelly
completely: completly compleatly
certainly: certanly certainley
exactly: exactley exatly exacly
partly: partley
partially: partialy
unfortunately: unfortunatly unfortunatley unfortunetly
think: thnk thik thikn
believe: belive beleive
guess: gues
though: thoug
course: corse
because: becuase becasue
before: befor bevore beofre
until: untill untl
about: abot abaut aboout
around: arround aroud
next: nxt nex nextt
between: betwen beetween
beginning: begining beggining
nothing: nothin nothng
monday: montag
mondays: montags
tuesday: dienstag
tuesdays: dienstags
wednesday: mittwoch
wednesdays: mittwochs
thursday: donnerstag
thursdays: donnerstags
friday: freitag
fridays: freitags
saturday: samstag sonnabend
saturdays: samstags
sunday: sonntag
sundays: sonntags
hour: stunde
hours: stunden
minutes: minuten
half: halbe
`) {
		want, typed, found := strings.Cut(strings.TrimSpace(l), ":")
		if !found {
			continue
		}
		for _, t := range strings.Fields(typed) {
			m[t] = want
		}
	}
	return m
}()

// mended is the word that was meant by a word in lower case.
func mended(w string) string {
	if len(w) < 3 || len(w) > 14 {
		return w
	}
	if want, ok := slips[w]; ok {
		return want
	}
	return w
}
