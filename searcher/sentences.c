/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * sentences.c - where sentences begin and end; see sentences.h.
 */
#include "searcher/sentences.h"

/* Lower case, sorted. After these a full stop ends no sentence. */
static const char *const abbreviations[] = {
	"abs", "amb", "app", "approx", "apr", "art", "arts", "aug", "bzw", "ca",
	"capt", "cf", "ch", "chap", "col", "dec", "dept", "dr", "ed", "eds",
	"est", "excl", "feb", "fig", "figs", "gen", "gov", "hon", "hr", "ibid",
	"incl", "jan", "jr", "jul", "jun", "lt", "maj", "mar", "messrs", "mme",
	"mr", "mrs", "ms", "mt", "no", "nos", "nov", "nr", "oct", "para",
	"paras", "pp", "pres", "prof", "rep", "res", "resp", "rev", "sec", "sen",
	"sept", "sgt", "sr", "st", "vgl", "vol", "vols", "vs",
};

#define ABBREVIATION_MAX_BYTES 8

static bool is_abbreviation(const char *word, gsize len)
{
	gsize low = 0, high = G_N_ELEMENTS(abbreviations);
	char lower[ABBREVIATION_MAX_BYTES + 1];

	if (len > ABBREVIATION_MAX_BYTES)
		return false;
	for (gsize i = 0; i < len; i++)
		lower[i] = g_ascii_tolower(word[i]);
	lower[len] = '\0';
	while (low < high) {
		gsize middle = (low + high) / 2;
		int order = strcmp(lower, abbreviations[middle]);
		if (order == 0)
			return true;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return false;
}

/* Is the full stop at this place part of "Dr.", "H.E.", "J.", "12."? */
static bool is_inner_stop(const struct chars *in, gsize at)
{
	gsize start = at, digits = 0, stops = 0, len;

	while (start > 0 && at - start < 12 &&
	       (g_ascii_isalnum(in->text[start - 1]) || in->text[start - 1] == '.')) {
		start--;
		digits += g_ascii_isdigit(in->text[start]);
		stops += in->text[start] == '.';
	}
	len = at - start;
	if (len == 0 || (start > 0 && !chars_is_start(in, start)))
		return false;
	if (start > 0 && (guchar)in->text[start - 1] >= 0x80)
		return false;
	if (digits == len)
		return len <= 2;
	if (stops > 0)		/* "H.E.", "e.g."; but "wait..." ends */
		return g_ascii_isalpha(in->text[at - 1]) && len - stops <= 4;
	if (len == 1)		/* an initial; "p. 12" */
		return g_ascii_isupper(in->text[start]) ||
		       (at + 2 < in->len && g_ascii_isdigit(in->text[at + 2]));
	return is_abbreviation(in->text + start, len);
}

/* Behind closing quotes and brackets, and behind the number of a footnote. */
static gsize skip_closers(const struct chars *in, gsize at)
{
	gsize digits = at;

	for (;;) {
		gunichar c = chars_at(in, at);
		if (!c || !(c < 0x80 ? strchr("\"')]", (int)c) != NULL
		                     : c == 0x201D || c == 0x2019 || c == 0x201C || c == 0xBB ||
		                       c == 0xAB || c == 0x300D || c == 0x300F || c == 0xFF09))
			break;
		at = chars_next(in, at);
	}
	for (digits = at; digits < in->len && digits - at < 3 && g_ascii_isdigit(in->text[digits]); )
		digits++;
	return digits < in->len && char_is_blank(chars_at(in, digits)) ? digits : at;
}

/* Where a sentence ends whose last mark begins at this place: behind its
 * closing quotes; 0 if none ends here. */
static gsize sentence_end(const struct chars *in, gsize at, gunichar mark)
{
	gsize end = chars_next(in, at), next;
	gunichar c;

	if (mark == '\n')	/* an empty line */
		return end < in->len && in->text[end] == '\n' ? at : 0;
	if (mark == '.' && end < in->len && g_ascii_isalnum(in->text[end]) &&
	    at > 0 && g_ascii_isdigit(in->text[at - 1]))
		return 0;
	end = skip_closers(in, end);
	c = chars_at(in, end);
	if (mark > 0x3000)	/* CJK: nothing need follow */
		return char_clings(c) ? 0 : end;
	if (c != 0 && !char_is_blank(c))
		return 0;
	if (mark == '.' && is_inner_stop(in, at))
		return 0;
	next = chars_skip_blanks(in, end);
	return next < in->len && g_unichar_islower(chars_at(in, next)) ? 0 : end;
}

/* 1: may begin a mark that ends a sentence: . ! ? line end, and the first
 * bytes of the ellipsis and the CJK marks. */
static const guchar interesting[256] = {
	['.'] = 1, ['!'] = 1, ['?'] = 1, ['\n'] = 1, [0xE2] = 1, [0xE3] = 1, [0xEF] = 1,
};

static bool is_end_mark(gunichar c)
{
	return c < 0x80 || c == 0x2026 || c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0xFF61;
}

static void add_sentence(GArray *sentences, gsize start, gsize end)
{
	struct sentence sentence = { (guint32)start, (guint32)end, 0, 0 };

	if (end > start)
		g_array_append_val(sentences, sentence);
}

static void find_sentences(const struct chars *in, GArray *sentences)
{
	gsize start = chars_skip_blanks(in, 0), at = start;

	const guchar *text = (const guchar *)in->text;
	gsize len = in->len;

	for (;;) {
		gunichar c;
		gsize end;

		while (at < len && !interesting[text[at]])
			at++;
		if (at >= len)
			break;
		c = chars_at(in, at);
		end = is_end_mark(c) ? sentence_end(in, at, c) : 0;
		if (end == 0) {
			at = chars_next(in, at);
			continue;
		}
		add_sentence(sentences, start, chars_skip_blanks_back(in, start, end));
		start = at = chars_skip_blanks(in, MAX(end, start));
	}
	add_sentence(sentences, start, chars_skip_blanks_back(in, start, in->len));
}

static void count_sentences(const struct chars *in, GArray *sentences)
{
	guint32 at = 0, chars = 0;

	for (guint i = 0; i < sentences->len; i++) {
		struct sentence *s = &g_array_index(sentences, struct sentence, i);
		s->start_char = chars += chars_count(in->text + at, s->start - at);
		s->end_char = chars += chars_count(in->text + s->start, s->end - s->start);
		at = s->end;
	}
}

void sentences_find(const struct chars *in, GArray *sentences)
{
	find_sentences(in, sentences);
	count_sentences(in, sentences);
}
