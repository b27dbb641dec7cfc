/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * plan.c - from the query's tree to Xapian's.
 */
#include "searcher/plan.h"

#include <string.h>

#include "indexer/stopwords.h"
#include "indexer/impact.h"
#include "searcher/expand.h"
#include "searcher/filter.h"
#include "searcher/reword.h"
#include "searcher/wording.h"
#include "searcher/xtree.h"

struct planner {
	struct plan *plan;
	xap_db *db;
	struct rank_scheme scheme;
	const char *const *languages;
	bool *is_major;		/* of each language: no rare guest among the documents */
	guint n_languages;
	struct analysis *analysis;
	const struct wording *wording;
	GArray *tokens;
	guint32 documents;
	const struct query_node *filtered;	/* a group from which filters were taken, or NULL */
	guint excluding;	/* how many NOTs stand around what is being planned */
	GError *error;		/* sticky */
};

static const struct xap_query *plan_group(struct planner *p, struct plan_node *at, bool required);

/* --- terms ---------------------------------------------------------------------------- */

/* Terms without repetition: two languages often agree. */
static void add_term(GPtrArray *terms, struct term *term)
{
	if (term && !g_ptr_array_find(terms, term, NULL))
		g_ptr_array_add(terms, term);
}

/* What a term weighs; 0 where nobody has it. *n gets how many have it. */
static double term_weight(struct planner *p, const char *text, gsize len, uint32_t *n)
{
	uint64_t mass = 0;

	*n = 0;
	if (!p->error && xap_db_term_frequency(p->db, text, len, n, &p->error) && *n)
		xap_db_term_mass(p->db, text, len, &mass, &p->error);
	return rank_word(&p->scheme, *n, mass, p->documents);
}

/* Terms that count as one, and weigh as the most frequent of them does. */
struct synonym {
	GPtrArray *kids;	/* const struct xap_query * */
	double weight;
	uint32_t most;
};

static void add_synonym(struct planner *p, struct synonym *synonym, const char *text, gsize len)
{
	uint32_t n;
	double weight = term_weight(p, text, len, &n);

	if (!synonym->kids)
		synonym->kids = g_ptr_array_new();
	if (n > synonym->most) {
		synonym->most = n;
		synonym->weight = weight;
	}
	g_ptr_array_add(synonym->kids, (gpointer)xtree_term(p->plan->arena, text, len));
}

/* NULL where none was added. */
static const struct xap_query *end_synonym(struct planner *p, struct synonym *synonym)
{
	const struct xap_query *query = synonym->kids ? xtree_group(p->plan->arena, XAP_SYNONYM, synonym->kids) : NULL;

	g_clear_pointer(&synonym->kids, g_ptr_array_unref);
	return query ? xtree_scale(p->plan->arena, synonym->weight / IMPACT_MAX, query) : NULL;
}

static const struct xap_query *one_of(struct planner *p, const struct term *term)
{
	struct synonym synonym = { 0 };

	add_synonym(p, &synonym, term->text, term->len);
	return end_synonym(p, &synonym);
}

static const struct xap_query *any_of(struct planner *p, const GPtrArray *terms)
{
	struct synonym synonym = { 0 };

	for (guint i = 0; i < terms->len; i++) {
		const struct term *term = g_ptr_array_index(terms, i);

		add_synonym(p, &synonym, term->text, term->len);
	}
	return end_synonym(p, &synonym);
}

/* The tokens of a text as one language reads it; their positions and forms are
 * the same in every language. */
static void tokenise(struct planner *p, const char *language, const char *text)
{
	g_array_set_size(p->tokens, 0);
	analysis_tokens(p->analysis, language, text, strlen(text), p->tokens);
}

/* --- leaves ---------------------------------------------------------------------------- */

static struct leaf *new_leaf(struct planner *p, enum leaf_type type)
{
	struct leaf *leaf = arena_alloc(p->plan->arena, sizeof *leaf);

	leaf->type = type;
	leaf->index = p->plan->leaves->len;
	leaf->excluded = p->excluding > 0;
	g_ptr_array_add(p->plan->leaves, leaf);
	return leaf;
}

static struct any_term keep_terms(struct planner *p, GPtrArray *terms)
{
	struct any_term any = { arena_alloc(p->plan->arena, terms->len * sizeof *any.terms), terms->len };

	memcpy(any.terms, terms->pdata, terms->len * sizeof *any.terms);
	return any;
}

static void set_terms(struct planner *p, struct leaf *leaf, GPtrArray *terms)
{
	struct any_term kept = keep_terms(p, terms);

	leaf->terms = kept.terms;
	leaf->n_terms = kept.n;
}

/* What the rarest of the terms weighs. */
static double weight_of(struct planner *p, GPtrArray *terms)
{
	double best = 0;

	for (guint i = 0; i < terms->len && !p->excluding; i++) {
		const struct term *term = g_ptr_array_index(terms, i);
		uint32_t n;

		best = MAX(best, term_weight(p, term->text, term->len, &n));
	}
	return best;
}

/* --- words ------------------------------------------------------------------------------ */

static void add_reading(struct planner *p, GArray *kept, const struct any_term *all, guint n)
{
	struct word_reading reading = { arena_alloc(p->plan->arena, n * sizeof *reading.all), n };

	if (!n)
		return;
	memcpy(reading.all, all, n * sizeof *reading.all);
	g_array_append_val(kept, reading);
}

/* Do the tokens give the terms that another language's reading gave? Most languages agree on foreign words,
 * numbers and ideographs, which must not count once for each of them. */
static bool is_read(struct planner *p, GHashTable *readings)
{
	g_autoptr(GByteArray) key = g_byte_array_new();

	for (guint i = 0; i < p->tokens->len; i++) {
		const struct token *token = &g_array_index(p->tokens, struct token, i);
		const struct term *terms[] = { token->word->term, token->word->also };

		g_byte_array_append(key, (const guint8 *)(const void *)terms, sizeof terms);
	}
	return !g_hash_table_add(readings, g_byte_array_free_to_bytes(g_steal_pointer(&key)));
}

/* Adds what counts only where nothing before it is: a word does not weigh more for being read in several ways. */
static void add_else(struct planner *p, GPtrArray *either, const struct xap_query *query)
{
	if (either->len)
		query = xtree_pair(p->plan->arena, XAP_AND_NOT, query, xtree_group(p->plan->arena, XAP_OR, either));
	g_ptr_array_add(either, (gpointer)query);
}

static GHashTable *readings_new(void)
{
	return g_hash_table_new_full(g_bytes_hash, g_bytes_equal, (GDestroyNotify)g_bytes_unref, NULL);
}

/* What one language's reading of a word gives: its joined form, or its parts:
 * all of them where the word must be there whole. kept gets the same for the matcher. */
static const struct xap_query *word_reading(struct planner *p, GPtrArray *terms, bool whole, GArray *kept)
{
	g_autoptr(GPtrArray) parts = g_ptr_array_new(), either = g_ptr_array_new();
	g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(struct any_term));

	for (guint i = 0; i < p->tokens->len; i++) {
		const struct token *token = &g_array_index(p->tokens, struct token, i);
		g_autoptr(GPtrArray) own = g_ptr_array_new();
		struct any_term any;

		add_term(own, token->word->term);
		add_term(own, token->word->also);
		if (!own->len)
			continue;
		for (guint j = 0; j < own->len; j++)
			add_term(terms, g_ptr_array_index(own, j));
		g_ptr_array_add(token->flags & TOKEN_JOINED ? either : parts, (gpointer)any_of(p, own));
		any = keep_terms(p, own);
		if (token->flags & TOKEN_JOINED)
			add_reading(p, kept, &any, 1);
		else
			g_array_append_val(all, any);
	}
	add_reading(p, kept, (const struct any_term *)(const void *)all->data, all->len);
	if (parts->len)
		add_else(p, either, xtree_group(p->plan->arena, whole ? XAP_AND : XAP_OR, parts));
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
		tokenise(p, p->languages[l], text);
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
		tokenise(p, p->languages[l], text);
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

	return term_weight(data, term->text, term->len, &n);
}

struct sought {
	const struct term *term;
	bool found;
};

static bool is_sought(const char *text, size_t len, uint32_t frequency, void *data)
{
	struct sought *sought = data;

	(void)frequency;
	sought->found = len == sought->term->len && memcmp(text, sought->term->text, len) == 0;
	return !sought->found;
}

/* A word is in the index as a term of its own, or the table of forms takes it there (terms_new_forms). */
static bool form_stands(const struct word *word, void *data)
{
	struct planner *p = data;
	struct sought sought = { word->term, word->fold_len == word->term->len && memcmp(word->fold, word->term->text, word->fold_len) == 0 };

	if (!sought.found && !p->error)
		xap_db_synonyms(p->db, word->fold, word->fold_len, is_sought, &sought, &p->error);
	return sought.found;
}

static const struct xap_query *form_term(const struct term *term, double weight, void *data)
{
	struct planner *p = data;

	return xtree_scale(p->plan->arena, weight / IMPACT_MAX, xtree_term(p->plan->arena, term->text, term->len));
}

/* Notes which word it is for that the query is looked for. */
static const struct xap_query *asked_by(struct planner *p, const struct plan_node *at, const struct xap_query *query)
{
	if (query)
		g_hash_table_insert(p->plan->asked, (gpointer)query, (gpointer)at->node);
	return query;
}

/* The leaf's query, with what else the word is looked for as. */
static const struct xap_query *with_forms(struct planner *p, const struct plan_node *at, struct leaf *leaf, const struct xap_query *query)
{
	const GArray *forms = wording_of(p->wording, at->node);
	struct reword reword = { p->plan->arena, p->analysis, p->languages, p->tokens, form_weight, form_stands, form_term, p, p->plan->as };

	return forms ? reword_leaf(&reword, leaf, query, forms) : query;
}

/* whole: of a hyphenated word all parts must be there, else any will do. */
static const struct xap_query *plan_word(struct planner *p, struct plan_node *at, bool whole)
{
	g_autoptr(GPtrArray) terms = g_ptr_array_new(), readings = g_ptr_array_new();
	g_autoptr(GArray) kept = g_array_new(FALSE, FALSE, sizeof(struct word_reading));
	g_autoptr(GHashTable) read = readings_new();
	bool single = true, common = is_common(p, at->node->text);
	const struct xap_query *query;
	struct leaf *leaf;

	for (guint l = 0; l < p->n_languages; l++) {
		const struct xap_query *reading;

		if (common && !p->is_major[l])
			continue;
		tokenise(p, p->languages[l], at->node->text);
		single = single && p->tokens->len == 1;
		if (is_read(p, read))
			continue;
		reading = word_reading(p, terms, whole, kept);
		if (reading)
			add_else(p, readings, reading);
	}
	if (!terms->len)
		return NULL;
	leaf = new_leaf(p, LEAF_WORD);
	set_terms(p, leaf, terms);
	if (whole && !single)
		set_readings(p, leaf, kept);
	leaf->weight = weight_of(p, terms);
	at->leaf = leaf;
	query = with_forms(p, at, leaf, single ? any_of(p, terms) : xtree_group(p->plan->arena, XAP_OR, readings));
	if (query && is_weak(p, at->node->text)) {
		leaf->weight *= p->scheme.weak;
		query = xtree_scale(p->plan->arena, p->scheme.weak, query);
	}
	return asked_by(p, at, query);
}

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

		add_term(own, token->word->term);
		add_term(own, token->word->also);
		for (guint j = 0; j < own->len; j++)
			add_term(terms, g_ptr_array_index(own, j));
		if (!(token->flags & TOKEN_JOINED)) {
			if (own->len)
				g_ptr_array_add(all, (gpointer)any_of(p, own));
			continue;
		}
		/* a joined form or its parts, which follow it */
		g_ptr_array_add(readings, (gpointer)any_of(p, own));
		for (; i + 1 < p->tokens->len && g_array_index(p->tokens, struct token, i + 1).position < end; i++) {
			const struct word *part = g_array_index(p->tokens, struct token, i + 1).word;

			if (part->term)
				g_ptr_array_add(parts, (gpointer)one_of(p, part->term));
		}
		if (parts->len)
			g_ptr_array_add(readings, (gpointer)xtree_group(p->plan->arena, XAP_AND, parts));
		g_ptr_array_add(all, (gpointer)xtree_group(p->plan->arena, XAP_OR, readings));
	}
	return all->len ? xtree_group(p->plan->arena, XAP_AND, all) : xtree_all(p->plan->arena);
}

static const struct xap_query *plan_phrase(struct planner *p, struct plan_node *at)
{
	g_autoptr(GPtrArray) terms = g_ptr_array_new(), readings = g_ptr_array_new();
	g_autoptr(GHashTable) read = readings_new();
	struct leaf *leaf;

	for (guint l = 0; l < p->n_languages; l++) {
		tokenise(p, p->languages[l], at->node->text);
		if (p->tokens->len && !is_read(p, read))
			g_ptr_array_add(readings, (gpointer)phrase_reading(p, terms));
	}
	if (!p->tokens->len)
		return NULL;
	leaf = new_leaf(p, LEAF_PHRASE);
	set_words(p, leaf);
	leaf->weight = weight_of(p, terms) * leaf->n_positions;
	at->leaf = leaf;
	return asked_by(p, at, xtree_group(p->plan->arena, readings->len > 1 ? XAP_OR : XAP_AND, readings));
}

/* --- wildcards ---------------------------------------------------------------------------- */

static const struct xap_query *plan_wildcard(struct planner *p, struct plan_node *at)
{
	g_autofree char *key = analysis_key(p->analysis, at->node->text, -1);
	g_autoptr(GPtrArray) terms = g_ptr_array_new();
	const struct xap_query *query;
	struct synonym any = { 0 };
	const char *last = strrchr(key, ' ');
	struct leaf *leaf = new_leaf(p, LEAF_WILDCARD);
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

		add_synonym(p, &any, term, strlen(term));
	}
	leaf->weight = p->excluding ? 0 : 1;
	query = end_synonym(p, &any);
	return query ? asked_by(p, at, query) : xtree_nothing(p->plan->arena);
}

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
		tokenise(p, p->languages[0], kid->node->text);
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
