package reading

import (
	"slices"
	"strings"
	"testing"
)

// What somebody says when a name is asked for is written down as the name alone,
// in their own words and spelling.
func TestName(t *testing.T) {
	for said, want := range map[string]string{
		// names stay as they are
		"account manager": "account manager", "front desk at a doctor's office": "front desk at a doctor's office",
		"HR manager": "HR manager", "Dr. Meyer's practice": "Dr. Meyer's practice", "C++": "C++", "nurse (RN)": "nurse (RN)",
		"something with more say in how we work": "something with more say in how we work",
		"own shop in the town":                   "own shop in the town", "research and development": "research and development",
		"Gruppenleiter": "Gruppenleiter", "ML engineer, computer vision": "ML engineer, computer vision", "3D artist": "3D artist",
		"sales lead, then head of sales": "sales lead, then head of sales", "safty officer": "safty officer",
		"ask boss if he pay VCA, then do it": "ask boss if he pay VCA, then do it", "U.S. army cook": "U.S. army cook",
		// fillers in front and behind
		"uhh idk maybe icu nurse?": "icu nurse", "ok my own ones: finish my BSN": "finish my BSN", "lol no clue, maybe teacher": "teacher",
		"Hmm, I guess team lead": "team lead", "team lead lol": "team lead", "nurse or something like that": "nurse", "baker :)": "baker",
		"probably an electrician, I think": "an electrician", "not sure, maybe HR": "HR", "HR i guess?": "HR", "well so yeah like a cook": "a cook",
		"mine: give two talks": "give two talks", "my goal is to lead a team": "lead a team", "haha idk": "haha idk", "idk": "idk", "lol": "lol",
		// lead-ins
		"I'm a nurse": "nurse", "i am an electrician": "electrician", "I work as a waiter": "waiter", "i work in sales": "sales", "Im chef": "chef",
		"I want to be a midwife": "midwife", "i'd like to become an HR manager": "HR manager", "i want to finish my degree": "finish my degree",
		"a nurse": "a nurse", "my own agency for web shops": "my own agency for web shops", "an own shop": "an own shop", "I work at the front desk of a clinic": "front desk of a clinic",
		// how long, by when, why, and what else there is
		"i work in warehous since 2 yers and haf": "warehous", "electrician by april 2028": "electrician", "team lead in 2 years": "team lead",
		"I've been a chef 15 years, finished a cert 3, and I want 85k": "chef", "nurse (about 3 years)": "nurse", "cook for 2.5 years now": "cook",
		"i literally just said lol junior nurse, like staff nurse RN on a med surg floor … been doing it about 2 yrs": "junior nurse",
		"team lead because i want more say": "team lead", "project manager, I have the certificate": "project manager", "head of sales before 2030": "head of sales",
		"teacher but not in primary school": "teacher", "team lead by end of 2028": "team lead", "warehouse picker since 2021": "warehouse picker",
		// a later sentence, where the first names nothing
		"no have paper. idk name, mayb safety paper VCA my frend say": "safety paper VCA", "Not sure. Maybe a PMP": "a PMP",
		"Team lead. I like people. It pays more.": "Team lead", "first aid!! really want that": "first aid",
		"not sure, need to find out what Victoria wants": "need to find out what Victoria wants",
		"draw one app screen on sunday, thats it":        "draw one app screen on sunday", "not sure": "not sure", "no paper": "no paper", "": "",
	} {
		if got := Name(said); got != want {
			t.Errorf("Name(%q) = %q, want %q", said, got, want)
		}
		if got := Name(Name(said)); got != Name(said) {
			t.Errorf("Name(%q) is shortened again, to %q", Name(said), got)
		}
	}
}

// Whatever is typed, a name is made of the words that were typed.
func TestNameInventsNothing(t *testing.T) {
	for _, said := range []string{"uhh, (maybe) a … nurse?!", "(", "a)", "… …", "I'm", "i want to be", "for 3 years", "Team – lead", ". . ."} {
		got := Name(said)
		if !strings.Contains(said, got) || got == "" && strings.TrimSpace(said) != "" {
			t.Errorf("Name(%q) = %q", said, got)
		}
	}
}

// How long somebody has done a job is told along with its name.
func TestDurationIn(t *testing.T) {
	for said, want := range map[string]string{
		"i work in warehous since 2 yers and haf": "2 yers and haf", "I've been a chef 15 years, finished a cert 3": "15 years",
		"nurse since 2021": "since 2021", "cook for three years": "three years", "account manager": "", "team lead in 2 years": "",
		"I look after 3 year old children, 3 years old": "", "shop assistant, 8 months": "8 months",
	} {
		if got := DurationIn(said); got != want {
			t.Errorf("DurationIn(%q) = %q, want %q", said, got, want)
		}
	}
}

// A thing to do keeps its when and how.
func TestDeed(t *testing.T) {
	for said, want := range map[string]string{
		"ok my own ones: finish my BSN": "finish my BSN", "draw one app screen on sunday, thats it": "draw one app screen on sunday",
		"write a report, in March": "write a report, in March", "hand in the reports two days before the deadline": "hand in the reports two days before the deadline",
		"idk maybe ask Jo lol": "ask Jo", "lol": "lol", "I will ask Jo.": "I will ask Jo", "": "",
	} {
		if got := Deed(said); got != want {
			t.Errorf("Deed(%q) = %q, want %q", said, got, want)
		}
	}
}

// What is told along with a name is not lost with the rest of the sentence.
func TestToldAlong(t *testing.T) {
	for said, want := range map[string][]string{
		"I've been a chef 15 years, finished a cert 3, and I want 85k": {"finished a cert 3", "I want 85k"},
		"i work in warehous since 2 yers and haf":                      nil,
		"account manager":                    nil,
		"team lead and I want more money":    {"I want more money"},
		"nurse, my knees hurt from standing": {"my knees hurt from standing"},
	} {
		if got := ToldAlong(said); !slices.Equal(got, want) {
			t.Errorf("ToldAlong(%q) = %q, want %q", said, got, want)
		}
	}
}

// The coach says "then" itself.
func TestThen(t *testing.T) {
	for said, want := range map[string]string{
		"then only saterday morning": "only saterday morning", "Then, I apply elsewhere": "I apply elsewhere", "well then I ask": "I ask",
		"I apply and then I wait": "I apply and then I wait", "then": "then", "": "",
	} {
		if got := Then(said); got != want {
			t.Errorf("Then(%q) = %q, want %q", said, got, want)
		}
	}
	for said, want := range map[string]string{
		"if if tusday, then then i read": "if tusday, then i read", "If it is Tuesday, then I read": "If it is Tuesday, then I read",
	} {
		if got := IfThen(said); got != want {
			t.Errorf("IfThen(%q) = %q, want %q", said, got, want)
		}
	}
}

// What only goes on with what was said before is no entry of its own.
func TestListKeepsTogether(t *testing.T) {
	for said, want := range map[string][]string{
		"no spots open up, then thats the same thing lol": {"no spots open up, then thats the same thing lol"},
		"draw one app screen on sunday, thats it":         {"draw one app screen on sunday, thats it"},
		"ask boss if he pay VCA, then do it":              {"ask boss if he pay VCA, then do it"},
		"money, my back":                                  {"money", "my back"},
	} {
		if got := List(said); !slices.Equal(got, want) {
			t.Errorf("List(%q) = %q, want %q", said, got, want)
		}
	}
}

func TestNames(t *testing.T) {
	for said, want := range map[string][]string{
		"not sure":        {"not sure"},
		"first aid, SQL?": {"first aid", "SQL"},
		"no have paper. idk name, mayb safety paper VCA my frend say": {"safety paper VCA"},
		"not sure, need to find out what Victoria wants":              {"find out what Victoria wants"},
	} {
		if got := Names(List(said)); !slices.Equal(got, want) && !(len(got) == 0 && said == "not sure") {
			t.Errorf("Names(%q) = %q, want %q", said, got, want)
		}
	}
}

func TestNamesComeWithoutAnOpeningThatTurnsDown(t *testing.T) {
	for said, want := range map[string]string{
		"thats not it. i want to sleep before 2 shifts a week": "sleep before 2 shifts a week",
		"no not that, i want to sleep more":                    "sleep more",
		"not quite. learn to weld":                             "learn to weld",
		"not that simple a job":                                "not that simple a job",
	} {
		if got := Deed(said); got != want {
			t.Errorf("Deed(%q) = %q, want %q", said, got, want)
		}
	}
	for said, want := range map[string]string{
		"i want more, want be electrition":      "electrition",
		"no, that's not it. head of department": "head of department",
		"i want more pay":                       "more pay",
	} {
		if got := Name(said); got != want {
			t.Errorf("Name(%q) = %q, want %q", said, got, want)
		}
	}
}
