/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * sentences.h - the sentences of a text. Abbreviations, initials and decimal
 * points end none; an empty line ends one.
 */
#ifndef SEARCHER_SENTENCES_H
#define SEARCHER_SENTENCES_H

#include "searcher/chars.h"

/* Without white space at its ends. Chars count from the start of the text. */
struct sentence {
	guint32 start, end;	/* bytes */
	guint32 start_char, end_char;
};

/* Appends the sentences (struct sentence), in order. The text is shorter than 4 GB. */
void sentences_find(const struct chars *in, GArray *sentences);

#endif
