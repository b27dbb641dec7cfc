/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * hyphens.c - is a hyphen at a line end the word's own ("policy-making") or the
 * typesetter's ("inter-national")?
 *
 * The file's other words decide: a form that stands elsewhere in one piece, or
 * with its hyphen. Where neither does, the word goes with most of those that are
 * known, and, where none is, with how often lines end in hyphens at all.
 */
#include "corpus/reader/pdf/blocks.h"

#include <string.h>

#include "corpus/words.h"

#define WORD_BYTES_MAX 100
#define KEPT_SHARE 5		/* known words with a hyphen of their own for one without, where words are hyphenated */
#define PLAIN_SHARE 40		/* lines for one hyphen at a line end, where words that have one of their own are broken at it */

struct hyphens {
	GHashTable *known;	/* small word that is asked for -> how often it stands in one piece */
	guint joined, kept;	/* hyphens that are settled */
	guint splits, lines;
	bool joins;		/* where nothing is known */
};

static bool is_upper(const char *s, gsize end)
{
	return g_unichar_isupper(g_utf8_get_char(g_utf8_find_prev_char(s, s + end)));
}

/* The word around a split, without it, in small letters: before, and behind. False where it is
 * none that could be joined: a capital or a digit begins the second part. */
static bool split_parts(const GString *text, gsize at, struct range *before, struct range *behind)
{
	const char *s = text->str;
	gsize hyphen = (gsize)(g_utf8_find_prev_char(s, s + at) - s);
	gsize from = hyphen, to = at + 1;
	gunichar c;

	while (from > 0) {
		const char *p = g_utf8_find_prev_char(s, s + from);

		if (!g_unichar_isalpha(g_utf8_get_char(p)) && *p != '-')
			break;
		from = (gsize)(p - s);
	}
	while (to < text->len && ((c = g_utf8_get_char(s + to)), g_unichar_isalpha(c)))
		to = (gsize)(g_utf8_next_char(s + to) - s);
	*before = (struct range){ (guint32)from, (guint32)hyphen };
	*behind = (struct range){ (guint32)at + 1, (guint32)to };
	if (hyphen <= from || to <= at + 1 || to - from >= WORD_BYTES_MAX)
		return false;
	c = g_utf8_get_char(s + at + 1);
	/* in capitals throughout, or going on in small letters */
	return g_unichar_isupper(g_utf8_get_char(g_utf8_find_prev_char(s, s + hyphen))) ? is_upper(s, to) && is_upper(s, at + 2)
	                                                                                : !g_unichar_isupper(c);
}

static char *joined_form(const GString *text, struct range before, struct range behind, const char *between)
{
	g_autofree char *a = g_utf8_strdown(text->str + before.start, before.end - before.start);
	g_autofree char *b = g_utf8_strdown(text->str + behind.start, behind.end - behind.start);

	return g_strconcat(a, between, b, NULL);
}

static void ask(struct hyphens *hyphens, const GString *text)
{
	struct range before, behind;

	for (gsize i = 1; i < text->len; i++) {
		if (text->str[i] != PDF_TEXT_SPLIT)
			continue;
		hyphens->splits++;
		if (split_parts(text, i, &before, &behind)) {
			g_hash_table_insert(hyphens->known, joined_form(text, before, behind, ""), NULL);
			g_hash_table_insert(hyphens->known, joined_form(text, before, behind, "-"), NULL);
		}
	}
}

/* Words of the text that are asked for; those at a split are not in one piece. */
static void answer(struct hyphens *hyphens, const GString *text)
{
	const char *end = text->str + text->len;

	for (const char *p = text->str; p < end;) {
		const char *start = p;
		gunichar c;

		while (p < end && ((c = g_utf8_get_char(p)), g_unichar_isalpha(c) || (c == '-' && p > start)))
			p = g_utf8_next_char(p);
		if (p - start > 3 && p - start < WORD_BYTES_MAX && (p == end || *p != PDF_TEXT_SPLIT) &&
		    (start == text->str || start[-1] != PDF_TEXT_SPLIT)) {
			g_autofree char *word = g_utf8_strdown(start, p - start);
			gpointer n, key;

			if (g_hash_table_lookup_extended(hyphens->known, word, &key, &n))
				g_hash_table_insert(hyphens->known, g_strdup(word), GUINT_TO_POINTER(GPOINTER_TO_UINT(n) + 1));
		}
		if (p == start)
			p = g_utf8_next_char(p);
	}
}

/* 1: the typesetter's, -1: the word's own, 0: not known. */
static int decide(const struct hyphens *hyphens, const GString *text, gsize at)
{
	struct range before, behind;
	guint one, two;

	if (!split_parts(text, at, &before, &behind))
		return -1;
	g_autofree char *joined = joined_form(text, before, behind, ""), *apart = joined_form(text, before, behind, "-");
	one = GPOINTER_TO_UINT(g_hash_table_lookup(hyphens->known, joined));
	two = GPOINTER_TO_UINT(g_hash_table_lookup(hyphens->known, apart));
	return one > two ? 1 : two > one ? -1 : 0;
}

static void tally(struct hyphens *hyphens, const GString *text)
{
	for (gsize i = 1; i < text->len; i++) {
		int how = text->str[i] == PDF_TEXT_SPLIT ? decide(hyphens, text, i) : 0;
		struct range before, behind;

		if (how && split_parts(text, i, &before, &behind)) {
			hyphens->joined += how > 0;
			hyphens->kept += how < 0;
		}
	}
}

static void settle(const struct hyphens *hyphens, GString *text)
{
	g_autoptr(GString) out = g_string_sized_new(text->len);

	for (gsize i = 0; i < text->len; i++) {
		const char *hyphen;
		bool soft;

		if (text->str[i] != PDF_TEXT_SPLIT || !i) {
			g_string_append_c(out, text->str[i]);
			continue;
		}
		hyphen = g_utf8_find_prev_char(text->str, text->str + i);
		soft = g_utf8_get_char(hyphen) == 0xad;
		int how = soft ? 1 : decide(hyphens, text, i);

		if (how > 0 || (how == 0 && hyphens->joins))
			g_string_truncate(out, out->len - (gsize)(text->str + i - hyphen));
	}
	g_string_assign(text, out->str);
}

void pdf_hyphens(GArray *blocks)
{
	struct hyphens hyphens = { .known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL) };

	for (guint i = 0; i < blocks->len; i++) {
		ask(&hyphens, g_array_index(blocks, struct pdf_block, i).text);
		hyphens.lines += g_array_index(blocks, struct pdf_block, i).lines;
	}
	for (guint i = 0; i < blocks->len && hyphens.splits; i++)
		answer(&hyphens, g_array_index(blocks, struct pdf_block, i).text);
	for (guint i = 0; i < blocks->len && hyphens.splits; i++)
		tally(&hyphens, g_array_index(blocks, struct pdf_block, i).text);
	/* words with a hyphen of their own are broken at it everywhere, others only where words are hyphenated */
	hyphens.joins = hyphens.joined ? hyphens.joined * KEPT_SHARE >= hyphens.kept : hyphens.splits * PLAIN_SHARE > hyphens.lines;
	for (guint i = 0; i < blocks->len && hyphens.splits; i++)
		if (strchr(g_array_index(blocks, struct pdf_block, i).text->str, PDF_TEXT_SPLIT))
			settle(&hyphens, g_array_index(blocks, struct pdf_block, i).text);
	g_hash_table_destroy(hyphens.known);
}
