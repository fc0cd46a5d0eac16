// Package control lets a command ask something of the bot that runs on the same
// data: only that process may touch the data, so "waymark backup" asks it to make
// the backup. It knows a socket in the data folder, who may open it, and how a
// question and its answer travel; what can be asked is its users' business.
//
// The socket is waymark.sock in the data folder, for the bot's user alone. A
// question is a POST to the name of what is asked, with one argument as the body.
package control

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"
)

// socketName is the name of the socket in the data folder.
const socketName = "waymark.sock"

// maxArgument is the longest argument and the longest answer, in bytes.
const maxArgument = 64 << 10

// ErrNobody reports that no bot listens in a data folder.
var ErrNobody = errors.New("no bot is running on this data")

// A Handler does what is asked and says what came of it, in a line or a few for
// whoever asked. ctx ends when they give up or the bot stops.
type Handler func(ctx context.Context, argument string) (answer string, err error)

// Server answers on a socket.
type Server struct {
	listener net.Listener
	folder   *os.File
	log      *slog.Logger
	handlers map[string]Handler
}

// Listen makes the socket of a data folder, which the caller holds: one that is
// there was left behind by a process that was killed.
func Listen(dir string, handlers map[string]Handler, log *slog.Logger) (*Server, error) {
	folder, err := os.Open(dir)
	if err != nil {
		return nil, fmt.Errorf("listen for commands: %w", err)
	}
	s := &Server{folder: folder, log: log, handlers: handlers}
	if s.listener, err = listen(dir, folder); err != nil {
		return nil, errors.Join(fmt.Errorf("listen for commands: %w", err), folder.Close())
	}
	return s, nil
}

func listen(dir string, folder *os.File) (net.Listener, error) {
	path := filepath.Join(dir, socketName)
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	l, err := net.Listen("unix", address(path, folder))
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return l, nil
}

// longPath is more than the address of a socket may have on some systems.
const longPath = 100

// address is how the system is told a socket's path: a long one through the
// folder that is open.
func address(path string, folder *os.File) string {
	if len(path) < longPath {
		return path
	}
	return fmt.Sprintf("/proc/self/fd/%d/%s", folder.Fd(), socketName)
}

// Serve answers until ctx ends, and returns when nobody is being answered any
// more and the socket is gone.
func (s *Server) Serve(ctx context.Context) error {
	defer s.folder.Close()
	var working sync.RWMutex // read-held by each answer
	server := &http.Server{
		BaseContext:       func(net.Listener) context.Context { return ctx },
		ReadHeaderTimeout: 5 * time.Second,
		ErrorLog:          slog.NewLogLogger(s.log.Handler(), slog.LevelDebug),
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if working.TryRLock() {
				defer working.RUnlock()
				s.answer(w, r)
			}
		}),
	}
	stop := context.AfterFunc(ctx, func() { _ = server.Close() })
	defer stop()
	err := server.Serve(s.listener)
	working.Lock() // and never unlocked: nobody is answered any more
	if ctx.Err() != nil || errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return fmt.Errorf("answer commands: %w", err)
}

func (s *Server) answer(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, "/")
	do, ok := s.handlers[name]
	if !ok || r.Method != http.MethodPost {
		http.Error(w, "the running bot is of another version and does not know this: restart it", http.StatusNotFound)
		return
	}
	argument, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxArgument))
	if err != nil {
		http.Error(w, "the argument is too long", http.StatusBadRequest)
		return
	}
	answer, err := do(r.Context(), string(argument))
	if err != nil {
		http.Error(w, err.Error(), http.StatusUnprocessableEntity)
		return
	}
	_, _ = io.WriteString(w, answer) // whoever asked may be gone
}

// Ask asks the bot that runs on a data folder. The error is ErrNobody when there
// is none, or what the bot says went wrong.
func Ask(ctx context.Context, dir, name, argument string) (answer string, err error) {
	folder, err := os.Open(dir)
	if errors.Is(err, os.ErrNotExist) {
		return "", ErrNobody
	}
	if err != nil {
		return "", fmt.Errorf("ask the running bot: %w", err)
	}
	defer folder.Close()
	transport := &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "unix", address(filepath.Join(dir, socketName), folder))
	}}
	defer transport.CloseIdleConnections()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://waymark/"+name, strings.NewReader(argument))
	if err != nil {
		return "", fmt.Errorf("ask the running bot: %w", err)
	}
	resp, err := (&http.Client{Transport: transport}).Do(req)
	switch {
	case errors.Is(err, os.ErrNotExist), errors.Is(err, syscall.ECONNREFUSED):
		return "", ErrNobody
	case err != nil:
		return "", fmt.Errorf("ask the running bot: %w", err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxArgument))
	if err != nil {
		return "", fmt.Errorf("ask the running bot: %w", err)
	}
	if resp.StatusCode != http.StatusOK {
		return "", errors.New(strings.TrimSpace(string(body)))
	}
	return string(body), nil
}
