/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * search-collect.c - from the plan to as many hits as are asked for: by relevance, the best of
 * each document, or in another order. What is verified on the text is looked at here.
 */
#include "searcher/search-parts.h"

#include "searcher/arrange.h"
#include "searcher/facets.h"
#include "searcher/match.h"
#include "searcher/plan.h"

#define VERIFY_ALL 500		/* in such an index so many candidates are all verified, so that their total is exact */
#define SHARE_HELD 20		/* so many that hold tell which share of the candidates will: always the same ones, whichever the page */
#define COUNTED_BELOW 5000	/* in an index of no more passages all documents that match are counted */
#define DUPLICATE_SLACK 5	/* more hits than asked for, for those that get folded */

/* --- what is found -------------------------------------------------------------------------- */

/* Counting goes on to the last match where that is asked for, or cheap. */
static guint32 how_many(const struct search *s, guint32 max, guint32 documents)
{
	return s->request->exact_total || documents <= EXACT_BELOW ? documents : max;
}

static bool holds(struct search *s, guint32 docid, bool *answer, GError **error)
{
	gpointer known = g_hash_table_lookup(s->verified, GUINT_TO_POINTER(docid));

	*answer = GPOINTER_TO_INT(known) == FACETS_HOLDS;
	if (known)
		return true;
	if (!matcher_holds(s->matcher, docid, answer, error))
		return false;
	g_hash_table_insert(s->verified, GUINT_TO_POINTER(docid), GINT_TO_POINTER(*answer ? FACETS_HOLDS : FACETS_HOLDS_NOT));
	return true;
}

/* Is the text of another passage to be read? */
static bool may_look(const struct search *s, guint32 docid)
{
	return s->request->exact_total || g_hash_table_size(s->verified) < VERIFY_MAX ||
	       g_hash_table_contains(s->verified, GUINT_TO_POINTER(docid));
}

/* The best are looked at first, and no more than are asked for: what the
 * signature lets through is mostly right. */
static bool verify_found(struct search *s, guint32 enough, GError **error)
{
	size_t kept = 0, i;

	s->share = 1;
	for (i = 0; i < s->found->n && kept < enough; i++) {
		bool answer;

		s->verified_enough = !may_look(s, s->found->hits[i].docid);
		if (s->verified_enough)
			break;
		if (!holds(s, s->found->hits[i].docid, &answer, error))
			return false;
		if (answer)
			s->found->hits[kept++] = s->found->hits[i];
		if (kept <= SHARE_HELD)
			s->share = (double)kept / (double)(i + 1);
	}
	s->all = (s->all && i == s->found->n) || s->verified_enough;
	s->n_raw = i;
	s->found->n = kept;
	return true;
}

/* They would match: each has a word of the query. */
static void leave_out(struct search *s)
{
	size_t kept = 0;
	uint32_t gone;

	for (size_t i = 0; s->without && i < s->found->n; i++)
		if (!g_hash_table_contains(s->without, GUINT_TO_POINTER(s->found->hits[i].docid)))
			s->found->hits[kept++] = s->found->hits[i];
	if (!s->without)
		return;
	gone = (uint32_t)(s->found->n - kept);
	s->found->n = kept;
	s->found->total -= MIN(gone, s->found->total);
	s->found->total_lower -= MIN(gone, s->found->total_lower);
	s->found->total_upper -= MIN(gone, s->found->total_upper);
}

/* The best `max` that hold, or all there are. What is verified is taken ahead, since the
 * signatures are read anew each time that more are asked for. */
#define AHEAD 4

static bool run_query(struct search *s, guint32 max, guint32 documents, GError **error)
{
	guint32 enough = s->plan->verify && s->request->exact_total ? MAX(documents, max) : max;
	guint32 ahead = documents <= EXACT_BELOW ? MAX(enough, VERIFY_ALL / AHEAD + 1) : enough;
	guint32 asked = s->plan->verify ? (guint32)MIN((guint64)ahead * AHEAD, MAX(documents, max)) : max;
	struct xap_request request = {
		.query = s->plan->query,
		.max = asked,
		.check_at_least = how_many(s, asked, documents),
		.accept = s->plan->verify && matcher_may_reject(s->matcher) ? matcher_may_accept : NULL,
		.accept_data = s->matcher,
	};

	xap_hits_free(s->found);
	s->found = xap_db_search(store_database(s->index->store), &request, error);
	if (!s->found)
		return false;
	s->all = s->found->n < asked || asked >= documents;
	leave_out(s);
	s->n_raw = s->found->n;
	if (documents <= EXACT_BELOW && s->found->n <= VERIFY_ALL && s->all)
		enough = MAX(enough, VERIFY_ALL);
	return !s->plan->verify || verify_found(s, enough, error);
}

/* --- by relevance --------------------------------------------------------------------------- */

static guint32 window(const struct search *s)
{
	guint32 want = search_wanted(s->request);

	return s->plan->leaves->len > 1 ? MAX(want, RERANK_WINDOW) : want;
}

static bool read_passages(struct search *s, const GArray *scores, guint n, GError **error)
{
	for (guint i = 0; i < n; i++) {
		struct hit *hit = hit_read(s, &s->found->hits[i], error);

		if (!hit)
			return false;
		g_ptr_array_add(s->hits, hit);
	}
	return hits_settle_ties(s, scores, error);
}

/* By how much more are taken; the query is run anew each time, and verifying takes most of those that it finds. */
static guint32 more(const struct search *s)
{
	return s->plan->verify ? 8 : 2;
}

/* The best passage of each document stands for it. */
static void keep_best_of_documents(struct search *s)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(place_hash, place_equal);
	guint kept = 0;

	for (guint i = 0; i < s->hits->len; i++) {
		struct hit *hit = g_ptr_array_index(s->hits, i);

		if (g_hash_table_add(seen, &hit->record.place))
			s->hits->pdata[kept++] = hit;
		else
			hit_free(hit);
	}
	g_ptr_array_set_size(s->hits, (gint)kept);
}

/* One hit stands for others: of its document, or for near-duplicates. */
static bool fold(struct search *s, bool all, GError **error)
{
	if (!search_by_document(s->request))
		return hits_fold(s, all, error);
	keep_best_of_documents(s);
	return true;
}

/* More are taken until enough are settled and not folded, or there are no more. */
bool collect_by_relevance(struct search *s, guint32 documents, GError **error)
{
	g_autoptr(GArray) scores = g_array_new(FALSE, FALSE, sizeof(double));
	/* how many documents there are is known when all passages have been read, some 2 us each */
	bool count = search_by_document(s->request) && (s->request->exact_total || documents <= COUNTED_BELOW);
	guint32 want = count ? MAX(documents, 1) : window(s) + (s->request->keep_duplicates ? 0 : DUPLICATE_SLACK + VERBATIM_REACH);

	for (guint32 max = want + hits_ties_max(s) + 1;; max = MAX(max * more(s), hits_ties_max(s) + 1), want *= more(s)) {
		bool all;
		guint n;

		hits_clear(s);
		g_array_set_size(scores, 0);
		if (!run_query(s, max, documents, error))
			return false;
		for (gsize i = 0; i < s->found->n; i++)
			g_array_append_vals(scores, &(double){ hit_rounded(s->found->hits[i].weight) }, 1);
		all = s->all;
		n = hits_settled(scores, want, hits_ties_max(s), all);
		all = s->all_read = all && n == scores->len;
		if (!read_passages(s, scores, n, error) || !hits_rerank(s, error) || !fold(s, all, error))
			return false;
		if ((s->hits->len >= search_wanted(s->request) && !count) || all)
			return true;
	}
}

/* --- in another order ----------------------------------------------------------------------- */

/* What is found by relevance is put in order as it was asked for. */
static bool arrange(struct search *s, GError **error)
{
	if (search_by_document(s->request) && !arrange_best_of_documents(s->index, s->found, error))
		return false;
	if (s->request->group_by) {
		s->groups = arrange_group(s->index, s->found, s->request->group_by, error);
		return s->groups != NULL;
	}
	return arrange_sort(s->index, s->found, s->request->sort, error);
}

/* Hits are read until there are enough that are not folded. */
bool collect_arranged(struct search *s, guint32 documents, GError **error)
{
	guint32 max = s->plan->verify ? ARRANGE_MAX_VERIFIED : ARRANGE_MAX;

	if (s->request->exact_total)
		max = MAX(max, documents);
	if (!run_query(s, max, documents, error))
		return false;
	s->arranged_all = s->all;
	s->n_arranged = s->found->n;
	if (!arrange(s, error))
		return false;
	for (guint32 want = search_wanted(s->request) + DUPLICATE_SLACK;; want *= 2) {
		bool all = want >= s->found->n;

		hits_clear(s);
		for (gsize i = 0; i < MIN(want, s->found->n); i++) {
			struct hit *hit = hit_read(s, &s->found->hits[i], error);

			if (!hit)
				return false;
			g_ptr_array_add(s->hits, hit);
		}
		if (!hits_fold(s, all, error))
			return false;
		if (all || s->hits->len >= search_wanted(s->request))
			return true;
	}
}
