/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * layout.c - reading order: which pieces stand in which column or box, and in
 * what order these are read.
 *
 *   +---------------------+
 *   | heading over all    |   A gutter is a strip that no piece crosses, with running
 *   |---------+-----------|   text on both sides. Where one is found, what crosses it
 *   | column  : column    |   cuts the region into bands, and the gutter each band into
 *   | column  : column    |   two; each part is looked at again in the same way.
 *   |---------+-----------|
 *   | goes on below       |   Columns of a table are no columns of text: their lines
 *   +---------------------+   are short and stand side by side, and are read by rows.
 *
 * Each step sorts, and looks at each piece a bounded number of times; steps nest
 * REGION_DEPTH_MAX deep at most.
 */
#include "corpus/reader/pdf/page.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define REGION_DEPTH_MAX 12
#define EDGES_MAX 16		/* places at which a gutter is tried, the most popular first */
#define EDGE_CELL 3.0f		/* points within which left edges are the same */
#define RIGHT_EDGES 1000000	/* added to the cells of right edges */
#define EDGE_PIECES_MIN 3
#define GUTTER_MIN 0.75f	/* width, in sizes */
#define SIDE_LINES_MIN 3	/* of a side of a gutter, or one where the other has MANY */
#define MANY_LINES 8
#define SIDE_SIZES_MIN 7.0f	/* narrower is a number or a label */
#define FILL_MIN 0.6f		/* of the side's width, by its lines on average */
#define WORDS_GAP_MAX 1.3f	/* sizes, between words of one line of running text */
#define LINE_CHARS_MIN 14	/* on average, or it is no running text */
#define ALIGNED_MAX 0.75f	/* lines of the smaller side beside a line of the other: of a table */
#define HEADING_SIZE 1.12f	/* sizes of running text */
#define INITIAL_SIZE 1.9f	/* in sizes of the text, of a big first letter */
#define LEVEL_MIN 0.5f		/* of the height, that pieces of one line share */

struct layout {
	struct pdf *pdf;
	float size;		/* of the page's running text */
	guint region;
	bool rtl;
	const GArray *known;	/* float: gutters that were found on other pages, too */
	GArray *found;		/* float: gutters of this page */
};

/* Pieces of a region; a slice of one array for the page. */
struct span {
	guint32 *pieces;
	guint n;
};

static struct pdf_piece *piece_in(const struct layout *layout, struct span span, guint i)
{
	return pdf_piece_at(layout->pdf, span.pieces[i]);
}

/* ---- sorting ---- */

static int by_middle(const void *a, const void *b, void *data)
{
	const struct pdf *pdf = data;
	const struct pdf_piece *p = pdf_piece_at(pdf, *(const guint32 *)a), *q = pdf_piece_at(pdf, *(const guint32 *)b);
	float d = (p->box.y0 + p->box.y1) - (q->box.y0 + q->box.y1);

	if (d != 0)
		return d < 0 ? -1 : 1;
	d = p->box.x0 - q->box.x0;
	if (d != 0)
		return d < 0 ? -1 : 1;
	return *(const guint32 *)a < *(const guint32 *)b ? -1 : 1;
}

static void sort_down(const struct layout *layout, struct span span)
{
	g_qsort_with_data(span.pieces, (gint)span.n, sizeof *span.pieces, by_middle, layout->pdf);
}

/* ---- lines ---- */

static int by_left(const void *a, const void *b, void *data)
{
	const struct pdf *pdf = data;
	const struct pdf_piece *p = pdf_piece_at(pdf, *(const guint32 *)a), *q = pdf_piece_at(pdf, *(const guint32 *)b);

	if (p->box.x0 != q->box.x0)
		return p->box.x0 < q->box.x0 ? -1 : 1;
	return *(const guint32 *)a < *(const guint32 *)b ? -1 : 1;
}

static void reverse(guint32 *pieces, guint n)
{
	for (guint i = 0; i + 1 < n - i; i++) {
		guint32 other = pieces[i];

		pieces[i] = pieces[n - 1 - i];
		pieces[n - 1 - i] = other;
	}
}

static void add_line(struct layout *layout, guint32 *pieces, guint n)
{
	struct pdf *pdf = layout->pdf;
	struct pdf_line line = { .first = pdf->order->len, .n = n, .region = layout->region };
	const struct pdf_piece *main = NULL;
	guint rtl = 0;

	g_qsort_with_data(pieces, (gint)n, sizeof *pieces, by_left, pdf);
	for (guint i = 0; i < n; i++)
		rtl += pdf_piece_at(pdf, pieces[i])->rtl;
	line.rtl = rtl * 2 > n;
	if (line.rtl)
		reverse(pieces, n);
	for (guint i = 0; i < n; i++) {
		const struct pdf_piece *piece = pdf_piece_at(pdf, pieces[i]);

		line.box = i ? pdf_box_both(line.box, piece->box) : piece->box;
		line.chars += piece->chars;
		line.bold += piece->bold;
		line.italic += piece->italic;
		if (!main || piece->chars > main->chars)
			main = piece;
	}
	line.size = main->size;
	line.style = main->style;
	line.first_x1 = pdf_piece_at(pdf, pieces[0])->first_x1;
	line.raised = pdf_piece_at(pdf, pieces[0])->raised;
	line.aside = pdf_piece_at(pdf, pieces[0])->aside;
	g_array_append_vals(pdf->order, pieces, n);
	g_array_append_val(pdf->lines, line);
}

/* A region without columns: its pieces by base lines, from top to bottom. */
static void add_lines(struct layout *layout, struct span span)
{
	guint from = 0;
	struct pdf_box box = { 0 };

	for (guint i = 0; i < span.n; i++) {
		const struct pdf_piece *piece = piece_in(layout, span, i);

		if (i > from && pdf_level(box, piece->box) < LEVEL_MIN) {
			add_line(layout, span.pieces + from, i - from);
			from = i;
		}
		/* the tallest piece stands for the line, or lines that touch would chain */
		if (i == from || piece->box.y1 - piece->box.y0 > box.y1 - box.y0)
			box = piece->box;
	}
	if (span.n > from)
		add_line(layout, span.pieces + from, span.n - from);
	layout->region++;
}

/* ---- gutters ---- */

struct side {
	guint lines, small;	/* small: begin with a small letter */
	struct pdf_box all, last;
	double widths, chars;	/* widths: of what is filled in its lines */
};

struct gutter {
	float x;	/* the left edge of what is right of it */
	float width;
	double score;
};

/* Pieces come from top to bottom and, within a line, from left to right. */
static void side_add(const struct layout *layout, struct side *side, const struct pdf_piece *piece)
{
	struct pdf_box box = piece->box;
	bool same = side->lines && pdf_level(side->last, box) >= LEVEL_MIN && box.x0 >= side->last.x1 - 1;
	float gap = same ? box.x0 - side->last.x1 : 0;

	if (!side->lines)
		side->all = box;
	side->all = pdf_box_both(side->all, box);
	side->widths += box.x1 - box.x0 + (gap > 0 && gap < WORDS_GAP_MAX * layout->size ? gap : 0);
	side->chars += piece->chars;
	side->lines += !same;
	side->small += !same && g_unichar_islower(g_utf8_get_char(layout->pdf->text->str + piece->text.start));
	side->last = box;
}

static double side_fill(const struct side *side)
{
	return side->lines ? side->widths / (side->lines * (side->all.x1 - side->all.x0)) : 0;
}

static bool side_is_text(const struct layout *layout, const struct side *side)
{
	return side->lines && side->all.x1 - side->all.x0 >= SIDE_SIZES_MIN * layout->size && side_fill(side) >= FILL_MIN &&
	       side->chars >= LINE_CHARS_MIN * side->lines;
}

static bool side_goes_on(const struct side *side)
{
	return side->lines > SIDE_LINES_MIN && side->small * 2 >= side->lines;
}

/* -1: left of the gutter, 1: right, 0: across. */
static int side_of(const struct pdf_piece *piece, const struct gutter *gutter)
{
	if (piece->box.x1 <= gutter->x - gutter->width)
		return -1;
	return piece->box.x0 >= gutter->x - 1 ? 1 : 0;
}

/* How many lines of the smaller side stand level with one of the other; of 1. The span is sorted. */
static float aligned_share(const struct layout *layout, struct span span, const struct gutter *gutter, guint smaller)
{
	guint pairs = 0;

	for (guint i = 1; i < span.n; i++) {
		const struct pdf_piece *p = piece_in(layout, span, i - 1), *q = piece_in(layout, span, i);

		if (side_of(p, gutter) * side_of(q, gutter) < 0 && fabsf(p->box.y1 - q->box.y1) < 0.15f * layout->size)
			pairs++;
	}
	return (float)pairs / (float)MAX(smaller, 1);
}

static bool is_known(const struct layout *layout, float x)
{
	for (guint i = 0; layout->known && i < layout->known->len; i++)
		if (fabsf(g_array_index(layout->known, float, i) - x) < EDGE_CELL)
			return true;
	return false;
}

/* A column of full lines, and beside it something whose lines do not stand level with them: a box,
 * a sidebar, a column of headings and short lines. */
static bool stands_beside_text(const struct layout *layout, struct span span, const struct gutter *gutter, const struct side *left,
                               const struct side *right)
{
	const struct side *strong = side_fill(left) * left->lines >= side_fill(right) * right->lines ? left : right;
	const struct side *other = strong == left ? right : left;

	return strong->lines >= 5 && other->lines >= 2 && side_fill(strong) >= 0.8 &&
	       strong->chars >= 24.0 * strong->lines && other->all.x1 - other->all.x0 >= SIDE_SIZES_MIN * layout->size &&
	       aligned_share(layout, span, gutter, other->lines) < 0.5f;
}

/* Is the band, in which nothing crosses the gutter, text in two columns? */
static bool band_is_columns(const struct layout *layout, struct span span, const struct gutter *gutter, double *score)
{
	struct side left = { 0 }, right = { 0 };
	guint few, many;
	float overlap;

	for (guint i = 0; i < span.n; i++) {
		const struct pdf_piece *piece = piece_in(layout, span, i);

		side_add(layout, side_of(piece, gutter) < 0 ? &left : &right, piece);
	}
	few = MIN(left.lines, right.lines);
	many = MAX(left.lines, right.lines);
	if (few < 1 || many < SIDE_LINES_MIN)
		return false;
	if (!is_known(layout, gutter->x) || MAX(side_fill(&left), side_fill(&right)) < FILL_MIN) {
		if (stands_beside_text(layout, span, gutter, &left, &right)) {
			*score = MIN(left.chars, right.chars);
			return true;
		}
		if (few < SIDE_LINES_MIN && many < MANY_LINES)
			return false;
		if (!side_is_text(layout, &left) || !side_is_text(layout, &right))
			return false;
	}
	overlap = MIN(left.all.y1, right.all.y1) - MAX(left.all.y0, right.all.y0);
	if (overlap < 0.5f * MIN(left.all.y1 - left.all.y0, right.all.y1 - right.all.y0))
		return false;
	*score = MIN(left.chars, right.chars);
	/* a table's cells stand in rows and do not fill their columns, and few of their lines go on from the one above */
	return aligned_share(layout, span, gutter, few) < ALIGNED_MAX || (side_goes_on(&left) && side_goes_on(&right)) ||
	       (MAX(side_fill(&left), side_fill(&right)) >= 0.8 && MIN(side_fill(&left), side_fill(&right)) >= 0.7);
}

/* The end of the band of pieces from i on that all cross the gutter, or none of which does. */
static guint band_end(const struct layout *layout, struct span span, const struct gutter *gutter, guint i, bool *crosses)
{
	guint end = i;

	*crosses = side_of(piece_in(layout, span, i), gutter) == 0;
	while (end < span.n && (side_of(piece_in(layout, span, end), gutter) == 0) == *crosses)
		end++;
	return end;
}

static double gutter_score(const struct layout *layout, struct span span, const struct gutter *gutter)
{
	double total = 0;

	for (guint i = 0, end; i < span.n; i = end) {
		double score = 0;
		bool crosses;

		end = band_end(layout, span, gutter, i, &crosses);
		if (!crosses && band_is_columns(layout, (struct span){ span.pieces + i, end - i }, gutter, &score))
			total += score;
	}
	return total;
}

struct edge {
	int cell;
	guint pieces;
	float x;	/* the leftmost of them */
};

static int by_popularity(const void *a, const void *b)
{
	const struct edge *p = a, *q = b;

	if (p->pieces != q->pieces)
		return p->pieces > q->pieces ? -1 : 1;
	return p->cell < q->cell ? -1 : 1;
}

static int by_cell(const void *a, const void *b)
{
	const struct edge *p = a, *q = b;

	return p->cell < q->cell ? -1 : p->cell > q->cell;
}

/* Places where several pieces begin, or end before a gutter; struct edge, the most popular first. */
static GArray *popular_edges(const struct layout *layout, struct span span)
{
	GArray *edges = g_array_sized_new(FALSE, FALSE, sizeof(struct edge), 2 * span.n);
	float width = GUTTER_MIN * layout->size;
	guint kept = 0;

	for (guint i = 0; i < span.n; i++) {
		const struct pdf_piece *piece = piece_in(layout, span, i);
		struct edge left = { .cell = (int)floorf(piece->box.x0 / EDGE_CELL), .pieces = 1, .x = piece->box.x0 };
		/* what is set around a middle has no straight left edge, but then the column beside it ends straight */
		struct edge right = { .cell = (int)floorf((piece->box.x1 + width) / EDGE_CELL), .pieces = 1, .x = piece->box.x1 + width };

		g_array_append_val(edges, left);
		right.cell += RIGHT_EDGES;
		g_array_append_val(edges, right);
	}
	g_array_sort(edges, by_cell);
	for (guint i = 0; i < edges->len; i++) {
		struct edge edge = g_array_index(edges, struct edge, i);
		struct edge *last = kept ? &g_array_index(edges, struct edge, kept - 1) : NULL;

		if (last && edge.cell - last->cell <= 1 && edge.x - last->x < EDGE_CELL) {
			last->pieces++;
			last->x = edge.cell > RIGHT_EDGES / 2 ? MAX(last->x, edge.x) : MIN(last->x, edge.x);
		} else {
			g_array_index(edges, struct edge, kept++) = edge;
		}
	}
	g_array_set_size(edges, kept);
	g_array_sort(edges, by_popularity);
	g_array_set_size(edges, MIN(kept, EDGES_MAX));
	return edges;
}

static bool find_gutter(const struct layout *layout, struct span span, struct gutter *best)
{
	g_autoptr(GArray) edges = popular_edges(layout, span);

	best->score = 0;
	for (guint i = 0; i < edges->len; i++) {
		const struct edge *edge = &g_array_index(edges, struct edge, i);
		struct gutter gutter = { .x = edge->x, .width = GUTTER_MIN * layout->size };

		if (edge->pieces < EDGE_PIECES_MIN && span.n > MANY_LINES * 2)
			continue;
		gutter.score = gutter_score(layout, span, &gutter);
		if (gutter.score > best->score)
			*best = gutter;
	}
	return best->score > 0;
}

/* ---- regions ---- */

static void lay_region(struct layout *layout, struct span span, guint depth);

/* Left pieces before right ones, each still sorted downwards; gives the number of the left. */
static guint part_by_side(const struct layout *layout, struct span span, const struct gutter *gutter)
{
	g_autofree guint32 *right = g_new(guint32, span.n);
	guint n = 0, m = 0;

	for (guint i = 0; i < span.n; i++) {
		if (side_of(piece_in(layout, span, i), gutter) < 0)
			span.pieces[n++] = span.pieces[i];
		else
			right[m++] = span.pieces[i];
	}
	memcpy(span.pieces + n, right, m * sizeof *right);
	return n;
}

static void lay_columns(struct layout *layout, struct span band, const struct gutter *gutter, guint depth)
{
	guint left = part_by_side(layout, band, gutter);
	struct span parts[2] = { { band.pieces, left }, { band.pieces + left, band.n - left } };
	float x = PDF_SIDE_MAX;

	for (guint i = 0; i < parts[1].n; i++)
		x = MIN(x, piece_in(layout, parts[1], i)->box.x0);
	g_array_append_val(layout->found, x);

	lay_region(layout, parts[layout->rtl], depth + 1);
	lay_region(layout, parts[!layout->rtl], depth + 1);
}

/* Beside a box the text goes on below it over its whole breadth; where that begins with a heading, which
 * need not be broad enough to show it, the band ends. */
static guint box_band_end(const struct layout *layout, struct span band, const struct gutter *gutter)
{
	float ends[2] = { 0, 0 }, size = 0;	/* of the line above */
	bool longer;

	for (guint i = 0; i < band.n; i++) {
		const struct pdf_piece *piece = piece_in(layout, band, i);
		float *end = &ends[side_of(piece, gutter) > 0];

		*end = MAX(*end, piece->box.y1);
	}
	longer = ends[1] > ends[0];
	for (guint i = 0; i < band.n; i++) {
		const struct pdf_piece *piece = piece_in(layout, band, i);

		if ((side_of(piece, gutter) > 0) != longer)
			continue;
		if (piece->box.y0 > ends[!longer] && piece->size > HEADING_SIZE * MAX(layout->size, size))
			return i;
		size = piece->size;
	}
	return band.n;
}

/* Bands that are columns are split; those between them are regions of their own. */
static void lay_bands(struct layout *layout, struct span span, const struct gutter *gutter, guint depth)
{
	guint pending = 0;

	for (guint i = 0, end; i < span.n; i = end) {
		double score;
		bool crosses;
		struct span band;

		end = band_end(layout, span, gutter, i, &crosses);
		band = (struct span){ span.pieces + i, end - i };
		if (crosses || !band_is_columns(layout, band, gutter, &score))
			continue;
		band.n = box_band_end(layout, band, gutter);
		end = i + band.n;
		if (i > pending)
			lay_region(layout, (struct span){ span.pieces + pending, i - pending }, depth + 1);
		lay_columns(layout, band, gutter, depth);
		pending = end;
	}
	if (span.n > pending)
		lay_region(layout, (struct span){ span.pieces + pending, span.n - pending }, depth + 1);
}

static void lay_region(struct layout *layout, struct span span, guint depth)
{
	struct gutter gutter;

	if (!span.n)
		return;
	if (depth < REGION_DEPTH_MAX && span.n > SIDE_LINES_MIN && find_gutter(layout, span, &gutter))
		lay_bands(layout, span, &gutter, depth);
	else
		add_lines(layout, span);
}

/* ---- a page ---- */

/* A big letter that stands beside several lines belongs to the first of them. */
static void shrink_initials(const struct layout *layout, struct span span)
{
	for (guint i = 0; i < span.n; i++) {
		struct pdf_piece *piece = piece_in(layout, span, i);

		if (piece->chars != 1 || piece->size < INITIAL_SIZE * layout->size)
			continue;
		piece->box.y1 = piece->box.y0 + 1.1f * layout->size;
		piece->initial = true;
		piece->size = layout->size;
	}
}

/* The size of most characters on the page. */
static float page_size(const struct layout *layout, struct span span)
{
	g_autofree guint64 *chars = g_new0(guint64, layout->pdf->styles->len + 1);
	guint best = 0;

	for (guint i = 0; i < span.n; i++) {
		const struct pdf_piece *piece = piece_in(layout, span, i);

		chars[piece->style] += piece->chars;
		if (chars[piece->style] > chars[best])
			best = piece->style;
	}
	return layout->pdf->styles->len ? pdf_style_at(layout->pdf, best)->size : 10;
}

static bool page_is_rtl(const struct layout *layout, struct span span)
{
	guint64 rtl = 0, all = 0;

	for (guint i = 0; i < span.n; i++) {
		all += piece_in(layout, span, i)->chars;
		rtl += piece_in(layout, span, i)->rtl ? piece_in(layout, span, i)->chars : 0;
	}
	return rtl * 2 > all;
}

/* What is turned against the page is read by itself, last. */
static void lay_aside(struct layout *layout, struct pdf_page *page)
{
	for (guint i = 0; i < page->n; i++) {
		guint32 at = page->first + i;

		if (pdf_piece_at(layout->pdf, at)->aside && !pdf_piece_at(layout->pdf, at)->furniture)
			add_line(layout, &at, 1);
		layout->region++;
	}
}

static void lay_page(struct pdf *pdf, struct pdf_page *page, guint *region, const GArray *known, GArray *found)
{
	g_autofree guint32 *pieces = g_new(guint32, page->n + 1);
	struct span span = { pieces, 0 };
	struct layout layout = { .pdf = pdf, .region = *region, .known = known, .found = found };

	page->lines = pdf->lines->len;
	for (guint i = 0; i < page->n; i++)
		if (!pdf_piece_at(pdf, page->first + i)->furniture && !pdf_piece_at(pdf, page->first + i)->aside)
			pieces[span.n++] = page->first + i;
	layout.size = page_size(&layout, span);
	layout.rtl = page_is_rtl(&layout, span);
	shrink_initials(&layout, span);
	sort_down(&layout, span);
	lay_region(&layout, span, 0);
	lay_aside(&layout, page);
	page->n_lines = pdf->lines->len - page->lines;
	*region = layout.region;
}

static void lay_pages(struct pdf *pdf, const GArray *known, GArray *found)
{
	guint region = 0;

	g_array_set_size(pdf->order, 0);
	g_array_set_size(pdf->lines, 0);
	for (guint i = 0; i < pdf->pages->len; i++)
		lay_page(pdf, pdf_page_at(pdf, i), &region, known, found);
}

static int by_place(const void *a, const void *b)
{
	float x = *(const float *)a, y = *(const float *)b;

	return x < y ? -1 : x > y;
}

/* Gutters that are in the same place more than once, few. */
static GArray *repeated(GArray *found)
{
	GArray *known = g_array_new(FALSE, FALSE, sizeof(float));

	g_array_sort(found, by_place);
	for (guint i = 0, end; i < found->len && known->len < EDGES_MAX; i = end) {
		float x = g_array_index(found, float, i);

		for (end = i; end < found->len && g_array_index(found, float, end) - x < EDGE_CELL; end++)
			;
		if (end - i >= 2)
			g_array_append_val(known, x);
	}
	return known;
}

/* Columns that were found in one place are known in others, where there is less to tell them by. */
void pdf_layout(struct pdf *pdf)
{
	g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(float)), known = NULL, again = g_array_new(FALSE, FALSE, sizeof(float));

	lay_pages(pdf, NULL, found);
	known = repeated(found);
	if (known->len)
		lay_pages(pdf, known, again);
}
