#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# quality.t - attribution and ranking do not get worse than they have been: what
# the judge in SHARED says of the built programs stays above the floors below.
# tests/bench/quality.sh prints the figures themselves, and more of them.

. "${srcdir:-.}/tests/lib.sh"

score=${SHARED:-$scratch}/tools/score.py
[ -f "$score" ] || skip_all 'no judged data beside the sources (../shared)'
command -v python3 >/dev/null || skip_all 'python3 is not here'

# The judge makes its indexes in a temporary folder, and leaves them.
TMPDIR=$scratch
export TMPDIR

# judged TITLE ARGUMENT...: what the judge says, in $scratch/said
judged() {
	judged_title=$1
	shift
	# shellcheck disable=SC2016 # the inner shell's
	ok "$judged_title" sh -c 'said=$1; shift; exec "$@" >"$said"' sh \
		"$scratch/said" python3 "$score" "$@" --bin "$top_builddir"
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

# --- whose words, and which passage ------------------------------------------------

cases=$srcdir/tests/cases/sample
gold=$SHARED/gold

judged 'attribution, sample' attribution --corpus "$srcdir/corpus/sample" --gold "$cases/gold.json"
from found 1
from speaker 0.97
upto wrong-name 0.01
from kind 0.97
judged 'known item, sample' known-item --corpus "$srcdir/corpus/sample" --gold "$cases/known-item.json"
from success@1 0.90
from MRR@10 0.94

judged 'attribution, corpus' attribution
from speaker 0.97
upto wrong-name 0.01
from kind 0.97
judged 'attribution, transcripts' attribution --corpus "$SHARED/transcripts" --gold "$gold/transcripts.json"
from speaker 0.97
judged 'known item, corpus' known-item
from success@1 0.90
from MRR@10 0.94

# --- ranking, on collections that others have judged ----------------------------------

judged 'ranking, cacm' ir cacm
from MAP 0.31
judged 'ranking, npl' ir npl
from MAP 0.29

finish
