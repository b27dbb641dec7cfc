#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# examples.t - what README.md, the manuals and corpus/SAMPLE show can be typed
# as it stands: every command and query of theirs leaves with status 0, and
# without a word on standard error.

. "${srcdir:-.}/tests/lib.sh"

# The places that they name: a home with papers in it, and the source folder.
HOME=$scratch/home
export HOME
mkdir -p "$HOME" "$scratch/source/corpus"
cp -R "$srcdir/corpus/sample" "$HOME/papers"
cp -R "$srcdir/corpus/sample" "$scratch/source/corpus"
chmod -R u+w "$scratch"
cd "$scratch/source" || exit 99

# example COMMAND: in this shell, so that what it exports stays.
example() {
	example_status=0
	eval "$1" >"$scratch/out" 2>"$scratch/err" </dev/null || example_status=$?
	is "$1" "status $example_status: $(cat "$scratch/err")" 'status 0: '
}

# an_id DOCUMENT: of a passage of it
an_id() {
	rapporteur list passages --document "$1" --format jsonl | sed -n '2s|.*"id": *"\([^"]*/[^"]*\)".*|\1|p'
}

# is_open COMMAND: a word in capitals stands for something, operators aside.
is_open() {
	printf '%s\n' "$1" | sed 's/ \(AND\|OR\|NOT\) / /g' |
		grep -qE '(^|[^A-Za-z_])[A-Z]{2,}($|[^A-Za-z_=])'
}

# examples FILE: one command a line. An id that a manual leaves open is filled in;
# what else is left open cannot be run.
examples() {
	ok '... there are some' test -s "$1"
	while IFS= read -r command <&3; do
		case $command in
		*/ID*)
			document=${command%%/ID*}
			document=${document##* }
			id=$(an_id "$document")
			command="${command%%"$document"/ID*}$id${command##*/ID}"
			;;
		esac
		if is_open "$command"; then
			skip "$command" 'it leaves something open'
		else
			example "$command"
		fi
	done 3<"$1"
}

# shown PAGE: the lines that a manual displays under EXAMPLES, as a reader sees them
shown() {
	sed -n '/^\.Sh EXAMPLES/,/^\.Sh [^E]/p' "$srcdir/man/$1" |
		sed -n -e '/^\.Bd/,/^\.Ed/{/^\./!p;}' -e 's/^\.Dl //p' |
		sed "s/\\\\(dq/\"/g; s/\\\\(aq/'/g; s/\\\\-/-/g"
}

# --- README.md ------------------------------------------------------------------------

# What is said about a command stands behind it, after many blanks.
sed -n 's/^    \(export [A-Z]\|rapporteur\)/\1/p' "$srcdir/README.md" |
	sed 's/    .*//; s/ *$//' >"$scratch/readme"
examples "$scratch/readme"
is 'README.md names an index' "$RAPPORTEUR_INDEX" "$HOME/papers.index"

# --- the manuals ----------------------------------------------------------------------

unset RAPPORTEUR_INDEX
for page in rapporteur.1 rapporteur-index.1; do
	shown "$page" >"$scratch/commands"
	examples "$scratch/commands"
done

# queries FILE: one a line, of the sample corpus
queries() {
	ok '... there are some' test -s "$1"
	while IFS= read -r query <&3; do
		example "rapporteur search --index '$scratch/index' '$query'"
	done 3<"$1"
}

ok 'the sample corpus is indexed' rapporteur-index --index "$scratch/index" corpus/sample
shown rapporteur-query.7 >"$scratch/queries"
queries "$scratch/queries"

# --- corpus/SAMPLE ----------------------------------------------------------------------

# A query, three or more blanks, and what it is about.
sed -n 's/^  \([^ ].*[^ ]\)   *[^ ].*/\1/p' "$srcdir/corpus/SAMPLE" | sed 's/   .*//' >"$scratch/queries"
queries "$scratch/queries"

finish
