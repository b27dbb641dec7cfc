/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * slides.c - is it a deck of slides, and which slide is which.
 */
#include "corpus/outline/outline.h"

#include <string.h>

#include "corpus/cues.h"
#include "corpus/pieces.h"
#include "corpus/words.h"

#define PROSE_WORDS 45
#define SENTENCE_WORDS 10
#define BARS_SHARE 10		/* of a deck's lines at most one in so many has columns */

/* A deck is short lines, items and titles; running text is rare in it. */
bool slides_recognise(const struct document *doc)
{
	guint lines = 0, prose = 0, items = 0, breaks = 0, sentences = 0, bars = 0;
	bool thanks = false;
	if (doc->upright)
		return false;
	g_autoptr(GString) buffer = g_string_new(NULL), folded = g_string_new(NULL);
	for (guint i = 0; i < doc->blocks->len; i++) {
		const struct block *block = document_block(doc, i);
		breaks += block->kind == BLOCK_SLIDE_BREAK;
		if (block->kind == BLOCK_LABEL)
			return false;
		if ((!block_is_text(block) && block->kind != BLOCK_HEADING) || block->zone == ZONE_FRONT_MATTER)
			continue;
		struct piece piece = piece_of(doc, block, buffer);
		bars += memchr(piece.s, '|', piece.len) != NULL;
		guint words = words_count(piece.s, piece_range(&piece), PROSE_WORDS);
		lines++;
		prose += words >= PROSE_WORDS;
		sentences += words >= SENTENCE_WORDS && text_ends_sentence(piece.s, piece_range(&piece));
		items += block->kind == BLOCK_LIST_ITEM || block->kind == BLOCK_HEADING;
		if (words <= 8) {
			g_string_truncate(folded, 0);
			words_fold(piece.s, piece_range(&piece), folded);
			thanks = thanks || cue_is(CUE_DECK, folded->str, -1);
		}
	}
	if (bars * BARS_SHARE > lines || (bars > 0 && breaks == 0 && lines < 12))
		return false;
	if (breaks >= 2)
		return prose * 4 <= lines;
	/* what is told in sentences is a record with numbered paragraphs or a report */
	if (lines < 12 || prose * 20 > lines || sentences * 6 >= lines)
		return false;
	return thanks || items * 5 >= lines * 2;
}

static bool begins_with_title(const struct document *doc, guint i)
{
	while (i < doc->blocks->len && block_is_silent(document_block(doc, i)) &&
	       document_block(doc, i)->kind != BLOCK_PAGE_BREAK)
		i++;
	return i < doc->blocks->len && document_block(doc, i)->kind == BLOCK_HEADING;
}

/* A page for a slide; a page without a title goes on with the one before. */
static void number_by_pages(struct document *doc)
{
	int slide = 1;
	for (guint i = 0; i < doc->blocks->len; i++) {
		struct block *block = document_block(doc, i);
		if (block->kind == BLOCK_PAGE_BREAK && begins_with_title(doc, i + 1))
			slide++;
		block->slide = slide;
	}
}

/* The level of the headings that are slides' titles: the highest that, with
 * those above it, holds a third of all headings. */
int slides_title_level(const struct document *doc)
{
	guint counts[8] = { 0 }, total = 0, so_far = 0;
	for (guint i = 1; i < doc->blocks->len; i++) {
		const struct block *block = document_block(doc, i);
		if (block->kind != BLOCK_HEADING)
			continue;
		counts[CLAMP(block->level, 1, 7)]++;
		total++;
	}
	for (int level = 1; level < 8; level++) {
		so_far += counts[level];
		if (so_far > 0 && so_far * 3 >= total)
			return level;
	}
	return 7;
}

/* Decks without slide breaks: each page or, where there are none, each title
 * is a slide. */
void slides_number(struct document *doc)
{
	guint pages = 0;
	for (guint i = 0; i < doc->blocks->len; i++) {
		const struct block *block = document_block(doc, i);
		if (block->slide > 0 || block->kind == BLOCK_SLIDE_BREAK)
			return;
		pages += block->kind == BLOCK_PAGE_BREAK;
	}
	if (pages >= 2) {
		number_by_pages(doc);
		return;
	}
	int slide = 0, level = slides_title_level(doc);
	for (guint i = 0; i < doc->blocks->len; i++) {
		struct block *block = document_block(doc, i);
		if (slide == 0 || (block->kind == BLOCK_HEADING && block->level <= level))
			slide++;
		block->slide = slide;
	}
}
