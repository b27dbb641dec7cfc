/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test-outline.c - headings, zones, panels, types: worked examples in
 * tests/cases/outline/, and the numbers of panels.
 */
#include "tests/unit/structure.h"

static char *dump(const char *input, bool markdown, const char *name)
{
	(void)name;
	g_autoptr(Document) doc = structure_read(input, -1, markdown, STAGE_OUTLINE, false);
	GString *out = g_string_new(NULL);
	g_string_append_printf(out, "%s \"%s\" %s..%s %s\n", type_name(doc->type), doc->title,
	                       doc->date ? doc->date : "", doc->date_end ? doc->date_end : "",
	                       doc->event ? doc->event : "");
	for (guint i = 0; i < doc->panels->len; i++)
		g_string_append_printf(out, "panel %s | %s\n", document_panel(doc, i)->label,
		                       document_panel(doc, i)->title ? document_panel(doc, i)->title : "");
	for (guint i = 0; i < doc->sections->len; i++) {
		const struct section *section = document_section(doc, i);
		g_assert_cmpint(section->parent, <, (int)i);
		g_string_append_printf(out, "section %u of %d: %s\n", i, section->parent, section->title);
	}
	for (guint i = 0; i < doc->blocks->len; i++)
		structure_dump_block(doc, document_block(doc, i), out);
	return g_string_free(out, false);
}

static void test_numbers(void)
{
	static const struct { const char *word; guint number; } cases[] = {
		{ "I", 1 }, { "IV", 4 }, { "IX", 9 }, { "12", 12 }, { "two", 2 }, { "drei", 3 },
		{ "A", 100 }, { "discussion", 0 }, { "", 0 }, { "12345", 0 },
	};
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++)
		g_assert_cmpuint(panel_number(cases[i].word, strlen(cases[i].word)), ==, cases[i].number);
}

static void test_labels(void)
{
	static const struct { const char *line; guint32 label; guint number; } cases[] = {
		{ "Panel II: Tides", 8, 2 }, { "PANEL 3", 7, 3 }, { "Session two - Boats", 11, 2 },
		{ "Working Group 4", 15, 4 }, { "Panellists agreed", 0, 0 }, { "Séance 2", 9, 2 },
		{ "Round table: boats", 11, 0 }, { "Arbeitsgruppe 1 Meer", 15, 1 }, { "", 0, 0 },
	};
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		guint number;
		g_assert_cmpuint(panel_label(cases[i].line, (guint32)strlen(cases[i].line), &number), ==,
		                 cases[i].label);
		g_assert_cmpuint(number, ==, cases[i].number);
	}
}

/* A slide without a title is not of the section of the slide before it. */
static void test_untitled_slide(void)
{
	static const char deck[] = "# Ropes\n\nAda Quill\n\n---\n\n## Hemp\n\n- strong\n- short\n\n---\n\n- a boat\n- a second boat\n\n"
		"---\n\n## Steel\n\n- heavy\n- dear\n\n---\n\n## Thank you\n";
	static const char *const sections[] = { "Ropes", "Hemp", "Hemp", "Ropes", "Ropes", "Steel", "Steel" };
	g_autoptr(Document) doc = structure_read(deck, -1, true, STAGE_OUTLINE, false);
	guint n = 0;

	g_assert_cmpint(doc->type, ==, TYPE_SLIDES);
	for (guint i = 0; i < doc->blocks->len; i++) {
		const struct block *block = document_block(doc, i);
		if (block->kind != BLOCK_LIST_ITEM && block->kind != BLOCK_PARAGRAPH)
			continue;
		g_assert_cmpuint(n, <, G_N_ELEMENTS(sections));
		g_assert_cmpint(block->section, >=, 0);
		g_assert_cmpstr(document_section(doc, (guint)block->section)->title, ==, sections[n++]);
	}
	g_assert_cmpuint(n, ==, G_N_ELEMENTS(sections));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	structure_add_cases("outline", dump);
	g_test_add_func("/outline/panel-number", test_numbers);
	g_test_add_func("/outline/panel-label", test_labels);
	g_test_add_func("/outline/untitled-slide", test_untitled_slide);
	return g_test_run();
}
