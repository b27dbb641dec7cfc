# SPDX-License-Identifier: GPL-2.0-or-later
#
# bash completion for rapporteur and rapporteur-index. Speakers, panels and
# documents are asked of the index that the command line names.

# Appends to COMPREPLY the words of $2 that begin with $1.
_rapporteur_words() {
	local word
	for word in $2; do
		[[ $word == "$1"* ]] && COMPREPLY+=("$word")
	done
}

# Offers what lies in the index: $1 the word so far, $2 the list, $3 the key in
# its JSON. Names have blanks in them: they are offered as they must be typed.
_rapporteur_values() {
	local word=$1 line value quoted='' i
	local pattern="\"$3\": *\"([^\"\\\\]*)\""
	local -a index=()

	for ((i = 1; i < COMP_CWORD; i++)); do
		[[ ${COMP_WORDS[i]} == --index ]] || continue
		[[ ${COMP_WORDS[i + 1]-} == = ]] && ((i++))
		index=(--index "${COMP_WORDS[i + 1]-}")
	done
	[[ $word == [\"\']* ]] && quoted=yes
	word=${word#[\"\']}
	word=${word//\\/}
	while IFS= read -r line; do
		[[ $line =~ $pattern ]] || continue
		value=${BASH_REMATCH[1]}
		[[ ${value,,} == "${word,,}"* ]] || continue
		[[ $quoted ]] || printf -v value %q "$value"
		COMPREPLY+=("$value")
	done < <("${COMP_WORDS[0]/%rapporteur-index/rapporteur}" list "$2" "${index[@]}" --format jsonl 2>/dev/null)
}

# Offers files, or what else compgen's option $1 stands for.
_rapporteur_files() {
	compopt -o filenames 2>/dev/null
	mapfile -t COMPREPLY < <(compgen "$1" -- "$2")
}

# The value of an option: $1 the option, $2 the word so far, $3 the command.
# Fails where the option takes none.
_rapporteur_value() {
	case $1 in
	--index) _rapporteur_files -d "$2" ;;
	--catalogue | --queries | --synonyms) _rapporteur_files -f "$2" ;;
	--format)
		case $3 in
		search | similar) _rapporteur_words "$2" 'text json jsonl csv trec' ;;
		suggest) _rapporteur_words "$2" 'text json' ;;
		*) _rapporteur_words "$2" 'text json jsonl csv' ;;
		esac
		;;
	--unit) _rapporteur_words "$2" 'passage document' ;;
	--sort) _rapporteur_words "$2" 'relevance date -date document' ;;
	--rank) _rapporteur_words "$2" 'default bm25 closeness' ;;
	--group) _rapporteur_words "$2" 'document panel speaker' ;;
	--kind) _rapporteur_words "$2" 'quote speech authored slide reported narrative reference listing' ;;
	--type) _rapporteur_words "$2" 'report background-paper slides statement transcript agenda other' ;;
	--speaker) _rapporteur_values "$2" speakers name ;;
	--organisation) _rapporteur_values "$2" bodies name ;;
	--panel) _rapporteur_values "$2" panels label ;;
	--document) _rapporteur_values "$2" documents id ;;
	-n | --offset | --facet-values | --context | --since | --until | --country | --language | --access | --jobs | --exclude | --max-seconds | --max-memory | --ocr-language) ;;
	*) return 1 ;;
	esac
}

_rapporteur_filters='--speaker --panel --document --type --kind --verbatim --organisation
	--country --language --since --until --access'

# The options of a command.
_rapporteur_options() {
	case $1 in
	search) echo "--index --format --unit --sort --group --rank --expand --explain --all --exact --synonyms -n --offset --queries --facets --facet-values --no-facets $_rapporteur_filters --help" ;;
	similar) echo "--index --format --unit --sort --group --rank --expand --explain --all -n --offset $_rapporteur_filters --help" ;;
	list) echo "--index --format $_rapporteur_filters --help" ;;
	show) echo '--index --format --context --access --help' ;;
	check) echo '--index --help' ;;
	suggest) echo '--index --format -n --access --help' ;;
	index) echo '--index --catalogue --write-catalogue --dump --full --json --jobs --exclude --rebuild --prune --retry-failed --max-seconds --max-memory --ocr --ocr-language --no-sandbox --without --quiet --check --help' ;;
	*) echo '--help --version' ;;
	esac
}

_rapporteur() {
	local word=${COMP_WORDS[COMP_CWORD]} option='' command='' i
	local lists='documents panels speakers bodies passages'
	COMPREPLY=()

	if [[ ${COMP_WORDS[0]##*/} == rapporteur-index ]]; then
		command=index
	elif ((COMP_CWORD > 1)); then
		command=${COMP_WORDS[1]}
	fi
	# "--kind=qu" arrives as three words.
	if [[ $word == = ]]; then
		option=${COMP_WORDS[COMP_CWORD - 1]} word=
	elif ((COMP_CWORD > 2)) && [[ ${COMP_WORDS[COMP_CWORD - 1]} == = ]]; then
		option=${COMP_WORDS[COMP_CWORD - 2]}
	elif ((COMP_CWORD > 1)); then
		option=${COMP_WORDS[COMP_CWORD - 1]}
	fi
	_rapporteur_value "$option" "$word" "$command" && return
	if [[ $word == -* ]]; then
		_rapporteur_words "$word" "$(_rapporteur_options "$command")"
		return
	fi
	case $command in
	'') _rapporteur_words "$word" 'search similar suggest show list check index' ;;
	index) _rapporteur_files -f "$word" ;;
	list)
		for ((i = 2; i < COMP_CWORD; i++)); do
			[[ " $lists " == *" ${COMP_WORDS[i]} "* ]] && return
		done
		_rapporteur_words "$word" "$lists"
		;;
	esac
}

complete -F _rapporteur rapporteur rapporteur-index
