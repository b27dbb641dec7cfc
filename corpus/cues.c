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
#define KEY_MAX 96	/* no cue is as long */

static const char *const keys[N_CUES] = {
	[CUE_PANEL] = "panel", [CUE_CONTENTS] = "contents", [CUE_AGENDA] = "agenda",
	[CUE_PEOPLE] = "people", [CUE_REFERENCES] = "references", [CUE_IMPRINT] = "imprint",
	[CUE_PART] = "part", [CUE_SIGNED] = "signed", [CUE_OUTCOME] = "outcome",
	[CUE_MODERATOR] = "moderator", [CUE_ROLE] = "role", [CUE_RANK] = "rank",
	[CUE_BODY] = "body", [CUE_HONORIFIC] = "honorific", [CUE_PARTICLE] = "particle",
	[CUE_SAY] = "say", [CUE_TALK] = "talk", [CUE_GAVE] = "gave", [CUE_OWN] = "own",
	[CUE_PREPOSITION] = "preposition", [CUE_DANGLING] = "dangling", [CUE_NOT_NAME] = "not-name",
	[CUE_COUNTRY] = "country", [CUE_PREPARED] = "prepared", [CUE_STATEMENT] = "statement",
	[CUE_TRANSCRIPT] = "transcript", [CUE_REPORT] = "report", [CUE_BACKGROUND] = "background",
	[CUE_DECK] = "deck", [CUE_AUDIENCE] = "audience", [CUE_SELF] = "self",
	[CUE_EVENT] = "event", [CUE_ANSWER] = "answer", [CUE_HEAD] = "head", [CUE_ITEM] = "item",
	[CUE_CROWD] = "crowd", [CUE_QUANTIFIER] = "quantifier", [CUE_ARTICLE] = "article",
	[CUE_PRONOUN] = "pronoun", [CUE_BY] = "by", [CUE_OF] = "of", [CUE_AND] = "and",
	[CUE_DELEGATE] = "delegate", [CUE_GROUP] = "group", [CUE_SPEAK] = "speak",
	[CUE_LEAD] = "lead", [CUE_GOES_ON] = "goes-on", [CUE_ELECTED] = "elected", [CUE_FLOOR] = "floor", [CUE_OFFICERS] = "officers",
	[CUE_ASK] = "ask", [CUE_REPLY] = "reply", [CUE_TO_COME] = "to-come", [CUE_COLOPHON] = "colophon", [CUE_MASTHEAD] = "masthead",
	[CUE_ENVOY] = "envoy", [CUE_INDEFINITE] = "indefinite",
	[CUE_SUBJUNCTIVE] = "subjunctive", [CUE_INDICATIVE] = "indicative", [CUE_AUTHOR] = "author",
	[CUE_ANNEX] = "annex", [CUE_FROM] = "from", [CUE_ORGANISED] = "organised",
	[CUE_SELF_ONE] = "self-one", [CUE_I_AM] = "i-am", [CUE_SPEAKING] = "speaking", [CUE_OUTLINE] = "outline", [CUE_THANKS] = "thanks",
	[CUE_SOURCE] = "source", [CUE_CONTINUED] = "continued", [CUE_INTERVIEW] = "interview",
	[CUE_ON_BEHALF] = "on-behalf", [CUE_HAD] = "had", [CUE_CONSENSUS] = "consensus",
	[CUE_IMPERSONAL] = "impersonal", [CUE_LIFE] = "life", [CUE_WHO] = "who",
	[CUE_ASSEMBLY] = "assembly", [CUE_TAKES_CHAIR] = "takes-chair", [CUE_HANDS_CHAIR] = "hands-chair", [CUE_PROCEEDINGS] = "proceedings", [CUE_PASSIVE] = "passive",
	[CUE_PRESIDES] = "presides", [CUE_CHAIR] = "chair", [CUE_SPEAKER] = "speaker",
	[CUE_THING] = "thing", [CUE_AS] = "as", [CUE_RULE] = "rule",
	[CUE_UNATTRIBUTED] = "unattributed", [CUE_UNDER] = "under", [CUE_APPLIES] = "applies",
	[CUE_NEGATION] = "negation", [CUE_SUPPOSED] = "supposed", [CUE_THAT] = "that",
	[CUE_AGREED] = "agreed", [CUE_DEFINITE] = "definite", [CUE_GATHERING] = "gathering",
	[CUE_EXCEPT] = "except", [CUE_ON_RECORD] = "on-record", [CUE_TITLED] = "titled",
	[CUE_ACCORDING] = "according", [CUE_HELD] = "held", [CUE_UP_TO] = "up-to",
	[CUE_DISPUTED] = "disputed", [CUE_NOT_ALL] = "not-all", [CUE_FOR] = "for", [CUE_SHARES] = "shares",
	[CUE_COMES_FROM] = "comes-from", [CUE_NO_VERB] = "no-verb", [CUE_PAGE] = "page",
	[CUE_GREETING] = "greeting", [CUE_CLOSING] = "closing", [CUE_NAMED] = "named", [CUE_THANKED] = "thanked",
	[CUE_MISTER] = "mister", [CUE_PLACE] = "place", [CUE_VERB] = "verb", [CUE_MODERATES] = "moderates",
};

G_STATIC_ASSERT(N_CUES <= 128);

/* One bit for each cue. */
struct set {
	guint64 bits[2];
};

struct cue_words {
	struct set is;		/* what the words are */
	struct set begins;	/* what they are, or begin */
	guint32 hash, len;
	char *words;
};

/* All words by an open hash table: a slot holds the hash and, one higher, the place in `all`. */
static struct {
	GPtrArray *all;		/* struct cue_words; they stay where they are */
	struct slot {
		guint32 hash, at;
	} *slots;
	guint32 mask;
} table;

static bool set_has(const struct set *set, enum cue cue)
{
	return set->bits[cue / 64] >> cue % 64 & 1;
}

static void set_add(struct set *set, enum cue cue)
{
	set->bits[cue / 64] |= (guint64)1 << cue % 64;
}

#define HASH_START 2166136261u

/* FNV-1a: grows with the words. */
static guint32 hash_more(guint32 hash, const char *s, gsize len)
{
	for (gsize i = 0; i < len; i++)
		hash = (hash ^ (guchar)s[i]) * 16777619u;
	return hash;
}

/* The slot of the words, or the empty one where they belong. */
static struct slot *slot_of(guint32 hash, const char *words, gsize len)
{
	for (guint32 i = hash ^ hash >> 15;; i++) {
		struct slot *slot = &table.slots[i & table.mask];
		if (slot->at == 0)
			return slot;
		if (slot->hash != hash)
			continue;
		const struct cue_words *found = g_ptr_array_index(table.all, slot->at - 1);
		if (found->len == len && memcmp(found->words, words, len) == 0)
			return slot;
	}
}

static const struct cue_words *find(guint32 hash, const char *words, gsize len)
{
	const struct slot *slot = slot_of(hash, words, len);
	return slot->at == 0 ? NULL : g_ptr_array_index(table.all, slot->at - 1);
}

static void table_grow(void)
{
	guint32 size = table.mask == 0 ? 1024 : (table.mask + 1) * 2;
	g_free(table.slots);
	table.slots = g_new0(struct slot, size);
	table.mask = size - 1;
	for (guint i = 0; i < table.all->len; i++) {
		const struct cue_words *words = g_ptr_array_index(table.all, i);
		*slot_of(words->hash, words->words, words->len) = (struct slot){ words->hash, i + 1 };
	}
}

static struct cue_words *table_take(const char *folded, gsize len)
{
	guint32 hash = hash_more(HASH_START, folded, len);
	if (table.all->len * 4 >= table.mask)	/* sparse: most words of a text are no cue */
		table_grow();
	struct slot *slot = slot_of(hash, folded, len);
	if (slot->at == 0) {
		struct cue_words *words = g_new0(struct cue_words, 1);
		*words = (struct cue_words){ .hash = hash, .len = (guint32)len, .words = g_strndup(folded, len) };
		g_ptr_array_add(table.all, words);
		*slot = (struct slot){ hash, table.all->len };
	}
	return g_ptr_array_index(table.all, slot->at - 1);
}

static void add_cue(enum cue cue, const char *words)
{
	g_autoptr(GString) folded = g_string_new(NULL);
	words_fold(words, (struct range){ 0, (guint32)strlen(words) }, folded);
	if (folded->len == 0)
		return;
	set_add(&table_take(folded->str, folded->len)->is, cue);
	for (gsize i = 1; i <= folded->len; i++)
		if (i == folded->len || folded->str[i] == ' ')
			set_add(&table_take(folded->str, i)->begins, cue);
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
	table.all = g_ptr_array_new();
	for (guint i = 0; cues_data[i] != NULL; i++)
		load_language(cues_data[i]);
	g_once_init_leave(&once, 1);
}

bool cue_is(enum cue cue, const char *folded, gssize len)
{
	gsize bytes = len < 0 ? strnlen(folded, KEY_MAX) : (gsize)len;
	load();
	if (bytes == 0 || bytes >= KEY_MAX)
		return false;
	const struct cue_words *found = find(hash_more(HASH_START, folded, bytes), folded, bytes);
	return found != NULL && set_has(&found->is, cue);
}

/* *open: with words behind the last, a longer cue may stand there. */
static guint longest(enum cue cue, const char *folded, bool *open)
{
	const char *end = folded;
	guint32 hash = HASH_START;
	guint best = 0;
	for (guint n = 1; n <= CUE_WORDS_MAX; n++) {
		const char *from = end;
		if (*end == '\0' || (*end == ' ' && end[1] == '\0')) {
			*open = true;
			return best;
		}
		end += *end == ' ';
		while (*end != ' ' && *end != '\0')
			end++;
		hash = hash_more(hash, from, (gsize)(end - from));
		const struct cue_words *found = find(hash, folded, (gsize)(end - folded));
		if (found == NULL || !set_has(&found->begins, cue))
			break;
		if (set_has(&found->is, cue))
			best = n;
	}
	*open = false;
	return best;
}

guint cue_begins(enum cue cue, const char *folded)
{
	bool open;
	load();
	return longest(cue, folded, &open);
}

const struct cue_words *cue_words(const char *folded)
{
	gsize len = 0;
	load();
	while (folded[len] != ' ' && folded[len] != '\0')
		len++;
	return len == 0 ? NULL : find(hash_more(HASH_START, folded, len), folded, len);
}

bool cue_words_may(const struct cue_words *first, enum cue cue)
{
	return first != NULL && set_has(&first->begins, cue);
}

guint cue_words_begin(const struct cue_words *first, enum cue cue, const char *folded)
{
	bool open;
	return cue_words_may(first, cue) ? longest(cue, folded, &open) : 0;
}

bool cue_ends(enum cue cue, const char *folded)
{
	for (const char *p = folded; *p != '\0';) {
		guint words = cue_begins(cue, p);
		p = words_skip(p, MAX(words, 1));
		if (words > 0 && *p == '\0')
			return true;
	}
	return false;
}

bool cue_holds(enum cue cue, const char *folded)
{
	for (const char *p = folded; *p != '\0';) {
		if (cue_begins(cue, p))
			return true;
		p = words_skip(p, 1);
	}
	return false;
}

guint cue_begins_text(enum cue cue, const char *s, guint32 from, guint32 to, GString *folded)
{
	struct word word;
	guint found = 0;
	g_string_truncate(folded, 0);
	load();
	for (bool open = true; open && word_next(s, &from, to, &word);) {
		word_fold(s, &word, folded);
		found = longest(cue, folded->str, &open);
	}
	return found;
}

bool cue_holds_text(enum cue cue, const char *s, guint32 from, guint32 to, GString *folded)
{
	struct word word;
	gsize at = 0;
	g_string_truncate(folded, 0);
	load();
	for (bool more = true; more;) {
		more = word_next(s, &from, to, &word);
		if (more)
			word_fold(s, &word, folded);
		while (at < folded->len) {
			bool open;
			if (longest(cue, folded->str + at, &open) > 0)
				return true;
			if (open && more)
				break;
			while (at < folded->len && folded->str[at] != ' ')
				at++;
			at += at < folded->len;
		}
	}
	return false;
}
