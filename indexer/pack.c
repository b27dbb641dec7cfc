/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * pack.c - the bytes of a block, shorter: their number, then raw deflate, or the bytes
 * themselves where that does not shorten them.
 */
#include "indexer/pack.h"

#include <string.h>
#include <zlib.h>

#include "corpus/bytes.h"
#include "corpus/error.h"

static void end_deflate(gpointer z)
{
	deflateEnd(z);
	g_free(z);
}

static void end_inflate(gpointer z)
{
	inflateEnd(z);
	g_free(z);
}

/* Streams are kept for the thread: setting one up costs more than a block. */
static GPrivate deflate_stream = G_PRIVATE_INIT(end_deflate);
static GPrivate inflate_stream = G_PRIVATE_INIT(end_inflate);

static z_stream *get_deflate(void)
{
	z_stream *z = g_private_get(&deflate_stream);

	if (z)
		return deflateReset(z) == Z_OK ? z : NULL;
	z = g_new0(z_stream, 1);
	if (deflateInit2(z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) == Z_OK)
		g_private_set(&deflate_stream, z);
	else
		g_clear_pointer(&z, g_free);
	return z;
}

static z_stream *get_inflate(void)
{
	z_stream *z = g_private_get(&inflate_stream);

	if (z)
		return inflateReset(z) == Z_OK ? z : NULL;
	z = g_new0(z_stream, 1);
	if (inflateInit2(z, -MAX_WBITS) == Z_OK)
		g_private_set(&inflate_stream, z);
	else
		g_clear_pointer(&z, g_free);
	return z;
}

static bool deflate_raw(const char *bytes, gsize len, char *out, gsize room, gsize *written)
{
	z_stream *z = get_deflate();

	if (!z)
		return false;
	z->next_in = (Bytef *)bytes;
	z->avail_in = (uInt)len;
	z->next_out = (Bytef *)out;
	z->avail_out = (uInt)room;
	if (deflate(z, Z_FINISH) != Z_STREAM_END)
		return false;
	*written = z->total_out;
	return true;
}

void pack_deflate(const char *bytes, gsize len, GString *out)
{
	gsize head, written;

	g_string_truncate(out, 0);
	bytes_put_number(out, len);
	head = out->len;
	g_string_set_size(out, head + len);
	if (len && deflate_raw(bytes, len, out->str + head, len - 1, &written)) {
		g_string_truncate(out, head + written);
		return;
	}
	memcpy(out->str + head, bytes, len);	/* it does not get shorter */
}

static bool inflate_raw(const struct cursor *c, gsize len, GString *out)
{
	z_stream *z = get_inflate();

	if (!z)
		return false;
	z->next_in = (Bytef *)c->at;
	z->avail_in = (uInt)(c->end - c->at);
	z->next_out = (Bytef *)out->str;
	z->avail_out = (uInt)len;
	return inflate(z, Z_FINISH) == Z_STREAM_END && z->avail_out == 0;
}

static bool corrupt(GError **error)
{
	g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_CORRUPT, "the index holds a damaged packed record");
	return false;
}

bool pack_inflate(const char *bytes, gsize len, GString *out, GError **error)
{
	struct cursor c = cursor_over(bytes, len);
	guint32 raw = cursor_bounded(&c, PACK_MAX_BYTES);
	gsize rest = (gsize)(c.end - c.at);

	/* deflate shrinks at most about a thousandfold: do not trust a length beyond that */
	if (c.bad || rest > raw || raw > rest * 1100 + 64)
		return corrupt(error);
	g_string_set_size(out, raw);
	if (rest == raw)
		memcpy(out->str, c.at, raw);
	else if (!inflate_raw(&c, raw, out))
		return corrupt(error);
	return true;
}

const char *pack_slot(const char *block, gsize block_len, guint32 slot, gsize *len)
{
	struct cursor c = cursor_over(block, block_len);

	while (c.at < c.end) {
		const char *record;

		*len = cursor_bounded(&c, G_MAXUINT32);
		record = cursor_bytes(&c, *len);
		if (c.bad)
			return NULL;
		if (slot-- == 0)
			return record;
	}
	return NULL;
}
