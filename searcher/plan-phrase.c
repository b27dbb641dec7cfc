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

const struct xap_query *plan_phrase(struct planner *p, struct plan_node *at)
{
	g_autoptr(GPtrArray) terms = g_ptr_array_new(), readings = g_ptr_array_new();
	g_autoptr(GHashTable) read = planner_readings_new();
	struct leaf *leaf;

	for (guint l = 0; l < p->n_languages; l++) {
		planner_tokenise(p, p->languages[l], at->node->text);
		if (p->tokens->len && !planner_is_read(p, read))
			g_ptr_array_add(readings, (gpointer)phrase_reading(p, terms));
	}
	if (!p->tokens->len)
		return NULL;
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
	struct leaf *leaf = planner_leaf(p, LEAF_WILDCARD);
	guint n = 0;

	leaf->prefix = arena_string(p->plan->arena, last ? last + 1 : key, -1);
	at->leaf = leaf;
	if (!p->error)
		expand_prefix(p->plan->arena, p->db, leaf->prefix, terms, &n, &p->error);
	if (n > terms->len)
		g_ptr_array_add(p->plan->warnings, g_strdup_printf("\"%s*\" stands for %u words; only the %d most frequent were looked for.",
		                                                  leaf->prefix, n, EXPAND_MAX_TERMS));
	for (guint i = 0; i < terms->len; i++) {
		const char *term = g_ptr_array_index(terms, i);

		planner_add_synonym(p, &any, term, strlen(term));
	}
	leaf->weight = p->excluding ? 0 : 1;
	query = planner_end_synonym(p, &any);
	return query ? planner_asked_by(p, at, query) : xtree_nothing(p->plan->arena);
}
