#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# pages.t - however many hits are asked for, and from whichever on, they are the same ones
# in the same order: many queries on the sample corpus, in every order and grouping.

. "${srcdir:-.}/tests/lib.sh"

command -v jq >/dev/null || skip_all 'there is no jq'
RAPPORTEUR_INDEX=$scratch/index
export RAPPORTEUR_INDEX
if ! rapporteur-index --index "$RAPPORTEUR_INDEX" "$srcdir/corpus/sample" >"$scratch/log" 2>&1; then
	report 1 'the sample corpus is indexed'
	show "$(cat "$scratch/log")"
	finish
fi

most=27
page=9

n=0
while read -r query; do
	n=$((n + 1))
	printf '%s\t%s\n' "$n" "$query"
done >"$scratch/queries" <<'END'
night
train
night train
the last carriage to the frontier
"night train"
"train"
trai*
timetable OR frontier
train near/5 frontier
kind:quote
kind:speech train
speaker:kvirkelidze
country:georgia frontier
year:2023 train
at two in the morning
customs police railway passengers luggage
co-operation
the
"the train"
-train
(night OR day) AND train
panel:"panel ii"
section:foreword
trian
carriages "night train" frontier*
END

# asked OPTION...: the query, the hit and what it stands for
asked() {
	rapporteur search --queries "$scratch/queries" --format jsonl "$@" 2>"$scratch/err" |
		jq -r '[.qid, .id, .score, (.also_in // [] | join("+")), .group.value, .group.matches] | @tsv'
}

# first N of each query
first() {
	awk -F '\t' -v n="$1" '++seen[$1] <= n'
}

by_query() {
	sort -s -n -k 1,1
}

pages() {
	from=0
	while [ "$from" -lt "$most" ]; do
		asked -n "$page" --offset "$from" "$@"
		from=$((from + page))
	done | by_query | first "$most"
}

check() {
	asked -n "$most" "$@" | by_query >"$scratch/whole"
	asked -n 10 "$@" | by_query >"$scratch/ten"
	pages "$@" >"$scratch/pages"
	[ "$(wc -l <"$scratch/whole")" -gt 50 ] || { echo "too few hits: $*"; wc -l "$scratch/whole"; cat "$scratch/err"; return 1; }
	first 10 <"$scratch/whole" | diff - "$scratch/ten" && diff "$scratch/whole" "$scratch/pages"
}

for options in '' --all '--sort date' '--sort -date' '--sort document' '--group panel' '--group speaker' --expand; do
	# shellcheck disable=SC2086 # several words
	ok "pages of a list${options:+: $options}" check $options
done
finish
