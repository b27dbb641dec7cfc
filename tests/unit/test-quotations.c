/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test-quotations.c - words in quotation marks inside a passage, and who said
 * them: worked examples in tests/cases/quotations/, one line a quotation.
 */
#include "tests/unit/structure.h"

#include "corpus/attribution/quotations.h"

static char *dump(const char *input, bool markdown, const char *name)
{
	(void)name;
	g_autoptr(Document) doc = structure_read(input, -1, markdown, STAGE_PASSAGES, false);
	GString *out = g_string_new(NULL);
	quotations(doc);
	for (guint i = 0; i < doc->passages->len; i++) {
		const struct passage *p = document_passage(doc, i);
		for (guint k = 0; k < p->n_quotations; k++) {
			const struct quotation *q = &p->quotations[k];
			const struct attribution *a = &q->attribution;
			g_assert_cmpuint(q->range.start, <, q->range.end);
			g_assert_cmpuint(q->range.end, <=, doc->text_bytes);
			g_assert_cmpint(a->speaker, <, (int)doc->people->len);
			g_autofree char *words = structure_words(doc, &q->range, 1);
			g_string_append_printf(out, "%s: %s\n",
			                       a->speaker >= 0 ? document_person(doc, a->speaker)->name : "nobody", words);
		}
	}
	structure_check(doc);
	return g_string_free(out, false);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	structure_add_cases("quotations", dump);
	return g_test_run();
}
