/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * cmd-similar.c - rapporteur similar: passages like a passage.
 */
#include "searcher/options.h"

static int print_results(const struct options *options, const RapResults *results)
{
	struct output output = {
		.format = options->format, .task = OUTPUT_SEARCH, .unit = options->unit, .qid = "1",
		.grouped = options->group_by != RAP_GROUP_NONE, .sorted = options->sort != RAP_SORT_RELEVANCE, .explain = options->explain,
	};
	RapResults shown = *results;

	if (options->n == 0)	/* only how many */
		shown.n_hits = 0;
	options_say(options, &output, &shown);
	output_open(&output, 1, options->colour);
	output_results(&output, &shown);
	return options_close_output(&output, results->total > 0 ? EXIT_FOUND : EXIT_NOTHING);
}

int cmd_similar(struct options *options)
{
	RapRequest request = {
		.filters = (const RapFilter *)(const void *)options->filters->data,
		.n_filters = options->filters->len,
		.unit = options->unit, .offset = options->offset, .limit = MAX(options->n, 1),
		.sort = options->sort, .group_by = options->group_by, .rank = options->rank,
		.expand = options->expand, .explain = options->explain,
		.no_hits_text = options->format == &output_trec,
		.keep_duplicates = options->all || options->format == &output_trec,
	};
	GError *error = NULL;
	RapResults *results;
	RapIndex *index;
	int status = options_check_order(options);

	if (status >= 0)
		return status;
	if (options->n_operands != 1)
		return trouble(options->n_operands == 0
		               ? "cannot look for what is like a passage without its id, such as report/5f0c9a71d2"
		               : "cannot look for what is like several passages at once");
	index = options_open_index(options);
	if (!index)
		return EXIT_TROUBLE;
	results = rap_similar(index, options->operands[0], &request, &error);
	status = results ? print_results(options, results) : trouble_take_missing(error);
	rap_results_free(results);
	rap_close(index);
	return status;
}
