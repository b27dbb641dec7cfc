/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test-tei.c - TEI documents: worked examples in tests/cases/formats/tei/, whose
 * expected.txt is what dump.h prints, and what is refused.
 */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "corpus/corpus.h"
#include "corpus/dump.h"
#include "corpus/error.h"
#include "corpus/reader/formats.h"
#include "tests/unit/structure.h"

/* The lines that say where the file lies and how long it is are left out. */
static bool dump_one(struct document *doc, void *data, GError **error)
{
	GString *out = data;
	g_autoptr(GString) all = g_string_new(NULL);
	g_auto(GStrv) lines = NULL;
	(void)error;
	structure_check(doc);
	dump_document(doc, DUMP_FULL, all);
	lines = g_strsplit(all->str, "\n", -1);
	for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
		if (*lines[i] != '#' && !g_str_has_prefix(lines[i], "document\tpath"))
			g_string_append_printf(out, "%s\n", lines[i]);
	return true;
}

static char *read_path(const char *path, GError **error)
{
	GString *out = g_string_new(NULL);
	int fd = corpus_open(path, error);
	g_assert_cmpint(fd, >=, 0);
	if (!corpus_read(path, fd, NULL, NULL, dump_one, out, error))
		g_string_append(out, "refused\n");
	close(fd);
	return g_string_free(out, false);
}

static void run_case(gconstpointer data)
{
	const char *folder = data;
	g_autofree char *path = g_build_filename(folder, "input.xml", NULL), *wanted = g_build_filename(folder, "expected.txt", NULL);
	g_autofree char *got = read_path(path, NULL), *expected = NULL;
	if (g_getenv("STRUCTURE_ACCEPT"))
		g_assert_true(g_file_set_contents(wanted, got, -1, NULL));
	g_assert_true(g_file_get_contents(wanted, &expected, NULL, NULL));
	g_assert_cmpstr(got, ==, expected);
}

static char *read_string(const char *xml, GError **error)
{
	g_autofree char *folder = g_dir_make_tmp("test-tei-XXXXXX", NULL), *path = g_build_filename(folder, "t.xml", NULL);
	g_assert_true(g_file_set_contents(path, xml, -1, NULL));
	char *got = read_path(path, error);
	g_unlink(path);
	g_rmdir(folder);
	return got;
}

#define HEAD "<TEI><teiHeader/><text><body>"
#define FOOT "</body></text></TEI>"

static void test_refused(void)
{
	static const struct { const char *xml; int code; const char *message; } cases[] = {
		{ "<TEI><text><body><p>Broken", RAPPORTEUR_ERROR_SYNTAX, "line 1" },
		{ "<teiCorpus><teiHeader/><xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"/etc/hostname\"/></teiCorpus>",
		  RAPPORTEUR_ERROR_UNSUPPORTED, "the head of a TEI corpus" },
		{ "<!DOCTYPE TEI [<!ENTITY a SYSTEM \"/etc/hostname\">]><TEI><text><body><p>&a;</p>" FOOT, RAPPORTEUR_ERROR_UNSUPPORTED, "entity" },
	};
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GError) error = NULL;
		g_autofree char *got = read_string(cases[i].xml, &error);
		g_assert_cmpstr(got, ==, "refused\n");
		g_assert_error(error, RAPPORTEUR_ERROR, cases[i].code);
		g_assert_nonnull(strstr(error->message, cases[i].message));
	}
}

/* Deep and long inputs: an error or a document, in time linear in the input. */
static void test_hostile(void)
{
	static const struct { const char *open, *close; guint n; } cases[] = {
		{ "<div>", "</div>", 240 }, { "<div>", "</div>", 5000 }, { "<list><item>", "</item></list>", 120 },
		{ "<u who='#QuillAda'>", "</u>", 240 }, { "<note>", "</note>", 240 }, { "<seg>x<note>y</note>", "</seg>", 200 },
		{ "<pb/>", "", 90000 }, { "<u who='#QuillAda'><seg>x <note>y</note></seg></u>", "", 20000 },
		{ "<note>y</note>", "", 50000 }, { "<u who='#TarnBo'/>", "", 100000 }, { "<head>x</head>", "", 20000 },
	};
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GString) xml = g_string_new(HEAD);
		for (guint k = 0; k < cases[i].n; k++)
			g_string_append(xml, cases[i].open);
		g_string_append(xml, "word");
		for (guint k = 0; k < cases[i].n && *cases[i].close != '\0'; k++)
			g_string_append(xml, cases[i].close);
		g_string_append(xml, FOOT);
		g_autofree char *got = read_string(xml->str, NULL);
		g_assert_cmpuint(strlen(got), >, 0);
	}
}

/* A corpus of many documents, of whom each might speak of all people. */
static double seconds_of_corpus(guint people)
{
	g_autoptr(GString) xml = g_string_new("<teiCorpus><teiHeader>");
	g_autoptr(GPtrArray) documents = g_ptr_array_new_with_free_func((GDestroyNotify)document_free);
	for (guint i = 0; i < people; i++)
		g_string_append_printf(xml, "<person xml:id='p%u'/>", i);
	g_string_append(xml, "</teiHeader>");
	for (guint i = 0; i < 20000; i++)
		g_string_append(xml, "<TEI><text/></TEI>");
	g_string_append(xml, "</teiCorpus>");
	g_autoptr(GBytes) bytes = g_bytes_new(xml->str, xml->len);
	g_test_timer_start();
	g_assert_true(tei_documents("file", bytes, documents, NULL));
	double seconds = g_test_timer_elapsed();
	g_assert_cmpuint(documents->len, ==, 20000);
	return seconds;
}

static void test_many_documents(void)
{
	double few = seconds_of_corpus(10), many = seconds_of_corpus(90000);
	g_test_message("%.2f s with few people, %.2f s with many", few, many);
	g_assert_cmpfloat(many, <, 4 * few + 0.5);
}

int main(int argc, char **argv)
{
	const char *srcdir = g_getenv("srcdir");
	g_autofree char *folder = g_build_filename(srcdir ? srcdir : ".", "tests", "cases", "formats", "tei", NULL);
	g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
	g_test_init(&argc, &argv, NULL);
	g_assert_nonnull(dir);
	for (const char *name = g_dir_read_name(dir); name; name = g_dir_read_name(dir)) {
		g_autofree char *path = g_strdup_printf("/tei/cases/%s", name);
		g_test_add_data_func_full(path, g_build_filename(folder, name, NULL), run_case, g_free);
	}
	g_test_add_func("/tei/refused", test_refused);
	g_test_add_func("/tei/hostile", test_hostile);
	g_test_add_func("/tei/many-documents", test_many_documents);
	return g_test_run();
}
