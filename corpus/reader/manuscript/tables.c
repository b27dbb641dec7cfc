/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tables.c - what a table is for. Rows of cells are data; but authors also draw
 * boxes with a single cell, and lay whole pages out in tables without lines. Nobody
 * puts headings, tables or several long paragraphs into a cell of data.
 */
#include "corpus/reader/manuscript/stories.h"

#define LONG_WORDS 25		/* of a paragraph of running text */
#define LONG_PARAGRAPHS 3	/* so many of them in one cell are a page, not data */

static bool is_filled(const GPtrArray *cell)
{
	for (guint i = 0; i < cell->len; i++)
		if (item_has_words(cell->pdata[i]))
			return true;
	return false;
}

static guint filled_cells(const GPtrArray *row)
{
	guint n = 0;

	for (guint i = 0; i < row->len; i++)
		n += is_filled(row->pdata[i]);
	return n;
}

static bool holds_a_page(const GPtrArray *cell)
{
	guint paragraphs = 0;

	for (guint i = 0; i < cell->len; i++) {
		const struct item *item = cell->pdata[i];

		if (item->kind == BLOCK_TABLE_ROW || (item->kind == BLOCK_HEADING && cell->len > 1 && item->level > 0))
			return true;
		paragraphs += item_words(item) >= LONG_WORDS;
	}
	return paragraphs >= LONG_PARAGRAPHS;
}

static bool lays_out(const GPtrArray *row)
{
	for (guint i = 0; i < row->len; i++)
		if (holds_a_page(row->pdata[i]))
			return true;
	return false;
}

static void move_items(GPtrArray *cell, GPtrArray *out)
{
	for (guint i = 0; i < cell->len; i++)
		g_ptr_array_add(out, g_steal_pointer(&cell->pdata[i]));
}

static guint count_pages(const GPtrArray *cell)
{
	guint pages = 0;

	for (guint i = 0; i < cell->len; i++) {
		const struct item *item = cell->pdata[i];

		for (gsize k = 0; k < item->text->len; k++)
			pages += item->text->str[k] == MARK_PAGE;
	}
	return pages;
}

/* A row that goes over the page says so in each of its cells. */
static const GPtrArray *breaking_cell(const GPtrArray *row)
{
	const GPtrArray *found = NULL;
	guint most = 0;

	for (guint i = 0; i < row->len; i++) {
		guint pages = count_pages(row->pdata[i]);

		if (pages <= most)
			continue;
		most = pages;
		found = row->pdata[i];
	}
	return found;
}

static void drop_pages(struct item *item)
{
	char *to = item->text->str;

	for (const char *s = to; s < item->text->str + item->text->len; s++)
		if (*s != MARK_PAGE)
			*to++ = *s;
	g_string_truncate(item->text, (gsize)(to - item->text->str));
}

static void add_cell(struct item *row, GPtrArray *cell, bool breaks)
{
	bool first = true;

	for (guint i = 0; i < cell->len; i++) {
		struct item *item = cell->pdata[i];

		if (!breaks)
			drop_pages(item);
		if (item->label && *item->label) {
			g_string_prepend_c(item->text, ' ');
			g_string_prepend(item->text, item->label);
		}
		item_join(row, item, false, first ? MARK_CELL : MARK_PARAGRAPH);
		first = false;
	}
	if (first)
		g_string_append_c(row->text, MARK_CELL);
}

static struct item *row_item(GPtrArray *row)
{
	struct item *item = item_new(BLOCK_TABLE_ROW);
	const GPtrArray *breaks = breaking_cell(row);

	for (guint i = 0; i < row->len; i++)
		add_cell(item, row->pdata[i], row->pdata[i] == breaks);
	return item;
}

void table_items(GPtrArray *rows, GPtrArray *out)
{
	guint most = 0;
	bool heading = false;

	for (guint i = 0; i < rows->len; i++) {
		most = MAX(most, filled_cells(rows->pdata[i]));
		heading = heading || lays_out(rows->pdata[i]);
	}
	for (guint i = 0; i < rows->len; i++) {
		GPtrArray *row = rows->pdata[i];

		if (most > 1 && !(heading && (lays_out(row) || filled_cells(row) == 1))) {
			g_ptr_array_add(out, row_item(row));
			continue;
		}
		for (guint k = 0; k < row->len; k++)
			move_items(row->pdata[k], out);
	}
}
