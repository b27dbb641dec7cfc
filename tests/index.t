#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# index.t - the program rapporteur-index: what it does with files that come,
# change and go, and with input that is bad. Whatever goes wrong, the index is
# as it was before.

. "${srcdir:-.}/tests/lib.sh"

HOME=$scratch
export HOME
index=$scratch/index
papers=$scratch/papers
RAPPORTEUR_INDEX=$index
export RAPPORTEUR_INDEX

sanitized=
if grep -q __asan_init "$(command -v rapporteur-index)" "$top_builddir/.libs/rapporteur-index" 2>/dev/null; then
	sanitized=yes
fi

run() {
	status=0
	"$@" >"$scratch/out" 2>"$scratch/err" </dev/null || status=$?
}

tell() {
	echo "status $status"
	cat "$scratch/out" "$scratch/err"
	return 1
}

passages() {
	rapporteur list passages --format jsonl 2>&1
}

# does MESSAGE COMMAND...: status 0, and a line of the output says so.
does() {
	does_message=$1
	shift
	run "$@"
	if [ "$status" -ne 0 ] || ! grep -q -e "$does_message" "$scratch/out"; then
		tell
	fi
}

# refuses MESSAGE COMMAND...: status 2, a message in our form, no other on
# standard error, and the index is the same.
refuses() {
	refuses_message=$1
	shift
	passages >"$scratch/before"
	run "$@"
	passages >"$scratch/after"
	[ "$status" -eq 2 ] || { echo "status $status instead of 2"; tell; return; }
	grep -q -e "^rapporteur-index: cannot .*$refuses_message" "$scratch/err" || { echo "not so: $refuses_message"; tell; return; }
	! grep -v -e '^rapporteur-index: \(cannot\|warning:\) ' -e "^Try '" "$scratch/err" || { echo 'another message'; return 1; }
	cmp "$scratch/before" "$scratch/after"
}

# holds N TEXT: has the index N passages with this text?
holds() {
	holds_got=$(passages | jq -r .text | grep -c -e "$2")
	[ "$holds_got" -eq "$1" ] || { echo "$holds_got"; return 1; }
}

mkdir "$papers"
cat >"$papers/harbour.txt" <<'EOF'
The harbour of Port Ellery

The pilots of Port Ellery bring in forty ships on every day of the year. They are trained on the spot, by the oldest of them, and each of them knows the sandbanks by heart before the first ship is handed over.
EOF
cat >"$papers/bridges.md" <<'EOF'
# Bridges

Every second year each bridge over the Ruritanian lakes is inspected from a boat, and the inspectors write down what they see, plank by plank, in a book that never leaves the bridge.
EOF

# --- coming, changing, going ------------------------------------------------------

ok 'a new index' does '2 new, 0 changed, 0 unchanged, 0 removed, 0 failed' rapporteur-index "$papers"
ok '... says what each file was taken for' grep -q '^bridges.md: .*; 1 passage$' "$scratch/out"
ok '... and nothing else' [ ! -s "$scratch/err" ]
ok '... and what the index holds' grep -q 'holds 2 documents of 2 files: 2 passages' "$scratch/out"
ok '... it is found' holds 1 'forty ships'
passages >"$scratch/first"
ok 'the same again' does '0 new, 0 changed, 2 unchanged' rapporteur-index "$papers"
touch "$papers/harbour.txt"
ok 'touched, not changed' does '2 unchanged' rapporteur-index "$papers"
passages >"$scratch/again"
ok '... the same passages' cmp "$scratch/first" "$scratch/again"
sed -i 's/forty ships/fifty ships/' "$papers/harbour.txt"
ok 'a change' does '0 new, 1 changed, 1 unchanged, 0 removed' rapporteur-index "$papers"
ok '... the old text is gone' holds 0 'forty ships'
ok '... the new one is there' holds 1 'fifty ships'
sed -i 's/fifty ships/forty ships/' "$papers/harbour.txt"
run rapporteur-index "$papers"
passages >"$scratch/again"
ok '... and back' cmp "$scratch/first" "$scratch/again"
ok 'a single file leaves the others' does '1 unchanged, 0 removed' rapporteur-index "$papers/bridges.md"
mkdir "$papers/old"
mv "$papers/bridges.md" "$papers/old"
ok 'a file that was moved' does '1 new, 0 changed, 1 unchanged, 1 removed' rapporteur-index "$papers"
ok '... keeps its ids' [ "$(passages | jq -r .id | sort)" = "$(jq -r .id "$scratch/first" | sort)" ]
rm -r "$papers/old"
ok 'a file that vanished' does '1 unchanged, 1 removed' rapporteur-index "$papers"
ok '... is out of the index' holds 0 'inspectors'

mkdir "$scratch/more"
printf 'Forests\n\nA forest burns faster than it grows, which is why the wardens of Freedonia walk it every night in August and keep a list of every fire that they have put out.\n' >"$scratch/more/forests.txt"
ok 'a second folder' does '1 new, 0 changed, 0 unchanged, 0 removed' rapporteur-index "$scratch/more"
mv "$scratch/more" "$scratch/gone"
ok 'a vanished folder stays' does '0 removed' rapporteur-index "$papers"
ok '... until it is pruned' does '1 removed' rapporteur-index --prune "$papers"
mv "$scratch/gone" "$scratch/more"
ok 'a name left out' refuses 'no documents' rapporteur-index --exclude '*.txt' "$scratch/more"
cp "$scratch/more/forests.txt" "$papers/draft-forests.txt"
ok 'one of two left out' does '0 new, 0 changed, 1 unchanged' rapporteur-index --exclude 'draft-*' "$papers"
rm "$papers/draft-forests.txt"
ok 'a rebuild' does '1 new, 0 changed, 0 unchanged' rapporteur-index --rebuild "$papers"
ok '... has what was named' holds 1 'forty ships'
ok '... on its own' [ "$(passages | wc -l)" -eq 1 ]
ok 'quietly' rapporteur-index --quiet --rebuild "$papers"
is '... without a word' "$(rapporteur-index --quiet --rebuild "$papers" 2>&1)" ''
run rapporteur-index --progress --rebuild "$papers"
ok 'progress is no part of the output' [ "$(grep -c 'MB/s' "$scratch/out")" -eq 0 ]

# --- what a folder holds --------------------------------------------------------------

RAPPORTEUR_INDEX=$scratch/kinds
shelf=$scratch/shelf
mkdir -p "$shelf/a" "$shelf/b"
made=$srcdir/tests/cases/formats
cp "$made/pptx/powerpoint/input.pptx" "$shelf/a/talk.zip"
cp "$made/odt/office/input.odt" "$shelf/a/paper.jpg"
printf 'PK\003\004\024\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\007\000\000\000note.md' >"$shelf/a/bundle.zip"
cp "$papers/harbour.txt" "$shelf/a/report.txt"
cp "$papers/harbour.txt" "$shelf/b/report.txt"
cp "$papers/harbour.txt" "$shelf/b/notes.sh"
run rapporteur-index "$shelf"
ok 'documents under names of other kinds: status 0' [ "$status" -eq 0 ]
ok '... slides that are called an archive' grep -q '^a/talk.zip: pptx, ' "$scratch/out"
ok '... a paper that is called a picture' grep -q '^a/paper.jpg: odt, ' "$scratch/out"
ok '... what is left out is named' grep -q '^left out: 1 archive: a/bundle.zip$' "$scratch/out"
ok '... with its place' grep -q '^left out: 1 program: b/notes.sh$' "$scratch/out"
ok '... and two of a name are told apart' [ "$(grep -c '^[ab]/report.txt: ' "$scratch/out")" -eq 2 ]
ok '... one is one' grep -q '^a/report.txt: .*; 1 passage$' "$scratch/out"
ok 'what is named itself is read' does '^notes.sh: text' rapporteur-index "$shelf/b/notes.sh"
ok '... and stays when its folder is read' does '0 new, 0 changed, 5 unchanged, 0 removed' rapporteur-index "$shelf"
(cd "$shelf" && rapporteur-index --rebuild a b) >"$scratch/out" 2>&1
ok 'of two folders each file has its own' grep -q '^b/report.txt: ' "$scratch/out"

# as_nobody COMMAND...: for whom a folder can be closed
as_nobody() {
	if [ "$(id -u)" -eq 0 ]; then
		setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
	else
		"$@"
	fi
}
chmod 755 "$scratch"
mkdir "$scratch/nobody"
chmod 777 "$scratch/nobody"
if as_nobody sh -c 'rapporteur-index --version' >/dev/null 2>&1; then
	RAPPORTEUR_INDEX=$scratch/nobody/index
	run as_nobody rapporteur-index "$shelf"
	chmod 000 "$shelf/a"
	run as_nobody rapporteur-index "$shelf"
	ok 'a folder that may not be read: status 2' [ "$status" -eq 2 ]
	ok '... it is named with the reason' grep -q "^rapporteur-index: cannot read '$shelf/a': Permission denied$" "$scratch/err"
	ok '... once' [ "$(grep -c . "$scratch/err")" -eq 1 ]
	ok '... what is in it is not taken for gone' grep -q '0 new, 0 changed, 1 unchanged, 0 removed, 1 failed' "$scratch/out"
	chmod 444 "$shelf/a"
	run as_nobody rapporteur-index --prune "$shelf/b" "$shelf"
	ok '... nor where only its names can be read' grep -q '0 new, 0 changed, 1 unchanged, 0 removed, 1 failed' "$scratch/out"
	chmod 000 "$shelf/a"
	run as_nobody rapporteur-index --prune "$shelf/b"
	ok '... nor when others are pruned' grep -q ' 0 removed, 0 failed' "$scratch/out"
	run as_nobody rapporteur-index --rebuild "$shelf"
	ok '... and the rest is read' grep -q '^b/report.txt: ' "$scratch/out"
	chmod 755 "$shelf/a"
else
	skip 'a folder that may not be read' 'this user reads all, and cannot be another'
fi
RAPPORTEUR_INDEX=$scratch/printed
run rapporteur-index "$srcdir/tests/cases/formats/documents/report-pdf-labels.pdf"
passages | jq -r 'select(.page_label != null and (.page_label | test("^[0-9]+$"))) | "\(.page) \(.page_label)"' | sort -u >"$scratch/labels"
ok 'pages with other numbers than they are counted' awk '$1 != $2 { n++ } END { exit !n }' "$scratch/labels"
printed=$(awk '$1 != $2 { print $2; exit }' "$scratch/labels")
rapporteur search "page:$printed" --format jsonl 2>/dev/null | jq -r .page_label >"$scratch/out"
ok '... are found by the printed one' grep -q -x "$printed" "$scratch/out"
RAPPORTEUR_INDEX=$index

# --- the same whichever way ---------------------------------------------------------

cp -R "$srcdir/corpus/sample" "$scratch/sample"
rapporteur-index --quiet --index "$scratch/at-once" "$scratch/sample" 2>/dev/null
find "$scratch/sample" -type f ! -name catalogue.ini | sort -r | while IFS= read -r file; do
	rapporteur-index --quiet --index "$scratch/one-by-one" "$file" 2>/dev/null
done
rapporteur-index --quiet --index "$scratch/one-by-one" "$scratch/sample" 2>/dev/null
rapporteur list --index "$scratch/at-once" passages --format jsonl >"$scratch/a" 2>&1
rapporteur list --index "$scratch/one-by-one" passages --format jsonl >"$scratch/b" 2>&1
ok 'at once or one by one backwards: there is something' [ "$(wc -l <"$scratch/a")" -gt 20 ]
ok '... and it is the same' cmp "$scratch/a" "$scratch/b"
rapporteur-index --quiet --jobs 3 --index "$scratch/together" "$scratch/sample" 2>/dev/null
rapporteur list --index "$scratch/together" passages --format jsonl >"$scratch/b" 2>&1
ok '... and with three at work' cmp "$scratch/a" "$scratch/b"

# --- catalogues ----------------------------------------------------------------------

run rapporteur-index --write-catalogue "$papers"
ok 'a catalogue is written' grep -q '^\[harbour.txt\]' "$scratch/out"
cp "$scratch/out" "$scratch/written.ini"
rapporteur-index --quiet --index "$scratch/with" --catalogue "$scratch/written.ini" "$papers"
run rapporteur-index --catalogue "$scratch/written.ini" --write-catalogue "$papers"
ok '... and read, and written the same' cmp "$scratch/out" "$scratch/written.ini"
rapporteur list --index "$scratch/with" passages --format jsonl >"$scratch/b"
passages >"$scratch/a"
ok '... and changes nothing' cmp "$scratch/a" "$scratch/b"
printf '[harbour.txt]\ntitle = Another title\n' >"$papers/catalogue.ini"
ok 'what it says is a change' does '1 changed' rapporteur-index "$papers"
ok '... and wins' [ "$(passages | jq -r .document.title)" = 'Another title' ]
printf '[harbour.txt]\ncolour = green\n' >"$papers/catalogue.ini"
ok 'a key that is none' refuses 'colour' rapporteur-index "$papers"
ok '... in a catalogue that was named' refuses 'colour' rapporteur-index --catalogue "$papers/catalogue.ini" "$papers"
ok 'a catalogue that is not there' refuses "nowhere.ini" rapporteur-index --catalogue "$scratch/nowhere.ini" "$papers"
rm "$papers/catalogue.ini"
run rapporteur-index "$papers"

# --- bad input -------------------------------------------------------------------------

bad=$scratch/bad
mkdir "$bad"
ok 'nothing named' refuses '' rapporteur-index
ok 'an unknown option' refuses 'dance' rapporteur-index --dance "$papers"
ok 'no number of jobs' refuses 'jobs' rapporteur-index --jobs 0 "$papers"
ok 'no such file' refuses "nowhere.txt': No such file" rapporteur-index "$scratch/nowhere.txt"
ok 'a folder without documents' refuses 'no documents' rapporteur-index "$bad"
head -c 20000 /dev/urandom >"$bad/junk.txt"
printf '\000\001\002' >>"$bad/junk.txt"
ok 'binary junk' refuses 'junk.txt' rapporteur-index "$bad"
ok '... in a rebuild' refuses 'junk.txt' rapporteur-index --rebuild "$bad"
: >"$bad/empty.txt"
ok 'an empty file' refuses "empty.txt': it holds no text" rapporteur-index "$bad/empty.txt"
ok '... is told once' [ "$(grep -c . "$scratch/err")" -eq 1 ]
for cut in docx/word/input.docx pptx/powerpoint/input.pptx odt/office/input.odt; do
	head -c 4000 "$made/$cut" >"$bad/cut"
	ok "${cut%%/*} that was cut off" refuses "cut': is an* [A-Z]* file that was cut off: its end is missing\$" rapporteur-index "$bad/cut"
	rm "$bad/cut"
done
mkfifo "$bad/pipe"
ok 'a named pipe' refuses 'pipe' timeout 10 rapporteur-index "$bad/pipe"
rm "$bad/pipe"
head -c 100000000 /dev/zero | tr '\0' x >"$bad/line.txt"
ok 'a line of 100 MB' refuses 'line.txt' timeout 30 rapporteur-index "$bad/line.txt"
{ printf '{"id": "x", "text": "'; cat "$bad/line.txt"; printf '"}\n'; } >"$bad/line.jsonl"
ok 'a record of 100 MB' refuses 'line.jsonl' timeout 30 rapporteur-index "$bad/line.jsonl"
rm "$bad/line.txt" "$bad/line.jsonl"
printf '{"id": "a", "text": "Words that are well formed."}\n{"id": \n' >"$bad/broken.jsonl"
run rapporteur-index --index "$scratch/broken" "$bad/broken.jsonl"
ok 'a broken record is left out' [ "$(rapporteur list --index "$scratch/broken" passages --format jsonl | wc -l)" -eq 1 ]
ok '... with a warning that names line and byte' grep -q "^rapporteur-index: warning: .*broken.jsonl': line 2 (byte 51)" "$scratch/err"
rm "$bad/broken.jsonl"
passages >"$scratch/before"
run rapporteur-index "$bad" "$papers"
ok 'what failed before is not tried again' [ "$status" -eq 0 ]
ok '... which is said' grep -q '^[0-9]* files* failed before and w[a-z]* not tried again (--retry-failed tries [a-z]*)$' "$scratch/out"
ok '... but for nothing else' [ ! -s "$scratch/err" ]
run rapporteur-index --retry-failed "$bad" "$papers"
ok 'one bad file among good ones: status 2' [ "$status" -eq 2 ]
ok '... and the good ones are taken' holds 1 'forty ships'

printf 'Latin\n\nThe caf\351 on the quay was closed by the harbour master after the second fire in a year.\n' >"$papers/latin.txt"
run rapporteur-index "$papers"
ok 'invalid UTF-8 is taken' [ "$status" -eq 0 ]
ok '... the warning names line and byte' grep -q "^rapporteur-index: warning: .*latin.txt': .*line 3.*byte" "$scratch/err"
ok '... and nothing is dropped' holds 1 'second fire in a year'
rm "$papers/latin.txt"
run rapporteur-index "$papers"

{ printf 'Odd\n\n'; head -c 5000 /dev/zero | tr '\0' w; printf ' is a word as long as a page, and here are a few others.\n'; } >"$papers/odd.txt"
ok 'a word of 5000 letters' does '1 new' rapporteur-index "$papers"
rm "$papers/odd.txt"
{ printf '{"id": "t", "title": "'; head -c 2000000 /dev/zero | tr '\0' 't'; printf '", "text": "A title that does not end."}\n'; } >"$papers/title.jsonl"
ok 'a title of 2 MB' does '1 new' rapporteur-index "$papers"
ok '... can be listed' [ "$(passages | wc -l)" -eq 2 ]
rm "$papers/title.jsonl"
run rapporteur-index "$papers"

if [ "$(id -u)" -eq 0 ]; then
	skip 'a file that may not be read' 'root may read all'
else
	cp "$papers/harbour.txt" "$bad/secret.txt"
	chmod 000 "$bad/secret.txt"
	ok 'a file that may not be read' refuses 'secret.txt.*ermission' rapporteur-index "$bad/secret.txt"
fi

# --- places that will not do ---------------------------------------------------------------

mkdir "$scratch/letters"
echo 'Dear all' >"$scratch/letters/letter.txt"
ok 'a folder that is no index' refuses 'holds something else' rapporteur-index --index "$scratch/letters" "$papers"
ok '... nor to rebuild in' refuses 'holds something else' rapporteur-index --rebuild --index "$scratch/letters" "$papers"
is '... stays as it was' "$(ls -A "$scratch/letters")" letter.txt
ok 'a file that is no index' refuses 'letter.txt' rapporteur-index --index "$scratch/letters/letter.txt" "$papers"
ok 'to check what is no index' refuses 'not a Rapporteur index' rapporteur-index --check --index "$scratch/letters"
cp -R "$index" "$scratch/other"
sed -i 's/^format=.*/format=999/' "$scratch/other/rapporteur.index"
ok 'an index of another version' refuses '--rebuild' rapporteur-index --index "$scratch/other" "$papers"
ok '... can be rebuilt' does '1 new' rapporteur-index --rebuild --index "$scratch/other" "$papers"

run sh -c 'rapporteur-index --rebuild "$1" >/dev/full' sh "$papers"
ok 'standard output is full: status 2' [ "$status" -eq 2 ]
ok '... and a message' grep -q '^rapporteur-index: cannot write to standard output: ' "$scratch/err"
run sh -c 'rapporteur-index --check >&-'
ok 'standard output is closed: no crash' [ "$status" -le 2 ]

# A disk of 2 MB, or files of at most 1 MB.
i=0
while [ "$i" -lt 12000 ]; do
	echo "Paragraph $i of the paper about disks speaks of $((i * 7919 % 10007)) and of w$((i * 31 % 4999))x and of nothing else that anybody could want to know about it."
	echo
	i=$((i + 1))
done >"$bad/long.txt"
disk=$scratch/disk
mkdir "$disk"
if mount -t tmpfs -o size=2m tmpfs "$disk" 2>/dev/null; then
	RAPPORTEUR_INDEX=$disk/index
	run rapporteur-index "$papers"
	ok 'a full disk' refuses 'No space left on device' rapporteur-index "$bad/long.txt"
	ok '... even in a rebuild' refuses 'No space left on device' rapporteur-index --rebuild "$bad/long.txt"
	ok '... nothing is left over' [ -z "$(find "$disk" -name 'scratch-*')" ]
	ok '... and afterwards it can be written' does 'unchanged' rapporteur-index "$papers"
	umount "$disk"
else
	skip 'a full disk' 'this user may not mount one'
fi
# Where the limit lies decides which write fails, and what Xapian does then.
RAPPORTEUR_INDEX=$scratch/limited
run rapporteur-index "$papers"
for limit in 300 600 900; do
	# shellcheck disable=SC2016 # the inner shell's $1
	ok "files end at $limit blocks" refuses 'File too large' sh -c 'ulimit -f "$2"; exec rapporteur-index "$1"' sh "$bad/long.txt" "$limit"
	# shellcheck disable=SC2016 # the same
	ok '... even in a rebuild' refuses 'File too large' sh -c 'ulimit -f "$2"; exec rapporteur-index --rebuild "$1"' sh "$bad/long.txt" "$limit"
	ok '... nothing is left over' [ -z "$(find "$RAPPORTEUR_INDEX" -name 'scratch-*')" ]
	ok '... and afterwards it can be written' does 'unchanged' rapporteur-index "$papers"
done
RAPPORTEUR_INDEX=$index

# --- is it sound? -----------------------------------------------------------------------------

ok 'a sound index' does '0 faults' rapporteur-index --check
ok '... without words' [ -z "$(rapporteur-index --check --quiet 2>&1)" ]
ok '... of the sample' does '0 faults' rapporteur-index --check --index "$scratch/at-once"
ok 'no index to check' refuses 'No such file' rapporteur-index --check --index "$scratch/nowhere"

# damaged FILE OFFSET: is it said in words, with status 1 or 2, when more than one block
# of the file from there on is overwritten? (A few bytes may lie where nothing is.)
damaged() {
	rm -rf "$scratch/damaged"
	cp -R "$scratch/at-once" "$scratch/damaged"
	# shellcheck disable=SC2086 # a pattern, of one file
	damaged_file=$(ls "$scratch"/damaged/$1)
	head -c 9000 /dev/zero | tr '\0' '\252' | dd of="$damaged_file" bs=1 seek="$2" conv=notrunc 2>/dev/null
	run timeout 60 rapporteur-index --check --index "$scratch/damaged"
	[ "$status" -eq 1 ] || [ "$status" -eq 2 ] || { tell; return; }
	[ -s "$scratch/out" ] || [ -s "$scratch/err" ] || { echo 'no words'; return 1; }
	run timeout 60 rapporteur list --index "$scratch/damaged" passages --format jsonl
	[ "$status" -le 2 ] || { tell; return; }
	[ -z "$sanitized" ] || return 0	# when Xapian merges what is damaged it may read too far
	run timeout 60 rapporteur-index --index "$scratch/damaged" "$papers"
	[ "$status" -eq 0 ] || [ "$status" -eq 2 ] || tell
}
size=$(stat -c %s "$scratch"/at-once/segment-*/docdata.glass)
ok 'records overwritten' damaged 'segment-*/docdata.glass' $((size / 3))
size=$(stat -c %s "$scratch"/at-once/segment-*/postlist.glass)
ok 'the head of the postings overwritten' damaged 'segment-*/postlist.glass' 2
ok 'postings overwritten' damaged 'segment-*/postlist.glass' $((size / 2))
ok "Xapian's own stamp overwritten" damaged 'segment-*/iamglass' 5
ok 'our stamp overwritten' damaged rapporteur.index 10
cp -R "$scratch/at-once" "$scratch/cut"
rm "$scratch"/cut/segment-*/postlist.glass
run rapporteur-index --check --index "$scratch/cut"
ok 'a table is missing' [ "$status" -eq 1 -o "$status" -eq 2 ]
rm -r "$scratch"/cut/segment-*
run rapporteur-index --check --index "$scratch/cut"
ok 'a segment is missing' [ "$status" -eq 1 -o "$status" -eq 2 ]
sed -i 's/^passages=.*/passages=7/' "$scratch/at-once/rapporteur.index"
run rapporteur-index --check --index "$scratch/at-once"
ok 'counts that are not so: status 1' [ "$status" -eq 1 ]
ok '... in words' grep -q 'the stamp says .* 7 passages' "$scratch/out"

# --- two at a time, and memory ---------------------------------------------------------------------

awk 'BEGIN { for (i = 0; i < 12000; i++) {
	printf "{\"id\": \"r%d\", \"title\": \"Record %d\", \"text\": \"", i, i
	for (j = 0; j < 60; j++) printf "w%d of x%d ", (i * 31 + j * j * 17) % 30011, (i * j * 7) % 90001
	print "ends.\"}" } }' >"$scratch/large.jsonl"
rapporteur-index --quiet --index "$scratch/large" "$scratch/large.jsonl" 2>"$scratch/large.err" &
first=$!
peak=0
asked=
while kill -0 "$first" 2>/dev/null; do
	now=$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$first/status" 2>/dev/null)
	[ -n "$now" ] && [ "$now" -gt "$peak" ] && peak=$now
	if [ -z "$asked" ] && ls "$scratch"/large/scratch-* >/dev/null 2>&1; then
		run rapporteur-index --index "$scratch/large" "$papers"
		asked=$status
		cp "$scratch/err" "$scratch/asked"
	fi
	sleep 0.1
done
status=0
wait "$first" || status=$?
ok 'a large collection' [ "$status" -eq 0 ]
ok '... every record of it' [ "$(rapporteur list --index "$scratch/large" documents --format jsonl | wc -l)" -eq 12000 ]
if [ -n "$asked" ]; then
	ok 'a second writer meanwhile: status 2' [ "$asked" -eq 2 ]
	ok '... and the process is named' grep -q "^rapporteur-index: cannot write .* process $first " "$scratch/asked"
else
	skip 'a second writer meanwhile' 'the first one was too fast'
fi
show "peak of $((peak / 1024)) MB for $(($(stat -c %s "$scratch/large.jsonl") / 1000000)) MB"
if [ -n "$sanitized" ]; then
	skip 'memory' 'sanitizers need more'
else
	ok 'memory stays under 300 MB' [ "$peak" -gt 0 -a "$peak" -lt 300000 ]
fi

finish
