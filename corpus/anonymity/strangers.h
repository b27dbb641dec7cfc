/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * strangers.h - people whom no stage knows.
 */
#ifndef CORPUS_STRANGERS_H
#define CORPUS_STRANGERS_H

#include "corpus/anonymity/masking.h"

/* speaks: it stands where a speaker is named, not only somebody. */
typedef void strangers_fn(const char *name, guint32 len, bool speaks, void *data);

/* Gives each name that stands where people are named. entry: the text is of a list,
 * a caption or the like. */
void strangers_find(const char *s, guint32 len, bool entry, strangers_fn *fn, void *data);

#endif
