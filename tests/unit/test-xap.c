/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test-xap.c - the C bindings of xapian-core, through xap.h alone, on disk:
 * Xapian's databases in memory accept what those on disk refuse.
 * Longer than other files: one program for one header.
 */
#include "xapian/xap.h"

#include <errno.h>
#include <math.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <glib/gstdio.h>

#define B(literal) (literal), (sizeof(literal) - 1)

/* Database::check of xapian-core 1.4 deletes an object by its base class. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
	return "new_delete_type_mismatch=0";
}

/* What it holds when it throws while compacting is lost. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libxapian";
}

/* --- the scene: a folder of its own for each test ------------------------------ */

struct scene {
	char *folder;
};

static void scene_init(struct scene *s, gconstpointer unused)
{
	(void)unused;
	s->folder = g_dir_make_tmp("test-xap-XXXXXX", NULL);
	g_assert_nonnull(s->folder);
}

static void remove_tree(const char *path)
{
	GDir *dir = g_dir_open(path, 0, NULL);
	const char *name;

	while (dir && (name = g_dir_read_name(dir))) {
		g_autofree char *child = g_build_filename(path, name, NULL);
		remove_tree(child);
	}
	if (dir)
		g_dir_close(dir);
	g_remove(path);
}

static void scene_clear(struct scene *s, gconstpointer unused)
{
	(void)unused;
	remove_tree(s->folder);
	g_free(s->folder);
}

static char *in(const struct scene *s, const char *name)
{
	return g_build_filename(s->folder, name, NULL);
}

/* A failure must be of this code and say these words. */
#define assert_failed(error, wanted, words) \
	do { \
		g_assert_error(error, XAP_ERROR, (int)(wanted)); \
		if (!strstr((error)->message, words)) \
			g_error("'%s' does not say '%s'", (error)->message, words); \
		g_assert_true(g_ascii_islower((error)->message[0])); \
		g_test_message("%s", (error)->message); \
		g_clear_error(&(error)); \
	} while (0)

static xap_writer *writer_at(const char *path, unsigned flags)
{
	GError *error = NULL;
	xap_writer *writer = xap_writer_open(path, flags, &error);

	g_assert_no_error(error);
	return writer;
}

static xap_db *db_at(const char *path)
{
	GError *error = NULL;
	xap_db *db = xap_db_open(&path, 1, &error);

	g_assert_no_error(error);
	return db;
}

/* Adds a document: its data, and words between blanks, each with wdf 1. */
static uint32_t add(xap_writer *writer, const char *data, const char *words)
{
	GError *error = NULL;
	uint32_t docid = 0;
	xap_doc *doc = xap_doc_new();
	g_auto(GStrv) split = g_strsplit(words, " ", -1);

	for (char **word = split; *word; word++)
		if (**word)
			xap_doc_term(doc, *word, strlen(*word), 1);
	xap_doc_data(doc, data, strlen(data));
	xap_doc_value(doc, 0, data, strlen(data));
	xap_writer_add(writer, doc, &docid, &error);
	g_assert_no_error(error);
	xap_doc_free(doc);
	return docid;
}

static void commit(xap_writer *writer)
{
	GError *error = NULL;

	xap_writer_commit(writer, &error);
	g_assert_no_error(error);
}

static uint32_t count(xap_db *db)
{
	GError *error = NULL;
	uint32_t n = UINT32_MAX;

	xap_db_count(db, &n, &error);
	g_assert_no_error(error);
	return n;
}

static uint32_t frequency(xap_db *db, const char *term, size_t len)
{
	GError *error = NULL;
	uint32_t n = UINT32_MAX;

	xap_db_term_frequency(db, term, len, &n, &error);
	g_assert_no_error(error);
	return n;
}

static void assert_data(xap_db *db, uint32_t docid, const char *wanted)
{
	GError *error = NULL;
	g_autoptr(GString) out = g_string_new("what stood here before");

	xap_db_data(db, docid, out, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(out->str, ==, wanted);
}

static void assert_metadata(xap_db *db, size_t shard, const char *key, const char *wanted)
{
	GError *error = NULL;
	g_autoptr(GString) out = g_string_new("what stood here before");

	xap_db_metadata(db, shard, key, strlen(key), out, &error);
	g_assert_no_error(error);
	g_assert_cmpstr(out->str, ==, wanted);
}

static void set_metadata(xap_writer *writer, const char *key, const char *value)
{
	GError *error = NULL;

	xap_writer_metadata(writer, key, strlen(key), value, strlen(value), &error);
	g_assert_no_error(error);
}

/* Walks write what they see, "apple:2 axe:1 ", and stop after so many. */
struct walker {
	GString *seen;
	unsigned left;
};

static bool see_bytes(const char *bytes, size_t len, uint32_t n, void *data)
{
	struct walker *w = data;

	g_string_append_len(w->seen, bytes, (gssize)len);
	g_string_append_printf(w->seen, ":%u ", n);
	return --w->left > 0;
}

static bool see_docid(uint32_t docid, void *data)
{
	struct walker *w = data;

	g_string_append_printf(w->seen, "%u ", docid);
	return --w->left > 0;
}

#define assert_walk(wanted, stop_after, call) \
	do { \
		GError *walk_error = NULL; \
		struct walker w = { g_string_new(NULL), stop_after }; \
		g_assert_true(call); \
		g_assert_no_error(walk_error); \
		g_assert_cmpstr(w.seen->str, ==, wanted); \
		g_string_free(w.seen, TRUE); \
	} while (0)

/* --- opening, writing, reading ---------------------------------------------------- */

static void test_nothing(void)
{
	GError *error = NULL;
	xap_db *db = xap_db_open(NULL, 0, &error);
	g_autoptr(GString) out = g_string_new(NULL);
	struct xap_query all = { .op = XAP_ALL };
	struct xap_request request = { .query = &all, .max = 10 };
	struct xap_hits *hits;

	xap_db_close(NULL);
	xap_doc_free(NULL);
	xap_writer_close(NULL);
	xap_hits_free(NULL);
	g_assert_true(g_str_has_prefix(xap_version(), "1.") || g_str_has_prefix(xap_version(), "2."));

	g_assert_no_error(error);
	g_assert_cmpuint(xap_db_shards(db), ==, 0);
	g_assert_cmpuint(xap_db_shard(db, 7), ==, 0);
	g_assert_cmpuint(count(db), ==, 0);
	g_assert_cmpuint(frequency(db, B("a")), ==, 0);
	g_assert_false(xap_db_data(db, 1, out, &error));
	assert_failed(error, XAP_ERROR_NOT_FOUND, "cannot read document 1: ");
	g_assert_false(xap_db_metadata(db, 0, B("key"), out, &error));
	assert_failed(error, XAP_ERROR_NOT_FOUND, "no shard 0");
	assert_walk("", 9, xap_db_terms(db, B(""), see_bytes, &w, &walk_error));
	assert_walk("", 9, xap_db_postings(db, B("a"), see_docid, &w, &walk_error));
	assert_walk("", 9, xap_db_synonym_keys(db, B(""), see_bytes, &w, &walk_error));
	g_assert_true(xap_db_reopen(db, NULL, &error));
	hits = xap_db_search(db, &request, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(hits->n, ==, 0);
	g_assert_cmpuint(hits->total_upper, ==, 0);
	xap_hits_free(hits);
	xap_db_close(db);
}

static void test_round_trip(struct scene *s, gconstpointer unused)
{
	g_autofree char *path = in(s, "one");
	GError *error = NULL;
	g_autoptr(GString) out = g_string_new(NULL);
	xap_writer *writer = writer_at(path, XAP_WRITE_NEW);
	bool changed = true;
	xap_db *db;

	(void)unused;
	g_assert_cmpuint(add(writer, "first", "apple axe pear"), ==, 1);
	g_assert_cmpuint(add(writer, "", "apple"), ==, 2);
	set_metadata(writer, "format", "1");
	commit(writer);
	db = db_at(path);
	g_assert_cmpuint(count(db), ==, 2);
	g_assert_cmpuint(frequency(db, B("apple")), ==, 2);
	g_assert_cmpuint(frequency(db, B("pear")), ==, 1);
	g_assert_cmpuint(frequency(db, B("plum")), ==, 0);
	assert_data(db, 1, "first");
	assert_data(db, 2, "");
	for (uint32_t docid = 0; docid < 5; docid += 3) {
		g_assert_false(xap_db_data(db, docid, out, &error));
		assert_failed(error, XAP_ERROR_NOT_FOUND, "cannot read document");
	}
	assert_metadata(db, 0, "format", "1");
	assert_metadata(db, 0, "other", "");
	g_assert_true(xap_db_reopen(db, &changed, &error));
	g_assert_false(changed);

	/* What is not committed is not seen, neither now nor after closing. */
	add(writer, "third", "plum");
	g_assert_true(xap_db_reopen(db, &changed, &error));
	g_assert_cmpuint(count(db), ==, 2);
	commit(writer);
	add(writer, "fourth", "plum");
	set_metadata(writer, "format", "2");
	xap_writer_close(writer);
	g_assert_true(xap_db_reopen(db, &changed, &error));
	g_assert_true(changed);
	g_assert_cmpuint(count(db), ==, 3);
	assert_metadata(db, 0, "format", "1");
	xap_db_close(db);

	/* An existing one is opened, but not where it must be new. */
	xap_writer_close(writer_at(path, 0));
	g_assert_null(xap_writer_open(path, XAP_WRITE_NEW, &error));
	assert_failed(error, XAP_ERROR_SYNTAX, "cannot open for writing '");
	db = db_at(path);
	g_assert_cmpuint(count(db), ==, 3);
	xap_db_close(db);
}

static void test_walks(struct scene *s, gconstpointer unused)
{
	g_autofree char *path = in(s, "one");
	char longest[400];
	xap_writer *writer = writer_at(path, 0);
	xap_db *db;

	(void)unused;
	memset(longest, 'x', sizeof(longest));
	add(writer, "1", "apple axe");
	add(writer, "2", "apple bear");
	add(writer, "3", "apple");
	set_metadata(writer, "b2", "x");
	set_metadata(writer, "b1", "x");
	set_metadata(writer, "a", "x");
	commit(writer);
	xap_writer_close(writer);
	db = db_at(path);
	assert_walk("apple:3 axe:1 bear:1 ", 9, xap_db_terms(db, B(""), see_bytes, &w, &walk_error));
	assert_walk("apple:3 axe:1 ", 9, xap_db_terms(db, B("a"), see_bytes, &w, &walk_error));
	assert_walk("apple:3 ", 1, xap_db_terms(db, B("a"), see_bytes, &w, &walk_error));
	assert_walk("", 9, xap_db_terms(db, B("z"), see_bytes, &w, &walk_error));
	assert_walk("", 9, xap_db_terms(db, longest, sizeof(longest), see_bytes, &w, &walk_error));
	assert_walk("1 2 3 ", 9, xap_db_postings(db, B("apple"), see_docid, &w, &walk_error));
	assert_walk("1 2 ", 2, xap_db_postings(db, B("apple"), see_docid, &w, &walk_error));
	assert_walk("1 2 3 ", 9, xap_db_postings(db, B(""), see_docid, &w, &walk_error));
	assert_walk("", 9, xap_db_postings(db, longest, sizeof(longest), see_docid, &w, &walk_error));
	assert_walk("a:0 b1:0 b2:0 ", 9, xap_db_metadata_keys(db, 0, B(""), see_bytes, &w, &walk_error));
	assert_walk("b1:0 b2:0 ", 9, xap_db_metadata_keys(db, 0, B("b"), see_bytes, &w, &walk_error));
	assert_walk("b1:0 ", 1, xap_db_metadata_keys(db, 0, B("b"), see_bytes, &w, &walk_error));
	g_assert_cmpuint(frequency(db, longest, sizeof(longest)), ==, 0);
	xap_db_close(db);
}

static void test_shards(struct scene *s, gconstpointer unused)
{
	g_autofree char *one = in(s, "one"), *two = in(s, "two");
	const char *places[] = { one, two };
	GError *error = NULL;
	g_autoptr(GString) out = g_string_new(NULL);
	xap_writer *writer = writer_at(one, 0);
	bool changed = false;
	xap_db *db;

	(void)unused;
	add(writer, "one-1", "apple");
	add(writer, "one-2", "apple pear");
	set_metadata(writer, "name", "one");
	commit(writer);
	xap_writer_close(writer);
	writer = writer_at(two, 0);
	add(writer, "two-1", "apple plum");
	set_metadata(writer, "name", "two");
	commit(writer);
	db = xap_db_open(places, 2, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(xap_db_shards(db), ==, 2);
	g_assert_cmpuint(count(db), ==, 3);
	assert_data(db, 1, "one-1");
	assert_data(db, 2, "two-1");
	assert_data(db, 3, "one-2");
	g_assert_cmpuint(xap_db_shard(db, 1), ==, 0);
	g_assert_cmpuint(xap_db_shard(db, 2), ==, 1);
	g_assert_cmpuint(xap_db_shard(db, 3), ==, 0);
	assert_metadata(db, 0, "name", "one");
	assert_metadata(db, 1, "name", "two");
	g_assert_false(xap_db_metadata(db, 2, B("name"), out, &error));
	assert_failed(error, XAP_ERROR_NOT_FOUND, "cannot read metadata 'name': no shard 2");
	g_assert_cmpuint(frequency(db, B("apple")), ==, 3);
	assert_walk("apple:3 pear:1 plum:1 ", 9, xap_db_terms(db, B(""), see_bytes, &w, &walk_error));
	assert_walk("1 2 3 ", 9, xap_db_postings(db, B("apple"), see_docid, &w, &walk_error));
	add(writer, "two-2", "plum");
	set_metadata(writer, "name", "again two");
	commit(writer);
	xap_writer_close(writer);
	g_assert_true(xap_db_reopen(db, &changed, &error));
	g_assert_true(changed);
	assert_data(db, 4, "two-2");
	assert_metadata(db, 1, "name", "again two");
	xap_db_close(db);
}

static void test_stub(struct scene *s, gconstpointer unused)
{
	g_autofree char *one = in(s, "one"), *two = in(s, "two"), *stub = in(s, "stub");
	const char *names[] = { "one", "two" };
	const char *places[] = { stub, one };
	GError *error = NULL;
	g_autoptr(GString) out = g_string_new(NULL);
	xap_db *db;

	(void)unused;
	for (size_t i = 0; i < 2; i++) {
		xap_writer *writer = writer_at(i ? two : one, 0);
		add(writer, names[i], "apple");
		set_metadata(writer, "name", names[i]);
		commit(writer);
		xap_writer_close(writer);
	}
	g_assert_true(g_file_set_contents(stub, "auto one\n", -1, NULL));
	db = db_at(stub);
	g_assert_cmpuint(xap_db_shards(db), ==, 1);
	assert_data(db, 1, "one");
	xap_db_close(db);

	/* A stub of two takes part in the numbering as two. */
	g_assert_true(g_file_set_contents(stub, "auto one\nauto two\n", -1, NULL));
	db = xap_db_open(places, 2, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(xap_db_shards(db), ==, 3);
	for (uint32_t docid = 1; docid <= 3; docid++)
		assert_data(db, docid, docid == 2 ? "two" : "one");
	g_assert_cmpuint(xap_db_shard(db, 2), ==, 1);
	assert_metadata(db, 0, "name", "one");
	assert_metadata(db, 2, "name", "one");
	g_assert_false(xap_db_metadata(db, 1, B("name"), out, &error));
	assert_failed(error, XAP_ERROR_UNSUPPORTED, "cannot read metadata 'name': shard 1");
	xap_db_close(db);
}

static void test_replace_delete(struct scene *s, gconstpointer unused)
{
	g_autofree char *path = in(s, "one");
	GError *error = NULL;
	xap_writer *writer = writer_at(path, 0);
	xap_doc *doc = xap_doc_new();
	xap_db *db;

	(void)unused;
	add(writer, "old 1", "Qa apple");
	add(writer, "old 2", "Qa pear");
	add(writer, "kept", "Qb apple");
	xap_doc_term(doc, B("Qa"), 0);
	xap_doc_term(doc, B("plum"), 1);
	xap_doc_data(doc, B("new"));
	g_assert_true(xap_writer_replace(writer, B("Qa"), doc, &error));
	g_assert_true(xap_writer_replace(writer, B("Qc"), doc, &error));
	commit(writer);
	db = db_at(path);
	g_assert_cmpuint(count(db), ==, 3);
	g_assert_cmpuint(frequency(db, B("apple")), ==, 1);
	assert_data(db, 1, "new");
	assert_data(db, 3, "kept");
	assert_data(db, 4, "new");
	g_assert_true(xap_writer_delete(writer, B("plum"), &error));
	g_assert_true(xap_writer_delete(writer, B("never there"), &error));
	commit(writer);
	xap_db_reopen(db, NULL, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(count(db), ==, 1);
	g_assert_cmpuint(frequency(db, B("plum")), ==, 0);
	g_assert_false(xap_writer_delete(writer, B(""), &error));
	assert_failed(error, XAP_ERROR_SYNTAX, "cannot delete the documents of ''");
	xap_db_close(db);
	xap_doc_free(doc);
	xap_writer_close(writer);
}

/* --- terms ----------------------------------------------------------------------------- */

static void test_term_limits(struct scene *s, gconstpointer unused)
{
	g_autofree char *path = in(s, "one");
	GError *error = NULL;
	g_autofree char *big = NULL;
	char bytes[300];
	uint32_t docid = 0;
	xap_writer *writer = writer_at(path, 0);
	xap_doc *doc = xap_doc_new();
	xap_db *db;

	(void)unused;
	memset(bytes, 'x', sizeof(bytes));
	xap_doc_term(doc, bytes, XAP_TERM_MAX_BYTES + 1, 1);
	xap_doc_term(doc, B("fine"), 1);
	for (int i = 0; i < 2; i++) {
		g_assert_false(xap_writer_add(writer, doc, &docid, &error));
		assert_failed(error, XAP_ERROR_TOO_LARGE, "has 246 bytes");
	}
	xap_doc_clear(doc);
	memset(bytes, 0, 123);
	xap_doc_term(doc, bytes, 123, 1);
	g_assert_false(xap_writer_replace(writer, B("Q"), doc, &error));
	assert_failed(error, XAP_ERROR_TOO_LARGE, "has 123 bytes");
	xap_doc_clear(doc);
	xap_doc_term(doc, B(""), 1);
	g_assert_false(xap_writer_add(writer, doc, &docid, &error));
	assert_failed(error, XAP_ERROR_SYNTAX, "without bytes");
	xap_doc_clear(doc);
	xap_doc_value(doc, UINT32_MAX, B("x"));
	g_assert_false(xap_writer_add(writer, doc, &docid, &error));
	assert_failed(error, XAP_ERROR_SYNTAX, "no such value slot");
	g_assert_false(xap_writer_metadata(writer, bytes, 246, B("x"), &error));
	assert_failed(error, XAP_ERROR_TOO_LARGE, "has 246 bytes");
	g_assert_false(xap_writer_metadata(writer, B(""), B("x"), &error));
	assert_failed(error, XAP_ERROR_SYNTAX, "cannot write metadata ''");
	g_assert_false(xap_writer_synonym(writer, B("a"), bytes, 246, &error));
	assert_failed(error, XAP_ERROR_TOO_LARGE, "cannot write a synonym of 'a'");

	xap_doc_clear(doc);
	big = g_malloc0(XAP_DATA_MAX_BYTES + 1);
	xap_doc_data(doc, big, XAP_DATA_MAX_BYTES + 1);
	g_assert_false(xap_writer_add(writer, doc, &docid, &error));
	assert_failed(error, XAP_ERROR_TOO_LARGE, "67108865 bytes");
	g_assert_false(xap_writer_metadata(writer, B("k"), big, XAP_DATA_MAX_BYTES + 1, &error));
	assert_failed(error, XAP_ERROR_TOO_LARGE, "cannot write metadata 'k'");

	/* None of that hurt the writer; what just fits, fits. */
	xap_doc_clear(doc);
	xap_doc_term(doc, bytes, 122, 1);
	memset(bytes, 'x', sizeof(bytes));
	xap_doc_term(doc, bytes, XAP_TERM_MAX_BYTES, 1);
	g_assert_true(xap_writer_add(writer, doc, &docid, &error));
	g_assert_true(xap_writer_metadata(writer, bytes, 245, B("meta"), &error));
	g_assert_true(xap_writer_synonym(writer, bytes, 245, bytes, 244, &error));
	commit(writer);
	db = db_at(path);
	g_assert_cmpuint(frequency(db, bytes, 245), ==, 1);
	g_assert_cmpuint(frequency(db, bytes, 246), ==, 0);
	xap_db_close(db);
	xap_doc_free(doc);
	xap_writer_close(writer);
}

static void test_binary(struct scene *s, gconstpointer unused)
{
	g_autofree char *path = in(s, "one");
	GError *error = NULL;
	g_autoptr(GString) out = g_string_new(NULL);
	xap_writer *writer = writer_at(path, 0);
	xap_doc *doc = xap_doc_new();
	xap_db *db;

	(void)unused;
	xap_doc_term(doc, B("a\0b"), 1);
	xap_doc_term(doc, B("a"), 1);
	xap_doc_term(doc, B("\xff\xfe\0"), 1);
	xap_doc_data(doc, B("\0data\xff"));
	g_assert_true(xap_writer_add(writer, doc, NULL, &error));
	g_assert_true(xap_writer_metadata(writer, B("k\0"), B("\0v"), &error));
	commit(writer);
	db = db_at(path);
	g_assert_cmpuint(frequency(db, B("a\0b")), ==, 1);
	g_assert_cmpuint(frequency(db, B("a\0")), ==, 0);
	g_assert_cmpuint(frequency(db, B("\xff\xfe\0")), ==, 1);
	g_assert_true(xap_db_data(db, 1, out, &error));
	g_assert_cmpmem(out->str, out->len, "\0data\xff", 6);
	g_assert_true(xap_db_metadata(db, 0, B("k\0"), out, &error));
	g_assert_cmpmem(out->str, out->len, "\0v", 2);
	assert_walk("1 ", 9, xap_db_postings(db, B("a\0b"), see_docid, &w, &walk_error));
	xap_db_close(db);
	xap_doc_free(doc);
	xap_writer_close(writer);
}

static void test_synonyms(struct scene *s, gconstpointer unused)
{
	g_autofree char *path = in(s, "one"), *other = in(s, "two"), *out = in(s, "out");
	const char *places[] = { path, other };
	GError *error = NULL;
	xap_writer *writer = writer_at(path, 0);
	xap_db *db;

	(void)unused;
	g_assert_true(xap_writer_synonym(writer, B("un"), B("united nations"), &error));
	g_assert_true(xap_writer_synonym(writer, B("un"), B("onu"), &error));
	g_assert_true(xap_writer_synonym(writer, B("eu"), B("union"), &error));
	commit(writer);
	xap_writer_close(writer);
	writer = writer_at(other, 0);
	g_assert_true(xap_writer_synonym(writer, B("un"), B("oon"), &error));
	commit(writer);
	xap_writer_close(writer);
	db = xap_db_open(places, 2, &error);
	assert_walk("eu:0 un:0 ", 9, xap_db_synonym_keys(db, B(""), see_bytes, &w, &walk_error));
	assert_walk("un:0 ", 9, xap_db_synonym_keys(db, B("u"), see_bytes, &w, &walk_error));
	assert_walk("onu:0 oon:0 united nations:0 ", 9, xap_db_synonyms(db, B("un"), see_bytes, &w, &walk_error));
	assert_walk("onu:0 ", 1, xap_db_synonyms(db, B("un"), see_bytes, &w, &walk_error));
	assert_walk("", 9, xap_db_synonyms(db, B("xx"), see_bytes, &w, &walk_error));
	xap_db_close(db);
	xap_compact(places, 2, out, &error);
	g_assert_no_error(error);
	db = db_at(out);
	assert_walk("onu:0 oon:0 united nations:0 ", 9, xap_db_synonyms(db, B("un"), see_bytes, &w, &walk_error));
	xap_db_close(db);
}

/* --- searching --------------------------------------------------------------------------- */

#define TERM(word) (&(struct xap_query) { .op = XAP_TERM, .term = (word), .len = sizeof(word) - 1 })
#define NODE(operator, scale, ...) (&(struct xap_query) { .op = (operator), .factor = (scale), \
	.kids = (const struct xap_query *const[]) { __VA_ARGS__ }, \
	.n_kids = sizeof((const struct xap_query *const[]) { __VA_ARGS__ }) / sizeof(struct xap_query *) })
#define NONE(operator) (&(struct xap_query) { .op = (operator) })

static struct xap_hits *search(xap_db *db, const struct xap_query *query)
{
	GError *error = NULL;
	struct xap_request request = { .query = query, .max = 1000, .check_at_least = UINT32_MAX };
	struct xap_hits *hits = xap_db_search(db, &request, &error);

	g_assert_no_error(error);
	return hits;
}

static int by_docid(const void *a, const void *b)
{
	uint32_t x = ((const struct xap_hit *)a)->docid, y = ((const struct xap_hit *)b)->docid;

	return (x > y) - (x < y);
}

/* The docids found, in their own order, and that the totals are exact. */
static void assert_found(xap_db *db, const struct xap_query *query, const char *wanted)
{
	struct xap_hits *hits = search(db, query);
	g_autoptr(GString) seen = g_string_new(NULL);

	for (size_t i = 1; i < hits->n; i++)
		g_assert_true(hits->hits[i - 1].weight > hits->hits[i].weight ||
			      (hits->hits[i - 1].weight == hits->hits[i].weight && hits->hits[i - 1].docid < hits->hits[i].docid));
	g_assert_cmpuint(hits->total_lower, ==, hits->n);
	g_assert_cmpuint(hits->total_upper, ==, hits->n);
	g_assert_cmpuint(hits->total, ==, hits->n);
	if (hits->n > 0)
		qsort(hits->hits, hits->n, sizeof(*hits->hits), by_docid);
	for (size_t i = 0; i < hits->n; i++)
		g_string_append_printf(seen, "%u ", hits->hits[i].docid);
	g_assert_cmpstr(seen->str, ==, wanted);
	xap_hits_free(hits);
}

static double weight_of(xap_db *db, const struct xap_query *query, uint32_t docid)
{
	struct xap_hits *hits = search(db, query);
	double weight = -1;

	for (size_t i = 0; i < hits->n; i++)
		if (hits->hits[i].docid == docid)
			weight = hits->hits[i].weight;
	xap_hits_free(hits);
	return weight;
}

static xap_db *fruit(const struct scene *s)
{
	g_autofree char *path = in(s, "fruit");
	xap_writer *writer = writer_at(path, 0);

	add(writer, "1", "apple pear");
	add(writer, "2", "apple");
	add(writer, "3", "pear plum");
	add(writer, "4", "plum");
	add(writer, "5", "quince apple pear plum");
	add(writer, "6", "other");
	add(writer, "7", "other");
	commit(writer);
	xap_writer_close(writer);
	return db_at(path);
}

static void test_matching(struct scene *s, gconstpointer unused)
{
	xap_db *db = fruit(s);
	char longest[300];
	struct xap_query too_long = { .op = XAP_TERM, .term = longest, .len = sizeof(longest) };

	(void)unused;
	memset(longest, 'x', sizeof(longest));
	assert_found(db, NONE(XAP_NOTHING), "");
	assert_found(db, NONE(XAP_ALL), "1 2 3 4 5 6 7 ");
	assert_found(db, TERM("apple"), "1 2 5 ");
	assert_found(db, TERM("nowhere"), "");
	assert_found(db, TERM(""), "");
	assert_found(db, &too_long, "");
	assert_found(db, NONE(XAP_AND), "");
	assert_found(db, NONE(XAP_OR), "");
	assert_found(db, NONE(XAP_SYNONYM), "");
	assert_found(db, NONE(XAP_MAX), "");
	assert_found(db, NODE(XAP_AND, 0, TERM("apple")), "1 2 5 ");
	assert_found(db, NODE(XAP_AND, 0, TERM("apple"), TERM("pear")), "1 5 ");
	assert_found(db, NODE(XAP_AND, 0, TERM("apple"), NONE(XAP_NOTHING)), "");
	assert_found(db, NODE(XAP_OR, 0, TERM("apple"), TERM("plum"), NONE(XAP_NOTHING)), "1 2 3 4 5 ");
	assert_found(db, NODE(XAP_AND_NOT, 0, TERM("apple"), TERM("pear")), "2 ");
	assert_found(db, NODE(XAP_AND_NOT, 0, TERM("plum"), TERM("pear"), TERM("quince")), "4 ");
	assert_found(db, NODE(XAP_AND_NOT, 0, NONE(XAP_ALL), TERM("other")), "1 2 3 4 5 ");
	assert_found(db, NODE(XAP_AND_NOT, 0, TERM("apple")), "1 2 5 ");
	assert_found(db, NODE(XAP_AND_MAYBE, 0, TERM("apple"), TERM("pear"), TERM("plum")), "1 2 5 ");
	assert_found(db, NODE(XAP_FILTER, 0, TERM("apple"), TERM("pear")), "1 5 ");
	assert_found(db, NODE(XAP_FILTER, 0, TERM("apple"), TERM("pear"), TERM("plum")), "5 ");
	assert_found(db, NODE(XAP_FILTER, 0, TERM("apple"), NONE(XAP_NOTHING)), "");
	assert_found(db, NODE(XAP_SYNONYM, 0, TERM("apple"), TERM("plum")), "1 2 3 4 5 ");
	assert_found(db, NODE(XAP_MAX, 0, TERM("apple"), TERM("plum")), "1 2 3 4 5 ");
	assert_found(db, NODE(XAP_SCALE, 0, TERM("apple")), "1 2 5 ");
	assert_found(db, NODE(XAP_OR, 0, NODE(XAP_AND, 0, TERM("apple"), TERM("plum")), NODE(XAP_AND, 0, TERM("plum"), TERM("pear"))), "3 5 ");
	xap_db_close(db);
}

#define assert_near(a, b) g_assert_cmpfloat(fabs((a) - (b)), <, 1e-9)

static void test_weights(struct scene *s, gconstpointer unused)
{
	xap_db *db = fruit(s);
	double apple = weight_of(db, TERM("apple"), 5), pear = weight_of(db, TERM("pear"), 5);
	double quince = weight_of(db, TERM("quince"), 5);

	(void)unused;
	g_assert_cmpfloat(apple, >, 0);
	assert_near(quince, apple);	/* rare or not is the caller's affair */
	assert_near(weight_of(db, NONE(XAP_ALL), 5), 0);
	assert_near(weight_of(db, NODE(XAP_AND, 0, TERM("apple"), TERM("pear")), 5), apple + pear);
	assert_near(weight_of(db, NODE(XAP_OR, 0, TERM("apple"), TERM("quince")), 5), apple + quince);
	assert_near(weight_of(db, NODE(XAP_AND_NOT, 0, TERM("apple"), TERM("other")), 5), apple);
	assert_near(weight_of(db, NODE(XAP_AND_MAYBE, 0, TERM("apple"), TERM("quince")), 5), apple + quince);
	assert_near(weight_of(db, NODE(XAP_FILTER, 0, TERM("apple"), TERM("quince"), TERM("pear")), 5), apple);
	assert_near(weight_of(db, NODE(XAP_MAX, 0, TERM("apple"), NODE(XAP_SCALE, 3, TERM("quince"))), 5), 3 * quince);
	assert_near(weight_of(db, NODE(XAP_SCALE, 2.5, TERM("apple")), 5), 2.5 * apple);
	assert_near(weight_of(db, NODE(XAP_SCALE, 0, TERM("apple")), 5), 0);
	assert_near(weight_of(db, NODE(XAP_SYNONYM, 0, TERM("apple"), TERM("plum")), 5), 2);
	xap_db_close(db);
}

/* --- sums: an OR over much of a database ---------------------------------------------- */

#define SUM_DOCUMENTS 15000u

/* Which documents have the term ('a' all, 'b' each second, ...), and how often. */
static uint32_t wdf_in(char term, uint32_t docid)
{
	uint32_t step = (uint32_t)(term - 'a') + 1;

	return docid % step ? 0 : docid * step % 7 + 1;
}

static char *numbered(const struct scene *s, const char *name, uint32_t first, uint32_t step)
{
	char *path = in(s, name);
	xap_writer *writer = writer_at(path, XAP_WRITE_NO_TERMLIST);
	xap_doc *doc = xap_doc_new();
	GError *error = NULL;

	for (uint32_t docid = first; docid <= SUM_DOCUMENTS; docid += step) {
		xap_doc_clear(doc);
		for (char term = 'a'; term <= 'g'; term++)
			if (wdf_in(term, docid))
				xap_doc_term(doc, &term, 1, wdf_in(term, docid));
		xap_writer_add(writer, doc, NULL, &error);
		g_assert_no_error(error);
	}
	xap_doc_free(doc);
	commit(writer);
	xap_writer_close(writer);
	return path;
}

/* What the query below is worth to a document: -1 where it does not match. */
static double sum_for(uint32_t docid)
{
	double b = wdf_in('b', docid), c = wdf_in('c', docid), d = wdf_in('d', docid), e = wdf_in('e', docid), g = wdf_in('g', docid);
	double sum = 2 * b + 0.5 * (c + d);

	if (e && g)
		sum += 3 * e + 3 * g;
	if (e && !b && !c)
		sum += e;
	if (g && (c || d) && !b)
		sum += g + c + d;
	if (e && !g && !b)
		sum += e;
	return b || c || d || e ? sum : -1;
}

/* All that a sum can hold, and what it cannot: the filter around it. */
static void check_sum(xap_db *db)
{
	const struct xap_query *query = NODE(XAP_OR, 0, NODE(XAP_SCALE, 2, TERM("b")), NODE(XAP_SCALE, 0.5, NODE(XAP_SYNONYM, 0, TERM("c"), TERM("d"))),
		NODE(XAP_SCALE, 3, NODE(XAP_AND, 0, TERM("e"), TERM("g"))),
		NODE(XAP_AND_NOT, 0, TERM("e"), NODE(XAP_OR, 0, TERM("b"), TERM("c"))), TERM("nowhere"),
		NODE(XAP_AND_NOT, 0, NODE(XAP_OR, 0, NODE(XAP_AND, 0, TERM("g"), NODE(XAP_OR, 0, TERM("c"), TERM("d"))),
		     NODE(XAP_AND_NOT, 0, TERM("e"), TERM("g"))), TERM("b")));
	struct xap_request all = { .query = query, .max = SUM_DOCUMENTS };
	struct xap_request filtered = { .query = NODE(XAP_FILTER, 0, query, TERM("f")), .max = SUM_DOCUMENTS };
	GError *error = NULL;
	struct xap_hits *hits = xap_db_search(db, &all, &error);
	uint32_t matches = 0, sixth = 0;

	g_assert_no_error(error);
	for (uint32_t docid = 1; docid <= SUM_DOCUMENTS; docid++) {
		matches += sum_for(docid) >= 0;
		sixth += sum_for(docid) >= 0 && wdf_in('f', docid);
	}
	g_assert_cmpuint(hits->n, ==, matches);
	g_assert_cmpuint(hits->total, ==, matches);
	for (size_t i = 0; i < hits->n; i++) {
		assert_near(hits->hits[i].weight, sum_for(hits->hits[i].docid));
		g_assert_true(!i || hits->hits[i - 1].weight > hits->hits[i].weight ||
		              (hits->hits[i - 1].weight == hits->hits[i].weight && hits->hits[i - 1].docid < hits->hits[i].docid));
	}
	xap_hits_free(hits);
	hits = xap_db_search(db, &filtered, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(hits->n, ==, sixth);
	for (size_t i = 0; i < hits->n; i++)
		assert_near(hits->hits[i].weight, sum_for(hits->hits[i].docid));
	xap_hits_free(hits);
}

static void test_sums(struct scene *s, gconstpointer unused)
{
	g_autofree char *whole = numbered(s, "whole", 1, 1), *odd = numbered(s, "odd", 1, 2), *even = numbered(s, "even", 2, 2);
	const char *shards[] = { odd, even };
	xap_db *one = db_at(whole), *two = xap_db_open(shards, 2, NULL);

	(void)unused;
	check_sum(one);
	check_sum(two);		/* document d of shard i is (d - 1) * 2 + i + 1: the same numbers */
	xap_db_close(one);
	xap_db_close(two);
}

static void test_bad_requests(struct scene *s, gconstpointer unused)
{
	xap_db *db = fruit(s);
	GError *error = NULL;
	const struct xap_query *bad[] = {
		NONE(XAP_AND_NOT), NONE(XAP_AND_MAYBE), NONE(XAP_FILTER), NONE(XAP_SCALE),
		NODE(XAP_SCALE, 1, TERM("apple"), TERM("pear")), NODE(XAP_SCALE, -1, TERM("apple")),
		NODE(XAP_SCALE, NAN, TERM("apple")), NODE(XAP_SCALE, INFINITY, TERM("apple")),
		NODE(XAP_OR, 0, TERM("apple"), NONE(XAP_FILTER)), NONE((enum xap_op)15),
	};

	(void)unused;
	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
		struct xap_request request = { .query = bad[i], .max = 10 };
		g_assert_null(xap_db_search(db, &request, &error));
		assert_failed(error, XAP_ERROR_SYNTAX, "cannot search: ");
	}
	g_assert_null(xap_db_search(db, &(struct xap_request) { .query = bad[0] }, NULL));
	xap_db_close(db);
}

static void test_deep_and_wide(struct scene *s, gconstpointer unused)
{
	enum { DEEP = 100000, WIDE = 20000 };
	xap_db *db = fruit(s);
	GError *error = NULL;
	struct xap_query *chain = g_new0(struct xap_query, DEEP);
	const struct xap_query **kids = g_new0(const struct xap_query *, DEEP);
	struct xap_query *leaves = g_new0(struct xap_query, WIDE);
	char (*words)[16] = g_malloc0(WIDE * sizeof(*words));
	struct xap_query wide = { .op = XAP_OR, .kids = kids, .n_kids = WIDE };
	struct xap_request request = { .query = chain, .max = 10 };
	gint64 started;

	(void)unused;
	for (size_t i = 0; i < DEEP; i++) {
		kids[i] = &chain[i + 1];
		chain[i] = (struct xap_query) { .op = XAP_AND_NOT, .kids = &kids[i], .n_kids = 1 };
	}
	chain[DEEP - 1] = *TERM("apple");
	g_assert_null(xap_db_search(db, &request, &error));
	assert_failed(error, XAP_ERROR_SYNTAX, "cannot search: nested too deeply");
	chain[150] = *TERM("apple");
	assert_found(db, chain, "1 2 5 ");

	for (size_t i = 0; i < WIDE; i++) {
		int len = g_snprintf(words[i], sizeof(words[i]), "word%zu", i);
		leaves[i] = (struct xap_query) { .op = XAP_TERM, .term = words[i], .len = (size_t)len };
		kids[i] = &leaves[i];
	}
	/* One that is there among many that are not, without quadratic time. */
	leaves[WIDE - 1] = *TERM("quince");
	started = g_get_monotonic_time();
	assert_found(db, &wide, "5 ");
	wide.op = XAP_SYNONYM;
	assert_found(db, &wide, "5 ");
	g_assert_cmpint(g_get_monotonic_time() - started, <, 3 * G_USEC_PER_SEC);
	g_free(chain);
	g_free(kids);
	g_free(leaves);
	g_free(words);
	xap_db_close(db);
}

/* The weight is the wdf times the factors, whatever else the documents hold. */
static void check_term_in(xap_db *db, uint32_t docid, const char *term, bool expected, uint32_t expected_wdf)
{
	bool there = !expected;
	uint32_t wdf = 77;
	GError *error = NULL;

	g_assert_true(xap_db_term_in(db, docid, term, strlen(term), &there, &wdf, &error));
	g_assert_no_error(error);
	g_assert_true(there == expected);
	g_assert_cmpuint(wdf, ==, expected_wdf);
}

static void test_factors(struct scene *s, gconstpointer unused)
{
	g_autofree char *path = in(s, "one");
	xap_writer *writer = writer_at(path, 0);
	uint64_t mass = 7;
	GError *error = NULL;
	xap_db *db;

	(void)unused;
	add(writer, "long", "apple a b c d e f g h i j k l m n o p apple");
	add(writer, "short", "apple");
	add(writer, "other", "a");
	commit(writer);
	xap_writer_close(writer);
	db = db_at(path);
	assert_near(weight_of(db, TERM("apple"), 1), 2);
	assert_near(weight_of(db, TERM("apple"), 2), 1);
	assert_near(weight_of(db, NODE(XAP_SCALE, 0.5, NODE(XAP_SCALE, 3, TERM("apple"))), 1), 3);
	assert_near(weight_of(db, NODE(XAP_SCALE, 4, NODE(XAP_SYNONYM, 0, TERM("apple"), TERM("a"))), 1), 12);
	g_assert_true(xap_db_term_mass(db, B("apple"), &mass, &error));
	g_assert_cmpuint(mass, ==, 3);
	g_assert_true(xap_db_term_mass(db, B("pear"), &mass, &error));
	g_assert_cmpuint(mass, ==, 0);
	check_term_in(db, 1, "apple", true, 2);
	check_term_in(db, 2, "apple", true, 1);
	check_term_in(db, 3, "apple", false, 0);
	check_term_in(db, 3, "a", true, 1);
	check_term_in(db, 1, "pear", false, 0);
	check_term_in(db, 4, "apple", false, 0);
	check_term_in(db, 0, "apple", false, 0);
	xap_db_close(db);
}

static bool is_even(struct xap_candidate *candidate, void *data)
{
	size_t len = 0, data_len = 0;
	const char *value = xap_candidate_value(candidate, 0, &len);
	int number;

	g_assert_cmpuint(len, >, 0);
	number = value[len - 1] - '0';
	value = xap_candidate_value(candidate, 9, &len);
	g_assert_cmpuint(len, ==, 0);
	g_assert_nonnull(value);
	value = xap_candidate_data(candidate, &data_len);
	g_assert_cmpint(value[data_len - 1] - '0', ==, number);
	(*(unsigned *)data)++;
	return number % 2 == 0;
}

/* Totals bound the truth, with and without a callback, and pages fit together. */
static void test_totals(struct scene *s, gconstpointer unused)
{
	g_autofree char *path = in(s, "one");
	GError *error = NULL;
	xap_writer *writer = writer_at(path, 0);
	unsigned common = 0, both = 0, asked = 0;
	uint32_t last = 0;
	struct xap_request request = { .max = 10 };
	struct xap_hits *hits;
	xap_db *db;

	(void)unused;
	for (unsigned i = 0; i < 600; i++) {
		g_autofree char *data = g_strdup_printf("%u", i);
		g_autofree char *words = g_strdup_printf("%s %s w%u", i % 3 ? "common" : "rare", i % 4 ? "" : "fourth", i);
		add(writer, data, words);
		common += i % 3 != 0;
		both += i % 3 != 0 && i % 4 == 0;
	}
	commit(writer);
	xap_writer_close(writer);
	db = db_at(path);
	request.query = NODE(XAP_AND, 0, TERM("common"), TERM("fourth"));
	for (int exact = 0; exact < 2; exact++) {
		request.check_at_least = exact ? UINT32_MAX : 0;
		hits = xap_db_search(db, &request, &error);
		g_assert_cmpuint(hits->n, ==, 10);
		g_assert_cmpuint(hits->total_lower, <=, both);
		g_assert_cmpuint(hits->total_upper, >=, both);
		g_assert_true(!exact || hits->total_lower == hits->total_upper);
		xap_hits_free(hits);
	}
	request.query = TERM("common");
	request.accept = is_even;
	request.accept_data = &asked;
	for (int exact = 0; exact < 2; exact++) {
		request.check_at_least = exact ? UINT32_MAX : 0;
		hits = xap_db_search(db, &request, &error);
		g_assert_no_error(error);
		g_assert_cmpuint(hits->total_lower, <=, common / 2);
		g_assert_cmpuint(hits->total_upper, >=, common / 2);
		for (size_t i = 0; i < hits->n; i++)
			g_assert_cmpuint((hits->hits[i].docid - 1) % 2, ==, 0);
		xap_hits_free(hits);
	}
	g_assert_cmpuint(asked, >=, common);

	request = (struct xap_request) { .query = TERM("common"), .max = 90 };
	for (request.first = 0; request.first < common + 90; request.first += 90) {
		hits = xap_db_search(db, &request, &error);
		for (size_t i = 0; i < hits->n; i++) {
			g_assert_cmpuint(hits->hits[i].docid, >, last);
			last = hits->hits[i].docid;
			common--;
			request.first -= 1;
		}
		request.first += (uint32_t)hits->n;
		g_assert_cmpuint(hits->n, <=, 90);
		xap_hits_free(hits);
	}
	request.first = request.max = request.check_at_least = UINT32_MAX;
	hits = xap_db_search(db, &request, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(hits->n, ==, 0);
	xap_hits_free(hits);
	xap_db_close(db);
}

/* --- errors that the world makes ------------------------------------------------------------ */

static void test_locked(struct scene *s, gconstpointer unused)
{
	g_autofree char *path = in(s, "one");
	GError *error = NULL;
	xap_writer *writer = writer_at(path, 0);

	(void)unused;
	g_assert_null(xap_writer_open(path, 0, &error));
	assert_failed(error, XAP_ERROR_LOCKED, "cannot open for writing '");
	add(writer, "still mine", "apple");
	commit(writer);
	xap_writer_close(writer);
	xap_writer_close(writer_at(path, 0));
}

static bool stop_on_failure(struct xap_candidate *candidate, void *data)
{
	size_t len;

	(void)data;
	xap_candidate_data(candidate, &len);
	return true;
}

static bool fill_again(xap_writer *writer, unsigned round)
{
	for (unsigned i = 0; i < 3000; i++) {
		g_autofree char *id = g_strdup_printf("Q%u", i);
		g_autofree char *word = g_strdup_printf("apple word%u-%u", i, round);
		GError *error = NULL;
		xap_doc *doc = xap_doc_new();
		xap_doc_term(doc, id, strlen(id), 0);
		xap_doc_term(doc, B("apple"), round + 1);
		xap_doc_term(doc, word, strlen(word), 1);
		xap_doc_data(doc, word, strlen(word));
		xap_writer_replace(writer, id, strlen(id), doc, &error);
		g_assert_no_error(error);
		xap_doc_free(doc);
	}
	commit(writer);
	return true;
}

/* Reads until the reader's revision is gone from the disk. */
static void test_changed(struct scene *s, gconstpointer unused)
{
	g_autofree char *path = in(s, "one");
	GError *error = NULL;
	g_autoptr(GString) out = g_string_new(NULL);
	xap_writer *writer = writer_at(path, 0);
	struct xap_request request = { .query = TERM("apple"), .max = 3000, .accept = stop_on_failure };
	bool changed = false;
	struct xap_hits *hits;
	uint32_t docid = 1;
	xap_db *db;

	(void)unused;
	fill_again(writer, 0);
	db = db_at(path);
	for (unsigned round = 1; round < 4; round++)
		fill_again(writer, round);
	while (docid <= 3000 && xap_db_data(db, docid, out, &error))
		docid++;
	assert_failed(error, XAP_ERROR_CHANGED, "cannot read document");
	hits = xap_db_search(db, &request, &error);
	g_assert_null(hits);
	assert_failed(error, XAP_ERROR_CHANGED, "cannot search");
	g_assert_true(xap_db_reopen(db, &changed, &error));
	g_assert_true(changed);
	hits = xap_db_search(db, &request, &error);
	g_assert_no_error(error);
	g_assert_cmpuint(hits->n, ==, 3000);
	xap_hits_free(hits);
	xap_db_close(db);
	xap_writer_close(writer);
}

static void assert_cannot_open(const char *place, enum xap_error code)
{
	GError *error = NULL;

	g_assert_null(xap_db_open(&place, 1, &error));
	assert_failed(error, code, "cannot open '");
	g_assert_null(xap_db_open(&place, 1, NULL));
}

static void test_no_database(struct scene *s, gconstpointer unused)
{
	g_autofree char *missing = in(s, "missing"), *folder = in(s, "folder"), *file = in(s, "file");
	g_autofree char *under = g_build_filename(file, "x", NULL), *empty = in(s, "empty");
	GError *error = NULL;
	size_t faults;

	(void)unused;
	g_mkdir(folder, 0777);
	g_assert_true(g_file_set_contents(file, "just some words\nof text\n", -1, NULL));
	assert_cannot_open(missing, XAP_ERROR_NOT_FOUND);
	assert_cannot_open(folder, XAP_ERROR_NOT_FOUND);
	assert_cannot_open(under, XAP_ERROR_NOT_FOUND);
	assert_cannot_open(file, XAP_ERROR_CORRUPT);
	assert_cannot_open("/dev/null", XAP_ERROR_CORRUPT);
	assert_cannot_open("tcp:", XAP_ERROR_SYNTAX);
	assert_cannot_open("tcp:localhost", XAP_ERROR_SYNTAX);
	assert_cannot_open("tcp:localhost:", XAP_ERROR_SYNTAX);
	assert_cannot_open("tcp:localhost:99999", XAP_ERROR_SYNTAX);
	assert_cannot_open("tcp:localhost:12x", XAP_ERROR_SYNTAX);
	g_assert_null(xap_writer_open(under, 0, &error));
	assert_failed(error, XAP_ERROR_NOT_FOUND, "cannot open for writing '");
	g_assert_null(xap_writer_open(file, 0, &error));
	assert_failed(error, XAP_ERROR_CORRUPT, "cannot open for writing '");
	g_assert_false(xap_check(missing, &faults, NULL, &error));
	assert_failed(error, XAP_ERROR_NOT_FOUND, "cannot check '");
	/* A stub that lists nothing is an empty database. */
	g_assert_true(g_file_set_contents(empty, "", 0, NULL));
	xap_db_close(db_at(empty));
}

static void test_denied(struct scene *s, gconstpointer unused)
{
	g_autofree char *path = in(s, "one");
	GError *error = NULL;
	uid_t me = geteuid();

	(void)unused;
	xap_writer_close(writer_at(path, 0));
	g_assert_cmpint(chmod(s->folder, 0711), ==, 0);
	if (me == 0 && seteuid(65534) != 0) {
		g_test_skip("cannot give up the rights of root");
		return;
	}
	g_assert_cmpint(me == 0 ? 0 : chmod(path, 0500), ==, 0);
	g_assert_null(xap_writer_open(path, 0, &error));
	g_assert_cmpint(me == 0 ? seteuid(0) : 0, ==, 0);
	assert_failed(error, XAP_ERROR_DENIED, "cannot open for writing '");
	g_assert_cmpint(chmod(path, 0), ==, 0);
	g_assert_cmpint(me == 0 ? seteuid(65534) : 0, ==, 0);
	g_assert_null(xap_db_open(&(const char *) { path }, 1, &error));
	g_assert_cmpint(me == 0 ? seteuid(0) : 0, ==, 0);
	assert_failed(error, XAP_ERROR_DENIED, "cannot open '");
	g_assert_cmpint(chmod(path, 0700), ==, 0);
}

/* Overwrites a part of a file, or cuts it off there. */
static void damage(const char *folder, const char *name, size_t from, size_t len, bool cut)
{
	g_autofree char *path = g_build_filename(folder, name, NULL);
	g_autofree char *bytes = NULL;
	gsize size = 0;

	g_assert_true(g_file_get_contents(path, &bytes, &size, NULL));
	g_assert_cmpuint(from, <, size);
	if (!cut)
		memset(bytes + from, 0xa5, MIN(len, size - from));
	g_assert_true(g_file_set_contents(path, bytes, cut ? (gssize)from : (gssize)size, NULL));
}

/* Damage shows when the table is opened, or at the first look into it. */
static void assert_corrupt(const char *path)
{
	GError *error = NULL;
	uint32_t n;
	xap_db *db = xap_db_open(&path, 1, &error);

	g_assert_true(!db || !xap_db_term_frequency(db, B("apple"), &n, &error));
	assert_failed(error, XAP_ERROR_CORRUPT, "cannot ");
	xap_db_close(db);
}

static void test_corrupt(struct scene *s, gconstpointer unused)
{
	g_autofree char *stamp = in(s, "stamp"), *table = in(s, "table"), *shorter = in(s, "shorter");
	const char *all[] = { stamp, table, shorter };
	GError *error = NULL;
	size_t faults = 99;
	g_autoptr(GString) words = g_string_new("what stood here before");

	(void)unused;
	for (size_t i = 0; i < G_N_ELEMENTS(all); i++) {
		xap_writer *writer = writer_at(all[i], 0);
		fill_again(writer, 0);
		xap_writer_close(writer);
	}
	g_assert_true(xap_check(table, &faults, words, &error));
	g_assert_cmpuint(faults, ==, 0);
	g_assert_nonnull(strstr(words->str, "postlist"));
	g_assert_null(strstr(words->str, "before"));

	/* Behind the 14 bytes of its magic stands the version of the format. */
	damage(stamp, "iamglass", 14, 2, false);
	assert_cannot_open(stamp, XAP_ERROR_VERSION);
	damage(stamp, "iamglass", 0, 8, false);
	assert_cannot_open(stamp, XAP_ERROR_CORRUPT);
	/* A leaf, then the root as well. */
	for (int i = 0; i < 2; i++) {
		damage(table, "postlist.glass", 0, i ? SIZE_MAX : 8192, false);
		faults = 0;
		g_assert_true(xap_check(table, &faults, words, &error));
		g_assert_cmpuint(faults, >, 0);
		g_test_message("%s", words->str);
	}
	assert_corrupt(table);
	g_assert_true(xap_check(stamp, &faults, NULL, &error));
	g_assert_cmpuint(faults, >, 0);
	damage(shorter, "postlist.glass", 100, 0, true);
	assert_corrupt(shorter);
}

static void test_no_termlist(struct scene *s, gconstpointer unused)
{
	g_autofree char *path = in(s, "one"), *list = g_build_filename(path, "termlist.glass", NULL);
	GError *error = NULL;
	xap_writer *writer = writer_at(path, XAP_WRITE_NO_TERMLIST);
	xap_db *db;

	(void)unused;
	add(writer, "1", "Qa apple");
	commit(writer);
	g_assert_false(g_file_test(list, G_FILE_TEST_EXISTS));
	db = db_at(path);
	assert_found(db, TERM("apple"), "1 ");
	xap_db_close(db);
	g_assert_false(xap_writer_delete(writer, B("Qa"), &error));
	assert_failed(error, XAP_ERROR_UNSUPPORTED, "cannot delete the documents of 'Qa'");
	xap_writer_close(writer);
}

/* A failed change loses those before it, and then the writer must say so. */
static void test_lost_changes(struct scene *s, gconstpointer unused)
{
	g_autofree char *path = in(s, "one");
	GError *error = NULL;
	xap_writer *writer = writer_at(path, XAP_WRITE_NO_TERMLIST);
	xap_doc *doc = xap_doc_new();
	xap_db *db;

	(void)unused;
	add(writer, "1", "Qa apple");
	commit(writer);
	add(writer, "2", "Qb apple");
	g_assert_false(xap_writer_replace(writer, B("Qa"), doc, &error));
	assert_failed(error, XAP_ERROR_UNSUPPORTED, "cannot replace the documents of 'Qa'");
	g_assert_false(xap_writer_commit(writer, &error));
	assert_failed(error, XAP_ERROR_IO, "an earlier change failed");
	xap_writer_close(writer);
	xap_doc_free(doc);
	db = db_at(path);
	g_assert_cmpuint(count(db), ==, 1);
	xap_db_close(db);
}

/* A file that may grow no more stands for the disk that is full. */
static void test_full(struct scene *s, gconstpointer unused)
{
	g_autofree char *path = in(s, "one"), *out = in(s, "out");
	GError *error = NULL;
	struct rlimit before, tight;
	xap_writer *writer = writer_at(path, 0);
	xap_db *db;

	(void)unused;
	fill_again(writer, 0);
	for (unsigned i = 0; i < 3000; i++) {
		g_autofree char *word = g_strdup_printf("more%u and%u", i, i);
		add(writer, "0123456789", word);
	}
	signal(SIGXFSZ, SIG_IGN);
	g_assert_cmpint(getrlimit(RLIMIT_FSIZE, &before), ==, 0);
	tight = before;
	tight.rlim_cur = 65536;
	g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &tight), ==, 0);
	g_assert_false(xap_writer_commit(writer, &error));
	g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &before), ==, 0);
	assert_failed(error, XAP_ERROR_IO, "cannot commit '");
	xap_writer_close(writer);
	db = db_at(path);
	g_assert_cmpuint(count(db), ==, 3000);
	xap_db_close(db);

	g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &tight), ==, 0);
	g_assert_false(xap_compact(&(const char *) { path }, 1, out, &error));
	g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &before), ==, 0);
	assert_failed(error, XAP_ERROR_IO, "cannot compact into '");
	g_assert_false(g_file_test(out, G_FILE_TEST_EXISTS));
}

/* --- compacting --------------------------------------------------------------------------------- */

static void test_compact(struct scene *s, gconstpointer unused)
{
	g_autofree char *out = in(s, "out"), *deep = in(s, "no/such/out");
	g_autofree char *taken = in(s, "taken"), *missing = in(s, "missing");
	char *places[6];
	const char *const *sources = (const char *const *)places;
	GError *error = NULL;
	xap_db *db;

	(void)unused;
	for (unsigned i = 0; i < 6; i++) {
		g_autofree char *name = g_strdup_printf("part%u", i);
		g_autofree char *first = g_strdup_printf("%u-1", i), *second = g_strdup_printf("%u-2", i);
		xap_writer *writer;
		places[i] = in(s, name);
		writer = writer_at(places[i], XAP_WRITE_NEW | XAP_WRITE_SCRATCH | XAP_WRITE_NO_TERMLIST);
		add(writer, first, "apple");
		commit(writer);
		add(writer, second, "apple pear");
		set_metadata(writer, name, "its own");
		set_metadata(writer, "common", "the same");
		xap_writer_synonym(writer, B("un"), name, strlen(name), &error);
		commit(writer);
		xap_writer_close(writer);
	}
	xap_compact(sources, 6, out, &error);
	g_assert_no_error(error);
	db = db_at(out);
	g_assert_cmpuint(count(db), ==, 12);
	for (uint32_t docid = 1; docid <= 12; docid++) {
		g_autofree char *wanted = g_strdup_printf("%u-%u", (docid - 1) / 2, (docid - 1) % 2 + 1);
		assert_data(db, docid, wanted);
	}
	g_assert_cmpuint(frequency(db, B("apple")), ==, 12);
	assert_walk("2 4 6 8 10 12 ", 99, xap_db_postings(db, B("pear"), see_docid, &w, &walk_error));
	assert_walk("common:0 part0:0 part1:0 part2:0 part3:0 part4:0 part5:0 ", 99,
		    xap_db_metadata_keys(db, 0, B(""), see_bytes, &w, &walk_error));
	assert_metadata(db, 0, "part3", "its own");
	assert_metadata(db, 0, "common", "the same");
	assert_walk("part0:0 part1:0 part2:0 part3:0 part4:0 part5:0 ", 99, xap_db_synonyms(db, B("un"), see_bytes, &w, &walk_error));
	xap_db_close(db);

	g_assert_false(xap_compact(sources, 6, out, &error));
	assert_failed(error, XAP_ERROR_SYNTAX, "cannot compact into '");
	xap_db_close(db_at(out));
	g_assert_true(g_file_set_contents(taken, "mine", -1, NULL));
	g_assert_false(xap_compact(sources, 6, taken, &error));
	assert_failed(error, XAP_ERROR_SYNTAX, "cannot compact into '");
	g_assert_true(g_file_test(taken, G_FILE_TEST_IS_REGULAR));
	g_assert_false(xap_compact(sources, 6, deep, &error));
	assert_failed(error, XAP_ERROR_NOT_FOUND, "cannot compact into '");
	g_assert_false(xap_compact(sources, 0, missing, &error));
	assert_failed(error, XAP_ERROR_SYNTAX, "nothing to compact");
	g_assert_false(xap_compact(&(const char *) { missing }, 1, deep, &error));
	g_clear_error(&error);
	for (unsigned i = 0; i < 6; i++)
		g_free(places[i]);
}

static void test_compact_conflict(struct scene *s, gconstpointer unused)
{
	g_autofree char *one = in(s, "one"), *two = in(s, "two"), *out = in(s, "out"), *missing = in(s, "missing");
	const char *places[] = { one, two }, *broken[] = { one, missing };
	GError *error = NULL;

	(void)unused;
	for (size_t i = 0; i < 2; i++) {
		xap_writer *writer = writer_at(places[i], 0);
		set_metadata(writer, "name", i ? "two" : "one");
		commit(writer);
		xap_writer_close(writer);
	}
	g_assert_false(xap_compact(places, 2, out, &error));
	assert_failed(error, XAP_ERROR_SYNTAX, "metadata 'name' has several values");
	g_assert_false(g_file_test(out, G_FILE_TEST_EXISTS));
	g_assert_false(xap_compact(broken, 2, out, &error));
	assert_failed(error, XAP_ERROR_NOT_FOUND, "missing");
	g_assert_false(g_file_test(out, G_FILE_TEST_EXISTS));
	places[1] = "tcp:localhost:1";
	g_assert_false(xap_compact(places, 2, out, &error));
	assert_failed(error, XAP_ERROR_UNSUPPORTED, "remote");
	g_assert_false(g_file_test(out, G_FILE_TEST_EXISTS));
}

/* --- remote ----------------------------------------------------------------------------------------- */

/* A port that was free a moment ago. */
static unsigned free_port(void)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof(address);
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	unsigned port = 0;

	if (fd >= 0 && bind(fd, (struct sockaddr *)&address, len) == 0 &&
	    getsockname(fd, (struct sockaddr *)&address, &len) == 0)
		port = ntohs(address.sin_port);
	if (fd >= 0)
		close(fd);
	return port;
}

static xap_db *wait_for(const char *place)
{
	GError *error = NULL;

	for (int tries = 0; tries < 100; tries++) {
		xap_db *db = xap_db_open(&place, 1, &error);
		if (db)
			return db;
		g_assert_error(error, XAP_ERROR, XAP_ERROR_NETWORK);
		g_clear_error(&error);
		g_usleep(50000);
	}
	return NULL;
}

/* On SIGTERM the server ends its whole process group, so it gets one. */
static void own_group(gpointer unused)
{
	(void)unused;
	setpgid(0, 0);
}

static void test_remote(struct scene *s, gconstpointer unused)
{
	g_autofree char *server = g_find_program_in_path("xapian-tcpsrv"), *path = in(s, "fruit");
	g_autofree char *port = g_strdup_printf("%u", free_port()), *place = g_strdup_printf("tcp:127.0.0.1:%s", port);
	char *argv[] = { server, "--interface", "127.0.0.1", "--port", port, path, NULL };
	unsigned asked = 0;
	struct xap_request request = { .query = TERM("apple"), .max = 10, .accept = is_even, .accept_data = &asked };
	GError *error = NULL;
	GPid pid = 0;
	xap_db *db;

	(void)unused;
	assert_cannot_open(place, XAP_ERROR_NETWORK);
	if (!server) {
		g_test_skip("no xapian-tcpsrv");
		return;
	}
	xap_db_close(fruit(s));
	g_assert_true(g_spawn_async(NULL, argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL |
				    G_SPAWN_STDERR_TO_DEV_NULL, own_group, NULL, &pid, &error));
	db = wait_for(place);
	if (db) {
		assert_found(db, NODE(XAP_AND, 0, TERM("apple"), TERM("pear")), "1 5 ");
		assert_data(db, 3, "3");
		g_assert_cmpuint(frequency(db, B("plum")), ==, 3);
		g_assert_null(xap_db_search(db, &request, &error));
		assert_failed(error, XAP_ERROR_UNSUPPORTED, "cannot search");
		xap_db_close(db);
	}
	kill(pid, SIGTERM);
	waitpid(pid, NULL, 0);
	g_spawn_close_pid(pid);
	g_assert_nonnull(db);
}

/* --- the header ---------------------------------------------------------------------------------------- */

/* xap.h by itself is strict C11, and C++. */
static void test_header(struct scene *s, gconstpointer unused)
{
	static const char *const compilers[][2] = { { "CC", "-x c -std=c11" }, { "CXX", "-x c++ -std=c++11" } };
	const char *srcdir = g_getenv("srcdir") ? g_getenv("srcdir") : ".";
	g_autofree char *source = in(s, "header.c"), *root = g_canonicalize_filename(srcdir, NULL);

	(void)unused;
	g_assert_true(g_file_set_contents(source, "#include \"xapian/xap.h\"\nint use(xap_db *db);\nint use(xap_db *db) { return db != 0; }\n", -1,
					  NULL));
	for (size_t i = 0; i < 2; i++) {
		const char *compiler = g_getenv(compilers[i][0]);
		g_autofree char *command = g_strdup_printf("%s %s -pedantic -Wall -Wextra -Werror -fsyntax-only -I'%s' $(pkg-config --cflags "
		"glib-2.0 | sed 's/-I/-isystem /g') '%s'",
			compiler ? compiler : i ? "c++" : "cc", compilers[i][1], root, source);
		char *argv[] = { (char *)"sh", (char *)"-c", command, NULL };
		g_autofree char *said = NULL;
		int status = -1;
		g_assert_true(g_spawn_sync(NULL, argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, &said, &status, NULL));
		if (status != 0)
			g_error("%s: %s", command, said);
	}
}

#define CASE(name, function) g_test_add("/xap/" name, struct scene, NULL, scene_init, function, scene_clear)

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/xap/nothing", test_nothing);
	CASE("round-trip", test_round_trip);
	CASE("walks", test_walks);
	CASE("shards", test_shards);
	CASE("stub", test_stub);
	CASE("replace-delete", test_replace_delete);
	CASE("term-limits", test_term_limits);
	CASE("binary", test_binary);
	CASE("synonyms", test_synonyms);
	CASE("matching", test_matching);
	CASE("weights", test_weights);
	CASE("sums", test_sums);
	CASE("bad-requests", test_bad_requests);
	CASE("deep-and-wide", test_deep_and_wide);
	CASE("factors", test_factors);
	CASE("totals", test_totals);
	CASE("locked", test_locked);
	CASE("changed", test_changed);
	CASE("no-database", test_no_database);
	CASE("denied", test_denied);
	CASE("corrupt", test_corrupt);
	CASE("no-termlist", test_no_termlist);
	CASE("lost-changes", test_lost_changes);
	CASE("full", test_full);
	CASE("compact", test_compact);
	CASE("compact-conflict", test_compact_conflict);
	CASE("remote", test_remote);
	CASE("header", test_header);
	return g_test_run();
}
