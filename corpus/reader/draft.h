/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * draft.h - a document in the making: the readers of formats that are no text
 * lay the text down block by block, and the blocks with it.
 *
 *   text    "The title\n\nMs. Bell said ...\n\nName | House\n"
 *   blocks  [heading] [paragraph..........] [cell] [cell]      of one row
 *
 * What they make looks like what blocks.h makes of Markdown, so that the stages
 * behind need not know the format: headings with their levels, list items whose
 * label is no part of their ranges, table rows with a range for each cell.
 *
 * Text comes in pieces of any size, is UTF-8 afterwards whatever came in, and
 * runs of white space become one blank (but see draft_line and draft_keep_tabs).
 * Blocks without a word leave no trace. Errors are sticky: once a limit is
 * passed, nothing more is added, and draft_finish says so.
 */
#ifndef CORPUS_DRAFT_H
#define CORPUS_DRAFT_H

#include "corpus/document.h"

#define DRAFT_TEXT_MAX_BYTES ((gsize)64 << 20)
#define DRAFT_BLOCKS_MAX (2u << 20)
#define DRAFT_RANGES_MAX 4096u	/* of one block: more lines or cells go on in the next */
#define DRAFT_PAGES_MAX 100000

struct draft;

/* The document is borrowed, and must be without text and blocks. */
struct draft *draft_new(struct document *doc);
void draft_free(struct draft *draft);
typedef struct draft Draft;	/* for g_autoptr */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Draft, draft_free)

/* ---- where what follows stands; each ends the open block ---- */

/* Another page, from 1, with its printed label or NULL; a BLOCK_PAGE_BREAK stands before
 * it, but for the first. The same page again does nothing. */
void draft_page(struct draft *draft, int page, const char *label);
/* The same, without ending the open block, which goes over the page: it goes on in another
 * range, and the break stands behind it in the list of blocks, as repair/tears.c leaves it. */
void draft_page_within(struct draft *draft, int page, const char *label);
/* Another slide, from 1; a BLOCK_SLIDE_BREAK stands before it, but for the first. */
void draft_slide(struct draft *draft, int slide);
/* Speaker notes, from now on or no longer. */
void draft_notes(struct draft *draft, bool notes);
/* The time in a recording at which what follows begins; negative: none. */
void draft_time(struct draft *draft, gint64 time_ms);
/* The same inside the open block, which goes on: the next words are spoken then. */
void draft_time_within(struct draft *draft, gint64 time_ms);

/* From now on a tab in the text stays one, as word processors mean it: a column of a list
 * ("Ann Bell	House of Quills"). So do three blanks and more in one piece of text, if no line of
 * the file ends among them. */
void draft_keep_tabs(struct draft *draft);

/* ---- blocks ---- */

/* Ends the open block and begins one. level: of a heading 1.., of a list item its depth
 * from 1, else 0. */
void draft_begin(struct draft *draft, enum block_kind kind, int level);
/* The label of the list item, or the name of a BLOCK_LABEL; laid down before the text,
 * outside its ranges, for the item. Right behind draft_begin. */
void draft_label(struct draft *draft, const char *label);
/* Adds text to the open block, beginning a paragraph where there is none. len -1: up to the NUL. */
void draft_text(struct draft *draft, const char *s, gssize len);
/* A line ends inside the block, on purpose; for verbatim text and addresses. The range goes on. */
void draft_line(struct draft *draft);
/* The next text is another cell of the row (" | "), or with any other kind another range of
 * the block: a piece of the paragraph that something else tore off. */
void draft_cell(struct draft *draft);
void draft_end(struct draft *draft);

/* Bytes of text laid down so far: two places with the same value have no word between them. */
gsize draft_bytes(const struct draft *draft);
/* Has a limit been passed? For readers that can stop early. */
bool draft_failed(const struct draft *draft);

/* Hands text and blocks to the document. False with TOO_LARGE set where a limit was passed; the
 * message names the document's path and the limit. */
bool draft_finish(struct draft *draft, GError **error);

#endif
