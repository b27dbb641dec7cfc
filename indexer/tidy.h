/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tidy.h - keeps an index in few segments, and without much that is dead.
 */
#ifndef INDEXER_TIDY_H
#define INDEXER_TIDY_H

#include "indexer/analysis.h"
#include "indexer/stamp.h"

/* Writes segments anew that hold much that is dead, merges segments of like
 * size, and changes the stamp in memory accordingly. New folders are made
 * below dir; old ones are left for the caller to remove after the commit. all: however
 * little is dead. */
bool tidy(const char *dir, struct stamp *stamp, struct analysis *analysis, bool all, gint *builders_made, GError **error);

#endif
