/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * fuzz-reader.c - any bytes through decoding, format, front matter and blocks;
 * what comes out must lie in the text and nowhere twice.
 */
#include <stdint.h>
#include <string.h>

#include "corpus/reader/decode.h"
#include "corpus/language.h"
#include "corpus/reader/reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct document *doc)
{
	g_autofree char *covered = g_malloc0(doc->text_bytes + 1);
	g_autoptr(GString) words = g_string_new(NULL);

	for (guint i = 0; i < doc->blocks->len; i++) {
		const struct block *block = document_block(doc, i);

		g_assert_cmpuint(block->n_ranges, >, 0);
		for (guint k = 0; k < block->n_ranges; k++) {
			struct range r = block->ranges[k];

			g_assert_true(r.start < r.end && r.end <= doc->text_bytes);
			g_assert_true(!k || block->ranges[k - 1].end <= r.start);
			g_assert_null(memchr(covered + r.start, 1, r.end - r.start));
			memset(covered + r.start, 1, r.end - r.start);
			g_assert_true(g_utf8_validate_len(doc->text + r.start, r.end - r.start, NULL));
		}
		g_string_truncate(words, 0);
		ranges_text(doc->text, block->ranges, block->n_ranges, words);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autoptr(GBytes) bytes = g_bytes_new(data, size);
	g_autoptr(GBytes) text = decode("input", bytes, NULL, NULL);
	gsize len;
	const char *s;

	if (!text)
		return 0;
	s = g_bytes_get_data(text, &len);
	reader_format("input", s ? s : "", len);
	for (int format = FORMAT_TEXT; format <= FORMAT_MARKDOWN; format++) {
		g_autoptr(Document) doc = document_new();

		reader_read_text(doc, text, format);
		check(doc);
	}
	if (len)
		language_detect(s, len);
	return 0;
}
