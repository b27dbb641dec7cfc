/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * search-answer.c - handing out: hits, snippets, totals and warnings into the results.
 */
#include "searcher/search-parts.h"

#include <string.h>

#include "searcher/arrange.h"
#include "searcher/explain.h"
#include "searcher/plan.h"
#include "searcher/query.h"
#include "searcher/snippet.h"

#define DEFAULT_SNIPPET_CHARS 240

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
	if (!hit_read_text(s, hit, error) || !duplicates_elsewhere(s->duplicates, hit->imprint, elsewhere, error))
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
	bool wanted_also = !search_by_document(s->request) && !s->request->keep_duplicates && !s->request->no_hits_text;

	if (wanted_also && !gather_also(s, hit, also, error))
		return NULL;
	for (guint i = 0; i < also->len; i++)
		if (!hit_need_id(s, g_ptr_array_index(also, i), error))
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
	if (!hit_read_text(s, hit, error))
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
	if (!hit_read_text(s, hit, error))
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

bool answer_hits(struct search *s, GError **error)
{
	gsize to = MIN(search_wanted(s->request), s->hits->len), from = MIN(s->request->offset, to);
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

void answer_total(struct search *s)
{
	RapResults *out = &s->results->public;

	gsize held = search_is_arranged(s->request) ? s->n_arranged : s->found->n;
	gsize n = search_is_arranged(s->request) ? s->found->n : s->hits->len;	/* documents */

	out->total = s->found->total;
	out->total_is_exact = s->found->total_lower == s->found->total_upper;
	if (s->plan->verify && s->n_raw) {	/* as many of the rest will hold as of those that were looked at */
		out->total_is_exact = out->total_is_exact && s->n_raw == s->found->total;
		out->total = out->total_is_exact ? held : MAX(held, (gsize)(s->found->total * s->share + 0.5));
	}
	out->arranged_all = !search_is_arranged(s->request) || s->arranged_all;
	out->groups = s->groups ? s->groups->len : 0;
	if (!search_by_document(s->request))
		return;
	out->total_is_exact = out->total_is_exact && s->n_raw == s->found->total && (search_is_arranged(s->request) || s->all_read);
	out->total = out->total_is_exact ? n : MAX(n, out->total);
}

void answer_warnings(struct search *s)
{
	const GPtrArray *all[] = { s->query->warnings, s->plan->warnings };
	guint n = all[0]->len + all[1]->len, k = 0;
	const char **warnings = arena_alloc(s->copier.arena, (n + 1) * sizeof *warnings);

	for (guint i = 0; i < G_N_ELEMENTS(all); i++)
		for (guint j = 0; j < all[i]->len; j++)
			warnings[k++] = arena_string(s->copier.arena, g_ptr_array_index(all[i], j), -1);
	s->results->public.warnings = warnings;
}
