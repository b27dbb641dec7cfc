/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * fuzz-tei.c - any bytes as TEI: what is read has blocks in the text, and turns, whose
 * people and labels exist, in their order.
 */
#include <stdint.h>

#include "corpus/attribution/stated.h"
#include "corpus/passages.h"
#include "corpus/reader/formats.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(struct document *doc)
{
	guint from = 0;

	for (guint i = 0; i < doc->blocks->len; i++) {
		const struct block *block = document_block(doc, i);

		g_assert_cmpuint(block->n_ranges, >, 0);
		for (guint k = 0; k < block->n_ranges; k++)
			g_assert_true(block->ranges[k].start < block->ranges[k].end && block->ranges[k].end <= doc->text_bytes);
	}
	for (guint i = 0; doc->turns && i < doc->turns->len; i++) {
		const struct stated_turn *turn = &g_array_index(doc->turns, struct stated_turn, i);

		g_assert_true(turn->first >= from && turn->first < turn->end && turn->end <= doc->blocks->len);
		g_assert_cmpuint(turn->begins, <=, turn->first);
		g_assert_cmpint(turn->speaker, <, (int)doc->people->len);
		g_assert_cmpint(turn->label, <, (int)turn->first);
		from = turn->end;
	}
	if (doc->turns) {
		attribution_stated(doc);
		passages(doc);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autoptr(GBytes) bytes = g_bytes_new(data, size);
	g_autoptr(GPtrArray) documents = g_ptr_array_new_with_free_func((GDestroyNotify)document_free);

	if (tei_documents("input", bytes, documents, NULL))
		for (guint i = 0; i < documents->len; i++)
			check(g_ptr_array_index(documents, i));
	return 0;
}
