/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * fingerprints.h - which other passages may hold the same words.
 *
 * A fingerprint is the hash of FINGERPRINT_WORDS stems that follow each other,
 * function words left out. Of those of a passage some are chosen by winnowing
 * (Schleimer, Wilkerson and Aiken 2003): the smallest of each window. So two texts
 * that share FINGERPRINT_WORDS + FINGERPRINT_WINDOW - 1 stems in a row share a
 * fingerprint, whatever stands around them: a quotation and the passage that it
 * was taken from do. See prints.h for where they are kept.
 */
#ifndef INDEXER_FINGERPRINTS_H
#define INDEXER_FINGERPRINTS_H

#include "indexer/analysis.h"

#define FINGERPRINT_WORDS 3
#define FINGERPRINT_WINDOW 8
#define FINGERPRINT_LEAST 3	/* of a passage: where one word was changed, another one is left */
#define FINGERPRINT_MAX 200	/* of a passage, its first */

/* Sets out (guint32) to the fingerprints of a text's tokens (struct token), in ascending
 * order, each once. A text of fewer stems has one of all there are; none without any. */
void fingerprints_choose(const struct token *tokens, guint n, GArray *out);

#endif
