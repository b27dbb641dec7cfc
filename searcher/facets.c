/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * facets.c - how the matches are spread.
 *
 * A query is taken apart: what it asks for beside filters by facets (the base), and
 * the filters of each facet. Each part's matches are found once, as sets. All
 * matches are what is in every set; a facet is counted over what is in every set
 * but its own, so that --speaker X still tells of the other speakers.
 */
#include "searcher/facets.h"

#include <string.h>

#include "indexer/fields.h"
#include "indexer/record.h"
#include "searcher/match.h"
#include "searcher/matches.h"
#include "searcher/plan.h"

static const char *const names[N_FACETS] = {
	[FACET_SPEAKER] = "speaker", [FACET_PANEL] = "panel", [FACET_DOCUMENT] = "document", [FACET_KIND] = "kind",
	[FACET_TYPE] = "type", [FACET_ORGANISATION] = "organisation", [FACET_YEAR] = "year", [FACET_LANGUAGE] = "language",
	[FACET_COUNTRY] = "country", [FACET_EVENT] = "event",
};

struct counting {
	RapIndex *index;
	const struct facets_request *request;
	struct matches *base;			/* what is not filtered by facets */
	struct matches *filtered[N_FACETS];	/* by the filters of one; NULL where there are none */
	bool exact;				/* nothing was left out or unverified */
	double share;				/* of what is counted that will hold */
	struct arena *scratch;
	bool cut;				/* there are too many: the best stand for all */
};

/* --- taking the query apart ------------------------------------------------------------------ */

static int facet_of_field(enum field_id id)
{
	switch (id) {
	case FIELD_SPEAKER: return FACET_SPEAKER;
	case FIELD_PANEL: return FACET_PANEL;
	case FIELD_DOCUMENT: return FACET_DOCUMENT;
	case FIELD_KIND: return FACET_KIND;
	case FIELD_TYPE: return FACET_TYPE;
	case FIELD_ORGANISATION: return FACET_ORGANISATION;
	case FIELD_COUNTRY: return FACET_COUNTRY;
	case FIELD_LANGUAGE: return FACET_LANGUAGE;
	case FIELD_EVENT: return FACET_EVENT;
	case FIELD_YEAR:
	case FIELD_DATE_: return FACET_YEAR;
	default: return -1;
	}
}

/* The facet of which the node is a filter; -1 for none, or of several. */
static int facet_of_node(const struct query_node *node)
{
	int facet;

	if (node->type == QUERY_FIELD)
		return facet_of_field(node->field->id);
	if (node->type != QUERY_GROUP || !query_node_filters(node) || !node->kids->len)
		return -1;
	facet = facet_of_node(g_ptr_array_index(node->kids, 0));
	for (guint i = 1; i < node->kids->len; i++)
		if (facet_of_node(g_ptr_array_index(node->kids, i)) != facet)
			return -1;
	return facet;
}

static int part_of_node(const struct query_node *node)
{
	return node->occur == QUERY_MUST ? facet_of_node(node) : -1;
}

/* The nodes of the query's root that are of one part: the filters of a facet, or with -1
 * the base. */
static GPtrArray *nodes_of_part(const struct query *query, int part)
{
	GPtrArray *nodes = g_ptr_array_new();

	for (guint i = 0; i < query->root->kids->len; i++)
		if (part_of_node(g_ptr_array_index(query->root->kids, i)) == part)
			g_ptr_array_add(nodes, g_ptr_array_index(query->root->kids, i));
	return nodes;
}

/* The plan of some of the root's nodes; these are borrowed as long as it lives. */
struct part {
	struct query_node root;
	struct query query;
	struct plan *plan;
	struct matcher *matcher;	/* or NULL where the index decides */
	GHashTable *verified;		/* of the whole query */
};

static bool part_init(struct part *part, struct counting *c, GPtrArray *nodes, bool nothing, GError **error)
{
	RapIndex *index = c->index;

	part->root = *c->request->query->root;
	part->root.kids = nodes;
	part->query = *c->request->query;
	part->query.root = &part->root;
	part->query.filtered = nodes->len < c->request->query->root->kids->len;
	part->verified = c->request->verified;
	part->matcher = NULL;
	part->plan = plan_new(&part->query, nothing, store_database(index->store), store_stamp(index->store),
	                      (const char *const *)index->languages, index->analysis, c->request->wording, c->request->scheme, error);
	if (!part->plan)
		return false;
	if (part->plan->verify)
		part->matcher = matcher_new(part->plan, index->store, index->analysis);
	return true;
}

static void part_clear(struct part *part)
{
	matcher_free(part->matcher);
	plan_free(part->plan);
}

/* --- finding the sets -------------------------------------------------------------------------- */

/* What holds for the whole query holds for each part of it; what does not, may. */
static bool holds(guint32 docid, bool *keep, void *data, GError **error)
{
	const struct part *part = data;
	int known = GPOINTER_TO_INT(g_hash_table_lookup(part->verified, GUINT_TO_POINTER(docid)));

	*keep = known == FACETS_HOLDS;
	if (*keep || (known && !part->query.filtered))
		return true;
	return matcher_holds(part->matcher, docid, keep, error);
}

/* Of few candidates those are left that hold on the text; of more, those that may. */
static bool verify(struct counting *c, struct part *part, struct matches *found, GError **error)
{
	xap_db *db = store_database(c->index->store);
	guint known = part->query.filtered ? 0 : g_hash_table_size(part->verified);

	if (!part->matcher)
		return true;
	if (matches_count(found) <= FACETS_MAX_SIGNATURES &&
	    !matches_sift(found, db, SIGNATURE_SLOT, matcher_may_accept, part->matcher, error))
		return false;
	if (matches_count(found) <= c->request->max_verified + known)
		return matches_verify(found, holds, part, error);
	c->exact = false;
	c->share = c->request->share;
	return true;
}

/* Everything that the part matches, unless that would take too long: then c->cut. */
static struct matches *find_all(struct counting *c, struct part *part, GError **error)
{
	struct matches *found = matches_new(c->index->store);
	bool all = true;

	if (matches_add_query(found, store_database(c->index->store), part->plan->query, FACETS_MAX_POSTINGS, &all, error) &&
	    (!all || verify(c, part, found, error))) {
		c->cut = c->cut || !all;
		return found;
	}
	matches_free(found);
	return NULL;
}

/* The best by rank, of those that may hold. */
static struct matches *find_best(struct counting *c, const struct part *part, GError **error)
{
	struct xap_request request = {
		.query = part->plan->query, .max = FACETS_SAMPLE,
		.accept = part->matcher && matcher_may_reject(part->matcher) ? matcher_may_accept : NULL, .accept_data = part->matcher,
	};
	struct xap_hits *hits = xap_db_search(store_database(c->index->store), &request, error);
	struct matches *found = hits ? matches_new(c->index->store) : NULL;

	for (size_t i = 0; hits && i < hits->n; i++)
		matches_add(found, hits->hits[i].docid);
	xap_hits_free(hits);
	return found;
}

/* The set of one part of the query; NULL without an error where it has no nodes. */
static bool find_part(struct counting *c, int id, struct matches **found, GError **error)
{
	g_autoptr(GPtrArray) nodes = nodes_of_part(c->request->query, id);
	struct part part;

	*found = NULL;
	if (c->cut || (id >= 0 && !nodes->len))
		return true;
	if (part_init(&part, c, nodes, id < 0 && c->request->nothing, error))
		*found = find_all(c, &part, error);
	part_clear(&part);
	return *found != NULL;
}

/* The best matches stand for all. */
static bool find_sample(struct counting *c, GError **error)
{
	struct part part;

	for (guint i = 0; i < N_FACETS; i++)
		g_clear_pointer(&c->filtered[i], matches_free);
	g_clear_pointer(&c->base, matches_free);
	if (part_init(&part, c, c->request->query->root->kids, c->request->nothing, error))
		c->base = find_best(c, &part, error);
	part_clear(&part);
	c->exact = false;
	c->share = 1;
	return c->base != NULL;
}

static bool find_sets(struct counting *c, GError **error)
{
	bool ok = find_part(c, -1, &c->base, error);

	for (int i = 0; i < N_FACETS && ok; i++)
		ok = find_part(c, i, &c->filtered[i], error);
	return ok && (!c->cut || find_sample(c, error));
}

/* What is in every set but that of one facet (-1: in every set). */
static struct matches *matches_beside(const struct counting *c, int facet)
{
	struct matches *m = matches_copy(c->base);

	for (int i = 0; i < N_FACETS; i++)
		if (i != facet && c->filtered[i])
			matches_keep(m, c->filtered[i]);
	return m;
}

/* --- counting ------------------------------------------------------------------------------------ */

static bool damaged(const RapIndex *index, GError **error)
{
	g_set_error(error, RAP_ERROR, RAP_ERROR_CORRUPT, "cannot read index '%s': what it has for counting is damaged", index->path);
	return false;
}

static void free_groups(guint32 **groups, guint n)
{
	for (guint i = 0; groups && i < n; i++)
		g_free(groups[i]);
	g_free(groups);
}

/* The matches of each shard by groups, to be freed with free_groups. */
static guint32 **count_groups(const struct counting *c, const struct matches *m, GError **error)
{
	guint32 **groups = g_new0(guint32 *, m->n_shards + 1);

	for (guint s = 0; s < m->n_shards; s++) {
		groups[s] = columns_count_groups(g_ptr_array_index(c->index->columns, s), m->shards[s]);
		if (groups[s])
			continue;
		damaged(c->index, error);
		free_groups(groups, m->n_shards);
		return NULL;
	}
	return groups;
}

struct counted {
	const char *value, *key;
	guint64 count;
};

/* Those of one shard that occur, ascending by key. */
static GArray *counts_of_shard(const struct columns *columns, enum facet facet, const guint32 *groups)
{
	guint32 n = columns_n_values(columns, facet);
	g_autofree guint32 *counts = g_new0(guint32, (gsize)n + 1);
	g_autoptr(GArray) list = g_array_new(FALSE, FALSE, sizeof(struct counted));

	if (!columns_count(columns, facet, groups, counts))
		return NULL;
	for (guint32 i = 0; i < n; i++) {
		struct counted one = { .count = counts[i] };

		if (!counts[i])
			continue;
		one.value = columns_value(columns, facet, i);
		one.key = columns_key(columns, facet, i);
		if (!one.value || !one.key)
			return NULL;
		g_array_append_val(list, one);
	}
	return g_steal_pointer(&list);
}

/* Two lists to one, ascending by key; takes both. */
static GArray *merge_counts(GArray *a, GArray *b)
{
	GArray *out = g_array_sized_new(FALSE, FALSE, sizeof(struct counted), a->len + b->len);

	for (guint i = 0, j = 0; i < a->len || j < b->len;) {
		const struct counted *x = i < a->len ? &g_array_index(a, struct counted, i) : NULL;
		const struct counted *y = j < b->len ? &g_array_index(b, struct counted, j) : NULL;
		int order = !x ? 1 : !y ? -1 : strcmp(x->key, y->key);
		struct counted one = order > 0 ? *y : *x;

		if (order == 0) {
			one.count += y->count;
			one.value = columns_better_written(y->value, x->value) ? y->value : x->value;
		}
		i += order <= 0;
		j += order >= 0;
		g_array_append_val(out, one);
	}
	g_array_unref(a);
	g_array_unref(b);
	return out;
}

static GArray *counts_of(const struct counting *c, enum facet facet, guint32 **groups)
{
	GArray *all = g_array_new(FALSE, FALSE, sizeof(struct counted));

	for (guint s = 0; s < c->index->columns->len; s++) {
		GArray *one = counts_of_shard(g_ptr_array_index(c->index->columns, s), facet, groups[s]);

		if (!one) {
			g_array_unref(all);
			return NULL;
		}
		all = merge_counts(all, one);
	}
	for (guint i = 0; i < all->len && facet == FACET_PANEL; i++) {
		struct counted *one = &g_array_index(all, struct counted, i);
		g_autofree char *shown = field_shown(one->value);

		one->value = arena_string(c->scratch, shown, -1);
	}
	return all;
}

static gint by_count(gconstpointer a, gconstpointer b)
{
	const struct counted *x = a, *y = b;

	return x->count != y->count ? (x->count > y->count ? -1 : 1) : strcmp(x->value, y->value);
}

#define FEW 64

/* Leaves the n most frequent, in order. A few are picked, since most lists are long. */
static void keep_most(GArray *counts, gsize n)
{
	struct counted *all = (struct counted *)(void *)counts->data;
	gsize kept = 0;

	if (n > FEW) {
		g_array_sort(counts, by_count);
		g_array_set_size(counts, (guint)MIN(counts->len, n));
		return;
	}
	for (guint i = 0; i < counts->len; i++) {
		struct counted one = all[i];
		gsize at = kept;

		if (kept == n && by_count(&one, &all[n - 1]) >= 0)
			continue;
		for (at = kept < n ? kept++ : n - 1; at > 0 && by_count(&one, &all[at - 1]) < 0; at--)
			all[at] = all[at - 1];
		all[at] = one;
	}
	g_array_set_size(counts, (guint)kept);
}

/* At least one is known. */
static guint64 lessened(const struct counting *c, guint64 n)
{
	return n && c->share < 1 ? MAX((guint64)((double)n * c->share + 0.5), 1) : n;
}

static bool copy_facet(const struct counting *c, enum facet facet, guint32 **groups, gsize n, struct arena *arena, RapFacet *out)
{
	GArray *counts = counts_of(c, facet, groups);
	RapCount *copy;

	if (!counts)
		return false;
	out->field = names[facet];
	out->n_values = counts->len;
	keep_most(counts, n);
	copy = arena_alloc(arena, ((gsize)counts->len + 1) * sizeof *copy);
	for (guint i = 0; i < counts->len; i++) {
		const struct counted *one = &g_array_index(counts, struct counted, i);

		copy[i].value = arena_string(arena, one->value, -1);
		copy[i].count = lessened(c, one->count);
	}
	out->counts = copy;
	out->n_counts = counts->len;
	g_array_unref(counts);
	return true;
}

/* A facet that is filtered by has a set of its own. */
static bool copy_filtered(const struct counting *c, enum facet facet, gsize n, struct arena *arena, RapFacet *out, GError **error)
{
	struct matches *m = matches_beside(c, (int)facet);
	guint32 **groups = count_groups(c, m, error);
	bool ok = groups && (copy_facet(c, facet, groups, n, arena, out) || damaged(c->index, error));

	free_groups(groups, m->n_shards);
	matches_free(m);
	return ok;
}

/* An exact total is known better than the share. */
static void settle_total(struct counting *c, const RapRequest *request, guint64 n, RapResults *results)
{
	bool passages = request->unit == RAP_UNIT_PASSAGE;

	if (passages && c->exact) {
		results->total = n;
		results->total_is_exact = true;
	} else if (passages && results->total_is_exact && results->total < n) {
		c->share = (double)results->total / (double)n;
	} else if (passages && !results->total_is_exact && c->cut) {
		results->total = MAX(results->total, n);
	} else if (passages && !results->total_is_exact) {
		results->total = MAX(lessened(c, n), request->offset + results->n_hits);
	}
}

static bool copy_facets(struct counting *c, const RapRequest *request, struct arena *arena, RapResults *results, GError **error)
{
	gsize n = request->facet_values ? request->facet_values : FACETS_DEFAULT_VALUES;
	struct matches *all = matches_beside(c, -1);
	guint32 **groups = count_groups(c, all, error);
	RapFacet *facets = arena_alloc(arena, N_FACETS * sizeof *facets);
	bool ok = groups != NULL;

	settle_total(c, request, matches_count(all), results);
	for (int i = 0; i < N_FACETS && ok; i++)
		ok = c->filtered[i] ? copy_filtered(c, (enum facet)i, n, arena, &facets[i], error) :
		     copy_facet(c, (enum facet)i, groups, n, arena, &facets[i]) || damaged(c->index, error);
	results->facets = facets;
	results->n_facets = N_FACETS;
	results->facets_are_exact = c->exact;
	free_groups(groups, all->n_shards);
	matches_free(all);
	return ok;
}

bool facets_count(RapIndex *index, const struct facets_request *request, struct arena *arena, RapResults *results, GError **error)
{
	struct counting c = { .index = index, .request = request, .exact = true, .share = 1, .scratch = arena_new() };
	bool ok = handle_columns(index, error) && find_sets(&c, error) && copy_facets(&c, request->asked, arena, results, error);

	for (guint i = 0; i < N_FACETS; i++)
		matches_free(c.filtered[i]);
	matches_free(c.base);
	arena_free(c.scratch);
	return ok;
}
