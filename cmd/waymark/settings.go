package main

import (
	"io"
	"log/slog"
	"net/url"
	"os"
	"strings"
)

// logSettings are the flags of everything that runs for long. Each command sets
// logLevel, the default.
type logSettings struct {
	LogLevel  string `help:"What to log: debug, info, warn or error." default:"${logLevel}" env:"WAYMARK_LOG_LEVEL"`
	LogFormat string `help:"How to log: text or json." default:"text" env:"WAYMARK_LOG_FORMAT"`
}

// logger makes the log, or tells every setting of it that is wrong.
func (s logSettings) logger(w io.Writer) (*slog.Logger, []error) {
	var errs []error
	levels := map[string]slog.Level{"debug": slog.LevelDebug, "info": slog.LevelInfo, "warn": slog.LevelWarn, "error": slog.LevelError}
	level, ok := levels[s.LogLevel]
	if !ok {
		errs = append(errs, setting("--log-level (WAYMARK_LOG_LEVEL)", "%q is not one of debug, info, warn, error", s.LogLevel))
	}
	o := &slog.HandlerOptions{Level: level}
	switch s.LogFormat {
	case "json":
		return slog.New(slog.NewJSONHandler(w, o)), errs
	case "text":
		return slog.New(slog.NewTextHandler(w, o)), errs
	}
	return nil, append(errs, setting("--log-format (WAYMARK_LOG_FORMAT)", "%q is not one of text, json", s.LogFormat))
}

// promptSettings are the flags of everything that talks.
type promptSettings struct {
	Prompts       string `help:"Folder of your own prompts, with flows/ and texts/, instead of the built-in ones." env:"WAYMARK_PROMPTS" placeholder:"DIR"`
	Rules         string `help:"File of holidays, review cycles and the window to spread reminders in; read again when it changes." env:"WAYMARK_RULES" placeholder:"FILE"`
	CommandPrefix string `help:"Put before the slash commands' names: acme- makes /acme-goals." env:"WAYMARK_COMMAND_PREFIX" placeholder:"PREFIX"`
}

// token reads a token from its variable or from the file that NAME_FILE names.
// It is empty when neither is set; what a token must look like is checked later.
func token(variable string) (string, error) {
	value, file := os.Getenv(variable), os.Getenv(variable+"_FILE")
	if file == "" {
		return value, nil
	}
	if value != "" {
		return "", setting(variable, "%s_FILE is set as well: keep one of the two", variable)
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		return "", setting(variable+"_FILE", "cannot be read: %v", err)
	}
	return strings.TrimSpace(string(raw)), nil // files end with a line break
}

// apiURL checks the address of Slack's Web API; "" stands for Slack's own.
func apiURL(s string) (string, error) {
	if s == "" {
		return "", nil
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return "", setting("--api-url (SLACK_API_URL)", "%q is not an address like https://slack.com/api/", s)
	}
	return strings.TrimSuffix(s, "/") + "/", nil
}
