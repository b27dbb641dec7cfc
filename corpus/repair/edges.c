/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * edges.c - what stands at the edges of pages, where the text has page breaks:
 * running heads and feet, and the printed page numbers.
 *
 * Candidates are the first and the last lines of each page, from the edge
 * inwards, as long as each is furniture. A line is furniture when its number
 * counts with the pages, when it returns at the edge of other pages (heads may
 * alternate, or change with the chapter), or when it is a heading's words again.
 * The line that begins a chapter is its heading and stays.
 */
#include "corpus/repair/repair.h"

#include <stdlib.h>
#include <string.h>

#include "corpus/cues.h"
#include "corpus/outline/outline.h"
#include "corpus/pieces.h"
#include "corpus/words.h"

#define DEPTH_MAX 3
#define EDGE_BYTES_MAX 160
#define EDGE_WORDS_MAX 14
#define RETURN_PAGES_MAX 2	/* from a line to the same line, where it returns but once */
#define FRONT_BLOCKS 8		/* in which the title stands */
#define NUMBER_MAX 1900		/* more is a year */

struct edge_line {
	guint block, page;
	struct range line;
	bool top;
	guint depth;
	char *key;		/* folded words without the number; "" for a number alone */
	guint number;		/* 0: none */
	struct range printed;	/* the number as printed */
	bool apart;		/* a sign or a gap between number and words */
	bool furniture;
};

struct edge_use {
	guint count, first, last;	/* pages */
	guint met, tops;	/* tops: at the head of a page */
	guint panel;		/* the last number of one that is a panel's label */
};

struct edges {
	struct document *doc;
	GArray *lines;		/* struct edge_line, page by page, from the edges inwards */
	guint pages;
	bool deck;
	GHashTable *uses;	/* key -> struct edge_use */
	GHashTable *offsets;	/* number - page -> pages that have it */
	GHashTable *titles;	/* folded headings that the format marked, so far */
	GPtrArray *front;	/* char *: folded lines of three words and more on the first page */
};

/* ---- numbers ---- */

static guint roman_small(const char *s, gsize len)
{
	static const char digits[] = "ivxlc";
	static const guint values[] = { 1, 5, 10, 50, 100 };
	guint total = 0, before = 0;
	for (gsize i = len; i-- > 0;) {
		const char *found = s[i] == '\0' ? NULL : strchr(digits, s[i]);
		if (found == NULL || len > 8)
			return 0;
		guint value = values[found - digits];
		total = value < before ? total - value : total + value;
		before = MAX(before, value);
	}
	return total;
}

/* The number that a token is ("12", "2/4", "-7-", "xii"); 0 where none. */
static guint token_number(const char *s, struct range *token)
{
	struct range t = *token;
	while (t.start < t.end && strchr("-|[(", s[t.start]))
		t.start++;
	while (t.end > t.start && strchr("-|])", s[t.end - 1]))
		t.end--;
	guint32 digits = t.start;
	while (digits < t.end && g_ascii_isdigit(s[digits]))
		digits++;
	guint32 rest = digits + (digits < t.end && s[digits] == '/');
	guint32 total = rest;
	while (total < t.end && g_ascii_isdigit(s[total]))
		total++;
	guint number = 0;
	if (digits > t.start && digits - t.start <= 4 && total == t.end && (rest == digits || total > rest))
		for (guint32 i = t.start; i < digits; i++)
			number = number * 10 + (guint)(s[i] - '0');
	else if (digits == t.start)
		number = roman_small(s + t.start, t.end - t.start), digits = t.end;
	if (number == 0 || number > NUMBER_MAX)
		return 0;
	*token = (struct range){ t.start, digits };
	return number;
}

static struct range first_token(const char *s, struct range r)
{
	while (r.start < r.end && g_ascii_isspace(s[r.start]))
		r.start++;
	guint32 end = r.start;
	while (end < r.end && !g_ascii_isspace(s[end]))
		end++;
	return (struct range){ r.start, end };
}

static struct range last_token(const char *s, struct range r)
{
	while (r.end > r.start && g_ascii_isspace(s[r.end - 1]))
		r.end--;
	guint32 start = r.end;
	while (start > r.start && !g_ascii_isspace(s[start - 1]))
		start--;
	return (struct range){ start, r.end };
}

static bool is_sign(const char *s, struct range token)
{
	return token.start < token.end && words_count(s, token, 1) == 0;
}

static bool is_page_word(const char *s, struct range token)
{
	g_autoptr(GString) folded = g_string_new(NULL);
	words_fold(s, token, folded);
	return cue_is(CUE_PAGE, folded->str, -1);
}

/* "Page 3 of 10" and the like. */
static bool page_of(const char *s, struct range r, struct edge_line *line)
{
	struct range word = first_token(s, r);
	if (!is_page_word(s, word))
		return false;
	struct range token = first_token(s, (struct range){ word.end, r.end });
	line->number = token_number(s, &token);
	line->printed = token;
	return line->number > 0 && words_count(s, r, 5) <= 4;
}

/* Takes a number off one end of the line; what is left of it. */
static struct range take_number(const char *s, struct range r, bool front, struct edge_line *line)
{
	struct range token = front ? first_token(s, r) : last_token(s, r), rest = r;
	if (is_sign(s, token)) {
		struct range inner = front ? (struct range){ token.end, r.end } : (struct range){ r.start, token.start };
		token = front ? first_token(s, inner) : last_token(s, inner);
	}
	struct range printed = token;
	guint number = token.start < token.end ? token_number(s, &printed) : 0;
	if (number == 0)
		return r;
	if (front)
		rest.start = token.end;
	else
		rest.end = token.start;
	struct range next = front ? first_token(s, rest) : last_token(s, rest);
	guint32 gap = front ? next.start - rest.start : rest.end - next.end;
	line->apart = is_sign(s, next) || gap >= 3 || (gap > 0 && memchr(s + (front ? rest.start : next.end), '\t', gap));
	line->number = number;
	line->printed = printed;
	return rest;
}

static void read_edge_line(const struct document *doc, struct edge_line *line)
{
	const char *s = doc->text;
	g_autoptr(GString) key = g_string_new(NULL);
	struct range rest = line->line;
	if (!page_of(s, line->line, line)) {
		line->number = 0;
		rest = take_number(s, line->line, true, line);
		if (line->number == 0)
			rest = take_number(s, line->line, false, line);
		words_fold(s, rest, key);
	}
	line->key = g_strdup(key->str);
}

/* ---- the lines at the edges ---- */

static bool may_hold_edge(const struct block *block)
{
	return block->n_ranges > 0 && block->zone != ZONE_FRONT_MATTER &&
	       (block->kind == BLOCK_PARAGRAPH || block->kind == BLOCK_LIST_ITEM ||
	        block->kind == BLOCK_QUOTATION);
}

static bool fits(const struct document *doc, struct range line)
{
	if (line.end - line.start > EDGE_BYTES_MAX || line.end <= line.start ||
	    words_count(doc->text, line, EDGE_WORDS_MAX + 1) > EDGE_WORDS_MAX)
		return false;
	char last = doc->text[line.end - 1];
	return last != ':' && last != ',' && last != ';';
}

/* A list item's line begins with its label, which is not in its ranges. */
static guint32 line_start(const struct document *doc, guint32 pos)
{
	while (pos > 0 && doc->text[pos - 1] != '\n' && doc->text[pos - 1] != '\f' && doc->text[pos - 1] != '\r')
		pos--;
	return pos;
}

static void add_edge_line(struct edges *edges, guint block, guint page, struct range line, bool top,
                          guint depth)
{
	struct edge_line edge = { .block = block, .page = page, .top = top, .depth = depth };
	if (document_block(edges->doc, block)->kind == BLOCK_LIST_ITEM)
		line.start = line_start(edges->doc, line.start);
	edge.line = text_trim(edges->doc->text, line);
	if (contents_leader_at(edges->doc->text, edge.line.start, edge.line.end) > 0)	/* its title stands elsewhere */
		return;
	read_edge_line(edges->doc, &edge);
	g_array_append_val(edges->lines, edge);
}

/* From the top of the page: where the next block's lines begin; stop: first byte
 * of the page that is taken already. */
static guint32 collect_top(struct edges *edges, guint from, guint to, guint page)
{
	const struct document *doc = edges->doc;
	guint32 reached = 0;
	for (guint i = from, depth = 0; i < to && depth < DEPTH_MAX; i++) {
		const struct block *block = document_block(doc, i);
		if (block->n_ranges == 0)
			continue;
		if (!may_hold_edge(block))
			break;
		for (guint32 pos = block_start(block); pos < block_end(block) && depth < DEPTH_MAX; depth++) {
			guint32 end = text_line_end(doc->text, pos, block_end(block));
			if (!fits(doc, (struct range){ pos, end }))
				return reached;
			add_edge_line(edges, i, page, (struct range){ pos, end }, true, depth);
			reached = pos = end + 1;
		}
	}
	return reached;
}

static void collect_bottom(struct edges *edges, guint from, guint to, guint page, guint32 reached)
{
	const struct document *doc = edges->doc;
	for (guint i = to, depth = 0; i-- > from && depth < DEPTH_MAX;) {
		const struct block *block = document_block(doc, i);
		if (block->n_ranges == 0)
			continue;
		if (!may_hold_edge(block))
			return;
		for (guint32 end = block_end(block); end > block_start(block) && depth < DEPTH_MAX; depth++) {
			guint32 pos = end;
			while (pos > block_start(block) && doc->text[pos - 1] != '\n' && end - pos <= EDGE_BYTES_MAX)
				pos--;
			if (pos < reached || !fits(doc, (struct range){ pos, end }))
				return;
			add_edge_line(edges, i, page, (struct range){ pos, end }, false, depth);
			end = pos > block_start(block) ? pos - 1 : pos;
		}
	}
}

static void count_line(struct edges *edges, const struct edge_line *line)
{
	if (line->number > 0) {
		gpointer offset = GINT_TO_POINTER((int)line->number - (int)line->page);
		guint n = GPOINTER_TO_UINT(g_hash_table_lookup(edges->offsets, offset));
		g_hash_table_insert(edges->offsets, offset, GUINT_TO_POINTER(n + 1));
	}
	struct edge_use *use = g_hash_table_lookup(edges->uses, line->key);
	if (use == NULL) {
		use = g_new0(struct edge_use, 1);
		use->first = line->page;
		g_hash_table_insert(edges->uses, g_strdup(line->key), use);
	}
	if (use->count == 0 || use->last != line->page)
		use->count++;
	use->tops += line->top;
	use->last = line->page;
}

static void collect(struct edges *edges)
{
	struct document *doc = edges->doc;
	guint from = 0;
	for (guint i = 0; i <= doc->blocks->len; i++) {
		if (i < doc->blocks->len && document_block(doc, i)->kind != BLOCK_PAGE_BREAK)
			continue;
		guint32 reached = collect_top(edges, from, i, edges->pages);
		collect_bottom(edges, from, i, edges->pages, reached);
		edges->pages++;
		from = i + 1;
	}
	for (guint i = 0; i < edges->lines->len; i++)
		count_line(edges, &g_array_index(edges->lines, struct edge_line, i));
}

/* ---- which of them are furniture ---- */

static bool counts_with_pages(struct edges *edges, const struct edge_line *line)
{
	gpointer offset = GINT_TO_POINTER((int)line->number - (int)line->page);
	return line->number > 0 && GPOINTER_TO_UINT(g_hash_table_lookup(edges->offsets, offset)) >= 2;
}

/* The number of the panel that the line names; 0. */
static guint panel_of(const struct document *doc, struct range line)
{
	guint number;
	return panel_label(doc->text + line.start, line.end - line.start, &number) > 0 ? number : 0;
}

/* "Round table 2" where "Round table 1" was met before: a heading, not a running head. */
static bool begins_panel(const struct document *doc, const struct edge_line *line, struct edge_use *use)
{
	guint number = panel_of(doc, line->line), before = use->panel;
	use->panel = number > 0 ? number : before;
	return number > 0 && number != before;
}

static bool goes_on_small(const struct document *doc, const struct edge_line *line)
{
	guint32 end = MIN((guint32)doc->text_bytes, line->line.end + 200);
	return line->top && text_begins_small(doc->text, (struct range){ line->line.end, end });
}

static bool key_returns(struct edges *edges, const struct edge_line *line, struct edge_use *use)
{
	bool first = use->met++ == 0;
	bool small = goes_on_small(edges->doc, line);
	bool part = begins_panel(edges->doc, line, use);
	if (strlen(line->key) < 4 || (part && !small && !g_hash_table_contains(edges->titles, line->key)))
		return false;
	if (g_hash_table_contains(edges->titles, line->key) && (use->count >= 2 || line->top))
		return true;
	if (use->count < 2 || (edges->deck && use->count * 2 < edges->pages))
		return false;
	/* once at the head and once at the foot, or on two pages far apart: no running head */
	if (use->count == 2 && (use->tops == 1 || use->last - use->first > RETURN_PAGES_MAX))
		return false;
	/* one word that returns is as likely a heading or a label */
	if (strchr(line->key, ' ') == NULL && line->number == 0 && use->count < 3)
		return false;
	if (!first || small)
		return true;
	if (line->page == 0 && line->top)	/* the title */
		return false;
	/* where a chapter's head is met first, it is the chapter's heading */
	bool run = use->last - use->first + 1 == use->count;
	return !line->top || !(run && use->count * 2 <= edges->pages);
}

/* "Conference title - House, 2022" at the head of a page: words of the first page. */
static bool holds_title(const struct edges *edges, const struct edge_line *line)
{
	if (!line->top || line->page == 0 || line->depth > 0)
		return false;
	for (guint i = 0; i < edges->front->len; i++)
		if (strstr(line->key, edges->front->pdata[i]) != NULL)
			return true;
	return false;
}

static void learn_front(struct edges *edges)
{
	for (guint i = 0, seen = 0; i < edges->doc->blocks->len && seen < FRONT_BLOCKS; i++) {
		const struct block *block = document_block(edges->doc, i);
		if (block->kind == BLOCK_PAGE_BREAK)
			break;
		if (block->n_ranges == 0 || !may_hold_edge(block))
			continue;
		seen++;
		for (guint32 pos = block_start(block); pos < block_end(block);) {
			guint32 end = text_line_end(edges->doc->text, pos, block_end(block));
			struct range line = { pos, end };
			if (fits(edges->doc, line) && words_count(edges->doc->text, line, 3) >= 3 && !text_ends_sentence(edges->doc->text, line)) {
				GString *folded = g_string_new(NULL);
				words_fold(edges->doc->text, line, folded);
				g_ptr_array_add(edges->front, g_string_free(folded, false));
			}
			pos = end + 1;
		}
	}
}

/* The number that the text begins with; 0. */
static guint number_at(const char *s, guint32 pos, guint32 end)
{
	guint number = 0;
	while (pos < end && g_ascii_isspace(s[pos]))
		pos++;
	for (; pos < end && g_ascii_isdigit(s[pos]) && number < 10000; pos++)
		number = number * 10 + (guint)(s[pos] - '0');
	return pos < end && !g_ascii_isdigit(s[pos]) ? number : 0;
}

/* "4   Costs" below "3   What we found": an item of a list, not the page's number. */
static bool counts_on(const struct document *doc, const struct edge_line *line)
{
	guint32 end = line->line.start, start;
	if (line->key[0] == '\0' || number_at(doc->text, line->line.start, line->line.end) != line->number || line->number < 2)
		return false;
	while (end > 0 && g_ascii_isspace(doc->text[end - 1]))
		end--;
	for (start = end; start > 0 && doc->text[start - 1] != '\n'; start--)
		;
	return number_at(doc->text, start, end) == line->number - 1;
}

/* "Forum Daily     Thursday     Page 2", on the second page. */
static bool names_page(const struct document *doc, const struct edge_line *line)
{
	struct range before = { line->line.start, line->printed.start };
	return line->page > 0 && line->number == line->page + 1 && before.end > before.start &&
	       is_page_word(doc->text, last_token(doc->text, before));
}

static bool is_edge_furniture(struct edges *edges, const struct edge_line *line)
{
	if (counts_on(edges->doc, line))
		return false;
	if (cue_holds(CUE_CONTINUED, line->key) || holds_title(edges, line) || names_page(edges->doc, line))
		return true;
	struct edge_use *use = g_hash_table_lookup(edges->uses, line->key);
	bool counts = counts_with_pages(edges, line);
	if (line->key[0] == '\0')
		return counts || (line->number > 0 && !g_ascii_isdigit(edges->doc->text[line->printed.start]));
	bool several = strchr(line->key, ' ') != NULL;
	if (counts && line->apart && (several || use->count >= 2))
		return true;
	if (counts && several && use->count >= 2 && panel_of(edges->doc, line->line) == 0)
		return true;
	return key_returns(edges, line, use);
}

static void learn_titles(struct edges *edges, guint32 from, guint32 to)
{
	for (guint i = from; i < to; i++) {
		const struct block *block = document_block(edges->doc, i);
		if (block->kind != BLOCK_HEADING || block->n_ranges == 0)
			continue;
		GString *folded = g_string_new(NULL);
		for (guint k = 0; k < block->n_ranges; k++)
			words_fold(edges->doc->text, block->ranges[k], folded);
		g_hash_table_add(edges->titles, g_string_free(folded, false));
	}
}

static void decide(struct edges *edges)
{
	bool open = true;	/* all lines nearer to the edge are furniture */
	guint learnt = 0;
	for (guint i = 0; i < edges->lines->len; i++) {
		struct edge_line *line = &g_array_index(edges->lines, struct edge_line, i);
		learn_titles(edges, learnt, line->block);
		learnt = MAX(learnt, line->block);
		if (line->depth == 0)
			open = true;
		open = open && is_edge_furniture(edges, line);
		line->furniture = open;
	}
}

/* ---- cutting them off ---- */

static void label_pages(struct edges *edges)
{
	struct document *doc = edges->doc;
	g_autofree const char **labels = g_new0(const char *, edges->pages + 1);
	for (guint i = 0; i < edges->lines->len; i++) {
		const struct edge_line *line = &g_array_index(edges->lines, struct edge_line, i);
		if (line->furniture && line->number > 0 && labels[line->page] == NULL &&
		    (line->key[0] == '\0' || counts_with_pages(edges, line)))
			labels[line->page] = document_string(doc, doc->text + line->printed.start,
			                                     (gssize)(line->printed.end - line->printed.start));
	}
	for (guint i = 0, page = 0; i < doc->blocks->len; i++) {
		struct block *block = document_block(doc, i);
		page += block->kind == BLOCK_PAGE_BREAK;
		if (block->page_label == NULL && page < edges->pages)
			block->page_label = labels[page];
	}
}

static void append_part(struct document *doc, GArray *out, const struct block *block, guint32 from,
                        guint32 to, bool furniture)
{
	if (from >= to)
		return;
	struct block part = block_part(doc, block, from, to);
	if (furniture) {
		part.kind = BLOCK_FURNITURE;
		part.level = 0;
	}
	if (part.n_ranges > 0)
		g_array_append_val(out, part);
}

static void cut_edges(struct edges *edges)
{
	struct document *doc = edges->doc;
	GArray *out = g_array_sized_new(false, true, sizeof(struct block), doc->blocks->len + edges->lines->len);
	for (guint i = 0, k = 0; i < doc->blocks->len; i++) {
		const struct block *block = document_block(doc, i);
		guint32 top = block->n_ranges == 0 ? 0 : block_start(block);
		guint32 bottom = block->n_ranges == 0 ? 0 : block_end(block);
		bool any = false;
		/* the lines of a page are not in the order of its blocks: look at the whole page */
		for (guint j = k; j < edges->lines->len; j++) {
			const struct edge_line *line = &g_array_index(edges->lines, struct edge_line, j);
			if (line->block > i + 64)
				break;
			if (line->block != i || !line->furniture)
				continue;
			any = true;
			if (line->top)
				top = MAX(top, line->line.end);
			else
				bottom = MIN(bottom, line->line.start);
		}
		if (block->kind == BLOCK_PAGE_BREAK)
			while (k < edges->lines->len &&
			       g_array_index(edges->lines, struct edge_line, k).block <= i)
				k++;
		if (!any) {
			g_array_append_val(out, *block);
			continue;
		}
		append_part(doc, out, block, block_start(block), top, true);
		append_part(doc, out, block, top, bottom, false);
		append_part(doc, out, block, MAX(top, bottom), block_end(block), true);
	}
	g_array_free(doc->blocks, true);
	doc->blocks = out;
}

static guint count_breaks(const struct document *doc)
{
	guint n = 0;
	for (guint i = 0; i < doc->blocks->len; i++)
		n += document_block(doc, i)->kind == BLOCK_PAGE_BREAK;
	return n;
}

void edges_find(struct document *doc)
{
	if (count_breaks(doc) < 1)
		return;
	struct edges edges = {
		.doc = doc,
		.lines = g_array_new(false, true, sizeof(struct edge_line)),
		.deck = doc->type == TYPE_SLIDES || slides_recognise(doc),
		.uses = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
		.offsets = g_hash_table_new(NULL, NULL),
		.titles = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
	};
	edges.front = g_ptr_array_new_with_free_func(g_free);
	collect(&edges);
	learn_front(&edges);
	decide(&edges);
	label_pages(&edges);
	cut_edges(&edges);
	for (guint i = 0; i < edges.lines->len; i++)
		g_free(g_array_index(edges.lines, struct edge_line, i).key);
	g_array_free(edges.lines, true);
	g_hash_table_destroy(edges.uses);
	g_hash_table_destroy(edges.offsets);
	g_hash_table_destroy(edges.titles);
	g_ptr_array_free(edges.front, true);
}
