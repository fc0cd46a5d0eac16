package bot

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"syscall"

	"waymark/internal/coach"
	"waymark/internal/control"
	"waymark/internal/kv/boltkv"
	"waymark/internal/seal"
	"waymark/internal/store"
)

// What an operator can ask of a running bot, by the names it has on the socket.
const (
	askBackup = "backup"
	askRotate = "key/rotate"
)

// commands are what the bot does when a command asks for it.
func (f *folder) commands() map[string]control.Handler {
	alone := func(do control.Handler) control.Handler {
		return func(ctx context.Context, argument string) (string, error) {
			if !f.asked.TryLock() {
				return "", errors.New("the bot is busy with another backup or key rotation: try again later")
			}
			defer f.asked.Unlock()
			return do(ctx, argument)
		}
	}
	return map[string]control.Handler{askBackup: alone(f.backup), askRotate: alone(f.rotate)}
}

// listen answers commands until ctx ends. A bot without its socket is better
// than none.
func (b *Bot) listen(ctx context.Context) {
	commands := b.data.commands()
	commands[askReload] = b.reload
	for name, do := range commands {
		commands[name] = noted(name, do, b.log)
	}
	commands[askHealth] = b.health // comes every few seconds, and says what there is to say
	s, err := control.Listen(b.data.dir, commands, b.log)
	if err == nil {
		err = s.Serve(ctx)
	}
	if err != nil {
		b.log.Warn("commands cannot reach this bot: backups and key rotation need it stopped", "err", err)
	}
}

// noted is a command of which the log tells.
func noted(name string, do control.Handler, log *slog.Logger) control.Handler {
	return func(ctx context.Context, argument string) (string, error) {
		log.Info("command of the operator", "command", name)
		answer, err := do(ctx, argument)
		if err != nil {
			log.Error("command of the operator failed", "command", name, "err", err)
		}
		return answer, err
	}
}

// ask has the bot that runs on the data do something, or does it itself when
// none does.
func ask(ctx context.Context, cfg Config, name, argument string) (string, error) {
	answer, err := control.Ask(ctx, cfg.Data, name, argument)
	if !errors.Is(err, control.ErrNobody) {
		return answer, err
	}
	if missing(filepath.Join(cfg.Data, dataFile)) {
		return "", fmt.Errorf("there is no data in %s: name the folder of the bot with --data", cfg.Data)
	}
	f, err := openFolder(ctx, cfg)
	if err != nil {
		return "", err
	}
	answer, err = f.commands()[name](ctx, argument)
	return answer, errors.Join(err, f.Close(), giveBack(cfg.Data))
}

// giveBack gives the files of a data folder to whoever the folder belongs to: what
// an administrator has written there could not be opened by the bot's user.
func giveBack(dir string) error {
	owner, err := ownerOf(dir)
	if err != nil || os.Geteuid() != 0 {
		return nil // there is nobody else to give them to
	}
	all, err := filepath.Glob(filepath.Join(dir, "waymark.*"))
	for _, path := range all {
		if err := os.Lchown(path, int(owner.Uid), int(owner.Gid)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("give the data back to its owner: %w", err)
		}
	}
	return err
}

func ownerOf(path string) (*syscall.Stat_t, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	owner, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return nil, errors.New("the system does not tell owners")
	}
	return owner, nil
}

// Backup writes a copy of the data to a file, while the bot runs or when none
// does, and one of the keys to waymark.keys beside it, in the place of the one
// that an earlier backup left there: whoever was deleted since is deleted in the
// earlier backups as well. The master key is not part of it. It returns what to
// tell the operator.
func Backup(ctx context.Context, cfg Config, path string) (string, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", fmt.Errorf("back up: %w", err)
	}
	return ask(ctx, cfg, askBackup, abs)
}

func (f *folder) backup(ctx context.Context, path string) (string, error) {
	keys := filepath.Join(filepath.Dir(path), ringFile)
	if path == keys {
		return "", fmt.Errorf("back up to %s: that is the name of the file of keys; choose another", path)
	}
	if err := f.file.Backup(ctx, path); err != nil {
		return "", err
	}
	if err := f.ring.CopyTo(keys); err != nil { // after the data: all keys that it needs are there
		return "", err
	}
	info, err := os.Stat(path)
	if err != nil {
		return "", fmt.Errorf("back up to %s: %w", path, err)
	}
	return fmt.Sprintf("The data is in %s (%d KB), its keys are in %s. Keep that one only as the newest of all backups.\nThe master key %s is not in them: keep a copy of %s elsewhere.\n",
		path, info.Size()>>10, keys, f.ring.MasterID(), f.key), nil
}

// RotateKey wraps all keys under another master key, while the bot runs or when
// none does: the one in the file to, or a new one in the place of the old. From
// then on the old one opens nothing. It returns what to tell the operator.
func RotateKey(ctx context.Context, cfg Config, to string) (string, error) {
	if to != "" {
		abs, err := filepath.Abs(to)
		if err != nil {
			return "", fmt.Errorf("rotate the key: %w", err)
		}
		to = abs
	}
	return ask(ctx, cfg, askRotate, to)
}

func (f *folder) rotate(_ context.Context, to string) (string, error) {
	old := f.ring.MasterID()
	if to == "" {
		if err := f.ring.RotateFile(f.key); err != nil {
			return "", err
		}
		return fmt.Sprintf("The key is now %s, in %s; %s opens nothing any more.\nCopy the new one to where you keep a copy, and make a backup: earlier copies of waymark.keys need the old one.\n",
			f.ring.MasterID(), f.key, old), nil
	}
	next, err := seal.ReadMaster(to)
	if err != nil {
		return "", err
	}
	if err := f.ring.Rotate(next); err != nil {
		return "", err
	}
	f.key = to
	return fmt.Sprintf("The key is now %s, from %s; %s opens nothing any more.\nSet WAYMARK_KEY_FILE to it before the next start, and make a backup: earlier copies of waymark.keys need the old one.\n",
		f.ring.MasterID(), to, old), nil
}

// Restore puts a backup in the place of the data, which nobody may have open.
// keys is a copy of the keys, "" = the one beside the backup; it is used when the
// folder has none, else only to learn of deletions. Everything is opened and
// checked before it takes the place of anything, and whoever has deleted their
// data since is taken out. It returns what to tell the operator.
func Restore(ctx context.Context, cfg Config, from, keys string) (string, error) {
	cfg = cfg.withDefaults()
	if err := os.MkdirAll(cfg.Data, 0o700); err != nil {
		return "", fmt.Errorf("make the data folder: %w", err)
	}
	if keys == "" {
		keys = filepath.Join(filepath.Dir(from), ringFile)
	}
	var found store.Restored
	path := filepath.Join(cfg.Data, dataFile)
	err := boltkv.Replace(path, boltkv.Options{Now: wallClock, Log: cfg.Log}, func(fresh string) (err error) {
		if err := copyFile(from, fresh); err != nil {
			return err
		}
		found, err = check(ctx, cfg, fresh, keys)
		return err
	})
	if err = errors.Join(err, giveBack(cfg.Data)); err != nil {
		return "", fmt.Errorf("restore %s: %w", from, err)
	}
	answer := fmt.Sprintf("The data of %s is back: people %d, messages that had not left %d, deleted since %d, damaged %d.\n",
		from, found.People, found.Rows, found.Deleted, len(found.Damaged))
	for _, id := range found.Damaged {
		answer += fmt.Sprintf("Damaged: %s\n", id)
	}
	if !missing(path + ".replaced") {
		answer += fmt.Sprintf("What was there before is in %s.replaced.\n", path)
	}
	return answer, nil
}

// check makes the copy of a backup fit for use.
func check(ctx context.Context, cfg Config, path, keys string) (found store.Restored, err error) {
	file, err := boltkv.Open(path, boltkv.Options{Now: wallClock, Log: cfg.Log})
	if err != nil {
		return found, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	state, err := store.StateOf(ctx, file)
	if err != nil {
		return found, err
	}
	if err := state.Newer(coach.Fields()); err != nil {
		return found, err
	}
	if state.Layout == 0 {
		return found, errors.New("it is the backup of nothing")
	}
	if !state.Sealed() {
		return found, errors.New("it is from a version that did not seal the data: put it into the data folder as waymark.db, and the next start seals it")
	}
	ring, settle, err := openKeys(cfg, keys)
	if err != nil {
		return found, err
	}
	defer func() { err = errors.Join(err, ring.Close(), settle(err == nil)) }()
	s, err := store.Open(ctx, file, storeOptions(ring, cfg.Log))
	if err != nil {
		return found, err
	}
	return s.Restore(ctx)
}

// openKeys opens the keys of the data folder or, when it has none, a copy of
// them, which settle leaves there if all went well.
func openKeys(cfg Config, copied string) (ring *seal.Ring, settle func(well bool) error, err error) {
	path := filepath.Join(cfg.Data, ringFile)
	used := path
	settle = func(bool) error { return nil }
	if missing(path) && !missing(copied) {
		used = path + ".copy"
		settle = func(well bool) error {
			if well {
				return os.Rename(used, path)
			}
			return os.Remove(used)
		}
		if err := copyFile(copied, used); err != nil {
			return nil, nil, err
		}
	}
	key, _ := keyOf(cfg)
	ring, err = seal.Open(seal.Options{Path: used, KeyFile: key, MustExist: true, Log: cfg.Log})
	if err != nil {
		return nil, nil, errors.Join(err, settle(false))
	}
	if used == path && !missing(copied) {
		if _, err := ring.EraseAsIn(copied); err != nil && !errors.Is(err, seal.ErrOther) {
			return nil, nil, errors.Join(err, ring.Close())
		}
	}
	return ring, settle, nil
}

// copyFile copies a file, for its owner alone, durably.
func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}
