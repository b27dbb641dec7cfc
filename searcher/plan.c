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

static const struct xap_query *plan_node(struct planner *p, struct plan_node *at, bool required, bool whole)
{
	const struct xap_query *query = NULL;

	switch (at->node->type) {
	case QUERY_WORD:
		return plan_word(p, at, whole);
	case QUERY_FIELD:
		return filter_query(p->plan->arena, p->db, p->analysis, at->node->field, at->node->text, at->node->upper, p->plan->warnings,
				    &p->error);
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

static void sort_kid(struct planner *p, struct plan_node *kid, bool alone, bool required, struct parts *parts)
{
	enum query_occur occur = kid->node->occur;
	bool must = occur == QUERY_MUST || (alone && occur == QUERY_SHOULD);
	const struct xap_query *query;

	p->excluding += occur == QUERY_MUST_NOT;
	query = plan_node(p, kid, required && must, must || occur == QUERY_MUST_NOT);
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

struct plan *plan_new(const struct query *query, bool nothing, xap_db *db, const struct stamp *stamp,
                      const char *const *languages, struct analysis *analysis, const struct wording *wording,
                      const struct rank_scheme *scheme, GError **error)
{
	struct plan *plan = g_new0(struct plan, 1);
	struct planner p = { .plan = plan, .db = db, .analysis = analysis, .wording = wording, .scheme = rank_for(scheme, count_words(query->root)) };
	static const char *const unknown[] = { "und", NULL };
	const struct xap_query *tree, *dead;

	p.filtered = query->filtered ? query->root : NULL;
	p.languages = *languages ? languages : unknown;
	p.n_languages = g_strv_length((char **)p.languages);
	plan->arena = arena_new();
	plan->leaves = g_ptr_array_new();
	plan->required = g_ptr_array_new();
	plan->asked = g_hash_table_new(NULL, NULL);
	plan->as = g_hash_table_new(NULL, NULL);
	plan->scheme = p.scheme;
	plan->warnings = g_ptr_array_new_with_free_func(g_free);
	plan->required_only = true;
	plan->root = arena_alloc(plan->arena, sizeof *plan->root);
	plan->root->node = query->root;
	p.tokens = g_array_new(FALSE, FALSE, sizeof(struct token));
	if (xap_db_count(db, &p.documents, &p.error)) {
		plan->documents = p.documents;
		weigh_languages(&p);
		tree = plan_group(&p, plan->root, true);
		tree = plan_common_words(&p, query, tree);
		if (!tree)
			tree = nothing || query->root->kids->len ? xtree_nothing(plan->arena) : xtree_all(plan->arena);
		dead = filter_dead(plan->arena, stamp);
		plan->query = dead ? xtree_pair(plan->arena, XAP_AND_NOT, tree, dead) : tree;
	}
	g_array_unref(p.tokens);
	if (p.error) {
		g_propagate_error(error, p.error);
		plan_free(plan);
		return NULL;
	}
	return plan;
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
