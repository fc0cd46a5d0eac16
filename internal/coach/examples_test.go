package coach

import (
	"testing"

	"waymark/internal/transcript"
)

func TestExamples(t *testing.T) {
	book := shipped(t)
	transcript.Run(t, "testdata/examples/*.txt", func(t *testing.T) transcript.Driver { return newDesk(t, book) })
}
