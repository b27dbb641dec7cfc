/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * facets.h - how the matches are spread over speakers, panels, documents, ...
 */
#ifndef SEARCHER_FACETS_H
#define SEARCHER_FACETS_H

#include "searcher/handle.h"
#include "searcher/query.h"
#include "searcher/rank.h"
#include "searcher/wording.h"

#define FACETS_DEFAULT_VALUES 20

/* What must be verified on the text is verified for so many candidates, and counted exactly. Of
 * more of them the candidates are counted: what the index lets through. */
#define FACETS_MAX_VERIFIED 250
/* So many candidates are held against their signatures; of more, all are counted. */
#define FACETS_MAX_SIGNATURES 100000
/* A query that stands for more (term, passage) pairs than this is not counted out: only over
 * so many of its best matches. */
#define FACETS_MAX_POSTINGS 6000000
#define FACETS_SAMPLE 10000

/* Counts all matches of the query, each facet without its own filters, and sets
 * the results' facets; where the counts are exact, the total of passages as well.
 * wording, scheme, nothing: as for plan_new. */
bool facets_count(RapIndex *index, const struct query *query, const struct wording *wording, const struct rank_scheme *scheme,
                  bool nothing, const RapRequest *request, struct arena *arena, RapResults *results, GError **error);

#endif
