package reading

var politeEnd = set("please pls plz thanks thx now coach waymark then again today yet")

// Words one letter away from a command that mean something else.
var notCommands = set("status stated start strategy planes panic places wins learnt learns earn yearn deleted exports expert experts reviews viewer mentors paused reset prepared prepares")

// callsAway are words for what makes somebody break off.
var callsAway = set("meeting meetings call calls phone lunch dinner bus train tram work kids kid baby boss customer customers class doorbell door driving busy appointment shift bed sleep doctor break coffee standup teacher school cooking home stop")

var pausePhrases = newPhrases[bool]().add(true, `
	pause it|this|everything|reminders|that|coaching? until|till|til|for|to
	pause until|till|til|for
	pause us until|till|til|for
	snooze it|this? until|till|til|for
	take a break until|till|til|for
	stop until|till|til
	quiet until|till|til|for
	be quiet until|till|til|for
	mute until|till|til|for
	remind me again? in|on|at|next|tomorrow
	ask me again? in|on|at|next|tomorrow
	come back in|on|at|next|tomorrow`)

var commandLead = newPhrases[bool]().add(true, `
	please|pls|plz
	ok|okay|hey|hi|hello|so|um|well|sorry|oops|coach|waymark|yes|and
	id|ill rather|just
	i would rather
	can|could|may|would you please?
	can|could|may|shall we|i please? just?
	id like to
	i would like to
	i want|need|wish to
	i wanna
	lets
	let us
	just
	now`)

var commandPhrases = newPhrases[Command]().
	add(Back, `
		back
		go|going back
		go back one step|question?
		go back a step|question
		one step|question? back
		back one step|question?
		previous
		the? previous question|step|answer
		go to the? previous question|step|answer
		back to the previous question
		back to previous
		the? last question
		last answer
		undo
		undo that
		change my? last|previous answer
		change my answer
		let me change that|it
		change that|it
		that was wrong
		wrong answer
		redo that?`).
	add(Skip, `
		skip
		skip it|this|that|one
		skip this|the|that one|question|step
		skip question
		skip for now
		next question
		the next question
		next one
		no next question|one
		later for this|that question|one?
		later for this|that question|one? go on|ahead?
		later this|that question|one
		this|that question|one later
		i mean later for this|that question|one?
		i mean later for this|that question|one? go on|ahead?
		no i mean later for this|that question|one?
		no i mean later for this|that question|one? go on|ahead?
		no later for this|that question|one?
		pass on this|that
		move on
		not this one
		leave it|this out
		pass
		no comment
		rather not say|answer
		prefer not to say|answer
		i prefer not to say|answer
		i rather not say|answer
		not say
		dont want to answer
		i dont want to answer that|this?
		i do not want to answer that|this?
		next`).
	add(Why, `
		why
		why that|this
		why do you ask|care|want|need
		why do you ask me? that|this
		why do you want|need to know? that|this
		why do you want|need to know
		why are you asking
		why are you asking me? that|this
		why you ask|asking
		why ask
		why this|that question
		why is this|that important|relevant|needed
		why is that asked
		why should i answer|tell you that|this?
		what for
		whats that|this for
		what is that|this for
		whats the point of this|that|the? question?
		how|why is this|that relevant
		explain
		explain this|that
		explain the? question
		reason`).
	add(Example, `
		example
		examples
		an example
		for example
		for instance
		eg
		e g
		give|show me an? example|examples
		give an example
		can i have|see|get an example
		have|see|get an example
		such as
		like what
		what should|could|can i say|answer|write
		do you have an? example|examples
		any examples
		any example
		hint
		a hint
		give me a hint`).
	add(Explain, `
		what do|did you mean by? that|this?
		what do|did you mean by? that|this|the question
		not sure what you mean
		i? dont|not|no know what you|it|that|this mean|means
		idk|dunno what you|it|that|this mean|means
		idk what you want
		i? dont know what you want
		huh
		what
		come again
		what you mean
		what you want from me?
		what you ask|asking me?
		what mean
		what mean ~
		what means ~
		what does that|this|it|the mean
		what does ~ mean
		what that|this|it mean|means
		i? dont|not|no|cant|didnt understand|get it|that|this|you?
		i? dont|not|no|cant|didnt understand|get it|that|this|the|your|what? question|word|words?
		i? dont|not|no|cant|didnt understand|get what you|it mean|means|want|ask?
		i? dont|not|no|cant|didnt really|quite understand|get it|that|this|the? question?
		i dont get it
		i do|did not understand it|that|this|the|your? question|you?
		understand not|nothing
		i understand nothing|not
		not understand
		no understand
		sorry? what
		say it easier|simpler
		say that|it in simple|easy|other words
		easier|simpler please
		too difficult|hard to understand
		the? question is too difficult|hard
		explain it|this|that|the? better|again|more|easier
		can you explain`).
	add(HowLong, `
		how long still|more|yet
		how long does|will it|this|that still? take|last
		how long is it|this still?
		how long until|till the end|finished|done
		how long do|will we still? need
		how much longer
		how much longer does|will it|this take
		how much more to? go?
		how many questions more|still|left
		how many questions to go|come
		how many questions are|is there? more|still|left
		how many questions still|more to? come
		how many questions do you have|ask still|left?
		how many more questions?
		how many more questions are there
		how many more questions to go|come
		how many left|still
		are we nearly|almost? there|done|finished yet?
		when are we|you done|finished|ready
		when is it|this over|finished|done
		is it long still|more
		still long|many questions?
		many questions more|still`).
	add(Aim, `
		what do? you think|understand is my aim|goal|target|dream|plan now?
		what do? you think is my aim|goal|target|dream now
		what do? you think i|my want|wants now|to be|become?
		what do? you think i want
		what is|was my aim|target|dream job|now?
		whats my aim|target|dream job|now?
		my aim|target
		what aim|target|goal do i have now?
		what aim|target|goal do? you have|know|keep for me
		what did i say i want
		what do i want
		what do i want to be|become`).
	add(Repeat, `
		repeat
		repeat that|it|please?
		repeat the question
		say that|it again
		what was the question
		where were we
		what was your question
		pardon`).
	add(Pause, `
		pause
		pause it|this|now|here
		take a break
		a break
		break
		take|need a break|pause
		i need|want|take a break|pause
		have a break
		not now
		another time
		some other time
		continue later|tomorrow
		come back later
		ask me later
		talk later
		snooze
		stop here|there
		stop for today|now
		lets stop
		thats enough for today|now
		enough for today|now
		maybe tomorrow
		ttyl
		talk tomorrow
		hold on
		brb
		gotta go
		got|have to go
		i have|got to go ~ pause|later|break
		have to go ~ pause|later|break
		i have|got to go
		i need to go`).
	add(Later, `
		later
		later on
		maybe later
		do this|it later`).
	add(Continue, `
		continue
		resume
		unpause
		go on
		carry on
		keep going
		proceed
		im back
		i am back
		back again
		lets continue|resume|go on
		continue now|here
		pick up where we left off
		where did we stop
		ready to continue
		im ready to continue
		wake up`).
	add(ShowPlan, `
		plan
		my plan
		the plan
		show|see|view|display me? my|the? plan
		show me
		show plan
		career plan
		my career plan
		show|see|view me? my|the? career plan
		whats my|the plan
		what is my|the plan
		what does my|the plan look like
		where|how do i see my plan
		wheres my plan
		where is my plan
		where are we
		where do we stand
		where am i
		timeline
		my timeline
		show|see|view me? my|the? timeline
		overview
		summary
		show|see me? a|my|the? summary|overview
		give me a|the? summary|overview`).
	add(ShowAnswers, `
		answers
		my answers
		show|see|view|list|read me? my|the|all? answers
		show me all my answers
		what did i say|answer|write|type
		what have i said|answered|written
		what have i told you
		what do you know about me
		what have you stored|saved|recorded about me?
		what have you got about|on me
		what do you have about|on me
		what did i tell you
		my data
		show|see me? my data`).
	add(Status, `
		status
		my status
		goals
		my goals
		show|see|view|list me? my|the|all? goals
		show me all my goals
		what are my goals
		progress
		my progress
		show|see me? my|the? progress|status
		how am i doing
		hows my progress
		how far am i
		whats next
		what is next
		milestones
		my milestones
		show|see me? my|the? milestones
		next milestone
		my next milestone`).
	add(Help, `
		help
		help me
		help please
		commands
		options
		menu
		what can you do
		what can i do|say|ask here?
		how does this|it|that work
		how do you work
		what are you
		who are you
		what is this
		whats this
		how can you help
		how can you help me
		i need help
		need help
		what are the commands
		list commands
		how do|can i use this|it|you
		are you a? bot|robot|human|person|real|machine
		are you an ai
		im stuck
		im lost`).
	add(StartOver, `
		start over
		start over again
		start again
		start anew|afresh
		start from scratch
		start from the beginning|start
		start all over
		from scratch
		from the beginning
		restart
		begin again
		begin from the? beginning|start
		reset
		reset everything|all
		new start
		do over`).
	add(Stop, `
		stop
		stop it|this|that
		stop please
		stop now
		stop asking
		stop writing
		stop writing to? me
		stop messaging|texting|asking|bothering|contacting|pinging|nagging me
		stop reminders
		stop the|all|these? reminders|messages
		no more reminders|messages|questions
		unsubscribe me?
		stop sending me? messages|reminders|questions
		leave me be
		opt out
		leave me alone
		quit
		exit
		end
		cancel
		abort
		enough
		thats enough
		go away
		shut up
		be quiet
		dont write me? again|anymore
		dont contact|message|write me again|anymore?
		dont write to me again|anymore?`).
	add(Export, `
		export
		export everything|all
		export it
		export my? data|answers|plan
		export all? my data|answers
		download
		download my? data|answers|plan|everything
		download all? my data
		send me my data|answers
		get my data
		get|have a? copy of my data
		a copy of my data
		give me all? my data
		give me a copy of my data`).
	add(Delete, `
		delete
		delete everything|all|me
		delete everything|all about me
		delete it|this all?
		delete my? data|answers|account|profile|record|history
		delete all? of? my data|answers|information
		erase
		erase everything|all|me
		erase my data|answers
		erase all my data
		forget me
		forget everything
		forget about me
		forget all about me
		remove me
		remove my data
		remove all my data
		remove everything
		wipe everything
		wipe my data`).
	add(Privacy, `
		privacy
		who sees this|that|it|these
		who sees my answers|data|plan
		who can|will|could see|read this|that|it|these
		who can|will|could see|read my answers|data|plan|messages
		who can|will|could see|read what i write|say|type here?
		who can|will|could see|read what i tell you
		who reads this|that|it|along
		who else sees|reads this|that|it
		who has access
		who has access to this|that|it
		who has access to my answers|data
		can|does|will my|the boss|manager|lead|employer|company|colleagues see|read this|that|it
		can|does|will my|the boss|manager|lead|employer|company|colleagues see|read my answers|data
		can|does|will hr|anyone|anybody|someone|somebody|others see|read this|that|it
		can|does|will hr|anyone|anybody|someone|somebody|others see|read my answers|data
		can my boss read along
		is this|it|that private|confidential|anonymous|secret|safe
		is this|it|that chat|conversation private|confidential|anonymous|secret|safe
		is what i write|say here? private|confidential
		where is my data
		where is my data stored|kept|saved
		where are my answers stored|kept|saved
		is anyone|anybody|someone|somebody|hr reading this|along?
		who gets to see this|that|it
		data protection
		confidential
		private`).
	add(Win, `
		win
		wins
		a win
		my wins
		log|add|note|record a? win
		log|add|note|record my win
		i have a win
		show|see me? my|the? wins
		new win`).
	add(Review, `
		review
		my review
		review prep
		review preparation
		prepare
		prepare|prep my? review
		prepare for my|the review
		prepare me for my|the review
		help me prepare my|the? review
		help me prepare for my|the review
		next review
		my next review
		when is my review
		when is my next review
		whens my review`).
	add(Mentor, `
		mentor
		a mentor
		mentoring
		find a? mentor
		find me a mentor
		help me find a mentor
		talk about a mentor|mentoring
		talk about mentors`).
	add(Network, `
		network
		networking
		my network
		build a|my network
		talk about network|networking
		talk about my network`).
	add(Learn, `
		learn
		learning
		training
		courses
		talk about learning|training|courses`).
	add(Balance, `
		balance
		work life balance
		my balance
		talk about balance
		talk about my balance
		talk about work life balance`).
	add(Pay, `
		pay
		salary
		my pay|salary
		compensation
		benefits
		talk about pay|salary|compensation|benefits|money
		talk about my pay|salary|compensation|benefits`).
	add(Responsibility, `
		responsibility
		more responsibility
		ask for more responsibility
		talk about more? responsibility`).
	add(Backup, `
		backup
		backup plan
		my backup plan
		plan b
		my plan b
		show|see me? my|the? backup plan
		show|see me? my|the? plan b`)
