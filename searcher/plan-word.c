/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * plan-word.c - a word of the query as each language reads it, and as what else it is looked for.
 */
#include "searcher/plan-parts.h"

#include <string.h>

#include "indexer/stopwords.h"
#include "indexer/impact.h"
#include "searcher/reword.h"
#include "searcher/wording.h"
#include "searcher/xtree.h"

/* --- words ------------------------------------------------------------------------------ */

static void add_reading(struct planner *p, GArray *kept, const struct any_term *all, guint n)
{
	struct word_reading reading = { arena_alloc(p->plan->arena, n * sizeof *reading.all), n };

	if (!n)
		return;
	memcpy(reading.all, all, n * sizeof *reading.all);
	g_array_append_val(kept, reading);
}

/* What one language's reading of a word gives: its joined form, or its parts:
 * all of them where the word must be there whole; a word does not weigh more for being read in several ways.
 * kept gets the same for the matcher, *plain what matches, whatever counts. */
static const struct xap_query *word_reading(struct planner *p, GPtrArray *terms, bool whole, GArray *kept,
                                            const struct xap_query **plain)
{
	g_autoptr(GPtrArray) parts = g_ptr_array_new(), either = g_ptr_array_new(), all_plain = g_ptr_array_new();
	g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(struct any_term));

	for (guint i = 0; i < p->tokens->len; i++) {
		const struct token *token = &g_array_index(p->tokens, struct token, i);
		g_autoptr(GPtrArray) own = g_ptr_array_new();
		struct any_term any;

		planner_add_term(own, token->word->term);
		planner_add_term(own, token->word->also);
		if (!own->len)
			continue;
		for (guint j = 0; j < own->len; j++)
			planner_add_term(terms, g_ptr_array_index(own, j));
		g_ptr_array_add(token->flags & TOKEN_JOINED ? either : parts, (gpointer)planner_any_of(p, own));
		if (token->flags & TOKEN_JOINED)
			g_ptr_array_add(all_plain, either->pdata[either->len - 1]);
		any = planner_keep_terms(p, own);
		if (token->flags & TOKEN_JOINED)
			add_reading(p, kept, &any, 1);
		else
			g_array_append_val(all, any);
	}
	add_reading(p, kept, (const struct any_term *)(const void *)all->data, all->len);
	if (parts->len)
		xtree_add_else(p->plan->arena, either, all_plain, xtree_group(p->plan->arena, whole ? XAP_AND : XAP_OR, parts), NULL);
	*plain = xtree_group(p->plan->arena, XAP_OR, all_plain);
	return xtree_group(p->plan->arena, XAP_OR, either);
}

/* A common word of one of the major languages is no content word because a
 * few documents are in another: "die" among German papers, "the" where a
 * French one quotes English. */
static bool is_common(struct planner *p, const char *text)
{
	bool common = false;

	for (guint l = 0; l < p->n_languages && !common; l++) {
		if (!p->is_major[l])
			continue;
		planner_tokenise(p, p->languages[l], text);
		common = p->tokens->len == 1 && g_array_index(p->tokens, struct token, 0).word->flags & WORD_STOP;
	}
	return common;
}

/* Does a major language hold it to say little? As with common words, no matter what it is in others. */
static bool is_weak(struct planner *p, const char *text)
{
	bool weak = false;

	for (guint l = 0; l < p->n_languages && !weak; l++) {
		if (!p->is_major[l])
			continue;
		planner_tokenise(p, p->languages[l], text);
		weak = p->tokens->len == 1 && stopwords_is_weak(p->languages[l], g_array_index(p->tokens, struct token, 0).word->exact);
	}
	return weak;
}

static void set_readings(struct planner *p, struct leaf *leaf, const GArray *kept)
{
	leaf->n_readings = kept->len;
	leaf->readings = arena_alloc(p->plan->arena, kept->len * sizeof *leaf->readings);
	memcpy(leaf->readings, kept->data, kept->len * sizeof *leaf->readings);
}

static double form_weight(const struct term *term, void *data)
{
	uint32_t n;

	return planner_weight(data, term->text, term->len, &n);
}

struct sought {
	const struct word *word;
	bool found;
};

static bool is_term(const struct term *term, const char *text, size_t len)
{
	return term && len == term->len && memcmp(text, term->text, len) == 0;
}

static bool is_sought(const char *text, size_t len, uint32_t frequency, void *data)
{
	struct sought *sought = data;

	(void)frequency;
	sought->found = is_term(sought->word->term, text, len) || is_term(sought->word->also, text, len);
	return !sought->found;
}

/* A word is in the index as a term of its own, or the table of forms takes it there (terms_new_forms). */
static bool form_stands(const struct word *word, void *data)
{
	struct planner *p = data;
	struct sought sought = { word, is_term(word->term, word->fold, word->fold_len) };

	if (!sought.found && !p->error)
		xap_db_synonyms(p->db, word->fold, word->fold_len, is_sought, &sought, &p->error);
	return sought.found;
}

/* Has a text the word that was just tokenised, and is this language's term of it its own? */
static bool is_native(struct planner *p)
{
	const struct word *word = p->tokens->len == 1 ? g_array_index(p->tokens, struct token, 0).word : NULL;
	uint32_t n = 0;

	if (!word || !word->term || !form_stands(word, p))
		return false;
	if (is_term(word->term, word->fold, word->fold_len) && !p->error)
		xap_db_term_frequency(p->db, word->term->text, word->term->len, &n, &p->error);
	return n || !is_term(word->term, word->fold, word->fold_len);
}

/* Where the texts have the word itself, what the stemmers of other languages make of it is most often somebody else's
 * ("center" is no "cent"), and now and then another form of it in their texts. */
#define SHARE_FOREIGN 0.5

static bool has_native(struct planner *p, const char *text)
{
	bool found = false;

	for (guint l = 0; l < p->n_languages && !found && p->n_languages > 1; l++) {
		planner_tokenise(p, p->languages[l], text);
		found = is_native(p);
	}
	return found;
}

/* Any of the terms, or, for less, of those of foreign stemmers, which are added to them. */
static const struct xap_query *with_foreign(struct planner *p, GPtrArray *terms, const GPtrArray *foreign)
{
	const struct xap_query *query = planner_any_of(p, terms);
	g_autoptr(GPtrArray) others = g_ptr_array_new(), either = g_ptr_array_new(), plain = g_ptr_array_new();

	for (guint i = 0; i < foreign->len; i++)
		if (!g_ptr_array_find(terms, g_ptr_array_index(foreign, i), NULL))
			g_ptr_array_add(others, g_ptr_array_index(foreign, i));
	if (!others->len)
		return query;
	xtree_add_else(p->plan->arena, either, plain, query, NULL);
	query = planner_any_of(p, others);
	if (query)
		xtree_add_else(p->plan->arena, either, plain, xtree_scale(p->plan->arena, SHARE_FOREIGN, query), NULL);
	for (guint i = 0; i < others->len; i++)
		planner_add_term(terms, g_ptr_array_index(others, i));
	return xtree_group(p->plan->arena, XAP_OR, either);
}

static const struct xap_query *form_term(const struct term *term, double weight, void *data)
{
	struct planner *p = data;
	uint32_t n;

	planner_weight(p, term->text, term->len, &n);
	p->budget->postings += n;
	return xtree_scale(p->plan->arena, weight / IMPACT_MAX, xtree_term(p->plan->arena, term->text, term->len));
}

/* The leaf's query, with what else the word is looked for as. */
static const struct xap_query *with_forms(struct planner *p, const struct plan_node *at, struct leaf *leaf, const struct xap_query *query)
{
	const GArray *forms = wording_of(p->wording, at->node);
	struct reword reword = { p->plan->arena, p->analysis, p->languages, p->tokens, form_weight, form_stands, form_term, p, p->plan->as };

	return forms ? reword_leaf(&reword, leaf, query, forms) : query;
}

/* whole: of a hyphenated word all parts must be there, else any will do. */
const struct xap_query *plan_word(struct planner *p, struct plan_node *at, bool whole)
{
	g_autoptr(GPtrArray) terms = g_ptr_array_new(), readings = g_ptr_array_new(), all_plain = g_ptr_array_new();
	g_autoptr(GPtrArray) foreign = g_ptr_array_new();
	g_autoptr(GArray) kept = g_array_new(FALSE, FALSE, sizeof(struct word_reading));
	g_autoptr(GHashTable) read = planner_readings_new();
	bool single = true, common = is_common(p, at->node->text), native = has_native(p, at->node->text);
	guint64 before = p->budget->postings;
	const struct xap_query *query;
	struct leaf *leaf;

	for (guint l = 0; l < p->n_languages; l++) {
		const struct xap_query *reading, *plain;
		bool own;

		if (common && !p->is_major[l])
			continue;
		planner_tokenise(p, p->languages[l], at->node->text);
		single = single && p->tokens->len == 1;
		if (planner_is_read(p, read))
			continue;
		own = !native || is_native(p);
		reading = word_reading(p, own ? terms : foreign, whole, kept, &plain);
		if (reading && own)
			xtree_add_else(p->plan->arena, readings, all_plain, reading, plain);
	}
	if (!terms->len)
		return NULL;
	leaf = planner_leaf(p, LEAF_WORD);
	leaf->weight = planner_weight_of(p, terms);
	if (single)	/* its readings are not part of the query */
		p->budget->postings = before;
	query = single ? with_foreign(p, terms, foreign) : xtree_group(p->plan->arena, XAP_OR, readings);
	planner_set_terms(p, leaf, terms);
	if (whole && !single)
		set_readings(p, leaf, kept);
	at->leaf = leaf;
	query = with_forms(p, at, leaf, query);
	if (query && is_weak(p, at->node->text)) {
		leaf->weight *= p->scheme.weak;
		query = xtree_scale(p->plan->arena, p->scheme.weak, query);
	}
	return planner_asked_by(p, at, query);
}
