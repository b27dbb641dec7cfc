/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test-arrange.c - matches by date, by place, and one for each document, panel
 * or speaker; pages of all of these.
 */
#include "tests/unit/searching.h"

#include "searcher/arrange.h"

#define PAPERS 9

/* Papers of two days of 2019 and 2021, the last third without a date; three people, some panels. */
static struct document *paper(guint number)
{
	static const char *const names[] = { "Ada Brandt-Iversen", "Osias Quill", "Zora Vane" };
	static const char *const dates[] = { "2021-03-04", "2019-11-02", NULL };
	g_autofree char *id = g_strdup_printf("paper-%c", 'a' + (int)number);
	struct made made = made_new(id, "Stones", "en");
	g_autoptr(GRand) rand = g_rand_new_with_seed(number + 1);
	int people[3], panels[2];

	for (guint i = 0; i < 3; i++)
		people[i] = made_person(&made, names[i], NULL, NULL, NULL);
	panels[0] = made_panel(&made, "Panel I", "Lamps");
	panels[1] = made_panel(&made, NULL, "Ferries");
	document_panel(made.doc, panels[1])->date = number % 3 == 2 ? NULL : "2020";
	made.doc->date = dates[number % 3];
	for (guint i = 0; i < 12; i++) {
		g_autoptr(GString) text = g_string_new(NULL);
		gint who = g_rand_int_range(rand, -1, 3);
		struct passage *p;

		for (gint n = g_rand_int_range(rand, 1, 4); n; n--)
			g_string_append(text, g_rand_boolean(rand) ? "basalt " : "chalk ");
		for (guint n = 0; n < 9; n++)
			g_string_append_printf(text, "w%d ", g_rand_int_range(rand, 0, 5000));
		p = made_passage(&made, text->str, KIND_SPEECH, who < 0 ? -1 : people[who]);
		p->panel = i < 4 ? -1 : panels[i % 2];
	}
	return made_take(&made);
}

static char *papers(void)
{
	char *dir = index_dir();
	struct writer *writer = writing(dir);

	for (guint i = 0; i < PAPERS; i++)
		write_document(writer, paper(i));
	commit(writer);
	writer_close(writer);
	return dir;
}

static const char *date_of(const RapHit *hit)
{
	return hit->passage.panel && hit->passage.panel->date ? hit->passage.panel->date : hit->passage.document->date;
}

/* --- sorting --------------------------------------------------------------------------- */

static int compare_place(const RapHit *a, const RapHit *b)
{
	int order = strcmp(a->passage.document->id, b->passage.document->id);

	return order ? order : strcmp(a->passage.id, b->passage.id);	/* ids count on */
}

static bool in_order(const RapHit *a, const RapHit *b, RapSort sort)
{
	const char *x = date_of(a), *y = date_of(b);
	int order = x && y ? strcmp(x, y) : 0;

	if (sort == RAP_SORT_DOCUMENT)
		return compare_place(a, b) < 0;
	if (!x || !y)
		return x ? true : y ? false : compare_place(a, b) < 0;
	if (order)
		return sort == RAP_SORT_DATE ? order < 0 : order > 0;
	return compare_place(a, b) < 0;
}

static const RapSort sorts[] = { RAP_SORT_DATE, RAP_SORT_DATE_DESCENDING, RAP_SORT_DOCUMENT };
static const char *const queries[] = { "basalt", "basalt chalk", "\"chalk basalt\"", "", "basalt speaker:quill" };

static void test_sorting(void)
{
	char *dir = papers();
	RapIndex *index = opened(dir, NULL);

	for (guint i = 0; i < G_N_ELEMENTS(sorts) * G_N_ELEMENTS(queries) * 2; i++) {
		RapRequest request = {
			.text = queries[i / 2 % G_N_ELEMENTS(queries)], .limit = 1000, .unit = i % 2 ? RAP_UNIT_DOCUMENT : RAP_UNIT_PASSAGE,
		};
		RapResults *ranked = asked(index, &request), *sorted;

		request.sort = sorts[i / 2 / G_N_ELEMENTS(queries)];
		sorted = asked(index, &request);
		g_assert_cmpuint(sorted->n_hits, ==, ranked->n_hits);
		g_assert_cmpuint(sorted->total, ==, ranked->total);
		g_assert_true(sorted->total_is_exact && sorted->arranged_all);
		g_assert_cmpuint(sorted->n_hits, >, 1);
		for (size_t j = 1; j < sorted->n_hits; j++)
			g_assert_true(in_order(&sorted->hits[j - 1], &sorted->hits[j], request.sort));
		rap_results_free(ranked);
		rap_results_free(sorted);
	}
	rap_close(index);
	index_free(dir);
}

/* --- grouping ---------------------------------------------------------------------------- */

static const char *value_of(const RapHit *hit, RapGroupBy by)
{
	const RapPassage *p = &hit->passage;

	switch (by) {
	case RAP_GROUP_DOCUMENT:
		return p->document->id;
	case RAP_GROUP_PANEL:
		return p->panel ? p->panel->label ? p->panel->label : p->panel->title : NULL;
	default:
		return p->speaker ? p->speaker->name : NULL;
	}
}

/* Is it of this group? A panel is one of its document, and told with its event. */
static bool belongs(const RapHit *hit, const RapHit *group, RapGroupBy by)
{
	const char *value = value_of(hit, by);

	if (by != RAP_GROUP_PANEL)
		return g_strcmp0(value, group->group->value) == 0;
	return value && g_str_has_prefix(group->group->value, value) && strcmp(hit->passage.document->id, group->passage.document->id) == 0;
}

static void check_groups(const RapResults *groups, const RapResults *hits, RapGroupBy by)
{
	size_t counted = 0, with_value = 0;

	for (size_t i = 0; i < groups->n_hits; i++) {
		const RapHit *group = &groups->hits[i];
		double weight = 0;
		size_t n = 0;

		for (size_t j = 0; j < hits->n_hits; j++) {
			if (!belongs(&hits->hits[j], group, by))
				continue;
			n++;
			weight += 1;
		}
		g_assert_cmpuint(group->group->matches, ==, n);
		g_assert_cmpfloat(group->group->weight, <=, weight + 1e-6);
		g_assert_cmpfloat(group->group->weight, >, 0);
		g_assert_true(belongs(group, group, by));
		if (i && by == RAP_GROUP_SPEAKER)
			g_assert_cmpfloat(groups->hits[i - 1].group->weight, >=, group->group->weight);
		if (i && by != RAP_GROUP_SPEAKER)
			g_assert_cmpfloat(groups->hits[i - 1].score, >=, group->score);
		counted += n;
	}
	for (size_t j = 0; j < hits->n_hits; j++)
		with_value += value_of(&hits->hits[j], by) != NULL;
	g_assert_cmpuint(counted, ==, with_value);
	g_assert_cmpuint(groups->groups, ==, groups->n_hits);
	g_assert_true(groups->arranged_all);
}

static void test_grouping(void)
{
	char *dir = papers();
	RapIndex *index = opened(dir, NULL);

	for (guint i = 0; i < 3 * G_N_ELEMENTS(queries); i++) {
		RapRequest request = { .text = queries[i / 3], .limit = 1000, .keep_duplicates = true };
		RapResults *hits = asked(index, &request), *groups;

		request.group_by = RAP_GROUP_DOCUMENT + i % 3;
		groups = asked(index, &request);
		g_assert_cmpuint(groups->total, ==, hits->total);
		g_assert_cmpuint(groups->n_hits, >=, 1);
		check_groups(groups, hits, request.group_by);
		rap_results_free(hits);
		rap_results_free(groups);
	}
	rap_close(index);
	index_free(dir);
}

/* Who says much about it goes before who has the best word and little else. */
static void test_who_speaks_most(void)
{
	char *dir = index_dir();
	struct writer *writer = writing(dir);
	struct made made = made_new("talk", "Talk", "en");
	int ada = made_person(&made, "Ada Brandt-Iversen", NULL, NULL, NULL), osias = made_person(&made, "Osias Quill", NULL, NULL, NULL);
	int other = made_person(&made, "ADA Brandt-Iversen", NULL, NULL, NULL);
	RapResults *results;
	RapIndex *index;

	made_passage(&made, "basalt basalt basalt basalt", KIND_SPEECH, osias);
	for (guint i = 0; i < 4; i++)
		made_passage(&made, i % 2 ? "basalt basalt and basalt floors" : "basalt basalt under the basalt bridge", KIND_SPEECH, i ? ada : other);
	write_document(writer, made_take(&made));
	commit(writer);
	writer_close(writer);
	index = opened(dir, NULL);
	results = asked(index, &(RapRequest){ .text = "basalt", .group_by = RAP_GROUP_SPEAKER });
	g_assert_cmpuint(results->n_hits, ==, 2);
	g_assert_cmpstr(results->hits[1].group->value, ==, "Osias Quill");
	g_assert_cmpuint(results->hits[0].group->matches, ==, 4);
	g_assert_cmpuint(results->hits[1].group->matches, ==, 1);
	rap_results_free(results);
	rap_close(index);
	index_free(dir);
}

/* --- pages ------------------------------------------------------------------------------------ */

static void check_pages(RapIndex *index, RapRequest request, size_t size)
{
	request.limit = 1000;
	RapResults *whole = asked(index, &request);

	request.limit = size;
	for (request.offset = 0; request.offset < whole->n_hits; request.offset += size) {
		RapResults *page = asked(index, &request);

		g_assert_cmpuint(page->n_hits, ==, MIN(size, whole->n_hits - request.offset));
		for (size_t i = 0; i < page->n_hits; i++) {
			g_assert_cmpstr(page->hits[i].passage.id, ==, whole->hits[request.offset + i].passage.id);
			g_assert_cmpuint(page->hits[i].rank, ==, request.offset + i + 1);
		}
		g_assert_cmpuint(page->total, ==, whole->total);
		rap_results_free(page);
	}
	rap_results_free(whole);
}

static void test_pages(void)
{
	char *dir = papers();
	RapIndex *index = opened(dir, NULL);

	for (guint i = 0; i < G_N_ELEMENTS(queries); i++) {
		for (RapSort sort = RAP_SORT_RELEVANCE; sort <= RAP_SORT_DOCUMENT; sort++) {
			check_pages(index, (RapRequest){ .text = queries[i], .sort = sort }, 7);
			check_pages(index, (RapRequest){ .text = queries[i], .sort = sort, .unit = RAP_UNIT_DOCUMENT }, 2);
		}
		for (RapGroupBy by = RAP_GROUP_DOCUMENT; by <= RAP_GROUP_SPEAKER; by++)
			check_pages(index, (RapRequest){ .text = queries[i], .group_by = by }, 2);
	}
	rap_close(index);
	index_free(dir);
}

static void test_nonsense(void)
{
	static const RapRequest requests[] = {
		{ .text = "basalt", .sort = RAP_SORT_DATE, .group_by = RAP_GROUP_PANEL },
		{ .text = "basalt", .unit = RAP_UNIT_DOCUMENT, .group_by = RAP_GROUP_PANEL },
	};
	char *dir = papers();
	RapIndex *index = opened(dir, NULL);

	for (guint i = 0; i < G_N_ELEMENTS(requests); i++) {
		g_autoptr(GError) error = NULL;

		g_assert_null(rap_search(index, &requests[i], &error));
		g_assert_error(error, RAP_ERROR, RAP_ERROR_SYNTAX);
	}
	rap_close(index);
	index_free(dir);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/arrange/sorting", test_sorting);
	g_test_add_func("/arrange/grouping", test_grouping);
	g_test_add_func("/arrange/who-speaks-most", test_who_speaks_most);
	g_test_add_func("/arrange/pages", test_pages);
	g_test_add_func("/arrange/nonsense", test_nonsense);
	return g_test_run();
}
