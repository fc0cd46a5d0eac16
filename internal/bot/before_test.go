package bot

import (
	"bytes"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"waymark/internal/coach"
	"waymark/internal/kv"
)

// Where the copy from before an upgrade cannot be made, the bot says so and starts.
func TestUpgradeWithoutTheCopy(t *testing.T) {
	var log bytes.Buffer
	cfg := Config{Data: t.TempDir(), Log: slog.New(slog.NewTextHandler(&log, nil))}
	f, err := openFolder(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	earlier := []byte(strings.Join(coach.Fields()[1:], "\n"))
	if err := f.file.Update(t.Context(), func(tx kv.Tx) error { return tx.Put([]byte("f"), earlier) }); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	inTheWay := filepath.Join(cfg.Data, dataFile+beforeSuffix, "something")
	if err := os.MkdirAll(inTheWay, 0o700); err != nil {
		t.Fatal(err)
	}
	if f, err = openFolder(t.Context(), cfg); err != nil {
		t.Fatalf("the bot does not start: %v", err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(log.String(), "no copy of the data was kept from before this upgrade") {
		t.Errorf("it does not say that there is no copy:\n%s", &log)
	}
}
