/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * feedback.c - pseudo-relevance feedback; see feedback.h. The figures were chosen on
 * the judged collections with tests/bench/ranking.py --search-args --expand.
 */
#include "searcher/feedback.h"

#include <math.h>
#include <string.h>

#include "indexer/stopwords.h"
#include "indexer/impact.h"
#include "searcher/xtree.h"

#define SHARE 0.5		/* the best term weighs so much of what it would weigh if it had been asked for */
#define COMMON_SHARE 4		/* a term that every fourth passage has tells nothing */
#define PASSAGES_MIN 2		/* what stands in one passage only is that one's own */
#define STEMS_MAX 5000

struct fed {
	const struct term *term;
	const char *word;	/* as it stood first */
	guint count, passages, last;	/* last: the number of the passage that had it last */
	uint32_t n;		/* how many passages of all have it */
	uint64_t mass;
	double weight;
};

struct feedback {
	struct analysis *analysis;
	GArray *tokens;
	GArray *all;		/* struct fed; once chosen, the best first */
	GHashTable *places;	/* struct term * -> its place in all, from 1 */
	guint passages;
	uint32_t documents;
};

struct feedback *feedback_new(struct analysis *analysis)
{
	struct feedback *f = g_new0(struct feedback, 1);

	f->analysis = analysis;
	f->tokens = g_array_new(FALSE, FALSE, sizeof(struct token));
	f->all = g_array_new(FALSE, TRUE, sizeof(struct fed));
	f->places = g_hash_table_new(NULL, NULL);
	return f;
}

void feedback_free(struct feedback *f)
{
	if (!f)
		return;
	g_array_unref(f->tokens);
	g_array_unref(f->all);
	g_hash_table_unref(f->places);
	g_free(f);
}

static bool tells(const struct token *token, const char *language)
{
	const struct word *word = token->word;

	return word->term && !(token->flags & TOKEN_JOINED) && !(word->flags & WORD_NUMBER) &&
	       (word->flags & WORD_CJK || g_utf8_strlen(word->exact, 3) > 2) && !stopwords_is_weak(language, word->exact);
}

static void count(struct feedback *f, const struct word *word)
{
	guint place = GPOINTER_TO_UINT(g_hash_table_lookup(f->places, word->term));
	struct fed *fed;

	if (!place && f->all->len >= STEMS_MAX)
		return;
	if (!place) {
		struct fed new = { .term = word->term, .word = word->exact };

		g_array_append_val(f->all, new);
		place = f->all->len;
		g_hash_table_insert(f->places, word->term, GUINT_TO_POINTER(place));
	}
	fed = &g_array_index(f->all, struct fed, place - 1);
	fed->count++;
	fed->passages += fed->last != f->passages;
	fed->last = f->passages;
}

static void count_text(struct feedback *f, const char *language, const char *text, gsize len)
{
	g_array_set_size(f->tokens, 0);
	analysis_tokens(f->analysis, language, text, len, f->tokens);
	for (guint i = 0; i < f->tokens->len; i++) {
		const struct token *token = &g_array_index(f->tokens, struct token, i);

		if (tells(token, language))
			count(f, token->word);
	}
}

void feedback_add(struct feedback *f, const char *language, const char *text, gsize len, const char *title)
{
	f->passages++;
	count_text(f, language, text, len);
	if (title)
		count_text(f, language, title, strlen(title));
}

/* Bo1, with the share of passages that have the term for its mean frequency. */
static double bo1(const struct fed *fed, uint32_t documents)
{
	double chance = (double)fed->n / documents;

	return fed->count * log2((1 + chance) / chance) + log2(1 + chance);
}

static gint by_weight(gconstpointer a, gconstpointer b)
{
	const struct fed *x = a, *y = b;

	return x->weight != y->weight ? (x->weight > y->weight ? -1 : 1) : strcmp(x->term->text, y->term->text);
}

bool feedback_choose(struct feedback *f, xap_db *db, GError **error)
{
	guint kept = 0;

	if (!xap_db_count(db, &f->documents, error))
		return false;
	for (guint i = 0; i < f->all->len; i++) {
		struct fed fed = g_array_index(f->all, struct fed, i);

		if (fed.passages < PASSAGES_MIN)
			continue;
		if (!xap_db_term_frequency(db, fed.term->text, fed.term->len, &fed.n, error) ||
		    !xap_db_term_mass(db, fed.term->text, fed.term->len, &fed.mass, error))
			return false;
		if (!fed.n || (fed.n > fed.passages && fed.n > f->documents / COMMON_SHARE))
			continue;
		fed.weight = bo1(&fed, f->documents);
		g_array_index(f->all, struct fed, kept++) = fed;
	}
	g_array_set_size(f->all, kept);
	g_array_sort(f->all, by_weight);
	g_array_set_size(f->all, MIN(kept, FEEDBACK_TERMS));
	return true;
}

const char *const *feedback_words(const struct feedback *f, struct arena *arena)
{
	const char **words = arena_alloc(arena, (f->all->len + 1) * sizeof *words);

	for (guint i = 0; i < f->all->len; i++)
		words[i] = arena_string(arena, g_array_index(f->all, struct fed, i).word, -1);
	return words;
}

const struct xap_query *feedback_query(const struct feedback *f, const struct rank_scheme *scheme, struct arena *arena, GHashTable *as)
{
	g_autoptr(GPtrArray) kids = g_ptr_array_new();
	double best = f->all->len ? g_array_index(f->all, struct fed, 0).weight : 0;

	for (guint i = 0; i < f->all->len && best > 0; i++) {
		const struct fed *fed = &g_array_index(f->all, struct fed, i);
		double weight = SHARE * fed->weight / best * rank_word(scheme, fed->n, fed->mass, f->documents);
		const struct xap_query *term = xtree_scale(arena, weight / IMPACT_MAX, xtree_term(arena, fed->term->text, fed->term->len));

		g_hash_table_insert(as, (gpointer)term, (gpointer)fed->word);
		g_ptr_array_add(kids, (gpointer)term);
	}
	return xtree_group(arena, XAP_OR, kids);
}
