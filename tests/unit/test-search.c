/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test-search.c - searching through the public header: order, pages, totals,
 * near-duplicates, snippets, filters, access, lists, and what happens when the
 * index changes or the query is hostile.
 */
#include "tests/unit/searching.h"

#include "corpus/arena.h"
#include "searcher/citation.h"

/* --- a small conference --------------------------------------------------------- */

static struct document *report(void)
{
	struct made made = made_new("report", "On quiet harbours", "en");
	int ada = made_person(&made, "Ada Brandt-Iversen", "Harbour Master", "Copper Board", "Norway");
	int osias = made_person(&made, "Os\303\255as Quill", NULL, "Lantern Society", "Peru");
	int board = made_person(&made, "Copper Board", NULL, NULL, NULL);
	int panel = made_panel(&made, "Panel II", "Lamps and ferries");
	int top = made_section(&made, -1, "Findings"), below = made_section(&made, top, "Night traffic");
	struct passage *p;

	document_person(made.doc, board)->body = true;
	made.doc->date = "2021-03-04";
	made.doc->date_end = "2021-03-06";
	made.doc->publisher = "Copper Board";
	made.doc->event = "Lantern Days";
	p = made_passage(&made, "The ferry leaves the harbour when the lantern is lit, and not before.", KIND_QUOTE, ada);
	p->panel = panel;
	p->section = below;
	p = made_passage(&made, "He said that no ferry had been late since the orchard was planted.", KIND_REPORTED, osias);
	p->panel = panel;
	made_passage(&made, "A list of lanterns, ferries and of copper nails was kept.", KIND_NARRATIVE, -1);
	made_passage(&made, "Nails are paid for by the board.", KIND_AUTHORED, board);
	return made_take(&made);
}

static struct document *slides(void)
{
	struct made made = made_new("slides", "Ferry figures", "en");
	int ada = made_person(&made, "Ada Brandt-Iversen", "Harbour Master", "Copper Board", "Norway");

	made.doc->type = TYPE_SLIDES;
	made.doc->date = "2022-11";
	made_passage(&made, "Ferry ferry ferry: 7,000 crossings, no lantern.", KIND_SLIDE, ada)->slide = 12;
	made_passage(&made, "Orchard, copper, copper.", KIND_SLIDE, -1)->slide = 13;
	return made_take(&made);
}

static struct document *secret(void)
{
	struct made made = made_new("secret", "Sealed ferry", "de");
	int zora = made_person(&made, "Zora Geheim", NULL, "Siegelamt", "Utopia");

	made.doc->access = "restricted:board";
	made_passage(&made, "Die Laterne und die ferryboats sind versiegelt.", KIND_SPEECH, zora);
	return made_take(&made);
}

static char *conference(void)
{
	char *dir = index_dir();
	struct writer *writer = writing(dir);

	write_document(writer, report());
	write_document(writer, slides());
	write_document(writer, secret());
	commit(writer);
	writer_close(writer);
	return dir;
}

/* --- order ------------------------------------------------------------------------- */

static void test_order(void)
{
	char *dir = index_dir();
	struct writer *writer = writing(dir);
	struct made made = made_new("paper", "Untitled", "en");
	RapIndex *index;

	made_passage(&made, "alder birch cedar willow maple hazel", KIND_NARRATIVE, -1);
	made_passage(&made, "alder oak pine willow maple hazel", KIND_NARRATIVE, -1);
	made_passage(&made, "alder birch pine willow maple hazel", KIND_NARRATIVE, -1);
	made_passage(&made, "juniper oak pine willow maple hazel", KIND_NARRATIVE, -1);
	write_document(writer, made_take(&made));
	commit(writer);
	writer_close(writer);
	index = opened(dir, NULL);
	check_ids(index, "alder birch cedar", "paper/1 paper/3 paper/2");
	check_ids(index, "willow juniper", "paper/4 paper/1 paper/2 paper/3");
	check_ids(index, "pine juniper", "paper/4 paper/2 paper/3");
	rap_close(index);
	index_free(dir);
}

/* --- a larger index, with ties and near-duplicates ------------------------------------ */

#define PAPERS 12
#define PAPER_PASSAGES 25

static struct document *paper(guint number)
{
	static const char *const words[] = { "amber", "basalt", "chalk", "delta", "ember", "fjord", "glacier", "heath", "inlet", "jetty" };
	g_autofree char *id = g_strdup_printf("paper-%c", 'a' + (int)number);
	struct made made = made_new(id, "Stones", "en");
	g_autoptr(GRand) rand = g_rand_new_with_seed(number + 1);
	g_autoptr(GString) repeated = g_string_new(NULL);

	for (guint i = 0; i < 200; i++)
		g_string_append_printf(repeated, "%s%u ", words[i % 10], i);
	for (guint i = 0; i < PAPER_PASSAGES; i++) {
		g_autoptr(GString) text = g_string_new(NULL);

		for (gint n = g_rand_int_range(rand, 2, 6); n; n--)
			g_string_append_printf(text, "%s ", words[g_rand_int_range(rand, 0, 10)]);
		if (i % 8 == 3)		/* the same long passage in every paper; once its last word differs */
			g_string_printf(text, "%s copy%u", repeated->str, i == 3 ? number : 0);
		made_passage(&made, text->str, KIND_NARRATIVE, -1);
	}
	return made_take(&made);
}

/* Papers in an order of arrival, committed so often. */
static char *papers(guint first, guint step, guint commit_every)
{
	char *dir = index_dir();
	struct writer *writer = writing(dir);

	for (guint i = 0; i < PAPERS; i++) {
		write_document(writer, paper((first + i * step) % PAPERS));
		if (i % commit_every == commit_every - 1)
			commit(writer);
	}
	commit(writer);
	writer_close(writer);
	return dir;
}

static const char *const paper_queries[] = { "amber", "amber basalt", "amber basalt chalk delta", "+amber -chalk", "\"amber basalt\"", "amb*",
	"fjord near/2 heath", "copy3 amber4" };

/* Ties longer than what search.c puts in order are left out. */
static void test_arrival(void)
{
	static const char *const queries[] = { "amber basalt", "amber basalt chalk delta", "fjord heath inlet", "\"amber2 basalt\" fjord",
		"copy3 amber4", "\"jetty199 copy7\"" };
	char *one = papers(0, 1, PAPERS), *other = papers(5, 7, 3);
	RapIndex *a = opened(one, NULL), *b = opened(other, NULL);

	for (guint i = 0; i < G_N_ELEMENTS(queries); i++) {
		RapResults *x = asked(a, &(RapRequest){ .text = queries[i], .limit = 15 });
		RapResults *y = asked(b, &(RapRequest){ .text = queries[i], .limit = 15 });
		g_autofree char *ids_x = ids_of(x), *ids_y = ids_of(y);

		g_assert_cmpstr(ids_x, ==, ids_y);
		g_assert_cmpuint(x->total, ==, y->total);
		rap_results_free(x);
		rap_results_free(y);
	}
	rap_close(a);
	rap_close(b);
	index_free(one);
	index_free(other);
}

/* Pages of any size put together are the whole list. */
static void check_pages(RapIndex *index, RapRequest request, size_t page)
{
	RapResults *all, *part;
	size_t seen = 0;

	request.offset = 0;
	request.limit = 10000;
	all = asked(index, &request);
	request.limit = page;
	for (;; request.offset += page) {
		part = asked(index, &request);
		for (size_t i = 0; i < part->n_hits; i++, seen++) {
			g_assert_cmpuint(seen, <, all->n_hits);
			g_assert_cmpstr(part->hits[i].passage.id, ==, all->hits[seen].passage.id);
			g_assert_cmpuint(part->hits[i].rank, ==, seen + 1);
		}
		if (part->n_hits < page)
			break;
		rap_results_free(part);
	}
	rap_results_free(part);
	g_assert_cmpuint(seen, ==, all->n_hits);
	rap_results_free(all);
}

static void test_pages(void)
{
	static const size_t sizes[] = { 1, 4, 10, 37 };
	char *dir = papers(5, 7, 3);
	RapIndex *index = opened(dir, NULL);
	RapResults *far;

	for (guint i = 0; i < G_N_ELEMENTS(paper_queries); i++)
		for (guint j = i % 2; j < G_N_ELEMENTS(sizes); j += 2) {
			check_pages(index, (RapRequest){ .text = paper_queries[i], .no_hits_text = true }, sizes[j]);
			check_pages(index, (RapRequest){ .text = paper_queries[i], .keep_duplicates = true }, sizes[j]);
			check_pages(index, (RapRequest){ .text = paper_queries[i], .unit = RAP_UNIT_DOCUMENT }, MIN(sizes[j], 5));
		}
	check_pages(index, (RapRequest){ .text = "" }, 29);
	far = asked(index, &(RapRequest){ .text = "amber", .offset = G_MAXSIZE, .limit = 10 });
	g_assert_cmpuint(far->n_hits, ==, 0);
	g_assert_cmpuint(far->total, >, 0);
	rap_results_free(far);
	far = asked(index, &(RapRequest){ .text = "amber", .offset = 1, .limit = G_MAXSIZE });
	g_assert_cmpuint(far->n_hits, >, 0);
	rap_results_free(far);
	rap_close(index);
	index_free(dir);
}

/* Documents of equal score, each with several passages of it. */
static void test_tied_documents(void)
{
	char *dir = index_dir();
	struct writer *writer = writing(dir);
	RapIndex *index;

	for (guint i = 0; i < 75; i++) {
		g_autofree char *id = g_strdup_printf("tied-%02u", i * 29 % 75);
		struct made made = made_new(id, "Stones", "en");

		for (guint j = 0; j < 3; j++)
			made_passage(&made, i % 3 == 0 ? "granite granite granite x" : i % 3 == 1 ? "granite granite x x" : "granite x x x",
				     KIND_NARRATIVE, -1);
		write_document(writer, made_take(&made));
		if (i == 40)
			commit(writer);
	}
	commit(writer);
	writer_close(writer);
	index = opened(dir, NULL);
	check_pages(index, (RapRequest){ .text = "granite", .unit = RAP_UNIT_DOCUMENT }, 7);
	check_pages(index, (RapRequest){ .text = "granite", .unit = RAP_UNIT_DOCUMENT }, 24);
	rap_close(index);
	index_free(dir);
}

/* --- totals, documents, near-duplicates --------------------------------------------------- */

static void test_totals(void)
{
	char *dir = papers(0, 1, 4);
	RapIndex *index = opened(dir, NULL);

	for (guint i = 0; i < G_N_ELEMENTS(paper_queries); i++) {
		RapRequest request = { .text = paper_queries[i], .limit = 3 };
		RapRequest whole = { .text = paper_queries[i], .limit = 1000, .keep_duplicates = true };
		RapResults *first = asked(index, &request), *all = asked(index, &whole), *exact;

		g_assert_cmpuint(first->n_hits, <=, 3);
		g_assert_true(all->total_is_exact);
		g_assert_cmpuint(all->total, ==, all->n_hits);
		if (first->total_is_exact)
			g_assert_cmpuint(first->total, ==, all->n_hits);
		rap_results_free(first);
		request.exact_total = true;
		exact = asked(index, &request);
		g_assert_true(exact->total_is_exact);
		g_assert_cmpuint(exact->total, ==, all->n_hits);
		rap_results_free(exact);
		rap_results_free(all);
	}
	rap_close(index);
	index_free(dir);
}

static void test_documents(void)
{
	char *dir = papers(0, 1, 4);
	RapIndex *index = opened(dir, NULL);

	for (guint i = 0; i < G_N_ELEMENTS(paper_queries); i++) {
		RapResults *passages = asked(index, &(RapRequest){ .text = paper_queries[i], .limit = 1000, .keep_duplicates = true });
		RapResults *documents = asked(index, &(RapRequest){ .text = paper_queries[i], .limit = 1000, .unit = RAP_UNIT_DOCUMENT,
			.exact_total = true });
		g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal), there = g_hash_table_new(g_str_hash, g_str_equal);

		for (size_t j = 0; j < passages->n_hits; j++)
			g_hash_table_add(there, (gpointer)passages->hits[j].passage.document->id);
		for (size_t j = 0; j < documents->n_hits; j++)
			g_assert_true(g_hash_table_add(seen, (gpointer)documents->hits[j].passage.document->id));
		g_assert_cmpuint(g_hash_table_size(seen), ==, g_hash_table_size(there));
		g_assert_true(documents->total_is_exact);
		g_assert_cmpuint(documents->total, ==, documents->n_hits);
		if (passages->n_hits)
			g_assert_cmpstr(documents->hits[0].passage.document->id, ==, passages->hits[0].passage.document->id);
		rap_results_free(passages);
		rap_results_free(documents);
	}
	rap_close(index);
	index_free(dir);
}

static size_t count_also(const RapResults *results)
{
	size_t n = 0;

	for (size_t i = 0; i < results->n_hits; i++)
		n += g_strv_length((char **)results->hits[i].also_in);
	return n;
}

static void test_duplicates(void)
{
	char *dir = papers(0, 1, 4);
	RapIndex *index = opened(dir, NULL);
	RapResults *folded = asked(index, &(RapRequest){ .text = "ember44 amber40 jetty39", .limit = 100 });
	RapResults *kept = asked(index, &(RapRequest){ .text = "ember44 amber40 jetty39", .limit = 100, .keep_duplicates = true });

	/* the sketch misses some that are not quite the same */
	g_assert_cmpuint(folded->n_hits, <, PAPERS / 2);
	g_assert_cmpuint(kept->n_hits, ==, PAPERS * 3);
	g_assert_cmpuint(folded->n_hits + count_also(folded), ==, PAPERS * 3);
	g_assert_cmpuint(count_also(kept), ==, 0);
	rap_results_free(folded);
	rap_results_free(kept);
	rap_close(index);
	index_free(dir);
}

static void test_short_passages(void)
{
	static const char *const texts[] = { "Thank you, Chair.", "Thank you, Chief.", "Thank you.", "Thank you, Chair.", "Yes, thank you." };
	char *dir = index_dir();
	struct writer *writer = writing(dir);
	struct made made = made_new("talk", "Talk", "en");
	RapIndex *index;
	RapResults *results;

	for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
		made_passage(&made, texts[i], KIND_SPEECH, -1);
	made_passage(&made, "* * *", KIND_SPEECH, -1);
	made_passage(&made, "-----", KIND_SPEECH, -1);
	write_document(writer, made_take(&made));
	commit(writer);
	writer_close(writer);
	index = opened(dir, NULL);
	results = asked(index, &(RapRequest){ .text = "thank" });
	g_assert_cmpuint(results->n_hits, ==, 4);
	g_assert_cmpuint(count_also(results), ==, 1);
	rap_results_free(results);
	results = asked(index, &(RapRequest){ .text = NULL });
	g_assert_cmpuint(results->n_hits, ==, 6);
	rap_results_free(results);
	rap_close(index);
	index_free(dir);
}

/* --- what a hit says ----------------------------------------------------------------------- */

static void check_hit(const RapHit *hit)
{
	const RapPassage *p = &hit->passage;
	g_autoptr(GString) snippet = g_string_new(NULL);
	const char *at;

	for (size_t i = 0; i < hit->n_snippet; i++)
		g_string_append(snippet, hit->snippet[i].text);
	at = strstr(p->text, snippet->str);
	g_assert_nonnull(at);
	g_assert_cmpuint(snippet->len, >, 0);
	if (!hit->cut_before && !hit->cut_after)
		g_assert_cmpstr(snippet->str, ==, p->text);
	g_assert_true(g_str_has_prefix(p->id, p->document->id));
	g_assert_true((p->speaker != NULL) == (p->evidence != NULL));
	g_assert_cmpuint(p->n_ranges, >, 0);
	for (size_t i = 0; i < p->n_ranges; i++)
		g_assert_cmpuint(p->ranges[i].start, <, p->ranges[i].end);
	if (p->speaker) {
		g_assert_cmpuint(p->evidence_range.start, <=, p->evidence_range.end);
		g_assert_cmpuint(p->evidence_range.end, <=, p->ranges[p->n_ranges - 1].end);
	}
	g_assert_nonnull(p->citation);
}

/* "[ferry] [lantern]": what is marked, in order of the hits. */
static char *marks_for(RapIndex *index, const char *text)
{
	RapResults *results = asked(index, &(RapRequest){ .text = text });
	GString *marks = g_string_new(NULL);

	for (size_t i = 0; i < results->n_hits; i++)
		for (size_t j = 0; j < results->hits[i].n_snippet; j++)
			if (results->hits[i].snippet[j].match)
				g_string_append_printf(marks, "[%s]", results->hits[i].snippet[j].text);
	rap_results_free(results);
	return g_string_free(marks, FALSE);
}

static void test_hits(void)
{
	static const struct {
		const char *query, *marks;
	} cases[] = {
		{ "orchards -crossing", "[Orchard][orchard]" }, { "\"is lit\"", "[is lit]" }, { "nai*", "[Nails][nails]" },
		{ "crossings NOT (ferry AND orchard)", "[crossings]" }, { "the nail", "[Nails][nails]" }, { "lit near/5 lantern", "[lantern][lit]" },
		{ "7000", "[7,000]" },
	};
	char *dir = conference();
	RapIndex *index = opened(dir, NULL);
	RapResults *results = asked(index, &(RapRequest){ .text = "ferry lantern nails orchard", .snippet_chars = 30 });

	g_assert_cmpuint(results->n_hits, ==, 6);
	for (size_t i = 0; i < results->n_hits; i++)
		check_hit(&results->hits[i]);
	rap_results_free(results);
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *marks = marks_for(index, cases[i].query);

		g_assert_cmpstr(marks, ==, cases[i].marks);
	}
	rap_close(index);
	index_free(dir);
}

static void test_citations(void)
{
	static const RapPerson person = { .name = "Ada Quill", .role = "Mayor of Nigeria Street", .organisation = "Copper Board",
		.country = "Niger" };
	static const RapDocument doc = { .id = "d", .title = "On lamps", .publisher = "Lantern Society", .date = "2021" };
	static const RapPanel panel = { .label = "Panel I" };
	static const struct {
		RapKind kind;
		bool spoken;
		const char *citation;
	} cases[] = {
		{ RAP_KIND_QUOTE, true,
			"Ada Quill, Mayor of Nigeria Street, Copper Board, Niger, quoted in: On lamps (Lantern Society, 2021), Panel I, p. iv" },
		{ RAP_KIND_SPEECH, true,
			"Ada Quill, Mayor of Nigeria Street, Copper Board, Niger, in: On lamps (Lantern Society, 2021), Panel I, p. iv" },
		{ RAP_KIND_AUTHORED, true,
			"Ada Quill, Mayor of Nigeria Street, Copper Board, Niger, in: On lamps (Lantern Society, 2021), Panel I, p. iv" },
		{ RAP_KIND_SLIDE, true,
			"Ada Quill, Mayor of Nigeria Street, Copper Board, Niger, slides: On lamps (Lantern Society, 2021), Panel I, p. iv" },
		{ RAP_KIND_REPORTED, true,
			"Ada Quill, Mayor of Nigeria Street, Copper Board, Niger, as reported in: On lamps (Lantern Society, 2021), Panel I, p. iv" },
		{ RAP_KIND_NARRATIVE, false, "On lamps (Lantern Society, 2021), Panel I, p. iv" },
		{ RAP_KIND_REFERENCE, false, "On lamps (Lantern Society, 2021), Panel I, p. iv" },
		{ RAP_KIND_LISTING, false, "On lamps (Lantern Society, 2021), Panel I, p. iv" },
	};
	static const struct {
		RapPassage passage;
		const char *citation;
	} places[] = {
		{ { .timed = true }, "On lamps (Lantern Society, 2021), at 0:00" },
		{ { .timed = true, .time_ms = 754999 }, "On lamps (Lantern Society, 2021), at 12:34" },
		{ { .timed = true, .time_ms = 3723000 }, "On lamps (Lantern Society, 2021), at 1:02:03" },
		{ { .slide = 7 }, "On lamps (Lantern Society, 2021), slide 7" },
		{ { .slide = 7, .notes = true }, "On lamps (Lantern Society, 2021), speaker notes to slide 7" },
		{ { .page = 7, .page_label = "5" }, "On lamps (Lantern Society, 2021), p. 5" },
	};
	struct arena *arena = arena_new();

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		RapPassage p = { .kind = cases[i].kind, .document = &doc, .panel = &panel, .page = 6, .page_label = "iv",
			.speaker = cases[i].spoken ? &person : NULL };

		g_assert_cmpstr(citation(arena, &p), ==, cases[i].citation);
	}
	for (guint i = 0; i < G_N_ELEMENTS(places); i++) {
		RapPassage p = places[i].passage;

		p.document = &doc;
		p.kind = RAP_KIND_NARRATIVE;
		g_assert_cmpstr(citation(arena, &p), ==, places[i].citation);
	}
	arena_free(arena);
}

/* --- filters ------------------------------------------------------------------------------------- */

static void test_filters(void)
{
	static const struct {
		const char *field, *value, *ids;
	} cases[] = {
		{ "speaker", "brandt", "report/1 slides/1" }, { "speaker", "OSIAS", "report/2" }, { "speaker", "bran", "" },
		{ "panel", "panel ii", "report/1 report/2" }, { "panel", "Panel I", "" }, { "panel", "lamps", "report/1 report/2" },
		{ "organisation", "copper board", "report/1 report/4 slides/1" }, { "country", "peru", "report/2" },
		{ "document", "slides", "slides/1 slides/2" }, { "kind", "quote,authored", "report/1 report/4" },
			{ "type", "slides", "slides/1 slides/2" },
		{ "language", "en", "report/1 report/2 report/3 report/4 slides/1 slides/2" }, { "language", "de", "" },
		{ "year", "2022", "slides/1 slides/2" }, { "year", "2021..2022", "report/1 report/2 report/3 report/4 slides/1 slides/2" },
		{ "date", "2021-03-05", "report/1 report/2 report/3 report/4" }, { "date", "2021-03-07..", "slides/1 slides/2" },
			{ "date", "2022-11-01..2022-11-29", "" },
		{ "section", "findings", "report/1" }, { "section", "night traffic", "report/1" }, { "page", "12", "slides/1" },
			{ "page", "2..12", "report/3 report/4 slides/1" },
		{ "event", "lantern", "report/1 report/2 report/3 report/4" },
	};
	char *dir = conference();
	RapIndex *index = opened(dir, NULL);

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		RapFilter filter = { cases[i].field, cases[i].value };
		RapResults *results = asked(index, &(RapRequest){ .filters = &filter, .n_filters = 1 });
		g_autofree char *ids = ids_of(results), *mixed = g_strdup_printf("%s:\"%s\" OR \"no such phrase, lantern\"", cases[i].field,
										 cases[i].value);

		g_assert_cmpstr(ids, ==, cases[i].ids);
		rap_results_free(results);
		/* beside a phrase, where the text decides and not the index */
		if (strcmp(cases[i].field, "kind") != 0 && !strstr(cases[i].value, ".."))
			check_ids(index, mixed, cases[i].ids);
	}
	check_ids(index, "date:2021-03-05 OR \"late the nails\"", "report/1 report/2 report/3 report/4");
	rap_close(index);
	index_free(dir);
}

static void test_bad_filters(void)
{
	static const RapFilter bad[] = { { "colour", "red" }, { "year", "last" }, { "page", "x" }, { "speaker", "" } };
	RapFilter two[] = { { "speaker", "ada" }, { "speaker", "quill" }, { "kind", "quote" } };
	char *dir = conference();
	RapIndex *index = opened(dir, NULL);
	RapResults *results;

	for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
		g_autoptr(GError) error = NULL, list_error = NULL;

		g_assert_null(rap_search(index, &(RapRequest){ .filters = &bad[i], .n_filters = 1 }, &error));
		g_assert_error(error, RAP_ERROR, RAP_ERROR_SYNTAX);
		g_assert_null(rap_list(index, RAP_LIST_DOCUMENTS, &bad[i], 1, &list_error));
		g_assert_error(list_error, RAP_ERROR, RAP_ERROR_SYNTAX);
	}
	results = asked(index, &(RapRequest){ .text = "kind:song ferry" });
	g_assert_nonnull(results->warnings[0]);
	rap_results_free(results);
	results = asked(index, &(RapRequest){ .filters = two, .n_filters = 2 });
	g_assert_cmpuint(results->n_hits, ==, 3);
	rap_results_free(results);
	results = asked(index, &(RapRequest){ .filters = two, .n_filters = 3 });
	g_assert_cmpuint(results->n_hits, ==, 1);
	rap_results_free(results);
	rap_close(index);
	index_free(dir);
}

/* --- lists, surroundings, counts -------------------------------------------------------------- */

static char *list_text(RapIndex *index, RapListWhat what)
{
	g_autoptr(GError) error = NULL;
	RapList *list = rap_list(index, what, NULL, 0, &error);
	GString *out = g_string_new(NULL);

	g_assert_no_error(error);
	for (size_t i = 0; i < list->n_items; i++) {
		const RapListItem *item = &list->items[i];

		g_string_append_printf(out, "%s%s %zu/%zu", i ? ", " : "",
		                       item->person ? item->person->name : item->panel ? item->panel->label : item->document->id, item->passages,
					       item->documents);
	}
	rap_list_free(list);
	return g_string_free(out, FALSE);
}

static void test_lists(void)
{
	static const struct {
		RapListWhat what;
		const char *text;
	} cases[] = {
		{ RAP_LIST_DOCUMENTS, "report 4/1, slides 2/1" }, { RAP_LIST_PANELS, "Panel II 2/1" },
		{ RAP_LIST_SPEAKERS, "Ada Brandt-Iversen 2/2, Os\303\255as Quill 1/1" }, { RAP_LIST_BODIES, "Copper Board 1/1" },
	};
	char *dir = conference();
	RapIndex *index = opened(dir, NULL);

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *text = list_text(index, cases[i].what);

		g_assert_cmpstr(text, ==, cases[i].text);
	}
	g_assert_cmpuint(rap_statistics(index)->documents, ==, 2);
	g_assert_cmpuint(rap_statistics(index)->passages, ==, 6);
	rap_close(index);
	index_free(dir);
}

static void check_shown(RapIndex *index, const char *id, size_t context, const char *expected)
{
	g_autoptr(GError) error = NULL;
	RapResults *results = rap_show(index, id, context, &error);
	g_autofree char *ids = NULL;
	guint ranked = 0;

	g_assert_no_error(error);
	ids = ids_of(results);
	g_assert_cmpstr(ids, ==, expected);
	for (size_t i = 0; i < results->n_hits; i++)
		ranked += results->hits[i].rank == 1 && strcmp(results->hits[i].passage.id, id) == 0;
	g_assert_cmpuint(ranked, ==, 1);
	rap_results_free(results);
}

static void test_show(void)
{
	static const char *const missing[] = { "report", "report/", "/1", "", "report/0000000009", "secret/0000000001", "Report/0000000001" };
	char *dir = conference();
	struct writer *writer = writing(dir);
	RapIndex *index;

	for (guint i = 0; i < 3; i++) {		/* older states of a document lie between */
		write_document(writer, report());
		commit(writer);
	}
	for (guint i = 0; i < 2; i++) {		/* and documents whose ids have the same words */
		struct made made = made_new(i ? "night.ferry" : "night-ferry", "Night", "en");

		made_passage(&made, "One.", KIND_NARRATIVE, -1);
		made_passage(&made, "Two.", KIND_NARRATIVE, -1);
		write_document(writer, made_take(&made));
	}
	commit(writer);
	writer_close(writer);
	index = opened(dir, NULL);
	check_shown(index, "report/0000000002", 0, "report/2");
	check_shown(index, "report/0000000002", 1, "report/1 report/2 report/3");
	check_shown(index, "report/0000000004", 2, "report/2 report/3 report/4");
	check_shown(index, "report/0000000001", G_MAXSIZE, "report/1 report/2 report/3 report/4");
	check_shown(index, "night-ferry/0000000002", 5, "night-ferry/1 night-ferry/2");
	check_shown(index, "night.ferry/0000000001", 5, "night.ferry/1 night.ferry/2");
	for (guint i = 0; i < G_N_ELEMENTS(missing); i++) {
		g_autoptr(GError) error = NULL;

		g_assert_null(rap_show(index, missing[i], 1, &error));
		g_assert_error(error, RAP_ERROR, RAP_ERROR_NOT_FOUND);
	}
	rap_close(index);
	index_free(dir);
}

static size_t facet_sum(const RapResults *results, const char *field)
{
	size_t n = 0;

	for (size_t i = 0; i < results->n_facets; i++)
		for (size_t j = 0; strcmp(results->facets[i].field, field) == 0 && j < results->facets[i].n_counts; j++) {
			n += results->facets[i].counts[j].count;
			g_assert_true(j == 0 || results->facets[i].counts[j - 1].count >= results->facets[i].counts[j].count);
		}
	return n;
}

static void test_facets(void)
{
	static const char *const queries[] = { "", "ferry", "\"the ferry\"", "ferry OR \"of copper\"", "-orchard" };
	char *dir = conference();
	RapIndex *index = opened(dir, NULL);

	for (guint i = 0; i < G_N_ELEMENTS(queries); i++) {
		RapResults *results = asked(index, &(RapRequest){ .text = queries[i], .limit = 1, .want_facets = true, .exact_total = true });

		g_assert_true(results->facets_are_exact);
		g_assert_cmpuint(facet_sum(results, "kind"), ==, results->total);
		g_assert_cmpuint(facet_sum(results, "document"), ==, results->total);
		g_assert_cmpuint(facet_sum(results, "year"), ==, results->total);
		rap_results_free(results);
	}
	rap_close(index);
	index_free(dir);
}

/* --- access ------------------------------------------------------------------------------------- */

static bool none_secret(const RapPassage *passage, void *data)
{
	(void)data;
	g_assert_cmpstr(passage->document->id, !=, "secret");
	return true;
}

static void check_closed(RapIndex *index)
{
	static const char *const queries[] = { "", "ferry*", "Laterne", "versiegelt", "speaker:geheim", "doc:secret", "lang:de", "-copper",
		"country:utopia OR \"the ferry\"" };

	for (guint i = 0; i < G_N_ELEMENTS(queries); i++) {
		RapResults *results = asked(index, &(RapRequest){ .text = queries[i], .want_facets = true });

		for (size_t j = 0; j < results->n_hits; j++)
			g_assert_cmpstr(results->hits[j].passage.document->id, !=, "secret");
		for (size_t j = 0; j < results->n_facets; j++)
			for (size_t k = 0; k < results->facets[j].n_counts; k++) {
				g_assert_cmpstr(results->facets[j].counts[k].value, !=, "Zora Geheim");
				g_assert_cmpstr(results->facets[j].counts[k].value, !=, "de");
			}
		g_assert_cmpuint(results->total, <=, 6);
		for (const char *const *warning = results->warnings; *warning; warning++)
			g_assert_null(strstr(*warning, "ferryboat"));
		rap_results_free(results);
	}
	g_assert_cmpuint(g_strv_length((char **)rap_statistics(index)->languages), ==, 1);
	g_assert_cmpuint(rap_statistics(index)->passages, ==, 6);
	g_assert_true(rap_each_passage(index, NULL, 0, none_secret, NULL, NULL));
}

static void test_access(void)
{
	static const char *const groups[] = { "board", NULL }, *const others[] = { "boar", "public", "restricted:board", "", NULL };
	char *dir = conference();
	RapIndex *index = opened(dir, NULL);
	g_autofree char *speakers = NULL;

	check_closed(index);
	rap_close(index);
	index = opened(dir, others);
	check_closed(index);
	rap_close(index);
	index = opened(dir, groups);
	check_ids(index, "versiegelt", "secret/1");
	check_ids(index, "ferryb*", "secret/1");
	speakers = list_text(index, RAP_LIST_SPEAKERS);
	g_assert_nonnull(strstr(speakers, "Zora Geheim 1/1"));
	g_assert_cmpuint(rap_statistics(index)->passages, ==, 7);
	rap_close(index);
	index_free(dir);
}

/* --- change ------------------------------------------------------------------------------------------ */

static struct document *changing(guint state)
{
	struct made made = made_new("changing", "Changing", "en");
	g_autofree char *text = g_strdup_printf("Ferry number state%u in the harbour.", state);

	made_passage(&made, text, KIND_NARRATIVE, -1);
	return made_take(&made);
}

static void test_reopen(void)
{
	char *dir = conference();
	RapIndex *index = opened(dir, NULL);
	struct writer *writer = writing(dir);
	RapResults *before = asked(index, &(RapRequest){ .text = "ferry" });
	g_autofree char *ids = ids_of(before);

	for (guint i = 0; i < 8; i++) {
		g_autofree char *query = g_strdup_printf("state%u", i), *old = g_strdup_printf("state%u", i - 1), *id = NULL;

		write_document(writer, changing(i));
		id = ids_for(index, query);
		g_assert_cmpstr(id, ==, "");		/* not before the commit */
		commit(writer);
		check_ids(index, query, "changing/1");
		check_ids(index, old, "");
		g_assert_cmpuint(rap_statistics(index)->passages, ==, 7);
	}
	writer_remove(writer, "changing");
	commit(writer);
	writer_close(writer);
	check_ids(index, "ferry", ids);
	rap_close(index);
	for (size_t i = 0; i < before->n_hits; i++)	/* results outlive the index */
		check_hit(&before->hits[i]);
	rap_results_free(before);
	index_free(dir);
}

static void test_gone(void)
{
	char *dir = conference(), *empty = index_dir();
	RapIndex *index = opened(dir, NULL);
	g_autoptr(GError) error = NULL, other = NULL, never = NULL;

	remove_tree(dir);
	g_assert_null(rap_search(index, &(RapRequest){ .text = "ferry" }, &error));
	g_assert_error(error, RAP_ERROR, RAP_ERROR_NOT_FOUND);
	g_assert_false(rap_each_passage(index, NULL, 0, none_secret, NULL, &other));
	g_assert_error(other, RAP_ERROR, RAP_ERROR_NOT_FOUND);
	rap_close(index);
	g_assert_null(rap_open(empty, NULL, &never));
	g_assert_error(never, RAP_ERROR, RAP_ERROR_NOT_FOUND);
	index_free(empty);
	g_free(dir);
}

static void damage(const char *path)
{
	g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
	const char *name;

	while (dir && (name = g_dir_read_name(dir))) {
		g_autofree char *below = g_build_filename(path, name, NULL);
		char *bytes;
		gsize len;

		if (g_file_test(below, G_FILE_TEST_IS_DIR)) {
			damage(below);
		} else if (strcmp(name, "rapporteur.index") != 0 && g_file_get_contents(below, &bytes, &len, NULL)) {
			for (gsize i = 0; i < len; i++)
				bytes[i] = (char)(bytes[i] ^ (i % 251 + 1));
			g_assert_true(g_file_set_contents(below, bytes, (gssize)len, NULL));
			g_free(bytes);
		}
	}
}

static void test_damaged(void)
{
	char *dir = conference();
	g_autoptr(GError) error = NULL, second = NULL;
	g_autofree char *stamp = g_build_filename(dir, "rapporteur.index", NULL);

	damage(dir);
	g_assert_null(rap_open(dir, NULL, &error));
	g_assert_error(error, RAP_ERROR, RAP_ERROR_CORRUPT);
	g_assert_true(g_file_set_contents(stamp, "[not\nat all", -1, NULL));
	g_assert_null(rap_open(dir, NULL, &second));
	g_assert_error(second, RAP_ERROR, RAP_ERROR_CORRUPT);
	index_free(dir);
}

/* --- hostile queries -------------------------------------------------------------------------------------- */

static const char *const hostile[] = {
	"\"", "(", ")", "*", "-", "+", ":", "a", "ferry ", "+ferry ", "-ferry ", "NOT ", "the ", "\"the ferry\" ", "\"ferry\" OR ", "fer* ",
		"ferry near/3 lantern near/3 ",
	"(ferry ", "(-(", "kind:quote ", "date:2021..2022 ", "speaker:a OR ", "ferry-", "\346\270\257", "\xff", "\xcc\x81", "x* ",
		"ferry harbour lantern lit ", "orch* near/9 ",
	"NOT (\"the ferry\" ", "\"ferry-harbour-lantern ",
};

/* Random papers, so that there is much to match. */
static void test_hostile(void)
{
	char *dir = papers(0, 1, 6);
	struct writer *writer = writing(dir);
	RapIndex *index;

	write_document(writer, report());
	commit(writer);
	writer_close(writer);
	index = opened(dir, NULL);
	for (guint i = 0; i < G_N_ELEMENTS(hostile); i++) {
		g_autoptr(GString) query = g_string_new(NULL);
		gint64 started = g_get_monotonic_time();

		while (query->len < 65536)
			g_string_append(query, hostile[i]);
		rap_results_free(asked(index, &(RapRequest){ .text = query->str, .want_facets = true }));
		g_test_message("%s: %d ms", hostile[i], (int)((g_get_monotonic_time() - started) / 1000));
		g_assert_cmpint(g_get_monotonic_time() - started, <, 10 * G_USEC_PER_SEC);
	}
	rap_close(index);
	index_free(dir);
}

static void test_many_words(void)
{
	static const char *const words[] = { "amber", "basalt", "chalk", "delta", "ember", "fjord", "glacier", "heath", "inlet", "jetty" };
	static const char *const patterns[] = { "%s%u ", "%s%u* ", "\"%s%u amber\" OR ", "-%s%u ", "%s%u near/9 amber " };
	char *dir = papers(0, 1, 6);
	RapIndex *index = opened(dir, NULL);

	for (guint i = 0; i < G_N_ELEMENTS(patterns); i++) {
		g_autoptr(GString) query = g_string_new(NULL);
		gint64 started = g_get_monotonic_time();

		for (guint n = 0; n < 3000; n++) {
			g_auto(GStrv) halves = g_strsplit(patterns[i], "%s%u", 2);

			g_string_append_printf(query, "%s%s%u%s", halves[0], words[n % 10], n % 50, halves[1]);
		}
		rap_results_free(asked(index, &(RapRequest){ .text = query->str, .want_facets = true }));
		g_test_message("%s: %d ms", patterns[i], (int)((g_get_monotonic_time() - started) / 1000));
		g_assert_cmpint(g_get_monotonic_time() - started, <, 10 * G_USEC_PER_SEC);
	}
	rap_close(index);
	index_free(dir);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/search/order", test_order);
	g_test_add_func("/search/arrival", test_arrival);
	g_test_add_func("/search/pages", test_pages);
	g_test_add_func("/search/tied-documents", test_tied_documents);
	g_test_add_func("/search/totals", test_totals);
	g_test_add_func("/search/documents", test_documents);
	g_test_add_func("/search/duplicates", test_duplicates);
	g_test_add_func("/search/short-passages", test_short_passages);
	g_test_add_func("/search/hits", test_hits);
	g_test_add_func("/search/citations", test_citations);
	g_test_add_func("/search/filters", test_filters);
	g_test_add_func("/search/bad-filters", test_bad_filters);
	g_test_add_func("/search/lists", test_lists);
	g_test_add_func("/search/show", test_show);
	g_test_add_func("/search/facets", test_facets);
	g_test_add_func("/search/access", test_access);
	g_test_add_func("/search/reopen", test_reopen);
	g_test_add_func("/search/gone", test_gone);
	g_test_add_func("/search/damaged", test_damaged);
	g_test_add_func("/search/hostile", test_hostile);
	g_test_add_func("/search/many-words", test_many_words);
	return g_test_run();
}
