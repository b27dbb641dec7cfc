/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * match.c - a plan held against the text of a passage.
 *
 * The passage's words are looked at through the index's own analysis. Terms of the
 * plan carry the number of their leaf (term->mark), and the serial number of the last
 * passage that had them (term->count), so that a word costs one comparison.
 */
#include "searcher/match-parts.h"

#include <string.h>

#include "corpus/error.h"
#include "indexer/fields.h"
#include "searcher/filter.h"

/* Of two leaves with one term the first has it; what is to be marked goes before
 * what is excluded. */
static void mark_terms(const struct plan *plan, bool excluded)
{
	for (guint i = plan->leaves->len; i > 0; i--) {
		const struct leaf *leaf = g_ptr_array_index(plan->leaves, i - 1);

		for (guint j = 0; leaf->type == LEAF_WORD && leaf->excluded == excluded && j < leaf->n_terms; j++)
			leaf->terms[j]->mark = (gint)leaf->index + 1;
	}
}

/* Terms of forms of several words are looked for, and marked only where all of them stand together. */
#define SOUGHT (-1)

static void seek_sequences(const struct plan *plan, gint mark)
{
	for (guint i = 0; i < plan->leaves->len; i++) {
		const struct leaf *leaf = g_ptr_array_index(plan->leaves, i);

		for (guint s = 0; s < leaf->n_sequences; s++)
			for (guint w = 0; w < leaf->sequences[s].n; w++)
				for (guint t = 0; t < leaf->sequences[s].all[w].n; t++) {
					struct term *term = leaf->sequences[s].all[w].terms[t];

					term->mark = mark && term->mark ? term->mark : mark;
					term->count = 0;
				}
	}
}

/* What another matcher left in them is nothing of the texts of this one. */
static void forget_terms(const struct plan *plan)
{
	seek_sequences(plan, 0);
	for (guint i = 0; i < plan->leaves->len; i++) {
		const struct leaf *leaf = g_ptr_array_index(plan->leaves, i);

		for (guint j = 0; j < leaf->n_terms; j++) {
			leaf->terms[j]->mark = 0;
			leaf->terms[j]->count = 0;
		}
	}
}

struct matcher *matcher_new(const struct plan *plan, struct store *store, struct analysis *analysis)
{
	struct matcher *m = g_new0(struct matcher, 1);

	m->plan = plan;
	m->store = store;
	m->analysis = analysis;
	m->tokens = g_array_new(FALSE, FALSE, sizeof(struct token));
	m->first = g_array_new(FALSE, FALSE, sizeof(guint));
	m->reach = g_array_new(FALSE, FALSE, sizeof(guint32));
	m->text = g_string_new(NULL);
	m->arena = arena_new();
	forget_terms(plan);
	mark_terms(plan, true);
	mark_terms(plan, false);
	seek_sequences(plan, SOUGHT);
	return m;
}

void matcher_free(struct matcher *m)
{
	if (!m)
		return;
	forget_terms(m->plan);
	g_array_unref(m->tokens);
	g_array_unref(m->first);
	g_array_unref(m->reach);
	g_string_free(m->text, TRUE);
	arena_free(m->arena);
	g_clear_error(&m->error);
	g_free(m);
}

/* --- reading a text ---------------------------------------------------------------------- */

/* Notes which terms of the plan stand in the tokens from the given one on. */
static void note_terms(struct matcher *m, guint from)
{
	for (guint i = from; i < m->tokens->len; i++) {
		const struct word *word = g_array_index(m->tokens, struct token, i).word;

		if (word->term && word->term->mark)
			word->term->count = m->serial;
		if (word->also && word->also->mark)
			word->also->count = m->serial;
	}
}

void matcher_read_text(struct matcher *m, const char *language, const char *text, gsize len)
{
	g_array_set_size(m->tokens, 0);
	g_array_set_size(m->first, 0);
	analysis_tokens(m->analysis, language, text, len, m->tokens);
	for (guint i = 0; i < m->tokens->len; i++) {
		guint position = g_array_index(m->tokens, struct token, i).position;

		while (m->first->len <= position)
			g_array_append_val(m->first, i);
	}
	note_terms(m, 0);
}

static void read_field(enum searched_field field, const char *text, guint weight, void *data)
{
	struct matcher *m = data;
	guint from = m->tokens->len;

	(void)field;
	(void)weight;
	analysis_tokens(m->analysis, m->doc->language, text, strlen(text), m->tokens);
	note_terms(m, from);
	g_array_set_size(m->tokens, from);
}

bool matcher_need_text(struct matcher *m)
{
	if (m->has_text || m->error)
		return !m->error;
	g_string_truncate(m->text, 0);
	if (!store_text(m->store, m->record.place.source, m->record.text_base, m->record.passage.ranges, m->record.passage.n_ranges, m->text,
			&m->error))
		return false;
	m->serial++;
	matcher_read_text(m, m->record.language, m->text->str, m->text->len);
	m->has_text = true;
	return true;
}

static bool need_document(struct matcher *m)
{
	guint64 text_base;

	if (!matcher_need_text(m))
		return false;
	if (!m->has_document)
		m->doc = store_document(m->store, m->record.place, &text_base, &m->error);
	m->has_document = true;
	if (m->doc && !record_passage_fits(&m->record.passage, m->doc))
		g_set_error(&m->error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_CORRUPT, "the index holds a damaged passage record ('%s/%s')",
		            m->doc->id, m->record.passage.id);
	return !m->error;
}

static void need_fields(struct matcher *m)
{
	if (m->has_fields || !need_document(m))
		return;
	m->has_fields = true;
	fields_each_text(m->doc, &m->record.passage, read_field, m);
}

/* --- single leaves ------------------------------------------------------------------------------ */

static bool has_any(struct matcher *m, struct term *const *terms, guint n)
{
	for (guint i = 0; i < n; i++)
		if (terms[i]->count == m->serial)
			return true;
	return false;
}

static bool has_all_of_one(struct matcher *m, const struct word_reading *readings, guint n_readings)
{
	for (guint i = 0; i < n_readings; i++) {
		const struct word_reading *reading = &readings[i];
		guint n = 0;

		while (n < reading->n && has_any(m, reading->all[n].terms, reading->all[n].n))
			n++;
		if (n == reading->n)
			return true;
	}
	return false;
}

static bool has_word(struct matcher *m, const struct leaf *leaf)
{
	if (leaf->n_readings ? has_all_of_one(m, leaf->readings, leaf->n_readings) : has_any(m, leaf->terms, leaf->n_terms))
		return true;
	return has_all_of_one(m, leaf->sequences, leaf->n_sequences);
}

static bool leaf_matches(struct matcher *m, const struct leaf *leaf)
{
	guint start, end;

	switch (leaf->type) {
	case LEAF_WORD:
		if (!matcher_need_text(m))
			return false;
		if (has_word(m, leaf))
			return true;
		need_fields(m);
		return has_word(m, leaf);
	case LEAF_PHRASE:
		return matcher_need_text(m) && match_phrase(m, leaf, 0, &start, &end);
	case LEAF_WILDCARD:
		if (!matcher_need_text(m))
			return false;
		for (guint i = 0; i < m->tokens->len; i++)
			if (match_prefix(leaf, g_array_index(m->tokens, struct token, i).word))
				return true;
		return false;
	}
	return false;
}

/* --- the tree ------------------------------------------------------------------------------------ */

static bool node_matches(struct matcher *m, const struct plan_node *at);

/* As enum query_occur says. Of common words the index knows nothing: they neither
 * help nor harm. */
static bool group_matches(struct matcher *m, const struct plan_node *at)
{
	bool any_must = false, any_should = false, matched = false;

	for (guint i = 0; i < at->n_kids; i++) {
		const struct plan_node *kid = at->kids[i];

		if (kid->neutral)
			continue;
		switch (kid->node->occur) {
		case QUERY_MUST:
			any_must = any_must || !query_node_filters(kid->node);
			if (!node_matches(m, kid))
				return false;
			break;
		case QUERY_MUST_NOT:
			if (node_matches(m, kid))
				return false;
			break;
		case QUERY_SHOULD:
			any_should = true;
			matched = matched || node_matches(m, kid);
			break;
		}
	}
	return any_must || !any_should || matched;
}

static bool node_matches(struct matcher *m, const struct plan_node *at)
{
	switch (at->node->type) {
	case QUERY_GROUP:
		return group_matches(m, at);
	case QUERY_NEAR:
		return match_near(m, at);
	case QUERY_FIELD:
		return need_document(m) && filter_holds(m->analysis, at->node->field, at->node->text, at->node->upper, m->doc, &m->record.passage);
	default:
		return !at->leaf || leaf_matches(m, at->leaf);
	}
}

bool matcher_may_accept(struct xap_candidate *candidate, void *data)
{
	const struct matcher *m = data;

	for (guint i = 0; i < m->plan->required->len; i++) {
		const struct plan_node *at = g_ptr_array_index(m->plan->required, i);

		if (at->node->type == QUERY_PHRASE && !match_signature(candidate, at->leaf))
			return false;
	}
	return true;
}

bool matcher_may_reject(const struct matcher *m)
{
	for (guint i = 0; i < m->plan->required->len; i++) {
		const struct plan_node *at = g_ptr_array_index(m->plan->required, i);

		if (at->node->type == QUERY_PHRASE && at->leaf->n_words > 1)
			return true;
	}
	return false;
}

bool matcher_holds(struct matcher *m, guint32 docid, bool *holds, GError **error)
{
	arena_free(m->arena);
	m->arena = arena_new();
	m->has_text = m->has_document = m->has_fields = false;
	*holds = store_passage(m->store, docid, m->arena, &m->record, &m->error);
	for (guint i = 0; i < m->plan->required->len && *holds; i++)
		*holds = node_matches(m, g_ptr_array_index(m->plan->required, i));
	if (*holds && !m->plan->required_only)
		*holds = node_matches(m, m->plan->root);
	if (!m->error)
		return true;
	g_propagate_error(error, g_steal_pointer(&m->error));
	return false;
}
