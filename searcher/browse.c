/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * browse.c - what is read in the documents' order instead of by rank: a
 * passage in its surroundings, and the lists.
 */
#include "searcher/rapporteur.h"

#include <string.h>

#include "corpus/error.h"
#include "indexer/fields.h"
#include "searcher/filter.h"
#include "searcher/handle.h"
#include "searcher/locate.h"
#include "searcher/plan.h"
#include "searcher/query.h"
#include "searcher/results.h"

static bool add_docid(uint32_t docid, void *data)
{
	g_array_append_val((GArray *)data, docid);
	return true;
}

/* --- show ------------------------------------------------------------------------------------ */

struct show {
	const char *id;
	gsize context;
};

/* Leaves of the docids those of the document at the place: others have ids that
 * differ in punctuation only, or are older states of it, and lie between. Gives
 * which of them is the passage; -1: an error. */
static gint keep_siblings(RapIndex *index, GArray *docids, struct document_place place, const char *passage_id, GError **error)
{
	struct arena *arena = arena_new();
	guint kept = 0;
	gint asked = -1;
	bool ok = true;

	for (guint i = 0; i < docids->len && ok; i++) {
		guint32 docid = g_array_index(docids, guint32, i);
		struct passage_record record;

		ok = store_passage(index->store, docid, arena, &record, error);
		if (!ok || !place_equal(&record.place, &place))
			continue;
		if (asked < 0 && strcmp(record.passage.id, passage_id) == 0)
			asked = (gint)kept;
		g_array_index(docids, guint32, kept++) = docid;
	}
	g_array_set_size(docids, kept);
	arena_free(arena);
	return ok ? asked : -1;
}

static bool copy_surroundings(RapIndex *index, struct results *results, const GArray *docids, guint asked, gsize context, GError **error)
{
	struct copier copier;
	struct passage_record record;
	guint from = asked - (guint)MIN(context, asked), to = asked + 1 + (guint)MIN(context, docids->len - asked - 1);
	static const char *const none[] = { NULL };
	RapHit *hits = arena_alloc(results->arena, (to - from) * sizeof *hits);
	bool ok = true;

	copier_init(&copier, index, results->arena);
	for (guint i = from; i < to && ok; i++) {
		RapHit *hit = &hits[results->public.n_hits];

		ok = store_passage(index->store, g_array_index(docids, guint32, i), results->arena, &record, error);
		if (!ok)
			break;
		hit->rank = i == asked;
		hit->also_in = none;
		ok = copier_passage(&copier, &record, true, &hit->passage, error) &&
		     (i != asked || copier_evidence(&copier, &record, &hit->passage.evidence_text, error));
		results->public.n_hits++;
	}
	results->public.hits = hits;
	results->public.total = 1;
	results->public.total_is_exact = true;
	copier_clear(&copier);
	return ok;
}

static void *show_once(RapIndex *index, const void *request, GError **error)
{
	const struct show *show = request;
	const char *slash = strrchr(show->id, '/');
	g_autoptr(GArray) docids = slash ? locate_document(index, show->id, (gsize)(slash - show->id), error) : NULL;
	struct document_place place;
	guint32 docid;
	GError *cause = NULL;
	struct results *results;
	gint asked = -1;

	if (slash && !docids)
		return NULL;
	if (slash && locate_passage(index, docids, show->id, &docid, &place, &cause))
		asked = keep_siblings(index, docids, place, slash + 1, &cause);
	if (cause) {
		g_propagate_error(error, cause);
		return NULL;
	}
	if (asked < 0) {
		g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_NOT_FOUND, "cannot show '%s': there is no such passage", show->id);
		return NULL;
	}
	results = results_new();
	results->public.query = arena_string(results->arena, show->id, -1);
	if (copy_surroundings(index, results, docids, (guint)asked, show->context, error))
		return results;
	rap_results_free(&results->public);
	return NULL;
}

RapResults *rap_show(RapIndex *index, const char *id, size_t context, GError **error)
{
	struct show show = { id, context };

	return handle_run(index, show_once, &show, error);
}

/* --- walking ------------------------------------------------------------------------------------- */

struct walked_source {
	char *path;
	guint32 number, documents;
	guint32 blocks;
};

static void clear_walked(gpointer data)
{
	g_free(((struct walked_source *)data)->path);
}

static bool add_source(size_t shard, guint32 number, const struct source_record *source, void *data)
{
	struct walked_source walked = { g_strdup(source->path), number, source->documents, source->document_blocks };

	(void)shard;
	g_array_append_val((GArray *)data, walked);
	return true;
}

static gint by_path(gconstpointer a, gconstpointer b)
{
	return strcmp(((const struct walked_source *)a)->path, ((const struct walked_source *)b)->path);
}

static GArray *sources_in_order(RapIndex *index, GError **error)
{
	g_autoptr(GArray) sources = g_array_new(FALSE, FALSE, sizeof(struct walked_source));

	g_array_set_clear_func(sources, clear_walked);
	if (!store_sources(index->store, add_source, sources, error))
		return NULL;
	g_array_sort(sources, by_path);
	return g_steal_pointer(&sources);
}

/* The docids that the filters let through; *all is set where there are no filters. */
static GHashTable *filtered(RapIndex *index, const RapFilter *filters, gsize n, bool *all, GError **error)
{
	g_autoptr(GHashTable) docids = g_hash_table_new(NULL, NULL);
	g_autoptr(Query) query = query_parse("");
	struct plan *plan;
	struct xap_hits *hits;
	uint32_t count = 0;

	*all = n == 0;
	if (!filter_add_all(query, filters, n, error))
		return NULL;
	if (*all)
		return g_steal_pointer(&docids);
	plan = plan_new(query, false, store_database(index->store), store_stamp(index->store), (const char *const *)index->languages,
			index->analysis, NULL, rank_schemes, error);
	if (!plan)
		return NULL;
	xap_db_count(store_database(index->store), &count, NULL);
	hits = xap_db_search(store_database(index->store), &(struct xap_request){ .query = plan->query, .max = count }, error);
	for (size_t i = 0; hits && i < hits->n; i++)
		g_hash_table_add(docids, GUINT_TO_POINTER(hits->hits[i].docid));
	plan_free(plan);
	if (!hits)
		return NULL;
	xap_hits_free(hits);
	return g_steal_pointer(&docids);
}

typedef bool record_fn(const struct passage_record *record, const struct document *doc, void *data, GError **error);

/* Every passage record that the filters let through, in document order. */
static bool each_record(RapIndex *index, const RapFilter *filters, gsize n_filters, record_fn *fn, void *data, GError **error)
{
	bool all, ok = true;
	g_autoptr(GHashTable) wanted = filtered(index, filters, n_filters, &all, error);
	g_autoptr(GArray) sources = wanted ? sources_in_order(index, error) : NULL;

	for (guint i = 0; sources && i < sources->len && ok; i++) {
		g_autofree char *term = g_strdup_printf(SOURCE_PREFIX "%u", g_array_index(sources, struct walked_source, i).number);
		g_autoptr(GArray) docids = g_array_new(FALSE, FALSE, sizeof(guint32));

		ok = xap_db_postings(store_database(index->store), term, strlen(term), add_docid, docids, error);
		for (guint j = 0; j < docids->len && ok; j++) {
			guint32 docid = g_array_index(docids, guint32, j);
			struct arena *arena;
			struct passage_record record;
			const struct document *doc = NULL;
			guint64 text_base;

			if (!all && !g_hash_table_contains(wanted, GUINT_TO_POINTER(docid)))
				continue;
			arena = arena_new();
			if (store_passage(index->store, docid, arena, &record, error))
				doc = store_document(index->store, record.place, &text_base, error);
			ok = doc && fn(&record, doc, data, error);
			arena_free(arena);
		}
	}
	return sources && ok;
}

/* --- passages --------------------------------------------------------------------------------------- */

#define EACH_ATTEMPTS 5

struct each {
	RapPassageFn *fn;
	void *data;
	RapIndex *index;
	bool stopped, begun;
};

static bool give_passage(const struct passage_record *record, const struct document *doc, void *data, GError **error)
{
	struct each *each = data;
	struct arena *arena = arena_new();
	struct copier copier;
	RapPassage passage;
	bool ok;

	(void)doc;
	copier_init(&copier, each->index, arena);
	each->begun = true;
	ok = copier_passage(&copier, record, true, &passage, error);
	if (ok && !each->fn(&passage, each->data)) {
		each->stopped = true;
		ok = false;
	}
	copier_clear(&copier);
	arena_free(arena);
	return ok;
}

bool rap_each_passage(RapIndex *index, const RapFilter *filters, size_t n_filters,
                      RapPassageFn *fn, void *data, GError **error)
{
	struct each each = { .fn = fn, .data = data, .index = index };

	for (int attempt = 1;; attempt++) {
		GError *cause = NULL;

		if (handle_refresh(index, attempt > 1, &cause) && each_record(index, filters, n_filters, give_passage, &each, &cause))
			return true;
		if (each.stopped)
			return true;
		/* what was given cannot be taken back */
		if (each.begun || attempt >= EACH_ATTEMPTS || !handle_is_change(cause)) {
			handle_publish_error(index, cause, error);
			return false;
		}
		g_error_free(cause);
	}
}

/* --- lists --------------------------------------------------------------------------------------------- */

struct list_results {
	RapList public;
	struct arena *arena;
};

struct list_request {
	RapListWhat what;
	const RapFilter *filters;
	gsize n_filters;
};

/* One line of a list in the making. */
struct item {
	RapListItem public;
	RapDocument *document;
	struct document_place last;	/* document that was counted last */
	bool has_last;
};

struct listing {
	RapIndex *index;
	RapListWhat what;
	struct copier copier;
	GHashTable *items;	/* key -> struct item * */
	GPtrArray *order;	/* struct item * */
};

static struct item *item_for(struct listing *l, char *key, bool *made)
{
	struct item *item = g_hash_table_lookup(l->items, key);

	*made = !item;
	if (item) {
		g_free(key);
		return item;
	}
	item = arena_alloc(l->copier.arena, sizeof *item);
	g_hash_table_insert(l->items, key, item);
	g_ptr_array_add(l->order, item);
	return item;
}

static void count_item(struct item *item, struct document_place place)
{
	item->public.passages++;
	if (item->has_last && place_equal(&item->last, &place))
		return;
	item->has_last = true;
	item->last = place;
	item->public.documents++;
}

static char *place_key(struct document_place place, int n)
{
	return g_strdup_printf("%u/%u/%u/%d", place.source, place.block, place.slot, n);
}

static bool list_document(struct listing *l, const struct passage_record *record, const struct document *doc)
{
	bool made;
	struct item *item = item_for(l, place_key(record->place, 0), &made);

	if (made)
		item->public.document = item->document = (RapDocument *)copier_document(&l->copier, doc, record->place);
	count_item(item, record->place);
	item->document->passages = item->public.passages;
	return true;
}

static bool list_panel(struct listing *l, const struct passage_record *record, const struct document *doc)
{
	int panel = record->passage.panel;
	struct item *item;
	bool made;

	if (panel < 0 || panel >= (int)doc->panels->len)
		return true;
	item = item_for(l, place_key(record->place, panel), &made);
	if (made) {
		item->public.document = copier_document(&l->copier, doc, record->place);
		item->public.panel = copier_panel(&l->copier, doc, panel);
	}
	count_item(item, record->place);
	return true;
}

static bool list_person(struct listing *l, const struct passage_record *record, const struct document *doc)
{
	int speaker = record->passage.attribution.speaker;
	const struct person *person;
	struct item *item;
	bool made;

	if (speaker < 0 || speaker >= (int)doc->people->len)
		return true;
	person = document_person(doc, speaker);
	if (person->body != (l->what == RAP_LIST_BODIES))
		return true;
	item = item_for(l, g_strjoin("\n", person->name, person->role ? person->role : "", person->organisation ? person->organisation : "",
	                             person->country ? person->country : "", NULL), &made);
	if (made) {
		item->public.person = copier_person(&l->copier, person);
		item->public.document = copier_document(&l->copier, doc, record->place);
	}
	count_item(item, record->place);
	if (item->public.documents > 1)
		item->public.document = NULL;
	return true;
}

static bool list_record(const struct passage_record *record, const struct document *doc, void *data, GError **error)
{
	struct listing *l = data;

	(void)error;
	switch (l->what) {
	case RAP_LIST_DOCUMENTS:
		return list_document(l, record, doc);
	case RAP_LIST_PANELS:
		return list_panel(l, record, doc);
	default:
		return list_person(l, record, doc);
	}
}

static gint by_name(gconstpointer a, gconstpointer b)
{
	const RapPerson *x = (*(const struct item *const *)a)->public.person, *y = (*(const struct item *const *)b)->public.person;
	int order = g_strcmp0(x->name, y->name);

	order = order ? order : g_strcmp0(x->role, y->role);
	order = order ? order : g_strcmp0(x->organisation, y->organisation);
	return order ? order : g_strcmp0(x->country, y->country);
}

static char *folded(RapIndex *index, const char *value)
{
	return value ? analysis_key(index->analysis, value, -1) : NULL;
}

/* -1: they differ, 1: they agree, 0: one of them has none. "Minister" and "Minister of
 * Tides" agree. */
static int agree(RapIndex *index, const char *a, const char *b)
{
	g_autofree char *x = folded(index, a), *y = folded(index, b);

	if (!x || !y)
		return 0;
	return strstr(x, y) || strstr(y, x) ? 1 : -1;
}

static bool has_function(const RapPerson *p)
{
	return p->organisation || p->role || p->country;
}

/* One human being in two documents: the name, and as much of the function as both have. */
static bool same_person(RapIndex *index, const RapPerson *a, const RapPerson *b)
{
	int organisation = agree(index, a->organisation, b->organisation), country = agree(index, a->country, b->country);

	if (!has_function(a) || !has_function(b) || organisation < 0 || country < 0)
		return false;
	return organisation > 0 || agree(index, a->role, b->role) > 0 || (country > 0 && (!a->role || !b->role));
}

static void join_items(struct item *into, const struct item *more)
{
	if (!has_function(into->public.person))
		into->public.person = more->public.person;
	into->public.passages += more->public.passages;
	into->public.documents += more->public.documents;
	into->public.document = NULL;
}

/* Joins [from, to), which have one name: those of one function; and those of whom the
 * documents tell none, where nobody else has the name. Gives how many are left. */
static guint join_namesakes(RapIndex *index, GPtrArray *items, guint from, guint to)
{
	guint kept = from, bare = 0;

	for (guint i = from; i < to; i++) {
		struct item *item = g_ptr_array_index(items, i), *same = NULL;

		for (guint k = from; k < kept && !same; k++)
			if (same_person(index, ((struct item *)g_ptr_array_index(items, k))->public.person, item->public.person))
				same = g_ptr_array_index(items, k);
		if (same)
			join_items(same, item);
		else
			items->pdata[kept++] = item;
	}
	for (guint i = from; i < kept; i++)
		bare += !has_function(((struct item *)g_ptr_array_index(items, i))->public.person);
	if (kept - from == 2 && bare == 1) {
		join_items(items->pdata[from], items->pdata[from + 1]);
		kept--;
	}
	return kept - from;
}

#define NAMESAKES_MAX 200	/* each is compared with the others */

/* People of one name and function are one over all documents; else they stay apart.
 * items: by name. */
static void join_people(RapIndex *index, GPtrArray *items)
{
	guint kept = 0;

	for (guint i = 0, end; i < items->len; i = end) {
		const char *name = ((struct item *)g_ptr_array_index(items, i))->public.person->name;
		guint left;

		for (end = i + 1; end < items->len && strcmp(name, ((struct item *)g_ptr_array_index(items, end))->public.person->name) == 0;)
			end++;
		left = end - i > NAMESAKES_MAX ? end - i : join_namesakes(index, items, i, end);
		memmove(items->pdata + kept, items->pdata + i, left * sizeof(gpointer));
		kept += left;
	}
	g_ptr_array_set_size(items, (gint)kept);
}

static void *list_once(RapIndex *index, const void *data, GError **error)
{
	const struct list_request *request = data;
	struct list_results *list = g_new0(struct list_results, 1);
	struct listing l = { .index = index, .what = request->what };
	RapListItem *items;
	bool ok;

	list->arena = arena_new();
	copier_init(&l.copier, index, list->arena);
	l.items = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	l.order = g_ptr_array_new();
	ok = each_record(index, request->filters, request->n_filters, list_record, &l, error);
	if (request->what == RAP_LIST_SPEAKERS || request->what == RAP_LIST_BODIES) {
		g_ptr_array_sort(l.order, by_name);
		join_people(index, l.order);
	}
	items = arena_alloc(list->arena, (l.order->len + 1) * sizeof *items);
	for (guint i = 0; i < l.order->len; i++)
		items[i] = ((struct item *)g_ptr_array_index(l.order, i))->public;
	list->public = (RapList){ items, l.order->len };
	g_hash_table_unref(l.items);
	g_ptr_array_unref(l.order);
	copier_clear(&l.copier);
	if (ok)
		return list;
	rap_list_free(&list->public);
	return NULL;
}

RapList *rap_list(RapIndex *index, RapListWhat what, const RapFilter *filters, size_t n_filters, GError **error)
{
	struct list_request request = { what, filters, n_filters };

	return handle_run(index, list_once, &request, error);
}

void rap_list_free(RapList *list)
{
	if (!list)
		return;
	arena_free(((struct list_results *)list)->arena);
	g_free(list);
}
