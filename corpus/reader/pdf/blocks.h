/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * blocks.h - lines into blocks, and blocks into a draft.
 */
#ifndef CORPUS_READER_PDF_BLOCKS_H
#define CORPUS_READER_PDF_BLOCKS_H

#include "corpus/reader/draft.h"
#include "corpus/reader/pdf/page.h"

/* Inside the text of a block, besides '\n' for a line that ends on purpose: */
#define PDF_TEXT_CELL '\x03'	/* another cell or range begins */
#define PDF_TEXT_PAGE '\x04'	/* the next page begins */
#define PDF_TEXT_SPLIT '\x05'	/* behind a hyphen: the line ended here */

struct pdf_block {
	enum block_kind kind;
	int level;
	guint page;		/* index into pages */
	guint pages;		/* how many page ends it goes over */
	guint region;
	GString *text;		/* owned */
	char *label;		/* owned; or NULL */
	struct pdf_box box;	/* of its part on the first page */
	float first_y, last_y;	/* base lines of its first line, and of its last on the page where that stands */
	guint lines;
	float size;
	guint16 style;
	bool bold, italic;	/* all of it */
	bool indented;		/* its first line is, against the others of its region */
	bool full;		/* its last line is as long as its region is broad */
	bool raised;		/* begins with a raised number */
	bool aside;
	bool narrow;		/* both its edges stand in from those of its region */
};

/* The blocks of all pages in reading order, with their roles as far as place and type tell;
 * furniture last of its page. struct pdf_block; pdf_blocks_free it. */
GArray *pdf_blocks(struct pdf *pdf);
void pdf_blocks_free(GArray *blocks);

/* Headings by the ranks of their type and, where the file has one, its outline. titles: folded
 * title -> level (from 1), or NULL. */
void pdf_headings(struct pdf *pdf, GArray *blocks, GHashTable *titles);
/* Does the text begin with somebody's name, in two words or with a title? */
bool pdf_names_somebody(const GString *text);
/* Small words for comparing titles: letters and digits, one blank between words; g_free it. */
char *pdf_fold(const char *s);

/* Joins big type that goes over a page's end; before pdf_headings. */
void pdf_mend(struct pdf *pdf, GArray *blocks);
/* Joins what pages, columns and boxes tore apart, settles hyphens and notes, and lays all
 * of it into the draft. */
void pdf_flow(struct pdf *pdf, GArray *blocks, struct draft *draft);

/* ---- cells.c: pieces of a line, counted from 0 ---- */

/* Points between piece i and the one before it; i is at least 1. */
float pdf_gap(const struct pdf *pdf, const struct pdf_line *line, guint i);
/* Is the line made of words that are as far apart, each from the next, since they were spread to fill it? */
bool pdf_stretched(const struct pdf *pdf, const struct pdf_line *line);
/* Does piece i begin another cell than the one before it is in? */
bool pdf_cell_begins(const struct pdf *pdf, const struct pdf_line *line, guint i);
/* How many cells the line has; 1: it is no row. */
guint pdf_cells(const struct pdf *pdf, const struct pdf_line *line);
/* Do cells of both lines, of one region, begin or end at the same place? */
bool pdf_shares_cells(const struct pdf *pdf, const struct pdf_line *a, const struct pdf_line *b);

/* ---- labels.c ---- */

bool pdf_is_bullet(gunichar c);
/* The bytes of the label that the text begins with ("1.", "(a)", "iv)"); 0: none. Behind it stands a
 * blank, or nothing: the text is in the next piece. */
gsize pdf_label_bytes(const char *s, gsize len);
/* The number of a label: 21 of "21."; else 0. */
int pdf_label_number(const char *s, gsize bytes);

/* Settles the hyphens at line ends in the texts of all blocks. */
void pdf_hyphens(GArray *blocks);

#endif
