package coach

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"waymark/internal/chat"
	"waymark/internal/transcript"
)

// deskFiles are the files that a desk was given.
type deskFiles struct {
	uploads map[string]chat.File // by id
	files   []chat.File          // as they are shown, in order
	noFiles error                // the answer to every upload
	cleared int                  // how often a channel was
}

func (d *desk) Upload(_ context.Context, f chat.File) (string, error) {
	if d.noFiles != nil {
		return "", d.noFiles
	}
	if d.uploads == nil {
		d.uploads = map[string]chat.File{}
	}
	id := fmt.Sprintf("F%d", len(d.uploads)+1)
	d.uploads[id] = f
	return id, nil
}

func (d *desk) Share(_ context.Context, channel, id string, f chat.File, m chat.Message) error {
	up, ok := d.uploads[id]
	if !ok || up.Name != f.Name {
		return errors.New("another file than the one that was uploaded")
	}
	d.shown[channel] = append(d.shown[channel], posted{d.ts(), id, m})
	d.files = append(d.files, up)
	d.out = append(append(d.out, transcript.Lines("coach", m)...), fmt.Sprintf("(file %s: %s)", f.Name, f.Title))
	if up.Alt != "" {
		d.out = append(d.out, "(alt: "+up.Alt+")")
	}
	return nil
}

func (d *desk) Shared(_ context.Context, channel, after, id string) (string, bool, error) {
	i := slices.IndexFunc(d.shown[channel], func(p posted) bool { return p.id == id && p.ts > after })
	if i < 0 {
		return "", false, nil
	}
	return d.shown[channel][i].ts, true, nil
}

func (d *desk) Clear(_ context.Context, channel string) error {
	d.shown[channel] = nil
	d.cleared++
	d.out = append(d.out, "(all messages of the coach are taken back)")
	return nil
}
