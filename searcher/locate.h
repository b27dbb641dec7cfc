/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * locate.h - from an id, "document/5f0c9a71d2", to the passage in the index.
 */
#ifndef SEARCHER_LOCATE_H
#define SEARCHER_LOCATE_H

#include "searcher/handle.h"

/* The docids (guint32) of passages that may be of the document with this id: those of
 * other documents whose ids differ in punctuation only, and of older states of it, are among them. */
GArray *locate_document(RapIndex *index, const char *document_id, gsize len, GError **error);

/* Which of the docids is the passage with this id, and in which document; false, without
 * an error, where there is none. */
bool locate_passage(RapIndex *index, const GArray *docids, const char *id, guint32 *docid, struct document_place *place, GError **error);

#endif
