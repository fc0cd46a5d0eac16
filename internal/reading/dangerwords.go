package reading

// alarms are the wordings that show a concern. They are folded as dangerWords
// folds: lower case, no apostrophes, slips mended.
var alarms = newPhrases[sign]().
	add(sign{concern: Crisis}, `
		kill|killing|hang|hanging|drown|poison|stab|electrocute|unalive|unaliving|off|offing|killed|hanged myself
		kil|kll|killin myself
		shoot|shooting myself
		end|ending|finish my own? life
		end|ending my life
		end|ending it all
		end|ending everything
		end|ending my suffering|misery|pain
		take|taking my own? life
		took my own life
		put an end to my life|it all
		put an end to myself
		want|wanna|wanted|wants|wish|like|going|gonna|ready|plan|planning|hope|hoping|try|trying|decided|need to? die
		i should|could|will|would just die
		wanna|wannna die
		want to be dead
		wish i was|were|am dead
		wish i wasnt|werent|wouldnt alive|here|born
		wish i was|were not alive|here|born
		wish i was|were never born
		wish i had|d|have? never been born
		wish id never been born
		wish|hope i dont|wouldnt|didnt|never wake up
		dont|do|didnt not? want|wanna to? wake up anymore|tomorrow|again
		dont|not want|wanna to? wake up
		sleep|asleep and|to? just? not|never wake up
		wish|hope|want|wanna|like|rather i? could|would|to? just? not|never wake up
		not|never wake up again|anymore
		dont|not|cant want|wanna to? live ~ anymore|more|longer
		dont|not want|wanna to? live
		dont|not want|wanna to? live in|on|with|through this|the|that|my|such|so|all? world|planet|life|body|pain|earth|fear|agony|misery
		dont|not|no want|wanna to? be alive
		dont|not want|wanna to? exist
		dont|not feel like living|existing|life|waking
		dont|not feel like being alive|here
		happier|easier ~ without me
		end it tonight|today
		dont|not want|wanna to? be here anymore|any|no
		dont|not want|wanna to? be here on earth
		dont|not want|wanna to? be in this world
		dont|not want|wanna to? be around anymore
		not|no|nothing|little|without reason|point|purpose|sense|will to? live|living
		no reason|point|purpose to|in|of live|living|life|going
		no reason|point to be alive|here
		no reason|point in being alive|here
		dont|cant see ~ reason|point to|in live|living|life|going
		whats|what|wheres|where the|is the? point of|in living|life|being|staying alive?
		nothing to|left live for
		nothing left to live for
		nothing ~ worth living for
		life isnt|aint|is|not|no not? worth living
		life isnt|not|is not? worth it ~ anymore
		not worth living
		cant|cannot|dont live like this anymore
		cant|cannot|dont want to? live like this
		cant|cannot|couldnt|cant live anymore
		tired|sick|done of|with living|life
		tired|sick of being alive
		done with my|this life
		give|giving|gave up on life|living
		lost the|my|all will to live
		better off without me
		better off dead
		better if i was|were|am dead|gone
		better without me
		better ~ if i wasnt|werent|didnt here|exist|around|alive
		nobody|noone|one would|will miss me
		nobody|no|noone one? would|will care|notice if i died|die|disappeared
		nobody|no|noone one? would|will care|notice if i was|were gone|dead
		commit|committing|commited|committed suicide
		suicidal
		suicidal thoughts|ideation|feelings
		suicide note|plan|attempt|thoughts|pact|method|methods
		attempt|attempted|attempting|try|tried|contemplate|contemplating|considering|considered|consider suicide
		thinking|think|thought|thoughts|thinkin about|of ~ suicide
		thinking|think|thought|thoughts about|of dying|death
		thinking|think|thought|thoughts about|of ending it|everything
		thinking|think|thought|thoughts about|of not being here|alive
		feel|feeling like dying
		feel|feeling like i want to? die
		urge|urges|want|going|gonna|thinking|thought|thoughts|like|need to|of|about harm|harming|hurt|hurting|cut|cutting|burn|burning|injure|injuring myself
		harm|harming|harmed myself
		i have been|started|am|keep|was cutting myself
		i cut myself
		ive been cutting myself
		cutting myself again
		self harm|harming|injury|harmed|injure
		selfharm|selfharming
		slit|cut|cutting|slitting my wrists|wrist|veins|arms
		take|taking|took|swallow|swallowed|swallowing all|too my|the|of|many|these|those my|the|these|those|sleeping? pills|tablets|meds|medication
		take|taking|took|swallow|swallowed|swallowing a bottle|handful|lot|bunch of ~ pills|tablets|meds
		take|taking|took|swallow|swallowed|swallowing the whole bottle|pack
		overdose|overdosing|overdosed on
		i overdosed
		want|going|gonna to overdose
		jump|jumping|throw|throwing myself? off|from|under|out|of|onto ~ bridge|roof|building|balcony|train|trains|window|cliff|tracks|rails|ledge
		jump|jumping|throw|throwing|step|stepping|walk|walking myself? in front of ~ train|trains|truck|bus|car|traffic|subway|tram
		walk|walking|drive|driving into|off ~ traffic|tree|bridge|wall|sea|river|cliff
		goodbye cruel world
		kms
		kys
		ctb
		sewerslide|sewercide
		unalive
		kill|hang|harm|hurt|shoot|unalive|killing himself|herself|themselves|themself
		hes|shes|is|theyre|are suicidal
		not|isnt|dont|arent feel|feeling? safe at home
		im|am not safe
		i dont feel safe with myself
		not safe with|from myself
		afraid|scared|fear of|for what i might|may|could do to myself
		afraid|scared|fear for my life
		threatens|threatened|threatening to kill|hurt|beat|stab|shoot me|us|my
		husband|wife|partner|boyfriend|girlfriend|father|mother|ex|he|she|dad|mom|mum beats|hits|chokes|strangles|beat|choked|strangled|punches|punched|kicks|kicked me
		im|am in danger
		want|wants|going|gonna to? hurt|kill|shoot|stab somebody|someone|people|everyone|everybody|others|him|her|them|coworkers|colleagues
		bring a|my gun|knife to work|the office
		gun to my head
		rope around my neck
		umbringen
		selbstmord|suizid|selbstmordgedanken|suizidgedanken|suizidal|lebensmüde
		nicht mehr leben
		nicht mehr hier sein
		will|möchte|wollte nur? sterben
		mir das leben nehmen
		mir etwas|was antun
		mich verletzen|ritzen
		ritze mich
		me suicider
		suicidaire|suicidarme|suicidar|suicidarse|matarme
		me tuer
		envie de mourir|mourrir
		veux|voudrais mourir
		plus envie de vivre
		quiero|querria|quisiera morir|morirme
		no quiero vivir
		quitarme la vida
		voglio|vorrei morire
		uccidermi|ammazzarmi
		quero morrer
		me matar
		chce|chcę umrzeć|umrzec
		zabić|zabic się|sie
		samobójstwo|samobojstwo
		zelfmoord`).
	add(sign{concern: Crisis, topic: true}, `
		selfharm
		self harm
		suicidal thoughts|ideation
		overdose on`).
	add(sign{concern: UnclearCrisis, topic: true}, `
		suicide
		suicides
		overdose
		overdosed
		overdosing
		selbstmord
		suizid`).
	add(sign{concern: UnclearCrisis}, `
		want|wanna to? end it|this|things
		someone|somebody|he|she|hes|shes|wants|trying ~ kill me
		end it|this now|soon|finally
		end it|this for good
		going|gonna|about|ready to? end it
		i just? cant|cannot anymore
		cant|cannot do|handle|take life anymore|any|like|now
		cant|cannot deal with life anymore|any|like|now
		dont see the|any point in anything|it|living|anymore|this
		life feels pointless|meaningless|hopeless|empty
		goodbye letter|note|letters
		about|going|gonna|ready to jump
		standing on a|the|my bridge|roof|ledge|balcony|edge
		tired of everything|fighting|being
		tired of it all
		dissapear|dissappear|disapear
		want it|this|everything all? to stop|end
		want it|this|everything all? to be over
		make it|this all? stop|end
		make the pain stop|end|go
		cant|cannot|couldnt go on
		cant|cannot go on like this|anymore|living
		cant|cannot do|take|handle|bear|stand|deal it|this|that|with anymore|any|longer|much
		cant|cannot do|take|handle|bear|stand|deal it|this|that|with it|this|life? anymore|any|longer|much
		cant|cannot take|do|keep any more
		cant|cannot keep going|living|doing|on
		no way out
		see|seeing no way|future|hope|light|reason|point|sense|exit out|anymore|left
		dont see a|any way|future|hope|point|reason out|anymore|left
		want|wanna|wish|like|need|going to? disappear|vanish
		just disappear|vanish
		wish i could disappear|vanish
		disappear forever|completely
		go to sleep and never|not wake
		sleep forever
		never wake up
		fall asleep and never|not wake
		feel|feeling|am|im|so|completely|utterly hopeless
		feel|feeling|am|im so|completely|just|totally? worthless|empty|numb
		feel nothing anymore
		im a burden
		burden to|for|on everyone|everybody|my|others|them|all
		dead|dying inside
		dead inside
		just|please|someone|somebody kill me
		kill me now|please|already
		id rather be|die dead
		rather be? just? die|dead
		want|wanna|wish|could|like i? could|to? just? sleep forever
		not have to wake up
		dont|never have to wake up
		whats the point anymore|anyway
		what is the point anymore|anyway
		what is the point of|in anything|everything|trying|it
		whats the point of|in anything|everything|trying|it
		no point anymore|in anything|to anything|trying|going
		everything|it is|s pointless|meaningless|hopeless
		nothing matters anymore
		nothing matters
		life is|s|has pointless|meaningless|hopeless|over
		my life is|s over|ruined|finished|meaningless|pointless|worthless
		hate|hating my life|myself|living
		hate being alive
		want|ready|going to? give up ~ everything|life|all|completely
		giving up on everything|myself
		i give up on everything
		wont be here|around much|for long|longer|tomorrow|next|anymore|by
		not be here tomorrow|anymore|next|by
		dont expect to be here|around|alive
		this is|s goodbye
		this is|s the end
		goodbye everyone|forever|all
		farewell everyone|forever
		say|saying my goodbyes
		hurt|hurting|hurted myself
		cut|cutting|burned|burning|hit|hitting|injured|punish|punishing|starve|starving myself
		killed|hanged|shot himself|herself|themselves
		died by suicide
		lost ~ to suicide
		hurt|kill|shoot|stab|attack|strangle|murder him|her|them|everyone|everybody|somebody|someone|people
		kill|hurt|strangle|murder|shoot|stab my|the boss|manager|lead|colleague|coworker|supervisor
		kill ~ boss|manager|supervisor
		dark thoughts|place
		very|really|such dark thoughts|place
		bad thoughts
		intrusive thoughts
		mental breakdown
		nervous breakdown
		drink|drinking myself to death|sleep
		work myself to death
		dont care if|whether i live|die|wake|am
		not afraid to die|of dying|of death
		wish|wished i was|were gone
		wish i didnt|dont exist
		better if i|im disappeared|vanished|left|gone|not
		i shouldnt be alive|here
		i should not be alive|here
		it would|will|d|ll be better ~ without me
		better off without ~ me
		without hope
		lost all hope
		lost hope
		no hope left|anymore|for
		ich kann nicht mehr
		kann nicht mehr weiter
		je nen peux plus
		no puedo mas|más`).
	add(sign{concern: Harassment}, `
		sexually harass*
		sexual harass*|assault|comments|advances|favours|favors|remarks|jokes|abuse
		harasses|harassing me|us|her|him
		being|been|got|get|gets|am|im|was|were|feel|feeling harassed|bullied|mobbed|stalked|groped|molested|assaulted|abused|threatened|victimised|victimized|humiliated|intimidated|blackmailed
		bullies|mobs|stalks|gropes|molests|abuses|humiliates|intimidates|blackmails|threatens|belittles|degrades|insults|harasses|mistreats me|us
		bullying|mobbing|stalking|groping|abusing|humiliating|intimidating|blackmailing|threatening|insulting|belittling|mistreating me|us
		harassed|bullied|groped|stalked|threatened|molested|insulted|humiliated|assaulted me|us
		harassed|bullied|groped|stalked|threatened|molested|insulted|humiliated|assaulted by
		discriminated against
		discriminates|discriminating|discriminate against me|us|women|my
		discriminated because|for|due
		they|he|she|boss|manager discriminate|discriminates
		discrimination against me|us
		i face|experience|experienced|suffer discrimination|harassment|bullying|racism|sexism|mobbing
		victim of discrimination|harassment|bullying|racism|sexism|abuse|assault|mobbing
		touched|touches|touching|grabbed|grabs|kissed|kisses me
		touched|touches|grabbed|grabs my breast|breasts|butt|bum|leg|thigh|ass|body|waist
		grabbed|grabs|grabbing|twisted|twists|yanked|yanks my arm|arms|wrist|wrists|hand|hands|shoulder|shoulders|neck|throat|face|hair|collar|shirt|jacket
		shouted|shouts|shouting|screamed|screams|screaming|yelled|yells|yelling in|into my|our face|faces
		he|she|boss|manager|lead|supervisor|chef threw|throws|throwing ~ at me|us
		shoved|shoves me
		pushed|pushes me against|down|over
		made|makes|making a pass at me
		inappropriate touching|comments|advances|messages|behaviour|behavior|remarks
		unwanted advances|touching|attention|contact|messages
		racist|sexist|homophobic|transphobic|antisemitic|islamophobic|ableist jokes|comments|remarks|boss|manager|colleague|colleagues|slur|slurs|abuse|insults|treatment|behaviour|behavior
		my ~ is|are|being a? racist|sexist|homophobic|transphobic|abusive
		called|calls|calling me ~ slur|slurs|names|whore|bitch|slut|idiot|stupid
		boss|manager|lead|colleague|coworker|supervisor|owner|director|client|customer|chef|he|she always|just|only|constantly? screams|yells|shouts|screamed|yelled|shouted|screaming|yelling|shouting|spits|spat at|on me|us|them|everyone|everybody|people
		boss|manager|lead|supervisor|he|she always|just|only|constantly screams|yells|shouts
		boss|manager|lead|supervisor|he|she screams|yells|shouts all|every|again|day|because|when|if
		boss|manager|lead|supervisor screams|yells|shouts
		boss|manager|lead|colleague|coworker|supervisor|owner|director|client|customer|chef hit|hits|slapped|slaps|pushed|pushes|shoved|shoves|kicked|grabbed|grabs|punched|beats|touched me
		abusive boss|manager|lead|supervisor|relationship|colleague|coworker|workplace
		toxic and abusive
		retaliated|retaliating|retaliation against|for
		fired|demoted|overlooked|passed|rejected|denied|excluded ~ because|for ~ being|im|i|my pregnant|pregnancy|black|gay|lesbian|trans|disabled|disability|muslim|jewish|woman|old|age|religion|race|skin|gender|sex|foreign|foreigner|accent|headscarf|hijab
		because im|i am|was? black|gay|lesbian|trans|muslim|jewish|brown|asian
		because im|i am? a woman|muslim|jew
		because of my race|skin|gender|religion|accent|sexuality|hijab|headscarf
		sleep with him|her|my boss|manager
		rape
		raped
		was|got|been raped
		attempted rape
		belästigt|belaestigt
		werde|wurde gemobbt
		mobbing
		harcelée|harcelé|harcelement|harcèlement
		acoso|acosan`).
	add(sign{concern: Harassment, topic: true}, `
		harassment
		harassing
		bullying
		discrimination
		mobbing
		groped
		molested
		stalking`).
	add(sign{concern: Burnout}, `
		burned|burnt|burning|burn out
		im|am|feel|feeling|completely|totally|so|really burned|burnt
		burn|burning|burned myself out
		burnout symptoms|syndrome
		i|ive have|had|got|suffer|suffered|am|was ~ burnout
		close|heading|near|headed|way to|for|into|towards a? burnout
		recovering|recover|back from|after a? burnout
		im|am|feel|feeling|totally|completely|so|utterly|absolutely|just|constantly|always|physically|mentally|emotionally exhausted
		exhausted all the time|every
		exhausted
		exhaustion
		completely|totally|utterly|absolutely|emotionally|mentally drained|depleted|worn|wiped|broken|empty
		drained all the time
		cant|cannot cope
		not coping
		struggling to cope
		overwhelmed
		at|near|past|beyond my limit|limits|end|wits
		at|past|to breaking point
		at|reached my|the breaking point
		end of my rope|tether|strength
		breaking|break|broke down crying|at|in|every
		cry|crying|cried|sob|sobbing every|at|before|after|on|in|all|myself ~ work|day|morning|night|week|office|sleep|time|way|toilet|bathroom
		crying every day|night|morning
		im|am|feel|feeling so|completely|just|really|very? drained
		im|am breaking down
		no|zero energy left|anymore|at|for
		have|got no energy
		dont have any|the energy|strength anymore|left|for
		no strength left
		running|run on empty|fumes
		havent|cant|hardly|barely|not slept|sleep|sleeping in|for|at|anymore|because|properly|weeks|days|all
		havent slept
		cant|cannot sleep
		dread|dreading going|every|work|mondays|the|waking
		making|makes|made me ill|sick
		im|am falling apart
		i fall|fell apart
		on|off sick leave
		signed off ~ stress|work
		collapsed at work
		i collapsed|collapse
		cant|cannot get out of bed
		cant|cannot get up in|anymore
		cant|cannot|dont function anymore
		dont want to get out of bed
		working 70|80|90|100|seventy|eighty|ninety hours
		ausgebrannt
		völlig|komplett|total|total erschöpft|fertig
		épuisée|épuisé
		agotada|agotado`).
	add(sign{concern: Burnout, topic: true}, `
		burnout
		burnouts`).
	add(sign{concern: Medical}, `
		im|am|feel|feeling|been|so|very|really|clinically|bit|get|got depressed
		my depression|anxiety|adhd|autism|ptsd|ocd|bipolar|illness|diagnosis|medication|meds|pills|antidepressants|therapist|psychiatrist|psychologist|disease|cancer|chemo|epilepsy|migraines|migraine|diabetes|surgery|disorder|prescription
		i|ive have|had|got|suffer|suffered|struggle|struggled from|with? a|severe|bad|clinical|an? depression|anxiety|adhd|ptsd|ocd|bipolar|cancer|epilepsy|insomnia|disorder|migraines|psychosis
		im|am suffering|struggling from|with a|severe|bad|clinical|an|my? depression|anxiety|adhd|ptsd|ocd|bipolar|cancer|epilepsy|insomnia|disorder|migraines|psychosis
		anxiety attack|attacks|disorder|medication
		panic attack|attacks
		been|was|got|am|im|were diagnosed
		diagnosed with
		take|taking|started|stop|stopped|stopping|prescribed|on|need|off my? antidepressants|medication|meds|ritalin|xanax|prozac|sertraline|lithium|adderall|benzos|benzodiazepines|opioids|painkillers|ssris|ssri
		side effects of ~ meds|medication|pills|tablets|antidepressants
		chest|heart pain|pains|racing|attack
		palpitations
		hearing voices
		hear voices
		eating disorder
		anorexia|anorexic|bulimia|bulimic
		alcohol problem|addiction
		drink|drinking too much
		drinking problem
		addicted to
		i am|was an? alcoholic
		im an? alcoholic|addict
		what|which pills|tablets|meds|medication|medicine|drugs can|should|could|to|do|for|help|helps
		what|which pills|tablets|meds|medication|medicine|drugs
		sleeping pills|tablets
		take pills|tablets|something to sleep
		should i take|stop|see ~ medication|meds|pills|doctor|therapist|antidepressants
		do i have adhd|depression|burnout|autism|anxiety
		my doctor says|said|told|wants|thinks|prescribed
		depressionen`).
	add(sign{concern: Medical, topic: true}, `
		depressed
		depression
		antidepressants
		adhd`).
	add(sign{concern: Legal}, `
		my visa|permit|greencard
		need|have a|an|my? work|working|residence|student? visa
		is|are my|our|this|that|the ~ legal|lawful|valid|enforceable
		can|could|may i be fired|dismissed|sacked|let
		am|are i|we entitled to
		how much notice|severance
		under|against my? contract
		dont|doesnt|didnt|wont pay me|us|my overtime|wages|salary|hours|for?
		dont|doesnt|didnt|wont pay overtime|wages
		blue|green card
		is|was|are|isnt it|that|this|they legal|illegal|lawful
		it|that|this even|really|actually? legal|illegal|lawful|allowed to|that|for|if|when|what
		can|could|should|may|will|would i|they|he|she|my ~ sue|sued|fire|dismiss|terminate
		can they fire|dismiss|sack|force|make me
		can my boss|employer|company|manager fire|dismiss|sack|force|make|refuse|cut|deduct me|my|to|us
		sue|suing my|the|them|him|her
		lawsuit
		legal advice|action|rights|question|questions|problem|dispute|case|trouble|situation
		my legal rights|situation
		my rights as
		what are my rights
		take them to court|tribunal
		employment|labour|labor tribunal|court
		unpaid wages|overtime|salary|work|hours|internship
		not|never|havent|hasnt been? paid me|us|in|since
		not|never|havent|hasnt been? paid for|my overtime|hours|the|wages|salary|work|shifts
		havent|hasnt been paid
		refuses to pay me|us|my wages|salary|overtime?
		refuses to pay me|us
		owe|owes me wages|money|salary|overtime|pay
		withheld|withholding|withholds my wages|salary|pay|passport
		wage theft
		wrongful|wrongfully|unfair|unfairly dismissal|termination|dismissed|terminated|fired
		unlawful
		paid|pay|pays|earn below|under|less minimum|than the? minimum? wage
		non compete
		noncompete
		what|whats|how ~ notice period
		my contract says|states|forbids
		clause in my contract
		sign|signing|signed ~ termination|severance|nda
		severance pay|package|agreement|payment
		settlement agreement
		termination agreement
		whistleblower|whistleblowing|whistleblow
		work council rights
		asylum
		deported|deportation
		breach of contract
		aufenthaltstitel|arbeitserlaubnis|kündigungsschutz`).
	add(sign{concern: Legal, topic: true}, `
		visa expires|expired|status|application|sponsorship|sponsor|runs|ran|renewal|rejected|denied|problem|problems|issue|issues
		work|residence|residency|student|working|tourist permit|visa`)

// harmless are figures of speech and plain uses that look like alarms.
var harmless = newPhrases[bool]().add(true, `
	shoot|shooting myself in the foot
	want|wanna to? live in|near|far|on|off|abroad|outside|closer|at|there|alone|paycheck|together
	shoot him|her|them a|an
	not|never|dont|have|has to? wake up at|early|earlier|before|until|till|late|so|for|to|on|in|tired|every|5|6|five|six
	rather die|dead than|with ~ apple|windows|decaf
	people|patients|children|kids|adults|students|clients|someone|those|persons|teenagers|veterans with ~ depression|depressed|adhd|anxiety|burnout
	depressed|suicidal people|patients|children|kids|adults|students|clients|teenagers|veterans
	jump in|into|at|ship|on|straight|right|to
	going|about|ready to jump in|into|at|ship|on|straight|right|to
	in danger of
	lost hope of|for|in|that
	hopeless at|with
	company|firm|business|industry|sector|market|startup|project|team|job|jobs|profession|store|shop|trade|product ~ die
	addicted to coffee|chocolate|work|coding|learning|books|news|podcasts
	cut|cutting myself some|a|off|short|loose|out
	cut|cutting myself shaving
	kill|killing it|time|them|two
	suicide squad|doors|prevention|hotline|helpline
	end my life as a|an
	take|taking my life back|seriously|into
	take my life in|to a new|different|another|the
	take my life in my hands
	take my life to the
	hang|hanging myself up
	drown|drowning myself in work
	die of laughter|boredom|embarrassment|laughing|old|curiosity|shame|hunger|heat|cold
	die laughing
	to die for
	die hard
	want|like|rather|hope|going to die rich|old|happy|happily|peacefully
	hate to end it|this here|now
	want to end it|this on|with|here|in
	want to end this|it chat|conversation|job|contract|internship|here|on|with|in|session|talk|for
	jump|jumping in|into at|with|the
	jump|jumping off|from ~ ship
	walk|walking into a|the room|meeting|interview|office
	kill|hurt them|him|her with kindness
	hurt them|him|her in the
	hurt my chances|career|back|knee
	kill the competition|process|deal|project|lights|noise
	overwhelmed with|by joy|kindness|gratitude|support|love|offers
	exhausted all|every|my options|possibilities|avenues|budget|leave
	exhausted the options|possibilities|topic|list
	heart attack on a plate
	hit me that|like|how|when
	it hit|hits me
	touched me deeply
	falling|fall|fell apart at the seams|project
	im|feel worthless without coffee
	running|run on fumes|empty tank|tanks
	breakdown of
	nervous breakdown of
	dark place to work
	green card game
	blue card index
	work at|for visa
	not paid much|well|enough|a|very
	dont pay much|well|enough|a|very
	is it allowed here
	overdose of
	burn|burned|burnt|burning out lights|bulb|bulbs
	died by suicide prevention
	i hate my life choices
	dead end job
	not be here tomorrow because|since|as|im|i
	wont be here|around tomorrow|next because|since|as|im|i|week|month|friday|monday
	say|saying goodbye
	this is|s the end of
	heart racing game|games
	is|are that legal team|assistant|department
	legal advice clinic|centre|center
	give up everything for
	disappear into
	depressed market|prices|economy
	panic attack at the disco
	not the end`)
