/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * cues.c - the cue words, loaded once from the tables compiled in.
 *
 * cues-data.c is made from cues/LANGUAGE.cues by cues/embed.awk.
 */
#include "corpus/cues.h"

#include <string.h>

#include "corpus/cues-data.h"
#include "corpus/words.h"

#define CUE_WORDS_MAX 6

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
	[CUE_CROWD] = "crowd", [CUE_QUANTIFIER] = "quantifier", [CUE_ARTICLE] = "article",
	[CUE_PRONOUN] = "pronoun", [CUE_BY] = "by", [CUE_OF] = "of", [CUE_AND] = "and",
	[CUE_DELEGATE] = "delegate", [CUE_GROUP] = "group", [CUE_SPEAK] = "speak", [CUE_LEAD] = "lead",
	[CUE_INDEFINITE] = "indefinite", [CUE_SUBJUNCTIVE] = "subjunctive", [CUE_INDICATIVE] = "indicative", [CUE_AUTHOR] = "author", [CUE_ANNEX] = "annex", [CUE_FROM] = "from", [CUE_ORGANISED] = "organised", [CUE_I_AM] = "i-am", [CUE_OUTLINE] = "outline", [CUE_THANKS] = "thanks",
	[CUE_SOURCE] = "source", [CUE_CONTINUED] = "continued", [CUE_INTERVIEW] = "interview", [CUE_ON_BEHALF] = "on-behalf", [CUE_HAD] = "had", [CUE_CONSENSUS] = "consensus", [CUE_IMPERSONAL] = "impersonal", [CUE_LIFE] = "life", [CUE_WHO] = "who", [CUE_ASSEMBLY] = "assembly", [CUE_TAKES_CHAIR] = "takes-chair", [CUE_PASSIVE] = "passive", [CUE_PRESIDES] = "presides", [CUE_CHAIR] = "chair", [CUE_SPEAKER] = "speaker", [CUE_THING] = "thing", [CUE_AS] = "as",
	[CUE_RULE] = "rule", [CUE_UNATTRIBUTED] = "unattributed", [CUE_UNDER] = "under",
	[CUE_APPLIES] = "applies", [CUE_NEGATION] = "negation", [CUE_SUPPOSED] = "supposed",
	[CUE_THAT] = "that", [CUE_AGREED] = "agreed", [CUE_DEFINITE] = "definite",
	[CUE_GATHERING] = "gathering", [CUE_EXCEPT] = "except", [CUE_ON_RECORD] = "on-record",
	[CUE_TITLED] = "titled", [CUE_ACCORDING] = "according",
	[CUE_HELD] = "held", [CUE_UP_TO] = "up-to", [CUE_GREETING] = "greeting", [CUE_CLOSING] = "closing",
};

/* What folded words are: one bit for each cue. */
struct entry {
	guint64 cues[2];
	bool longer;	/* a longer cue begins with them */
};
G_STATIC_ASSERT(N_CUES <= 128);

static GHashTable *table;	/* folded words -> struct entry */

static struct entry *table_take(const char *folded)
{
	struct entry *entry = g_hash_table_lookup(table, folded);
	if (entry == NULL) {
		entry = g_new0(struct entry, 1);
		g_hash_table_insert(table, g_strdup(folded), entry);
	}
	return entry;
}

static void add_cue(enum cue cue, const char *words)
{
	g_autoptr(GString) folded = g_string_new(NULL);
	words_fold(words, (struct range){ 0, (guint32)strlen(words) }, folded);
	if (folded->len == 0)
		return;
	table_take(folded->str)->cues[cue / 64] |= (guint64)1 << cue % 64;
	for (gsize i = 1; i < folded->len; i++) {
		if (folded->str[i] != ' ')
			continue;
		g_autofree char *begin = g_strndup(folded->str, i);
		table_take(begin)->longer = true;
	}
}

static int cue_of_heading(const char *name, gsize len)
{
	for (int cue = 0; cue < N_CUES; cue++)
		if (strlen(keys[cue]) == len && strncmp(keys[cue], name, len) == 0)
			return cue;
	return -1;
}

/* "[cue]" on a line, then its words with ";" behind each, none over the end of a line; "#" begins a comment. */
static void load_language(const char *data)
{
	g_auto(GStrv) lines = g_strsplit(data, "\n", -1);
	int cue = -1;
	for (guint i = 0; lines[i] != NULL; i++) {
		const char *line = g_strstrip(lines[i]);
		if (*line == '[') {
			cue = cue_of_heading(line + 1, strcspn(line + 1, "]"));
			g_assert(cue >= 0);	/* the tables are part of the program */
		} else if (*line != '\0' && *line != '#') {
			g_assert(cue >= 0 && g_str_has_suffix(line, ";"));
			g_auto(GStrv) words = g_strsplit(line, ";", -1);
			for (guint k = 0; words[k] != NULL; k++)
				add_cue((enum cue)cue, words[k]);
		}
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

static const struct entry *entry_of(const char *folded, gsize len)
{
	char key[96];
	load();
	if (len == 0 || len >= sizeof(key))
		return NULL;
	memcpy(key, folded, len);
	key[len] = '\0';
	return g_hash_table_lookup(table, key);
}

static bool entry_is(const struct entry *entry, enum cue cue)
{
	return entry != NULL && (entry->cues[cue / 64] >> cue % 64 & 1);
}

bool cue_is(enum cue cue, const char *folded, gssize len)
{
	return entry_is(entry_of(folded, len < 0 ? strnlen(folded, 96) : (gsize)len), cue);
}

guint cue_begins(enum cue cue, const char *folded)
{
	const char *end = folded;
	guint best = 0;
	for (guint n = 1; n <= CUE_WORDS_MAX && *end != '\0'; n++) {
		end += *end == ' ';
		end += strcspn(end, " ");
		const struct entry *entry = entry_of(folded, (gsize)(end - folded));
		if (entry_is(entry, cue))
			best = n;
		if (entry == NULL || !entry->longer)
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
