/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test-repair.c - furniture, captions and torn paragraphs: worked examples in
 * tests/cases/repair/, the property that blocks keep every byte, and inputs
 * made to take long.
 */
#include "corpus/reader/draft.h"
#include "corpus/repair/repair.h"
#include "tests/unit/structure.h"

static char *dump(const char *input, bool markdown, const char *name)
{
	(void)name;
	g_autoptr(Document) doc = structure_read(input, -1, markdown, STAGE_REPAIR, false);
	GString *out = g_string_new(NULL);
	for (guint i = 0; i < doc->blocks->len; i++)
		structure_dump_block(doc, document_block(doc, i), out);
	return g_string_free(out, false);
}

static gsize words_in_blocks(const struct document *doc)
{
	gsize bytes = 0;
	for (guint i = 0; i < doc->blocks->len; i++)
		for (guint k = 0; k < document_block(doc, i)->n_ranges; k++) {
			struct range r = document_block(doc, i)->ranges[k];
			for (guint32 at = r.start; at < r.end; at++)
				bytes += !g_ascii_isspace(doc->text[at]);
		}
	return bytes;
}

/* Random lines of heads, numbers, names and torn text: no byte is lost or doubled. */
static void test_keeps_bytes(void)
{
	static const char *const lines[] = {
		"THE HARBOUR FORUM 2031", "17", "and so the work went on", "Ada Quill",
		"Minister, Ministry of Tides, Norland", "The boats came home in the",
		"We must look after the sea.", "17 Harbour House Press", "•", "> Ada Quill Minister of Tides",
		"Ada Quill Minister, Ministry of Tides, Norland and the rest of it.", "", "\f",
	};
	g_autoptr(GRand) rand = g_rand_new_with_seed(7);
	for (int round = 0; round < 500; round++) {
		g_autoptr(GString) text = g_string_new(NULL);
		for (int n = g_rand_int_range(rand, 1, 40); n > 0; n--)
			g_string_append_printf(text, "%s\n%s", lines[g_rand_int_range(rand, 0, G_N_ELEMENTS(lines))],
			                       g_rand_boolean(rand) ? "\n" : "\n\n\n");
		g_autoptr(Document) before = document_new();
		g_autoptr(GBytes) bytes = g_bytes_new(text->str, text->len);
		reader_read_text(before, bytes, FORMAT_TEXT);
		g_autoptr(Document) after = structure_read(text->str, -1, false, STAGE_REPAIR, false);
		g_assert_cmpuint(words_in_blocks(after), ==, words_in_blocks(before));
	}
}

static void test_long(void)
{
	g_autoptr(GString) text = g_string_new(NULL);
	for (int i = 0; i < 40000; i++)
		g_string_append(text, "this line goes on and never comes to a stop of any kind\n\n");
	g_autoptr(Document) doc = structure_read(text->str, -1, false, STAGE_REPAIR, false);
	g_assert_cmpuint(doc->blocks->len, >=, 1);
}

/* What is said below a slide does not go on with its last line, however that ends. */
static void test_notes(void)
{
	g_autoptr(Document) doc = document_new();
	g_autoptr(Draft) draft = draft_new(doc);

	draft_slide(draft, 1);
	draft_begin(draft, BLOCK_HEADING, 1);
	draft_text(draft, "Roads", -1);
	draft_begin(draft, BLOCK_PARAGRAPH, 0);
	draft_text(draft, "The roads of the salt were long in winter, and many of the", -1);
	draft_notes(draft, true);
	draft_text(draft, "carts were heavy, so that the drivers walked beside them.", -1);
	g_assert_true(draft_finish(draft, NULL));
	repair(doc, NULL);
	g_assert_cmpuint(doc->blocks->len, ==, 3);
	g_assert_cmpuint(document_block(doc, 1)->n_ranges, ==, 1);
	g_assert_true(document_block(doc, 2)->notes);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	structure_add_cases("repair", dump);
	g_test_add_func("/repair/keeps-bytes", test_keeps_bytes);
	g_test_add_func("/repair/long", test_long);
	g_test_add_func("/repair/notes", test_notes);
	return g_test_run();
}
