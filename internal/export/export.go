// Package export is what a person takes along: their plan to read (Markdown),
// everything that is known about them for programs (JSON), and their dates for a
// calendar (iCalendar).
//
// It knows the three formats and what can act in each of them, so that a
// person's words never do. What is known about somebody, and in which words the
// coach tells it, it is given. It keeps nothing, reads no clock and writes the
// same bytes for the same input.
package export
