/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test-opendocument.c - texts and presentations of OpenDocument to blocks: worked
 * examples in tests/cases/formats/{odt,odp}, what is refused, and files made to
 * take long. The examples "pandoc" and "office" were written by these
 * programs, "powerpoint" by LibreOffice from that of PPTX.
 */
#include "tests/unit/formats.h"

#include "corpus/error.h"

#define LARGE_BYTES ((gsize)3 << 20)
#define LARGE_SECONDS 20	/* of a sanitized build on a busy machine; a quadratic reader takes hours */

static const char head[] =
	"<office:document xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
	"xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" "
	"xmlns:draw=\"urn:oasis:names:tc:opendocument:xmlns:drawing:1.0\" xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" "
	"office:mimetype=\"application/vnd.oasis.opendocument.text\"><office:body><office:text>";
static const char tail[] = "</office:text></office:body></office:document>";

static struct document *read_body(const char *body, corpus_warnings *warnings, GError **error)
{
	g_autofree char *file = g_strconcat(head, body, tail, NULL);

	g_assert_cmpint(reader_format("a.xml", file, strlen(file)), ==, FORMAT_ODT);
	return formats_read("a.xml", file, strlen(file), FORMAT_ODT, warnings, error);
}

static void check_refused(const char *s, gsize len, int code)
{
	g_autoptr(GError) error = NULL;
	g_autoptr(Document) doc = formats_read("talk.odt", s, len, FORMAT_ODT, NULL, &error);

	g_assert_null(doc);
	g_assert_error(error, RAPPORTEUR_ERROR, code);
	g_assert_true(g_str_has_prefix(error->message, "cannot read 'talk.odt': "));
}

static void test_refused(void)
{
	check_refused("words", 5, RAPPORTEUR_ERROR_SYNTAX);
	check_refused("PK\3\4 and no more", 16, RAPPORTEUR_ERROR_CORRUPT);
}

/* What stands before the damage is read. */
static void test_damaged(void)
{
	g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GError) error = NULL;
	g_autoptr(Document) doc = read_body("<text:p>first</text:p><text:p>second</text:q>", warnings, &error);

	g_assert_no_error(error);
	g_assert_cmpuint(doc->blocks->len, ==, 1);
	g_assert_cmpuint(warnings->len, ==, 1);
}

/* Boxes in boxes, tables in tables, notes in notes: everything is read once. */
static void test_nested(void)
{
	static const char body[] =
		"<text:p>a<draw:frame><draw:text-box><text:p>b<draw:frame><draw:text-box><text:p>c</text:p></draw:text-box></draw:frame></text:p>"
		"</draw:text-box></draw:frame><text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>d"
		"<text:note><text:note-citation>2</text:note-citation><text:note-body><text:p>e</text:p></text:note-body></text:note></text:p>"
		"</text:note-body></text:note></text:p><table:table><table:table-row><table:table-cell><text:p>f</text:p><table:table>"
		"<table:table-row><table:table-cell><text:p>g</text:p></table:table-cell><table:table-cell><text:p>h</text:p></table:table-cell>"
		"</table:table-row></table:table></table:table-cell><table:table-cell><text:p>i</text:p></table:table-cell></table:table-row>"
		"</table:table>";
	g_autoptr(GError) error = NULL;
	g_autoptr(Document) doc = read_body(body, NULL, &error);
	g_autofree char *dump = NULL;

	g_assert_no_error(error);
	dump = formats_dump(doc);
	g_assert_cmpstr(dump, ==,
			"odt\nparagraph: a\nparagraph: b\nparagraph: c\nparagraph: f\nrow: g|h\nparagraph: i\nfootnote [1]: d\nfootnote [2]: e\n");
}

/* What an author hid is no text, whichever way it was hidden. */
static void test_hidden(void)
{
	static const char body[] =
		"<text:section text:display=\"none\"><text:p>a</text:p></text:section>"
		"<text:section text:display=\"condition\" text:is-hidden=\"true\"><text:p>b</text:p></text:section>"
		"<text:section text:display=\"condition\" text:is-hidden=\"false\"><text:p>c</text:p></text:section>"
		"<text:p>d<text:hidden-text text:is-hidden=\"true\">e</text:hidden-text></text:p>"
		"<text:p><text:hidden-paragraph text:is-hidden=\"true\"/>f</text:p>";
	g_autoptr(GError) error = NULL;
	g_autoptr(Document) doc = read_body(body, NULL, &error);
	g_autofree char *dump = NULL;

	g_assert_no_error(error);
	dump = formats_dump(doc);
	g_assert_cmpstr(dump, ==, "odt\nparagraph: c\nparagraph: d\n");
}

static const char *const repeated[] = {
	"<text:p>x</text:p>", "<text:p/>", "<text:list><text:list-item><text:p>x</text:p></text:list-item></text:list>", "<text:h>x</text:h>",
	"<text:soft-page-break/>",
		"<table:table><table:table-row><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row></table:table>",
	"<text:p text:style-name=\"no such style\">x<text:s text:c=\"1000000\"/>y<text:line-break/></text:p>",
	"<text:p>x<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>y</text:p></text:note-body></text:note></text:p>",
	"<text:p>x<draw:frame><draw:text-box><text:p>y</text:p></draw:text-box></draw:frame></text:p>",
};

static void test_long(gconstpointer data)
{
	const char *part = data;
	GString *body = g_string_new(NULL);
	g_autoptr(GError) error = NULL;
	g_autoptr(Document) doc = NULL;
	bool pages = strstr(part, "soft-page") != NULL;

	while (body->len < (pages ? LARGE_BYTES / 4 : LARGE_BYTES))
		g_string_append(body, part);
	g_test_timer_start();
	doc = read_body(body->str, NULL, &error);
	g_assert_no_error(error);
	g_assert_cmpfloat(g_test_timer_elapsed(), <, LARGE_SECONDS);
	g_string_free(body, TRUE);
}

/* The same inside one paragraph, and in one note. */
static void test_long_inside(gconstpointer data)
{
	GString *body = g_string_new("<text:p>x<text:note><text:note-citation>");
	g_autoptr(GError) error = NULL;
	g_autoptr(Document) doc = NULL;

	for (guint i = 0; i < 100000; i++)
		g_string_append(body, "1&amp;");
	g_string_append(body, "</text:note-citation></text:note>");
	while (body->len < LARGE_BYTES)
		g_string_append(body, data);
	g_string_append(body, "</text:p>");
	g_test_timer_start();
	doc = read_body(body->str, NULL, &error);
	g_assert_no_error(error);
	g_assert_cmpfloat(g_test_timer_elapsed(), <, LARGE_SECONDS);
	g_string_free(body, TRUE);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	formats_add_cases("odt");
	formats_add_cases("odp");
	g_test_add_func("/opendocument/refused", test_refused);
	g_test_add_func("/opendocument/damaged", test_damaged);
	g_test_add_func("/opendocument/nested", test_nested);
	g_test_add_func("/opendocument/hidden", test_hidden);
	for (guint i = 0; i < G_N_ELEMENTS(repeated); i++) {
		g_autofree char *path = g_strdup_printf("/opendocument/long/%u", i);

		g_test_add_data_func(path, repeated[i], test_long);
	}
	g_test_add_data_func("/opendocument/long-inside/span", "<text:span>x</text:span><text:tab/>", test_long_inside);

	return g_test_run();
}
