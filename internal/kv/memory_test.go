package kv_test

import (
	"testing"

	"waymark/internal/kv"
	"waymark/internal/kv/kvtest"
)

func TestMemory(t *testing.T) {
	kvtest.Run(t, func(*testing.T) kv.Store { return kv.NewMemory() }, nil)
}
