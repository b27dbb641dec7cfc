#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# embed.t - what `make install` lays down is whole: a program by somebody else
# builds against it through pkg-config, with either library, and finds things.

. "${srcdir:-.}/tests/lib.sh"
unset MAKEFLAGS MFLAGS MAKEOVERRIDES

root=$scratch/root
if ! (cd "$top_builddir" && ${MAKE:-make} -s install DESTDIR="$root") >"$scratch/install.log" 2>&1; then
	report 1 'make install'
	show "$(cat "$scratch/install.log")"
	finish
fi
report 0 'make install'

# rapporteur.pc, as if the folder of this test were the whole system.
installed=$(find "$root" -name rapporteur.pc)
mkdir "$scratch/pkgconfig"
sed "s|^prefix=|prefix=$root|" "$installed" >"$scratch/pkgconfig/rapporteur.pc"
PKG_CONFIG_PATH=$scratch/pkgconfig${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}
export PKG_CONFIG_PATH
prefix=$(pkg-config --variable=prefix rapporteur)
libdir=$(pkg-config --variable=libdir rapporteur)
LD_LIBRARY_PATH=$libdir${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
export LD_LIBRARY_PATH

for program in rapporteur rapporteur-index; do
	ok "$program is installed and starts" "$prefix/bin/$program" --version
done
ok 'the completion is installed for both' \
	test -e "$prefix/share/bash-completion/completions/rapporteur-index"
for page in "$srcdir"/man/*.[0-9]; do
	[ -e "$page" ] || continue
	name=$(basename "$page")
	ok "$name is installed" test -e "$prefix/share/man/man${name##*.}/$name"
done
is 'pkg-config knows the version' "$(pkg-config --modversion rapporteur)" \
	"$("$prefix/bin/rapporteur" --version | sed -n '1s/^rapporteur //p')"

ok 'the sample can be indexed' \
	"$prefix/bin/rapporteur-index" --index "$scratch/index" "$srcdir/corpus/sample"

# build OUTPUT LIBRARIES: the example, with the flags that the user gave.
# shellcheck disable=SC2317 # called by ok
build() {
	# shellcheck disable=SC2046,SC2086 # lists of flags
	${CC:-cc} ${MODE_FLAGS-} -Wall -Wextra -Werror "$srcdir/tests/embed/example.c" -o "$1" \
		$(pkg-config --cflags rapporteur) $2
}

# The first search that the README of the sample proposes.
words='residual value guarantee'

is 'the example has at most 40 lines' "$(awk 'END { print NR <= 40 }' "$srcdir/tests/embed/example.c")" 1
if [ -e "$libdir/librapporteur.so" ]; then
	ok 'the example builds with the shared library' build "$scratch/shared" "$(pkg-config --libs rapporteur)"
	"$scratch/shared" "$scratch/index" "$words" >"$scratch/shared.out" 2>&1
	ok 'and finds something' grep '^1\. ' "$scratch/shared.out"
	ok 'with the words marked' grep '\[residual\]' "$scratch/shared.out"
fi
if [ -e "$libdir/librapporteur.a" ]; then
	ok 'the example builds with the static library' build "$scratch/static" \
		"$libdir/librapporteur.a $(pkg-config --static --libs rapporteur | sed 's/-lrapporteur//')"
	"$scratch/static" "$scratch/index" "$words" >"$scratch/static.out" 2>&1
	ok 'and finds something, too' grep '^1\. ' "$scratch/static.out"
fi
example=$scratch/shared
[ -e "$example" ] || example=$scratch/static
"$example" "$scratch/no-index" "$words" >"$scratch/none.out" 2>&1
is 'it says what is wrong where there is no index' "$? $(grep -c '^example: cannot open' "$scratch/none.out")" '2 1'

ok 'make uninstall' sh -c "cd '$top_builddir' && ${MAKE:-make} -s uninstall DESTDIR='$root'"
is 'and nothing stays' "$(find "$root" -type f -o -type l)" ''

finish
