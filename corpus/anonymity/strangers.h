/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * strangers.h - people whom no stage knows.
 */
#ifndef CORPUS_STRANGERS_H
#define CORPUS_STRANGERS_H

#include "corpus/anonymity/masking.h"

/* speaks: it stands where a speaker is named, not only somebody. */
typedef void strangers_fn(const char *name, guint32 len, bool speaks, void *data);

enum strangers_in {
	STRANGERS_ENTRY = 1,	/* the text is of a list, a caption or the like */
	STRANGERS_TREATED = 2,	/* it is prose: who is only treated as a person is one */
	STRANGERS_NOUNS = 4,	/* in a language that has nouns in capitals */
};

/* Gives each name that stands where people are named. small: the document's folded
 * words that it has in small letters; NULL without STRANGERS_TREATED. */
void strangers_find(const char *s, guint32 len, guint in, GHashTable *small, strangers_fn *fn, void *data);

#endif
