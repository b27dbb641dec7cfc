/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * plan-phrase.c - phrases, and words before a star: what only the text decides.
 */
#include "searcher/plan-parts.h"

#include <string.h>

#include "searcher/expand.h"
#include "searcher/xtree.h"

/* --- phrases ---------------------------------------------------------------------------- */

static void set_words(struct planner *p, struct leaf *leaf)
{
	leaf->n_words = p->tokens->len;
	leaf->words = arena_alloc(p->plan->arena, leaf->n_words * sizeof *leaf->words);
	for (guint i = 0; i < leaf->n_words; i++) {
		const struct token *token = &g_array_index(p->tokens, struct token, i);
		bool exact = token->word->flags & WORD_ACCENTED;

		leaf->words[i] = (struct phrase_word){
			.form = arena_string(p->plan->arena, exact ? token->word->exact : token->word->fold, -1),
			.len = exact ? token->word->exact_len : token->word->fold_len,
			.exact = exact,
			.hash = token->word->hash,
			.position = token->position,
			.span = token->span,
			.joined = token->flags & TOKEN_JOINED,
		};
		leaf->n_positions = MAX(leaf->n_positions, token->position + token->span);
	}
	leaf->first = arena_alloc(p->plan->arena, (leaf->n_positions + 1) * sizeof *leaf->first);
	for (guint i = 0, w = 0; i <= leaf->n_positions; i++) {
		while (w < leaf->n_words && leaf->words[w].position < i)
			w++;
		leaf->first[i] = w;
	}
}

/* The stems that every passage with the phrase must have, in one language. */
static const struct xap_query *phrase_reading(struct planner *p, GPtrArray *terms)
{
	g_autoptr(GPtrArray) all = g_ptr_array_new();

	for (guint i = 0; i < p->tokens->len; i++) {
		const struct token *token = &g_array_index(p->tokens, struct token, i);
		g_autoptr(GPtrArray) own = g_ptr_array_new(), readings = g_ptr_array_new(), parts = g_ptr_array_new();
		guint end = token->position + token->span;

		planner_add_term(own, token->word->term);
		planner_add_term(own, token->word->also);
		for (guint j = 0; j < own->len; j++)
			planner_add_term(terms, g_ptr_array_index(own, j));
		if (!(token->flags & TOKEN_JOINED)) {
			if (own->len)
				g_ptr_array_add(all, (gpointer)planner_any_of(p, own));
			continue;
		}
		/* a joined form or its parts, which follow it */
		g_ptr_array_add(readings, (gpointer)planner_any_of(p, own));
		for (; i + 1 < p->tokens->len && g_array_index(p->tokens, struct token, i + 1).position < end; i++) {
			const struct word *part = g_array_index(p->tokens, struct token, i + 1).word;

			if (part->term)
				g_ptr_array_add(parts, (gpointer)planner_one_of(p, part->term));
		}
		if (parts->len)
			g_ptr_array_add(readings, (gpointer)xtree_group(p->plan->arena, XAP_AND, parts));
		g_ptr_array_add(all, (gpointer)xtree_group(p->plan->arena, XAP_OR, readings));
	}
	return all->len ? xtree_group(p->plan->arena, XAP_AND, all) : xtree_all(p->plan->arena);
}

/* How many passages have the rarest of the tokens: by that one a phrase is looked for. */
static guint64 rarest(struct planner *p)
{
	guint64 least = p->documents;

	for (guint i = 0; i < p->tokens->len; i++) {
		const struct token *token = &g_array_index(p->tokens, struct token, i);
		uint32_t n = 0, also = 0;

		if (!token->word->term || token->flags & TOKEN_JOINED)
			continue;
		planner_weight(p, token->word->term->text, token->word->term->len, &n);
		if (token->word->also)
			planner_weight(p, token->word->also->text, token->word->also->len, &also);
		least = MIN(least, (guint64)n + also);
	}
	return least;
}

const struct xap_query *plan_phrase(struct planner *p, struct plan_node *at)
{
	guint64 before = p->budget->postings, most = 0;
	g_autoptr(GPtrArray) terms = g_ptr_array_new(), readings = g_ptr_array_new();
	g_autoptr(GHashTable) read = planner_readings_new();
	struct leaf *leaf;

	for (guint l = 0; l < p->n_languages; l++) {
		planner_tokenise(p, p->languages[l], at->node->text);
		if (!p->tokens->len || planner_is_read(p, read))
			continue;
		g_ptr_array_add(readings, (gpointer)phrase_reading(p, terms));
		most = MAX(most, rarest(p));
	}
	if (!p->tokens->len)
		return NULL;
	p->budget->postings = before + most;
	leaf = planner_leaf(p, LEAF_PHRASE);
	set_words(p, leaf);
	leaf->weight = planner_weight_of(p, terms) * leaf->n_positions;
	at->leaf = leaf;
	return planner_asked_by(p, at, xtree_group(p->plan->arena, readings->len > 1 ? XAP_OR : XAP_AND, readings));
}

/* --- wildcards ---------------------------------------------------------------------------- */

const struct xap_query *plan_wildcard(struct planner *p, struct plan_node *at)
{
	g_autofree char *key = analysis_key(p->analysis, at->node->text, -1);
	g_autoptr(GPtrArray) terms = g_ptr_array_new();
	const struct xap_query *query;
	struct synonym any = { 0 };
	const char *last = strrchr(key, ' ');
	struct leaf *leaf;
	guint n = 0;

	if (!plan_budget_takes_star(p->budget, at->node))
		return NULL;
	leaf = planner_leaf(p, LEAF_WILDCARD);
	leaf->prefix = arena_string(p->plan->arena, last ? last + 1 : key, -1);
	at->leaf = leaf;
	if (!p->error)
		expand_prefix(p->plan->arena, p->db, leaf->prefix, &p->budget->forms_left, terms, &n, &p->error);
	g_ptr_array_set_size(terms, (gint)MIN(terms->len, p->budget->terms_left));
	p->budget->terms_left -= terms->len;
	if (n > terms->len)
		g_ptr_array_add(p->plan->warnings, g_strdup_printf("\"%s*\" stands for %u words; only the %u most frequent were looked for.",
		                                                  leaf->prefix, n, terms->len));
	for (guint i = 0; i < terms->len; i++) {
		const char *term = g_ptr_array_index(terms, i);

		planner_add_synonym(p, &any, term, strlen(term));
	}
	leaf->weight = p->excluding ? 0 : 1;
	query = planner_end_synonym(p, &any);
	return query ? planner_asked_by(p, at, query) : xtree_nothing(p->plan->arena);
}
