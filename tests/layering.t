#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# layering.t - the shape of the house: includes follow the arrows, Xapian stays
# in its room, and every file says whose it is.

. "${srcdir:-.}/tests/lib.sh"
cd "$srcdir" || exit 99

# What the searcher may include of indexer/: what both ends must agree on.
shared_headers='columns suggestions fields fingerprints impact analysis fold words record signature stopwords store stamp vocabulary'

# Headers of libraries that read file formats: only corpus/ may know them.
format_headers='poppler|zip\.h|libxml|archive\.h|gumbo|magic\.h'

folders='corpus indexer searcher xapian tests'

sources() {
	find "$@" \( -name '*.[ch]' -o -name '*.cc' \) ! -name cues-data.c | sort
}

# includes FOLDER: a line "file header" for each include of our own.
includes() {
	for file in $(sources "$1"); do
		sed -n 's|^[[:space:]]*#[[:space:]]*include[[:space:]]*"\([^"]*\)".*|'"$file"' \1|p' "$file"
	done
}

# beyond FOLDER PATTERN: includes in FOLDER that PATTERN does not allow. The
# version and what configure found out is for everybody.
beyond() {
	includes "$1" | grep -Ev " ($2|config\.h)\$"
}

is 'corpus includes only corpus' "$(beyond corpus 'corpus/.*')" ''
is 'xapian includes only xapian' "$(beyond xapian 'xapian/.*')" ''
is 'indexer includes only corpus, indexer, xapian' \
	"$(beyond indexer '(corpus|indexer|xapian)/.*')" ''
is 'searcher includes of indexer only what both ends share' \
	"$(beyond searcher "(corpus|searcher|xapian)/.*|indexer/($(echo "$shared_headers" | tr ' ' '|'))\.h")" ''
is 'paths of includes begin at the top' \
	"$(beyond tests '(corpus|indexer|searcher|xapian|tests)/.*')" ''

# shellcheck disable=SC2046,SC2086 # lists of names without blanks
{
	is 'the only C++ is xapian/xap.cc' \
		"$(find $folders -name '*.cc' -o -name '*.cpp' -o -name '*.cxx' -o -name '*.hh' -o -name '*.hpp' -o -name '*.C')" \
		xapian/xap.cc
	is 'only xapian/xap.cc includes xapian.h' \
		"$(grep -lE '#[[:space:]]*include[[:space:]]*<xapian' $(sources $folders))" xapian/xap.cc
	is 'only xapian/xap.cc catches' \
		"$(grep -lE '(^|[^[:alnum:]_])catch[[:space:]]*\(' $(sources $folders))" xapian/xap.cc
	is 'only corpus knows libraries of formats' \
		"$(grep -lE "#[[:space:]]*include[[:space:]]*<.*($format_headers)" $(sources indexer searcher xapian))" ''
}

# What a person wrote: no file that the build made, no data.
written() {
	# shellcheck disable=SC2086 # a list
	find $folders completion .ci -type f \
		\( -name '*.[ch]' -o -name '*.cc' -o -name '*.t' -o -name '*.sh' -o -name '*.py' \
		-o -name '*.bash' -o -path .ci/run \) ! -name cues-data.c 2>/dev/null | sort
	echo bootstrap
	echo configure.ac
	echo Makefile.am
}

without_licence() {
	for file in $(written); do
		head -n 4 "$file" | grep -q 'SPDX-License-Identifier: GPL-2.0-or-later' || echo "$file"
	done
}
is 'every source names its licence' "$(without_licence)" ''

# shellcheck disable=SC2046
{
	is 'nothing is left to be done later' \
		"$(grep -nwE 'TO''DO|FIX''ME|X''XX' $(written))" ''
	is 'nothing names a place of one machine' \
		"$(grep -nE '(^|[^[:alnum:]_.])/(home|root|work|Users)/' $(written) \
			README.md ARCHITECTURE.md HACKING.md NEWS 2>/dev/null)" ''
}

finish
