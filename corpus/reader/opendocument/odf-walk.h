/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * odf-walk.h - from the elements of an OpenDocument body to its paragraphs, list
 * items and rows, one after the other: what stands inside another (a note, a text
 * box, a table in a table) comes with it or behind it.
 */
#ifndef CORPUS_READER_ODF_WALK_H
#define CORPUS_READER_ODF_WALK_H

#include "corpus/reader/draft.h"
#include "corpus/reader/opendocument/odf-styles.h"

/* In the text of an item. */
#define ODF_LINE '\n'		/* a line ends */
#define ODF_CELL '\x1f'	/* the next cell of a row */
#define ODF_PAGE '\f'		/* a page ends */

struct odf_item {
	enum block_kind kind;
	int level;		/* of a heading, of a list item; 0 of the title */
	char *label;
	GString *text;
	int cell;		/* of the row around it */
	bool breaks_before, breaks_after;
	bool hidden;
	GPtrArray *notes;	/* struct odf_item of its footnotes, or NULL */
	GPtrArray *after;	/* of boxes that hang on it, or NULL */
};

struct odf_sink {
	/* The item is borrowed. */
	void (*item)(void *data, struct odf_item *item);
	/* Elements that the walk has no use for: slides, shapes, notes of a slide; each or NULL. `end` gets what
	 * `start` got. start: true: all inside is left out. */
	bool (*start)(void *data, const char *name, const struct xml_attributes *attributes);
	void (*end)(void *data, const char *name);
	bool (*stop)(void *data);
};

/* Walks over a part: styles, and a body if it has one. Errors: those of xml_read. */
bool odf_walk(const char *path, const char *part, GBytes *bytes, struct odf_styles *styles, const struct odf_sink *sink,
              void *data, GError **error);

/* Lays an item down; *page (0: pages are not known) goes on with its page breaks. */
void odf_item_lay(struct draft *draft, const struct odf_item *item, enum block_kind kind, int level, int *page);
/* Has it a word? */
bool odf_item_has_words(const struct odf_item *item);

#endif
