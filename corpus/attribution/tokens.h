/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tokens.h - a sentence word by word, folded, so that cues can be looked up at
 * any of its words without folding again.
 */
#ifndef CORPUS_ATTRIBUTION_TOKENS_H
#define CORPUS_ATTRIBUTION_TOKENS_H

#include "corpus/cues.h"
#include "corpus/words.h"

#define TOKENS_MAX 96	/* what is behind them in a sentence says nothing of who speaks */

struct token {
	struct word word;
	guint32 folded;		/* where it begins in the folded sentence */
	const struct cue_words *cues;	/* what its first folded word is */
	guint parts;		/* folded words: "G-77" has two */
	bool comma;		/* a comma stands before it */
	bool apart;		/* a bracket, dash, colon or semicolon stands before it */
};

struct tokens {
	const char *s;
	guint32 start, end;
	guint n;
	struct token at[TOKENS_MAX];	/* all zero behind the last */
	GString *folded;
};

/* folded is emptied, and kept until the tokens are done with. */
void tokens_read(struct tokens *tokens, const char *s, guint32 start, guint32 end, GString *folded);
/* The folded sentence from token i on; "" behind the last. */
const char *tokens_from(const struct tokens *tokens, guint i);
/* How many tokens from i on are this cue; 0: it does not stand there. */
guint tokens_cue(const struct tokens *tokens, guint i, enum cue cue);
/* The first token at or behind the place in s. */
guint tokens_at(const struct tokens *tokens, guint32 pos);

#endif
