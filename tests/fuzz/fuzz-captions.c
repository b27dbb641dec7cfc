/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * fuzz-captions.c - any bytes as captions: blocks lie in the text in their order,
 * and the times of its places ascend by place.
 */
#include <stdint.h>

#include "corpus/reader/captions/captions.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct document *doc)
{
	guint32 from = 0;

	g_assert_true(g_utf8_validate_len(doc->text, doc->text_bytes, NULL));
	for (guint i = 0; i < doc->blocks->len; i++) {
		const struct block *block = document_block(doc, i);

		g_assert_true(block->kind == BLOCK_LABEL || block->kind == BLOCK_PARAGRAPH);
		g_assert_true(block->timed);
		g_assert_cmpuint(block->n_ranges, ==, 1);
		g_assert_true(block->ranges->start >= from && block->ranges->start < block->ranges->end);
		from = block->ranges->end;
	}
	g_assert_cmpuint(from, <=, doc->text_bytes);
	for (guint i = 1; doc->times && i < doc->times->len; i++)
		g_assert_cmpuint(g_array_index(doc->times, struct time_mark, i).offset, >,
		                 g_array_index(doc->times, struct time_mark, i - 1).offset);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autoptr(GBytes) bytes = g_bytes_new(data, size);
	g_autoptr(Document) doc = document_new();

	captions_begin((const char *)data, size);
	if (captions_read(doc, bytes, NULL, NULL))
		check(doc);
	return 0;
}
