/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test-transfer.c - documents as bytes and back: whole ones stay the same, and
 * what was changed on the way does no harm.
 */
#include "corpus/transfer.h"

#include <string.h>
#include <unistd.h>

#include "corpus/corpus.h"
#include "corpus/dump.h"
#include "corpus/error.h"

static GBytes *put(const struct document *doc, bool blocks)
{
	GString *out = g_string_new(NULL);

	g_assert_true(transfer_put(out, doc, blocks, NULL));
	return g_string_free_to_bytes(out);
}

static char *dump(const struct document *doc)
{
	GString *out = g_string_new(NULL);

	dump_document(doc, DUMP_JSON, out);
	return g_string_free(out, FALSE);
}

/* What arrives says the same, and is the same when it is sent on. */
static bool check_round(struct document *doc, void *data, GError **error)
{
	g_autoptr(GBytes) sent = put(doc, true), without = put(doc, false), again = NULL;
	g_autoptr(Document) got = transfer_get(sent, doc->path, NULL), bare = transfer_get(without, doc->path, NULL);
	g_autofree char *before = dump(doc), *after = NULL;

	(void)error;
	g_assert_nonnull(got);
	g_assert_nonnull(bare);
	after = dump(got);
	g_assert_cmpstr(after, ==, before);
	g_assert_cmpuint(bare->blocks->len, ==, 0);
	g_assert_cmpuint(bare->passages->len, ==, doc->passages->len);
	again = put(got, true);
	g_assert_true(g_bytes_equal(sent, again));
	g_assert_cmpint(got->chair, ==, doc->chair);
	g_assert_cmpint((int)got->policy, ==, (int)doc->policy);
	(*(guint *)data)++;
	return true;
}

static guint check_files(const char *below)
{
	g_autofree char *folder = g_build_filename(g_getenv("srcdir") ? g_getenv("srcdir") : ".", below, NULL);
	g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GPtrArray) unread = corpus_unread_new();
	guint documents = 0;

	g_assert_true(corpus_files(folder, NULL, files, unread, NULL));
	for (guint i = 0; i < files->len; i++) {
		const char *path = g_ptr_array_index(files, i);
		int fd = corpus_open(path, NULL);

		g_assert_cmpint(fd, >=, 0);
		corpus_read(path, fd, NULL, NULL, check_round, &documents, NULL);	/* some cannot be read */
		close(fd);
	}
	return documents;
}

static void test_sample(void)
{
	g_assert_cmpuint(check_files("corpus/sample"), >=, 5);
}

static void test_cases(void)
{
	g_assert_cmpuint(check_files("tests/cases"), >=, 100);
}

/* ---- hostile bytes ---- */

#define TEXT "Panel I\n\nMs. Ann Bell, Minister, said \xe2\x80\x9cthe harbour stays open\xe2\x80\x9d.\n"

static struct document *small(void)
{
	static struct range words = { 9, 44 };
	static int listed[] = { 0 };
	struct document *doc = document_new();
	struct person person = { .name = "Ann Bell", .role = "Minister" };
	struct panel panel = { .label = "Panel I", .moderator = 0, .listed = listed, .n_listed = 1 };
	struct section section = { .parent = -1, .level = 1, .title = "Panel I" };
	struct passage passage = {
		.id = "5f0c9a71d2", .kind = KIND_REPORTED, .ranges = &words, .n_ranges = 1, .page = 3, .timed = true, .time_ms = 2500,
		.attribution = { .speaker = 0, .evidence = EVIDENCE_NARRATIVE, .certainty = CERTAINTY_INFERRED, .range = { 9, 21 } },
	};

	doc->id = "small";
	doc->title = "Panel I";
	doc->text = TEXT;
	doc->text_bytes = strlen(TEXT);
	g_array_append_val(doc->people, person);
	g_array_append_val(doc->panels, panel);
	g_array_append_val(doc->sections, section);
	g_array_append_val(doc->passages, passage);
	return doc;
}

/* Sent as it is, the document must be refused. */
static void refused(struct document *doc)
{
	g_autoptr(GBytes) bytes = put(doc, true);
	g_autoptr(GError) error = NULL;

	g_assert_null(transfer_get(bytes, "x.pdf", &error));
	g_assert_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_CORRUPT);
	g_assert_cmpstr(error->message, ==, "cannot read 'x.pdf': its reader sent what makes no sense");
	document_free(doc);
}

#define refuse(change) do { \
		struct document *doc = small(); \
		change; \
		refused(doc); \
	} while (0)

static void test_lies(void)
{
	struct range beyond = { 9, 100000 }, backwards = { 44, 9 }, torn = { 9, 39 };
	guint documents = 0;
	struct document *whole = small();

	check_round(whole, &documents, NULL);
	document_free(whole);
	refuse(document_passage(doc, 0)->attribution.speaker = 1);
	refuse(document_passage(doc, 0)->attribution.range = beyond);
	refuse(document_passage(doc, 0)->attribution.evidence = (enum evidence)N_EVIDENCES);
	refuse(document_passage(doc, 0)->section = 1);
	refuse(document_passage(doc, 0)->panel = 1);
	refuse(document_passage(doc, 0)->kind = (enum passage_kind)N_KINDS);
	refuse(document_passage(doc, 0)->ranges = &beyond);
	refuse(document_passage(doc, 0)->ranges = &backwards);
	refuse(document_passage(doc, 0)->ranges = &torn);
	refuse(document_passage(doc, 0)->n_ranges = 0);
	refuse(document_passage(doc, 0)->id[0] = 0);
	refuse(document_passage(doc, 0)->id[0] = '/');
	refuse(document_passage(doc, 0)->page_label = "\xff");
	refuse(document_section(doc, 0)->parent = 0);
	refuse(document_section(doc, 0)->title = NULL);
	refuse(document_person(doc, 0)->name = NULL);
	refuse(document_panel(doc, 0)->moderator = 1);
	refuse(doc->chair = 1);
	refuse(doc->id = "");
	refuse(doc->id = "a\nb");
	refuse(doc->access = "all");
	refuse(doc->access = "restricted:");
	refuse(doc->date = "some day");
	refuse(doc->format = NULL);
	refuse(doc->text = "\xff" TEXT);
	refuse(doc->type = N_TYPES);
}

/* A section in a section, and so on: each passage would walk up all of them. */
static void test_depth(void)
{
	struct document *doc = small();

	for (int i = 0; i < 5000; i++) {
		struct section section = { .parent = i, .level = 1, .title = "deeper" };

		g_array_append_val(doc->sections, section);
	}
	refused(doc);
}

/* A few bytes must not become gigabytes of text. */
static void test_cover(void)
{
	struct document *doc = small();
	struct range *ranges = document_alloc(doc, 1000 * sizeof *ranges);

	for (guint i = 0; i < 1000; i++)
		ranges[i] = (struct range){ 9, 44 };
	document_passage(doc, 0)->ranges = ranges;
	document_passage(doc, 0)->n_ranges = 1000;
	refused(doc);
}

static void test_cut(void)
{
	struct document *doc = small();
	g_autoptr(GBytes) bytes = put(doc, true);

	for (gsize len = 0; len < g_bytes_get_size(bytes); len++) {
		g_autoptr(GBytes) part = g_bytes_new_from_bytes(bytes, 0, len);

		g_assert_null(transfer_get(part, "x.pdf", NULL));
	}
	document_free(doc);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/transfer/sample", test_sample);
	g_test_add_func("/transfer/cases", test_cases);
	g_test_add_func("/transfer/lies", test_lies);
	g_test_add_func("/transfer/depth", test_depth);
	g_test_add_func("/transfer/cover", test_cover);
	g_test_add_func("/transfer/cut", test_cut);
	return g_test_run();
}
