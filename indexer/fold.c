/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * fold.c - a word is taken apart (NFKD), put into lower case character by
 * character, cleaned, and put together again (NFC): once with its accents,
 * once without. A long word is worked in pieces that begin with a character of
 * their own, so that memory stays small whatever comes.
 */
#include "indexer/fold.h"

#include "indexer/intern.h"

#include <stdlib.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>

#define PIECE_BYTES 256
#define HASH_DIGITS 16

/* Letters that no decomposition takes apart, or that are read as others. */
static const struct {
	ucs4_t letter;
	ucs4_t plain[2];
} written_out[] = {
	{ 0x00df, { 's', 's' } },	/* ß */
	{ 0x00e6, { 'a', 'e' } },	/* æ */
	{ 0x00f0, { 'd' } },		/* ð */
	{ 0x00f8, { 'o' } },		/* ø */
	{ 0x00fe, { 't', 'h' } },	/* þ */
	{ 0x0111, { 'd' } },		/* đ */
	{ 0x0127, { 'h' } },		/* ħ */
	{ 0x0131, { 'i' } },		/* ı */
	{ 0x0142, { 'l' } },		/* ł */
	{ 0x0153, { 'o', 'e' } },	/* œ */
	{ 0x0167, { 't' } },		/* ŧ */
	/* Arabic: letters that are written one for the other, and those of Persian keyboards */
	{ 0x0629, { 0x0647 } },		/* teh marbuta, heh */
	{ 0x0649, { 0x064a } },		/* alef maksura, yeh */
	{ 0x0671, { 0x0627 } },		/* alef wasla, alef */
	{ 0x06a9, { 0x0643 } },		/* kaf */
	{ 0x06cc, { 0x064a } },		/* yeh */
};

/* A spelling on its way: the text stops growing once it is too long, the hash
 * goes on. */
struct spelling {
	GString *text;
	guint64 hash;
	gsize len;
};

bool fold_is_ascii(const char *bytes, gsize len)
{
	for (gsize i = 0; i < len; i++)
		if (bytes[i] & 0x80)
			return false;
	return true;
}

/* The last place at or before max where a character begins. */
static gsize character_before(const char *text, gsize max)
{
	while (max > 0 && ((guint8)text[max] & 0xc0) == 0x80)
		max--;
	return max;
}

static void cut(GString *text, gsize max_bytes, guint64 hash)
{
	g_string_truncate(text, character_before(text->str, max_bytes - HASH_DIGITS));
	g_string_append_printf(text, "%016" G_GINT64_MODIFIER "x", hash);
}

void fold_bound(GString *spelling, gsize max_bytes)
{
	if (spelling->len > max_bytes)
		cut(spelling, max_bytes, hash64_add(HASH64_START, spelling->str, spelling->len));
}

static void spelling_add(struct spelling *spelling, const guint8 *bytes, gsize len)
{
	spelling->hash = hash64_add(spelling->hash, (const char *)bytes, len);
	spelling->len += len;
	if (spelling->text->len <= FOLD_MAX_BYTES)
		g_string_append_len(spelling->text, (const char *)bytes, (gssize)len);
}

static void spelling_end(struct spelling *spelling)
{
	if (spelling->len > FOLD_MAX_BYTES)
		cut(spelling->text, FOLD_MAX_BYTES, spelling->hash);
}

/* Composes the characters and adds them. */
static void spelling_compose(struct spelling *spelling, const ucs4_t *chars, gsize n)
{
	ucs4_t composed[PIECE_BYTES * 2];
	guint8 bytes[PIECE_BYTES * 8];
	size_t n_composed = G_N_ELEMENTS(composed), n_bytes = sizeof bytes;
	ucs4_t *c = u32_normalize(UNINORM_NFC, chars, n, composed, &n_composed);
	guint8 *b = c ? u32_to_u8(c, n_composed, bytes, &n_bytes) : NULL;

	if (b)
		spelling_add(spelling, b, n_bytes);
	if (b != bytes)
		free(b);
	if (c != composed)
		free(c);
}

static bool is_unseen(ucs4_t c)
{
	return uc_is_general_category_withtable(c, UC_CATEGORY_MASK_Cf | UC_CATEGORY_MASK_Cc |
	                                        UC_CATEGORY_MASK_Z) ||
	       uc_is_property_default_ignorable_code_point(c);
}

/* One character of a decomposed word as it stands in exact; 0 to leave it out.
 * A dot above an i is what is left of a Turkish capital. */
static ucs4_t exact_char(ucs4_t c, ucs4_t before)
{
	if (c < 0x80)
		return c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c > ' ' && c < 0x7f ? c : 0;
	switch (c) {
	case 0x2018:
	case 0x2019:
	case 0x201b:
	case 0x02bc:
		return '\'';
	case 0x03c2:
	case 0x03a3:
		return 0x03c3;
	case 0x0307:
		return before == 'i' ? 0 : c;
	default:
		return is_unseen(c) ? 0 : uc_tolower(c);
	}
}

/* Letters that are read without their marks: Latin, Greek, Cyrillic. */
static bool loses_marks(ucs4_t c)
{
	return c < 0x0530 || (c >= 0x1c80 && c < 0x1c90) || (c >= 0x1d00 && c < 0x2000) ||
	       (c >= 0x2c60 && c < 0x2c80) || (c >= 0x2de0 && c < 0x2e00) ||
	       (c >= 0xa640 && c < 0xa6a0) || (c >= 0xa720 && c < 0xa800) ||
	       (c >= 0xab30 && c < 0xab70);
}

/* Hebrew points, Arabic vowels and signs, and the stroke that only lengthens a word. */
static bool is_vowel_point(ucs4_t c)
{
	/* madda and hamza above and below: what is left is the alef, the waw or the yeh that carries them */
	if (c >= 0x0653 && c <= 0x0655)
		return true;
	return (c >= 0x0591 && c <= 0x05c7 && c != 0x05be && c != 0x05c0 && c != 0x05c3 && c != 0x05c6) ||
	       (c >= 0x0610 && c <= 0x061a) || c == 0x0640 || (c >= 0x064b && c <= 0x0652) ||
	       c == 0x0670 || (c >= 0x06d6 && c <= 0x06ed && c != 0x06dd && c != 0x06de &&
	                       c != 0x06e5 && c != 0x06e6 && c != 0x06e9);
}

/* What stands in fold for a character of exact, at most two. */
static guint fold_char(ucs4_t c, ucs4_t base, ucs4_t *out)
{
	if (c < 0x80) {
		*out = c;
		return 1;
	}
	for (guint i = 0; i < G_N_ELEMENTS(written_out); i++)
		if (written_out[i].letter == c) {
			out[0] = written_out[i].plain[0];
			out[1] = written_out[i].plain[1];
			return out[1] ? 2 : 1;
		}
	if (c == 0x00b7 || is_vowel_point(c))
		return 0;
	if (uc_is_general_category_withtable(c, UC_CATEGORY_MASK_M) && loses_marks(base))
		return 0;
	*out = c;
	return 1;
}

/* At a word's end the small sigma has a form of its own. */
static void end_sigma(ucs4_t *chars, gsize n)
{
	if (n > 1 && chars[n - 1] == 0x03c3)
		chars[n - 1] = 0x03c2;
}

/* Both spellings of a decomposed piece, each composed and added to its own. */
static void add_piece(const ucs4_t *chars, gsize n, bool last,
                      struct spelling *exact, struct spelling *fold)
{
	g_autofree ucs4_t *kept = g_new(ucs4_t, n + 1);
	g_autofree ucs4_t *plain = g_new(ucs4_t, 2 * n + 2);
	gsize n_kept = 0, n_plain = 0;
	ucs4_t base = 0;

	for (gsize i = 0; i < n; i++) {
		ucs4_t c = exact_char(chars[i], n_kept ? kept[n_kept - 1] : 0);

		if (c)
			kept[n_kept++] = c;
	}
	if (last)
		end_sigma(kept, n_kept);
	for (gsize i = 0; i < n_kept; i++) {
		if (!uc_is_general_category_withtable(kept[i], UC_CATEGORY_MASK_M))
			base = kept[i];
		n_plain += fold_char(kept[i], base, plain + n_plain);
	}
	if (last)
		end_sigma(plain, n_plain);
	spelling_compose(exact, kept, n_kept);
	spelling_compose(fold, plain, n_plain);
}

/* Where the piece from the start of the word ends: before the last character
 * that cannot combine with one before it, if the word is longer than a piece. */
static gsize piece_end(const guint8 *word, gsize len)
{
	gsize at = 0, end = 0;

	if (len <= PIECE_BYTES)
		return len;
	while (at < PIECE_BYTES - 4) {
		ucs4_t c;
		int n = u8_mbtoucr(&c, word + at, len - at);

		if (n < 0)
			n = 1;
		else if (!uc_is_general_category_withtable(c, UC_CATEGORY_MASK_M) &&
		         (c < 0x1100 || c > 0x11ff))
			end = at;
		at += (gsize)n;
	}
	return end ? end : at;
}

static void fold_ascii(const char *word, gsize len, struct spelling *exact, struct spelling *fold)
{
	g_autofree char *lower = g_ascii_strdown(word, (gssize)len);

	spelling_add(exact, (const guint8 *)lower, len);
	spelling_add(fold, (const guint8 *)lower, len);
}

static void fold_any(const guint8 *word, gsize len, struct spelling *exact, struct spelling *fold)
{
	while (len > 0) {
		ucs4_t chars[PIECE_BYTES], decomposed[PIECE_BYTES * 2];
		size_t n = G_N_ELEMENTS(chars), n_decomposed = G_N_ELEMENTS(decomposed);
		gsize end = piece_end(word, len);
		ucs4_t *c = u8_to_u32(word, end, chars, &n);
		ucs4_t *d = c ? u32_normalize(UNINORM_NFKD, c, n, decomposed, &n_decomposed) : NULL;

		if (d)
			add_piece(d, n_decomposed, end == len, exact, fold);
		if (d != decomposed)
			free(d);
		if (c != chars)
			free(c);
		word += end;
		len -= end;
	}
}

void fold_word(const char *word, gsize len, GString *exact, GString *fold)
{
	struct spelling e = { exact, HASH64_START, 0 }, f = { fold, HASH64_START, 0 };

	g_string_truncate(exact, 0);
	g_string_truncate(fold, 0);
	if (fold_is_ascii(word, len))
		fold_ascii(word, len, &e, &f);
	else
		fold_any((const guint8 *)word, len, &e, &f);
	spelling_end(&e);
	spelling_end(&f);
	if (fold->len == 0)
		g_string_assign(fold, exact->str);
}
