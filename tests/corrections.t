#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# corrections.t - what a person corrects in catalogue.ini: people, panels and
# passages. It wins, it lasts, its evidence is told, and what fits nothing is a
# warning.

. "${srcdir:-.}/tests/lib.sh"

index=$scratch/index
papers=$scratch/papers
RAPPORTEUR_INDEX=$index
export RAPPORTEUR_INDEX
mkdir "$papers"

cat >"$papers/nets.txt" <<'EOF'
REPORT OF THE SEMINAR ON NETS

SPEAKERS

Ann Bell | Director, Harbour Office, Norway
Thomas Marsh | Minister of Fisheries, Chile

SESSION 1: NETS

Ann Bell, Director of the Harbour Office, recalled that nets are mended by hand, and that those who mend them are seldom asked. She thought that this was a loss.

SESSION 2: BOATS

Thomas Marsh, Minister of Fisheries of Chile, warned that boats of steel outlive their owners. Mr. Marsh asked for a register of all boats.

SESSION 3: HARBOURS

Harbours are schools, and they should be paid for as schools are. Nobody who was there had ever thought of it in this way before.
EOF
cat >"$papers/tides.txt" <<'EOF'
REPORT OF THE WORKSHOP ON TIDES

SPEAKERS

Ann Bell | Editor, The Tide Table, Canada
Tom Marsh | Minister of Fisheries, Chile

SESSION 1: TABLES

Ann Bell, Editor of The Tide Table, said that tables are printed a year ahead. She asked who reads them.

SESSION 2: READERS

Tom Marsh, Minister of Fisheries, confirmed that fishermen read them every day of the year.
EOF

# catalogue LINE...: the whole of it
catalogue() {
	printf '%s\n' "$@" >"$papers/catalogue.ini"
}

run() {
	status=0
	rapporteur-index --quiet "$@" "$papers" 2>"$scratch/err" || status=$?
}

passages() {
	rapporteur list passages --format jsonl
}

# of FILTER WORDS: that of the passage with these words
of() {
	passages | jq -r "select(.text | test(\"$2\")) | $1"
}

speakers() {
	rapporteur list speakers --format jsonl | jq -r '[.name, .organisation // "", .country // "", .documents] | map(tostring) | join("|")'
}

# refuses MESSAGE LINE...: a fault of syntax; the index stays
refuses() {
	refuses_message=$1
	shift
	catalogue "$@"
	run
	[ "$status" -eq 2 ] && grep -q -e "catalogue.ini': .*$refuses_message" "$scratch/err" || { cat "$scratch/err"; return 1; }
}

# warns MESSAGE LINE...: done, and a warning that names the file and the group
warns() {
	warns_message=$1
	shift
	catalogue "$@"
	run
	[ "$status" -eq 0 ] && grep -q -F -e "catalogue.ini' [${1#\[}" "$scratch/err" && grep -q -e "$warns_message" "$scratch/err" || { cat "$scratch/err"; return 1; }
}

silent() {
	[ ! -s "$scratch/err" ] || { cat "$scratch/err"; return 1; }
}

run
harbours=$(of .id 'Harbours are schools')
ids=$(passages | jq -r .id)
is 'without a catalogue nobody says it' "$(of '.speaker.name' 'Harbours are schools')" null
is 'one name with two functions is two people' "$(rapporteur list speakers --format jsonl | grep -c 'Ann Bell')" 2
is '... whom a filter finds both' "$(rapporteur search --format json --speaker 'ann bell' '' | jq .total)" \
	"$(passages | grep -c '"name": "Ann Bell"')"

# --- passages ---------------------------------------------------------------------

catalogue "[nets.txt | passage ${harbours#*/}]" 'speaker = Ann Bell' 'kind = reported' 'panel = Session 2'
run
ok 'a passage is corrected without a word' silent
is '... the speaker' "$(of '[.speaker.name, .speaker.role, .kind] | join(" ")' 'Harbours are schools')" 'Ann Bell Director reported'
is '... the panel' "$(of '.panel.label' 'Harbours are schools')" 'SESSION 2'
is '... the evidence' "$(of '.attribution | [.evidence, .certainty] | join(" ")' 'Harbours are schools')" 'catalogue stated'
is '... and the ids are what they were' "$(passages | jq -r .id)" "$ids"
rapporteur show --why "$harbours" >"$scratch/why"
ok '... of which show tells the file' grep -q "papers/catalogue.ini'" "$scratch/why"
ok '... and the group' sh -c 'tr -s "\n " " " <"$1" | grep -q -F "[nets.txt | passage $2]"' sh "$scratch/why" "${harbours#*/}"
rapporteur search --format json 'harbours schools' | jq -r '.hits[0].speaker.name' >"$scratch/name"
is '... it is found by the name' "$(cat "$scratch/name")" 'Ann Bell'
run
is '... it lasts' "$(of '.speaker.name' 'Harbours are schools')" 'Ann Bell'
run --rebuild
is '... through a rebuild' "$(of '.speaker.name' 'Harbours are schools')" 'Ann Bell'
printf 'TIDES\n\nThe tide tables are printed once a year.\n' >"$papers/more.txt"
run
is '... and beside other changes' "$(of '.speaker.name' 'Harbours are schools')" 'Ann Bell'
rm "$papers/more.txt"
range=$(of '.ranges[0] | map(tostring) | join("-")' 'Harbours are schools')
catalogue "[nets.txt | passage $range]" 'speaker = Olive Penhaligon'
run
is 'by its range, somebody new' "$(of '.speaker.name' 'Harbours are schools')" 'Olive Penhaligon'
marsh=$(of .id 'boats of steel')
catalogue "[nets.txt | passage $marsh]" 'speaker ='
run
is 'nobody' "$(of '[.speaker, .kind] | map(tostring) | join(" ")' 'boats of steel')" 'null narrative'
ok '... says the catalogue' sh -c 'rapporteur show --why "$1" | grep -q "evidence: catalogue"' sh "$marsh"

# --- people -------------------------------------------------------------------------

catalogue '[*.txt | person Thomas Marsh]' 'also = Tom Marsh' 'organisation = Ministry of Nets'
run
ok 'two forms, one person' silent
is '... over all documents' "$(speakers | grep Marsh)" 'Thomas Marsh|Ministry of Nets|Chile|2'
catalogue '[nets.txt | person Ann Bell]' 'name = Anna Bell' 'honorific = Dr' 'country ='
run
is 'a name' "$(of '[.speaker.name, .speaker.country] | map(tostring) | join(" ")' 'mended by hand')" 'Anna Bell null'
is '... takes part' "$(speakers | grep -c 'Ann Bell')" 1
catalogue '[* | person Ann Bell]' 'organisation = Harbour Office' 'country = Norway'
run
is 'one function, one person' "$(speakers | grep -c 'Ann Bell')" 1
catalogue '[nets.txt | person Ann Bell]' 'speaker = no'
run
is 'never speaks' "$(of '.speaker' 'mended by hand')" null
catalogue '[nets.txt | person Marsh]' 'name = Thomas Marsh' 'also = Thomas Marsh' 'type = body'
run
is 'a body' "$(of '.speaker.type' 'boats of steel')" body

# --- panels ---------------------------------------------------------------------------

catalogue '[nets.txt | panel session 2]' 'label = Panel B' 'title = Ships' 'date = 2022-05-04' 'moderator = Ann Bell'
run
is 'a panel' "$(of '.panel | [.label, .title, .date, .moderator] | join("|")' 'boats of steel')" 'Panel B|Ships|2022-05-04|Ann Bell'
catalogue '[nets.txt | panel Boats]' 'attribution = none'
run
is 'without names' "$(of '[.speaker, (.text | test("Marsh"))] | map(tostring) | join(" ")' 'boats of steel')" 'null false'
is '... alone' "$(of '.speaker.name' 'mended by hand')" 'Ann Bell'
warns 'held without names' "[nets.txt | passage $(of .id 'boats of steel')]" 'speaker = Ann Bell' '[nets.txt | panel Boats]' 'attribution = none'
report $? 'a speaker where names are not kept'
is '... is not told' "$(of '.speaker' 'boats of steel')" null

# --- what fits nothing, and what is wrong -----------------------------------------------

ok 'no such person' warns 'no such person' '[nets.txt | person Zed Nobody]' 'role = Clerk'
ok 'no such panel' warns 'no such panel' '[nets.txt | panel Panel 9]' 'date = 2020'
ok 'no such passage' warns 'no such passage' '[nets.txt | passage 0123456789]' 'speaker ='
ok 'no such file' warns 'no such file' '[boats.txt | person Ann Bell]' 'role = Clerk'
ok 'nobody in any file' warns 'fits nothing' '[* | person Zed Nobody]' 'role = Clerk'
catalogue "[nets.txt | passage ${harbours#*/}]" 'speaker = Ann Bell'
sed -i 's/Harbours are schools/Harbours were schools/' "$papers/nets.txt"
run
ok 'a text that was changed' grep -q 'passage.*was the text changed' "$scratch/err"
cat >"$papers/twins.txt" <<'EOF'
REPORT OF A MEETING

SPEAKERS

Mr. Zoe Quill | Director, Ministry of Tides, Norway
Ms. Zoe Quill | Editor, The Tide Table, Canada

SESSION 1: NETS

Nets are mended by hand, and those who mend them are seldom asked about it by anybody at all.
EOF
ok 'two of a name' warns 'several people' '[twins.txt | person Zoe Quill]' 'role = Clerk'
catalogue '[twins.txt | panel Session 1]' 'moderator = Zoe Quill (Canada)'
run
ok '... of whom one is meant' silent
rm "$papers/twins.txt" "$papers/catalogue.ini"
run
before=$(passages)
ok 'an unknown key' refuses 'unknown key' '[nets.txt | person Ann Bell]' 'colour = green'
ok 'an unknown thing' refuses 'stands person NAME' '[nets.txt | persn Ann Bell]' 'role = Clerk'
ok 'a date that is none' refuses 'not a date' '[nets.txt | panel Session 1]' 'date = May'
ok 'a kind that is none' refuses 'no such kind' '[nets.txt | passage 0123456789]' 'kind = song'
ok 'a passage of a glob' refuses 'a glob' '[* | passage 0123456789]' 'kind = quote'
ok 'a group twice' refuses 'comes twice' '[nets.txt | person Ann Bell]' 'role = A' '[nets.txt | person Ann Bell]' 'role = B'
ok 'the same in other letters' refuses 'comes before' '[nets.txt | person Ann Bell]' 'role = A' '[nets.txt | person ANN BELL]' 'role = B'
ok 'a key twice' refuses 'key comes twice' '[nets.txt | person Ann Bell]' 'role = A' 'role = B'
ok 'a form that is and is not' refuses "'also' and 'not'" '[nets.txt | person Ann Bell]' 'also = Bella' 'not = bella'
ok 'a form of two people' refuses 'two people' '[nets.txt | person Ann Bell]' 'also = X Y' '[nets.txt | person Tom Marsh]' 'also = x y'
ok 'a narrative by somebody' refuses "nobody's" '[nets.txt | passage 0123456789]' 'kind = narrative' 'speaker = Ann Bell'
is '... and the index stays' "$(passages)" "$before"

# --- what is written ---------------------------------------------------------------------

rm "$papers/catalogue.ini"
rapporteur-index --write-catalogue "$papers" >"$scratch/written.ini"
ok 'people are written, to be mended' grep -q -F '#[nets.txt | person Ann Bell]' "$scratch/written.ini"
ok '... and panels' grep -q -F '#[nets.txt | panel SESSION 2]' "$scratch/written.ini"
run
passages >"$scratch/detected"
sed 's/^#//' "$scratch/written.ini" >"$papers/catalogue.ini"
run
ok '... without the marks it is a catalogue' silent
passages >"$scratch/said"
ok '... that changes nothing' cmp "$scratch/detected" "$scratch/said"

finish
