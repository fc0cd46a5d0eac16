package coach

// smallStepTexts are what is said about the steps of a check-in, about the time a
// week, and about the days to look at the backup plan.
const smallStepTexts = `
plan.week hours words limits
begin.* words title
measure.* words
offer.proposal measure first date
plan.week_note words date
plan.look
plan.also words
plan.quick
plan.look_set date
plan.look_which
step.added title date goal
step.removed title goal
button.remove_step
button.done_one title
check.step
nudge.hours words
`
