/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * headings.c - headings that nobody marked, and the zones of a document.
 *
 * One walk over the blocks. A zone begins at a heading that names it or at
 * lines of its shape, and ends where running text or another part begins.
 */
#include "corpus/outline/walk.h"

#include <string.h>

#include "corpus/cues.h"
#include "corpus/outline/letters.h"
#include "corpus/people/names.h"
#include "corpus/pieces.h"
#include "corpus/words.h"

#define HEADING_WORDS_MAX 18
#define TITLE_WORDS_MAX 14
#define TITLE_INDENT 10		/* columns: a line in the middle of the page */
#define PROSE_WORDS 28
#define ACCOUNT_WORDS 15	/* of the first paragraph of what somebody said */

bool walk_is_prose(struct walk *walk, const struct block *block)
{
	if (!block_is_text(block))
		return false;
	struct piece piece = piece_of(walk->doc, block, walk->buffer);
	return words_count(piece.s, piece_range(&piece), PROSE_WORDS) >= PROSE_WORDS &&
	       !memchr(piece.s, '|', MIN(piece.len, 200));
}

const struct block *walk_speaking_after(const struct walk *walk, guint i)
{
	for (guint j = i + 1; j < walk->doc->blocks->len && j < i + 8; j++) {
		const struct block *block = document_block(walk->doc, j);
		if (block->n_ranges > 0 && block->kind != BLOCK_FURNITURE &&
		    block->kind != BLOCK_PAGE_BREAK && block->kind != BLOCK_CAPTION &&
		    block->kind != BLOCK_PULL_QUOTE)
			return block;
	}
	return NULL;
}

void walk_fold(const struct piece *piece, GString *out)
{
	words_fold_to(out, piece->s, 0, MIN(piece->len, 300));
}

static void know_name(struct walk *walk, const char *s, guint32 len)
{
	struct name name;
	struct word word;
	guint32 pos = 0;
	if (!word_next(s, &pos, len, &word) || !name_scan(s, word.start, len, &name) || name.words < 2)
		return;
	words_fold_to(walk->folded, s, name.start, name.end);
	g_hash_table_add(walk->names, g_strdup(walk->folded->str));
}

/* ---- what kind of heading a block could be ---- */

static bool is_caps(const struct piece *piece)
{
	struct word word;
	guint letters = 0;
	for (guint32 pos = 0; word_next(piece->s, &pos, piece->len, &word);) {
		if (!word.caps && !word.digit)
			return false;
		letters += word.caps ? word.end - word.start : 0;
	}
	return letters >= 4;
}

/* "A.", "IV.", "2", "2.1." before a title: the style, and the depth. */
static enum style numbering(const char *s, guint32 len, guint *depth, guint32 *behind)
{
	guint32 i = 0;
	*depth = 1;
	if (len > 2 && g_ascii_isupper(s[0]) && (s[1] == '.' || s[1] == ')') && s[2] == ' ') {
		*behind = 3;
		return STYLE_LETTER;
	}
	while (i < len && strchr("IVX", s[i]) && s[i] != '\0')
		i++;
	if (i > 0 && i < 6 && i + 1 < len && s[i] == '.' && s[i + 1] == ' ') {
		*behind = i + 2;
		return STYLE_LETTER;
	}
	for (i = 0; i < len && i < 12 && (g_ascii_isdigit(s[i]) || s[i] == '.'); i++)
		if (s[i] == '.' && i + 1 < len && g_ascii_isdigit(s[i + 1]))
			(*depth)++;
	if (i == 0 || !g_ascii_isdigit(s[0]) || i >= len || (s[i] != ' ' && s[i] != '\t') ||
	    (i > 3 && *depth == 1))
		return STYLE_NONE;
	*behind = i + 1;
	return STYLE_NUMBER;
}

static bool is_title_line(const struct piece *piece, guint words_max)
{
	if (piece->len == 0 || piece->len > 240)
		return false;
	guint n = words_count(piece->s, piece_range(piece), words_max + 1);
	struct range text = text_trim(piece->s, piece_range(piece));
	if (n == 0 || n > words_max || text.end <= text.start ||
	    text_begins_small(piece->s, piece_range(piece)))
		return false;
	char last = piece->s[text.end - 1];
	if (last == '.' || last == ',' || last == ';' || last == ':' || last == '-' ||
	    memchr(piece->s, '|', piece->len) || memchr(piece->s, '@', piece->len) ||
	    g_strstr_len(piece->s, piece->len, "www.") || g_strstr_len(piece->s, piece->len, "://"))
		return false;
	guint feeds = 0;
	for (guint32 i = text.start; i < text.end; i++)
		feeds += piece->s[i] == '\n';
	return feeds <= 2;
}

/* "Witnesses: Ann Bell and Tom Marsh." */
static bool heads_people(struct walk *walk, const struct block *block)
{
	g_autoptr(GString) own = g_string_new(NULL);
	struct piece piece = piece_of(walk->doc, block, own);
	const char *colon = memchr(piece.s, ':', MIN(piece.len, 40));
	if (colon == NULL)
		return false;
	words_fold_to(walk->other, piece.s, 0, (guint32)(colon - piece.s));
	return cue_is(CUE_PEOPLE, walk->other->str, -1);
}

static bool holds_number(const struct piece *piece)
{
	struct word word;
	for (guint32 pos = 0; word_next(piece->s, &pos, piece->len, &word);)
		if (word.digit)
			return true;
	return false;
}

static bool opens_text(struct walk *walk, guint i)
{
	const struct block *next = walk_speaking_after(walk, i);
	if (next == NULL || next->kind == BLOCK_LABEL)
		return next != NULL;
	if (next->kind == BLOCK_HEADING || next->kind == BLOCK_LIST_ITEM ||
	    next->kind == BLOCK_TABLE_ROW || next->kind == BLOCK_CODE)
		return true;
	struct piece line = piece_of(walk->doc, document_block(walk->doc, i), walk->buffer);
	if (!holds_number(&line) && heads_people(walk, next))	/* no "Town, 4 March 2031" */
		return true;
	struct piece piece = piece_of(walk->doc, next, walk->buffer);
	if (words_count(piece.s, piece_range(&piece), 15) >= 15 || letter_greets(&piece, walk->other))
		return true;
	return walk->deck || is_title_line(&piece, TITLE_WORDS_MAX);
}

static bool is_person(struct walk *walk, const struct piece *piece)
{
	struct name name;
	struct word word;
	guint32 pos = 0;
	if (word_next(piece->s, &pos, piece->len, &word)) {	/* "By Name, what" */
		words_fold_to(walk->other, piece->s, word.start, word.end);
		if (cue_is(CUE_BY, walk->other->str, -1) && word_next(piece->s, &pos, piece->len, &word) &&
		    name_scan(piece->s, word.start, piece->len, &name) && name.words >= 2)
			return true;
	}
	if (name_scan(piece->s, 0, piece->len, &name) && name.words >= 2 && name.end < piece->len &&
	    piece->s[name.end] == ',') {
		words_fold_to(walk->other, piece->s, name.end, piece->len);
		return name.honorific < name.start || cue_begins(CUE_ROLE, walk->other->str) || cue_holds(CUE_BODY, walk->other->str);
	}
	if (name_scan(piece->s, 0, piece->len, &name) && name.words >= 2 && name.end + 3 < piece->len && piece->s[name.end] == ' ' &&
	    piece->s[name.end + 1] == '(' && piece->s[piece->len - 1] == ')') {	/* "Ann Bell (House of Salt)" */
		words_fold_to(walk->other, piece->s, name.start, name.end);
		return !cue_holds(CUE_BODY, walk->other->str) && !cue_holds(CUE_EVENT, walk->other->str) &&
		       !cue_holds(CUE_NOT_NAME, walk->other->str);
	}
	if (!name_alone(piece->s, piece_range(piece), &name))
		return false;
	words_fold_to(walk->other, piece->s, name.start, name.end);
	return g_hash_table_contains(walk->names, walk->other->str) || name.honorific < name.start;
}

/* "3. Knots" on the line below "2. Wire", which is no heading: a list. */
static bool goes_on_list(struct walk *walk, guint i)
{
	const struct block *item = document_block(walk->doc, i), *above = i > 0 ? document_block(walk->doc, i - 1) : NULL;
	return above != NULL && above->kind == BLOCK_LIST_ITEM && above->label != NULL && above->n_ranges > 0 &&
	       atoi(item->label) > 1 && atoi(above->label) == atoi(item->label) - 1 && !walk_is_prose(walk, above) &&
	       text_line_feeds(walk->doc->text, block_end(above), block_start(item)) == 1;
}

static enum style style_of_item(struct walk *walk, guint i, const struct piece *piece, guint *depth)
{
	const struct block *block = piece->block;
	guint32 behind;
	if (block->label == NULL || block->level > 1)
		return STYLE_NONE;
	g_autofree char *numbered = g_strdup_printf("%s x", block->label);
	enum style style = numbering(numbered, (guint32)strlen(numbered), depth, &behind);
	if (style == STYLE_NONE || !is_title_line(piece, HEADING_WORDS_MAX) || goes_on_list(walk, i))
		return STYLE_NONE;
	const struct block *next = walk_speaking_after(walk, i);
	if (next == NULL || next->notes != block->notes || (next->kind == BLOCK_LIST_ITEM && next->label != NULL &&
	                     strlen(next->label) > 1 && !walk_is_prose(walk, next) &&
	                     strcmp(next->label + strlen(next->label) - 1, ".") == 0 &&
	                     g_ascii_isalpha(next->label[0]) == g_ascii_isalpha(block->label[0])))
		return STYLE_NONE;
	return style;
}

/* Lines that come again on slide after slide, apart from numbers ("Members",
 * "Founded 1991"), are fields of the slides, not their titles. */
static bool field_key(struct walk *walk, const struct piece *piece)
{
	if (words_count(piece->s, piece_range(piece), 4) > 3)
		return false;
	g_string_truncate(walk->other, 0);
	words_fold(piece->s, piece_range(piece), walk->other);
	for (gsize i = walk->other->len; i-- > 0;)
		if (g_ascii_isdigit(walk->other->str[i]))
			g_string_erase(walk->other, (gssize)i, 1);
	g_strstrip(walk->other->str);
	return *walk->other->str != '\0';
}

static bool is_slide_text(struct walk *walk, const struct piece *piece)
{
	guint commas = 0;
	for (guint32 i = 0; i < piece->len; i++)
		commas += piece->s[i] == ',';
	if (commas >= 3 || memchr(piece->s, ';', piece->len))
		return true;
	return field_key(walk, piece) &&
	       GPOINTER_TO_UINT(g_hash_table_lookup(walk->fields, walk->other->str)) >= 3;
}

static void count_fields(struct walk *walk)
{
	for (guint i = 0; i < walk->doc->blocks->len; i++) {
		const struct block *block = document_block(walk->doc, i);
		if (block->kind != BLOCK_PARAGRAPH || block->n_ranges == 0)
			continue;
		struct piece piece = piece_of(walk->doc, block, walk->buffer);
		if (!field_key(walk, &piece))
			continue;
		guint n = GPOINTER_TO_UINT(g_hash_table_lookup(walk->fields, walk->other->str));
		g_hash_table_insert(walk->fields, g_strdup(walk->other->str), GUINT_TO_POINTER(n + 1));
	}
}

/* "Hosted by the House of Salt", "Question: who pays?": no titles. */
static bool is_said_of_meeting(struct walk *walk, const struct piece *piece)
{
	walk_fold(piece, walk->other);
	if (cue_begins(CUE_ORGANISED, walk->other->str) > 0)
		return true;
	const char *colon = memchr(piece->s, ':', MIN(piece->len, 40));
	if (colon == NULL)
		return false;
	words_fold_to(walk->other, piece->s, 0, (guint32)(colon - piece->s));
	return cue_is(CUE_AUDIENCE, walk->other->str, -1) || cue_is(CUE_ANSWER, walk->other->str, -1);
}

/* "Moderator: Name", "Speakers: Name, House; Name, House" */
static bool names_people(struct walk *walk, const struct piece *piece)
{
	const char *colon = memchr(piece->s, ':', MIN(piece->len, 40));
	if (colon == NULL)
		return false;
	guint32 pos = (guint32)(colon - piece->s) + 1;
	words_fold_to(walk->other, piece->s, 0, pos - 1);
	if (cue_is(CUE_MODERATOR, walk->other->str, -1) || cue_is(CUE_CHAIR, walk->other->str, -1))
		return true;
	struct word word;
	struct name name;
	return cue_is(CUE_PEOPLE, walk->other->str, -1) && word_next(piece->s, &pos, piece->len, &word) &&
	       name_scan(piece->s, word.start, piece->len, &name) && name.words >= 2 && name.end < piece->len &&
	       strchr(",;", piece->s[name.end]) != NULL;
}

/* A name alone above running text that is no note on the person's life. */
static bool heads_account(struct walk *walk, guint i, const struct piece *piece)
{
	struct name name;
	const struct block *next = walk_speaking_after(walk, i);
	if (walk->last != STYLE_NONE)	/* right below a heading it is that part's byline */
		return false;
	if (next == NULL || next->kind != BLOCK_PARAGRAPH || !name_alone(piece->s, piece_range(piece), &name) ||
	    memchr(piece->s, '\n', piece->len) != NULL)
		return false;
	struct piece below = piece_of(walk->doc, next, walk->buffer);
	struct word word;
	guint32 pos = 0;
	if (words_count(below.s, piece_range(&below), ACCOUNT_WORDS) < ACCOUNT_WORDS || !text_ends_sentence(below.s, piece_range(&below)))
		return false;
	while (word_next(below.s, &pos, below.len, &word))
		if (!word.upper) {
			words_fold_to(walk->other, below.s, word.start, word.end);
			return !cue_is(CUE_LIFE, walk->other->str, -1);
		}
	return false;
}

/* "We dried the books, and then we opened.": somebody's words, no title. */
static bool is_quoted_sentence(const char *s, struct range text)
{
	text = text_trim(s, text);
	if (text.end < text.start + 8 || (s[text.start] != '"' && (guchar)s[text.start] < 0x80 && s[text.start] != '\''))
		return false;
	gunichar open = g_utf8_get_char(s + text.start);
	bool quoted = open == '"' || open == '\'' || open == 0x201C || open == 0x201E || open == 0x2018 || open == 0xAB;
	return quoted && text_ends_sentence(s, text);
}

/* "Ann Bell, printer, Kiel:" and, mostly on the next line, her sentence in quotation marks. */
static bool leads_to_quoted(const struct piece *piece)
{
	guint number;
	struct name name;
	const char *colon = memchr(piece->s, ':', piece->len);
	if (colon == NULL || panel_label(piece->s, piece->len, &number) > 0)
		return false;
	guint32 behind = (guint32)(colon + 1 - piece->s);
	bool named = name_scan(piece->s, 0, behind, &name) && (name.words >= 2 || name.honorific < name.start);
	return (named || (behind < piece->len && piece->s[behind] == '\n')) && is_quoted_sentence(piece->s, (struct range){ behind, piece->len });
}

static enum style style_of_line(struct walk *walk, guint i, const struct piece *piece, guint *depth)
{
	guint number;
	guint32 behind = 0;
	if (memchr(piece->s, '|', piece->len) != NULL && piece->len < 160 && panel_label(piece->s, piece->len, &number) > 0 && number > 0)
		return STYLE_PANEL;	/* "SESSION 1 | TITLE" */
	if (is_quoted_sentence(piece->s, piece_range(piece)) || leads_to_quoted(piece))
		return STYLE_NONE;
	if (contents_title_at(walk->titles, piece, walk->folded) >= piece->len)
		return panel_label(piece->s, piece->len, &number) > 0 && number > 0 ? STYLE_PANEL : is_caps(piece) ? STYLE_CAPS : STYLE_LINE;
	if (!is_title_line(piece, HEADING_WORDS_MAX) || names_people(walk, piece) || is_said_of_meeting(walk, piece) ||
	    (walk->deck && is_slide_text(walk, piece)))
		return STYLE_NONE;
	if (panel_label(piece->s, piece->len, &number) > 0 && number > 0)
		return STYLE_PANEL;
	walk_fold(piece, walk->folded);
	if (cue_is(CUE_PART, walk->folded->str, -1))
		return is_caps(piece) && cue_is(CUE_OUTCOME, walk->folded->str, -1) ? STYLE_CAPS : STYLE_PART;
	if (zone_of_heading(walk->folded->str) >= 0 &&
	    (is_caps(piece) || words_count(piece->s, piece_range(piece), 5) <= 4))
		return STYLE_PART;
	enum style style = numbering(piece->s, piece->len, depth, &behind);
	if (style == STYLE_NUMBER && !memchr(piece->s, '.', behind)) {
		/* "2 Title" counts on; "16 Towns" does not */
		guint next = walk->last_number + 1;
		if ((guint)atoi(piece->s) != next || walk->deck || !opens_text(walk, i))
			return STYLE_NONE;
		walk->last_number = next;
		return style;
	}
	bool person = is_person(walk, piece);	/* "M. Bell", too */
	if (style != STYLE_NONE && !(person && style == STYLE_LETTER))
		return opens_text(walk, i) || style == STYLE_LETTER ? style : STYLE_NONE;
	if (person)
		return heads_account(walk, i, piece) ? STYLE_PERSON : STYLE_NONE;
	if (is_caps(piece))
		return opens_text(walk, i) ? STYLE_CAPS : STYLE_NONE;
	if (walk->marked >= (g_strcmp0(walk->doc->format, "markdown") == 0 ? 1 : 2) ||
	    words_count(piece->s, piece_range(piece), TITLE_WORDS_MAX + 1) > TITLE_WORDS_MAX)
		return STYLE_NONE;
	return opens_text(walk, i) ? STYLE_LINE : STYLE_NONE;
}

/* In a transcript: a title right above a label, in capitals, far from the margin,
 * or a panel's. */
static enum style style_between_turns(struct walk *walk, guint i, const struct piece *piece)
{
	guint number;
	const struct block *next = walk_speaking_after(walk, i);
	bool people = next != NULL && next->kind == BLOCK_PARAGRAPH && heads_people(walk, next);
	if (piece->block->kind != BLOCK_PARAGRAPH || next == NULL || (next->kind != BLOCK_LABEL && !people) ||
	    !is_title_line(piece, TITLE_WORDS_MAX) ||
	    text_ends_sentence(piece->s, piece_range(piece)) || words_count(piece->s, piece_range(piece), 2) < 2)
		return STYLE_NONE;
	guint32 start = block_start(piece->block), line = start;
	while (line > 0 && walk->doc->text[line - 1] == ' ')
		line--;
	bool panel = panel_label(piece->s, piece->len, &number) > 0 && number > 0;
	return panel ? STYLE_PANEL : people || is_caps(piece) || start - line >= TITLE_INDENT ? STYLE_LINE : STYLE_NONE;
}

/* "Dear friends,", "Yours sincerely," and the name and function below. */
static bool is_of_letter(struct walk *walk, const struct piece *piece)
{
	bool below = walk->closed;
	struct name name;
	walk->closed = letter_closes(piece, walk->other) > 0;
	if (walk->closed || letter_greets(piece, walk->other))
		return true;
	if (!below)
		return false;
	walk->closed = name_alone(piece->s, (struct range){ 0, text_line_end(piece->s, 0, piece->len) }, &name);
	words_fold_to(walk->other, piece->s, 0, MIN(piece->len, 200));
	return walk->closed || cue_begins(CUE_ROLE, walk->other->str) > 0 || cue_begins(CUE_RANK, walk->other->str) > 0;
}

static enum style style_of(struct walk *walk, guint i, guint *depth)
{
	const struct block *block = document_block(walk->doc, i);
	*depth = 1;
	if (block->kind == BLOCK_HEADING)
		return STYLE_MARKED;
	if (block->n_ranges == 0)
		return STYLE_NONE;
	g_autoptr(GString) own = g_string_new(NULL);
	struct piece piece = piece_of(walk->doc, block, own);
	if (is_of_letter(walk, &piece))
		return STYLE_NONE;
	if (walk->labelled)
		return style_between_turns(walk, i, &piece);
	if (block->kind == BLOCK_LIST_ITEM)
		return style_of_item(walk, i, &piece, depth);
	if (block->kind != BLOCK_PARAGRAPH)
		return STYLE_NONE;
	return style_of_line(walk, i, &piece, depth);
}

/* ---- levels ---- */

static int level_of(struct walk *walk, enum style style, guint depth, const struct block *block)
{
	int above = walk->lettered ? 1 : 0;
	switch (style) {
	case STYLE_MARKED:
		return MAX(1, block->level);
	case STYLE_PANEL:
		walk->panels = true;
		return 1;
	case STYLE_LETTER:
		walk->lettered = true;
		return 1;
	case STYLE_NUMBER:
		walk->numbered = true;
		return above + (int)depth;
	case STYLE_CAPS:
		walk->caps = true;
		return walk->panels || walk->numbered || walk->parted ? 2 : 1;
	case STYLE_PERSON:
		return 4;
	case STYLE_PART:
		if (walk->zone == ZONE_PEOPLE && walk->major == STYLE_PANEL)	/* the panel's own people */
			return 3;
		walk->parted = true;
		return 1;
	default:
		return walk->numbered ? above + 2 : walk->deck ? (walk->last == STYLE_LINE ? 2 : 1)
		       : walk->caps || walk->panels ? 3 : 1;
	}
}

/* "Norway", "Country: Malta" in a list of people: those below are from there. A house too
 * ("Knot Institute"), where somebody follows. */
static bool heads_group(struct walk *walk, guint i)
{
	const struct block *next = walk_speaking_after(walk, i);
	g_autoptr(GString) own = g_string_new(NULL);
	struct piece piece = piece_of(walk->doc, document_block(walk->doc, i), own);
	if (countries_named(piece.s, piece.len, &(struct range){ 0 }))
		return true;
	walk_fold(&piece, walk->folded);
	return cue_holds(CUE_BODY, walk->folded->str) && next != NULL && zone_is_person_line(walk, next);
}

/* A title line in a zone of lists is one of its lines, not a heading. */
static enum style style_in_zone(struct walk *walk, enum style style, guint i)
{
	if (style == STYLE_MARKED || style == STYLE_NONE)
		return style;
	if (walk->zone == ZONE_CONTENTS && zone_holds(walk, i))
		return STYLE_NONE;
	if (walk->zone == ZONE_PEOPLE && (style == STYLE_LINE || style == STYLE_CAPS) && heads_group(walk, i))
		return STYLE_NONE;
	const struct block *block = document_block(walk->doc, i);
	if (walk->zone == ZONE_AGENDA && style == STYLE_PART) {
		struct piece piece = piece_of(walk->doc, document_block(walk->doc, i), walk->buffer);
		walk_fold(&piece, walk->folded);
		if (zone_of_heading(walk->folded->str) == ZONE_REFERENCES)
			return style;
	}
	if (walk->zone == ZONE_AGENDA && style != STYLE_LETTER && style != STYLE_NUMBER) {
		const struct block *next = walk_speaking_after(walk, i);
		return next != NULL && walk_is_prose(walk, next) && block->kind == BLOCK_PARAGRAPH &&
		       !zone_has_bar(walk, next) ? style : STYLE_NONE;
	}
	if (walk->zone == ZONE_REFERENCES && style == STYLE_LINE)
		return STYLE_NONE;
	if (walk->zone == ZONE_IMPRINT && style == STYLE_LINE)
		return STYLE_NONE;
	return style;
}

static void prepare(struct walk *walk)
{
	for (guint i = 0; i < walk->doc->blocks->len; i++) {
		const struct block *block = document_block(walk->doc, i);
		walk->marked += block->kind == BLOCK_HEADING;
		if (block->kind != BLOCK_CAPTION && !block_is_text(block))
			continue;
		struct piece piece = piece_of(walk->doc, block, walk->buffer);
		const char *bar = piece.len < 400 ? memchr(piece.s, '|', piece.len) : NULL;
		if (block->kind == BLOCK_CAPTION)
			know_name(walk, piece.s, piece.len);
		else if (bar != NULL)
			know_name(walk, piece.s, (guint32)(bar - piece.s));
	}
	for (guint i = 0; i < walk->doc->people->len; i++) {
		const char *name = document_person(walk->doc, i)->name;
		know_name(walk, name, (guint32)strlen(name));
	}
	walk->deck = walk->doc->type == TYPE_SLIDES || slides_recognise(walk->doc);
	if (walk->deck)
		count_fields(walk);
}

void headings_find(struct document *doc, GHashTable *titles)
{
	struct walk walk = {
		.doc = doc,
		.buffer = g_string_new(NULL), .folded = g_string_new(NULL), .other = g_string_new(NULL),
		.names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
		.fields = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
		.zone = ZONE_BODY, .titles = titles,
	};
	prepare(&walk);
	for (guint i = 0; i < doc->blocks->len; i++) {
		struct block *block = document_block(doc, i);
		guint depth = 1;
		if (block->kind == BLOCK_LABEL)
			walk.labelled = block->level == 0;
		if (block->kind == BLOCK_LABEL)
			walk.turn = block->n_ranges > 0;
		if (block->zone == ZONE_FRONT_MATTER)
			continue;
		if (block_is_silent(block)) {
			block->zone = walk.zone;
			continue;
		}
		enum style style = walk.turn && block->kind == BLOCK_PARAGRAPH ? STYLE_NONE : style_in_zone(&walk, style_of(&walk, i, &depth), i);
		walk.turn = false;
		zone_walk(&walk, i, style);
		block->zone = walk.zone;
		if (style != STYLE_NONE) {
			block->level = level_of(&walk, style, depth, block);
			walk.major = block->level <= 2 ? style : walk.major;
			block->kind = BLOCK_HEADING;
		}
		walk.last = style;
	}
	g_string_free(walk.buffer, true);
	g_string_free(walk.folded, true);
	g_string_free(walk.other, true);
	g_hash_table_destroy(walk.names);
	g_hash_table_destroy(walk.fields);
}
