/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * options.c - reading the command line, and its help; see options.h.
 */
#include "searcher/options.h"

#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "indexer/fields.h"

#define MAX_HITS 1000000
#define MAX_CONTEXT 1000
#define MAX_FACET_VALUES 100000

enum option_id {
	OPTION_INDEX, OPTION_FORMAT, OPTION_UNIT, OPTION_SORT, OPTION_GROUP, OPTION_N, OPTION_OFFSET, OPTION_QUERIES,
	OPTION_NO_FACETS, OPTION_FACETS, OPTION_FACET_VALUES, OPTION_ALL, OPTION_RANK, OPTION_EXPAND, OPTION_EXPLAIN,
	OPTION_EXACT, OPTION_SYNONYMS,
	OPTION_VERBATIM, OPTION_SINCE, OPTION_UNTIL,
	OPTION_ACCESS, OPTION_CONTEXT, OPTION_WHY, OPTION_COLOUR, OPTION_HELP, OPTION_VERSION,
	OPTION_FIELD,		/* and, from here on, one for each field */
};

#define FINDING (COMMAND_SEARCH | COMMAND_SIMILAR)
#define EVERY (FINDING | COMMAND_SHOW | COMMAND_LIST | COMMAND_CHECK | COMMAND_SUGGEST)
#define PRINTING (FINDING | COMMAND_SHOW | COMMAND_LIST | COMMAND_SUGGEST)
#define FILTERING (FINDING | COMMAND_LIST)

struct option_row {
	enum option_id id;
	const char *name, *argument;	/* argument NULL: takes none */
	char letter;			/* or 0 */
	unsigned commands;
	const char *what;
};

static const struct option_row rows[] = {
	{ OPTION_INDEX, "index", "DIR", 0, EVERY,
	  "the index (default: $RAPPORTEUR_INDEX, else $XDG_DATA_HOME/rapporteur)" },
	{ OPTION_FORMAT, "format", "FORMAT", 0, PRINTING,
	  "text, json, jsonl, csv; for search also trec; suggest: text, json" },
	{ OPTION_UNIT, "unit", "UNIT", 0, FINDING, "passage or document: what is ranked" },
	{ OPTION_N, "number", "N", 'n', FINDING | COMMAND_SUGGEST, "at most N (default: 10)" },
	{ OPTION_SORT, "sort", "ORDER", 0, FINDING, "relevance, date, -date (the latest first) or document" },
	{ OPTION_GROUP, "group", "BY", 0, FINDING, "document, panel or speaker: one hit for each, with how many it stands for" },
	{ OPTION_OFFSET, "offset", "N", 0, FINDING, "pass over the first N hits" },
	{ OPTION_QUERIES, "queries", "FILE", 0, COMMAND_SEARCH,
	  "many queries, one a line: an id, a tab, the query; - is standard input" },
	{ OPTION_FACETS, "facets", NULL, 0, COMMAND_SEARCH, "count speakers, panels, ... (json: the default)" },
	{ OPTION_FACET_VALUES, "facet-values", "N", 0, COMMAND_SEARCH, "of each the N most frequent (default: 20)" },
	{ OPTION_NO_FACETS, "no-facets", NULL, 0, COMMAND_SEARCH, "leave the counts out" },
	{ OPTION_ALL, "all", NULL, 0, FINDING, "show near-duplicates too" },
	{ OPTION_RANK, "rank", "NAME", 0, FINDING, "what makes a passage come first, see below" },
	{ OPTION_EXPAND, "expand", NULL, 0, FINDING, "rank also by what the best passages have in common" },
	{ OPTION_EXPLAIN, "explain", NULL, 0, FINDING, "with what each word, field and factor gave to the score" },
	{ OPTION_EXACT, "exact", NULL, 0, COMMAND_SEARCH, "words as they are spelt: nothing else that may be meant" },
	{ OPTION_SYNONYMS, "synonyms", "FILE", 0, COMMAND_SEARCH, "groups of words and phrases of the same meaning, one a line" },
	{ OPTION_CONTEXT, "context", "N", 'c', COMMAND_SHOW, "with N passages before and behind it" },
	{ OPTION_WHY, "why", NULL, 0, COMMAND_SHOW, "with what the attribution rests on" },
	{ OPTION_VERBATIM, "verbatim", NULL, 0, FILTERING, "only the speakers' own words" },
	{ OPTION_SINCE, "since", "DATE", 0, FILTERING, "from this day, month or year on" },
	{ OPTION_UNTIL, "until", "DATE", 0, FILTERING, "up to and with this day, month or year" },
	{ OPTION_ACCESS, "access", "GROUP", 0, PRINTING, "also what is restricted to this group" },
	{ OPTION_COLOUR, "color", "WHEN", 0, PRINTING, "auto, always or never" },
	{ OPTION_HELP, "help", NULL, 'h', EVERY, "this help" },
	{ OPTION_VERSION, "version", NULL, 0, EVERY, "the version" },
};

static const struct {
	enum command command;
	const char *name, *usage, *what;
} commands[] = {
	{ COMMAND_SEARCH, "search", "[OPTION]... QUERY\n       rapporteur search [OPTION]... --queries FILE",
	  "Finds passages, best first, and says who said them, where, and how we know." },
	{ COMMAND_SIMILAR, "similar", "[OPTION]... ID", "Finds passages like a passage, by the words that tell it from others." },
	{ COMMAND_SHOW, "show", "[OPTION]... ID", "Shows a passage whole, in its surroundings." },
	{ COMMAND_LIST, "list", "[OPTION]... documents|panels|speakers|bodies|passages",
	  "Lists what is in the index." },
	{ COMMAND_SUGGEST, "suggest", "[OPTION]... TEXT",
	  "People, bodies, panels, documents and frequent phrases with words that begin so." },
	{ COMMAND_CHECK, "check", "[OPTION]...", "Checks whether the index is sound." },
};

/* --- messages --------------------------------------------------------------------- */

int trouble(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	g_autofree char *message = g_strdup_vprintf(format, args);
	va_end(args);
	g_autoptr(GString) clean = g_string_new(NULL);
	terminal_clean(message, -1, clean);
	fprintf(stderr, "rapporteur: %s\n", clean->str);
	return EXIT_TROUBLE;
}

int trouble_take(GError *error)
{
	int status = trouble("%s", error->message);

	g_error_free(error);
	return status;
}

int trouble_take_missing(GError *error)
{
	bool missing = g_error_matches(error, RAP_ERROR, RAP_ERROR_NOT_FOUND);
	int status = trouble_take(error);

	return missing ? EXIT_NOTHING : status;
}

static int hint(const struct options *options)
{
	fprintf(stderr, "Try 'rapporteur %s --help'.\n", command_name(options->command));
	return EXIT_TROUBLE;
}

const char *command_name(enum command command)
{
	for (gsize i = 0; i < G_N_ELEMENTS(commands); i++)
		if (commands[i].command == command)
			return commands[i].name;
	return "";
}

/* --- help ------------------------------------------------------------------------- */

static void help_line(GString *out, const char *left, const char *what)
{
	if (strlen(left) <= 24)
		g_string_append_printf(out, "  %-24s %s\n", left, what);
	else
		g_string_append_printf(out, "  %s\n%27s%s\n", left, "", what);
}

static void help_row(GString *out, const struct option_row *row)
{
	g_autofree char *letter = row->letter ? g_strdup_printf("-%c, ", row->letter) : g_strdup("");
	g_autofree char *left = g_strdup_printf("%s--%s%s%s", letter, row->name,
	                                        row->argument ? " " : "", row->argument ? row->argument : "");

	help_line(out, left, row->what);
}

static void help_filters(enum command command, GString *out)
{
	if (!(FILTERING & command))
		return;
	g_string_append(out, "\nFilters (several values of one: any of them; =VALUE: the whole of it, no part)\n");
	for (gsize i = 0; i < N_FIELDS; i++) {
		g_autofree char *left = g_strdup_printf("--%s VALUE", fields[i].name);
		if (fields[i].option)
			help_line(out, left, fields[i].what);
	}
}

static void help_ranks(GString *out)
{
	const char *name, *what;

	g_string_append(out, "\nWays to rank\n");
	for (size_t i = 0; (name = rap_rank_name(i, &what)); i++)
		help_line(out, name, what);
}

static void help_query(GString *out)
{
	g_string_append(out,
	                "\nThe query\n"
	                "  words                    the more of them and the closer, the higher\n"
	                "  +word  -word             must, must not be there\n"
	                "  \"exact phrase\"           these words in this order, as they are\n"
	                "  a AND b, a OR b, NOT c   in capitals; ( ) groups\n"
	                "  a near/5 b               with at most 5 words between\n"
	                "  migr*                    words that begin so\n");
	for (gsize i = 0; i < N_FIELDS; i++)
		help_line(out, fields[i].example, fields[i].what);
	g_string_append(out, "\nA query that begins with - goes behind --. See rapporteur-query(7).\n");
}

void options_help(enum command command, GString *out)
{
	for (gsize i = 0; i < G_N_ELEMENTS(commands); i++)
		if (commands[i].command == command)
			g_string_append_printf(out, "Usage: rapporteur %s %s\n\n%s\n\nOptions\n", commands[i].name,
			                       commands[i].usage, commands[i].what);
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
		if (rows[i].commands & command)
			help_row(out, &rows[i]);
	help_filters(command, out);
	if (FINDING & command)
		help_ranks(out);
	if (command == COMMAND_SEARCH)
		help_query(out);
	g_string_append(out, "\nExit status: 0 found or done, 1 nothing found, 2 trouble.\n");
}

/* --- values ----------------------------------------------------------------------- */

static bool read_size(const char *name, const char *value, size_t max, size_t *out, int *status)
{
	char *end;
	guint64 n;

	errno = 0;
	n = g_ascii_strtoull(value, &end, 10);
	if (g_ascii_isdigit(value[0]) && *end == '\0' && errno == 0 && n <= max) {
		*out = (size_t)n;
		return true;
	}
	*status = trouble("cannot use --%s '%s': not a number from 0 to %zu", name, value, max);
	return false;
}

/* Which of the names, NULL-terminated; -1 and a message for none. */
static int read_choice(const char *name, const char *value, const char *const *names)
{
	for (int i = 0; names[i]; i++)
		if (strcmp(names[i], value) == 0)
			return i;
	g_autofree char *list = g_strjoinv(", ", (char **)(void *)(guintptr)names);
	trouble("cannot use --%s '%s': it is one of %s", name, value, list);
	return -1;
}

static void add_filter(struct options *options, const char *field, const char *value)
{
	RapFilter filter = { field, value };

	g_array_append_val(options->filters, filter);
}

/* One of a list, or one end of a range. */
static bool accepts_part(const struct field *field, const char *part)
{
	g_autofree char *clean = g_strstrip(g_strdup(part + (*part == FIELD_WHOLE)));
	bool ranged = field->match == FIELD_DATE || field->match == FIELD_NUMBER;
	char *dots = ranged ? strstr(clean, "..") : NULL;

	if (field->match == FIELD_NAME) {
		g_autofree char *lower = g_ascii_strdown(clean, -1);
		return field_accepts(field, lower);
	}
	if (!dots)
		return field_accepts(field, clean);
	*dots = '\0';
	return (!*clean || field_accepts(field, clean)) && (!dots[2] || field_accepts(field, dots + 2)) &&
	       (*clean || dots[2]);
}

static int read_filter(struct options *options, const struct field *field, const char *value)
{
	g_auto(GStrv) parts = g_strsplit(value, field->match == FIELD_WORDS ? "\n" : ",", -1);
	bool sound = parts[0] != NULL;

	for (char **part = parts; *part; part++)
		sound = sound && accepts_part(field, *part);
	if (sound) {
		add_filter(options, field->name, value);
		return -1;
	}
	g_autoptr(GString) values = g_string_new(NULL);
	field_describe_values(field, values);
	return trouble("cannot use --%s '%s': it takes %s", field->name, value, values->str);
}

/* --since and --until: one range. */
static int add_dates(struct options *options)
{
	const struct field *date = &fields[FIELD_DATE_];
	const char *since = options->since ? options->since : "";
	const char *until = options->until ? options->until : "";
	char *value;

	if (!options->since && !options->until)
		return -1;
	if (options->since && !field_accepts(date, since))
		return trouble("cannot use --since '%s': a date is 2023, 2023-10 or 2023-10-12", since);
	if (options->until && !field_accepts(date, until))
		return trouble("cannot use --until '%s': a date is 2023, 2023-10 or 2023-10-12", until);
	value = g_strdup_printf("%s..%s", since, until);
	g_ptr_array_add(options->memory, value);
	add_filter(options, date->name, value);
	return -1;
}

static char *default_index(void)
{
	const char *index = g_getenv("RAPPORTEUR_INDEX");

	if (index && *index)
		return g_strdup(index);
	return g_build_filename(g_get_user_data_dir(), "rapporteur", NULL);
}

/* --- reading ------------------------------------------------------------------------ */

static int read_format(struct options *options, const char *value)
{
	static const char *const names[] = { "text", "json", "jsonl", "csv", "trec", NULL };
	enum output_task task = (FINDING & options->command) ? OUTPUT_SEARCH
	                        : options->command == COMMAND_SHOW ? OUTPUT_SHOW
	                        : options->command == COMMAND_SUGGEST ? OUTPUT_SUGGEST : OUTPUT_LIST;

	if (read_choice("format", value, names) < 0)
		return EXIT_TROUBLE;
	options->format = output_format_find(value);
	if (!output_format_does(options->format, task))
		return trouble(task == OUTPUT_SUGGEST ? "cannot use --format '%s': suggestions are text or json" : "cannot use --format '%s': it is for search only",
		               value);
	return -1;
}

static int read_colour(struct options *options, const char *value)
{
	static const char *const names[] = { "auto", "always", "never", NULL };
	int choice = read_choice("color", value, names);

	if (choice < 0)
		return EXIT_TROUBLE;
	options->colour = (enum colour)choice;
	return -1;
}

static int read_unit(struct options *options, const char *value)
{
	static const char *const names[] = { "passage", "document", NULL };
	int choice = read_choice("unit", value, names);

	if (choice < 0)
		return EXIT_TROUBLE;
	options->unit = choice == 1 ? RAP_UNIT_DOCUMENT : RAP_UNIT_PASSAGE;
	return -1;
}

static int read_sort(struct options *options, const char *value)
{
	static const char *const names[] = { "relevance", "date", "-date", "document", NULL };
	int choice = read_choice("sort", value, names);

	if (choice < 0)
		return EXIT_TROUBLE;
	options->sort = (RapSort)choice;
	return -1;
}

static int read_group(struct options *options, const char *value)
{
	static const char *const names[] = { "document", "panel", "speaker", NULL };
	int choice = read_choice("group", value, names);

	if (choice < 0)
		return EXIT_TROUBLE;
	options->group_by = (RapGroupBy)(choice + 1);
	return -1;
}

static int read_rank(struct options *options, const char *value)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new();
	const char *name;

	for (size_t i = 0; (name = rap_rank_name(i, NULL)); i++)
		g_ptr_array_add(names, (gpointer)name);
	g_ptr_array_add(names, NULL);
	if (read_choice("rank", value, (const char *const *)names->pdata) < 0)
		return EXIT_TROUBLE;
	options->rank = value;
	return -1;
}

static int say_help(enum command command)
{
	g_autoptr(GString) help = g_string_new(NULL);

	options_help(command, help);
	fputs(help->str, stdout);
	return fflush(stdout) == 0 ? EXIT_FOUND : trouble("cannot write the help: %s", g_strerror(errno));
}

/* Numbers: -1 to go on. */
static int read_number(const char *name, const char *value, size_t max, size_t *out)
{
	int status = -1;

	read_size(name, value, max, out, &status);
	return status;
}

/* Who says how many wants to see them. */
static int read_facet_values(struct options *options, const char *value)
{
	int status = read_number("facet-values", value, MAX_FACET_VALUES, &options->facet_values);

	if (status < 0 && !options->facet_values)
		status = trouble("cannot use --facet-values '%s': not a number from 1 to %d", value, MAX_FACET_VALUES);
	options->facets = true;
	return status;
}

/* One option with its value; -1 to go on. */
static int take_option(struct options *options, int id, const char *value)
{
	switch (id) {
	case OPTION_INDEX:
		g_free(options->index);
		options->index = g_strdup(value);
		return -1;
	case OPTION_FORMAT: return read_format(options, value);
	case OPTION_UNIT: return read_unit(options, value);
	case OPTION_SORT: return read_sort(options, value);
	case OPTION_GROUP: return read_group(options, value);
	case OPTION_COLOUR: return read_colour(options, value);
	case OPTION_N: return read_number("number", value, MAX_HITS, &options->n);
	case OPTION_OFFSET: return read_number("offset", value, MAX_HITS, &options->offset);
	case OPTION_CONTEXT: return read_number("context", value, MAX_CONTEXT, &options->context);
	case OPTION_QUERIES: options->queries = value; return -1;
	case OPTION_FACETS: options->facets = true; return -1;
	case OPTION_FACET_VALUES: return read_facet_values(options, value);
	case OPTION_NO_FACETS: options->no_facets = true; return -1;
	case OPTION_ALL: options->all = true; return -1;
	case OPTION_RANK: return read_rank(options, value);
	case OPTION_EXPAND: options->expand = true; return -1;
	case OPTION_EXPLAIN: options->explain = true; return -1;
	case OPTION_EXACT: options->exact = true; return -1;
	case OPTION_SYNONYMS: options->synonyms = value; return -1;
	case OPTION_WHY: options->why = true; return -1;
	case OPTION_VERBATIM: add_filter(options, "kind", "quote,speech,authored"); return -1;
	case OPTION_SINCE: options->since = value; return -1;
	case OPTION_UNTIL: options->until = value; return -1;
	case OPTION_ACCESS: g_ptr_array_add(options->groups, g_strdup(value)); return -1;
	case OPTION_HELP: return say_help(options->command);
	case OPTION_VERSION:
		printf("rapporteur %s\n", rap_version());
		return fflush(stdout) == 0 ? EXIT_FOUND : EXIT_TROUBLE;
	default: return read_filter(options, &fields[id - OPTION_FIELD], value);
	}
}

static void add_long(GArray *longs, const char *name, bool argument, int id)
{
	struct option entry = { name, argument ? required_argument : no_argument, NULL, 256 + id };

	g_array_append_val(longs, entry);
}

static GArray *long_options(enum command command, GString *letters)
{
	GArray *longs = g_array_new(TRUE, TRUE, sizeof(struct option));

	g_string_assign(letters, ":");
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
		if (!(rows[i].commands & command))
			continue;
		add_long(longs, rows[i].name, rows[i].argument != NULL, (int)rows[i].id);
		if (rows[i].letter)
			g_string_append_printf(letters, "%c%s", rows[i].letter, rows[i].argument ? ":" : "");
	}
	for (int i = 0; i < N_FIELDS && (command & FILTERING); i++) {
		if (!fields[i].option)
			continue;
		add_long(longs, fields[i].name, true, OPTION_FIELD + i);
		if (fields[i].alias)
			add_long(longs, fields[i].alias, true, OPTION_FIELD + i);
	}
	return longs;
}

static int option_of_letter(int letter)
{
	for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
		if (rows[i].letter == letter)
			return (int)rows[i].id;
	return -1;
}

static int complain(const struct options *options, int c, char **argv)
{
	const char *given = argv[optind - 1];

	if (c == ':')
		trouble("cannot use '%s': it needs a value", given);
	else if (optopt && optopt < 256)
		trouble("cannot use '-%c': there is no such option; a query that begins with - goes behind --", optopt);
	else if (optopt)
		trouble("cannot use '%s': the option takes no value", given);
	else
		trouble("cannot use '%s': there is no such option", given);
	return hint(options);
}

static void start(struct options *options, enum command command)
{
	*options = (struct options){
		.command = command, .format = &output_text, .n = 10,
		.filters = g_array_new(FALSE, FALSE, sizeof(RapFilter)),
		.memory = g_ptr_array_new_with_free_func(g_free),
		.groups = g_ptr_array_new_with_free_func(g_free),
	};
}

int options_read(struct options *options, enum command command, int argc, char **argv)
{
	g_autoptr(GString) letters = g_string_new(NULL);
	GArray *longs = long_options(command, letters);
	int c, status = -1;

	start(options, command);
	opterr = 0;
	optind = 1;
	while (status < 0 &&
	       (c = getopt_long(argc, argv, letters->str, (struct option *)(void *)longs->data, NULL)) != -1) {
		if (c == '?' || c == ':')
			status = complain(options, c, argv);
		else
			status = take_option(options, c >= 256 ? c - 256 : option_of_letter(c), optarg);
	}
	g_array_free(longs, TRUE);
	if (status < 0)
		status = add_dates(options);
	/* JSON counts facets unless told not to; the others only when told. */
	options->facets = !options->no_facets && (options->facets || options->format == &output_json);
	if (!options->index)
		options->index = default_index();
	g_ptr_array_add(options->groups, NULL);
	options->operands = argv + optind;
	options->n_operands = argc - optind;
	return status;
}

void options_clear(struct options *options)
{
	g_free(options->index);
	g_array_free(options->filters, TRUE);
	g_ptr_array_free(options->memory, TRUE);
	g_ptr_array_free(options->groups, TRUE);
}

int options_check_order(const struct options *options)
{
	if (options->group_by && options->sort)
		return trouble("cannot use --sort and --group together: groups go by relevance");
	if (options->group_by && options->unit == RAP_UNIT_DOCUMENT)
		return trouble("cannot use --group with --unit document: it is passages that are grouped");
	if (options->format == &output_trec && (options->group_by || options->sort))
		return trouble("cannot use --format trec with --%s: runs go by relevance", options->sort ? "sort" : "group");
	if (options->facets && options->format != &output_text && options->format != &output_json)
		return trouble("cannot use --facets with --format %s: it has no room for counts", options->format->name);
	if (options->explain && (options->format == &output_csv || options->format == &output_trec))
		return trouble("cannot use --explain with --format %s: it has no room for it", options->format->name);
	return -1;
}

/* --- for every command ----------------------------------------------------------------- */

RapIndex *options_open_index(const struct options *options)
{
	GError *error = NULL;
	RapIndex *index = rap_open(options->index, (const char *const *)options->groups->pdata, &error);

	if (!index)
		trouble_take(error);
	return index;
}

int options_close_output(struct output *output, int status)
{
	if (output_close(output) || output->failure == EPIPE)
		return status;
	return trouble("cannot write the results: %s", g_strerror(output->failure));
}
