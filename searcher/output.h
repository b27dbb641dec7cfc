/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * output.h - one structured interface for results, lists and passages; behind
 * it text, JSON, JSONL, CSV and TREC run files.
 *
 *   begin  (results_begin hit* results_end)*            end    search
 *   begin  shown*                                       end    show
 *   begin  (passage* | item*)                           end    list
 *          suggestions                                         suggest
 *
 * A format leaves out what it has nothing to say to (NULL). Everything goes to
 * output->text, which is written to the descriptor as it fills; the first
 * failure to write is kept, and output_close tells it.
 */
#ifndef SEARCHER_OUTPUT_H
#define SEARCHER_OUTPUT_H

#include "searcher/rapporteur.h"
#include "searcher/terminal.h"

enum list_what { LIST_DOCUMENTS, LIST_PANELS, LIST_SPEAKERS, LIST_BODIES, LIST_PASSAGES };

enum output_task { OUTPUT_SEARCH, OUTPUT_SHOW, OUTPUT_LIST, OUTPUT_SUGGEST };

struct output {
	const struct output_format *format;
	enum output_task task;
	enum list_what what;		/* of OUTPUT_LIST */
	RapUnit unit;			/* of OUTPUT_SEARCH */
	bool with_queries;		/* many queries: each result says whose it is */
	const char *qid;		/* of the query at hand; "1" where there is only one */
	bool grouped, sorted;		/* each hit stands for a group; hits in another order than by rank */
	size_t offset;			/* hits that were asked to be passed over */
	bool facets;			/* were facets asked for? */
	bool why;			/* of OUTPUT_SHOW */
	bool explain;			/* of OUTPUT_SEARCH */
	struct terminal terminal;
	GString *text;
	guint64 n;			/* records printed so far */
	int fd;
	int failure;			/* errno of the first failed write, or 0 */
};

struct output_format {
	const char *name;
	const char *tasks;		/* letters of the tasks it can do: s(earch), h (show), l(ist), g (suggest) */
	void (*begin)(struct output *output);
	void (*results_begin)(struct output *output, const RapResults *results);
	void (*hit)(struct output *output, const RapHit *hit);
	void (*results_end)(struct output *output, const RapResults *results);
	void (*shown)(struct output *output, const RapHit *hit);	/* rank 1: the one asked for */
	void (*passage)(struct output *output, const RapPassage *passage);
	void (*item)(struct output *output, const RapListItem *item);
	void (*end)(struct output *output);
	void (*suggestions)(struct output *output, const RapSuggestions *suggestions);	/* without begin and end */
};

extern const struct output_format output_text, output_json, output_jsonl, output_csv, output_trec;

/* By name, or NULL. */
const struct output_format *output_format_find(const char *name);
bool output_format_does(const struct output_format *format, enum output_task task);

void output_open(struct output *output, int fd, enum colour colour);
/* Writes what has gathered; with force all of it. false once a write failed:
 * then there is no point in going on. */
bool output_flush(struct output *output, bool force);
/* false if anything could not be written: failure says why. */
bool output_close(struct output *output);

/* The whole run of a search. */
void output_results(struct output *output, const RapResults *results);

/* --- shared by the formats -------------------------------------------------------- */

const char *list_name(enum list_what what);
/* Appends the snippet as plain text, with "..." where the passage goes on. */
void output_snippet(const RapHit *hit, GString *out);
/* Appends a passage, a hit, a list item as one JSON object (output-json.c). */
void json_string(GString *out, const char *s);
/* Appends the table of the hit's reasons, indented. */
void output_reasons(struct output *output, unsigned indent, const RapHit *hit);

#endif
