/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * strangers.c - people whom no stage knows, by the place where they are named.
 *
 * Two capitalised words are a person's name before a verb of speaking, with a
 * function or house behind a comma or in brackets, behind "moderated by", or at
 * the head of a caption or an entry; behind "Ms" one is enough. What stands
 * behind an article is none, nor is a country or an institution.
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
	       (ends_with(CUE_SAY, folded->str, 1) && !ends_with(CUE_PREPOSITION, folded->str, 1)) || (ends_with(CUE_STATEMENT, folded->str, 3) && !ends_with(CUE_DEFINITE, folded->str, 1));
}

static bool behind_article(const char *s, guint32 at, GString *folded)
{
	words_before(s, at, folded);
	return ends_with(CUE_DEFINITE, folded->str, 1);
}

/* At the head of a line: "Ann Bell, Director", "Ann Bell | ...", "Ann Bell". */
static bool heads_entry(const char *s, const struct name *name, guint32 len)
{
	guint32 before = name->honorific, behind = name->end;
	while (before > 0 && strchr(" \t*_-|", s[before - 1]))
		before--;
	if (before > 0 && s[before - 1] != '\n' && !strchr(":;", s[before - 1]) && (guchar)s[before - 1] < 0x80)
		return false;
	while (behind < len && strchr(" \t*_", s[behind]))
		behind++;
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

void strangers_find(const char *s, guint32 len, bool entry, strangers_fn *fn, void *data)
{
	g_autoptr(GString) folded = g_string_new(NULL);
	struct word word;
	struct name name;
	for (guint32 pos = 0; word_next(s, &pos, len, &word);) {
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
		is_name = is_name && (titled || speaks || (entry && heads_entry(s, &name, len) && !behind_article(s, name.honorific, folded)));
		if (is_name)
			fn(s + name.start, name.end - name.start, speaks, data);
		pos = MAX(pos, is_name || name.words > 1 ? name.end : pos);
	}
}
