package reading

import (
	"regexp"
	"strconv"
	"strings"
)

var noItem = set("etc etc. usw and or & ... also")

var noneWords = newPhrases[bool]().add(true, `
	none so? far|yet?
	none at all
	none of these|them|those?
	nothing so? far|yet?
	nothing at all
	nothing really|special|specific|much
	nothing in particular
	nothing comes to mind
	nothing i can think of
	nothing that i know of
	cant think of any|anything|one
	i cant|cannot think of any|anything|one
	i have|got none|nothing
	i? dont have any|one?
	i? no|not have any|one|nothing?
	i? have no|not
	there is|are none|nothing
	no skills|jobs|openings|certificates|licences|licenses|ideas|classes|courses|experience yet?
	n a
	na
	nil
	null
	zero
	keine
	nichts
	no ideas
	skip`)

// Words that announce a list when a colon follows.
var listHeads = set("skills jobs roles positions classes courses needs need learn missing gaps following example list these things are have ideas goals certificates requirements options reasons include includes employers tasks answers answer")

// Words that carry on the item before the comma.
var carriesOn = set("then thats it its they he she which who whom whose because since so but where when while as that though although if eg ie like such including especially preferably ideally maybe particularly not")

// Verbs that begin the things people plan to do.
var verbs = set("learn take do get find ask talk write read build practise practice finish start improve join apply prepare make study visit attend meet shadow volunteer lead manage organise organize plan present train teach help work update research look call email contact try book enrol enroll register pass complete save reduce delegate move change become lack need speak code design sell run create show learning taking getting finding asking talking writing reading building practising practicing finishing starting improving joining applying preparing making studying visiting attending meeting shadowing volunteering leading managing organising organizing planning presenting training teaching helping working updating researching calling speaking coding designing selling running creating")

var pairs = func() map[string][]string {
	m := make(map[string][]string)
	for l := range strings.Lines(`research development
health safety
terms conditions
food beverage
food drink
food beverages
sales marketing
marketing sales
marketing communications
marketing communication
supply demand
profit loss
trial error
payable receivable
learning development
training development
talent development
diversity inclusion
equity inclusion
mergers acquisitions
search rescue
arts crafts
travel tourism
hospitality tourism
tourism hospitality
pros cons
anatomy physiology
obstetrics gynaecology
obstetrics gynecology
ear nose
heating cooling
policies procedures
policy procedure
hiring firing
media communications
media communication
information communication
information communications
r d
q a
p l
m a
black white
back forth
nuts bolts
science technology
ins outs
banking finance
finance accounting
accounting finance
finance controlling
wear tear
cut paste
drag drop
time attendance
compensation benefits
pay benefits
care maintenance
repair maintenance
maintenance repair
operation maintenance
operations maintenance
children families
children youth
trade industry
oil gas
church state
law order
monitoring evaluation
measurement evaluation
planning control
command control
quality safety
risk compliance
security compliance
identity access
first second
search discovery
design build
pick pack
shipping receiving
customs excise
labour delivery
labor delivery
mother child
mental physical
work life
there then
now then
more more
one two`) {
		a, b, _ := strings.Cut(strings.TrimSpace(l), " ")
		m[a] = append(m[a], b)
	}
	return m
}()

var leadIns = newPhrases[bool]().add(true, `
	i need|have|want to learn how? to?
	i still|also|really|would|will|might|should|must|probably need|have|want to? learn? how? to?
	i need|want|have|must|should|could|can|will|lack|miss|know|did
	i need|have|want to
	i am|im missing|lacking|learning|good at?
	i am|im good at
	i should|could|can|might|must|would|will learn how? to?
	i would like to learn? how? to?
	id like to learn? how? to?
	i would need to? learn? how? to?
	id need to? learn? how? to?
	i can|could|know how to
	ive got|had|done|worked
	ive worked as
	i have got|had|done
	i worked|was as?
	i used to be
	i learned|learnt how? to?
	i think i? need|should|could|can to?
	we need|have|use
	my skills|strengths|goals|jobs|ideas are
	mainly|mostly|maybe|perhaps|probably|well|also|definitely|certainly
	for example|instance
	such as
	things like
	something like
	stuff like
	like
	and
	or
	plus
	then
	and also|then|maybe
	to learn how? to?
	need to learn? how? to?
	how to
	there is|are
	it would be
	that would be
	that is
	namely
	also i need to?`)

var listNumber = regexp.MustCompile(`^\s*\(?(\d{1,2})([.):]?)\s+(\pL+)`)

// WithoutNumber is text without the number of a list in front of it: "4 I ask
// the electrician" and "4. ask him" go on a list of which next is the next
// number. A number that counts, "2 talks", stays.
func WithoutNumber(text string, next int) string {
	m := listNumber.FindStringSubmatchIndex(text)
	if m == nil {
		return text
	}
	n, _ := strconv.Atoi(text[m[2]:m[3]])
	first := strings.ToLower(text[m[6]:m[7]])
	switch {
	case m[4] < m[5], first == "i", first == "we", first == "my", n == next && !countedWords[first] && !strings.HasSuffix(first, "s"):
		return text[m[6]:]
	}
	return text
}

var countedWords = set("hour day week month year time euro evening morning percent person people children km minute o h hr min")
