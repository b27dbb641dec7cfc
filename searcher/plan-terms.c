/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * plan-terms.c - what the leaves of a plan are made of: terms and what they weigh, leaves, readings.
 */
#include "searcher/plan-parts.h"

#include <string.h>

#include "indexer/impact.h"
#include "searcher/xtree.h"

/* --- terms ---------------------------------------------------------------------------- */

void planner_add_term(GPtrArray *terms, struct term *term)
{
	if (term && !g_ptr_array_find(terms, term, NULL))
		g_ptr_array_add(terms, term);
}

struct weighed {
	uint32_t n;
	double weight;
};

/* Each term is looked up once: several languages, readings and forms ask for the same ones. */
double planner_weight(struct planner *p, const char *text, gsize len, uint32_t *n)
{
	struct weighed *known = g_hash_table_lookup(p->weights, text);
	uint64_t mass = 0;

	if (!known) {
		known = arena_alloc(p->plan->arena, sizeof *known);
		if (!p->error && xap_db_term_frequency(p->db, text, len, &known->n, &p->error) && known->n)
			xap_db_term_mass(p->db, text, len, &mass, &p->error);
		known->weight = rank_word(&p->scheme, known->n, mass, p->documents);
		g_hash_table_insert(p->weights, (gpointer)arena_string(p->plan->arena, text, (gssize)len), known);
	}
	*n = known->n;
	return known->weight;
}

void planner_add_synonym(struct planner *p, struct synonym *synonym, const char *text, gsize len)
{
	uint32_t n;
	double weight = planner_weight(p, text, len, &n);

	if (!synonym->kids)
		synonym->kids = g_ptr_array_new();
	p->budget->postings += n;
	if (n > synonym->most) {
		synonym->most = n;
		synonym->weight = weight;
	}
	g_ptr_array_add(synonym->kids, (gpointer)xtree_term(p->plan->arena, text, len));
}

const struct xap_query *planner_end_synonym(struct planner *p, struct synonym *synonym)
{
	const struct xap_query *query = synonym->kids ? xtree_group(p->plan->arena, XAP_SYNONYM, synonym->kids) : NULL;

	g_clear_pointer(&synonym->kids, g_ptr_array_unref);
	return query ? xtree_scale(p->plan->arena, synonym->weight / IMPACT_MAX, query) : NULL;
}

const struct xap_query *planner_one_of(struct planner *p, const struct term *term)
{
	struct synonym synonym = { 0 };

	planner_add_synonym(p, &synonym, term->text, term->len);
	return planner_end_synonym(p, &synonym);
}

const struct xap_query *planner_any_of(struct planner *p, const GPtrArray *terms)
{
	struct synonym synonym = { 0 };

	for (guint i = 0; i < terms->len; i++) {
		const struct term *term = g_ptr_array_index(terms, i);

		planner_add_synonym(p, &synonym, term->text, term->len);
	}
	return planner_end_synonym(p, &synonym);
}

void planner_tokenise(struct planner *p, const char *language, const char *text)
{
	g_array_set_size(p->tokens, 0);
	analysis_tokens(p->analysis, language, text, strlen(text), p->tokens);
}

/* --- leaves ---------------------------------------------------------------------------- */

struct leaf *planner_leaf(struct planner *p, enum leaf_type type)
{
	struct leaf *leaf = arena_alloc(p->plan->arena, sizeof *leaf);

	leaf->type = type;
	leaf->index = p->plan->leaves->len;
	leaf->excluded = p->excluding > 0;
	g_ptr_array_add(p->plan->leaves, leaf);
	return leaf;
}

struct any_term planner_keep_terms(struct planner *p, GPtrArray *terms)
{
	struct any_term any = { arena_alloc(p->plan->arena, terms->len * sizeof *any.terms), terms->len };

	memcpy(any.terms, terms->pdata, terms->len * sizeof *any.terms);
	return any;
}

void planner_set_terms(struct planner *p, struct leaf *leaf, GPtrArray *terms)
{
	struct any_term kept = planner_keep_terms(p, terms);

	leaf->terms = kept.terms;
	leaf->n_terms = kept.n;
}

double planner_weight_of(struct planner *p, GPtrArray *terms)
{
	double best = 0;

	for (guint i = 0; i < terms->len && !p->excluding; i++) {
		const struct term *term = g_ptr_array_index(terms, i);
		uint32_t n;

		best = MAX(best, planner_weight(p, term->text, term->len, &n));
	}
	return best;
}

/* --- readings --------------------------------------------------------------------------- */

/* Do the tokens give the terms that another language's reading gave? Most languages agree on foreign words,
 * numbers and ideographs, which must not count once for each of them. */
bool planner_is_read(struct planner *p, GHashTable *readings)
{
	g_autoptr(GByteArray) key = g_byte_array_new();

	for (guint i = 0; i < p->tokens->len; i++) {
		const struct token *token = &g_array_index(p->tokens, struct token, i);
		const struct term *terms[] = { token->word->term, token->word->also };

		g_byte_array_append(key, (const guint8 *)(const void *)terms, sizeof terms);
	}
	return !g_hash_table_add(readings, g_byte_array_free_to_bytes(g_steal_pointer(&key)));
}

GHashTable *planner_readings_new(void)
{
	return g_hash_table_new_full(g_bytes_hash, g_bytes_equal, (GDestroyNotify)g_bytes_unref, NULL);
}

const struct xap_query *planner_asked_by(struct planner *p, const struct plan_node *at, const struct xap_query *query)
{
	if (query)
		g_hash_table_insert(p->plan->asked, (gpointer)query, (gpointer)at->node);
	return query;
}
