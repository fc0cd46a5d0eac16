package workspace

import (
	"context"
	"encoding/json"
	"fmt"

	"waymark/internal/workspace/blockkit"
)

// Submission is what came of a modal's submission.
type Submission struct {
	// Action is "closed", "errors", "update", "push" or "clear".
	Action string `json:"action"`
	// Errors are what is wrong, by block_id: from the app, or what Slack's own
	// client says about a field before it sends anything.
	Errors map[string]string `json:"errors,omitempty"`
}

// Submit lets a person submit the modal they see. values fill in its inputs:
// the key is an action_id, a block_id or "block_id/action_id", the value a
// string or a list of strings; what is left out keeps its initial value.
func (w *Workspace) Submit(ctx context.Context, person, viewID string, values map[string]any) (Submission, error) {
	w.mu.Lock()
	v, e, errs, err := w.submit(person, viewID, values)
	w.mu.Unlock()
	if err != nil {
		return Submission{}, err
	}
	if len(errs) > 0 {
		return Submission{Action: "errors", Errors: errs}, nil
	}
	payload, err := w.wait(ctx, e)
	if err != nil {
		return Submission{}, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.submitted(v, payload)
}

func (w *Workspace) submit(person, viewID string, values map[string]any) (*view, *envelope, map[string]string, error) {
	p, _, err := w.seat(person, "")
	if err != nil {
		return nil, nil, nil, err
	}
	v, err := w.viewOf(p, viewID)
	if err != nil {
		return nil, nil, nil, err
	}
	if w.top(p.ID) != v {
		return nil, nil, nil, invalid("only the topmost modal can be submitted")
	}
	if v.Body["submit"] == nil {
		return nil, nil, nil, invalid("this modal has no submit button")
	}
	if err := fillIn(v, values); err != nil {
		return nil, nil, nil, err
	}
	if errs := missing(v); len(errs) > 0 {
		v.errors = errs
		w.page.tell(p.ID)
		return v, nil, errs, nil
	}
	payload := w.interaction("view_submission", p)
	payload["view"] = w.viewJSON(v)
	payload["trigger_id"] = w.newTrigger(p.ID, v.ID)
	payload["response_urls"] = []any{}
	e, err := w.ask("interactive", payload, true)
	return v, e, nil, err
}

// fillIn puts the values that a person typed and picked into the view's state.
func fillIn(v *view, values map[string]any) error {
	if v.state == nil {
		v.state = make(blockkit.State)
	}
	for key, raw := range values {
		picked, err := oneOrMore(raw)
		if err != nil {
			return invalid(fmt.Sprintf("value of %q: %v", key, err))
		}
		found := false
		for _, el := range blockkit.Elements(v.blocks()) {
			if key != el.ID && key != el.BlockID && key != el.BlockID+"/"+el.ID || !el.Holds() {
				continue
			}
			value, err := el.Pick(picked)
			if err != nil {
				return invalid(err.Error())
			}
			v.state.Set(el, value)
			found = true
			break
		}
		if !found {
			return invalid(fmt.Sprintf("view %s has no field %q", v.ID, key))
		}
	}
	return nil
}

// oneOrMore reads a JSON value as one or more strings.
func oneOrMore(raw any) ([]string, error) {
	switch raw := raw.(type) {
	case nil:
		return nil, nil
	case string:
		return []string{raw}, nil
	case []string:
		return raw, nil
	case []any:
		list := make([]string, 0, len(raw))
		for _, r := range raw {
			s, ok := r.(string)
			if !ok {
				return nil, fmt.Errorf("%v is no string", r)
			}
			list = append(list, s)
		}
		return list, nil
	default:
		return []string{fmt.Sprint(raw)}, nil
	}
}

// missing says what Slack's own client would not let through.
func missing(v *view) map[string]string {
	errs := make(map[string]string)
	state := blockkit.Merged(v.blocks(), v.state)
	for _, el := range blockkit.Elements(v.blocks()) {
		if blockkit.Str(el.Block, "type") != "input" {
			continue
		}
		value := state[el.BlockID][el.ID]
		if !blockkit.Filled(value) {
			if el.Block["optional"] != true {
				errs[el.BlockID] = "Please complete this required field."
			}
			continue
		}
		if problem := el.Refuses(blockkit.Str(value, "value")); problem != "" {
			errs[el.BlockID] = problem
		}
	}
	return errs
}

// errTrouble is what a person sees when the app's answer makes no sense.
var errTrouble = &Error{Status: 409, Name: "invalid_view_response"}

// submitted does what the ack of a submission says.
func (w *Workspace) submitted(v *view, payload json.RawMessage) (Submission, error) {
	if w.views.byID[v.ID] != v {
		return Submission{Action: "closed"}, nil // closed by the person meanwhile
	}
	var ack struct {
		Action string            `json:"response_action"`
		Errors map[string]string `json:"errors"`
		View   any               `json:"view"`
	}
	if len(payload) > 0 {
		if err := json.Unmarshal(payload, &ack); err != nil {
			return Submission{}, errTrouble
		}
	}
	v.errors = nil
	switch ack.Action {
	case "":
		w.popView(v.Person)
		return Submission{Action: "closed"}, nil
	case "clear":
		w.clearStack(v.Person)
	case "errors":
		if !inputBlocks(v, ack.Errors) {
			return Submission{}, errTrouble
		}
		v.errors = ack.Errors
		w.page.tell(v.Person)
	case "update", "push":
		body, err := readView(ack.View, "modal")
		if err != nil {
			w.log.Warn("view in an ack refused", "action", ack.Action, "error", err.Error())
			return Submission{}, errTrouble
		}
		if ack.Action == "update" {
			w.setBody(v, body)
			w.keepView(v)
			break
		}
		if len(w.views.stack[v.Person]) >= maxStack {
			return Submission{}, errTrouble
		}
		w.pushView(v.Person, body)
	default:
		return Submission{}, errTrouble
	}
	return Submission{Action: ack.Action, Errors: ack.Errors}, nil
}

// inputBlocks says whether errors name input blocks of the view, and some do.
func inputBlocks(v *view, errors map[string]string) bool {
	inputs := make(map[string]bool)
	for _, b := range v.blocks() {
		if blockkit.Str(b, "type") == "input" {
			inputs[blockkit.Str(b, "block_id")] = true
		}
	}
	for id := range errors {
		if !inputs[id] {
			return false
		}
	}
	return len(errors) > 0
}

// CloseView lets a person close the modal they see. The app hears of it only
// if the view asks for that (notify_on_close).
func (w *Workspace) CloseView(ctx context.Context, person, viewID string) error {
	w.mu.Lock()
	e, err := w.closeView(person, viewID)
	w.mu.Unlock()
	if err != nil || e == nil {
		return err
	}
	_, err = w.wait(ctx, e)
	return err
}

func (w *Workspace) closeView(person, viewID string) (*envelope, error) {
	p, _, err := w.seat(person, "")
	if err != nil {
		return nil, err
	}
	v, err := w.viewOf(p, viewID)
	if err != nil {
		return nil, err
	}
	if w.top(p.ID) != v {
		return nil, invalid("only the topmost modal can be closed")
	}
	cleared := v.Body["clear_on_close"] == true
	payload := w.interaction("view_closed", p)
	payload["view"], payload["is_cleared"] = w.viewJSON(v), cleared
	if cleared {
		w.clearStack(p.ID)
	} else {
		w.popView(p.ID)
	}
	if v.Body["notify_on_close"] != true {
		return nil, nil
	}
	return w.ask("interactive", payload, false)
}
