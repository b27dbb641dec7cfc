/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * variants.h - other spellings of a word, by rule: British and American English,
 * German before and after its reforms, umlauts written out.
 */
#ifndef SEARCHER_VARIANTS_H
#define SEARCHER_VARIANTS_H

#include <glib.h>
#include <stdbool.h>

#define VARIANTS_MAX 12

/* Appends spellings (char *, yours) of a fold that differ from it and from each other, at
 * most VARIANTS_MAX. Most of them are no words: whoever asks looks them up. exact tells an
 * umlaut from a plain letter. absent: the index does not have the word, so that "ue" may be an umlaut,
 * and a plain vowel one that the texts write out; in other words it mostly is neither. */
void variants_of(const char *fold, const char *exact, bool absent, GPtrArray *out);

#endif
