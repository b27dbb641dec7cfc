/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * bytes.h - numbers and strings to bytes and back, for everything that is
 * stored, or goes from one process to another. Numbers are LEB128: seven bits a byte, lowest first, the high bit
 * says that more follow. A string is its length and its bytes; an optional
 * one is 0 for NULL, else its length plus one and its bytes.
 *
 * Reading keeps a sticky fault: what lies beyond the end or makes no sense
 * reads as 0 or "" from there on, and `bad` is checked once at the end.
 */
#ifndef CORPUS_BYTES_H
#define CORPUS_BYTES_H

#include <glib.h>
#include <stdbool.h>
#include <string.h>

static inline void bytes_put_number(GString *out, guint64 n)
{
	char buf[10];
	int len = 0;

	while (n >= 0x80) {
		buf[len++] = (char)(n | 0x80);
		n >>= 7;
	}
	buf[len++] = (char)n;
	g_string_append_len(out, buf, len);
}

static inline void bytes_put_string(GString *out, const char *s)
{
	gsize len = s ? strlen(s) : 0;

	bytes_put_number(out, s ? len + 1 : 0);
	g_string_append_len(out, s ? s : "", (gssize)len);
}

/* An index, -1 for none. */
static inline void bytes_put_index(GString *out, int index)
{
	bytes_put_number(out, (guint64)(index + 1));
}

static inline void bytes_put_indices(GString *out, const int *indices, guint n)
{
	bytes_put_number(out, n);
	for (guint i = 0; i < n; i++)
		bytes_put_index(out, indices[i]);
}

struct cursor {
	const guint8 *at, *end;
	bool bad;
};

static inline struct cursor cursor_over(const char *bytes, gsize len)
{
	return (struct cursor){ (const guint8 *)bytes, bytes ? (const guint8 *)bytes + len : NULL, false };
}

static inline guint64 cursor_number(struct cursor *c)
{
	guint64 n = 0;

	for (unsigned shift = 0; c->at < c->end && shift < 64; shift += 7) {
		guint8 byte = *c->at++;

		n |= (guint64)(byte & 0x7f) << shift;
		if (!(byte & 0x80))
			return n;
	}
	c->bad = true;
	return 0;
}

/* A number that must not be over max. */
static inline guint32 cursor_bounded(struct cursor *c, guint32 max)
{
	guint64 n = cursor_number(c);

	if (n > max) {
		c->bad = true;
		return 0;
	}
	return (guint32)n;
}

/* How many entries follow, of which each takes at least one byte. */
static inline guint cursor_count(struct cursor *c)
{
	return cursor_bounded(c, (guint32)MIN((gsize)(c->end - c->at), G_MAXUINT32));
}

/* An index that was stored plus one; -1 for none. */
static inline int cursor_index(struct cursor *c, guint n)
{
	return (int)cursor_bounded(c, n) - 1;
}

static inline const char *cursor_bytes(struct cursor *c, gsize len)
{
	const char *s = (const char *)c->at;

	if (len > (gsize)(c->end - c->at)) {
		c->bad = true;
		c->at = c->end;
		return NULL;
	}
	c->at += len;
	return s;
}

#endif
