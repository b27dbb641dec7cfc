/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * suggestions-file.h - what the maker and the reader of suggestions share.
 */
#ifndef INDEXER_SUGGESTIONS_FILE_H
#define INDEXER_SUGGESTIONS_FILE_H

#include "indexer/suggestions.h"

#define SUGGESTIONS_MAGIC "RAPSUGG1"
#define SUGGESTIONS_ENTRY_BYTES (4 * (4 + PHRASE_WITNESSES))

guint32 suggestions_passages(const struct suggestions *suggestions);

#endif
