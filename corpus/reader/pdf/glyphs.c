/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * glyphs.c - poppler's characters, their places and their type, put together to
 * words and these to pieces of lines.
 *
 * Poppler gives a page's text, a rectangle for each of its characters, and runs of
 * characters of one font; that costs little beside the reading of the page. Its
 * words are good and its order within a line, too; its order of lines and blocks
 * is not taken over. In text from right to left it lays direction marks around
 * each word, which have no rectangle.
 */
#include "corpus/reader/pdf/glyphs.h"

#include <math.h>
#include <string.h>

#define SPLIT_GAP 0.33f	/* sizes between characters that are not of one word */
#define DOUBLE_CELL 2.0f	/* points, by which a word printed twice is shifted at most */
#define RIGHT_TO_LEFT "\xe2\x80\xab"	/* poppler's mark before such words */
#define TURNED_CHARS 3		/* of a word that tells how it is turned */

struct reading {
	struct pdf *pdf;
	const PopplerRectangle *boxes;
	guint n_boxes;
	GArray *words;		/* struct pdf_word */
	GString *text;		/* of the words of this page */
	struct pdf_box first, last;	/* of the open word */
	struct pdf_word word;
	bool open, apart, ends;
};

struct pdf *pdf_new(void)
{
	struct pdf *pdf = g_new0(struct pdf, 1);

	pdf->text = g_string_new(NULL);
	pdf->styles = g_array_new(FALSE, FALSE, sizeof(struct pdf_style));
	pdf->pieces = g_array_new(FALSE, FALSE, sizeof(struct pdf_piece));
	pdf->pages = g_array_new(FALSE, FALSE, sizeof(struct pdf_page));
	pdf->order = g_array_new(FALSE, FALSE, sizeof(guint32));
	pdf->lines = g_array_new(FALSE, FALSE, sizeof(struct pdf_line));
	pdf->strings = g_string_chunk_new(1024);
	return pdf;
}

void pdf_free(struct pdf *pdf)
{
	if (!pdf)
		return;
	for (guint i = 0; i < pdf->styles->len; i++)
		g_free(pdf_style_at(pdf, i)->font);
	g_string_free(pdf->text, TRUE);
	g_array_free(pdf->styles, TRUE);
	g_array_free(pdf->pieces, TRUE);
	g_array_free(pdf->pages, TRUE);
	g_array_free(pdf->order, TRUE);
	g_array_free(pdf->lines, TRUE);
	g_string_chunk_free(pdf->strings);
	g_free(pdf);
}

/* ---- type ---- */

static bool name_holds(const char *name, const char *const *parts)
{
	g_autofree char *small = g_ascii_strdown(name, -1);

	for (; *parts; parts++)
		if (strstr(small, *parts))
			return true;
	return false;
}

static bool is_bold(const char *font)
{
	static const char *const parts[] = { "bold", "black", "heavy", "-bd", "semibold", "cmbx", "sfbx", "ecbx", "-medi", NULL };

	return name_holds(font, parts);
}

static bool is_italic(const char *font)
{
	static const char *const parts[] = { "italic", "oblique", "-it", "cmti", "sfti", "ecti", "slanted", NULL };

	return name_holds(font, parts);
}

static bool style_is(const struct pdf_style *style, const char *font, float size, guint32 colour)
{
	return style->colour == colour && fabsf(style->size - size) < 0.05f && !strcmp(style->font, font);
}

/* The style of a run; the last one where there are too many. */
static guint16 style_of(struct pdf *pdf, const PopplerTextAttributes *run)
{
	const char *font = run->font_name ? run->font_name : "";
	const char *plus = strlen(font) > 7 && font[6] == '+' ? font + 7 : font;
	float size = isfinite(run->font_size) ? (float)CLAMP(fabs(run->font_size), 0.1, 1000) : 1;
	guint32 colour = (guint32)(run->color.red >> 8) << 16 | (guint32)(run->color.green >> 8) << 8 | run->color.blue >> 8;

	for (guint i = pdf->styles->len; i-- > 0 && pdf->styles->len - i < 64;)
		if (style_is(pdf_style_at(pdf, i), plus, size, colour))
			return (guint16)i;
	if (pdf->styles->len < PDF_STYLES_MAX) {
		struct pdf_style style = { .font = g_utf8_make_valid(plus, -1), .size = size, .bold = is_bold(plus),
		                           .italic = is_italic(plus), .colour = colour };

		g_array_append_val(pdf->styles, style);
	}
	return (guint16)(pdf->styles->len - 1);
}

/* ---- characters ---- */

static bool is_direction_mark(gunichar c)
{
	return c >= 0x202a && c <= 0x202c;
}

static bool is_rtl(gunichar c)
{
	return (c >= 0x590 && c <= 0x8ff) || (c >= 0xfb1d && c <= 0xfdff) || (c >= 0xfe70 && c <= 0xfeff);
}

/* Ligatures and forms of letters that only their neighbours give them. */
static bool is_form(gunichar c)
{
	return (c >= 0xfb00 && c <= 0xfdff) || (c >= 0xfe70 && c <= 0xfefc);
}

/* What a code stands for that has no meaning outside its font: quotation marks and dashes of Windows' table,
 * and, where it begins a word, most likely the sign of a list item. 0: nothing. */
static gunichar meant(gunichar c, bool first)
{
	static const gunichar windows[] = {
		0x20ac, 0, 0, 0, 0, 0x2026, 0, 0, 0, 0, 0x160, 0, 0x152, 0, 0x17d, 0, 0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0, 0, 0x161,
		0, 0x153, 0, 0x17e, 0x178,
	};
	bool own = (c >= 0xe000 && c <= 0xf8ff) || c >= 0xf0000;

	if (c < 0x20 || c == 0x7f || c == 0xfeff || c == 0x200b || c == 0xfffe || c == 0xffff)
		return 0;
	if (c >= 0x80 && c < 0xa0 && windows[c - 0x80])
		return windows[c - 0x80];
	return own || (c >= 0x80 && c < 0xa0) ? (first ? 0x2022 : 0) : c;
}

/* Letters as they are written; what has no meaning outside its font, nothing. */
static void add_char(struct reading *reading, gunichar c)
{
	GString *text = reading->text;
	gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];

	c = meant(c, reading->word.chars == 0);
	if (!c)
		return;
	reading->word.chars++;
	if (g_unichar_isalpha(c)) {
		reading->word.letters += reading->word.letters < G_MAXUINT16;
		reading->word.rtl += is_rtl(c) && reading->word.rtl < G_MAXUINT16;
	}
	if (is_form(c)) {
		gsize n = g_unichar_fully_decompose(c, TRUE, parts, G_N_ELEMENTS(parts));

		for (gsize i = 0; i < n; i++)
			g_string_append_unichar(text, parts[i]);
		return;
	}
	g_string_append_unichar(text, c);
}

static struct pdf_box box_of(const PopplerRectangle *r)
{
	return (struct pdf_box){ (float)MIN(r->x1, r->x2), (float)MIN(r->y1, r->y2), (float)MAX(r->x1, r->x2), (float)MAX(r->y1, r->y2) };
}

static bool box_is_sane(struct pdf_box b)
{
	return isfinite(b.x0) && isfinite(b.x1) && isfinite(b.y0) && isfinite(b.y1) && b.x0 > -PDF_SIDE_MAX && b.y0 > -PDF_SIDE_MAX &&
	       b.x1 < PDF_SIDE_MAX && b.y1 < PDF_SIDE_MAX;
}

/* How a word is turned, by where its last character stands from its first. */
static gint8 turn_of(const struct reading *reading)
{
	float dx = reading->last.x0 + reading->last.x1 - reading->first.x0 - reading->first.x1;
	float dy = reading->last.y0 + reading->last.y1 - reading->first.y0 - reading->first.y1;

	if (reading->word.chars < TURNED_CHARS || (fabsf(dx) < 1 && fabsf(dy) < 1))
		return -1;
	if (fabsf(dx) >= fabsf(dy))
		return dx >= 0 || reading->word.rtl ? 0 : 2;
	return dy > 0 ? 1 : 3;
}

static bool is_alef(gunichar c)
{
	return c == 0x627 || c == 0x622 || c == 0x623 || c == 0x625;
}

static bool letter_is(const char *s, gunichar c)
{
	return g_utf8_get_char(s) == c;
}

static void swap_letters(char *s)
{
	char first[2] = { s[0], s[1] };

	memcpy(s, s + 2, 2);
	memcpy(s + 2, first, 2);
}

/* Poppler takes a ligature of lam and alef apart in the order of the eye where its file gives it as two
 * letters. No word has two alefs and a lam, nor is the article a word: those are told by that. */
static void mend_ligatures(struct reading *reading)
{
	char *s = reading->text->str + reading->word.text.start;
	gsize len = reading->text->len - reading->word.text.start;
	gsize and = len == 6 && letter_is(s, 0x648) ? 2 : 0;

	for (gsize i = 0; i + 6 <= len; i++)
		if (letter_is(s + i, 0x627) && is_alef(g_utf8_get_char(s + i + 2)) && letter_is(s + i + 4, 0x644))
			swap_letters(s + i + 2);
	if (len == and + 4 && letter_is(s + and, 0x627) && letter_is(s + and + 2, 0x644))
		swap_letters(s + and);
}

static void end_word(struct reading *reading)
{
	struct pdf_word *word = &reading->word;

	if (!reading->open)
		return;
	if (word->rtl)
		mend_ligatures(reading);
	word->text.end = (guint32)reading->text->len;
	word->turn = turn_of(reading);
	reading->open = false;
	if (word->text.end > word->text.start && box_is_sane(word->box)) {
		pdf_style_at(reading->pdf, word->style)->chars += word->chars;
		g_array_append_val(reading->words, *word);
		reading->apart = reading->ends = false;
	}
}

/* Is the character no neighbour of the one before? Poppler's words go on over the cells of tables and
 * the columns of a page, without a sign. */
static bool stands_off(const struct reading *reading, struct pdf_box box, float size)
{
	struct pdf_box last = reading->last;
	float dx = MAX(last.x0, box.x0) - MIN(last.x1, box.x1), dy = MAX(last.y0, box.y0) - MIN(last.y1, box.y1);

	return dx > SPLIT_GAP * size || dy > SPLIT_GAP * size;
}

static void take_char(struct reading *reading, gunichar c, struct pdf_box box, guint16 style)
{
	struct pdf_word *word = &reading->word;

	if (reading->open && stands_off(reading, box, pdf_style_at(reading->pdf, style)->size)) {
		end_word(reading);
		reading->apart = true;
	}
	if (reading->open && word->style != style)
		end_word(reading);
	if (!reading->open) {
		*word = (struct pdf_word){ .box = box, .style = style, .apart = reading->apart, .ends = reading->ends,
		                       .text.start = (guint32)reading->text->len };
		reading->first = box;
		reading->open = true;
	}
	word->box = pdf_box_both(word->box, box);
	reading->last = box;
	add_char(reading, c);
}

/* Walks text, rectangles and runs side by side. marks: the text has direction marks, which
 * have no rectangles. */
static void take_chars(struct reading *reading, const char *text, GList *runs, bool marks)
{
	guint at = 0;
	int depth = 0;
	guint16 style = 0;

	for (const char *p = text; *p && at < reading->n_boxes; p = g_utf8_next_char(p)) {
		gunichar c = g_utf8_get_char(p);

		if (marks && is_direction_mark(c)) {
			depth += c == 0x202c ? -1 : 1;
			if (depth <= 0)
				end_word(reading);
			continue;
		}
		while (runs && (int)at >= ((const PopplerTextAttributes *)runs->data)->start_index) {
			style = style_of(reading->pdf, runs->data);
			runs = runs->next;
		}
		if (c == ' ' || c == '\n' || c == 0xa0 || c == '\t') {
			end_word(reading);
			reading->apart = true;
			reading->ends = reading->ends || c == '\n';
		} else {
			take_char(reading, c, box_of(&reading->boxes[at]), style);
		}
		at++;
	}
	end_word(reading);
}

/* ---- pages that lie on their side ---- */

/* Quarters by which most of the page is turned. */
static int page_turn(const GArray *words)
{
	guint64 chars[4] = { 0 };
	int best = 0;

	for (guint i = 0; i < words->len; i++) {
		const struct pdf_word *word = &g_array_index(words, struct pdf_word, i);

		if (word->turn >= 0)
			chars[word->turn] += word->chars;
	}
	for (int i = 1; i < 4; i++)
		if (chars[i] > chars[best])
			best = i;
	return best;
}

static struct pdf_box box_turned(struct pdf_box b, int turn, float width, float height)
{
	switch (turn) {
	case 1:	/* read downwards */
		return (struct pdf_box){ b.y0, width - b.x1, b.y1, width - b.x0 };
	case 2:
		return (struct pdf_box){ width - b.x1, height - b.y1, width - b.x0, height - b.y0 };
	case 3:	/* read upwards */
		return (struct pdf_box){ height - b.y1, b.x0, height - b.y0, b.x1 };
	default:
		return b;
	}
}

static void turn_page(struct pdf_page *page, GArray *words, int turn)
{
	float width = page->width, height = page->height;

	for (guint i = 0; i < words->len; i++) {
		struct pdf_word *word = &g_array_index(words, struct pdf_word, i);

		word->box = box_turned(word->box, turn, width, height);
		word->turn = word->turn < 0 ? -1 : (gint8)((word->turn - turn + 4) % 4);
	}
	if (turn % 2) {
		page->width = height;
		page->height = width;
	}
}

/* ---- printed twice ---- */

static guint64 place_key(const struct reading *reading, const struct pdf_word *word, int dx, int dy)
{
	const char *s = reading->text->str;
	guint64 hash = 14695981039346656037u;

	for (guint32 i = word->text.start; i < word->text.end; i++)
		hash = (hash ^ (guchar)s[i]) * 1099511628211u;
	hash = (hash ^ (guint64)(gint64)(floorf(word->box.x0 / DOUBLE_CELL) + (float)dx)) * 1099511628211u;
	return (hash ^ (guint64)(gint64)(floorf(word->box.y0 / DOUBLE_CELL) + (float)dy)) * 1099511628211u;
}

/* A shadow, or bold made by printing a word again beside itself: once is enough. */
static void drop_doubles(struct reading *reading)
{
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
	guint kept = 0;

	for (guint i = 0; i < reading->words->len; i++) {
		struct pdf_word word = g_array_index(reading->words, struct pdf_word, i);
		bool again = false;

		for (int d = 0; d < 9 && !again; d++) {
			guint64 key = place_key(reading, &word, d % 3 - 1, d / 3 - 1);

			again = g_hash_table_contains(seen, &key);
		}
		if (again && word.chars > 1)
			continue;
		if (!again) {
			guint64 key = place_key(reading, &word, 0, 0);

			g_hash_table_add(seen, g_memdup2(&key, sizeof key));
		}
		g_array_index(reading->words, struct pdf_word, kept++) = word;
	}
	g_array_set_size(reading->words, kept);
}

/* ---- all of a page ----
 *
 * Poppler gives the text between two points in its own order of blocks, from the block nearest to
 * the first to the block nearest to the second. Where the block nearest to the corner is not
 * the first in that order, those before it are missing, and so are the words left of the point in
 * the first line. So some points are tried, and that which gives most is taken. */

static guint reach(PopplerPage *source, PopplerRectangle area, PopplerRectangle *first)
{
	PopplerRectangle *boxes = NULL;
	guint n = 0;

	poppler_page_get_text_layout_for_area(source, &area, &boxes, &n);
	if (n)
		*first = boxes[0];
	g_free(boxes);
	return n;
}

static PopplerRectangle whole_page(PopplerPage *source, double width, double height)
{
	const double points[][2] = { { 0, 0 }, { width / 2, 0 }, { width, 0 }, { width / 2, height / 4 } };
	PopplerRectangle best = { 0, 0, width + 10, height + 10 }, first = { 0 }, at = { 0 };
	guint most = 0, corner = 0;

	for (guint i = 0; i < G_N_ELEMENTS(points); i++) {
		PopplerRectangle area = { points[i][0], points[i][1], width + 10, height + 10 };
		guint n = reach(source, area, &at);

		if (i == 0)
			corner = n;
		if (n > most) {
			most = n;
			best = area;
			first = at;
		}
	}
	for (guint i = 0; i < 5 && most > corner; i++) {
		PopplerRectangle area = { MAX(0, first.x1 - width * i / 6), MAX(0, first.y1 - 1), width + 10, height + 10 };
		guint n = reach(source, area, &at);

		if (n > most) {
			most = n;
			best = area;
		}
	}
	return best;
}

/* In text from right to left the last block need not be the one nearest to the other corner, either. */
static PopplerRectangle whole_page_rtl(PopplerPage *source, PopplerRectangle best, double width)
{
	PopplerRectangle first, area = best;
	guint most = reach(source, best, &first);

	for (int i = 0; i < 3; i++) {
		guint n;

		area.x2 = width * i / 2 - 1;
		n = reach(source, area, &first);
		if (n > most) {
			most = n;
			best = area;
		}
	}
	return best;
}

/* ---- a page ---- */

/* Does the text have marks that stand for no rectangle? What fits neither way is taken
 * as far as it goes. */
static bool has_marks(const char *text, guint n_boxes)
{
	guint chars = 0;

	for (const char *p = text; *p; p = g_utf8_next_char(p))
		chars++;
	return chars != n_boxes;
}

bool pdf_glyphs(struct pdf *pdf, PopplerPage *source)
{
	g_autofree char *text = NULL;
	PopplerRectangle *boxes = NULL, area;
	struct pdf_page page = { .first = pdf->pieces->len };
	struct reading reading = { .pdf = pdf, .words = g_array_new(FALSE, FALSE, sizeof(struct pdf_word)),
	                           .text = g_string_new(NULL) };
	double width, height;
	GList *runs;
	bool fits;

	poppler_page_get_size(source, &width, &height);
	page.width = (float)CLAMP(width, 1, PDF_SIDE_MAX);
	page.height = (float)CLAMP(height, 1, PDF_SIDE_MAX);
	area = whole_page(source, width, height);
	text = poppler_page_get_text_for_area(source, &area);
	if (text && strstr(text, RIGHT_TO_LEFT)) {
		area = whole_page_rtl(source, area, width);
		g_free(text);
		text = poppler_page_get_text_for_area(source, &area);
	}
	poppler_page_get_text_layout_for_area(source, &area, &boxes, &reading.n_boxes);
	reading.boxes = boxes;
	runs = poppler_page_get_text_attributes_for_area(source, &area);
	if (text && runs && g_utf8_validate(text, -1, NULL))
		take_chars(&reading, text, runs, has_marks(text, reading.n_boxes));
	poppler_page_free_text_attributes(runs);
	g_free(boxes);
	turn_page(&page, reading.words, page_turn(reading.words));
	drop_doubles(&reading);
	fits = pdf_pieces(pdf, reading.words, reading.text->str);
	page.n = pdf->pieces->len - page.first;
	g_array_append_val(pdf->pages, page);
	g_array_free(reading.words, TRUE);
	g_string_free(reading.text, TRUE);
	return fits;
}
