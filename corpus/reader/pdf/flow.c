/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * flow.c - what pages, columns and boxes tore apart is joined, and all of it
 * laid into a draft.
 *
 * A block is open when its last line is full and ends no sentence. It goes on in
 * the next block of its type that begins so: with a small letter, or without an
 * indentation behind a full line. Between them may stand boxes, pictures'
 * captions, notes and furniture; on the page where the block ends these are laid
 * before it, so that it stays one.
 */
#include "corpus/reader/pdf/blocks.h"

#include <math.h>
#include <string.h>

#include "corpus/words.h"

#define BELOW_MAX 4.0f		/* sizes, from a line to the one below it */
#define LINE_STEP 1.28f		/* leadings, from a line of a paragraph to the next */
#define LOOK_MAX 24		/* blocks that may stand between two parts */

static struct pdf_block *block_at(GArray *blocks, guint i)
{
	return &g_array_index(blocks, struct pdf_block, i);
}

/* ---- tears ---- */

static bool is_text(const struct pdf_block *block)
{
	return block->kind == BLOCK_PARAGRAPH || block->kind == BLOCK_LIST_ITEM || block->kind == BLOCK_QUOTATION;
}

static bool ends_open(const struct pdf_block *block)
{
	struct range all = { 0, (guint32)block->text->len };
	char last = block->text->len ? block->text->str[block->text->len - 1] : 0;

	return is_text(block) && block->text->len && !text_ends_sentence(block->text->str, all) && last != ':' && last != ';' &&
	       (block->full || last == '-' || last == ',');
}

static bool same_type(const struct pdf_block *a, const struct pdf_block *b)
{
	return fabsf(a->size - b->size) < 0.06f * a->size && a->italic == b->italic && a->aside == b->aside;
}

static bool continues(const struct pdf_block *open, const struct pdf_block *next)
{
	struct range all = { 0, (guint32)next->text->len };

	if (next->kind != BLOCK_PARAGRAPH || !same_type(open, next) || next->raised)
		return false;
	return text_begins_small(next->text->str, all) ||
	       (!next->indented && !g_str_has_suffix(open->text->str, "-") && open->full && open->lines >= 2 && next->lines >= 2);
}

static bool continues_small(const struct pdf_block *next)
{
	return text_begins_small(next->text->str, (struct range){ 0, (guint32)next->text->len });
}

/* Right below the open block, as a line of it would, the next region begins: beside a box the text is narrower.
 * 1: it goes on there; -1: a paragraph begins there; 0: it stands elsewhere. */
static int goes_on_below(const struct pdf *pdf, const struct pdf_block *open, const struct pdf_block *next)
{
	float step = next->first_y - open->last_y, size = open->size;

	if (next->page != open->page + open->pages || next->region == open->region || step <= 0 || step > BELOW_MAX * size ||
	    next->box.x0 > open->box.x1 || next->box.x1 < open->box.x0)
		return 0;
	return step <= LINE_STEP * pdf->leading * size && next->kind == BLOCK_PARAGRAPH && same_type(open, next) && !next->raised ? 1 : -1;
}

/* Only another column or page tears: inside a region paragraphs were told apart by the eye. */
static int find_rest(const struct pdf *pdf, GArray *blocks, guint i)
{
	const struct pdf_block *open = block_at(blocks, i);
	bool set_off = false;	/* a quotation stands between */

	for (guint k = i + 1; k < blocks->len && k <= i + LOOK_MAX; k++) {
		const struct pdf_block *next = block_at(blocks, k);

		if (next->page > open->page + open->pages + 1)
			return -1;
		if (next->page < open->page + open->pages)	/* what stands before the part that was joined last */
			continue;
		if (!is_text(next) && next->kind != BLOCK_TABLE_ROW && next->kind != BLOCK_HEADING) {
			set_off = set_off || next->kind == BLOCK_PULL_QUOTE;
			continue;
		}
		if (next->region == open->region && !(set_off && continues_small(next)))
			return -1;
		if (goes_on_below(pdf, open, next))
			return goes_on_below(pdf, open, next) > 0 ? (int)k : -1;
		if (continues(open, next))
			return (int)k;
		/* a box in its own type is stepped over */
		if (same_type(open, next) && next->kind != BLOCK_HEADING)
			return -1;
	}
	return -1;
}

/* Takes the first word of the rest over, where a hyphen parts it. */
static void join_text(struct pdf_block *open, const struct pdf_block *rest, bool page)
{
	GString *text = open->text;
	const char *s = rest->text->str;
	char last = text->len ? text->str[text->len - 1] : 0;

	if ((last == '-' || g_str_has_suffix(text->str, "\xc2\xad")) && g_unichar_isalpha(g_utf8_get_char(s))) {
		gsize word = strcspn(s, " \n\x03\x04\x05");

		g_string_append_c(text, PDF_TEXT_SPLIT);
		g_string_append_len(text, s, (gssize)word);
		s += word;
		while (*s == ' ')
			s++;
	}
	g_string_append_c(text, page ? PDF_TEXT_PAGE : ' ');
	g_string_append(text, s);
}

static void join(GArray *blocks, guint i, guint k)
{
	struct pdf_block *open = block_at(blocks, i), *rest = block_at(blocks, k);
	guint pages = rest->page - (open->page + open->pages);

	join_text(open, rest, pages > 0);
	open->pages += pages + rest->pages;
	open->region = rest->region;
	open->full = rest->full;
	open->last_y = rest->last_y;
	open->lines += rest->lines;
	g_string_truncate(rest->text, 0);
	rest->kind = BLOCK_CODE;	/* gone; keeps its place */
}

/* Big type that goes on in small letters at the head of the next page: a quotation or a long heading. */
static void mend_big(struct pdf *pdf, GArray *blocks)
{
	struct pdf_block *open = NULL;

	for (guint i = 0; i < blocks->len; i++) {
		struct pdf_block *block = block_at(blocks, i);
		struct range all = { 0, (guint32)block->text->len };

		if (block->kind == BLOCK_FURNITURE || !block->text->len || block->size <= 1.08f * pdf->body_size)
			continue;
		if (open && block->page == open->page + open->pages + 1 && fabsf(open->size - block->size) < 0.3f &&
		    text_begins_small(block->text->str, all) && !text_ends_sentence(open->text->str, (struct range){ 0, (guint32)open->text->len })) {
			join(blocks, (guint)(open - block_at(blocks, 0)), i);
			open->full = true;
			continue;
		}
		open = block;
	}
}

void pdf_mend(struct pdf *pdf, GArray *blocks)
{
	if (pdf->deck)
		return;
	mend_big(pdf, blocks);
}

static void mend(const struct pdf *pdf, GArray *blocks)
{
	for (guint i = 0; i < blocks->len; i++)
		for (int k; ends_open(block_at(blocks, i)) && (k = find_rest(pdf, blocks, i)) >= 0;)
			join(blocks, i, (guint)k);
}

/* ---- into the draft ---- */

struct laying {
	struct pdf *pdf;
	struct draft *draft;
	guint page;
};

/* turns: the block takes the draft to the next page. */
static void lay_piece(struct laying *laying, const char *s, gsize len, bool row, bool turns)
{
	const char *end = s + len;

	while (s < end) {
		gsize n = 0;

		while (s + n < end && s[n] != '\n' && s[n] != PDF_TEXT_CELL && s[n] != PDF_TEXT_PAGE)
			n++;
		draft_text(laying->draft, s, (gssize)n);
		s += n;
		if (s >= end)
			return;
		if (*s == '\n')
			draft_line(laying->draft);
		else if (*s == PDF_TEXT_CELL && row)
			draft_cell(laying->draft);
		else if (*s == PDF_TEXT_CELL)
			draft_text(laying->draft, " ", 1);
		else if (!turns || laying->page + 1 >= laying->pdf->pages->len)
			draft_cell(laying->draft);
		else {
			laying->page++;
			draft_page_within(laying->draft, (int)laying->page + 1, pdf_page_at(laying->pdf, laying->page)->label);
		}
		s++;
	}
}

static void lay_block(struct laying *laying, const struct pdf_block *block, bool turns)
{
	if (!block->text->len)
		return;
	draft_begin(laying->draft, block->kind, block->level);
	if (block->label)
		draft_label(laying->draft, block->label);
	lay_piece(laying, block->text->str, block->text->len, block->kind == BLOCK_TABLE_ROW, turns);
	draft_end(laying->draft);
}

/* A pull quote that floats at the head of a page is of the text below it. */
static guint float_end(GArray *blocks, guint from, guint to)
{
	guint end = from;

	while (end < to && (block_at(blocks, end)->kind == BLOCK_PULL_QUOTE || block_at(blocks, end)->kind == BLOCK_CAPTION))
		end++;
	return end;
}

/* The block behind which it is laid: the first paragraph of running text below. */
static guint float_place(GArray *blocks, guint from, guint to)
{
	while (from < to && (block_at(blocks, from)->kind != BLOCK_PARAGRAPH || block_at(blocks, from)->lines < 3))
		from++;
	return from;
}

/* Of several blocks that go over the page's end the last one turns the page; the others stay on it. */
static void lay_page(struct laying *laying, GArray *blocks, guint from, guint to)
{
	guint last = to, floats = float_end(blocks, from, to), place = float_place(blocks, floats, to);

	for (guint i = from; i < to; i++)
		if (block_at(blocks, i)->pages)
			last = i;
	if (place == to || place == last)
		floats = from;
	for (guint i = floats; i < to; i++) {
		if (i != last)
			lay_block(laying, block_at(blocks, i), false);
		for (guint k = from; i == place && k < floats; k++)
			lay_block(laying, block_at(blocks, k), false);
	}
	if (last < to)
		lay_block(laying, block_at(blocks, last), true);
}

static void begin_page(struct laying *laying, guint page)
{
	laying->page = page;
	draft_page(laying->draft, (int)page + 1, pdf_page_at(laying->pdf, page)->label);
	if (laying->pdf->deck)
		draft_slide(laying->draft, (int)page + 1);
}

void pdf_flow(struct pdf *pdf, GArray *blocks, struct draft *draft)
{
	struct laying laying = { .pdf = pdf, .draft = draft };

	if (!pdf->deck)
		mend(pdf, blocks);
	pdf_hyphens(blocks);
	for (guint i = 0, end, page = 0; page < pdf->pages->len && !draft_failed(draft); page++, i = end) {
		for (end = i; end < blocks->len && block_at(blocks, end)->page == page; end++)
			;
		if (page >= laying.page)
			begin_page(&laying, page);
		lay_page(&laying, blocks, i, end);
	}
}
