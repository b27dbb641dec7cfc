/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * signatures.c - quotations in quotation marks with the name right behind them; and,
 * in proceedings that print them so, names above the account of what each said.
 */
#include "corpus/repair/captions.h"

#include <string.h>

#include "corpus/people/names.h"
#include "corpus/pieces.h"
#include "corpus/words.h"

#define GAP_BLANKS 3		/* between a quotation and a name flush right */
#define SIGNATURE_WORDS_MAX 14	/* "Name, function" in a block of its own, without a dash */
#define ACCOUNT_WORDS_MIN 15
#define HEADS_MIN 2	/* captions above accounts and below no quotation */

/* The bytes of a quotation mark at s: " or one of Unicode's; 0. */
static guint32 mark_bytes(const char *s, guint32 len)
{
	if (len > 0 && *s == '"')
		return 1;
	if (len > 1 && (guchar)s[0] == 0xC2 && ((guchar)s[1] == 0xAB || (guchar)s[1] == 0xBB))
		return 2;
	return len > 2 && (guchar)s[0] == 0xE2 && (guchar)s[1] == 0x80 && (guchar)s[2] >= 0x9C &&
	       (guchar)s[2] <= 0x9F ? 3 : 0;
}

/* Behind the last quotation mark of a text that begins with one; 0. */
static guint32 quoted_until(const struct piece *piece)
{
	guint32 end = 0;
	if (piece->len > 2000 || mark_bytes(piece->s, piece->len) == 0)
		return 0;
	for (guint32 i = 1; i < piece->len; i++)
		if (mark_bytes(piece->s + i, piece->len - i) > 0)
			end = i + mark_bytes(piece->s + i, piece->len - i);
	return end;
}

/* Behind "-- " or a dash of Unicode. */
static guint32 skip_dash(const char *s, guint32 pos, guint32 end)
{
	guint32 i = pos;
	while (i < end && g_ascii_isspace(s[i]))
		i++;
	guint32 from = i;
	while (i < end && s[i] == '-')
		i++;
	if (i + 2 < end && (guchar)s[i] == 0xE2 && (guchar)s[i + 1] == 0x80 &&
	    ((guchar)s[i + 2] == 0x93 || (guchar)s[i + 2] == 0x94 || (guchar)s[i + 2] == 0x95))
		i += 3;
	return i > from ? i : pos;
}

/* "Name", "Name, function", "Name\nfunction" and nothing else. */
static bool is_signature(const char *s, guint32 from, guint32 end)
{
	struct name name;
	struct word word;
	guint32 pos = from;
	if (!word_next(s, &pos, end, &word) || !name_scan(s, word.start, end, &name) || name.words < 2 ||
	    words_count(s, (struct range){ from, end }, 21) > 20)
		return false;
	guint32 behind = name.end;
	while (behind < end && (s[behind] == ' ' || s[behind] == '.'))
		behind++;
	return behind >= end || ((s[behind] == ',' || s[behind] == '\n') &&
	                         !text_ends_sentence(s, (struct range){ behind, end }));
}

static void cut_quote(struct document *doc, GArray *done, const struct piece *piece, guint32 quote,
                      guint32 from, guint32 to)
{
	struct block words = block_part(doc, piece->block, block_start(piece->block),
	                                piece_span(doc, piece, 0, quote).end);
	struct range span = piece_span(doc, piece, from, to);
	struct block caption = block_part(doc, piece->block, span.start, span.end);
	words.kind = BLOCK_PULL_QUOTE;
	caption.kind = BLOCK_CAPTION;
	words.level = caption.level = 0;
	if (words.n_ranges > 0)
		g_array_append_val(done, words);
	if (caption.n_ranges > 0)
		g_array_append_val(done, caption);
}

bool signature_in_block(struct search *search, GArray *done, const struct block *block)
{
	struct piece piece = piece_of(search->doc, block, search->buffer);
	guint32 quote = quoted_until(&piece), end = piece.len;
	if (quote == 0 || quote >= piece.len || words_count(piece.s, (struct range){ 0, quote }, 2) < 2)
		return false;
	guint32 from = quote;
	while (from < end && g_ascii_isspace(piece.s[from]))
		from++;
	bool below = memchr(piece.s + quote, '\n', from - quote) != NULL ||
	             from - quote >= GAP_BLANKS;	/* flush right */
	if (from < end && piece.s[from] == '(' && piece.s[end - 1] == ')') {
		from++;
		end--;
	} else if (skip_dash(piece.s, quote, end) == quote && !below) {
		return false;
	}
	guint32 name = skip_dash(piece.s, from, end);
	if (from >= end || !(is_signature(piece.s, name, end) || caption_is_unnamed(search, piece.s, name, end)))
		return false;
	cut_quote(search->doc, done, &piece, quote, from, end);
	return true;
}

bool signature_below(struct search *search, GArray *done, struct block *block)
{
	if (done->len == 0)
		return false;
	struct block *above = &g_array_index(done, struct block, done->len - 1);
	if (!caption_may_be(above))
		return false;
	struct piece piece = piece_of(search->doc, above, search->buffer);
	guint32 quote = quoted_until(&piece);
	bool quoted = quote > 0 && quote + 1 >= piece.len;
	bool inside = above->kind == BLOCK_QUOTATION && block->kind == BLOCK_QUOTATION &&
	              text_ends_sentence(piece.s, piece_range(&piece));
	if ((!quoted && !inside) || words_count(piece.s, piece_range(&piece), QUOTE_WORDS_MAX + 1) > QUOTE_WORDS_MAX)
		return false;
	piece = piece_of(search->doc, block, search->buffer);
	guint32 behind = skip_dash(piece.s, 0, piece.len);
	if ((behind == 0 && !inside && words_count(piece.s, piece_range(&piece), SIGNATURE_WORDS_MAX + 1) > SIGNATURE_WORDS_MAX) ||
	    !(is_signature(piece.s, behind, piece.len) || (quoted && caption_is_unnamed(search, piece.s, behind, piece.len))))
		return false;
	above->kind = BLOCK_PULL_QUOTE;
	block->kind = BLOCK_CAPTION;
	block->level = 0;
	return true;
}

static bool is_account(struct search *search, const GArray *blocks, int at)
{
	if (at < 0 || at >= (int)blocks->len)
		return false;
	const struct block *block = &g_array_index(blocks, struct block, at);
	struct piece piece = piece_of(search->doc, block, search->buffer);
	/* taken for a quotation, by the caption that heads the next account */
	bool taken = block->kind == BLOCK_PULL_QUOTE && mark_bytes(piece.s, piece.len) == 0;
	if (block->kind != BLOCK_PARAGRAPH && !taken)
		return false;
	return words_count(piece.s, piece_range(&piece), ACCOUNT_WORDS_MIN) >= ACCOUNT_WORDS_MIN;	/* a page may tear it */
}

void signature_heads(struct search *search, GArray *blocks)
{
	g_autoptr(GArray) heads = g_array_new(false, false, sizeof(guint));
	guint sure = 0;
	int before = -1;
	for (guint i = 0; i < blocks->len; i++) {
		const struct block *block = &g_array_index(blocks, struct block, i);
		if (block->kind == BLOCK_FURNITURE || block->kind == BLOCK_PAGE_BREAK)
			continue;
		const struct block *above = before >= 0 ? &g_array_index(blocks, struct block, before) : NULL;
		before = (int)i;
		if (block->kind != BLOCK_CAPTION ||
		    memchr(search->doc->text + block_start(block), '\n', block_end(block) - block_start(block)) == NULL ||
		    !is_account(search, blocks, (int)i + 1))
			continue;
		bool quoted = above != NULL && above->kind == BLOCK_PULL_QUOTE;
		if (quoted && mark_bytes(search->doc->text + block_start(above), block_end(above) - block_start(above)) > 0)
			continue;
		sure += !quoted;
		g_array_append_val(heads, i);
	}
	for (guint k = 0; sure >= HEADS_MIN && k < heads->len; k++) {
		guint i = g_array_index(heads, guint, k);
		g_array_index(blocks, struct block, i).level = 1;
		for (guint j = i; j-- > 0;) {
			struct block *above = &g_array_index(blocks, struct block, j);
			if (above->kind == BLOCK_FURNITURE || above->kind == BLOCK_PAGE_BREAK)
				continue;
			if (above->kind == BLOCK_PULL_QUOTE)
				above->kind = BLOCK_PARAGRAPH;
			break;
		}
	}
}
