#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# formats.t - files that real programs made are read as their sources want it:
# tests/cases/formats, made by tests/formats/make, held against their sources by
# tests/formats/check.

. "${srcdir:-.}/tests/lib.sh"

command -v python3 >/dev/null || skip_all 'python3 is not here'
PYTHONDONTWRITEBYTECODE=1 python3 "$srcdir/tests/formats/check" "$top_builddir"
