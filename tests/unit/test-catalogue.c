/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test-catalogue.c - catalogue.ini: what is taken, what is refused, which group
 * wins, and that what we write can be read back.
 */
#include "corpus/catalogue.h"

#include <glib/gstdio.h>
#include <string.h>

#include "corpus/error.h"

static char *folder, *path;

static struct catalogue *open_text(const char *text, GError **error)
{
	g_assert_true(g_file_set_contents(path, text, -1, NULL));
	return catalogue_open(path, error);
}

static void apply(const struct catalogue *catalogue, struct document *doc, const char *name)
{
	g_autofree char *full = g_build_filename(folder, name, NULL);

	doc->path = document_string(doc, full, -1);
	doc->id = "detected";
	doc->title = "Detected";
	doc->date = "2016-01-01";
	doc->date_end = "2016-01-02";
	catalogue_apply(catalogue, doc);
}

static void test_apply(void)
{
	g_autoptr(Catalogue) c = open_text("[*.txt]\nevent = Harbour 2017\naccess = restricted:staff\n"
	                                   "[a.txt]\nid = harbour\ntitle = The Report\ntype = report\ndate = 2017-10\n"
	                                   "place = Port\npublisher = P\nauthors = A; B\nlanguage = de\nurl = https://x.example\n"
	                                   "attribution = none\n[sub/*]\nevent = Below\n", NULL);
	g_autoptr(Document) a = document_new(), b = document_new(), sub = document_new();

	g_assert_nonnull(c);
	apply(c, a, "a.txt");
	g_assert_cmpstr(a->id, ==, "harbour");
	g_assert_cmpstr(a->title, ==, "The Report");
	g_assert_cmpstr(a->event, ==, "Harbour 2017");
	g_assert_cmpint(a->type, ==, TYPE_REPORT);
	g_assert_cmpstr(a->date, ==, "2017-10");
	g_assert_null(a->date_end);
	g_assert_cmpstr(a->place, ==, "Port");
	g_assert_cmpstr(a->publisher, ==, "P");
	g_assert_cmpstr(a->authors, ==, "A; B");
	g_assert_cmpstr(a->language, ==, "de");
	g_assert_cmpstr(a->url, ==, "https://x.example");
	g_assert_cmpstr(a->access, ==, "restricted:staff");
	g_assert_cmpint(a->policy, ==, POLICY_NONE);
	apply(c, b, "b.md");
	g_assert_cmpstr(b->id, ==, "detected");
	g_assert_cmpstr(b->date_end, ==, "2016-01-02");
	g_assert_cmpstr(b->access, ==, "public");
	apply(c, sub, "sub/c.txt");
	g_assert_cmpstr(sub->event, ==, "Below");
	g_assert_cmpstr(sub->access, ==, "restricted:staff");
	catalogue_apply(NULL, b);
	catalogue_free(NULL);
}

static void test_later_wins(void)
{
	g_autoptr(Catalogue) c = open_text("[a.txt]\nevent = one\n[*]\nevent = two\nplace = \n", NULL);
	g_autoptr(Document) doc = document_new();

	doc->place = "Detected";
	apply(c, doc, "a.txt");
	g_assert_cmpstr(doc->event, ==, "two");
	g_assert_null(doc->place);	/* an empty value takes back what was detected */
}

static void refuse(const char *text, const char *reason)
{
	g_autoptr(GError) error = NULL;

	g_assert_null(open_text(text, &error));
	g_assert_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_SYNTAX);
	if (!strstr(error->message, reason) || !strstr(error->message, path))
		g_error("message is \"%s\"", error->message);
}

static void test_refused(void)
{
	g_autoptr(GError) error = NULL;

	refuse("[a.txt]\nauthor = X\n", "[a.txt] author: unknown key");
	refuse("[a.txt]\ntype = book\n", "[a.txt] type: no such type");
	refuse("[a.txt]\ndate = 23 October\n", "[a.txt] date: not a date");
	refuse("[a.txt]\ndate = 2017-02-30\n", "[a.txt] date: not a date");
	refuse("[a.txt]\nlanguage = klingon\n", "[a.txt] language: no such language");
	refuse("[a.txt]\naccess = secret\n", "[a.txt] access: neither public");
	refuse("[a.txt]\naccess = restricted:../x\n", "[a.txt] access: neither public");
	refuse("[a.txt]\nattribution = some\n", "[a.txt] attribution:");
	refuse("[*.txt]\nid = same\n", "[*.txt] id: a glob");
	refuse("[a.txt]\nid = two words\n", "[a.txt] id: an id is one word");
	refuse("[a.txt]\ntitle = a \\q b \\\n", "[a.txt] title: a broken escape");
	refuse("[caf\xe9.txt]\ntitle = x\n", "not UTF-8");
	refuse("no group\n", "");
	g_assert_null(catalogue_open("/nowhere/at/all.ini", &error));
	g_assert_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_NOT_FOUND);
}

static char *digest(const char *text, const char *name)
{
	g_autoptr(Catalogue) c = open_text(text, NULL);
	g_autofree char *full = g_build_filename(folder, name, NULL);

	return catalogue_digest(c, full);
}

static void test_digest(void)
{
	g_autofree char *none = catalogue_digest(NULL, "a.txt");
	g_autofree char *silent = digest("[b.txt]\nevent = x\n", "a.txt");
	g_autofree char *one = digest("[a.txt]\nevent = x\n", "a.txt");
	g_autofree char *same = digest("# a remark\n[a.*]\nevent = x\n[b.txt]\nevent = y\n", "a.txt");
	g_autofree char *other = digest("[a.txt]\nplace = x\n", "a.txt");

	g_assert_cmpstr(none, ==, "");
	g_assert_cmpstr(silent, ==, "");
	g_assert_cmpstr(one, !=, "");
	g_assert_cmpstr(one, ==, same);
	g_assert_cmpstr(one, !=, other);
}

static void test_write_and_read(void)
{
	g_autoptr(GString) out = g_string_new(NULL);
	g_autoptr(Document) doc = document_new(), again = document_new();
	g_autoptr(Catalogue) c = NULL;
	g_autoptr(GError) error = NULL;

	doc->path = "some/where/a [1].txt";
	doc->title = "  Tabs\tand \\ marks = ; # é";
	doc->type = TYPE_BACKGROUND_PAPER;
	doc->date = "2017-10-23";
	doc->language = "fr";
	doc->access = "restricted:board";
	doc->nameless = true;
	catalogue_write(doc, "a [1].txt", out);
	c = open_text(out->str, &error);
	g_assert_no_error(error);
	apply(c, again, "a [1].txt");
	g_assert_cmpstr(again->title, ==, "Tabs\tand \\ marks = ; # é");
	g_assert_cmpint(again->type, ==, TYPE_BACKGROUND_PAPER);
	g_assert_cmpstr(again->date, ==, "2017-10-23");
	g_assert_cmpstr(again->language, ==, "fr");
	g_assert_cmpstr(again->access, ==, "restricted:board");
	g_assert_cmpint(again->policy, ==, POLICY_NONE);
}

int main(int argc, char **argv)
{
	int status;

	g_test_init(&argc, &argv, NULL);
	folder = g_dir_make_tmp("test-catalogue-XXXXXX", NULL);
	path = g_build_filename(folder, "catalogue.ini", NULL);
	g_test_add_func("/catalogue/apply", test_apply);
	g_test_add_func("/catalogue/later-wins", test_later_wins);
	g_test_add_func("/catalogue/refused", test_refused);
	g_test_add_func("/catalogue/digest", test_digest);
	g_test_add_func("/catalogue/write-and-read", test_write_and_read);
	status = g_test_run();
	g_unlink(path);
	g_rmdir(folder);
	g_free(path);
	g_free(folder);
	return status;
}
