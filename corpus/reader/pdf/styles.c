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

void pdf_leading(struct pdf *pdf)
{
	enum { N = (int)(LEADING_MAX / LEADING_STEP) + 2 };
	guint counts[N] = { 0 }, best = 0;

	for (guint i = 1; i < pdf->lines->len; i++) {
		const struct pdf_line *above = pdf_line_at(pdf, i - 1), *line = pdf_line_at(pdf, i);
		float step = (line->box.y1 - above->box.y1) / line->size;

		if (line->region == above->region && fabsf(line->size - pdf->body_size) < SIZE_STEP && fabsf(above->size - line->size) < SIZE_STEP &&
		    step >= LEADING_MIN && step <= LEADING_MAX)
			counts[(guint)(step / LEADING_STEP)]++;
	}
	for (guint i = 1; i + 1 < N; i++)	/* neighbours together: steps are rounded */
		if (counts[i - 1] + counts[i] + counts[i + 1] > (best ? counts[best - 1] + counts[best] + counts[best + 1] : 0))
			best = i;
	pdf->leading = best ? ((float)best + 0.5f) * LEADING_STEP : LEADING_DEFAULT;
}
