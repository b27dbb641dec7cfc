/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * fold.h - the two spellings of a word that the index compares.
 *
 *   exact   NFKC, lower case, straight apostrophes; soft hyphens, joiners and
 *           other characters that are not seen gone
 *   fold    exact with the marks of Latin, Greek and Cyrillic letters, Hebrew
 *           points and Arabic vowels gone, and letters such as ß, æ, ø written out
 *
 * Both are idempotent, and do not depend on a language.
 */
#ifndef INDEXER_FOLD_H
#define INDEXER_FOLD_H

#include <glib.h>
#include <stdbool.h>

/* A word's spelling is at most this long; what is longer is cut at a character
 * and ends in 16 hexadecimal digits, a hash of the whole spelling. */
#define FOLD_MAX_BYTES 256

/* word: UTF-8. Either may come out empty: nothing of the word is seen. */
void fold_word(const char *word, gsize len, GString *exact, GString *fold);

/* Cuts a spelling that is longer than max_bytes as said above. */
void fold_bound(GString *spelling, gsize max_bytes);

bool fold_is_ascii(const char *bytes, gsize len);

#endif
