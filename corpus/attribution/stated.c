/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * stated.c - documents whose format says who speaks: sections and panels by their
 * headings, and a statement for each block.
 *
 * A turn comes in pieces where something stands between that is not the speaker's. What is
 * between the pieces is told behind them, as soon as the speech before it is long enough for a
 * passage: else every "(Applause)" would tear a speech into scraps.
 */
#include "corpus/attribution/stated.h"

#include "corpus/attribution/attribution.h"
#include "corpus/passages.h"
#include "corpus/pieces.h"

struct stating {
	struct attributing a;
	GArray *waiting;	/* guint: blocks between the pieces of a turn */
	guint words;		/* of the turn since the last passage that could end */
};

/* ---- sections ---- */

static void add_section(struct document *doc, const struct block *heading, int parent)
{
	g_autoptr(GString) text = g_string_new(NULL);
	struct piece piece = prose_of(doc, heading, text);
	struct section section = {
		.parent = parent, .level = heading->level, .title = part_text(doc, piece.s, piece_range(&piece)),
	};
	if (section.title == NULL)
		section.title = "";
	g_array_append_val(doc->sections, section);
}

static void set_sections(struct document *doc)
{
	int current = -1;
	for (guint i = 0; i < doc->blocks->len; i++) {
		struct block *block = document_block(doc, i);
		if (block->kind == BLOCK_HEADING) {
			while (current >= 0 && document_section(doc, current)->level >= block->level)
				current = document_section(doc, current)->parent;
			add_section(doc, block, current);
			current = (int)doc->sections->len - 1;
		}
		block->section = current;
	}
}

/* ---- panels ---- */

#define LEVELS 9
#define PANELS_MAX 10000	/* of one file: years of sittings stay below */

/* The headings of debates: the highest level of which there are several, for what holds one
 * heading alone is the whole sitting; the only one where there is but one. 0: there are none. */
static int panel_level(const struct document *doc)
{
	guint counts[LEVELS] = { 0 };
	int only = 0;
	for (guint i = 0; i < doc->sections->len; i++)
		counts[CLAMP(document_section(doc, i)->level, 1, LEVELS - 1)]++;
	for (int level = LEVELS - 1; level > 0; level--)
		only = counts[level] > 0 ? level : only;
	for (int level = 1; level < LEVELS; level++)
		if (counts[level] > 1)
			return level;
	return only;
}

/* Each debate is a panel, with its heading as the title. */
static void set_panels(struct document *doc)
{
	int level = panel_level(doc), current = -1;
	for (guint i = 0; level > 0 && i < doc->blocks->len; i++) {
		struct block *block = document_block(doc, i);
		if (block->kind == BLOCK_HEADING && block->level <= level) {
			struct panel panel = { .moderator = -1, .title = document_section(doc, block->section)->title };
			current = -1;
			if (block->level == level && *panel.title != '\0' && doc->panels->len < PANELS_MAX) {
				g_array_append_val(doc->panels, panel);
				current = (int)doc->panels->len - 1;
			}
		}
		block->panel = current;
	}
}

/* ---- statements ---- */

static enum passage_kind kind_between(const struct block *block)
{
	return block->kind == BLOCK_FOOTNOTE ? KIND_REFERENCE : KIND_NARRATIVE;
}

static void tell_waiting(struct stating *stating)
{
	for (guint i = 0; i < stating->waiting->len; i++) {
		const struct block *block = document_block(stating->a.doc, g_array_index(stating->waiting, guint, i));
		statement_of(&stating->a, block, kind_between(block));
	}
	g_array_set_size(stating->waiting, 0);
	stating->words = 0;
}

/* A heading without anything below it is words, too. */
static bool is_empty_section(const struct document *doc, guint heading)
{
	for (guint i = heading + 1; i < doc->blocks->len; i++) {
		const struct block *block = document_block(doc, i);
		if (block->kind == BLOCK_HEADING)
			return block->level <= document_block(doc, heading)->level;
		if (!block_is_silent(block))
			return false;
	}
	return true;
}

static void tell_between(struct stating *stating, guint i)
{
	const struct block *block = document_block(stating->a.doc, i);
	if (block_is_silent(block))
		return;
	if (block->kind == BLOCK_HEADING) {
		tell_waiting(stating);
		if (!is_empty_section(stating->a.doc, i))
			return;
	}
	g_array_append_val(stating->waiting, i);
}

/* Whom a label names that the format does not know. */
static struct turn turn_of(struct stating *stating, const struct stated_turn *stated)
{
	struct document *doc = stating->a.doc;
	const struct block *label = stated->label >= 0 ? document_block(doc, (guint)stated->label) : NULL;
	guint32 begins = block_start(document_block(doc, stated->begins));
	struct turn turn = { .speaker = stated->speaker, .evidence = EVIDENCE_LABEL, .certainty = CERTAINTY_STATED };
	if (stated->speaker < 0 && label != NULL)
		turn = turn_of_label(&stating->a, label, -1);
	else if (stated->inferred)
		turn.certainty = CERTAINTY_INFERRED;
	turn.range = label != NULL ? (struct range){ block_start(label), block_end(label) } : (struct range){ begins, begins };
	return turn;
}

static void tell_piece(struct stating *stating, const struct stated_turn *stated)
{
	struct document *doc = stating->a.doc;
	struct turn turn = turn_of(stating, stated);
	for (guint i = stated->first; i < stated->end; i++) {
		const struct block *block = document_block(doc, i);
		if (block_is_silent(block) || block->kind == BLOCK_HEADING || block->kind == BLOCK_FOOTNOTE) {
			tell_between(stating, i);
			continue;
		}
		struct passage *statement = statement_of(&stating->a, block, KIND_SPEECH);
		statement->attribution = (struct attribution){
			.speaker = -1, .range = turn.range, .candidates = turn.candidates, .n_candidates = turn.n_candidates,
		};
		statement_speaker(statement, turn.speaker, turn.evidence, turn.certainty, turn.range);
		stating->words += ranges_words(doc->text, block->ranges, block->n_ranges, PASSAGE_WORDS_MAX);
		if (stating->words >= PASSAGE_WORDS_MIN * 2)
			tell_waiting(stating);
	}
}

static void tell_all(struct stating *stating)
{
	struct document *doc = stating->a.doc;
	guint at = 0;
	for (guint i = 0; i < doc->turns->len; i++) {
		const struct stated_turn *turn = &g_array_index(doc->turns, struct stated_turn, i), *last = turn - 1;
		for (; at < turn->first; at++)
			tell_between(stating, at);
		if (i == 0 || last->begins != turn->begins)
			tell_waiting(stating);
		tell_piece(stating, turn);
		at = turn->end;
	}
	for (; at < doc->blocks->len; at++)
		tell_between(stating, at);
	tell_waiting(stating);
}

void attribution_stated(struct document *doc)
{
	struct stating stating = { .waiting = g_array_new(false, false, sizeof(guint)) };
	attributing_init(&stating.a, doc);
	set_sections(doc);
	set_panels(doc);
	tell_all(&stating);
	attributing_clear(&stating.a);
	g_array_free(stating.waiting, true);
}
