/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * manuscript.h - finished items of a word processor's text on their way into the draft:
 * pages, notes behind what refers to them, heading levels below a title.
 */
#ifndef CORPUS_READER_MANUSCRIPT_H
#define CORPUS_READER_MANUSCRIPT_H

#include "corpus/reader/manuscript/item.h"

struct manuscript;
/* paged: the file says where its pages end. The document is borrowed. */
struct manuscript *manuscript_new(struct document *doc, bool paged);
void manuscript_free(struct manuscript *manuscript);
typedef struct manuscript Manuscript;	/* for g_autoptr */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Manuscript, manuscript_free)

/* Lays the item down, and sooner or later its notes; it stays the caller's. */
void manuscript_add(struct manuscript *manuscript, struct item *item);
/* What was added since the last call was a section whose pages are numbered so: style as numeral has it;
 * from start, -1: on from the section before. */
void manuscript_section(struct manuscript *manuscript, char style, int start);
bool manuscript_failed(const struct manuscript *manuscript);
/* Notes that are left, and the end: as draft_finish; items whose marks were typed are marked. */
bool manuscript_finish(struct manuscript *manuscript, GError **error);

#endif
