package coach

import (
	"waymark/internal/chat"
)

// shortcut takes what was picked from the platform's own menus.
func (h *handling) shortcut() error {
	switch h.e.Action {
	case chat.ShortcutWin:
		h.p.Reminders.Heard(h.now)
		h.shows = true
		h.reply.Form = h.winFrom(h.e.Text, h.e.Link)
	case chat.ShortcutTalk:
		return h.talkHere()
	}
	return nil
}

// winFrom is the form for a win from a message: with its address, and with its
// words if they are the person's own.
func (h *handling) winFrom(words, link string) *chat.Form {
	f := &form{h: h, name: "win", token: h.formToken(), sent: map[string][]string{"words": {clip(words, maxLines)}}}
	if len(link) <= maxLink {
		f.sent["link"] = []string{link}
	}
	return f.show()
}

// talkHere goes on with the talk in the DM, or begins it, and says where.
func (h *handling) talkHere() error {
	h.heard()
	var err error
	switch {
	case h.p.First.Instance == "":
		err = h.begin()
	case h.p.Dialogue.Top() != nil && h.p.Dialogue.Paused:
		err = h.steerContinue()
	case h.p.Dialogue.Asked != nil:
		err = h.follow(h.c.book.Ask(&h.p.Dialogue, h.input(""), h.env()))
	default:
		err = h.nothingOpen(dialogueHello)
	}
	h.reply.Form = h.noticeForm("order.talk_here", nil)
	return err
}

// dialogueHello is a greeting, as the coach answers it when no question is open.
const dialogueHello = "hello"
