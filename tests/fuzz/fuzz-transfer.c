/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * fuzz-transfer.c - any bytes as a document that a reader sent. What is taken for one
 * keeps what the stages behind rely on, and reads the same when it is sent on.
 */
#include <stdint.h>
#include <string.h>

#include "corpus/transfer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_passage(const struct document *doc, const struct passage *p)
{
	g_autoptr(GString) text = g_string_new(NULL);

	ranges_text(doc->text, p->ranges, p->n_ranges, text);
	g_assert_true(g_utf8_validate_len(text->str, text->len, NULL));
	g_assert_cmpint(p->attribution.speaker, <, (int)doc->people->len);
	g_assert_cmpint(p->section, <, (int)doc->sections->len);
	g_assert_cmpint(p->panel, <, (int)doc->panels->len);
	for (guint i = 0; i < p->n_quotations; i++) {
		g_string_truncate(text, 0);
		ranges_text(doc->text, &p->quotations[i].range, 1, text);
		g_assert_true(g_utf8_validate_len(text->str, text->len, NULL));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autoptr(GBytes) bytes = g_bytes_new(data, size), sent = NULL;
	g_autoptr(Document) doc = transfer_get(bytes, "x.pdf", NULL), again = NULL;
	g_autoptr(GString) out = g_string_new(NULL), back = g_string_new(NULL);

	if (!doc)
		return 0;
	for (guint i = 0; i < doc->sections->len; i++)
		g_assert_cmpint(document_section(doc, i)->parent, <, (int)i);
	for (guint i = 0; i < doc->passages->len; i++)
		check_passage(doc, document_passage(doc, i));
	g_assert_true(transfer_put(out, doc, true, NULL));
	sent = g_bytes_new(out->str, out->len);
	again = transfer_get(sent, "x.pdf", NULL);
	g_assert_nonnull(again);
	g_assert_true(transfer_put(back, again, true, NULL));
	g_assert_cmpmem(back->str, back->len, out->str, out->len);
	return 0;
}
