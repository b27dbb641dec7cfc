/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * search-hits.c - the hits of a search: reading them, their order, equal scores, closeness by the text.
 */
#include "searcher/search-parts.h"

#include <string.h>

#include "searcher/closeness.h"
#include "searcher/match.h"
#include "searcher/plan.h"
#include "searcher/rank.h"

#define TIES_MAX 32		/* so many equal scores are put in order of document ids */
#define TIES_MAX_VERIFIED 8	/* the same where each hit costs a look at its text */
#define UNRANKED_MAX 10000	/* where nothing is ranked (filters alone), so many are */
#define UNRANKED_MAX_VERIFIED 1000

struct hit *hit_read(struct search *s, const struct xap_hit *found, GError **error)
{
	struct hit *hit = arena_alloc(s->scratch, sizeof *hit);

	hit->docid = found->docid;
	hit->score = hit_rounded(found->weight);
	hit->order = (guint)(found - s->found->hits);
	return store_passage(s->index->store, found->docid, s->scratch, &hit->record, error) ? hit : NULL;
}

const struct document *hit_document(struct search *s, const struct hit *hit, GError **error)
{
	guint64 text_base;

	return store_document(s->index->store, hit->record.place, &text_base, error);
}

bool hit_need_id(struct search *s, struct hit *hit, GError **error)
{
	const struct document *doc = hit->document_id ? NULL : hit_document(s, hit, error);

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

guint hits_ties_max(const struct search *s)
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

guint hits_settled(const GArray *scores, guint want, guint longest_tie, bool all)
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
bool hits_settle_ties(struct search *s, const GArray *scores, GError **error)
{
	for (guint from = 0, end; from < s->hits->len; from = end) {
		end = tie_end(scores, from);
		if (end - from < 2 || end - from > hits_ties_max(s) || end > s->hits->len)
			continue;
		for (guint i = from; i < end; i++)
			if (!hit_need_id(s, g_ptr_array_index(s->hits, i), error))
				return false;
	}
	sort_hits(s, 0, s->hits->len);
	return true;
}

/* --- what the text tells -------------------------------------------------------------------- */

bool hit_read_text(struct search *s, struct hit *hit, GError **error)
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
		hit->imprint = duplicates_imprint(s->duplicates, hit->docid, &hit->record, matcher_tokens(s->matcher), hit->marks, error);
	return hit->imprint != NULL;
}

bool hits_rerank(struct search *s, GError **error)
{
	guint n = MIN(s->hits->len, RERANK_WINDOW);
	double best = n ? ((struct hit *)g_ptr_array_index(s->hits, 0))->score : 0;

	if (s->plan->leaves->len < 2 || best <= 0 || s->scheme->closeness <= 0)
		return true;
	for (guint i = 0; i < n; i++) {
		struct hit *hit = g_ptr_array_index(s->hits, i);
		const struct document *doc = hit_read_text(s, hit, error) ? hit_document(s, hit, error) : NULL;

		if (!doc)
			return false;
		hit->closeness_most = s->scheme->closeness * best;
		hit->closeness = closeness_of(s->closeness, doc, &hit->record.passage, hit->marks);
		hit->score += hit->closeness_most * hit->closeness;
	}
	/* those behind the window can only have scored less */
	sort_hits(s, 0, n);
	return true;
}

void hit_drop_text(struct hit *hit)
{
	g_clear_pointer(&hit->marks, g_array_unref);
	if (hit->text)
		g_string_free(g_steal_pointer(&hit->text), TRUE);
}

void hit_free(struct hit *hit)
{
	if (hit->also)
		g_ptr_array_unref(hit->also);
	if (hit->marks)
		g_array_unref(hit->marks);
	if (hit->text)
		g_string_free(hit->text, TRUE);
}

void hits_clear(struct search *s)
{
	for (guint i = 0; i < s->hits->len; i++)
		hit_free(g_ptr_array_index(s->hits, i));
	g_ptr_array_set_size(s->hits, 0);
}
