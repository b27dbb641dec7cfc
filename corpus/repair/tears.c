/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * tears.c - paragraphs that a page break, a running head or a pull quote tore
 * apart, made one block again.
 *
 * A piece is open when it does not end a sentence. It is closed by the next
 * text that goes on: with a small letter, behind a hyphen, or in any way when
 * the piece ends in a word that cannot end a sentence ("the", "of"). A box or a
 * column that was set into the middle of it, whole in itself, is stepped over where
 * small letters follow.
 */
#include "corpus/repair/repair.h"

#include <string.h>

#include "corpus/cues.h"
#include "corpus/pieces.h"
#include "corpus/words.h"

#define OPEN_WORDS_MIN 6
#define SKIP_MAX 12
#define ASIDE_BYTES_MAX 200	/* of a bracket at the end */
#define BOX_MAX 5	/* blocks of a box */
#define BOX_BYTES_MAX 2500
#define SIGNATURE_WORDS 5
#define TORN_WORDS_MIN 12	/* of running text that a box tears */

struct mending {
	struct document *doc;
	GArray *done;		/* struct block */
	int open;		/* index into done; -1 */
	guint skipped;		/* blocks since the open one */
	guint boxed;		/* blocks to come that are a box within the open one */
	GArray *ranges;		/* of the open block */
	GString *buffer, *folded;
};

static void close_open(struct mending *mending)
{
	if (mending->open >= 0) {
		struct block *block = &g_array_index(mending->done, struct block, mending->open);
		if (mending->ranges->len > block->n_ranges)
			block_set_ranges(mending->doc, block, mending->ranges);
	}
	mending->open = -1;
	mending->skipped = mending->boxed = 0;
}

/* "It was so decided. (unanimously)": a bracket behind the end of a sentence. */
static bool closes_aside(const char *s, struct range text)
{
	guint32 least = text.end - text.start > ASIDE_BYTES_MAX ? text.end - ASIDE_BYTES_MAX : text.start, at = text.end - 1;
	while (at > least && s[at] != '(')
		at--;
	return s[at] == '(' && at > text.start && text_ends_sentence(s, text_trim(s, (struct range){ text.start, at }));
}

/* How a piece ends: 0 closed, 1 open, 2 in a word or sign that must go on. */
static int openness(struct mending *mending, const struct block *block, guint words_min)
{
	struct piece piece = piece_of(mending->doc, block, mending->buffer);
	struct range text = text_trim(piece.s, piece_range(&piece));
	if (text.end <= text.start || text_ends_sentence(piece.s, text))
		return 0;
	if (words_count(piece.s, text, words_min) < words_min)
		return 0;
	char last = piece.s[text.end - 1];
	if (last == ':' || last == ';' || (last == ')' && closes_aside(piece.s, text)))
		return 0;
	if (last == '-' || last == ',')
		return 2;
	guint32 from = text.end;
	while (from > text.start && !g_ascii_isspace(piece.s[from - 1]))
		from--;
	words_fold_to(mending->folded, piece.s, from, text.end);
	return cue_is(CUE_DANGLING, mending->folded->str, -1) ? 2 : 1;
}

bool apposition_ends(const char *s, guint32 len)
{
	g_autoptr(GString) folded = g_string_new(NULL);
	const char *comma = memchr(s, ',', MIN(len, 100));
	if (comma == NULL)
		return false;
	guint32 at = (guint32)(comma - s);
	words_fold(s, (struct range){ at, MIN(len, at + 40) }, folded);
	if (!cue_begins(CUE_SAY, folded->str))
		return false;
	struct word word;
	for (guint32 pos = 0; word_next(s, &pos, at, &word);) {	/* a house has capitals throughout */
		words_fold_to(folded, s, word.start, word.end);
		if (!word.upper && !cue_is(CUE_OF, folded->str, -1) && !cue_is(CUE_AND, folded->str, -1) && !cue_is(CUE_ARTICLE, folded->str, -1) &&
		    !cue_is(CUE_PREPOSITION, folded->str, -1))
			return false;
	}
	words_fold_to(folded, s, 0, at);
	return cue_holds(CUE_BODY, folded->str) || cue_is(CUE_COUNTRY, folded->str, -1);
}

static bool goes_on(struct mending *mending, const struct block *block)
{
	const struct block *open = &g_array_index(mending->done, struct block, mending->open);
	struct block whole = *open;
	/* its last range tells: reading all of it at each step would be quadratic */
	whole.ranges = &g_array_index(mending->ranges, struct range, mending->ranges->len - 1);
	whole.n_ranges = 1;
	int how = openness(mending, &whole, 1);
	if (how == 0)
		return false;
	struct piece piece = piece_of(mending->doc, block, mending->buffer);
	if (text_begins_small(piece.s, piece_range(&piece)))
		return true;
	guint words = words_count(piece.s, piece_range(&piece), 8);
	if (how == 2)
		return words >= 4 && (mending->skipped > 0 || words >= 8);
	return words >= 8 && apposition_ends(piece.s, piece.len);
}

static bool is_skipped(const struct block *block)
{
	return block->kind == BLOCK_FURNITURE || block->kind == BLOCK_PAGE_BREAK ||
	       block->kind == BLOCK_CAPTION || block->kind == BLOCK_PULL_QUOTE ||
	       block->kind == BLOCK_FOOTNOTE;
}

static bool opens(struct mending *mending, const struct block *block)
{
	if ((block->kind != BLOCK_PARAGRAPH && block->kind != BLOCK_LIST_ITEM) ||
	    block->zone == ZONE_FRONT_MATTER)
		return false;
	return openness(mending, block, OPEN_WORDS_MIN) > 0;
}

static void open_block(struct mending *mending, const struct block *block)
{
	mending->open = (int)mending->done->len - 1;
	g_array_set_size(mending->ranges, 0);
	g_array_append_vals(mending->ranges, block->ranges, block->n_ranges);
	mending->skipped = 0;
}

static bool begins_small(struct mending *mending, const struct block *block)
{
	struct piece piece = piece_of(mending->doc, block, mending->buffer);
	return text_begins_small(piece.s, piece_range(&piece));
}

/* "The text of a box." or "Ann Bell" below it: complete, so that nothing of it goes
 * on in small letters. */
static bool is_complete(struct mending *mending, const struct block *block)
{
	struct piece piece = piece_of(mending->doc, block, mending->buffer);
	const char *feed = g_strrstr_len(piece.s, piece.len, "\n");
	struct range last = { feed == NULL ? 0 : (guint32)(feed - piece.s), piece.len };
	return text_ends_sentence(piece.s, last) || words_count(piece.s, last, SIGNATURE_WORDS + 1) <= SIGNATURE_WORDS;
}

/* How many blocks from block i on are a box in the middle of the open paragraph; 0. */
static guint box_at(struct mending *mending, guint i)
{
	const struct block *open = &g_array_index(mending->done, struct block, mending->open);
	gsize bytes = 0;
	bool complete = false;
	if (open->kind != BLOCK_PARAGRAPH || openness(mending, open, TORN_WORDS_MIN) == 0)
		return 0;
	for (guint n = 0; n <= BOX_MAX && i + n < mending->doc->blocks->len && bytes < BOX_BYTES_MAX; n++) {
		const struct block *block = document_block(mending->doc, i + n);
		if (is_skipped(block))
			continue;
		bool text = block->kind == BLOCK_PARAGRAPH || block->kind == BLOCK_HEADING || block->kind == BLOCK_LIST_ITEM;
		if (!text || block->n_ranges == 0)
			return 0;
		if (begins_small(mending, block))
			return block->kind == BLOCK_PARAGRAPH && complete ? n : 0;
		complete = is_complete(mending, block);
		bytes += block_end(block) - block_start(block);
	}
	return 0;
}

static void mend_block(struct mending *mending, guint i)
{
	const struct block *block = document_block(mending->doc, i);
	if (mending->open >= 0 && (mending->boxed > 0 || is_skipped(block))) {
		g_array_append_val(mending->done, *block);
		mending->boxed -= mending->boxed > 0;
		if (++mending->skipped > SKIP_MAX)
			close_open(mending);
		return;
	}
	if (mending->open >= 0 && (mending->boxed = box_at(mending, i)) > 0) {
		mend_block(mending, i);
		return;
	}
	/* speaker notes never go on with the slide above them */
	if (mending->open >= 0 && block->kind == BLOCK_PARAGRAPH && block->n_ranges > 0 &&
	    block->notes == g_array_index(mending->done, struct block, mending->open).notes && goes_on(mending, block)) {
		g_array_append_vals(mending->ranges, block->ranges, block->n_ranges);
		mending->skipped = 0;
		return;
	}
	close_open(mending);
	g_array_append_val(mending->done, *block);
	if (block->n_ranges > 0 && opens(mending, block))
		open_block(mending, block);
}

void tears_mend(struct document *doc)
{
	struct mending mending = {
		.doc = doc,
		.done = g_array_sized_new(false, true, sizeof(struct block), doc->blocks->len),
		.open = -1,
		.ranges = g_array_new(false, false, sizeof(struct range)),
		.buffer = g_string_new(NULL),
		.folded = g_string_new(NULL),
	};
	for (guint i = 0; i < doc->blocks->len; i++)
		mend_block(&mending, i);
	close_open(&mending);
	g_array_free(doc->blocks, true);
	doc->blocks = mending.done;
	g_array_free(mending.ranges, true);
	g_string_free(mending.buffer, true);
	g_string_free(mending.folded, true);
}
