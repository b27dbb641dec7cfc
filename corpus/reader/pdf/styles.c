/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * styles.c - what type the running text is set in, how far apart its lines are,
 * and whether the pages are slides.
 */
#include "corpus/reader/pdf/page.h"

#include <math.h>
#include <string.h>

#define SIZE_STEP 0.25f
#define SIZES_MAX 4000
#define LEADING_STEP 0.02f
#define LEADING_MIN 0.9f	/* in sizes */
#define LEADING_MAX 3.0f
#define LEADING_DEFAULT 1.2f
#define FULL_LINE 0.88f		/* of its region's breadth, a line that another one of its paragraph follows */
#define FULL_LINES_MIN 6
#define DECK_ASPECT 1.2f	/* width to height */
#define DECK_PAGES_SHARE 0.8
#define UPRIGHT_ASPECT 1.2f	/* height to width */
#define DECK_SIZE 0.021f	/* of the page's height, the type of slides is at least */
#define DECK_CHARS 900		/* on a page, on average, at most */

static guint size_bucket(float size)
{
	return (guint)CLAMP(roundf(size / SIZE_STEP), 0, SIZES_MAX - 1);
}

/* The size of most characters, and its style. */
static void find_body(struct pdf *pdf)
{
	g_autofree guint64 *chars = g_new0(guint64, SIZES_MAX);
	guint best = 0;
	guint64 most = 0;

	for (guint i = 0; i < pdf->styles->len; i++) {
		const struct pdf_style *style = pdf_style_at(pdf, i);

		chars[size_bucket(style->size)] += style->chars;
	}
	for (guint i = 0; i < SIZES_MAX; i++)
		if (chars[i] > chars[best])
			best = i;
	pdf->body_size = best ? (float)best * SIZE_STEP : 10;
	pdf->body_style = 0;
	for (guint i = 0; i < pdf->styles->len; i++) {
		const struct pdf_style *style = pdf_style_at(pdf, i);

		if (size_bucket(style->size) == best && style->chars > most) {
			most = style->chars;
			pdf->body_style = i;
		}
	}
}

/* Slides: pages that are broader than high, with few words in big type. */
static bool is_deck(const struct pdf *pdf)
{
	guint broad = 0, used = 0;
	guint64 chars = 0;
	float height = 0;

	for (guint i = 0; i < pdf->pages->len; i++) {
		const struct pdf_page *page = pdf_page_at(pdf, i);

		if (!page->n)
			continue;
		used++;
		broad += page->width >= DECK_ASPECT * page->height;
		height += page->height;
	}
	for (guint i = 0; i < pdf->pieces->len; i++)
		chars += pdf_piece_at(pdf, i)->chars;
	return used >= 2 && broad >= DECK_PAGES_SHARE * used && pdf->body_size >= DECK_SIZE * height / (float)used &&
	       chars <= (guint64)DECK_CHARS * used;
}

static bool is_upright(const struct pdf *pdf)
{
	guint upright = 0;

	for (guint i = 0; i < pdf->pages->len; i++)
		upright += pdf_page_at(pdf, i)->height >= UPRIGHT_ASPECT * pdf_page_at(pdf, i)->width;
	return upright * 2 > pdf->pages->len;
}

void pdf_body(struct pdf *pdf)
{
	find_body(pdf);
	pdf->upright = is_upright(pdf);
	pdf->deck = is_deck(pdf);
}

/* The edges of the region whose lines begin at from; gives the end of its lines. */
static guint region_edges(const struct pdf *pdf, guint from, float *left, float *right)
{
	guint end = from;

	*left = pdf_line_at(pdf, from)->box.x0;
	*right = pdf_line_at(pdf, from)->box.x1;
	for (; end < pdf->lines->len && pdf_line_at(pdf, end)->region == pdf_line_at(pdf, from)->region; end++) {
		*left = MIN(*left, pdf_line_at(pdf, end)->box.x0);
		*right = MAX(*right, pdf_line_at(pdf, end)->box.x1);
	}
	return end;
}

/* The most popular step from a line of running text to the next one, or 0; full: only behind lines that fill their region. */
static float popular_step(const struct pdf *pdf, bool full)
{
	enum { N = (int)(LEADING_MAX / LEADING_STEP) + 2 };
	guint counts[N] = { 0 }, best = 0, all = 0;

	for (guint from = 0, end; from < pdf->lines->len; from = end) {
		float left, right;

		end = region_edges(pdf, from, &left, &right);
		for (guint i = from + 1; i < end; i++) {
			const struct pdf_line *above = pdf_line_at(pdf, i - 1), *line = pdf_line_at(pdf, i);
			float step = (line->box.y1 - above->box.y1) / line->size;

			if ((full && above->box.x1 - above->box.x0 < FULL_LINE * (right - left)) || fabsf(line->size - pdf->body_size) >= SIZE_STEP ||
			    fabsf(above->size - line->size) >= SIZE_STEP || step < LEADING_MIN || step > LEADING_MAX)
				continue;
			counts[(guint)(step / LEADING_STEP)]++;
			all++;
		}
	}
	for (guint i = 1; i + 1 < N; i++)	/* neighbours together: steps are rounded */
		if (counts[i - 1] + counts[i] + counts[i + 1] > (best ? counts[best - 1] + counts[best] + counts[best + 1] : 0))
			best = i;
	return best && (all >= FULL_LINES_MIN || !full) ? ((float)best + 0.5f) * LEADING_STEP : 0;
}

/* Where most paragraphs are of one line, most steps lead from one paragraph to the next: a line that fills
 * its region tells how the text is set. */
void pdf_leading(struct pdf *pdf)
{
	float step = popular_step(pdf, true);

	if (step <= 0)
		step = popular_step(pdf, false);
	pdf->leading = step > 0 ? step : LEADING_DEFAULT;
}
