package coach

// formTexts are what forms and orders say, each with the fields it fills in.
const formTexts = `
form.send
form.cancel
form.close
form.notice
form.offer
form.gone
form.draft
form.unknown
form.changed
form.typed words
form.save_first
form.error.empty
form.error.long n got
form.error.choice
form.error.no_date
form.error.not_date
form.error.past date
form.error.not_after date
form.error.future
form.error.full n
form.error.too_many n
form.error.link
form.error.hour
form.error.full_hour
form.error.order from
form.error.between from to
form.error.midnight
form.error.no_day
form.error.zone
form.error.number n
form.error.region
form.goal.name
form.goal.name_new
form.goal.title
form.goal.title_eg
form.goal.measure
form.goal.measure_hint
form.goal.due
form.goal.closes
form.goal.status
form.goal.active
form.goal.later
form.goal.achieved
form.goal.dropped
form.goal.milestones
form.goal.edit
form.goal.reached title
form.goal.added title date
form.goal.added_later title date
form.goal.kept title date
form.reflow.name
form.reflow.says date
form.reflow.more n
form.reflow.how
form.milestones.name
form.milestones.none
form.milestones.page n of
form.milestones.add
form.milestones.before
form.milestones.next
form.milestones.done
form.milestones.edit
form.tick.name
form.milestone.name
form.milestone.name_new
form.milestone.of goal
form.milestone.closed
form.milestone.title
form.milestone.due
form.milestone.due_hint
form.milestone.state
form.milestone.open
form.milestone.done
form.milestone.remove
form.milestone.added title date
form.milestone.kept title date
form.milestone.removed title date
form.win.name
form.win.saved date
form.win.words
form.win.words_hint
form.win.kind
form.win.accomplishment
form.win.job
form.win.certificate
form.win.contribution
form.win.research
form.win.work
form.win.link
form.win.link_hint
form.win.on
form.review.name
form.review.date
form.review.kind
form.review.formal
form.review.talk
form.prepare.name
form.prepare.no_date
form.prepare.date
form.prepare.kind
form.prepare.formal
form.prepare.talk
form.prepare.kept
form.prepare.progress
form.prepare.wins
form.prepare.wins_hint
form.prepare.slipped
form.prepare.slipped_hint
form.prepare.growth
form.prepare.support
form.prepare.improve
form.prepare.help
form.prepare.funding
form.pay.name
form.pay.says
form.pay.now words
form.pay.offer words
form.pay.emptied
form.settings.name
form.settings.hour
form.settings.hour_hint
form.settings.days
form.settings.from
form.settings.to
form.settings.zone
form.settings.zone_hint
form.settings.budget
form.settings.budget_hint
form.settings.cadence
form.settings.cadence_none
form.settings.cadence_weekly
form.settings.cadence_two_weeks
form.settings.cadence_monthly
form.settings.cadence_quarterly
form.settings.cadence_as_is
form.settings.day
form.settings.day_hint
form.settings.until
form.settings.until_hint
form.settings.about
form.settings.words
form.settings.words_hint
form.settings.shown
form.settings.hidden
form.settings.region
form.settings.region_hint
form.settings.kept hour days zone date
form.settings.kept_asked hour days zone date
order.help
order.unknown words near
order.pause_unclear words
order.no_goal n
order.which_goal
order.goals_all
order.goal_dropped title
order.wins n
order.wins_none
order.which_step
order.not_found words more
order.no_step
order.just_ticked title
order.talk_here
`
