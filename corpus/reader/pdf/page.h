/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * page.h - what stands on the pages of a PDF, as plain structs: the stages of
 * corpus/reader/pdf/ hand it to each other, and only glyphs.c knows poppler.
 *
 *   glyphs      poppler's characters -> pieces: words of one line that stand close
 *   furniture   running heads and feet, page numbers; printed labels
 *   layout      columns and boxes: pieces -> lines in reading order, by region
 *   styles      body type, leading, ranks of headings, is it a deck
 *   lines       lines -> blocks with their roles (cells, labels: what stands in a line)
 *   flow        torn blocks joined, hyphens, all of it into a draft
 *
 * Coordinates are points from the upper left corner of the page as it is read
 * (turned pages are turned back), y downwards. Texts are ranges of pdf.text.
 */
#ifndef CORPUS_READER_PDF_PAGE_H
#define CORPUS_READER_PDF_PAGE_H

#include "corpus/document.h"

#define PDF_PAGE_PIECES_MAX 40000u	/* of one page */
#define PDF_PIECES_MAX (8u << 20)	/* of a file */
#define PDF_STYLES_MAX 4096u
#define PDF_SIDE_MAX 20000.0f	/* points; what lies farther out is not on the page */

/* In pdf.text: a raised number stands between these two, which no file's text can hold. */
#define PDF_MARK_OPEN '\x01'
#define PDF_MARK_CLOSE '\x02'

struct pdf_box {
	float x0, y0, x1, y1;
};

/* A font in a size and a colour. */
struct pdf_style {
	char *font;		/* without the subset's tag; owned */
	float size;
	bool bold, italic;
	guint32 colour;		/* 0xrrggbb */
	guint64 chars;		/* how many of the file's characters have it */
};

/* Words of one line that stand close together. */
struct pdf_piece {
	struct pdf_box box;
	struct range text;
	float size;		/* of most of its characters */
	float first_x1;		/* where its first word ends (rtl: begins, from the left) */
	guint16 style;		/* of most of its characters */
	guint16 words;
	guint32 chars, bold, italic;	/* characters, and how many of them are so */
	bool rtl;		/* most of its letters are written from right to left */
	bool aside;		/* turned against the rest of the page */
	bool furniture;
	bool raised;		/* begins with a raised number */
	bool initial;		/* one big letter with which a paragraph begins */
};

/* Pieces on one base line of a region. */
struct pdf_line {
	struct pdf_box box;
	float size, first_x1;
	guint16 style;
	guint32 chars, bold, italic;
	bool rtl, raised, aside;
	guint first, n;		/* its pieces, in reading order, in pdf_page.order */
	guint region;		/* lines of one region follow each other; counted through the file */
};

struct pdf_page {
	float width, height;
	guint first, n;		/* its pieces in pdf.pieces */
	const char *label;	/* printed number, or NULL; owned by pdf.strings */
	guint lines, n_lines;	/* its lines in pdf.lines */
	bool pictures;		/* no text, but it is not empty */
};

struct pdf {
	GString *text;
	GArray *styles;		/* struct pdf_style */
	GArray *pieces;		/* struct pdf_piece */
	GArray *pages;		/* struct pdf_page */
	GArray *order;		/* guint32: pieces in reading order */
	GArray *lines;		/* struct pdf_line */
	GStringChunk *strings;

	/* styles.c */
	float body_size;
	guint body_style;
	float leading;		/* base line to base line, in sizes, of running text */
	bool deck;		/* a page is a slide */
	bool upright;		/* most pages are higher than broad, in the way of letters and books */
};

#define pdf_piece_at(pdf, i) (&g_array_index((pdf)->pieces, struct pdf_piece, (i)))
#define pdf_page_at(pdf, i) (&g_array_index((pdf)->pages, struct pdf_page, (i)))
#define pdf_line_at(pdf, i) (&g_array_index((pdf)->lines, struct pdf_line, (i)))
#define pdf_style_at(pdf, i) (&g_array_index((pdf)->styles, struct pdf_style, (i)))
#define pdf_ordered(pdf, i) pdf_piece_at(pdf, g_array_index((pdf)->order, guint32, (i)))

struct pdf *pdf_new(void);
void pdf_free(struct pdf *pdf);
typedef struct pdf Pdf;	/* for g_autoptr */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Pdf, pdf_free)

static inline struct pdf_box pdf_box_both(struct pdf_box a, struct pdf_box b)
{
	return (struct pdf_box){ MIN(a.x0, b.x0), MIN(a.y0, b.y0), MAX(a.x1, b.x1), MAX(a.y1, b.y1) };
}

/* How much of the smaller one's height two boxes share, 0 to 1. */
static inline float pdf_level(struct pdf_box a, struct pdf_box b)
{
	float shared = MIN(a.y1, b.y1) - MAX(a.y0, b.y0), small = MIN(a.y1 - a.y0, b.y1 - b.y0);

	return shared <= 0 || small <= 0 ? 0 : shared / small;
}

/* ---- the stages ---- */

/* Marks pieces that are running heads, feet or page numbers, and sets the labels of pages. */
void pdf_furniture(struct pdf *pdf);
/* Reading order: fills order and lines, page by page; furniture is left out. */
void pdf_layout(struct pdf *pdf);
/* The type of running text, and deck; wants pieces. */
void pdf_body(struct pdf *pdf);
/* leading; wants lines. */
void pdf_leading(struct pdf *pdf);

#endif
