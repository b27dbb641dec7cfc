/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test-anonymity.c - what is held under the Chatham House Rule: worked examples
 * in tests/cases/anonymity/, each with its text as it is stored, and what holds
 * for all of them.
 */
#include "tests/unit/structure.h"

#include "corpus/attribution/quotations.h"

/* Whoever speaks in a covered part is not told, neither of passages nor of the
 * quotations inside them. */
static void check(const struct document *doc)
{
	for (guint i = 0; i < doc->passages->len; i++) {
		const struct passage *p = document_passage(doc, i);
		if (!p->nameless)
			continue;
		g_assert_cmpint(p->attribution.speaker, ==, -1);
		for (guint k = 0; k < p->n_quotations; k++)
			g_assert_cmpint(p->quotations[k].attribution.speaker, ==, -1);
	}
	for (guint i = 0; i < doc->panels->len; i++) {
		g_assert_true(!document_panel(doc, i)->nameless || document_panel(doc, i)->moderator == -1);
		g_assert_true(!document_panel(doc, i)->nameless || document_panel(doc, i)->n_listed == 0);
	}
}

static char *dump(const char *input, bool markdown, const char *name)
{
	(void)name;
	g_autoptr(Document) doc = structure_read(input, -1, markdown, STAGE_PASSAGES, false);
	GString *out = g_string_new(NULL);
	quotations(doc);
	check(doc);
	structure_dump_people(doc, out);
	for (guint i = 0; i < doc->passages->len; i++) {
		const struct passage *p = document_passage(doc, i);
		g_string_append(out, p->nameless ? "nameless " : "");
		structure_dump_passage(doc, p, out);
		for (guint k = 0; k < p->n_quotations; k++) {
			int speaker = p->quotations[k].attribution.speaker;
			g_string_append_printf(out, "\tquotation by %s\n", speaker >= 0 ? document_person(doc, speaker)->name : "nobody");
		}
	}
	g_string_append_printf(out, "\n%.*s", (int)doc->text_bytes, doc->text);
	return g_string_free(out, false);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	structure_add_cases("anonymity", dump);
	return g_test_run();
}
