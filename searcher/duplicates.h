/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * duplicates.h - which passages of a ranked list repeat an earlier one.
 */
#ifndef SEARCHER_DUPLICATES_H
#define SEARCHER_DUPLICATES_H

#include <glib.h>

struct duplicates;

struct duplicates *duplicates_new(void);
void duplicates_free(struct duplicates *duplicates);

/* Adds a passage by its sketch (indexer/terms.h) and the bytes of its text.
 * Gives the number, from 0, of the first one kept of which it is a
 * near-duplicate; else it is kept, and the number is its own, one more than the
 * last one's. */
guint duplicates_add(struct duplicates *duplicates, guint64 sketch, gsize text_bytes);

#endif
