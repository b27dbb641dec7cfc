/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * attribution.c - the walk over the blocks that gives each its kind and speaker.
 *
 * What stands nearest decides: a caption for its quotation, a label for its
 * turn, a byline for its section, a presenter for a deck, and last a report's
 * own account of what was said.
 */
#include "corpus/attribution/attribution.h"

#include <string.h>

#include "corpus/attribution/quoted.h"
#include "corpus/attribution/setoff.h"
#include "corpus/attribution/subjects.h"
#include "corpus/cues.h"
#include "corpus/pieces.h"
#include "corpus/stages.h"
#include "corpus/words.h"

struct walk {
	struct attributing a;
	bool transcript, deck, reports;
	struct turn turn;	/* of a transcript */
	bool in_turn;
	int turn_panel;		/* on which it began */
	bool unnamed;		/* the turn's label is a questioner's, and no text has come yet */
	int main, author;
	bool answers;		/* main is only who answers questions */
	int interviewee;	/* whom the last heading says an interview is with; -1 */
	struct range main_range, author_range;
	struct deck slides;
	int signed_level;	/* of the heading of the signed text; 0: none */
	int signer;
	bool signed_text;	/* some of the signed text was passed */
	struct range signed_range;
	int last_heading;	/* block; -1 */
	guint talk;		/* the block that names whose talk the section is */
	guint byline;		/* the block that is the byline */
	guint caption;		/* the block that named the last quotation's speaker */
	struct report report;
	struct set_offs set_offs;
};

struct passage *statement_part(struct attributing *a, const struct block *block,
                               enum passage_kind kind, guint32 from, guint32 to)
{
	struct document *doc = a->doc;
	g_autoptr(GArray) ranges = g_array_new(false, false, sizeof(struct range));
	block_cut(doc, block, from, to, ranges);
	if (ranges->len == 0)
		return NULL;
	struct passage statement = {
		.kind = kind, .section = block->section, .panel = block->panel,
		.page = block->page, .slide = block->slide, .page_label = block->page_label,
		.notes = block->notes, .timed = block->timed, .time_ms = block->time_ms,
		.attribution = { .speaker = -1 }, .n_ranges = ranges->len,
	};
	statement.ranges = document_alloc(doc, ranges->len * sizeof(struct range));
	memcpy(statement.ranges, ranges->data, ranges->len * sizeof(struct range));
	g_array_append_val(doc->passages, statement);
	return document_passage(doc, doc->passages->len - 1);
}

struct passage *statement_of(struct attributing *a, const struct block *block,
                             enum passage_kind kind)
{
	struct document *doc = a->doc;
	struct passage statement = {
		.kind = kind, .section = block->section, .panel = block->panel,
		.page = block->page, .slide = block->slide, .page_label = block->page_label,
		.notes = block->notes, .timed = block->timed, .time_ms = block->time_ms,
		.attribution = { .speaker = -1 },
		.ranges = block->ranges, .n_ranges = block->n_ranges,
	};
	g_array_append_val(doc->passages, statement);
	return document_passage(doc, doc->passages->len - 1);
}

void statement_speaker(struct passage *statement, int speaker, enum evidence evidence,
                       enum certainty certainty, struct range range)
{
	if (speaker < 0)
		return;
	statement->attribution.speaker = speaker;
	statement->attribution.evidence = evidence;
	statement->attribution.certainty = certainty;
	statement->attribution.range = range;
}

/* ---- quotations ---- */

/* The person that a caption names. */
static int caption_person(struct attributing *a, const struct block *caption)
{
	struct name name;
	struct word word;
	guint32 pos = 0;
	struct piece piece = piece_of(a->doc, caption, a->buffer);
	if (!word_next(piece.s, &pos, piece.len, &word) ||
	    !name_scan(piece.s, word.start, piece.len, &name))
		return -1;
	words_fold_to(a->folded, piece.s, name.start, name.end);
	return roster_full(a->roster, a->folded->str);
}

/* "A delegate": the words above are a quotation, and nobody's whom we know. */
static bool names_nobody(struct attributing *a, const struct block *caption)
{
	struct piece piece = piece_of(a->doc, caption, a->buffer);
	struct name name;
	struct word word;
	guint32 pos = 0;
	return word_next(piece.s, &pos, piece.len, &word) && (!name_scan(piece.s, word.start, piece.len, &name) || name.words < 2);
}

/* Marks open at its beginning and close: what follows is another quotation. */
static bool is_closed_quote(struct attributing *a, const struct block *quote)
{
	g_autoptr(GString) own = g_string_new(NULL);
	struct piece piece = piece_of(a->doc, quote, own);
	struct quoted quoted;
	return quoted_at(piece.s, 0, piece.len, &quoted);
}

static void attribute_quote(struct walk *walk, guint i)
{
	struct document *doc = walk->a.doc;
	struct passage *statement = statement_of(&walk->a, document_block(doc, i), KIND_QUOTE);
	bool unnamed = false, closed = is_closed_quote(&walk->a, document_block(doc, i));
	for (guint j = i + 1; j < doc->blocks->len && j < i + 8; j++) {
		const struct block *caption = document_block(doc, j);
		if (caption->kind == BLOCK_FURNITURE || caption->kind == BLOCK_PAGE_BREAK || (caption->kind == BLOCK_PULL_QUOTE && !closed))
			continue;
		if (caption->kind == BLOCK_CAPTION && j == walk->byline && walk->signed_level > 0) {
			statement->kind = KIND_AUTHORED;	/* the last words above the signature */
			statement_speaker(statement, walk->signer, EVIDENCE_BYLINE, CERTAINTY_STATED,
			                  walk->signed_range);
		} else if (caption->kind == BLOCK_CAPTION) {
			int person = caption_person(&walk->a, caption);
			struct range range = { block_start(caption), block_end(caption) };
			if (range.end < range.start || (caption->n_ranges > 1 && range.end - range.start > 600))
				range = caption->ranges[0];
			statement_speaker(statement, person, EVIDENCE_CAPTION, CERTAINTY_STATED, range);
			if (person >= 0)
				walk->caption = j;
			unnamed = person < 0 && names_nobody(&walk->a, caption);
		}
		break;
	}
	if (statement->attribution.speaker < 0 && !unnamed)
		statement->kind = KIND_NARRATIVE;
}

/* ---- the walk ---- */

static bool is_empty_section(const struct document *doc, guint i)
{
	const struct block *heading = document_block(doc, i);
	for (guint j = i + 1; j < doc->blocks->len; j++) {
		const struct block *block = document_block(doc, j);
		if (block->kind == BLOCK_LABEL && block->n_ranges > 0)
			return false;
		if (block_is_silent(block))
			continue;
		/* titles above a panel's label are part of its section */
		if (block->kind == BLOCK_HEADING)
			return block->section != heading->section && block->level <= heading->level;
		return false;
	}
	return true;
}

/* Somebody is about to speak: a label stands before the next heading as high. */
static bool has_label_in_section(const struct document *doc, guint heading)
{
	int level = document_block(doc, heading)->level;
	for (guint i = heading + 1; i < doc->blocks->len; i++) {
		const struct block *block = document_block(doc, i);
		if (block->kind == BLOCK_LABEL && block->n_ranges > 0)
			return true;
		if (block->kind == BLOCK_HEADING && block->level <= level)
			return false;
	}
	return false;
}

/* -1 where there is none. */
static int last_heading(const struct document *doc)
{
	for (guint i = doc->blocks->len; i-- > 0;)
		if (document_block(doc, i)->kind == BLOCK_HEADING)
			return (int)i;
	return -1;
}

/* "Impulse 1 / Ann Bell, House of Salt": the section is the talk of the person
 * named under its heading, or the account of it. */
static void open_talk(struct walk *walk, guint heading)
{
	const struct block *block = document_block(walk->a.doc, heading);
	struct range range;
	guint byline = 0;
	bool own = false;
	int person = stage_is_on(STAGE_BYLINES) ? talk_of_section(&walk->a, heading, &byline, &range, &own) : -1;
	if (person < 0)
		return;
	walk->talk = byline;
	if (own && person == walk->report.author && (int)heading < walk->last_heading)
		return;
	if (own) {
		walk->signed_level = block->level;
		walk->signed_text = false;
		walk->signer = person;
		walk->signed_range = range;
		walk->byline = byline;
	} else {
		report_open(&walk->report, block, person, range);
	}
}

static void attribute_heading(struct walk *walk, guint i)
{
	struct document *doc = walk->a.doc;
	const struct block *block = document_block(doc, i);
	if (walk->signed_level > 0 && block->level <= walk->signed_level)
		walk->signed_level = 0;
	if (walk->signed_level == 0) {
		guint byline = 0;
		struct range range;
		int signer = walk->deck || walk->transcript || !stage_is_on(STAGE_BYLINES)
		             ? -1 : byline_of_section(&walk->a, i, &byline, &range);
		/* a report that is signed below its title is not in its author's words throughout */
		if (signer >= 0 && signer == walk->report.author && (int)i < walk->last_heading) {
			signer = -1;
			walk->talk = byline;
		}
		if (signer >= 0) {
			walk->signed_level = block->level;
			walk->signed_text = false;
			walk->signer = signer;
			walk->signed_range = range;
			walk->byline = byline;
		}
	}
	report_reset(&walk->report);
	walk->interviewee = interviewee_named(&walk->a, block, &(struct range){ 0 });
	if (walk->reports && walk->signed_level == 0 && !walk->in_turn)
		open_talk(walk, i);
	/* the talk goes on after a question; a transcript ends where a report does not go on with it,
	 * and at another panel without labels */
	bool other_panel = block->panel >= 0 && block->panel != walk->turn_panel;
	if (walk->main >= 0 || ((!walk->transcript || other_panel) && !has_label_in_section(doc, i)))
		walk->in_turn = false;
	/* a slide begins with its title; elsewhere titles are the section's */
	if (!(walk->deck && block->zone == ZONE_BODY) && !is_empty_section(doc, i))
		return;
	enum passage_kind kind = block->zone != ZONE_BODY ? KIND_LISTING
	                         : walk->deck ? KIND_SLIDE : KIND_NARRATIVE;
	struct passage *statement = statement_of(&walk->a, block, kind);
	if (kind == KIND_SLIDE)
		statement_speaker(statement, walk->slides.current, EVIDENCE_PRESENTER, CERTAINTY_STATED,
		                  walk->slides.range);
}

static bool attribute_zone(struct walk *walk, const struct block *block)
{
	switch (block->zone) {
	case ZONE_REFERENCES:
		statement_of(&walk->a, block, KIND_REFERENCE);
		return true;
	case ZONE_CONTENTS:
	case ZONE_AGENDA:
	case ZONE_PEOPLE:
	case ZONE_IMPRINT:
		statement_of(&walk->a, block, KIND_LISTING);
		return true;
	case ZONE_FRONT_MATTER:	/* said of the document, not in it */
		return true;
	default:
		return false;
	}
}

/* Inside the turn that a label opened. */
static void attribute_turn(struct walk *walk, const struct block *block)
{
	if (block_is_note(&walk->a, block) || block_is_interjection(&walk->a, block) || block_is_proceeding(&walk->a, block)) {
		statement_of(&walk->a, block, KIND_NARRATIVE);
		return;
	}
	if (walk->unnamed) {
		walk->unnamed = false;
		turn_names_itself(&walk->a, block, &walk->turn);
	}
	struct passage *statement = statement_of(&walk->a, block, KIND_SPEECH);
	statement->attribution = (struct attribution){
		.speaker = walk->turn.speaker, .range = walk->turn.range,
		.candidates = walk->turn.candidates, .n_candidates = walk->turn.n_candidates,
	};
	statement_speaker(statement, walk->turn.speaker, walk->turn.evidence, walk->turn.certainty,
	                  walk->turn.range);
}

/* "Source: House of Salt, Annual 2020" */
static bool is_source(struct attributing *a, const struct block *block)
{
	struct piece piece = piece_of(a->doc, block, a->buffer);
	const char *colon = memchr(piece.s, ':', MIN(piece.len, 30));
	if (colon == NULL || piece.len > 400)
		return false;
	words_fold_to(a->folded, piece.s, 0, (guint32)(colon - piece.s));
	return cue_is(CUE_SOURCE, a->folded->str, -1);
}

/* What stands below the signature is not the signer's. */
static void end_at_signature(struct walk *walk, guint i)
{
	if (walk->signed_level > 0 && walk->byline == i && walk->signed_text)
		walk->signed_level = 0;
}

/* Words in quotation marks on a slide are not the presenter's. */
static void attribute_slide(struct walk *walk, guint i)
{
	struct attributing *a = &walk->a;
	const struct block *block = document_block(a->doc, i);
	struct range named;
	int person = -1;
	if (!deck_quotes(a, i, &person, &named)) {
		int speaker = deck_speaker(a, &walk->slides, block, &named);
		statement_speaker(statement_of(a, block, KIND_SLIDE), speaker, EVIDENCE_PRESENTER, CERTAINTY_STATED, named);
		return;
	}
	statement_speaker(statement_of(a, block, person >= 0 ? KIND_QUOTE : KIND_SLIDE), person, EVIDENCE_CAPTION, CERTAINTY_STATED, named);
}

/* A quotation that is a paragraph; what leads to it in the same one is the document's. */
static bool attribute_set_off(struct walk *walk, guint i)
{
	struct attributing *a = &walk->a;
	const struct block *block = document_block(a->doc, i);
	struct set_off found;
	if (block->kind == BLOCK_CODE || block->kind == BLOCK_TABLE_ROW || !stage_is_on(STAGE_CAPTIONS) ||
	    !set_off_quotation(a, &walk->set_offs, i, &found))
		return false;
	if (found.from > block_start(block))
		statement_part(a, block, KIND_NARRATIVE, block_start(block), found.from);
	struct passage *statement = statement_part(a, block, found.person >= 0 ? KIND_QUOTE : KIND_NARRATIVE, found.from, block_end(block));
	if (statement != NULL)
		statement_speaker(statement, found.person, EVIDENCE_CAPTION, CERTAINTY_STATED, found.where);
	if (found.person >= 0 && found.person != walk->report.speaker)	/* another quotation behind it is not the earlier speaker's */
		walk->report.speaker = -1;
	return true;
}

static void attribute_text(struct walk *walk, guint i)
{
	struct attributing *a = &walk->a;
	const struct block *block = document_block(a->doc, i);
	if (!walk->in_turn && !walk->transcript && !walk->deck && i != walk->byline && i != walk->talk && attribute_set_off(walk, i))
		return;
	if (walk->in_turn) {
		attribute_turn(walk, block);
	} else if (walk->transcript && walk->main >= 0 && !walk->answers) {
		statement_speaker(statement_of(a, block, KIND_SPEECH), walk->main,
		                  EVIDENCE_BYLINE, CERTAINTY_STATED, walk->main_range);
	} else if (is_source(a, block)) {
		statement_of(a, block, KIND_REFERENCE);
	} else if (walk->deck) {
		attribute_slide(walk, i);
	} else if (i == walk->talk || (walk->signed_level > 0 && i == walk->byline)) {
		statement_of(a, block, KIND_LISTING);
		end_at_signature(walk, i);
	} else if (walk->signed_level > 0) {
		walk->signed_text = true;
		statement_speaker(statement_of(a, block, KIND_AUTHORED), walk->signer,
		                  EVIDENCE_BYLINE, CERTAINTY_STATED, walk->signed_range);
	} else if (walk->author >= 0) {
		statement_speaker(statement_of(a, block, KIND_AUTHORED), walk->author,
		                  EVIDENCE_BYLINE, CERTAINTY_STATED, walk->author_range);
	} else if (walk->reports && block_is_question(a, block)) {
		statement_of(a, block, KIND_NARRATIVE);
		walk->report.speaker = -1;
	} else if (walk->reports && block->kind != BLOCK_CODE) {
		report_block(a, &walk->report, block);
	} else {
		statement_of(a, block, KIND_NARRATIVE);
	}
}

/* "Ann Bell / Director / House of Salt" above the account of what she said. */
static void open_account(struct walk *walk, const struct block *caption)
{
	int person = caption_person(&walk->a, caption);
	struct range range = { block_start(caption), block_end(caption) };
	report_reset(&walk->report);
	if (person >= 0 && walk->reports)
		report_open(&walk->report, caption, person, range);
	statement_of(&walk->a, caption, KIND_LISTING);
}

/* What only names the speaker of a quotation, or signs a text, is evidence and
 * no passage. */
static void attribute_caption(struct walk *walk, guint i)
{
	if (walk->deck)
		attribute_text(walk, i);
	else if (walk->caption != i && !(walk->byline == i && (walk->signed_level > 0 || walk->author >= 0)))
		statement_of(&walk->a, document_block(walk->a.doc, i), KIND_LISTING);
	end_at_signature(walk, i);
}

static void attribute_block(struct walk *walk, guint i)
{
	struct attributing *a = &walk->a;
	const struct block *block = document_block(a->doc, i);
	if (block->kind == BLOCK_LABEL && block->n_ranges == 0) {	/* the end of a piece of a transcript */
		walk->in_turn = false;
		return;
	}
	if (block->kind == BLOCK_LABEL) {
		walk->turn = turn_of_label(a, block, walk->main >= 0 ? walk->main : walk->interviewee);
		walk->unnamed = walk->turn.speaker < 0 && label_is_crowd(a, block);
		walk->in_turn = true;
		walk->turn_panel = block->panel;
		return;
	}
	if (block_is_silent(block))
		return;
	if (walk->deck)
		deck_slide(a, &walk->slides, i);
	if (block->kind == BLOCK_HEADING)
		attribute_heading(walk, i);
	else if (block->kind == BLOCK_CAPTION && block->level > 0 && !walk->deck)
		open_account(walk, block);
	else if (attribute_zone(walk, block))
		return;
	else if (block->kind == BLOCK_FOOTNOTE)
		statement_of(a, block, KIND_REFERENCE);
	else if (block->kind == BLOCK_PULL_QUOTE)
		attribute_quote(walk, i);
	else if (block->kind == BLOCK_CAPTION)
		attribute_caption(walk, i);
	else
		attribute_text(walk, i);
}

static void find_speakers(struct walk *walk)
{
	struct document *doc = walk->a.doc;
	walk->main = walk->author = walk->interviewee = walk->slides.current = -1;
	walk->transcript = doc->type == TYPE_TRANSCRIPT;
	walk->deck = doc->type == TYPE_SLIDES;
	if (stage_is_on(STAGE_PRESENTERS)) {
		if (walk->deck)
			deck_open(&walk->a, &walk->slides);
		else
			walk->main = main_speaker(&walk->a, &walk->main_range, &walk->answers);
	}
	if (walk->main >= 0 && doc->type == TYPE_OTHER)
		walk->transcript = true;
	if (!walk->transcript && !walk->deck && stage_is_on(STAGE_BYLINES)) {
		if (doc->type == TYPE_STATEMENT || doc->type == TYPE_OTHER)
			walk->author = author_of_document(&walk->a, &walk->author_range);
		if (doc->type == TYPE_BACKGROUND_PAPER)
			walk->author = author_of_paper(&walk->a, &walk->author_range);
		if (doc->type == TYPE_STATEMENT && walk->author < 0)
			walk->author = signature_between(&walk->a, (guint)(last_heading(doc) + 1), &walk->byline,
			                                 &walk->author_range);
	}
	walk->reports = stage_is_on(STAGE_ACCOUNTS) && !walk->transcript &&
	                doc->type != TYPE_BACKGROUND_PAPER;
}

/* Most of the people are printed in capitals somewhere. */
static bool people_in_capitals(const struct document *doc)
{
	guint n = 0, capitals = 0;
	for (guint i = 0; i < doc->people->len; i++) {
		const struct person *person = document_person(doc, i);
		bool found = false;
		for (guint k = 0; person->forms != NULL && person->forms[k] != NULL; k++) {
			g_autofree char *upper = g_utf8_strup(person->forms[k], -1);
			found = found || (strchr(upper, ' ') != NULL && strcmp(upper, person->forms[k]) == 0);
		}
		n += !person->body;
		capitals += found;
	}
	return capitals >= 3 && capitals * 2 > n;
}

static GHashTable *count_labels(const struct document *doc)
{
	GHashTable *uses = g_hash_table_new(g_str_hash, g_str_equal);
	for (guint i = 0; i < doc->blocks->len; i++) {
		const struct block *block = document_block(doc, i);
		if (block->kind != BLOCK_LABEL || block->label == NULL)
			continue;
		guint times = GPOINTER_TO_UINT(g_hash_table_lookup(uses, block->label));
		g_hash_table_insert(uses, (gpointer)block->label, GUINT_TO_POINTER(times + 1));
	}
	return uses;
}

void attributing_init(struct attributing *a, struct document *doc)
{
	*a = (struct attributing){
		.doc = doc, .chair = doc->chair, .roster = roster_new(doc), .uses = count_labels(doc),
		.buffer = g_string_new(NULL), .folded = g_string_new(NULL),
		.turns = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
		.addressed = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
	};
}

void attributing_clear(struct attributing *a)
{
	g_hash_table_destroy(a->turns);
	g_hash_table_destroy(a->uses);
	g_hash_table_destroy(a->addressed);
	g_clear_pointer(&a->offices, g_hash_table_destroy);
	roster_free(a->roster);
	g_free(a->own);
	g_string_free(a->buffer, true);
	g_string_free(a->folded, true);
}

void attribution(struct document *doc)
{
	struct walk walk = { 0 };
	attributing_init(&walk.a, doc);
	read_addresses(&walk.a);
	walk.byline = walk.caption = walk.talk = G_MAXUINT;
	walk.last_heading = last_heading(doc);	/* once: each heading asks */
	report_reset(&walk.report);
	find_speakers(&walk);
	walk.a.capitals = walk.reports && people_in_capitals(doc);
	walk.report.chair = doc->chair;
	walk.report.session_chair = walk.report.session = walk.report.author = -1;
	if (walk.reports && doc->type == TYPE_REPORT && stage_is_on(STAGE_BYLINES))
		walk.report.author = author_of_report(&walk.a, &walk.report.author_range);
	walk.report.delegations = walk.reports && stage_is_on(STAGE_BODIES) && delegations_speak(&walk.a, &walk.report.record);
	walk.reports = walk.reports && (doc->people->len > 0 || walk.report.delegations);
	for (guint i = 0; i < doc->blocks->len; i++)
		attribute_block(&walk, i);
	deck_close(&walk.slides);
	attributing_clear(&walk.a);
}
