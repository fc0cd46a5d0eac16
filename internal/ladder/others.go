package ladder

// others are jobs, and words of jobs, that are close in letters to some that the
// ladders have and mean something else. Where a ladder has one of them it is
// found; it is only never taken for a slip.
var others = set(`acrobat actor actress acupuncturist admitting astrologer astronaut athlete auctioneer autistic baler barker
	batcher bellringer biologist bishop blogger bookbinder bookmaker boxer carter carver chancellor chemist choir
	clockmaker clown comedian composer conductor cooper coroner cosmetologist cosmologist cosmonaut councillor
	cricketer criminologist croupier cryptologist curate currier cyclist dad dancer deacon decker diver diving
	drifter drummer ecologist economist engraver enologist estimate etcher ethnologist etymologist father fight
	footballer forming furnishing gamer gemologist geologist ghost golfer healer herbalist homemaker homeopath
	horologist househusband housewife hunter husband imam influencer jobless jockey juggler kinesiologist king
	knight ladder lord maestro magician masker mayor meteorologist metrologist migration miller minister missionary
	model mom monarch moneylender monk mortician mother mum musician musicologist mycologist nobody none nothing nun
	oenologist optician optometrist organist ornithologist parent pastor pawnbroker pensioner philosopher physician
	physicist pianist piano pickler pirate plaiter player podologist poet politician potter president priest prince
	printer proprietary psychiatrist psychologist queen rabbi race racer racing range referee reflexologist retiree
	sailor sawing sculptor senator sexton shaman signwriter singer skier sociologist spy streamer stuntman tanner
	thatcher theologian transaction transition trapper tuner umpire undertaker unemployed usher verger vicar
	violinist ward warden weaver wife witch wizard youtuber zoologist`)

// usual are everyday words near to words of titles, which are no slips either.
var usual = set(`about again another anything around because before being between boring both business busy complicated could
	different doing during each easy either enough every everyone family first found friend fun good great group
	guess happy hard help here home hours house hundred idea important large later less life like little local long
	looking love lucky made main make many matter maybe mine money month more morning most much name never next nice
	night nope often old only order other over part party past people person place plan play point possible pretty
	private probably public question quite really same secret several since small some someone something sometimes
	soon start still stuff sure talk than thank that their them then there these they thing think this those though
	three through tired today together tomorrow trying under until used using usually very want water week well were
	what when where which while whole will with without woman word work world would write year years yes young your`)
