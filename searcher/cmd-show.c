/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * cmd-show.c - rapporteur show: a passage in its surroundings.
 */
#include "searcher/options.h"

static bool has_asked(const RapResults *results)
{
	for (size_t i = 0; i < results->n_hits; i++)
		if (results->hits[i].rank == 1)
			return true;
	return false;
}

static int print_shown(const struct options *options, const RapResults *results)
{
	struct output output = { .format = options->format, .task = OUTPUT_SHOW, .why = options->why };

	output_open(&output, 1, options->colour);
	for (size_t i = 0; i < results->n_hits && output_flush(&output, false); i++) {
		options->format->shown(&output, &results->hits[i]);
		output.n++;
	}
	return options_close_output(&output, has_asked(results) ? EXIT_FOUND : EXIT_NOTHING);
}

int cmd_show(struct options *options)
{
	GError *error = NULL;
	RapResults *results;
	RapIndex *index;
	int status;

	if (options->n_operands != 1)
		return trouble(options->n_operands == 0
		               ? "cannot show without the id of a passage, such as report/5f0c9a71d2"
		               : "cannot show several passages at once");
	index = options_open_index(options);
	if (!index)
		return EXIT_TROUBLE;
	results = rap_show(index, options->operands[0], options->context, &error);
	status = results ? print_shown(options, results) : trouble_take_missing(error);
	rap_results_free(results);
	rap_close(index);
	return status;
}
