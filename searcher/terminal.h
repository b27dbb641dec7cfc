/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * terminal.h - text for people's eyes: colour, width, wrapping, and nothing
 * from a document that the terminal would take for a command.
 *
 * Style is said by four control characters that cleaned text cannot hold;
 * terminal_wrap turns them into escape sequences, or into nothing.
 */
#ifndef SEARCHER_TERMINAL_H
#define SEARCHER_TERMINAL_H

#include <glib.h>
#include <stdbool.h>

#define STYLE_BOLD "\001"
#define STYLE_BOLD_OFF "\002"
#define STYLE_DIM "\003"
#define STYLE_DIM_OFF "\004"

enum colour { COLOUR_AUTO, COLOUR_ALWAYS, COLOUR_NEVER };

struct terminal {
	bool colour;
	unsigned width;		/* columns to fill */
};

/* Looks at the file descriptor and at NO_COLOR, TERM and COLUMNS. */
void terminal_init(struct terminal *terminal, enum colour colour, int fd);

/* Appends text with everything taken out that could steer a terminal: control
 * characters become blanks, marks that turn the direction of writing and bytes
 * that are no UTF-8 become U+FFFD. Runs of white space become one blank. */
void terminal_clean(const char *text, gssize len, GString *out);

/* Columns that the text takes: wide characters two, combining marks none. */
unsigned terminal_columns(const char *text, gsize len);

/* Appends the styled text in lines of at most terminal->width columns, broken
 * between words (or inside one that is longer), each begun with indent blanks;
 * the last without a line end. Returns the columns of the last line. */
unsigned terminal_wrap(const struct terminal *terminal, const char *styled, unsigned indent, GString *out);

#endif
