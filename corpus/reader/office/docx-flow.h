/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * docx-flow.h - finished paragraphs and rows of a text document on their way into the
 * draft: pages, notes behind what refers to them, heading levels below a title.
 *
 * An item's text is that of its runs, with marks that no XML can hold:
 *
 *   "Ms. Bell said\3 that the\2 salt roads"      a note's reference, the end of a page
 */
#ifndef CORPUS_DOCX_FLOW_H
#define CORPUS_DOCX_FLOW_H

#include "corpus/reader/draft.h"

#define MARK_LINE '\1'
#define MARK_PAGE '\2'		/* another page begins */
#define MARK_NOTE '\3'		/* the next of the item's notes */
#define MARK_CELL '\4'		/* of a row */
#define MARK_PARAGRAPH '\5'	/* inside a cell or a note */

#define DOCX_NOTE_REFERENCES_MAX 200000

struct docx_note_reference {
	int id;
	bool end;	/* an endnote */
};

struct docx_item {
	enum block_kind kind;
	int level;		/* of a heading from 1, 0: the title; of a list item from 1 */
	char *label;		/* or NULL */
	GString *text;
	GArray *notes;		/* struct docx_note_reference, one for each mark; or NULL */
};

struct docx_item *docx_item_new(void);
void docx_item_free(gpointer item);
/* Words of its text, roughly. */
guint docx_item_words(const struct docx_item *item);
/* Puts what the other holds before or behind the item's own text, with a mark (or 0) between them. */
void docx_item_join(struct docx_item *item, const struct docx_item *other, bool before, char mark);

struct docx_flow;
/* Notes: id -> struct docx_item, borrowed; paged: the file says where its pages end. */
struct docx_flow *docx_flow_new(struct document *doc, GHashTable *footnotes, GHashTable *endnotes, bool paged);
void docx_flow_free(struct docx_flow *flow);
typedef struct docx_flow DocxFlow;	/* for g_autoptr */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DocxFlow, docx_flow_free)

/* Lays the item down; it stays the caller's. */
void docx_flow_add(struct docx_flow *flow, const struct docx_item *item);
/* What was added since the last call was a section whose pages are numbered so: format as docx_number has
 * it, or NULL; from start, -1: on from the section before. */
void docx_flow_section(struct docx_flow *flow, const char *format, int start);
bool docx_flow_failed(const struct docx_flow *flow);
/* Notes that are left, and the end: as draft_finish. */
bool docx_flow_finish(struct docx_flow *flow, GError **error);

/* ---- tables ---- */

/* The items of a table: rows (of cells (of items)), arrays of arrays that free what they hold, each item
 * moved out. A row of cells is an item of its own; but a table that only lays out a page gives what its
 * cells hold. Appends to out. */
void docx_table_items(GPtrArray *rows, GPtrArray *out);

#endif
