/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * words.c - words, sentences and lines of a stretch of text.
 */
#include "corpus/words.h"

#include <string.h>

#define CLOSING_MAX 32	/* marks behind the end of a sentence */

/* What ASCII characters are; most of all text is of them. */
enum { LETTER = 1, UPPER = 2, LOWER = 4, DIGIT = 8 };
static const guint8 classes[256] = {
	['0'] = LETTER | DIGIT, ['1'] = LETTER | DIGIT, ['2'] = LETTER | DIGIT, ['3'] = LETTER | DIGIT,
	['4'] = LETTER | DIGIT, ['5'] = LETTER | DIGIT, ['6'] = LETTER | DIGIT, ['7'] = LETTER | DIGIT,
	['8'] = LETTER | DIGIT, ['9'] = LETTER | DIGIT,
	['A'] = LETTER | UPPER, ['B'] = LETTER | UPPER, ['C'] = LETTER | UPPER, ['D'] = LETTER | UPPER,
	['E'] = LETTER | UPPER, ['F'] = LETTER | UPPER, ['G'] = LETTER | UPPER, ['H'] = LETTER | UPPER,
	['I'] = LETTER | UPPER, ['J'] = LETTER | UPPER, ['K'] = LETTER | UPPER, ['L'] = LETTER | UPPER,
	['M'] = LETTER | UPPER, ['N'] = LETTER | UPPER, ['O'] = LETTER | UPPER, ['P'] = LETTER | UPPER,
	['Q'] = LETTER | UPPER, ['R'] = LETTER | UPPER, ['S'] = LETTER | UPPER, ['T'] = LETTER | UPPER,
	['U'] = LETTER | UPPER, ['V'] = LETTER | UPPER, ['W'] = LETTER | UPPER, ['X'] = LETTER | UPPER,
	['Y'] = LETTER | UPPER, ['Z'] = LETTER | UPPER,
	['a'] = LETTER | LOWER, ['b'] = LETTER | LOWER, ['c'] = LETTER | LOWER, ['d'] = LETTER | LOWER,
	['e'] = LETTER | LOWER, ['f'] = LETTER | LOWER, ['g'] = LETTER | LOWER, ['h'] = LETTER | LOWER,
	['i'] = LETTER | LOWER, ['j'] = LETTER | LOWER, ['k'] = LETTER | LOWER, ['l'] = LETTER | LOWER,
	['m'] = LETTER | LOWER, ['n'] = LETTER | LOWER, ['o'] = LETTER | LOWER, ['p'] = LETTER | LOWER,
	['q'] = LETTER | LOWER, ['r'] = LETTER | LOWER, ['s'] = LETTER | LOWER, ['t'] = LETTER | LOWER,
	['u'] = LETTER | LOWER, ['v'] = LETTER | LOWER, ['w'] = LETTER | LOWER, ['x'] = LETTER | LOWER,
	['y'] = LETTER | LOWER, ['z'] = LETTER | LOWER,
};
#define class_of(c) (classes[(guchar)(c)])

/* One character; what is no UTF-8 is given as U+FFFD and one byte long. */
static gunichar character_at(const char *text, guint32 pos, guint32 end, guint *bytes)
{
	unsigned char c = (unsigned char)text[pos];
	if (c < 0x80) {
		*bytes = 1;
		return c;
	}
	gunichar u = g_utf8_get_char_validated(text + pos, end - pos);
	if (u == (gunichar)-1 || u == (gunichar)-2) {
		*bytes = 1;
		return 0xFFFD;
	}
	*bytes = (guint)(g_utf8_next_char(text + pos) - (text + pos));
	return u;
}

static bool is_letter(gunichar u)
{
	if (u < 0x80)
		return g_ascii_isalnum((char)u);
	return u == 0xFFFD || g_unichar_isalnum(u) || g_unichar_ismark(u) || u == 0xAD;
}

static bool is_ideograph(gunichar u)
{
	return u >= 0x2E80 && (u <= 0x9FFF || (u >= 0xF900 && u <= 0xFAFF) ||
	                       (u >= 0x20000 && u <= 0x3FFFF));
}

/* Characters that stand inside a word when letters stand on both sides. */
static bool is_inner(gunichar u)
{
	return u == '\'' || u == '-' || u == '.' || u == '&' || u == '/' || u == 0x2019 ||
	       u == 0x2010 || u == 0x2011;
}

static void word_end(const char *text, guint32 end, struct word *word)
{
	guint32 pos = word->end;
	guint bytes, inner;
	bool has_letter = word->upper;
	guint8 seen = 0;
	while (pos < end) {
		const char *p = text + pos, *stop = text + end;
		for (guint8 class; p < stop && (class = class_of(*p)) != 0; p++)
			seen |= class;
		pos = (guint32)(p - text);
		if (pos >= end || text[pos] == ' ' || text[pos] == '\n' || text[pos] == ',')
			break;
		gunichar u = character_at(text, pos, end, &bytes);
		if (is_inner(u) && pos + bytes < end) {
			gunichar next = character_at(text, pos + bytes, end, &inner);
			if (!is_letter(next) || is_ideograph(next))
				break;
		} else if (!is_letter(u) || is_ideograph(u)) {
			break;
		}
		if (g_unichar_islower(u))
			word->caps = false;
		else if (g_unichar_isupper(u))
			has_letter = true;
		pos += bytes;
	}
	word->caps = word->caps && !(seen & LOWER) && (has_letter || (seen & UPPER));
	word->end = pos;
}

bool word_next(const char *text, guint32 *pos, guint32 end, struct word *word)
{
	while (*pos < end) {
		guint bytes;
		char c = text[*pos];
		if (c == ' ' || c == '\n') {
			(*pos)++;
			continue;
		}
		guint8 class = class_of(c);
		if (class != 0) {
			word->start = *pos;
			word->end = *pos + 1;
			word->upper = (class & UPPER) != 0;
			word->digit = (class & DIGIT) != 0;
			word->caps = !(class & LOWER);
			word_end(text, end, word);
			*pos = word->end;
			return true;
		}
		gunichar u = character_at(text, *pos, end, &bytes);
		if (is_letter(u)) {
			word->start = *pos;
			word->end = *pos + bytes;
			word->upper = g_unichar_isupper(u) || g_unichar_istitle(u);
			word->digit = g_unichar_isdigit(u);
			word->caps = !g_unichar_islower(u);
			if (is_ideograph(u))
				word->caps = false;
			else
				word_end(text, end, word);
			*pos = word->end;
			return true;
		}
		*pos += bytes;
	}
	return false;
}

guint words_count(const char *text, struct range range, guint max)
{
	struct word word;
	guint n = 0;
	for (guint32 pos = range.start; n < max && word_next(text, &pos, range.end, &word);)
		n++;
	return n;
}

guint ranges_words(const char *text, const struct range *ranges, guint n, guint max)
{
	guint words = 0;
	for (guint i = 0; i < n && words < max; i++)
		words += words_count(text, ranges[i], max - words);
	return words;
}

static void fold_character(gunichar u, GString *out)
{
	gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
	if (u < 0x80) {
		g_string_append_c(out, g_ascii_tolower((char)u));
		return;
	}
	gsize n = g_unichar_fully_decompose(u, true, parts, G_N_ELEMENTS(parts));
	for (gsize i = 0; i < n; i++) {
		if (g_unichar_ismark(parts[i]) || parts[i] == 0xAD)
			continue;
		gunichar small = g_unichar_tolower(parts[i]);
		if (small == 0x142)	/* strokes do not decompose */
			small = 'l';
		else if (small == 0xF8)
			small = 'o';
		else if (small == 0x111)
			small = 'd';
		g_string_append_unichar(out, small);
	}
}

guint32 word_elision(const char *text, const struct word *word)
{
	const char *p = text + word->start;
	guint32 letters = 0, len = word->end - word->start;
	while (letters < 3 && letters < len && g_ascii_isalpha(p[letters]))
		letters++;
	guint32 mark = letters < len && p[letters] == '\'' ? 1
	               : letters + 3 <= len && memcmp(p + letters, "\xE2\x80\x99", 3) == 0 ? 3 : 0;
	bool elided = (letters == 1 && strchr("cdjlmnst", g_ascii_tolower(*p)) != NULL) ||
	              (letters == 2 && g_ascii_strncasecmp(p, "qu", 2) == 0);
	return elided && mark > 0 && letters + mark < len ? letters + mark : 0;
}

/* Most words are letters and digits of ASCII: false where one is not. */
static bool fold_plain(const char *text, const struct word *word, GString *out)
{
	gsize before = out->len, len = word->end - word->start;
	if (before + len >= out->allocated_len) {
		g_string_set_size(out, before + len);
		g_string_truncate(out, before);
	}
	const char *from = text + word->start;
	char *to = out->str + before;
	for (gsize i = 0; i < len; i++) {
		guint8 class = class_of(from[i]);
		if (class == 0) {
			*to = '\0';
			return false;
		}
		to[i] = class & UPPER ? (char)(from[i] + 32) : from[i];
	}
	to[len] = '\0';
	out->len = before + len;
	return true;
}

void word_fold(const char *text, const struct word *word, GString *out)
{
	if (out->len > 0 && out->str[out->len - 1] != ' ')
		g_string_append_c(out, ' ');
	if (fold_plain(text, word, out))
		return;
	guint32 proper = word->start + word_elision(text, word);
	for (guint32 i = word->start; i < word->end;) {
		if (i == proper && i > word->start)
			g_string_append_c(out, ' ');
		guint bytes;
		gunichar u = character_at(text, i, word->end, &bytes);
		if (u == '-' || u == '/' || u == 0x2010 || u == 0x2011)
			g_string_append_c(out, ' ');
		else if (!is_inner(u))
			fold_character(u, out);
		i += bytes;
	}
}

void words_fold(const char *text, struct range range, GString *out)
{
	struct word word;
	for (guint32 pos = range.start; word_next(text, &pos, range.end, &word);)
		word_fold(text, &word, out);
}

void words_fold_to(GString *out, const char *text, guint32 from, guint32 to)
{
	g_string_truncate(out, 0);
	if (from < to)
		words_fold(text, (struct range){ from, to }, out);
}

char *words_folded(const char *s)
{
	GString *out = g_string_new(NULL);
	words_fold(s, (struct range){ 0, (guint32)strlen(s) }, out);
	return g_string_free(out, false);
}

const char *words_skip(const char *folded, guint n)
{
	for (; n > 0 && *folded != '\0'; n--) {
		folded += strcspn(folded, " ");
		folded += *folded == ' ';
	}
	return folded;
}

guint32 text_words_back(const char *text, guint32 start, guint32 pos, guint n)
{
	for (; n > 0 && pos > start; n--) {
		while (pos > start && !g_ascii_isalnum(text[pos - 1]) && (guchar)text[pos - 1] < 0x80)
			pos--;
		while (pos > start && (g_ascii_isalnum(text[pos - 1]) || (guchar)text[pos - 1] >= 0x80))
			pos--;
	}
	return pos;
}

bool text_in_capitals(const char *text, struct range range)
{
	struct word word;
	guint n = 0;
	for (guint32 pos = range.start; word_next(text, &pos, range.end, &word); n++)
		if (!word.caps && !word.digit)
			return false;
	return n > 0;
}

bool text_begins_small(const char *text, struct range range)
{
	struct word word;
	guint bytes;
	guint32 pos = range.start;
	if (!word_next(text, &pos, range.end, &word))
		return false;
	return g_unichar_islower(character_at(text, word.start, range.end, &bytes));
}

/* The last character before end that is no white space, closing quote, bracket
 * or markup; 0 where there is none. */
static gunichar last_mark(const char *text, struct range range)
{
	const char *p = text + range.end;
	for (guint n = 0; n < CLOSING_MAX && p > text + range.start; n++) {
		p = g_utf8_find_prev_char(text + range.start, p);
		if (p == NULL)
			return 0;
		guint bytes;
		gunichar u = character_at(text, (guint32)(p - text), range.end, &bytes);
		if (g_unichar_isspace(u) || u == '"' || u == '\'' || u == ')' || u == ']' || u == '*' ||
		    u == '_' || u == 0x201D || u == 0x2019 || u == 0xBB || u == 0x201C)
			continue;
		return u;
	}
	return 0;
}

bool text_ends_sentence(const char *text, struct range range)
{
	gunichar u = last_mark(text, range);
	return u == '.' || u == '!' || u == '?' || u == 0x2026 || u == 0x3002 || u == 0xFF01 ||
	       u == 0xFF1F;
}

struct range text_trim(const char *text, struct range range)
{
	const char *junk = " \t\r\n\f\v*_#>`";
	while (range.start < range.end && strchr(junk, text[range.start]) && text[range.start])
		range.start++;
	while (range.end > range.start && strchr(junk, text[range.end - 1]) && text[range.end - 1])
		range.end--;
	return range;
}

/* True where the dot at pos belongs to an abbreviation or an initial. */
static bool is_abbreviation(const char *text, guint32 start, guint32 pos)
{
	static const char *const known[] = { "mr", "mrs", "ms", "dr", "prof", "st", "no", "nos",
	                                     "vol", "pp", "art", "lt", "gen", "col", "hon", "fr",
	                                     "cf", "eg", "ie", "al", "sr", "sra", "mme", "mlle",
	                                     "amb", "min", "approx", "incl", "bzw", "nr", "abs",
	                                     "dra", "srta", "lic", "mtro", "mtra", "ing", "dipl", "mag",
	                                     "rev", "revd", "capt", "cdr", "maj", "sgt", "brig", "sen",
	                                     "gov", "excmo", "excma", "arts", "para", "paras", "fig",
	                                     "figs", "vgl", "hrsg", "ggf", "sog", "bzgl", "avda", "vs" };
	char word[8];
	guint n = 0;
	guint32 from = pos;
	while (from > start && (g_ascii_isalpha(text[from - 1]) || text[from - 1] == '.') && pos - from < 8)
		from--;
	for (guint32 i = from; i < pos && n < sizeof(word) - 1; i++)
		if (text[i] != '.')
			word[n++] = g_ascii_tolower(text[i]);
	word[n] = '\0';
	if (from > start && ((unsigned char)text[from - 1] >= 0x80 || g_ascii_isdigit(text[from - 1])))
		return false;
	if (n == 1 || (n == 2 && pos - from == 3))
		return g_ascii_isupper(text[from]) || n == 2;
	for (guint i = 0; i < G_N_ELEMENTS(known); i++)
		if (*word == *known[i] && strcmp(word, known[i]) == 0)
			return true;
	return false;
}

static bool is_closing(gunichar u)
{
	return u == '"' || u == '\'' || u == ')' || u == ']' || u == '*' || u == '_' ||
	       u == 0x201D || u == 0x2019 || u == 0xBB;
}

guint32 sentence_end(const char *text, guint32 pos, guint32 end)
{
	guint32 start = pos;
	while (pos < end) {
		guint bytes;
		if (text[pos] == ' ' || class_of(text[pos]) != 0) {	/* most of it */
			pos++;
			continue;
		}
		gunichar u = character_at(text, pos, end, &bytes);
		guint32 mark = pos;
		pos += bytes;
		if (u == 0x3002 || u == 0xFF01 || u == 0xFF1F)
			return pos;
		if (u != '.' && u != '!' && u != '?' && u != 0x2026)
			continue;
		while (pos < end && is_closing(u = character_at(text, pos, end, &bytes)))
			pos += bytes;
		if (pos >= end)
			return end;
		u = character_at(text, pos, end, &bytes);
		if (!g_unichar_isspace(u) || (text[mark] == '.' && is_abbreviation(text, start, mark)))
			continue;
		guint32 next = pos;
		while (next < end && g_ascii_isspace(text[next]))
			next++;
		if (next >= end || !g_unichar_islower(character_at(text, next, end, &bytes)))
			return pos;
	}
	return end;
}

guint32 text_limit(const char *text, guint32 from, guint32 to, guint32 max)
{
	if (to - from <= max)
		return to;
	for (to = from + max; to > from && ((guchar)text[to] & 0xC0) == 0x80; to--)
		;
	return to;
}

guint32 text_line_end(const char *text, guint32 pos, guint32 end)
{
	const char *feed = memchr(text + pos, '\n', end - pos);
	return feed == NULL ? end : (guint32)(feed - text);
}

guint32 text_next_line(const char *text, guint32 pos, guint32 end)
{
	pos = text_line_end(text, pos, end);
	return pos < end ? pos + 1 : end;
}

guint text_line_feeds(const char *text, guint32 from, guint32 to)
{
	guint n = 0;
	for (guint32 i = from; i < to; i++)
		n += text[i] == '\n';
	return n;
}
