package dialogue

// TextKey is a text the dialogue says around its questions, with the fields it
// fills in.
type TextKey struct {
	Key    string
	Fields []string
}

// TextKeys are all of them.
var TextKeys = []TextKey{
	{"talk.unclear", []string{"example"}},
	{"talk.unclear_last", []string{"default"}},
	{"talk.unsure_last", []string{"default"}},
	{"talk.take", []string{"default"}},
	{"talk.left_open", nil},
	{"talk.skipped", nil},
	{"talk.back", []string{"words"}},
	{"talk.back_first", nil},
	{"talk.paused", nil},
	{"talk.recap", []string{"about", "last"}},
	{"talk.correct", []string{"topic", "old", "new"}},
	{"talk.corrected", []string{"topic", "old", "new"}},
	{"talk.kept", nil},
	{"talk.yes_or_no", nil},
	{"talk.which_date", nil},
	{"talk.which_unit", nil},
	{"talk.past", []string{"date"}},
	{"talk.needs_birthday", nil},
	{"talk.range", []string{"example"}},
	{"talk.too_few", []string{"min"}},
	{"talk.too_many", []string{"max"}},
	{"talk.date_back", []string{"date"}},
	{"talk.hours_back", []string{"hours"}},
	{"talk.duration_back", []string{"words", "about"}},
	{"talk.duration_short", nil},
	{"talk.counted", []string{"words"}},
	{"talk.counted_as", []string{"words"}},
	{"talk.count_evening", []string{"hours"}},
	{"talk.count_half_day", []string{"hours"}},
	{"talk.count_day", []string{"hours"}},
	{"talk.added", []string{"words"}},
	{"talk.late", []string{"words", "question"}},
	{"talk.noted", nil},
	{"talk.edit_unread", nil},
	{"talk.restart", nil},
	{"talk.as_draft", nil},
	{"talk.button_why", nil},
	{"talk.button_skip", nil},
	{"talk.button_yes", nil},
	{"talk.button_no", nil},
	{"talk.button_later", nil},
	{"talk.button_other", nil},
}
