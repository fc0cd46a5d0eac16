package workspace

import "time"

// teamTalk is what colleagues have written in #team before a trial begins: how
// long before, who and what. One of them is worth saving as a win.
var teamTalk = []struct {
	ago  time.Duration
	who  string
	text string
}{
	{150 * time.Minute, Sam, "Thank you, Ana: the checklist you wrote saved us two hours this week."},
	{140 * time.Minute, Kim, "Same in New York. We use it every morning now."},
	{90 * time.Minute, Ana, "Glad it helps! I walked two new colleagues through it yesterday."},
}

// seedTeam fills #team in a new workspace.
func (w *Workspace) seedTeam() {
	ch := w.people.channels[Team]
	if w.clock.saved || len(ch.messages) > 0 {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	now, last := w.clock.now(), w.clock.last
	for _, line := range teamTalk {
		m := w.personMessage(w.people.byID[line.who], ch, line.text)
		m.TS = formatTS(now.Add(-line.ago).UnixMicro())
		w.keepMessage(ch, m)
	}
	w.clock.last = last // what comes next is not pushed behind these
}
