/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test-document.c - the model: arena, ranges put together and taken back, names.
 */
#include "corpus/document.h"

#include <string.h>

static void test_empty(void)
{
	g_autoptr(Document) doc = document_new();

	g_assert_cmpstr(doc->id, ==, "");
	g_assert_cmpstr(doc->title, ==, "");
	g_assert_cmpstr(doc->path, ==, "");
	g_assert_cmpstr(doc->access, ==, "public");
	g_assert_cmpint(doc->type, ==, TYPE_OTHER);
	g_assert_false(doc->nameless);
	g_assert_cmpuint(doc->passages->len, ==, 0);
	document_free(NULL);
}

static void test_strings(void)
{
	g_autoptr(Document) doc = document_new();

	g_assert_null(document_string(doc, NULL, -1));
	g_assert_cmpstr(document_string(doc, "Panel II", 5), ==, "Panel");
	g_assert_cmpstr(document_string(doc, "Panel II", -1), ==, "Panel II");
	g_assert_cmpstr(document_string(doc, "Panel", 0), ==, "");
}

/* Zeroed, apart from each other and aligned, whatever the sizes. */
static void test_alloc(void)
{
	g_autoptr(Document) doc = document_new();
	GRand *rand = g_rand_new_with_seed(1);
	guchar *pieces[400];
	gsize sizes[400];

	for (guint i = 0; i < 400; i++) {
		sizes[i] = (gsize)g_rand_int_range(rand, 0, i % 10 ? 300 : 20000);
		pieces[i] = document_alloc(doc, sizes[i]);
		g_assert_cmpuint((gsize)pieces[i] % 16, ==, 0);
		for (gsize k = 0; k < sizes[i]; k++)
			g_assert_cmpuint(pieces[i][k], ==, 0);
		memset(pieces[i], (int)(i % 251 + 1), sizes[i]);
	}
	for (guint i = 0; i < 400; i++)
		for (gsize k = 0; k < sizes[i]; k++)
			g_assert_cmpuint(pieces[i][k], ==, i % 251 + 1);
	g_rand_free(rand);
}

static void check_joined(const char *text, const struct range *ranges, guint n, const char *expected)
{
	g_autoptr(GString) out = g_string_new(NULL);

	ranges_text(text, ranges, n, out);
	g_assert_cmpstr(out->str, ==, expected);
	/* Each character of the ranges goes back to where it stands. */
	for (gsize i = 0; i < out->len; i++) {
		guint32 at = ranges_offset(text, ranges, n, i);

		if (out->str[i] != '\n')
			g_assert_cmpint(text[at], ==, out->str[i]);
	}
	g_assert_cmpuint(ranges_offset(text, ranges, n, out->len + 5), ==, ranges[n - 1].end);
}

static void test_ranges(void)
{
	const char *bold = "a **bold** word";
	struct range of_bold[] = { { 0, 2 }, { 4, 8 }, { 10, 15 } };
	const char *torn = "torn by a\n\n12\n\npage break";
	struct range of_torn[] = { { 0, 9 }, { 15, 25 } };
	const char *link = "see [this](https://x.example/y), or<br>that";
	struct range of_link[] = { { 0, 4 }, { 5, 9 }, { 31, 35 }, { 39, 43 } };

	check_joined(bold, of_bold, 3, "a bold word");
	check_joined(torn, of_torn, 2, "torn by a\npage break");
	check_joined(link, of_link, 4, "see this, or\nthat");
	/* Inside the joiner: the range behind it. */
	g_assert_cmpuint(ranges_offset(torn, of_torn, 2, 9), ==, 15);
	g_assert_cmpuint(ranges_offset(torn, of_torn, 2, 10), ==, 15);
	g_assert_cmpuint(ranges_offset(torn, of_torn, 0, 3), ==, 0);
}

static void test_names(void)
{
	for (int i = 0; i < N_KINDS; i++)
		g_assert_cmpint(kind_parse(kind_name(i)), ==, i);
	for (int i = 0; i < N_TYPES; i++)
		g_assert_cmpint(type_parse(type_name(i)), ==, i);
	g_assert_cmpstr(type_name(TYPE_BACKGROUND_PAPER), ==, "background-paper");
	g_assert_cmpstr(evidence_name(EVIDENCE_NONE), ==, "");
	g_assert_cmpstr(evidence_name(EVIDENCE_BYLINE), ==, "byline");
	g_assert_cmpstr(certainty_name(CERTAINTY_NONE), ==, "");
	g_assert_cmpstr(certainty_name(CERTAINTY_INFERRED), ==, "inferred");
	g_assert_cmpint(kind_parse("Quote"), ==, -1);
	g_assert_cmpint(type_parse(""), ==, -1);
	g_assert_cmpint(type_parse(NULL), ==, -1);
	g_assert_true(kind_is_verbatim(KIND_QUOTE));
	g_assert_true(kind_is_verbatim(KIND_AUTHORED));
	g_assert_false(kind_is_verbatim(KIND_REPORTED));
	g_assert_false(kind_is_verbatim(KIND_SLIDE));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/document/empty", test_empty);
	g_test_add_func("/document/strings", test_strings);
	g_test_add_func("/document/alloc", test_alloc);
	g_test_add_func("/document/ranges", test_ranges);
	g_test_add_func("/document/names", test_names);
	return g_test_run();
}
