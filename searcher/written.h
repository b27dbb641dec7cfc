/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * written.h - how the texts write a word: with which accents and capitals, and whether they
 * have it at all and not only what stemmers leave of others.
 */
#ifndef SEARCHER_WRITTEN_H
#define SEARCHER_WRITTEN_H

#include "indexer/analysis.h"
#include "indexer/store.h"

/* The usual writing of a fold, or of several with single blanks, in a few passages of the index: of the word itself, else of the most
 * usual form with its stem. NULL where no passage has it, or with error set. g_free it. languages: NULL-terminated. */
char *written_of(struct store *store, struct analysis *analysis, const char *const *languages, const char *fold, GError **error);

#endif
