/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * arrange.c - matches in another order than by rank.
 */
#define _GNU_SOURCE	/* qsort_r */
#include "searcher/arrange.h"

#include "indexer/fields.h"

#include <stdlib.h>
#include <string.h>

#include "corpus/error.h"

/* What is said of the n-th match. */
typedef bool match_fn(guint n, const struct passage_record *record, const struct document *doc, void *data);

static int by_docid(const void *a, const void *b, void *hits)
{
	guint32 x = ((const struct xap_hit *)hits)[*(const guint *)a].docid, y = ((const struct xap_hit *)hits)[*(const guint *)b].docid;

	return (x > y) - (x < y);
}

/* In the order of the index, not by rank: what lies near each other is read together. */
static bool each_match(RapIndex *index, const struct xap_hits *found, match_fn *fn, void *data, GError **error)
{
	g_autofree guint *order = g_new(guint, found->n + 1);
	bool ok = true;

	for (guint i = 0; i < found->n; i++)
		order[i] = i;
	qsort_r(order, found->n, sizeof *order, by_docid, found->hits);
	for (guint i = 0; i < found->n && ok; i++) {
		struct arena *arena = arena_new();
		struct passage_record record;
		const struct document *doc = NULL;
		guint64 text_base;

		if (store_passage(index->store, found->hits[order[i]].docid, arena, &record, error))
			doc = store_document(index->store, record.place, &text_base, error);
		if (doc && !record_passage_fits(&record.passage, doc)) {
			g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_CORRUPT, "the index holds a damaged passage record ('%s/%s')", doc->id, record.passage.id);
			doc = NULL;
		}
		ok = doc && fn(order[i], &record, doc, data);
		arena_free(arena);
	}
	return ok;
}

/* --- one for each document ------------------------------------------------------------------ */

static bool note_place(guint n, const struct passage_record *record, const struct document *doc, void *data)
{
	(void)doc;
	((struct document_place *)data)[n] = record->place;
	return true;
}

bool arrange_best_of_documents(RapIndex *index, struct xap_hits *found, GError **error)
{
	g_autofree struct document_place *places = g_new0(struct document_place, found->n + 1);
	g_autoptr(GHashTable) seen = g_hash_table_new(place_hash, place_equal);
	size_t kept = 0;

	if (!each_match(index, found, note_place, places, error))
		return false;
	for (size_t i = 0; i < found->n; i++)
		if (g_hash_table_add(seen, &places[i]))
			found->hits[kept++] = found->hits[i];
	found->n = kept;
	return true;
}

/* --- sorting ----------------------------------------------------------------------------------- */

struct key {
	struct xap_hit hit;
	const char *date, *document;	/* of the chunk */
	guint32 ordinal;
};

struct sorting {
	const struct xap_hits *found;
	struct key *keys;
	GStringChunk *strings;
};

static const char *date_of(const struct document *doc, const struct passage *p)
{
	return p->panel >= 0 && document_panel(doc, p->panel)->date ? document_panel(doc, p->panel)->date : doc->date;
}

static bool set_key(guint n, const struct passage_record *record, const struct document *doc, void *data)
{
	struct sorting *s = data;
	const char *date = date_of(doc, &record->passage);

	s->keys[n] = (struct key){
		.hit = s->found->hits[n],
		.date = date ? g_string_chunk_insert_const(s->strings, date) : NULL,
		.document = g_string_chunk_insert_const(s->strings, doc->id),
		.ordinal = record->ordinal,
	};
	return true;
}

static int by_document(const void *a, const void *b)
{
	const struct key *x = a, *y = b;
	int order = strcmp(x->document, y->document);

	if (!order)
		order = (x->ordinal > y->ordinal) - (x->ordinal < y->ordinal);
	return order ? order : (x->hit.docid > y->hit.docid) - (x->hit.docid < y->hit.docid);
}

/* direction: 1 for the earliest first, -1 for the latest. */
static int compare_dates(const struct key *x, const struct key *y, int direction)
{
	int order;

	if (!x->date || !y->date)
		return x->date ? -1 : y->date ? 1 : by_document(x, y);
	order = direction * strcmp(x->date, y->date);
	return order ? order : by_document(x, y);
}

static int by_date(const void *a, const void *b)
{
	return compare_dates(a, b, 1);
}

static int by_date_descending(const void *a, const void *b)
{
	return compare_dates(a, b, -1);
}

/* The same sums may be made in another order in another index: what differs by that alone
 * is equal. */
static int by_rank(const struct key *x, const struct key *y)
{
	float v = (float)x->hit.weight, w = (float)y->hit.weight;

	return v != w ? (v > w ? -1 : 1) : by_document(x, y);
}

bool arrange_sort(RapIndex *index, struct xap_hits *found, RapSort sort, GError **error)
{
	struct sorting s = { found, g_new0(struct key, found->n + 1), g_string_chunk_new(4096) };
	bool ok = each_match(index, found, set_key, &s, error);

	if (ok) {
		qsort(s.keys, found->n, sizeof *s.keys, sort == RAP_SORT_DATE ? by_date : sort == RAP_SORT_DATE_DESCENDING ? by_date_descending : by_document);
		for (guint i = 0; i < found->n; i++)
			found->hits[i] = s.keys[i].hit;
	}
	g_string_chunk_free(s.strings);
	g_free(s.keys);
	return ok;
}

/* --- grouping ------------------------------------------------------------------------------------ */

struct gathered {
	struct group group;
	struct key best;
};

struct grouping {
	RapIndex *index;
	const struct xap_hits *found;
	RapGroupBy by;
	GHashTable *numbers;	/* key -> number + 1 */
	GArray *groups;		/* struct gathered */
	GStringChunk *strings;
};

/* The value (g_free it), and in *key (the same) what tells it from others: a panel is one of its
 * document, a speaker the same in all of them. NULL where there is none. */
static char *value_of(struct grouping *g, const struct passage_record *record, const struct document *doc, char **key)
{
	const struct passage *p = &record->passage;
	g_autofree char *panel = NULL;
	const char *speaker;

	switch (g->by) {
	case RAP_GROUP_SPEAKER:
		if (p->attribution.speaker < 0)
			return NULL;
		speaker = document_person(doc, p->attribution.speaker)->name;
		*key = analysis_key(g->index->analysis, speaker, -1);
		return g_strdup(speaker);
	case RAP_GROUP_PANEL:
		panel = p->panel >= 0 ? fields_panel_value(doc, document_panel(doc, p->panel)) : NULL;
		if (!panel)
			return NULL;
		*key = g_strdup_printf("%s\n%d", doc->id, p->panel);
		return field_shown(panel);
	default:
		*key = g_strdup(doc->id);
		return g_strdup(doc->id);
	}
}

static bool add_match(guint n, const struct passage_record *record, const struct document *doc, void *data)
{
	struct grouping *g = data;
	const struct xap_hit *hit = &g->found->hits[n];
	double best = g->found->hits[0].weight, share = best > 0 ? hit->weight / best : 1;
	g_autofree char *key = NULL, *value = value_of(g, record, doc, &key);
	struct key match = { .hit = *hit, .ordinal = record->ordinal };
	struct gathered *one;
	guint number;

	if (!value)
		return true;
	match.document = g_string_chunk_insert_const(g->strings, doc->id);
	number = GPOINTER_TO_UINT(g_hash_table_lookup(g->numbers, key));
	if (!number) {
		struct gathered new = { { g_steal_pointer(&value), 0, 0 }, match };

		g_array_append_val(g->groups, new);
		number = g->groups->len;
		g_hash_table_insert(g->numbers, g_steal_pointer(&key), GUINT_TO_POINTER(number));
	}
	one = &g_array_index(g->groups, struct gathered, number - 1);
	if (by_rank(&match, &one->best) < 0)
		one->best = match;
	one->group.matches++;
	one->group.weight += share * share * share;
	return true;
}

static gint by_best(gconstpointer a, gconstpointer b)
{
	return by_rank(&((const struct gathered *)a)->best, &((const struct gathered *)b)->best);
}

static gint by_weight(gconstpointer a, gconstpointer b)
{
	float x = (float)((const struct gathered *)a)->group.weight, y = (float)((const struct gathered *)b)->group.weight;

	return x != y ? (x > y ? -1 : 1) : by_best(a, b);
}

static void clear_gathered(gpointer data)
{
	g_free(((struct gathered *)data)->group.value);
}

static void clear_group(gpointer data)
{
	g_free(((struct group *)data)->value);
}

GArray *arrange_group(RapIndex *index, struct xap_hits *found, RapGroupBy by, GError **error)
{
	struct grouping g = {
		.index = index, .found = found, .by = by,
		.numbers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
		.groups = g_array_new(FALSE, FALSE, sizeof(struct gathered)),
		.strings = g_string_chunk_new(4096),
	};
	GArray *groups = NULL;

	g_array_set_clear_func(g.groups, clear_gathered);
	if (each_match(index, found, add_match, &g, error)) {
		groups = g_array_sized_new(FALSE, FALSE, sizeof(struct group), g.groups->len);
		g_array_set_clear_func(groups, clear_group);
		g_array_sort(g.groups, by == RAP_GROUP_SPEAKER ? by_weight : by_best);
		for (guint i = 0; i < g.groups->len; i++) {
			struct gathered *one = &g_array_index(g.groups, struct gathered, i);

			g_array_append_val(groups, one->group);
			one->group.value = NULL;
			found->hits[i] = one->best.hit;
		}
		found->n = groups->len;
	}
	g_hash_table_unref(g.numbers);
	g_array_unref(g.groups);
	g_string_chunk_free(g.strings);
	return groups;
}
