/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * chars.h - walking a text character by character, whatever its bytes are:
 * what is no character is walked over and reads as U+FFFD.
 */
#ifndef SEARCHER_CHARS_H
#define SEARCHER_CHARS_H

#include <glib.h>
#include <stdbool.h>
#include <string.h>

struct chars {
	const char *text;
	gsize len;
};

static inline bool chars_is_start(const struct chars *in, gsize at)
{
	return at >= in->len || ((guchar)in->text[at] & 0xc0) != 0x80;
}

static inline gsize chars_next(const struct chars *in, gsize at)
{
	do
		at++;
	while (at < in->len && !chars_is_start(in, at));
	return MIN(at, in->len);
}

static inline gsize chars_previous(const struct chars *in, gsize at)
{
	do
		at--;
	while (at > 0 && !chars_is_start(in, at));
	return at;
}

/* U+FFFD for what is no character; 0 at the end. */
static inline gunichar chars_at(const struct chars *in, gsize at)
{
	gunichar c;

	if (at >= in->len)
		return 0;
	if ((guchar)in->text[at] < 0x80)
		return (guchar)in->text[at];
	c = g_utf8_get_char_validated(in->text + at, (gssize)(in->len - at));
	return c >= (gunichar)-2 ? 0xFFFD : c;
}

static inline guint32 chars_count(const char *s, gsize n)
{
	gsize i = 0, inner = 0;	/* bytes inside a character: 10xxxxxx */

	for (; i + 8 <= n; i += 8) {
		guint64 eight;
		memcpy(&eight, s + i, 8);
		eight = (eight >> 7) & (~eight >> 6) & 0x0101010101010101u;
		inner += (gsize)(eight * 0x0101010101010101u >> 56);	/* the sum of the eight */
	}
	for (; i < n; i++)
		inner += ((guchar)s[i] & 0xc0) == 0x80;
	return (guint32)(n - inner);
}

static inline bool char_is_blank(gunichar c)
{
	return c < 0x80 ? g_ascii_isspace((char)c) : g_unichar_isspace(c);
}

/* Belongs to the character before it. */
static inline bool char_clings(gunichar c)
{
	return c >= 0x300 && (g_unichar_ismark(c) || c == 0x200D);
}

/* Past white space, and past marks that cling to it. */
static inline gsize chars_skip_blanks(const struct chars *in, gsize at)
{
	gsize start = at;

	while (at < in->len) {
		gunichar c = chars_at(in, at);
		if (!char_is_blank(c) && !(at > start && char_clings(c)))
			break;
		at = chars_next(in, at);
	}
	return at;
}

static inline gsize chars_skip_blanks_back(const struct chars *in, gsize from, gsize at)
{
	while (at > from) {
		gsize before = chars_previous(in, at);
		if (!char_is_blank(chars_at(in, before)))
			break;
		at = before;
	}
	return at;
}

#endif
