/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * search-parts.h - what the files of a search share. Not for others.
 *
 *   search.c           one search: query to plan, plan to hits, hits to results; feedback
 *   search-collect.c   from the plan to as many hits as are asked for
 *   search-hits.c      the hits: reading them, their order, what the text tells
 *   search-fold.c      near-duplicates among them
 *   search-answer.c    handing out
 */
#ifndef SEARCHER_SEARCH_PARTS_H
#define SEARCHER_SEARCH_PARTS_H

#include "corpus/arena.h"
#include "corpus/error.h"
#include "searcher/duplicates.h"
#include "searcher/handle.h"
#include "searcher/rapporteur.h"
#include "searcher/results.h"
#include "searcher/search.h"

#define DEFAULT_LIMIT 10
#define LIMIT_MAX 1000000
#define EXACT_BELOW 20000	/* an index of no more passages counts every match */
#define RERANK_WINDOW 15	/* of so many the text tells the order */
#define VERIFY_MAX 2000		/* so many texts are read to see whether they hold what the index cannot tell: some 30 us each */
#define VERBATIM_REACH 5	/* so many places behind its account the words themselves may stand to take its place */

struct hit {
	guint32 docid;
	double score;
	guint order;		/* among hits of equal score */
	double closeness, closeness_most;	/* what it is, and what 1 would give */
	double lent;		/* score that it took over with another hit's place */
	struct passage_record record;
	const char *document_id;	/* read when it is needed */
	GPtrArray *also;	/* struct hit *: near-duplicates, or NULL */
	const struct imprint *imprint;	/* NULL: not looked at */
	guint place;		/* among all hits, before any was folded */
	GArray *marks;		/* of the text, where it was read; or NULL */
	GString *text;
};

struct search {
	RapIndex *index;
	const RapRequest *request;
	GHashTable *without;	/* docids that are not to be found, or NULL */
	const struct rank_scheme *scheme;
	struct results *results;
	struct query *query;
	struct wording *wording;	/* or NULL */
	struct feedback *feedback;	/* or NULL */
	struct plan *plan;
	struct matcher *matcher;
	struct closeness *closeness;
	struct duplicates *duplicates;
	struct copier copier;
	struct arena *scratch;
	GPtrArray *hits;	/* struct hit *, in the scratch arena */
	struct xap_hits *found;	/* those that hold on the text */
	size_t n_arranged;	/* before one stood for many */
	size_t n_raw;		/* how many were looked at, with those that do not */
	double share;		/* of the candidates that hold on the text, as far as is known */
	bool all;		/* nothing matches behind them */
	bool all_read;		/* by relevance: all of them were read, so that all their documents are known */
	GArray *groups;		/* struct group, one a hit; or NULL */
	bool arranged_all;
	bool nothing_asked;	/* a query without a word: finds nothing, as against no query */
	bool verified_enough;	/* VERIFY_MAX texts were read: what may match behind them was not looked at */
	GHashTable *verified;	/* docid -> enum facets_verified */
};

static inline bool search_by_document(const RapRequest *request)
{
	return request->unit == RAP_UNIT_DOCUMENT;
}

static inline bool search_is_arranged(const RapRequest *request)
{
	return request->sort != RAP_SORT_RELEVANCE || request->group_by != RAP_GROUP_NONE;
}

/* So many hits, with those before the page that is asked for. */
static inline guint32 search_wanted(const RapRequest *request)
{
	gsize limit = MIN(request->limit ? request->limit : DEFAULT_LIMIT, LIMIT_MAX);

	return (guint32)MIN(MIN(request->offset, LIMIT_MAX) + limit, LIMIT_MAX);
}

/* --- search-collect.c: fills hits, or false with error set ----------------------------------- */

bool collect_by_relevance(struct search *s, guint32 documents, GError **error);
bool collect_arranged(struct search *s, guint32 documents, GError **error);

/* --- search-hits.c --------------------------------------------------------------------------- */

struct hit *hit_read(struct search *s, const struct xap_hit *found, GError **error);
const struct document *hit_document(struct search *s, const struct hit *hit, GError **error);
bool hit_need_id(struct search *s, struct hit *hit, GError **error);
bool hit_read_text(struct search *s, struct hit *hit, GError **error);
void hit_drop_text(struct hit *hit);
void hit_free(struct hit *hit);
void hits_clear(struct search *s);

/* The same words may be added up in another order in another segment: what
 * differs by that alone is equal. */
static inline double hit_rounded(double weight)
{
	return (double)(float)weight;
}

/* Equal scores next to each other that are put in order of document ids: so many at most. */
guint hits_ties_max(const struct search *s);

/* The place of a hit must not depend on how many were asked for. Of the scores, best first,
 * so many are settled: those of a tie that may go on behind the last one are not, unless it
 * is a tie too long to be put in order. With all set nothing comes behind. */
guint hits_settled(const GArray *scores, guint want, guint longest_tie, bool all);
bool hits_settle_ties(struct search *s, const GArray *scores, GError **error);

/* Orders the first RERANK_WINDOW hits by closeness, too. Their texts must not have been read. */
bool hits_rerank(struct search *s, GError **error);

/* --- search-fold.c --------------------------------------------------------------------------- */

/* Which hit stands for its near-duplicates must not depend on how many were asked for:
 * without all of them the last ones only tell of those before. */
bool hits_fold(struct search *s, bool all, GError **error);

/* --- search-answer.c ------------------------------------------------------------------------- */

bool answer_hits(struct search *s, GError **error);
void answer_total(struct search *s);
void answer_warnings(struct search *s);

#endif
