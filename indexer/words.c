/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * words.c - word breaks in one pass. Every character has a kind; a word goes on
 * from one solid kind (letter, digit, low line) to the next, over marks, and
 * over one middle character (apostrophe, full stop, colon, comma ...) where the
 * kinds on both sides of it allow.
 *
 * ASCII words are read by scan_ascii, which gives up before the first byte that
 * is not ASCII; scan_any then reads the word again from its start. The rules
 * (WB5 to WB13) stand in solid and middle_joins, which both use.
 */
#include "indexer/words.h"

#include <string.h>
#include <unistr.h>
#include <uniwbrk.h>

enum {
	LETTER = 1 << 0,
	HEBREW = 1 << 1,
	DIGIT = 1 << 2,
	LOW_LINE = 1 << 3,
	MID_LETTER = 1 << 4,
	MID_NUMBER = 1 << 5,
	SINGLE_QUOTE = 1 << 6,
	DOUBLE_QUOTE = 1 << 7,
	MARK = 1 << 8,
	UNSPACED = 1 << 9,	/* of a script without blanks */
	BEYOND = 1 << 10,	/* a byte that is not ASCII */

	ANY_LETTER = LETTER | HEBREW,
	SOLID = LETTER | HEBREW | DIGIT | LOW_LINE,
	MIDDLE = MID_LETTER | MID_NUMBER | SINGLE_QUOTE | DOUBLE_QUOTE,
};

/* Characters below this, those of one or two bytes, have their kind in a table. */
#define TABLE_CHARS 0x800

static guint16 char_kinds[TABLE_CHARS];
static guint16 byte_kinds[256];

/* Han with its radicals, kana, Thai and Lao, Burmese, Khmer: letters only. */
static const struct {
	ucs4_t first, last;
} unspaced[] = {
	{ 0x0e01, 0x0e30 }, { 0x0e32, 0x0e33 }, { 0x0e40, 0x0e46 },
	{ 0x0e81, 0x0eb0 }, { 0x0eb2, 0x0eb3 }, { 0x0ebd, 0x0ebd }, { 0x0ec0, 0x0ec6 },
	{ 0x0edc, 0x0edf }, { 0x1000, 0x102a }, { 0x1050, 0x1055 }, { 0x1780, 0x17b3 },
	{ 0x2e80, 0x2fdf }, { 0x3005, 0x3005 }, { 0x3007, 0x3007 }, { 0x3021, 0x3029 },
	{ 0x3031, 0x3035 }, { 0x3038, 0x303c }, { 0x3041, 0x3096 }, { 0x309d, 0x309f }, { 0x30a1, 0x30fa },
	{ 0x30fc, 0x30ff }, { 0x31f0, 0x31ff }, { 0x3400, 0x4dbf }, { 0x4e00, 0x9fff },
	{ 0xf900, 0xfaff }, { 0xff66, 0xff9d }, { 0x1aff0, 0x1b16f }, { 0x20000, 0x3fffd },
};

static bool is_unspaced(ucs4_t c)
{
	guint low = 0, high = G_N_ELEMENTS(unspaced);

	if (c >= 0x4e00 && c <= 0x9fff)
		return true;
	while (low < high) {
		guint mid = (low + high) / 2;

		if (c > unspaced[mid].last)
			low = mid + 1;
		else if (c < unspaced[mid].first)
			high = mid;
		else
			return true;
	}
	return false;
}

static guint kind_by_property(ucs4_t c)
{
	switch (uc_wordbreak_property(c)) {
	case WBP_ALETTER: return LETTER;
	case WBP_HL: return HEBREW;
	case WBP_NUMERIC: return DIGIT;
	case WBP_EXTENDNUMLET: return LOW_LINE;
	case WBP_MIDLETTER: return MID_LETTER;
	case WBP_MIDNUM: return MID_NUMBER;
	case WBP_MIDNUMLET: return MID_LETTER | MID_NUMBER;
	case WBP_SQ: return SINGLE_QUOTE | MID_LETTER | MID_NUMBER;
	case WBP_DQ: return DOUBLE_QUOTE;
	case WBP_EXTEND:
	case WBP_FORMAT:
	case WBP_ZWJ: return MARK;
	default: return 0;
	}
}

static guint kind_beyond_table(ucs4_t c)
{
	return is_unspaced(c) ? UNSPACED : kind_by_property(c);
}

static void fill_tables(void)
{
	for (ucs4_t c = 0; c < TABLE_CHARS; c++)
		char_kinds[c] = (guint16)kind_by_property(c);
	for (guint c = 0; c < 256; c++)
		byte_kinds[c] = c < 0x80 ? char_kinds[c] : BEYOND;
}

void words_init(struct words *words, const char *text, gsize len)
{
	static gsize filled;

	if (g_once_init_enter(&filled)) {
		fill_tables();
		g_once_init_leave(&filled, 1);
	}
	words->text = (const guint8 *)(text ? text : "");
	words->at = words->text;
	words->end = words->text + len;
	words->covered = NULL;
	words->whole_runs = false;
}

/* May a word go on from before, over a middle character, to after? */
static inline bool middle_joins(guint before, guint middle, guint after)
{
	if (middle & MID_LETTER && before & ANY_LETTER && after & ANY_LETTER)
		return true;
	if (middle & MID_NUMBER && before & DIGIT && after & DIGIT)
		return true;
	return middle & DOUBLE_QUOTE && before & HEBREW && after & HEBREW;
}

static inline guint flags_of(guint seen)
{
	return (seen & ANY_LETTER ? WORDS_LETTER : 0) | (seen & DIGIT ? WORDS_DIGIT : 0);
}

#define EACH_BYTE G_GUINT64_CONSTANT(0x0101010101010101)
#define TOP_BITS (0x80 * EACH_BYTE)

/* The top bit of each byte from first to last; of bytes without top bits. */
static inline guint64 in_range(guint64 bytes, guint8 first, guint8 last)
{
	return ((bytes + (0x80u - first) * EACH_BYTE) & ~(bytes + (0x7fu - last) * EACH_BYTE)) & TOP_BITS;
}

/* How many of the eight bytes at p, from the first on, are letters, digits or
 * low lines. */
static inline guint solid_bytes(const guint8 *p, guint *seen)
{
	guint64 bytes, plain, letters, digits, ends;

	memcpy(&bytes, p, sizeof bytes);
	bytes = GUINT64_FROM_LE(bytes);
	plain = bytes & ~TOP_BITS;
	letters = in_range(plain | 0x20 * EACH_BYTE, 'a', 'z') & ~bytes;
	digits = in_range(plain, '0', '9') & ~bytes;
	ends = ~(letters | digits | (in_range(plain, '_', '_') & ~bytes)) & TOP_BITS;
	if (ends) {
		guint64 before = (ends & -ends) - 1;

		letters &= before;
		digits &= before;
	}
	*seen |= (letters ? LETTER : 0) | (digits ? DIGIT : 0);
	return ends ? (guint)__builtin_ctzll(ends) / 8 : 8;
}

static inline const guint8 *skip_solid(const guint8 *p, const guint8 *end, guint *seen)
{
	while (end - p >= 8) {
		guint n = solid_bytes(p, seen);

		p += n;
		if (n < 8)
			return p;
	}
	for (; p < end && byte_kinds[*p] & SOLID; p++)
		*seen |= byte_kinds[*p];
	return p;
}

/* A word of ASCII that starts with a letter or digit. Returns its end, or NULL
 * where a byte follows that is not ASCII. */
static const guint8 *scan_ascii(const guint8 *start, const guint8 *end, guint *seen)
{
	const guint8 *p = skip_solid(start, end, seen);

	while (p < end && byte_kinds[*p] & MIDDLE) {
		guint after = p + 1 < end ? byte_kinds[p[1]] : 0;

		if (after == BEYOND)
			return NULL;
		if (!middle_joins(byte_kinds[p[-1]], byte_kinds[*p], after))
			break;
		p = skip_solid(p + 1, end, seen);
	}
	if (p < end && byte_kinds[*p] == BEYOND)
		return NULL;
	while (p[-1] == '_')
		p--;
	return p;
}

/* The kind of the character at p, and its length; what is not UTF-8 is one byte
 * of no kind. */
static guint kind_at(const guint8 *p, const guint8 *end, guint *len)
{
	ucs4_t c;
	int n;

	*len = 1;
	if (p >= end)
		return 0;
	if (*p < 0x80)
		return byte_kinds[*p];
	if (*p >= 0xc2 && *p < 0xe0 && end - p > 1 && (p[1] & 0xc0) == 0x80) {
		*len = 2;
		return char_kinds[(*p & 0x1f) << 6 | (p[1] & 0x3f)];
	}
	n = u8_mbtoucr(&c, p, (size_t)(end - p));
	if (n < 0)
		return 0;
	*len = (guint)n;
	return kind_beyond_table(c);
}

static const guint8 *skip_marks(const guint8 *p, const guint8 *end)
{
	guint len;

	while (kind_at(p, end, &len) == MARK)
		p += len;
	return p;
}

/* Where the word goes on over a middle character that ends at p: behind the
 * next one, whose kind is set; NULL if it does not. A Hebrew letter keeps the
 * apostrophe behind it, and the word may end so. */
static const guint8 *over_middle(const guint8 *p, const guint8 *end, guint before, guint *kind)
{
	const guint8 *next = skip_marks(p, end);
	guint len, after = kind_at(next, end, &len);

	if (middle_joins(before, *kind, after)) {
		*kind = after;
		return next + len;
	}
	return before & HEBREW && *kind & SINGLE_QUOTE ? next : NULL;
}

/* Any word, from a letter or digit at start; ends behind its last letter or
 * digit and that one's marks. */
static const guint8 *scan_any(const guint8 *start, const guint8 *end, guint *seen)
{
	const guint8 *p = start, *kept = start;
	guint before = SOLID, kind, len;	/* what stands before a word forbids nothing */

	for (;;) {
		kind = kind_at(p, end, &len);
		if (kind == MARK) {
			p += len;
		} else if (kind & SOLID && before & SOLID) {
			before = kind;
			p += len;
		} else {
			p = kind & MIDDLE ? over_middle(p + len, end, before, &kind) : NULL;
			if (!p)
				return kept;
			before = kind;
		}
		*seen |= before;
		if (before != LOW_LINE)
			kept = p;
	}
}

static void set_span(const struct words *words, struct words_span *span,
                     const guint8 *start, const guint8 *end, guint flags)
{
	span->start = (gsize)(start - words->text);
	span->end = (gsize)(end - words->text);
	span->flags = flags;
}

static void solid_word(struct words *words, struct words_span *span)
{
	const guint8 *start = words->at, *end = NULL;
	guint seen = 0;

	if (*start < 0x80)
		end = scan_ascii(start, words->end, &seen);
	if (!end)
		end = scan_any(start, words->end, &seen);
	words->at = end;
	set_span(words, span, start, end, flags_of(seen));
}

/* A pair of characters from words->at on, or one alone, or the whole run; false
 * if the one that is left stood in a pair already. */
static bool unspaced_word(struct words *words, struct words_span *span, guint len)
{
	const guint8 *start = words->at;
	const guint8 *first = skip_marks(start + len, words->end), *end = first;
	bool alone = true;

	while ((alone || words->whole_runs) && kind_at(end, words->end, &len) == UNSPACED) {
		end = skip_marks(end + len, words->end);
		alone = false;
	}
	words->at = words->whole_runs ? end : first;
	if (alone && words->covered == start)
		return false;
	words->covered = words->at;
	set_span(words, span, start, end, WORDS_LETTER | WORDS_CJK);
	return true;
}

bool words_next(struct words *words, struct words_span *span)
{
	while (words->at < words->end) {
		guint kind = byte_kinds[*words->at], len = 1;

		if (kind == BEYOND)
			kind = kind_at(words->at, words->end, &len);
		if (kind & (ANY_LETTER | DIGIT)) {
			solid_word(words, span);
			return true;
		} else if (kind == UNSPACED) {
			if (unspaced_word(words, span, len))
				return true;
		} else {
			words->at += len;
		}
	}
	return false;
}
