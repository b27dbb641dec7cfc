/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * repair.h - undoing what page layout and converters did to the text.
 *
 *   furniture   running heads and feet, page numbers, ornaments -> BLOCK_FURNITURE
 *   footnotes   notes at the foot of a page                         -> BLOCK_FOOTNOTE
 *   captions    name and function under a quotation             -> BLOCK_CAPTION, BLOCK_PULL_QUOTE
 *   tears       paragraphs torn by either of them               -> one block, several ranges
 *
 * The text is never changed; blocks are. Each step is linear in the blocks.
 */
#ifndef CORPUS_REPAIR_H
#define CORPUS_REPAIR_H

#include "corpus/document.h"

/* All of them, in this order. Appends warnings, if any, to warnings (may be NULL). */
/* Notes as the document's metadata which running heads and feet were taken out
 * (numbers alone left aside), at most FURNITURE_MAX different ones. After passages. */
#define FURNITURE_MAX 64
void repair_note_furniture(struct document *doc);

void repair(struct document *doc, GPtrArray *warnings);

/* edges.c: the first step of furniture_find. Cuts running heads and feet off the
 * edges of pages, and takes printed page numbers as page labels. */
void edges_find(struct document *doc);
void furniture_find(struct document *doc);
void footnotes_find(struct document *doc);
void captions_find(struct document *doc);
void tears_mend(struct document *doc);

/* True where a text begins with the end of an apposition and a verb: "House of X,
 * gave an overview". */
bool apposition_ends(const char *s, guint32 len);

#endif
