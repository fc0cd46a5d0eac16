// Package soak lets the real binary serve a workspace for as long as asked, at a
// steady rate of everything that people do, and looks whether it stays as it was:
// memory, the data file, goroutines and how long answers take.
//
//	go test ./internal/soak -run TestSoak -soak 1h -timeout 2h -v
//
// People come, talk, and delete their data after a while, so that what is kept is
// as much in the end as soon after the beginning; whatever grows all the same is
// a leak. The package has tests only.
package soak
