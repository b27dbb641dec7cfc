/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * pieces.c - blocks as text, and parts of blocks.
 */
#include "corpus/pieces.h"

#include <string.h>

#include "corpus/words.h"

struct piece piece_of(const struct document *doc, const struct block *block, GString *buffer)
{
	struct piece piece = { .s = "", .len = 0, .block = block };
	if (block->n_ranges == 1) {
		piece.s = doc->text + block->ranges[0].start;
		piece.len = block->ranges[0].end - block->ranges[0].start;
	} else if (block->n_ranges > 1) {
		g_string_truncate(buffer, 0);
		ranges_text(doc->text, block->ranges, block->n_ranges, buffer);
		piece.s = buffer->str;
		piece.len = (guint32)buffer->len;
	}
	return piece;
}

void text_unwrap(GString *text)
{
	gsize widest = 0, line = 0;
	for (gsize i = 0; i <= text->len; i++)
		if (i == text->len || text->str[i] == '\n') {
			widest = MAX(widest, i - line);
			line = i + 1;
		}
	for (gsize i = line = 0; i < text->len; i++) {
		if (text->str[i] != '\n')
			continue;
		bool full = (i - line) * 5 >= widest * 3, blank = i + 1 < text->len && text->str[i + 1] == '\n';
		line = i + 1;
		if (!full || blank)
			continue;
		text->str[i] = ' ';
		while (i + 1 < text->len && text->str[i + 1] == ' ')
			text->str[++i] = '\v';
	}
}

struct piece prose_of(const struct document *doc, const struct block *block, GString *buffer)
{
	struct piece piece = piece_of(doc, block, buffer);
	if (memchr(piece.s, '\n', piece.len) == NULL || !text_ends_sentence(piece.s, piece_range(&piece)))
		return piece;
	if (piece.s != buffer->str) {
		g_string_truncate(buffer, 0);
		g_string_append_len(buffer, piece.s, piece.len);
	}
	text_unwrap(buffer);
	piece.s = buffer->str;
	return piece;
}

guint32 piece_at(const struct document *doc, const struct piece *piece, guint32 offset)
{
	if (piece->block->n_ranges == 0)
		return 0;
	if (offset >= piece->len)
		return block_end(piece->block);
	return ranges_offset(doc->text, piece->block->ranges, piece->block->n_ranges, offset);
}

struct range piece_span(const struct document *doc, const struct piece *piece, guint32 from,
                        guint32 to)
{
	/* white space at the ends may stand for a joiner, which is nowhere in the text */
	while (to > from && g_ascii_isspace(piece->s[to - 1]))
		to--;
	struct range span = { piece_at(doc, piece, from), piece_at(doc, piece, from) };
	if (to > from)
		span.end = piece_at(doc, piece, to - 1) + 1;
	return span;
}

void block_set_ranges(struct document *doc, struct block *block, const GArray *ranges)
{
	block->n_ranges = ranges->len;
	block->ranges = document_alloc(doc, ranges->len * sizeof(struct range));
	if (ranges->len > 0)
		memcpy(block->ranges, ranges->data, ranges->len * sizeof(struct range));
}

void block_cut(const struct document *doc, const struct block *block, guint32 from, guint32 to, GArray *ranges)
{
	while (from < to && g_ascii_isspace(doc->text[from]))
		from++;
	while (to > from && g_ascii_isspace(doc->text[to - 1]))
		to--;
	ranges_cut(block->ranges, block->n_ranges, from, to, ranges);
}

struct block block_part(struct document *doc, const struct block *block, guint32 from, guint32 to)
{
	struct block part = *block;
	g_autoptr(GArray) ranges = g_array_new(false, false, sizeof(struct range));
	block_cut(doc, block, from, to, ranges);
	block_set_ranges(doc, &part, ranges);
	return part;
}

bool block_is_text(const struct block *block)
{
	return block->n_ranges > 0 &&
	       (block->kind == BLOCK_PARAGRAPH || block->kind == BLOCK_LIST_ITEM ||
	        block->kind == BLOCK_QUOTATION);
}

bool block_is_silent(const struct block *block)
{
	return block->n_ranges == 0 || block->kind == BLOCK_SLIDE_BREAK ||
	       block->kind == BLOCK_PAGE_BREAK || block->kind == BLOCK_FURNITURE ||
	       block->kind == BLOCK_LABEL;
}
