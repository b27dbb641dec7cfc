/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * phrases.h - the phrases that come again and again: two to four words of running
 * text, without function words at their ends, counted once a passage.
 *
 * Memory is bounded. While there is room the counts are exact; then the rarest
 * are forgotten, and what comes again begins anew (Manku and Motwani 2002), so that a
 * count can be somewhat too low.
 *
 * In a small corpus two passages are often, unless one repeats the other: what has the same words before it, or behind it,
 * each time is part of something longer that was repeated.
 */
#ifndef INDEXER_PHRASES_H
#define INDEXER_PHRASES_H

#include <glib.h>
#include <stdbool.h>

#define PHRASE_MAX_WORDS 4
#define PHRASE_MIN_COUNT 3	/* passages: below, a phrase is not frequent, */
#define PHRASE_MIN_VARIED 2	/* but for one that stands between different words, while there are few passages */
#define PHRASE_WITNESSES 4	/* sources that have it: always the same ones of many */
#define PHRASE_NO_SOURCE G_MAXUINT32

struct phrase {
	const char *text;	/* exact forms, single blanks between them */
	guint32 count;		/* passages */
	guint32 witnesses[PHRASE_WITNESSES];	/* PHRASE_NO_SOURCE behind the last */
	bool varied;				/* different words stand before it, and behind it */
};

struct phrases;

struct phrases *phrases_new(void);
void phrases_free(struct phrases *phrases);

/* The next passage: its text and its tokens (struct token). */
void phrases_add(struct phrases *phrases, const char *text, const GArray *tokens, guint32 source);

/* Every frequent one, in no order; borrowed for the call. */
typedef void phrases_fn(const struct phrase *phrase, void *data);
void phrases_each(const struct phrases *phrases, phrases_fn *fn, void *data);

/* Adds a source to the witnesses of a phrase. */
void phrase_witness(guint32 witnesses[PHRASE_WITNESSES], guint32 source);

#endif
