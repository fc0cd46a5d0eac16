package bot

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"waymark/internal/chat"
	"waymark/internal/coach"
	"waymark/internal/kv"
	"waymark/internal/kv/boltkv"
	"waymark/internal/slackapp"
	"waymark/internal/store"
)

// minFree is the room on the disk below which a doctor warns: a full disk
// refuses answers.
const minFree = 200 << 20

// Examine looks at everything that can be wrong with cfg and the place it would
// run in, without starting anything and without sending anything: tokens,
// scopes, prompts, the data folder, the disk, the clock. A bot that is running
// on the same data is left alone and said. Findings without a problem are
// listed, too.
func Examine(ctx context.Context, cfg Config) []slackapp.Finding {
	cfg = cfg.withDefaults()
	found := []slackapp.Finding{promptsFinding(cfg.Prompts)}
	rules, err := ReadRules(cfg.Rules)
	if cfg.Rules != "" {
		found = append(found, rulesFinding(err))
	}
	found = append(found, dataFindings(ctx, cfg)...)
	app, err := slackapp.New(slackapp.Config{
		AppToken: cfg.AppToken, BotToken: cfg.BotToken, APIURL: cfg.APIURL, CommandPrefix: cfg.CommandPrefix, Now: cfg.Now,
		Handler: func(context.Context, chat.Event) (chat.Reply, error) { return chat.Reply{}, nil },
	})
	if err != nil {
		return append(found, slackapp.Finding{Check: "command names", Problem: err.Error(), Fix: "change --command-prefix, and the manifest with it"})
	}
	found = append(found, app.Examine(ctx)...)
	return append(found, groupFindings(ctx, rules, app)...)
}

// groupFindings read the user groups that the rules name; none where they cannot
// be used.
func groupFindings(ctx context.Context, r Rules, list lister) (found []slackapp.Finding) {
	if r.Operator == nil {
		return nil
	}
	for _, g := range r.Operator.Groups {
		for _, id := range g.UserGroups {
			f := slackapp.Finding{Check: "user group " + id}
			if _, err := list.GroupMembers(ctx, id); err != nil {
				f.Problem, f.Fix, f.Minor = "it cannot be read: "+named(err), groupFix(err), true
			}
			found = append(found, f)
		}
	}
	return found
}

func promptsFinding(dir string) slackapp.Finding {
	f := slackapp.Finding{Check: "prompts"}
	if _, err := LoadPrompts(dir); err != nil {
		f.Problem, f.Fix = first(err), "mend them; waymark prompts check lists every mistake"
	}
	return f
}

func rulesFinding(err error) slackapp.Finding {
	f := slackapp.Finding{Check: "rules"}
	if err != nil {
		if _, mistakes, listed := strings.Cut(err.Error(), ":\n"); listed {
			err = errors.New(mistakes)
		}
		f.Problem, f.Fix = first(err), "mend the file; waymark calendar --rules lists every mistake, and shows what it does"
	}
	return f
}

// first is the first line of an error, and how many more it has.
func first(err error) string {
	lines := strings.Split(err.Error(), "\n")
	if len(lines) == 1 {
		return lines[0]
	}
	return fmt.Sprintf("%s, and %d more", lines[0], len(lines)-1)
}

// dataFindings look at the data folder and what is in it.
func dataFindings(ctx context.Context, cfg Config) []slackapp.Finding {
	folder := slackapp.Finding{Check: "data folder"}
	if cfg.Data == "" {
		folder.Problem, folder.Fix = "none is named", "set WAYMARK_DATA or --data"
		return []slackapp.Finding{folder}
	}
	place := cfg.Data
	info, err := os.Stat(place)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		place = filepath.Dir(filepath.Clean(place)) // where it would be made
		if _, err := os.Stat(place); err != nil {
			folder.Problem, folder.Fix = "it is not there, and neither is the folder it would be made in", "make it, with mode 0700, for the user the bot runs as"
			return []slackapp.Finding{folder}
		}
	case err != nil:
		folder.Problem, folder.Fix = "it cannot be looked at: "+reason(err), "let the user the bot runs as into it"
		return []slackapp.Finding{folder}
	case !info.IsDir():
		folder.Problem, folder.Fix = "it is a file", "name a folder"
		return []slackapp.Finding{folder}
	case info.Mode().Perm()&0o077 != 0:
		folder.Problem, folder.Fix = fmt.Sprintf("other users may look into it (mode %04o)", info.Mode().Perm()), "chmod 700 "+cfg.Data
		folder.Minor = true
	}
	if err := writable(place); err != nil {
		folder.Problem, folder.Fix, folder.Minor = "nothing can be written to it: "+reason(err), "let the user the bot runs as write to it", false
	}
	return append([]slackapp.Finding{folder, diskFinding(place), keyFinding(cfg)}, fileFinding(ctx, cfg)...)
}

// reason is an error without the path, which the finding names already.
func reason(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}

func writable(dir string) error {
	f, err := os.CreateTemp(dir, ".doctor-*")
	if err != nil {
		return err
	}
	return errors.Join(f.Close(), os.Remove(f.Name()))
}

func diskFinding(dir string) slackapp.Finding {
	f := slackapp.Finding{Check: "room on the disk"}
	var st syscall.Statfs_t
	if err := syscall.Statfs(dir, &st); err != nil {
		return f // a file system that cannot tell
	}
	if free := st.Bavail * uint64(st.Bsize); free < minFree {
		f.Problem = fmt.Sprintf("%d MB are left", free>>20)
		f.Fix = "make room: a full disk refuses what people answer"
		f.Minor = free > 0
	}
	return f
}

// keyFinding looks whether the master key opens the keys of the data.
func keyFinding(cfg Config) slackapp.Finding {
	f := slackapp.Finding{Check: "key of the data"}
	_, own := keyOf(cfg)
	err := keyProblem(cfg)
	switch {
	case err != nil:
		f.Problem, f.Fix = err.Error(), "put the key back that the data was sealed with, and name its file in WAYMARK_KEY_FILE"
	case own:
		f.Problem = "it lies, or will lie, beside the data that it opens"
		f.Fix = "make one elsewhere (waymark key new), change to it (waymark key rotate --to), name it in WAYMARK_KEY_FILE, and keep a copy"
		f.Minor = true
	}
	return f
}

// fileFinding opens the data, unless a bot has it open, and closes it again.
func fileFinding(ctx context.Context, cfg Config) []slackapp.Finding {
	path := filepath.Join(cfg.Data, dataFile)
	if _, err := os.Stat(path); err != nil {
		return nil // it is made at the first start
	}
	f := slackapp.Finding{Check: "data file"}
	file, err := boltkv.Open(path, boltkv.Options{LockWait: time.Millisecond})
	var held *kv.LockedError
	switch {
	case errors.As(err, &held):
		f.Check = fmt.Sprintf("data file (a bot is running on it, process %d)", held.Holder.PID)
	case err != nil:
		f.Problem, f.Fix = err.Error(), "put back your newest backup if it is damaged (waymark restore)"
	default:
		state, err := store.StateOf(ctx, file)
		if err == nil {
			err = state.Newer(coach.Fields())
		}
		if err != nil {
			f.Problem, f.Fix = err.Error(), "start the version that wrote it, or restore "+path+beforeSuffix+" or a backup with this one"
		}
		if err := file.Close(); err != nil {
			f.Problem, f.Fix = err.Error(), "look at the disk"
		}
	}
	return []slackapp.Finding{f}
}
