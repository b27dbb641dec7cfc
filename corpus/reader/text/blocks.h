/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * blocks.h - from a text to the list of its blocks.
 */
#ifndef CORPUS_BLOCKS_H
#define CORPUS_BLOCKS_H

#include "corpus/document.h"

/* Appends the blocks of doc->text from the offset on to doc->blocks: plain
 * text, or Markdown with its tables, code, footnotes and inline markup.
 *
 * - Headings are set only where they are marked ("# x", or a line underlined
 *   with = or -); a line that looks like one is left to outline.c.
 * - The lines of a paragraph stay one range, line ends included; those of a
 *   quotation are a range each. Inline markup is between the ranges.
 * - A list item's label is not in its ranges, and its level is its depth from 1.
 *   Text behind it that is no item of its own stays with it.
 * - Each form feed is a BLOCK_PAGE_BREAK, and pages count from 1 where the
 *   text has any (in Markdown also "<!-- page break -->").
 * - In a deck the rules are BLOCK_SLIDE_BREAK and slides count from 1;
 *   elsewhere a rule only ends a paragraph.
 * Every byte that is neither white space nor markup is in exactly one block. */
void blocks_read(struct document *doc, guint32 from, bool markdown);

#endif
