/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * facets.h - how the matches are spread over speakers, panels, documents, ...
 */
#ifndef SEARCHER_FACETS_H
#define SEARCHER_FACETS_H

#include "searcher/handle.h"
#include "searcher/match.h"

/* Over more matches than this it counts the best ones only. */
#define FACETS_MAX_MATCHES 10000
#define FACETS_MAX_VERIFIED 1000	/* the same where each match is looked up in its text */
#define FACETS_MAX_VALUES 20

/* Counts the matches of the query and sets the results' facets; matcher is NULL
 * where nothing is to be verified. */
bool facets_count(RapIndex *index, const struct xap_query *query, struct matcher *matcher, guint32 documents,
                  struct arena *arena, RapResults *results, GError **error);

#endif
