/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * headings.c - which blocks are headings, pull quotes, captions and notes, by
 * their type, place and the file's outline.
 */
#include "corpus/reader/pdf/blocks.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "corpus/words.h"

#define BIG 1.12f		/* body sizes, of headings that are not bold */
#define BIGGER 1.04f		/* body sizes, of headings in bold type that read like names */
#define SMALL 0.93f		/* body sizes, of notes and captions */
#define HEADING_BYTES_MAX 240
#define HEADING_LINES_MAX 4
#define HEADING_WORDS_MAX 28
#define BOLD_WORDS_MAX 16	/* of a heading in bold type of the text's size */
#define QUOTE_WORDS_MIN 6
#define CAPTION_WORDS_MAX 40
#define LEVELS_MAX 6
#define RANKS_MAX 64
#define NOTE_FOOT 0.35f		/* of the page, above which no notes begin */

char *pdf_fold(const char *s)
{
	GString *out = g_string_new(NULL);
	bool blank = false;

	for (; *s; s = g_utf8_next_char(s)) {
		gunichar c = g_utf8_get_char(s);

		if (g_unichar_isalnum(c)) {
			if (blank && out->len)
				g_string_append_c(out, ' ');
			g_string_append_unichar(out, g_unichar_tolower(c));
		}
		blank = blank || !g_unichar_isalnum(c);
		if (g_unichar_isalnum(c))
			blank = false;
	}
	return g_string_free(out, FALSE);
}

static struct range text_of(const struct pdf_block *block)
{
	return (struct range){ 0, (guint32)block->text->len };
}

/* ---- candidates ---- */

static bool is_short(const struct pdf_block *block, guint words)
{
	return block->text->len <= HEADING_BYTES_MAX && block->lines <= HEADING_LINES_MAX &&
	       words_count(block->text->str, text_of(block), words + 1) <= words;
}

static bool has_letter(const struct pdf_block *block)
{
	for (const char *p = block->text->str; *p; p = g_utf8_next_char(p))
		if (g_unichar_isalpha(g_utf8_get_char(p)))
			return true;
	return false;
}

static bool ends_like_text(const struct pdf_block *block)
{
	char last = block->text->len ? block->text->str[block->text->len - 1] : 0;

	return last == '.' || last == ',' || last == ';';
}

static bool may_be_heading(const struct pdf *pdf, const struct pdf_block *block)
{
	bool item = block->kind == BLOCK_LIST_ITEM && block->label && g_ascii_isalnum(block->label[*block->label == '(']);

	if ((block->kind != BLOCK_PARAGRAPH && !item) || block->aside || !has_letter(block))
		return false;
	if (block->size >= BIG * pdf->body_size)
		return is_short(block, HEADING_WORDS_MAX) && !(ends_like_text(block) && block->lines > 1);
	/* a name in bold type, or "Moderator:", is a label */
	return block->bold && block->size >= SMALL * pdf->body_size && is_short(block, BOLD_WORDS_MAX) && !ends_like_text(block) &&
	       !pdf_style_at(pdf, pdf->body_style)->bold && !g_str_has_suffix(block->text->str, ":") && !pdf_names_somebody(block->text);
}

static gunichar first_char(const struct pdf_block *block)
{
	return block->text->len ? g_utf8_get_char(block->text->str) : 0;
}

static bool is_mark(gunichar c)
{
	return c == '"' || c == 0x201c || c == 0x201e || c == 0xab || c == 0x2018 || c == 0x275d || c == 0x300c;
}

/* Sentences in type that is bigger than the text's or, in italics, of another colour. */
static bool may_be_quote(const struct pdf *pdf, const struct pdf_block *block)
{
	bool big = block->size >= BIG * pdf->body_size;
	bool coloured = pdf_style_at(pdf, block->style)->colour != pdf_style_at(pdf, pdf->body_style)->colour;
	bool marked = is_mark(first_char(block));

	if (block->kind != BLOCK_PARAGRAPH || block->aside || pdf->deck ||
	    words_count(block->text->str, text_of(block), QUOTE_WORDS_MIN) < QUOTE_WORDS_MIN)
		return false;
	return big ? marked || (block->lines >= 2 && ends_like_text(block)) : marked && coloured && block->italic;
}

/* Set off in italics, or by margins on both sides. */
static bool may_be_quotation(const struct pdf *pdf, const struct pdf_block *block)
{
	bool sentence = is_mark(first_char(block)) || text_ends_sentence(block->text->str, text_of(block));

	return block->kind == BLOCK_PARAGRAPH && !block->aside && !pdf->deck && sentence && (block->italic || (block->lines >= 2 && block->narrow)) &&
	       words_count(block->text->str, text_of(block), QUOTE_WORDS_MIN) >= QUOTE_WORDS_MIN &&
	       block->size <= BIG * pdf->body_size && !pdf_style_at(pdf, pdf->body_style)->italic;
}

/* A few words in smaller type right below a pull quote. */
static bool may_be_caption(const struct pdf_block *quote, const struct pdf_block *block)
{
	return block->kind == BLOCK_PARAGRAPH && block->page == quote->page && block->size < quote->size * 0.97f && !ends_like_text(block) &&
	       words_count(block->text->str, text_of(block), CAPTION_WORDS_MAX + 1) <= CAPTION_WORDS_MAX &&
	       block->box.y0 > quote->box.y0 && block->box.y0 - quote->box.y1 < 2.5f * quote->size;
}

/* What the caption goes on with, in other type: a name, and below it what its bearer is. */
static bool goes_on_as_caption(const struct pdf *pdf, const struct pdf_block *caption, const struct pdf_block *block)
{
	return caption->kind == BLOCK_CAPTION && block->kind == BLOCK_PARAGRAPH && block->page == caption->page && block->region == caption->region &&
	       block->size < SMALL * pdf->body_size && block->first_y > caption->last_y && block->first_y - caption->last_y < 2.0f * caption->size &&
	       !ends_like_text(block) && words_count(block->text->str, text_of(block), CAPTION_WORDS_MAX + 1) <= CAPTION_WORDS_MAX;
}

static void join_caption(struct pdf_block *caption, struct pdf_block *block)
{
	g_string_append_c(caption->text, '\n');
	g_string_append(caption->text, block->text->str);
	caption->last_y = block->last_y;
	caption->box = pdf_box_both(caption->box, block->box);
	g_string_truncate(block->text, 0);
	block->kind = BLOCK_CODE;	/* gone; keeps its place */
}

/* ---- levels ---- */

struct rank {
	float size;
	bool bold;
	int level;
};

static int by_rank(const void *a, const void *b)
{
	const struct rank *p = a, *q = b;

	if (fabsf(p->size - q->size) > 0.3f)
		return p->size > q->size ? -1 : 1;
	return (int)q->bold - (int)p->bold;
}

static struct rank *rank_of(GArray *ranks, const struct pdf_block *block)
{
	for (guint i = 0; i < ranks->len; i++) {
		struct rank *rank = &g_array_index(ranks, struct rank, i);

		if (fabsf(rank->size - block->size) <= 0.3f && rank->bold == block->bold)
			return rank;
	}
	return NULL;
}

static void rank_headings(GArray *blocks)
{
	g_autoptr(GArray) ranks = g_array_new(FALSE, FALSE, sizeof(struct rank));

	for (guint i = 0; i < blocks->len; i++) {
		const struct pdf_block *block = &g_array_index(blocks, struct pdf_block, i);
		struct rank rank = { block->size, block->bold, 0 };

		if (block->kind == BLOCK_HEADING && ranks->len < RANKS_MAX && !rank_of(ranks, block))
			g_array_append_val(ranks, rank);
	}
	g_array_sort(ranks, by_rank);
	for (guint i = 0; i < ranks->len; i++)
		g_array_index(ranks, struct rank, i).level = (int)MIN(i + 1, LEVELS_MAX);
	for (guint i = 0; i < blocks->len; i++) {
		struct pdf_block *block = &g_array_index(blocks, struct pdf_block, i);
		const struct rank *rank = block->kind == BLOCK_HEADING ? rank_of(ranks, block) : NULL;

		if (block->kind == BLOCK_HEADING)
			block->level = rank ? rank->level : LEVELS_MAX;
	}
}

/* ---- notes ---- */

/* The raised numbers of the page whose blocks begin at from. */
static GHashTable *marks_of(GArray *blocks, guint from)
{
	GHashTable *marks = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	guint page = g_array_index(blocks, struct pdf_block, from).page;

	for (guint i = from; i < blocks->len && g_array_index(blocks, struct pdf_block, i).page == page; i++) {
		const char *s = g_array_index(blocks, struct pdf_block, i).text->str, *close;

		while ((s = strchr(s, PDF_MARK_OPEN)) && (close = strchr(s, PDF_MARK_CLOSE))) {
			g_hash_table_add(marks, g_strndup(s + 1, (gsize)(close - s - 1)));
			s = close;
		}
	}
	return marks;
}

/* A note's number that is not raised, but that on the page is: set as those are. */
static bool raise_mark(struct pdf_block *block, GHashTable *marks)
{
	gsize digits = strspn(block->text->str, "0123456789");
	g_autofree char *number = g_strndup(block->text->str, digits);
	char after = block->text->str[digits];

	if (!digits || digits > 3 || (after != ' ' && after != PDF_TEXT_CELL) || !g_hash_table_contains(marks, number))
		return false;
	block->text->str[digits] = PDF_MARK_CLOSE;
	g_string_prepend_c(block->text, PDF_MARK_OPEN);
	return true;
}

/* Small type at the foot of the page that begins with a raised number, or goes on behind such. */
static void find_notes(const struct pdf *pdf, GArray *blocks)
{
	bool open = false;
	guint page = G_MAXUINT, region = G_MAXUINT;
	g_autoptr(GHashTable) marks = NULL;

	for (guint i = 0; i < blocks->len; i++) {
		struct pdf_block *block = &g_array_index(blocks, struct pdf_block, i);
		bool text = block->kind == BLOCK_PARAGRAPH || block->kind == BLOCK_LIST_ITEM;
		bool small = block->size <= SMALL * pdf->body_size;

		if (block->page != page || block->region != region)
			open = false;
		if (block->page != page) {
			g_clear_pointer(&marks, g_hash_table_unref);
			marks = marks_of(blocks, i);
		}
		page = block->page;
		region = block->region;
		if (!text || !small || block->box.y0 < NOTE_FOOT * pdf_page_at(pdf, page)->height) {
			open = false;
			continue;
		}
		open = open || block->raised;
		if (block->kind == BLOCK_PARAGRAPH && !block->raised && raise_mark(block, marks))
			open = true;
		if (open)
			block->kind = BLOCK_FOOTNOTE;
	}
}

/* Takes the number or star off a note: its label. */
static void label_note(struct pdf_block *note)
{
	const char *s = note->text->str, *close;

	if (note->label || *s != PDF_MARK_OPEN)
		return;
	close = strchr(s, PDF_MARK_CLOSE);
	if (!close)
		return;
	note->label = g_strndup(s + 1, (gsize)(close - s - 1));
	g_string_erase(note->text, 0, close - s + 1);
}

/* Raised numbers in the text of which there is a note are its marks, and not the text's. */
static void drop_marks(GString *text, GHashTable *labels)
{
	g_autoptr(GString) out = g_string_sized_new(text->len);

	for (gsize i = 0; i < text->len; i++) {
		const char *s = text->str + i, *close = *s == PDF_MARK_OPEN ? strchr(s, PDF_MARK_CLOSE) : NULL;
		g_autofree char *label = close ? g_strndup(s + 1, (gsize)(close - s - 1)) : NULL;

		if (*s == PDF_MARK_OPEN || *s == PDF_MARK_CLOSE) {
			if (label && g_hash_table_contains(labels, label))
				i += (gsize)(close - s);
			continue;
		}
		g_string_append_c(out, *s);
	}
	g_string_assign(text, out->str);
}

static void settle_notes(GArray *blocks)
{
	g_autoptr(GHashTable) labels = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (guint i = 0; i < blocks->len; i++) {
		struct pdf_block *block = &g_array_index(blocks, struct pdf_block, i);

		if (block->kind != BLOCK_FOOTNOTE)
			continue;
		label_note(block);
		if (block->label)
			g_hash_table_add(labels, g_strdup(block->label));
	}
	for (guint i = 0; i < blocks->len; i++) {
		struct pdf_block *block = &g_array_index(blocks, struct pdf_block, i);

		if (strchr(block->text->str, PDF_MARK_OPEN))
			drop_marks(block->text, labels);
	}
}

/* ---- all roles ---- */

static int title_level(GHashTable *titles, const struct pdf_block *block)
{
	g_autofree char *whole = block->label ? g_strconcat(block->label, " ", block->text->str, NULL) : g_strdup(block->text->str);
	g_autofree char *folded = titles ? pdf_fold(whole) : NULL;

	return folded ? GPOINTER_TO_INT(g_hash_table_lookup(titles, folded)) : 0;
}

/* A numbered heading was taken for a list item: its number is part of it. */
static void give_label_back(struct pdf_block *block)
{
	if (!block->label)
		return;
	g_string_prepend_c(block->text, ' ');
	g_string_prepend(block->text, block->label);
	g_clear_pointer(&block->label, g_free);
}

/* What reads like a name ("Harbour Dues Bill") in type that is bigger than the text's, and in which other headings are set. */
static void find_names(const struct pdf *pdf, GArray *blocks)
{
	g_autoptr(GHashTable) styles = g_hash_table_new(NULL, NULL);

	for (guint i = 0; i < blocks->len; i++) {
		const struct pdf_block *block = &g_array_index(blocks, struct pdf_block, i);

		if (block->kind == BLOCK_HEADING && block->bold && !pdf_names_somebody(block->text))
			g_hash_table_add(styles, GUINT_TO_POINTER(block->style + 1u));
	}
	for (guint i = 0; i < blocks->len; i++) {
		struct pdf_block *block = &g_array_index(blocks, struct pdf_block, i);

		if (block->kind == BLOCK_PARAGRAPH && block->bold && !block->aside && block->size > BIGGER * pdf->body_size &&
		    g_hash_table_contains(styles, GUINT_TO_POINTER(block->style + 1u)) && is_short(block, BOLD_WORDS_MAX) &&
		    !ends_like_text(block) && !g_str_has_suffix(block->text->str, ":"))
			block->kind = BLOCK_HEADING;
	}
}

void pdf_headings(struct pdf *pdf, GArray *blocks, GHashTable *titles)
{
	find_notes(pdf, blocks);
	for (guint i = 0; i < blocks->len; i++) {
		struct pdf_block *block = &g_array_index(blocks, struct pdf_block, i);
		bool outlined = (block->kind == BLOCK_PARAGRAPH || block->kind == BLOCK_LIST_ITEM) && block->lines <= HEADING_LINES_MAX &&
		                title_level(titles, block) > 0 && (block->bold || block->size > 1.03f * pdf->body_size);

		if (i && (block - 1)->kind == BLOCK_PULL_QUOTE && may_be_caption(block - 1, block))
			block->kind = BLOCK_CAPTION;
		else if (i && goes_on_as_caption(pdf, block - 1, block))
			join_caption(block - 1, block);
		else if (may_be_quote(pdf, block))
			block->kind = BLOCK_PULL_QUOTE;
		else if (may_be_quotation(pdf, block))
			block->kind = BLOCK_QUOTATION;
		else if (outlined || may_be_heading(pdf, block)) {
			block->kind = BLOCK_HEADING;
			give_label_back(block);
		}
	}
	find_names(pdf, blocks);
	settle_notes(blocks);
	rank_headings(blocks);
}
