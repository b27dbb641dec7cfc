/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * match.c - a plan held against the text of a passage.
 *
 * The passage's words are looked at through the index's own analysis. Terms of the
 * plan carry the number of their leaf (term->mark), and the serial number of the last
 * passage that had them (term->count), so that a word costs one comparison.
 */
#include "searcher/match.h"

#include <string.h>

#include "corpus/error.h"
#include "indexer/fields.h"
#include "indexer/signature.h"
#include "searcher/filter.h"

struct matcher {
	const struct plan *plan;
	struct store *store;
	struct analysis *analysis;
	guint serial;		/* of the passage in hand */
	GArray *tokens;		/* struct token */
	GArray *first;		/* guint: position -> its first token */
	GString *text;
	GArray *reach;		/* scratch of phrase matching */

	/* the passage in hand, read as far as was needed */
	struct arena *arena;
	struct passage_record record;
	const struct document *doc;
	bool has_text, has_document, has_fields;
	GError *error;
};

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
	mark_terms(plan, true);
	mark_terms(plan, false);
	seek_sequences(plan, SOUGHT);
	return m;
}

void matcher_free(struct matcher *m)
{
	if (!m)
		return;
	seek_sequences(m->plan, 0);
	for (guint i = 0; i < m->plan->leaves->len; i++) {
		const struct leaf *leaf = g_ptr_array_index(m->plan->leaves, i);

		for (guint j = 0; j < leaf->n_terms; j++) {
			leaf->terms[j]->mark = 0;
			leaf->terms[j]->count = 0;
		}
	}
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

static void read_text(struct matcher *m, const char *language, const char *text, gsize len)
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

static bool need_text(struct matcher *m)
{
	if (m->has_text || m->error)
		return !m->error;
	g_string_truncate(m->text, 0);
	if (!store_text(m->store, m->record.place.source, m->record.text_base, m->record.passage.ranges, m->record.passage.n_ranges, m->text,
			&m->error))
		return false;
	m->serial++;
	read_text(m, m->record.language, m->text->str, m->text->len);
	m->has_text = true;
	return true;
}

static bool need_document(struct matcher *m)
{
	guint64 text_base;

	if (!need_text(m))
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

/* --- phrases -------------------------------------------------------------------------------- */

static bool word_is(const struct phrase_word *want, const struct word *word)
{
	if (want->exact)
		return word->exact_len == want->len && memcmp(word->exact, want->form, want->len) == 0;
	return word->fold_len == want->len && memcmp(word->fold, want->form, want->len) == 0;
}

/* Where phrase and text can be after equal words: pairs of positions, packed.
 * A hyphenated form is one position or several on either side, so more than one
 * pair can be open at a time; they are taken in order, without repetition. */
static void open_pair(GArray *reach, guint from, guint i, guint p)
{
	guint32 pair = i << 16 | p;

	for (guint k = from; k < reach->len; k++)
		if (g_array_index(reach, guint32, k) == pair)
			return;
	g_array_append_val(reach, pair);
}

#define REACH_MAX 4096

/* Does the phrase stand at position start? *end gets the position behind it. */
static bool phrase_at(struct matcher *m, const struct leaf *leaf, guint start, guint *end)
{
	g_array_set_size(m->reach, 0);
	open_pair(m->reach, 0, 0, 0);
	for (guint k = 0; k < m->reach->len && k < REACH_MAX; k++) {
		guint i = g_array_index(m->reach, guint32, k) >> 16, p = start + (g_array_index(m->reach, guint32, k) & 0xffff);

		if (i >= leaf->n_positions) {
			*end = p;
			return true;
		}
		if (p >= m->first->len || p - start > 0xff00)
			continue;
		for (guint w = leaf->first[i]; w < leaf->first[i + 1]; w++) {
			const struct phrase_word *want = &leaf->words[w];

			for (guint t = g_array_index(m->first, guint, p); t < m->tokens->len; t++) {
				const struct token *token = &g_array_index(m->tokens, struct token, t);

				if (token->position != p)
					break;
				if (word_is(want, token->word))
					open_pair(m->reach, k, i + want->span, p - start + token->span);
			}
		}
	}
	return false;
}

static bool find_phrase(struct matcher *m, const struct leaf *leaf, guint from, guint *start, guint *end)
{
	for (*start = from; *start < m->first->len; ++*start)
		if (phrase_at(m, leaf, *start, end))
			return true;
	return false;
}

/* The signature can rule a phrase out. Words around a joined form may follow
 * each other in several ways, so only pairs of plain words are asked for. */
static bool signature_allows(struct xap_candidate *candidate, const struct leaf *leaf)
{
	const char *signature;
	size_t len;

	if (leaf->n_words < 2)
		return true;
	signature = xap_candidate_value(candidate, SIGNATURE_SLOT, &len);
	for (guint i = 0; i < leaf->n_words; i++)
		if (leaf->words[i].joined)
			return true;
	for (guint i = 0; i + 1 < leaf->n_words; i++)
		if (!signature_may_hold((const guint8 *)signature, len, leaf->words[i].hash, leaf->words[i + 1].hash))
			return false;
	return true;
}

/* --- single leaves ------------------------------------------------------------------------------ */

/* Common words are not in the index: no star stands for them. */
static bool has_prefix(const struct leaf *leaf, const struct word *word)
{
	gsize n = strlen(leaf->prefix);

	return word->term && word->fold_len >= n && memcmp(word->fold, leaf->prefix, n) == 0;
}

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
		if (!need_text(m))
			return false;
		if (has_word(m, leaf))
			return true;
		need_fields(m);
		return has_word(m, leaf);
	case LEAF_PHRASE:
		return need_text(m) && find_phrase(m, leaf, 0, &start, &end);
	case LEAF_WILDCARD:
		if (!need_text(m))
			return false;
		for (guint i = 0; i < m->tokens->len; i++)
			if (has_prefix(leaf, g_array_index(m->tokens, struct token, i).word))
				return true;
		return false;
	}
	return false;
}

/* --- nearness ---------------------------------------------------------------------------------- */

struct occurrence {
	guint start, end;	/* positions */
	guint kid;
};

static bool token_is(const struct leaf *leaf, const struct token *token)
{
	const struct word *word = token->word;

	if (leaf->type == LEAF_WILDCARD)
		return has_prefix(leaf, word);
	for (guint i = 0; i < leaf->n_terms; i++)
		if (word->term == leaf->terms[i] || word->also == leaf->terms[i])
			return true;
	return false;
}

static void add_occurrences(struct matcher *m, const struct leaf *leaf, guint kid, GArray *all)
{
	struct occurrence o = { .kid = kid };

	if (leaf->type == LEAF_PHRASE) {
		for (guint from = 0; find_phrase(m, leaf, from, &o.start, &o.end); from = o.start + 1)
			g_array_append_val(all, o);
		return;
	}
	for (guint i = 0; i < m->tokens->len; i++) {
		const struct token *token = &g_array_index(m->tokens, struct token, i);

		if (!token_is(leaf, token))
			continue;
		o.start = token->position;
		o.end = token->position + token->span;
		g_array_append_val(all, o);
	}
}

static gint by_start(gconstpointer a, gconstpointer b)
{
	const struct occurrence *x = a, *y = b;

	return x->start != y->start ? (x->start < y->start ? -1 : 1) : (gint)x->kid - (gint)y->kid;
}

/* Is there a stretch that holds every kid, with at most `distance` words
 * between the end of the first and the start of the last? */
static bool near_matches(struct matcher *m, const struct plan_node *at)
{
	g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(struct occurrence));
	g_autofree guint *last = g_new0(guint, at->n_kids + 1);	/* kid -> the end of its latest occurrence */
	bool found = false;

	if (!need_text(m))
		return false;
	for (guint k = 0; k < at->n_kids; k++)
		if (at->kids[k]->leaf)
			add_occurrences(m, at->kids[k]->leaf, k, all);
	g_array_sort(all, by_start);
	for (guint i = 0; i < all->len && !found; i++) {
		const struct occurrence *o = &g_array_index(all, struct occurrence, i);

		last[o->kid] = MAX(last[o->kid], o->end);	/* a joined form may end behind its part */
		found = true;
		for (guint k = 0; k < at->n_kids && found; k++)
			found = !at->kids[k]->leaf || (last[k] && o->start <= last[k] + at->node->distance);
	}
	return found;
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
		return near_matches(m, at);
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

		if (at->node->type == QUERY_PHRASE && !signature_allows(candidate, at->leaf))
			return false;
	}
	return true;
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

/* --- marks ------------------------------------------------------------------------------------------ */

static void add_mark(GArray *marks, guint32 start, guint32 end, guint leaf)
{
	struct mark mark = { start, end, leaf };

	g_array_append_val(marks, mark);
}

static gint mark_of(const struct word *word)
{
	if (word->term && word->term->mark > 0)
		return word->term->mark;
	return word->also && word->also->mark > 0 ? word->also->mark : 0;
}

/* A joined form may stand for two words of the query (wording.c): where its parts are there, too, they
 * tell which. */
static bool parts_differ(const struct matcher *m, guint joined, gint mark)
{
	const struct token *first = &g_array_index(m->tokens, struct token, joined);

	for (guint i = joined + 1; i < m->tokens->len; i++) {
		const struct token *part = &g_array_index(m->tokens, struct token, i);
		gint other = mark_of(part->word);

		if (part->position >= first->position + first->span)
			return false;
		if (other && other != mark)
			return true;
	}
	return false;
}

static void mark_words(struct matcher *m, GArray *marks)
{
	for (guint i = 0; i < m->tokens->len; i++) {
		const struct token *token = &g_array_index(m->tokens, struct token, i);
		gint mark = mark_of(token->word);

		if (token->flags & TOKEN_JOINED && mark && parts_differ(m, i, mark))
			continue;
		if (mark > 0 && !((const struct leaf *)g_ptr_array_index(m->plan->leaves, (guint)mark - 1))->excluded)
			add_mark(marks, token->start, token->end, (guint)mark - 1);
	}
}

static bool is_one_of(const struct any_term *any, const struct word *word)
{
	for (guint i = 0; i < any->n; i++)
		if (word->term == any->terms[i] || (word->also && word->also == any->terms[i]))
			return true;
	return false;
}

/* The words of a form from token t on, function words between them; how many tokens it takes, or 0. */
static guint sequence_at(const struct matcher *m, const struct word_reading *sequence, guint t)
{
	guint at = t;

	for (guint w = 0; w < sequence->n; at++) {
		const struct word *word;

		if (at >= m->tokens->len)
			return 0;
		word = g_array_index(m->tokens, struct token, at).word;
		if (is_one_of(&sequence->all[w], word))
			w++;
		else if (word->term)
			return 0;
	}
	return at - t;
}

static void mark_sequences(struct matcher *m, const struct leaf *leaf, GArray *marks)
{
	for (guint s = 0; s < leaf->n_sequences; s++) {
		guint n;

		for (guint t = 0; t < m->tokens->len; t += MAX(n, 1)) {
			const struct token *first = &g_array_index(m->tokens, struct token, t);

			n = first->word->term ? sequence_at(m, &leaf->sequences[s], t) : 0;
			if (n)
				add_mark(marks, first->start, g_array_index(m->tokens, struct token, t + n - 1).end, leaf->index);
		}
	}
}

static void mark_wildcard(struct matcher *m, const struct leaf *leaf, GArray *marks)
{
	for (guint i = 0; i < m->tokens->len; i++) {
		const struct token *token = &g_array_index(m->tokens, struct token, i);

		if (has_prefix(leaf, token->word))
			add_mark(marks, token->start, token->end, leaf->index);
	}
}

/* From the first to the last byte of the words from position start to end. */
static void mark_phrase(struct matcher *m, const struct leaf *leaf, GArray *marks)
{
	guint start, end;

	for (guint from = 0; find_phrase(m, leaf, from, &start, &end); from = end) {
		const struct token *first = &g_array_index(m->tokens, struct token, g_array_index(m->first, guint, start));
		guint32 to = first->end;

		for (guint t = g_array_index(m->first, guint, start); t < m->tokens->len; t++) {
			const struct token *token = &g_array_index(m->tokens, struct token, t);

			if (token->position >= end)
				break;
			to = MAX(to, token->end);
		}
		add_mark(marks, first->start, to, leaf->index);
	}
}

static gint by_place(gconstpointer a, gconstpointer b)
{
	const struct mark *x = a, *y = b;

	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	return x->end != y->end ? (x->end > y->end ? -1 : 1) : (gint)x->leaf - (gint)y->leaf;
}

/* Of marks that overlap the one that begins first stays; of two that begin together the
 * longer. */
static void drop_overlaps(GArray *marks)
{
	guint kept = 0;

	g_array_sort(marks, by_place);
	for (guint i = 0; i < marks->len; i++) {
		const struct mark *mark = &g_array_index(marks, struct mark, i);

		if (kept && g_array_index(marks, struct mark, kept - 1).end > mark->start)
			continue;
		g_array_index(marks, struct mark, kept++) = *mark;
	}
	g_array_set_size(marks, kept);
}

void matcher_marks(struct matcher *m, const char *language, const char *text, gsize len, GArray *marks)
{
	g_array_set_size(marks, 0);
	m->serial++;
	read_text(m, language, text, len);
	mark_words(m, marks);
	for (guint i = 0; i < m->plan->leaves->len; i++) {
		const struct leaf *leaf = g_ptr_array_index(m->plan->leaves, i);

		if (leaf->excluded)
			continue;
		mark_sequences(m, leaf, marks);
		if (leaf->type == LEAF_WILDCARD)
			mark_wildcard(m, leaf, marks);
		else if (leaf->type == LEAF_PHRASE)
			mark_phrase(m, leaf, marks);
	}
	drop_overlaps(marks);
}

const GArray *matcher_tokens(const struct matcher *m)
{
	return m->tokens;
}
