/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * strangers.c - people whom no stage knows, by the place where they are named.
 *
 * Two capitalised words are a person's name before a verb of speaking, with a
 * function or house behind a comma or in brackets, behind "moderated by", or at
 * the head of a caption or an entry; behind "Ms" one is enough. What stands
 * behind an article is none, nor is a country or an institution. In prose that is
 * held without names also who is only treated as a person: the subject of any verb,
 * behind "thanks to", between dashes, beside another. That hides a thing now and
 * then, and a thing that is hidden is better than a person who is not.
 */
#include "corpus/anonymity/strangers.h"

#include <string.h>

#include "corpus/cues.h"
#include "corpus/people/names.h"
#include "corpus/words.h"

#define LOOK_BYTES 120

static bool all_weak(GString *folded)
{
	g_auto(GStrv) words = g_strsplit(folded->str, " ", -1);
	for (guint i = 0; words[i] != NULL; i++)
		if (!name_word_is_weak(words[i]))
			return false;
	return true;
}

static bool is_place_or_body(GString *folded)
{
	return cue_holds(CUE_COUNTRY, folded->str) || cue_holds(CUE_BODY, folded->str) || cue_holds(CUE_EVENT, folded->str) ||
	       all_weak(folded);
}

static bool is_function(const char *s, guint32 from, guint32 to, GString *folded)
{
	words_fold_to(folded, s, from, to);
	return cue_holds(CUE_ROLE, folded->str) || cue_holds(CUE_BODY, folded->str) || cue_is(CUE_COUNTRY, folded->str, -1);
}

/* "said", ", Director of X,", "(Kenya)" behind the name. */
static bool is_told_behind(const char *s, guint32 at, guint32 len, GString *folded)
{
	guint32 end = MIN(len, at + LOOK_BYTES);
	while (at < end && (s[at] == ' ' || s[at] == '\n' || s[at] == '*' || s[at] == '_'))
		at++;
	if (at >= end)
		return false;
	if (s[at] == ',' || s[at] == '(') {
		char stop = s[at] == '(' ? ')' : ',';
		const char *close = memchr(s + at + 1, stop, end - at - 1);
		return is_function(s, at + 1, close == NULL ? end : (guint32)(close - s), folded);
	}
	if (!g_ascii_islower(s[at]) && (guchar)s[at] < 0x80)
		return false;
	struct word word;
	words_fold_to(folded, s, at, end);
	if (cue_begins(CUE_SAY, folded->str) > 0)
		return true;
	/* "also said", "a souligné", "hat betont" */
	return word_next(s, &at, end, &word) && !word.upper && word.end - word.start <= 5 &&
	       (words_fold_to(folded, s, word.start, word.end), !cue_is(CUE_PASSIVE, folded->str, -1)) &&
	       (words_fold_to(folded, s, word.end, end), cue_begins(CUE_SAY, folded->str) > 0);
}

/* The folded words of the line before a place, at most three, from behind the last
 * comma or bracket. */
static void words_before(const char *s, guint32 at, GString *folded)
{
	guint32 from = at;
	guint gaps = 0;
	while (from > 0 && !strchr("\n,;()|", s[from - 1]) && at - from < 60) {
		gaps += s[from - 1] == ' ' && from < at && s[from] != ' ';
		if (gaps > 3)
			break;
		from--;
	}
	words_fold_to(folded, s, from, at);
}

static bool ends_with(enum cue cue, const char *folded, guint words)
{
	const char *p = folded + strlen(folded);
	for (guint n = 0; n < words && p > folded; n++) {
		p--;
		while (p > folded && p[-1] != ' ')
			p--;
		if (cue_is(cue, p, -1))
			return true;
	}
	return false;
}

static bool is_told_before(const char *s, guint32 at, GString *folded)
{
	words_before(s, at, folded);
	return ends_with(CUE_MODERATOR, folded->str, 3) || ends_with(CUE_PREPARED, folded->str, 2) ||
	       (ends_with(CUE_SAY, folded->str, 1) && !ends_with(CUE_PREPOSITION, folded->str, 1)) ||
	       (ends_with(CUE_STATEMENT, folded->str, 3) && !ends_with(CUE_DEFINITE, folded->str, 1));
}

static bool behind_article(const char *s, guint32 at, GString *folded)
{
	words_before(s, at, folded);
	return ends_with(CUE_DEFINITE, folded->str, 1);
}

/* ---- who is treated as a person ---- */

static bool is_small(GHashTable *small, const char *word, gsize len)
{
	char key[64];
	if (len + 1 > sizeof key)
		return false;
	memcpy(key, word, len);
	key[len] = '\0';
	if (g_hash_table_contains(small, key))
		return true;
	if (len < 4 || key[len - 1] != 's')
		return false;
	key[len - 1] = '\0';
	return g_hash_table_contains(small, key);
}

/* Words that are no place's and nothing else's, and not all of them common. */
static bool may_be_person(GString *folded, GHashTable *small)
{
	g_auto(GStrv) words = g_strsplit(folded->str, " ", -1);
	bool common = true;
	for (guint i = 0; words[i] != NULL; i++) {
		bool particle = i > 0 && cue_is(CUE_PARTICLE, words[i], -1);
		if (cue_is(CUE_PLACE, words[i], -1) || (!particle && name_word_is_weak(words[i])))
			return false;
		common = common && (particle || is_small(small, words[i], strlen(words[i])));
	}
	return !common;
}

static guint32 skip_back(const char *s, guint32 at, const char *over)
{
	while (at > 0 && strchr(over, s[at - 1]))
		at--;
	return at;
}

/* A dash with a space before it ends here. */
static bool ends_in_dash(const char *s, guint32 at)
{
	return (at >= 4 && memcmp(s + at - 3, "\xE2\x80", 2) == 0 && (s[at - 1] == '\x93' || s[at - 1] == '\x94')) ||
	       (at >= 2 && s[at - 1] == '-' && strchr("- ", s[at - 2]));
}

static bool between_dashes(const char *s, const struct name *name, guint32 len)
{
	guint32 at = name->end;
	while (at < len && (s[at] == ' ' || s[at] == '\n'))
		at++;
	bool behind = at + 3 <= len && memcmp(s + at, "\xE2\x80", 2) == 0 && (s[at + 2] == '\x93' || s[at + 2] == '\x94');
	behind = behind || (at > name->end && at + 1 < len && s[at] == '-' && strchr("- ", s[at + 1]));
	return behind && ends_in_dash(s, skip_back(s, name->honorific, " \n*_"));
}

/* Behind the end of a sentence, a comma, a dash, "and" or "that". */
static bool begins_clause(const char *s, guint32 at, GString *folded, bool *sentence)
{
	guint32 before = skip_back(s, at, " \n\t\"'*_");
	*sentence = before == 0 || strchr(".!?:>|", s[before - 1]) != NULL || (guchar)s[before - 1] >= 0x80;
	if (*sentence || strchr(",;(", s[before - 1]))
		return true;
	words_before(s, at, folded);
	return ends_with(CUE_AND, folded->str, 1) || ends_with(CUE_THAT, folded->str, 1) ||
	       (ends_with(CUE_LEAD, folded->str, 1) && !ends_with(CUE_PREPOSITION, folded->str, 1) &&
		strlen(strrchr(folded->str, ' ') ? strrchr(folded->str, ' ') + 1 : folded->str) > 2);
}

/* "was", "wept": a small word that is no other part of speech for sure. */
static bool verb_follows(const char *s, guint32 at, guint32 len, GString *folded)
{
	struct word word;
	guint32 from = at;
	if (!word_next(s, &at, MIN(len, at + LOOK_BYTES), &word) || word.upper || word.digit || word.start > from + 2)
		return false;
	for (guint32 i = from; i < word.start; i++)
		if (!strchr(" \n*_", s[i]))
			return false;
	words_fold_to(folded, s, word.start, word.end);
	if (cue_begins(CUE_VERB, folded->str) > 0)
		return true;
	return folded->len > 2 && !cue_is(CUE_DANGLING, folded->str, -1) && !cue_is(CUE_PREPOSITION, folded->str, -1) &&
	       !cue_is(CUE_AND, folded->str, -1) && !cue_is(CUE_PARTICLE, folded->str, -1);
}

/* "Große Regale": at the head of a sentence, an adjective and its noun. */
static bool is_inflected(const char *s, const struct name *name)
{
	const char *space = memchr(s + name->start, ' ', name->end - name->start);
	guint32 end = space == NULL ? name->end : (guint32)(space - s);
	return end > name->start + 3 && (s[end - 1] == 'e' || (s[end - 2] == 'e' && strchr("nmrs", s[end - 1])));
}

static bool is_subject(const char *s, const struct name *name, guint32 len, guint in, GString *folded)
{
	bool sentence;
	if (!verb_follows(s, name->end, len, folded) || !begins_clause(s, name->honorific, folded, &sentence))
		return false;
	if (!(in & STRANGERS_NOUNS))
		return true;
	words_fold_to(folded, s, name->end, MIN(len, name->end + LOOK_BYTES));
	return cue_begins(CUE_VERB, folded->str) > 0 && !is_inflected(s, name);
}

/* "thanks to", and "Thank you, "; but "for" at the head of a sentence alone. */
static bool behind_cue(const char *s, guint32 at, enum cue cue, GString *folded)
{
	guint32 end = skip_back(s, at, " \n*_"), before;
	if (end > 0 && (s[end - 1] == ',' || s[end - 1] == ':'))
		end--;
	words_before(s, end, folded);
	if (!ends_with(cue, folded->str, 4))
		return false;
	const char *last = strrchr(folded->str, ' ');
	last = last == NULL ? folded->str : last + 1;
	if (!cue_is(CUE_ACCORDING, last, -1) || strlen(last) > 4)
		return true;
	before = skip_back(s, end - (guint32)MIN(end, strlen(last)), " \n*_\"");
	return before == 0 || strchr(".!?", s[before - 1]) != NULL;
}

/* "X and Y", "X, Y and Z" behind one who was named; "X, House" is none. */
static bool is_beside(const char *s, guint32 named, const struct name *name, guint32 len, GString *folded)
{
	guint32 at = name->honorific, behind = name->end;
	struct word word;
	if (named == 0 || at < named || at - named > 12)
		return false;
	words_fold_to(folded, s, named, at);
	if (folded->len > 0 || memchr(s + named, ',', at - named) == NULL)
		return cue_is(CUE_AND, folded->str, -1);
	if (behind < len && s[behind] == ',')
		return true;
	if (!word_next(s, &behind, len, &word))
		return false;
	words_fold_to(folded, s, word.start, word.end);
	return cue_is(CUE_AND, folded->str, -1);
}

/* "J. Bell", but not at the head of a line, where "A. Nets" is a number. */
static bool has_initial(const char *s, const struct name *name)
{
	guint32 before = skip_back(s, name->honorific, " \t*_#");
	return name->end > name->start + 3 && g_ascii_isupper(s[name->start]) && s[name->start + 1] == '.' && before > 0 &&
	       s[before - 1] != '\n';
}

/* "IHRO", "IHRO Act": no name of a person in a sentence. */
static bool has_acronym(const char *s, const struct name *name)
{
	struct word word;
	for (guint32 pos = name->start; word_next(s, &pos, name->end, &word);)
		if (word.caps && word.end - word.start > 2)
			return true;
	return false;
}

/* named: where the last one who was named ends. */
static bool is_treated(const char *s, const struct name *name, guint32 len, guint in, GHashTable *small, guint32 named, GString *folded)
{
	if (has_acronym(s, name) || behind_article(s, name->honorific, folded))
		return false;
	words_fold_to(folded, s, name->start, name->end);
	bool initial = has_initial(s, name);
	if (folded->len < 3 || is_place_or_body(folded) || (!initial && !may_be_person(folded, small)))
		return false;
	if (name->words == 1)
		return !(in & STRANGERS_NOUNS) && behind_cue(s, name->honorific, CUE_THANKED, folded);
	return initial || between_dashes(s, name, len) || behind_cue(s, name->honorific, CUE_NAMED, folded) ||
	       is_beside(s, named, name, len, folded) || is_subject(s, name, len, in, folded);
}

/* "prof. ann bell": the length of what is a name in small letters. */
static guint32 small_name(const char *s, const struct word *title, guint32 len, GString *folded)
{
	struct word word;
	guint32 end = title->end, first = 0;
	words_fold_to(folded, s, title->start, title->end);
	if (folded->len < 2 || !cue_is(CUE_MISTER, folded->str, -1))
		return 0;
	for (guint n = 0; n < 2; n++) {
		guint32 pos = end;
		if (!word_next(s, &pos, MIN(len, end + 60), &word) || word.upper || word.digit || word.start - end > 2 || s[word.start - 1] != ' ' ||
		    (word.start == end + 2 && (n > 0 || s[end] != '.')))
			break;
		words_fold_to(folded, s, word.start, word.end);
		if (folded->len < 3 || name_word_is_weak(folded->str) || cue_is(CUE_PREPOSITION, folded->str, -1) ||
		    cue_is(CUE_VERB, folded->str, -1) || cue_begins(CUE_SAY, folded->str) > 0 || cue_is(CUE_AND, folded->str, -1))
			break;
		first = n == 0 ? word.start : first;
		end = word.end;
	}
	return first > 0 ? end : 0;
}

/* At the head of a line: "Ann Bell, Director", "Ann Bell | ...", "Ann Bell". */
static bool heads_entry(const char *s, const struct name *name, guint32 len, GString *folded)
{
	guint32 before = name->honorific, behind = name->end;
	while (before > 0 && strchr(" \t*_-|", s[before - 1]))
		before--;
	if (before > 0 && s[before - 1] != '\n' && !strchr(":;", s[before - 1]) && (guchar)s[before - 1] < 0x80)
		return false;
	while (behind < len && strchr(" \t*_", s[behind]))
		behind++;
	const char *feed = memchr(s + behind, '\n', len - behind);
	words_fold_to(folded, s, name->start, name->end);
	if (behind + 2 < len && s[behind] == ',' && cue_holds(CUE_PLACE, folded->str)) {	/* "Larch House, 3 May 2021" */
		const char *last = feed == NULL ? s + len : feed;
		if (g_ascii_isdigit(s[behind + 2]) && last - (s + behind) < 40 && g_ascii_isdigit(last[-1]))
			return false;
	}
	return behind >= len || strchr(",|(\n;-", s[behind]) != NULL || (guchar)s[behind] >= 0x80;
}

/* "Jean d'Ormesval": the word that begins with a small letter. */
static void add_elided(const char *s, guint32 len, struct name *name)
{
	guint32 pos = name->end;
	struct word word;
	if (pos + 3 >= len || s[pos] != ' ' || !word_next(s, &pos, len, &word) || word.start != name->end + 1 || word.upper)
		return;
	for (guint32 i = word.start + 1; i < word.end && i < word.start + 3; i++) {
		if (s[i] != '\'' && (guchar)s[i] != 0xE2)
			continue;
		i += s[i] == '\'' ? 1 : 3;
		if (i < word.end && g_unichar_isupper(g_utf8_get_char_validated(s + i, word.end - i))) {
			name->end = word.end;
			name->words++;
		}
		return;
	}
}

/* What stands behind a title in small letters; gives it and its end, or 0. */
static guint32 take_small(const char *s, guint32 len, const struct word *title, GString *folded, strangers_fn *fn, void *data)
{
	guint32 end = small_name(s, title, len, folded);
	if (end == 0)
		return 0;
	struct word word;
	guint32 from = title->end;
	word_next(s, &from, end, &word);
	fn(s + word.start, end - word.start, false, data);
	return end;
}

void strangers_find(const char *s, guint32 len, guint in, GHashTable *small, strangers_fn *fn, void *data)
{
	g_autoptr(GString) folded = g_string_new(NULL);
	struct word word;
	struct name name;
	bool prose = in & STRANGERS_TREATED;
	guint32 named = 0;
	for (guint32 pos = 0; word_next(s, &pos, len, &word);) {
		if (prose && word.end - word.start <= 6)
			pos = MAX(pos, take_small(s, len, &word, folded, fn, data));
		if (!word.upper || !name_scan(s, word.start, MIN(len, word.start + 200), &name))
			continue;
		bool titled = name.honorific < name.start;
		add_elided(s, MIN(len, word.start + 200), &name);
		words_fold_to(folded, s, name.start, name.end);
		bool is_name = folded->len > 1 && !is_place_or_body(folded);
		if (is_name)
			is_name = titled ? folded->len > 2 : name.words >= 2;
		bool speaks = is_name && (titled || !behind_article(s, name.honorific, folded)) &&
		              (is_told_behind(s, name.end, len, folded) || is_told_before(s, name.honorific, folded));
		is_name = is_name && (titled || speaks ||
		                      (in & STRANGERS_ENTRY && heads_entry(s, &name, len, folded) && !behind_article(s, name.honorific, folded)));
		if (!is_name && prose)
			is_name = is_treated(s, &name, len, in, small, named, folded);
		if (is_name) {
			fn(s + name.start, name.end - name.start, speaks, data);
			named = name.end;
		}
		pos = MAX(pos, is_name || name.words > 1 ? name.end : pos);
	}
}
