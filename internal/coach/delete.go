package coach

import (
	"encoding/binary"
	"slices"
	"strconv"
	"strings"
	"time"

	"waymark/internal/chat"
	"waymark/internal/dialogue"
	"waymark/internal/store"
)

// deleteName is the form in which everything is deleted; its fields follow.
const (
	deleteName  = "delete"
	deleteSure  = "sure"
	deleteClear = "clear"
	deleteYes   = "yes"
)

// deleteForm opens the form that says what goes and what stays, and asks for a
// yes. Whoever is not known is told that there is nothing.
func (h *handling) deleteForm() error {
	if !h.known {
		return h.here("delete.nothing")
	}
	if h.e.Kind == chat.Text { // nothing opens above a message
		return h.askDelete()
	}
	text := func(key string) string { return h.c.text("delete."+key, h.fields()) }
	f := &chat.Form{Name: deleteName, Title: text("title"), Send: text("send"), Cancel: text("cancel")}
	for i, b := range dialogue.Blocks(text("what")) {
		f.Fields = append(f.Fields, chat.Field{Name: "what" + itoa(i), Kind: chat.Shown, Block: b})
	}
	yes := func(name, label string, optional bool) chat.Field {
		return chat.Field{Name: name, Kind: chat.Picks, Label: text(name), Choices: []chat.Choice{{Value: deleteYes, Label: text(label)}}, Optional: optional}
	}
	f.Fields = append(f.Fields, yes(deleteClear, "clear_yes", true), yes(deleteSure, "sure_yes", false))
	h.reply.Form = f
	return nil
}

// askDelete offers the form to somebody who asked for it in words.
func (h *handling) askDelete() error {
	if err := h.flush(nil); err != nil {
		return err
	}
	m := h.c.message("delete.ask", h.fields())
	m.Blocks = append(m.Blocks, chat.Block{Kind: chat.Buttons, ID: deleteName, Choices: []chat.Choice{
		{Value: "form:" + deleteName, Label: h.c.text("delete.button", h.fields())},
	}})
	return h.post(m, false, nil)
}

// submitDelete deletes everything about the person, in this transaction: record,
// wake entry, outbox and key. What is left for a day is a tombstone without any
// of their words. The receipt is the answer to the form and nothing else.
func (h *handling) submitDelete() error {
	if !h.known {
		h.receipt("nothing")
		return nil
	}
	if !slices.Contains(h.e.Form[deleteSure], deleteYes) {
		h.reply.FormErrors = map[string]string{deleteSure: h.c.text("delete.unsure", h.fields())}
		return nil
	}
	if err := h.tx.SetWake(h.e.Person, h.p.Wake, time.Time{}); err != nil {
		return err
	}
	if err := h.tx.Hush(h.e.Person); err != nil {
		return err
	}
	h.p.remember(h.e.ID, chat.Reply{}, h.now)
	left := tombstone{At: h.now, Seq: h.p.Dialogue.Seq, Seen: h.p.Seen.recent(h.now)}
	if err := h.tx.Bury(h.e.Person, left.bytes(), h.now.Add(keepSeen)); err != nil {
		return err
	}
	h.gone = true
	if h.p.Home.Opened { // what it shows is taken off
		h.tab = true
		if err := h.tx.MarkHome(h.e.Person, h.now); err != nil {
			return err
		}
	}
	keys := []string{"done"}
	if slices.Contains(h.e.Form[deleteClear], deleteYes) {
		keys = append(keys, "clearing")
		if err := h.clearDM(); err != nil {
			return err
		}
	}
	h.receipt(keys...)
	return nil
}

// clearDM takes back the coach's messages and files. The row stands before all
// that a new record of the same person may bring, and holds the channel alone.
func (h *handling) clearDM() error {
	h.speaks = true
	return h.tx.PutRow(store.Row{
		Person: h.e.Person, Kind: store.Clear, Channel: h.dm(), Created: h.now.UTC(),
		ID: "0." + strconv.FormatInt(h.now.UnixNano(), 36),
	})
}

// receipt says in the place of the form what has become of it.
func (h *handling) receipt(keys ...string) {
	f := &chat.Form{Name: deleteName, Title: h.c.text("delete.title", h.fields()), Cancel: h.c.text("delete.close", h.fields())}
	for _, key := range keys {
		for _, b := range dialogue.Blocks(h.c.text("delete."+key, h.fields())) {
			f.Fields = append(f.Fields, chat.Field{Name: "shown" + itoa(len(f.Fields)), Kind: chat.Shown, Block: b})
		}
	}
	h.reply.Form = f
}

// afterDeletion looks at an event of somebody who is not known, but may have been
// until a while ago. What has been handled, and what happened before the
// deletion, brings nothing back; done says that the event is dealt with.
func (h *handling) afterDeletion() (done bool, err error) {
	raw, ok, err := h.own().gone(h.now)
	if err != nil || !ok {
		h.p.Dialogue.Seq = firstNumber(h.now)
		return false, err
	}
	left := parseTombstone(raw)
	h.p.Seen, h.p.Dialogue.Seq, h.p.Since = left.Seen, left.Seq, left.At.UTC()
	_, again := h.p.handled(h.e.ID)
	switch {
	case h.e.Kind == chat.Submitted && h.e.Action == deleteName && again:
		h.receipt("done")
	case again, h.e.Kind == chat.Due:
	case h.e.Kind == chat.Submitted && h.e.Action == deleteName:
		return false, nil
	case h.e.Kind == chat.Submitted: // what was typed stays in the form
		h.reply.FormErrors = map[string]string{"": h.c.text("delete.old", h.fields())}
	case h.e.Kind == chat.Text && h.e.At.Before(left.At):
		return true, h.tooOld()
	case (h.e.Kind == chat.Edited || h.e.Kind == chat.Deleted) && h.e.At.Before(left.At):
	case h.e.Kind == chat.Opened:
		return true, h.showEmpty()
	case h.e.Kind == chat.Click && h.e.View != "" && !startsAnew(h.e.Values):
		m := h.c.message("delete.old", h.fields())
		h.reply.Message = &m
		return true, h.showEmpty()
	default:
		h.p.Home.Opened = h.e.View != ""
		if left.Expired {
			h.backTooLate(left.At)
		}
		return false, nil
	}
	return true, nil
}

// tooOld answers a message that was written before the deletion and came after.
func (h *handling) tooOld() error {
	m := h.c.message("delete.before", h.fields())
	h.reply.Message = &m
	return nil
}

// startsAnew reports whether something on the tab can be tapped by somebody whom
// the coach does not know.
func startsAnew(values []string) bool {
	return slices.ContainsFunc(values, func(v string) bool { return v == "h:start" || v == "h:look" })
}

// showEmpty publishes the tab of somebody who is not known, keeping nothing.
func (h *handling) showEmpty() error {
	if h.e.Kind == chat.Opened && h.e.Action != chat.TabHome {
		return nil
	}
	h.tab = true
	return h.tx.MarkHome(h.e.Person, h.now)
}

// firstNumber is what the questions of a new record are numbered from: the
// minutes since 2026. Buttons below questions of a record before it, which the
// platform still shows, have lower numbers, as nobody is asked one a minute.
func firstNumber(now time.Time) int {
	return max(0, int(now.Sub(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))/time.Minute))
}

// fromBefore reports whether what was tapped is a message that came before the
// record began.
func (h *handling) fromBefore() bool {
	if h.e.View != "" || h.p.Since.IsZero() {
		return false
	}
	seconds, _, _ := strings.Cut(h.e.TS, ".")
	n, err := strconv.ParseInt(seconds, 10, 64)
	return err == nil && time.Unix(n, 0).Before(h.p.Since.Truncate(time.Second))
}

// tombstone is what is left of a deleted person for a day.
type tombstone struct {
	At   time.Time // when they were deleted
	Seq  int       // the number of their last question: buttons below older ones stay dead
	Seen seen
	// Expired says that they did not ask for it: see leaver.
	Expired bool
}

const tombstoneHead = 17 // moment and number, 8 bytes each, and a byte of marks

func (t tombstone) bytes() []byte {
	b := binary.BigEndian.AppendUint64(nil, uint64(t.At.UnixMicro()))
	b = binary.BigEndian.AppendUint64(b, uint64(t.Seq))
	var marks byte
	if t.Expired {
		marks = 1
	}
	return append(append(b, marks), t.Seen...)
}

// parseTombstone reads what bytes wrote; what is too short is the zero value.
func parseTombstone(raw []byte) (t tombstone) {
	if len(raw) < tombstoneHead {
		return t
	}
	t.At = time.UnixMicro(int64(binary.BigEndian.Uint64(raw))).UTC()
	t.Seq = int(binary.BigEndian.Uint64(raw[8:]))
	t.Expired = raw[16]&1 != 0
	t.Seen = slices.Clone(seen(raw[tombstoneHead:]))
	return t
}
