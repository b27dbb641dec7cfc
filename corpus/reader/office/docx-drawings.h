/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * docx-drawings.h - SmartArt and charts of a text document: their text hangs on the
 * paragraph in which they stand, as that of a box does.
 */
#ifndef CORPUS_DOCX_DRAWINGS_H
#define CORPUS_DOCX_DRAWINGS_H

#include "corpus/reader/manuscript/stories.h"
#include "corpus/reader/office/docx-walk.h"

/* The points of a diagram as items of a list, or the title of a chart, by the id of its relationship; nothing for
 * NULL and what is not there. A paragraph must be open. */
void docx_drawing_take(const struct docx_parts *parts, struct stories *stories, bool chart, const char *id);

#endif
