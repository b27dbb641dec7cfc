/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * zones.c - the zones of a document: where contents, an agenda, a list of people,
 * references or an imprint begin, and where they end.
 */
#include "corpus/outline/walk.h"

#include <string.h>

#include "corpus/cues.h"
#include "corpus/people/names.h"
#include "corpus/pieces.h"
#include "corpus/words.h"

#define IMPRINT_WORDS 12	/* of a line of an imprint that says nothing particular */

/* Behind "Annex II", "Appendix A", "5", "VI": what the part is. */
static const char *behind_number(const char *folded)
{
	guint words = cue_begins(CUE_ANNEX, folded);
	for (guint n = 0; n < 4; n++) {
		gsize len = strcspn(folded, " ");
		bool number = strspn(folded, "0123456789") == len || strspn(folded, "ivx") == len || len == 1;
		if (folded[len] == '\0' || (words == 0 && (n > 1 || !number)))
			break;
		words -= words > 0;
		folded += len + 1;
	}
	return folded;
}

/* "Sources and contact": how a deck ends. */
static bool is_references_and_more(const char *folded)
{
	guint words = cue_begins(CUE_REFERENCES, folded);
	const char *and = words > 0 ? words_skip(folded, words) : "";
	guint joins = cue_begins(CUE_AND, and);
	const char *more = joins > 0 ? words_skip(and, joins) : "";
	return cue_is(CUE_REFERENCES, more, -1) || cue_is(CUE_THANKS, more, -1);
}

int zone_of_heading(const char *folded)
{
	folded = behind_number(folded);
	if (cue_is(CUE_CONTENTS, folded, -1))
		return ZONE_CONTENTS;
	if (cue_is(CUE_REFERENCES, folded, -1))
		return ZONE_REFERENCES;
	if (cue_is(CUE_PEOPLE, folded, -1))
		return ZONE_PEOPLE;
	/* "Agenda item 12" is what a meeting deals with */
	if (cue_begins(CUE_AGENDA, folded) && !cue_begins(CUE_ITEM, folded))
		return ZONE_AGENDA;
	if (cue_is(CUE_IMPRINT, folded, -1))
		return ZONE_IMPRINT;
	return -1;
}

bool zone_is_person_line(struct walk *walk, const struct block *block)
{
	struct name name;
	struct word word;
	guint32 pos = 0;
	if (!block_is_text(block) && block->kind != BLOCK_CAPTION && block->kind != BLOCK_TABLE_ROW)
		return false;
	struct piece piece = piece_of(walk->doc, block, walk->buffer);
	return word_next(piece.s, &pos, piece.len, &word) &&
	       name_scan(piece.s, word.start, piece.len, &name) && name.words >= 2 &&
	       words_count(piece.s, piece_range(&piece), 61) <= 60 &&
	       !text_ends_sentence(piece.s, piece_range(&piece));
}

bool zone_has_bar(struct walk *walk, const struct block *block)
{
	struct piece piece = piece_of(walk->doc, block, walk->buffer);
	return memchr(piece.s, '|', MIN(piece.len, 300)) != NULL;
}

/* Three lines "Name | ..." among the next five blocks begin a list of people. */
static bool begins_people(struct walk *walk, guint i)
{
	guint bars = 0;
	const struct block *block = document_block(walk->doc, i);
	guint described, lines = 0;
	if (block->kind == BLOCK_PARAGRAPH) {
		struct piece piece = piece_of(walk->doc, block, walk->buffer);
		lines = names_in_columns(piece.s, piece.len, &described);
	}
	if (lines >= 3 && described * 3 >= lines * 2)
		return true;
	if (block->kind == BLOCK_TABLE_ROW || !zone_is_person_line(walk, block) || !zone_has_bar(walk, block))
		return false;
	for (guint j = i; j < walk->doc->blocks->len && j < i + 5; j++)
		if (zone_is_person_line(walk, document_block(walk->doc, j)))
			bars += zone_has_bar(walk, document_block(walk->doc, j));
	return bars >= 3;
}

static bool ends_in_number(const struct piece *piece)
{
	struct range text = text_trim(piece->s, piece_range(piece));
	return text.end > text.start && g_ascii_isdigit(piece->s[text.end - 1]);
}

/* True where running text begins among the next n blocks that say something. */
static bool prose_within(struct walk *walk, guint i, guint n)
{
	for (guint j = i + 1; n > 0 && j < walk->doc->blocks->len; j++) {
		const struct block *block = document_block(walk->doc, j);
		if (block_is_silent(block))
			continue;
		if (walk_is_prose(walk, block))
			return true;
		n--;
	}
	return false;
}

/* Each line has a gap of three blanks or a tab: a table that nobody marked. */
static bool has_columns(const struct piece *piece)
{
	guint lines = 0, gaps = 0;
	for (guint32 pos = 0; pos < piece->len; lines++) {
		guint32 end = text_line_end(piece->s, pos, piece->len);
		struct range line = text_trim(piece->s, (struct range){ pos, end });
		gaps += g_strstr_len(piece->s + line.start, line.end - line.start, "   ") != NULL ||
		        memchr(piece->s + line.start, '\t', line.end - line.start) != NULL;
		pos = end + 1;
	}
	return gaps >= 2 && gaps * 3 >= lines * 2;
}

static bool begins_contents(struct walk *walk, guint i)
{
	const struct block *block = document_block(walk->doc, i);
	if (g_hash_table_size(walk->titles) == 0 || block->n_ranges == 0)
		return false;
	struct piece piece = piece_of(walk->doc, block, walk->buffer);
	return contents_lines(&piece);
}

/* The whole block is a title of the table of contents. */
static bool is_in_contents(struct walk *walk, const struct piece *piece)
{
	return piece->block->kind == BLOCK_PARAGRAPH && contents_title_at(walk->titles, piece, walk->folded) >= piece->len && piece->len > 0;
}

/* "Printed in ...", an address, a few words: running text ends an imprint. */
static bool holds_imprint(struct walk *walk, const struct piece *piece)
{
	walk_fold(piece, walk->folded);
	return words_count(piece->s, piece_range(piece), IMPRINT_WORDS) < IMPRINT_WORDS ||
	       (words_count(piece->s, piece_range(piece), 90) < 90 &&
	        (cue_holds(CUE_IMPRINT, walk->folded->str) || memchr(piece->s, '@', piece->len) != NULL ||
	         g_strstr_len(piece->s, piece->len, "www.") != NULL || g_strstr_len(piece->s, piece->len, "http") != NULL ||
	         g_strstr_len(piece->s, piece->len, "\xC2\xA9") != NULL || !text_ends_sentence(piece->s, piece_range(piece))));
}

bool zone_holds(struct walk *walk, guint i)
{
	const struct block *block = document_block(walk->doc, i);
	struct piece piece = piece_of(walk->doc, block, walk->buffer);
	switch (walk->zone) {
	case ZONE_CONTENTS:
		if (is_in_contents(walk, &piece))
			return false;
		if (memchr(piece.s, '\t', piece.len) || ends_in_number(&piece))
			return words_count(piece.s, piece_range(&piece), 200) < 200;
		return !walk_is_prose(walk, block) && !prose_within(walk, i, 2) &&
		       !(block->kind == BLOCK_PARAGRAPH && text_ends_sentence(piece.s, piece_range(&piece)) &&
		         words_count(piece.s, piece_range(&piece), 8) >= 8 && piece.s[piece.len - 1] == '.');
	case ZONE_PEOPLE:
		return zone_is_person_line(walk, block) || block->kind == BLOCK_TABLE_ROW ||
		       (!walk_is_prose(walk, block) && !text_ends_sentence(piece.s, piece_range(&piece))) || has_columns(&piece);
	case ZONE_AGENDA:
		return !walk_is_prose(walk, block) || zone_is_person_line(walk, block) ||
		       block->kind == BLOCK_LIST_ITEM || block->kind == BLOCK_TABLE_ROW;
	case ZONE_IMPRINT:
		return holds_imprint(walk, &piece);
	case ZONE_REFERENCES:
		return true;
	default:
		return false;
	}
}

static void mark_imprint(struct walk *walk, guint i)
{
	const struct block *block = document_block(walk->doc, i);
	if (walk->zone != ZONE_BODY && walk->zone != ZONE_AGENDA && walk->zone != ZONE_REFERENCES)
		return;
	if (i * 10 > walk->doc->blocks->len && i * 10 < walk->doc->blocks->len * 8)
		return;
	struct piece piece = piece_of(walk->doc, block, walk->buffer);
	walk_fold(&piece, walk->folded);
	if (walk->labelled && i * 10 >= walk->doc->blocks->len * 8 && cue_begins(CUE_COLOPHON, walk->folded->str) > 0)
		walk->zone = ZONE_IMPRINT;
	if ((walk->zone == ZONE_REFERENCES || walk->labelled) && !cue_begins(CUE_IMPRINT, walk->folded->str))
		return;
	if (cue_holds(CUE_IMPRINT, walk->folded->str) &&
	    (strstr(walk->folded->str, "isbn") || strstr(walk->folded->str, "issn") ||
	     words_count(piece.s, piece_range(&piece), 60) < 60))
		walk->zone = ZONE_IMPRINT;
}

/* The days of an agenda, the letters of a list: a lower heading inside the zone,
 * with no running text below it. */
static bool is_part_of_zone(struct walk *walk, guint i, enum style style)
{
	const struct block *next = walk_speaking_after(walk, i);
	return style == STYLE_MARKED && walk->zone != ZONE_BODY && walk->zone_level > 0 &&
	       document_block(walk->doc, i)->level > walk->zone_level && next != NULL &&
	       (!walk_is_prose(walk, next) || walk->zone == ZONE_REFERENCES);
}

void zone_walk(struct walk *walk, guint i, enum style style)
{
	const struct block *block = document_block(walk->doc, i);
	if (style != STYLE_NONE) {
		struct piece piece = piece_of(walk->doc, block, walk->buffer);
		walk_fold(&piece, walk->folded);
		int zone = zone_of_heading(walk->folded->str);
		if (zone < 0 && walk->deck && is_references_and_more(walk->folded->str))
			zone = ZONE_REFERENCES;
		if (zone >= 0) {
			walk->zone = (enum zone)zone;
			walk->zone_level = style == STYLE_MARKED ? block->level : 0;
		} else if (is_part_of_zone(walk, i, style)) {
			return;
		} else if (walk->zone != ZONE_AGENDA || style == STYLE_MARKED || style == STYLE_PART ||
		         style == STYLE_NUMBER || style == STYLE_LETTER)
			walk->zone = walk->zone == ZONE_AGENDA && style == STYLE_PART &&
			             !walk_is_prose(walk, walk_speaking_after(walk, i) ? walk_speaking_after(walk, i) : block)
			             ? ZONE_AGENDA : ZONE_BODY;
		walk->zone_level = zone >= 0 ? walk->zone_level : 0;
		return;
	}
	/* the imprint is a page's, before the text or behind it */
	bool turned = walk->zone == ZONE_IMPRINT && i > 0 && document_block(walk->doc, i)->page != walk->imprint_page &&
	              i * 2 < walk->doc->blocks->len;
	if (walk->zone != ZONE_BODY && (turned || !zone_holds(walk, i)))
		walk->zone = ZONE_BODY;
	if (walk->zone == ZONE_BODY && begins_people(walk, i))
		walk->zone = ZONE_PEOPLE;
	if (walk->zone == ZONE_BODY && begins_contents(walk, i))
		walk->zone = ZONE_CONTENTS;
	mark_imprint(walk, i);
}
