package coach

// exportTexts are what the coach says in and about what a person takes along,
// the picture of their plan, and when they delete everything.
const exportTexts = `
export.ready
export.ready_one
export.json
export.ics
export.no_dates
export.nothing
export.coming
export.unknown
export.refused reason
export.refused_timeline reason
export.title_md
export.title_json
export.title_ics
export.title_review
export.name_md
export.name_json
export.name_ics
export.name_review
export.heading
export.made date
export.draft
export.content
export.active done of
export.achieved
export.dropped
export.obstacle words
export.funding words
export.step_open date title
export.step_done date title done
export.step_dropped date title
export.levels
export.level n words
export.reached date n
export.todo title date done
export.reviews
export.review date held
export.talk date held
export.said words
export.agreed words
export.opening words
export.edited part words
export.wins
export.win date words
export.win_for words
export.win_result words
export.win_skill words
export.win_link words
export.people
export.mentor words
export.message words
export.contact words how date
export.rest
export.drains words
export.free words
export.delegate words
export.protected words
export.if_then words
export.trend
export.closeness date n
export.energy date n
export.answers
export.answer date words typed
export.skipped date
export.about words
export.notes
export.note date words
export.event_review
export.event_talk
export.event_done title
export.event_goal words
timeline.title
timeline.name
timeline.list
timeline.goal n title
timeline.due date
timeline.no_date
timeline.progress done of
timeline.late title date
timeline.next title date
timeline.open title date
timeline.done title
timeline.more n date
timeline.more_goals n
timeline.reviews words
timeline.none
timeline.coming
picture.heading
picture.today
picture.reviews
picture.review
picture.done
picture.open
picture.next
picture.late
picture.goal
picture.next_step
picture.next_on
picture.late_since
picture.due_on
picture.no_date
picture.count
picture.all_done
picture.no_goals
picture.one_more
picture.more
picture.day
picture.month
picture.date
picture.alt_today
picture.alt_goal
picture.alt_due
picture.alt_no_date
picture.alt_next_on
picture.alt_more
picture.alt_one_more
picture.alt_next
picture.alt_late
picture.alt_reviews
picture.months
delete.title
delete.send
delete.cancel
delete.close
delete.what
delete.sure
delete.sure_yes
delete.clear
delete.clear_yes
delete.unsure
delete.done
delete.clearing
delete.nothing
delete.ask
delete.button
delete.old
delete.before
`
