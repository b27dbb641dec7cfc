/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * cmd-search.c - rapporteur search: one query from the command line, or many
 * from a file.
 */
#include "searcher/options.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

struct search {
	struct options *options;
	RapIndex *index;
	struct output output;
	bool found;
	bool skipped;		/* a line of --queries */
};

static bool ask(struct search *search, const char *qid, const char *text)
{
	const struct options *options = search->options;
	RapRequest request = {
		.text = text,
		.filters = (const RapFilter *)(const void *)options->filters->data,
		.n_filters = options->filters->len,
		.unit = options->unit, .offset = options->offset, .limit = MAX(options->n, 1),
		.sort = options->sort, .group_by = options->group_by,
		.want_facets = options->facets, .facet_values = options->facet_values,
		.no_hits_text = options->format == &output_trec,
		.keep_duplicates = options->all || options->format == &output_trec,	/* each is judged for itself */
		.exact_words = options->exact, .rank = options->rank,
		.expand = options->expand, .explain = options->explain,
	};
	GError *error = NULL;
	RapResults *results = rap_search(search->index, &request, &error);

	if (!results) {
		trouble_take(error);
		return false;
	}
	RapResults shown = *results;
	if (options->n == 0)	/* only the counts */
		shown.n_hits = 0;
	search->output.qid = qid;
	search->found = search->found || shown.total > 0;
	options_say(options, &search->output, &shown);
	output_results(&search->output, &shown);
	rap_results_free(results);
	return output_flush(&search->output, false);
}

/* --- many queries ------------------------------------------------------------------- */

static void read_stdin(GString *text)
{
	char buffer[8192];
	size_t n;

	while ((n = fread(buffer, 1, sizeof buffer, stdin)) > 0)
		g_string_append_len(text, buffer, (gssize)n);
}

/* The text of the file; NULL after saying why not. */
static char *read_queries(const char *file)
{
	GError *error = NULL;
	char *content = NULL;
	gsize len = 0;

	if (strcmp(file, "-") == 0) {
		GString *text = g_string_new(NULL);
		read_stdin(text);
		len = text->len;
		content = g_string_free(text, FALSE);
	} else if (!g_file_get_contents(file, &content, &len, &error)) {
		trouble("cannot read '%s': %s", file, g_strerror(errno));
		g_error_free(error);
		return NULL;
	}
	if (strlen(content) == len)
		return content;
	trouble("cannot read '%s': there is a zero byte in it, at byte %zu", file, strlen(content));
	g_free(content);
	return NULL;
}

/* A line that cannot be read is told, and costs the run its status, but not the
 * other lines. */
static bool skip_line(struct search *search)
{
	search->skipped = true;
	return true;
}

/* "qid<TAB>query"; an empty line is passed over. Writes into the line. */
static bool ask_line(struct search *search, char *line, unsigned number)
{
	char *tab = strchr(line, '\t');

	g_strchomp(line);
	if (!*line)
		return true;
	if (!tab || tab == line || tab >= line + strlen(line)) {
		trouble("cannot read '%s': line %u is not an id, a tab and a query",
		        search->options->queries, number);
		return skip_line(search);
	}
	*tab = '\0';
	if (strpbrk(line, " \v\f")) {
		trouble("cannot read '%s': line %u: the id '%s' has a blank in it",
		        search->options->queries, number, line);
		return skip_line(search);
	}
	return ask(search, line, tab + 1);
}

static bool ask_many(struct search *search)
{
	g_autofree char *text = read_queries(search->options->queries);
	char *line = text;
	bool sound = text != NULL;

	for (unsigned number = 1; sound && *line; number++) {
		char *end = line + strcspn(line, "\n");
		char *next = *end ? end + 1 : end;

		*end = '\0';
		sound = ask_line(search, line, number);
		line = next;
	}
	return sound && !search->skipped;
}

/* --- one query ---------------------------------------------------------------------- */

static int check_usage(const struct options *options)
{
	if (options->queries && options->n_operands > 0)
		return trouble("cannot take a query and --queries together");
	if (!options->queries && options->n_operands == 0 && options->filters->len == 0) {
		trouble("cannot search without a query or a filter");
		fputs("Try 'rapporteur search --help'.\n", stderr);
		return EXIT_TROUBLE;
	}
	return options_check_order(options);
}

static bool ask_one(struct search *search)
{
	g_autoptr(GString) query = g_string_new(NULL);

	for (int i = 0; i < search->options->n_operands; i++)
		g_string_append_printf(query, "%s%s", i ? " " : "", search->options->operands[i]);
	return ask(search, "1", query->str);
}

int cmd_search(struct options *options)
{
	struct search search = { .options = options };
	int status = check_usage(options);
	GError *error = NULL;
	bool sound;

	if (status >= 0)
		return status;
	search.index = options_open_index(options);
	if (!search.index)
		return EXIT_TROUBLE;
	if (options->synonyms && !rap_read_synonyms(search.index, options->synonyms, &error)) {
		rap_close(search.index);
		return trouble_take(error);
	}
	search.output = (struct output){
		.format = options->format, .task = OUTPUT_SEARCH, .unit = options->unit,
		.with_queries = options->queries != NULL, .grouped = options->group_by != RAP_GROUP_NONE,
		.sorted = options->sort != RAP_SORT_RELEVANCE, .qid = "1", .facets = options->facets, .explain = options->explain,
	};
	output_open(&search.output, 1, options->colour);
	sound = options->queries ? ask_many(&search) : ask_one(&search);
	status = options_close_output(&search.output, search.found ? EXIT_FOUND : EXIT_NOTHING);
	rap_close(search.index);
	return sound || search.output.failure ? status : EXIT_TROUBLE;
}
