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

# --- what the file says of itself ------------------------------------------------------------------

cat >"$scratch/papers/harbour-scan.pdf" <<'PDF'
%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R/PageLabels<</Nums[0<</S/r/St 3>>]>>>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R 6 0 R]/Count 2>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>endobj
4 0 obj<</Length 26>>stream
q 300 0 0 300 0 0 cm /I Do Q
endstream endobj
5 0 obj<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>stream
x
endstream endobj
6 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>endobj
7 0 obj<</Title(The Ferries of Port Ellery)/Author(Mara Quill)/CreationDate(D:20190304120000Z)>>endobj
trailer<</Root 1 0 R/Info 7 0 R/Size 8>>
PDF

# says WORDS: what is made of that file where OCR finds them
says() {
	printf '#!/bin/sh\nif [ "$1" = --list-langs ]; then echo Languages:; echo eng; exit; fi\necho "%s"\n' "$1" >"$scratch/none/tesseract"
	PATH=$scratch/none "$top_builddir/rapporteur-index" --ocr --dump "$scratch/papers/harbour-scan.pdf" >"$scratch/out" 2>"$scratch/err"
}
field() { sed -n "s/^document	$1	//p" "$scratch/out"; }

says 'the harbour was open on every day of the year, and in 2018 forty ships came in with timber and with salt.'
is 'a scan has the title of its file' "$(field title)" 'The Ferries of Port Ellery'
is '... its author' "$(field authors)" 'Mara Quill'
is '... its date' "$(field date)" 2019-03-04
is '... the labels of its pages' "$(grep -c '^block.*p\. [12] (i[iv]i*)' "$scratch/out")" 3
says 'in 1987 the harbour was open on every day of the year, and by 2040 forty ships shall come in with 900 tons of salt.'
is 'the day on which an old paper was scanned is not its date' "$(field date)" ''
is '... though it is known' "$(field file-date)" 2019-03-04
says 'the harbour was open on every day of the year, and forty ships came in with timber and with salt.'
is '... it may be, where nothing speaks against it' "$(field date)" 2019-03-04

finish
