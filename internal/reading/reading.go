// Package reading knows how people type: yes and no, dates and deadlines,
// durations, numbers, scales, lists, choices, commands, corrections, greetings
// and signs of distress, in plain English with its slips, hedges and emoji.
//
// Every function is pure and total. It takes any text, gives the same answer
// for the same arguments, says when it could not read, and says when what it
// read can be meant in two ways, so that the coach asks instead of guessing.
// The time, where it matters, comes in as an argument in the person's zone.
//
// It keeps out what is asked and what an answer means for a plan; it has no
// words of its own for people and never changes or corrects theirs.
package reading
