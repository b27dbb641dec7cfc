/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * dividers.c - slides that say nothing but whose part begins, and notes that say who
 * speaks.
 *
 *   Part II: The count        a title, and one name with a function or a house;
 *   Ann Bell                  or the name as the title
 *   House of Salt
 *
 * The name must also stand on the title slide or in the outline, unless the title
 * numbers a part: a picture's caption or a contact looks the same.
 */
#include "corpus/attribution/attribution.h"

#include <string.h>

#include "corpus/cues.h"
#include "corpus/outline/outline.h"
#include "corpus/pieces.h"
#include "corpus/words.h"

#define DIVIDER_WORDS 40
#define LINE_WORDS 14
#define OUTLINE_SLIDES 4	/* in which the outline stands */
#define NOTES_SENTENCES 3	/* at the beginning of notes, in which who speaks says so */
#define NOTES_WORDS 6

/* One slide as a divider. */
struct divider {
	guint lines, names, words;
	bool other;		/* items, tables, quotations: it says something */
	bool part;		/* its title numbers a part */
	struct name name;
	struct range where;
	char *s;		/* the line that the name is in */
};

/* "Ann Bell", "Ann Bell, House of Salt": the name of a line that is nothing else. */
static bool named_line(struct attributing *a, const char *s, struct range line, struct name *name)
{
	line = text_trim(s, line);
	if (line.start >= line.end || words_count(s, line, LINE_WORDS + 1) > LINE_WORDS || text_ends_sentence(s, line) ||
	    !name_scan(s, line.start, line.end, name) || name->words < 2)
		return false;
	if (name->end < line.end && s[name->end] != ',' && s[name->end] != '(')
		return false;
	words_fold_to(a->folded, s, name->start, name->end);
	return !cue_holds(CUE_BODY, a->folded->str) && !cue_holds(CUE_ROLE, a->folded->str) && !cue_holds(CUE_EVENT, a->folded->str) &&
	       !cue_holds(CUE_COUNTRY, a->folded->str);
}

static void divider_line(struct attributing *a, struct divider *divider, const struct piece *piece, struct range line)
{
	struct name name;
	guint number = 0;
	if (words_count(piece->s, line, 1) == 0)
		return;
	divider->lines++;
	divider->part = divider->part || (divider->lines == 1 && panel_label(piece->s + line.start, line.end - line.start, &number) > 0 && number > 0);
	if (!named_line(a, piece->s, line, &name))
		return;
	if (divider->names++ > 0)
		return;
	divider->s = g_strndup(piece->s, piece->len);
	divider->name = name;
	divider->where = piece_span(a->doc, piece, name.honorific, name.end);
}

/* Reads the slide that begins at block i; returns the first block behind it. */
static guint divider_read(struct attributing *a, guint i, struct divider *divider)
{
	struct document *doc = a->doc;
	int slide = document_block(doc, i)->slide;
	*divider = (struct divider){ 0 };
	for (; i < doc->blocks->len && document_block(doc, i)->slide == slide; i++) {
		const struct block *block = document_block(doc, i);
		if (block_is_silent(block) || block->n_ranges == 0 || block->notes)
			continue;
		if (block->kind != BLOCK_HEADING && block->kind != BLOCK_PARAGRAPH && block->kind != BLOCK_CAPTION)
			divider->other = true;
		if (divider->other || divider->words > DIVIDER_WORDS)
			continue;
		struct piece piece = piece_of(doc, block, a->buffer);
		divider->words += words_count(piece.s, piece_range(&piece), DIVIDER_WORDS + 1);
		for (guint32 pos = 0, end; pos < piece.len; pos = end + 1) {
			end = text_line_end(piece.s, pos, piece.len);
			divider_line(a, divider, &piece, (struct range){ pos, end });
		}
	}
	return i;
}

/* The words of the title slide and of the outline, folded, with blanks around. */
static GString *front_of(struct attributing *a)
{
	struct document *doc = a->doc;
	GString *front = g_string_new(" ");
	int outline = 1;
	for (guint i = 0; i < doc->blocks->len && document_block(doc, i)->slide <= OUTLINE_SLIDES; i++) {
		const struct block *block = document_block(doc, i);
		if (block_is_silent(block) || block->n_ranges == 0 || block->notes)
			continue;
		struct piece piece = piece_of(doc, block, a->buffer);
		words_fold_to(a->folded, piece.s, 0, piece.len);
		if (block->zone == ZONE_CONTENTS || block->zone == ZONE_AGENDA || cue_is(CUE_OUTLINE, a->folded->str, -1))
			outline = block->slide;
		if (block->slide <= 1 || block->slide == outline)
			g_string_append_printf(front, "%s ", a->folded->str);
	}
	return front;
}

static bool stands_in_front(struct attributing *a, const GString *front, const struct divider *divider)
{
	words_fold_to(a->folded, divider->s, divider->name.start, divider->name.end);
	g_autofree char *wanted = g_strdup_printf(" %s ", a->folded->str);
	return strstr(front->str, wanted) != NULL;
}

void dividers_read(struct attributing *a, struct deck *deck)
{
	struct document *doc = a->doc;
	g_autoptr(GString) front = front_of(a);
	deck->dividers = g_array_new(false, false, sizeof(struct part_of_deck));
	for (guint i = 0; i < doc->blocks->len;) {
		guint first = i;
		struct divider divider;
		if (document_block(doc, first)->slide <= 1) {
			i++;
			continue;
		}
		i = divider_read(a, first, &divider);
		bool alone = divider.names == 1 && !divider.other && divider.lines > 1 && divider.words <= DIVIDER_WORDS;
		if (alone && (divider.part || stands_in_front(a, front, &divider))) {
			struct part_of_deck part = { .slide = document_block(doc, first)->slide, .range = divider.where };
			words_fold_to(a->folded, divider.s, divider.name.start, divider.name.end);
			part.person = roster_full(a->roster, a->folded->str);
			if (part.person < 0)
				part.person = byline_add(a, divider.s, &divider.name);
			if (part.person >= 0)
				g_array_append_val(deck->dividers, part);
		}
		g_free(divider.s);
	}
}

const struct part_of_deck *divider_at(const struct deck *deck, int slide)
{
	for (guint low = 0, high = deck->dividers->len; low < high;) {
		guint middle = low + (high - low) / 2;
		const struct part_of_deck *part = &g_array_index(deck->dividers, struct part_of_deck, middle);
		if (part->slide == slide)
			return part;
		if (part->slide < slide)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

/* "Ann speaking.", "Tom Marsh again.", "This is Ann.": the presenter; -1. */
static int named_in_sentence(struct attributing *a, const struct deck *deck, const char *s, struct range sentence)
{
	struct word words[NOTES_WORDS + 1];
	guint n = 0, lead;
	for (guint32 pos = sentence.start; n <= NOTES_WORDS && word_next(s, &pos, sentence.end, &words[n]);)
		n++;
	if (n < 2 || n > NOTES_WORDS)
		return -1;
	words_fold_to(a->folded, s, sentence.start, sentence.end);
	lead = cue_begins(CUE_I_AM, a->folded->str);
	if (lead > 0 && lead < n)
		return deck_presenter_called(a, deck, s, (struct range){ words[lead].start, words[n - 1].end });
	for (guint k = 1; k < n; k++) {
		words_fold_to(a->folded, s, words[k].start, words[n - 1].end);
		if (words[k - 1].upper && cue_is(CUE_SPEAKING, a->folded->str, -1))
			return deck_presenter_called(a, deck, s, (struct range){ words[0].start, words[k - 1].end });
	}
	return -1;
}

int notes_speaker(struct attributing *a, const struct deck *deck, const struct block *block, struct range *range)
{
	g_autoptr(GString) own = g_string_new(NULL);
	struct piece piece = piece_of(a->doc, block, own);
	guint32 from = 0, pos = 0;
	for (guint n = 0; n < NOTES_SENTENCES && pos < piece.len; n++, from = pos) {
		pos = sentence_end(piece.s, from, piece.len);
		int person = named_in_sentence(a, deck, piece.s, (struct range){ from, pos });
		if (person < 0)
			continue;
		*range = piece_span(a->doc, &piece, from, pos);
		return person;
	}
	return -1;
}
