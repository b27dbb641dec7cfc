#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# quality.sh [BUILD] - how good attribution and ranking are, on the judged data
# in ../shared and on the sample corpus. BUILD is the folder with the programs
# (default: the current one).
set -eu

build=$(cd "${1:-.}" && pwd)
source=$(cd "$(dirname "$0")/../.." && pwd)
shared=${SHARED:-$source/../shared}
score=$shared/tools/score.py

[ -f "$score" ] || { echo "quality.sh: the judged data is not there ('$shared')" >&2; exit 77; }

run() {
	printf '%-28s ' "$1"
	shift
	python3 "$score" "$@" --bin "$build"
}

cases=$source/tests/cases/sample
run 'attribution, sample' attribution --corpus "$source/corpus/sample" --gold "$cases/gold.json"
run 'attribution, corpus' attribution
run 'attribution, transcripts' attribution --corpus "$shared/transcripts" --gold "$shared/gold/transcripts.json"
run 'known item, sample' known-item --corpus "$source/corpus/sample" --gold "$cases/known-item.json"
run 'known item, corpus' known-item
for name in cacm cisi cranfield med npl nfcorpus-dev; do
	run "ranking, $name" ir "$name"
done
