//go:build driven

package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"waymark/internal/bot"
)

// A build with the tag "driven" takes its time from its standard input: a line
// for each moment to which its clock moves, in RFC 3339, the first of them before
// it starts. It repeats each on its standard output as soon as it is in force. In
// between the clock stands still. It minds no pace either. The crash tests run
// such a build, since years go by in them.
func init() {
	adjust = func(ctx context.Context, cfg *bot.Config) error {
		in := bufio.NewReader(os.Stdin)
		var clock atomic.Pointer[time.Time]
		next := func() error {
			line, err := in.ReadString('\n')
			if err != nil {
				return fmt.Errorf("read the time from standard input: %w", err)
			}
			at, err := time.Parse(time.RFC3339Nano, strings.TrimSpace(line))
			if err != nil {
				return fmt.Errorf("read the time from standard input: %w", err)
			}
			clock.Store(&at)
			fmt.Print(line)
			return nil
		}
		if err := next(); err != nil {
			return err
		}
		moved := make(chan struct{}, 1)
		go func() {
			for next() == nil {
				select {
				case moved <- struct{}{}:
				case <-ctx.Done():
					return
				}
			}
		}()
		cfg.Now, cfg.Moved, cfg.Pace = func() time.Time { return *clock.Load() }, moved, 1000
		return nil
	}
}
