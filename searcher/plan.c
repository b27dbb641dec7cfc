/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * plan.c - from the query's tree to Xapian's.
 */
#include "searcher/plan-parts.h"

#include "searcher/filter.h"
#include "searcher/xtree.h"

static const struct xap_query *plan_group(struct planner *p, struct plan_node *at, bool required);

/* --- the tree ------------------------------------------------------------------------------ */

static void must_verify(struct planner *p, struct plan_node *at, bool required)
{
	p->plan->verify = true;
	if (required)
		g_ptr_array_add(p->plan->required, at);
	else
		p->plan->required_only = false;
}

static const struct xap_query *plan_node(struct planner *p, struct plan_node *at, bool required, bool whole);

static void add_kids(struct planner *p, struct plan_node *at)
{
	at->n_kids = at->node->kids ? at->node->kids->len : 0;
	at->kids = arena_alloc(p->plan->arena, at->n_kids * sizeof *at->kids);
	for (guint i = 0; i < at->n_kids; i++) {
		at->kids[i] = arena_alloc(p->plan->arena, sizeof **at->kids);
		at->kids[i]->node = g_ptr_array_index(at->node->kids, i);
	}
}

/* A word near others is found by its stem; a common or a hyphenated one as it stands. */
static const struct xap_query *plan_neighbour(struct planner *p, struct plan_node *kid)
{
	const struct xap_query *query = NULL;

	if (kid->node->type == QUERY_WILDCARD)
		return plan_wildcard(p, kid);
	if (kid->node->type == QUERY_WORD) {
		planner_tokenise(p, p->languages[0], kid->node->text);
		query = p->tokens->len == 1 ? plan_word(p, kid, true) : NULL;
	}
	return query ? query : plan_phrase(p, kid);
}

static const struct xap_query *plan_near(struct planner *p, struct plan_node *at)
{
	g_autoptr(GPtrArray) all = g_ptr_array_new();

	add_kids(p, at);
	for (guint i = 0; i < at->n_kids; i++) {
		const struct xap_query *query = plan_neighbour(p, at->kids[i]);

		if (query)
			g_ptr_array_add(all, (gpointer)query);
	}
	return xtree_group(p->plan->arena, XAP_AND, all);
}

/* A value is looked up once, however often it was asked for: each takes a walk over all values of its field. */
static const struct xap_query *plan_field(struct planner *p, const struct query_node *node)
{
	g_autofree char *key = g_strdup_printf("%s\n%s\n%s", node->field->name, node->text, node->upper ? node->upper : "\n");
	const struct xap_query *query = NULL;
	gpointer known;

	if (g_hash_table_lookup_extended(p->values, key, NULL, &known))
		return known;
	if (++p->budget->values <= PLAN_MAX_VALUES)
		query = filter_query(p->plan->arena, p->db, p->analysis, node->field, node->text, node->upper, p->plan->warnings, &p->error);
	g_hash_table_insert(p->values, g_steal_pointer(&key), (gpointer)query);
	return query;
}

static const struct xap_query *plan_node(struct planner *p, struct plan_node *at, bool required, bool whole)
{
	const struct xap_query *query = NULL;

	switch (at->node->type) {
	case QUERY_WORD:
		return plan_word(p, at, whole && !at->node->loose);
	case QUERY_FIELD:
		return plan_field(p, at->node);
	case QUERY_GROUP:
		return plan_group(p, at, required);
	case QUERY_PHRASE:
		if (at->node->loose)
			return plan_word(p, at, false);
		query = plan_phrase(p, at);
		break;
	case QUERY_WILDCARD:
		query = plan_wildcard(p, at);
		break;
	case QUERY_NEAR:
		query = plan_near(p, at);
		break;
	}
	if (query)
		must_verify(p, at, required);
	return query;
}

/* Does the index alone decide what this matches? Then it can be excluded by it. */
static bool is_decided_by_index(const struct plan_node *at)
{
	switch (at->node->type) {
	case QUERY_WORD:
	case QUERY_FIELD:
		return true;
	case QUERY_GROUP:
		for (guint i = 0; i < at->n_kids; i++)
			if (!is_decided_by_index(at->kids[i]))
				return false;
		return true;
	default:
		return false;
	}
}

struct parts {
	GPtrArray *musts, *filters, *shoulds, *nots;
	bool any_not;		/* also those that only the text decides */
};

/* Plans a kid, and notes what it takes: of what must be there the rarest rules the group. */
static const struct xap_query *plan_counted(struct planner *p, struct plan_node *kid, bool required, bool must)
{
	struct plan_budget *budget = p->budget;
	guint64 before = budget->postings, least = budget->least, took;
	const struct xap_query *query;

	budget->least = G_MAXUINT64;
	query = plan_node(p, kid, required, must || kid->node->occur == QUERY_MUST_NOT);
	took = kid->node->type == QUERY_GROUP ? budget->least : budget->postings - before;
	budget->least = must && took ? MIN(least, took) : least;
	if (!must && took && took != G_MAXUINT64)
		plan_budget_note(budget, kid->node, took, p->excluding > 0);
	return query;
}

static void sort_kid(struct planner *p, struct plan_node *kid, bool alone, bool required, struct parts *parts)
{
	enum query_occur occur = kid->node->occur;
	bool must = occur == QUERY_MUST || (alone && occur == QUERY_SHOULD);
	const struct xap_query *query = NULL;

	p->excluding += occur == QUERY_MUST_NOT;
	if (!plan_budget_drops(p->budget, kid->node))
		query = plan_counted(p, kid, required && must, must);
	p->excluding -= occur == QUERY_MUST_NOT;
	kid->neutral = !query;
	if (!query)
		return;
	if (occur == QUERY_MUST_NOT) {
		parts->any_not = true;
		if (is_decided_by_index(kid))
			g_ptr_array_add(parts->nots, (gpointer)query);
	} else if (must && query_node_filters(kid->node)) {
		g_ptr_array_add(parts->filters, (gpointer)query);
	} else if (must) {
		g_ptr_array_add(parts->musts, (gpointer)query);
	} else {
		g_ptr_array_add(parts->shoulds, (gpointer)(query_node_filters(kid->node) ? xtree_scale(p->plan->arena, 0, query) : query));
	}
}

static const struct xap_query *assemble(struct planner *p, struct parts *parts)
{
	struct arena *arena = p->plan->arena;
	const struct xap_query *query = NULL, *shoulds = xtree_group(arena, XAP_OR, parts->shoulds);

	if (parts->musts->len) {
		query = xtree_group(arena, XAP_AND, parts->musts);
		if (shoulds)
			query = xtree_pair(arena, XAP_AND_MAYBE, query, shoulds);
	} else if (shoulds) {
		query = shoulds;
	}
	if (parts->filters->len) {
		const struct xap_query *filters = xtree_group(arena, XAP_AND, parts->filters);

		query = query ? xtree_pair(arena, XAP_FILTER, query, filters) : xtree_scale(arena, 0, filters);
	}
	if (parts->nots->len)
		query = xtree_pair(arena, XAP_AND_NOT, query ? query : xtree_all(arena), xtree_group(arena, XAP_OR, parts->nots));
	return query;
}

static const struct xap_query *plan_group(struct planner *p, struct plan_node *at, bool required)
{
	struct parts parts = { g_ptr_array_new(), g_ptr_array_new(), g_ptr_array_new(), g_ptr_array_new(), false };
	guint shoulds = 0, musts = at->node == p->filtered;
	const struct xap_query *query;
	bool only_nots;

	add_kids(p, at);
	for (guint i = 0; i < at->n_kids; i++) {
		shoulds += at->kids[i]->node->occur == QUERY_SHOULD;
		musts += at->kids[i]->node->occur == QUERY_MUST;
	}
	for (guint i = 0; i < at->n_kids; i++)
		sort_kid(p, at->kids[i], shoulds == 1 && !musts, required, &parts);
	query = assemble(p, &parts);
	only_nots = at->n_kids && !shoulds && !musts;
	if (!query && (only_nots || parts.any_not))
		query = xtree_all(p->plan->arena);
	g_ptr_array_unref(parts.musts);
	g_ptr_array_unref(parts.filters);
	g_ptr_array_unref(parts.shoulds);
	g_ptr_array_unref(parts.nots);
	return query;
}

/* --- the whole ------------------------------------------------------------------------------ */

static bool has_words(const struct query_node *node, GString *words)
{
	bool any = false;

	if (node->occur == QUERY_MUST_NOT)
		return false;
	if (node->type == QUERY_WORD) {
		g_string_append_printf(words, "%s%s", words->len ? " " : "", node->text);
		return true;
	}
	for (guint i = 0; node->type == QUERY_GROUP && node->kids && i < node->kids->len; i++)
		any |= has_words(g_ptr_array_index(node->kids, i), words);
	return any;
}

/* Is there anything to look for, or an alternative to looking? */
static bool is_evident(const struct planner *p)
{
	const struct plan_node *root = p->plan->root;

	for (guint i = 0; i < p->plan->leaves->len; i++)
		if (!((const struct leaf *)g_ptr_array_index(p->plan->leaves, i))->excluded)
			return true;
	for (guint i = 0; i < root->n_kids; i++)
		if (!root->kids[i]->neutral && root->kids[i]->node->occur == QUERY_SHOULD)
			return true;
	return false;
}

/* "to be or not to be": a query of nothing but common words is read as a phrase. */
static const struct xap_query *plan_common_words(struct planner *p, const struct query *query, const struct xap_query *filters)
{
	g_autoptr(GString) words = g_string_new(NULL);
	struct query_node *node;
	struct plan_node *at;
	const struct xap_query *phrase;

	if (is_evident(p) || !has_words(query->root, words))
		return filters;
	node = arena_alloc(p->plan->arena, sizeof *node);
	*node = (struct query_node){ .type = QUERY_PHRASE, .occur = QUERY_MUST, .text = arena_string(p->plan->arena, words->str, -1) };
	at = arena_alloc(p->plan->arena, sizeof *at);
	at->node = node;
	phrase = plan_node(p, at, true, true);
	if (!phrase)
		return filters;
	g_ptr_array_add(p->plan->warnings, g_strdup_printf("Only common words: searched as the phrase \"%s\".", words->str));
	return filters ? xtree_pair(p->plan->arena, XAP_FILTER, phrase, filters) : phrase;
}

/* A language is major from a tenth of the passages of the most frequent one. */
#define MAJOR_SHARE 10

static void weigh_languages(struct planner *p)
{
	g_autofree uint32_t *n = g_new0(uint32_t, p->n_languages + 1);
	g_autoptr(GString) term = g_string_new(NULL);
	uint32_t most = 0;

	p->is_major = arena_alloc(p->plan->arena, p->n_languages * sizeof *p->is_major);
	for (guint l = 0; l < p->n_languages && !p->error; l++) {
		field_term(&fields[FIELD_LANGUAGE], p->languages[l], term);
		xap_db_term_frequency(p->db, term->str, term->len, &n[l], &p->error);
		most = MAX(most, n[l]);
	}
	for (guint l = 0; l < p->n_languages; l++)
		p->is_major[l] = n[l] >= most / MAJOR_SHARE;
}

static guint count_words(const struct query_node *node)
{
	guint n = node->type == QUERY_WORD || node->type == QUERY_PHRASE;

	for (guint i = 0; node->kids && i < node->kids->len; i++)
		n += count_words(g_ptr_array_index(node->kids, i));
	return n;
}

static struct plan *empty_plan(const struct query *query, const struct rank_scheme *scheme)
{
	struct plan *plan = g_new0(struct plan, 1);

	plan->arena = arena_new();
	plan->leaves = g_ptr_array_new();
	plan->required = g_ptr_array_new();
	plan->asked = g_hash_table_new(NULL, NULL);
	plan->as = g_hash_table_new(NULL, NULL);
	plan->scheme = rank_for(scheme, count_words(query->root));
	plan->warnings = g_ptr_array_new_with_free_func(g_free);
	plan->required_only = true;
	plan->root = arena_alloc(plan->arena, sizeof *plan->root);
	plan->root->node = query->root;
	return plan;
}

/* The whole query into p->plan, but for what the budget drops. */
static void plan_query(struct planner *p, const struct query *query, bool nothing, const struct stamp *stamp)
{
	struct plan *plan = p->plan;
	const struct xap_query *tree, *dead;

	p->scheme = plan->scheme;
	if (!xap_db_count(p->db, &p->documents, &p->error))
		return;
	plan->documents = p->documents;
	p->weights = g_hash_table_new(g_str_hash, g_str_equal);
	p->values = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	weigh_languages(p);
	tree = plan_group(p, plan->root, true);
	tree = plan_common_words(p, query, tree);
	if (!tree)
		tree = nothing || query->root->kids->len ? xtree_nothing(plan->arena) : xtree_all(plan->arena);
	dead = filter_dead(plan->arena, stamp);
	plan->query = dead ? xtree_pair(plan->arena, XAP_AND_NOT, tree, dead) : tree;
	g_hash_table_unref(p->weights);
	g_hash_table_unref(p->values);
}

struct plan *plan_new(const struct query *query, bool nothing, xap_db *db, const struct stamp *stamp,
                      const char *const *languages, struct analysis *analysis, const struct wording *wording,
                      const struct rank_scheme *scheme, GError **error)
{
	static const char *const unknown[] = { "und", NULL };
	struct plan_budget budget;
	struct planner p = { .plan = empty_plan(query, scheme), .db = db, .analysis = analysis, .wording = wording, .budget = &budget };

	plan_budget_init(&budget);
	p.filtered = query->filtered ? query->root : NULL;
	p.languages = *languages ? languages : unknown;
	p.n_languages = g_strv_length((char **)p.languages);
	p.tokens = g_array_new(FALSE, FALSE, sizeof(struct token));
	plan_query(&p, query, nothing, stamp);
	if (!p.error && plan_budget_choose(&budget)) {
		plan_free(p.plan);
		p.plan = empty_plan(query, scheme);
		plan_query(&p, query, nothing, stamp);
	}
	plan_budget_warn(&budget, query->root, p.plan->warnings);
	plan_budget_clear(&budget);
	g_array_unref(p.tokens);
	if (!p.error)
		return p.plan;
	g_propagate_error(error, p.error);
	plan_free(p.plan);
	return NULL;
}

void plan_free(struct plan *plan)
{
	if (!plan)
		return;
	g_ptr_array_unref(plan->leaves);
	g_ptr_array_unref(plan->required);
	g_ptr_array_unref(plan->warnings);
	g_hash_table_unref(plan->asked);
	g_hash_table_unref(plan->as);
	arena_free(plan->arena);
	g_free(plan);
}
