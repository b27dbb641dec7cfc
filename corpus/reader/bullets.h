/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * bullets.h - list items whose marks were typed.
 */
#ifndef CORPUS_READER_BULLETS_H
#define CORPUS_READER_BULLETS_H

#include "corpus/document.h"

/* A paragraph that begins with "1.", "(a)" or a bullet becomes a list item, as blocks.h makes one of it in
 * a text; where further lines of it begin so, each is one. For formats that say what a list is, but
 * whose authors often do not. */
void bullets_mark(struct document *doc);

#endif
