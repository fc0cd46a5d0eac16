package workspace

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"waymark/internal/workspace/blockkit"
)

const (
	maxUpload  = 1 << 30 // bytes that may be announced
	maxAltText = 1000    // characters
)

// formOnly refuses JSON bodies, as Slack's upload methods do.
func (a args) formOnly() error {
	if a.form {
		return nil
	}
	return invalidArguments("this method takes no JSON body; send a form")
}

func (w *Workspace) filesGetUploadURL(a args) (map[string]any, error) {
	if err := a.formOnly(); err != nil {
		return nil, err
	}
	if err := a.need("filename", "length"); err != nil {
		return nil, err
	}
	n, err := a.number("length", 0, 1, maxUpload)
	if err != nil {
		return nil, err
	}
	if utf8.RuneCountInString(a.text("alt_txt")) > maxAltText {
		return nil, slackErr("alt_txt_too_large")
	}
	f := &file{
		ID: w.newID("F", 10), Name: a.text("filename"), Title: a.text("filename"), Type: typeByName(a.text("filename")),
		User: BotUserID, Created: w.clock.now().Unix(), Expected: n, Alt: a.text("alt_txt"),
	}
	w.files[f.ID] = f
	return map[string]any{"upload_url": w.URL() + "upload/" + f.ID, "file_id": f.ID}, nil
}

// serveUpload takes a file's bytes: as the body, or as the first file of a form.
func (w *Workspace) serveUpload(rw http.ResponseWriter, r *http.Request) {
	content, err := uploaded(r)
	w.mu.Lock()
	defer w.mu.Unlock()
	f := w.files[r.PathValue("id")]
	switch {
	case f == nil || f.Shared:
		http.Error(rw, "no such upload", http.StatusNotFound)
	case err != nil:
		http.Error(rw, "unreadable upload", http.StatusBadRequest)
	case len(content) != f.Expected:
		http.Error(rw, fmt.Sprintf("got %d bytes, %d were announced", len(content), f.Expected), http.StatusBadRequest)
	default:
		f.Content = content
		_, _ = fmt.Fprintf(rw, "OK - %d", len(content)) // the client may be gone
	}
	w.touch()
}

func uploaded(r *http.Request) ([]byte, error) {
	reader, err := r.MultipartReader()
	if err != nil { // not a form: the body is the file
		return io.ReadAll(io.LimitReader(r.Body, maxBody))
	}
	for {
		part, err := reader.NextPart()
		if err != nil {
			return nil, err
		}
		if part.FileName() != "" {
			return io.ReadAll(io.LimitReader(part, maxBody))
		}
	}
}

// filesComplete shares uploaded files with channels. Called twice it shares twice.
func (w *Workspace) filesComplete(a args) (map[string]any, error) {
	files, titles, err := w.uploadedFiles(a)
	if err != nil {
		return nil, err
	}
	targets, c, err := w.shareWhere(a)
	if err != nil {
		return nil, err
	}
	var answer []any
	for i, f := range files {
		if titles[i] != "" {
			f.Title = titles[i]
		}
		c.files = append(c.files, f.ID)
		f.Shared = true
		w.keepFile(f)
		answer = append(answer, w.fileJSON(f))
	}
	for _, ch := range targets {
		w.postAsBot(ch, c)
	}
	return map[string]any{"files": answer}, nil
}

// uploadedFiles finds the files that a call names, each with its new title.
func (w *Workspace) uploadedFiles(a args) (files []*file, titles []string, err error) {
	v, present, err := a.value("files")
	list, ok := v.([]any)
	if err != nil || !present || !ok || len(list) == 0 {
		return nil, nil, invalidArguments("missing required field: files")
	}
	for i, item := range list {
		o, _ := item.(blockkit.Block)
		if blockkit.Str(o, "id") == "" {
			return nil, nil, invalidArguments(fmt.Sprintf("missing required field: id [json-pointer:/files/%d]", i))
		}
		f := w.files[blockkit.Str(o, "id")]
		if f == nil || f.User != BotUserID || f.Content == nil || slices.Contains(files, f) {
			return nil, nil, slackErr("file_not_found") // one whose bytes never came is none
		}
		files, titles = append(files, f), append(titles, blockkit.Str(o, "title"))
	}
	return files, titles, nil
}

// shareWhere reads to which conversations files go, none for a private upload,
// and what is said with them: the comment, or else the blocks.
func (w *Workspace) shareWhere(a args) (targets []*channel, c content, err error) {
	named := a.text("channel_id")
	if named == "" {
		named = a.text("channels")
	}
	for id := range strings.SplitSeq(named, ",") {
		if id = strings.TrimSpace(id); id == "" {
			continue
		}
		ch := w.people.channels[id] // takes no person's id
		if ch == nil {
			return nil, c, slackErr("channel_not_found")
		}
		if p := w.people.byID[ch.person]; p != nil && p.Deleted {
			return nil, c, slackErr("is_archived")
		}
		if ch.apart {
			return nil, c, slackErr("not_in_channel")
		}
		targets = append(targets, ch)
	}
	c.text, c.threadTS = a.text("initial_comment"), a.text("thread_ts")
	if utf8.RuneCountInString(c.text) > maxText {
		return nil, c, slackErr("msg_too_long")
	}
	if c.text == "" {
		if c.blocks, err = readBlocks(a); err != nil {
			return nil, c, err
		}
	}
	if c.threadTS != "" {
		if _, ok := parseTS(c.threadTS); !ok || len(targets) != 1 || targets[0].byTS[c.threadTS] == nil {
			return nil, c, slackErr("thread_not_found")
		}
	}
	return targets, c, nil
}

// filesDelete takes back a file that the bot uploaded.
func (w *Workspace) filesDelete(a args) (map[string]any, error) {
	if err := a.need("file"); err != nil {
		return nil, err
	}
	f := w.files[a.text("file")]
	switch {
	case f == nil:
		return nil, slackErr("file_not_found")
	case f.User != BotUserID:
		return nil, slackErr("cant_delete_file")
	}
	w.dropFile(f)
	return nil, nil
}

func (w *Workspace) filesInfo(a args) (map[string]any, error) {
	f := w.files[a.text("file")]
	if f == nil || !f.Shared {
		return nil, slackErr("file_not_found")
	}
	answer := map[string]any{"file": w.fileJSON(f), "comments": []any{}, "response_metadata": map[string]any{"next_cursor": ""}}
	if strings.HasPrefix(f.Type, "text/") {
		answer["content"] = string(f.Content)
	}
	return answer, nil
}

// serveDownload gives a file's bytes to who holds the bot token.
func (w *Workspace) serveDownload(rw http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	f := w.files[r.PathValue("id")]
	token := tokenOf(r, args{})
	allowed := token == w.cfg.BotToken && !w.secrets.botRevoked && w.granted("files:read")
	w.mu.Unlock()
	switch {
	case !allowed:
		http.Error(rw, "the bot token with files:read opens this file", http.StatusForbidden)
	case f == nil || !f.Shared:
		http.NotFound(rw, r)
	default:
		rw.Header().Set("Content-Type", f.Type)
		rw.Header().Set("Content-Disposition", "attachment")
		_, _ = rw.Write(f.Content) // the client may be gone
	}
}
