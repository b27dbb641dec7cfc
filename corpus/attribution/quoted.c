/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * quoted.c - words between quotation marks, in the marks of several languages.
 */
#include "corpus/attribution/quoted.h"

#include <string.h>

#include "corpus/words.h"

#define BYTES_MAX 3000	/* of a quotation: a mark that is closed later is not closed */

struct mark {
	const char *open, *close, *other;	/* other: another close, or NULL */
};

static const struct mark marks[QUOTED_MARKS] = {
	{ "\xE2\x80\x9C", "\xE2\x80\x9D", "\"" },		/* “ ” */
	{ "\xE2\x80\x9E", "\xE2\x80\x9C", "\xE2\x80\x9D" },	/* „ “, „ ” */
	{ "\xC2\xAB", "\xC2\xBB", NULL },			/* « » */
	{ "\xC2\xBB", "\xC2\xAB", NULL },			/* » « */
	{ "\xE2\x80\x98", "\xE2\x80\x99", NULL },		/* ‘ ’ */
	{ "\"", "\"", "\xE2\x80\x9D" },
};

static guint32 begins(const char *s, guint32 pos, guint32 len, const char *mark)
{
	guint32 bytes = mark == NULL ? 0 : (guint32)strlen(mark);
	return bytes > 0 && pos + bytes <= len && memcmp(s + pos, mark, bytes) == 0 ? bytes : 0;
}

static bool is_letter_at(const char *s, guint32 pos, guint32 len)
{
	gunichar u = pos < len ? g_utf8_get_char_validated(s + pos, len - pos) : 0;
	return u != (gunichar)-1 && u != (gunichar)-2 && g_unichar_isalnum(u);
}

static bool may_open(const char *s, guint32 pos)
{
	return pos == 0 || g_ascii_isspace(s[pos - 1]) || strchr("([-:;,", s[pos - 1]) != NULL ||
	       (guchar)s[pos - 1] >= 0x80;
}

/* The first byte of any mark. */
static bool may_be_mark(char c)
{
	return c == '"' || (guchar)c == 0xE2 || (guchar)c == 0xC2;
}

/* Where the mark is closed, before stop; stop where it is not. */
static guint32 find_close(const struct mark *mark, const char *s, guint32 at, guint32 stop, guint32 len, guint32 *bytes)
{
	for (; at < stop; at++) {
		if (!may_be_mark(s[at]))
			continue;
		*bytes = begins(s, at, len, mark->close);
		if (*bytes == 0)
			*bytes = begins(s, at, len, mark->other);
		/* an apostrophe inside a word closes nothing */
		if (*bytes > 0 && !is_letter_at(s, at + *bytes, len))
			return at;
	}
	return stop;
}

/* unclosed: of each mark, up to where it is known not to be closed from here on; or NULL. */
static bool read_quoted(const char *s, guint32 pos, guint32 len, guint32 *unclosed, struct quoted *quoted)
{
	if (!may_be_mark(s[pos]))
		return false;
	for (guint i = 0; i < G_N_ELEMENTS(marks); i++) {
		guint32 bytes = begins(s, pos, len, marks[i].open), close = 0;
		if (bytes == 0 || !may_open(s, pos))
			continue;
		guint32 stop = len - pos > BYTES_MAX ? pos + BYTES_MAX : len, from = pos + bytes;
		if (unclosed != NULL)
			from = MAX(from, unclosed[i]);
		guint32 at = find_close(&marks[i], s, from, stop, len, &close);
		if (at >= stop) {
			if (unclosed != NULL)
				unclosed[i] = stop;
			return false;
		}
		struct range inside = text_trim(s, (struct range){ pos + bytes, at });
		*quoted = (struct quoted){ pos, inside.start, inside.end, at + close };
		return inside.end > inside.start;
	}
	return false;
}

bool quoted_at(const char *s, guint32 pos, guint32 len, struct quoted *quoted)
{
	return read_quoted(s, pos, len, NULL, quoted);
}

void quoted_begin(struct quoted_walk *walk, const char *s, guint32 len)
{
	*walk = (struct quoted_walk){ .s = s, .len = len };
}

bool quoted_next(struct quoted_walk *walk, struct quoted *quoted)
{
	for (; walk->pos < walk->len; walk->pos++) {
		if (!may_be_mark(walk->s[walk->pos]) || !read_quoted(walk->s, walk->pos, walk->len, walk->unclosed, quoted))
			continue;
		walk->pos = quoted->behind;
		return true;
	}
	return false;
}

void quoted_blank(const char *s, guint32 len, GString *out)
{
	struct quoted_walk walk;
	struct quoted quoted;
	g_string_truncate(out, 0);
	g_string_append_len(out, s, len);
	for (quoted_begin(&walk, s, len); quoted_next(&walk, &quoted);)
		memset(out->str + quoted.open, ' ', quoted.behind - quoted.open);
}
