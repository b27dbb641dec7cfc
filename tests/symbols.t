#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# symbols.t - librapporteur exports what rapporteur.h declares and nothing
# else, and what reads the index loads nothing that reads formats.

. "${srcdir:-.}/tests/lib.sh"

# The functions that the public header declares.
declared() {
	sed 's|/\*.*\*/||; /\/\*/,/\*\//d' "$srcdir/searcher/rapporteur.h" |
		grep -v '^[[:space:]]*#' | grep -v typedef |
		grep -oE 'rap_[a-z0-9_]+[[:space:]]*\(' | tr -d '( \t' | sort -u
}

library=$top_builddir/.libs/librapporteur.so
if [ -e "$library" ]; then
	${NM:-nm} -D --defined-only "$library" | awk '{ print $NF }' | sed 's/@.*//' | sort -u >"$scratch/exported"
	declared >"$scratch/declared"
	is 'only rap_* is exported' "$(grep -v '^rap_' "$scratch/exported")" ''
	is 'what the header declares is exported' "$(comm -13 "$scratch/exported" "$scratch/declared")" ''
	is 'what is exported is declared in the header' "$(comm -23 "$scratch/exported" "$scratch/declared")" ''
	ok 'the header declares something' test -s "$scratch/declared"
else
	skip 'exported symbols' 'no shared library was built'
fi

# loads FILE: the libraries that it asks for.
loads() {
	readelf -d "$1" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p'
}

formats='poppler|libzip|libxml|libarchive|exttextcat'
for file in "$top_builddir/rapporteur" "$library"; do
	[ -e "$file" ] || continue
	is "$(basename "$file") loads nothing that reads formats" "$(loads "$file" | grep -E "$formats")" ''
done
for program in rapporteur rapporteur-index; do
	ok "$program at the top is the program itself" readelf -h "$top_builddir/$program"
done

finish
