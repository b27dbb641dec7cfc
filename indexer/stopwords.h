/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * stopwords.h - function words by language: too frequent to index, empty of
 * meaning by themselves; and words that hardly say what a question is about.
 */
#ifndef INDEXER_STOPWORDS_H
#define INDEXER_STOPWORDS_H

#include <stdbool.h>

/* The words of a language (ISO 639-1), separated by blanks, as exact forms;
 * NULL where there is no list. */
const char *stopwords_of(const char *language);

/* Is the exact form a word that stands in the index but says little of what somebody asks for:
 * "how", "many", "should"? False where the language has no list. */
bool stopwords_is_weak(const char *language, const char *exact);

#endif
