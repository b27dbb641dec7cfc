#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# cli.t - the program rapporteur on the sample corpus: every command, every
# format, exit statuses, messages, filters. Its manuals' examples: examples.t.

. "${srcdir:-.}/tests/lib.sh"

HOME=$scratch
export HOME
unset NO_COLOR COLUMNS
index=$scratch/index
cp -R "$srcdir/corpus/sample" "$scratch/sample"
if ! rapporteur-index --index "$index" "$scratch/sample" >"$scratch/index.log" 2>&1; then
	report 1 'the sample corpus is indexed'
	show "$(cat "$scratch/index.log")"
	finish
fi
report 0 'the sample corpus is indexed'
RAPPORTEUR_INDEX=$index
export RAPPORTEUR_INDEX

# status STATUS COMMAND...: does it leave with that status?
status() {
	status_expected=$1
	shift
	status_got=0
	"$@" >"$scratch/out" 2>"$scratch/err" </dev/null || status_got=$?
	[ "$status_got" -eq "$status_expected" ] && return 0
	echo "status $status_got instead of $status_expected"
	cat "$scratch/out" "$scratch/err"
	return 1
}

# fails MESSAGE COMMAND...: status 2, and the message on standard error.
fails() {
	fails_message=$1
	shift
	status 2 "$@" || return 1
	grep -q -e "$fails_message" "$scratch/err" && ! [ -s "$scratch/out" ] && return 0
	echo "not so: $fails_message"
	cat "$scratch/out" "$scratch/err"
	return 1
}

# every FILTER FILE: is it true of each line of JSON?
every() {
	[ "$(jq -s "length > 0 and all(.[]; $1)" "$2")" = true ]
}

# --- usage ---------------------------------------------------------------------

ok 'no command: usage' fails '^Usage: rapporteur' rapporteur
ok 'an unknown command' fails "^rapporteur: cannot run 'dance'" rapporteur dance
ok 'an unknown option' fails "^rapporteur: cannot use '--dance'" rapporteur search --dance x
ok 'an unknown letter' fails "^rapporteur: cannot use '-x'" rapporteur search -x
ok 'an option of another command' fails "cannot use '--why'" rapporteur search --why x
ok 'a value is missing' fails 'needs a value' rapporteur search x --format
ok 'an unknown format' fails "cannot use --format 'xml'" rapporteur search --format xml x
ok 'trec is for search' fails 'for search only' rapporteur list documents --format trec
ok 'not a number' fails "cannot use --number 'many'" rapporteur search -n many x
ok 'an unknown order' fails "cannot use --sort 'size'" rapporteur search --sort size x
ok 'an unknown group' fails "cannot use --group 'event'" rapporteur search --group event x
ok 'groups are not sorted' fails 'cannot use --sort and --group together' rapporteur search --group panel --sort date x
ok 'documents are not grouped' fails 'cannot use --group with --unit document' rapporteur search --group panel --unit document x
ok 'runs are not sorted' fails 'cannot use --format trec with --sort' rapporteur search --sort document --format trec x
ok 'like nothing' fails 'without its id' rapporteur similar
ok 'like two' fails 'like several' rapporteur similar a/1 b/2
ok 'like what is not there' status 1 rapporteur similar report/0000000000
ok 'an unknown kind' fails "cannot use --kind 'opera'" rapporteur search --kind opera x
ok 'not a date' fails "cannot use --since 'autumn'" rapporteur search --since autumn x
ok 'no query' fails 'cannot search without' rapporteur search
ok 'a query and --queries' fails 'together' rapporteur search --queries - x
ok 'nothing to list' fails 'cannot list' rapporteur list
ok 'an unknown list' fails "cannot list 'operas'" rapporteur list operas
ok 'no id' fails 'cannot show without' rapporteur show
ok 'no index' fails '^rapporteur: cannot ' rapporteur search --index "$scratch/none" x
ok 'not an index' fails '^rapporteur: cannot ' rapporteur search --index "$scratch/sample" x
for command in search suggest show list check; do
	ok "$command --help" status 0 rapporteur $command --help
	ok "help $command" status 0 rapporteur help $command
	ok "$command --version" status 0 rapporteur $command --version
done
ok 'help' status 0 rapporteur help
rapporteur search --help >"$scratch/help"
for option in speaker panel document type kind organisation country language; do
	ok "help names --$option" grep -q -e "--$option" "$scratch/help"
done

# --- exit statuses and streams ------------------------------------------------------

ok 'found' status 0 rapporteur search berth
ok 'nothing found' status 1 rapporteur search xyzzyqwv
ok 'nothing found, as JSON' status 1 rapporteur search --format json xyzzyqwv
ok 'options behind operands' status 0 rapporteur search berth -n 1
ok 'a query behind --' status 0 rapporteur search -- -xyzzyqwv
ok 'a filter alone' status 0 rapporteur search --verbatim
ok 'no such passage' status 1 rapporteur show report/0000000000
if [ -e /dev/full ]; then
	full() { rapporteur list passages --format jsonl >/dev/full; }
	full 2>"$scratch/err"
	is 'a full disk is trouble' "$?" 2
	ok 'and it is said' grep -q '^rapporteur: cannot write' "$scratch/err"
fi
rapporteur list passages --format jsonl 2>"$scratch/err" | head -n 1 >"$scratch/out"
is 'a closed pipe is no news' "$(cat "$scratch/err")" ''

# --- text ------------------------------------------------------------------------------

rapporteur search berth >"$scratch/text"
escape=$(printf '\033')
ok 'no colour in a pipe' sh -c "! grep -q '$escape' '$scratch/text'"
ok 'the rank begins a hit' grep -q '^ 1  "' "$scratch/text"
ok 'no line is wider than 80' sh -c "! grep -q '^.\\{81,\\}$' '$scratch/text'"
rapporteur search --color=always berth >"$scratch/text"
ok 'colour when told' grep -q "$escape\\[1m" "$scratch/text"
COLUMNS=60 rapporteur search berth >"$scratch/text"
ok 'COLUMNS is the width' sh -c "! grep -q '^.\\{61,\\}$' '$scratch/text'"
if command -v script >/dev/null; then
	TERM=xterm script -qec 'rapporteur search berth' /dev/null >"$scratch/text" </dev/null
	ok 'colour on a terminal' grep -q "$escape" "$scratch/text"
	NO_COLOR=1 TERM=xterm script -qec 'rapporteur search berth' /dev/null >"$scratch/text" </dev/null
	ok 'no colour under NO_COLOR' sh -c "! grep -q '$escape' '$scratch/text'"
	TERM=dumb script -qec 'rapporteur search berth' /dev/null >"$scratch/text" </dev/null
	ok 'no colour on a dumb terminal' sh -c "! grep -q '$escape' '$scratch/text'"
fi
rapporteur search 'berth foo:bar' >"$scratch/text" 2>"$scratch/err"
ok 'warnings go to standard error' grep -q "no field" "$scratch/err"
rapporteur search a AND berth >"$scratch/text"
ok 'the interpretation is told' grep -q '^read as: +a +berth$' "$scratch/text"

# --- the machine's formats ------------------------------------------------------------

rapporteur search --format trec -n 5 berth >"$scratch/trec"
ok 'trec' sh -c "! grep -qv '^1 Q0 [^ ]* [0-9]* [-0-9.]* rapporteur$' '$scratch/trec'"
rapporteur search --format csv -n 3 berth >"$scratch/csv"
ok 'csv begins with its header' grep -q '^rank,score,snippet,' "$scratch/csv"
ok 'csv lines end in CRLF' grep -q "$(printf '\r')\$" "$scratch/csv"
printf 'q1\tberth\n\nq2\txyzzyqwv\nq3\ttimetable\r\n' >"$scratch/queries"
rapporteur search --queries "$scratch/queries" --format trec -n 1 >"$scratch/trec"
is 'queries: each has its id' "$(cut -d' ' -f1 "$scratch/trec" | tr '\n' ' ')" 'q1 q3 '
rapporteur search --queries - --format trec -n 1 <"$scratch/queries" >"$scratch/stdin"
ok 'queries from standard input' cmp "$scratch/trec" "$scratch/stdin"
for format in text json jsonl csv; do
	ok "queries as $format" status 0 rapporteur search --queries "$scratch/queries" --format $format
done
printf 'q1\tberth\nwithout a tab\n' >"$scratch/bad"
status 2 rapporteur search --queries "$scratch/bad" >/dev/null
is 'a bad line has its number' "$(cat "$scratch/err")" \
	"rapporteur: cannot read '$scratch/bad': line 2 is not an id, a tab and a query"
ok 'no file of queries' fails "cannot read" rapporteur search --queries "$scratch/none"
rapporteur search --format csv --group speaker berth >"$scratch/csv"
ok 'csv of groups' grep -q '^rank,score,snippet,also_in,group,matches,weight,id,' "$scratch/csv"
rapporteur search --group panel berth >"$scratch/text"
ok 'groups say how many' grep -Eq '^[1-9][0-9]* passages in [1-9][0-9]* groups$' "$scratch/text"
rapporteur search --unit document --format trec berth | cut -d' ' -f3 >"$scratch/ids"
ok 'documents are ranked once each' sh -c "[ -s '$scratch/ids' ] && [ -z \"\$(sort '$scratch/ids' | uniq -d)\" ]"
ok 'and are documents' sh -c "! grep -q / '$scratch/ids'"

if ! command -v jq >/dev/null; then
	skip 'JSON' 'jq is not here'
	finish
fi

# --- what the best passages have in common ------------------------------------------

asked='how do small harbours pay for new berths and quays'
rapporteur search --format json --expand "$asked" >"$scratch/json" 2>"$scratch/err"
ok 'expanding says by which words' jq -e '.expansion | length > 2 and length <= 20 and (unique | length) == length' "$scratch/json"
is 'it finds nothing more' "$(jq .total "$scratch/json")" "$(rapporteur search --format json "$asked" | jq .total)"
ok 'it ranks otherwise' jq -e --slurpfile plain /dev/stdin '[.hits[].score] != [$plain[0].hits[].score]' "$scratch/json" <<EOF
$(rapporteur search --format json "$asked")
EOF
ok 'no word about it without' sh -c "rapporteur search --format json '$asked' | jq -e 'has(\"expansion\") | not'"
rapporteur search --expand "$asked" >"$scratch/out" 2>"$scratch/err"
ok 'in text it is said beside' grep -q '^rapporteur: ranked also by: ' "$scratch/err"
ok 'one hit teaches nothing' sh -c "rapporteur search --expand --format json --document zz-none berth | jq -e 'has(\"expansion\") | not'"

rapporteur search --format jsonl --sort -date -n 100 --all berth >"$scratch/json"
is 'sorted: the latest first, what has no date last' "$(jq -r '.panel.date // .document.date // "0"' "$scratch/json")" \
	"$(jq -r '.panel.date // .document.date // "0"' "$scratch/json" | sort -r)"
rapporteur search --format json --group speaker -n 100 berth >"$scratch/json"
ok 'groups: each speaker once' jq -e '[.hits[].group.value] | length > 1 and length == (unique | length)' "$scratch/json"
ok 'groups: who speaks most comes first' jq -e '[.hits[].group.weight] | . == (sort | reverse)' "$scratch/json"
ok 'groups: how many there are' jq -e '.groups == (.hits | length) and .arranged_all' "$scratch/json"
is 'groups: as many passages as the speaker has' \
	"$(jq -r '.hits[0].group.matches' "$scratch/json")" \
	"$(rapporteur search --all -n 1000 --format jsonl berth | jq -r .speaker.name | grep -Fxc "$(jq -r '.hits[0].group.value' "$scratch/json")")"
id=$(jq -r '.hits[0].id' "$scratch/json")
rapporteur similar --format json "$id" >"$scratch/json"
ok 'similar: others' jq -e --arg id "$id" '.query == $id and (.hits | length > 0 and all(.[]; .id != $id))' "$scratch/json"
ok 'similar: says by which words' jq -e '.interpretation | split(" ") | length > 3 and length <= 30' "$scratch/json"
rapporteur similar --format jsonl --kind narrative "$id" >"$scratch/json"
ok 'similar: filters hold' every '.kind == "narrative"' "$scratch/json"
rapporteur search --format json -n 4 berth >"$scratch/json"
is 'json: keys in the order of the contract' "$(jq -c 'keys_unsorted - ["facets_are_exact", "facet_values"]' "$scratch/json")" \
	'["version","query","interpretation","warnings","suggestion","total","total_is_exact","took_ms","facets","hits"]'
is 'json: keys of a hit' "$(jq -c '.hits[0] | keys_unsorted' "$scratch/json")" \
	'["rank","score","id","document","panel","section","speaker","kind","verbatim","attribution","page","page_label","slide","time","notes","snippet","text","ranges","quotations","citation","also_in"]'
is 'json: keys of a document' "$(jq -c '.hits[0].document | keys_unsorted' "$scratch/json")" \
	'["id","title","type","event","date","publisher","language","path","url"]'
ok 'json: facets' sh -c "jq -e '.facets | type == \"object\" and length > 0' '$scratch/json'"
ok 'nothing to suggest for' fails 'cannot suggest without' rapporteur suggest
ok 'no table of suggestions' fails 'text or json' rapporteur suggest --format csv x
ok 'nothing to suggest' status 1 rapporteur suggest zzzzz
rapporteur suggest --format json -n 3 mok >"$scratch/suggest"
is 'suggest: json' "$(jq -c 'keys_unsorted' "$scratch/suggest")" '["version","text","suggestions"]'
is 'suggest: what one says' "$(jq -c '.suggestions[0] | keys_unsorted' "$scratch/suggest")" '["kind","text","count","query"]'
rapporteur suggest --format json mok | jq -r '.suggestions[] | select(.kind != "phrase") | "\(.count)\t\(.query)"' >"$scratch/meant"
while IFS='	' read -r n query; do
	is "suggest: $query" "$(rapporteur search --format json -n 0 "$query" | jq .total)" "$n"
done <"$scratch/meant"
rapporteur search --format json --facet-values 1 berth >"$scratch/few"
is 'json: one value of each facet' "$(jq -c '[.facets[] | length] | max' "$scratch/few")" 1
is 'json: the most frequent one' "$(jq -c '.facets.kind[0]' "$scratch/few")" "$(jq -c '.facets.kind[0]' "$scratch/json")"
is 'json: how many values there are' "$(jq -c '.facet_values.kind' "$scratch/few")" "$(jq -c '.facets.kind | length' "$scratch/json")"
ok 'text: facets' sh -c "rapporteur search --facets berth | grep -q '^kind: '"
ok 'a facet has at least one value' fails 'not a number from 1' rapporteur search --facet-values 0 berth
rapporteur search --format json --no-facets berth >"$scratch/plain"
is 'json: no facets' "$(jq 'has("facets")' "$scratch/plain")" false
# shellcheck disable=SC2016 # the variables are jq's
ok 'the snippet is a piece of the text' every '.hits | all(.text as $t | .snippet | map(.text) | add | . as $s | $t | contains($s))' "$scratch/json"
ok 'something is marked' every '.hits[0].snippet | any(.match)' "$scratch/json"
ok 'warnings are in the object' sh -c "rapporteur search --format json 'berth foo:bar' 2>'$scratch/err' | jq -e '.warnings | length == 1'"
is 'and not on standard error' "$(cat "$scratch/err")" ''
rapporteur search --format json 'barth subsidies' >"$scratch/plain"
is 'what was meant' "$(jq -r '.suggestion' "$scratch/plain")" 'berth subsidies'
is 'is told' "$(jq -r '.interpretation' "$scratch/plain")" 'barth{~berth} subsidies'
is 'and on a terminal' "$(rapporteur search 'barth subsidies' | sed -n '2,3p')" 'read as: barth{~berth} subsidies
perhaps meant: berth subsidies'
rapporteur search --exact --format json 'barth subsidies' >"$scratch/plain"
is '--exact guesses nothing' "$(jq -c '[.suggestion, .interpretation]' "$scratch/plain")" '[null,"barth subsidies"]'
for format in csv jsonl trec; do
	status 0 rapporteur search --format "$format" 'barth subsidies foo:bar' >/dev/null
	is "$format: what was meant is told on standard error" "$(cut -d , -f 1 "$scratch/err" | sed "s/'foo:' is no field/(warned)/")" 'rapporteur: read as: barth{~berth} subsidies foo:bar
rapporteur: perhaps meant: berth subsidies foo:bar
rapporteur: (warned)'
	ok "$format: no room for facets" fails "cannot use --facets with --format $format: it has no room for counts" rapporteur search --facets --format "$format" berth
done
rapporteur search --format json --facet-values 1000 -n 0 train >"$scratch/plain"
jq -r '.facets | to_entries[] | .key as $field | .value[] | [$field, .[0], .[1]] | @tsv' "$scratch/plain" |
	while IFS="$(printf '\t')" read -r field value count; do
		found=$(rapporteur search --format json --no-facets -n 0 "train $field:=\"$value\"" | jq .total)
		[ "$found" = "$count" ] || echo "$field:=\"$value\": $found instead of $count"
		case $field in event | year) continue ;; esac
		found=$(rapporteur search --format json --no-facets -n 0 "--$field" "=$value" train | jq .total)
		[ "$found" = "$count" ] || echo "--$field '=$value': $found instead of $count"
	done >"$scratch/wrong"
is 'a value of a facet finds what it counts' "$(cat "$scratch/wrong")" ''
is '... of many' "$(jq '[.facets[] | length] | add > 20' "$scratch/plain")" true
printf '1\tbarth subsidies\n' >"$scratch/queries"
status 0 rapporteur search --queries "$scratch/queries" --format csv >/dev/null
is 'of many queries, with the id' "$(cat "$scratch/err")" 'rapporteur: 1: perhaps meant: berth subsidies'
status 0 rapporteur search --queries "$scratch/queries" --format trec >/dev/null
is 'of a run of many queries nothing' "$(cat "$scratch/err")" ''
rapporteur search --help >"$scratch/help"
for name in default bm25 closeness; do
	ok "--rank $name" status 0 rapporteur search --rank "$name" --format json 'night berth'
	ok '... is told in the help' grep -q "^  $name " "$scratch/help"
done
is '--rank default is the default' "$(rapporteur search --rank default --format json 'night berth' | jq -c .hits)" \
	"$(rapporteur search --format json 'night berth' | jq -c .hits)"
ok '--rank makes a difference' test "$(rapporteur search --rank bm25 --format json 'night berth' | jq -c '[.hits[].score]')" != \
	"$(rapporteur search --format json 'night berth' | jq -c '[.hits[].score]')"
ok '--rank of no such name tells them' fails 'one of default, bm25, closeness' rapporteur search --rank none berth
rapporteur search --explain --format json --no-facets 'barth fares' >"$scratch/plain"
ok '--explain: the scores of the parts are that of the hit' jq -e \
	'[.hits[] | ([.explanation[].score] | add) - .score] | length > 3 and all(.[]; . * . < 0.000001)' "$scratch/plain"
ok '... with the words as they were looked for' jq -e 'any(.hits[].explanation[]; .word == "barth" and .as == "berth" and .share < 1)' "$scratch/plain"
ok '... and where they stand' jq -e '[.hits[].explanation[] | select(.word)] | length > 3 and all(.[]; .places | length > 0)' "$scratch/plain"
rapporteur search --format json berth >"$scratch/plain"
ok '... only where it was asked for' jq -e '.hits | all(.[]; has("explanation") | not)' "$scratch/plain"
rapporteur search --explain -n 1 'barth fares' >"$scratch/plain"
ok '... as a table' grep -q '^ *[0-9.]*  barth~berth *= rarity [0-9.]* x density [0-9.]* x share 0\.[0-9]* x impact [0-9.]*; text [0-9]' "$scratch/plain"
ok '... with closeness' grep -q '^ *[0-9.]*  closeness *= 0\.[0-9]* of [0-9.]*$' "$scratch/plain"
ok 'similar --expand tells its words' jq -e '.expansion | length > 0' <<END
$(rapporteur similar --expand --format json "$id")
END
rapporteur similar --explain --format json "$id" >"$scratch/plain"
ok '... of what is similar' jq -e '.hits | length > 0 and all(.[]; .explanation | length > 0)' "$scratch/plain"
ok '... not in csv' fails 'cannot use --explain with --format csv' rapporteur search --explain --format csv berth
ok '... nor in a run' fails 'cannot use --explain with --format trec' rapporteur search --explain --format trec berth
printf '# words\nlullaby, berth\n' >"$scratch/synonyms"
is 'synonyms' "$(rapporteur search --synonyms "$scratch/synonyms" --format json lullaby | jq -r .interpretation)" 'lullaby{~berth}'
printf 'lullaby\n' >"$scratch/synonyms"
status 2 rapporteur search --synonyms "$scratch/synonyms" lullaby >/dev/null
is 'a bad line of synonyms has its number' "$(cat "$scratch/err")" \
	"rapporteur: cannot read synonyms '$scratch/synonyms': line 1: nothing to find instead"
printf 'lullaby, berth\n\nbed, cot\377\n' >"$scratch/synonyms"
status 2 rapporteur search --synonyms "$scratch/synonyms" lullaby >/dev/null
is 'bytes that are no text have the number of their line' "$(cat "$scratch/err")" \
	"rapporteur: cannot read synonyms '$scratch/synonyms': line 3: not UTF-8"
ok 'a folder of synonyms' fails 'Is a directory' rapporteur search --synonyms "$scratch" berth
ok 'no file of synonyms' fails 'No such file' rapporteur search --synonyms "$scratch/none" berth
rapporteur search --format jsonl -n 4 berth >"$scratch/jsonl"
is 'jsonl is the hits' "$(jq -c .id "$scratch/jsonl")" "$(jq -c '.hits[].id' "$scratch/json")"
rapporteur search --format jsonl -n 2 --offset 2 berth | jq -c .id >"$scratch/page"
is 'the second page' "$(cat "$scratch/page")" "$(jq -c .id "$scratch/jsonl" | tail -n 2)"
rapporteur search --queries "$scratch/queries" --format jsonl >"$scratch/jsonl"
ok 'jsonl with queries has qid' every 'has("qid")' "$scratch/jsonl"

# --- filters -----------------------------------------------------------------------------

# filtered TITLE FILTER OPTION...
filtered() {
	filtered_title=$1 filtered_filter=$2
	shift 2
	rapporteur list passages --format jsonl "$@" >"$scratch/jsonl"
	ok "$filtered_title" every "$filtered_filter" "$scratch/jsonl"
}
filtered '--kind' '.kind == "quote" or .kind == "speech"' --kind quote,speech
filtered '--verbatim' '.verbatim' --verbatim
filtered '--type' '.document.type == "report"' --type report
filtered '--language' '.document.language == "en"' --language en
filtered '--speaker, without case' '.speaker.name | contains("Kvirkelidze")' --speaker KVIRKELIDZE
filtered '--speaker twice: any' '.speaker.name | test("Kvirkelidze|Achterberg")' --speaker kvirkelidze --speaker vandersteen
filtered '--panel is whole words' '.panel.label == "Panel I"' --panel 'panel i' --type report
filtered '--since and --until' '.document.date | startswith("2023")' --since 2023 --until 2023-12
ok 'a filter that lets nothing through' status 1 rapporteur list passages --since 2031
rapporteur search --format jsonl 'berth' --speaker kvirkelidze >"$scratch/jsonl" || :
ok 'a filter is no evidence: the word is there' every '.snippet | any(.match)' "$scratch/jsonl"
rapporteur search --format jsonl 'berth speaker:kvirkelidze' >"$scratch/again" || :
is 'a field in the query does the same' "$(jq -c .id "$scratch/again")" "$(jq -c .id "$scratch/jsonl")"

# --- show and list -------------------------------------------------------------------------

id=$(rapporteur search --format jsonl -n 1 berth | jq -r .id)
ok 'show' status 0 rapporteur show "$id"
ok 'show --why' sh -c "rapporteur show --why '$id' | grep -q '^ *evidence: '"
rapporteur show --context 2 --format jsonl "$id" >"$scratch/jsonl"
is 'show marks the one asked for' "$(jq -r 'select(.asked) | .id' "$scratch/jsonl")" "$id"
ok 'show has context' sh -c "[ \$(wc -l <'$scratch/jsonl') -gt 1 ]"
for what in documents panels speakers bodies passages; do
	want=0		# a corpus need not have each of them
	[ -n "$(rapporteur list $what --format jsonl)" ] || want=1
	for format in text json jsonl csv; do
		ok "list $what as $format" status $want rapporteur list $what --format $format
	done
	rapporteur list $what --format json >"$scratch/json"
	rapporteur list $what --format jsonl >"$scratch/jsonl"
	is "list $what: json and jsonl agree" "$(jq -c ".${what}[]" "$scratch/json")" "$(jq -c . "$scratch/jsonl")"
done
is 'running heads are metadata' \
	"$(rapporteur list documents --format jsonl | jq -r 'select(.id == "report") | .furniture | any(. == "RAILS AFTER DARK | CONFERENCE REPORT 2023")')" true
is 'passages have no rank' "$(jq -s 'any(.[]; has("rank") or has("score") or has("snippet"))' "$scratch/jsonl")" false

# --- hostile text ---------------------------------------------------------------------------

mkdir "$scratch/hostile"
printf 'Title\n\nThe zebra said \033[31mred\007 and \302\233 and \342\200\256 and \377 to "all" of the people in the hall.\n' \
	>"$scratch/hostile/evil.txt"
if rapporteur-index --index "$scratch/evil" "$scratch/hostile" >"$scratch/out" 2>&1; then
	rapporteur search --index "$scratch/evil" zebra >"$scratch/text" 2>&1
	ok 'no control characters reach the terminal' sh -c "! LC_ALL=C grep -q '[[:cntrl:]]' '$scratch/text'"
	ok 'JSON stays JSON' sh -c "rapporteur search --index '$scratch/evil' --format json zebra | jq -e '.total == 1'"
else
	report 1 'a hostile text is indexed'
	show "$(cat "$scratch/out")"
fi

# --- the other programs -----------------------------------------------------------------------

ok 'check' status 0 rapporteur check
ok 'check another' status 2 rapporteur check --index "$scratch/none"
ok 'index hands over' status 0 rapporteur index --version

finish
