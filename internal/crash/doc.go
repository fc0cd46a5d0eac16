// Package crash kills bots. It builds the real binary, lets it serve a crowd in
// a local workspace that lives in another process, kills it in the middle of
// everything, as often as asked, and looks whether anything was lost or said
// twice:
//
//	go test ./internal/crash -run TestKills -kills 500 -v
//
// What must come out is not written down anywhere. A second bot, the twin, hears
// the same from the same people at the same moments and is never killed: after
// each turn everybody's conversation must be the same in both workspaces, word
// for word, and in the end everybody's record.
//
// The package has tests only. It knows the bot by what can be seen from outside:
// its command line, its sockets, its files, its metrics. The points at which it
// kills are seen there, too, so that what is killed is what ships, but for the
// clock, see the tag "driven" of cmd/waymark.
package crash
