package reading

import (
	"regexp"
	"strings"
)

// AsksForLine reports whether somebody asks for a crisis line or for a number to
// call: "is there a crisis line here? number", "what number can i call". A line
// where things at work are reported is none of these.
func AsksForLine(text string) bool {
	text = strings.ReplaceAll(strings.TrimSpace(text), "’", "'")
	return len(text) <= 300 && !otherLine.MatchString(text) &&
		(asksForLine.MatchString(text) || bareLine.MatchString(text) || whomToCall.MatchString(text))
}

// AsksForSomebody reports whether somebody for whom everything rests asks for a
// number or for whoever could be talked with, in words that may mean something
// else at another time: "number pls", "who can i talk to".
func AsksForSomebody(text string) bool {
	if AsksForLine(text) {
		return true
	}
	text = strings.TrimSpace(text)
	return len(text) <= 300 && !otherLine.MatchString(text) && asksForSomebody.MatchString(text)
}

const helpLine = `(?:(?:crisis|suicide|suicide prevention|mental health|emergency|distress|emotional support|listening)[ -]?(?:hot ?lines?|help ?lines?|lines?|numbers?|phones?|chats?|services?)|hot ?lines?|help ?lines?|life ?lines?|numbers? (?:for|of) (?:help|a crisis|the crisis|crisis|emergenc\w+|someone to talk|somebody to talk))`

var (
	asksForLine     = regexp.MustCompile(`(?i)(?:^|\b)(?:is there|are there|isn'?t there|what(?:'?s| is| are| about)?|wats|which|where(?:'?s| is| are| can i find)?|who(?:'?s| is)|do (?:you|u|ya) (?:have|know)|u have|any|give me|send me|tell me|i (?:just )?(?:need|want)|need|can (?:you|u|i) (?:give|have|get|send|tell|call|find)|how (?:can|do|could) i (?:call|reach|find|get|contact))\b(?:\W+\w+){0,5}?\W+` + helpLine + `\b`)
	bareLine        = regexp.MustCompile(`(?i)^\W*(?:(?:hi|please|pls|the|a|and|ok)\W+)*` + helpLine + `(?:\W+(?:number|numbers|please|pls|plz|here|in (?:the )?[\p{L}]+(?: [\p{L}]+)?|near me))*\W*\?\W*$|^\W*` + helpLine + `\W+numbers?\W*$`)
	whomToCall      = regexp.MustCompile(`(?i)\b(?:what|which|wat)(?:'?s| is)?\s+(?:the |a )?numbers?\s+(?:(?:can|could|should|do|must|to|for)\s+)?(?:i\s+|we\s+)?(?:can\s+|could\s+|should\s+)?(?:to\s+)?(?:call|ring|dial|phone|text)\b|\bwho(?:m)?\s+(?:(?:can|could|should|do|must|shall)\s+i|to|i can|i should)\s+(?:call|ring|dial|phone)(?:\W+(?:now|here|right now|tonight|for help|at night|then|if .*|in (?:the )?[\p{L}]+(?: [\p{L}]+)?|please|pls))*\W*$|\bis there (?:a |any )?(?:number|some ?(?:one|body)|any ?(?:one|body)) (?:that |who )?(?:i (?:can|could) |to )(?:call|ring|phone)\b`)
	asksForSomebody = regexp.MustCompile(`(?i)^\W*(?:(?:ok|and|please|pls|what|the|a|whats|any|so|but)\W+)*(?:phone )?numbers?(?:\W+(?:please|pls|plz|here|to call))*\W*$|\bwho(?:m)?\s+(?:can|could|should|do)\s+i\s+(?:talk|speak|call|text|write|turn|go|reach)\b|\b(?:is there|are there) (?:any|some) ?(?:one|body|people) (?:i (?:can|could)|to|who)\b|\b(?:emergency|crisis) number\b|\bcrisis line\b|\bnumber (?:can|could|should|do) i\b|\bphone number\b`)
	// otherLine are lines of work, and what somebody does there.
	otherLine = regexp.MustCompile(`(?i)\b(?:compliance|ethics|fraud|whistle\w*|hr|it support|tech\w*|customers?|clients?|sales|recruit\w*|payroll|training|jobs?|career|volunteer\w*|i (?:work|answer|staff|run|manage)\w*|work(?:ing)? (?:at|on|for|in)|become|boss(?:'?s)? number|call (?:my|this|it)|my (?:boss|manager|team|mentor))\b`)
)

// AsksIfTold reports whether the coach is asked if it passes on what it hears, in
// words that mean nothing else: "r u going to tell anyone??".
func AsksIfTold(text string) bool { return len(text) <= 200 && ifTold.MatchString(text) }

var ifTold = regexp.MustCompile(`(?i)\b(?:did|have|will|would|are|r|do)\s+(?:you|u|ya)\s+(?:already\s+|just\s+|ever\s+|going to\s+|gonna\s+)*(?:tell|told|telling|report|reported|reporting|inform|informed|informing)\s+(?:(?:this|it|that|me|on me|about me|about this)\s+)?(?:to\s+)?(?:any ?(?:one|body)|some ?(?:one|body)|(?:my |the )?(?:boss|manager|hr|company|team|family|police|colleagues))\b`)

// Recovers reports whether somebody tells that it goes better, in words that say
// nothing of danger: "slept 7 hrs finally", "had a good day". Too little sleep is
// no good news.
func Recovers(text string) bool {
	text = strings.ReplaceAll(clip(text, 300), "’", "'")
	return recovers.MatchString(text) && !relapses.MatchString(text)
}

var (
	recovers = regexp.MustCompile(`(?i)\b(?:slept\s+(?:for\s+|about\s+|like\s+|almost\s+|around\s+)?(?:(?:[6-9]|1[0-2]|six|seven|eight|nine|ten)\s*(?:hrs?|hours?|h)\b|finally|well|better|ok|okay|good|great|fine|through|a (?:bit|little)|some)|finally (?:slept|ate|rested|got (?:some )?(?:sleep|rest))|(?:had|got) (?:a )?(?:good|better|great|decent) (?:day|night|sleep|morning|rest|night'?s sleep)|(?:feel|feeling|felt|doing|am|i'?m) (?:a (?:bit|little|lot) |much |so much |somewhat )?(?:better|calmer|lighter|rested|hopeful)|(?:it'?s|it is|today is|things are) (?:a (?:bit|little|lot) |much |getting )?(?:better|easier|lighter))\b`)
	relapses = regexp.MustCompile(`(?i)\b(?:not|no|never|n'?t|dont|didnt|isnt|cant|wont|hardly|barely|only|but|wish|if|worse|nobody|nothing|hopeless|when i'?m dead|without me)\b|n't\b`)
)

// Feels reports whether a text tells of a hard feeling, or of more than can be
// borne, and asks nothing: "my boss say i am slow, i feel bad".
func Feels(text string) bool {
	text = strings.ReplaceAll(clip(text, 600), "’", "'")
	switch {
	case Question(text):
		return false
	case Weary(text), LowWorth(text):
		return true
	}
	return feels.MatchString(text) && !feelsNot.MatchString(text)
}

var (
	feels    = regexp.MustCompile(`(?i)\b(?:(?:i|im|i'm|i am|me|it makes me|makes me|still|just)\s+(?:(?:just|still|always|really|so)\s+)*(?:feel|feels|feeling|felt)\s+(?:(?:so|very|really|too|a bit|a little|kind of|kinda|pretty|quite|just|always|like|that|all)\s+)*(?:bad|sad|down|low|awful|terrible|horrible|miserable|unhappy|lonely|alone|lost|stressed|overwhelmed|worried|nervous|anxious|afraid|scared|hurt|upset|angry|ashamed|guilty|small|slow|dumb|stupid|useless|empty|numb|tired|weak|shit|shitty|crap|crappy|discouraged|disappointed|frustrated|embarrassed|hopeless|humiliated|behind)|(?:i'?m|i am)\s+(?:(?:so|very|really|too|just|a bit)\s+)+(?:sad|stressed|upset|unhappy|worried|hurt|ashamed|frustrated|discouraged|disappointed|anxious|down|lonely|tired)|(?:too|so) much (?:is )?(?:going on|on my plate|on me|at once|stress|pressure|to carry|for me)|(?:i can'?t|i cant) (?:take|keep up|handle)\b)`)
	feelsNot = regexp.MustCompile(`(?i)\b(?:(?:not|never|don'?t|dont|didn'?t|didnt|no longer|stopped|less) (?:feel|feeling|felt|so|that|too|as)|used to feel)\b`)
)
