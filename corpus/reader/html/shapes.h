/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * shapes.h - what an element is that may be several things: tables for data or for
 * layout, quotations with and without a name, lists with their numbers, notes.
 */
#ifndef CORPUS_READER_HTML_SHAPES_H
#define CORPUS_READER_HTML_SHAPES_H

#include "corpus/reader/html/article.h"

/* Does a table place parts of the page rather than hold data? */
bool html_is_layout(const struct html_tree *tree, const struct html_article *article, guint32 table);
/* Terms and descriptions so short that each pair is a row. */
bool html_is_brief(const struct html_tree *tree, const struct html_article *article, guint32 dl);
/* The element below a quotation that names whose words it is; 0: none. */
guint32 html_quotation_caption(const struct html_tree *tree, const struct html_article *article, guint32 quotation);
/* A mark of a note in the text, or a link back from a note. before: the text that stands before
 * it, as far as it is known. */
bool html_is_note_mark(const struct html_tree *tree, const struct html_article *article, guint32 node, const char *before, gsize len);
/* Has the element a descendant of that tag? */
bool html_holds(const struct html_tree *tree, guint32 node, enum html_tag tag);

/* How a list counts. */
struct html_list {
	bool ordered;
	char style;	/* '1', 'a', 'A', 'i', 'I'; '-' for none */
	gint64 next, step;
};
struct html_list html_list_of(const struct html_tree *tree, guint32 node, GString *buffer);
/* The label of its next item, "3." or "-"; of an item with a value of its own, that. */
void html_list_label(struct html_list *list, const struct html_tree *tree, guint32 item, GString *buffer, char label[32]);

#endif
