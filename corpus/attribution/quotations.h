/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * quotations.h - words in quotation marks inside the passages, with who said
 * them: quotations as they stand in running text.
 */
#ifndef CORPUS_ATTRIBUTION_QUOTATIONS_H
#define CORPUS_ATTRIBUTION_QUOTATIONS_H

#include "corpus/document.h"

/* Fills the quotations of the document's passages; people who are only quoted
 * join doc->people. Run behind passages(). */
void quotations(struct document *doc);

#endif
