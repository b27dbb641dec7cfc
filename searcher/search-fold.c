/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * search-fold.c - near-duplicates among the hits are folded into the first of them, or
 * into one that has the words first hand, where they add nothing for the query.
 *
 * The first is the first in the order that was asked for. To have the words of another passage is no equivalence: of
 * three passages the first may be part of the second, and the second of the third, while the third has words of the query
 * that the first has not. So which ones are left, and how many, can differ by one or two from one order to another; which
 * ones would stand for others by relevance is known only once the texts of all matches were read.
 */
#include "searcher/search-parts.h"

#define FOLD_MAX 1000		/* hits behind these are shown as they are */
#define VERBATIM_SHARE 0.9	/* with so much of its account's score the words themselves take its place */

/* The words themselves go before an account of them that scores hardly more. */
static bool goes_before(const struct search *s, const struct hit *hit, const struct hit *first)
{
	return s->request->sort == RAP_SORT_RELEVANCE && kind_is_verbatim(hit->record.passage.kind) && !kind_is_verbatim(first->record.passage.kind) &&
	       hit->place - first->place <= VERBATIM_REACH && hit->score >= first->score * VERBATIM_SHARE &&
	       duplicates_adds_nothing(s->duplicates, first->imprint, hit->imprint);
}

/* Gives the one that stands for both. */
static struct hit *fold_into(struct search *s, guint number, struct hit *first, struct hit *hit)
{
	struct hit *kept = goes_before(s, hit, first) ? hit : first, *folded = kept == hit ? first : hit;

	kept->also = first->also ? first->also : g_ptr_array_new();
	g_ptr_array_add(kept->also, folded);
	hit_drop_text(folded);
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
	if (!hit_read_text(s, hit, error) || !duplicates_find(s->duplicates, hit->imprint, &number, error))
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

bool hits_fold(struct search *s, bool all, GError **error)
{
	guint n = s->hits->len, want = search_wanted(s->request), kept = 0;

	if (s->request->keep_duplicates || s->request->group_by || search_by_document(s->request))
		return true;
	duplicates_forget(s->duplicates);
	for (guint i = 0; i < n; i++) {
		struct hit *hit = g_ptr_array_index(s->hits, i);

		if (kept >= want && !may_be_replaced(s, want, i)) {
			for (guint j = i; j < n; j++)
				hit_drop_text(g_ptr_array_index(s->hits, j));
			all = true;	/* that are asked for */
			break;
		}
		hit->place = i;
		if (!keep_or_fold(s, hit, &kept, error))
			return false;
	}
	while (!all && kept && ((struct hit *)g_ptr_array_index(s->hits, kept - 1))->place + VERBATIM_REACH >= n)
		hit_free(g_ptr_array_index(s->hits, --kept));
	g_ptr_array_set_size(s->hits, (gint)kept);
	return true;
}
