/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * arrange.h - matches in another order than by rank: by date or place, or one for each
 * document, panel or speaker.
 *
 * Each match's record is read; so no more than ARRANGE_MAX are arranged, the best.
 */
#ifndef SEARCHER_ARRANGE_H
#define SEARCHER_ARRANGE_H

#include "searcher/handle.h"

#define ARRANGE_MAX 10000
#define ARRANGE_MAX_VERIFIED 1000	/* where each match is looked up in its text */

/* Leaves of the matches, best first, the best one of each document. */
bool arrange_best_of_documents(RapIndex *index, struct xap_hits *found, GError **error);

/* Puts them in order. What has no date comes last; where dates are equal, and for
 * RAP_SORT_DOCUMENT, it is the document's id and the place in it that decide. */
bool arrange_sort(RapIndex *index, struct xap_hits *found, RapSort sort, GError **error);

/* What matches have in common. */
struct group {
	char *value;		/* the name of a speaker, a document's id, a panel as facets have it; owned */
	guint matches;
	double weight;		/* each match counts by the cube of its share of the best score, 1 where
				   nothing is ranked: many that hardly speak of it do not outweigh a few that do */
};

/* Leaves the best match of each value, and gives the groups (struct group) in the same order: speakers by
 * weight, documents and panels by their best match. Matches without a value are left out. */
GArray *arrange_group(RapIndex *index, struct xap_hits *found, RapGroupBy by, GError **error);

#endif
