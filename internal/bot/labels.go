package bot

import (
	"strconv"

	"waymark/internal/dialogue"
	"waymark/internal/slackapp"
)

// labels are the words that Slack's side adds by itself, from the prompts like
// everything else that is said.
func labels(book *dialogue.Book) slackapp.Labels {
	say := func(key string) string { return book.Text("screen."+key, nil) }
	return slackapp.Labels{
		Send: say("send"), PickOne: say("pick_one"), PickMany: say("pick_many"), PickDate: say("pick_date"),
		Elsewhere: say("elsewhere"), Trimmed: say("trimmed"), NoForm: say("no_form"), Notice: say("notice"), Close: say("close"),
		Apology: book.Text("say.apology", nil),
		More: func(n int) string {
			return book.Text("screen.more", map[string]any{"n": strconv.Itoa(n)})
		},
		Reached: func(done, total int) string {
			return book.Text("screen.reached", map[string]any{"done": strconv.Itoa(done), "total": strconv.Itoa(total)})
		},
	}
}
