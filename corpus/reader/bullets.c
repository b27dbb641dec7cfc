/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * bullets.c - looks for marks at the beginning of paragraphs and of their lines.
 */
#include "corpus/reader/bullets.h"

#include "corpus/reader/line.h"

static bool is_bullet(const struct marker *marker)
{
	return !marker->plain && !marker->number && *marker->start != '(' && !g_ascii_isalpha(*marker->start);
}

/* Does a further line begin another item? Running text, too, has lines that begin with a dash. */
static bool goes_on(const struct marker *marker, const struct marker *last, const char *text, const struct line *before)
{
	if (!last->start)
		return is_bullet(marker) || (marker->number <= 1 && line_ends_clause(text, before));
	if (last->number || marker->number)
		return marker->number == last->number + 1;
	return *marker->start == *last->start;
}

static bool has_word(const char *s, const char *end)
{
	while (s < end && !g_ascii_isalnum(*s) && (guchar)*s < 0x80)
		s++;
	return s < end;
}

static void add(struct document *doc, GArray *blocks, const struct block *whole, const struct marker *marker, struct range range,
                bool first, bool last)
{
	struct block block = *whole;
	guint n = last ? whole->n_ranges : 1;

	if (marker) {
		block.kind = BLOCK_LIST_ITEM;
		block.level = 1;
		block.label = document_string(doc, marker->start, marker->end - marker->start);
		range.start = (guint32)(marker->text - doc->text);
	}
	if (first && last && !marker) {
		g_array_append_val(blocks, *whole);
		return;
	}
	block.ranges = document_alloc(doc, n * sizeof *block.ranges);
	block.ranges[0] = range;
	for (guint i = 1; i < n; i++)
		block.ranges[i] = whole->ranges[i];
	block.n_ranges = n;
	g_array_append_val(blocks, block);
}

/* The paragraph as it is, or the items in its first range. */
static void split(struct document *doc, GArray *blocks, const struct block *block)
{
	struct range rest = block->ranges[0];
	struct marker last = { 0 };
	bool marked = false, first = true;
	struct line line = { 0 }, before;

	for (guint32 at = rest.start; at < block->ranges[0].end; at = line.next) {
		struct marker marker;

		before = line;
		line_read(doc->text, block->ranges[0].end, at, &line);
		if (!line_marker(doc->text, &line, &marker) || !has_word(marker.text, doc->text + line.end) ||
		    (at > block->ranges[0].start && !goes_on(&marker, &last, doc->text, &before)))
			continue;
		if (at > block->ranges[0].start) {
			struct range above = space_strip(doc->text, rest.start, at);

			add(doc, blocks, block, marked ? &last : NULL, above, false, false);
			first = false;
			rest.start = line.text;
		}
		last = marker;
		marked = true;
	}
	add(doc, blocks, block, marked ? &last : NULL, rest, first, true);
}

void bullets_mark(struct document *doc)
{
	GArray *blocks = g_array_sized_new(FALSE, FALSE, sizeof(struct block), doc->blocks->len);

	for (guint i = 0; i < doc->blocks->len; i++) {
		const struct block *block = document_block(doc, i);

		if (block->kind == BLOCK_PARAGRAPH)
			split(doc, blocks, block);
		else
			g_array_append_val(blocks, *block);
	}
	g_array_free(doc->blocks, TRUE);
	doc->blocks = blocks;
}
