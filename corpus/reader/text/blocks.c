/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * blocks.c - reads lines, one after the other, into blocks. One block is open
 * at a time; what a line announces closes it, continues it or opens another.
 */
#include "corpus/reader/text/blocks.h"

#include <string.h>

#include "corpus/reader/text/inline.h"
#include "corpus/reader/line.h"

#define DEPTH_MAX 16		/* deeper list items count as this deep */
#define WRAP_MAX_BYTES 200	/* a longer line was not wrapped by hand: it is a paragraph */
#define UNDERLINED_MAX_BYTES 160
#define FENCE_MAX 16
#define TITLE_BYTES 70		/* above text that begins right below */
#define RUNNING_BYTES 40	/* a line of running text has so many */
#define TITLE_INDENT 8		/* columns more than the text below: in the middle of the page */

struct blocks {
	struct document *doc;
	const char *text;
	guint32 len;
	bool markdown, deck;
	int page, slide;

	bool open;
	enum block_kind kind;
	int level;
	const char *label;
	GArray *raw;		/* struct range: the open block's text, markup included */
	GArray *pieces;		/* struct range: scratch */
	guint lines;
	guint widest;		/* line of the open block, in bytes */
	struct line last;	/* the last line of the open block */

	guint columns[DEPTH_MAX];	/* of the markers of the list items around */
	guint depth;
	int number;		/* of the last numbered item */

	bool table;		/* lines with | are rows */
	guint fence_fails[2];	/* fences of ` and of ~ this long or longer do not close */
	bool comment_fails;
};

static struct block *block_add(struct blocks *b, enum block_kind kind, const struct range *ranges, guint n)
{
	struct block block = { .kind = kind, .section = -1, .panel = -1 };

	block.page = b->page;
	block.slide = b->slide;
	block.n_ranges = n;
	block.ranges = document_alloc(b->doc, n * sizeof *ranges);
	memcpy(block.ranges, ranges, n * sizeof *ranges);
	g_array_append_val(b->doc->blocks, block);
	return document_block(b->doc, b->doc->blocks->len - 1);
}

/* The block of these stretches of text; NULL where all of it is markup. */
static struct block *block_of(struct blocks *b, enum block_kind kind, const struct range *raw, guint n)
{
	g_array_set_size(b->pieces, 0);
	if (b->markdown && kind != BLOCK_CODE)
		inline_ranges(b->text, raw, n, b->pieces);
	else
		g_array_append_vals(b->pieces, raw, n);
	if (!b->pieces->len)
		return NULL;
	return block_add(b, kind, (const struct range *)(void *)b->pieces->data, b->pieces->len);
}

static void close_block(struct blocks *b)
{
	struct block *block;

	if (!b->open)
		return;
	b->open = false;
	if (!b->raw->len)
		return;
	block = block_of(b, b->kind, (const struct range *)(void *)b->raw->data, b->raw->len);
	if (!block)
		return;
	block->level = b->level;
	block->label = b->label;
}

static void open_block(struct blocks *b, enum block_kind kind)
{
	close_block(b);
	b->open = true;
	b->kind = kind;
	b->level = 0;
	b->label = NULL;
	b->lines = b->widest = 0;
	g_array_set_size(b->raw, 0);
}

/* Adds text of a line to the open block: to its last range, or as a new one. */
static void add_text(struct blocks *b, const struct line *line, guint32 start, guint32 end, bool apart)
{
	struct range range = { start, end };

	b->lines++;
	b->widest = MAX(b->widest, line->end - line->text);
	b->last = *line;
	if (start >= end)
		return;
	if (b->raw->len && !apart)
		g_array_index(b->raw, struct range, b->raw->len - 1).end = end;
	else
		g_array_append_val(b->raw, range);
}

static void heading(struct blocks *b, int level, struct range title)
{
	struct block *block;

	close_block(b);
	b->depth = 0;
	b->number = 0;
	if (title.start < title.end && (block = block_of(b, BLOCK_HEADING, &title, 1)))
		block->level = level;
}

static void page_break(struct blocks *b, guint32 start, guint32 end)
{
	struct range range = { start, end };

	close_block(b);
	block_add(b, BLOCK_PAGE_BREAK, &range, 1);
	b->page++;
}

static void rule(struct blocks *b, const struct line *line)
{
	struct range range = { line->text, line->end };

	close_block(b);
	b->depth = 0;
	if (!b->deck)
		return;
	block_add(b, BLOCK_SLIDE_BREAK, &range, 1);
	b->slide++;
}

/* A line of a box that is drawn: nothing but the characters from U+2500 to U+257F. */
static bool drawn(struct blocks *b, const struct line *line)
{
	for (guint32 i = line->text; i < line->end; i++) {
		guchar c = (guchar)b->text[i];
		if (c == ' ')
			continue;
		if (i + 2 >= line->end || c != 0xE2 || ((guchar)b->text[i + 1] != 0x94 && (guchar)b->text[i + 1] != 0x95))
			return false;
		i += 2;
	}
	if (line->text >= line->end)
		return false;
	struct range range = { line->text, line->end };
	close_block(b);
	b->depth = 0;
	block_add(b, BLOCK_FURNITURE, &range, 1);
	return true;
}

/* "===" or "---" under a single line makes it a heading; else it is a rule. */
static bool underline_or_rule(struct blocks *b, const struct line *line)
{
	char c = line_rule(b->text, line);

	if (!c)
		return false;
	if (b->open && b->kind == BLOCK_PARAGRAPH && b->lines == 1 && (c == '=' || c == '-') &&
	    b->widest <= UNDERLINED_MAX_BYTES) {
		struct range title = g_array_index(b->raw, struct range, 0);

		b->open = false;
		heading(b, c == '=' ? 1 : 2, title);
	} else {
		rule(b, line);
	}
	return true;
}

/* Reads code from its fence on; returns where to go on, 0 where no fence closes it. */
static guint32 fenced_code(struct blocks *b, const struct line *fence)
{
	guint n = MIN(line_fence(b->text, fence), FENCE_MAX), kind = b->text[fence->text] == '~';
	struct range code = { fence->next, fence->next };
	struct line line;

	if (!n || (b->fence_fails[kind] && n >= b->fence_fails[kind]))
		return 0;
	for (guint32 at = fence->next; at < b->len; at = line.next) {
		line_read(b->text, b->len, at, &line);
		if (line_fence(b->text, &line) >= n && b->text[line.text] == b->text[fence->text] &&
		    line.end - line.text == line_fence(b->text, &line)) {
			close_block(b);
			code = space_strip(b->text, code.start, line.start);
			if (code.start < code.end)
				block_of(b, BLOCK_CODE, &code, 1);
			return line.next;
		}
	}
	b->fence_fails[kind] = n;
	return 0;
}

static bool names_page_break(const char *s, const char *end)
{
	char word[16];
	guint n = 0;

	for (; s < end && n < sizeof word - 1; s++)
		if (g_ascii_isalpha(*s))
			word[n++] = g_ascii_tolower(*s);
	word[n] = 0;
	return !strcmp(word, "pagebreak") || !strcmp(word, "newpage");
}

/* A comment at the beginning of a line, perhaps over several lines; returns
 * where to go on, 0 where it is none. */
static guint32 html_comment(struct blocks *b, const struct line *line)
{
	const char *s = b->text + line->text, *limit = b->text + b->len, *e;
	guint32 next;

	if (b->comment_fails || limit - s < 4 || memcmp(s, "<!--", 4))
		return 0;
	if (!(e = g_strstr_len(s, limit - s, "-->"))) {
		b->comment_fails = true;
		return 0;
	}
	next = (guint32)(e + 3 - b->text);
	if (names_page_break(s + 4, e))
		page_break(b, line->text, next);
	else
		close_block(b);
	return next;
}

static void quotation(struct blocks *b, const struct line *line)
{
	guint32 at = line->text;
	struct range range;

	while (at < line->end && (b->text[at] == '>' || b->text[at] == ' ' || b->text[at] == '\t'))
		at++;
	range = space_strip(b->text, at, line->end);
	b->depth = 0;
	if (range.start >= range.end) {
		close_block(b);
		return;
	}
	if (!b->open || b->kind != BLOCK_QUOTATION)
		open_block(b, BLOCK_QUOTATION);
	add_text(b, line, range.start, range.end, true);
}

static void table_row(struct blocks *b, const struct line *line)
{
	guint32 cell = line->text;

	open_block(b, BLOCK_TABLE_ROW);
	for (guint32 i = line->text; i <= line->end; i++) {
		struct range range;

		if (i < line->end && (b->text[i] != '|' || (i > line->text && b->text[i - 1] == '\\')))
			continue;
		range = space_strip(b->text, cell, i);
		add_text(b, line, range.start, range.end, true);
		cell = i + 1;
	}
	close_block(b);
}

static bool is_table_row(struct blocks *b, const struct line *line)
{
	struct line next;

	if (!memchr(b->text + line->text, '|', line->end - line->text))
		return false;
	if (b->table || (b->text[line->text] == '|' && b->text[line->end - 1] == '|'))
		return true;
	if (!b->markdown || line->next >= b->len)
		return false;
	line_read(b->text, b->len, line->next, &next);
	return line_table_rule(b->text, &next);
}

static bool table(struct blocks *b, const struct line *line)
{
	if (b->table && line_table_rule(b->text, line))
		return true;
	b->table = is_table_row(b, line);
	if (b->table)
		table_row(b, line);
	return b->table;
}

/* "[^1]: text" */
static bool footnote(struct blocks *b, const struct line *line)
{
	const char *s = b->text + line->text, *end = b->text + line->end, *p = s + 2;
	struct range range;

	if (end - s < 5 || s[0] != '[' || s[1] != '^')
		return false;
	while (p < end && *p != ']' && !g_ascii_isspace(*p))
		p++;
	if (end - p < 2 || p == s + 2 || p[0] != ']' || p[1] != ':')
		return false;
	open_block(b, BLOCK_FOOTNOTE);
	range = space_strip(b->text, (guint32)(p + 2 - b->text), line->end);
	add_text(b, line, range.start, range.end, false);
	return true;
}

/* Whether a marker may begin an item here. In running text a line can begin
 * with a dash or with a number and a full stop. */
static bool may_begin_item(struct blocks *b, const struct line *line, const struct marker *marker)
{
	bool follows = marker->number == 1 || marker->number == b->number + 1;

	if (!b->open || b->kind == BLOCK_LIST_ITEM || b->kind == BLOCK_TABLE_ROW)
		return true;
	if (!marker->plain && !marker->number && *marker->start != '(' && !g_ascii_isalpha(*marker->start))
		return true;	/* a bullet proper */
	if (marker->number && !follows)
		return false;
	return line_ends_clause(b->text, &b->last) || line->indent > b->last.indent ||
	       (b->last.end - b->last.text) * 3 < b->widest * 2 || b->last.end - b->last.text < 40;
}

static bool list_item(struct blocks *b, const struct line *line)
{
	struct marker marker;

	if (!line_marker(b->text, line, &marker) || !may_begin_item(b, line, &marker))
		return false;
	while (b->depth && b->columns[b->depth - 1] >= line->indent)
		b->depth--;
	if (b->depth < DEPTH_MAX)
		b->columns[b->depth++] = line->indent;
	if (marker.number)
		b->number = marker.number;
	open_block(b, BLOCK_LIST_ITEM);
	b->level = (int)b->depth;
	b->label = document_string(b->doc, marker.start, marker.end - marker.start);
	add_text(b, line, (guint32)(marker.text - b->text), line->end, false);
	return true;
}

/* The line's first word would have stood in the line before, had that been
 * wrapped: it ended there on purpose. */
static bool has_room(struct blocks *b, const struct line *line)
{
	guint32 word = line->text;

	while (word < line->end && !g_ascii_isspace(b->text[word]))
		word++;
	return b->last.end - b->last.text + 1 + word - line->text <= line->end - line->text;
}

/* A title that stands right above text whose first line is indented, or in the middle
 * of the page above it. */
static bool stands_below_title(struct blocks *b, const struct line *line)
{
	guint32 last = b->last.end - b->last.text, bytes = line->end - line->text;
	struct line next = { 0 };
	bool goes_on = line->next < b->len && !line->page_break;

	if (b->kind != BLOCK_PARAGRAPH || b->lines != 1 || last < 4 || last > TITLE_BYTES || bytes < RUNNING_BYTES ||
	    line_begins_lower(b->text, line) || line_begins_lower(b->text, &b->last) || !has_room(b, line) ||
	    strchr(",;-(", b->text[b->last.end - 1]))
		return false;
	if (goes_on)
		line_read(b->text, b->len, line->next, &next);
	return b->last.indent >= line->indent + TITLE_INDENT ||
	       (line->indent > b->last.indent + 1 && goes_on && !line_is_blank(&next) && next.indent <= b->last.indent);
}

/* Whether a line of plain text begins another paragraph although no blank line
 * stands before it: each line is a paragraph, or first lines are indented. */
static bool begins_paragraph(struct blocks *b, const struct line *line)
{
	bool lower = line_begins_lower(b->text, line);
	guint32 last = b->last.end - b->last.text, bytes = line->end - line->text;

	if (b->kind == BLOCK_LIST_ITEM && b->raw->len && !lower && line->indent <= b->columns[MAX(b->depth, 1) - 1] &&
	    (line_ends_clause(b->text, &b->last) || has_room(b, line)))
		return true;
	if (stands_below_title(b, line))
		return true;
	if (last > WRAP_MAX_BYTES || bytes > WRAP_MAX_BYTES)
		return !lower || line_ends_sentence(b->text, &b->last);
	/* one column more is a mark of quotation that hangs out */
	return line->indent > b->last.indent + 1 && b->kind == BLOCK_PARAGRAPH && !lower &&
	       line_ends_sentence(b->text, &b->last);
}

static void paragraph_line(struct blocks *b, const struct line *line)
{
	bool goes_on = b->open && (b->kind == BLOCK_PARAGRAPH || b->kind == BLOCK_LIST_ITEM ||
				   b->kind == BLOCK_FOOTNOTE);

	/* the rest of a line that ">" quotes */
	if (b->open && b->kind == BLOCK_QUOTATION && line_begins_lower(b->text, line) && !line_ends_sentence(b->text, &b->last)) {
		add_text(b, line, line->text, line->end, false);
		return;
	}

	if (goes_on && !b->markdown && begins_paragraph(b, line))
		goes_on = false;
	if (!goes_on) {
		if (b->depth && line->indent <= b->columns[b->depth - 1])
			b->depth = 0;
		open_block(b, BLOCK_PARAGRAPH);
	}
	add_text(b, line, line->text, line->end, false);
}

/* Reads what begins at the line; returns where the next line begins. */
static guint32 read_line(struct blocks *b, const struct line *line)
{
	struct range title;
	guint32 next;
	int level;

	if (line_is_blank(line)) {
		close_block(b);
		b->table = false;
		return line->next;
	}
	if (b->markdown) {
		if ((next = fenced_code(b, line)) || (next = html_comment(b, line)))
			return next;
		if ((level = line_atx(b->text, line, &title))) {
			heading(b, level, title);
			return line->next;
		}
		if (footnote(b, line))
			return line->next;
	}
	if (table(b, line) || drawn(b, line) || underline_or_rule(b, line))
		return line->next;
	if (b->text[line->text] == '>')
		quotation(b, line);
	else if (!list_item(b, line))
		paragraph_line(b, line);
	return line->next;
}

/* A deck written as text has rules between its slides: short stretches most of
 * which begin with a heading or a line like one. */
static bool is_deck(const char *text, guint32 len, guint32 from)
{
	guint slides = 0, titled = 0;
	gsize bytes = 0;
	bool first = true, blank = true;
	struct line line;

	for (guint32 at = from; at < len; at = line.next) {
		line_read(text, len, at, &line);
		if (blank && line_rule(text, &line) == '-') {
			slides++;
			first = true;
		} else if (!line_is_blank(&line)) {
			titled += first && (text[line.text] == '#' || line.end - line.text <= 60);
			first = false;
			bytes += line.end - line.text;
		}
		blank = line_is_blank(&line);
	}
	return slides >= 2 && titled * 4 >= slides * 3 && bytes / slides <= 900;
}

static bool has_page_breaks(const char *text, guint32 len, guint32 from, bool markdown)
{
	const char *s = text + from, *end = text + len, *e;

	if (memchr(s, '\f', len - from))
		return true;
	while (markdown && (s = g_strstr_len(s, end - s, "<!--"))) {
		if (!(e = g_strstr_len(s, end - s, "-->")))
			return false;
		if (names_page_break(s + 4, e))
			return true;
		s = e + 3;
	}
	return false;
}

void blocks_read(struct document *doc, guint32 from, bool markdown)
{
	struct blocks b = { .doc = doc, .text = doc->text, .len = (guint32)doc->text_bytes, .markdown = markdown };
	struct line line;

	if (from >= b.len)
		return;
	b.deck = is_deck(b.text, b.len, from);
	b.slide = b.deck;
	b.page = has_page_breaks(b.text, b.len, from, markdown);
	b.raw = g_array_new(FALSE, FALSE, sizeof(struct range));
	b.pieces = g_array_new(FALSE, FALSE, sizeof(struct range));
	for (guint32 at = from, next; at < b.len; at = next) {
		line_read(b.text, b.len, at, &line);
		next = read_line(&b, &line);
		if (line.page_break && next == line.next)
			page_break(&b, next - 1, next);
	}
	close_block(&b);
	g_array_free(b.raw, TRUE);
	g_array_free(b.pieces, TRUE);
}
