package timeline

import "image/color"

// ink is what a colour is for.
type ink int

const (
	ground ink = iota
	text
	muted // text that is less needed
	grid  // lines behind everything, which may be missed
	track // the part of a bar that is still to go
	edge  // outlines
	done
	next
	late
	review
	now   // the line and the word for today
	onNow // the word itself
	inks
)

// colours of the themes. Text stands out from its ground by 4.5 to 1 or more,
// shapes by 3 to 1.
var colours = [...][inks]color.RGBA{
	Neutral: {
		ground: hex(0xF7F8FA), text: hex(0x1C2330), muted: hex(0x525B6B), grid: hex(0xE1E5EB), track: hex(0xDBE3EE), edge: hex(0x6F7C91),
		done: hex(0x2B6A99), next: hex(0x5B3FA6), late: hex(0xA3420A), review: hex(0x0B6B5D), now: hex(0x3A4354), onNow: hex(0xFFFFFF),
	},
	Dark: {
		ground: hex(0x1C1F26), text: hex(0xF2F4F7), muted: hex(0xB3BBC8), grid: hex(0x323843), track: hex(0x333C4A), edge: hex(0x8C98AB),
		done: hex(0x78B7E5), next: hex(0xC3ABFF), late: hex(0xFFB07A), review: hex(0x6FD6C2), now: hex(0xCDD4DF), onNow: hex(0x1C1F26),
	},
}

func hex(rgb uint32) color.RGBA {
	return color.RGBA{R: uint8(rgb >> 16), G: uint8(rgb >> 8), B: uint8(rgb), A: 0xFF}
}
