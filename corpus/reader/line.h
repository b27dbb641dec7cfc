/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * line.h - one line of a text, and what its first characters announce.
 */
#ifndef CORPUS_LINE_H
#define CORPUS_LINE_H

#include <glib.h>
#include <stdbool.h>

/*   start  text          end   next
 *   |      |             |     |
 *   "      Some words    \r\n" ...      indent = 6 columns
 */
struct line {
	guint32 start;
	guint32 text;		/* first byte that is not white space; end where the line is blank */
	guint32 end;		/* behind the last byte that is not white space */
	guint32 next;		/* where the next line starts, len behind the last */
	guint indent;		/* columns; tabs stop at every fourth */
	bool page_break;	/* a form feed ended it */
};

/* Reads the line that starts at `at` (at < len). Lines end with LF, CRLF, CR or FF. */
void line_read(const char *text, guint32 len, guint32 at, struct line *line);
#define line_is_blank(line) ((line)->text == (line)->end)

/* Behind the white space (of ASCII and of Unicode) at s, at most end. */
const char *space_skip(const char *s, const char *end);
/* Before the white space that stands in front of end, at least s. */
const char *space_trim(const char *s, const char *end);
/* [start, end) without white space at both ends. */
struct range;
struct range space_strip(const char *text, guint32 start, guint32 end);

/* A list marker at the beginning of a line. */
struct marker {
	const char *start, *end;	/* "-", "1.", "(a)" */
	const char *text;		/* first byte of the item's own text */
	int number;			/* of "1.": 1; of a bullet or a letter 0 */
	bool plain;			/* a hyphen, dash, asterisk or plus: also found in running text */
};
bool line_marker(const char *text, const struct line *line, struct marker *marker);

/* A line of three or more of one of - = _ * ~ (blanks between them allowed):
 * that character, else 0. */
char line_rule(const char *text, const struct line *line);
/* The level of a Markdown heading "## Title ##" and the range of its title; else 0. */
int line_atx(const char *text, const struct line *line, struct range *title);
/* True for the row "|---|:--:|" below a Markdown table's head. */
bool line_table_rule(const char *text, const struct line *line);
/* The length of a run of three or more ` or ~ that opens or closes code, else 0. */
guint line_fence(const char *text, const struct line *line);

/* True where the line ends a sentence or a clause: . ! ? : ; and what may close behind them. */
bool line_ends_clause(const char *text, const struct line *line);
bool line_ends_sentence(const char *text, const struct line *line);
/* True where the first letter is lower case. */
bool line_begins_lower(const char *text, const struct line *line);

#endif
