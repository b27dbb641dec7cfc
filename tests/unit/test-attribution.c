/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test-attribution.c - who said it: worked examples in tests/cases/attribution/,
 * and for each of them the properties of every document, with names and under
 * the policy "none".
 */
#include "tests/unit/structure.h"

static char *dump(const char *input, bool markdown, const char *name)
{
	(void)name;
	g_autoptr(Document) doc = structure_read(input, -1, markdown, STAGE_PASSAGES, false);
	g_autoptr(Document) none = structure_read(input, -1, markdown, STAGE_PASSAGES, true);
	GString *out = g_string_new(NULL);
	g_string_append_printf(out, "%s\n", type_name(doc->type));
	for (guint i = 0; i < doc->passages->len; i++)
		structure_dump_passage(doc, document_passage(doc, i), out);
	structure_check(doc);
	structure_check_panels(doc);
	structure_check(none);
	for (guint i = 0; i < none->passages->len; i++)
		g_assert_cmpint(document_passage(none, i)->attribution.speaker, ==, -1);
	return g_string_free(out, false);
}

/* Random documents of lines that mean something to some stage. */
static void test_properties(void)
{
	static const char *const lines[] = {
		"Panel I: Tides", "Panel II", "CONCLUSIONS", "Introduction", "References", "AGENDA", "Speakers",
		"Ada Quill | Minister, Ministry of Tides, Norway", "Bo Tarn | Director, Harbour House",
		"Ada Quill, Minister of Tides, recalled that boats need harbours and that harbours need care.",
		"The tide comes in twice each day, and those who live by it know this better than others do.",
		"In her answer Ms. Quill stressed the point. Bo Tarn, Director of Harbour House, disagreed with it.",
		"Panellists agreed that the sea is deep.", "We must look after the sea.",
		"Ada Quill Minister, Ministry of Tides, Norway", "AQ: We think so too, and we said so before.",
		"BT: I do not.", "President. – The debate is open.", "**House | Ada Quill | Chair**",
		"Quill, A. (2017). On tides. Harbour Press.", "- one thing", "- another thing", "\f", "1.",
		"and it went on in small letters until it ended.", "It broke off in the",
		"Moderator: Mr. Cas Winter, Editor", "Q - What of the boats?", "A - They are well.",
	};
	g_autoptr(GRand) rand = g_rand_new_with_seed(11);
	for (int round = 0; round < 1500; round++) {
		g_autoptr(GString) text = g_string_new(NULL);
		for (int n = g_rand_int_range(rand, 1, 50); n > 0; n--)
			g_string_append_printf(text, "%s\n%s", lines[g_rand_int_range(rand, 0, G_N_ELEMENTS(lines))],
			                       g_rand_int_range(rand, 0, 5) ? "\n" : "\n\n\n");
		for (int nameless = 0; nameless < 2; nameless++) {
			g_autoptr(Document) doc =
				structure_read(text->str, -1, round % 2, STAGE_PASSAGES, nameless);
			structure_check(doc);
			structure_check_panels(doc);
		}
	}
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	structure_add_cases("attribution", dump);
	g_test_add_func("/attribution/properties", test_properties);
	return g_test_run();
}
