/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * options.h - the command line of rapporteur: one table of options makes the
 * parser and the help; the filters among them come from the table of fields.
 */
#ifndef SEARCHER_OPTIONS_H
#define SEARCHER_OPTIONS_H

#include "searcher/output.h"

/* Exit statuses. */
enum { EXIT_FOUND = 0, EXIT_NOTHING = 1, EXIT_TROUBLE = 2 };

enum command {
	COMMAND_SEARCH = 1 << 0,
	COMMAND_SHOW = 1 << 1,
	COMMAND_LIST = 1 << 2,
	COMMAND_CHECK = 1 << 3,
	COMMAND_SIMILAR = 1 << 5,
	COMMAND_SUGGEST = 1 << 10,
};

struct options {
	enum command command;
	char *index;			/* the folder */
	const struct output_format *format;
	RapUnit unit;
	RapSort sort;
	RapGroupBy group_by;
	size_t n, offset, context, facet_values;
	bool facets, no_facets, why, all, exact, expand, explain;
	enum colour colour;
	const char *queries;		/* file, "-", or NULL */
	const char *synonyms;		/* file, or NULL */
	const char *rank;		/* or NULL */
	const char *since, *until;
	GArray *filters;		/* RapFilter */
	GPtrArray *memory;		/* what belongs to filters */
	GPtrArray *groups;		/* access groups, NULL-terminated when read */
	char *const *operands;
	int n_operands;
};

/* Prints "rapporteur: cannot ..." to standard error; gives EXIT_TROUBLE. */
int trouble(const char *format, ...) G_GNUC_PRINTF(1, 2);
/* The same of an error, which it frees: message as it is. */
int trouble_take(GError *error);
/* The same; the status tells what is not there (EXIT_NOTHING) from trouble. */
int trouble_take_missing(GError *error);

/* Reads argv (from the command's name on). Returns -1 to go on, or an exit
 * status: after --help, --version and for what makes no sense. */
int options_read(struct options *options, enum command command, int argc, char **argv);
void options_clear(struct options *options);

/* Do --sort, --group, --unit, --explain, --facets and --format go together? -1, or the exit status after saying what does not. */
int options_check_order(const struct options *options);

/* Everything that --help says of a command. */
void options_help(enum command command, GString *out);
const char *command_name(enum command command);

/* Says on standard error what the results have to say beside the hits, and the format has no place for. */
void options_say(const struct options *options, const struct output *output, const RapResults *results);

/* Opens the index that the options name; NULL after saying why not. */
RapIndex *options_open_index(const struct options *options);
/* Ends the output; gives the status, or EXIT_TROUBLE where writing failed. */
int options_close_output(struct output *output, int status);

/* The commands; each gives an exit status. */
int cmd_search(struct options *options);
int cmd_show(struct options *options);
int cmd_suggest(struct options *options);
int cmd_list(struct options *options);
int cmd_similar(struct options *options);
int cmd_check(struct options *options);
/* Becomes rapporteur-index; returns only if that fails. */
int run_indexer(char *const *argv);

#endif
