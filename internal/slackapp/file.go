package slackapp

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/slack-go/slack"

	"waymark/internal/chat"
)

// Upload stores f where nobody sees it yet. Slack keeps an upload that is not
// shared for a while only.
func (a *App) Upload(ctx context.Context, f chat.File) (string, error) {
	if len(f.Data) == 0 {
		return "", fmt.Errorf("upload a file: %w", &chat.SendError{Name: "no_file_data", Permanent: true, Err: errors.New("file is empty")})
	}
	var to *slack.GetUploadURLExternalResponse
	err := a.request(ctx, "files.getUploadURLExternal", "", func(ctx context.Context) (err error) {
		to, err = a.api.GetUploadURLExternalContext(ctx, slack.GetUploadURLExternalParameters{
			FileName: f.Name, FileSize: len(f.Data), AltTxt: clip(f.Alt, maxAltText),
		})
		return err
	})
	if err == nil {
		err = a.request(ctx, "upload", "", func(ctx context.Context) error {
			return a.api.UploadToURL(ctx, slack.UploadToURLParameters{
				UploadURL: to.UploadURL, Filename: f.Name, Reader: bytes.NewReader(f.Data),
			})
		})
	}
	if err != nil {
		return "", fmt.Errorf("upload a file: %w", fileError(err, false))
	}
	return to.FileID, nil
}

// Share shows the uploaded file id in a channel, m above it. Slack takes no
// text beside the blocks there.
func (a *App) Share(ctx context.Context, channel, id string, f chat.File, m chat.Message) error {
	r, err := render(m, a.labels())
	if err != nil {
		return fmt.Errorf("share a file in %s: %w", channel, &chat.SendError{Name: "invalid_message", Permanent: true, Err: err})
	}
	title := f.Title
	if blank(title) {
		title = f.Name
	}
	params := slack.CompleteUploadExternalParameters{
		Files: []slack.FileSummary{{ID: id, Title: title}}, Channel: channel,
	}
	if len(r.blocks) > 0 {
		params.Blocks.BlockSet = r.blocks
	}
	err = a.request(ctx, "files.completeUploadExternal", channel, func(ctx context.Context) error {
		_, err := a.api.CompleteUploadExternalContext(ctx, params)
		return err
	})
	if err != nil {
		return fmt.Errorf("share a file in %s: %w", channel, fileError(err, true))
	}
	return nil
}

// noFile are the errors after which this file will not be shown. A missing scope
// or a switch in the settings does not mend itself while somebody waits for
// their file: it is told, not waited for.
var noFile = map[string]bool{
	"channel_type_not_supported":          true,
	"file_not_found":                      true, // the upload is too old: it takes another
	"file_type_not_allowed":               true,
	"file_upload_size_restricted":         true,
	"file_uploads_disabled":               true,
	"file_uploads_except_images_disabled": true,
	"missing_scope":                       true,
	"posting_to_channel_denied":           true,
	"snippet_too_large":                   true,
}

// fileError completes the error of a call about files. Where a repeat does no
// harm, nothing is unknown.
func fileError(err error, once bool) error {
	var e *chat.SendError
	if !errors.As(err, &e) {
		return err
	}
	e.Permanent = e.Permanent || noFile[e.Name]
	e.Unknown = e.Unknown && once
	return err
}

// Shared looks for the message that shows the file id.
func (a *App) Shared(ctx context.Context, channel, after, id string) (ts string, ok bool, err error) {
	err = a.history(ctx, channel, after, func(m slack.Message) bool {
		for _, f := range m.Files {
			if f.ID == id {
				ts, ok = m.Timestamp, true
			}
		}
		return ok
	})
	if err != nil {
		return "", false, err
	}
	return ts, ok, nil
}
