#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# dump.t - rapporteur-index --dump, and that times, slides and notes reach a hit.

. "${srcdir:-.}/tests/lib.sh"

HOME=$scratch
export HOME
unset NO_COLOR COLUMNS
cat >"$scratch/talk.vtt" <<'END'
WEBVTT

00:00:01.000 --> 00:00:04.000
<v Ada Quill>Hemp is older than the harbours.

01:02:03.500 --> 01:02:08.000
<v Bo Tarn>Salt eats each rope that was not tarred.
END
cat >"$scratch/paper.txt" <<'END'
The ropes of the town

A	tab	and an escape [31m are blanks. The harbour has ropes of hemp, and has had them for longer than anybody remembers, since nobody wrote it down.
END
cat >"$scratch/c.jsonl" <<'END'
{"id": "r1", "text": "Nets are mended at night.", "time": 62.25, "slide": 3}
END

dump() { rapporteur-index --dump "$@" 2>"$scratch/err"; }
tab=$(printf '\t')

dump "$scratch/talk.vtt" >"$scratch/out"
ok 'the format' grep -qx "document${tab}format${tab}captions" "$scratch/out"
is 'blocks in their order' "$(grep ^block "$scratch/out" | cut -f3 | tr '\n' ' ')" 'label paragraph label paragraph '
is 'a block has its time, zone and bytes' "$(grep ^block "$scratch/out" | sed -n 4p | cut -f5,6,10,11)" \
	"1:02:03.500${tab}body${tab}54-94${tab}Salt eats each rope that was not tarred."
is 'a passage has speaker, evidence and its place' "$(grep ^passage "$scratch/out" | tail -n 1 | cut -f3,4,7,9-12)" \
	"speech${tab}1:02:03.500${tab}Bo Tarn${tab}label${tab}stated${tab}45-52${tab}Bo Tarn"
is 'the comments name as many fields as the lines have' \
	"$(awk -F'\t' '/^# block/ { n = NF } /^block/ && NF != n { print "block" NF } /^# passage/ { n = NF } /^passage/ && NF != n { print "passage" NF }' "$scratch/out")" ''
ok 'nothing is indexed' [ ! -e "$scratch/.local" ]
dump "$scratch/talk.vtt" >"$scratch/again"
ok 'the same file, the same lines' cmp "$scratch/out" "$scratch/again"

dump "$scratch/paper.txt" >"$scratch/out"
ok 'a long text is cut' grep -q "^block.*A tab and an escape .*\\[\\.\\.\\.\\].*wrote it down\\.$" "$scratch/out"
ok 'no escape reaches the terminal' sh -c "! LC_ALL=C grep -q '$(printf '\033')' '$scratch/out'"
dump --full "$scratch/paper.txt" >"$scratch/out"
ok 'and whole with --full' grep -q "^block.*longer than anybody remembers" "$scratch/out"

cat >"$scratch/catalogue.ini" <<'END'
[talk.vtt]
title = A talk on ropes
[talk.vtt | person Bo Tarn]
role = Rope maker
END
dump "$scratch/talk.vtt" >"$scratch/out"
ok 'the catalogue beside it counts' grep -q "^document${tab}title${tab}A talk on ropes" "$scratch/out"
ok '... for people, too' grep -q "^person${tab}Bo Tarn${tab}${tab}Rope maker${tab}" "$scratch/out"
printf '[talk.vtt]\nattribution = none\n' >"$scratch/catalogue.ini"
dump "$scratch/talk.vtt" >"$scratch/out"
ok 'no name where none is kept' sh -c "! grep -q -e Quill -e Tarn '$scratch/out'"
rm "$scratch/catalogue.ini"

status=0
dump "$scratch/none.txt" >"$scratch/out" || status=$?
is 'a file that is not there' "$status:$(grep -c 'none.txt' "$scratch/err")" 2:1
status=0
rapporteur-index --json "$scratch/talk.vtt" >"$scratch/out" 2>"$scratch/err" || status=$?
is '--json without --dump' "$status:$(grep -c -e '--full and --json go with --dump' "$scratch/err")" 2:1

# --- and in the index -----------------------------------------------------------------

index=$scratch/index
rapporteur-index --quiet --index "$index" "$scratch/talk.vtt" "$scratch/c.jsonl" 2>"$scratch/err"
rapporteur search --index "$index" tarred >"$scratch/out"
ok 'a hit says when' grep -q 'at 1:02:03' "$scratch/out"
rapporteur list passages --index "$index" --format csv >"$scratch/out"
ok 'csv has the time' grep -q ',3723.500,false' "$scratch/out"
sed 's/^format=.*/format=2/' "$index/rapporteur.index" >"$scratch/old" && cp "$scratch/old" "$index/rapporteur.index"
status=0
rapporteur search --index "$index" tarred >"$scratch/out" 2>"$scratch/err" || status=$?
is 'an index of before is refused, and says what to do' "$status:$(grep -c 'rebuild it with rapporteur-index --rebuild' "$scratch/err")" 2:1
rapporteur-index --quiet --rebuild --index "$index" "$scratch/talk.vtt" "$scratch/c.jsonl" 2>"$scratch/err"

if ! command -v jq >/dev/null; then
	skip 'JSON' 'jq is not here'
	finish
fi
passages() { rapporteur list passages --index "$index" --format jsonl; }
is 'json: seconds, or null' "$(passages | jq -c '[.time, .slide, .notes]' | tr '\n' ' ')" '[62.25,3,false] [1,null,false] [3723.5,null,false] '
is 'json: the citation' "$(passages | jq -r .citation | tail -n 1)" 'Bo Tarn, in: talk, at 1:02:03'
is 'json: of a record' "$(passages | jq -r .citation | head -n 1)" 'r1, at 1:02, slide 3'
dump --json "$scratch/talk.vtt" >"$scratch/out"
is 'dump: an object a line' "$(jq -r .line "$scratch/out" | sort -u | tr '\n' ' ')" 'block document passage person '
is 'dump: with page, slide, time, notes' "$(jq -c 'select(.line == "passage") | [.page, .slide, .time, .notes, .ranges]' "$scratch/out" | tail -n 1)" \
	'[null,null,3723.5,false,[[54,94]]]'
# --- text that a PDF does not tell by itself --------------------------------------------------------------

cat >"$scratch/maps.pdf" <<'PDF'
%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F1 5 0 R/F2 8 0 R>>>>>>endobj
4 0 obj<</Length 130>>stream
BT /F2 12 Tf 20 200 Td (The harbour of Port Ellery is open every day.) Tj ET BT /F1 12 Tf 20 100 Td <82a082a282a482a6> Tj ET        
endstream endobj
5 0 obj<</Type/Font/Subtype/Type0/BaseFont/Ryumin-Light-90ms-RKSJ-H/Encoding/90ms-RKSJ-H/DescendantFonts[6 0 R]>>endobj
6 0 obj<</Type/Font/Subtype/CIDFontType0/BaseFont/Ryumin-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)/Supplement 2>>/FontDescriptor 7 0 R>>endobj
7 0 obj<</Type/FontDescriptor/FontName/Ryumin-Light/Flags 6/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 800/Descent -200/CapHeight 700/StemV 80>>endobj
8 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R/Size 9>>
PDF
rapporteur-index --dump "$scratch/maps.pdf" >"$scratch/out" 2>"$scratch/err"
ok 'a PDF whose fonts need maps that are not in it: the rest is read' grep -q '^block.*The harbour of Port Ellery is open' "$scratch/out"
ok '... and it is said that text is missing' grep -q "maps.pdf': text in some fonts (Chinese, Japanese or Korean) is not read" "$scratch/err"

finish
