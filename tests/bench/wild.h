/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * wild.h - long and wild queries, made of an index's own words: what the longest pasted text, and whoever
 * means harm, could ask. Always the same for the same index.
 */
#ifndef TESTS_BENCH_WILD_H
#define TESTS_BENCH_WILD_H

#include "searcher/rapporteur.h"

struct wild_query {
	const char *name;
	char *text;
	RapRequest request;	/* with everything but the text */
};

/* GArray of struct wild_query; g_array_unref it. */
GArray *wild_queries(RapIndex *index);

/* Asks each of them (or only those whose name begins so) in a process of its own, three times, and prints a line
 *     name  first ms  best ms  best ms of the processor  MB that it took at most  hits  warnings
 * The exit status says whether all kept below the limits: the best time below limit_ms of the processor, the memory below 100 MB. */
int wild_all(RapIndex *index, const char *only, double limit_ms);

#endif
