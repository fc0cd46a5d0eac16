package bot

import (
	"context"
	"errors"
	"fmt"

	"waymark/internal/coach"
	"waymark/internal/control"
)

// askReload is the name of what ReloadPrompts asks for.
const askReload = "prompts/reload"

// reload reads the prompts again. Prompts with a mistake change nothing.
func (b *Bot) reload(context.Context, string) (string, error) {
	words, err := LoadPrompts(b.prompts)
	if err != nil {
		return "", fmt.Errorf("the bot goes on with the prompts it has: %w", err)
	}
	b.app.SetLabels(labels(words.Book))
	b.coach.SetWords(coach.Words{Book: words.Book, Ladders: words.Ladders})
	from := b.prompts
	if from == "" {
		from = "the built-in files, which only another version changes: name a folder with --prompts"
	}
	b.log.Info("prompts were read again", "prompts", b.prompts)
	return fmt.Sprintf("The bot now speaks the prompts from %s.\n", from), nil
}

// ReloadPrompts has the bot that runs on the data read its prompts again, from
// the folder it was started with. Talks that are open go on at the first
// question without an answer; messages and tabs that stand already are not
// written anew. It returns what to tell the operator.
func ReloadPrompts(ctx context.Context, cfg Config) (string, error) {
	answer, err := control.Ask(ctx, cfg.Data, askReload, "")
	if errors.Is(err, control.ErrNobody) {
		return "", fmt.Errorf("%w: prompts are read when it starts, so there is nothing to reload", err)
	}
	return answer, err
}
