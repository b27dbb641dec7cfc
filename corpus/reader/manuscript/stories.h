/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * stories.h - what is open while a word processor's text is read front to back, and
 * where what is finished goes.
 *
 *   story      the body, a text box, a cell, a note: takes items
 *   paragraph  open ones lie in a stack, since one can hold a text box with others
 *   table      rows of cells, each a story; at its end it gives rows or what they hold
 *
 * Items of the body are handed out; what hangs on a paragraph (a box) comes behind it.
 * Whatever is begun must be ended, in the order of a stack; stories_clear drops what is open.
 */
#ifndef CORPUS_READER_STORIES_H
#define CORPUS_READER_STORIES_H

#include "corpus/reader/manuscript/item.h"

struct stories;

/* own_*: bytes of what the caller keeps with each paragraph and story, zero at first. sink: gets the
 * body's items, borrowed. */
struct stories *stories_new(gsize own_paragraph_bytes, gsize own_story_bytes, void (*sink)(void *data, struct item *item), void *data);
void stories_free(struct stories *stories);
/* What is open is forgotten; the body is open again. */
void stories_clear(struct stories *stories);

/* The innermost open paragraph's item and what the caller keeps with it; NULL for none. Borrowed until it ends. */
struct item *stories_item(const struct stories *stories);
void *stories_paragraph(const struct stories *stories);
guint stories_paragraphs(const struct stories *stories);	/* open ones */
/* What the caller keeps with the innermost story, and whether it is the body. */
void *stories_story(const struct stories *stories);
bool stories_in_body(const struct stories *stories);

void stories_begin_paragraph(struct stories *stories, enum block_kind kind);
/* carry: it goes on in the story's next paragraph (whose mark a reviewer deleted, whose first letter stands
 * in a frame); drop: it is no text, only what hangs on it is. */
enum story_end { STORY_TAKE, STORY_CARRY, STORY_DROP };
void stories_end_paragraph(struct stories *stories, enum story_end end);
/* Before the paragraph's end: puts what was carried before its text. */
void stories_join_carried(struct stories *stories);
/* An item made otherwise, which is taken over. */
void stories_take(struct stories *stories, struct item *item);

void stories_begin_box(struct stories *stories);
void stories_end_box(struct stories *stories);
void stories_begin_note(struct stories *stories);
/* Its paragraphs as one item; item_unref it. */
struct item *stories_end_note(struct stories *stories);

void stories_begin_table(struct stories *stories);
void stories_end_table(struct stories *stories);
/* False where no table is open, and no row: then nothing was begun. */
bool stories_begin_row(struct stories *stories);
void stories_end_row(struct stories *stories);
void stories_drop_row(struct stories *stories);	/* the open one, at its end */
bool stories_begin_cell(struct stories *stories);
void stories_end_cell(struct stories *stories);

/* ---- tables.c ---- */

/* The items of a table: rows (of cells (of items)), arrays of arrays that free what they hold, each item
 * moved out. A row of cells is an item of its own; but a table that only lays out a page gives what its
 * cells hold. Appends to out. */
void table_items(GPtrArray *rows, GPtrArray *out);

#endif
