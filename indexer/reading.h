/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * reading.h - from a word to the terms it is found by: the stem, and where the
 * word can be read in another way, a second one.
 */
#ifndef INDEXER_READING_H
#define INDEXER_READING_H

#include <glib.h>
#include <stdbool.h>

struct reading;

/* language: ISO 639-1, or NULL. */
struct reading *reading_new(const char *language);
void reading_free(struct reading *reading);

/* Is the word nothing but function words of the language? */
bool reading_is_stop(const struct reading *reading, const char *exact);

/* The terms of a word, of any length; also is empty where there is but one. */
void reading_read(struct reading *reading, const char *exact, const char *fold,
                 GString *term, GString *also);

#endif
