// Package prompts holds the coach's words: what it asks and in which order
// (flows), everything else it says (texts), and the career ladders it suggests
// from (ladders), as YAML. It knows nothing of how
// they are read; package dialogue checks and plays them. An operator's folder
// of the same shape can take the place of Files.
package prompts

import "embed"

// Files is flows/*.yaml, texts/*.yaml and ladders/*.yaml.
//
//go:embed flows/*.yaml texts/*.yaml ladders/*.yaml
var Files embed.FS
