#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# ocr.t - scanned PDF: refused without --ocr, read with it, and what later runs make of it.

. "${srcdir:-.}/tests/lib.sh"
command -v tesseract >/dev/null || skip_all 'tesseract is not here'
tesseract --list-langs | grep -qx eng || skip_all 'tesseract knows no English'

HOME=$scratch
export HOME
RAPPORTEUR_INDEX=$scratch/index
export RAPPORTEUR_INDEX
mkdir "$scratch/papers" "$scratch/none"
cp "$srcdir/tests/cases/formats/documents/scanned.pdf" "$scratch/papers"
echo 'The harbour of Port Ellery is open on every day of the year.' >"$scratch/papers/other.txt"

index() {
	rapporteur-index "$@" "$scratch/papers" >"$scratch/out" 2>"$scratch/err"
	status=$?
}
totals() { grep ' new, ' "$scratch/out" | cut -d';' -f1; }

index
is 'refused without --ocr' "$status" 2
ok '... with the way to have it read' grep -q 'has no text: 2 pages of pictures; --ocr reads them with tesseract$' "$scratch/err"
index
is '... and not tried again' "$status" 0

index --ocr
is 'with --ocr it is tried again, and read' "$(totals)" '1 new, 0 changed, 1 unchanged, 0 removed, 0 failed'
ok '... with a warning' grep -q "scanned.pdf': read by OCR: words may be misread\$" "$scratch/err"
ok '... as what it is' grep -q '^scanned.pdf: pdf, ' "$scratch/out"
is 'words of its second page are found there' \
	"$(rapporteur search -n 1 --format json 'cement works sidings' | grep -c '"id": *"scanned/.*"page": *2,')" 1
index
is 'what was read so stays without --ocr' "$(totals)" '0 new, 0 changed, 2 unchanged, 0 removed, 0 failed'
index --ocr
is '... and is not read again with it' "$(totals)" '0 new, 0 changed, 2 unchanged, 0 removed, 0 failed'

rapporteur-index --ocr --dump "$scratch/papers/scanned.pdf" >"$scratch/dump" 2>/dev/null
ok '--dump reads it, too' grep -q '^passage.*p\. 2' "$scratch/dump"
rapporteur-index --ocr --dump "$scratch/papers/scanned.pdf" >"$scratch/again" 2>/dev/null
ok 'the same file, the same lines' cmp "$scratch/dump" "$scratch/again"

PATH=$scratch/none "$top_builddir/rapporteur-index" --ocr "$scratch/papers" 2>"$scratch/err"
is 'without tesseract --ocr is an error' "$?" 2
ok '... told once' grep -q 'wants the program tesseract' "$scratch/err"
index --ocr --ocr-language eng+xyz
ok 'so is a language that it does not know' grep -q "does not know the language 'xyz'" "$scratch/err"

# a program that answers for tesseract
fake() {
	printf '#!/bin/sh\nif [ "$1" = --list-langs ]; then echo Languages:; echo eng; exit; fi\n%s\n' "$1" >"$scratch/none/tesseract"
	chmod +x "$scratch/none/tesseract"
	PATH=$scratch/none "$top_builddir/rapporteur-index" --ocr --max-seconds 1 --dump "$scratch/papers/scanned.pdf" >"$scratch/out" 2>"$scratch/err"
	status=$?
}
fake 'exit 1'
is 'OCR that fails costs the file' "$status" 2
ok '... and says so of each page' grep -q 'page 2 is not read: tesseract failed' "$scratch/err"
fake 'while :; do :; done'
ok 'OCR that hangs is ended' grep -q 'page 2 is not read: tesseract took too long' "$scratch/err"
fake 'while :; do echo many words and more words; done'
ok 'so is OCR that never ends to tell' grep -q 'page 2 is not read: tesseract gives more than 1 MB' "$scratch/err"

finish
