/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * furniture.c - running heads and feet, page numbers and ornaments.
 *
 * A running head is told by three things together: it is short, it comes again
 * (apart from a page number, which then rises), and most of its places are at
 * the edge of a page: beside a page break, a gap of blank lines, or other
 * furniture. Repetition alone is no proof: headings and labels recur as well.
 */
#include "corpus/repair/repair.h"

#include <string.h>

#include "corpus/cues.h"
#include "corpus/people/names.h"
#include "corpus/outline/outline.h"
#include "corpus/pieces.h"
#include "corpus/words.h"

#define HEAD_WORDS_MAX 12
#define HEAD_BYTES_MAX 160
#define TITLE_BYTES_MAX 60
#define GAP_LINE_FEEDS 3

struct line_use {
	guint count;		/* blocks that read so */
	guint at_edge;		/* of these at the edge of a page */
	guint alone;		/* of these with a gap on both sides */
	guint numbered;		/* of these with a number before or behind */
	guint last_number;
	bool falls;		/* the numbers did not always rise */
	bool mixed_case;	/* one of them was not all in capitals */
	bool signs;		/* it holds signs like a logo's */
	guint met;		/* while marking: how many were passed */
};

/* A short block's words without a number at its beginning or end. */
struct head {
	bool is;
	guint number;		/* 0: none */
	GString *key;
};

static bool short_enough(const struct block *block)
{
	return block->n_ranges > 0 && block_end(block) - block_start(block) <= HEAD_BYTES_MAX;
}

static bool all_digits(const char *s, gsize len)
{
	for (gsize i = 0; i < len; i++)
		if (!g_ascii_isdigit(s[i]))
			return false;
	return len > 0 && len <= 4;
}

static void strip_number(struct head *head)
{
	char *s = head->key->str;
	const char *space = strchr(s, ' ');
	const char *last = strrchr(s, ' ');
	if (space != NULL && all_digits(s, (gsize)(space - s))) {
		head->number = (guint)atoi(s);
		g_string_erase(head->key, 0, (gssize)(space - s) + 1);
	} else if (last != NULL && all_digits(last + 1, strlen(last + 1)) && strlen(last + 1) <= 3) {
		head->number = (guint)atoi(last + 1);
		g_string_truncate(head->key, (gsize)(last - s));
	}
}

/* "Name, ..." or "Name Minister ...": captions recur, but are no running heads. */
static bool is_caption_like(const struct piece *piece, GString *folded)
{
	struct name name;
	if (!name_scan(piece->s, 0, piece->len, &name) || name.words < 2 || name.end >= piece->len)
		return false;
	if (piece->s[name.end] == ',')
		return true;
	words_fold(piece->s, (struct range){ name.end, piece->len }, folded);
	return cue_begins(CUE_ROLE, folded->str) > 0;
}

static void read_head(const struct document *doc, const struct block *block, struct head *head,
                      GString *buffer)
{
	head->is = false;
	head->number = 0;
	g_string_truncate(head->key, 0);
	if (!short_enough(block) || block->kind == BLOCK_LABEL || block->kind == BLOCK_CODE ||
	    block->kind == BLOCK_TABLE_ROW || block->kind == BLOCK_LIST_ITEM ||
	    block->kind == BLOCK_FURNITURE ||
	    block->kind == BLOCK_PAGE_BREAK || block->kind == BLOCK_SLIDE_BREAK)
		return;
	struct piece piece = piece_of(doc, block, buffer);
	if (piece.len == 0 || text_ends_sentence(piece.s, piece_range(&piece)) ||
	    memchr(piece.s, ':', piece.len) || memchr(piece.s, '|', piece.len))
		return;
	if (words_count(piece.s, piece_range(&piece), HEAD_WORDS_MAX + 1) > HEAD_WORDS_MAX)
		return;
	if (is_caption_like(&piece, head->key))
		return;
	g_string_truncate(head->key, 0);
	words_fold(piece.s, piece_range(&piece), head->key);
	if (head->key->len == 0)
		return;
	strip_number(head);
	head->is = true;
}

static bool gap_between(const struct document *doc, const struct block *a, const struct block *b)
{
	if (a->n_ranges == 0 || b->n_ranges == 0)
		return true;
	return text_line_feeds(doc->text, block_end(a), MIN(block_start(b), block_end(a) + 64)) >=
	       GAP_LINE_FEEDS;
}

static bool at_edge(const struct document *doc, guint i)
{
	const struct block *block = document_block(doc, i);
	if (i == 0 || i + 1 == doc->blocks->len)
		return true;
	const struct block *before = document_block(doc, i - 1);
	const struct block *after = document_block(doc, i + 1);
	return before->kind == BLOCK_PAGE_BREAK || after->kind == BLOCK_PAGE_BREAK ||
	       gap_between(doc, before, block) || gap_between(doc, block, after);
}

static bool has_signs(const struct document *doc, const struct block *block, GString *buffer)
{
	struct piece piece = piece_of(doc, block, buffer);
	return g_strstr_len(piece.s, piece.len, "\xE2\x80\xA2") || g_strstr_len(piece.s, piece.len, "\xC2\xB7") ||
	       g_strstr_len(piece.s, piece.len, "\xC2\xA9");
}

static bool stands_alone(const struct document *doc, guint i)
{
	const struct block *block = document_block(doc, i);
	return i > 0 && i + 1 < doc->blocks->len && gap_between(doc, document_block(doc, i - 1), block) &&
	       gap_between(doc, block, document_block(doc, i + 1));
}

static bool all_capitals(const struct document *doc, const struct block *block, GString *buffer)
{
	struct piece piece = piece_of(doc, block, buffer);
	return text_in_capitals(piece.s, piece_range(&piece));
}

/* The title of the part again, at the head of a page inside it: it stood before,
 * and here either it is in capitals beside other furniture, or small letters
 * follow, the rest of a sentence. */
static bool repeats_title(const struct document *doc, guint i, const struct line_use *use,
                          GString *buffer)
{
	const struct block *block = document_block(doc, i);
	if (use->count < 2 || use->met < 1 || block_end(block) - block_start(block) > TITLE_BYTES_MAX || i == 0 || i + 1 == doc->blocks->len)
		return false;
	const struct block *after = document_block(doc, i + 1);
	if (after->kind == BLOCK_PARAGRAPH && after->n_ranges > 0) {
		struct piece piece = piece_of(doc, after, buffer);
		if (text_begins_small(piece.s, piece_range(&piece)))
			return true;
	}
	return use->mixed_case && document_block(doc, i - 1)->kind == BLOCK_FURNITURE &&
	       all_capitals(doc, block, buffer);
}

static GHashTable *count_heads(const struct document *doc)
{
	GHashTable *uses = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	g_autoptr(GString) buffer = g_string_new(NULL);
	struct head head = { .key = g_string_new(NULL) };
	for (guint i = 0; i < doc->blocks->len; i++) {
		read_head(doc, document_block(doc, i), &head, buffer);
		if (!head.is)
			continue;
		struct line_use *use = g_hash_table_lookup(uses, head.key->str);
		if (use == NULL) {
			use = g_new0(struct line_use, 1);
			g_hash_table_insert(uses, g_strdup(head.key->str), use);
		}
		use->count++;
		use->mixed_case = use->mixed_case || !all_capitals(doc, document_block(doc, i), buffer);
		use->at_edge += at_edge(doc, i);
		use->signs = use->signs || has_signs(doc, document_block(doc, i), buffer);
		use->alone += stands_alone(doc, i);
		if (head.number > 0) {
			use->falls = use->falls || (use->numbered > 0 && head.number <= use->last_number);
			use->numbered++;
			use->last_number = head.number;
		}
	}
	g_string_free(head.key, true);
	return uses;
}

/* "Session 2" at the head of a page: it begins a part, however many of them there are. */
static bool is_panel_label(const struct document *doc, const struct block *block, GString *buffer)
{
	guint number = 0;
	struct piece piece = piece_of(doc, block, buffer);
	guint32 label = panel_label(piece.s, piece.len, &number);
	return label > 0 && number > 0 && label >= text_trim(piece.s, piece_range(&piece)).end;
}

static bool is_running_head(const struct line_use *use, const char *key, bool deck)
{
	if (use->falls || strlen(key) < 3)
		return false;
	const char *space = strchr(key, ' ');
	if (use->count == 1)	/* "57 House of Things" */
		return use->numbered == 1 && use->alone == 1 && use->last_number > 1 && space != NULL &&
		       strchr(space + 1, ' ') != NULL;
	if (space == NULL && use->numbered == 0)	/* one word: as likely a heading that recurs */
		return false;
	if (deck && use->numbered == 0 && !use->signs && strchr(space + 1, ' ') == NULL)
		return false;
	if (use->numbered > 0 && use->numbered < use->count)
		return use->at_edge * 2 >= use->count && use->count >= 2;
	return use->count >= 3 && use->at_edge * 3 >= use->count * 2;
}

/* "FF20_main / page 1 of 2" */
static bool counts_pages(const struct piece *piece, GString *folded)
{
	if (words_count(piece->s, piece_range(piece), 9) > 8 || text_ends_sentence(piece->s, piece_range(piece)))
		return false;
	words_fold_to(folded, piece->s, 0, piece->len);
	g_auto(GStrv) words = g_strsplit(folded->str, " ", -1);
	for (guint i = 0; words[i] != NULL && words[i + 1] != NULL && words[i + 2] != NULL && words[i + 3] != NULL; i++)
		if (all_digits(words[i + 1], strlen(words[i + 1])) && all_digits(words[i + 3], strlen(words[i + 3])) &&
		    cue_is(CUE_OF, words[i + 2], -1) && cue_is(CUE_PAGE, words[i], -1))
			return true;
	return false;
}

/* A page number alone, or signs without a letter or digit. */
static bool is_ornament(const struct document *doc, const struct block *block, GString *buffer)
{
	if (!short_enough(block) || block->kind == BLOCK_CODE || block->kind == BLOCK_TABLE_ROW)
		return false;
	struct piece piece = piece_of(doc, block, buffer);
	struct word word;
	guint32 pos = 0;
	if (!word_next(piece.s, &pos, piece.len, &word))
		return true;
	struct word more;
	g_autoptr(GString) folded = g_string_new(NULL);
	if (counts_pages(&piece, folded))
		return true;
	if (word_next(piece.s, &pos, piece.len, &more) || block->kind == BLOCK_LIST_ITEM)
		return false;
	return word.digit && word.end - word.start <= 4 && piece.len <= 12;
}

/* A scrap of letters that the converter read out of a picture: one short word
 * in small letters, alone. */
static bool is_scrap(const struct document *doc, const struct block *block, GString *buffer)
{
	if ((block->kind != BLOCK_PARAGRAPH && block->kind != BLOCK_QUOTATION) ||
	    (doc->format != NULL && strcmp(doc->format, "text") != 0))
		return false;
	struct piece piece = piece_of(doc, block, buffer);
	struct range text = text_trim(piece.s, piece_range(&piece));
	return text.end - text.start <= 7 && text_begins_small(piece.s, text) &&
	       words_count(piece.s, text, 2) == 1 && !text_ends_sentence(piece.s, text);
}

/* A piece of a running head: its end or beginning, at least 12 bytes of it. */
static bool is_part_of_head(const char *key, GPtrArray *heads)
{
	gsize len = strlen(key);
	if (len < 12)
		return false;
	for (guint i = 0; i < heads->len && i < 64; i++) {
		const char *head = heads->pdata[i];
		if (strlen(head) > len && (g_str_has_suffix(head, key) || g_str_has_prefix(head, key)))
			return true;
	}
	return false;
}

static void make_furniture(struct block *block)
{
	block->kind = BLOCK_FURNITURE;
	block->level = 0;
}

static void mark(struct document *doc, GHashTable *uses, GPtrArray *heads)
{
	bool deck = slides_recognise(doc);
	g_autoptr(GString) buffer = g_string_new(NULL);
	g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	struct head head = { .key = g_string_new(NULL) };
	for (guint i = 0; i < doc->blocks->len; i++) {
		struct block *block = document_block(doc, i);
		if (block->n_ranges == 0 || block->kind == BLOCK_LABEL ||
		    block->kind == BLOCK_PAGE_BREAK || block->kind == BLOCK_SLIDE_BREAK ||
		    block->zone == ZONE_FRONT_MATTER)
			continue;
		if (is_ornament(doc, block, buffer) || is_scrap(doc, block, buffer)) {
			make_furniture(block);
			continue;
		}
		read_head(doc, block, &head, buffer);
		struct line_use *use = head.is ? g_hash_table_lookup(uses, head.key->str) : NULL;
		if (use == NULL)
			continue;
		if (repeats_title(doc, i, use, buffer))
			make_furniture(block);
		use->met++;
		if (is_running_head(use, head.key->str, deck) && !is_panel_label(doc, block, buffer)) {
			/* its first place is where the title stands */
			if (g_hash_table_add(known, g_strdup(head.key->str)))
				g_ptr_array_add(heads, g_strdup(head.key->str));
			if (head.number > 0 || use->met > 1)
				make_furniture(block);
		}
	}
	g_string_free(head.key, true);
}

/* A foot that ran into the text of the next page: "House of Things and so the
 * work goes on". It is cut off where small letters follow. */
static guint32 foot_before(const struct piece *piece, GPtrArray *heads, GString *folded)
{
	struct range start = { 0, MIN(piece->len, HEAD_BYTES_MAX) };
	for (guint i = 0; i < heads->len && i < 16; i++) {
		const char *head = heads->pdata[i];
		guint words = 1;
		for (const char *p = head; *p != '\0'; p++)
			words += *p == ' ';
		if (words < 3)
			continue;
		struct word word = { 0 };
		guint32 pos = 0, end = 0;
		g_string_truncate(folded, 0);
		while (folded->len < strlen(head) && word_next(piece->s, &pos, start.end, &word)) {
			words_fold(piece->s, (struct range){ word.start, word.end }, folded);
			end = word.end;
		}
		if (strcmp(folded->str, head) == 0 && end < piece->len && piece->s[end] == ' ' &&
		    text_begins_small(piece->s, (struct range){ end, piece->len }))
			return end;
	}
	return 0;
}

static void cut_feet(struct document *doc, GPtrArray *heads)
{
	g_autoptr(GString) buffer = g_string_new(NULL), folded = g_string_new(NULL);
	GArray *blocks = g_array_sized_new(false, true, sizeof(struct block), doc->blocks->len + 8);
	for (guint i = 0; i < doc->blocks->len; i++) {
		struct block *block = document_block(doc, i);
		if (block->kind == BLOCK_PARAGRAPH && block->n_ranges > 0) {
			struct piece piece = piece_of(doc, block, buffer);
			guint32 end = foot_before(&piece, heads, folded);
			if (end > 0) {
				guint32 at = piece_at(doc, &piece, end);
				struct block foot = block_part(doc, block, block_start(block), at);
				make_furniture(&foot);
				g_array_append_val(blocks, foot);
				*block = block_part(doc, block, at, block_end(block));
			} else if (short_enough(block)) {
				g_string_truncate(folded, 0);
				words_fold(piece.s, piece_range(&piece), folded);
				if (is_part_of_head(folded->str, heads))
					make_furniture(block);
			}
		} else if (block->kind == BLOCK_QUOTATION && short_enough(block)) {
			struct piece piece = piece_of(doc, block, buffer);
			g_string_truncate(folded, 0);
			words_fold(piece.s, piece_range(&piece), folded);
			const char *rest = strchr(folded->str, ' ');
			if (is_part_of_head(folded->str, heads) ||
			    (rest != NULL && text_begins_small(piece.s, piece_range(&piece)) &&
			     is_part_of_head(rest + 1, heads)))
				make_furniture(block);
		}
		g_array_append_val(blocks, *block);
	}
	g_array_free(doc->blocks, true);
	doc->blocks = blocks;
}

void furniture_find(struct document *doc)
{
	g_autoptr(GPtrArray) heads = g_ptr_array_new_with_free_func(g_free);
	edges_find(doc);
	GHashTable *uses = count_heads(doc);
	mark(doc, uses, heads);
	if (heads->len > 0)
		cut_feet(doc, heads);
	g_hash_table_destroy(uses);
}

/* --- metadata ------------------------------------------------------------------- */

static bool has_letter(const char *text)
{
	for (; *text; text = g_utf8_next_char(text))
		if (g_unichar_isalpha(g_utf8_get_char(text)))
			return true;
	return false;
}

void repair_note_furniture(struct document *doc)
{
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	const char **texts = document_alloc(doc, (FURNITURE_MAX + 1) * sizeof *texts);
	guint n = 0;

	for (guint i = 0; i < doc->blocks->len && n < FURNITURE_MAX; i++) {
		const struct block *block = document_block(doc, i);
		g_autoptr(GString) text = g_string_new(NULL);

		if (block->kind != BLOCK_FURNITURE)
			continue;
		ranges_text(doc->text, block->ranges, block->n_ranges, text);
		g_strstrip(text->str);
		if (g_utf8_validate(text->str, -1, NULL) && has_letter(text->str) && g_hash_table_add(seen, g_strdup(text->str)))
			texts[n++] = document_string(doc, text->str, -1);
	}
	doc->furniture = n ? texts : NULL;
}
