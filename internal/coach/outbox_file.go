package coach

import (
	"context"
	"errors"
	"time"

	"waymark/internal/chat"
	"waymark/internal/store"
)

// fileTries is how often a file that the platform has lost is uploaded again.
const fileTries = 3

// file makes a file from the record as it is now, uploads it and shows it in the
// DM. Uploading twice leaves a file nobody sees; showing it must happen once, so
// the id of the upload is durable before, and what may have been shown is looked
// for.
func (d *delivery) file(ctx context.Context, unknown bool) (pause, error) {
	made, err := d.make(ctx)
	switch {
	case err != nil:
		return pause{}, err
	case made.instead != nil:
		return pause{}, d.instead(ctx, *made.instead)
	case d.row.FileID == "":
		return d.upload(ctx, made.file)
	case unknown:
		ts, found, err := d.lookForFile(ctx)
		if err != nil {
			return d.failed(ctx, err, unknown)
		}
		if found {
			return pause{}, d.finish(ctx, ts)
		}
	case !d.fresh:
		if err := d.mark(ctx); err != nil || !d.more {
			return pause{}, err
		}
	}
	err = d.share(ctx, made)
	var se *chat.SendError
	switch {
	case err == nil:
		return pause{}, d.finish(ctx, "")
	case errors.As(err, &se) && se.Name == "file_not_found" && d.row.Tries < fileTries: // it was kept for a while only
		d.row.FileID = ""
		return d.failed(ctx, &chat.SendError{Name: se.Name, RetryAfter: se.RetryAfter, Err: se.Err}, false)
	case errors.As(err, &se) && (se.Permanent || se.Name == "file_not_found"):
		return d.refused(ctx, se)
	}
	return d.failed(ctx, err, unknown || chat.Unknown(err) || !known(err))
}

// make makes the file of the row.
func (d *delivery) make(ctx context.Context) (made madeFile, err error) {
	var p Person
	err = d.c.store.View(ctx, func(tx *store.Tx) error {
		_, err := d.own(tx).record(&p)
		return err
	})
	if err != nil {
		return made, err
	}
	err = d.call(func() (err error) {
		made, err = d.c.makeFile(d.person, &p, d.row)
		return err
	})
	if err != nil {
		d.c.log.Error("file cannot be made", "person", d.person, "file", d.row.File, "error", err)
		m := d.c.refusal(d.row, "internal_error")
		made.instead = &m
	}
	return made, nil
}

// upload brings the file to the platform and keeps its id; the row is marked at
// once, as the file is shown next.
func (d *delivery) upload(ctx context.Context, f chat.File) (pause, error) {
	var id string
	err := d.call(func() (err error) {
		id, err = d.s.Upload(ctx, f)
		return err
	})
	var se *chat.SendError
	switch {
	case errors.As(err, &se) && se.Permanent:
		return d.refused(ctx, se)
	case err != nil:
		return d.failed(ctx, err, false)
	}
	row := d.row
	row.FileID, row.Attempting = id, true
	return pause{}, d.change(context.WithoutCancel(ctx), func(tx *store.Tx) (head, error) {
		return head{row, true, true}, tx.PutRow(row)
	})
}

// share makes the call that must not happen twice; see post.
func (d *delivery) share(ctx context.Context, made madeFile) error {
	ctx, cancel := finishing(ctx)
	defer cancel()
	return d.call(func() error { return d.s.Share(ctx, d.row.Channel, d.row.FileID, made.file, made.beside) })
}

// lookForFile searches the DM for a file that may have been shown, twice with a
// pause; see look.
func (d *delivery) lookForFile(ctx context.Context) (ts string, found bool, err error) {
	var sent store.Delivered
	err = d.c.store.View(ctx, func(tx *store.Tx) error {
		sent, err = d.own(tx).delivered()
		return err
	})
	for i := 0; err == nil && i < 2; i++ {
		if i > 0 {
			timer := time.NewTimer(lookPause)
			select {
			case <-ctx.Done():
				timer.Stop()
				return "", false, ctx.Err()
			case <-timer.C:
			}
		}
		err = d.call(func() (err error) {
			ts, found, err = d.s.Shared(ctx, d.row.Channel, sent.Last, d.row.FileID)
			return err
		})
		if found {
			return ts, true, err
		}
	}
	return "", false, err
}

// refused tells the person once that the platform takes no file, and why: none
// of those that were asked for together is tried any more.
func (d *delivery) refused(ctx context.Context, se *chat.SendError) (pause, error) {
	d.tell("parked", se.Name)
	d.c.log.Warn("file not taken", "person", d.person, "file", d.row.File, "error", se.Name)
	return pause{}, d.instead(ctx, d.c.refusal(d.row, se.Name))
}

// instead puts a message in the place of the row and takes out the other files
// that were asked for together with it.
func (d *delivery) instead(ctx context.Context, m chat.Message) error {
	return d.change(context.WithoutCancel(ctx), func(tx *store.Tx) (head, error) {
		rows, err := d.own(tx).rows()
		if err != nil {
			return head{}, err
		}
		for _, r := range rows {
			if r.Kind == store.File && r.Batch == d.row.Batch && r.Batch != "" && r.Seq != d.row.Seq {
				if err := tx.RemoveRow(r); err != nil {
					return head{}, err
				}
			}
		}
		row := d.row
		row.Kind, row.Message = store.Post, m
		row.File, row.FileID, row.Batch = "", "", ""
		row.ID, row.Attempting, row.Tries = row.ID+".i", false, 0 // another message, which was never tried
		return head{row: row, more: true}, tx.PutRow(row)
	})
}

// clear takes back what the coach has sent. It can be done any number of times;
// what the platform will never take back stays.
func (d *delivery) clear(ctx context.Context) (pause, error) {
	err := d.call(func() error { return d.s.Clear(ctx, d.row.Channel) })
	var se *chat.SendError
	switch {
	case err == nil:
	case errors.As(err, &se) && se.Permanent:
		d.c.log.Warn("channel cannot be cleared", "person", d.person, "error", se.Name)
	default:
		return d.failed(ctx, err, false)
	}
	return pause{}, d.finish(ctx, "")
}
