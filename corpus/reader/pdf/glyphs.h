/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * glyphs.h - a page's characters, as poppler has them, into pieces.
 */
#ifndef CORPUS_READER_PDF_GLYPHS_H
#define CORPUS_READER_PDF_GLYPHS_H

#include <poppler.h>

#include "corpus/reader/pdf/page.h"

/* Characters of one style that stand side by side. */
struct pdf_word {
	struct pdf_box box;
	struct range text;	/* of the words' text */
	guint16 style;
	guint16 letters, rtl;	/* rtl: letters of scripts that run from right to left */
	guint chars;
	gint8 turn;		/* quarters clockwise; -1: cannot be told */
	bool apart;		/* poppler has white space before it */
	bool ends;		/* a line of poppler's ends before it */
};

/* Puts words (struct pdf_word; text is theirs) together to pieces, which are appended.
 * False where they are too many. */
bool pdf_pieces(struct pdf *pdf, const GArray *words, const char *text);

/* Appends the page with its pieces. False where it holds more than PDF_PAGE_PIECES_MAX
 * or the file more than PDF_PIECES_MAX: what came before is kept. */
bool pdf_glyphs(struct pdf *pdf, PopplerPage *page);

#endif
