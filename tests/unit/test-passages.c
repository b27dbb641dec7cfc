/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test-passages.c - cutting, joining and naming passages.
 */
#include "tests/unit/structure.h"

#include "corpus/words.h"

static guint words_of(const struct document *doc, guint i)
{
	const struct passage *p = document_passage(doc, i);
	return ranges_words(doc->text, p->ranges, p->n_ranges, 100000);
}

/* n sentences of ten words each. */
static char *prose(guint n)
{
	GString *text = g_string_new(NULL);
	for (guint i = 0; i < n; i++)
		g_string_append_printf(text, "Number %u of these says that the tide comes in. ", i);
	g_string_append(text, "\n\n");
	return g_string_free(text, false);
}

static void test_cut(void)
{
	for (guint n = 1; n < 200; n += 7) {
		g_autofree char *text = prose(n);
		g_autoptr(Document) doc = structure_read(text, -1, false, STAGE_PASSAGES, false);
		structure_check(doc);
		for (guint i = 0; i < doc->passages->len; i++) {
			const struct passage *p = document_passage(doc, i);
			g_assert_cmpuint(words_of(doc, i), <=, PASSAGE_WORDS_MAX);
			g_assert_cmpint(doc->text[p->ranges[p->n_ranges - 1].end - 1], ==, '.');
			if (doc->passages->len > 1)
				g_assert_cmpuint(words_of(doc, i), >=, PASSAGE_WORDS_MIN);
		}
	}
}

static void test_one_long_sentence(void)
{
	g_autoptr(GString) text = g_string_new("Start");
	for (int i = 0; i < 3000; i++)
		g_string_append(text, " more words");
	g_string_append(text, ".\n");
	g_autoptr(Document) doc = structure_read(text->str, -1, false, STAGE_PASSAGES, false);
	structure_check(doc);
	for (guint i = 0; i < doc->passages->len; i++)
		g_assert_cmpuint(words_of(doc, i), <=, PASSAGE_WORDS_MAX);
}

static void test_join(void)
{
	g_autoptr(Document) doc = structure_read(
		"# One\n\nThe tide comes in.\n\nThe tide goes out.\n\n# Two\n\nThe boats come home.\n", -1, true,
		STAGE_PASSAGES, false);
	g_assert_cmpuint(doc->passages->len, ==, 2);
	g_assert_cmpuint(document_passage(doc, 0)->n_ranges, ==, 2);
}

static void test_turns(void)
{
	g_autoptr(Document) doc = structure_read(
		"ADA QUILL: Yes, we do.\n\nBO TARN: We do not.\n\nADA QUILL: But we do.\n\nADA QUILL: And so on.\n\n"
		"BO TARN: Never.\n", -1, false, STAGE_PASSAGES, false);
	g_assert_cmpuint(doc->passages->len, ==, 5);
	structure_check(doc);
}

/* An id is the words' own: case, marks and place do not change it. */
static void test_ids(void)
{
	g_autoptr(Document) a = structure_read("# A\n\nThe Tide, comes in!\n\n# B\n\nÖre.\n\n# C\n\nthe tide comes IN\n",
	                                       -1, true, STAGE_PASSAGES, false);
	g_autoptr(Document) b = structure_read("# Z\n\nöre\n\n# A\n\n*the tide* comes in\n", -1, true,
	                                       STAGE_PASSAGES, false);
	g_assert_cmpuint(a->passages->len, ==, 3);
	g_assert_cmpuint(b->passages->len, ==, 2);
	g_assert_cmpuint(strlen(document_passage(a, 0)->id), ==, 10);
	g_assert_cmpstr(document_passage(a, 0)->id, ==, document_passage(b, 1)->id);
	g_assert_cmpstr(document_passage(a, 1)->id, ==, document_passage(b, 0)->id);
	g_autofree char *again = g_strconcat(document_passage(a, 0)->id, "-2", NULL);
	g_assert_cmpstr(document_passage(a, 2)->id, ==, again);
}

/* More repetitions than a suffix has room for. */
static void test_many_repeats(void)
{
	g_autoptr(GString) text = g_string_new(NULL);
	for (int i = 0; i < 11000; i++)
		g_string_append_printf(text, "%s: Thank you.\n\n", i % 2 ? "ADA QUILL" : "BO TARN");
	g_autoptr(Document) doc = structure_read(text->str, -1, false, STAGE_PASSAGES, false);
	g_assert_cmpuint(doc->passages->len, ==, 11000);
	structure_check(doc);
}

/* What is cut from a paragraph that goes over the end of a page stands on the page of its
 * own first words. */
static void test_pages(void)
{
	g_autoptr(GString) text = g_string_new("The tide came in.\n\n");
	for (int i = 0; i < 60; i++)
		g_string_append_printf(text, "%sthe boats of the harbour went out%s", i ? " and " : "When it turned, ", i == 12 ? "\n\f\n" : "");
	g_string_append(text, ".");
	g_autoptr(Document) doc = structure_read(text->str, -1, false, STAGE_PASSAGES, false);
	const char *page_two = memchr(doc->text, '\f', doc->text_bytes);
	guint on[3] = { 0 };
	g_assert_nonnull(page_two);
	for (guint i = 0; i < doc->passages->len; i++) {
		const struct passage *passage = document_passage(doc, i);
		int page = doc->text + passage->ranges[0].start > page_two ? 2 : 1;
		g_assert_cmpint(passage->page, ==, page);
		on[page]++;
	}
	g_assert_cmpuint(on[1], >, 0);
	g_assert_cmpuint(on[2], >, 0);
}

/* A large record of a debate takes seconds, not hours. */
static void test_large(void)
{
	g_autoptr(GString) text = g_string_new(NULL);
	for (int i = 0; i < 20000; i++)
		g_string_append_printf(text, "%s: The tide number %d comes in and the boats go out again.\n\n",
		                       i % 3 ? "ADA QUILL" : "BO TARN", i);
	gint64 start = g_get_monotonic_time();
	g_autoptr(Document) doc = structure_read(text->str, -1, false, STAGE_PASSAGES, false);
	g_assert_cmpuint(doc->passages->len, ==, 20000);
	g_assert_cmpint(g_get_monotonic_time() - start, <, 30 * G_USEC_PER_SEC);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/passages/cut", test_cut);
	g_test_add_func("/passages/one-long-sentence", test_one_long_sentence);
	g_test_add_func("/passages/join", test_join);
	g_test_add_func("/passages/turns", test_turns);
	g_test_add_func("/passages/ids", test_ids);
	g_test_add_func("/passages/many-repeats", test_many_repeats);
	g_test_add_func("/passages/pages", test_pages);
	g_test_add_func("/passages/large", test_large);
	return g_test_run();
}
