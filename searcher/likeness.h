/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * likeness.h - are these the same words?
 *
 * Two texts are alike when the shorter one, word by word, is the longer one or
 * stands somewhere in it, with small changes: words replaced, added or left out that
 * make up no more than LIKENESS_CHANGE_PERCENT of it. A function word counts half. A cut
 * of many words costs little more than one of a single word. A negation is never a small
 * change; a number is none in a short text or a list.
 */
#ifndef SEARCHER_LIKENESS_H
#define SEARCHER_LIKENESS_H

#include "corpus/arena.h"
#include "indexer/analysis.h"

#define LIKENESS_CHANGE_PERCENT 15
#define LIKENESS_WHOLE_WORDS 8		/* a shorter text must be the same, word by word */
#define LIKENESS_PART_WORDS 12		/* a shorter one is no quotation of a longer text */
#define LIKENESS_PART_STEMS 6		/* the same, without function words */
#define LIKENESS_STRICT_WORDS 20	/* in a shorter one a number is no small change */
#define LIKENESS_MAX_WORDS 600		/* of a text; what is behind them is not looked at */

struct likeness_word {
	guint32 hash;		/* of its fold */
	bool stem, number, negation;
};

struct likeness_text {
	struct likeness_word *words;
	guint n, n_stems;
};

/* The words of a text by its tokens, in the arena. */
struct likeness_text likeness_text(struct arena *arena, const struct token *tokens, guint n);

/* With strict, numbers must agree however long the texts are. Texts without words
 * are like nothing. Takes time with the product of their lengths at most, far less where
 * they differ. */
bool likeness_same(const struct likeness_text *a, const struct likeness_text *b, bool strict);

#endif
