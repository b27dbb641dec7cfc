/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * cues.c - the cue words, loaded once from the tables compiled in.
 *
 * cues-data.c is made from cues/LANGUAGE.ini by cues/embed.awk.
 */
#include "corpus/cues.h"

#include <string.h>

#include "corpus/cues-data.h"
#include "corpus/words.h"

#define CUE_WORDS_MAX 4

static const char *const keys[N_CUES] = {
	[CUE_PANEL] = "panel", [CUE_CONTENTS] = "contents", [CUE_AGENDA] = "agenda",
	[CUE_PEOPLE] = "people", [CUE_REFERENCES] = "references", [CUE_IMPRINT] = "imprint",
	[CUE_PART] = "part", [CUE_SIGNED] = "signed", [CUE_OUTCOME] = "outcome",
	[CUE_MODERATOR] = "moderator", [CUE_ROLE] = "role", [CUE_RANK] = "rank", [CUE_BODY] = "body",
	[CUE_HONORIFIC] = "honorific", [CUE_PARTICLE] = "particle", [CUE_SAY] = "say",
	[CUE_TALK] = "talk", [CUE_GAVE] = "gave", [CUE_OWN] = "own",
	[CUE_PREPOSITION] = "preposition", [CUE_DANGLING] = "dangling",
	[CUE_NOT_NAME] = "not-name", [CUE_COUNTRY] = "country", [CUE_PREPARED] = "prepared",
	[CUE_STATEMENT] = "statement", [CUE_TRANSCRIPT] = "transcript", [CUE_REPORT] = "report",
	[CUE_BACKGROUND] = "background", [CUE_DECK] = "deck", [CUE_AUDIENCE] = "audience",
	[CUE_SELF] = "self", [CUE_EVENT] = "event", [CUE_ANSWER] = "answer",
	[CUE_HEAD] = "head", [CUE_ITEM] = "item",
};

/* folded words -> bit mask of the cues that they are, plus one bit that says
 * that a longer cue begins with them */
static GHashTable *table;
G_STATIC_ASSERT(N_CUES < 60);
#define CUE_LONGER ((guint64)1 << 60)

static void table_add(const char *folded, guint64 mask)
{
	guint64 *bits = g_hash_table_lookup(table, folded);
	if (bits == NULL) {
		bits = g_new0(guint64, 1);
		g_hash_table_insert(table, g_strdup(folded), bits);
	}
	*bits |= mask;
}

static void add_cue(enum cue cue, const char *words)
{
	g_autoptr(GString) folded = g_string_new(NULL);
	words_fold(words, (struct range){ 0, (guint32)strlen(words) }, folded);
	if (folded->len == 0)
		return;
	table_add(folded->str, (guint64)1 << cue);
	for (gsize i = 1; i < folded->len; i++) {
		if (folded->str[i] != ' ')
			continue;
		g_autofree char *begin = g_strndup(folded->str, i);
		table_add(begin, CUE_LONGER);
	}
}

static void load_language(const char *data)
{
	g_autoptr(GKeyFile) file = g_key_file_new();
	if (!g_key_file_load_from_data(file, data, (gsize)-1, G_KEY_FILE_NONE, NULL))
		g_assert_not_reached();
	for (int cue = 0; cue < N_CUES; cue++) {
		g_auto(GStrv) words = g_key_file_get_string_list(file, "cues", keys[cue], NULL, NULL);
		for (guint i = 0; words != NULL && words[i] != NULL; i++)
			add_cue((enum cue)cue, words[i]);
	}
}

static void load(void)
{
	static gsize once;
	if (!g_once_init_enter(&once))
		return;
	table = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	for (guint i = 0; cues_data[i] != NULL; i++)
		load_language(cues_data[i]);
	g_once_init_leave(&once, 1);
}

static guint64 bits_of(const char *folded, gsize len)
{
	char key[96];
	load();
	if (len == 0 || len >= sizeof(key))
		return 0;
	memcpy(key, folded, len);
	key[len] = '\0';
	const guint64 *bits = g_hash_table_lookup(table, key);
	return bits == NULL ? 0 : *bits;
}

bool cue_is(enum cue cue, const char *folded, gssize len)
{
	gsize bytes = len < 0 ? strnlen(folded, 96) : (gsize)len;
	return (bits_of(folded, bytes) >> cue) & 1;
}

guint cue_begins(enum cue cue, const char *folded)
{
	const char *end = folded;
	guint best = 0;
	for (guint n = 1; n <= CUE_WORDS_MAX && *end != '\0'; n++) {
		end += *end == ' ';
		end += strcspn(end, " ");
		guint64 bits = bits_of(folded, (gsize)(end - folded));
		if ((bits >> cue) & 1)
			best = n;
		if (!(bits & CUE_LONGER))
			break;
	}
	return best;
}

bool cue_holds(enum cue cue, const char *folded)
{
	for (const char *p = folded; *p != '\0';) {
		if (cue_begins(cue, p))
			return true;
		p += strcspn(p, " ");
		p += *p == ' ';
	}
	return false;
}
