package reading

import (
	"regexp"
	"slices"
	"strings"
)

// askPattern is a way to ask, found in the words of a clause in lower case,
// without apostrophes and marks.
type askPattern struct {
	kind AskKind
	// marked says that without its question mark it may be told ("what I earn").
	marked bool
	re     *regexp.Regexp
}

func asking(kind AskKind, re string) askPattern {
	return askPattern{kind, false, regexp.MustCompile(`^(?:` + re + `)(?: |$)`)}
}

func askingMarked(kind AskKind, re string) askPattern {
	return askPattern{kind, true, regexp.MustCompile(re)}
}

// Words that many questions are made of.
const (
	reader  = `(?:my|the|our|a|any|other|all)? ?(?:hr|boss|bosses|manager|managers|lead|leader|supervisor|employer|company|firm|colleagues?|coworkers?|team|admins?|administrators?|owners?|people|others?|anyone|anybody|someone|somebody|everyone|everybody|it|chef|director|slack|he|she|they)(?: else)?`
	readIt  = `(?:see|sees|read|reads|access|view|look at|look into|find out|know about|find out about|get to see|gets to see|get to read)`
	thisAll = `(?:this|that|it|these|those|here|what i|what ive|what im|that i|that ive|my (?:answers?|messages?|words|data|plan|goals|chat|dm|dms|notes|replies)|our (?:chat|talk|conversation)|the (?:chat|answers|messages|conversation|talk)|along|everything|anything|me|all (?:this|that|of this|of that|of it)|any of (?:this|that|it))`
	// anyRole is any person at all: "my director", "the head librarian".
	anyRole = `(?:my|our|the|your|any|some) (?:[\w-]+ )?[\w-]+(?: else)?`
	// atPlace is where the readers are who are asked about.
	atPlace = `(?: (?:at|in|from|on|of|above|around) (?:(?:my|the|our|this|that) )?(?:[\w-]+ )?[\w-]+)`
	getsTo  = `(?:(?:also|ever|really|actually|able to|be able to|going to|get to|be|still|then|just) )*`
	getsIt  = `(?:get|gets|receive|receives|see|sees|read|reads|sent|given|shown|have|has)`
	// writtenUp is what is made of a talk for somebody else.
	writtenUp  = `(?:\w+ ){0,4}?(?:summary|summaries|copy|copies|reports?|transcripts?|overview)`
	toSomebody = `(?:(?:my|our|the|any) (?:[\w-]+ )?(?:hr|boss|bosses|managers?|lead|leader|employer|company|director|head|principal|council|board|supervisor|team|colleagues?|chef|owners?|office)|hr|anyone|anybody|someone|somebody|others|him|her|them|people)`
	canDo      = `(?:can|could|will|would|do|does|did|may|might|is|are|able to)`
	youDo      = `(?:can|could|will|would|do|does|did)? ?(?:you|u|ya|waymark|coach)`
	needs      = `(?:need|needs|needed|require|required|requires|must|have to|has to|necessary|take to|takes to)`
	studies    = `(?:degree|degrees|diploma|certificate|certificates|certification|certifications|certified|licence|license|licensed|qualification|qualifications|qualified|school|schools|scool|college|university|uni|course|courses|class|classes|training|exam|exams|programme|program|apprenticeship|bsn|msn|bachelor|bachelors|master|masters|phd|mba|requirement|requirements|registration|registered|rule|rules|law|permit|paper|papers|visa|experience|credits?|grant|funding|subsidy|tuition)`
)

// askPatterns are tried in order; the first one that is found says the kind.
var askPatterns = []askPattern{
	// What became of words, and what the coach means by what it says.
	asking(AskWords, `(?:what|wat) (?:do|did|does)? ?(?:you|u)? ?(?:mean|means|meaning) (?:with |by )?(?:kept|noted|for later|saved|stored)(?: .*)?$`),
	asking(AskWords, `(?:did|have|do) (?:you|u) (?:even |really |just |actually )?(?:get|got|read|keep|kept|save|saved|note|noted|store|understand|hear|see|change|delete) (?:that|this|it|me|what i (?:said|wrote|typed|told)|my (?:answer|message|words|last \w+))`),
	asking(AskWords, `(?:what|where) (?:happened|happens|did|does|is|has|have) (?:you |it |become |go |gone )?(?:do |done )?(?:to|with|of)? ?(?:that|my|what i (?:said|wrote|typed|told)|the thing i)(?: (?:answers?|messages?|words|notes?|last \w+))? ?(?:go|gone|now|before)?$`),
	asking(AskWords, `why (?:did|do|dont|didnt|are|have|havent) (?:you|u) (?:not |just |always |even )?(?:keep|kept|save|note|noted|ignore|ignoring|skip|change|answer|listen|answered|change|changed|write|put)`),
	asking(AskWords, `(?:you|u) (?:did not|didnt|dont|havent|have not|never|not) (?:even |really |actually )?(?:answer|answered|read|listen|reply)(?:ed|ing)?(?: (?:me|it|that|this|my|the|to|what)\b.*)?$`),
	asking(AskWords, `(?:thats|that is|this is) not what i asked`),

	// Who can read it.
	asking(AskPrivacy, `(?:who|whos)(?: else)?(?: all)? (?:`+canDo+` |gets? to |else |also |has |have )*(?:able to )?(?:`+readIt+`|access)(?: to)?(?: `+thisAll+`\b.*)?$`),
	asking(AskPrivacy, canDo+` `+reader+` (?:also |ever |really |able to |be able to |going to |get to )*`+readIt+` `+thisAll+`\b.*`),
	asking(AskPrivacy, canDo+` `+reader+` (?:`+reader+` )?`+readIt),
	askingMarked(AskPrivacy, `\b`+reader+` (?:he |she |they )?(?:can |could |will |would |may )?(?:also )?`+readIt+` (?:this|that|it|these|my answers?|what i (?:write|say|type|wrote|said))(?: (?:here|too|also|now))?$`),
	asking(AskPrivacy, `(?:is|are|was|will) (?:this|it|that|these|what i (?:write|say|type|tell you)|my (?:answers?|data|messages?|words)|our (?:chat|talk)|the (?:chat|conversation))(?: (?:chat|conversation|talk|bot|all|here|stuff|be|really|going to be))* (?:private|confidential|anonymous|secret|safe|secure|recorded|monitored|logged|tracked|public|shared|stored|kept|saved|visible)\b.*`),
	asking(AskPrivacy, `(?:where|how) (?:is|are|does|do|will) (?:this|it|that|my (?:answers?|data|messages?|words)|what i (?:write|say))(?: (?:all|be|data|stuff))* (?:stored|kept|saved|go|going|end up|used|protected)\b.*`),
	asking(AskPrivacy, `(?:do|will|would|can|are|did) (?:you|u) (?:ever |going to |gonna )?(?:share|sharing|tell|telling|report|reporting|pass|send|sending|forward|show|showing|inform|sell)\b.*\b(?:hr|boss|manager|lead|leader|employer|company|director|principal|council|board|colleagues|anyone|anybody|someone|others)\b.*`),
	asking(AskPrivacy, `(?:do|will|would|can|are|did) (?:you|u) (?:record|recording|spy|spying|monitor|monitoring|track|tracking|sell|share|sharing) (?:on )?(?:me|my|this|that|it|the|our|these|us|data)\b.*`),
	asking(AskPrivacy, `(?:does|is|will|do) (?:this|it|that|my answers?|anything)(?: (?:go|going|get|sent|be|all|i say|i write))* to (?:my |the )?(?:hr|boss|manager|lead|employer|company|team|supervisor)`),
	asking(AskPrivacy, `(?:is|are) (?:my |the )?(?:hr|boss|manager|anyone|anybody|someone|somebody|people|they) (?:reading|watching|seeing|listening|looking)\b.*`),
	asking(AskPrivacy, canDo+` `+reader+`(?: (?:from|in|at) (?:my|the) \w+)? (?:know|knows|notice|be told|get told|learn)(?: (?:about|of|that|if|when))* (?:i|im|ive|me|this|that|it|my)\b.*`),
	asking(AskPrivacy, `(?:what|wat) (?:happens?|will happen|do you do|are you doing|do you want|will you do|is done|do they do) with (?:my|the|all|this|these|that|our) (?:my |the |this |of |these )*(?:answers?|data|words|messages?|information|stuff|info|things|chat|plan)\b.*`),
	asking(AskPrivacy, `who (?:are|do) (?:you|u) (?:tell|share|report|work|working|reporting)`),
	asking(AskPrivacy, canDo+` `+reader+atPlace+` `+getsTo+readIt+` `+thisAll+`\b.*`),
	asking(AskPrivacy, canDo+` `+reader+atPlace+`? `+getsTo+getsIt+` `+writtenUp+`\b.*`),
	askingMarked(AskPrivacy, `^`+canDo+` `+anyRole+atPlace+`? `+getsTo+readIt+` (?:this|that|it|these|any of (?:this|that|it)|all of (?:this|that|it)|everything|what i|my (?:answers?|messages?|words|plan|goals|notes))\b.*`),
	askingMarked(AskPrivacy, `^`+canDo+` `+anyRole+atPlace+`? `+getsTo+getsIt+` `+writtenUp+`\b.*`),
	askingMarked(AskPrivacy, `^`+canDo+` (?:`+reader+`|`+anyRole+`)`+atPlace+`? (?:(?:be|being|get|gets|ever|also|then) )*(?:told|informed|notified|copied in)(?: (?:about|of|what|when|if|that|this|it|in|by you|anything|everything|any)\b.*)?$`),
	asking(AskPrivacy, `(?:and )?who(?: else)?(?: all)? (?:(?:will|would|can|could|is|are|be|going to|being) )*(?:`+getsIt+` `+writtenUp+`|(?:get )?(?:told|informed|notified)(?: (?:about|of) (?:this|that|it|me|what i))?(?: .*)?$)`),
	asking(AskPrivacy, `(?:is|are|does|do|will) (?:there )?(?:a|an|the|any|some) (?:\w+ ){0,2}(?:summary|summaries|copy|copies|reports?|transcripts?) (?:go|goes|going|be|being|get|gets|sent|given|passed|shown|of (?:this|that|it)|for)\b.*\b`+toSomebody+`\b.*`),
	asking(AskPrivacy, `(?:do|will|are) (?:you|u) (?:ever |also |going to |gonna )?(?:send|sending|give|giving|pass|passing|forward|forwarding|share|sharing) (?:\w+ ){0,4}(?:summary|summaries|copy|copies|reports?|transcripts?)\b.*\b(?:to|with) `+toSomebody+`\b.*`),

	// What this is.
	asking(AskWhat, `(?:what|whats|wat) (?:is|are|was)? ?(?:this|you|u|that thing|waymark|that bot|this bot|this thing|all this|it)(?: (?:thing|bot|app|chat|all|about|for|exactly|anyway|here|again|then|even|supposed to be|is|are))*$`),
	asking(AskWhat, `(?:who|whos) (?:are |r |is )?(?:you|u|this|that|there|waymark)(?: (?:even|exactly|anyway|really|bot))*$`),
	asking(AskWhat, `what (?:do|does|can|will|could) (?:you|u|it|this|waymark|this bot|this thing)(?: (?:actually|even|really|exactly|bot|thing))* (?:do|offer|bring|give|help)(?: (?:for|with|me|here|exactly|then|exactly))*$`),
	asking(AskWhat, `how (?:do|does|can|could|will|would) (?:you|u|it|this|that|waymark)(?: (?:all|bot|thing|actually|even|really))* (?:work|works|help|helps)(?: (?:me|here|exactly))*$`),
	asking(AskWhat, `(?:are|r) (?:you|u) (?:(?:a|an|even|really|just|actually|some|kind of|the) )*(?:bot|robot|human|person|real|machine|ai|program|chatgpt|computer|alive)\b.*`),
	asking(AskWhat, `is (?:this|that|it) (?:(?:a|an|even|really|just|actually|some|kind of) )*(?:bot|robot|human|person|real|spam|scam|ai|chatgpt|survey|test|joke|mandatory|compulsory|voluntary|optional|required|phishing)\b.*`),
	asking(AskWhat, `(?:do|must|should|have) i (?:have to |to |really |need to )*(?:do|answer|use|fill|finish) (?:this|that|it|these)(?: (?:in|all|bot|thing|questions?|now))*$`),
	asking(AskWrites, `why (?:are|do|did) (?:you|u|i) (?:always |even |still )?(?:writing|write|contacting|contact|messaging|message|texting|text|pinging|getting|get|wrote) (?:to )?(?:me|this|that|messages|here)\b.*`),
	asking(AskWhat, `who (?:made|built|sent|installed|runs|owns|pays for) (?:you|u|this|it|that)\b.*`),

	// How long the talk takes.
	asking(AskTime, `how (?:long|much time|many minutes|many hours) (?:(?:does|will|do|is|would|can|did) )?(?:this|it|the (?:talk|chat|questions?|interview|thing|whole thing|coaching)|these|all (?:this|that|of this)|we|i)(?: (?:all|whole|here|thing|talk|chat|going to|gonna|even|still|usually|normally|need|needs?|to|have))* ?(?:take|takes|last|lasts|be|cost|need|needs)?(?: (?:me|now|here|in total|altogether|all|us|today|from me))*$`),
	asking(AskTime, `how (?:long|much|many) (?:still|more|yet|longer|left|to go|much longer)$`),
	asking(AskTime, `how many (?:more )?questions\b.*`),
	asking(AskTime, `(?:does|will|is) (?:this|it) (?:take|going to take|gonna take) (?:long|much time|a lot of time)\b.*`),

	asking(AskMay, `(?:can|could|may|should) i (?:also )?(?:say|give|name|pick|choose|write|answer|tell you|put|take|list|mention) (?:(?:you|with|in|about) )*(?:two|2|more|several|three|3|both|many|a few|another|anything|all|none|nothing|german|dutch|french|spanish|turkish|polish|my language|my own words|one word|later|it later)\b.*`),
	asking(AskMay, `is it (?:ok|okay|fine|alright|all right|bad|a problem|allowed) (?:if|to|when|that) (?:i )?(?:dont|do not|cant|have no|have none|am not|leave|say|skip|only|just|not|give|write)\b.*`),
	askingMarked(AskMay, `^(?:is|are) (?:one|two|that|this|it|a word|one word) (?:enough|ok|okay|fine|too (?:much|many|little|few|long|short))$`),
	asking(AskMine, `(?:what|wat|when|where|which|whats) (?:did|have|had|do) i (?:say|said|tell|told|write|written|answer|answered|choose|chosen|pick|picked|put)\b.*`),
	asking(AskMine, `(?:do|did|can) (?:you|u) (?:still )?(?:remember|recall|know)(?: (?:what|that|when|how|if|me|my))+\b.*`),
	askingMarked(AskMine, `^(?:what|whats|wheres?|which|how many)(?: (?:is|are|was|were|do|did))? (?:my|i have|i had) (?:current |next |other )?(?:goals?|plan|answers?|target|aim|gaps?|dates?|wins?|notes?|name|hours|tracks?|reviews?)\b.*$`),
	asking(AskIdeas, `(?:can|could|would|will|do) (?:you|u) (?:please |maybe |also )*(?:give|suggest|recommend|name|show|list|tell|have|know|propose)(?: (?:me|us|some|any|a|an|good|a few|few|more|other|of|about|what))* (?:ideas?|tips?|suggestions?|inspiration|courses?|books?|podcasts?|examples of|jobs|careers?|options|professions?|mentors?|companies|websites?|sites?|videos?)\b.*`),
	askingMarked(AskIdeas, `^(?:what|which|wat)(?: \w+)?(?: (?:jobs?|careers?|professions?|roles?|options?|courses?|options|choices|possibilities|things))(?: (?:do|are|would|could|is|can|i|have|there))*(?: .*)?(?:suit|fit|there|with|for me|exist|have|possible|open to)\b.*$|^what (?:could|can|might|else could) i (?:become|be|do with|study|learn)\b.*$|^what are my (?:options|choices|chances|possibilities)$`),
	asking(AskIdeas, `any (?:other |good |more )?(?:ideas|suggestions|tips|advice|recommendations)(?: (?:for me|please|what|on|how|then|here|from you).*)?$`),
	asking(AskTalk, `how (?:do|should|can|could|would|shall|to|must) (?:i )?(?:best |even |ever )*(?:tell|ask|talk to|talk with|speak to|speak with|convince|approach|explain|negotiate|bring it up|bring this up|raise it|say no|say this|write to)\b.*(?:boss|manager|lead|leader|supervisor|hr|him|her|them|team|raise|promotion|colleagues?|mentor|more money|it|this)\b.*`),
	askingMarked(AskThere, `^(?:so|and|then|and then|really|seriously|ok|okay|eh|so what|you there|u there|still there)$`),
	asking(AskMeaning, `(?:do|did|so|are) ?(?:you|u) (?:mean|meaning|talking about|asking about|asking for|asking if) (?:.{1,80})$`),
	asking(AskMeaning, `should i (?:answer|say|write|count|think|take|put)(?: (?:it|this|that|here))? (?:for|about|of|with|as) (?:.{1,60})$`),
	// Why it is asked, what to say, what a word means.
	asking(AskWhy, `(?:why|y|whats the reason|what is the reason|how come) (?:(?:do|are|did|would|should) )?(?:you|u|i) (?:(?:have to|need to|want to|must|should|even|always) )*(?:ask|asking|know|want|need|care|tell|telling|answer|say|asked)(?: (?:me|you|that|this|it|about|to|know|for|so|many|all|these|questions?|again|my|is|the))*$`),
	asking(AskWhy, `(?:why|how) (?:is|does|do|would) (?:this|that|it) (?:(?:even|so|be|really|to|you|u) )*(?:important|relevant|matter|needed|interesting|interest|necessary|help)\b.*`),
	asking(AskWhy, `what (?:has|does|is) (?:this|that|it) (?:got )?(?:to do|do|have to do) with\b.*`),
	asking(AskWhy, `(?:whats|what is|what was) (?:this|that|it|the point|the question|the point of this|the point of that|the point of it)(?: question)? ?(?:good|for|supposed to mean|about)?$`),
	asking(AskExample, `(?:what|wat|how) (?:should|shall|do|can|must|could|would|am|to) ?i? (?:(?:even|supposed to|have to|need to) )*(?:say|write|answer|put|type|tell you|reply|fill in|enter)(?: (?:here|there|now|to that|to this|that|this|it|in|then|for this|for that))*$`),
	asking(AskExample, `(?:like what|such as|such as what|for example|for instance|example|any examples?)$`),
	asking(AskMeaning, `(?:what|whats|wat|wut) (?:(?:is|are|do|does|did|you|u|it|that|this|by) )*(?:mean|means|meaning|meant|ment)(?: (?:of|by|with|here|exactly|the|a|an|is|word|words|it|that|this))*(?: (?P<term>.{1,60}))?$`),
	asking(AskMeaning, `(?:what|whats|wat|wut) (?:(?:is|are|does|do|did) )?(?:a |an |the |this |that |your |my )?(?P<term>\S+(?: \S+){0,3}?) (?:mean|means|meaning|stand for|stands for|meant)(?: (?:here|exactly|then))?$`),
	asking(AskMeaning, `(?:what|whats|wat|where|wheres)(?: (?:is|are|s))? (?:the )?(?:difference|differences)(?: (?:is|of|here))? between (?P<term>.{1,60})$`),
	asking(AskMeaning, `(?:explain|define|meaning of|the meaning of)(?: (?:me|to me|the|a|an|what|is|word|words))* (?P<term>.{1,60})$`),

	// The way to the aim.
	asking(AskBetween, `(?:(?:i )?(?:want|need|would like|like|show|give|name|list|get|which|what|whats|tell) )+(?:(?:me|us|to|know|see|have|are|is|were|would|could|can|you|u|be|there|comes?|the|those|these|both|two|2|one|three|3|or|some|any|all|about|of|say) )*(?:roles?|jobs?|steps?|positions?|levels?|ones?|things?|stages?|titles?|it|lies?|lie|stands?)? ?(?:(?:are|that|which|would|could|is|lie|come|comes|be|there|stand|go|fit|you|said|meant|mean|mentioned) )*(?:in between|inbetween|between)(?: (?:then|called|please|now|them|those|these|for me|and|my job|the two))*$`),
	asking(AskBetween, `(?:what|which|whats) (?:(?:comes?|is|are|lies?|goes|would be|be|there) )+(?:in )?between(?: .{0,60})?$`),
	asking(AskNext, `(?:what|wat) (?:(?:do|should|shall|must|can|could|am|have) )?(?:i|we) (?:(?:have to|need to|supposed to|going to|to|must) )*(?:do|doing|start with|work on|begin with)(?: (?:for|on|with|my plan|the))*(?: (?:this|next|now|today|tomorrow|first|then|coming|the|week|month|morning|weekend|monday|tuesday|wednesday|thursday|friday))+$`),
	asking(AskNext, `(?:whats|what is|what comes|what are) (?:my |the )?(?:next|due|planned|coming up|on my plan|first|up next)(?: (?:step|steps|thing|now|this week|today|week|task|for me|up|on my plan|then|one))*$`),
	asking(AskNext, `(?:and )?(?:now what|what now|what next|then what)$`),
	asking(AskNext, `when (?:is|are) (?:my |the )?next (?:step|milestone|task|date|deadline)s?$`),
	asking(AskRisk, `(?:what|wat|which things) (?:(?:could|can|might|would|will|may|should|is|are|else|all) )*(?:stop|stops|stopping|hinder|hinders|block|blocks|prevent|go wrong|goes wrong|come between|get in|gets in|stand in|stands in|fail)(?: (?:me|us|my|the|way|that|it|here|this|with|plan|you|from|i|a|getting|there|on|of|becoming))*$`),
	asking(AskChange, `(?:can|could|may|is it possible to|am i able to|will i be able to) (?:i |we )?(?:still |also |always )?(?:change|edit|correct|fix|undo|redo|take back|go back to|come back to|return to|adjust|update|finish|continue|do) (?:this|that|it|them|these|my (?:answers?|plan|mind|goals?|target)|the (?:plan|answers?|rest))?(?: (?:later|again|afterwards?|any time|anytime|at any time|another time|another day|tomorrow|still|on|too|in the future))+$`),
	asking(AskChange, `what (?:happens )?if i (?:change my mind|make a mistake|get it wrong|answer wrong|dont know|am wrong|dont want to answer)(?: later)?$`),

	// What the coach does not do.
	asking(AskJobs, `(?:please )?`+youDo+` (?:also |maybe |please |help me |help |not |just |even )*(?:find|get|search|look|give|send|show|offer|have|know|recommend|suggest|list|apply)(?: (?:for|me|us|of|to|a|an|any|some|the|open|new|better|good|nice|another|other|current|which))* (?:job|jobs|work|position|positions|vacancy|vacancies|opening|openings|job ads?|job postings?|employers?|internships?)\b.*`),
	asking(AskJobs, `(?:find|get|search|look for|give|send|show) me (?:(?:a|an|any|some|the|open|new|better|good|nice|another|other) )*(?:job|jobs|work|position|vacancy|vacancies|openings?|internships?)\b.*`),
	asking(AskJobs, `(?:are|is) there (?:(?:a|an|any|some|open|new|better|good|many|currently) )*(?:jobs?|positions?|vacanc(?:y|ies)|openings?)\b.*`),
	asking(AskJobs, `where (?:can|could|do|should|would) (?:i|you) (?:(?:best|find|look|search|apply|get|see|for) )+(?:(?:a|an|any|the|such|open|new|these|those) )*(?:jobs?|vacanc(?:y|ies)|openings?|positions?|work)\b.*`),
	asking(AskDocument, `(?:please )?`+youDo+` (?:also |maybe |please |help me |help |just |even )*(?:to )?(?:write|draft|make|create|fix|review|check|improve|edit|read|update|proofread|rewrite|do|correct|look at|polish|translate|send|generate|prepare)(?: (?:me|up|over|through|for me|us))?(?: (?:my|a|an|the|our|this|some|good|new|nice|short))* (?:cover ?letters?|motivation letter|letter|cv|resume|résumé|curriculum|application|applications|linkedin|profile|e ?mail|mail|essay|reference|reference letter|contract|presentation|message|portfolio|text)\b.*`),
	asking(AskDocument, `(?:write|draft|make|create|generate)(?: (?:me|us))?(?: (?:my|a|an|the))+ (?:(?:good|new|nice|short) )*(?:cover ?letter|motivation letter|cv|resume|résumé|application letter)(?: (?:for|please|for me|now)\b.*)?$`),
	asking(AskOffTopic, `(?:whats|what is|hows|how is|what|how will|how was|will) (?:(?:the|be|it|is|was) )*(?:weather|temperature|forecast|rain|snow|score|news|football|match|game)\b.*`),
	asking(AskOffTopic, `(?:can you |could you |do you (?:know|have) |please )?(?:tell|sing|say|know|write|give|have|make|read)(?: (?:me|us))? (?:a|an|any|another|me a|some)? ?(?:\w+ ){0,2}(?:joke|jokes|song|poem|story|riddle|fun fact|bedtime story|recipe|recipes|haiku)\b.*`),
	asking(AskOffTopic, `(?:what|whats|which|who|whos)(?: (?:is|are|was))?(?: (?:the|a|your|todays))* (?:(?:favourite|favorite|best|good|easy) )*(?:recipe|capital|president|king|queen|prime minister|horoscope|lottery|lunch|dinner|movie|film|song|colou?r|meaning of life|date today|time|day today|day is it|time is it)\b.*`),
	asking(AskOffTopic, `(?:can|could|will|would) (?:you|u) (?:please )?(?:translate|sing|play|order|book|calculate|google|cook|dance|code|program)\b.*`),
	asking(AskOffTopic, `(?:what|wat) (?:can|should|shall|do|could|to) ?(?:i|we)? (?:cook|eat|wear|watch|drink)\b.*`),
	asking(AskOffTopic, `how (?:do|can|to|should) ?(?:i|you|u|we)? (?:cook|bake|make a (?:cake|pizza|sandwich|bomb)|fix my (?:printer|laptop|phone|computer))\b.*`),
	asking(AskOffTopic, `(?:how are you|how old are you|do you (?:sleep|eat|dream|love me|have feelings|like me)|are you (?:married|single|happy|tired|hungry))\b.*`),
}

// askPatternsIn are found anywhere in what has the form of a question.
var askPatternsIn = []askPattern{
	askingMarked(AskMoney, `\b(?:invest|investing|investment|shares|stocks?|etfs?|crypto|bitcoin|funds?|super(?:annuation)?|401k|isa|tax|taxes|taxed|deduct|deduction|deductible|mortgage|loan|loans|insurance|inherit|pension fund)\b`),
	askingMarked(AskFacts, `\b(?:pays?|paid|paying|reimburses?|refunds?|cover|covers|finances?|funds?) (?:me )?(?:for (?:the|a|my|this|that|it|such|these)|back|(?:the|my) (?:course|school|fees?|exam|degree|training))\b|\bwho (?:pays|would pay|covers)\b`),
	askingMarked(AskPay, `\b(?:pay|pays|paid|paying|salary|salaries|wage|wages|earn|earns|earning|income|payrise|raise)\b|\bhow much (?:money|does|do|is|would|can|could|will)\b|\b(?:more|less|better|good|enough|how much) money\b`),
	askingMarked(AskOpinion, `^(?:what|wat|which|who|whats|how|where)\b.*\b(?:you|u) (?:think|pick|choose|take|recommend|suggest|advise|prefer|reckon|do|say|go for|go with|start with|decide|vote)\b|^(?:what|which|whats) (?:one |of (?:them|these|those) |option |is |are )?(?:would be |is |are |the |sounds )*(?:better|best|right|smarter|easier|more realistic)\b|^(?:is|are|would|isnt) .{2,60} (?:realistic|unrealistic|worth it|better|(?:a |the )?(?:good|bad|right|wrong|best|smart|stupid|better) (?:idea|choice|job|career|plan|goal|option|step|move|time|field|way|one))\b|^(?:should|shall|ought) (?:i|we)\b|^(?:do|would|dont|dont) (?:you|u) (?:think|believe|reckon|recommend|suggest|advise|agree|pick|choose)\b|^(?:is|would|isnt) (?:it|this|that) (?:be )?(?:(?:really|even|still|just|too|a|an|the|not|any|very) )*(?:worth|good|smart|better|late|realistic|possible|stupid|crazy|bad|wise|silly|mad|ok|okay|enough|right|wrong|normal|unrealistic|dumb|risky|sensible|early)\b|^am i (?:(?:really|even|still|just|too|not|being|to) )*(?:old|good|ready|crazy|stupid|smart|right|wrong|late|young|fit|qualified|enough|dumb|able|able to)\b|^(?:what|which)(?: \w+){0,3} (?:should|shall) (?:i|we)\b|^do i (?:even |really )?(?:have|stand) (?:a|any) chance\b|^(?:any|your|whats your|what is your|whats ur) (?:tips?|advice|opinion|take|recommendations?|suggestions?|thoughts|view|choice|favou?rite)\b|^(?:what|which)(?: \w+){0,3} (?:do|would|should) (?:you|u)\b`),
	askingMarked(AskFacts, `\b`+needs+`\b|\b`+studies+`\b|^how (?:long|many|much|old|far|hard|difficult|easy)\b|^how (?:do|does|can|could|would|to|should) ?(?:i|you|one|people|someone|we)? (?:become|get|apply|qualify|start|switch|train|study|learn|enter|find|move)\b|^(?:is|are|am|can|could|may|do|does) .*\b(?:allowed|legal|legally|eligible|accepted|recognised|recognized|enough)\b|^(?:where|when|which|what) .*\b(?:study|learn|apply|train|train)\b|^(?:what|whats|what is|what does|what do) .*\b(?:earn|do all day|do|involve|look like|average|difference)\b`),
}

// unmarkedForms are questions of these kinds that are recognised without their
// mark, since nobody tells anything in these words.
var unmarkedForms = []struct {
	kind AskKind
	re   *regexp.Regexp
}{
	{AskMoney, regexp.MustCompile(`^(?:can|could|would|will|do) (?:you|u) .*\b(?:tax|taxes|invest|shares|stocks|crypto|mortgage)\b`)},
	{AskOpinion, regexp.MustCompile(`^(?:please )?(?:help me|tell me|you) (?:to )?(?:decide|choose|pick|what to do|what to choose|which one)\b`)},
	{AskPay, regexp.MustCompile(`^how much (?:do|does|would|can|could|will) .{1,60}\b(?:earn|make|get|pay|be paid)\b|^(?:whats|what is) the (?:pay|salary|wage)\b|^do (?:they|you|we|people|managers) (?:pay|earn|make|get paid) more$`)},
	{AskOpinion, regexp.MustCompile(`^(?:what|wat|whats) (?:do|would) ?(?:you|u) (?:think|pick|choose|recommend|suggest|advise|do|say)\b(?: (?:about (?:it|that|this)|is (?:better|best)|now|instead|then|of (?:it|that|this)|i should \w+))*$|^(?:what|wat) (?:you|u) think(?: (?:about (?:it|that|this)|is (?:better|best)|now))*$|^(?:which|what)(?: one| of (?:them|these|those|the two))? (?:would|do|should) (?:you|u) (?:pick|choose|take|recommend|suggest|prefer|do)\b(?: \w+){0,3}$|^should i (?:do|take|pick|choose|go|try|become|be|stay|apply|ask|study)\b|^what should i (?:do|pick|choose|become|take|study)$|^do (?:you|u) think\b`)},
	{AskFacts, regexp.MustCompile(`^(?:what|wat|which) (?:school|scool|degree|diploma|course|certificate|licen[cs]e|paper|papers|training|education|exam) (?:do |does |would |must |should )?(?:i |you |u |one )?(?:need|needs|have to|must)\b|^do i (?:really |even )?need\b|^what do i need (?:to|for)\b|^how (?:long|much|many years) (?:does|do|will|would) (?:it|that|the|a|an|such|this|i)\b|^how (?:do|can|would) i (?:become|get into|qualify|apply)\b|^(?:you|u) know (?:the )?rules?$`)},
}

// Other shapes.
var (
	// toCoach are said to the coach with a question mark or without.
	toCoach   = regexp.MustCompile(`^(?:can|could|will|would) (?:you|u) (?:\S+ ){1,20}\S+$|^(?:whats|what is|wat is|what are) (?:a|an) \S+(?: \S+){0,2}$`)
	ideaForm  = regexp.MustCompile(`^(?:why not|what about|how about|what if)(?: \S+){1,12}$`)
	termForm  = regexp.MustCompile(`^(?:what|whats|wat|wut) (?:is |are )?(?:a|an|the|this|that|your)? ?(\S+(?: \S+){0,2})$`)
	echoForm  = regexp.MustCompile(`^(\S+(?: \S+){0,3}) what$`)
	shortWhy  = regexp.MustCompile(`^(?:why|how come)(?: [^ ]+){1,4}$`)
	shortWhat = regexp.MustCompile(`^(?:what|which|whose|wich) (\S+(?: \S+)?)$`)
	// orders are what the coach does when it is asked to: others take them.
	orders = regexp.MustCompile(`^(?:(?:please|pls) )?(?:can|could|shall|may|will|would|lets|let) ?(?:you|u|we|i|us)? (?:(?:please|pls|just|now|maybe|also|rather|better|not|have to|need to) )*(?:change|move|set|make|put|skip|pause|stop|quit|end|remind|delete|remove|add|drop|cancel|continue|go on|go back|go|carry on|start|restart|begin|export|show|send|see|repeat|say|explain|call|rename|reword|note|keep|save|write (?:it|that|this|down)|postpone|shift|push|replace|swap|correct|fix|undo|take|leave|be quiet|shut|wait|slow|speak|talk|use|ask me|come back|forget|erase|hold|rest|give me)\b`)
)

// kindOf says what the words of a clause ask, "" for nothing. all are its words
// and rest those behind what leads to the question.
func kindOf(all, rest []string, marked bool, lead leadKind) (kind AskKind, term string) {
	if !marked && lead != reported && !mayOpen(all) && !mayOpen(rest) {
		return "", ""
	}
	s := strings.Join(rest, " ")
	for _, text := range [...]string{strings.Join(all, " "), s} {
		for _, p := range askPatterns {
			if p.marked && !marked && lead != reported {
				continue
			}
			m := p.re.FindStringSubmatch(text)
			if m == nil || rhetorical(rest) {
				continue
			}
			if i := p.re.SubexpIndex("term"); i > 0 {
				term = m[i]
			}
			return p.kind, term
		}
		if len(all) == len(rest) {
			break
		}
	}
	if orders.MatchString(s) {
		return "", ""
	}
	for _, f := range unmarkedForms {
		if f.re.MatchString(s) && (f.kind != AskOpinion || !money(s)) {
			return f.kind, ""
		}
	}
	if !marked && !toCoach.MatchString(s) {
		return "", ""
	}
	return kindMarked(all, rest, s)
}

// openers are the words that a question without its mark can begin with: most of
// what people write begins otherwise, and is looked at no further.
var openers = set("what whats wat wut which wich who whos whom where wheres when why how hows y did have do does is are r am was will would can could may might must should able you u ya waymark coach please pls thats that this like such for example any meaning the explain define i want need show give name list get tell find search look send write draft make create generate sing say know read help")

func mayOpen(words []string) bool {
	if len(words) <= 3 && (words[0] == "and" || words[0] == "so" || words[0] == "then" || words[0] == "now") {
		return true // "now what"
	}
	return openers[words[0]] && (words[0] != "i" || slices.ContainsFunc(words, func(w string) bool { return strings.HasSuffix(w, "between") }))
}

func money(s string) bool { return askPatternsIn[0].re.MatchString(s) }

// kindMarked is kindOf for a clause with a question mark in no known wording.
func kindMarked(all, words []string, s string) (kind AskKind, term string) {
	if ideaForm.MatchString(s) && !rhetorical(words) {
		return AskIdea, ""
	}
	if m := echoForm.FindStringSubmatch(s); m != nil && !rhetorical(words) {
		return AskMeaning, m[1]
	}
	if !asksForm(words) {
		if youKnow.MatchString(strings.Join(all, " ")) {
			return AskFacts, ""
		}
		return "", ""
	}
	for _, p := range askPatternsIn {
		if p.re.MatchString(s) {
			return p.kind, ""
		}
	}
	if shortWhy.MatchString(s) {
		return AskWhy, ""
	}
	for _, re := range []*regexp.Regexp{shortWhat, termForm} {
		if m := re.FindStringSubmatch(s); m != nil && !auxWords[strings.Fields(m[1])[0]] && !strings.HasPrefix(m[1], "my ") && !strings.HasSuffix(m[1], " there") {
			return AskMeaning, m[1]
		}
	}
	return AskOther, ""
}

// youKnow asks the coach for what it may know: "you know rule?".
var youKnow = regexp.MustCompile(`^(?:(?:do|did) )?(?:you|u)? ?(?:know|knows) .*\b` + studies + `\b|^` + studies + ` (?:is |are )?needed$`)
