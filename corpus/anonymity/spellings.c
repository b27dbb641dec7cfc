/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * spellings.c - what is known of a name's words by themselves.
 */
#include "corpus/anonymity/masking.h"

#include <string.h>

#include "corpus/cues.h"
#include "corpus/words.h"

bool name_word_is_weak(const char *folded)
{
	static const enum cue cues[] = {
		CUE_NOT_NAME, CUE_BODY, CUE_ROLE, CUE_RANK, CUE_COUNTRY, CUE_EVENT, CUE_MODERATOR, CUE_AUDIENCE,
		CUE_HEAD, CUE_PANEL, CUE_PART, CUE_HONORIFIC, CUE_DANGLING, CUE_PEOPLE, CUE_GATHERING, CUE_OWN,
	};
	for (guint i = 0; i < G_N_ELEMENTS(cues); i++)
		if (cue_is(cues[i], folded, -1))
			return true;
	return false;
}

/* "Müller" is also written "Mueller". */
char *name_spelled_out(const char *s, gsize len)
{
	GString *out = g_string_new(NULL);
	bool changed = false;
	for (const char *p = s; p < s + len; p = g_utf8_next_char(p)) {
		gunichar u = g_unichar_tolower(g_utf8_get_char(p));
		const char *two = u == 0xE4 || u == 0xE6 ? "ae" : u == 0xF6 || u == 0xF8 ? "oe" : u == 0xFC ? "ue" :
		                  u == 0xDF ? "ss" : u == 0xE5 ? "aa" : NULL;
		changed = changed || two != NULL;
		if (two != NULL)
			g_string_append(out, two);
		else
			g_string_append_unichar(out, u);
	}
	if (!changed)
		g_string_truncate(out, 0);
	return g_string_free(out, false);
}

bool name_is_initials(const char *name)
{
	gsize len = strlen(name);
	if (len < 2 || len > 4)
		return false;
	for (gsize i = 0; i < len; i++)
		if (!g_ascii_isalpha(name[i]))
			return false;
	return g_ascii_isupper(name[0]) && g_ascii_isupper(name[len - 1]);
}

bool name_begins_sentence(const char *s, guint32 at)
{
	while (at > 0 && strchr(" \t\"'*_([>-", s[at - 1]))
		at--;
	return at == 0 || strchr("\n.!?:;", s[at - 1]) != NULL || (guchar)s[at - 1] >= 0x80;
}

/* "Mr", "prof." right before a word. */
bool name_behind_mister(const char *s, guint32 at, GString *folded)
{
	guint32 end = at, from;
	while (end > 0 && at - end < 3 && strchr(" .\n", s[end - 1]))
		end--;
	for (from = end; from > 0 && end - from < 6 && g_ascii_isalpha(s[from - 1]);)
		from--;
	if (end == at || end < from + 2)
		return false;
	words_fold_to(folded, s, from, end);
	return cue_is(CUE_MISTER, folded->str, -1);
}
