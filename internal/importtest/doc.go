// Package importtest keeps the structure of the project as tests: which package
// may import which, who may use a library, who may read the wall clock, and
// what stands at the top of the tree. It holds no code that ships.
package importtest
