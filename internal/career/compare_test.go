package career

import (
	"fmt"
	"testing"
)

func TestCompare(t *testing.T) {
	gap := func(id string, kind GapKind, s Severity, words string) Gap {
		return Gap{ID: id, Kind: kind, Severity: s, Words: words}
	}
	closed := func(g Gap) Gap { g.Closed = on(today); return g }
	track, sql, talks := gap("track", Track, Slows, ""), gap("skill:1", Skill, Slows, "SQL"), gap("skill:2", Skill, Slows, "giving talks")
	for _, tc := range []struct {
		rule      string
		then, now []Gap
		want      []string
	}{
		{"the same", []Gap{track}, []Gap{track}, []string{"same track/track"}},
		{"gone", []Gap{track}, nil, []string{"closed track/"}},
		{"ticked off", []Gap{track}, []Gap{closed(track)}, []string{"closed track/track"}},
		{"ticked off then, and none now", []Gap{closed(track)}, nil, []string{"closed track/"}},
		{"back again", []Gap{closed(track)}, []Gap{track}, []string{"changed track/track"}},
		{"new, after what was", []Gap{track}, []Gap{sql, track}, []string{"same track/track", "new /skill:1"}},
		{"numbers shift, words count", []Gap{sql, talks}, []Gap{gap("skill:1", Skill, Slows, "Giving talks")}, []string{"closed skill:1/", "changed skill:2/skill:1"}},
		{"less in the way", []Gap{track}, []Gap{gap("track", Track, Nice, "")}, []string{"changed track/track"}},
		{"another case of it", []Gap{track}, []Gap{{ID: "track", Kind: Track, Severity: Slows, About: AboutPosition}}, []string{"changed track/track"}},
		{"known now, with a gap behind it", []Gap{gap("information:education", Information, Slows, "")}, []Gap{gap("education", Education, Slows, "")}, []string{"closed information:education/", "new /education"}},
		{"nothing then, nothing now", nil, nil, nil},
		{"closed before anybody compared", nil, []Gap{closed(track)}, nil},
	} {
		var got []string
		for _, c := range Compare(tc.then, tc.now) {
			got = append(got, fmt.Sprint(c.Kind, " ", c.Then.ID, "/", c.Now.ID))
		}
		want(t, tc.rule, got, tc.want)
	}
}
