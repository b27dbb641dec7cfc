/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test-index.c - writing an index and reading it back: what goes in comes out,
 * nothing else does, and it does not matter which way it went in.
 * Longer than other files: writer, tidy, builder and store are seen through
 * each other's headers.
 */
#include "indexer/writer.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "corpus/error.h"
#include "indexer/analysis.h"
#include "indexer/builder.h"
#include "indexer/fields.h"
#include "indexer/files.h"
#include "indexer/pack.h"
#include "indexer/store.h"

/* What Xapian holds when it throws while compacting is lost. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libxapian";
}

/* --- the scene ------------------------------------------------------------------- */

struct scene {
	char *folder, *dir;	/* a temporary folder, and the index below it */
};

static void scene_init(struct scene *s, gconstpointer unused)
{
	(void)unused;
	s->folder = g_dir_make_tmp("test-index-XXXXXX", NULL);
	g_assert_nonnull(s->folder);
	s->dir = g_build_filename(s->folder, "index", NULL);
}

static void scene_clear(struct scene *s, gconstpointer unused)
{
	(void)unused;
	files_remove_tree(s->folder);
	g_free(s->folder);
	g_free(s->dir);
}

/* --- documents made in memory -------------------------------------------------------- */

static void add_passage(struct document *doc, guint32 start, guint32 end)
{
	struct passage passage = { .kind = KIND_NARRATIVE, .section = 0, .panel = -1, .page = 1 + (int)doc->passages->len,
		.attribution.speaker = -1 };

	g_snprintf(passage.id, sizeof passage.id, "%010x", g_int_hash(&start) + end);
	if (doc->passages->len % 3 == 1) {	/* somebody's own words */
		passage.kind = KIND_SPEECH;
		passage.attribution = (struct attribution){ .speaker = 0, .evidence = EVIDENCE_LABEL, .certainty = CERTAINTY_STATED,
			.range = { 0, 1 } };
	}
	passage.n_ranges = end - start > 20 ? 2 : 1;
	passage.ranges = document_alloc(doc, passage.n_ranges * sizeof *passage.ranges);
	passage.ranges[0] = (struct range){ start, passage.n_ranges == 2 ? start + 10 : end };
	if (passage.n_ranges == 2)
		passage.ranges[1] = (struct range){ start + 11, end };
	g_array_append_val(doc->passages, passage);
}

/* One passage for each line of ASCII text. */
static struct document *make_document(const char *id, const char *text)
{
	struct document *doc = document_new();
	struct section section = { .parent = -1, .level = 1, .title = document_string(doc, "Opening", -1) };
	struct person person = { .name = document_string(doc, id, -1), .country = "Freedonia" };

	doc->id = document_string(doc, id, -1);
	doc->title = doc->id;
	doc->language = "en";
	doc->date = "2031-05-02";
	doc->format = "text";
	g_array_append_val(doc->sections, section);
	g_array_append_val(doc->people, person);
	doc->text = document_string(doc, text, -1);
	doc->text_bytes = strlen(text);
	for (const char *line = doc->text, *end; *line; line = *end ? end + 1 : end) {
		end = line + strcspn(line, "\n");
		if (end > line)
			add_passage(doc, (guint32)(line - doc->text), (guint32)(end - doc->text));
	}
	return doc;
}

static void add_to(struct writer *w, const char *id, const char *access, const char *text, char **renamed)
{
	g_autoptr(Document) doc = make_document(id, text);
	g_autoptr(GError) error = NULL;

	doc->access = access;
	g_assert_true(writer_add(w, doc, renamed, &error));
	g_assert_no_error(error);
}

/* A source "/papers/ID" of one document; its text is its digest. */
static void add(struct writer *w, const char *id, const char *text)
{
	g_autofree char *path = g_strconcat("/papers/", id, NULL);
	g_autoptr(GError) error = NULL;

	writer_begin_source(w, path, text);
	add_to(w, id, "public", text, NULL);
	g_assert_true(writer_end_source(w, "text", &error));
	g_assert_no_error(error);
}

static struct writer *open_writer(const char *dir, unsigned flags)
{
	g_autoptr(GError) error = NULL;
	struct writer *w = writer_open(dir, flags, &error);

	g_assert_no_error(error);
	g_assert_nonnull(w);
	return w;
}

static void commit(struct writer *w)
{
	g_autoptr(GError) error = NULL;

	g_assert_true(writer_commit(w, &error));
	g_assert_no_error(error);
}

static void commit_and_close(struct writer *w)
{
	commit(w);
	writer_close(w);
}

/* --- what an index holds ---------------------------------------------------------------- */

struct dump {
	struct store *store;
	const struct source_record *source;
	GPtrArray *lines;
};

static bool dump_passage(uint32_t docid, void *data)
{
	struct dump *dump = data;
	struct arena *arena = arena_new();
	struct passage_record r;
	const struct passage *p = &r.passage;
	g_autoptr(GString) text = g_string_new(NULL), line = g_string_new(NULL);
	g_autoptr(GError) error = NULL;
	const struct document *doc;
	guint64 base = 0;

	g_assert_true(store_passage(dump->store, docid, arena, &r, &error));
	doc = store_document(dump->store, r.place, &base, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(base, ==, r.text_base);
	g_assert_true(record_passage_fits(p, doc));
	g_assert_true(store_text(dump->store, r.place.source, r.text_base, p->ranges, p->n_ranges, text, &error));
	g_strdelimit(text->str, "\n", '/');
	g_string_printf(line, "%s %05u %s %s %s %s %d %s: %s", dump->source->path, r.ordinal, doc->id, p->id, kind_name(p->kind),
	                doc->title, p->page, p->attribution.speaker < 0 ? "-" : document_person(doc, p->attribution.speaker)->name, text->str);
	g_ptr_array_add(dump->lines, g_strdup(line->str));
	arena_free(arena);
	return true;
}

static bool dump_source(size_t shard, guint32 number, const struct source_record *source, void *data)
{
	struct dump *dump = data;
	g_autofree char *term = g_strdup_printf(SOURCE_PREFIX "%u", number);
	guint before = dump->lines->len;

	(void)shard;
	dump->source = source;
	g_assert_true(xap_db_postings(store_database(dump->store), term, strlen(term), dump_passage, dump, NULL));
	g_assert_cmpuint(dump->lines->len - before, ==, source->passages);
	return true;
}

static gint by_string(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Every living passage with all that is known of it, in the order of paths. */
static char *dump_index(const char *dir, const char *const *groups)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Store) store = store_open(dir, groups, NULL, &error);
	g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
	struct dump dump = { store, NULL, lines };

	g_assert_no_error(error);
	g_assert_true(store_sources(store, dump_source, &dump, &error));
	g_ptr_array_sort(lines, by_string);
	g_ptr_array_add(lines, NULL);
	return g_strjoinv("\n", (char **)lines->pdata);
}

static void assert_index(const char *dir, const char *expected)
{
	g_autofree char *got = dump_index(dir, NULL);

	g_assert_cmpstr(got, ==, expected);
}

static guint count_lines(const char *s)
{
	guint n = *s != '\0';

	for (; *s; s++)
		n += *s == '\n';
	return n;
}

/* A small index is one segment without anything dead. */
static void assert_tidy(const char *dir)
{
	g_autoptr(Stamp) stamp = stamp_read(dir, NULL, NULL);

	g_assert_nonnull(stamp);
	g_assert_cmpuint(stamp->segments->len, <=, 1);
	if (stamp->segments->len)
		g_assert_cmpuint(((struct segment *)stamp->segments->pdata[0])->dead->len, ==, 0);
}

static guint count_entries(const char *dir, const char *prefix)
{
	g_autoptr(GDir) folder = g_dir_open(dir, 0, NULL);
	const char *name;
	guint n = 0;

	while (folder && (name = g_dir_read_name(folder)))
		n += g_str_has_prefix(name, prefix);
	return n;
}

/* Nothing lies about that the stamp does not name. */
static void assert_clean(const char *dir)
{
	g_autoptr(Stamp) stamp = stamp_read(dir, NULL, NULL);

	g_assert_cmpuint(count_entries(dir, SCRATCH_PREFIX), ==, 0);
	g_assert_cmpuint(count_entries(dir, SEGMENT_PREFIX), ==, stamp->segments->len);
	g_assert_cmpuint(count_entries(dir, STAMP_FILE), ==, 1);
}

/* --- adding, replacing, removing --------------------------------------------------------- */

static const char harbour[] = "The harbour of Port Ellery opens in May.\nIts pilots were trained here.\n\nShips wait.\n";
static const char bridges[] = "Bridges need inspections every second year.\nNo bridge was closed.\n";
static const char forests[] = "Forests burn faster than they grow.\n";

static void fill(const char *dir)
{
	struct writer *w = open_writer(dir, 0);

	add(w, "harbour", harbour);
	add(w, "bridges", bridges);
	commit_and_close(w);
}

static void test_add(struct scene *s, gconstpointer unused)
{
	struct writer_totals totals;
	g_autofree char *got = NULL;
	struct writer *w;

	(void)unused;
	fill(s->dir);
	got = dump_index(s->dir, NULL);
	g_assert_cmpuint(count_lines(got), ==, 5);
	g_assert_nonnull(strstr(got, "/papers/bridges 00001 bridges "));
	g_assert_nonnull(strstr(got, ": Ships wait."));
	g_assert_nonnull(strstr(got, " speech harbour 2 harbour: Its pilots/were trained here."));
	assert_tidy(s->dir);
	assert_clean(s->dir);
	w = open_writer(s->dir, 0);
	g_assert_true(writer_totals(w, &totals, NULL));
	g_assert_cmpuint(totals.sources, ==, 2);
	g_assert_cmpuint(totals.documents, ==, 2);
	g_assert_cmpuint(totals.passages, ==, 5);
	g_assert_cmpuint(totals.text_bytes, ==, strlen(harbour) + strlen(bridges));
	g_assert_cmpint(writer_state(w, "/papers/harbour", harbour), ==, WRITER_SAME);
	g_assert_cmpint(writer_state(w, "/papers/harbour", "other"), ==, WRITER_CHANGED);
	g_assert_cmpint(writer_state(w, "/papers/forests", harbour), ==, WRITER_NEW);
	writer_close(w);
}

static void test_no_commit(struct scene *s, gconstpointer unused)
{
	g_autofree char *before = NULL;
	struct writer *w;

	(void)unused;
	fill(s->dir);
	before = dump_index(s->dir, NULL);
	w = open_writer(s->dir, 0);
	add(w, "forests", forests);
	writer_remove(w, "/papers/harbour");
	assert_index(s->dir, before);
	writer_close(w);
	assert_index(s->dir, before);
	assert_clean(s->dir);
}

static void test_commit_nothing(struct scene *s, gconstpointer unused)
{
	g_autofree char *before = NULL;

	(void)unused;
	fill(s->dir);
	before = dump_index(s->dir, NULL);
	commit_and_close(open_writer(s->dir, 0));
	assert_index(s->dir, before);
	assert_tidy(s->dir);
	assert_clean(s->dir);
}

static void test_empty(struct scene *s, gconstpointer unused)
{
	struct writer_totals totals;
	struct writer *w;

	(void)unused;
	commit_and_close(open_writer(s->dir, 0));
	assert_index(s->dir, "");
	w = open_writer(s->dir, 0);
	writer_begin_source(w, "/papers/empty", "d");
	g_assert_true(writer_end_source(w, "text", NULL));
	commit_and_close(w);
	assert_index(s->dir, "");
	w = open_writer(s->dir, 0);
	g_assert_true(writer_totals(w, &totals, NULL));
	g_assert_cmpuint(totals.sources, ==, 1);
	g_assert_cmpint(writer_state(w, "/papers/empty", "d"), ==, WRITER_SAME);
	writer_remove(w, "/papers/empty");
	commit(w);
	g_assert_true(writer_totals(w, &totals, NULL));
	g_assert_cmpuint(totals.sources, ==, 0);
	writer_close(w);
	assert_tidy(s->dir);
}

static void test_replace(struct scene *s, gconstpointer unused)
{
	g_autofree char *got = NULL;
	struct writer *w;

	(void)unused;
	fill(s->dir);
	w = open_writer(s->dir, 0);
	add(w, "harbour", forests);
	commit(w);
	got = dump_index(s->dir, NULL);
	g_assert_cmpuint(count_lines(got), ==, 3);
	g_assert_null(strstr(got, "pilots"));
	g_assert_nonnull(strstr(got, "/papers/harbour 00000 harbour "));	/* it kept its id */
	assert_tidy(s->dir);
	add(w, "harbour", harbour);	/* twice before one commit: the last one stays */
	add(w, "harbour", bridges);
	commit_and_close(w);
	g_free(got);
	got = dump_index(s->dir, NULL);
	g_assert_null(strstr(got, "pilots"));
	g_assert_null(strstr(got, "faster"));
	assert_tidy(s->dir);
	assert_clean(s->dir);
}

static bool collect_path(const char *path, void *data)
{
	g_string_append_printf(data, "%s ", path);
	return true;
}

static void test_remove(struct scene *s, gconstpointer unused)
{
	g_autoptr(GString) paths = g_string_new(NULL);
	g_autofree char *got = NULL;
	struct writer *w;

	(void)unused;
	fill(s->dir);
	w = open_writer(s->dir, 0);
	writer_each_path(w, collect_path, paths);
	g_assert_cmpstr(paths->str, ==, "/papers/bridges /papers/harbour ");
	writer_remove(w, "/papers/harbour");
	writer_remove(w, "/papers/nowhere");
	add(w, "forests", forests);
	writer_remove(w, "/papers/forests");	/* before it was ever committed */
	commit_and_close(w);
	got = dump_index(s->dir, NULL);
	g_assert_nonnull(strstr(got, "No bridge"));
	g_assert_null(strstr(got, "harbour"));
	g_assert_null(strstr(got, "forests"));
	assert_tidy(s->dir);
	w = open_writer(s->dir, 0);
	writer_remove(w, "/papers/bridges");
	commit_and_close(w);
	assert_index(s->dir, "");
	assert_tidy(s->dir);
	assert_clean(s->dir);
}

static void test_abandon(struct scene *s, gconstpointer unused)
{
	g_autofree char *before = NULL;
	struct writer *w;

	(void)unused;
	fill(s->dir);
	before = dump_index(s->dir, NULL);
	w = open_writer(s->dir, 0);
	writer_begin_source(w, "/papers/harbour", "new");
	add_to(w, "harbour", "public", forests, NULL);
	writer_abandon_source(w);
	writer_begin_source(w, "/papers/none", "new");	/* before its first document */
	writer_abandon_source(w);
	g_assert_cmpint(writer_state(w, "/papers/harbour", harbour), ==, WRITER_SAME);
	commit_and_close(w);
	assert_index(s->dir, before);
	assert_tidy(s->dir);
	w = open_writer(s->dir, 0);
	writer_begin_source(w, "/papers/none", "new");
	add_to(w, "none", "public", forests, NULL);
	writer_abandon_source(w);
	add(w, "forests", forests);
	commit_and_close(w);
	g_free(before);
	before = dump_index(s->dir, NULL);
	g_assert_null(strstr(before, "/papers/none"));
	g_assert_nonnull(strstr(before, "/papers/forests 00000 forests "));
	assert_tidy(s->dir);
}

/* --- ids ------------------------------------------------------------------------------------ */

static void test_same_id(struct scene *s, gconstpointer unused)
{
	struct writer *w = open_writer(s->dir, 0);
	char *renamed;

	(void)unused;
	writer_begin_source(w, "/a", "1");
	add_to(w, "talk", "public", forests, &renamed);
	g_assert_null(renamed);
	add_to(w, "talk", "public", bridges, &renamed);
	g_assert_cmpstr(renamed, ==, "talk-2");
	g_free(renamed);
	g_assert_true(writer_end_source(w, "jsonl", NULL));
	commit(w);
	writer_begin_source(w, "/b", "1");
	add_to(w, "talk", "public", harbour, &renamed);
	g_assert_cmpstr(renamed, ==, "talk-3");
	g_free(renamed);
	g_assert_true(writer_end_source(w, "text", NULL));
	commit(w);
	writer_begin_source(w, "/a", "2");	/* what it had is its own */
	add_to(w, "talk", "public", forests, &renamed);
	g_assert_null(renamed);
	g_assert_true(writer_end_source(w, "text", NULL));
	commit(w);
	writer_remove(w, "/a");
	writer_begin_source(w, "/c", "1");	/* a file that was moved */
	add_to(w, "talk", "public", forests, &renamed);
	g_assert_null(renamed);
	g_assert_true(writer_end_source(w, "text", NULL));
	commit_and_close(w);
	assert_tidy(s->dir);
}

/* The index has one term for both, but they are two ids. */
static void test_like_ids(struct scene *s, gconstpointer unused)
{
	struct writer *w = open_writer(s->dir, 0);
	char *renamed;

	(void)unused;
	add(w, "talk-1", forests);
	commit(w);
	writer_begin_source(w, "/b", "1");
	add_to(w, "Talk.1", "public", harbour, &renamed);
	g_assert_null(renamed);
	add_to(w, "talk-1", "public", bridges, &renamed);
	g_assert_cmpstr(renamed, ==, "talk-1-2");
	g_free(renamed);
	g_assert_true(writer_end_source(w, "jsonl", NULL));
	commit_and_close(w);
	assert_tidy(s->dir);
}

static void test_many_same_ids(struct scene *s, gconstpointer unused)
{
	struct writer *w = open_writer(s->dir, 0);
	gint64 started = g_get_monotonic_time();
	char *renamed = NULL;

	(void)unused;
	writer_begin_source(w, "/a", "1");
	for (guint i = 0; i < 6000; i++) {
		g_free(renamed);
		add_to(w, "talk", "public", "Words.", &renamed);
	}
	g_assert_cmpstr(renamed, ==, "talk-6000");
	g_free(renamed);
	g_assert_true(writer_end_source(w, "jsonl", NULL));
	commit_and_close(w);
	g_test_message("%.1f s", (double)(g_get_monotonic_time() - started) / G_USEC_PER_SEC);
}

/* --- what goes in comes out ------------------------------------------------------------------- */

static char *long_text(GRand *rand, guint words)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < words; i++) {
		for (gint n = g_rand_int_range(rand, 1, 10); n > 0; n--)
			g_string_append_c(text, (char)g_rand_int_range(rand, 'a', 'z' + 1));
		g_string_append(text, i % 40 == 39 ? "\n" : i % 7 == 6 ? "\xc3\xa9 " : " ");
	}
	return g_string_free(text, FALSE);
}

static void assert_bytes(struct store *store, guint32 source, guint64 from, guint64 to, const char *text)
{
	g_autoptr(GString) got = g_string_new(NULL);
	g_autoptr(GError) error = NULL;

	g_assert_true(store_bytes(store, source, from, to, got, &error));
	g_assert_no_error(error);
	g_assert_cmpmem(got->str, got->len, text + from, to - from);
}

static bool note_number(size_t shard, guint32 number, const struct source_record *source, void *data)
{
	(void)shard;
	(void)source;
	*(guint32 *)data = number;
	return true;
}

/* Documents of all lengths, one after the other in one source. */
static void test_text(struct scene *s, gconstpointer unused)
{
	static const guint words[] = { 0, 1, 300, 5000, 2, 320, 20000, 0, 40, 700 };
	g_autoptr(GRand) rand = g_rand_new_with_seed(11);
	g_autoptr(GString) all = g_string_new(NULL), end = g_string_new(NULL);
	g_autoptr(Store) store = NULL;
	struct writer *w = open_writer(s->dir, 0);
	guint32 source = 0;

	(void)unused;
	writer_begin_source(w, "/long", "1");
	for (guint i = 0; i < G_N_ELEMENTS(words); i++) {
		g_autofree char *text = long_text(rand, words[i]), *id = g_strdup_printf("long-%u", i);

		g_string_append(all, text);
		add_to(w, id, "public", text, NULL);
	}
	g_assert_true(writer_end_source(w, "jsonl", NULL));
	commit_and_close(w);
	store = store_open(s->dir, NULL, NULL, NULL);
	g_assert_true(store_sources(store, note_number, &source, NULL));
	assert_bytes(store, source, 0, all->len, all->str);
	for (guint i = 0; i < 500; i++) {
		guint32 a = (guint32)g_rand_int_range(rand, 0, (gint)all->len), b = (guint32)g_rand_int_range(rand, 0, (gint)all->len);

		assert_bytes(store, source, MIN(a, b), MIN(MAX(a, b), MIN(a, b) + 9000), all->str);
	}
	g_assert_false(store_bytes(store, source, all->len - 1, all->len + 1, end, NULL));
}

struct expected {
	struct store *store;
	const struct document *doc;
	guint seen;
};

static bool assert_passage(uint32_t docid, void *data)
{
	struct expected *x = data;
	struct arena *arena = arena_new();
	struct passage_record r;
	const struct passage *p = document_passage(x->doc, x->seen);

	g_assert_true(store_passage(x->store, docid, arena, &r, NULL));
	g_assert_cmpuint(r.ordinal, ==, x->seen++);
	g_assert_cmpstr(r.language, ==, "en");
	g_assert_cmpstr(r.passage.id, ==, p->id);
	g_assert_cmpint(r.passage.kind, ==, p->kind);
	g_assert_cmpint(r.passage.section, ==, p->section);
	g_assert_cmpint(r.passage.page, ==, p->page);
	g_assert_cmpmem(r.passage.ranges, r.passage.n_ranges * sizeof *p->ranges, p->ranges, p->n_ranges * sizeof *p->ranges);
	g_assert_cmpint(r.passage.attribution.speaker, ==, p->attribution.speaker);
	g_assert_cmpint(r.passage.attribution.evidence, ==, p->attribution.evidence);
	g_assert_cmpint(r.passage.attribution.certainty, ==, p->attribution.certainty);
	arena_free(arena);
	return true;
}

/* As they were written first, and after the segment was written anew. */
static void test_passages(struct scene *s, gconstpointer unused)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(12);
	g_autofree char *text = long_text(rand, 4000);
	g_autoptr(Document) doc = make_document("long", text);
	struct writer *w = open_writer(s->dir, 0);

	(void)unused;
	add(w, "bridges", bridges);
	add(w, "long", text);
	commit(w);
	for (guint round = 0; round < 2; round++) {
		g_autoptr(Store) store = store_open(s->dir, NULL, NULL, NULL);
		struct expected x = { store, doc, 0 };

		g_assert_true(xap_db_postings(store_database(store), SOURCE_PREFIX "2", 3, assert_passage, &x, NULL));
		g_assert_cmpuint(x.seen, ==, doc->passages->len);
		writer_remove(w, "/papers/bridges");
		commit(w);
	}
	writer_close(w);
}

/* --- access labels ------------------------------------------------------------------------------ */

#define SECRET "zyxomarker"

static bool not_secret(const char *bytes, size_t len, uint32_t frequency, void *data)
{
	(void)frequency;
	(void)data;
	g_assert_null(g_strstr_len(bytes, (gssize)len, "zyxo"));
	return true;
}

static bool not_secret_metadata(const char *key, size_t len, uint32_t frequency, void *data)
{
	g_autoptr(GString) value = g_string_new(NULL), raw = g_string_new(NULL);

	g_assert_true(xap_db_metadata(data, 0, key, len, value, NULL));
	g_assert_null(g_strstr_len(value->str, (gssize)value->len, "zyxo"));
	if (key[0] != 'S') {
		g_assert_true(pack_inflate(value->str, value->len, raw, NULL));
		g_assert_null(g_strstr_len(raw->str, (gssize)raw->len, "zyxo"));
	}
	(void)frequency;
	return true;
}

static bool not_secret_synonyms(const char *key, size_t len, uint32_t frequency, void *data)
{
	not_secret(key, len, frequency, NULL);
	return xap_db_synonyms(data, key, len, not_secret, NULL, NULL);
}

static void assert_no_secret_bytes(const char *dir, const char *folder)
{
	g_autofree char *path = g_build_filename(dir, folder, NULL);
	g_autoptr(GDir) files = g_dir_open(path, 0, NULL);
	const char *name;

	while ((name = g_dir_read_name(files))) {
		g_autofree char *file = g_build_filename(path, name, NULL), *bytes = NULL;
		gsize len;

		g_assert_true(g_file_get_contents(file, &bytes, &len, NULL));
		g_assert_null(g_strstr_len(bytes, (gssize)len, "zyxo"));
	}
}

static void assert_public(const char *dir)
{
	g_autoptr(Store) store = store_open(dir, (const char *const[]){ "other", NULL }, NULL, NULL);
	xap_db *db = store_database(store);

	g_assert_cmpuint(xap_db_shards(db), ==, 1);
	g_assert_true(xap_db_terms(db, "", 0, not_secret, NULL, NULL));
	g_assert_true(xap_db_metadata_keys(db, 0, "", 0, not_secret_metadata, db, NULL));
	g_assert_true(xap_db_synonym_keys(db, "", 0, not_secret_synonyms, db, NULL));
	assert_no_secret_bytes(dir, store_segment(store, 0)->folder);
}

static void add_restricted(struct writer *w, guint i)
{
	g_autofree char *path = g_strdup_printf("/board/" SECRET "-%u", i), *id = g_strdup_printf(SECRET "-%u", i);
	g_autofree char *text = g_strdup_printf("Of " SECRET "s, and of Zyxom\xc3\xa4rkering at %u, ships and forests.\nZyxos wait.\n", i);

	writer_begin_source(w, path, "1");
	add_to(w, id, "restricted:board", text, NULL);
	g_assert_true(writer_end_source(w, "text", NULL));
}

static void test_access(struct scene *s, gconstpointer unused)
{
	static const char *const board[] = { "board", NULL };
	g_autofree char *seen = NULL, *hidden = NULL;
	struct writer *w = open_writer(s->dir, 0);

	(void)unused;
	for (guint i = 0; i < 40; i++) {	/* taking turns, past several trims of the analysis */
		g_autofree char *id = g_strdup_printf("open-%u", i);

		add_restricted(w, i);
		add(w, id, i % 2 ? harbour : bridges);
	}
	commit(w);
	assert_public(s->dir);
	writer_remove(w, "/papers/open-3");	/* and when the segments are written anew */
	writer_remove(w, "/board/" SECRET "-3");
	commit_and_close(w);
	assert_public(s->dir);
	seen = dump_index(s->dir, NULL);
	g_assert_null(strstr(seen, "zyxo"));
	hidden = dump_index(s->dir, board);
	g_assert_nonnull(strstr(hidden, "/board/" SECRET "-39 "));
	g_assert_nonnull(strstr(hidden, "/papers/open-1 "));
}

/* A label that changed takes the source out of the segment where it was. */
static void test_access_changes(struct scene *s, gconstpointer unused)
{
	struct writer *w = open_writer(s->dir, 0);
	g_autoptr(GError) error = NULL;
	g_autoptr(Document) doc = make_document("two", forests);

	(void)unused;
	writer_begin_source(w, "/papers/" SECRET, "1");
	add_to(w, SECRET, "public", SECRET, NULL);
	g_assert_true(writer_end_source(w, "text", NULL));
	add(w, "bridges", bridges);
	commit(w);
	writer_begin_source(w, "/papers/" SECRET, "2");
	add_to(w, SECRET, "restricted:board", SECRET, NULL);
	g_assert_true(writer_end_source(w, "text", NULL));
	commit(w);
	assert_public(s->dir);
	writer_begin_source(w, "/mixed", "1");	/* one file, two labels */
	add_to(w, "one", "restricted:board", forests, NULL);
	g_assert_false(writer_add(w, doc, NULL, &error));
	g_assert_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_SYNTAX);
	writer_abandon_source(w);
	commit_and_close(w);
	assert_public(s->dir);
}

/* --- one way or the other ---------------------------------------------------------------------- */

static const char *const papers[][2] = { { "harbour", harbour }, { "bridges", bridges }, { "forests", forests } };

static void add_in_order(const char *dir, const guint order[3], bool commit_each)
{
	struct writer *w = open_writer(dir, 0);

	for (guint i = 0; i < 3; i++) {
		add(w, papers[order[i]][0], papers[order[i]][1]);
		if (commit_each)
			commit(w);
	}
	commit_and_close(w);
}

static void test_order(struct scene *s, gconstpointer unused)
{
	static const guint orders[][3] = { { 0, 1, 2 }, { 2, 1, 0 }, { 1, 0, 2 } };
	g_autofree char *expected = NULL;

	(void)unused;
	for (guint i = 0; i < 2 * G_N_ELEMENTS(orders); i++) {
		g_autofree char *dir = g_strdup_printf("%s/%u", s->folder, i);

		add_in_order(dir, orders[i / 2], i % 2);
		if (!expected)
			expected = dump_index(dir, NULL);
		assert_index(dir, expected);
		assert_tidy(dir);
		add_in_order(dir, orders[i / 2], false);	/* all of it again */
		assert_index(dir, expected);
		assert_tidy(dir);
		assert_clean(dir);
	}
}

static void test_rebuild(struct scene *s, gconstpointer unused)
{
	g_autofree char *before = NULL, *got = NULL;
	struct writer *w;

	(void)unused;
	fill(s->dir);
	before = dump_index(s->dir, NULL);
	w = open_writer(s->dir, WRITER_REBUILD);
	g_assert_cmpint(writer_state(w, "/papers/harbour", harbour), ==, WRITER_NEW);
	add(w, "forests", forests);
	assert_index(s->dir, before);
	writer_close(w);
	assert_index(s->dir, before);
	w = open_writer(s->dir, WRITER_REBUILD);
	add(w, "forests", forests);
	commit_and_close(w);
	got = dump_index(s->dir, NULL);
	g_assert_null(strstr(got, "harbour"));
	g_assert_nonnull(strstr(got, "faster"));
	assert_clean(s->dir);
}

/* --- many passages ------------------------------------------------------------------------------- */

#define MANY 5001	/* just over what counts as small */

static void add_many(struct writer *w, guint number)
{
	g_autofree char *path = g_strdup_printf("/many/%u", number);

	writer_begin_source(w, path, "1");
	for (guint i = 0; i < 3; i++) {
		g_autoptr(GString) text = g_string_new(NULL);
		g_autofree char *id = g_strdup_printf("many-%u-%u", number, i);

		for (guint j = 0; j < MANY / 3; j++)
			g_string_append_printf(text, "line %u of paper %u\n", j, number);
		add_to(w, id, "public", text->str, NULL);
	}
	g_assert_true(writer_end_source(w, "jsonl", NULL));
}

static guint n_segments(const char *dir, guint *dead)
{
	g_autoptr(Stamp) stamp = stamp_read(dir, NULL, NULL);

	*dead = 0;
	for (guint i = 0; i < stamp->segments->len; i++)
		*dead += ((struct segment *)stamp->segments->pdata[i])->dead->len;
	return stamp->segments->len;
}

static guint n_passages(const char *dir)
{
	struct writer_totals totals;
	struct writer *w = open_writer(dir, 0);

	g_assert_true(writer_totals(w, &totals, NULL));
	writer_close(w);
	return totals.passages;
}

static void test_merging(struct scene *s, gconstpointer unused)
{
	struct writer *w = open_writer(s->dir, 0);
	guint dead;

	(void)unused;
	for (guint i = 0; i < 3; i++) {
		add_many(w, i);
		commit(w);
	}
	g_assert_cmpuint(n_segments(s->dir, &dead), ==, 3);
	add_many(w, 3);
	commit(w);	/* the fourth of its size */
	g_assert_cmpuint(n_segments(s->dir, &dead), ==, 1);
	writer_remove(w, "/many/1");	/* more than a fifth of it */
	add(w, "forests", forests);
	commit(w);
	g_assert_cmpuint(n_segments(s->dir, &dead), ==, 2);
	g_assert_cmpuint(dead, ==, 0);
	add(w, "bridges", bridges);
	commit(w);	/* the small ones are one */
	g_assert_cmpuint(n_segments(s->dir, &dead), ==, 2);
	writer_remove(w, "/papers/forests");
	commit_and_close(w);
	g_assert_cmpuint(n_segments(s->dir, &dead), ==, 2);
	g_assert_cmpuint(dead, ==, 0);
	g_assert_cmpuint(n_passages(s->dir), ==, 3 * MANY + 2);
	assert_clean(s->dir);
}

/* What is dead in a large segment stays there for a while, and is not seen. */
static void test_dead(struct scene *s, gconstpointer unused)
{
	struct writer *w = open_writer(s->dir, 0);
	g_autofree char *got = NULL, *expected = NULL, *other = g_build_filename(s->folder, "other", NULL);
	guint dead;

	(void)unused;
	add_many(w, 0);
	add(w, "harbour", harbour);
	add(w, "bridges", bridges);
	commit(w);
	writer_remove(w, "/papers/harbour");
	add(w, "bridges", forests);
	commit_and_close(w);
	n_segments(s->dir, &dead);
	g_assert_cmpuint(dead, ==, 2);
	got = dump_index(s->dir, NULL);
	w = open_writer(other, 0);
	add_many(w, 0);
	add(w, "bridges", forests);
	commit_and_close(w);
	expected = dump_index(other, NULL);
	g_assert_cmpstr(got, ==, expected);
}

/* --- refusals --------------------------------------------------------------------------------------- */

static void test_locked(struct scene *s, gconstpointer unused)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *pid = g_strdup_printf("process %ld", (long)getpid());
	struct writer *w;

	(void)unused;
	fill(s->dir);
	w = open_writer(s->dir, 0);
	g_assert_null(writer_open(s->dir, 0, &error));
	g_assert_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_LOCKED);
	g_assert_nonnull(strstr(error->message, pid));
	g_assert_true(g_str_has_prefix(error->message, "cannot "));
	g_clear_error(&error);
	g_assert_null(writer_open(s->dir, WRITER_REBUILD, &error));
	g_assert_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_LOCKED);
	writer_close(w);
	writer_close(open_writer(s->dir, 0));
}

static void change_stamp(const char *dir, const char *from, const char *to)
{
	g_autofree char *path = g_build_filename(dir, STAMP_FILE, NULL), *bytes = NULL;
	GString *changed;

	g_assert_true(g_file_get_contents(path, &bytes, NULL, NULL));
	changed = g_string_new(bytes);
	g_assert_cmpuint(g_string_replace(changed, from, to, 1), ==, 1);
	g_assert_true(g_file_set_contents(path, changed->str, -1, NULL));
	g_string_free(changed, TRUE);
}

static void assert_refused(const char *dir, int code)
{
	g_autoptr(GError) error = NULL;

	g_assert_null(writer_open(dir, 0, &error));
	g_assert_error(error, RAPPORTEUR_ERROR, code);
	g_assert_true(g_str_has_prefix(error->message, "cannot "));
	g_assert_nonnull(strstr(error->message, dir));
}

static void test_version(struct scene *s, gconstpointer unused)
{
	static const char *const changes[][2] = { { "format=", "format=9" }, { "analysis=", "analysis=9" }, { "stemmer=", "stemmer=x" } };

	(void)unused;
	for (guint i = 0; i < G_N_ELEMENTS(changes); i++) {
		struct writer *w;

		fill(s->dir);
		change_stamp(s->dir, changes[i][0], changes[i][1]);
		assert_refused(s->dir, RAPPORTEUR_ERROR_VERSION);
		w = open_writer(s->dir, WRITER_REBUILD);
		add(w, "forests", forests);
		commit_and_close(w);
		assert_clean(s->dir);
		assert_tidy(s->dir);
	}
}

static void test_damaged_stamp(struct scene *s, gconstpointer unused)
{
	(void)unused;
	fill(s->dir);
	change_stamp(s->dir, "[segment 1]", "[segment 2]");
	assert_refused(s->dir, RAPPORTEUR_ERROR_CORRUPT);
	change_stamp(s->dir, "[segment 2]", "[segment 1]");
	change_stamp(s->dir, "folder=segment", "folder=../segment");
	assert_refused(s->dir, RAPPORTEUR_ERROR_CORRUPT);
	change_stamp(s->dir, "folder=../segment", "folder=segment");
	change_stamp(s->dir, "next-source=", "next-sauce=");
	assert_refused(s->dir, RAPPORTEUR_ERROR_CORRUPT);
}

static void test_something_else(struct scene *s, gconstpointer unused)
{
	g_autofree char *file = g_build_filename(s->folder, "letter.txt", NULL), *bytes = NULL;

	(void)unused;
	g_assert_true(g_file_set_contents(file, "Dear all", -1, NULL));
	assert_refused(s->folder, RAPPORTEUR_ERROR_UNSUPPORTED);
	g_assert_true(g_file_get_contents(file, &bytes, NULL, NULL));
	g_assert_cmpstr(bytes, ==, "Dear all");
	g_assert_cmpuint(count_entries(s->folder, ""), ==, 1);
	assert_refused(file, RAPPORTEUR_ERROR_IO);
}

/* Somebody's recording in pieces: named as our folders are, or nearly. */
static void test_like_segments(struct scene *s, gconstpointer unused)
{
	static const char *const names[] = { "segment-000001", "segment-000002.ts", "scratch-1-1", "scratch-notes" };

	(void)unused;
	for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *file = g_build_filename(s->folder, names[i], NULL);

		g_assert_true(g_file_set_contents(file, "noise", -1, NULL));
		assert_refused(s->folder, RAPPORTEUR_ERROR_UNSUPPORTED);
		g_assert_true(g_file_test(file, G_FILE_TEST_EXISTS));
		g_assert_cmpint(g_unlink(file), ==, 0);
	}
}

static void test_not_found(struct scene *s, gconstpointer unused)
{
	g_autoptr(GError) error = NULL;

	(void)unused;
	g_assert_null(store_open(s->dir, NULL, NULL, &error));
	g_assert_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_NOT_FOUND);
	g_clear_error(&error);
	g_assert_null(store_open(s->folder, NULL, NULL, &error));
	g_assert_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_NOT_FOUND);
	g_assert_cmpuint(stamp_identity(s->dir), ==, 0);
}

static void test_stale(struct scene *s, gconstpointer unused)
{
	g_autoptr(Store) store = NULL;
	struct writer *w;

	(void)unused;
	fill(s->dir);
	store = store_open(s->dir, NULL, NULL, NULL);
	g_assert_false(store_is_stale(store));
	w = open_writer(s->dir, WRITER_REBUILD);
	add(w, "forests", forests);
	g_assert_false(store_is_stale(store));
	commit_and_close(w);
	g_assert_true(store_is_stale(store));
}

/* --- killed ------------------------------------------------------------------------------------------- */

static void die(void)
{
	kill(getpid(), SIGKILL);
}

static void die_adding(const char *dir)
{
	struct writer *w = open_writer(dir, 0);

	add(w, "forests", forests);
	writer_remove(w, "/papers/harbour");
	writer_begin_source(w, "/papers/many", "1");
	for (guint i = 0; i < 40; i++)
		add_to(w, "many", "public", harbour, NULL);
	die();
}

/* Where a commit has made its segment, and the stamp does not name it yet. */
static void die_finished(const char *dir)
{
	g_autoptr(Analysis) analysis = analysis_new();
	struct writer *w = open_writer(dir, 0);
	struct builder *builder = builder_new(dir, "public", analysis, 99);
	g_autoptr(Document) doc = make_document("forests", forests);
	struct source_record source = { .path = (char *)"/papers/forests", .digest = (char *)"1", .access = (char *)"public" };
	g_autofree char *temporary = g_build_filename(dir, STAMP_FILE ".AB12CD", NULL);

	(void)w;
	builder_begin_source(builder, 50);
	g_assert_true(builder_add(builder, doc, NULL));
	g_assert_true(builder_end_source(builder, &source, NULL));
	g_assert_nonnull(builder_finish(builder, "segment-000099", NULL));
	g_assert_true(g_file_set_contents(temporary, "[ind", -1, NULL));
	die();
}

static void run_to_death(void (*child)(const char *), const char *dir)
{
	pid_t pid = fork();
	int status;

	if (pid == 0) {
		child(dir);
		_exit(1);
	}
	g_assert_cmpint(waitpid(pid, &status, 0), ==, pid);
	g_assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

static void test_killed(struct scene *s, gconstpointer unused)
{
	void (*const ways[])(const char *) = { die_adding, die_finished };
	g_autofree char *before = NULL;

	(void)unused;
	fill(s->dir);
	before = dump_index(s->dir, NULL);
	for (guint i = 0; i < G_N_ELEMENTS(ways); i++) {
		run_to_death(ways[i], s->dir);
		g_assert_cmpuint(count_entries(s->dir, ""), >, 3);	/* stamp, lock, segment */
		assert_index(s->dir, before);
		writer_close(open_writer(s->dir, 0));
		assert_clean(s->dir);
		assert_index(s->dir, before);
		run_to_death(ways[i], s->dir);
		writer_close(open_writer(s->dir, WRITER_REBUILD));
		g_assert_cmpuint(count_entries(s->dir, SCRATCH_PREFIX), ==, 0);
		assert_index(s->dir, before);
	}
	add_in_order(s->dir, (const guint[]){ 0, 1, 2 }, true);
	assert_clean(s->dir);
	assert_tidy(s->dir);
}

/* There was no index yet. */
static void test_killed_first(struct scene *s, gconstpointer unused)
{
	void (*const ways[])(const char *) = { die_adding, die_finished };

	(void)unused;
	for (guint i = 0; i < G_N_ELEMENTS(ways); i++) {
		g_autofree char *dir = g_strdup_printf("%s/%u", s->folder, i);

		run_to_death(ways[i], dir);
		g_assert_null(store_open(dir, NULL, NULL, NULL));
		fill(dir);
		assert_clean(dir);
		assert_tidy(dir);
	}
}

/* --- several hands ------------------------------------------------------------------------------------- */

struct hand {
	struct writer *branch;
	guint number;
};

static gpointer add_twenty(gpointer data)
{
	const struct hand *hand = data;

	for (guint i = 0; i < 20; i++) {
		g_autofree char *id = g_strdup_printf("paper-%u-%u", hand->number, i);

		add(hand->branch, id, i % 2 ? harbour : bridges);
		if (i % 5 == 0)
			add_restricted(hand->branch, hand->number * 100 + i);
	}
	return NULL;
}

static void add_together(const char *dir, guint hands)
{
	struct writer *w = open_writer(dir, 0);
	struct hand hand[4];
	GThread *thread[4];

	for (guint i = 0; i < 4; i++) {
		hand[i] = (struct hand){ i < hands ? writer_branch(w) : w, i };
		if (i < hands)
			thread[i] = g_thread_new("hand", add_twenty, &hand[i]);
		else
			add_twenty(&hand[i]);
	}
	for (guint i = 0; i < hands; i++) {
		g_thread_join(thread[i]);
		writer_close(hand[i].branch);
	}
	commit_and_close(w);
}

/* Three branches and the trunk, or the trunk alone: the same index. */
static void test_branches(struct scene *s, gconstpointer unused)
{
	static const char *const board[] = { "board", NULL };
	g_autofree char *alone = g_build_filename(s->folder, "alone", NULL), *got = NULL, *expected = NULL;

	(void)unused;
	add_together(s->dir, 3);
	add_together(alone, 0);
	got = dump_index(s->dir, board);
	expected = dump_index(alone, board);
	g_assert_cmpstr(got, ==, expected);
	g_assert_cmpuint(count_lines(got), >, 200);
	assert_clean(s->dir);
	assert_public(s->dir);
}

/* --- damage ---------------------------------------------------------------------------------------------- */

static bool look_at_passage(uint32_t docid, void *data)
{
	struct store *store = data;
	struct arena *arena = arena_new();
	struct passage_record r;
	g_autoptr(GString) text = g_string_new(NULL);
	const struct document *doc;
	guint64 base;

	if (store_passage(store, docid, arena, &r, NULL)) {
		doc = store_document(store, r.place, &base, NULL);
		if (doc && record_passage_fits(&r.passage, doc))
			store_text(store, r.place.source, base, r.passage.ranges, r.passage.n_ranges, text, NULL);
	}
	arena_free(arena);
	return true;
}

static bool look_at_source(size_t shard, guint32 number, const struct source_record *source, void *data)
{
	g_autofree char *term = g_strdup_printf(SOURCE_PREFIX "%u", number);

	(void)shard;
	(void)source;
	xap_db_postings(store_database(data), term, strlen(term), look_at_passage, data, NULL);
	return true;
}

/* Overwrites a few bytes of one of the segment's files. */
static void damage_segment(const char *dir, GRand *rand)
{
	static const char *const files[] = { "postlist.glass", "docdata.glass", "iamglass", "synonym.glass" };
	g_autoptr(Stamp) stamp = stamp_read(dir, NULL, NULL);
	const struct segment *segment = g_ptr_array_index(stamp->segments, 0);
	g_autofree char *path = g_build_filename(dir, segment->folder, files[g_rand_int_range(rand, 0, G_N_ELEMENTS(files))], NULL), *bytes = NULL;
	gsize len;

	if (!g_file_get_contents(path, &bytes, &len, NULL) || !len)
		return;
	for (gint n = g_rand_int_range(rand, 1, 20); n > 0; n--)
		bytes[g_rand_int_range(rand, 0, (gint)len)] = (char)g_rand_int(rand);
	g_assert_true(g_file_set_contents_full(path, bytes, (gssize)len, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

/* Reading it, and writing its segment anew, fail with words or not at all. */
static void test_damaged_segment(struct scene *s, gconstpointer unused)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(13);
	guint refused = 0;

	(void)unused;
	for (guint round = 0; round < 60; round++) {
		g_autofree char *dir = g_strdup_printf("%s/%u", s->folder, round);
		g_autoptr(GError) error = NULL;
		g_autoptr(Store) store = NULL;
		g_autoptr(Writer) w = NULL;

		fill(dir);
		damage_segment(dir, rand);
		store = store_open(dir, NULL, NULL, NULL);
		if (store)
			store_sources(store, look_at_source, store, NULL);
		w = writer_open(dir, 0, &error);
		if (w) {
			writer_remove(w, "/papers/bridges");
			writer_commit(w, &error);
		}
		refused += error != NULL;
		if (error)
			g_assert_cmpstr(error->message, !=, "");
	}
	g_test_message("%u of 60 refused", refused);
	g_assert_cmpuint(refused, >, 0);
}

/* --- segments and their dead --------------------------------------------------------------------------- */

static void test_segment_dead(void)
{
	struct segment *segment = segment_new("segment-000001", "public");
	static const guint32 numbers[] = { 7, 3, 9, 3, G_MAXUINT32, 0, 7 };

	for (guint i = 0; i < G_N_ELEMENTS(numbers); i++) {
		segment_kill(segment, numbers[i]);
		g_assert_true(segment_is_dead(segment, numbers[i]));
	}
	g_assert_cmpuint(segment->dead->len, ==, 5);
	for (guint i = 1; i < segment->dead->len; i++)
		g_assert_cmpuint(g_array_index(segment->dead, guint32, i - 1), <, g_array_index(segment->dead, guint32, i));
	g_assert_false(segment_is_dead(segment, 4));
	g_assert_false(segment_is_dead(segment, 8));
	segment_free(segment);
}

#define ADD(name, function) \
	g_test_add("/index/" name, struct scene, NULL, scene_init, function, scene_clear)

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	ADD("add", test_add);
	ADD("no-commit", test_no_commit);
	ADD("commit-nothing", test_commit_nothing);
	ADD("empty", test_empty);
	ADD("replace", test_replace);
	ADD("remove", test_remove);
	ADD("abandon", test_abandon);
	ADD("same-id", test_same_id);
	ADD("like-ids", test_like_ids);
	ADD("many-same-ids", test_many_same_ids);
	ADD("text", test_text);
	ADD("passages", test_passages);
	ADD("access", test_access);
	ADD("access-changes", test_access_changes);
	ADD("order", test_order);
	ADD("rebuild", test_rebuild);
	ADD("merging", test_merging);
	ADD("dead", test_dead);
	ADD("locked", test_locked);
	ADD("version", test_version);
	ADD("damaged-stamp", test_damaged_stamp);
	ADD("something-else", test_something_else);
	ADD("like-segments", test_like_segments);
	ADD("not-found", test_not_found);
	ADD("stale", test_stale);
	ADD("killed", test_killed);
	ADD("killed-first", test_killed_first);
	ADD("branches", test_branches);
	ADD("damaged-segment", test_damaged_segment);
	g_test_add_func("/index/segment-dead", test_segment_dead);
	return g_test_run();
}
