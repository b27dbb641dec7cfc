/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * glyphs.h - a page's characters, as poppler has them, into pieces.
 */
#ifndef CORPUS_READER_PDF_GLYPHS_H
#define CORPUS_READER_PDF_GLYPHS_H

#include <poppler.h>

#include "corpus/reader/pdf/page.h"

/* Appends the page with its pieces. False where it holds more than PDF_PAGE_PIECES_MAX
 * or the file more than PDF_PIECES_MAX: what came before is kept. */
bool pdf_glyphs(struct pdf *pdf, PopplerPage *page);

#endif
