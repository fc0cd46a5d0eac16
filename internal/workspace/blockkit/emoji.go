package blockkit

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// emojiNames are the emoji that Slack's composer knows by name and that are
// common enough to meet in a talk about work.
var emojiNames = map[string]string{
	"+1": "👍", "-1": "👎", "wave": "👋", "ok_hand": "👌", "clap": "👏", "raised_hands": "🙌", "pray": "🙏",
	"muscle": "💪", "point_right": "👉", "point_left": "👈", "point_up": "☝️", "point_down": "👇",
	"handshake": "🤝", "crossed_fingers": "🤞", "writing_hand": "✍️", "raised_hand": "✋", "v": "✌️",
	"smile": "😄", "smiley": "😃", "grinning": "😀", "blush": "😊", "slightly_smiling_face": "🙂", "wink": "😉",
	"joy": "😂", "rofl": "🤣", "heart_eyes": "😍", "thinking_face": "🤔", "neutral_face": "😐", "confused": "😕",
	"worried": "😟", "cry": "😢", "sob": "😭", "disappointed": "😞", "weary": "😩", "tired_face": "😫",
	"angry": "😠", "rage": "😡", "sweat_smile": "😅", "sunglasses": "😎", "star-struck": "🤩", "upside_down_face": "🙃",
	"shrug": "🤷", "woman-shrugging": "🤷‍♀️", "man-shrugging": "🤷‍♂️", "see_no_evil": "🙈", "exploding_head": "🤯",
	"partying_face": "🥳", "hugging_face": "🤗", "zipper_mouth_face": "🤐", "sleeping": "😴", "grimacing": "😬",
	"face_with_rolling_eyes": "🙄", "white_frowning_face": "☹️", "pensive": "😔", "relieved": "😌", "scream": "😱",
	"tada": "🎉", "confetti_ball": "🎊", "trophy": "🏆", "medal": "🏅", "first_place_medal": "🥇", "star": "⭐",
	"star2": "🌟", "sparkles": "✨", "fire": "🔥", "rocket": "🚀", "dart": "🎯", "100": "💯", "checkered_flag": "🏁",
	"triangular_flag_on_post": "🚩", "white_check_mark": "✅", "heavy_check_mark": "✔️", "ballot_box_with_check": "☑️",
	"x": "❌", "no_entry": "⛔", "no_entry_sign": "🚫", "warning": "⚠️", "exclamation": "❗", "question": "❓", "bulb": "💡",
	"heart": "❤️", "broken_heart": "💔", "blue_heart": "💙", "green_heart": "💚", "yellow_heart": "💛", "purple_heart": "💜",
	"seedling": "🌱", "herb": "🌿", "deciduous_tree": "🌳", "sunny": "☀️", "rainbow": "🌈", "zap": "⚡", "cloud": "☁️",
	"snowflake": "❄️", "coffee": "☕", "tea": "🍵", "beers": "🍻", "pizza": "🍕", "cake": "🍰", "gift": "🎁",
	"calendar": "📆", "date": "📅", "spiral_calendar_pad": "🗓️", "alarm_clock": "⏰", "hourglass": "⌛",
	"hourglass_flowing_sand": "⏳", "stopwatch": "⏱️", "bell": "🔔", "no_bell": "🔕", "mega": "📣", "loudspeaker": "📢",
	"memo": "📝", "pencil": "📝", "pencil2": "✏️", "clipboard": "📋", "books": "📚", "book": "📖", "open_book": "📖",
	"mortar_board": "🎓", "briefcase": "💼", "office": "🏢", "house": "🏠", "computer": "💻", "iphone": "📱", "telephone": "☎️",
	"email": "✉️", "envelope": "✉️", "inbox_tray": "📥", "outbox_tray": "📤", "package": "📦", "lock": "🔒", "unlock": "🔓",
	"key": "🔑", "shield": "🛡️", "mag": "🔍", "link": "🔗", "wrench": "🔧", "hammer": "🔨", "gear": "⚙️", "toolbox": "🧰",
	"chart_with_upwards_trend": "📈", "chart_with_downwards_trend": "📉", "bar_chart": "📊", "moneybag": "💰", "dollar": "💵",
	"compass": "🧭", "world_map": "🗺️", "round_pushpin": "📍", "pushpin": "📌", "mountain": "⛰️", "ladder": "🪜",
	"arrow_right": "➡️", "arrow_left": "⬅️", "arrow_up": "⬆️", "arrow_down": "⬇️", "arrow_forward": "▶️",
	"arrows_counterclockwise": "🔄", "repeat": "🔁", "fast_forward": "⏩", "double_vertical_bar": "⏸️", "pause_button": "⏸️",
	"one": "1️⃣", "two": "2️⃣", "three": "3️⃣", "four": "4️⃣", "five": "5️⃣", "six": "6️⃣", "seven": "7️⃣", "eight": "8️⃣", "nine": "9️⃣",
	"large_green_circle": "🟢", "large_yellow_circle": "🟡", "red_circle": "🔴", "large_blue_circle": "🔵", "white_circle": "⚪",
	"white_square": "◻️", "black_square": "◼️", "eyes": "👀", "brain": "🧠", "robot_face": "🤖", "speech_balloon": "💬",
	"thought_balloon": "💭", "busts_in_silhouette": "👥", "bust_in_silhouette": "👤", "wastebasket": "🗑️", "dog": "🐶", "cat": "🐱",
}

// alsoCalled are second names that Slack takes for the same emoji.
var alsoCalled = map[string]string{"thumbsup": "+1", "thumbsdown": "-1", "thinking": "thinking_face", "slightly_smiling": "slightly_smiling_face"}

// byFirst finds emoji by their first character; the longest come first.
var byFirst = func() map[rune][]EmojiPart {
	index := make(map[rune][]EmojiPart)
	for name, e := range emojiNames {
		if name == "pencil" || name == "open_book" || name == "envelope" || name == "pause_button" {
			continue // second names of one picture: the other is the one Slack sends
		}
		r, _ := utf8.DecodeRuneInString(e)
		if r < 0x80 {
			continue // keycaps begin with a digit; leave digits alone
		}
		index[r] = append(index[r], EmojiPart{Text: e, Name: name})
		if plain := strings.TrimSuffix(e, "\ufe0f"); plain != e {
			index[r] = append(index[r], EmojiPart{Text: plain, Name: name})
		}
	}
	for _, list := range index {
		for i := range list { // a handful each
			for j := i + 1; j < len(list); j++ {
				if len(list[j].Text) > len(list[i].Text) {
					list[i], list[j] = list[j], list[i]
				}
			}
		}
	}
	return index
}()

// Emoji is the character of an emoji name without its colons; false for names
// that the table does not have.
func Emoji(name string) (string, bool) {
	if other, ok := alsoCalled[name]; ok {
		name = other
	}
	e, ok := emojiNames[name]
	return e, ok
}

// EmojiPart is a piece of a text: an emoji with its name, or plain text with none.
type EmojiPart struct{ Text, Name string }

// SplitEmoji cuts a text into emoji that have names and the text between them.
func SplitEmoji(s string) []EmojiPart {
	var parts []EmojiPart
	start := 0
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		found := false
		for _, e := range byFirst[r] {
			if strings.HasPrefix(s[i:], e.Text) {
				if start < i {
					parts = append(parts, EmojiPart{Text: s[start:i]})
				}
				parts = append(parts, e)
				i += len(e.Text)
				start, found = i, true
				break
			}
		}
		if !found {
			i += size
		}
	}
	if start < len(s) {
		parts = append(parts, EmojiPart{Text: s[start:]})
	}
	return parts
}

// CodePoints writes an emoji the way Slack's rich text does: "1f44d".
func CodePoints(emoji string) string {
	var points []string
	for _, r := range emoji {
		points = append(points, fmt.Sprintf("%04x", r))
	}
	return strings.Join(points, "-")
}
