/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * cmd-suggest.c - rapporteur suggest: what somebody who has typed so much may mean.
 */
#include "searcher/options.h"

static char *typed(const struct options *options)
{
	GString *text = g_string_new(NULL);

	for (int i = 0; i < options->n_operands; i++)
		g_string_append_printf(text, "%s%s", i ? " " : "", options->operands[i]);
	return g_string_free(text, FALSE);
}

int cmd_suggest(struct options *options)
{
	struct output output = { .format = options->format, .task = OUTPUT_SUGGEST };
	g_autofree char *text = typed(options);
	GError *error = NULL;
	RapSuggestions *suggestions;
	RapIndex *index;
	int status;

	if (!options->n_operands)
		return trouble("cannot suggest without a text");
	if (!options->n)
		return trouble("cannot use --number '0': not a number from 1 on");
	index = options_open_index(options);
	if (!index)
		return EXIT_TROUBLE;
	suggestions = rap_suggest(index, text, options->n, &error);
	rap_close(index);
	if (!suggestions)
		return trouble_take(error);
	output_open(&output, 1, options->colour);
	options->format->suggestions(&output, suggestions);
	status = options_close_output(&output, suggestions->n_items ? EXIT_FOUND : EXIT_NOTHING);
	rap_suggestions_free(suggestions);
	return status;
}
