/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * inline.h - Markdown inside a block: which bytes are words and which markup.
 */
#ifndef CORPUS_INLINE_H
#define CORPUS_INLINE_H

#include "corpus/document.h"

/* Appends to out (struct range) the ranges of raw without inline markup:
 * emphasis marks (only pairs), code marks, escapes, footnote references, HTML
 * tags and comments, images, the brackets and addresses of links. Each raw
 * range begins a new one; white space at both ends of the whole is left out.
 * raw is in ascending order. Linear in its length. */
void inline_ranges(const char *text, const struct range *raw, guint n, GArray *out);

#endif
