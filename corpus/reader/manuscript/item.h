/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * item.h - a finished paragraph, list item, row or note of a word processor's text, or
 * of a slide. Its text is that of its runs, with marks that no XML can hold:
 *
 *   "Ms. Bell said\3 that the\2 salt roads"      a note's reference, the end of a page
 */
#ifndef CORPUS_READER_ITEM_H
#define CORPUS_READER_ITEM_H

#include "corpus/reader/draft.h"

#define MARK_LINE '\1'
#define MARK_PAGE '\2'		/* another page begins */
#define MARK_NOTE '\3'		/* the next of the item's notes */
#define MARK_CELL '\4'		/* of a row: before each cell */
#define MARK_PARAGRAPH '\5'	/* inside a cell or a note */

#define ITEM_HEADING_MAX_BYTES 300	/* what is longer is text in a heading's style */

struct item {
	int references;
	enum block_kind kind;
	int level;		/* of a heading from 1, 0: the title; of a list item from 1 */
	char *label;		/* or NULL */
	GString *text;
	GPtrArray *notes;	/* struct item, referred to, one for each MARK_NOTE; or NULL */
	bool end;		/* of a note: it stands at the end of the document */
};

struct item *item_new(enum block_kind kind);
struct item *item_ref(struct item *item);
void item_unref(gpointer item);	/* accepts NULL */
/* Has it a word? */
bool item_has_words(const struct item *item);
/* How many, roughly. */
guint item_words(const struct item *item);
/* Puts what the other holds before or behind the item's own text, with a mark (or 0) between them. */
void item_join(struct item *item, const struct item *other, bool before, char mark);
/* Refers to a note, at the end of the text so far. */
void item_add_note(struct item *item, struct item *note);

/* Lays text down in the open block: lines as lines, cells as cells. Other marks are handed to `other`,
 * which may be NULL: then they are blanks. */
void item_lay_text(struct draft *draft, const char *s, gsize len, void (*other)(void *data, char mark), void *data);

#endif
