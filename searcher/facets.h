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
 * more of them the candidates are counted, what the index lets through, and each count is lessened by the share that
 * will hold. */
#define FACETS_MAX_VERIFIED 250
#define FACETS_MAX_VERIFIED_SMALL 500	/* in a small index */
/* So many candidates are held against their signatures; of more, all are counted. */
#define FACETS_MAX_SIGNATURES 100000
/* A query that stands for more (term, passage) pairs than this is not counted out: only over
 * so many of its best matches. */
#define FACETS_MAX_POSTINGS 6000000
#define FACETS_SAMPLE 10000

enum facets_verified { FACETS_HOLDS = 1, FACETS_HOLDS_NOT };

struct facets_request {
	const struct query *query;
	const struct wording *wording;		/* these three: as for plan_new */
	const struct rank_scheme *scheme;
	bool nothing;
	const RapRequest *asked;
	GHashTable *verified;			/* docid -> enum facets_verified: what the search found out of the whole query */
	double share;				/* of the candidates that held there */
	guint max_verified;			/* so many more are verified */
};

/* Counts all matches of the query, each facet without its own filters, and sets
 * the results' facets; the total of passages as well, unless that is exact and the counts are estimates. No count
 * is above the total but those of a facet that is filtered by. The results have their hits and their total. */
bool facets_count(RapIndex *index, const struct facets_request *request, struct arena *arena, RapResults *results, GError **error);

#endif
