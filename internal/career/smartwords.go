package career

import (
	"slices"
	"strings"
	"unicode"
)

// Specific reports whether a goal's title says what is done to what: a verb and
// an object, three words at least, and not only words that fit any wish. It
// reads English; where it cannot judge it lets a title pass, as one question too
// many does more harm here than a vague title.
func Specific(title string) bool {
	words := wordsOf(title)
	if !judged(title, words) {
		return enough(title, words)
	}
	if countedThing(words) {
		return true
	}
	words = afterLeadIn(words)
	if len(wordsOf(title)) < titleWords || len(words) == 0 {
		return false
	}
	if beginsWith(words, vagueHeads) {
		return counted(words[1:])
	}
	content := 0
	for i, w := range words {
		if !slices.Contains(fillers, w) && (i == 0 || !slices.Contains(functionWords, w)) {
			content++
		}
	}
	if content < 2 {
		return false
	}
	return verbFirst(words) || !english(words) || evident(title)
}

// countedThing reports whether a title is a number and a thing and no more,
// "3 interviews": in broken English that is a whole goal.
func countedThing(words []string) bool {
	if len(words) != 2 || !strings.ContainsFunc(words[0], unicode.IsDigit) {
		return false
	}
	thing := words[1]
	return len([]rune(thing)) > 2 && !slices.Contains(fillers, thing) && !slices.Contains(functionWords, thing) && !strings.ContainsFunc(thing, unicode.IsDigit) &&
		!hasWord(thing, timeWords)
}

// Measurable reports whether somebody else could see by it that a goal is done:
// a number, a thing that exists then, a yes or no, an exam or a day, or somebody
// who says so. Like Specific it lets pass what it cannot judge.
func Measurable(measure string) bool {
	words := wordsOf(measure)
	if !judged(measure, words) {
		return enough(measure, words)
	}
	return evident(measure)
}

// evident reports whether a text names something that can be seen.
func evident(s string) bool {
	plain := " " + strings.Join(wordsOf(s), " ") + " "
	for _, w := range noEvidence {
		plain = strings.ReplaceAll(plain, " "+w+" ", " ")
	}
	return counted(strings.Fields(plain)) || hasWord(plain, things) || hasWord(plain, events) ||
		hasWord(plain, happened) || hasWord(plain, witnesses)
}

// counted reports whether there is a number among the words.
func counted(words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool {
		return strings.ContainsFunc(w, unicode.IsDigit) || slices.Contains(numbers, w)
	})
}

// wordsOf are the words of a text in lower case, without punctuation.
func wordsOf(s string) []string {
	s = strings.ReplaceAll(strings.ToLower(s), "’", "'")
	return strings.FieldsFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && !strings.ContainsRune("'-%", r)
	})
}

// judged reports whether a text looks like one these word lists are made for: in
// plain letters, or with English words between the others.
func judged(s string, words []string) bool {
	letters, foreign := 0, 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			letters++
			if r > unicode.MaxASCII {
				foreign++
			}
		}
	}
	switch {
	case foreign == 0:
		return true
	case 4*foreign > letters: // another script
		return false
	}
	return english(words)
}

// enough is all that is asked of a text in another language: two words, or one
// in a script that does not need spaces.
func enough(s string, words []string) bool {
	return len(words) >= 2 || len(words) == 1 && strings.ContainsFunc(s, func(r rune) bool {
		return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
	}) && len([]rune(words[0])) >= titleWords
}

// english reports whether a word is among words that only English has.
func english(words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return slices.Contains(functionWords, w) })
}

// verbFirst reports whether words begin with a verb: a known one, or whatever
// stands before an article, a possessive or a number, as verbs do.
func verbFirst(words []string) bool {
	head := words[0]
	stem, ing := strings.CutSuffix(head, "ing")
	known := slices.Contains(verbs, head) || ing && (slices.Contains(verbs, stem) || slices.Contains(verbs, stem+"e"))
	return known || len(words) > 1 && (slices.Contains(determiners, words[1]) || counted(words[1:2]))
}

// afterLeadIn is words without "I want to" and articles in front.
func afterLeadIn(words []string) []string {
	for {
		n := 0
		for _, p := range leadIns {
			if beginsWith(words, []string{p}) {
				n = max(n, len(strings.Fields(p)))
			}
		}
		if n == 0 {
			return words
		}
		words = words[n:]
	}
}

// beginsWith reports whether words begin with one of phrases.
func beginsWith(words []string, phrases []string) bool {
	s := strings.Join(words, " ") + " "
	return slices.ContainsFunc(phrases, func(p string) bool { return strings.HasPrefix(s, p+" ") })
}

// split is the words or phrases of a comma-separated text.
func split(s string) []string {
	var out []string
	for w := range strings.SplitSeq(s, ",") {
		out = append(out, strings.Join(strings.Fields(w), " "))
	}
	return out
}

var (
	// leadIns stand in front of what a title says.
	leadIns = split(`i want to, i want, i wish to, i wish, i must, i would like to, i'd like to, i will, i'll, i need to, i have to, i plan to, i hope to,
		my goal is to, my goal is, the goal is to, want to, would like to, need to, to, a, an, the, my, just, simply,
		finally, really, please, maybe, i, somehow`)

	// vagueHeads begin titles that fit any wish; a number makes them one.
	vagueHeads = split(`improve, improving, be better, become better, get better, do better, be a better, become a better,
		better, be more, become more, be good, be a good, be a great, become good, become a good, become a great, get good,
		get more, do more, have more, earn more, make more, more, less, do less, have less, good, great, try, trying,
		work on, working on, work harder, work more, work better, focus on, focus more, grow, growing, develop myself,
		develop my, develop further, enhance, strengthen, increase, be happy, be happier, become happy, become happier,
		feel, be successful, become successful, be the best, become the best, do my best, give my best, make progress,
		move forward, get ahead, succeed, think about, think more, learn more, know more, understand more, explore,
		look into, do something, change something, find something, learn something, learn new things, step up, level up,
		work life balance, work-life balance, personal growth, career growth, professional growth, success, happiness`)

	// fillers say nothing about what a goal is.
	fillers = split(`better, best, more, less, most, much, many, very, really, good, great, well, nice, new, different, again,
		always, often, soon, sometime, someday, later, something, anything, everything, things, thing, stuff, somehow,
		maybe, lot, lots, bit, way, ways, happy, happier, happiness, success, successful, growth, progress, improve,
		improvement, etc, whatever, generally, overall, harder`)

	// functionWords are words between the others that only English has.
	functionWords = split(`the, an, my, your, our, his, her, their, its, this, that, these, those, to, of, on, at, for, with,
		by, from, and, or, as, into, about, up, out, it, i, me, myself, we, us, you, he, she, they, them, is, are, be,
		been, being, am, was, were, who, which, what, where, when, how, than, if, then, so, too, just, some, any, all,
		not, can, will, would, should, could, a, in, do, have, has`)

	// timeWords are counted and yet no thing: "2 years" says when.
	timeWords = split(`minute, hour, day, week, month, year, min, mins, hrs, yrs, time, percent, job, jobs, career`)

	determiners = split(`the, a, an, my, our, your, his, her, their, its, this, that, these, those, each, every, another`)

	numbers = split(`two, three, four, five, six, seven, eight, nine, ten, eleven, twelve, fifteen, twenty, thirty, forty, fifty,
		sixty, ninety, hundred, thousand, half, once, twice, weekly, daily, monthly, first, second, third, one`)

	verbs = split(`accept, add, agree, answer, apply, arrange, ask, assist, attend, audit, become, be, begin, book, bring, build,
		buy, call, care, change, check, clean, close, coach, collect, compare, complete, connect, contact, cook, cover, create,
		cut, deliver, describe, design, develop, do, document, draft, draw, drive, earn, edit, enrol, enroll, find, finish,
		fix, follow, gain, gather, get, give, go, hand, handle, have, help, hire, hold, host, interview, introduce, invite,
		join, keep, launch, lead, learn, leave, list, log, look, make, manage, map, master, measure, meet, mentor, move, name,
		negotiate, note, offer, open, order, organise, organize, own, paint, pass, pay, plan, post, practice, practise,
		prepare, present, produce, program, publish, put, qualify, reach, read, record, reduce, register, rehearse, repair,
		replace, report, request, research, review, run, save, schedule, secure, see, sell, send, serve, set, shadow, share,
		show, sign, sit, solve, speak, spend, start, stop, study, submit, supervise, support, switch, take, talk, teach,
		tell, test, think, train, transfer, translate, treat, update, use, visit, volunteer, win, work, write, cancel,
		drop, lower, protect, swap, apologise, apologize, volunteer, obtain, achieve, establish, implement, test, turn`)

	// things exist when a goal is done.
	things = split(`certificate, certification, diploma, diplom, degree, licence, license, zertifikat, certificat, certificado,
		badge, report, list, table, letter, email, e-mail, mail, message, cv, resume, résumé, portfolio, profile, document,
		draft, page, website, app, presentation, slide, deck, speech, video, article, guide, handbook, manual, checklist,
		spreadsheet, budget, proposal, contract, offer, invoice, application, reference, note, story, stories, paper, photo,
		recording, log, schedule, rota, roster, reply, feedback, mark, grade, score, prototype, design, recipe, menu,
		notebook, form, receipt, ticket, appointment, promotion, pay slip, payslip, calendar, diary, plan, poster, book,
		course, cours, class, training, module, lesson, project, internship, certifcate, certficate, certificat, sertificate,
		interviw, intervew, raport, documment, presentaion`)

	// events have a day.
	events = split(`exam, examination, examen, test, interview, review, meeting, conference, workshop, deadline, quarter, shift,
		session, inspection, audit, audition, graduation, enrolment, enrollment, monday, tuesday, wednesday, thursday,
		friday, saturday, sunday, january, february, april, june, july, august, september, october, november, december,
		spring, summer, autumn, winter, every week, each week, every month, each month, every day, each day`)

	// happened can be answered with yes or no.
	happened = split(`passed, signed, sent, submitted, accepted, approved, confirmed, hired, promoted, enrolled, enrolled in,
		booked, written, published, delivered, paid, sold, got, received, registered, agreed, led, taught, presented, built,
		repaired, handed, handed in, handed over, offered, invited, saved, opened, launched, won, held, talked, spoken, spoke,
		met, asked, answered, visited, shadowed, applied, posted, shared, printed, certified, qualified, employed, wrote,
		said, says, saw, sees, signs, confirms, agrees, approves, thanks, tells, told, yes or no, i hold, in my hand, in writing,
		on paper, on the wall, working as, work as, i have a, i have an, i have the, i have my, i've got, error-free,
		without help, on my own, by myself, pass, signed off, without mistakes, no mistakes, no errors`)

	// witnesses see it.
	witnesses = split(`manager, boss, my lead, the lead, team lead, shift lead, supervisor, colleague, coworker, co-worker, team,
		hr, mentor, teacher, trainer, tutor, instructor, examiner, customer, client, patient, guest, user, employer, owner,
		director, head of, chef, doctor, head nurse, principal, recruiter, partner, husband, wife, friend, mother, father,
		sister, brother, son, daughter, family, auditor, inspector, accountant, bank, committee, jury`)

	// noEvidence only looks like it.
	noEvidence = split(`of course, got better, got more, no one, one day, got used to, someone, some one, half-hearted, first of all,
		i have a feeling, i have the feeling, i have a better, i have the impression, at once, on second thought`)
)
