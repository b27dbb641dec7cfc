/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * match-phrase.c - phrases and nearness: where words stand beside each other in a text.
 */
#include "searcher/match-parts.h"

#include <string.h>

#include "indexer/signature.h"

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
				if (p - start + token->span <= 0xffff && word_is(want, token->word))
					open_pair(m->reach, k, i + want->span, p - start + token->span);
			}
		}
	}
	return false;
}

bool match_phrase(struct matcher *m, const struct leaf *leaf, guint from, guint *start, guint *end)
{
	for (*start = from; *start < m->first->len; ++*start)
		if (phrase_at(m, leaf, *start, end))
			return true;
	return false;
}

/* The signature can rule a phrase out. Words around a joined form may follow
 * each other in several ways, so only pairs of plain words are asked for. */
bool match_signature(struct xap_candidate *candidate, const struct leaf *leaf)
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

/* --- nearness ---------------------------------------------------------------------------------- */

struct occurrence {
	guint start, end;	/* positions */
	guint kid;
};

static bool token_is(const struct leaf *leaf, const struct token *token)
{
	const struct word *word = token->word;

	if (leaf->type == LEAF_WILDCARD)
		return match_prefix(leaf, word);
	for (guint i = 0; i < leaf->n_terms; i++)
		if (word->term == leaf->terms[i] || word->also == leaf->terms[i])
			return true;
	return false;
}

static void add_occurrences(struct matcher *m, const struct leaf *leaf, guint kid, GArray *all)
{
	struct occurrence o = { .kid = kid };

	if (leaf->type == LEAF_PHRASE) {
		for (guint from = 0; match_phrase(m, leaf, from, &o.start, &o.end); from = o.start + 1)
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
bool match_near(struct matcher *m, const struct plan_node *at)
{
	g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(struct occurrence));
	g_autofree guint *last = g_new0(guint, at->n_kids + 1);	/* kid -> the end of its latest occurrence */
	bool found = false;

	if (!matcher_need_text(m))
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
