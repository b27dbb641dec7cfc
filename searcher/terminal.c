/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * terminal.c - colour, display width and line breaks; see terminal.h.
 */
#include "searcher/terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <uniwidth.h>

#define WIDTH_PIPED 80
#define WIDTH_MIN 40
#define WIDTH_MAX 100		/* longer lines are hard to read */

/* --- what the terminal is ------------------------------------------------------ */

static bool wants_colour(enum colour colour, int fd)
{
	const char *no_color = g_getenv("NO_COLOR"), *term = g_getenv("TERM");

	if (colour == COLOUR_NEVER || (no_color && *no_color))	/* whoever sets it means all programs, and all their options */
		return false;
	return colour == COLOUR_ALWAYS || (isatty(fd) && term && strcmp(term, "dumb") != 0);
}

static unsigned columns_of(int fd)
{
	const char *columns = g_getenv("COLUMNS");
	struct winsize size;

	if (columns && atoi(columns) > 0)
		return (unsigned)atoi(columns);
	if (isatty(fd) && ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return size.ws_col;
	return WIDTH_PIPED;
}

void terminal_init(struct terminal *terminal, enum colour colour, int fd)
{
	terminal->colour = wants_colour(colour, fd);
	terminal->width = CLAMP(columns_of(fd), WIDTH_MIN, WIDTH_MAX);
}

/* --- cleaning -------------------------------------------------------------------- */

static bool turns_direction(gunichar c)
{
	return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
	       (c >= 0x2066 && c <= 0x2069);
}

static void append_clean(gunichar c, GString *out)
{
	if (g_unichar_isspace(c) || g_unichar_iscntrl(c)) {
		if (out->len > 0 && out->str[out->len - 1] != ' ')
			g_string_append_c(out, ' ');
		return;
	}
	g_string_append_unichar(out, turns_direction(c) ? 0xFFFD : c);
}

void terminal_clean(const char *text, gssize len, GString *out)
{
	const char *end = text + (len < 0 ? strlen(text) : (gsize)len);

	while (text < end) {
		gunichar c = g_utf8_get_char_validated(text, end - text);

		if (c >= (gunichar)-2) {
			g_string_append_unichar(out, 0xFFFD);
			text++;
			continue;
		}
		if (c == 0xAD)		/* a soft hyphen is seen at line ends only */
			;
		else
			append_clean(c, out);
		text = g_utf8_next_char(text);
	}
}

/* --- width and wrapping --------------------------------------------------------------- */

static bool is_style(char c)
{
	return c >= 1 && c <= 4;
}

static unsigned char_columns(const char *p)
{
	int width;

	if ((guchar)*p < 0x80)
		return is_style(*p) ? 0 : 1;
	width = uc_width(g_utf8_get_char(p), "UTF-8");
	return width > 0 ? (unsigned)width : 0;
}

unsigned terminal_columns(const char *text, gsize len)
{
	unsigned columns = 0;

	for (const char *end = text + len; text < end; text = g_utf8_next_char(text))
		columns += char_columns(text);
	return columns;
}

struct wrapping {
	const struct terminal *terminal;
	unsigned indent, column;
	char style;		/* the one that is on, or 0 */
	GString *out;
};

static const char *escape_sequence(char style)
{
	switch (style) {
	case 1: return "\033[1m";
	case 3: return "\033[2m";
	default: return "\033[0m";
	}
}

static void put_style(struct wrapping *wrapping, char style)
{
	wrapping->style = style == 1 || style == 3 ? style : 0;
	if (wrapping->terminal->colour)
		g_string_append(wrapping->out, escape_sequence(style));
}

/* No style reaches over a line's end or into the margin. */
static void break_line(struct wrapping *wrapping)
{
	char style = wrapping->style;

	if (style)
		put_style(wrapping, 0);
	g_string_append_c(wrapping->out, '\n');
	for (unsigned i = 0; i < wrapping->indent; i++)
		g_string_append_c(wrapping->out, ' ');
	wrapping->column = wrapping->indent;
	if (style)
		put_style(wrapping, style);
}

static bool breaks_anywhere(gunichar c)
{
	return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) ||
	       (c >= 0x20000 && c <= 0x3FFFF);
}

/* The end of what stays together: a word, or one ideograph with what clings to it. */
static const char *piece_end(const char *p)
{
	const char *end = p;

	while (*end && *end != ' ') {
		gunichar c = g_utf8_get_char(end);
		bool ideograph = breaks_anywhere(c);

		if (ideograph && end > p)
			return end;
		end = g_utf8_next_char(end);
		if (!ideograph)
			continue;
		while (*end && *end != ' ' && (char_columns(end) == 0 || g_unichar_ispunct(g_utf8_get_char(end))))
			end = g_utf8_next_char(end);
		return end;
	}
	return end;
}

static void put_piece(struct wrapping *wrapping, const char *p, const char *end)
{
	for (; p < end; p = g_utf8_next_char(p)) {
		unsigned columns = char_columns(p);

		if (is_style(*p)) {
			put_style(wrapping, *p);
			continue;
		}
		if (columns > 0 && wrapping->column + columns > wrapping->terminal->width)
			break_line(wrapping);
		g_string_append_len(wrapping->out, p, g_utf8_next_char(p) - p);
		wrapping->column += columns;
	}
}

unsigned terminal_wrap(const struct terminal *terminal, const char *styled, unsigned indent, GString *out)
{
	struct wrapping wrapping = { terminal, indent, indent, 0, out };
	bool blank = false;

	for (unsigned i = 0; i < indent; i++)
		g_string_append_c(out, ' ');
	while (*styled) {
		const char *end;
		unsigned columns;

		if (*styled == ' ') {
			blank = wrapping.column > indent;
			styled++;
			continue;
		}
		end = piece_end(styled);
		columns = terminal_columns(styled, (gsize)(end - styled));
		if (wrapping.column + blank + columns > terminal->width && wrapping.column > indent) {
			break_line(&wrapping);
		} else if (blank) {
			g_string_append_c(out, ' ');
			wrapping.column++;
		}
		blank = false;
		put_piece(&wrapping, styled, end);
		styled = end;
	}
	return wrapping.column;
}
