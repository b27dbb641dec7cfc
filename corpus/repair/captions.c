/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * captions.c - captions (a name and what its bearer is) and the pull quotes
 * above them.
 *
 * A caption is a short block that is a name with a function behind it, or a
 * name alone with its function in the next block. Lists of speakers look the
 * same, line by line: there the lines stand among their like. Where a caption
 * ran into the text of the next page, it is cut behind what the document's own
 * lists say of that person.
 */
#include "corpus/repair/captions.h"

#include <string.h>

#include "corpus/cues.h"
#include "corpus/people/names.h"
#include "corpus/pieces.h"
#include "corpus/words.h"

#define UNNAMED_WORDS_MAX 7	/* "A young participant from the north" */
#define CAPTION_WORDS_MAX 40
#define CARD_WORDS 8		/* below the name on a card */

bool caption_may_be(const struct block *block)
{
	return block->n_ranges > 0 &&
	       (block->kind == BLOCK_PARAGRAPH || block->kind == BLOCK_QUOTATION);
}

static bool is_listing_line(struct search *search, const struct block *block)
{
	if (block->n_ranges == 0 || block->kind == BLOCK_LABEL)
		return false;
	struct piece piece = piece_of(search->doc, block, search->buffer);
	return piece.len < 400 && memchr(piece.s, '|', piece.len) != NULL;
}

static void collect_listed(struct search *search)
{
	for (guint i = 0; i < search->doc->blocks->len; i++) {
		const struct block *block = document_block(search->doc, i);
		struct name name;
		if (!is_listing_line(search, block))
			continue;
		struct piece piece = piece_of(search->doc, block, search->buffer);
		const char *bar = memchr(piece.s, '|', piece.len);
		guint32 at = (guint32)(bar - piece.s), pos = 0;
		struct word word;
		if (!word_next(piece.s, &pos, at, &word) || !name_scan(piece.s, word.start, at, &name) ||
		    name.words < 2)
			continue;
		words_fold_to(search->folded, piece.s, name.start, name.end);
		char *key = g_strdup(search->folded->str);
		words_fold_to(search->folded, piece.s, at, piece.len);
		g_hash_table_insert(search->listed, key, g_strdup(search->folded->str));
	}
}

/* Behind white space, one comma or dash. *mark says which stood there. */
static guint32 skip_separator(const struct piece *piece, guint32 pos, char *mark)
{
	*mark = ' ';
	while (pos < piece->len && strchr(" \t\n\r,", piece->s[pos])) {
		if (piece->s[pos] == ',' || piece->s[pos] == '\n')
			*mark = piece->s[pos];
		pos++;
	}
	return pos;
}

/* True where a function begins at pos: a role in its first words or, where it
 * stands apart from the name, a body. */
static bool begins_function(struct search *search, const char *s, guint32 pos, guint32 end, bool apart)
{
	struct word word;
	struct word first = { 0 };
	guint32 look = pos, stop = pos;
	for (guint n = 0; n < 4 && word_next(s, &look, end, &word); n++) {
		if (n == 0)
			first = word;
		if (memchr(s + stop, '.', word.start - stop))
			break;
		stop = word.end;
	}
	if (stop == pos || !first.upper)
		return false;
	words_fold_to(search->folded, s, pos, stop);
	return cue_holds(CUE_ROLE, search->folded->str) ||
	       (apart && cue_holds(CUE_BODY, search->folded->str));
}

static bool word_in(const char *folded, const char *word)
{
	gsize len = strlen(word);
	for (const char *p = strstr(folded, word); p != NULL; p = strstr(p + 1, word))
		if ((p == folded || p[-1] == ' ') && (p[len] == ' ' || p[len] == '\0'))
			return true;
	return false;
}

/* Where a description that begins at pos ends: behind the last word that the
 * list ends with, as long as all words are the list's. end where nothing follows. */
static guint32 description_end(struct search *search, const struct piece *piece, guint32 pos,
                               const char *listed)
{
	const char *last = strrchr(listed, ' ');
	last = last == NULL ? listed : last + 1;
	struct word word;
	guint32 found = 0;
	for (guint n = 0; n < CAPTION_WORDS_MAX && word_next(piece->s, &pos, piece->len, &word); n++) {
		words_fold_to(search->folded, piece->s, word.start, word.end);
		const char *tail = strrchr(search->folded->str, ' ');
		if (strcmp(tail == NULL ? search->folded->str : tail + 1, last) == 0)
			found = word.end;
		bool known = true;
		g_auto(GStrv) parts = g_strsplit(search->folded->str, " ", -1);
		for (guint i = 0; parts[i] != NULL; i++)
			known = known && word_in(listed, parts[i]);
		if (!known && strcmp(search->folded->str, "the") != 0)
			break;
	}
	return found;
}

static bool has_verb(struct search *search, const struct piece *piece, guint32 pos)
{
	words_fold_to(search->folded, piece->s, pos, piece->len);
	return cue_holds(CUE_SAY, search->folded->str);
}

static bool dangles(struct search *search, const struct piece *piece)
{
	words_fold_to(search->folded, piece->s, piece->len > 40 ? piece->len - 40 : 0, piece->len);
	const char *last = strrchr(search->folded->str, ' ');
	return last != NULL && cue_is(CUE_DANGLING, last + 1, -1);
}

/* Where a caption that begins the block ends; 0 where none does. */
static guint32 caption_end(struct search *search, const struct piece *piece, bool after_quote, bool below_card)
{
	struct name name;
	struct word word;
	guint32 pos = 0;
	char mark;
	guint described;
	if (names_in_columns(piece->s, piece->len, &described) >= 2 || !word_next(piece->s, &pos, MIN(piece->len, 40), &word) ||
	    !name_scan(piece->s, word.start, piece->len, &name) || name.words < 2)
		return 0;
	guint words = words_count(piece->s, piece_range(piece), CAPTION_WORDS_MAX + 1);
	words_fold_to(search->folded, piece->s, 0, MIN(piece->len, name.end + 40));
	if (cue_is(CUE_IMPRINT, search->folded->str, -1))	/* "CERTIFICATE OF REPORTER" */
		return 0;
	words_fold_to(search->folded, piece->s, name.start, name.end);
	const char *listed = g_hash_table_lookup(search->listed, search->folded->str);
	guint32 rest = skip_separator(piece, name.end, &mark);
	if (rest >= piece->len || piece->s[rest] == '|')
		return 0;
	if (listed != NULL && mark != ',' && begins_function(search, piece->s, rest, piece->len, mark != ' ')) {
		guint32 end = description_end(search, piece, rest, listed);
		if (end > 0)
			return end;
	}
	/* a name on a line of its own below what the layout sets off, and one line more */
	if (below_card && mark == '\n' && words_count(piece->s, (struct range){ rest, piece->len }, CARD_WORDS + 1) <= CARD_WORDS &&
	    text_line_end(piece->s, rest, piece->len) >= piece->len && !text_ends_sentence(piece->s, piece_range(piece)))
		return piece->len;
	if (words > CAPTION_WORDS_MAX || text_ends_sentence(piece->s, piece_range(piece)) ||
	    !begins_function(search, piece->s, rest, piece->len, mark != ' '))
		return 0;
	if (mark != ',')
		return piece->len;
	/* "Name, role" may as well begin a sentence: a quotation must stand above */
	return after_quote && !has_verb(search, piece, rest) && !dangles(search, piece) ? piece->len : 0;
}

static int next_speaking(const struct document *doc, guint i)
{
	for (guint j = i + 1; j < doc->blocks->len && j < i + 6; j++) {
		const struct block *block = document_block(doc, j);
		if (block->kind != BLOCK_FURNITURE && block->kind != BLOCK_PAGE_BREAK)
			return (int)j;
	}
	return -1;
}

static int last_speaking(const GArray *blocks)
{
	for (guint j = blocks->len, n = 0; j-- > 0 && n < 6; n++) {
		const struct block *block = &g_array_index(blocks, struct block, j);
		if (block->kind != BLOCK_FURNITURE && block->kind != BLOCK_PAGE_BREAK)
			return (int)j;
	}
	return -1;
}

static bool among_listing(struct search *search, const GArray *done, guint i)
{
	int before = last_speaking(done), after = next_speaking(search->doc, i);
	return (before >= 0 && is_listing_line(search, &g_array_index(done, struct block, before))) ||
	       (after >= 0 && is_listing_line(search, document_block(search->doc, after)));
}

/* The end of a function that stands in a block of its own, under a name. */
static guint32 function_end(struct search *search, const struct piece *piece, const char *listed)
{
	struct word word;
	guint32 pos = 0;
	if (!word_next(piece->s, &pos, piece->len, &word))
		return 0;
	if (listed != NULL) {
		guint32 end = description_end(search, piece, word.start, listed);
		if (end > 0)
			return end;
	}
	if (words_count(piece->s, piece_range(piece), CAPTION_WORDS_MAX) >= CAPTION_WORDS_MAX ||
	    text_ends_sentence(piece->s, piece_range(piece)))
		return 0;
	return begins_function(search, piece->s, word.start, piece->len, true) ? piece->len : 0;
}

static struct block caption_of(const struct block *block)
{
	struct block caption = *block;
	caption.kind = BLOCK_CAPTION;
	caption.level = 0;
	return caption;
}

static void append_ranges(struct document *doc, struct block *block, const struct block *more)
{
	g_autoptr(GArray) ranges = g_array_new(false, false, sizeof(struct range));
	g_array_append_vals(ranges, block->ranges, block->n_ranges);
	g_array_append_vals(ranges, more->ranges, more->n_ranges);
	block_set_ranges(doc, block, ranges);
}

/* Takes the first `end` bytes of the block as a caption; what follows stays. */
static void cut_caption(struct search *search, GArray *done, struct block *block,
                        const struct piece *piece, guint32 end)
{
	if (end >= piece->len) {
		struct block caption = caption_of(block);
		g_array_append_val(done, caption);
		block->n_ranges = 0;
		return;
	}
	guint32 at = piece_at(search->doc, piece, end);
	struct block part = block_part(search->doc, block, block_start(block), at);
	struct block caption = caption_of(&part);
	g_array_append_val(done, caption);
	*block = block_part(search->doc, block, at, block_end(block));
	block->kind = BLOCK_PARAGRAPH;
}

/* A name alone, with the function in the next block: one caption of both. */
static bool take_split_caption(struct search *search, GArray *done, guint i)
{
	struct document *doc = search->doc;
	struct block *block = document_block(doc, i);
	struct piece piece = piece_of(doc, block, search->buffer);
	struct name name;
	int next = next_speaking(doc, i);
	if (!name_alone(piece.s, piece_range(&piece), &name) || next < 0)
		return false;
	words_fold_to(search->folded, piece.s, name.start, name.end);
	const char *listed = g_hash_table_lookup(search->listed, search->folded->str);
	struct block *below = document_block(doc, next);
	if (!caption_may_be(below))
		return false;
	g_autoptr(GString) buffer = g_string_new(NULL);
	struct piece function = piece_of(doc, below, buffer);
	guint32 end = function_end(search, &function, listed);
	if (end == 0)
		return false;
	cut_caption(search, done, below, &function, end);
	struct block *caption = &g_array_index(done, struct block, done->len - 1);
	struct block whole = caption_of(block);
	append_ranges(doc, &whole, caption);
	*caption = whole;
	block->n_ranges = 0;
	return true;
}

/* "... Ministry of X," with the country in the next block. */
static void take_caption_tail(struct search *search, GArray *done, guint i)
{
	struct document *doc = search->doc;
	struct block *caption = &g_array_index(done, struct block, done->len - 1);
	int next = next_speaking(doc, i);
	if (doc->text[block_end(caption) - 1] != ',' || next < 0)
		return;
	struct block *below = document_block(doc, next);
	g_autoptr(GString) buffer = g_string_new(NULL);
	struct piece piece = piece_of(doc, below, buffer);
	if (!caption_may_be(below) || words_count(piece.s, piece_range(&piece), 13) > 12 ||
	    text_ends_sentence(piece.s, piece_range(&piece)))
		return;
	append_ranges(doc, caption, below);
	below->n_ranges = 0;
}

/* True where the block above a caption reads as that person's own words. */
static bool is_quote(struct search *search, const struct block *quote, const struct block *caption)
{
	struct document *doc = search->doc;
	struct name name;
	if (!caption_may_be(quote))
		return false;
	struct piece piece = piece_of(doc, caption, search->buffer);
	if (!name_scan(piece.s, 0, piece.len, &name))
		return false;
	words_fold_to(search->folded, piece.s, name.start, name.end);
	const char *last = strrchr(search->folded->str, ' ');
	g_autofree char *surname = g_strdup(last == NULL ? search->folded->str : last + 1);
	struct piece words = piece_of(doc, quote, search->buffer);
	guint n = words_count(words.s, piece_range(&words), QUOTE_WORDS_MAX + 1);
	if (n < 5 || n > QUOTE_WORDS_MAX || !text_ends_sentence(words.s, piece_range(&words)))
		return false;
	words_fold_to(search->folded, words.s, 0, words.len);
	return !word_in(search->folded->str, surname);
}

/* True where a quotation in the first person or in quotation marks stands above. */
static bool below_quote(struct search *search, const GArray *done, guint i)
{
	struct document *doc = search->doc;
	int above = last_speaking(done), next = next_speaking(doc, i);
	if (above < 0)
		return false;
	const struct block *quote = &g_array_index(done, struct block, above);
	if (!is_quote(search, quote, document_block(doc, i)))
		return false;
	struct piece piece = piece_of(doc, quote, search->buffer);
	words_fold_to(search->folded, piece.s, 0, piece.len);
	bool own = cue_holds(CUE_SELF, search->folded->str) || strchr("\"'", *piece.s) != NULL ||
	           (guchar)*piece.s == 0xE2 || (guchar)*piece.s == 0xC2;
	if (own && next >= 0 && caption_may_be(document_block(doc, next))) {
		piece = piece_of(doc, document_block(doc, next), search->buffer);
		own = !apposition_ends(piece.s, piece.len);
	}
	return own;
}

/* What stands above is set off by the layout, as quotations on cards are. */
static bool below_card(struct search *search, const GArray *done, guint i)
{
	int above = last_speaking(done);
	const struct block *quote = above < 0 ? NULL : &g_array_index(done, struct block, above);
	return quote != NULL && (quote->kind == BLOCK_QUOTATION || quote->kind == BLOCK_PULL_QUOTE) &&
	       document_block(search->doc, i)->kind == BLOCK_PARAGRAPH && is_quote(search, quote, document_block(search->doc, i));
}

static bool take_caption(struct search *search, GArray *done, guint i)
{
	struct document *doc = search->doc;
	struct block *block = document_block(doc, i);
	if (!caption_may_be(block) || among_listing(search, done, i))
		return false;
	struct piece piece = piece_of(doc, block, search->buffer);
	bool after_quote = below_quote(search, done, i), card = below_card(search, done, i);
	piece = piece_of(doc, block, search->buffer);
	guint32 end = caption_end(search, &piece, after_quote, card);
	if (end > 0) {
		piece = piece_of(doc, block, search->buffer);
		cut_caption(search, done, block, &piece, end);
	} else if (!take_split_caption(search, done, i)) {
		return false;
	}
	take_caption_tail(search, done, i);
	return true;
}

static void mark_quote(struct search *search, GArray *done)
{
	const struct block *caption = &g_array_index(done, struct block, done->len - 1);
	for (guint j = done->len - 1, n = 0; j-- > 0 && n < 4; n++) {
		struct block *block = &g_array_index(done, struct block, j);
		if (block->kind == BLOCK_FURNITURE || block->kind == BLOCK_PAGE_BREAK)
			continue;
		if (is_quote(search, block, caption))
			block->kind = BLOCK_PULL_QUOTE;
		return;
	}
}

bool caption_is_unnamed(struct search *search, const char *s, guint32 from, guint32 end)
{
	struct range text = text_trim(s, (struct range){ from, end });
	if (text.end <= text.start || text_begins_small(s, text) || text_ends_sentence(s, text) ||
	    memchr(s + text.start, ':', text.end - text.start) ||
	    words_count(s, text, UNNAMED_WORDS_MAX + 1) > UNNAMED_WORDS_MAX)
		return false;
	words_fold_to(search->folded, s, text.start, text.end);
	const char *folded = search->folded->str, *last = strrchr(folded, ' ');
	guint skip = MAX(cue_begins(CUE_QUANTIFIER, folded), cue_begins(CUE_ARTICLE, folded));
	if (cue_is(CUE_PEOPLE, folded, -1) || cue_is(CUE_PART, folded, -1))
		return false;
	folded = words_skip(folded, skip);
	bool somebody = last != NULL && cue_is(CUE_CROWD, last + 1, -1);	/* "Workshop participant" */
	guint words = MAX(cue_begins(CUE_CROWD, folded), skip > 0 ? cue_begins(CUE_ROLE, folded) : 0);
	if (words == 0)
		return somebody;
	folded = words_skip(folded, words);
	return *folded == '\0' || cue_begins(CUE_OF, folded) > 0 || cue_begins(CUE_FROM, folded) > 0 || cue_begins(CUE_PREPOSITION, folded) > 0 ||
	       somebody;
}

void captions_find(struct document *doc)
{
	struct search search = {
		.doc = doc,
		.listed = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
		.buffer = g_string_new(NULL),
		.folded = g_string_new(NULL),
	};
	GArray *done = g_array_sized_new(false, true, sizeof(struct block), doc->blocks->len + 8);
	collect_listed(&search);
	for (guint i = 0; i < doc->blocks->len; i++) {
		struct block *named = document_block(doc, i);
		if (caption_may_be(named) && signature_in_block(&search, done, named))
			continue;
		if (!(caption_may_be(named) && signature_below(&search, done, named)) && take_caption(&search, done, i))
			mark_quote(&search, done);
		const struct block *block = document_block(doc, i);
		if (block->n_ranges > 0 || block->kind == BLOCK_PAGE_BREAK ||
		    block->kind == BLOCK_SLIDE_BREAK)
			g_array_append_val(done, *block);
	}
	signature_heads(&search, done);
	g_array_free(doc->blocks, true);
	doc->blocks = done;
	g_hash_table_destroy(search.listed);
	g_string_free(search.buffer, true);
	g_string_free(search.folded, true);
}
