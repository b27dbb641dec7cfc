/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tree.h - a page as the tree of its elements and texts.
 *
 * The nodes stand in the order of the page, each with the place behind its last
 * descendant:
 *
 *   <div><p>one<p>two</div>    div(end 5) p(end 3) "one" p(end 5) "two"
 *
 * Tags are closed where HTML says that they end without an end tag, and end tags
 * without a beginning are nothing. Every byte string is a page; below
 * HTML_DEPTH_MAX elements lie flat, beside each other, so that their text is read.
 *
 * Not libxml2's parser: it stops at 256 elements deep, and takes a time that grows
 * with the square of an element's attributes and of end tags that fit nothing.
 */
#ifndef CORPUS_READER_HTML_TREE_H
#define CORPUS_READER_HTML_TREE_H

#include <stdbool.h>

#include "corpus/reader/html/tags.h"

#define HTML_DEPTH_MAX 400
#define HTML_NODES_MAX (6u << 20)

struct html_node {
	guint32 start, stop;	/* in the page: a text, or the attributes of an element */
	guint32 end;		/* the node behind the last descendant */
	guint32 parent;		/* the root is its own */
	guint16 tag;		/* enum html_tag */
	bool raw;		/* a text in which & stands for itself */
};

struct html_tree {
	const char *text;	/* the page */
	gsize len;
	struct html_node *nodes;	/* [0] is the page itself, HTML_HTML */
	guint32 n;
	bool full;		/* HTML_NODES_MAX: the rest is missing */
};

/* The page is UTF-8 of less than 4 GB, and borrowed. */
struct html_tree *html_tree_new(const char *text, gsize len);
void html_tree_free(struct html_tree *tree);
typedef struct html_tree HtmlTree;	/* for g_autoptr */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(HtmlTree, html_tree_free)

/* The value of an element's attribute, entities resolved, into the buffer; NULL where it has none. */
const char *html_attribute(const struct html_tree *tree, guint32 node, const char *name, GString *buffer);
/* The next attribute from *at on (at first node->start), as slices of the page; false behind the last.
 * A value of no bytes stands for none. */
struct html_slice {
	const char *s;
	gsize len;
};
bool html_attribute_next(const struct html_tree *tree, guint32 node, guint32 *at, struct html_slice *name, struct html_slice *value);

/* Appends text with its entities resolved. */
void html_unescape(const char *s, gsize len, GString *out);
/* Appends the text of a node and all below it, without what is never read; white space as it stands. */
void html_text(const struct html_tree *tree, guint32 node, GString *out);

static inline enum html_tag html_node_tag(const struct html_tree *tree, guint32 node)
{
	return (enum html_tag)tree->nodes[node].tag;
}

static inline bool html_is_block(const struct html_tree *tree, guint32 node)
{
	return html_tag_flags(html_node_tag(tree, node)) & TAG_BLOCK;
}

/* Is there an element of that tag above the node? Not the node itself. */
bool html_is_inside(const struct html_tree *tree, guint32 node, enum html_tag tag);

#endif
