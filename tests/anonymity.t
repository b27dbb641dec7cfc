#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# anonymity.t - what was said under the Chatham House Rule: no name of it is
# anywhere in the index, not in a byte of its files and in no answer; what is on
# record is there; and the same search finds the names where they are kept.
#
# The documents lie in tests/cases/nameless and tests/cases/genres: documents/ID.*,
# and what may not and must be found in names/ID.json or gold-names/ID.json:
# {"doc", "forbidden": [...], "allowed": [...], "either": [...]}; either: people
# who took no part (officers of the house, cited authors, the absent), whom a
# document that is covered whole loses with the others.

. "${srcdir:-.}/tests/lib.sh"
command -v python3 >/dev/null || skip_all 'python3 is not here'

cases=$srcdir/tests/cases

# names KIND FILE: one a line; of "A. B. Surname" also the surname, if KIND is
# forbidden. Initials alone are left aside.
names() {
	jq -r --arg kind "$1" '.[$kind][]' "$2" | while IFS= read -r name; do
		printf '%s\n' "$name"
		[ "$1" = allowed ] || printf '%s\n' "${name##* }"
	done | awk 'length($0) > 3' | sort -u
}

# answers INDEX: all that the programs print of it
answers() {
	for what in documents panels speakers bodies passages; do
		rapporteur list "$what" --index "$1" --format jsonl 2>/dev/null || :
	done
	rapporteur list passages --index "$1" --format jsonl 2>/dev/null | jq -r .id | while IFS= read -r id; do
		rapporteur show --why --index "$1" "$id" </dev/null 2>/dev/null || :
	done
}

# unfound INDEX FILE.json: none of the forbidden names is there.
unfound() {
	mkdir -p "$scratch/answers"
	answers "$1" >"$scratch/answers/all"
	names forbidden "$2" >"$scratch/forbidden"
	tr '\n' '\0' <"$scratch/forbidden" | xargs -0 python3 "$srcdir/tests/names.py" "$1" || return
	tr '\n' '\0' <"$scratch/forbidden" | xargs -0 python3 "$srcdir/tests/names.py" "$scratch/answers" || return
	while IFS= read -r name; do
		total=$(rapporteur search --index "$1" --format json "\"$name\"" </dev/null 2>/dev/null | jq .total)
		[ "${total:-0}" -eq 0 ] || { echo "searched: $name"; return 1; }
	done <"$scratch/forbidden"
}

# found KIND INDEX FILE.json: each of these names is there, or "Bell, Ann".
found() {
	answers "$2" >"$scratch/all"
	names "$1" "$3" >"$scratch/wanted"
	while IFS= read -r name; do
		grep -i -F -e "${name##* }" "$scratch/all" | grep -q -i -F -e "${name%% *}" || { echo "missing: $name"; return 1; }
	done <"$scratch/wanted"
}

# index_one INDEX DOCUMENT [CATALOGUE LINE]
index_one() {
	rm -rf "$scratch/papers"
	mkdir "$scratch/papers"
	cp "$2" "$scratch/papers/"
	[ -z "$3" ] || printf '[*]\n%s\n' "$3" >"$scratch/papers/catalogue.ini"
	rapporteur-index --quiet --index "$1" "$scratch/papers" 2>"$scratch/err"
}

for list in "$cases"/nameless/names/*.json "$cases"/genres/gold-names/*.json; do
	[ -e "$list" ] || continue
	doc=$(jq -r .doc "$list")
	for file in "$(dirname "$list")/../documents/$doc".*; do
		[ -e "$file" ] || continue
		index=$scratch/index-$doc
		ok "$doc: it is indexed" index_one "$index" "$file" ''
		ok '... no name is anywhere' unfound "$index" "$list"
		ok '... but those on record' found allowed "$index" "$list"
		rm -rf "$index"
		ok '... with attribution = named' index_one "$index" "$file" 'attribution = named'
		# shellcheck disable=SC2016 # the inner shell's
		ok '... the names are found, byte by byte' sh -c '! "$@" >/dev/null' sh \
			python3 "$srcdir/tests/names.py" "$index" "$(names forbidden "$list" | head -n 1)"
		ok '... and told' found forbidden "$index" "$list"
		ok '... indexed again, without' index_one "$index" "$file" 'attribution = normal'
		ok '... nothing is left of them' unfound "$index" "$list"
		rm -rf "$index"
	done
done

# --- large segments: what is dead goes at once ----------------------------------------

index=$scratch/large
list=$cases/nameless/names/seminar.json
file=$cases/nameless/documents/seminar.txt
papers=$scratch/many
mkdir "$papers"
awk 'BEGIN { for (i = 0; i < 5500; i++) printf "{\"id\": \"r%d\", \"text\": \"The tide table of day %d says that the water comes and goes.\"}\n", i, i }' >"$papers/tides.jsonl"
cp "$file" "$papers/"
printf '[seminar.txt]\nattribution = named\n' >"$papers/catalogue.ini"
ok 'a segment of many passages, with names' rapporteur-index --quiet --index "$index" "$papers"
names forbidden "$list" | head -n 1 >"$scratch/one"
ok '... are found' sh -c '! python3 "$0" "$1" "$(cat "$2")"' "$srcdir/tests/names.py" "$index" "$scratch/one"
rm "$papers/catalogue.ini"
ok '... without them' rapporteur-index --quiet --index "$index" "$papers"
# shellcheck disable=SC2046 # names without blanks
ok '... nothing is left' python3 "$srcdir/tests/names.py" "$index" $(names forbidden "$list" | grep -v ' ')
ok '... of the segment either' [ "$(find "$index" -name 'segment-*' | wc -l)" -ge 1 ]
ok '... and the index is sound' rapporteur-index --check --index "$index"

# --- what a file is called ----------------------------------------------------------------

cp "$file" "$scratch/papers/kestrelly-seminar.txt"
ok 'a name in the name of a file' rapporteur-index --quiet --index "$scratch/called" "$scratch/papers/kestrelly-seminar.txt"
rapporteur-index --quiet --rebuild --index "$scratch/called" "$scratch/papers/kestrelly-seminar.txt" 2>"$scratch/err"
ok '... is told' grep -q "kestrelly-seminar.txt': the file's name holds a name" "$scratch/err"
is '... and is no part of the id' "$(rapporteur list documents --index "$scratch/called" --format jsonl | jq -r '.document.id // .id')" _________-seminar

finish
