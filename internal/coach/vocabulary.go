package coach

import (
	"slices"
	"strings"

	"waymark/internal/career"
	"waymark/internal/dialogue"
	"waymark/internal/reminder"
)

// Vocabulary is what flows and texts may refer to and must hold.
func Vocabulary() dialogue.Vocabulary {
	v := dialogue.Vocabulary{
		Entries: []string{firstFlow, "new_date", "after_review", "check_in", "literal", "low", "leaving", outFlow, shorterFlow, "snooze", "smaller", "reached",
			enoughFlow, wishFlow, wishOnlyFlow, wishDayFlow, olderFlow,
			"mentor", "network", "learn", "responsibility", "balance", "pay", "prepare", "practise", "win", "month", "quarter", "levels", "recheck", toldFlow},
		Providers: providers,
		Effects: []string{"confirm_plan", "content", "set_cadence", "move_milestone", "keep_milestone", "review_held", "step_done", "check_in", "crisis", "burnout", "listen", "start_small", "go_short", "end_here", "keep_leaving",
			"keep_mentor", "keep_network", "keep_learning", "keep_responsibility", "keep_balance", "keep_pay", "keep_review", "keep_practice", "date_review",
			"only_asked", "review_dated", "go_on", "older_here", "older_new",
			"keep_win", "keep_month", "keep_quarter", "keep_levels", "keep_recheck", "snooze", "smaller_step", "keep_reached", "close_gaps", "told_done", "told_way"},
		Shows:  []string{"plan", "review", "then_and_now"},
		Checks: checks,
		Fields: []string{"name", "prefix", "zone", "plan_job", "plan_target", "plan_by", "week_step", "week_if_then", "next_rung", "reason_said", "away"},
		Slots:  slices.Clone(slots),
		Texts:  map[string][]string{},
	}
	for _, r := range reminder.Kinds {
		if !r.Fixed {
			v.Texts["kind."+string(r.Kind)] = v.Fields
		}
	}
	for line := range strings.Lines(texts + editTexts + formTexts + exportTexts + reminderTexts + screenTexts + wishTexts + smallStepTexts + askTexts) {
		key, fields, _ := strings.Cut(strings.TrimSpace(line), " ")
		if key != "" {
			v.Texts[key] = append(strings.Fields(fields), v.Fields...)
		}
	}
	for _, k := range dialogue.TextKeys {
		v.Texts[k.Key] = k.Fields
	}
	for _, k := range career.TextKeys() {
		switch group, _, _ := strings.Cut(k, "."); group {
		case "milestone":
			v.Texts[k] = []string{"title", "n", "of"}
			v.Texts["step"+strings.TrimPrefix(k, "milestone")] = []string{"n", "of"}
		case "conflict":
			v.Texts[k] = []string{"title", "date"}
		case "evidence":
			v.Texts[k] = nil
		default:
			v.Texts[k] = []string{"words", "about", "target", "field", "job"}
		}
	}
	return v
}

// slots are those the plan is derived from or the coach reads itself.
var slots = []string{
	"job", "target", "reason", "by", "gap_pick", "act", "goal_pick", "measure", "due", "if_then",
	"course_months", "course_start", "review_date", "talk_date", "risks", "risk_then", "alternatives", "head_start",
	"cadence", "smaller", "ask_again", "milestone_date", "review_said", "review_agreed", "review_first", "review_first_by", "review_next", "next_step",
}

// texts are what the coach says, each with the fields it fills in.
const texts = `
say.nothing_open
say.nothing_asked
say.aim target date reason
say.hours_wider from to
say.comes words hour place
say.days_wider day
notes.title
notes.item words
say.closed
say.no_file
say.no_voice
say.empty
say.long
say.stranger
say.back date
say.back_too_late date
say.bot
say.mention
say.hello_again next
say.hello_content
say.thanks
say.confirmed
say.privacy
say.help
say.win_empty
say.win_kept words
say.win_again
say.win_none
say.job_changed
say.birthday date
safety.others
safety.venting
safety.listen_1
safety.listen_2
safety.listen_3
safety.listen_4
safety.alone_1
safety.stays
safety.company
safety.worth open
safety.crisis_ask emergency crisis_line guessed
safety.literal_again emergency crisis_line guessed
safety.listening
safety.warm
safety.told
safety.safe
safety.calmer
safety.hello
safety.quit_later
safety.back
safety.back_plan open
safety.place emergency crisis_line
safety.place_unknown
safety.line emergency crisis_line guessed unknown open
safety.crisis_again emergency crisis_line guessed
safety.rests
safety.rests_listening
say.stopped
say.still_off
say.talk_left
say.fact_kept words
say.later_question
say.short_already
say.changed_plan
say.changed_taken
say.changed_left
say.apology
say.answered words
button.done
button.not_yet
button.new_date
button.less
button.keep
button.take
button.leave
plan.title
plan.draft
plan.from job
plan.to target
plan.by date
plan.reason reason
plan.criteria words
plan.free
plan.free_item words
plan.gaps
action.ask_task_away words about target field job
action.ask_promoted_away words about target field job
action.review_talk_away words about target field job
action.successor_talk_away words about target field job
safety.no_talk
plan.gap_closed gap date
plan.gap_later gap
plan.goals
plan.no_goals
plan.measure words
plan.measure_course
plan.measure_role
plan.closes words
plan.for_job goal
plan.on_track words
plan.goal_later
plan.tracks
plan.track words target
plan.track_active words target
plan.brings words
plan.next_level words
plan.due date
plan.if_then words
plan.milestone_open date title
plan.milestone_done date title
plan.milestones_more n date
plan.eligible date
plan.review date
plan.talk date
plan.backup
plan.risk risk then date met said
plan.risk_open risk then date met said
plan.alternatives words
plan.head_start words
plan.wins n
plan.open_question question
plan.paused_question question
plan.empty
plan.content
plan.unconfirmed
goals.title
goals.none
goals.progress done of
goals.next title date
goals.overdue title date
goals.achieved title
goals.later title
goals.review date days
goals.talk date days
goals.no_review
goals.today
goals.tomorrow
goals.in_days n
nudge.milestone_ahead when title date goal
nudge.milestone_due title goal date today
nudge.milestone_overdue title goal date
nudge.exam_booking goal date title
nudge.eligible goal date title
nudge.eligible_plan date
nudge.review_ahead date when
nudge.talk_ahead date when
nudge.review_after date
nudge.check_in
nudge.stale_goal goal
nudge.backup_trigger risk then
nudge.gap_check
nudge.fresh_start
nudge.fresh_start_review
nudge.fresh_start_pause
nudge.next_step title goal date
nudge.pause_over
nudge.asked_date
nudge.todo title date today
nudge.todo_moved title date
nudge.less_often
nudge.going_silent
nudge.if_then words
nudge.also
nudge.footer kind
nudge.footer_asked
nudge.done title
nudge.done_next title date
nudge.done_goal goal
nudge.gap_closed gap
nudge.not_yet title date
nudge.moved title goal old date
nudge.no_date
nudge.gone
nudge.less_yes
nudge.less_no
nudge.working_days n
nudge.one_day
nudge.in_days n
nudge.tomorrow
nudge.today
check.specific
check.measurable
check.in_time date
contacts.*
safety.crisis emergency crisis_line guessed
safety.crisis_more emergency crisis_line guessed
safety.burnout health
safety.burnout_rest health
safety.harassment workplace open
safety.legal legal
safety.medical health
backup.sealed
backup.none
list.title
list.item title date
todo.*  words
offer.* words about
pay.title
pay.pay
pay.retirement
pay.health
pay.leave
pay.flexibility
pay.hours
pay.commute
pay.line words now offer
review.title
review.progress
review.line title done of
review.wins
review.win date words result skill
review.slipped
review.slip title words why
review.slip_days n
review.asks
review.support words
review.improve words
review.help words
review.first words
review.support_draft words
review.improve_draft words
review.help_draft words
review.growth
review.level title then now
review.met date title
review.strongest words
review.strongest_back words
review.no_line
button.practise
button.review_file
review.funding title
review.strength words
review.nothing
say.look_again
say.plan_first
say.change_target
trend.title
trend.goal title words
trend.level date n
trend.closeness words
trend.energy words
trend.none
then_now.title
then_now.same then now
then_now.closed then
then_now.new now
then_now.changed then now
nudge.next_goal goal
diff.content
diff.criteria
diff.eligible
diff.gap_new
diff.gap_gone
diff.gap_changed
diff.goal_new
diff.goal_gone
diff.title
diff.measure
diff.if_then
diff.due
diff.course
diff.funding
diff.backup
home.hello
home.stranger
home.declined
home.crisis emergency crisis_line
home.content
home.paused
home.paused_until date
home.next title
home.next_date date days
home.next_overdue date
home.next_none
home.talk
home.question question
home.question_paused question
home.goals
home.goals_page n of
home.goals_draft
home.review
home.wins
home.wins_count n date
home.wins_none
home.win date words
home.settings
home.when days from to hour
home.weekdays
home.budget n
home.budget_none
home.every_day n
home.every_week n day
home.every_month n
home.no_cadence
home.no_reminders when
home.privacy
home.said_dm
home.resumed
home.plan
home.close
home.named label about
home.button_start
home.button_look
home.button_continue
home.button_resume
home.button_done
home.button_edit
home.button_plan
home.button_timeline
home.button_goal
home.button_win
home.button_review
home.button_settings
home.button_export
home.button_delete
home.button_next
home.button_back
welcome.hello
welcome.look
welcome.later
welcome.button_start
welcome.button_look
welcome.button_later
welcome.button_thorough
forget.ask question
forget.done
forget.kept
forget.gone
forget.button_forget
forget.button_keep
`
