/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test-facets.c - counting: each facet against a plain scan of all hits, over one segment
 * and several, with what is dead and what is restricted; and files that are damaged.
 */
#include "tests/unit/searching.h"

#include "indexer/columns.h"

#define PAPERS 24
#define PAPER_PASSAGES 30

/* --- documents --------------------------------------------------------------------- */

static const char *const names[] = { "Ada Brandt", "Imre Oduya", "Lúcia Quist", "Harbour Board", "Omar Fenn" };
static const char *const bodies[] = { "Harbour Board", NULL, "Lamp Society", "Lantern Union", "Harbour Board" };
static const char *const countries[] = { "Norway", "Kenya", NULL, NULL, "Norway" };
static const char *const words[] = { "amber", "basalt", "chalk", "delta", "ember", "fjord", "glacier", "heath" };
static const char *const dates[] = { "2019-05-06", "2020", "2021-12-30", NULL };
static const char *const languages[] = { "en", "de", "fr" };

/* What a paper says and who speaks depends on its number and its state. */
static struct document *paper(guint number, guint state)
{
	g_autofree char *id = g_strdup_printf("paper-%02u", number);
	g_autoptr(GRand) rand = g_rand_new_with_seed(number * 7 + state);
	struct made made = made_new(id, "Stones", languages[number % 3]);
	int panels[2], people[G_N_ELEMENTS(names)];

	for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
		people[i] = made_person(&made, names[i], NULL, bodies[i], countries[i]);
		document_person(made.doc, people[i])->body = i == 3;
	}
	panels[0] = made_panel(&made, "Panel I", "Stones");
	panels[1] = made_panel(&made, NULL, "Embers and fjords");
	document_panel(made.doc, panels[0])->date = "2018-01-02";
	made.doc->date = dates[number % 4];
	made.doc->date_end = number % 4 == 2 ? "2022-01-02" : NULL;
	made.doc->event = number % 5 ? "Lantern Days" : NULL;
	made.doc->type = number % 2 ? TYPE_STATEMENT : TYPE_REPORT;
	for (guint i = 0; i < PAPER_PASSAGES; i++) {
		g_autoptr(GString) text = g_string_new(NULL);
		gint speaker = g_rand_int_range(rand, -1, G_N_ELEMENTS(names)), panel = g_rand_int_range(rand, -1, 2);

		for (gint n = g_rand_int_range(rand, 2, 7); n; n--)
			g_string_append_printf(text, "%s ", words[g_rand_int_range(rand, 0, G_N_ELEMENTS(words))]);
		g_string_append_printf(text, "%u-%u", number, i);
		made_passage(&made, text->str, (enum passage_kind)g_rand_int_range(rand, 0, N_KINDS), speaker < 0 ? -1 : people[speaker])->panel =
			panel < 0 ? -1 : panels[panel];
	}
	return made_take(&made);
}

/* --- a plain scan ---------------------------------------------------------------------- */

static void count_value(GHashTable *counts, const char *value)
{
	if (value && *value)
		g_hash_table_insert(counts, g_strdup(value), GUINT_TO_POINTER(GPOINTER_TO_UINT(g_hash_table_lookup(counts, value)) + 1));
}

/* As it is shown, see paper(). */
static void count_panel(GHashTable *counts, const RapPassage *p)
{
	const RapPanel *panel = p->panel;
	g_autofree char *value = NULL;

	if (!panel)
		return;
	value = g_strdup_printf("%s%s%s - %s", panel->label ? panel->label : "", panel->label ? ": " : "", panel->title,
	                        p->document->event ? p->document->event : p->document->title);
	count_value(counts, value);
}

static void count_years(GHashTable *counts, const RapPassage *p)
{
	const char *date = p->panel && p->panel->date ? p->panel->date : p->document->date;
	g_autofree char *year = date ? g_strndup(date, 4) : NULL;

	count_value(counts, year);
	if (date && strcmp(date, "2021-12-30") == 0)	/* see paper() */
		count_value(counts, "2022");
}

static void count_organisations(GHashTable *counts, const RapPassage *p)
{
	if (!p->speaker)
		return;
	count_value(counts, p->speaker->organisation);
	if (p->speaker->body && g_strcmp0(p->speaker->name, p->speaker->organisation) != 0)
		count_value(counts, p->speaker->name);
}

static void count_passage(GHashTable *counts, const char *facet, const RapPassage *p)
{
	if (strcmp(facet, "speaker") == 0)
		count_value(counts, p->speaker ? p->speaker->name : NULL);
	else if (strcmp(facet, "organisation") == 0)
		count_organisations(counts, p);
	else if (strcmp(facet, "country") == 0)
		count_value(counts, p->speaker ? p->speaker->country : NULL);
	else if (strcmp(facet, "panel") == 0)
		count_panel(counts, p);
	else if (strcmp(facet, "document") == 0)
		count_value(counts, p->document->id);
	else if (strcmp(facet, "event") == 0)
		count_value(counts, p->document->event);
	else if (strcmp(facet, "year") == 0)
		count_years(counts, p);
	else if (strcmp(facet, "kind") == 0)
		count_value(counts, rap_kind_name(p->kind));
	else if (strcmp(facet, "language") == 0)
		count_value(counts, p->document->language);
	else if (strcmp(facet, "type") == 0)
		count_value(counts, p->document->type);
	else
		g_assert_not_reached();
}

static const char *own_field(const char *facet)
{
	return strcmp(facet, "year") == 0 ? "date" : facet;
}

/* The counts of a facet over all hits of the request without the facet's own filters. */
static GHashTable *scanned(RapIndex *index, const RapRequest *request, const char *facet)
{
	GHashTable *counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	RapFilter filters[8];
	RapRequest without = *request;
	RapResults *results;

	without.filters = filters;
	without.n_filters = 0;
	without.want_facets = false;
	without.limit = 100000;
	without.keep_duplicates = true;
	for (size_t i = 0; i < request->n_filters; i++)
		if (strcmp(request->filters[i].field, own_field(facet)) != 0)
			filters[without.n_filters++] = request->filters[i];
	results = asked(index, &without);
	for (size_t i = 0; i < results->n_hits; i++)
		count_passage(counts, facet, &results->hits[i].passage);
	rap_results_free(results);
	return counts;
}

static void check_facet(const RapFacet *facet, GHashTable *expected)
{
	g_assert_cmpuint(facet->n_values, ==, g_hash_table_size(expected));
	g_assert_cmpuint(facet->n_counts, ==, facet->n_values);
	for (size_t i = 0; i < facet->n_counts; i++) {
		const RapCount *one = &facet->counts[i];

		g_assert_cmpuint(one->count, ==, GPOINTER_TO_UINT(g_hash_table_lookup(expected, one->value)));
		g_assert_true(i == 0 || one[-1].count > one->count || (one[-1].count == one->count && strcmp(one[-1].value, one->value) < 0));
	}
}

static const RapFilter filters[] = {
	{ "speaker", "oduya" }, { "kind", "quote,speech" }, { "date", "2019..2020" }, { "organisation", "harbour board" }, { "panel", "panel i" },
	{ "event", "lantern" }, { "country", "norway" }, { "language", "en" }, { "document", "03" },
};

static void check_request(RapIndex *index, RapRequest request)
{
	RapResults *results;

	request.want_facets = true;
	request.facet_values = 1000;
	request.limit = 1;
	results = asked(index, &request);
	g_assert_true(results->facets_are_exact);
	g_assert_true(results->total_is_exact);
	g_assert_cmpuint(results->n_facets, ==, N_FACETS);
	for (size_t i = 0; i < results->n_facets; i++) {
		GHashTable *expected = scanned(index, &request, results->facets[i].field);

		check_facet(&results->facets[i], expected);
		g_hash_table_unref(expected);
	}
	rap_results_free(results);
}

static void check_all(RapIndex *index)
{
	static const char *const queries[] = {
		"", "amber", "amber basalt", "+amber -chalk", "\"amber basalt\"", "heath OR \"fjord glacier\"", "ember near/2 delta", "amb*",
		"3-7", "12-5", "-amber basalt", "-amber", "nowhere", "+amber speaker:quist", "kind:quote OR basalt",
	};

	for (guint i = 0; i < G_N_ELEMENTS(queries); i++) {
		if (!strstr(queries[i], "speaker:"))	/* the scan takes no filter out of the text */
			check_request(index, (RapRequest){ .text = queries[i] });
		/* a hyphenated word alone must be there whole, beside a filter in part: not the same without it */
		for (guint j = 0; j < G_N_ELEMENTS(filters) && !strchr(queries[i], ':') && !strpbrk(queries[i], "01234567"); j++) {
			RapFilter two[2] = { filters[j], filters[(j + i + 1) % G_N_ELEMENTS(filters)] };

			check_request(index, (RapRequest){ .text = queries[i], .filters = two, .n_filters = 1 });
			check_request(index, (RapRequest){ .text = queries[i], .filters = two, .n_filters = 2 });
		}
	}
}

/* Asked for as "=value", a value finds what it counts. */
static void check_values(RapIndex *index, const char *text)
{
	RapResults *all = asked(index, &(RapRequest){ .text = text, .want_facets = true, .facet_values = 1000 });

	for (size_t i = 0; i < all->n_facets; i++)
		for (size_t j = 0; j < all->facets[i].n_counts; j++) {
			const RapCount *one = &all->facets[i].counts[j];
			g_autofree char *value = g_strconcat("=", one->value, NULL);
			RapFilter filter = { all->facets[i].field, value };
			g_autofree char *written = g_strdup_printf("%s %s:=\"%s\"", text, all->facets[i].field, one->value);
			RapResults *filtered = asked(index, &(RapRequest){ .text = text, .filters = &filter, .n_filters = 1 });
			RapResults *fielded = asked(index, &(RapRequest){ .text = written });

			g_assert_cmpuint(filtered->total, ==, one->count);
			g_assert_cmpuint(fielded->total, ==, one->count);
			g_assert_cmpstr(fielded->interpretation, ==, filtered->interpretation);
			rap_results_free(filtered);
			rap_results_free(fielded);
		}
	rap_results_free(all);
}

static void test_one_segment(void)
{
	char *dir = index_dir();
	struct writer *writer = writing(dir);
	RapIndex *index;

	for (guint i = 0; i < PAPERS / 3; i++)
		write_document(writer, paper(i, 0));
	commit(writer);
	writer_close(writer);
	index = opened(dir, NULL);
	check_all(index);
	rap_close(index);
	index_free(dir);
}

/* So many passages that a segment stays when others come, with what is dead in it. */
static struct document *bulk(void)
{
	struct made made = made_new("bulk", "Bulk", "en");

	for (guint i = 0; i < 5500; i++) {
		g_autofree char *text = g_strdup_printf("gravel number%u", i);

		made_passage(&made, text, KIND_NARRATIVE, -1);
	}
	return made_take(&made);
}

static void test_segments(void)
{
	static const char *const groups[] = { "board", NULL };
	char *dir = index_dir();
	struct writer *writer = writing(dir);
	struct document *secret = paper(30, 0);
	RapIndex *index;

	write_document(writer, bulk());
	for (guint i = 0; i < PAPERS / 4; i++)
		write_document(writer, paper(i, 0));
	commit(writer);
	for (guint i = 2; i < PAPERS / 3; i++)		/* some anew: the old ones are dead */
		write_document(writer, paper(i, 1));
	secret->access = "restricted:board";
	write_document(writer, secret);
	commit(writer);
	writer_remove(writer, "paper-01");
	commit(writer);
	writer_close(writer);
	index = opened(dir, NULL);
	check_all(index);
	check_values(index, "amber");
	rap_close(index);
	index = opened(dir, groups);
	check_all(index);
	rap_close(index);
	index_free(dir);
}

/* A filter in the text counts as one beside it. */
static void test_filter_in_text(void)
{
	char *dir = index_dir();
	struct writer *writer = writing(dir);
	RapFilter filter = { "speaker", "quist" };
	RapIndex *index;
	RapResults *a, *b;

	for (guint i = 0; i < 4; i++)
		write_document(writer, paper(i, 0));
	commit(writer);
	writer_close(writer);
	index = opened(dir, NULL);
	a = asked(index, &(RapRequest){ .text = "amber speaker:quist", .want_facets = true });
	b = asked(index, &(RapRequest){ .text = "amber", .filters = &filter, .n_filters = 1, .want_facets = true });
	for (size_t i = 0; i < N_FACETS; i++) {
		g_assert_cmpuint(a->facets[i].n_counts, ==, b->facets[i].n_counts);
		for (size_t j = 0; j < a->facets[i].n_counts; j++) {
			g_assert_cmpstr(a->facets[i].counts[j].value, ==, b->facets[i].counts[j].value);
			g_assert_cmpuint(a->facets[i].counts[j].count, ==, b->facets[i].counts[j].count);
		}
	}
	g_assert_cmpuint(a->facets[0].n_values, ==, 5);	/* the other speakers, too */
	rap_results_free(a);
	rap_results_free(b);
	rap_close(index);
	index_free(dir);
}

/* Names of which one is part of another, spellings in capitals and without accents, panels of one label. */
static struct document *ferry_paper(const char *id, const char *event, const char *speaker, const char *body, const char *title)
{
	struct made made = made_new(id, "Ferries", "en");
	int person = made_person(&made, speaker, NULL, body, "Guinea"), panel = made_panel(&made, "Panel I", title);

	made_person(&made, body, NULL, NULL, "Papua New Guinea");
	document_person(made.doc, 1)->body = true;
	made.doc->event = event;
	made_passage(&made, "amber ferries", KIND_SPEECH, person)->panel = panel;
	made_passage(&made, "amber lamps", KIND_SPEECH, 1)->panel = panel;
	made_passage(&made, "basalt", KIND_NARRATIVE, -1);
	return made_take(&made);
}

static const RapFacet *facet_of(const RapResults *results, enum facet facet)
{
	return &results->facets[facet];
}

static char *values_of(RapIndex *index, enum facet facet)
{
	RapResults *results = asked(index, &(RapRequest){ .text = "amber", .want_facets = true });
	GString *out = g_string_new(NULL);

	for (size_t i = 0; i < facet_of(results, facet)->n_counts; i++)
		g_string_append_printf(out, "%s%s %u", i ? "; " : "", facet_of(results, facet)->counts[i].value, (guint)facet_of(results, facet)->counts[i].count);
	rap_results_free(results);
	return g_string_free(out, FALSE);
}

static void check_found(RapIndex *index, const char *text, const char *expected)
{
	RapResults *results = asked(index, &(RapRequest){ .text = text, .keep_duplicates = true, .sort = RAP_SORT_DOCUMENT });
	g_autofree char *ids = ids_of(results);

	g_assert_cmpstr(ids, ==, expected);
	rap_results_free(results);
}

static void test_spellings(void)
{
	static const struct { enum facet facet; const char *values; } expected[] = {
		{ FACET_EVENT, "Lantern Days 4; Lantern Days of the North 2" },
		{ FACET_SPEAKER, "Zoë Brandt 3; Harbour Board 2; Harbour Board North 1" },
		{ FACET_PANEL, "Panel I - LANTERN DAYS 2; Panel I - Lantern Days of the North 2; Panel I: Lamps - Lantern Days 2" },
		{ FACET_DOCUMENT, "report 2; report-1 2; vmc-report 2" },
	};
	char *dir = index_dir();
	struct writer *writer = writing(dir);
	RapIndex *index;

	write_document(writer, ferry_paper("report", "LANTERN DAYS", "ZOE BRANDT", "Harbour Board", NULL));
	commit(writer);
	write_document(writer, ferry_paper("vmc-report", "Lantern Days", "Zoë Brandt", "Harbour Board North", "Lamps"));
	commit(writer);
	write_document(writer, ferry_paper("report-1", "Lantern Days of the North", "Zoe Brandt", "HARBOUR BOARD", NULL));
	commit(writer);
	writer_close(writer);
	index = opened(dir, NULL);
	for (guint i = 0; i < G_N_ELEMENTS(expected); i++) {
		g_autofree char *values = values_of(index, expected[i].facet);

		g_assert_cmpstr(values, ==, expected[i].values);
	}
	check_values(index, "amber");
	check_values(index, "amber basalt");
	check_found(index, "doc:report amber", "report/1 report/2 report-1/1 report-1/2 vmc-report/1 vmc-report/2");
	check_found(index, "doc:=report amber", "report/1 report/2");
	check_found(index, "doc:=VMC-Report amber", "vmc-report/1 vmc-report/2");
	check_found(index, "panel:=\"panel i\"", "");		/* of which event? */
	check_found(index, "panel:days", "");			/* an event's name is not the panel's */
	rap_close(index);
	index_free(dir);
}

/* A body speaks for itself: what counts is what is handed out. */
static void test_bodies(void)
{
	RapFilter filter = { "organisation", "=harbour board" };
	char *dir = index_dir();
	struct writer *writer = writing(dir);
	RapIndex *index;
	RapResults *results;

	write_document(writer, ferry_paper("report", NULL, "Zoe Brandt", "Harbour Board", NULL));
	commit(writer);
	writer_close(writer);
	index = opened(dir, NULL);
	results = asked(index, &(RapRequest){ .text = "amber", .filters = &filter, .n_filters = 1, .want_facets = true });
	g_assert_cmpuint(results->total, ==, 2);
	g_assert_cmpuint(facet_of(results, FACET_ORGANISATION)->counts[0].count, ==, 2);
	for (size_t i = 0; i < 2; i++)
		g_assert_cmpstr(results->hits[i].passage.speaker->organisation, ==, "Harbour Board");
	rap_results_free(results);
	rap_close(index);
	index_free(dir);
}

/* The most frequent so many are the head of the whole list. */
static void test_values(void)
{
	static const size_t sizes[] = { 1, 3, 20, 63, 64, 65, 1000 };
	char *dir = index_dir();
	struct writer *writer = writing(dir);
	RapIndex *index;
	RapResults *all;

	for (guint i = 0; i < 90; i++) {
		g_autofree char *id = g_strdup_printf("note-%u", i * 37 % 90);
		struct made made = made_new(id, "Note", "en");

		for (guint j = 0; j <= i % 4; j++)
			made_passage(&made, "amber", KIND_NARRATIVE, -1);
		write_document(writer, made_take(&made));
	}
	commit(writer);
	writer_close(writer);
	index = opened(dir, NULL);
	all = asked(index, &(RapRequest){ .text = "amber", .want_facets = true, .facet_values = 1000 });
	for (guint i = 0; i < G_N_ELEMENTS(sizes); i++) {
		RapResults *some = asked(index, &(RapRequest){ .text = "amber", .want_facets = true, .facet_values = sizes[i] });
		const RapFacet *few = &some->facets[FACET_DOCUMENT];

		g_assert_cmpuint(few->n_values, ==, 90);
		g_assert_cmpuint(few->n_counts, ==, MIN(sizes[i], 90));
		for (size_t j = 0; j < few->n_counts; j++) {
			g_assert_cmpstr(few->counts[j].value, ==, all->facets[FACET_DOCUMENT].counts[j].value);
			g_assert_cmpuint(few->counts[j].count, ==, all->facets[FACET_DOCUMENT].counts[j].count);
		}
		rap_results_free(some);
	}
	rap_results_free(all);
	rap_close(index);
	index_free(dir);
}

/* --- damage ------------------------------------------------------------------------------ */

static void use(const char *dir)
{
	struct columns *columns = columns_open(dir, NULL);
	g_autofree guint64 *all = NULL;
	g_autofree guint32 *groups = NULL;

	if (!columns)
		return;
	if (columns_passages(columns) <= 1000) {
		all = g_new0(guint64, 17);
		for (guint32 i = 0; i < columns_passages(columns); i++)	/* others are no passages, but damage */
			all[i / 64] |= (guint64)1 << i % 64;
		groups = columns_count_groups(columns, all);
	}
	for (int i = 0; groups && i < N_FACETS; i++) {
		g_autofree guint32 *counts = g_new0(guint32, (gsize)columns_n_values(columns, (enum facet)i) + 1);

		columns_count(columns, (enum facet)i, groups, counts);
		for (guint32 j = 0; j < MIN(columns_n_values(columns, (enum facet)i), 100); j++) {
			const char *value = columns_value(columns, (enum facet)i, j), *key = columns_key(columns, (enum facet)i, j);

			g_assert_true(!value == !key);
			g_assert_true(!value || (g_utf8_validate(value, -1, NULL) && g_utf8_validate(key, -1, NULL)));
		}
	}
	columns_close(columns);
}

static void test_damage(void)
{
	char *dir = index_dir();
	g_autofree char *path = g_build_filename(dir, COLUMNS_FILE, NULL), *bytes = NULL;
	g_autoptr(Analysis) analysis = analysis_new();
	struct columns_maker *maker = columns_maker_new(analysis);
	struct document *doc = paper(3, 0);
	GError *error = NULL;
	gsize len;

	for (guint i = 0; i < doc->passages->len; i++)
		columns_maker_add(maker, doc, document_passage(doc, i));
	g_assert_true(columns_maker_write(maker, dir, &error));
	columns_maker_free(maker);
	document_free(doc);
	g_assert_true(g_file_get_contents(path, &bytes, &len, NULL));
	use(dir);
	for (gsize i = 0; i < len; i++) {
		char was = bytes[i];

		bytes[i] = (char)(was ^ (i % 2 ? 0xff : 1 << i % 8));
		g_assert_true(g_file_set_contents_full(path, bytes, (gssize)len, G_FILE_SET_CONTENTS_NONE, 0666, NULL));
		use(dir);
		bytes[i] = was;
	}
	for (gsize cut = 0; cut < len; cut += 7) {
		g_unlink(path);
		g_assert_true(g_file_set_contents_full(path, bytes, (gssize)cut, G_FILE_SET_CONTENTS_NONE, 0666, NULL));
		g_assert_null(columns_open(dir, &error));
		g_assert_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_CORRUPT);
		g_clear_error(&error);
	}
	g_unlink(path);
	g_assert_null(columns_open(dir, &error));
	g_assert_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_NOT_FOUND);
	g_clear_error(&error);
	index_free(dir);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/facets/one-segment", test_one_segment);
	g_test_add_func("/facets/segments", test_segments);
	g_test_add_func("/facets/filter-in-text", test_filter_in_text);
	g_test_add_func("/facets/values", test_values);
	g_test_add_func("/facets/spellings", test_spellings);
	g_test_add_func("/facets/bodies", test_bodies);
	g_test_add_func("/facets/damage", test_damage);
	return g_test_run();
}
