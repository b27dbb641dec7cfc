/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * search.c - one search: query to plan, plan to hits, hits to results.
 *
 * Xapian ranks by the weights that were settled at indexing (indexer/terms.c)
 * times what each word weighs (rank.h). The best RERANK_WINDOW passages are then ordered by how many
 * of the words they hold and how near each other these stand, which only the text can tell. Near-duplicates
 * among the hits are folded into the first of them, or into one that has the words first hand.
 */
#include "searcher/rapporteur.h"

#include <string.h>

#include "corpus/error.h"
#include "searcher/arrange.h"
#include "searcher/duplicates.h"
#include "searcher/explain.h"
#include "searcher/facets.h"
#include "searcher/feedback.h"
#include "searcher/filter.h"
#include "searcher/handle.h"
#include "searcher/match.h"
#include "searcher/plan.h"
#include "searcher/query.h"
#include "searcher/results.h"
#include "searcher/search.h"
#include "searcher/snippet.h"
#include "searcher/wording.h"
#include "searcher/xtree.h"

#define DEFAULT_LIMIT 10
#define LIMIT_MAX 1000000
#define DEFAULT_SNIPPET_CHARS 240
#define EXACT_BELOW 20000	/* an index of fewer passages counts every match */
#define RERANK_WINDOW 15
#define DUPLICATE_SLACK 5	/* more hits than asked for, for those that get folded */
#define FOLD_MAX 1000		/* hits behind these are shown as they are */
#define VERBATIM_REACH 5	/* so many places behind its account the words themselves may stand, */
#define VERBATIM_SHARE 0.9	/* and with so much of its score, to take its place */
#define TIES_MAX 32		/* so many equal scores are put in order of document ids */
#define TIES_MAX_VERIFIED 8	/* the same where each hit costs a look at its text */
#define UNRANKED_MAX 10000	/* where nothing is ranked (filters alone), so many are */
#define UNRANKED_MAX_VERIFIED 1000

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
	struct duplicates *duplicates;
	struct copier copier;
	struct arena *scratch;
	GPtrArray *hits;	/* struct hit *, in the scratch arena */
	struct xap_hits *found;	/* those that hold on the text */
	size_t n_arranged;	/* before one stood for many */
	size_t n_raw;		/* how many were looked at, with those that do not */
	bool all;		/* nothing matches behind them */
	GArray *groups;		/* struct group, one a hit; or NULL */
	bool arranged_all;
	bool nothing_asked;	/* a query without a word: finds nothing, as against no query */
	GHashTable *verified;	/* docid -> 1: it holds, 2: it does not */
};

/* --- hits --------------------------------------------------------------------------------- */

static bool by_document(const RapRequest *request)
{
	return request->unit == RAP_UNIT_DOCUMENT;
}

static guint32 wanted(const RapRequest *request)
{
	gsize limit = MIN(request->limit ? request->limit : DEFAULT_LIMIT, LIMIT_MAX);

	return (guint32)MIN(MIN(request->offset, LIMIT_MAX) + limit, LIMIT_MAX);
}

/* Counting goes on to the last match where that is asked for, or cheap. What must be
 * verified on the text is not. */
static guint32 how_many(const struct search *s, guint32 max, guint32 documents)
{
	if (s->request->exact_total || (documents <= EXACT_BELOW && !s->plan->verify))
		return documents;
	return max;
}

enum { HOLDS = 1, HOLDS_NOT = 2 };

static bool holds(struct search *s, guint32 docid, bool *answer, GError **error)
{
	gpointer known = g_hash_table_lookup(s->verified, GUINT_TO_POINTER(docid));

	*answer = GPOINTER_TO_INT(known) == HOLDS;
	if (known)
		return true;
	if (!matcher_holds(s->matcher, docid, answer, error))
		return false;
	g_hash_table_insert(s->verified, GUINT_TO_POINTER(docid), GINT_TO_POINTER(*answer ? HOLDS : HOLDS_NOT));
	return true;
}

/* The best are looked at first, and no more than are asked for: what the
 * signature lets through is mostly right. */
static bool verify_found(struct search *s, guint32 enough, GError **error)
{
	size_t kept = 0, i;

	for (i = 0; i < s->found->n && kept < enough; i++) {
		bool answer;

		if (!holds(s, s->found->hits[i].docid, &answer, error))
			return false;
		if (answer)
			s->found->hits[kept++] = s->found->hits[i];
	}
	s->all = s->all && i == s->found->n;
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
	guint32 asked = s->plan->verify ? (guint32)MIN((guint64)enough * AHEAD, MAX(documents, max)) : max;
	struct xap_request request = {
		.query = s->plan->query,
		.max = asked,
		.check_at_least = how_many(s, asked, documents),
		.accept = s->plan->verify ? matcher_may_accept : NULL,
		.accept_data = s->matcher,
	};

	xap_hits_free(s->found);
	s->found = xap_db_search(store_database(s->index->store), &request, error);
	if (!s->found)
		return false;
	s->all = s->found->n < asked || asked >= documents;
	leave_out(s);
	s->n_raw = s->found->n;
	return !s->plan->verify || verify_found(s, enough, error);
}

/* The same words may be added up in another order in another segment: what
 * differs by that alone is equal. */
static double rounded(double weight)
{
	return (double)(float)weight;
}

static struct hit *read_hit(struct search *s, const struct xap_hit *found, GError **error)
{
	struct hit *hit = arena_alloc(s->scratch, sizeof *hit);

	hit->docid = found->docid;
	hit->score = rounded(found->weight);
	hit->order = (guint)(found - s->found->hits);
	return store_passage(s->index->store, found->docid, s->scratch, &hit->record, error) ? hit : NULL;
}

static const struct document *document_of(struct search *s, const struct hit *hit, GError **error)
{
	guint64 text_base;

	return store_document(s->index->store, hit->record.place, &text_base, error);
}

static bool need_id(struct search *s, struct hit *hit, GError **error)
{
	const struct document *doc = hit->document_id ? NULL : document_of(s, hit, error);

	if (doc)
		hit->document_id = arena_string(s->scratch, doc->id, -1);
	return hit->document_id != NULL;
}

static gint by_score(gconstpointer a, gconstpointer b)
{
	const struct hit *x = *(const struct hit *const *)a, *y = *(const struct hit *const *)b;
	int order = 0;

	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	if (x->document_id && y->document_id)
		order = strcmp(x->document_id, y->document_id);
	if (!order && x->document_id && y->document_id && x->record.ordinal != y->record.ordinal)
		return x->record.ordinal < y->record.ordinal ? -1 : 1;
	return order ? order : x->order < y->order ? -1 : x->order > y->order;
}

static void sort_hits(struct search *s, guint from, guint to)
{
	if (to > from)
		qsort(s->hits->pdata + from, to - from, sizeof(gpointer), by_score);
	for (guint i = from; i < to; i++)
		((struct hit *)g_ptr_array_index(s->hits, i))->order = i;
}

static guint ties_max(const struct search *s)
{
	bool unranked = s->found && s->found->n && s->found->hits[0].weight <= 0;

	if (unranked)
		return s->plan->verify ? UNRANKED_MAX_VERIFIED : UNRANKED_MAX;
	return s->plan->verify ? TIES_MAX_VERIFIED : TIES_MAX;
}

static guint tie_end(const GArray *scores, guint from)
{
	guint end = from + 1;

	while (end < scores->len && g_array_index(scores, double, end) == g_array_index(scores, double, from))
		end++;
	return end;
}

/* The place of a hit must not depend on how many were asked for. Of the scores, best first,
 * so many are settled: those of a tie that may go on behind the last one are not, unless it
 * is a tie too long to be put in order. With all set nothing comes behind. */
static guint settled(const GArray *scores, guint want, guint longest_tie, bool all)
{
	guint from = 0;

	while (from < MIN(want, scores->len)) {
		guint end = tie_end(scores, from);

		if (end - from > longest_tie && want < end)
			return want;
		if (end == scores->len && !all && end - from <= longest_tie)
			return from;
		from = end;
	}
	return MIN(from, scores->len);
}

/* Equal scores go by document and place in it, whatever the order of arrival. Longer ties stay in
 * the order of the index: reading all their documents would take too long. */
static bool settle_ties(struct search *s, const GArray *scores, GError **error)
{
	for (guint from = 0, end; from < s->hits->len; from = end) {
		end = tie_end(scores, from);
		if (end - from < 2 || end - from > ties_max(s) || end > s->hits->len)
			continue;
		for (guint i = from; i < end; i++)
			if (!need_id(s, g_ptr_array_index(s->hits, i), error))
				return false;
	}
	sort_hits(s, 0, s->hits->len);
	return true;
}

/* --- what the text tells -------------------------------------------------------------------- */

static bool read_text(struct search *s, struct hit *hit, GError **error)
{
	const struct passage *p = &hit->record.passage;

	if (hit->text)
		return true;
	hit->text = g_string_new(NULL);
	hit->marks = g_array_new(FALSE, FALSE, sizeof(struct mark));
	if (!store_text(s->index->store, hit->record.place.source, hit->record.text_base, p->ranges, p->n_ranges, hit->text, error))
		return false;
	matcher_marks(s->matcher, hit->record.language, hit->text->str, hit->text->len, hit->marks);
	if (!hit->imprint)
		hit->imprint = duplicates_imprint(s->duplicates, hit->docid, &hit->record, matcher_tokens(s->matcher), error);
	return hit->imprint != NULL;
}

static bool rerank(struct search *s, GError **error)
{
	guint n = MIN(s->hits->len, RERANK_WINDOW);
	double best = n ? ((struct hit *)g_ptr_array_index(s->hits, 0))->score : 0;

	if (s->plan->leaves->len < 2 || best <= 0 || s->scheme->closeness <= 0)
		return true;
	for (guint i = 0; i < n; i++) {
		struct hit *hit = g_ptr_array_index(s->hits, i);

		if (!read_text(s, hit, error))
			return false;
		hit->closeness_most = s->scheme->closeness * best;
		hit->closeness = matcher_closeness(s->matcher, hit->marks);
		hit->score += hit->closeness_most * hit->closeness;
	}
	/* those behind the window can only have scored less */
	sort_hits(s, 0, n);
	return true;
}

/* --- near-duplicates --------------------------------------------------------------------------- */

static void free_hit(struct hit *hit)
{
	if (hit->also)
		g_ptr_array_unref(hit->also);
	if (hit->marks)
		g_array_unref(hit->marks);
	if (hit->text)
		g_string_free(hit->text, TRUE);
}

static void drop_text(struct hit *hit)
{
	g_clear_pointer(&hit->marks, g_array_unref);
	if (hit->text)
		g_string_free(g_steal_pointer(&hit->text), TRUE);
}

/* The words themselves go before an account of them that scores hardly more. */
static bool goes_before(const struct search *s, const struct hit *hit, const struct hit *first)
{
	return s->request->sort == RAP_SORT_RELEVANCE && kind_is_verbatim(hit->record.passage.kind) && !kind_is_verbatim(first->record.passage.kind) &&
	       hit->place - first->place <= VERBATIM_REACH && hit->score >= first->score * VERBATIM_SHARE;
}

/* Gives the one that stands for both. */
static struct hit *fold_into(struct search *s, guint number, struct hit *first, struct hit *hit)
{
	struct hit *kept = goes_before(s, hit, first) ? hit : first, *folded = kept == hit ? first : hit;

	kept->also = first->also ? first->also : g_ptr_array_new();
	g_ptr_array_add(kept->also, folded);
	drop_text(folded);
	if (kept == first)
		return kept;
	duplicates_replace(s->duplicates, number, kept->imprint);
	kept->lent = first->score - kept->score;
	kept->score = first->score;
	kept->place = first->place;
	first->also = NULL;
	return kept;
}

static bool keep_or_fold(struct search *s, struct hit *hit, guint *kept, GError **error)
{
	guint number;

	if (hit->place >= FOLD_MAX) {
		s->hits->pdata[(*kept)++] = hit;
		return true;
	}
	if (!read_text(s, hit, error) || !duplicates_find(s->duplicates, hit->imprint, &number, error))
		return false;
	if (number == DUPLICATES_NONE) {
		duplicates_keep(s->duplicates, hit->imprint);
		s->hits->pdata[(*kept)++] = hit;
	} else {
		s->hits->pdata[number] = fold_into(s, number, g_ptr_array_index(s->hits, number), hit);
	}
	return true;
}

/* Of the hits that are asked for, may one still give way to the hit of that place? */
static bool may_be_replaced(const struct search *s, guint want, guint place)
{
	for (guint i = want; i > 0; i--) {
		const struct hit *hit = g_ptr_array_index(s->hits, i - 1);

		if (hit->place + VERBATIM_REACH < place)
			return false;
		if (!kind_is_verbatim(hit->record.passage.kind))
			return true;
	}
	return false;
}

/* Which hit stands for its near-duplicates must not depend on how many were asked for:
 * without all of them the last ones only tell of those before. */
static bool fold_duplicates(struct search *s, bool all, GError **error)
{
	guint n = s->hits->len, want = wanted(s->request), kept = 0;

	if (s->request->keep_duplicates || s->request->group_by || by_document(s->request))
		return true;
	duplicates_forget(s->duplicates);
	for (guint i = 0; i < n; i++) {
		struct hit *hit = g_ptr_array_index(s->hits, i);

		if (kept >= want && !may_be_replaced(s, want, i)) {
			for (guint j = i; j < n; j++)
				drop_text(g_ptr_array_index(s->hits, j));
			all = true;	/* that are asked for */
			break;
		}
		hit->place = i;
		if (!keep_or_fold(s, hit, &kept, error))
			return false;
	}
	while (!all && kept && ((struct hit *)g_ptr_array_index(s->hits, kept - 1))->place + VERBATIM_REACH >= n)
		free_hit(g_ptr_array_index(s->hits, --kept));
	g_ptr_array_set_size(s->hits, (gint)kept);
	return true;
}

static void clear_hits(struct search *s)
{
	for (guint i = 0; i < s->hits->len; i++)
		free_hit(g_ptr_array_index(s->hits, i));
	g_ptr_array_set_size(s->hits, 0);
}

/* --- collecting --------------------------------------------------------------------------------- */

static guint32 window(const struct search *s)
{
	guint32 want = wanted(s->request);

	return s->plan->leaves->len > 1 ? MAX(want, RERANK_WINDOW) : want;
}

static bool read_passages(struct search *s, const GArray *scores, guint n, GError **error)
{
	for (guint i = 0; i < n; i++) {
		struct hit *hit = read_hit(s, &s->found->hits[i], error);

		if (!hit)
			return false;
		g_ptr_array_add(s->hits, hit);
	}
	return settle_ties(s, scores, error);
}

/* More are taken until enough are settled and not folded, or there are no more. */
static bool collect_passages(struct search *s, guint32 documents, GError **error)
{
	g_autoptr(GArray) scores = g_array_new(FALSE, FALSE, sizeof(double));
	guint32 want = window(s) + (s->request->keep_duplicates ? 0 : DUPLICATE_SLACK + VERBATIM_REACH);

	for (guint32 max = want + ties_max(s) + 1;; max = MAX(max * 2, ties_max(s) + 1), want *= 2) {
		bool all;
		guint n;

		clear_hits(s);
		g_array_set_size(scores, 0);
		if (!run_query(s, max, documents, error))
			return false;
		for (gsize i = 0; i < s->found->n; i++)
			g_array_append_vals(scores, &(double){ rounded(s->found->hits[i].weight) }, 1);
		all = s->all;
		n = settled(scores, want, ties_max(s), all);
		all = all && n == scores->len;
		if (!read_passages(s, scores, n, error) || !rerank(s, error) || !fold_duplicates(s, all, error))
			return false;
		if (s->hits->len >= wanted(s->request) || all)
			return true;
	}
}

static bool read_best_of_each(struct search *s, GArray *scores, GError **error)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(place_hash, place_equal);

	for (gsize i = 0; i < s->found->n; i++) {
		struct hit *hit = read_hit(s, &s->found->hits[i], error);

		if (!hit)
			return false;
		if (!g_hash_table_add(seen, &hit->record.place))
			continue;
		g_ptr_array_add(s->hits, hit);
		g_array_append_val(scores, hit->score);
	}
	return true;
}

/* The best passage of each document stands for it: more are taken until there
 * are enough documents, or no more passages. */
static bool collect_documents(struct search *s, guint32 documents, GError **error)
{
	g_autoptr(GArray) scores = g_array_new(FALSE, FALSE, sizeof(double));
	guint32 want = MAX(wanted(s->request), RERANK_WINDOW);
	guint32 max = s->request->exact_total ? MAX(documents, 1) : want + want / 4 + ties_max(s) + 1;

	for (;; max = MAX(max * 2, ties_max(s) + 1)) {
		bool all;
		guint n;

		clear_hits(s);
		g_array_set_size(scores, 0);
		if (!run_query(s, max, documents, error) || !read_best_of_each(s, scores, error))
			return false;
		all = s->all;
		n = settled(scores, want, ties_max(s), all);
		if (n < want && !all)
			continue;
		if (!all)
			g_ptr_array_set_size(s->hits, (gint)n);
		return settle_ties(s, scores, error) && rerank(s, error);
	}
}

/* --- in another order ------------------------------------------------------------------------------ */

static bool is_arranged(const RapRequest *request)
{
	return request->sort != RAP_SORT_RELEVANCE || request->group_by != RAP_GROUP_NONE;
}

/* What is found by relevance is put in order as it was asked for. */
static bool arrange(struct search *s, GError **error)
{
	if (by_document(s->request) && !arrange_best_of_documents(s->index, s->found, error))
		return false;
	if (s->request->group_by) {
		s->groups = arrange_group(s->index, s->found, s->request->group_by, error);
		return s->groups != NULL;
	}
	return arrange_sort(s->index, s->found, s->request->sort, error);
}

/* Hits are read until there are enough that are not folded. */
static bool collect_arranged(struct search *s, guint32 documents, GError **error)
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
	for (guint32 want = wanted(s->request) + DUPLICATE_SLACK;; want *= 2) {
		bool all = want >= s->found->n;

		clear_hits(s);
		for (gsize i = 0; i < MIN(want, s->found->n); i++) {
			struct hit *hit = read_hit(s, &s->found->hits[i], error);

			if (!hit)
				return false;
			g_ptr_array_add(s->hits, hit);
		}
		if (!fold_duplicates(s, all, error))
			return false;
		if (all || s->hits->len >= wanted(s->request))
			return true;
	}
}

/* --- handing out ---------------------------------------------------------------------------------- */

static void copy_snippet(struct search *s, const struct hit *hit, RapHit *out)
{
	g_autoptr(GArray) pieces = g_array_new(FALSE, FALSE, sizeof(struct snippet_piece));
	gsize chars = s->request->snippet_chars ? s->request->snippet_chars : DEFAULT_SNIPPET_CHARS;
	guint leaves = s->plan->leaves->len;
	double *weights = arena_alloc(s->scratch, (leaves + 1) * sizeof *weights);
	RapSegment *segments;

	for (guint i = 0; i < leaves; i++)
		weights[i] = ((struct leaf *)g_ptr_array_index(s->plan->leaves, i))->weight;
	snippet_build(hit->text->str, hit->text->len, (const struct mark *)hit->marks->data, hit->marks->len, weights, leaves,
	              (guint)MIN(chars, G_MAXINT), pieces);
	segments = arena_alloc(s->copier.arena, (pieces->len + 1) * sizeof *segments);
	for (guint i = 0; i < pieces->len; i++) {
		const struct snippet_piece *piece = &g_array_index(pieces, struct snippet_piece, i);

		segments[i].text = arena_string(s->copier.arena, hit->text->str + piece->start, (gssize)(piece->end - piece->start));
		segments[i].match = piece->match;
	}
	out->snippet = segments;
	out->n_snippet = pieces->len;
	if (!pieces->len)
		return;
	for (gsize i = 0; i < g_array_index(pieces, struct snippet_piece, 0).start; i++)
		out->cut_before |= !g_ascii_isspace(hit->text->str[i]);
	for (gsize i = g_array_index(pieces, struct snippet_piece, pieces->len - 1).end; i < hit->text->len; i++)
		out->cut_after |= !g_ascii_isspace(hit->text->str[i]);
}

static gint by_place(gconstpointer a, gconstpointer b)
{
	const struct hit *x = *(const struct hit *const *)a, *y = *(const struct hit *const *)b;
	int order = strcmp(x->document_id, y->document_id);

	return order ? order : (x->record.ordinal > y->record.ordinal) - (x->record.ordinal < y->record.ordinal);
}

/* The near-duplicates that were found with it, and those of the whole index. */
static bool gather_also(struct search *s, struct hit *hit, GPtrArray *also, GError **error)
{
	g_autoptr(GPtrArray) elsewhere = g_ptr_array_new();
	g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);

	for (guint i = 0; hit->also && i < hit->also->len; i++) {
		struct hit *other = g_ptr_array_index(hit->also, i);

		g_hash_table_add(seen, GUINT_TO_POINTER(other->docid));
		g_ptr_array_add(also, other);
	}
	if (!read_text(s, hit, error) || !duplicates_elsewhere(s->duplicates, hit->imprint, elsewhere, error))
		return false;
	for (guint i = 0; i < elsewhere->len && also->len < DUPLICATES_ALSO_MAX; i++) {
		const struct imprint *imprint = g_ptr_array_index(elsewhere, i);
		struct hit *other;

		if (!g_hash_table_add(seen, GUINT_TO_POINTER(imprint->docid)))
			continue;
		other = arena_alloc(s->scratch, sizeof *other);
		other->record.place = imprint->place;
		other->record.ordinal = imprint->ordinal;
		memcpy(other->record.passage.id, imprint->id, sizeof imprint->id);
		g_ptr_array_add(also, other);
	}
	return true;
}

static const char *const *copy_also(struct search *s, struct hit *hit, GError **error)
{
	g_autoptr(GPtrArray) also = g_ptr_array_new();
	const char **ids;
	bool wanted_also = !by_document(s->request) && !s->request->keep_duplicates && !s->request->no_hits_text;

	if (wanted_also && !gather_also(s, hit, also, error))
		return NULL;
	for (guint i = 0; i < also->len; i++)
		if (!need_id(s, g_ptr_array_index(also, i), error))
			return NULL;
	g_ptr_array_sort(also, by_place);
	ids = arena_alloc(s->copier.arena, (also->len + 1) * sizeof *ids);
	for (guint i = 0; i < also->len; i++) {
		const struct hit *other = g_ptr_array_index(also, i);
		g_autofree char *id = g_strconcat(other->document_id, "/", other->record.passage.id, NULL);

		ids[i] = arena_string(s->copier.arena, id, -1);
	}
	return ids;
}

static bool explain(struct search *s, struct hit *hit, RapHit *out, GError **error)
{
	struct explained explained = { .docid = hit->docid, .record = &hit->record, .closeness = hit->closeness,
	                               .closeness_most = hit->closeness_most, .lent = hit->lent };

	if (!s->request->explain)
		return true;
	if (!read_text(s, hit, error))
		return false;
	explained.text = hit->text;
	return explain_hit(s->index, s->plan, &explained, s->copier.arena, out, error);
}

static bool copy_hit(struct search *s, struct hit *hit, gsize rank, RapHit *out, GError **error)
{
	bool with_text = !s->request->no_hits_text;

	out->rank = rank;
	out->score = hit->score;
	out->also_in = copy_also(s, hit, error);
	if (!out->also_in || !copier_passage(&s->copier, &hit->record, with_text, &out->passage, error) || !explain(s, hit, out, error))
		return false;
	if (!with_text)
		return true;
	if (!read_text(s, hit, error))
		return false;
	copy_snippet(s, hit, out);
	return true;
}

static const RapGroup *copy_group(struct search *s, gsize i)
{
	const struct group *group = &g_array_index(s->groups, struct group, i);
	RapGroup *out = arena_alloc(s->copier.arena, sizeof *out);

	*out = (RapGroup){ arena_string(s->copier.arena, group->value, -1), group->matches, group->weight };
	return out;
}

static bool copy_hits(struct search *s, GError **error)
{
	gsize to = MIN(wanted(s->request), s->hits->len), from = MIN(s->request->offset, to);
	RapHit *hits = arena_alloc(s->copier.arena, (to - from + 1) * sizeof *hits);

	for (gsize i = from; i < to; i++) {
		if (!copy_hit(s, g_ptr_array_index(s->hits, i), i + 1, &hits[i - from], error))
			return false;
		hits[i - from].group = s->groups ? copy_group(s, i) : NULL;
	}
	s->results->public.hits = hits;
	s->results->public.n_hits = to - from;
	return true;
}

static void copy_total(struct search *s)
{
	RapResults *out = &s->results->public;

	gsize held = is_arranged(s->request) ? s->n_arranged : s->found->n;
	gsize n = is_arranged(s->request) ? s->found->n : s->hits->len;	/* documents */

	out->total = s->found->total;
	out->total_is_exact = s->found->total_lower == s->found->total_upper;
	if (s->plan->verify && s->n_raw) {	/* as many of the rest will hold as of those that were looked at */
		out->total_is_exact = out->total_is_exact && s->n_raw == s->found->total;
		out->total = out->total_is_exact ? held : MAX(held, s->found->total * held / s->n_raw);
	}
	out->arranged_all = !is_arranged(s->request) || s->arranged_all;
	out->groups = s->groups ? s->groups->len : 0;
	if (!by_document(s->request))
		return;
	out->total_is_exact = out->total_is_exact && s->n_raw == s->found->total;
	out->total = out->total_is_exact ? n : MAX(n, out->total);
}

static void copy_warnings(struct search *s)
{
	const GPtrArray *all[] = { s->query->warnings, s->plan->warnings };
	guint n = all[0]->len + all[1]->len, k = 0;
	const char **warnings = arena_alloc(s->copier.arena, (n + 1) * sizeof *warnings);

	for (guint i = 0; i < G_N_ELEMENTS(all); i++)
		for (guint j = 0; j < all[i]->len; j++)
			warnings[k++] = arena_string(s->copier.arena, g_ptr_array_index(all[i], j), -1);
	s->results->public.warnings = warnings;
}

/* --- the whole ------------------------------------------------------------------------------------- */

static void set_interpretation(struct search *s)
{
	g_autofree char *text = wording_interpretation(s->wording, s->query), *meant = wording_suggestion(s->wording, s->query);

	s->results->public.interpretation = arena_string(s->copier.arena, text, -1);
	s->results->public.suggestion = arena_string(s->copier.arena, meant, -1);
}

/* What the best passages have in common. Where few are nearly as good as the first, somebody asks for
 * one thing, and has found it. */
#define FEEDBACK_NEAR 0.4
#define FEEDBACK_MIN 4

static bool look_at_best(struct search *s, GError **error)
{
	guint n = 0;

	while (n < MIN(s->hits->len, FEEDBACK_PASSAGES) &&
	       ((struct hit *)s->hits->pdata[n])->score >= FEEDBACK_NEAR * ((struct hit *)s->hits->pdata[0])->score)
		n++;
	if (n < FEEDBACK_MIN)
		return true;
	s->feedback = feedback_new(s->index->analysis);
	for (guint i = 0; i < n; i++) {
		struct hit *hit = s->hits->pdata[i];
		const struct document *doc = read_text(s, hit, error) ? document_of(s, hit, error) : NULL;

		if (!doc)
			return false;
		feedback_add(s->feedback, hit->record.language, hit->text->str, hit->text->len, doc->title);
	}
	return feedback_choose(s->feedback, store_database(s->index->store), error);
}

static void add_feedback(struct search *s)
{
	const struct xap_query *more = s->feedback ? feedback_query(s->feedback, s->scheme, s->plan->arena, s->plan->as) : NULL;

	if (more)
		s->plan->query = xtree_pair(s->plan->arena, XAP_AND_MAYBE, s->plan->query, more);
}

/* Plans the query as it stands now and collects its hits. */
static bool collect(struct search *s, guint32 documents, GError **error)
{
	matcher_free(s->matcher);
	s->matcher = NULL;
	g_hash_table_remove_all(s->verified);
	plan_free(s->plan);
	s->plan = NULL;
	wording_free(s->wording);
	s->wording = NULL;
	if (!s->request->exact_words) {
		s->wording = wording_new(s->query, store_database(s->index->store), (const char *const *)s->index->languages,
		                         s->index->analysis, s->index->synonyms, error);
		if (!s->wording)
			return false;
	}
	s->plan = plan_new(s->query, s->nothing_asked, store_database(s->index->store), store_stamp(s->index->store),
	                   (const char *const *)s->index->languages, s->index->analysis, s->wording, s->scheme, error);
	if (!s->plan)
		return false;
	add_feedback(s);
	s->matcher = matcher_new(s->plan, s->index->store, s->index->analysis);
	duplicates_free(s->duplicates);
	s->duplicates = duplicates_new(s->index->store, s->index->analysis, s->query);
	if (s->groups)
		g_array_unref(g_steal_pointer(&s->groups));
	if (is_arranged(s->request))
		return collect_arranged(s, documents, error);
	return by_document(s->request) ? collect_documents(s, documents, error) : collect_passages(s, documents, error);
}

static bool check_request(const RapRequest *request, GError **error)
{
	const char *fault = NULL;

	if (request->group_by && request->sort)
		fault = "cannot sort groups: they go by relevance";
	else if (request->group_by && request->unit == RAP_UNIT_DOCUMENT)
		fault = "cannot group documents: passages are";
	if (fault)
		g_set_error_literal(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_SYNTAX, fault);
	return !fault;
}

static void warn_of_arranging(struct search *s)
{
	if (is_arranged(s->request) && !s->arranged_all)
		g_ptr_array_add(s->plan->warnings, g_strdup_printf("Only the best %zu passages were %s.", s->n_arranged,
		                                                  s->groups ? "grouped" : "sorted"));
}

/* Asks again, with what the first answer taught. */
static bool expand(struct search *s, guint32 documents, GError **error)
{
	if (!look_at_best(s, error))
		return false;
	if (!s->feedback) {
		g_ptr_array_add(s->plan->warnings, g_strdup("Too few passages answer nearly as well as the first to expand the query by them."));
		return true;
	}
	s->results->public.expansion = feedback_words(s->feedback, s->copier.arena);
	return collect(s, documents, error);
}

static bool ask(struct search *s, GError **error)
{
	uint32_t documents;

	s->scheme = rank_choose(s->request->rank, error);
	if (!s->scheme)
		return false;
	s->query = query_parse(s->request->text ? s->request->text : "");
	if (s->request->text && *s->request->text && !s->query->root->kids->len)
		s->nothing_asked = !s->request->n_filters;
	if (!check_request(s->request, error) || !filter_add_all(s->query, s->request->filters, s->request->n_filters, error) ||
	    !xap_db_count(store_database(s->index->store), &documents, error) || !collect(s, documents, error))
		return false;
	if (s->nothing_asked)
		g_ptr_array_add(s->plan->warnings, g_strdup("There is no word in this query."));
	if (!s->hits->len && query_relax(s->query) && !collect(s, documents, error))
		return false;
	if (s->request->expand && !expand(s, documents, error))
		return false;
	warn_of_arranging(s);
	set_interpretation(s);
	copy_total(s);
	copy_warnings(s);
	if (!copy_hits(s, error))
		return false;
	return !s->request->want_facets ||
	       facets_count(s->index, s->query, s->wording, s->scheme, s->nothing_asked, s->request, s->copier.arena, &s->results->public, error);
}

struct results *search_without(RapIndex *index, const RapRequest *request, GHashTable *without, GError **error)
{
	gint64 started = g_get_monotonic_time();
	struct search s = { .index = index, .request = request, .without = without };
	bool ok;

	analysis_trim(index->analysis);
	s.results = results_new();
	s.results->public.query = arena_string(s.results->arena, s.request->text ? s.request->text : "", -1);
	s.scratch = arena_new();
	s.hits = g_ptr_array_new();
	s.verified = g_hash_table_new(NULL, NULL);
	copier_init(&s.copier, index, s.results->arena);
	ok = ask(&s, error);
	clear_hits(&s);
	g_ptr_array_unref(s.hits);
	if (s.groups)
		g_array_unref(s.groups);
	copier_clear(&s.copier);
	duplicates_free(s.duplicates);
	matcher_free(s.matcher);
	plan_free(s.plan);
	feedback_free(s.feedback);
	wording_free(s.wording);
	query_free(s.query);
	xap_hits_free(s.found);
	g_hash_table_unref(s.verified);
	arena_free(s.scratch);
	s.results->public.took_ms = (double)(g_get_monotonic_time() - started) / 1000.0;
	if (ok)
		return s.results;
	rap_results_free(&s.results->public);
	return NULL;
}

static void *search_once(RapIndex *index, const void *request, GError **error)
{
	return search_without(index, request, NULL, error);
}

RapResults *rap_search(RapIndex *index, const RapRequest *request, GError **error)
{
	return handle_run(index, search_once, request, error);
}
