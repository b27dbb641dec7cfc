/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * flow.h - the text of a page, in its order, as blocks.
 */
#ifndef CORPUS_READER_HTML_FLOW_H
#define CORPUS_READER_HTML_FLOW_H

#include "corpus/reader/draft.h"
#include "corpus/reader/html/article.h"

/* Lays down what the article keeps; then heads and feet of the page as BLOCK_FURNITURE. */
void html_flow(const struct html_tree *tree, const struct html_article *article, struct draft *draft);

#endif
