/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * closeness.c - see closeness.h. The shares were chosen with tests/bench/ranking.py and
 * tests/bench/known.py together.
 */
#include "searcher/closeness.h"

#include <string.h>

#include "indexer/fields.h"

/* Together 1. */
#define SHARE_COVERAGE 0.62	/* of the words, by what they weigh */
#define SHARE_NEAREST 0.12	/* the nearest two of them */
#define SHARE_NEIGHBOURS 0.07	/* words that stand next to each other in the query */
#define SHARE_RUN 0.19		/* the longest run of words as they were typed, function words too */

#define HALF_GAP 6.0		/* bytes between two words that halve their nearness */
#define LOOK_BACK 6		/* marks before one in which its neighbours are sought */
#define RUN_WORDS_MAX 32	/* of the query's first words a run is sought */

struct closeness {
	const struct plan *plan;
	struct matcher *matcher;
	GArray *asked;		/* guint32: the folds' hashes of the query's words, in order */
	guint *runs;		/* scratch: lengths of runs that end at a word of the query; one more in front */
	bool *there;		/* scratch, of each leaf */
	double *near;		/* scratch: how near a leaf stands to the next one */
	GString *speaker;
	GArray *marks, *tokens;	/* scratch */
};

/* --- the query as it was typed ------------------------------------------------------------------ */

static void add_words(struct closeness *c, const char *text, struct analysis *analysis)
{
	g_array_set_size(c->tokens, 0);
	analysis_tokens(analysis, NULL, text, strlen(text), c->tokens);
	for (guint i = 0; i < c->tokens->len && c->asked->len < RUN_WORDS_MAX; i++) {
		const struct token *token = &g_array_index(c->tokens, struct token, i);

		if (!(token->flags & TOKEN_JOINED))
			g_array_append_val(c->asked, token->word->hash);
	}
}

/* The depth is bounded by QUERY_MAX_DEPTH. */
static void add_asked(struct closeness *c, const struct query_node *node, struct analysis *analysis)
{
	if (node->occur == QUERY_MUST_NOT || node->type == QUERY_FIELD)
		return;
	if (node->kids)
		for (guint i = 0; i < node->kids->len; i++)
			add_asked(c, g_ptr_array_index(node->kids, i), analysis);
	else if (node->text)
		add_words(c, node->text, analysis);
}

struct closeness *closeness_new(const struct query *query, const struct plan *plan, struct matcher *matcher, struct analysis *analysis)
{
	struct closeness *c = g_new0(struct closeness, 1);

	c->plan = plan;
	c->matcher = matcher;
	c->asked = g_array_new(FALSE, FALSE, sizeof(guint32));
	c->runs = g_new(guint, RUN_WORDS_MAX + 1);
	c->there = g_new(bool, plan->leaves->len + 1);
	c->near = g_new(double, plan->leaves->len + 1);
	c->speaker = g_string_new(NULL);
	c->marks = g_array_new(FALSE, FALSE, sizeof(struct mark));
	c->tokens = g_array_new(FALSE, FALSE, sizeof(struct token));
	add_asked(c, query->root, analysis);
	return c;
}

void closeness_free(struct closeness *c)
{
	if (!c)
		return;
	g_array_unref(c->asked);
	g_free(c->runs);
	g_free(c->there);
	g_free(c->near);
	g_string_free(c->speaker, TRUE);
	g_array_unref(c->marks);
	g_array_unref(c->tokens);
	g_free(c);
}

/* --- the parts, each between 0 and 1 -------------------------------------------------------------- */

static double leaf_weight(const struct closeness *c, guint i)
{
	return ((const struct leaf *)g_ptr_array_index(c->plan->leaves, i))->weight;
}

/* The longest stretch that the text and the query have in common, word by word. */
static double longest_run(struct closeness *c, const GArray *tokens)
{
	guint n = c->asked->len, longest = 0;

	if (n < 2)
		return 0;
	memset(c->runs, 0, (n + 1) * sizeof *c->runs);
	for (guint t = 0; t < tokens->len; t++) {
		const struct token *token = &g_array_index(tokens, struct token, t);

		for (guint q = n; q > 0 && !(token->flags & TOKEN_JOINED); q--) {
			c->runs[q] = g_array_index(c->asked, guint32, q - 1) == token->word->hash ? c->runs[q - 1] + 1 : 0;
			longest = MAX(longest, c->runs[q]);
		}
	}
	return longest > 1 ? (longest - 1.0) / (n - 1) : 0;
}

static double nearness(const struct mark *before, const struct mark *mark)
{
	return 1.0 / (1.0 + (mark->start - before->end) / HALF_GAP);
}

/* The nearest two; sets near of each leaf. */
static double nearest(struct closeness *c, const GArray *marks)
{
	double best = 0;

	memset(c->near, 0, (c->plan->leaves->len + 1) * sizeof *c->near);
	for (guint i = 0; i < marks->len; i++) {
		const struct mark *mark = &g_array_index(marks, struct mark, i);

		for (guint j = i; j > 0 && i - j < LOOK_BACK; j--) {
			const struct mark *before = &g_array_index(marks, struct mark, j - 1);
			guint first = MIN(before->leaf, mark->leaf), last = MAX(before->leaf, mark->leaf);

			if (first == last)
				continue;
			best = MAX(best, nearness(before, mark));
			if (first + 1 == last)
				c->near[first] = MAX(c->near[first], nearness(before, mark));
		}
	}
	return best;
}

/* A pair weighs as the lighter of the two does. */
static double neighbours(const struct closeness *c)
{
	double sum = 0, all = 0;

	for (guint i = 0; i + 1 < c->plan->leaves->len; i++) {
		double weight = MIN(leaf_weight(c, i), leaf_weight(c, i + 1));

		sum += weight * c->near[i];
		all += weight;
	}
	return all > 0 ? sum / all : 0;
}

static void note_marks(struct closeness *c, const GArray *marks)
{
	for (guint i = 0; i < marks->len; i++)
		c->there[g_array_index(marks, struct mark, i).leaf] = true;
}

static void add_speaker(enum searched_field field, const char *text, guint weight, void *data)
{
	struct closeness *c = data;

	(void)weight;
	if (field == SEARCHED_SPEAKER || field == SEARCHED_ROLE || field == SEARCHED_ORGANISATION || field == SEARCHED_COUNTRY)
		g_string_append_printf(c->speaker, "%s\n", text);
}

static double coverage(struct closeness *c, const struct document *doc, const struct passage *passage, const GArray *marks)
{
	double sum = 0, all = 0;

	memset(c->there, 0, (c->plan->leaves->len + 1) * sizeof *c->there);
	note_marks(c, marks);
	g_string_truncate(c->speaker, 0);
	fields_each_text(doc, passage, add_speaker, c);
	if (c->speaker->len) {
		matcher_marks(c->matcher, doc->language, c->speaker->str, c->speaker->len, c->marks);
		note_marks(c, c->marks);
	}
	for (guint i = 0; i < c->plan->leaves->len; i++) {
		sum += c->there[i] ? leaf_weight(c, i) : 0;
		all += leaf_weight(c, i);
	}
	return all > 0 ? sum / all : 0;
}

double closeness_of(struct closeness *c, const struct document *doc, const struct passage *passage, const GArray *marks)
{
	double run, pair;

	if (c->plan->leaves->len < 2)
		return 0;
	run = longest_run(c, matcher_tokens(c->matcher));
	pair = nearest(c, marks);
	return SHARE_COVERAGE * coverage(c, doc, passage, marks) + SHARE_NEAREST * pair + SHARE_NEIGHBOURS * neighbours(c) + SHARE_RUN * run;
}
