/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * pieces.c - words that stand close together on a line, put together; raised
 * numbers among them are marked.
 */
#include "corpus/reader/pdf/glyphs.h"

#include <string.h>

#define SPACE_MIN 0.10f		/* sizes between two words of a line of one font that are one */
#define PIECE_GAP_MAX 0.72f	/* sizes between words of one piece */
#define RAISED_SIZE 0.85f	/* raised numbers are smaller than this beside their word */
#define RAISED_DIGITS 3

struct piecing {
	struct pdf *pdf;
	const char *words;	/* their text */
	GString *text;		/* of the open piece */
	struct pdf_piece piece;
	struct pdf_word before;
	guint letters, rtl;
	guint style_chars;	/* of the piece's style so far */
	bool open;
};

static bool is_digits(const char *s, const struct pdf_word *word)
{
	guint32 len = word->text.end - word->text.start;

	for (guint32 i = word->text.start; i < word->text.end; i++)
		if (!g_ascii_isdigit(s[i]))
			return false;
	return len >= 1 && len <= RAISED_DIGITS;
}

/* A small number whose foot stands above the base line of what is beside it. */
static bool is_raised(const struct piecing *piecing, const struct pdf_word *word, const struct pdf_word *beside)
{
	const struct pdf *pdf = piecing->pdf;
	float size = pdf_style_at(pdf, word->style)->size, other = pdf_style_at(pdf, beside->style)->size;

	return is_digits(piecing->words, word) && size < RAISED_SIZE * other && word->box.y1 < beside->box.y1 - 0.12f * other;
}

static float gap_between(struct pdf_box a, struct pdf_box b)
{
	return MAX(a.x0, b.x0) - MIN(a.x1, b.x1);
}

static bool goes_on(const struct piecing *piecing, const struct pdf_word *word)
{
	const struct pdf *pdf = piecing->pdf;
	const struct pdf_word *before = &piecing->before;
	float size = MIN(pdf_style_at(pdf, word->style)->size, pdf_style_at(pdf, before->style)->size);
	bool backwards = word->box.x0 < before->box.x0 && !word->rtl && !before->rtl;

	if (!piecing->open || MAX(word->turn, 0) != MAX(before->turn, 0))
		return false;
	return !backwards && pdf_level(before->box, word->box) >= 0.4f && gap_between(before->box, word->box) <= PIECE_GAP_MAX * size;
}

/* Accents that were set over their letters: one character with the letter, as everybody writes it. */
static void compose(GString *text)
{
	g_autofree char *composed = NULL;
	const char *p = text->str;

	while (*p && (guchar)*p != 0xcc && (guchar)*p != 0xcd)	/* U+0300 to U+036F */
		p++;
	composed = *p ? g_utf8_normalize(text->str, (gssize)text->len, G_NORMALIZE_NFC) : NULL;
	if (composed)
		g_string_assign(text, composed);
}

static void end_piece(struct piecing *piecing)
{
	struct pdf *pdf = piecing->pdf;
	struct pdf_piece *piece = &piecing->piece;

	if (!piecing->open)
		return;
	piecing->open = false;
	piece->rtl = piecing->rtl * 2 > piecing->letters;
	compose(piecing->text);
	piece->text.start = (guint32)pdf->text->len;
	g_string_append_len(pdf->text, piecing->text->str, (gssize)piecing->text->len);
	piece->text.end = (guint32)pdf->text->len;
	g_array_append_val(pdf->pieces, *piece);
}

static void begin_piece(struct piecing *piecing, const struct pdf_word *word)
{
	end_piece(piecing);
	g_string_truncate(piecing->text, 0);
	piecing->open = true;
	piecing->letters = piecing->rtl = 0;
	piecing->style_chars = 0;
	piecing->piece = (struct pdf_piece){ .box = word->box, .first_x1 = word->box.x1, .aside = word->turn > 0 };
}

/* The style of most of its characters, by majority vote: exact where one has more than half. */
static void vote_style(struct piecing *piecing, const struct pdf_word *word)
{
	struct pdf_piece *piece = &piecing->piece;

	if (piecing->style_chars == 0 || piece->style == word->style) {
		piece->style = word->style;
		piecing->style_chars += word->chars;
	} else if (piecing->style_chars >= word->chars) {
		piecing->style_chars -= word->chars;
	} else {
		piece->style = word->style;
		piecing->style_chars = word->chars - piecing->style_chars;
	}
	piece->size = pdf_style_at(piecing->pdf, piece->style)->size;
}

static void add_word(struct piecing *piecing, const struct pdf_word *word, const struct pdf_word *next)
{
	const struct pdf_style *style = pdf_style_at(piecing->pdf, word->style);
	bool first = !goes_on(piecing, word), raised = false;
	float gap = gap_between(piecing->before.box, word->box);
	/* where letters run from right to left, poppler's blanks are one word off */
	bool apart = word->rtl || piecing->before.rtl ? gap > SPACE_MIN * style->size : word->apart || gap > 2 * SPACE_MIN * style->size;

	if (first) {
		begin_piece(piecing, word);
		raised = next && pdf_level(next->box, word->box) >= 0.3f && next->box.x0 > word->box.x0 && is_raised(piecing, word, next);
		piecing->piece.raised = raised;
	} else {
		raised = is_raised(piecing, word, &piecing->before);
		if (apart && !raised)
			g_string_append_c(piecing->text, ' ');
	}
	if (raised)
		g_string_append_c(piecing->text, PDF_MARK_OPEN);
	g_string_append_len(piecing->text, piecing->words + word->text.start, word->text.end - word->text.start);
	if (raised)
		g_string_append_c(piecing->text, PDF_MARK_CLOSE);
	piecing->piece.box = first ? word->box : pdf_box_both(piecing->piece.box, word->box);
	piecing->piece.words++;
	piecing->piece.chars += word->chars;
	piecing->piece.bold += style->bold ? word->chars : 0;
	piecing->piece.italic += style->italic ? word->chars : 0;
	piecing->letters += word->letters;
	piecing->rtl += word->rtl;
	vote_style(piecing, word);
	if (!raised || first)
		piecing->before = *word;
	else	/* what follows is held against the base line of the text, not the number's */
		piecing->before.box.x1 = MAX(piecing->before.box.x1, word->box.x1);
}

bool pdf_pieces(struct pdf *pdf, const GArray *words, const char *text)
{
	struct piecing piecing = { .pdf = pdf, .words = text, .text = g_string_new(NULL) };
	guint first = pdf->pieces->len;
	bool fits = true;

	for (guint i = 0; i < words->len && fits; i++) {
		const struct pdf_word *word = &g_array_index(words, struct pdf_word, i);
		const struct pdf_word *next = i + 1 < words->len ? word + 1 : NULL;

		add_word(&piecing, word, next);
		fits = pdf->pieces->len - first < PDF_PAGE_PIECES_MAX && pdf->pieces->len < PDF_PIECES_MAX;
	}
	end_piece(&piecing);
	g_string_free(piecing.text, TRUE);
	return fits;
}
