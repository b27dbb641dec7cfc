/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * notices.c - what an answer has to say beside its hits, on standard error: for the formats
 * that have no place for it.
 *
 * JSON has all of it, text all but the warnings and the words of --expand. In a file of hits a line of
 * another kind would be taken for one. Runs of many queries for evaluation are read by tools alone.
 */
#include "searcher/options.h"

#include <stdio.h>

/* "rapporteur: 12: read as: ..." */
static void say(const struct output *output, const char *what, const char *text)
{
	g_autoptr(GString) clean = g_string_new(NULL);

	terminal_clean(text, -1, clean);
	fprintf(stderr, "rapporteur: %s%s%s%s\n", output->with_queries ? output->qid : "", output->with_queries ? ": " : "", what, clean->str);
}

static void say_expansion(const struct output *output, const RapResults *results)
{
	g_autofree char *list = results->expansion ? g_strjoinv(", ", (char **)(void *)(guintptr)results->expansion) : NULL;

	if (list && *list)
		say(output, "ranked also by: ", list);
}

void options_say(const struct options *options, const struct output *output, const RapResults *results)
{
	const struct output_format *format = options->format;
	bool hits_only = format == &output_jsonl || format == &output_csv || format == &output_trec;

	if (format == &output_json || (format == &output_trec && output->with_queries))
		return;
	if (hits_only && !output->with_queries && results->interpretation && g_strcmp0(results->query, results->interpretation) != 0)
		say(output, "read as: ", results->interpretation);
	if (hits_only && results->suggestion)
		say(output, "perhaps meant: ", results->suggestion);
	say_expansion(output, results);
	for (const char *const *warning = results->warnings; warning && *warning; warning++)
		say(output, "", *warning);
}
