/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test-rank.c - what a word weighs.
 */
#include <string.h>

#include "indexer/impact.h"
#include "searcher/rank.h"
#include "searcher/rapporteur.h"

static const struct rank_scheme *dense;

static void test_schemes(void)
{
	g_assert_true(rank_find(rank_schemes[0].name) == rank_schemes);
	g_assert_null(rank_find("no such scheme"));
	g_assert_nonnull(rank_find("bm25"));
	g_assert_cmpfloat(rank_find("bm25")->density, ==, 0);
}

static void test_names(void)
{
	GError *error = NULL;
	const char *what = NULL;
	size_t n = 0;

	for (; rap_rank_name(n, &what); n++) {
		g_assert_cmpstr(rap_rank_name(n, NULL), ==, rank_schemes[n].name);
		g_assert_cmpstr(what, ==, rank_schemes[n].what);
		g_assert_true(rank_choose(rap_rank_name(n, NULL), NULL) == &rank_schemes[n]);
	}
	g_assert_cmpuint(n, >, 1);
	g_assert_null(rap_rank_name(n + 1, NULL));
	g_assert_true(rank_choose(NULL, NULL) == rank_schemes);
	g_assert_null(rank_choose("no such scheme", &error));
	g_assert_error(error, RAP_ERROR, RAP_ERROR_SYNTAX);
	for (size_t i = 0; i < n; i++)
		g_assert_nonnull(strstr(error->message, rap_rank_name(i, NULL)));
	g_clear_error(&error);
}

/* The rarer a word, the more; a word that nobody has weighs nothing. */
static void test_rarity(void)
{
	double last = 0;

	g_assert_cmpfloat(rank_rarity(0, 1000), ==, 0);
	for (uint32_t n = 1000; n > 0; n /= 2) {
		g_assert_cmpfloat(rank_rarity(n, 1000), >, last);
		last = rank_rarity(n, 1000);
	}
	g_assert_cmpfloat(rank_rarity(1001, 1000), >, 0);	/* of passages that are gone */
	g_assert_cmpfloat(rank_word(dense, 0, 0, 1000), ==, 0);
}

/* The denser, the more, but no word outweighs all others. */
static void test_density(void)
{
	double thin = rank_density(dense, 100, 100 * IMPACT_MAX / 10), thick = rank_density(dense, 100, 100 * IMPACT_MAX / 2);
	double full = rank_density(dense, 100, 100 * IMPACT_MAX);

	g_assert_cmpfloat(thin, <, thick);
	g_assert_cmpfloat(thick, <, full);
	g_assert_cmpfloat(full, <, 5);
	/* one passage says less than a hundred */
	g_assert_cmpfloat(rank_density(dense, 1, IMPACT_MAX), <, full);
	g_assert_cmpfloat(rank_density(rank_find("bm25"), 100, 100 * IMPACT_MAX), ==, 1);
	g_assert_cmpfloat(rank_word(dense, 10, 10 * IMPACT_MAX, 1000), >, rank_word(dense, 10, 10 * IMPACT_MAX / 8, 1000));
}

/* Of few words each was chosen: how dense they are counts for less. */
static void test_words(void)
{
	double last = -1;

	for (unsigned words = 3; words <= 9; words++) {
		struct rank_scheme own = rank_for(dense, words);
		g_assert_cmpfloat(own.density, >, last);
		last = own.density;
	}
	g_assert_cmpfloat(last, ==, dense->density);
	g_assert_cmpfloat(rank_for(dense, 500).density, ==, dense->density);
	g_assert_cmpfloat(rank_for(dense, 0).density, ==, rank_for(dense, 3).density);
}

/* The impact grows with the frequency, and saturates; a short text makes no more of its title; what points at the
 * words, or tells of them, goes behind them. */
static void test_impact(void)
{
	guint32 last = 0;

	for (double frequency = 0.1; frequency < 1000; frequency *= 2) {
		g_assert_cmpuint(impact_of(frequency), >=, MAX(last, 1));
		last = impact_of(frequency);
	}
	g_assert_cmpuint(last, <=, IMPACT_MAX);
	g_assert_cmpfloat(impact_norm(SEARCHED_TEXT, KIND_SPEECH, 3), <, impact_norm(SEARCHED_TEXT, KIND_SPEECH, 30));
	g_assert_cmpfloat(impact_norm(SEARCHED_TITLE, KIND_SPEECH, 3), ==, impact_norm(SEARCHED_TITLE, KIND_SPEECH, 30));
	g_assert_cmpfloat(impact_norm(SEARCHED_TITLE, KIND_SPEECH, 300), ==, impact_norm(SEARCHED_TEXT, KIND_SPEECH, 300));
	for (guint length = 1; length < 1000; length *= 3) {
		double words = impact_norm(SEARCHED_TEXT, KIND_SPEECH, length);

		g_assert_cmpfloat(words, ==, impact_norm(SEARCHED_TEXT, KIND_QUOTE, length));
		g_assert_cmpfloat(words, <, impact_norm(SEARCHED_TEXT, KIND_REPORTED, length));
		g_assert_cmpfloat(impact_norm(SEARCHED_TEXT, KIND_REPORTED, length), <, impact_norm(SEARCHED_TEXT, KIND_LISTING, length));
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	dense = rank_schemes;
	g_test_add_func("/rank/schemes", test_schemes);
	g_test_add_func("/rank/names", test_names);
	g_test_add_func("/rank/rarity", test_rarity);
	g_test_add_func("/rank/density", test_density);
	g_test_add_func("/rank/words", test_words);
	g_test_add_func("/rank/impact", test_impact);
	return g_test_run();
}
