/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * pieces.h - the text of a block in one piece, and cutting blocks apart.
 *
 * Most blocks are one range and their text is borrowed from the document; the
 * others are put together in a buffer. Offsets into such text are taken back
 * to the document with piece_at.
 */
#ifndef CORPUS_PIECES_H
#define CORPUS_PIECES_H

#include "corpus/document.h"

struct piece {
	const char *s;		/* borrowed from the document or from the buffer */
	guint32 len;
	const struct block *block;
};

/* buffer is emptied first where it is needed; the piece lives as long as it. */
struct piece piece_of(const struct document *doc, const struct block *block, GString *buffer);
/* The same of running text, with its wrapped lines made one: names go over them. */
struct piece prose_of(const struct document *doc, const struct block *block, GString *buffer);
/* Line feeds that only wrap running text become blanks, and the blanks behind them
 * vertical tabs: no offset changes. */
void text_unwrap(GString *text);
#define piece_range(piece) ((struct range){ 0, (piece)->len })
/* Where an offset of the piece stands in the document. */
guint32 piece_at(const struct document *doc, const struct piece *piece, guint32 offset);
/* The document's range of [from, to) of the piece, from < to. */
struct range piece_span(const struct document *doc, const struct piece *piece, guint32 from,
                        guint32 to);
/* The same for a block, without white space at either end. */
void block_cut(const struct document *doc, const struct block *block, guint32 from, guint32 to, GArray *ranges);
/* A block made of the part [from, to) (offsets of the document) of another. */
struct block block_part(struct document *doc, const struct block *block, guint32 from, guint32 to);
/* Puts ranges into the document's memory as those of the block. */
void block_set_ranges(struct document *doc, struct block *block, const GArray *ranges);

#define block_start(block) ((block)->ranges[0].start)
#define block_end(block) ((block)->ranges[(block)->n_ranges - 1].end)

/* True for the kinds that hold running text: paragraph, list item, quotation. */
bool block_is_text(const struct block *block);
/* True for what no passage ever holds: breaks, furniture, labels. */
bool block_is_silent(const struct block *block);

#endif
