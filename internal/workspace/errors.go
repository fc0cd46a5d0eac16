package workspace

import (
	"errors"
	"net/http"
)

// Error is why a person's action could not be carried out: what the page or a
// test asked of /_local/ and of the methods behind it.
type Error struct {
	Status int    // HTTP status, 4xx
	Name   string // what happened, in a few words or in Slack's error name
}

func (e *Error) Error() string { return e.Name }

func invalid(name string) error  { return &Error{http.StatusBadRequest, name} }
func notFound(name string) error { return &Error{http.StatusNotFound, name} }

// What a person sees when the app does not answer, in Slack's names.
var (
	// ErrDispatchFailed reports a command, click or form that found no open socket.
	ErrDispatchFailed = &Error{http.StatusConflict, "dispatch_failed"}
	// ErrOperationTimeout reports one that was delivered and not acknowledged in time.
	ErrOperationTimeout = &Error{http.StatusRequestTimeout, "operation_timeout"}
)

func statusOf(err error) int {
	var e *Error
	if errors.As(err, &e) {
		return e.Status
	}
	return http.StatusBadRequest
}

// slackError is a refusal of the Web API: its error name and what comes with it.
type slackError struct {
	name  string
	extra map[string]any
}

func (e *slackError) Error() string { return e.name }

func slackErr(name string) error { return &slackError{name: name} }

// slackErrWith carries Slack's explanations in response_metadata.messages.
func slackErrWith(name string, messages []string) error {
	return &slackError{name: name, extra: map[string]any{
		"response_metadata": map[string]any{"messages": messages},
	}}
}
