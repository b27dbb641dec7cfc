/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * stem.h - Snowball stems by language.
 */
#ifndef INDEXER_STEM_H
#define INDEXER_STEM_H

#include <glib.h>

struct sb_stemmer;

/* NULL where libstemmer has none for the language (ISO 639-1). Free it with
 * sb_stemmer_delete. */
struct sb_stemmer *stem_open(const char *language);

/* The stem of an exact form; without a stemmer, or where nothing would be left,
 * the form itself. */
void stem_word(struct sb_stemmer *stemmer, const char *exact, gsize len, GString *stem);

/* What all stemmers here make of a fixed list of words: 16 hexadecimal digits.
 * g_free it. */
char *stem_version(void);

/* ISO 639-1, NULL-terminated, static. */
const char *const *stem_languages(void);

#endif
