/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * passages.h - statements into passages: the units that are searched and cited.
 */
#ifndef CORPUS_PASSAGES_H
#define CORPUS_PASSAGES_H

#include "corpus/document.h"

#define PASSAGE_WORDS_MIN 40	/* shorter ones join a neighbour of their own kind */
#define PASSAGE_WORDS_JOIN 120	/* what joined passages may hold */
#define PASSAGE_WORDS_MAX 250	/* longer ones are cut at the ends of sentences */

/* Replaces the statements of attribution() in doc->passages by passages: long
 * ones cut into even parts, short neighbours of one kind, speaker, section,
 * panel and turn joined, and ids given. The ranges of all passages together
 * stay what they were. */
void passages(struct document *doc);

#endif
