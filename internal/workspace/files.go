package workspace

import (
	"bytes"
	"encoding/base64"
	"image"
	_ "image/gif" // a picture's size is read from its bytes
	_ "image/jpeg"
	_ "image/png"
	"mime"
	"net/url"
	"path"
	"slices"
	"strings"
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
	Alt      string `json:"alt,omitempty"`     // what a picture shows, for those who cannot see it
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
	if f.Alt != "" {
		j["alt_txt"] = f.Alt
	}
	if strings.HasPrefix(f.Type, "image/") {
		j["original_w"], j["original_h"] = pictureSize(f.Content)
	}
	if strings.HasPrefix(f.Type, "audio/") {
		j["subtype"], j["media_display_type"], j["duration_ms"] = "slack_audio", "audio", f.Seconds*1000
	}
	return j
}

func pathEscape(name string) string {
	return url.PathEscape(name)
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
	Content string `json:"content"`  // of a text
	Base64  string `json:"base64"`   // of anything else
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
	body := []byte(u.Content)
	if u.Base64 != "" {
		if body, err = base64.StdEncoding.DecodeString(u.Base64); err != nil {
			return "", invalid("base64: " + err.Error())
		}
	}
	f := &file{
		ID: w.newID("F", 10), Name: u.Name, Title: u.Name, Type: u.Type, User: p.ID,
		Created: w.clock.now().Unix(), Content: body, Shared: true, Seconds: u.Seconds,
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

// pictureSize is a picture's width and height in pixels, 0 for what cannot be
// read.
func pictureSize(content []byte) (width, height int) {
	c, _, err := image.DecodeConfig(bytes.NewReader(content))
	if err != nil {
		return 0, 0
	}
	return c.Width, c.Height
}

// deleted is what is left of a file in messages that showed it.
func deleted(id string) map[string]any {
	return map[string]any{"id": id, "mode": "tombstone", "file_access": "file_deleted"}
}

// dropFile takes a file away: messages that say something keep their words,
// those that were nothing but the file go.
func (w *Workspace) dropFile(f *file) {
	delete(w.files, f.ID)
	w.journal.write(record{Unfile: f.ID})
	for _, ch := range w.people.channels {
		for _, m := range slices.Clone(ch.messages) {
			if !slices.Contains(m.Files, f.ID) {
				continue
			}
			if m.Text == "" && len(m.Blocks) == 0 && len(m.Files) == 1 {
				w.erase(ch, m)
				continue
			}
			w.journal.write(record{Message: m})
			w.tell(ch, m.For)
		}
	}
	w.touch()
}
