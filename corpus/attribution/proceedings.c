/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * proceedings.c - what stands between the words of a record: facts, questions from the
 * floor, interjections, and what happens to the chair.
 */
#include "corpus/attribution/attribution.h"

#include <string.h>

#include "corpus/cues.h"
#include "corpus/pieces.h"
#include "corpus/words.h"

#define PROCEEDING_WORDS 30

/* "Time: 14.30", "WARNING: ...": a fact that somebody else put between the turns. */
bool block_is_note(struct attributing *a, const struct block *block)
{
	struct piece piece = piece_of(a->doc, block, a->buffer);
	const char *colon = memchr(piece.s, ':', MIN(piece.len, 40));
	if (colon == NULL)
		return false;
	words_fold_to(a->folded, piece.s, 0, (guint32)(colon - piece.s));
	return cue_is(CUE_HEAD, a->folded->str, -1);
}

/* "Question: who pays?" in a report: from the floor, and whoever spoke before has ended. */
bool block_is_question(struct attributing *a, const struct block *block)
{
	struct piece piece = piece_of(a->doc, block, a->buffer);
	const char *colon = memchr(piece.s, ':', MIN(piece.len, 40));
	if (colon == NULL)
		return false;
	words_fold_to(a->folded, piece.s, 0, (guint32)(colon - piece.s));
	return cue_is(CUE_AUDIENCE, a->folded->str, -1) || cue_is(CUE_ANSWER, a->folded->str, -1);
}

/* "(Applause from the left. Call: Hear, hear!)": the record's own, between the words. */
bool block_is_interjection(struct attributing *a, const struct block *block)
{
	struct piece piece = piece_of(a->doc, block, a->buffer);
	struct range text = text_trim(piece.s, piece_range(&piece));
	if (text.end < text.start + 3 || strchr("([", piece.s[text.start]) == NULL)
		return false;
	for (guint32 pos = text.start; pos < text.end;) {	/* one bracket or more */
		if (piece.s[pos] != '(' && piece.s[pos] != '[')
			return pos + 1 >= text.end && piece.s[pos] == '.';
		const char *close = memchr(piece.s + pos, piece.s[pos] == '(' ? ')' : ']', text.end - pos);
		if (close == NULL)
			return false;
		for (pos = (guint32)(close - piece.s) + 1; pos < text.end && g_ascii_isspace(piece.s[pos]); pos++)
			;
	}
	return true;
}

/* "Mr. Bell, Vice-President, took the Chair.", or in type of its own "The resolution was
 * adopted by 21 votes to none.": what happens, one sentence, between the words. Whoever
 * takes the chair is called "The President" from then on. */
bool block_is_proceeding(struct attributing *a, const struct block *block)
{
	g_autoptr(GString) own = g_string_new(NULL);
	struct piece piece = piece_of(a->doc, block, own);
	struct range text = text_trim(piece.s, piece_range(&piece));
	if (words_count(piece.s, text, PROCEEDING_WORDS + 1) > PROCEEDING_WORDS || text.end <= text.start ||
	    sentence_end(piece.s, text.start, text.end) < text.end)
		return false;
	words_fold_to(a->folded, piece.s, text.start, text.end);
	if (block->kind == BLOCK_QUOTATION && cue_holds(CUE_PROCEEDINGS, a->folded->str))
		return true;
	if (!cue_holds(CUE_TAKES_CHAIR, a->folded->str) || cue_holds(CUE_SELF, a->folded->str))
		return false;
	int taker = -1;
	if (!chair_taker(a, piece.s, text, &taker))
		return false;
	a->chair = taker;
	return true;
}
