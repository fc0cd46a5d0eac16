package slackapp

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptrace"
	"regexp"
	"strings"
	"sync/atomic"
	"time"

	"github.com/slack-go/slack"

	"waymark/internal/chat"
)

// permanent are the errors that will never go away for one message: the message
// cannot be shown, or the conversation is not there any more. Errors of the
// installation (a scope, a switch in the settings) are not among them: once
// they are mended, the message should still leave.
var permanent = map[string]bool{
	"account_inactive":                true,
	"cannot_dm_bot":                   true,
	"cant_update_message":             true,
	"channel_not_found":               true,
	"edit_window_closed":              true,
	"invalid_arguments":               true,
	"invalid_blocks":                  true,
	"invalid_blocks_format":           true,
	"invalid_metadata_format":         true,
	"invalid_metadata_schema":         true,
	"invalid_users":                   true,
	"is_archived":                     true,
	"is_inactive":                     true,
	"message_not_found":               true,
	"metadata_too_large":              true,
	"msg_blocks_too_long":             true,
	"msg_too_long":                    true,
	"no_text":                         true,
	"not_in_channel":                  true,
	"too_many_contact_cards":          true,
	"user_disabled":                   true,
	"user_not_found":                  true,
	"user_not_visible":                true,
	"users_not_found":                 true,
	"users_list_not_supplied":         true,
	"slack_connect_blocked_file_type": true,
}

// unknown are the errors that Slack documents as "may have succeeded in part".
var unknown = map[string]bool{"fatal_error": true, "internal_error": true}

// limited are the errors that ask to wait even without a Retry-After.
var limited = map[string]time.Duration{
	"ratelimited":            time.Second,
	"rate_limited":           time.Second,
	"message_limit_exceeded": time.Minute,
}

// attempt follows one request far enough to tell whether Slack can have seen it.
type attempt struct{ sent atomic.Bool }

// watch makes ctx report to the attempt. From the moment there is a connection
// the request counts as sent: a little too early, never too late.
func (t *attempt) watch(ctx context.Context) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn: func(httptrace.GotConnInfo) { t.sent.Store(true) },
	})
}

// sendError puts err in the terms of chat.SendError.
func (t *attempt) sendError(err error) *chat.SendError {
	var (
		wait    *slack.RateLimitedError
		refused slack.SlackErrorResponse
		status  slack.StatusCodeError
	)
	switch {
	case errors.As(err, &wait):
		return &chat.SendError{Name: "ratelimited", RetryAfter: max(wait.RetryAfter, time.Second), Err: err}
	case errors.As(err, &refused):
		name := nameOf(refused.Err)
		return &chat.SendError{
			Name:       name,
			Permanent:  permanent[name],
			Unknown:    unknown[name],
			RetryAfter: limited[name],
		}
	case errors.As(err, &status):
		e := &chat.SendError{Name: fmt.Sprintf("http_%d", status.Code), Unknown: status.Code >= 500, Err: err}
		if status.Code == http.StatusTooManyRequests {
			e.RetryAfter = time.Second
		}
		return e
	case !t.sent.Load():
		return &chat.SendError{Name: "not_sent", Err: err}
	}
	// The connection broke, the answer was late or it was not Slack's.
	return &chat.SendError{Name: "no_answer", Unknown: true, Err: err}
}

// unnamed is the name of an error whose own is none.
const unnamed = "unnamed_error"

// plainName is how Slack names errors.
var plainName = regexp.MustCompile(`^[a-z][a-z0-9_]{0,79}$`)

// nameOf is what Slack calls an error, as it is logged, counted and kept: a name
// alone. An answer that says more in its place may quote what was sent, of which
// a name that is known is all that is taken.
func nameOf(said string) string {
	if plainName.MatchString(said) {
		return said
	}
	first := said
	if i := strings.IndexFunc(said, func(r rune) bool { return r != '_' && (r < 'a' || r > 'z') && (r < '0' || r > '9') }); i >= 0 {
		first = said[:i]
	}
	_, limits := limited[first]
	if permanent[first] || unknown[first] || noFile[first] || limits {
		return first
	}
	return unnamed
}

// errorName is Slack's name of an error, "" if it has none.
func errorName(err error) string {
	var refused slack.SlackErrorResponse
	if errors.As(err, &refused) {
		return nameOf(refused.Err)
	}
	return ""
}

// retryAfter is for how long an error asks to wait, 0 when it does not.
func retryAfter(err error) time.Duration {
	var e *chat.SendError
	if errors.As(err, &e) {
		return e.RetryAfter
	}
	return 0
}

// sendErrorName is the name of a chat.SendError, "" for other errors.
func sendErrorName(err error) string {
	var e *chat.SendError
	if errors.As(err, &e) {
		return e.Name
	}
	return ""
}
