/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * stopwords.h - function words by language: too frequent to index, empty of
 * meaning by themselves.
 */
#ifndef INDEXER_STOPWORDS_H
#define INDEXER_STOPWORDS_H

#include <stdbool.h>

/* The words of a language (ISO 639-1), separated by blanks, as exact forms;
 * NULL where there is no list. */
const char *stopwords_of(const char *language);

#endif
