/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * match-marks.c - what of a text is shown as found.
 */
#include "searcher/match-parts.h"

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

		if (match_prefix(leaf, token->word))
			add_mark(marks, token->start, token->end, leaf->index);
	}
}

/* From the first to the last byte of the words from position start to end. */
static void mark_phrase(struct matcher *m, const struct leaf *leaf, GArray *marks)
{
	guint start, end;

	for (guint from = 0; match_phrase(m, leaf, from, &start, &end); from = end) {
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
	matcher_read_text(m, language, text, len);
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
