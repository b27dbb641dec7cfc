/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test-wild.c - long and wild queries are cut, with a warning that says so, and what is left is searched.
 */
#include "tests/unit/searching.h"

#include "searcher/plan-parts.h"

/* --- what a plan may cost ------------------------------------------------------------- */

static void test_budget(void)
{
	static char texts[4][8] = { "rare", "common", "usual", "common2" };
	static const guint64 postings[] = { 10, PLAN_MAX_POSTINGS, PLAN_MAX_POSTINGS / 2, PLAN_MAX_POSTINGS };
	struct query_node nodes[4] = { 0 }, root = { .type = QUERY_GROUP, .kids = g_ptr_array_new() };
	g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);
	struct plan_budget budget;

	plan_budget_init(&budget);
	g_assert_false(plan_budget_choose(&budget));
	for (guint i = 0; i < 4; i++) {
		nodes[i] = (struct query_node){ .type = QUERY_WORD, .text = texts[i] };
		g_ptr_array_add(root.kids, &nodes[i]);
		plan_budget_note(&budget, &nodes[i], postings[i], false);
	}
	g_assert_true(plan_budget_choose(&budget));
	g_assert_false(plan_budget_drops(&budget, &nodes[0]));
	g_assert_true(plan_budget_drops(&budget, &nodes[1]));	/* of two alike the later goes first, but both are too much */
	g_assert_false(plan_budget_drops(&budget, &nodes[2]));
	g_assert_true(plan_budget_drops(&budget, &nodes[3]));
	plan_budget_warn(&budget, &root, warnings);
	g_assert_cmpuint(warnings->len, ==, 1);
	g_assert_cmpstr(warnings->pdata[0], ==, "The query asks for too much at once: the 2 of its words that most passages have were left "
	                                        "out (\"common\", \"common2\").");
	plan_budget_clear(&budget);
	g_ptr_array_unref(root.kids);
}

/* The last one is kept, whatever it costs, and what is within the budget is not touched. */
static void test_budget_keeps(void)
{
	struct query_node nodes[2] = { { .type = QUERY_WORD }, { .type = QUERY_WORD } };
	struct plan_budget budget;

	plan_budget_init(&budget);
	plan_budget_note(&budget, &nodes[0], PLAN_MAX_POSTINGS * 3ull, false);
	g_assert_false(plan_budget_choose(&budget));
	plan_budget_note(&budget, &nodes[1], PLAN_MAX_POSTINGS * 2ull, false);
	g_assert_true(plan_budget_choose(&budget));
	g_assert_true(plan_budget_drops(&budget, &nodes[0]));
	g_assert_false(plan_budget_drops(&budget, &nodes[1]));
	plan_budget_clear(&budget);
	plan_budget_init(&budget);
	plan_budget_note(&budget, &nodes[0], PLAN_MAX_POSTINGS / 2, false);
	plan_budget_note(&budget, &nodes[1], PLAN_MAX_POSTINGS / 2, false);
	g_assert_false(plan_budget_choose(&budget));
	g_assert_false(plan_budget_drops(&budget, &nodes[0]));
	plan_budget_clear(&budget);
}

/* Stars for which nothing is left stay out when the plan is made again with fewer words. */
static void test_budget_stars(void)
{
	struct query_node nodes[3] = { { .type = QUERY_WILDCARD }, { .type = QUERY_WILDCARD }, { .type = QUERY_WILDCARD } };
	g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);
	struct plan_budget budget;

	plan_budget_init(&budget);
	g_assert_true(plan_budget_takes_star(&budget, &nodes[0]));
	budget.terms_left = 0;
	g_assert_false(plan_budget_takes_star(&budget, &nodes[1]));
	g_assert_false(plan_budget_takes_star(&budget, &nodes[2]));
	plan_budget_note(&budget, &nodes[0], PLAN_MAX_POSTINGS, false);
	plan_budget_note(&budget, &nodes[1], 1, false);
	g_assert_true(plan_budget_choose(&budget));
	g_assert_cmpuint(budget.terms_left, >, 0);
	g_assert_false(plan_budget_takes_star(&budget, &nodes[1]));
	g_assert_false(plan_budget_takes_star(&budget, &nodes[2]));
	plan_budget_warn(&budget, &nodes[0], warnings);
	g_assert_cmpuint(warnings->len, ==, 2);
	g_assert_cmpstr(warnings->pdata[1], ==, "The query has too many words with a star: the last 2 of them were left out.");
	plan_budget_clear(&budget);
}

/* Who excludes a word does not want to see it, however frequent it is. */
static void test_budget_exclusions(void)
{
	struct query_node nodes[3] = { { .type = QUERY_WORD }, { .type = QUERY_WORD }, { .type = QUERY_WORD } };
	struct plan_budget budget;

	plan_budget_init(&budget);
	plan_budget_note(&budget, &nodes[0], PLAN_MAX_POSTINGS - 10, true);
	plan_budget_note(&budget, &nodes[1], 20, false);
	plan_budget_note(&budget, &nodes[2], 5, false);
	g_assert_true(plan_budget_choose(&budget));
	g_assert_false(plan_budget_drops(&budget, &nodes[0]));
	g_assert_true(plan_budget_drops(&budget, &nodes[1]));
	g_assert_false(plan_budget_drops(&budget, &nodes[2]));
	plan_budget_clear(&budget);
	plan_budget_init(&budget);
	plan_budget_note(&budget, &nodes[0], PLAN_MAX_POSTINGS + 10ull, true);	/* nor is what is asked for left out for its sake alone */
	plan_budget_note(&budget, &nodes[1], 20, false);
	g_assert_true(plan_budget_choose(&budget));
	g_assert_true(plan_budget_drops(&budget, &nodes[0]));
	g_assert_false(plan_budget_drops(&budget, &nodes[1]));
	plan_budget_clear(&budget);
}

/* --- queries ----------------------------------------------------------------------------- */

/* The most passages that are read to see whether they hold, and some more. */
#define MANY 2100

static char *many(void)
{
	char *dir = index_dir();
	struct writer *writer = writing(dir);
	struct made made = made_new("many", "Counted things", "en");

	for (guint i = 0; i < MANY; i++) {
		g_autofree char *text = g_strdup_printf("A lantern was seen by the keeper of harbour %u, who wrote it down before the ferry came.",
		                                        i);

		made_passage(&made, text, KIND_NARRATIVE, -1);
	}
	made_passage(&made, "\347\201\257\345\241\224\345\234\250\346\270\257\345\217\243\343\200\202", KIND_NARRATIVE, -1);
	write_document(writer, made_take(&made));
	commit(writer);
	writer_close(writer);
	return dir;
}

static bool warned(const RapResults *results, const char *part)
{
	for (const char *const *warning = results->warnings; *warning; warning++)
		if (strstr(*warning, part))
			return true;
	return false;
}

static char *repeated(const char *before, const char *piece, guint n, const char *behind)
{
	GString *text = g_string_new(before);

	while (n--)
		g_string_append(text, piece);
	g_string_append(text, behind);
	return g_string_free(text, FALSE);
}

static char *speakers(guint n)
{
	GString *text = g_string_new("lantern");

	for (guint i = 0; i < n; i++)	/* each twice: it is one value */
		g_string_append_printf(text, " speaker:nobody%u speaker:nobody%u", i, i);
	return g_string_free(text, FALSE);
}

static void check_cut(RapIndex *index, char *text, const char *warning, bool finds)
{
	RapResults *results = asked(index, &(RapRequest){ .text = text });

	if (!warned(results, warning) || (results->n_hits > 0) != finds)
		g_error("'%.60s': %s, %zu hits", text, *results->warnings ? *results->warnings : "no warning", results->n_hits);
	g_assert_false(warned(results, "no word in this query"));
	rap_results_free(results);
	g_free(text);
}

static void test_cut(void)
{
	char *dir = many();
	RapIndex *index = opened(dir, NULL);

	check_cut(index, repeated("", "lantern ", 1500, ""), "too long: of 1024 words", true);
	check_cut(index, repeated("\"", "lantern was ", 200, "\""), "is longer than 256 words", false);
	check_cut(index, repeated("", "\347\201\257\345\241\224\345\234\250\346\270\257\345\217\243\343\200\202", 2000, ""),
	          "longer than 256 words or 2048 bytes", true);
	check_cut(index, repeated("", "abcdefghij", 10000, ""), "longer than 256 words or 2048 bytes", false);
	check_cut(index, repeated("", "lantern-", 500, "ferry"), "longer than 256 words or 2048 bytes", true);
	check_cut(index, speakers(100), "of 100 values only the first 64 were looked for", false);
	check_cut(index, g_strdup("lantern near/1 harbour"), "only the best 2000 were read", false);
	rap_close(index);
	index_free(dir);
}

/* A paragraph that somebody pastes is none of them. */
static void test_not_cut(void)
{
	char *dir = many();
	RapIndex *index = opened(dir, NULL);
	g_autofree char *phrase = repeated("\"", "lantern ", 200, "\""), *hyphens = repeated("+", "one-", 20, "lantern");
	g_autoptr(GString) pasted = g_string_new(NULL);
	const char *queries[] = { NULL, phrase, hyphens, "lantern near/9 harbour", "lan* har*", "\"keeper of harbour\"" };

	for (guint i = 0; i < 200; i++)
		g_string_append_printf(pasted, "harbour%u lantern ", i);
	queries[0] = pasted->str;
	for (guint i = 0; i < G_N_ELEMENTS(queries); i++) {
		RapResults *results = asked(index, &(RapRequest){ .text = queries[i] });

		if (*results->warnings)
			g_error("'%.60s': %s", queries[i], *results->warnings);
		rap_results_free(results);
	}
	rap_close(index);
	index_free(dir);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/wild/budget", test_budget);
	g_test_add_func("/wild/budget/keeps", test_budget_keeps);
	g_test_add_func("/wild/budget/stars", test_budget_stars);
	g_test_add_func("/wild/budget/exclusions", test_budget_exclusions);
	g_test_add_func("/wild/cut", test_cut);
	g_test_add_func("/wild/not-cut", test_not_cut);
	return g_test_run();
}
