package slackapp

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/slack-go/slack"
)

// The variables that hold the tokens.
const (
	AppTokenVariable = "SLACK_APP_TOKEN"
	BotTokenVariable = "SLACK_BOT_TOKEN"
)

var (
	// ErrToken is every TokenError.
	ErrToken = errors.New("slack token")
	// ErrScope is a token that is not allowed what the bot needs.
	ErrScope = errors.New("slack scopes are missing")
	// ErrUnreachable is a Slack that could not be reached or did not answer as
	// Slack does; trying again may help.
	ErrUnreachable = errors.New("slack cannot be reached")
)

// TokenError is a token that Slack will never take. It never holds the token.
type TokenError struct {
	Variable string // SLACK_APP_TOKEN or SLACK_BOT_TOKEN
	Name     string // Slack's name of the error, "" if it was seen before asking
	Problem  string // what is wrong: "is empty"
	Fix      string // what to do
}

// Error says what is wrong, where and what to do.
func (e *TokenError) Error() string {
	s := e.Variable + " " + e.Problem
	if e.Name != "" {
		s += " (Slack says " + e.Name + ")"
	}
	return s + ": " + e.Fix
}

// Is makes every TokenError an ErrToken.
func (e *TokenError) Is(target error) bool { return target == ErrToken }

// tokenKind is what a variable must hold.
type tokenKind struct{ variable, prefix, fix string }

var (
	appToken = tokenKind{AppTokenVariable, "xapp-",
		"in the app's settings under Basic Information, App-Level Tokens, generate a token with the scope connections:write and put it there; it begins with xapp-"}
	botToken = tokenKind{BotTokenVariable, "xoxb-",
		"in the app's settings under OAuth & Permissions, install the app and copy the Bot User OAuth Token; it begins with xoxb-"}
)

// check looks at the shape of a token alone.
func (k tokenKind) check(token string) error {
	bad := func(problem string) error {
		return &TokenError{Variable: k.variable, Problem: problem, Fix: k.fix}
	}
	switch {
	case strings.TrimSpace(token) == "":
		return bad("is empty")
	case strings.ContainsAny(token, "\"'`"):
		return &TokenError{Variable: k.variable, Problem: "contains quotation marks", Fix: "write the token without quotation marks"}
	case strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r > '~' }):
		return &TokenError{Variable: k.variable, Problem: "contains spaces, a line break or characters that no token has", Fix: "copy the token again, without anything around it"}
	case strings.HasPrefix(token, k.prefix) && len(token) > len(k.prefix)+8:
		return nil
	case strings.HasPrefix(token, k.prefix):
		return bad("is cut off")
	case strings.HasPrefix(token, "xoxe.") || strings.HasPrefix(token, "xoxe-"):
		return &TokenError{Variable: k.variable, Problem: "is a rotating token (xoxe)", Fix: "turn off token rotation for the app (OAuth & Permissions), install it again and copy the token anew"}
	case strings.HasPrefix(token, "xoxp-"):
		return bad("is a user token (xoxp-)")
	case strings.HasPrefix(token, "xapp-"):
		return bad("is an app-level token (xapp-); the two tokens may be swapped")
	case strings.HasPrefix(token, "xoxb-"):
		return bad("is a bot token (xoxb-); the two tokens may be swapped")
	}
	return bad("does not begin with " + k.prefix)
}

// CheckTokens finds tokens of the wrong shape, empty ones and swapped ones,
// without asking Slack. Errors are *TokenErrors, joined when both are wrong.
func CheckTokens(app, bot string) error {
	return errors.Join(appToken.check(app), botToken.check(bot))
}

// tokenErrors are Slack's names of errors that no waiting mends.
var tokenErrors = map[string]string{
	"not_authed":             "was not sent",
	"invalid_auth":           "is not valid",
	"account_inactive":       "belongs to an app or a workspace that is no longer there",
	"token_revoked":          "was revoked",
	"token_expired":          "has expired",
	"not_allowed_token_type": "is of the wrong kind",
	"user_removed_from_team": "belongs to a user who was removed",
	"team_disabled":          "belongs to a workspace that was disabled",
	"org_login_required":     "belongs to a workspace that is being moved into an organization",
	"missing_scope":          "lacks a scope",
	"no_permission":          "lacks a permission",
}

// fatalError turns Slack's refusal of a token into a TokenError; nil for
// everything else.
func (k tokenKind) fatalError(err error) error {
	name := errorName(err)
	if problem, ok := tokenErrors[name]; ok {
		return &TokenError{Variable: k.variable, Name: name, Problem: problem, Fix: k.fix}
	}
	return nil
}

// Check finds before connecting what would never work: tokens of the wrong
// shape, swapped, refused by Slack, or lacking scopes. It calls auth.test and
// apps.connections.open once each. Errors are a *TokenError, or match ErrScope
// or ErrUnreachable; all that Slack finds wrong is told together.
func (a *App) Check(ctx context.Context) error {
	if err := CheckTokens(a.cfg.AppToken, a.cfg.BotToken); err != nil {
		return err
	}
	botErr := a.checkBot(ctx)
	if errors.Is(botErr, ErrUnreachable) {
		return botErr // the other call would say the same
	}
	var appErr error
	if _, _, err := a.api.StartSocketModeContext(ctx); err != nil {
		appErr = a.checkError(appToken, "apps.connections.open", err)
	}
	return errors.Join(botErr, appErr)
}

// checkBot asks Slack about the bot token.
func (a *App) checkBot(ctx context.Context) error {
	r, err := a.api.AuthTestContext(ctx)
	if err != nil {
		return a.checkError(botToken, "auth.test", err)
	}
	a.self.Store(identityOf(r))
	if err := checkScopes(r.Header, scopes); err != nil {
		return err
	}
	if err := checkScopes(r.Header, optionalScopes); err != nil {
		a.log.Warn("works with less than it could", "err", err)
	}
	return nil
}

// What to do about what is wrong beyond the tokens themselves; the last part of
// those errors.
const (
	fixScopes  = "update the app's manifest (waymark manifest prints it) and install the app again"
	fixApp     = "see that Socket Mode is on in the app's settings and that the app is installed"
	fixNetwork = "check the network, and HTTPS_PROXY if there is a proxy"
)

func (a *App) checkError(k tokenKind, method string, err error) error {
	if fatal := k.fatalError(err); fatal != nil {
		return fatal
	}
	var refused slack.SlackErrorResponse
	if errors.As(err, &refused) {
		return fmt.Errorf("%s: Slack says %s: %s", method, nameOf(refused.Err), fixApp)
	}
	return fmt.Errorf("%w: %s at %s: %w: %s", ErrUnreachable, method, a.cfg.APIURL, err, fixNetwork)
}

// checkScopes compares the scopes that Slack names in a header with some that
// the bot asks for. Without the header there is nothing to compare.
func checkScopes(h http.Header, scopes []string) error {
	list := h.Get("X-OAuth-Scopes")
	if list == "" {
		return nil
	}
	var has []string
	for s := range strings.SplitSeq(list, ",") {
		has = append(has, strings.TrimSpace(s))
	}
	var missing []string
	for _, s := range scopes {
		if !slices.Contains(has, s) {
			missing = append(missing, s)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	return fmt.Errorf("%w: %s lacks %s: %s",
		ErrScope, BotTokenVariable, strings.Join(missing, ", "), fixScopes)
}
