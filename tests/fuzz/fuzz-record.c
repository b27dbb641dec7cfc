/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * fuzz-record.c - any bytes as a stored record: the first byte says which. What
 * reads as a record is written again, and reads the same.
 */
#include <stdint.h>
#include <string.h>

#include "indexer/pack.h"
#include "indexer/record.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void as_source(const char *bytes, gsize len)
{
	g_autoptr(SourceRecord) source = record_get_source(bytes, len, NULL), again = NULL;
	g_autoptr(GString) written = g_string_new(NULL);

	if (!source)
		return;
	record_put_source(written, source);
	again = record_get_source(written->str, written->len, NULL);
	g_assert_nonnull(again);
	g_assert_cmpstr(again->path, ==, source->path);
	g_assert_cmpuint(again->text_bytes, ==, source->text_bytes);
}

static void as_document(const char *bytes, gsize len)
{
	guint64 base, base_again;
	g_autoptr(Document) doc = record_get_document(bytes, len, &base, NULL), again = NULL;
	g_autoptr(GString) written = g_string_new(NULL);

	if (!doc)
		return;
	for (guint i = 0; i < doc->sections->len; i++)
		g_assert_cmpint(document_section(doc, i)->parent, <, (int)i);
	record_put_document(written, doc, base);
	again = record_get_document(written->str, written->len, &base_again, NULL);
	g_assert_nonnull(again);
	g_assert_cmpuint(base_again, ==, base);
	g_assert_cmpuint(again->people->len, ==, doc->people->len);
	g_assert_cmpuint(again->sections->len, ==, doc->sections->len);
}

static void as_passage(const char *bytes, gsize len)
{
	struct arena *arena = arena_new();
	struct passage_record record, again;
	g_autoptr(GString) written = g_string_new(NULL);

	if (record_get_passage(bytes, len, arena, &record, NULL)) {
		record_put_passage(written, &record);
		g_assert_true(record_get_passage(written->str, written->len, arena, &again, NULL));
		g_assert_cmpuint(again.passage.n_ranges, ==, record.passage.n_ranges);
		g_assert_cmpmem(again.passage.ranges, again.passage.n_ranges * sizeof *again.passage.ranges,
		                record.passage.ranges, record.passage.n_ranges * sizeof *record.passage.ranges);
	}
	arena_free(arena);
}

static void as_block(const char *bytes, gsize len)
{
	g_autoptr(GString) raw = g_string_new(NULL), packed = g_string_new(NULL), again = g_string_new(NULL);

	if (!pack_inflate(bytes, len, raw, NULL))
		return;
	pack_deflate(raw->str, raw->len, packed);
	g_assert_true(pack_inflate(packed->str, packed->len, again, NULL));
	g_assert_cmpmem(again->str, again->len, raw->str, raw->len);
}

static void as_slots(const char *bytes, gsize len)
{
	gsize slot_len;
	const char *at;

	for (guint32 slot = 0; slot < 64 && (at = pack_slot(bytes, len, slot, &slot_len)); slot++) {
		g_assert_true(at >= bytes);
		g_assert_cmpuint((gsize)(at - bytes) + slot_len, <=, len);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static void (*const readers[])(const char *, gsize) = { as_source, as_document, as_passage, as_block, as_slots };

	if (size)
		readers[data[0] % G_N_ELEMENTS(readers)]((const char *)data + 1, size - 1);
	return 0;
}
