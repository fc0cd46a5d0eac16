package coach

// screenTexts are words that a platform puts beside the coach's own; the coach
// itself never says them.
const screenTexts = `
screen.send
screen.pick_one
screen.pick_many
screen.pick_date
screen.more n
screen.elsewhere
screen.trimmed
screen.reached done total
screen.no_form
screen.notice
screen.close
`
