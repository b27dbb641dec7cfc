/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * cmd-list.c - rapporteur list: documents, panels, speakers, bodies, passages.
 */
#include "searcher/options.h"

#include <string.h>

static int read_what(const struct options *options, enum list_what *what)
{
	const char *given = options->n_operands == 1 ? options->operands[0] : NULL;

	if (!given)
		return trouble("cannot list: say which of documents, panels, speakers, bodies, passages");
	for (*what = LIST_DOCUMENTS; *what <= LIST_PASSAGES; (*what)++)
		if (strcmp(list_name(*what), given) == 0)
			return -1;
	return trouble("cannot list '%s': it is one of documents, panels, speakers, bodies, passages", given);
}

static bool print_passage(const RapPassage *passage, void *data)
{
	struct output *output = data;

	output->format->passage(output, passage);
	output->n++;
	return output_flush(output, false);
}

static bool list_items(const struct options *options, RapIndex *index, struct output *output, GError **error)
{
	static const RapListWhat whats[] = {
		RAP_LIST_DOCUMENTS, RAP_LIST_PANELS, RAP_LIST_SPEAKERS, RAP_LIST_BODIES,
	};
	RapList *list = rap_list(index, whats[output->what],
	                         (const RapFilter *)(const void *)options->filters->data,
	                         options->filters->len, error);

	if (!list)
		return false;
	for (size_t i = 0; i < list->n_items && output_flush(output, false); i++) {
		options->format->item(output, &list->items[i]);
		output->n++;
	}
	rap_list_free(list);
	return true;
}

int cmd_list(struct options *options)
{
	struct output output = { .format = options->format, .task = OUTPUT_LIST };
	GError *error = NULL;
	RapIndex *index;
	bool sound;
	int status = read_what(options, &output.what);

	if (status >= 0)
		return status;
	index = options_open_index(options);
	if (!index)
		return EXIT_TROUBLE;
	output_open(&output, 1, options->colour);
	if (output.what == LIST_PASSAGES)
		sound = rap_each_passage(index, (const RapFilter *)(const void *)options->filters->data,
		                         options->filters->len, print_passage, &output, &error);
	else
		sound = list_items(options, index, &output, &error);
	status = options_close_output(&output, output.n > 0 ? EXIT_FOUND : EXIT_NOTHING);
	rap_close(index);
	return sound ? status : trouble_take(error);
}
