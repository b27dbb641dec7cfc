/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * facets.c - how the matches are spread.
 */
#include "searcher/facets.h"

#include <string.h>

enum { COUNT_SPEAKER, COUNT_PANEL, COUNT_DOCUMENT, COUNT_KIND, COUNT_TYPE, COUNT_ORGANISATION, COUNT_YEAR, COUNT_LANGUAGE, N_COUNTS };

static const char *const names[N_COUNTS] = { "speaker", "panel", "document", "kind", "type", "organisation", "year", "language" };

static void count(GHashTable *counts, const char *value)
{
	gpointer n;

	if (!value || !*value)
		return;
	n = g_hash_table_lookup(counts, value);
	g_hash_table_insert(counts, g_strdup(value), GUINT_TO_POINTER(GPOINTER_TO_UINT(n) + 1));
}

/* As the filter by year sees it: see fields_each_value in indexer/fields.c. */
static const char *passage_date(const struct document *doc, const struct passage *p)
{
	if (p->panel >= 0 && p->panel < (int)doc->panels->len && document_panel(doc, p->panel)->date)
		return document_panel(doc, p->panel)->date;
	return doc->date;
}

static void count_passage(GHashTable **counts, const struct document *doc, const struct passage *p)
{
	const char *date = passage_date(doc, p);
	g_autofree char *year = date ? g_strndup(date, 4) : NULL;

	if (p->attribution.speaker >= 0 && p->attribution.speaker < (int)doc->people->len) {
		const struct person *person = document_person(doc, p->attribution.speaker);

		count(counts[COUNT_SPEAKER], person->name);
		count(counts[COUNT_ORGANISATION], person->body ? person->name : person->organisation);
	}
	if (p->panel >= 0 && p->panel < (int)doc->panels->len) {
		const struct panel *panel = document_panel(doc, p->panel);

		count(counts[COUNT_PANEL], panel->label ? panel->label : panel->title);
	}
	count(counts[COUNT_DOCUMENT], doc->id);
	count(counts[COUNT_KIND], kind_name(p->kind));
	count(counts[COUNT_TYPE], type_name(doc->type));
	count(counts[COUNT_YEAR], year);
	count(counts[COUNT_LANGUAGE], doc->language);
}

static gint by_count(gconstpointer a, gconstpointer b)
{
	const RapCount *x = a, *y = b;

	return x->count != y->count ? (x->count > y->count ? -1 : 1) : strcmp(x->value, y->value);
}

static RapFacet copy_facet(struct arena *arena, const char *name, GHashTable *counts)
{
	g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(RapCount));
	GHashTableIter iter;
	gpointer value, n;
	RapCount *copy;

	g_hash_table_iter_init(&iter, counts);
	while (g_hash_table_iter_next(&iter, &value, &n)) {
		RapCount one = { value, GPOINTER_TO_UINT(n) };

		g_array_append_val(all, one);
	}
	g_array_sort(all, by_count);
	g_array_set_size(all, MIN(all->len, FACETS_MAX_VALUES));
	copy = arena_alloc(arena, (all->len + 1) * sizeof *copy);
	for (guint i = 0; i < all->len; i++) {
		copy[i] = g_array_index(all, RapCount, i);
		copy[i].value = arena_string(arena, copy[i].value, -1);
	}
	return (RapFacet){ name, copy, all->len };
}

static bool count_hits(RapIndex *index, const struct xap_hits *hits, struct matcher *matcher, GHashTable **counts, GError **error)
{
	struct arena *arena = arena_new();
	bool ok = true;

	for (size_t i = 0; i < hits->n && ok; i++) {
		struct passage_record record;
		const struct document *doc = NULL;
		guint64 text_base;
		bool holds = true;

		ok = !matcher || matcher_holds(matcher, hits->hits[i].docid, &holds, error);
		if (!ok || !holds)
			continue;
		if (store_passage(index->store, hits->hits[i].docid, arena, &record, error))
			doc = store_document(index->store, record.place, &text_base, error);
		ok = doc != NULL;
		if (ok)
			count_passage(counts, doc, &record.passage);
	}
	arena_free(arena);
	return ok;
}

bool facets_count(RapIndex *index, const struct xap_query *query, struct matcher *matcher, guint32 documents,
                  struct arena *arena, RapResults *results, GError **error)
{
	guint32 max = matcher ? FACETS_MAX_VERIFIED : FACETS_MAX_MATCHES;
	struct xap_request request = {
		.query = query, .max = MIN(documents, max),
		.accept = matcher ? matcher_may_accept : NULL, .accept_data = matcher,
	};
	struct xap_hits *hits = xap_db_search(store_database(index->store), &request, error);
	GHashTable *counts[N_COUNTS];
	RapFacet *facets = arena_alloc(arena, N_COUNTS * sizeof *facets);
	bool ok;

	if (!hits)
		return false;
	for (guint i = 0; i < N_COUNTS; i++)
		counts[i] = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	ok = count_hits(index, hits, matcher, counts, error);
	for (guint i = 0; i < N_COUNTS; i++) {
		facets[i] = copy_facet(arena, names[i], counts[i]);
		g_hash_table_unref(counts[i]);
	}
	results->facets = facets;
	results->n_facets = N_COUNTS;
	results->facets_are_exact = hits->n < max;
	xap_hits_free(hits);
	return ok;
}
