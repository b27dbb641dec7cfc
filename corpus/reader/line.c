/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * line.c - lines and what their first characters announce. Looks at one line
 * at a time and at each byte a bounded number of times.
 */
#include "corpus/reader/line.h"

#include <string.h>

#include "corpus/document.h"

#define LIST_NUMBER_MAX 999	/* "2017. Then" is no list item */

/* Bytes of the white space character at s, 0 for none. */
static int space_bytes(const char *s, const char *end)
{
	const guchar *u = (const guchar *)s;

	if (s >= end)
		return 0;
	if (*u == ' ' || (*u >= '\t' && *u <= '\r'))
		return 1;
	if (end - s >= 2 && u[0] == 0xc2 && (u[1] == 0xa0 || u[1] == 0x85))
		return 2;
	if (end - s < 3)
		return 0;
	if (u[0] == 0xe2 && u[1] == 0x80 && ((u[2] >= 0x80 && u[2] <= 0x8b) ||
	    u[2] == 0xa8 || u[2] == 0xa9 || u[2] == 0xaf))
		return 3;
	if ((u[0] == 0xe3 && u[1] == 0x80 && u[2] == 0x80) ||
	    (u[0] == 0xef && u[1] == 0xbb && u[2] == 0xbf))
		return 3;
	return 0;
}

const char *space_skip(const char *s, const char *end)
{
	int n;

	while ((n = space_bytes(s, end)))
		s += n;
	return s;
}

const char *space_trim(const char *s, const char *end)
{
	while (end > s) {
		if (space_bytes(end - 1, end))
			end--;
		else if (end - s >= 2 && space_bytes(end - 2, end) == 2)
			end -= 2;
		else if (end - s >= 3 && space_bytes(end - 3, end) == 3)
			end -= 3;
		else
			break;
	}
	return end;
}

struct range space_strip(const char *text, guint32 start, guint32 end)
{
	const char *s = space_skip(text + start, text + end);
	const char *e = space_trim(s, text + end);

	return (struct range){ (guint32)(s - text), (guint32)(e - text) };
}

void line_read(const char *text, guint32 len, guint32 at, struct line *line)
{
	guint32 end = at;
	struct range stripped;

	while (end < len && text[end] != '\n' && text[end] != '\r' && text[end] != '\f')
		end++;
	line->start = at;
	line->page_break = end < len && text[end] == '\f';
	line->next = MIN(end + 1, len);
	if (end + 1 < len && text[end] == '\r' && text[end + 1] == '\n')
		line->next++;
	stripped = space_strip(text, at, end);
	line->text = stripped.start;
	line->end = stripped.end;
	line->indent = 0;
	for (guint32 i = at; i < stripped.start; i++)
		line->indent += text[i] == '\t' ? 4 - line->indent % 4 : ((guchar)text[i] & 0xc0) != 0x80;
}

static const char *const bullets[] = {
	"-", "*", "+", "–", "•", "◦", "▪", "▫", "■", "□", "●", "○", "‣", "⁃", "·", "►", "➢", "✓", "\xef\x82\xb7", "\xef\x82\xa7",
};

static const char *bullet_end(const char *s, const char *end, bool *plain)
{
	for (gsize i = 0; i < G_N_ELEMENTS(bullets); i++) {
		gsize n = strlen(bullets[i]);

		if ((gsize)(end - s) >= n && !memcmp(s, bullets[i], n)) {
			*plain = i < 4;
			return s + n;
		}
	}
	return NULL;
}

/* "a", "iv": what may stand before ")" beside a number. */
static const char *letters_end(const char *s, const char *end)
{
	const char *p = s;

	while (p < end && p - s < 6 && strchr("ivxIVX", *p))
		p++;
	if (p > s)
		return p;
	return s < end && g_ascii_isalpha(*s) ? s + 1 : NULL;
}

/* "1.", "1)", "(1)", "(a)", "a)", "(iv)". */
static const char *ordinal_end(const char *s, const char *end, int *number)
{
	bool open = s < end && *s == '(';
	const char *p = s + open, *digits = p;

	*number = 0;
	while (p < end && p - digits < 4 && g_ascii_isdigit(*p))
		*number = *number * 10 + (*p++ - '0');
	if (p == digits && !(p = letters_end(p, end)))
		return NULL;
	if (p >= end || *number > LIST_NUMBER_MAX)
		return NULL;
	if (*p == ')' || (*p == '.' && !open && *number > 0))
		return p + 1;
	return NULL;
}

/* "12. October 2017": a day, not a number of a list. */
static bool is_date(const char *s, const char *end)
{
	while (s < end && !g_ascii_isspace(*s))
		s++;
	s = space_skip(s, end);
	if (end - s < 4)
		return false;
	for (int i = 0; i < 4; i++)
		if (!g_ascii_isdigit(s[i]))
			return false;
	return end - s == 4 || !g_ascii_isdigit(s[4]);
}

bool line_marker(const char *text, const struct line *line, struct marker *marker)
{
	const char *s = text + line->text, *end = text + line->end, *after;

	marker->number = 0;
	marker->plain = false;
	after = bullet_end(s, end, &marker->plain);
	if (!after)
		after = ordinal_end(s, end, &marker->number);
	if (!after)
		return false;
	marker->start = s;
	marker->end = after;
	marker->text = space_skip(after, end);
	if (marker->text == after)	/* "-5", "1.2"; a marker alone is none in running text */
		return after == end && !marker->plain && !marker->number;
	return !(marker->number && is_date(marker->text, end));
}

char line_rule(const char *text, const struct line *line)
{
	const char *s = text + line->text, *end = text + line->end;
	guint n = 0;
	char c;

	if (s >= end || !strchr("-=_*~", *s))
		return 0;
	c = *s;
	for (; s < end; s++) {
		if (*s == c)
			n++;
		else if (*s != ' ' && *s != '\t')
			return 0;
	}
	return n >= 3 ? c : 0;
}

int line_atx(const char *text, const struct line *line, struct range *title)
{
	const char *s = text + line->text, *end = text + line->end, *p = s, *e;

	while (p < end && *p == '#')
		p++;
	if (p == s || p - s > 6 || p == end || space_skip(p, end) == p)
		return 0;
	for (e = end; e > p && e[-1] == '#'; e--)
		;
	if (e > p && space_trim(p, e) == e)	/* "C#" keeps its mark */
		e = end;
	*title = space_strip(text, (guint32)(p - text), (guint32)(e - text));
	return (int)(p - s);
}

bool line_table_rule(const char *text, const struct line *line)
{
	bool bar = false, dash = false;

	for (guint32 i = line->text; i < line->end; i++) {
		if (text[i] == '|')
			bar = true;
		else if (text[i] == '-')
			dash = true;
		else if (text[i] != ':' && text[i] != ' ' && text[i] != '\t')
			return false;
	}
	return bar && dash;
}

guint line_fence(const char *text, const struct line *line)
{
	const char *s = text + line->text, *end = text + line->end, *p = s;

	if (s >= end || (*s != '`' && *s != '~'))
		return 0;
	while (p < end && *p == *s)
		p++;
	if (p - s < 3)
		return 0;
	for (const char *info = space_skip(p, end); info < end; info++)	/* at most a word: the language */
		if (g_ascii_isspace(*info) || *info == *s)
			return 0;
	return (guint)(p - s);
}

/* The last byte of the line that is not a closing quotation mark or bracket. */
static char last_mark(const char *text, const struct line *line)
{
	static const char *const closing[] = { "”", "’", "»", "“", "\"", "'", ")", "]", "*", "_" };
	const char *s = text + line->text, *end = text + line->end;

	for (guint round = 0; round < 8 && end > s; round++) {
		gsize i, n = 0;

		for (i = 0; i < G_N_ELEMENTS(closing); i++) {
			n = strlen(closing[i]);
			if ((gsize)(end - s) >= n && !memcmp(end - n, closing[i], n))
				break;
		}
		if (i == G_N_ELEMENTS(closing))
			return end[-1];
		end -= n;
	}
	return 0;
}

bool line_ends_clause(const char *text, const struct line *line)
{
	char c = last_mark(text, line);

	return c && strchr(".!?:;", c);
}

bool line_ends_sentence(const char *text, const struct line *line)
{
	char c = last_mark(text, line);

	return c && strchr(".!?", c);
}

bool line_begins_lower(const char *text, const struct line *line)
{
	const char *s = text + line->text;
	gunichar c;

	if (line_is_blank(line))
		return false;
	c = g_utf8_get_char_validated(s, (gssize)(line->end - line->text));
	return c < 0x110000 && g_unichar_islower(c);
}
