/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * interviews.c - whom an interview is with, and the one speaker that front matter names.
 */
#include "corpus/attribution/attribution.h"

#include <string.h>

#include "corpus/cues.h"
#include "corpus/pieces.h"
#include "corpus/words.h"

int interviewee_named(struct attributing *a, const struct block *block, struct range *range)
{
	g_autoptr(GString) own = g_string_new(NULL);
	struct piece piece = piece_of(a->doc, block, own);
	struct word word;
	for (guint32 pos = 0; piece.len < 400 && word_next(piece.s, &pos, piece.len, &word);) {
		words_fold_to(a->folded, piece.s, word.start, piece.len);
		guint words = cue_begins(CUE_INTERVIEW, a->folded->str);
		if (words == 0)
			continue;
		for (; words > 1; words--)
			word_next(piece.s, &pos, piece.len, &word);
		for (guint n = 0; n < 6 && word_next(piece.s, &pos, piece.len, &word); n++) {
			struct name name;
			if (!word.upper || !name_scan(piece.s, word.start, piece.len, &name) || name.words < 2)
				continue;
			*range = piece_span(a->doc, &piece, name.start, name.end);
			return byline_add(a, piece.s, &name);
		}
		return -1;
	}
	return -1;
}

/* "Interview with Ann Bell, Director" above the first label. */
static int interviewed(struct attributing *a, struct range *range)
{
	struct document *doc = a->doc;
	if (doc->type != TYPE_TRANSCRIPT)
		return -1;
	for (guint i = 0; i < doc->blocks->len && i < 12 && document_block(doc, i)->kind != BLOCK_LABEL; i++) {
		const struct block *block = document_block(doc, i);
		int named = block_is_silent(block) ? -1 : interviewee_named(a, block, range);
		if (named >= 0)
			return named;
	}
	return -1;
}

int main_speaker(struct attributing *a, struct range *range, bool *answers)
{
	struct document *doc = a->doc;
	int found = -1;
	guint n = 0;
	for (guint i = 0; i < doc->blocks->len && i < 200; i++) {
		const struct block *block = document_block(doc, i);
		if (block->zone != ZONE_FRONT_MATTER || block->label == NULL ||
		    strcmp(block->label, "speaker") != 0)
			continue;
		struct piece piece = piece_of(doc, block, a->buffer);
		struct name name;
		guint32 end = piece.len;
		const char *comma = memchr(piece.s, ',', piece.len);
		if (comma != NULL)
			end = (guint32)(comma - piece.s);
		if (name_scan(piece.s, 0, end, &name) && name.end >= end)
			words_fold_to(a->folded, piece.s, name.start, name.end);
		else
			words_fold_to(a->folded, piece.s, 0, end);
		found = roster_full(a->roster, a->folded->str);
		*range = (struct range){ block_start(block), block_end(block) };
		n++;
	}
	*answers = n == 0;
	return n == 1 && found >= 0 ? found : n == 0 ? interviewed(a, range) : -1;
}
