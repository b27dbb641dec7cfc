/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * slides.c - is it a deck of slides, and which slide is which.
 */
#include "corpus/outline.h"

#include <string.h>

#include "corpus/cues.h"
#include "corpus/pieces.h"
#include "corpus/words.h"

#define PROSE_WORDS 45

/* A deck is short lines, items and titles; running text is rare in it. */
bool slides_recognise(const struct document *doc)
{
	guint lines = 0, prose = 0, items = 0, breaks = 0;
	bool thanks = false;
	g_autoptr(GString) buffer = g_string_new(NULL), folded = g_string_new(NULL);
	for (guint i = 0; i < doc->blocks->len; i++) {
		const struct block *block = document_block(doc, i);
		breaks += block->kind == BLOCK_SLIDE_BREAK;
		if (block->kind == BLOCK_LABEL)
			return false;
		if (!block_is_text(block) && block->kind != BLOCK_HEADING)
			continue;
		struct piece piece = piece_of(doc, block, buffer);
		if (memchr(piece.s, '|', piece.len))
			return false;
		guint words = words_count(piece.s, piece_range(&piece), PROSE_WORDS);
		lines++;
		prose += words >= PROSE_WORDS;
		items += block->kind == BLOCK_LIST_ITEM || block->kind == BLOCK_HEADING;
		if (words <= 8) {
			g_string_truncate(folded, 0);
			words_fold(piece.s, piece_range(&piece), folded);
			thanks = thanks || cue_is(CUE_DECK, folded->str, -1);
		}
	}
	if (breaks >= 2)
		return prose * 4 <= lines;
	if (lines < 12 || prose * 20 > lines)
		return false;
	return thanks || items * 5 >= lines * 2;
}

/* Decks without slide breaks: each heading of the highest level is a slide. */
void slides_number(struct document *doc)
{
	int slide = 0, level = 99;
	for (guint i = 0; i < doc->blocks->len; i++) {
		const struct block *block = document_block(doc, i);
		if (block->slide > 0 || block->kind == BLOCK_SLIDE_BREAK)
			return;
		if (block->kind == BLOCK_HEADING && i > 0)
			level = MIN(level, block->level);
	}
	for (guint i = 0; i < doc->blocks->len; i++) {
		struct block *block = document_block(doc, i);
		if (slide == 0 || (block->kind == BLOCK_HEADING && block->level <= level))
			slide++;
		block->slide = slide;
	}
}
