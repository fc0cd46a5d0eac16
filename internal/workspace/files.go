package workspace

import (
	"fmt"
	"io"
	"mime"
	"net/http"
	"path"
	"strings"

	"waymark/internal/workspace/blockkit"
)

// file is something uploaded, as the journal keeps it.
type file struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Title    string `json:"title"`
	Type     string `json:"type"` // MIME
	User     string `json:"user"`
	Created  int64  `json:"created"` // Unix seconds
	Content  []byte `json:"content"`
	Expected int    `json:"-"` // bytes that were announced
	Shared   bool   `json:"shared"`
	Seconds  int    `json:"seconds,omitempty"` // length of a voice clip
}

// fileJSON is a file as files.info and messages give it.
func (w *Workspace) fileJSON(f *file) map[string]any {
	kind := strings.TrimPrefix(path.Ext(f.Name), ".")
	mode := "hosted"
	if strings.HasPrefix(f.Type, "text/") {
		mode = "snippet"
		if kind == "" || kind == "txt" {
			kind = "text"
		}
	}
	address := w.URL() + "files/" + f.ID + "/" + pathEscape(f.Name)
	j := map[string]any{
		"id": f.ID, "created": f.Created, "timestamp": f.Created, "name": f.Name, "title": f.Title,
		"mimetype": f.Type, "filetype": kind, "pretty_type": strings.ToUpper(kind), "user": f.User, "user_team": TeamID,
		"editable": mode == "snippet", "size": len(f.Content), "mode": mode,
		"is_external": false, "external_type": "", "is_public": false, "public_url_shared": false,
		"url_private": address, "url_private_download": address,
		"permalink": address, "file_access": "visible",
	}
	if mode == "snippet" {
		preview := []rune(string(f.Content))
		j["preview"] = string(preview[:min(len(preview), 300)])
		j["lines"] = strings.Count(string(f.Content), "\n") + 1
	}
	if strings.HasPrefix(f.Type, "audio/") {
		j["subtype"], j["media_display_type"], j["duration_ms"] = "slack_audio", "audio", f.Seconds*1000
	}
	return j
}

func pathEscape(name string) string {
	return strings.NewReplacer("%", "%25", "/", "%2F", "?", "%3F", "#", "%23", " ", "%20").Replace(name)
}

// keepFile writes f down.
func (w *Workspace) keepFile(f *file) {
	w.files[f.ID] = f
	w.journal.write(record{File: f})
}

// Upload is a file that a person shares with the bot.
type Upload struct {
	Person  string `json:"person"`
	Name    string `json:"name"`
	Content string `json:"content"`
	Type    string `json:"mimetype"` // from the name when empty
	Text    string `json:"text"`     // what they write with it
	Seconds int    `json:"seconds,omitempty"`
}

// ShareFile lets a person send a file to the bot in their DM.
func (w *Workspace) ShareFile(u Upload) (ts string, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	p, ch, err := w.seat(u.Person, "")
	if err != nil {
		return "", err
	}
	if u.Name == "" {
		return "", invalid("a file needs a name")
	}
	f := &file{
		ID: w.newID("F", 10), Name: u.Name, Title: u.Name, Type: u.Type, User: p.ID,
		Created: w.clock.now().Unix(), Content: []byte(u.Content), Shared: true, Seconds: u.Seconds,
	}
	if f.Type == "" {
		f.Type = typeByName(u.Name)
	}
	w.keepFile(f)
	m := w.personMessage(p, ch, u.Text)
	m.Files = []string{f.ID}
	w.keepMessage(ch, m)
	w.emitMessage(ch, m, nil)
	return m.TS, nil
}

func typeByName(name string) string {
	t, _, err := mime.ParseMediaType(mime.TypeByExtension(path.Ext(name)))
	if err != nil {
		return "application/octet-stream"
	}
	return t
}

func (w *Workspace) filesGetUploadURL(a args) (map[string]any, error) {
	if err := a.need("filename", "length"); err != nil {
		return nil, err
	}
	n, err := a.number("length", 0, 1, 1<<30)
	if err != nil {
		return nil, err
	}
	f := &file{
		ID: w.newID("F", 10), Name: a.text("filename"), Title: a.text("filename"), Type: typeByName(a.text("filename")),
		User: BotUserID, Created: w.clock.now().Unix(), Expected: n,
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

// filesComplete shares uploaded files with a channel.
func (w *Workspace) filesComplete(a args) (map[string]any, error) {
	v, present, err := a.value("files")
	list, ok := v.([]any)
	if err != nil || !present || !ok || len(list) == 0 {
		return nil, invalidArguments("missing required field: files")
	}
	var ids []string
	var answer []any
	for _, item := range blockkit.Blocks(list) {
		f := w.files[blockkit.Str(item, "id")]
		if f == nil || f.User != BotUserID || f.Content == nil {
			return nil, slackErr("file_not_found")
		}
		if t := blockkit.Str(item, "title"); t != "" {
			f.Title = t
		}
		ids = append(ids, f.ID)
		answer = append(answer, w.fileJSON(f))
	}
	if id := a.text("channel_id"); id != "" {
		ch := w.people.channels[id]
		if ch == nil {
			return nil, slackErr("channel_not_found")
		}
		blocks, err := readBlocks(a)
		if err != nil {
			return nil, err
		}
		w.postAsBot(ch, content{text: a.text("initial_comment"), blocks: blocks, threadTS: a.text("thread_ts"), files: ids})
	}
	for _, id := range ids {
		w.files[id].Shared = true
		w.keepFile(w.files[id])
	}
	return map[string]any{"files": answer}, nil
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
