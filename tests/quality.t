#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# quality.t - attribution and ranking do not get worse than they have been: what
# the judges say of the built programs stays above the floors below, and of ranking above
# those in tests/bench/ranking.floors. The judge in tests/bench reads the documents in
# tests/cases, the one in SHARED others. tests/bench/attribution.py, ranking.py and
# quality.sh print the figures, and more of them.

. "${srcdir:-.}/tests/lib.sh"

score=${SHARED:-$scratch}/tools/score.py
command -v python3 >/dev/null || skip_all 'python3 is not here'

# The judge makes its indexes in a temporary folder, and leaves them.
TMPDIR=$scratch
export TMPDIR

# judged TITLE ARGUMENT...: what the judge says, in $scratch/said
judged() {
	judged_title=$1
	shift
	judge "$judged_title" "$score" "$@" --bin "$top_builddir"
}

# judge TITLE PROGRAM ARGUMENT...
judge() {
	judge_title=$1
	shift
	# shellcheck disable=SC2016 # the inner shell's
	ok "$judge_title" sh -c 'said=$1; shift; exec "$@" >"$said"' sh \
		"$scratch/said" python3 "$@"
	show "$(cat "$scratch/said")"
}

# figure NAME: the number behind that word
figure() {
	awk -v name="$1" '{ for (i = 1; i < NF; i++) if ($i == name) print $(i + 1) }' "$scratch/said"
}

# from NAME FLOOR, upto NAME CEILING
from() {
	ok "... $1 is $2 or better" awk -v got="$(figure "$1")" -v want="$2" \
		'BEGIN { print got; exit !(got != "" && got + 0 >= want + 0) }'
}

upto() {
	ok "... $1 is $2 or less" awk -v got="$(figure "$1")" -v want="$2" \
		'BEGIN { print got; exit !(got != "" && got + 0 <= want + 0) }'
}

# --- whose words, on documents of many houses ---------------------------------------

judge 'attribution, genres' "$srcdir/tests/bench/attribution.py" --set genres \
	--shared "$scratch/none" "$top_builddir"
from speaker 0.85
upto wrong 0.08
from all 0.79
judge 'attribution, shelf' "$srcdir/tests/bench/attribution.py" --set shelf \
	--shared "$scratch/none" "$top_builddir"
from found 1
from speaker 0.87
upto wrong 0.06
from all 0.80
judge 'attribution, shelf-2' "$srcdir/tests/bench/attribution.py" --set shelf-2 \
	--shared "$scratch/none" "$top_builddir"
from found 0.99
from speaker 0.91
upto wrong 0.03
from all 0.88
judge 'people, genres' "$srcdir/tests/bench/attribution.py" --people --set genres \
	--shared "$scratch/none" "$top_builddir"
from found 0.75
from functions 0.65
upto strangers 0.17

# --- which passage first, against tests/bench/ranking.floors ------------------------------

judge 'ranking, known items of the sample' "$srcdir/tests/bench/ranking.py" --check --set sample "$top_builddir"
judge 'ranking, questions made by rule' "$srcdir/tests/bench/known.py" "$top_builddir"
from typed@1 0.88
from person@1 0.94
from all@1 0.955

[ -f "$score" ] || { skip 'the judged data beside the sources' 'it is not here (../shared)'; finish; }

# --- whose words ------------------------------------------------

cases=$srcdir/tests/cases/sample
gold=$SHARED/gold

judged 'attribution, sample' attribution --corpus "$srcdir/corpus/sample" --gold "$cases/gold.json"
from found 1
from speaker 0.97
upto wrong-name 0.01
from kind 0.97

judged 'attribution, corpus' attribution
from speaker 0.97
upto wrong-name 0.01
from kind 0.97
judged 'attribution, transcripts' attribution --corpus "$SHARED/transcripts" --gold "$gold/transcripts.json"
from speaker 0.97

# --- the same queries as people mistype and respell them --------------------------------

judge 'known item, changed by rule' "$srcdir/tests/bench/variants.py" "$top_builddir"
for kind in exchanged missing other doubled scanned; do
	from "$kind@1" 0.93
done
from joined@1 0.88
from american@1 0.75
from apart@1 0.66
from all@1 0.95

# --- ranking, on collections that others have judged ----------------------------------

for set in corpus cacm npl cisi cranfield med nfcorpus-dev; do
	judge "ranking, $set" "$srcdir/tests/bench/ranking.py" --check --set "$set" --shared "$SHARED" "$top_builddir"
done

finish
