package career

// findOut are the things to find out whose questions were left out because the
// answers before them were not known: they go on the list by themselves, as
// nobody has been asked what to do about them.
func findOut(f Facts) []Action {
	openings := f.said("move_up", unsure) && f.said("how_often", unsure) && !f.Answered("tight") ||
		f.said("how_often", unsure) && f.said("tight", unsure) && !f.Answered("elsewhere")
	elsewhere := f.said("tight", unsure) && f.said("elsewhere", unsure) && !f.Answered("elsewhere_same")
	if _, past := f.Slots["education"]; !past || !openings && !elsewhere { // the next questions may still come
		return nil
	}
	about := AboutOpenings
	if elsewhere {
		about = AboutElsewhere
	}
	g := Gap{ID: string(Information) + ":" + about, Kind: Information, About: about}
	return Actions(g, f)[:1]
}
