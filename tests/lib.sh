# shellcheck shell=sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# lib.sh - what the shell tests share: where things lie, and TAP.
#
#   . "${srcdir:-.}/tests/lib.sh"
#   ok "a title" COMMAND...          passes if the command does
#   is "a title" "$got" "$expected"  passes if they are equal, shows both if not
#   skip_all "reason"                leaves the test
#   finish                           the last line; TAP tells what failed
#
# scratch is a folder of the test's own, which goes when the test ends. SHARED
# is the folder ../shared or ../../shared beside the source tree, or empty.

LC_ALL=C.UTF-8
export LC_ALL
unset RAPPORTEUR_INDEX XDG_DATA_HOME NO_COLOR COLUMNS

srcdir=$(cd "${srcdir:-.}" && pwd)
top_builddir=$(cd "${top_builddir:-.}" && pwd)
PATH=$top_builddir:$PATH
SHARED=
for shared in "$srcdir/../shared" "$srcdir/../../shared"; do
	if [ -z "$SHARED" ] && [ -d "$shared" ]; then
		SHARED=$(cd "$shared" && pwd)
	fi
done
export srcdir top_builddir PATH SHARED

scratch=$(mktemp -d) || exit 99
trap 'chmod -R u+w "$scratch"; rm -rf "$scratch"' EXIT
trap 'exit 99' HUP INT TERM

# Under the sanitizers: what xapian-core does wrong is not ours. It deletes an object
# by its base class, and loses what it holds when it throws.
echo leak:libxapian >"$scratch/lost"
ASAN_OPTIONS=new_delete_type_mismatch=0${ASAN_OPTIONS:+:$ASAN_OPTIONS}
LSAN_OPTIONS=suppressions=$scratch/lost:print_suppressions=0
export ASAN_OPTIONS LSAN_OPTIONS

tests_run=0

# report STATUS TITLE
report() {
	tests_run=$((tests_run + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $tests_run - $2"
	else
		echo "not ok $tests_run - $2"
	fi
}

# show TEXT: as a comment, so that a failure can be read in the log
show() {
	printf '%s\n' "$1" | sed 's/^/#   /'
}

ok() {
	ok_title=$1
	shift
	if ok_output=$("$@" 2>&1); then
		report 0 "$ok_title"
	else
		report 1 "$ok_title"
		show "$*"
		show "$ok_output"
	fi
}

is() {
	if [ "$2" = "$3" ]; then
		report 0 "$1"
	else
		report 1 "$1"
		show "got:"
		show "$2"
		show "expected:"
		show "$3"
	fi
}

skip() {
	tests_run=$((tests_run + 1))
	echo "ok $tests_run - $1 # SKIP $2"
}

skip_all() {
	echo "1..0 # SKIP $1"
	exit 0
}

finish() {
	echo "1..$tests_run"
	exit 0
}
