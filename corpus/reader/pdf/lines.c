/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * lines.c - lines into blocks: where one paragraph ends and the next begins, by
 * type, space, indentation and lines that end early.
 */
#include "corpus/reader/pdf/blocks.h"

#include <math.h>
#include <string.h>

#include "corpus/people/names.h"
#include "corpus/words.h"

#define SIZE_SAME 1.08f		/* more is another size of type */
#define LEADING_MAX 2.0f		/* sizes from line to line of a paragraph on a slide */
#define GAP_MAX 1.28f		/* leadings between lines of a paragraph */
#define INDENT_MIN 0.7f		/* sizes */
#define INDENT_MAX 6.0f
#define ROOM_MIN 0.5f		/* sizes beside the next word, which would have found room */
#define EDGE_SLACK 0.6f		/* sizes: edges within it are the same */
#define CAPITALS_MAX 90
#define RULE_MIN 4
#define NAME_CHARS_MAX 80	/* with its titles */
#define BLANK 0.3f		/* sizes, a blank that is not stretched */

struct making {
	struct pdf *pdf;
	GArray *blocks;
	guint page;
	struct pdf_block block;	/* the open one */
	bool open;
	float left, right;	/* edges of the region, or of the room that its lines have */
	float longest;		/* where the longest of its lines ends */
	float tight;		/* its least step from line to line; 0: it has but one line */
	guint first_line;	/* of the open block */
	float x0_first, x0_rest;	/* left edges of its first line, and of the others (or of the first) */
	const struct pdf_line *before;
	int number;		/* of the last numbered item: 4 for "4." */
};

/* ---- text of a line ---- */

static bool touches(const struct pdf_piece *a, const struct pdf_piece *b)
{
	return a->initial || (a->rtl != b->rtl && MAX(a->box.x0, b->box.x0) - MIN(a->box.x1, b->box.x1) < 0.08f * a->size);
}

static void line_text(const struct pdf *pdf, const struct pdf_line *line, bool cells, GString *out)
{
	for (guint i = 0; i < line->n; i++) {
		const struct pdf_piece *piece = pdf_ordered(pdf, line->first + i);

		if (i && cells && pdf_cell_begins(pdf, line, i))
			g_string_append_c(out, PDF_TEXT_CELL);
		else if (i && !touches(pdf_ordered(pdf, line->first + i - 1), piece))
			g_string_append_c(out, ' ');
		g_string_append_len(out, pdf->text->str + piece->text.start, piece->text.end - piece->text.start);
	}
}

/* In a paragraph whose direction was not set, the full stop stands where a line from left to right
 * would have it: before the first word. */
static void mend_stop(GString *text)
{
	gunichar c = text->len ? g_utf8_get_char(text->str) : 0;
	int n = g_unichar_to_utf8(c, NULL);

	if (c != '.' && c != ':' && c != '!' && c != 0x60c && c != 0x61b && c != 0x61f)
		return;
	g_string_append_len(text, text->str, n);
	g_string_erase(text, 0, n);
}

static gunichar first_char(const char *s)
{
	while (*s == PDF_MARK_OPEN || *s == PDF_MARK_CLOSE)
		s++;
	return g_utf8_get_char(s);
}

/* The text that a line begins with, for labels: its first piece. */
static struct range line_start(const struct pdf *pdf, const struct pdf_line *line)
{
	return pdf_ordered(pdf, line->first)->text;
}

/* ---- blocks ---- */

static void end_block(struct making *making)
{
	if (!making->open)
		return;
	making->open = false;
	making->block.narrow = making->block.box.x0 - making->left > INDENT_MIN * making->block.size &&
	                       making->right - making->block.box.x1 > INDENT_MIN * making->block.size;
	making->block.bold = making->block.bold && making->block.text->len;
	g_array_append_val(making->blocks, making->block);
}

static void begin_block(struct making *making, enum block_kind kind, const struct pdf_line *line)
{
	end_block(making);
	making->block = (struct pdf_block){
		.kind = kind, .page = making->page, .region = line->region, .text = g_string_new(NULL), .box = line->box,
		.first_y = line->box.y1, .size = line->size, .style = line->style, .bold = true, .italic = true, .raised = line->raised, .aside = line->aside,
	};
	making->block.indented = (line->rtl ? making->right - line->box.x1 : line->box.x0 - making->left) > INDENT_MIN * line->size;
	making->x0_first = making->x0_rest = line->box.x0;
	making->open = true;
}

/* Lines that stand one below the other around one middle. */
static bool is_centred(const struct making *making, const struct pdf_line *line)
{
	float left = line->box.x0 - making->left, right = making->right - line->box.x1;

	return left > 2 * line->size && fabsf(left - right) < 1.5f * line->size;
}

/* Two lines around one middle, of different length. */
static bool share_middle(const struct pdf_line *above, const struct pdf_line *line)
{
	float left = line->box.x0 - above->box.x0, right = above->box.x1 - line->box.x1;

	return fabsf(left) > 2 * line->size && fabsf(left - right) < 0.5f * line->size;
}

static bool has_room_for(const struct making *making, const struct pdf_line *above, const struct pdf_line *line)
{
	const struct pdf_piece *first = pdf_ordered(making->pdf, line->first);
	float word = line->rtl ? first->first_x1 - first->box.x0 : line->first_x1 - line->box.x0;
	float right = share_middle(above, line) ? making->longest : making->right;
	float rest = line->rtl ? above->box.x0 - making->left : right - above->box.x1;

	if (is_centred(making, above))
		rest = above->box.x0 - making->left + making->right - above->box.x1;
	if (pdf_stretched(making->pdf, above))
		rest += (float)(above->n - 1) * (pdf_gap(making->pdf, above, 1) - BLANK * above->size);
	if (line->rtl)	/* first_x1 is not known there */
		word = MIN(3 * line->size, line->box.x1 - line->box.x0);
	return rest > word + ROOM_MIN * line->size;
}

static char last_byte(const GString *text)
{
	return text->len ? text->str[text->len - 1] : 0;
}

/* "Admiral (ret.)": one small word in brackets. */
static bool ends_in_short_form(const GString *text)
{
	const char *open = g_str_has_suffix(text->str, ".)") ? strrchr(text->str, '(') : NULL;

	return open && g_ascii_islower(open[1]) && !strchr(open, ' ');
}

static bool ends_sentence(const GString *text)
{
	struct range all = { 0, (guint32)text->len };

	if (last_byte(text) == PDF_MARK_CLOSE)
		while (all.end && text->str[all.end - 1] != PDF_MARK_OPEN)
			all.end--;
	if (last_byte(text) == PDF_MARK_CLOSE && all.end)
		all.end--;
	return (text_ends_sentence(text->str, all) && !ends_in_short_form(text)) || (all.end && text->str[all.end - 1] == ':');
}

static bool is_cjk(gunichar c)
{
	return (c >= 0x2e80 && c <= 0x9fff && !(c >= 0x3130 && c <= 0x318f)) || (c >= 0xf900 && c <= 0xfaff) || (c >= 0xff00 && c <= 0xffef) ||
	       (c >= 0x20000 && c <= 0x3ffff);
}

static gunichar last_char(const GString *text)
{
	const char *end = text->str + text->len, *p = g_utf8_find_prev_char(text->str, end);

	return p ? g_utf8_get_char(p) : 0;
}

/* Does a hyphen end the text, and do small letters, or capitals behind a capital, begin the next line? */
static bool is_split(const GString *text, const char *next)
{
	gunichar last = last_char(text), first = first_char(next);
	const char *hyphen = g_utf8_find_prev_char(text->str, text->str + text->len);
	const char *letter = hyphen ? g_utf8_find_prev_char(text->str, hyphen) : NULL;

	if (last != '-' && last != 0x2010 && last != 0xad)
		return false;
	return g_unichar_islower(first) ||
	       (letter && g_unichar_isupper(g_utf8_get_char(letter)) && g_unichar_isupper(first) && g_unichar_isupper(g_utf8_get_char(g_utf8_next_char(next))));
}

/* What stands between a line and the next of the same paragraph: nothing in Chinese and Japanese,
 * a mark behind a hyphen, else a blank. */
static void join_line(GString *text, const char *next)
{
	gunichar last = last_char(text), first = first_char(next);
	const char *before = g_utf8_find_prev_char(text->str, text->str + text->len);
	const char *letter = before ? g_utf8_find_prev_char(text->str, before) : NULL;

	if (last == 0xad || ((last == '-' || last == 0x2010) && letter && g_unichar_isalnum(g_utf8_get_char(letter)) && g_unichar_isalnum(first)))
		g_string_append_c(text, PDF_TEXT_SPLIT);
	else if (!(is_cjk(last) && is_cjk(first)))
		g_string_append_c(text, ' ');
}

static void add_line(struct making *making, const struct pdf_line *line, bool forced, bool cells)
{
	struct pdf_block *block = &making->block;
	g_autoptr(GString) text = g_string_new(NULL);

	line_text(making->pdf, line, cells, text);
	if (line->rtl)
		mend_stop(text);
	if (block->lines && forced)
		g_string_append_c(block->text, '\n');
	else if (block->lines)
		join_line(block->text, text->str);
	g_string_append_len(block->text, text->str, (gssize)text->len);
	block->box = pdf_box_both(block->box, line->box);
	block->last_y = line->box.y1;
	block->bold = block->bold && line->bold * 10 >= line->chars * 9;
	block->italic = block->italic && line->italic * 10 >= line->chars * 9;
	if (block->lines == 1)
		making->x0_rest = line->box.x0;
	block->lines++;
	block->full = line->rtl ? line->box.x0 - making->left < 3 * line->size : making->right - line->box.x1 < 3 * line->size;
	making->before = line;
}

/* ---- where a block begins ---- */

static bool type_differs(const struct pdf_line *a, const struct pdf_line *b)
{
	float ratio = a->size > b->size ? a->size / b->size : b->size / a->size;
	bool bold_a = a->bold * 10 >= a->chars * 9, bold_b = b->bold * 10 >= b->chars * 9;
	bool plain_a = a->bold * 10 <= a->chars, plain_b = b->bold * 10 <= b->chars;

	return ratio > SIZE_SAME || (bold_a && plain_b) || (plain_a && bold_b);
}

static bool gap_is_wide(const struct making *making, const struct pdf_line *above, const struct pdf_line *line)
{
	float step = line->box.y1 - above->box.y1, leading = making->pdf->leading;

	if (making->pdf->deck && making->tight > 0)	/* items stand hardly farther apart than lines */
		return step > 1.1f * making->tight || step < -0.3f * line->size;

	/* big type is set tighter, small type in notes, too */
	if (fabsf(line->size - making->pdf->body_size) > 0.1f * making->pdf->body_size)
		leading = MAX(leading, 1.3f);
	return step > GAP_MAX * leading * line->size || step < -0.3f * line->size;
}

/* "1 The register is kept ..." in small type: its lines hang behind the number. */
static bool is_numbered_note(const struct making *making)
{
	const struct pdf_block *block = &making->block;
	char first = *block->text->str;

	return block->size * SIZE_SAME < making->pdf->body_size && (first == PDF_MARK_OPEN || g_ascii_isdigit(first));
}

/* Does the line stand in as a paragraph's first does? next: the line below in the region, or NULL. */
static bool begins_by_indent(const struct making *making, const struct pdf_line *line, const struct pdf_line *next)
{
	const struct pdf_line *above = making->before;
	float in = line->rtl ? above->box.x1 - line->box.x1 : line->box.x0 - above->box.x0;

	if (is_centred(making, line) || share_middle(above, line) || in > INDENT_MAX * line->size)
		return false;
	if (in > INDENT_MIN * line->size) {
		bool hangs = making->block.lines == 1 && next && fabsf(next->box.x0 - line->box.x0) < EDGE_SLACK * line->size;

		/* items hang, but for those that are set as paragraphs are: only their first lines stand in */
		bool item = making->block.kind == BLOCK_LIST_ITEM &&
		            !(making->block.lines >= 2 && making->x0_rest < making->x0_first - EDGE_SLACK * line->size);

		return !(hangs || item || is_numbered_note(making)) || has_room_for(making, above, line);
	}
	/* back to the margin behind lines that hung or stood in */
	return in < -INDENT_MIN * line->size && making->block.lines >= 2 && !is_centred(making, above);
}

/* Behind a paragraph or an item of one line, a heading as it may be: both lines stand in as first lines do, and the
 * line below does not. */
static bool are_first_lines(const struct making *making, const struct pdf_line *line, const struct pdf_line *next)
{
	const struct pdf_line *above = making->before;
	float size = line->size;

	return making->block.lines == 1 && (making->block.kind == BLOCK_PARAGRAPH || making->block.kind == BLOCK_LIST_ITEM) && next && !line->rtl &&
	       making->block.indented && fabsf(line->box.x0 - above->box.x0) < EDGE_SLACK * size &&
	       fabsf(next->box.x0 - making->left) < EDGE_SLACK * size && !is_centred(making, line) && !type_differs(line, next) &&
	       !gap_is_wide(making, line, next);
}

static bool begins_beside(const struct making *making, const struct pdf_line *line, const struct pdf_line *next)
{
	return are_first_lines(making, line, next) && (ends_sentence(making->block.text) || has_room_for(making, making->before, line));
}

static bool begins_item(const struct making *making, const struct pdf_line *line, const struct pdf_line *next)
{
	struct range start = line_start(making->pdf, line);
	const char *s = making->pdf->text->str + start.start;
	gsize label = pdf_label_bytes(s, start.end - start.start);
	const struct pdf_line *above = making->before;
	gunichar c = g_utf8_get_char(s);

	if (!label || (label == start.end - start.start && line->n == 1))
		return false;
	if (pdf_is_bullet(c) || !making->open || !above)
		return true;
	/* a dash or "5." in running text begins a line now and then; a number that counts on does not */
	if (above->region == line->region && are_first_lines(making, line, next))
		return true;
	if (making->number > 1 && pdf_label_number(s, label) == making->number + 1 && line->box.x0 - making->left < INDENT_MAX * line->size)
		return true;
	return has_room_for(making, above, line) || gap_is_wide(making, above, line) || ends_sentence(making->block.text);
}

bool pdf_names_somebody(const GString *text)
{
	struct name name;
	struct word word;
	guint32 pos = 0, len = (guint32)text->len;

	return word_next(text->str, &pos, len, &word) && name_scan(text->str, word.start, len, &name) &&
	       (name.words >= 2 || name.honorific < name.start);
}

static bool is_in_capitals(const struct pdf *pdf, const struct pdf_line *line)
{
	g_autoptr(GString) text = g_string_new(NULL);
	struct range all;

	if (line->chars > CAPITALS_MAX)
		return false;
	line_text(pdf, line, false, text);
	all = (struct range){ 0, (guint32)text->len };
	return words_count(text->str, all, 2) >= 2 && text_in_capitals(text->str, all);
}

/* A line in capitals behind the end of a sentence that was not in capitals: a heading in the type of the text. */
static bool begins_by_capitals(const struct making *making, const struct pdf_line *line)
{
	return making->block.kind != BLOCK_TABLE_ROW && is_in_capitals(making->pdf, line) && ends_sentence(making->block.text) &&
	       !is_in_capitals(making->pdf, making->before);
}

/* A rule that was typed: "______". */
static bool is_rule(const struct pdf *pdf, const struct pdf_line *line)
{
	struct range text = line_start(pdf, line);
	char c = pdf->text->str[text.start];

	for (guint32 i = text.start; i < text.end; i++)
		if (pdf->text->str[i] != c)
			return false;
	return line->n == 1 && text.end - text.start >= RULE_MIN && (c == '_' || c == '-' || c == '*' || c == '=');
}

/* Is the line somebody's name, and nothing else? */
static bool is_name(const struct pdf *pdf, const struct pdf_line *line)
{
	g_autoptr(GString) text = g_string_new(NULL);
	struct name name;

	if (line->chars > NAME_CHARS_MAX)
		return false;
	line_text(pdf, line, false, text);
	return name_alone(text->str, (struct range){ 0, (guint32)text->len }, &name) && name.words >= 2;
}

/* Does the line begin with a bracket, and is there, if somebody is asked for, a name in it? */
static bool begins_in_brackets(const struct making *making, const struct pdf_line *line, bool somebody)
{
	struct range start = line_start(making->pdf, line);
	const char *s = making->pdf->text->str + start.start;
	g_autoptr(GString) inside = NULL;

	if (start.end <= start.start || *s != '(')
		return false;
	inside = g_string_new_len(s + 1, start.end - start.start - 1);
	return !somebody || pdf_names_somebody(inside);
}

/* "Ann BELL, House" in bold type right above what she said; or the first lines of a label that goes on
 * in plain type: "Ann BELL" / "(House): I thank", "The SECRETARY" / "(Ann BELL): I thank". */
static bool is_label_above(const struct making *making, const struct pdf_line *above, const struct pdf_line *line)
{
	const struct pdf_block *block = &making->block;
	float ratio = above->size / line->size;

	return block->lines <= 2 && block->bold && line->bold * 10 < line->chars && ratio < SIZE_SAME && ratio > 1 / SIZE_SAME &&
	       (block->kind == BLOCK_PARAGRAPH || (block->kind == BLOCK_LIST_ITEM && begins_in_brackets(making, line, false))) &&
	       !gap_is_wide(making, above, line) && (pdf_names_somebody(block->text) || begins_in_brackets(making, line, true));
}

static bool begins_block(const struct making *making, const struct pdf_line *line, const struct pdf_line *next, bool *forced)
{
	const struct pdf_line *above = making->before;
	const struct pdf *pdf = making->pdf;
	bool early;

	*forced = false;
	if (!making->open || !above || above->region != line->region)
		return true;
	if (is_label_above(making, above, line)) {
		*forced = !begins_in_brackets(making, line, false);
		return false;
	}
	if (type_differs(above, line) || gap_is_wide(making, above, line) || line->raised || is_rule(pdf, above) || is_rule(pdf, line))
		return true;
	if (begins_by_capitals(making, line))
		return true;
	if (line->size > SIZE_SAME * making->pdf->body_size && !making->pdf->deck)	/* headings and quotations are set as they fit */
		return false;
	if (begins_by_indent(making, line, next) || begins_beside(making, line, next))
		return true;
	if (is_split(making->block.text, pdf->text->str + line_start(pdf, line).start))
		return false;
	if (pdf->deck && is_name(pdf, above)) {
		*forced = true;
		return false;
	}
	early = has_room_for(making, above, line) && (!is_centred(making, above) || above->size < making->pdf->body_size / SIZE_SAME);
	if (early && ends_sentence(making->block.text) && !g_unichar_islower(first_char(pdf->text->str + line_start(pdf, line).start)))
		return true;
	*forced = early && above->size <= making->pdf->body_size * (making->pdf->deck ? 1.2f : 1.1f);
	return false;
}

/* ---- rows ---- */

/* A line of two cells or more, beside one whose cells begin at the same places. */
static bool is_row(const struct pdf *pdf, const struct pdf_page *page, guint i)
{
	const struct pdf_line *line = pdf_line_at(pdf, i);
	struct range start = line_start(pdf, line);

	if (pdf_cells(pdf, line) < 2)
		return false;
	if (line->n == 2 && pdf_label_bytes(pdf->text->str + start.start, start.end - start.start) == start.end - start.start)
		return false;
	return (i > page->lines && pdf_shares_cells(pdf, line, pdf_line_at(pdf, i - 1))) ||
	       (i + 1 < page->lines + page->n_lines && pdf_shares_cells(pdf, line, pdf_line_at(pdf, i + 1)));
}

/* ---- pages ---- */

static void find_edges(struct making *making, guint from, guint end)
{
	making->left = G_MAXFLOAT;
	making->right = making->tight = 0;
	for (guint i = from; i < end; i++) {
		const struct pdf_line *line = pdf_line_at(making->pdf, i);

		making->left = MIN(making->left, line->box.x0);
		making->right = MAX(making->right, line->box.x1);
		if (i > from && fabsf(line->size - (line - 1)->size) < 0.1f * line->size) {
			float step = line->box.y1 - (line - 1)->box.y1;

			if (step >= 0.95f * line->size && step <= LEADING_MAX * line->size && (step < making->tight || making->tight <= 0))
				making->tight = step;
		}
	}
}

/* Cuts the label off the text of an item; gives its number, or 0. */
static int take_label(struct pdf_block *block)
{
	gsize bytes = pdf_label_bytes(block->text->str, block->text->len);
	int number;

	block->label = g_strndup(block->text->str, bytes);
	number = pdf_label_number(block->text->str, bytes);
	while (bytes < block->text->len && block->text->str[bytes] == ' ')
		bytes++;
	g_string_erase(block->text, 0, (gssize)bytes);
	return number;
}

static void take_line(struct making *making, const struct pdf_page *page, guint i, guint end)
{
	const struct pdf_line *line = pdf_line_at(making->pdf, i), *next = i + 1 < end ? line + 1 : NULL;
	bool forced = false, row = is_row(making->pdf, page, i);

	if (row) {
		begin_block(making, BLOCK_TABLE_ROW, line);
	} else if (begins_item(making, line, next)) {
		begin_block(making, BLOCK_LIST_ITEM, line);
		making->block.level = 1;
	} else if (begins_block(making, line, next, &forced) || making->block.kind == BLOCK_TABLE_ROW) {
		begin_block(making, BLOCK_PARAGRAPH, line);
	}
	add_line(making, line, forced, row);
	if (making->block.kind == BLOCK_LIST_ITEM && making->block.lines == 1) {
		int number = take_label(&making->block);

		making->number = number ? number : making->number;
	}
}

static void take_furniture(struct making *making, const struct pdf_page *page)
{
	end_block(making);
	for (guint i = page->first; i < page->first + page->n; i++) {
		const struct pdf_piece *piece = pdf_piece_at(making->pdf, i);
		struct pdf_block block = { .kind = BLOCK_FURNITURE, .page = making->page, .box = piece->box, .size = piece->size };

		if (!piece->furniture)
			continue;
		block.text = g_string_new_len(making->pdf->text->str + piece->text.start, piece->text.end - piece->text.start);
		g_array_append_val(making->blocks, block);
	}
}

static void take_page(struct making *making, guint number)
{
	const struct pdf_page *page = pdf_page_at(making->pdf, number);
	guint end = page->lines + page->n_lines;

	making->page = number;
	making->before = NULL;
	for (guint i = page->lines, region_end; i < end; i = region_end) {
		for (region_end = i; region_end < end && pdf_line_at(making->pdf, region_end)->region == pdf_line_at(making->pdf, i)->region; region_end++)
			;
		find_edges(making, i, region_end);
		making->longest = making->right;
		/* few lines of a slide are as long as there is room */
		if (making->pdf->deck && region_end - i == page->n_lines && making->left < page->width / 3)
			making->right = MAX(making->right, page->width - making->left);
		for (guint k = i; k < region_end; k++)
			take_line(making, page, k, region_end);
		end_block(making);
	}
	take_furniture(making, page);
}

GArray *pdf_blocks(struct pdf *pdf)
{
	struct making making = { .pdf = pdf, .blocks = g_array_new(FALSE, TRUE, sizeof(struct pdf_block)) };

	for (guint i = 0; i < pdf->pages->len; i++)
		take_page(&making, i);
	return making.blocks;
}

void pdf_blocks_free(GArray *blocks)
{
	for (guint i = 0; i < blocks->len; i++) {
		struct pdf_block *block = &g_array_index(blocks, struct pdf_block, i);

		if (block->text)
			g_string_free(block->text, TRUE);
		g_free(block->label);
	}
	g_array_free(blocks, TRUE);
}
