#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# speed.sh S|M [BUILD [OPTION...]] - indexing and searching side by side with plain Xapian
# (and more peers, if PEERS names them), by the benchmark in ../shared/bench. BUILD is
# the folder with the programs (default: the current one); rapporteur-bench is
# made there by "make rapporteur-bench". Options are run.py's: --ireps 1, ...
set -eu

size=${1:?S or M}
build=$(cd "${2:-.}" && pwd)
if [ $# -lt 2 ]; then shift; else shift 2; fi
source=$(cd "$(dirname "$0")/../.." && pwd)
bench=${SHARED:-$source/../shared}/bench

[ -x "$bench/run.sh" ] || [ -f "$bench/run.sh" ] || { echo "speed.sh: the benchmark is not there ('$bench')" >&2; exit 77; }
PATH=$build:$PATH
OURS=$source/tests/bench/ours.json
export PATH OURS
exec bash "$bench/run.sh" "$size" --peers "${PEERS:-xapian,ours}" --no-qps "$@"
