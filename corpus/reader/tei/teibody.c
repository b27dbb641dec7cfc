/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * teibody.c - the text of a TEI document as blocks, and whose words they are.
 *
 *   <div><head>Ropes</head>                        heading
 *     <note type="speaker">The Chair:</note>       label
 *     <u who="#BellAnn" ana="#chair">              turn of Ann Bell
 *       <seg>I open <kinesic><desc>..</desc></kinesic> the sitting.</seg>   paragraph
 *     </u>                                         behind it the comment
 *
 * What is not the speaker's (comments, notes) is laid down behind the paragraph that it stands
 * in, and belongs to no turn. A turn without a printed label gets one with the person's name, so
 * that there is a place that the attribution can point to.
 */
#include "corpus/reader/tei/tei.h"

#include <string.h>

#include "corpus/reader/times.h"

#define COMMENTS_MAX 1000	/* that wait for the end of a paragraph */
#define DIVISION_MAX 16
#define TIMES_MAX 1000000

struct comment {
	char *text;
	bool foot;
};

struct tei_body {
	struct tei_words words;
	GPtrArray *comments;	/* struct comment * */
	guint open;		/* frames that opened a block */
	gsize laid;		/* bytes of text when the last block ended */
	guint divisions, lists;	/* how deep in them */
	int page;
	char *item_label;

	bool in_turn;
	struct stated_turn turn;
	int label;		/* the label that was printed last, and that nobody used; -1 */
	int last_speaker, last_label;

	GHashTable *times;	/* id -> milliseconds of the recording + 1 */
	gint64 origin_ms;	/* of the times of day; -1: none came yet */
};

static void comment_free(gpointer data)
{
	struct comment *comment = data;

	g_free(comment->text);
	g_free(comment);
}

struct tei_body *tei_body_new(void)
{
	struct tei_body *body = g_new0(struct tei_body, 1);

	body->comments = g_ptr_array_new_with_free_func(comment_free);
	body->times = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	body->label = body->last_label = body->last_speaker = -1;
	body->origin_ms = -1;
	return body;
}

void tei_body_free(struct tei_body *body)
{
	if (!body)
		return;
	g_ptr_array_free(body->comments, TRUE);
	g_hash_table_destroy(body->times);
	g_free(body->item_label);
	g_free(body);
}

static guint blocks(const struct tei *tei)
{
	return tei->doc->blocks->len;
}

/* ---- turns ---- */

/* The blocks since the last piece are a piece of the turn. */
static void close_piece(struct tei *tei)
{
	struct tei_body *body = tei->body;

	draft_end(tei->draft);
	body->laid = draft_bytes(tei->draft);
	body->words.tokens = 0;
	if (!body->in_turn || body->turn.first >= blocks(tei))
		return;
	body->turn.end = blocks(tei);
	if (!tei->doc->turns)
		tei->doc->turns = g_array_new(FALSE, FALSE, sizeof(struct stated_turn));
	g_array_append_val(tei->doc->turns, body->turn);
	body->turn.first = body->turn.end;
}

static void lay(struct tei *tei, enum block_kind kind, const char *text, const char *label)
{
	close_piece(tei);
	draft_begin(tei->draft, kind, 0);
	if (label)
		draft_label(tei->draft, label);
	draft_text(tei->draft, text, -1);
	draft_end(tei->draft);
	tei->body->laid = draft_bytes(tei->draft);
	tei->body->turn.first = blocks(tei);
}

/* "Mr. Bell (Kenya):" */
static void lay_label(struct tei *tei, const char *text)
{
	gsize len = strlen(text);
	g_autofree char *label = NULL;
	guint before = blocks(tei);

	while (len && strchr(": \t.", text[len - 1]))
		len--;
	if (!len)
		return;
	label = g_strndup(text, len);
	lay(tei, BLOCK_LABEL, text, label);
	if (blocks(tei) == before)
		return;
	if (tei->body->in_turn)
		tei->body->turn.label = (int)blocks(tei) - 1;
	else
		tei->body->label = (int)blocks(tei) - 1;
}

static void flush_comments(struct tei *tei)
{
	GPtrArray *comments = tei->body->comments;

	for (guint i = 0; i < comments->len; i++) {
		const struct comment *comment = g_ptr_array_index(comments, i);

		lay(tei, comment->foot ? BLOCK_FOOTNOTE : BLOCK_PARAGRAPH, comment->text, NULL);
	}
	g_ptr_array_set_size(comments, 0);
}

/* "#chair", among others. */
static bool is_chair(const char *ana)
{
	for (const char *at = strstr(ana, "#chair"); at; at = strstr(at + 1, "#chair"))
		if (!g_ascii_isalnum(at[strlen("#chair")]))
			return true;
	return false;
}

static void begin_turn(struct tei *tei, const struct xml_attributes *attributes)
{
	struct tei_body *body = tei->body;
	const char *who = xml_attribute(attributes, tei->akoma ? "by" : "who", tei->value), *ana;
	bool inferred = false;
	int speaker = who ? tei_who_speaks(tei, who, &inferred) : -1;

	close_piece(tei);
	flush_comments(tei);
	if (inferred && speaker >= 0 && body->label >= 0 &&
	    tei_who_confirmed(tei, speaker, document_block(tei->doc, body->label)->label))
		inferred = false;
	ana = xml_attribute(attributes, "ana", tei->value);
	if (ana && is_chair(ana))
		tei_who_presides(tei, speaker);
	if (body->label < 0 && speaker >= 0 && speaker == body->last_speaker)
		body->label = body->last_label;	/* a remark of somebody else stood between */
	if (body->label < 0 && speaker >= 0)
		lay_label(tei, document_person(tei->doc, speaker)->name);
	body->turn = (struct stated_turn){
		.first = blocks(tei), .begins = blocks(tei), .speaker = speaker, .label = body->label, .inferred = inferred && speaker >= 0,
	};
	body->in_turn = true;
	body->label = -1;
}

static void end_turn(struct tei *tei)
{
	struct tei_body *body = tei->body;

	if (!body->in_turn)
		return;
	close_piece(tei);
	flush_comments(tei);
	body->in_turn = false;
	body->last_speaker = body->turn.speaker;
	body->last_label = body->turn.label;
}

/* ---- times ---- */

/* "00:01:02.5", "2014-08-01T10:00:00+02:00": milliseconds of the day or recording; -1. */
static gint64 read_clock(const char *s)
{
	const char *clock = strchr(s, 'T') ? strchr(s, 'T') + 1 : s, *end = clock + strlen(clock);
	guint32 time_ms;

	return strchr(clock, ':') && time_read(&clock, end, &time_ms) ? (gint64)time_ms : -1;
}

/* A point of the timeline: at a time of day, or so long behind another one. */
static void note_when(struct tei *tei, const struct xml_attributes *attributes)
{
	struct tei_body *body = tei->body;
	g_autofree char *id = g_strdup(xml_attribute(attributes, "id", tei->value));
	g_autofree char *absolute = g_strdup(xml_attribute(attributes, "absolute", tei->value));
	g_autofree char *interval = g_strdup(xml_attribute(attributes, "interval", tei->value));
	g_autofree char *unit = g_strdup(xml_attribute(attributes, "unit", tei->value));
	const char *since = xml_attribute(attributes, "since", tei->value);
	g_autoptr(GString) reference = g_string_new(NULL);
	gint64 time_ms = absolute ? read_clock(absolute) : -1;
	gint64 base = since ? GPOINTER_TO_INT(g_hash_table_lookup(body->times, tei_reference(since, reference))) - 1 : 0;
	double length = interval ? g_ascii_strtod(interval, NULL) : -1;

	if (!id || g_hash_table_size(body->times) >= TIMES_MAX)
		return;
	if (time_ms >= 0 && body->origin_ms < 0)
		body->origin_ms = time_ms;
	if (time_ms >= 0)
		time_ms -= body->origin_ms;
	else if (length >= 0 && length < 1e9 && base >= 0)
		time_ms = base + (gint64)(length * (unit && !strcmp(unit, "ms") ? 1 : unit && !strncmp(unit, "min", 3) ? 60000 : 1000) + 0.5);
	else if (!absolute && !interval)	/* the origin */
		time_ms = 0;
	if (time_ms >= 0 && time_ms < G_MAXINT)
		g_hash_table_replace(body->times, g_steal_pointer(&id), GINT_TO_POINTER((int)time_ms + 1));
}

static gint64 time_of(struct tei *tei, const char *s)
{
	g_autoptr(GString) reference = g_string_new(NULL);

	if (!s)
		return -1;
	return *s == '#' ? GPOINTER_TO_INT(g_hash_table_lookup(tei->body->times, tei_reference(s, reference))) - 1 : read_clock(s);
}

/* ---- blocks ---- */

static void begin_block(struct tei *tei, enum block_kind kind, int level)
{
	draft_begin(tei->draft, kind, level);
	tei->body->words.tokens = 0;
	if (!tei_top(tei)->block)
		tei->body->open++;
	tei_top(tei)->block = true;
}

static void end_block(struct tei *tei)
{
	draft_end(tei->draft);
	tei->body->open--;
	tei->body->laid = draft_bytes(tei->draft);
	tei->body->words.tokens = 0;
	if (!tei->body->open)
		flush_comments(tei);
}

/* The element whose block is open; TEI_OTHER for none. */
static enum tei_element open_element(const struct tei *tei)
{
	for (guint i = tei->depth - 1; tei->body->open && i-- > 0;)
		if (tei->frames[i].block)
			return tei->frames[i].element;
	return TEI_OTHER;
}

static void begin_paragraph(struct tei *tei)
{
	switch (open_element(tei)) {
	case TEI_OTHER:
		begin_block(tei, BLOCK_PARAGRAPH, 0);
		break;
	case TEI_QUOTE:
		draft_begin(tei->draft, BLOCK_QUOTATION, 0);
		break;
	case TEI_ITEM:
		if (draft_bytes(tei->draft) > tei->body->laid)
			draft_begin(tei->draft, BLOCK_PARAGRAPH, 0);
		break;
	default:
		draft_text(tei->draft, " ", 1);
	}
}

static void begin_item(struct tei *tei, const struct xml_attributes *attributes)
{
	const char *n = xml_attribute(attributes, "n", tei->value);

	begin_block(tei, BLOCK_LIST_ITEM, (int)MAX(tei->body->lists, 1));
	tei->body->laid = draft_bytes(tei->draft);
	if (tei->body->item_label || n)
		draft_label(tei->draft, tei->body->item_label ? tei->body->item_label : n);
	g_clear_pointer(&tei->body->item_label, g_free);
}

static void begin_head(struct tei *tei)
{
	enum tei_element of = tei_parent(tei)->element;

	if (of == TEI_FIGURE || of == TEI_TABLE || of == TEI_LIST)
		begin_block(tei, BLOCK_PARAGRAPH, 0);
	else
		begin_block(tei, BLOCK_HEADING, (int)CLAMP(tei->body->divisions, 1, DIVISION_MAX));
}

/* Some parliaments print the title of a debate as a note at the head of its div. */
static bool is_heading_note(struct tei *tei, const struct xml_attributes *attributes)
{
	static const char *const types[] = { "heading", "head", "title", "agenda" };
	const char *type = tei_parent(tei)->element == TEI_DIV ? xml_attribute(attributes, "type", tei->value) : NULL;

	for (guint i = 0; type && i < G_N_ELEMENTS(types); i++)
		if (!strcmp(type, types[i]))
			return true;
	return false;
}

static void begin_note(struct tei *tei, enum tei_element element, const struct xml_attributes *attributes)
{
	struct tei_frame *frame = tei_top(tei);
	const char *type = element == TEI_NOTE ? xml_attribute(attributes, "type", tei->value) : NULL, *place;

	frame->gathers = true;
	frame->speaker = element == TEI_SPEAKER || (type && !strcmp(type, "speaker"));
	place = element == TEI_NOTE ? xml_attribute(attributes, tei->akoma ? "placement" : "place", tei->value) : NULL;
	frame->foot = place && (!strcmp(place, "foot") || !strcmp(place, "bottom") || !strcmp(place, "end"));
}

static void end_note(struct tei *tei)
{
	struct tei_body *body = tei->body;
	const struct tei_frame *frame = tei_top(tei);
	g_autofree char *text = tei_text(tei);
	struct comment *comment;

	if (!text)
		return;
	if (frame->speaker) {
		lay_label(tei, text);
		return;
	}
	if (body->comments->len < COMMENTS_MAX) {
		comment = g_new(struct comment, 1);
		*comment = (struct comment){ g_steal_pointer(&text), frame->foot };
		g_ptr_array_add(body->comments, comment);
	}
	if (!body->open && draft_bytes(tei->draft) <= body->laid)
		flush_comments(tei);
	else
		draft_text(tei->draft, " ", 1);
}

static void turn_page(struct tei *tei, const struct xml_attributes *attributes)
{
	const char *n = xml_attribute(attributes, "n", tei->value);

	draft_page_within(tei->draft, ++tei->body->page, n);
}

/* Things of no length. */
static void take_point(struct tei *tei, enum tei_element element, const struct xml_attributes *attributes)
{
	const char *s;

	if (element == TEI_PB) {
		turn_page(tei, attributes);
	} else if (element == TEI_LB) {
		s = xml_attribute(attributes, "break", tei->value);
		if (!s || strcmp(s, "no") != 0)
			draft_text(tei->draft, " ", 1);
	} else if (element == TEI_WHEN) {
		note_when(tei, attributes);
	} else if (element == TEI_ANCHOR) {
		gint64 time_ms = time_of(tei, xml_attribute(attributes, "synch", tei->value));

		if (time_ms >= 0)
			draft_time_within(tei->draft, time_ms);
	}
}

static void begin_speech(struct tei *tei, const struct xml_attributes *attributes)
{
	gint64 time_ms = time_of(tei, xml_attribute(attributes, "start", tei->value));

	end_turn(tei);	/* an utterance inside another one */
	close_piece(tei);
	if (time_ms >= 0)
		draft_time(tei->draft, time_ms);
	begin_turn(tei, attributes);
}

void tei_body_start(struct tei *tei, enum tei_element element, const struct xml_attributes *attributes)
{
	struct tei_body *body = tei->body;
	struct tei_frame *frame = tei_top(tei);

	if (tei->muted || tei->gathering)
		return;
	if (element == TEI_NOTE && is_heading_note(tei, attributes))
		frame->element = element = TEI_HEAD;
	switch (element) {
	case TEI_DIV: body->divisions++; close_piece(tei); break;
	case TEI_HEAD: begin_head(tei); break;
	case TEI_P: case TEI_SEG: begin_paragraph(tei); break;
	case TEI_U: case TEI_SP: begin_speech(tei, attributes); break;
	case TEI_NOTE: case TEI_COMMENT: case TEI_SPEAKER: begin_note(tei, element, attributes); break;
	case TEI_LIST: body->lists++; break;
	case TEI_ITEM: begin_item(tei, attributes); break;
	case TEI_LABEL: frame->gathers = tei_parent(tei)->element == TEI_LIST; break;
	case TEI_ROW: begin_block(tei, BLOCK_TABLE_ROW, 0); break;
	case TEI_CELL: draft_cell(tei->draft); break;
	case TEI_QUOTE:
		if (!body->open && draft_bytes(tei->draft) <= body->laid)
			begin_block(tei, BLOCK_QUOTATION, 0);
		break;
	case TEI_GAP: draft_text(tei->draft, " ", 1); frame->mutes = true; break;
	case TEI_SIC: frame->mutes = tei_parent(tei)->element == TEI_CHOICE; break;
	case TEI_S: case TEI_W: case TEI_PC: tei_words_start(tei, &body->words, element, attributes); break;
	case TEI_PB: case TEI_LB: case TEI_WHEN: case TEI_ANCHOR: take_point(tei, element, attributes); break;
	default: break;
	}
}

void tei_body_text(struct tei *tei, const char *s, gsize len)
{
	if (tei->body->words.tokens)
		tei_words_text(tei, &tei->body->words, s, len);
	else
		draft_text(tei->draft, s, (gssize)len);
}

void tei_body_end(struct tei *tei, enum tei_element element)
{
	struct tei_body *body = tei->body;
	struct tei_frame *frame = tei_top(tei);

	if (tei->muted || (tei->gathering && !frame->gathers))
		return;
	if (frame->block)
		end_block(tei);
	switch (element) {
	case TEI_DIV: body->divisions -= body->divisions > 0; close_piece(tei); break;
	case TEI_U: case TEI_SP: end_turn(tei); break;
	case TEI_NOTE: case TEI_COMMENT: case TEI_SPEAKER: end_note(tei); break;
	case TEI_LIST: body->lists -= body->lists > 0; break;
	case TEI_LABEL:
		if (frame->gathers) {
			g_free(body->item_label);
			body->item_label = tei_text(tei);
		}
		break;
	default: break;
	}
}

void tei_body_finish(struct tei *tei)
{
	end_turn(tei);
	close_piece(tei);
	flush_comments(tei);
	if (tei->doc->turns)
		tei->doc->type = TYPE_TRANSCRIPT;
}
