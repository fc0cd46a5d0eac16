package slackapp

import "errors"

// CheckTokens finds tokens of the wrong shape, empty ones and swapped ones,
// without asking Slack. Errors are *TokenErrors, joined when both are wrong.
func CheckTokens(app, bot string) error {
	return errors.Join(appToken.check(app), botToken.check(bot))
}
