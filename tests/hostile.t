#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# hostile.t - readers that a file has taken over, and files that are made to do harm:
# they cost the run that one file, with a reason, and nothing else.

. "${srcdir:-.}/tests/lib.sh"

HOME=$scratch
export HOME
papers=$scratch/papers
index=$scratch/index
sanitized=
if grep -q __asan_init "$(command -v rapporteur-index)" "$top_builddir/.libs/rapporteur-index" 2>/dev/null; then
	sanitized=yes
fi

hostile() {
	status=0
	rapporteur-index-hostile --max-seconds 1 --max-memory 200 --index "$index" "$@" >"$scratch/out" 2>"$scratch/err" </dev/null || status=$?
}

# deed NAME: a file by which the reader is taken over
deed() {
	mkdir -p "$papers"
	printf 'hostile: %s\n' "$1" >"$papers/$1.txt"
}

# told DEED PATTERN: the file failed for that reason
told() {
	grep -q "^rapporteur-index: cannot read '.*/$1.txt': $2\$" "$scratch/err"
}

# end DEED PATTERN: the deed was tried, and came to that end
end() {
	rapporteur list passages --index "$index" --format jsonl | jq -r .text | grep -q "The deed called $1 came to this end: $2"
}

contained='connect fork execute kill remove trace inject queue write'
refused='open create look raise'
for name in $contained $refused allocate allocate-and-abort loop hang i386 x32 descriptors crash abort overflow quit garbage lie \
	boast flood babble escape publish trickle pretend usurp unmask repeat peek environment excuse; do
	deed "$name"
done
printf 'The good one\n\nThe pilots of Port Ellery bring in forty ships on every day of the year.\n' >"$papers/zz-good.txt"
printf '[publish.txt]\naccess = restricted:board\n[unmask.txt]\nattribution = none\n[peek.txt]\nplace = A place of its own\n[quit.txt]\nplace = The neighbour'\''s secret\n' \
	>"$papers/catalogue.ini"
cd "$scratch" || exit 99
echo precious >precious
HOSTILE_TOKEN=precious
export HOSTILE_TOKEN

hostile "$papers"
ok 'readers that were taken over: status 2' [ "$status" -eq 2 ]
ok '... and the good file is indexed' grep -q '^zz-good.txt: .*; 1 passage$' "$scratch/out"
ok '... the index is sound' rapporteur-index --check --quiet --index "$index"

rapporteur list passages --index "$index" --format jsonl >"$scratch/passages"
ok 'who may find a paper is not for its reader to say' [ "$(grep -c 'The deed called publish' "$scratch/passages")" = 0 ]
rapporteur list passages --index "$index" --access board --format jsonl >"$scratch/passages"
ok '... those who may do' grep -q 'The deed called publish' "$scratch/passages"

ok 'the Chatham House Rule that a person states is not for a reader to lift' end unmask 'it was done'
is '... nobody speaks there' "$(jq -r 'select(.document.id == "unmask") | .speaker.name' "$scratch/passages" | sort -u)" null
is '... nor is known' "$(grep -c 'Whistle Blower' "$scratch/passages")" 0
is '... and nothing of it is in the index' "$(grep -rl 'Whistle Blower' "$index")" ''
is 'which document it is is not for a reader to say' "$(jq -r 'select(.text | contains("called usurp")) | .document.id' "$scratch/passages")" usurp
is '... the one whose id it took keeps it' "$(jq -r 'select(.text | contains("pilots")) | .document.id' "$scratch/passages")" zz-good
ok 'what was read is not told to be pictures' told repeat 'pictures'
is '... and does not stay' "$(grep -c 'called repeat' "$scratch/passages")" 0
ok 'nothing is known of other files' end peek 'No such file or directory'
ok 'nothing of the environment' end environment 'No such file or directory'
ok 'what went wrong is told of the file' told excuse 'cannot read files safely: run this as root'
is 'messages keep their order' "$(LC_ALL=C grep -c "$(printf '\342\200\256')" "$scratch/err")" 0

ok 'no socket' told connect 'tried what a reader must not (system call socket)'
ok 'no process' told fork 'tried what a reader must not (system call .*)'
ok 'no program' told execute 'tried what a reader must not (system call execve)'
ok 'no signal' told kill 'tried what a reader must not (system call kill)'
ok 'no file goes' told remove 'tried what a reader must not (system call unlink.*)'
ok '... it is still there' [ -f precious ]
ok 'no tracing' told trace 'tried what a reader must not (system call ptrace)'
ok 'no memory for programs' told inject 'tried what a reader must not (system call mmap)'
ok 'no other door to the kernel' told queue 'tried what a reader must not (system call io_uring_setup)'
ok 'no writing to the file' told write 'tried what a reader must not (system call write)'
if [ "$(uname -m)" = x86_64 ]; then
	ok 'no system calls by other numbers: i386' told i386 'tried what a reader must not'
	ok '... x32' told x32 'tried what a reader must not'
fi
ok 'no file is opened' end open 'Permission denied'
ok 'no file is made' end create 'Permission denied'
ok '... none' [ ! -e created-by-a-reader ]
ok 'no file is looked at' end look 'Permission denied'
ok 'no limit is raised' end raise 'Operation not permitted'
ok 'no descriptor but its own' end descriptors 'Bad file descriptor'
ok 'what it prints is not seen' end babble 'it was done'
if [ -z "$sanitized" ]; then
	is '... anywhere' "$(grep 'a reader printed this' "$scratch/out" "$scratch/err")" ''
	ok 'memory: a limit' told allocate 'needed more than 200 MB of memory'
	ok '... of the C library' told allocate-and-abort 'needed more than 200 MB of memory'
	ok 'a crash' told crash 'the reader crashed (segmentation fault)'
	ok 'a stack too high' told overflow 'the reader crashed (segmentation fault)'
fi
ok 'processor time: a limit' told loop 'took more than \(1 s of processor time\|4 s\)'	# where many others want the processor, waiting comes first
ok 'a hang' told hang 'took more than 4 s'
ok 'an abort' told abort '.*'
ok 'an end before its time' told quit 'the reader ended before its time'
ok 'garbage' told garbage '.*'
ok 'a document that is none' told lie 'its reader sent what makes no sense'
ok 'empty frames without end' told trickle 'it gives far more text than it has bytes'
ok 'a sandbox that is said to be missing' told pretend '.*'
ok 'a length that is a lie' told boast 'it gives far more text than it has bytes'
ok 'a flood' told flood 'it gives far more text than it has bytes'
is 'messages are printable' "$(LC_ALL=C tr -d '\n\240-\377 -~' <"$scratch/err" | od -c)" "$(od -c </dev/null)"

# --- not tried again, until asked ------------------------------------------------------------------

hostile "$papers"
ok 'failures are remembered' [ "$status" -eq 0 ]
ok '... and counted' grep -Eq '^[23][0-9] files failed before and were not tried again' "$scratch/out"
hostile "$papers/crash.txt"
ok 'a file that is named is tried' [ "$status" -eq 2 ]
echo 'The crash is mended, and the harbour of Port Ellery is open again on all days.' >"$papers/crash.txt"
hostile "$papers"
ok 'a file that changed is tried' grep -q '^crash.txt: .*; 1 passage$' "$scratch/out"
deed crash
hostile "$papers"
rapporteur list passages --index "$index" --format jsonl >"$scratch/passages"
ok 'what was read before stays in the index' grep -q 'crash is mended' "$scratch/passages"
ok '... the failure is told' [ "$status" -eq 2 ]
rm "$papers"/loop.txt "$papers"/hang.txt
hostile --retry-failed "$papers"
ok '--retry-failed tries all of them' told connect '.*'

# --- who draws pages ---------------------------------------------------------------------------------

mkdir -p "$scratch/bin" "$scratch/scans"
printf '#!/bin/sh\nif [ "$1" = --list-langs ]; then echo Languages:; echo eng; exit; fi\necho "words that were seen in dots"\n' >"$scratch/bin/tesseract"
chmod +x "$scratch/bin/tesseract"
for name in short wide large skip beyond many blank document again; do
	cp "$srcdir/tests/cases/formats/documents/scanned.pdf" "$scratch/scans/draw-$name.pdf"
done
cp "$srcdir/tests/cases/formats/documents/scanned.pdf" "$scratch/scans/good.pdf"
status=0
PATH=$scratch/bin:$PATH rapporteur-index-hostile --ocr --index "$scratch/drawn" "$scratch/scans" >"$scratch/out" 2>"$scratch/err" </dev/null || status=$?
# drawn DEED PATTERN: the file failed for that reason
drawn() {
	grep -q "^rapporteur-index: cannot read '.*/draw-$1.pdf': $2\$" "$scratch/err"
}
ok 'readers that draw, taken over: status 2' [ "$status" -eq 2 ]
ok '... the good one is read' grep -q '^good.pdf: pdf, ' "$scratch/out"
is '... and no other' "$(grep -c '^draw-' "$scratch/out")" 0
for name in short wide large many document; do
	ok "no picture: $name" drawn $name 'its reader sent what makes no sense'
done
ok 'no page: beyond' drawn beyond 'its reader sent what makes no sense'
ok 'pages in disorder' drawn skip 'its pages are in disorder'
ok 'pages of nothing' drawn blank 'OCR finds nothing on its pages'
is '... are told of in few lines' "$(grep -c "warning: '.*/draw-blank.pdf': page [0-9]* is not read" "$scratch/err")" 20
ok '... and counted' grep -q "draw-blank.pdf': 140 more pages are not read" "$scratch/err"
ok 'pictures of pictures' drawn again 'pictures of pictures'

# --- nothing stays behind ---------------------------------------------------------------------------

# children PID: processes that it made, and theirs
children() {
	awk -v parent="$1" '/^Pid:/ { pid = $2 } /^PPid:/ && $2 == parent { print pid }' /proc/[0-9]*/status 2>/dev/null |
		while read -r child; do
			echo "$child"
			children "$child"
		done
}

# alive PID...: is any of them?
alive() {
	for pid in "$@"; do
		if grep -q '^State:[[:space:]]*[^ZX]' /proc/"$pid"/status 2>/dev/null; then
			return 0
		fi
	done
	return 1
}

if [ -r /proc/self/status ]; then
	mkdir -p "$scratch/one"
	echo 'hostile: loop' >"$scratch/one/loop.txt"
	rapporteur-index-hostile --index "$scratch/killed" "$scratch/one" >/dev/null 2>&1 &
	run=$!
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		made=$(children $run)
		[ "$(echo "$made" | wc -l)" -ge 3 ] && break
		sleep 0.2
	done
	# shellcheck disable=SC2086 # numbers
	ok 'a reader is at work' alive $made
	kill -KILL $run
	wait $run 2>/dev/null
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		# shellcheck disable=SC2086
		alive $made || break
		sleep 0.2
	done
	# shellcheck disable=SC2086
	is 'killed, it leaves no process behind' "$(alive $made && echo "$made")" ''
fi

# --- what lies in folders -----------------------------------------------------------------------------

mkdir -p "$scratch/folder/below"
cp "$papers/zz-good.txt" "$scratch/folder/good.txt"
mkfifo "$scratch/folder/pipe.txt"
ln -s .. "$scratch/folder/below/up"
ln -s loop.txt "$scratch/folder/loop.txt"
printf '\211PNG\r\n\032\n' >"$scratch/folder/chart.png"
printf '\377\330\377\340' >"$scratch/folder/photo"
echo 'body { color: red }' >"$scratch/folder/site.css"
echo x >"$scratch/folder/.~lock.good.odt#"
echo x >"$scratch/folder/~\$good.docx"
echo x >"$scratch/folder/Thumbs.db"
status=0
timeout 20 rapporteur-index --index "$scratch/folders" "$scratch/folder" >"$scratch/out" 2>"$scratch/err" || status=$?
ok 'a pipe, links in circles, pictures: status 0' [ "$status" -eq 0 ]
ok '... and not a word' [ ! -s "$scratch/err" ]
ok '... what was left out is counted and named' grep -q '^left out: 2 pictures: chart.png, photo$' "$scratch/out"
ok '... each kind of it' grep -q '^left out: 1 style sheet or script: site.css$' "$scratch/out"
ok '... the document is taken' grep -q '^1 new, .* 0 failed' "$scratch/out"
status=0
rapporteur-index --index "$scratch/folders" "$scratch/folder/chart.png" >"$scratch/out" 2>"$scratch/err" || status=$?
ok 'a picture that is named is an error' [ "$status" -eq 2 ]

# --- documents that are made to do harm -------------------------------------------------------------------

# listen: takes connections on the loopback and notes each
listen() {
	exec python3 - "$scratch" >/dev/null 2>&1 <<'PYTHON'
import os, socket, sys
server = socket.create_server(("127.0.0.1", 0))
with open(os.path.join(sys.argv[1], "port.new"), "w") as file:
    file.write(str(server.getsockname()[1]))
os.rename(os.path.join(sys.argv[1], "port.new"), os.path.join(sys.argv[1], "port"))
while True:
    server.accept()[0].close()
    open(os.path.join(sys.argv[1], "fetched"), "a").write("once\n")
PYTHON
}

if command -v python3 >/dev/null; then
	listen &
	listener=$!
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		[ -f "$scratch/port" ] && break
		sleep 0.3
	done
	python3 "$srcdir/tests/hostile/make.py" "$scratch/documents" "$(cat "$scratch/port")"
	printf 'The last one\n\nThe pilots of Port Ellery bring in forty ships on every day of the year.\n' >"$scratch/documents/zz-last.txt"
	status=0
	timeout 250 rapporteur-index --jobs 2 --max-seconds 2 --index "$scratch/harm" "$scratch/documents" >"$scratch/out" 2>"$scratch/err" || status=$?
	ok 'documents that are made to do harm: status 2' [ "$status" -eq 2 ]
	ok '... the good one behind them is taken' grep -q '^zz-last.txt: ' "$scratch/out"
	for file in "$scratch"/documents/*; do
		name=${file##*/}
		ok "... $name is taken, or told with a reason" grep -q -e "^$name: " -e "^rapporteur-index: cannot [a-z]* '.*/$name': ." "$scratch/out" "$scratch/err"
	done
	ok '... the index is sound' rapporteur-index --check --quiet --index "$scratch/harm"
	rapporteur list passages --index "$scratch/harm" --format jsonl >"$scratch/passages"
	is '... and has nothing of other files' "$(grep -c 'root:' "$scratch/passages")" 0
	ok 'nothing was fetched' [ ! -e "$scratch/fetched" ]
	python3 -c "import socket, sys; socket.create_connection(('127.0.0.1', int(sys.argv[1])))" "$(cat "$scratch/port")"
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		[ -e "$scratch/fetched" ] && break
		sleep 0.3
	done
	ok '... and it would have been seen' [ -e "$scratch/fetched" ]
	kill $listener
	wait $listener 2>/dev/null
else
	skip 'documents that are made to do harm' 'no python3'
fi

finish
