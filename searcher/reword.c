/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * reword.c - other forms of a word weigh a share of what it weighs, however rare they
 * are, and count in passages that have not the word itself: a passage does not gain by spelling a word
 * in two ways, nor by a hyphen, which leaves the joined form beside its parts. (MAX would say this, but in
 * xapian-core 1.4.22 a search with several MAX of which one runs out early crashes.)
 */
#include "searcher/reword.h"

#include <string.h>

#include "searcher/wording.h"
#include "searcher/xtree.h"

#define SEQUENCE_MAX 16		/* words of one form */

/* One form as one language reads it. */
struct form {
	struct any_term at[SEQUENCE_MAX];	/* for each of its words */
	guint n;
	bool nowhere;				/* one of them is in no text of that language */
};

static void add_word(const struct reword *r, struct form *form, const struct word *word)
{
	struct term **terms = arena_alloc(r->arena, 2 * sizeof *terms);
	guint n = 0;

	if (!word->term || form->n == SEQUENCE_MAX)
		return;
	form->nowhere |= !r->stands(word, r->data);
	terms[n++] = word->term;
	if (word->also)
		terms[n++] = word->also;
	form->at[form->n++] = (struct any_term){ terms, n };
}

static void read_form(const struct reword *r, const char *language, const char *text, struct form *form)
{
	form->n = 0;
	form->nowhere = false;
	g_array_set_size(r->tokens, 0);
	analysis_tokens(r->analysis, language, text, strlen(text), r->tokens);
	for (guint i = 0; i < r->tokens->len; i++)
		add_word(r, form, g_array_index(r->tokens, struct token, i).word);
}

static bool same_form(const struct form *a, const struct form *b)
{
	if (a->n != b->n)
		return false;
	for (guint i = 0; i < a->n; i++)
		if (a->at[i].terms[0] != b->at[i].terms[0])
			return false;
	return true;
}

static bool was_seen(const GArray *seen, const struct form *form)
{
	for (guint i = 0; i < seen->len; i++)
		if (same_form(&g_array_index(seen, struct form, i), form))
			return true;
	return false;
}

/* The rarer of a word's two readings says no more than the other. */
static double weight_of(const struct reword *r, const struct any_term *any)
{
	double weight = r->weight(any->terms[0], r->data);

	return any->n > 1 && weight <= 0 ? r->weight(any->terms[1], r->data) : weight;
}

static const struct xap_query *word_query(const struct reword *r, const struct any_term *any, double weight)
{
	g_autoptr(GPtrArray) kids = g_ptr_array_new();

	for (guint i = 0; i < any->n; i++)
		g_ptr_array_add(kids, (gpointer)r->term(any->terms[i], weight, r->data));
	return xtree_group(r->arena, XAP_OR, kids);
}

/* All of its words; together they weigh the share of what the word asked for weighs, or of
 * their own where that is nothing or less. *weight gets it. NULL where one of them is nowhere. */
static const struct xap_query *form_query(const struct reword *r, const struct form *form, double share, double own, double *weight)
{
	g_autoptr(GPtrArray) all = g_ptr_array_new();
	double each[SEQUENCE_MAX], sum = 0, best = 0;

	for (guint i = 0; i < form->n; i++) {
		each[i] = weight_of(r, &form->at[i]);
		sum += each[i];
		best = MAX(best, each[i]);
		if (each[i] <= 0)
			return NULL;
	}
	if (!form->n)
		return NULL;
	*weight = share * (own > 0 ? MIN(own, sum) : best);
	for (guint i = 0; i < form->n; i++)
		g_ptr_array_add(all, (gpointer)word_query(r, &form->at[i], *weight * each[i] / sum));
	return xtree_group(r->arena, XAP_AND, all);
}

/* Words that had run into one: each for itself, as if they had been asked for apart. */
static const struct xap_query *apart_query(const struct reword *r, const struct form *form, double share, double *weight)
{
	g_autoptr(GPtrArray) any = g_ptr_array_new();

	*weight = 0;
	for (guint i = 0; i < form->n; i++) {
		double each = share * weight_of(r, &form->at[i]);

		if (each <= 0)
			return NULL;
		*weight += each;
		g_ptr_array_add(any, (gpointer)word_query(r, &form->at[i], each));
	}
	return any->len ? xtree_group(r->arena, XAP_OR, any) : NULL;
}

static void add_terms(const struct reword *r, struct leaf *leaf, const struct any_term *any)
{
	struct term **terms = arena_alloc(r->arena, (leaf->n_terms + any->n) * sizeof *terms);

	if (leaf->n_terms)
		memcpy(terms, leaf->terms, leaf->n_terms * sizeof *terms);
	memcpy(terms + leaf->n_terms, any->terms, any->n * sizeof *terms);
	leaf->terms = terms;
	leaf->n_terms += any->n;
}

static void add_reading(const struct reword *r, struct word_reading **readings, guint *n, const struct form *form)
{
	struct word_reading *all = arena_alloc(r->arena, (*n + 1) * sizeof *all);

	if (*n)
		memcpy(all, *readings, *n * sizeof *all);
	all[*n].all = arena_alloc(r->arena, form->n * sizeof *form->at);
	all[*n].n = form->n;
	memcpy(all[*n].all, form->at, form->n * sizeof *form->at);
	*readings = all;
	++*n;
}

static void add_to_leaf(const struct reword *r, struct leaf *leaf, const struct form *form, bool apart)
{
	if (apart) {
		for (guint i = 0; i < form->n; i++)
			add_terms(r, leaf, &form->at[i]);
		return;
	}
	if (form->n > 1) {
		add_reading(r, &leaf->sequences, &leaf->n_sequences, form);
		return;
	}
	add_terms(r, leaf, &form->at[0]);
	if (leaf->n_readings)
		add_reading(r, &leaf->readings, &leaf->n_readings, form);
}

const struct xap_query *reword_leaf(const struct reword *r, struct leaf *leaf, const struct xap_query *query, const GArray *forms)
{
	g_autoptr(GPtrArray) either = g_ptr_array_new(), plain = g_ptr_array_new();
	g_autoptr(GArray) seen = g_array_new(FALSE, FALSE, sizeof(struct form));
	double own = leaf->weight;

	if (query)
		xtree_add_else(r->arena, either, plain, query, NULL);
	for (guint i = 0; i < forms->len; i++) {
		const struct also *also = &g_array_index(forms, struct also, i);
		struct form form;

		for (const char *const *language = r->languages; *language; language++) {
			const struct xap_query *found;
			double weight;

			read_form(r, *language, also->text, &form);
			if (form.nowhere || was_seen(seen, &form))
				continue;
			found = also->apart ? apart_query(r, &form, also->share, &weight) : form_query(r, &form, also->share, own, &weight);
			if (!found)
				continue;
			g_array_append_val(seen, form);
			g_hash_table_insert(r->as, (gpointer)found, (gpointer)also->text);
			xtree_add_else(r->arena, either, plain, found, NULL);	/* the best one counts, and they come in that order */
			add_to_leaf(r, leaf, &form, also->apart);
			leaf->weight = MAX(leaf->weight, weight);
		}
	}
	return xtree_group(r->arena, XAP_OR, either);
}
