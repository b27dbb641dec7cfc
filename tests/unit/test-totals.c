/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test-totals.c - totals and counts where only the text can decide: of few candidates
 * exact, of many estimates that stay what they are from page to page.
 */
#include "tests/unit/searching.h"

/* Of each four passages two have a word that begins with "wander"; the title has its stem, so that all are candidates. */
static const char *const forms[] = { "wandering", "wandered", "wand", "sluice" };

static char *walks(guint n)
{
	char *dir = index_dir();
	struct writer *writer = writing(dir);

	for (guint d = 0; d < n; d += 20) {
		g_autofree char *id = g_strdup_printf("walk-%04u", d);
		struct made made = made_new(id, "Walks of the wanderers", "en");

		for (guint i = d; i < d + 20; i++) {
			g_autofree char *text = g_strdup_printf("%s along the towpath%u, past %u willows", forms[i % 4], i % 9, i);

			made_passage(&made, text, i % 3 ? KIND_NARRATIVE : KIND_REPORTED, -1);
		}
		write_document(writer, made_take(&made));
	}
	commit(writer);
	writer_close(writer);
	return dir;
}

static const RapFacet *facet_of(const RapResults *results, const char *field)
{
	for (size_t i = 0; i < results->n_facets; i++)
		if (strcmp(results->facets[i].field, field) == 0)
			return &results->facets[i];
	g_assert_not_reached();
}

static guint64 sum_of(const RapFacet *facet)
{
	guint64 sum = 0;

	for (size_t i = 0; i < facet->n_counts; i++)
		sum += facet->counts[i].count;
	return sum;
}

/* Each request for a page gives the same total, the same as with the counts. */
static RapResults *check_total(RapIndex *index, const char *text, guint64 total, bool exact)
{
	static const struct { size_t offset, limit; } pages[] = { { 0, 1 }, { 0, 10 }, { 10, 10 }, { 0, 50 }, { 60, 7 } };
	RapResults *counted = NULL;

	for (guint i = 0; i < 2 * G_N_ELEMENTS(pages); i++) {
		RapRequest request = {
			.text = text, .offset = pages[i / 2].offset, .limit = pages[i / 2].limit, .want_facets = i % 2, .facet_values = 1000,
		};

		rap_results_free(counted);
		counted = asked(index, &request);
		g_assert_cmpuint(counted->total, ==, total);
		g_assert_true(counted->total_is_exact == exact);
		g_assert_true(!request.want_facets || counted->facets_are_exact == exact);
	}
	return counted;
}

static void test_exact(void)
{
	static const char *const queries[] = { "wander*", "\"wandering\"", "\"wandered along\"", "wandering near/1 along" };
	static const guint64 totals[] = { 200, 100, 100, 200 };
	char *dir = walks(400);
	RapIndex *index = opened(dir, NULL);

	for (guint i = 0; i < G_N_ELEMENTS(queries); i++) {
		RapResults *results = check_total(index, queries[i], totals[i], true);

		g_assert_cmpuint(sum_of(facet_of(results, "kind")), ==, totals[i]);
		g_assert_cmpuint(sum_of(facet_of(results, "document")), ==, totals[i]);
		rap_results_free(results);
	}
	rap_close(index);
	index_free(dir);
}

/* Too many to look at each: about half of them hold. */
static void test_estimates(void)
{
	char *dir = walks(2400);
	RapIndex *index = opened(dir, NULL);
	RapResults *first = asked(index, &(RapRequest){ .text = "wander*", .limit = 1 }), *results;
	const RapFacet *kinds;

	g_assert_false(first->total_is_exact);
	results = check_total(index, "wander*", first->total, false);
	kinds = facet_of(results, "kind");
	g_assert_cmpuint(kinds->n_counts, ==, 2);
	for (size_t i = 0; i < results->n_facets; i++)
		for (size_t j = 0; j < results->facets[i].n_counts; j++)
			g_assert_cmpuint(results->facets[i].counts[j].count, <=, results->total);
	g_assert_cmpuint(sum_of(kinds), >=, results->total - 2);
	g_assert_cmpuint(sum_of(kinds), <=, results->total + 2);
	rap_results_free(results);
	rap_results_free(first);
	/* asked for, it is exact */
	results = asked(index, &(RapRequest){ .text = "wander*", .exact_total = true, .want_facets = true });
	g_assert_true(results->total_is_exact && results->facets_are_exact);
	g_assert_cmpuint(results->total, ==, 1200);
	g_assert_cmpuint(sum_of(facet_of(results, "kind")), ==, 1200);
	rap_results_free(results);
	rap_close(index);
	index_free(dir);
}

/* In a large index not all that match are read for a page: how many documents they are of is not known then. */
static void test_documents(void)
{
	g_autoptr(GString) text = g_string_new(NULL);
	char *dir = walks(20400);
	RapIndex *index = opened(dir, NULL);
	RapResults *results;

	for (guint i = 10; i < 810; i += 20)	/* one passage of each of 40 documents, with one score */
		g_string_append_printf(text, "%u ", i);
	results = asked(index, &(RapRequest){ .text = text->str, .unit = RAP_UNIT_DOCUMENT, .limit = 1 });
	g_assert_cmpuint(results->total, ==, 40);
	rap_results_free(results);
	results = asked(index, &(RapRequest){ .text = text->str, .unit = RAP_UNIT_DOCUMENT, .exact_total = true });
	g_assert_true(results->total_is_exact);
	g_assert_cmpuint(results->total, ==, 40);
	rap_results_free(results);
	rap_close(index);
	index_free(dir);
}

/* What the search saw in its texts is nothing that stands in those which are read for the counts. */
static void test_other_texts(void)
{
	char *dir = index_dir();
	struct writer *writer = writing(dir);
	struct made made = made_new("mill", "Mill", "en");
	RapIndex *index;
	RapResults *results;
	const RapFacet *kinds;

	for (guint i = 0; i < 300; i++) {
		g_autofree char *text = g_strdup_printf("the sluice of stone %u and a gate", i);

		made_passage(&made, text, KIND_REPORTED, -1);
	}
	made_passage(&made, "a sluice gate by the weir", KIND_NARRATIVE, -1);
	made_passage(&made, "a pulley", KIND_NARRATIVE, -1);
	write_document(writer, made_take(&made));
	commit(writer);
	writer_close(writer);
	index = opened(dir, NULL);
	results = asked(index, &(RapRequest){ .text = "(\"sluice gate\" OR pulley) kind:narrative", .want_facets = true });
	kinds = facet_of(results, "kind");
	g_assert_cmpuint(results->total, ==, 2);
	g_assert_cmpuint(kinds->n_counts, ==, 1);
	rap_results_free(results);
	rap_close(index);
	index_free(dir);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/totals/exact", test_exact);
	g_test_add_func("/totals/estimates", test_estimates);
	g_test_add_func("/totals/documents", test_documents);
	g_test_add_func("/totals/other-texts", test_other_texts);
	return g_test_run();
}
