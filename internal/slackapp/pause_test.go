package slackapp

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/slack-go/slack"
)

func TestPauseBeforeTheNextConnection(t *testing.T) {
	down := errors.New("connection refused")
	for name, tt := range map[string]struct {
		tries int
		err   error
		want  time.Duration
	}{
		"after the first":                   {1, down, 250 * time.Millisecond},
		"twice as long after the second":    {2, down, 500 * time.Millisecond},
		"and so on":                         {5, down, 4 * time.Second},
		"at most a minute":                  {9, down, time.Minute},
		"also after days":                   {100_000, down, time.Minute},
		"as long as Slack asks for":         {1, &slack.RateLimitedError{RetryAfter: 90 * time.Second}, 90 * time.Second},
		"not shorter because of that":       {5, fmt.Errorf("open: %w", &slack.RateLimitedError{RetryAfter: time.Second}), 4 * time.Second},
		"longer when there are too many":    {1, errTooMany, 2 * time.Second},
		"a minute when there stay too many": {7, errTooMany, time.Minute},
		"connections that do not last":      {2, nil, 500 * time.Millisecond},
	} {
		if got := pauseBefore(tt.tries, tt.err); got != tt.want {
			t.Errorf("%s: pauseBefore(%d, %v) = %v, want %v", name, tt.tries, tt.err, got, tt.want)
		}
	}
}
