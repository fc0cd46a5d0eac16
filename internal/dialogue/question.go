package dialogue

// Questions are the questions to which the answers of a person are given, as
// marked text. An answer whose step is gone from its file has none.
func (b *Book) Questions(st *State, in Input, env Env) map[Key]string {
	t := b.turn(st, in, env)
	out := map[Key]string{}
	for _, frames := range [][]Frame{st.Past, st.Stack} {
		for _, fr := range frames {
			p := b.through(st, fr)
			for _, v := range p.asked {
				out[v.key] = t.render(v.step, p.view, v.item).ask
			}
		}
	}
	for _, a := range st.Answers { // what fell off the path
		s, ok := b.Step(a.Key.Step)
		if _, has := out[a.Key]; !ok || has {
			continue
		}
		view, item := t.context(a.Key)
		out[a.Key] = t.render(s, view, item).ask
	}
	return out
}

// Said is an answer as it is quoted, as marked text; "" for a skipped one.
func (a Answer) Said() string { return said(a.Value, a.Words) }
