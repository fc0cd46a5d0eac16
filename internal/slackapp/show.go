package slackapp

import (
	"context"
	"time"

	"github.com/slack-go/slack"

	"waymark/internal/chat"
)

const (
	// showTimeout bounds opening a form: its trigger lives for 3 s.
	showTimeout = 3 * time.Second
	// excuseTimeout bounds saying that it did not open.
	excuseTimeout = 5 * time.Second
)

// show opens a form for the event of j, or puts it in the place of the form that
// the event came from. When it does not open, the person is told, once.
func (a *App) show(ctx context.Context, j *job, f chat.Form) {
	turn := ""
	if j.view.form {
		turn = string(j.id)
	}
	view, err := modalAfter(f, a.labels(), turn)
	if err != nil {
		a.log.Error("form cannot be shown", "event", j.id, "err", err)
	} else if err = a.open(ctx, j, view); err == nil {
		return
	}
	if gone(err) {
		return // closed meanwhile: nothing to tell anybody
	}
	a.log.Warn("form was not opened", "event", j.id, "person", j.person, "err", err)
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), excuseTimeout)
	defer cancel()
	a.whisper(ctx, j, chat.Say(a.labels().NoForm))
}

// tell shows a reply: in a view if the event came from where an answer in the
// DM would not be seen.
func (a *App) tell(ctx context.Context, j *job, m chat.Message) {
	if j.away && j.respond == "" && j.trigger != "" {
		view, err := notice(m, a.labels())
		if err == nil {
			if err = a.onTop(ctx, j, view); err == nil {
				return
			}
		}
		a.log.Info("reply goes to the DM instead", "event", j.id, "err", err)
	}
	a.whisper(ctx, j, m)
}

// open shows view; in the place of the form in which something was clicked.
// A form that was sent is closed by its acknowledgement, so what did not fit
// there is opened anew.
func (a *App) open(ctx context.Context, j *job, view slack.ModalViewRequest) error {
	ctx, cancel := context.WithTimeout(ctx, showTimeout)
	defer cancel()
	if j.view.form && j.answer != byForm {
		return a.request(ctx, "views.update", "", func(ctx context.Context) error {
			_, err := a.api.UpdateViewContext(ctx, view, "", "", j.view.id)
			return err
		})
	}
	return a.request(ctx, "views.open", "", func(ctx context.Context) error {
		_, err := a.api.OpenViewContext(ctx, j.takeTrigger(), view)
		return err
	})
}

// onTop shows view above the tab or the form in which something was clicked.
func (a *App) onTop(ctx context.Context, j *job, view slack.ModalViewRequest) error {
	ctx, cancel := context.WithTimeout(ctx, showTimeout)
	defer cancel()
	if !j.view.form || j.answer == byForm {
		return a.open(ctx, j, view)
	}
	return a.request(ctx, "views.push", "", func(ctx context.Context) error {
		_, err := a.api.PushViewContext(ctx, j.takeTrigger(), view)
		return err
	})
}

// takeTrigger is the trigger, which opens one view only.
func (j *job) takeTrigger() string {
	t := j.trigger
	j.trigger = ""
	return t
}

// gone reports whether the form that was to change is not open any more.
func gone(err error) bool { return sendErrorName(err) == "not_found" }
