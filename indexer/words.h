/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * words.h - where words begin and end: the default rules of UAX #29, of whose
 * segments those are given that hold a letter or a digit.
 *
 * Four things differ from the default rules, on purpose: low lines at the ends
 * of a word do not belong to it; no picture does either, joiner or not; scripts
 * that write no blanks (Han, kana, Thai, Lao, Khmer, Burmese) come as
 * overlapping pairs of characters; what is not UTF-8 is a break.
 */
#ifndef INDEXER_WORDS_H
#define INDEXER_WORDS_H

#include <glib.h>
#include <stdbool.h>

enum {
	WORDS_LETTER = 1 << 0,	/* has a letter */
	WORDS_DIGIT = 1 << 1,	/* has a digit */
	WORDS_CJK = 1 << 2,	/* of a script without blanks: a pair, or one alone */
};

struct words_span {
	gsize start, end;	/* bytes in the text */
	guint flags;
};

struct words {
	const guint8 *text, *end, *at;
	const guint8 *covered;	/* the second of a pair: already in a span */
	bool whole_runs;	/* set it for runs instead of pairs */
};

void words_init(struct words *words, const char *text, gsize len);

/* The next word; false at the end of the text. Time is linear in the text. */
bool words_next(struct words *words, struct words_span *span);

#endif
