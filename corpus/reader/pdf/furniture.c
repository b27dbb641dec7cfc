/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * furniture.c - running heads and feet, and the printed numbers of pages.
 *
 * What stands at the edge of a page, farther out than any text, is furniture
 * where it says the same in the same place on other pages (numbers aside), where
 * its number counts with the pages, or where most pages have small type in that
 * place with a gap to the text. Rows are taken from the edge inwards, as long as
 * each of their pieces is furniture.
 */
#include "corpus/reader/pdf/page.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define EDGE_SHARE 0.16f	/* of the page's height, in which furniture stands */
#define EDGE_ROWS 4		/* from each edge */
#define EDGE_PIECES 24
#define ROW_CELL 4.0f		/* points within which rows of two pages are in the same place */
#define KEY_BYTES_MAX 200
#define NUMBER_MAX 9999
#define PLACE_SHARE 0.6		/* of the pages, whose small type in one place is furniture */
#define PLACE_PAGES_MIN 4
#define GAP_MIN 0.8f		/* sizes, between furniture and text */
#define MATTER_CHARS 100	/* longer is text */

struct edge {
	guint page, piece;
	bool top;
	guint row;		/* from the edge inwards */
	int place;
	char *key;		/* text in small letters, "#" for numbers; owned */
	int numbers[2];		/* the first and the last, if they stand at its ends; else 0 */
	struct range printed[2];
	bool gap;		/* its row stands apart from the next one inwards */
};

struct edges {
	struct pdf *pdf;
	GArray *all;		/* struct edge */
	GHashTable *keys;	/* key@place -> pages */
	GHashTable *places;	/* place -> pages with small type apart */
	GHashTable *texts;	/* place -> pages where text stands there: it does not return, and goes on in the next row */
	GHashTable *offsets;	/* number - page -> pages */
	GHashTable *counted;	/* "page key@place" counted already */
};

/* ---- numbers ---- */

static int roman(const char *s, gsize len)
{
	static const char digits[] = "ivxlc";
	static const int values[] = { 1, 5, 10, 50, 100 };
	int total = 0, before = 0;

	for (gsize i = len; i-- > 0;) {
		const char *at = s[i] ? strchr(digits, g_ascii_tolower(s[i])) : NULL;

		if (!at || len > 7)
			return 0;
		total += values[at - digits] < before ? -values[at - digits] : values[at - digits];
		before = MAX(before, values[at - digits]);
	}
	return total;
}

static bool is_word_byte(char c)
{
	return g_ascii_isalnum(c) || (guchar)c >= 0x80;
}

/* The key of a piece, and the numbers that its page may have by it: the first of "2/14", the last of
 * "Conference 14". */
static void read_key(struct edge *edge, const char *text, struct range range)
{
	GString *key = g_string_new(NULL);
	guint words = 0;

	for (guint32 i = range.start, end; i < range.end && key->len < KEY_BYTES_MAX; i = end) {
		int number = 0;

		for (end = i; end < range.end && is_word_byte(text[end]); end++)
			;
		if (end == i) {
			end++;
			continue;
		}
		if (strspn(text + i, "0123456789") >= end - i && end - i <= 4)
			number = atoi(text + i);
		else
			number = roman(text + i, end - i);
		g_string_append(key, number ? "#" : "");
		for (guint32 k = i; k < end && !number; k++)
			g_string_append_c(key, g_ascii_tolower(text[k]));
		g_string_append_c(key, ' ');
		/* "page 3 of 14": the number behind the first word counts as first */
		if (!words++ || (words == 2 && !edge->numbers[0])) {
			edge->numbers[0] = number;
			edge->printed[0] = (struct range){ i, end };
		}
		edge->numbers[1] = number;
		edge->printed[1] = (struct range){ i, end };
	}
	edge->key = g_string_free(key, FALSE);
}

/* ---- what stands at the edges ---- */

static int by_top(const void *a, const void *b, void *data)
{
	const struct pdf *pdf = data;
	const struct pdf_piece *p = pdf_piece_at(pdf, *(const guint32 *)a), *q = pdf_piece_at(pdf, *(const guint32 *)b);
	float d = p->box.y0 + p->box.y1 - q->box.y0 - q->box.y1;

	if (d != 0)
		return d < 0 ? -1 : 1;
	return *(const guint32 *)a < *(const guint32 *)b ? -1 : 1;
}

static void count(GHashTable *table, const char *key)
{
	guint n = GPOINTER_TO_UINT(g_hash_table_lookup(table, key));

	g_hash_table_insert(table, g_strdup(key), GUINT_TO_POINTER(n + 1));
}

static guint counted(GHashTable *table, const char *key)
{
	return GPOINTER_TO_UINT(g_hash_table_lookup(table, key));
}

static char *place_name(const struct edge *edge, int shift)
{
	return g_strdup_printf("%c%d", edge->top ? 't' : 'b', edge->place + shift);
}

static void count_once(struct edges *edges, GHashTable *table, guint page, const char *key)
{
	if (g_hash_table_add(edges->counted, g_strdup_printf("%u %s", page, key)))
		count(table, key);
}

static bool is_small(const struct pdf *pdf, const struct edge *edge)
{
	const struct pdf_piece *piece = pdf_piece_at(pdf, edge->piece);

	return piece->size <= pdf->body_size * 1.05f && piece->chars <= MATTER_CHARS;
}

static void count_edge(struct edges *edges, const struct edge *edge)
{
	g_autofree char *place = place_name(edge, 0), *key = g_strdup_printf("%s@%s", edge->key, place);

	count_once(edges, edges->keys, edge->page, key);
	for (int i = 0; i < 2; i++) {
		g_autofree char *offset = g_strdup_printf("%d %s", edge->numbers[i] - (int)edge->page, place);

		if (edge->numbers[i])
			count_once(edges, edges->offsets, edge->page, offset);
	}
	if (edge->gap && edge->row == 0 && is_small(edges->pdf, edge))
		count_once(edges, edges->places, edge->page, place);
}

/* Takes rows from one edge inwards; order: the page's pieces, the outermost first. */
static void collect_edge(struct edges *edges, guint page_number, const guint32 *order, guint n, bool top)
{
	struct pdf *pdf = edges->pdf;
	const struct pdf_page *page = pdf_page_at(pdf, page_number);
	guint row = 0, from = edges->all->len, in_row = from;

	for (guint i = 0; i < n && i < EDGE_PIECES; i++) {
		const struct pdf_piece *piece = pdf_piece_at(pdf, order[i]);
		struct pdf_box box = piece->box;
		struct pdf_box before = i ? pdf_piece_at(pdf, order[i - 1])->box : box;
		struct edge edge = { .page = page_number, .piece = order[i], .top = top };
		float gap = top ? box.y0 - before.y1 : before.y0 - box.y1;

		if (pdf_level(box, before) < 0.4f) {
			for (guint k = in_row; k < edges->all->len; k++)
				g_array_index(edges->all, struct edge, k).gap = gap >= GAP_MIN * pdf->body_size;
			in_row = edges->all->len;
			row++;
		}
		if (row >= EDGE_ROWS || (top ? box.y1 > EDGE_SHARE * page->height : box.y0 < (1 - EDGE_SHARE) * page->height))
			break;
		edge.row = row;
		edge.place = (int)floorf((top ? box.y1 : page->height - box.y1) / ROW_CELL);
		read_key(&edge, pdf->text->str, piece->text);
		g_array_append_val(edges->all, edge);
	}
	for (guint k = from; k < edges->all->len; k++)
		count_edge(edges, &g_array_index(edges->all, struct edge, k));
}

static bool is_bare_number(const char *text, struct range range)
{
	for (guint32 i = range.start; i < range.end; i++)
		if (!g_ascii_isdigit(text[i]))
			return false;
	return range.end - range.start <= 4;
}

static void collect_page(struct edges *edges, guint number)
{
	struct pdf *pdf = edges->pdf;
	const struct pdf_page *page = pdf_page_at(pdf, number);
	g_autofree guint32 *order = g_new(guint32, page->n + 1), *upwards = g_new(guint32, page->n + 1);
	guint n = 0;

	for (guint i = 0; i < page->n; i++) {
		struct pdf_piece *piece = pdf_piece_at(pdf, page->first + i);

		if (!piece->aside)
			order[n++] = page->first + i;
		else if (is_bare_number(pdf->text->str, piece->text))	/* of a page that was turned behind it */
			piece->furniture = true;
	}
	g_qsort_with_data(order, (gint)n, sizeof *order, by_top, pdf);
	for (guint i = 0; i < n; i++)
		upwards[i] = order[n - 1 - i];
	collect_edge(edges, number, order, n, true);
	collect_edge(edges, number, upwards, n, false);
}

/* ---- which of it is furniture ---- */

static guint near_count(GHashTable *table, const struct edge *edge, bool keyed)
{
	guint most = 0;

	for (int shift = -1; shift <= 1; shift++) {
		g_autofree char *place = place_name(edge, shift), *key = g_strdup_printf("%s@%s", keyed ? edge->key : "", place);
		guint n = counted(table, keyed ? key : place);

		most = MAX(most, n);
	}
	return most;
}

/* Where running heads stand there is no text on other pages. */
static void count_texts(struct edges *edges)
{
	for (guint i = 0; i < edges->all->len; i++) {
		const struct edge *edge = &g_array_index(edges->all, struct edge, i);
		g_autofree char *place = place_name(edge, 0);

		if (!edge->gap && near_count(edges->keys, edge, true) < 2)
			count_once(edges, edges->texts, edge->page, place);
	}
}

static bool is_number(const struct edge *edge)
{
	return !strcmp(edge->key, "# ") || !strcmp(edge->key, "# # ");
}

static guint offset_count(const struct edges *edges, const struct edge *edge, int number)
{
	guint most = 0;

	for (int shift = -1; shift <= 1; shift++) {
		g_autofree char *place = place_name(edge, shift), *offset = g_strdup_printf("%d %s", number - (int)edge->page, place);
		guint n = counted(edges->offsets, offset);

		most = MAX(most, n);
	}
	return most;
}

/* On how many pages a number stands that is as far from the page's own count; which of the two. */
static guint number_pages(const struct edges *edges, const struct edge *edge, int *which)
{
	guint most = 0;

	for (int i = 0; i < 2; i++) {
		guint n = edge->numbers[i] > 0 ? offset_count(edges, edge, edge->numbers[i]) : 0;

		if (n > most) {
			most = n;
			*which = i;
		}
	}
	return most;
}

static bool number_counts(const struct edges *edges, const struct edge *edge)
{
	int which;

	return number_pages(edges, edge, &which) >= 2;
}

static bool edge_is_furniture(const struct edges *edges, const struct edge *edge)
{
	guint pages = edges->pdf->pages->len, same = near_count(edges->keys, edge, true);
	guint texts = near_count(edges->texts, edge, false);
	const struct pdf_piece *piece = pdf_piece_at(edges->pdf, edge->piece);

	if (piece->chars > MATTER_CHARS)
		return false;
	if (is_number(edge))
		return number_counts(edges, edge) || (edge->row == 0 && !edge->top && edge->gap);
	/* big type returns as the titles of slides do, too */
	if (same >= 2 && (is_small(edges->pdf, edge) || same * 2 > pages) && (edge->gap || edge->row > 0 || same > 2) &&
	    texts * 2 < same)
		return true;
	/* a paragraph of one line at the head of a page is set as text is */
	if (piece->style == edges->pdf->body_style)
		return false;
	return edge->gap && edge->row == 0 && is_small(edges->pdf, edge) && pages >= PLACE_PAGES_MIN && !edges->pdf->deck &&
	       near_count(edges->places, edge, false) >= PLACE_SHARE * pages && !texts;
}

/* A page's row is furniture where all its pieces are, and the rows farther out are. */
static void mark(struct edges *edges)
{
	for (guint i = 0, end; i < edges->all->len; i = end) {
		const struct edge *row = &g_array_index(edges->all, struct edge, i);
		bool all = true;

		for (end = i; end < edges->all->len; end++) {
			const struct edge *edge = &g_array_index(edges->all, struct edge, end);

			if (edge->page != row->page || edge->top != row->top || edge->row != row->row)
				break;
			all = all && (edge_is_furniture(edges, edge) || number_counts(edges, edge));
		}
		for (guint k = i; k < end && all; k++)
			pdf_piece_at(edges->pdf, g_array_index(edges->all, struct edge, k).piece)->furniture = true;
		while (!all && end < edges->all->len && g_array_index(edges->all, struct edge, end).page == row->page &&
		       g_array_index(edges->all, struct edge, end).top == row->top)
			end++;
	}
}

/* The number that a page has in print, where it counts with those of other pages. */
static void take_labels(struct edges *edges)
{
	struct pdf *pdf = edges->pdf;
	g_autofree guint *best = g_new0(guint, pdf->pages->len + 1);

	for (guint i = 0; i < edges->all->len; i++) {
		const struct edge *edge = &g_array_index(edges->all, struct edge, i);
		struct pdf_page *page = pdf_page_at(pdf, edge->page);
		int which = 0;
		guint n = number_pages(edges, edge, &which);

		if (n < 2 || n <= best[edge->page] || !pdf_piece_at(pdf, edge->piece)->furniture)
			continue;
		best[edge->page] = n;
		page->label = g_string_chunk_insert_len(pdf->strings, pdf->text->str + edge->printed[which].start,
		                                        edge->printed[which].end - edge->printed[which].start);
	}
}

void pdf_furniture(struct pdf *pdf)
{
	struct edges edges = { .pdf = pdf, .all = g_array_new(FALSE, FALSE, sizeof(struct edge)) };

	edges.keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	edges.places = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	edges.texts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	edges.offsets = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	edges.counted = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (guint i = 0; i < pdf->pages->len; i++)
		collect_page(&edges, i);
	count_texts(&edges);
	mark(&edges);
	take_labels(&edges);
	for (guint i = 0; i < edges.all->len; i++)
		g_free(g_array_index(edges.all, struct edge, i).key);
	g_array_free(edges.all, TRUE);
	g_hash_table_destroy(edges.keys);
	g_hash_table_destroy(edges.places);
	g_hash_table_destroy(edges.texts);
	g_hash_table_destroy(edges.offsets);
	g_hash_table_destroy(edges.counted);
}
