/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * cells.c - which pieces of a line are cells of a row: those apart from the one
 * before by a wide gap, or by a smaller one where the lines beside have cells at
 * the same place. Words that were spread to fill a line are none.
 */
#include "corpus/reader/pdf/blocks.h"

#include <math.h>

#define CELL_GAP 1.4f		/* sizes, between the cells of a row */
#define CELL_GAP_MIN 0.85f	/* sizes, between cells that begin where those above or below do */
#define CELL_SAME 1.0f		/* points */
#define CELL_SLACK 4.0f		/* points: cells begin at the same place */
#define MARK_CHARS 3u		/* of the number of a note or an item, behind which its text stands close */
#define CELLS_MAX 32
#define STRETCHED_MIN 3		/* words, or two where running text ends at the same place */
#define STRETCHED_SAME 0.1f	/* sizes, between the widest of their gaps and the others */
#define BESIDE_LINES 12u

float pdf_gap(const struct pdf *pdf, const struct pdf_line *line, guint i)
{
	const struct pdf_piece *a = pdf_ordered(pdf, line->first + i - 1), *b = pdf_ordered(pdf, line->first + i);

	return MAX(a->box.x0, b->box.x0) - MIN(a->box.x1, b->box.x1);
}

/* Does a line of running text beside this one end where it does? */
static bool ends_with_text(const struct pdf *pdf, const struct pdf_line *line)
{
	guint at = (guint)(line - pdf_line_at(pdf, 0));

	for (guint i = at - MIN(at, BESIDE_LINES); i < pdf->lines->len && i <= at + BESIDE_LINES; i++) {
		const struct pdf_line *other = pdf_line_at(pdf, i);

		if (other->region == line->region && fabsf(other->box.x1 - line->box.x1) < CELL_SAME &&
		    ((other->n == 1 && pdf_ordered(pdf, other->first)->words >= STRETCHED_MIN) || (other->n >= STRETCHED_MIN && pdf_stretched(pdf, other))))
			return true;
	}
	return false;
}

/* Words of one line that are as far apart, each from the next: they were spread to fill it, and are no cells. */
bool pdf_stretched(const struct pdf *pdf, const struct pdf_line *line)
{
	guint words = 0;

	if (line->n < STRETCHED_MIN && !(line->n == 2 && ends_with_text(pdf, line)))
		return false;
	for (guint i = 0; i < line->n; i++) {
		const struct pdf_piece *piece = pdf_ordered(pdf, line->first + i);

		if (piece->words > 1 || (i > 1 && fabsf(pdf_gap(pdf, line, i) - pdf_gap(pdf, line, 1)) > STRETCHED_SAME * line->size))
			return false;
		words += g_unichar_isalpha(g_utf8_get_char(pdf->text->str + piece->text.start));
	}
	return words * 2 > line->n;
}

/* Does a piece of the line begin at x, behind a gap that could part cells, or as the first? */
static bool begins_at(const struct pdf *pdf, const struct pdf_line *line, float x)
{
	for (guint i = 0; i < line->n && i < CELLS_MAX; i++)
		if (fabsf(pdf_ordered(pdf, line->first + i)->box.x0 - x) < CELL_SAME && (!i || pdf_gap(pdf, line, i) > CELL_GAP_MIN * line->size))
			return true;
	return false;
}

/* Cells are apart by a wide gap, or by a smaller one above or below a cell that begins at the same place. */
bool pdf_cell_begins(const struct pdf *pdf, const struct pdf_line *line, guint i)
{
	float gap = pdf_gap(pdf, line, i), x = pdf_ordered(pdf, line->first + i)->box.x0;
	guint at = (guint)(line - pdf_line_at(pdf, 0));

	if (gap > CELL_GAP * line->size)
		return true;
	if (gap < CELL_GAP_MIN * line->size || line->rtl || (i == 1 && pdf_ordered(pdf, line->first)->chars <= MARK_CHARS))
		return false;
	return (at > 0 && (line - 1)->region == line->region && begins_at(pdf, line - 1, x)) ||
	       (at + 1 < pdf->lines->len && (line + 1)->region == line->region && begins_at(pdf, line + 1, x));
}

guint pdf_cells(const struct pdf *pdf, const struct pdf_line *line)
{
	guint n = 1;

	for (guint i = 1; i < line->n; i++)
		n += pdf_cell_begins(pdf, line, i);
	return n > 1 && pdf_stretched(pdf, line) ? 1 : n;
}

/* Cells are set to the left or, numbers mostly, to the right. */
static bool begin_or_end_together(struct pdf_box a, struct pdf_box b)
{
	return fabsf(a.x0 - b.x0) < CELL_SLACK || fabsf(a.x1 - b.x1) < CELL_SLACK;
}

bool pdf_shares_cells(const struct pdf *pdf, const struct pdf_line *a, const struct pdf_line *b)
{
	if (a->region != b->region)
		return false;
	for (guint i = 1; i < a->n; i++)
		for (guint k = 1; k < b->n && k < CELLS_MAX && pdf_cell_begins(pdf, a, i); k++)
			if (pdf_cell_begins(pdf, b, k) && begin_or_end_together(pdf_ordered(pdf, a->first + i)->box, pdf_ordered(pdf, b->first + k)->box))
				return true;
	return false;
}
