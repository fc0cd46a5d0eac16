package workspace

import (
	"fmt"
	"slices"

	"waymark/internal/workspace/blockkit"
)

// maxStack is how many modals may lie on one another.
const maxStack = 3

// viewStore is the Home tabs and the open modals.
type viewStore struct {
	home  map[string]*view   // by person
	stack map[string][]*view // by person, the top one last
	byID  map[string]*view
}

// view is a Home tab or a modal, as the journal keeps it.
type view struct {
	ID       string         `json:"id"`
	Person   string         `json:"person"`
	Body     blockkit.Block `json:"body"` // as the app sent it, with ids filled in
	Hash     string         `json:"hash"`
	Root     string         `json:"root"`
	Previous string         `json:"previous,omitempty"`

	state  blockkit.State
	errors map[string]string // of the last submission, by block
}

// blockState is what was picked in a message.
type blockState = blockkit.State

func newViewStore() viewStore {
	return viewStore{home: make(map[string]*view), stack: make(map[string][]*view), byID: make(map[string]*view)}
}

func (v *view) kind() string             { return blockkit.Str(v.Body, "type") }
func (v *view) blocks() []blockkit.Block { return blockkit.Objects(v.Body, "blocks") }

// readView reads and checks the view of a call or of an ack.
func readView(raw any, kind string) (blockkit.Block, error) {
	body, ok := raw.(blockkit.Block)
	if !ok {
		return nil, invalidArguments("missing required field: view")
	}
	if len(encode(body)) > blockkit.MaxViewBytes {
		return nil, slackErr("view_too_large")
	}
	var messages []string
	if t := blockkit.Str(body, "type"); t != kind {
		messages = append(messages, "must be one of: "+kind+" [json-pointer:/view/type]")
	}
	for _, p := range blockkit.CheckView(body) {
		messages = append(messages, p.String())
	}
	if len(messages) > 0 {
		return nil, invalidArguments(messages...)
	}
	return body, nil
}

func (w *Workspace) viewArg(a args, kind string) (blockkit.Block, error) {
	raw, present, err := a.value("view")
	if err != nil || !present {
		return nil, invalidArguments("missing required field: view")
	}
	return readView(raw, kind)
}

// newView makes a view of that person.
func (w *Workspace) newView(person string, body blockkit.Block) *view {
	v := &view{ID: w.newID("V", 10), Person: person}
	v.Root = v.ID
	w.setBody(v, body)
	w.views.byID[v.ID] = v
	return v
}

// setBody replaces what a view shows; its hash changes with it.
func (w *Workspace) setBody(v *view, body blockkit.Block) {
	w.withIDs(blockkit.Objects(body, "blocks"))
	v.Body = body
	v.Hash = fmt.Sprintf("%d.%s", w.clock.now().Unix(), w.newID("", 8))
	v.errors = nil
}

// keepView writes v down and shows it.
func (w *Workspace) keepView(v *view) {
	w.journal.write(record{View: v})
	w.touch()
	w.page.tell(v.Person)
}

// viewJSON is a view as answers and payloads give it.
func (w *Workspace) viewJSON(v *view) map[string]any {
	j := map[string]any{
		"id": v.ID, "team_id": TeamID, "app_id": AppID, "app_installed_team_id": TeamID, "bot_id": BotID,
		"hash": v.Hash, "root_view_id": v.Root, "previous_view_id": nil,
		"state":            map[string]any{"values": blockkit.Merged(v.blocks(), v.state)},
		"private_metadata": "", "callback_id": "", "external_id": "",
		"clear_on_close": false, "notify_on_close": false, "title": nil, "submit": nil, "close": nil,
	}
	if v.Previous != "" {
		j["previous_view_id"] = v.Previous
	}
	if v.kind() == "home" {
		j["title"] = map[string]any{"type": "plain_text", "text": "View Title", "emoji": true}
	}
	for key, value := range v.Body {
		j[key] = value
	}
	return j
}

func (w *Workspace) viewsPublish(a args) (map[string]any, error) {
	if err := a.need("user_id"); err != nil {
		return nil, err
	}
	p := w.people.byID[a.text("user_id")]
	if p == nil {
		return nil, slackErr("user_not_found")
	}
	body, err := w.viewArg(a, "home")
	if err != nil {
		return nil, err
	}
	v := w.views.home[p.ID]
	if v != nil && a.text("hash") != "" && a.text("hash") != v.Hash {
		return nil, slackErr("hash_conflict")
	}
	if v == nil {
		v = w.newView(p.ID, body)
		w.views.home[p.ID] = v
	} else {
		w.setBody(v, body)
	}
	w.keepView(v)
	return map[string]any{"view": w.viewJSON(v)}, nil
}

func (w *Workspace) viewsOpen(a args) (map[string]any, error) {
	t, body, err := w.triggered(a)
	if err != nil {
		return nil, err
	}
	w.clearStack(t.person)
	v := w.newView(t.person, body)
	w.views.stack[t.person] = []*view{v}
	w.keepView(v)
	return map[string]any{"view": w.viewJSON(v)}, nil
}

func (w *Workspace) viewsPush(a args) (map[string]any, error) {
	t, body, err := w.triggered(a)
	if err != nil {
		return nil, err
	}
	stack := w.views.stack[t.person]
	switch {
	case t.view == "" || len(stack) == 0:
		return nil, slackErr("not_found") // there is no modal to push onto
	case len(stack) >= maxStack:
		return nil, slackErr("push_limit_reached")
	}
	return map[string]any{"view": w.viewJSON(w.pushView(t.person, body))}, nil
}

func (w *Workspace) pushView(person string, body blockkit.Block) *view {
	stack := w.views.stack[person]
	top := stack[len(stack)-1]
	v := w.newView(person, body)
	v.Root, v.Previous = top.Root, top.ID
	w.views.stack[person] = append(stack, v)
	w.keepView(v)
	return v
}

// triggered reads the view and uses up the trigger of views.open and views.push.
// The view is checked first: a refused view leaves the trigger usable.
func (w *Workspace) triggered(a args) (*trigger, blockkit.Block, error) {
	if err := a.need("trigger_id"); err != nil {
		return nil, nil, err
	}
	body, err := w.viewArg(a, "modal")
	if err != nil {
		return nil, nil, err
	}
	if w.byExternalID(blockkit.Str(body, "external_id")) != nil {
		return nil, nil, slackErr("duplicate_external_id")
	}
	t, err := w.exchange(a.text("trigger_id"))
	return t, body, err
}

func (w *Workspace) byExternalID(id string) *view {
	if id == "" {
		return nil
	}
	for _, v := range w.views.byID {
		if blockkit.Str(v.Body, "external_id") == id {
			return v
		}
	}
	return nil
}

func (w *Workspace) viewsUpdate(a args) (map[string]any, error) {
	v := w.views.byID[a.text("view_id")]
	if a.text("view_id") == "" {
		if err := a.need("external_id"); err != nil {
			return nil, err
		}
		v = w.byExternalID(a.text("external_id"))
	}
	if v == nil {
		return nil, slackErr("not_found")
	}
	body, err := w.viewArg(a, v.kind())
	if err != nil {
		return nil, err
	}
	if h := a.text("hash"); h != "" && h != v.Hash {
		return nil, slackErr("hash_conflict")
	}
	w.setBody(v, body)
	w.keepView(v)
	return map[string]any{"view": w.viewJSON(v)}, nil
}

// blocksValidate checks blocks, a message or a view without using them.
func (w *Workspace) blocksValidate(a args) (map[string]any, error) {
	var problems []blockkit.Problem
	given := false
	for _, name := range []string{"blocks", "message", "view"} {
		v, present, err := a.value(name)
		if err != nil {
			return nil, slackErr("invalid_json")
		}
		if !present {
			continue
		}
		given = true
		object, _ := v.(blockkit.Block)
		list, _ := v.([]any)
		switch name {
		case "message":
			list, _ = object["blocks"].([]any)
			problems = append(problems, blockkit.CheckMessage(list)...)
		case "blocks":
			problems = append(problems, blockkit.CheckMessage(list)...)
		case "view":
			problems = append(problems, blockkit.CheckView(object)...)
		}
	}
	if !given {
		return nil, invalidArguments("missing required field: blocks, message or view")
	}
	if len(problems) > 0 {
		return nil, &slackError{name: "invalid_blocks", extra: map[string]any{"errors": problems}}
	}
	return map[string]any{"errors": []any{}}, nil
}

// top is the modal that a person sees, nil if none is open.
func (w *Workspace) top(person string) *view {
	stack := w.views.stack[person]
	if len(stack) == 0 {
		return nil
	}
	return stack[len(stack)-1]
}

// popView closes the topmost modal.
func (w *Workspace) popView(person string) {
	stack := w.views.stack[person]
	if len(stack) == 0 {
		return
	}
	w.forgetView(stack[len(stack)-1])
	w.views.stack[person] = stack[:len(stack)-1]
}

// clearStack closes all modals of a person.
func (w *Workspace) clearStack(person string) {
	for _, v := range slices.Backward(w.views.stack[person]) {
		w.forgetView(v)
	}
	delete(w.views.stack, person)
}

func (w *Workspace) forgetView(v *view) {
	delete(w.views.byID, v.ID)
	w.journal.write(record{Closed: v.ID})
	w.touch()
	w.page.tell(v.Person)
}
