#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# linear.t - no text takes time beyond the linear: of each that tests/bench/cost.py
# makes to be slow, four times as much takes about four times as long. What is
# quadratic takes sixteen times as long; the limit lies between, for a busy machine.

. "${srcdir:-.}/tests/lib.sh"

command -v python3 >/dev/null || skip_all 'python3 is not here'

TMPDIR=$scratch
export TMPDIR

# shellcheck disable=SC2016 # the inner shell's
ok 'time grows as the text does' sh -c 'exec "$@" >"$0"' "$scratch/said" \
	python3 "$srcdir/tests/bench/cost.py" --hostile --mb 0.3 --limit 2.8 "$top_builddir"
show "$(cat "$scratch/said")"

finish
