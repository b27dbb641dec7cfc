/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * expand.h - what a wildcard stands for in an index.
 */
#ifndef SEARCHER_EXPAND_H
#define SEARCHER_EXPAND_H

#include "corpus/arena.h"
#include "xapian/xap.h"

#define EXPAND_MAX_TERMS 100

/* Appends the terms (const char *, the arena's) of the words whose fold begins with the
 * prefix, the most frequent first, no more than EXPAND_MAX_TERMS. *n gets how many there are. *forms_left is
 * reduced by the words looked at; at 0 the walk ends. */
bool expand_prefix(struct arena *arena, xap_db *db, const char *prefix, guint *forms_left, GPtrArray *terms, guint *n,
                   GError **error);

#endif
