/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * properties.h - what a PDF says of itself: title, authors, date, language,
 * outline, labels of pages.
 */
#ifndef CORPUS_READER_PDF_PROPERTIES_H
#define CORPUS_READER_PDF_PROPERTIES_H

#include <poppler.h>

#include "corpus/reader/pdf/page.h"

#define PDF_OUTLINE_MAX 20000	/* entries */
#define PDF_OUTLINE_DEPTH_MAX 16

/* Sets file_title, file_authors and file_date, each where it says something. */
void pdf_properties(PopplerDocument *file, struct document *doc);
/* Titles of the file's outline, folded, with their depth from 1; NULL where it has none. */
GHashTable *pdf_outline(PopplerDocument *file);
/* Labels of pages as the file has them, where they are not just 1, 2, 3; they go before
 * those that were found in print. */
void pdf_labels(struct pdf *pdf, PopplerDocument *file);

#endif
