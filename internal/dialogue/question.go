package dialogue

// Question is the question to which k is the answer, as marked text; false when
// its step is gone from its file.
func (b *Book) Question(st *State, k Key, in Input, env Env) (question string, ok bool) {
	s, ok := b.Step(k.Step)
	if !ok {
		return "", false
	}
	t := b.turn(st, in, env)
	view, item := t.context(k)
	return t.render(s, view, item).ask, true
}

// Said is an answer as it is quoted, as marked text; "" for a skipped one.
func (a Answer) Said() string { return said(a.Value, a.Words) }
