package ladder

// alike are groups of words that stand for one another: what somebody is and
// what they do, and nouns that employers use side by side. How well they do is
// the share of the words' weight that such a pair keeps.
var alike = []struct {
	share  float64
	groups string // words with spaces, groups with commas between
}{
	{0.95, `electrician sparky, carpenter chippy`},
	{0.9, `nurse nursing, plumber plumbing, accountant accounting accountancy accounts, teacher teaching teach,
		engineer engineering, designer design, baker bakery baking, attorney lawyer solicitor,
		electrician electrical, carpenter carpentry, joiner joinery, welder welding, marketer marketing,
		developer development, programmer developer, recruiter recruitment recruiting, warehouse warehousing,
		cleaner cleaning, driver driving, coach coaching, pharmacist pharmacy, consultant consulting consultancy,
		midwife midwifery, police policing, hairdresser hairdressing hair, gardener gardening garden,
		painter painting, auditor audit auditing, underwriter underwriting, translator translation,
		purchasing procurement buying buyer, farmer farm farming, tester testing test, surveyor survey surveying,
		actuary actuarial, maintenance repair, insurance insurer, photographer photography, journalist journalism,
		architecture architect architectural, physiotherapist physiotherapy, counsellor counselling,
		psychologist psychology, librarian library, fundraiser fundraising, researcher research, bank banking,
		butcher butchery, tailor tailoring, hotel hospitality, kitchen culinary, pediatric child,
		environmental environment, finance financial, scientist scientific science, supervisor supervising,
		management managing, hospital clinic, doctor physician, cafe coffee, retail store, plant factory,
		automotive auto car vehicle automobile motor, truck hgv lgv, ceo managingdirector,
		trainee apprentice student intern`},
	{0.85, `lawyer law legal, analyst analytics analysis, dentist dental dentistry, manufacturing production factory,
		procurement sourcing, software application, nursery kindergarten daycare preschool childcare,
		advisor consultant, representative agent, worker operative, operative operator, employee worker staff member`},
	{0.8, `cook chef, hospital medical, surgery clinic, supermarket store grocery, bar pub, officer specialist,
		executive specialist, executive officer, generalist specialist, clerk assistant, helper assistant,
		expert specialist, professional specialist, consultant specialist, instructor trainer, instructor teacher,
		founder owner own proprietor, lead supervisor foreman, therapist practitioner, guy man specialist`},
	{0.7, `associate assistant, attendant assistant, associate specialist, associate executive, representative advisor,
		associate representative, staff assistant`},
	{0.6, `coordinator officer, lead manager`},
}

// rankLikeness is the same for ranks, which are alike the nearer they are.
func rankLikeness(a, b float64) float64 { return max(0, 0.9-0.3*max(a-b, b-a)) }
