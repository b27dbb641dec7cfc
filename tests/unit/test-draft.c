/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test-draft.c - what readers of formats lay down: text, blocks and their ranges.
 */
#include <string.h>

#include "corpus/error.h"
#include "corpus/reader/draft.h"

static struct document *new_document(void)
{
	struct document *doc = document_new();

	doc->path = "talk.odt";
	return doc;
}

/* "kind[range|range]" of each block, page breaks and the like too. */
static char *dump(const struct document *doc)
{
	GString *out = g_string_new(NULL);

	for (guint i = 0; i < doc->blocks->len; i++) {
		const struct block *block = document_block(doc, i);

		g_string_append_printf(out, "%s%d/%d p%d s%d%s", i ? "\n" : "", (int)block->kind, block->level, block->page, block->slide,
		                       block->notes ? " notes" : "");
		if (block->label)
			g_string_append_printf(out, " <%s>", block->label);
		for (guint r = 0; r < block->n_ranges; r++)
			g_string_append_printf(out, " [%.*s]", (int)(block->ranges[r].end - block->ranges[r].start),
			                       doc->text + block->ranges[r].start);
	}
	return g_string_free(out, FALSE);
}

static void check(struct document *doc, struct draft *draft, const char *text, const char *blocks)
{
	g_autofree char *found = NULL, *whole = NULL;
	g_autoptr(GError) error = NULL;

	g_assert_true(draft_finish(draft, &error));
	g_assert_no_error(error);
	whole = g_strndup(doc->text, doc->text_bytes);
	g_assert_cmpstr(whole, ==, text);
	found = dump(doc);
	g_assert_cmpstr(found, ==, blocks);
}

static void test_blocks(void)
{
	g_autoptr(Document) doc = new_document();
	g_autoptr(Draft) draft = draft_new(doc);

	draft_begin(draft, BLOCK_HEADING, 2);
	draft_text(draft, "  The \n open", -1);
	draft_text(draft, "ing  ", -1);
	draft_begin(draft, BLOCK_PARAGRAPH, 0);	/* without a word: no trace */
	draft_text(draft, " \t ", -1);
	draft_begin(draft, BLOCK_LIST_ITEM, 1);
	draft_label(draft, "(a)");
	draft_text(draft, "water", -1);
	draft_line(draft);
	draft_text(draft, "and salt", -1);
	draft_begin(draft, BLOCK_TABLE_ROW, 0);
	draft_text(draft, "Ann Bell", -1);
	draft_cell(draft);
	draft_cell(draft);
	draft_text(draft, "House of Quills", -1);
	check(doc, draft, "The opening\n\n(a) water\nand salt\n\nAnn Bell | House of Quills\n\n",
	      "0/2 p0 s0 [The opening]\n2/1 p0 s0 <(a)> [water\nand salt]\n3/0 p0 s0 [Ann Bell] [House of Quills]");
}

static void test_bytes(void)
{
	g_autoptr(Document) doc = new_document();
	g_autoptr(Draft) draft = draft_new(doc);

	draft_text(draft, "a\1b \xff \xc3", -1);	/* a control character, and bytes that are no UTF-8 */
	draft_text(draft, "\xc3\xa9", 2);
	draft_text(draft, "c\0d", 3);
	check(doc, draft, "ab \xef\xbf\xbd \xef\xbf\xbd\xc3\xa9""cd\n\n", "1/0 p0 s0 [ab \xef\xbf\xbd \xef\xbf\xbd\xc3\xa9""cd]");
}

static void test_tabs(void)
{
	g_autoptr(Document) doc = new_document();
	g_autoptr(Draft) draft = draft_new(doc);

	draft_text(draft, "of a\tlist\n", -1);
	draft_keep_tabs(draft);
	draft_begin(draft, BLOCK_PARAGRAPH, 0);
	draft_text(draft, "\tAnn Bell \t ", -1);
	draft_text(draft, "\tHouse of Quills", -1);
	draft_text(draft, " and more\t", -1);
	draft_begin(draft, BLOCK_PARAGRAPH, 0);	/* of blanks three are a column, but not where a line ends in the file */
	draft_text(draft, "Tom Marsh   House  of \n   Salt ", -1);
	draft_text(draft, "  and more", -1);
	draft_begin(draft, BLOCK_HEADING, 1);
	draft_text(draft, "1    Roads", -1);
	check(doc, draft, "of a list\n\nAnn Bell\tHouse of Quills and more\n\nTom Marsh\tHouse of Salt and more\n\n1 Roads\n\n",
	      "1/0 p0 s0 [of a list]\n1/0 p0 s0 [Ann Bell\tHouse of Quills and more]\n"
	      "1/0 p0 s0 [Tom Marsh\tHouse of Salt and more]\n0/1 p0 s0 [1 Roads]");
}

static void test_pages(void)
{
	g_autoptr(Document) doc = new_document();
	g_autoptr(Draft) draft = draft_new(doc);

	draft_page(draft, 1, "iii");
	draft_text(draft, "one", -1);
	draft_page(draft, 2, NULL);
	draft_page(draft, 2, NULL);
	draft_text(draft, "two", -1);
	draft_page_within(draft, 3, NULL);
	draft_text(draft, "goes on", -1);
	draft_end(draft);
	draft_text(draft, "three", -1);
	check(doc, draft, "one\n\n\f\ntwo\n\f\ngoes on\n\nthree\n\n",
	      "1/0 p1 s0 [one]\n10/0 p1 s0 [\f]\n1/0 p2 s0 [two] [goes on]\n10/0 p2 s0 [\f]\n1/0 p3 s0 [three]");
	g_assert_cmpstr(document_block(doc, 0)->page_label, ==, "iii");
	g_assert_null(document_block(doc, 2)->page_label);
}

/* A page that ends before a word of the open block begins it on the next one. */
static void test_page_before_words(void)
{
	g_autoptr(Document) doc = new_document();
	g_autoptr(Draft) draft = draft_new(doc);

	draft_page(draft, 1, NULL);
	draft_begin(draft, BLOCK_LIST_ITEM, 2);
	draft_label(draft, "4.");
	draft_page_within(draft, 2, NULL);
	draft_text(draft, "salt", -1);
	check(doc, draft, "\f\n4. salt\n\n", "10/0 p1 s0 [\f]\n2/2 p2 s0 <4.> [salt]");
}

static void test_slides(void)
{
	g_autoptr(Document) doc = new_document();
	g_autoptr(Draft) draft = draft_new(doc);

	draft_slide(draft, 1);
	draft_text(draft, "one", -1);
	draft_notes(draft, true);
	draft_text(draft, "say hello", -1);
	draft_slide(draft, 2);
	draft_text(draft, "two", -1);
	check(doc, draft, "one\n\nsay hello\n\n---\n\ntwo\n\n", "1/0 p0 s1 [one]\n1/0 p0 s1 notes [say hello]\n9/0 p0 s1 [---\n]\n1/0 p0 s2 [two]");
}

static void test_limits(void)
{
	g_autoptr(Document) doc = new_document(), cells = new_document();
	g_autoptr(Draft) draft = draft_new(doc), row = draft_new(cells);
	g_autoptr(GError) error = NULL;

	draft_page(draft, DRAFT_PAGES_MAX + 1, NULL);
	draft_text(draft, "lost", -1);
	g_assert_true(draft_failed(draft));
	g_assert_false(draft_finish(draft, &error));
	g_assert_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_TOO_LARGE);
	g_assert_cmpstr(error->message, ==, "cannot read 'talk.odt': it has more than 100000 pages");

	draft_begin(row, BLOCK_TABLE_ROW, 0);
	for (guint i = 0; i < 2 * DRAFT_RANGES_MAX + 1; i++) {
		draft_text(row, "x", -1);
		draft_cell(row);
	}
	g_assert_true(draft_finish(row, NULL));
	g_assert_cmpuint(cells->blocks->len, ==, 3);
	g_assert_cmpuint(document_block(cells, 0)->n_ranges, ==, DRAFT_RANGES_MAX);
	g_assert_cmpuint(document_block(cells, 2)->n_ranges, ==, 1);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/draft/blocks", test_blocks);
	g_test_add_func("/draft/bytes", test_bytes);
	g_test_add_func("/draft/tabs", test_tabs);
	g_test_add_func("/draft/pages", test_pages);
	g_test_add_func("/draft/page-before-words", test_page_before_words);
	g_test_add_func("/draft/slides", test_slides);
	g_test_add_func("/draft/limits", test_limits);
	return g_test_run();
}
