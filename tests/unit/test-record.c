/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test-record.c - what the index stores as bytes: whatever is written reads
 * the same, and no other bytes do harm.
 */
#include "indexer/pack.h"
#include "indexer/record.h"

#include <string.h>

#include "corpus/error.h"

#define ROUNDS 300

/* --- random records ----------------------------------------------------------- */

static guint below(GRand *rand, guint bound)
{
	return (guint)g_rand_int_range(rand, 0, (gint32)bound);
}

static bool coin(GRand *rand)
{
	return below(rand, 2);
}

/* Mostly small, now and then as large as it gets. */
static guint32 any_number(GRand *rand)
{
	static const guint32 edges[] = { 0, 1, 127, 128, 16383, 16384, G_MAXINT32, G_MAXUINT32 - 1, G_MAXUINT32 };

	return coin(rand) ? below(rand, 1000) : edges[below(rand, G_N_ELEMENTS(edges))];
}

static struct range any_range(GRand *rand)
{
	guint32 a = any_number(rand), b = any_number(rand);

	return (struct range){ MIN(a, b), MAX(a, b) };
}

static const char *any_string(GRand *rand, struct document *doc, bool may_be_null)
{
	static const char *const some[] = { "", "a", "Rapporteur", "L\xc3\xa9onie", "\xe4\xbc\x9a\xe8\xae\xae", "\x01\x7f\xff" };
	g_autofree char *lengthy = NULL;

	if (may_be_null && below(rand, 3) == 0)
		return NULL;
	if (below(rand, 20) > 0)
		return document_string(doc, some[below(rand, G_N_ELEMENTS(some))], -1);
	lengthy = g_strnfill(below(rand, 70000), 'x');
	return document_string(doc, lengthy, -1);
}

/* -1, or below n */
static int any_index(GRand *rand, guint n)
{
	return (int)below(rand, n + 1) - 1;
}

static int *any_indices(GRand *rand, struct document *doc, guint bound, guint *n)
{
	int *indices;

	*n = bound ? below(rand, 4) : 0;
	indices = document_alloc(doc, *n * sizeof *indices);
	for (guint i = 0; i < *n; i++)
		indices[i] = (int)below(rand, bound);
	return indices;
}

static void add_people(GRand *rand, struct document *doc)
{
	for (guint n = below(rand, 5); n > 0; n--) {
		guint forms = below(rand, 4);
		struct person person = {
			.name = any_string(rand, doc, false), .honorific = any_string(rand, doc, true), .role = any_string(rand, doc, true),
			.organisation = any_string(rand, doc, true), .country = any_string(rand, doc, true), .body = coin(rand),
		};

		if (forms)
			person.forms = document_alloc(doc, (forms + 1) * sizeof *person.forms);
		for (guint i = 0; i < forms; i++)
			person.forms[i] = any_string(rand, doc, false);
		g_array_append_val(doc->people, person);
	}
}

static void add_panels_and_sections(GRand *rand, struct document *doc)
{
	for (guint n = below(rand, 4); n > 0; n--) {
		struct panel panel = {
			.label = any_string(rand, doc, true), .title = any_string(rand, doc, true),
			.date = any_string(rand, doc, true), .moderator = any_index(rand, doc->people->len),
		};

		panel.listed = any_indices(rand, doc, doc->people->len, &panel.n_listed);
		g_array_append_val(doc->panels, panel);
	}
	for (guint n = below(rand, 6); n > 0; n--) {
		struct section section = {
			.parent = any_index(rand, doc->sections->len), .level = (int)below(rand, 9), .title = any_string(rand, doc, false),
		};

		g_array_append_val(doc->sections, section);
	}
}

static struct document *any_document(GRand *rand)
{
	struct document *doc = document_new();
	const char **const optional[] = {
		&doc->event, &doc->date, &doc->date_end, &doc->place, &doc->publisher, &doc->authors, &doc->language, &doc->url, &doc->format,
	};

	doc->id = any_string(rand, doc, false);
	doc->title = any_string(rand, doc, false);
	doc->access = any_string(rand, doc, false);
	doc->path = any_string(rand, doc, false);
	for (guint i = 0; i < G_N_ELEMENTS(optional); i++)
		*optional[i] = any_string(rand, doc, true);
	doc->type = (enum document_type)below(rand, N_TYPES);
	doc->nameless = coin(rand);
	doc->text_bytes = any_number(rand);
	add_people(rand, doc);
	add_panels_and_sections(rand, doc);
	return doc;
}

static void any_attribution(GRand *rand, struct document *doc, struct attribution *a)
{
	a->speaker = coin(rand) ? any_index(rand, 9) : G_MAXINT - 1;
	a->evidence = (enum evidence)below(rand, N_EVIDENCES);
	a->certainty = (enum certainty)below(rand, N_CERTAINTIES);
	a->range = any_range(rand);
	a->candidates = any_indices(rand, doc, 70000, &a->n_candidates);
}

static void any_passage(GRand *rand, struct document *doc, struct passage_record *record)
{
	struct passage *p = &record->passage;

	record->place = (struct document_place){ any_number(rand), any_number(rand), any_number(rand) };
	record->ordinal = any_number(rand);
	record->text_base = (guint64)any_number(rand) << below(rand, 16);
	record->language = any_string(rand, doc, true);
	g_strlcpy(p->id, coin(rand) ? "0123456789" : "0123456789-9999", sizeof p->id);
	p->kind = (enum passage_kind)below(rand, N_KINDS);
	p->section = coin(rand) ? any_index(rand, 9) : G_MAXINT - 1;
	p->panel = any_index(rand, 9);
	p->page = coin(rand) ? 0 : G_MAXINT;
	p->slide = (int)below(rand, 200);
	p->page_label = any_string(rand, doc, true);
	p->notes = coin(rand);
	p->timed = coin(rand);
	p->time_ms = !p->timed ? 0 : coin(rand) ? below(rand, 3) : G_MAXUINT32 - below(rand, 3);
	p->n_ranges = 1 + below(rand, 5);
	p->ranges = document_alloc(doc, p->n_ranges * sizeof *p->ranges);
	for (guint i = 0; i < p->n_ranges; i++)
		p->ranges[i] = any_range(rand);
	any_attribution(rand, doc, &p->attribution);
	p->n_quotations = below(rand, 3);
	p->quotations = document_alloc(doc, p->n_quotations * sizeof *p->quotations);
	for (guint i = 0; i < p->n_quotations; i++)
		p->quotations[i] = (struct quotation){ any_range(rand), { .speaker = any_index(rand, 5), .range = any_range(rand),
			                                                .evidence = EVIDENCE_NARRATIVE, .certainty = CERTAINTY_STATED } };
}

/* --- equal? ------------------------------------------------------------------- */

static void assert_range(struct range got, struct range expected)
{
	g_assert_cmpuint(got.start, ==, expected.start);
	g_assert_cmpuint(got.end, ==, expected.end);
}

static void assert_indices(const int *got, guint n_got, const int *expected, guint n_expected)
{
	g_assert_cmpuint(n_got, ==, n_expected);
	for (guint i = 0; i < n_got; i++)
		g_assert_cmpint(got[i], ==, expected[i]);
}

static void assert_heads(const struct document *got, const struct document *expected)
{
	const char *const pairs[][2] = {
		{ got->id, expected->id }, { got->title, expected->title }, { got->event, expected->event }, { got->date, expected->date },
		{ got->date_end, expected->date_end }, { got->place, expected->place }, { got->publisher, expected->publisher },
		{ got->authors, expected->authors }, { got->language, expected->language }, { got->url, expected->url },
		{ got->access, expected->access }, { got->path, expected->path }, { got->format, expected->format },
	};

	for (guint i = 0; i < G_N_ELEMENTS(pairs); i++)
		g_assert_cmpstr(pairs[i][0], ==, pairs[i][1]);
	g_assert_cmpint(got->type, ==, expected->type);
	g_assert_cmpint(got->nameless, ==, expected->nameless);
	g_assert_cmpuint(got->text_bytes, ==, expected->text_bytes);
}

static void assert_person(const struct person *got, const struct person *expected)
{
	g_assert_cmpstr(got->name, ==, expected->name);
	g_assert_cmpstr(got->honorific, ==, expected->honorific);
	g_assert_cmpstr(got->role, ==, expected->role);
	g_assert_cmpstr(got->organisation, ==, expected->organisation);
	g_assert_cmpstr(got->country, ==, expected->country);
	g_assert_cmpint(got->body, ==, expected->body);
	g_assert_cmpint(!got->forms, ==, !expected->forms);
	if (got->forms)
		g_assert_cmpstrv((char **)got->forms, (char **)expected->forms);
}

static void assert_documents(const struct document *got, const struct document *expected)
{
	assert_heads(got, expected);
	g_assert_cmpuint(got->people->len, ==, expected->people->len);
	for (guint i = 0; i < got->people->len; i++)
		assert_person(document_person(got, i), document_person(expected, i));
	g_assert_cmpuint(got->panels->len, ==, expected->panels->len);
	for (guint i = 0; i < got->panels->len; i++) {
		const struct panel *a = document_panel(got, i), *b = document_panel(expected, i);

		g_assert_cmpstr(a->label, ==, b->label);
		g_assert_cmpstr(a->title, ==, b->title);
		g_assert_cmpstr(a->date, ==, b->date);
		g_assert_cmpint(a->moderator, ==, b->moderator);
		assert_indices(a->listed, a->n_listed, b->listed, b->n_listed);
	}
	g_assert_cmpuint(got->sections->len, ==, expected->sections->len);
	for (guint i = 0; i < got->sections->len; i++) {
		g_assert_cmpint(document_section(got, i)->parent, ==, document_section(expected, i)->parent);
		g_assert_cmpint(document_section(got, i)->level, ==, document_section(expected, i)->level);
		g_assert_cmpstr(document_section(got, i)->title, ==, document_section(expected, i)->title);
	}
}

static void assert_passages(const struct passage *got, const struct passage *expected)
{
	g_assert_cmpstr(got->id, ==, expected->id);
	g_assert_cmpint(got->kind, ==, expected->kind);
	g_assert_cmpint(got->section, ==, expected->section);
	g_assert_cmpint(got->panel, ==, expected->panel);
	g_assert_cmpint(got->page, ==, expected->page);
	g_assert_cmpint(got->slide, ==, expected->slide);
	g_assert_cmpstr(got->page_label, ==, expected->page_label);
	g_assert_cmpint(got->notes, ==, expected->notes);
	g_assert_cmpint(got->timed, ==, expected->timed);
	g_assert_cmpuint(got->time_ms, ==, expected->time_ms);
	g_assert_cmpuint(got->n_ranges, ==, expected->n_ranges);
	for (guint i = 0; i < got->n_ranges; i++)
		assert_range(got->ranges[i], expected->ranges[i]);
	g_assert_cmpint(got->attribution.speaker, ==, expected->attribution.speaker);
	g_assert_cmpint(got->attribution.evidence, ==, expected->attribution.evidence);
	g_assert_cmpint(got->attribution.certainty, ==, expected->attribution.certainty);
	assert_range(got->attribution.range, expected->attribution.range);
	assert_indices(got->attribution.candidates, got->attribution.n_candidates,
	               expected->attribution.candidates, expected->attribution.n_candidates);
	g_assert_cmpuint(got->n_quotations, ==, expected->n_quotations);
	for (guint i = 0; i < got->n_quotations; i++) {
		assert_range(got->quotations[i].range, expected->quotations[i].range);
		assert_range(got->quotations[i].attribution.range, expected->quotations[i].attribution.range);
		g_assert_cmpint(got->quotations[i].attribution.speaker, ==, expected->quotations[i].attribution.speaker);
		g_assert_cmpint(got->quotations[i].attribution.evidence, ==, expected->quotations[i].attribution.evidence);
		g_assert_cmpint(got->quotations[i].attribution.certainty, ==, expected->quotations[i].attribution.certainty);
	}
}

static void assert_places(const struct passage_record *got, const struct passage_record *expected)
{
	g_assert_cmpuint(got->place.source, ==, expected->place.source);
	g_assert_cmpuint(got->place.block, ==, expected->place.block);
	g_assert_cmpuint(got->place.slot, ==, expected->place.slot);
	g_assert_cmpuint(got->ordinal, ==, expected->ordinal);
	g_assert_cmpuint(got->text_base, ==, expected->text_base);
	g_assert_cmpstr(got->language, ==, expected->language);
}

/* --- round trips ---------------------------------------------------------------- */

static void test_document(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(1);

	for (guint round = 0; round < ROUNDS; round++) {
		g_autoptr(Document) doc = any_document(rand), got = NULL;
		g_autoptr(GString) bytes = g_string_new(NULL);
		g_autoptr(GError) error = NULL;
		guint64 base = (guint64)any_number(rand) << below(rand, 16), got_base;

		record_put_document(bytes, doc, base);
		got = record_get_document(bytes->str, bytes->len, &got_base, &error);
		g_assert_no_error(error);
		g_assert_cmpuint(got_base, ==, base);
		assert_documents(got, doc);
	}
}

static void test_passage(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(2);

	for (guint round = 0; round < ROUNDS; round++) {
		g_autoptr(Document) doc = document_new();
		g_autoptr(GString) bytes = g_string_new(NULL);
		g_autoptr(GError) error = NULL;
		struct arena *arena = arena_new();
		struct passage_record record = { 0 }, got;

		any_passage(rand, doc, &record);
		record_put_passage(bytes, &record);
		g_assert_true(record_get_passage(bytes->str, bytes->len, arena, &got, &error));
		g_assert_no_error(error);
		assert_places(&got, &record);
		assert_passages(&got.passage, &record.passage);
		arena_free(arena);
	}
}

static void test_source(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(3);

	for (guint round = 0; round < ROUNDS; round++) {
		g_autoptr(Document) memory = document_new();
		g_autoptr(GString) bytes = g_string_new(NULL);
		g_autoptr(SourceRecord) got = NULL;
		struct source_record source = {
			.path = (char *)any_string(rand, memory, false), .digest = (char *)any_string(rand, memory, false),
			.access = (char *)any_string(rand, memory, false), .format = (char *)any_string(rand, memory, true),
			.text_bytes = (guint64)any_number(rand) << 20, .documents = any_number(rand),
			.passages = any_number(rand), .document_blocks = any_number(rand),
		};

		record_put_source(bytes, &source);
		got = record_get_source(bytes->str, bytes->len, NULL);
		g_assert_nonnull(got);
		g_assert_cmpstr(got->path, ==, source.path);
		g_assert_cmpstr(got->digest, ==, source.digest);
		g_assert_cmpstr(got->access, ==, source.access);
		g_assert_cmpstr(got->format, ==, source.format);
		g_assert_cmpuint(got->text_bytes, ==, source.text_bytes);
		g_assert_cmpuint(got->documents, ==, source.documents);
		g_assert_cmpuint(got->passages, ==, source.passages);
		g_assert_cmpuint(got->document_blocks, ==, source.document_blocks);
	}
}

/* A title may be as long as the line that it came from. */
static void test_long_string(void)
{
	g_autoptr(Document) doc = document_new(), got = NULL;
	g_autoptr(GString) bytes = g_string_new(NULL);
	g_autofree char *title = g_strnfill(5 << 20, 't');
	guint64 base;

	doc->title = title;
	record_put_document(bytes, doc, 0);
	got = record_get_document(bytes->str, bytes->len, &base, NULL);
	g_assert_nonnull(got);
	g_assert_cmpuint(strlen(got->title), ==, strlen(title));
}

/* --- bytes that are no record ----------------------------------------------------- */

/* What comes out of reading any bytes: CORRUPT, or something that can be walked. */
static void assert_verdict(bool ok, const GError *error)
{
	if (ok)
		g_assert_no_error(error);
	else
		g_assert_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_CORRUPT);
}

static void walk_document(const struct document *doc)
{
	g_assert_nonnull(doc->id);
	g_assert_nonnull(doc->title);
	g_assert_nonnull(doc->access);
	g_assert_nonnull(doc->path);
	for (guint i = 0; i < doc->people->len; i++)
		g_assert_nonnull(document_person(doc, i)->name);
	for (guint i = 0; i < doc->panels->len; i++) {
		const struct panel *panel = document_panel(doc, i);

		g_assert_cmpint(panel->moderator, <, (int)doc->people->len);
		for (guint j = 0; j < panel->n_listed; j++) {
			g_assert_cmpint(panel->listed[j], >=, 0);
			g_assert_cmpint(panel->listed[j], <, (int)doc->people->len);
		}
	}
	for (guint i = 0; i < doc->sections->len; i++) {
		g_assert_cmpint(document_section(doc, i)->parent, <, (int)i);
		g_assert_nonnull(document_section(doc, i)->title);
	}
}

static void read_as_document(const char *bytes, gsize len)
{
	g_autoptr(GError) error = NULL;
	guint64 base;
	g_autoptr(Document) doc = record_get_document(bytes, len, &base, &error);

	assert_verdict(doc != NULL, error);
	if (doc)
		walk_document(doc);
	if (doc)
		g_assert_cmpuint(base + doc->text_bytes, >=, base);
}

static void read_as_passage(const char *bytes, gsize len)
{
	g_autoptr(GError) error = NULL;
	struct arena *arena = arena_new();
	struct passage_record record;
	bool ok = record_get_passage(bytes, len, arena, &record, &error);

	assert_verdict(ok, error);
	if (ok) {
		g_assert_cmpuint(record.passage.n_ranges, >, 0);
		g_assert_nonnull(memchr(record.passage.id, '\0', PASSAGE_ID_SIZE));
		g_assert_cmpint(record.passage.kind, <, N_KINDS);
		for (guint i = 0; i < record.passage.n_ranges; i++)
			g_assert_cmpuint(record.passage.ranges[i].start, <=, record.passage.ranges[i].end);
	}
	arena_free(arena);
}

static void read_as_source(const char *bytes, gsize len)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(SourceRecord) source = record_get_source(bytes, len, &error);

	assert_verdict(source != NULL, error);
	if (source)
		g_assert_true(source->path && source->digest && source->access);
}

typedef void reader(const char *bytes, gsize len);

/* From a block of exactly that size, so that the address sanitizer sees one byte too many. */
static void read_exactly(reader *read, const char *bytes, gsize len)
{
	g_autofree char *copy = g_memdup2(bytes, len);

	read(copy, len);
}

static void damage(reader *read, const GString *bytes, GRand *rand)
{
	for (gsize len = 0; len < bytes->len; len += 1 + bytes->len / 200)
		read_exactly(read, bytes->str, len);
	for (guint i = 0; i < 200 && bytes->len; i++) {
		g_autofree char *copy = g_memdup2(bytes->str, bytes->len);

		copy[below(rand, (guint)bytes->len)] ^= (char)(1 << below(rand, 8));
		if (coin(rand))
			copy[below(rand, (guint)bytes->len)] = (char)0xff;
		read_exactly(read, copy, bytes->len);
	}
}

static void test_damage(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(4);

	for (guint round = 0; round < 30; round++) {
		g_autoptr(Document) doc = any_document(rand), memory = document_new();
		g_autoptr(GString) bytes = g_string_new(NULL);
		struct passage_record record = { 0 };
		struct source_record source = { .path = (char *)"/a", .digest = (char *)"d", .access = (char *)"public", .text_bytes = 5 };

		record_put_document(bytes, doc, 77);
		damage(read_as_document, bytes, rand);
		g_string_truncate(bytes, 0);
		any_passage(rand, memory, &record);
		record_put_passage(bytes, &record);
		damage(read_as_passage, bytes, rand);
		g_string_truncate(bytes, 0);
		record_put_source(bytes, &source);
		damage(read_as_source, bytes, rand);
	}
}

static void test_junk(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(5);
	reader *const readers[] = { read_as_document, read_as_passage, read_as_source };

	for (guint round = 0; round < 3000; round++) {
		char bytes[64];
		gsize len = below(rand, sizeof bytes + 1);

		for (gsize i = 0; i < len; i++)
			bytes[i] = (char)(coin(rand) ? below(rand, 256) : below(rand, 4));
		for (guint i = 0; i < G_N_ELEMENTS(readers); i++)
			read_exactly(readers[i], bytes, len);
	}
}

/* Each step of a range from the largest number that can be written. */
static void test_huge_steps(void)
{
	static const char *const steps[] = {
		"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", "\xfe\xff\xff\xff\xff\xff\xff\xff\xff\x01",
		"\xff\xff\xff\xff\x1f", "\xfe\xff\xff\xff\x1f", "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff",
	};

	for (guint i = 0; i < G_N_ELEMENTS(steps); i++) {
		g_autoptr(GString) bytes = g_string_new(NULL);
		struct range ranges[] = { { 5, 9 }, { 8, 9 } };
		struct passage_record record = { .passage = { .id = "0123456789", .section = -1, .panel = -1, .ranges = ranges, .n_ranges = 2,
			.attribution.speaker = -1 } };

		record_put_passage(bytes, &record);
		for (gsize at = 0; at < bytes->len; at++) {
			g_autoptr(GString) changed = g_string_new_len(bytes->str, (gssize)bytes->len);

			g_string_erase(changed, (gssize)at, 1);
			g_string_insert(changed, (gssize)at, steps[i]);
			read_exactly(read_as_passage, changed->str, changed->len);
		}
	}
}

/* --- does a passage fit its document? ----------------------------------------------- */

static void test_fits(void)
{
	g_autoptr(Document) doc = document_new();
	struct person person = { .name = "Ada Quill" };
	struct range ranges[] = { { 0, 4 }, { 6, 10 } };
	int candidates[] = { 0 };
	struct quotation quotation = { .range = { 6, 10 } };
	struct passage p = {
		.section = -1, .panel = -1, .ranges = ranges, .n_ranges = 2,
		.attribution = { .speaker = 0, .range = { 10, 10 }, .candidates = candidates, .n_candidates = 1 },
		.quotations = &quotation, .n_quotations = 1,
	};

	doc->text_bytes = 10;
	g_array_append_val(doc->people, person);
	g_assert_true(record_passage_fits(&p, doc));
	doc->text_bytes = 9;
	g_assert_false(record_passage_fits(&p, doc));
	doc->text_bytes = 10;
	p.section = 0;
	g_assert_false(record_passage_fits(&p, doc));
	p.section = -1;
	p.panel = 0;
	g_assert_false(record_passage_fits(&p, doc));
	p.panel = -1;
	candidates[0] = 1;
	g_assert_false(record_passage_fits(&p, doc));
	candidates[0] = 0;
	quotation.attribution.speaker = 1;
	g_assert_false(record_passage_fits(&p, doc));
	quotation.attribution.speaker = -1;
	g_assert_true(record_passage_fits(&p, doc));
	p.attribution.speaker = 1;
	g_assert_false(record_passage_fits(&p, doc));
	p.attribution.speaker = -1;
	p.attribution.range.end = 11;
	g_assert_false(record_passage_fits(&p, doc));
}

/* --- blocks --------------------------------------------------------------------------- */

static void assert_packs(const char *bytes, gsize len)
{
	g_autoptr(GString) packed = g_string_new("left over"), raw = g_string_new("left over");
	g_autoptr(GError) error = NULL;

	pack_deflate(bytes, len, packed);
	g_assert_cmpuint(packed->len, <=, len + 10);
	g_assert_true(pack_inflate(packed->str, packed->len, raw, &error));
	g_assert_no_error(error);
	g_assert_cmpmem(raw->str, raw->len, bytes, len);
}

static void test_pack(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(6);
	g_autofree char *bytes = g_malloc0(300000);
	g_autoptr(GString) packed = g_string_new(NULL);

	for (gsize len = 0; len < 300; len++)
		assert_packs(bytes, len);
	assert_packs(bytes, 300000);
	pack_deflate(bytes, 300000, packed);
	g_assert_cmpuint(packed->len, <, 3000);
	for (guint i = 0; i < 300000; i++)
		bytes[i] = (char)below(rand, 256);
	for (gsize len = 1; len < 300; len++)
		assert_packs(bytes, len);
	assert_packs(bytes, 300000);
}

static void unpack_any(const char *bytes, gsize len)
{
	g_autoptr(GString) raw = g_string_new(NULL);
	g_autoptr(GError) error = NULL;
	bool ok = pack_inflate(bytes, len, raw, &error);

	assert_verdict(ok, error);
	g_assert_cmpuint(raw->len, <=, PACK_MAX_BYTES);
}

static void test_unpack_damaged(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(7);
	g_autoptr(GString) text = g_string_new(NULL), packed = g_string_new(NULL);
	static const char lie[] = "\xff\xff\xff\x7f" "abc";	/* 256 MB in three bytes */

	for (guint i = 0; i < 200; i++)
		g_string_append_printf(text, "%u words of the %u-th speaker. ", below(rand, 9), below(rand, 90));
	pack_deflate(text->str, text->len, packed);
	for (guint round = 0; round < 20; round++)
		damage(unpack_any, packed, rand);
	g_assert_false(pack_inflate(lie, sizeof lie - 1, text, NULL));
	g_assert_false(pack_inflate("", 0, text, NULL));
}

static void test_slots(void)
{
	static const char block[] = "\x03" "abc" "\x00" "\x02" "de";
	gsize len;
	const char *at = pack_slot(block, sizeof block - 1, 0, &len);

	g_assert_cmpmem(at, len, "abc", 3);
	at = pack_slot(block, sizeof block - 1, 1, &len);
	g_assert_nonnull(at);
	g_assert_cmpuint(len, ==, 0);
	at = pack_slot(block, sizeof block - 1, 2, &len);
	g_assert_cmpmem(at, len, "de", 2);
	g_assert_null(pack_slot(block, sizeof block - 1, 3, &len));
	g_assert_null(pack_slot(block, sizeof block - 1, G_MAXUINT32, &len));
	g_assert_null(pack_slot(block, sizeof block - 2, 2, &len));	/* cut off */
	g_assert_null(pack_slot("", 0, 0, &len));
	g_assert_null(pack_slot("\xff\xff\xff\xff\xff\x7f", 6, 0, &len));
}

/* --- keys ------------------------------------------------------------------------------ */

static void test_keys(void)
{
	char a[RECORD_KEY_BYTES], b[RECORD_KEY_BYTES];
	guint32 source;
	gsize len;

	len = record_source_key(a, 0x01020304);
	g_assert_cmpmem(a, len, "S\x01\x02\x03\x04", 5);
	g_assert_true(record_key_source(a, len, &source));
	g_assert_cmpuint(source, ==, 0x01020304);
	len = record_text_key(a, G_MAXUINT32, 7);
	g_assert_cmpuint(len, ==, RECORD_KEY_BYTES);
	g_assert_true(record_key_source(a, len, &source));
	g_assert_cmpuint(source, ==, G_MAXUINT32);
	record_document_key(b, G_MAXUINT32, 7);
	g_assert_cmpint(memcmp(a, b, sizeof a), !=, 0);
	record_text_key(b, G_MAXUINT32, 256);	/* byte order is the order of numbers */
	g_assert_cmpint(memcmp(a, b, sizeof a), <, 0);
	g_assert_false(record_key_source("S\0\0\0", 4, &source));
	g_assert_false(record_key_source("X\0\0\0\0", 5, &source));
	g_assert_false(record_key_source("\0\0\0\0\0", 5, &source));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/record/document", test_document);
	g_test_add_func("/record/passage", test_passage);
	g_test_add_func("/record/source", test_source);
	g_test_add_func("/record/long-string", test_long_string);
	g_test_add_func("/record/damage", test_damage);
	g_test_add_func("/record/junk", test_junk);
	g_test_add_func("/record/huge-steps", test_huge_steps);
	g_test_add_func("/record/fits", test_fits);
	g_test_add_func("/record/pack", test_pack);
	g_test_add_func("/record/unpack-damaged", test_unpack_damaged);
	g_test_add_func("/record/slots", test_slots);
	g_test_add_func("/record/keys", test_keys);
	return g_test_run();
}
