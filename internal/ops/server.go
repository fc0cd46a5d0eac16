package ops

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Check is one thing the bot needs in order to do its work.
type Check struct {
	// Name is one word: "store".
	Name string
	// Look returns nil when all is well, otherwise what is wrong and what to do.
	Look func(ctx context.Context) error
}

// checkTime bounds one look: a probe must not hang on what it looks at.
const checkTime = 2 * time.Second

// Finding is what a check found, as /readyz shows it.
type Finding struct {
	Name  string `json:"name"`
	OK    bool   `json:"ok"`
	Error string `json:"error,omitempty"`
}

// Handler serves
//
//	/healthz   200 while the process answers at all
//	/readyz    200 when every check is well, else 503; the findings as JSON
//	/metrics   for Prometheus
func Handler(m *Metrics, checks []Check) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = w.Write([]byte("ok\n")) // whoever asked may be gone
	})
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		found, ok := Look(r.Context(), checks)
		w.Header().Set("Content-Type", "application/json")
		if !ok {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
		_ = json.NewEncoder(w).Encode(map[string]any{"ready": ok, "checks": found})
	})
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{}))
	return mux
}

// Look makes all checks side by side; one that does not come back has failed. ok
// is whether all of them are well.
func Look(ctx context.Context, checks []Check) (found []Finding, ok bool) {
	ctx, cancel := context.WithTimeout(ctx, checkTime)
	defer cancel()
	answers := make([]chan error, len(checks))
	for i, c := range checks {
		answers[i] = make(chan error, 1)
		go func() { answers[i] <- c.Look(ctx) }()
	}
	ok = true
	for i, c := range checks {
		var err error
		select {
		case err = <-answers[i]: // also when the time went by waiting for one before
		default:
			select {
			case err = <-answers[i]:
			case <-ctx.Done():
				err = fmt.Errorf("did not answer within %s", checkTime)
			}
		}
		f := Finding{Name: c.Name, OK: err == nil}
		if err != nil {
			f.Error, ok = err.Error(), false
		}
		found = append(found, f)
	}
	return found, ok
}

// Listen takes the address, so that a port in use shows before the bot starts.
func Listen(addr string) (net.Listener, error) {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("listen for health and metrics on %s: %w; choose another address or leave it empty", addr, err)
	}
	return l, nil
}

// Serve answers on l until ctx ends.
func Serve(ctx context.Context, l net.Listener, h http.Handler, log *slog.Logger) error {
	s := &http.Server{Handler: h, ReadHeaderTimeout: 5 * time.Second, WriteTimeout: 30 * time.Second, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelDebug)}
	stop := context.AfterFunc(ctx, func() { _ = s.Close() }) // Serve tells
	defer stop()
	if err := s.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve health and metrics: %w", err)
	}
	return nil
}
