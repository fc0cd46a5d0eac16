package coach

import (
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"waymark/internal/chat"
	"waymark/internal/dialogue"
	"waymark/internal/reading"
)

// Forms are opened in three ways: by a tap whose value is "form:<name>" or
// "form:<name>:<meta>", by a command, and by a shortcut. A form asked for in the
// DM is answered with a button that opens it, since a message opens nothing.
//
// What a form was about when it was opened travels in chat.Form.Meta: the id, a
// fingerprint of what it showed, and a token of its own. A form whose
// fingerprint is not that of today is shown again, with what was typed and what
// has changed; one whose token was taken already does nothing more.

// formKind is one sort of form.
type formKind struct {
	// fill adds the fields, as the record is now; false when what the form is
	// about is gone.
	fill func(*form) bool
	// version is what the form shows and can change; see form.fingerprint.
	version func(*form) string
	// take does what the form was sent for. It changes nothing when it leaves
	// errors at fields.
	take func(*form) error
}

// formKinds are the forms by their names. A form without version and take shows
// something and cannot be sent.
func formKinds(name string) (formKind, bool) {
	switch name {
	case "goal":
		return formKind{(*form).goalFields, (*form).goalVersion, (*form).goalTake}, true
	case "milestones":
		return formKind{fill: (*form).milestonesFields}, true
	case "tick":
		return formKind{fill: (*form).tick}, true
	case "milestone":
		return formKind{(*form).milestoneFields, (*form).milestoneVersion, (*form).milestoneTake}, true
	case "reflow":
		return formKind{(*form).reflowFields, (*form).planVersion, (*form).reflowTake}, true
	case "win":
		return formKind{(*form).winFields, nil, (*form).winTake}, true
	case "review":
		return formKind{(*form).reviewFields, (*form).reviewVersion, (*form).reviewTake}, true
	case "prepare":
		return formKind{(*form).prepareFields, (*form).prepareVersion, (*form).prepareTake}, true
	case "pay":
		return formKind{(*form).payFields, (*form).payVersion, (*form).payTake}, true
	case "settings":
		return formKind{(*form).settingsFields, (*form).settingsVersion, (*form).settingsTake}, true
	}
	return formKind{}, false
}

// form is one form on its way to a person or back.
type form struct {
	h    *handling
	name string

	// What it is about, as it travels in Meta.
	item    string // id, "" for something new
	page    int    // of a long form, from 1; 0 = where the person is
	home    bool   // opened from the coach's tab, which shows what becomes of it
	date    string // of a preview
	version string
	token   string

	sent map[string][]string // what was filled in, or is filled in beforehand
	errs map[string]string   // at fields
	note string              // said above the fields
	out  chat.Form
}

// openForm is a form as the answer to a tap, a command or a shortcut; meta is
// "<id>[:<page>][:home]". A form of something that is gone says so.
func (h *handling) openForm(name, meta string) *chat.Form {
	f := &form{h: h, name: name, token: h.formToken(), home: h.e.View != ""}
	f.about(meta)
	return f.show()
}

// about reads the meta of a tap.
func (f *form) about(meta string) {
	parts := strings.Split(meta, ":")
	f.item = parts[0]
	for _, p := range parts[1:] {
		if n, err := strconv.Atoi(p); err == nil {
			f.page = n
		}
	}
	if n := len(parts); n > 1 { // a tap inside a form says where that form came from
		f.home = parts[n-1] == "home"
	}
}

// value is a tap that opens a form about item from within this one.
func (f *form) value(name, item string, page int) string {
	from := "dm"
	if f.home {
		from = "home"
	}
	return fmt.Sprintf("form:%s:%s:%d:%s", name, item, page, from)
}

// formToken tells one opening of a form from every other.
func (h *handling) formToken() string {
	id := seenHash(h.e.ID)
	if h.e.ID == "" {
		id = uint64(h.now.UnixNano())
	}
	return strconv.FormatUint(id, 36)
}

// show builds the form.
func (f *form) show() *chat.Form {
	k, ok := formKinds(f.name)
	if !ok {
		return f.h.noticeForm("form.unknown", nil)
	}
	f.out = chat.Form{Name: f.name, Title: f.h.plain("form."+f.name+".name", nil), Cancel: f.h.plain("form.cancel", nil)}
	if k.take != nil {
		f.out.Send = f.h.plain("form.send", nil)
	} else {
		f.out.Cancel = f.h.plain("form.close", nil)
	}
	if f.note != "" {
		f.shown(dialogue.Blocks(f.note)...)
	}
	if !k.fill(f) {
		return f.h.noticeForm(f.lost(), nil)
	}
	f.version = f.fingerprint(k)
	f.out.Meta = f.meta()
	return &f.out
}

// lost says why a form cannot be shown: what it is about is gone, or not agreed
// on yet.
func (f *form) lost() string {
	if goal, _, _ := strings.Cut(f.item, "."); f.h.drafting() && goal != "" {
		if _, ok := f.h.currentPlan().Goal(goal); ok {
			return "form.draft"
		}
	}
	return "form.gone"
}

// meta is what travels with the form.
func (f *form) meta() string {
	v := url.Values{}
	for k, s := range map[string]string{"i": f.item, "d": f.date, "v": f.version, "t": f.token} {
		if s != "" {
			v.Set(k, s)
		}
	}
	if f.page > 0 {
		v.Set("p", itoa(f.page))
	}
	if f.home {
		v.Set("h", "1")
	}
	return v.Encode()
}

// sentForm is the form that the event sends.
func (h *handling) sentForm() *form {
	f := &form{h: h, name: h.e.Action, sent: h.e.Form, errs: map[string]string{}}
	v, err := url.ParseQuery(h.e.Meta)
	if err != nil {
		return f // a form without a version is one that has changed
	}
	f.item, f.date, f.version, f.token, f.home = v.Get("i"), v.Get("d"), v.Get("v"), v.Get("t"), v.Get("h") != ""
	f.page, _ = strconv.Atoi(v.Get("p"))
	return f
}

// fingerprint is short and the same as long as what the form shows is the same.
func (f *form) fingerprint(k formKind) string {
	if k.version == nil {
		return ""
	}
	sum := fnv.New64a()
	sum.Write([]byte(k.version(f)))
	return base32.HexEncoding.WithPadding(base32.NoPadding).EncodeToString(binary.BigEndian.AppendUint64(nil, sum.Sum64()))
}

// submitted takes a form that was sent.
func (h *handling) submitted() error {
	h.p.Reminders.Heard(h.now) // a pause goes on: it ends when they write
	f := h.sentForm()
	k, ok := formKinds(f.name)
	switch {
	case !ok || k.take == nil:
		h.reply.Form = f.keepTyped(h.noticeForm("form.unknown", nil))
		return nil
	case f.token != "" && h.p.Seen.has(seenHash(f.taken())):
		return nil // its first answer was lost on the way
	}
	trial := *f
	if shown := trial.show(); shown.Name == "notice" {
		h.reply.Form = f.keepTyped(shown)
		return nil
	}
	if f.fingerprint(k) != f.version {
		f.note = h.c.text("form.changed", h.fields())
		if h.reply.Form = f.show(); h.reply.Form.Send == "" {
			f.keepTyped(h.reply.Form)
		}
		return nil
	}
	if err := k.take(f); err != nil {
		return err
	}
	if len(f.errs) > 0 {
		h.reply.FormErrors = f.errs
		return nil
	}
	h.keeps = true
	if f.token != "" {
		h.p.remember(f.taken(), chat.Reply{}, h.now)
	}
	return f.looksAfter()
}

// taken is what is remembered of a form that was sent.
func (f *form) taken() chat.EventID { return chat.EventID("form:" + f.token) }

// looksAfter notices signs of danger in what was written, which is kept like
// everything else.
func (f *form) looksAfter() error {
	var words []string
	for _, name := range slices.Sorted(mapKeys(f.sent)) {
		words = append(words, strings.Join(f.sent[name], " "))
	}
	all := strings.Join(words, ". ")
	if reading.Danger(all) != reading.Crisis {
		return nil
	}
	f.h.e.Text, f.h.inPlace = all, false
	return f.h.crisis()
}

// keepTyped keeps what was typed into a form that cannot be sent any more among
// the notes, and shows it once more in what takes its place.
func (f *form) keepTyped(out *chat.Form) *chat.Form {
	for _, name := range slices.Sorted(mapKeys(f.sent)) {
		words := strings.TrimSpace(strings.Join(f.sent[name], "\n"))
		if !wordy[name] || reading.Clean(words) == "" {
			continue
		}
		f.h.note(words)
		f.h.keeps = true
		for _, b := range dialogue.Blocks(f.h.c.text("form.typed", f.h.with(map[string]any{"words": dialogue.Words(clip(words, maxWords))}))) {
			out.Fields = append(out.Fields, chat.Field{Kind: chat.Shown, Block: b})
		}
	}
	return out
}

// wordy are the fields that hold sentences of a person's own.
var wordy = map[string]bool{"title": true, "measure": true, "words": true,
	partProgress: true, partWins: true, partSlipped: true, partGrowth: true, partSupport: true, partImprove: true, partHelp: true, partFunding: true}

// noticeForm is a form that says one thing.
func (h *handling) noticeForm(key string, fields map[string]any) *chat.Form {
	f := &chat.Form{Name: "notice", Title: h.plain("form.notice", nil), Cancel: h.plain("form.close", nil)}
	for _, b := range dialogue.Blocks(h.c.text(key, h.with(fields))) {
		f.Fields = append(f.Fields, chat.Field{Kind: chat.Shown, Block: b})
	}
	return f
}

// plain is a text where no styles can be: a label, a title, an error.
func (h *handling) plain(key string, fields map[string]any) string {
	return dialogue.Unmark(h.c.text(key, h.with(fields)))
}

// clickForm takes a tap whose value is "form:<name>[:<meta>]".
func (h *handling) clickForm(rest string) error {
	name, meta, _ := strings.Cut(rest, ":")
	if name == deleteName {
		return h.deleteForm()
	}
	if name == "milestones" && h.unsaved(meta) {
		f := &form{h: h, name: "goal", token: h.formToken(), sent: h.e.Form, note: h.c.text("form.save_first", h.fields())}
		f.about(meta)
		h.reply.Form = f.show()
		return nil
	}
	h.shows = name != "tick"
	h.reply.Form = h.openForm(name, meta)
	return nil
}
