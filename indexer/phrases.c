/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * phrases.c - the phrases that come again and again.
 *
 * A table from the hash of a phrase to its count, open addressing. The words
 * themselves are kept from the PHRASE_MIN_COUNTth passage on, as long as the table is small from the
 * PHRASE_MIN_VARIEDth.
 */
#include "indexer/phrases.h"

#include <string.h>

#include "indexer/analysis.h"

#define SLOTS_FIRST (1u << 10)
#define SLOTS_MAX (1u << 20)	/* of 24 bytes */
#define LONGEST_BYTES 120

/* Words that begin or end no phrase that anybody would look for, beside the function words that
 * are not indexed: modal verbs, adverbs, words that count or compare. */
static const char never_at_ends[] =
	"must should would could can may might shall will ought need let us also however therefore thus hence very more most "
	"many much some several such other others another first second one two three four five last next same own every each "
	"all both few less least just only even still yet already again often always never sometimes here there now then today "
	"when where why how what which who whom whose while whether because since until although though like take took taken "
	"make made makes get got go goes going want wanted say said says think know well quite really rather indeed able thank mr mrs ms between among within without "
	"against during under over after before about above across through toward towards upon regarding concerning "
	"doit doivent devrait devraient peut peuvent pourrait pourraient faut aussi très plus moins toujours jamais ainsi donc "
	"alors afin cela celui celle ceux tout tous toute toutes autre autres même mêmes chaque plusieurs quelques certains "
	"certaines deux trois "
	"muss müssen sollte sollten soll sollen kann können könnte könnten darf dürfen mag wird werden wurde wurden würde würden "
	"auch sehr mehr noch schon immer nur viele alle andere anderen dieser diese dieses zwei drei "
	"debe deben debería deberían puede pueden podría podrían hay también muy más menos siempre nunca así todo todos toda "
	"todas otro otros otra otras mismo misma cada varios varias algunos algunas dos tres";

struct slot {
	guint64 hash;		/* 0: empty */
	guint32 count;
	guint32 last;		/* the passage that counted last */
	guint32 kept;		/* index into kept, plus one; 0: not yet */
	guint16 before, behind;	/* what stands next to it: see neighbour_of; VARIES once that was something else */
};

enum { VARIES, NOTHING, WORDS };

struct phrases {
	struct slot *slots;
	guint n_slots, used;
	guint32 passage;	/* in hand, from 1 */
	guint32 floor;		/* what was no more frequent has been forgotten */
	GArray *kept;		/* struct phrase; count is that of the slot, or 0 where it was forgotten */
	GStringChunk *strings;
	char **ends;		/* never_at_ends */
	GHashTable *never;	/* the same as a set */
};

struct phrases *phrases_new(void)
{
	struct phrases *p = g_new0(struct phrases, 1);

	p->n_slots = SLOTS_FIRST;
	p->slots = g_new0(struct slot, p->n_slots);
	p->kept = g_array_new(FALSE, FALSE, sizeof(struct phrase));
	p->strings = g_string_chunk_new(4096);
	p->never = g_hash_table_new(g_str_hash, g_str_equal);
	p->ends = g_strsplit(never_at_ends, " ", -1);
	for (char **word = p->ends; *word; word++)
		g_hash_table_add(p->never, *word);
	return p;
}

void phrases_free(struct phrases *p)
{
	if (!p)
		return;
	g_free(p->slots);
	g_array_unref(p->kept);
	g_string_chunk_free(p->strings);
	g_hash_table_unref(p->never);
	g_strfreev(p->ends);
	g_free(p);
}

/* --- the table --------------------------------------------------------------------------- */

static struct slot *find_slot(struct slot *slots, guint n, guint64 hash)
{
	guint i = (guint)(hash >> 32) & (n - 1);

	while (slots[i].hash && slots[i].hash != hash)
		i = (i + 1) & (n - 1);
	return &slots[i];
}

/* Moves what is more frequent than floor to a table of n slots. */
static void rebuild(struct phrases *p, guint n, guint32 floor)
{
	struct slot *slots = g_new0(struct slot, n);

	p->used = 0;
	for (guint i = 0; i < p->n_slots; i++) {
		const struct slot *slot = &p->slots[i];

		if (!slot->hash)
			continue;
		if (slot->count > floor) {
			*find_slot(slots, n, slot->hash) = *slot;
			p->used++;
		} else if (slot->kept) {
			g_array_index(p->kept, struct phrase, slot->kept - 1).count = 0;
		}
	}
	g_free(p->slots);
	p->slots = slots;
	p->n_slots = n;
}

/* Three quarters full: twice as large, or rid of the rarest until it is half empty. */
static void make_room(struct phrases *p)
{
	if (p->used < p->n_slots / 4 * 3)
		return;
	if (p->n_slots < SLOTS_MAX) {
		rebuild(p, p->n_slots * 2, 0);
		return;
	}
	while (p->used > p->n_slots / 2)
		rebuild(p, p->n_slots, ++p->floor);
}

/* --- a passage ----------------------------------------------------------------------------- */

static guint32 source_hash(guint32 source)
{
	return (source + 1) * 2654435761u;
}

/* Those whose numbers hash lowest, ascending: the same ones whatever the order in which they came. */
void phrase_witness(guint32 witnesses[PHRASE_WITNESSES], guint32 source)
{
	for (guint i = 0; i < PHRASE_WITNESSES; i++) {
		if (witnesses[i] == source)
			return;
		if (witnesses[i] != PHRASE_NO_SOURCE && source_hash(witnesses[i]) < source_hash(source))
			continue;
		memmove(&witnesses[i + 1], &witnesses[i], (PHRASE_WITNESSES - 1 - i) * sizeof *witnesses);
		witnesses[i] = source;
		return;
	}
}

/* What begins or ends a phrase that somebody may look for. A genitive belongs to what follows it. */
static bool is_wanted(const struct phrases *p, const struct word *word, bool last)
{
	const char *exact = word->exact;

	if (last && (g_str_has_suffix(exact, "'s") || g_str_has_suffix(exact, "\u2019s")))
		return false;
	return !g_hash_table_contains(p->never, exact);
}

/* A phrase is given a place also where it is not wanted (text NULL), so that it is not looked at again. */
static guint32 keep(struct phrases *p, const struct token *const *words, guint n)
{
	struct phrase phrase = { .text = NULL };
	g_autoptr(GString) text = g_string_new(NULL);
	bool wanted = is_wanted(p, words[0]->word, false) && is_wanted(p, words[n - 1]->word, true);

	for (guint i = 0; i < n; i++) {
		g_string_append(text, i ? " " : "");
		g_string_append_len(text, words[i]->word->exact, words[i]->word->exact_len);
	}
	if (wanted)
		phrase.text = g_string_chunk_insert_len(p->strings, text->str, (gssize)text->len);
	memset(phrase.witnesses, 0xff, sizeof phrase.witnesses);
	g_array_append_val(p->kept, phrase);
	return p->kept->len;
}

static guint least(const struct phrases *p)
{
	return p->n_slots < SLOTS_MAX ? PHRASE_MIN_VARIED : PHRASE_MIN_COUNT;
}

/* What stands before and behind a phrase. */
struct place {
	guint16 before, behind;
};

static void note_place(struct slot *slot, struct place place)
{
	slot->before = !slot->hash || slot->before == place.before ? place.before : VARIES;
	slot->behind = !slot->hash || slot->behind == place.behind ? place.behind : VARIES;
}

static void count(struct phrases *p, guint64 hash, const struct token *const *words, guint n, struct place place, guint32 source)
{
	struct slot *slot = find_slot(p->slots, p->n_slots, hash);
	struct phrase *phrase;

	note_place(slot, place);
	if (slot->hash && slot->last == p->passage)
		return;
	p->used += !slot->hash;
	slot->hash = hash;
	slot->last = p->passage;
	slot->count++;
	if (slot->count < least(p))
		return;
	if (!slot->kept)
		slot->kept = keep(p, words, n);
	phrase = &g_array_index(p->kept, struct phrase, slot->kept - 1);
	phrase->count = slot->count;
	phrase->varied = slot->before == VARIES && slot->behind == VARIES;
	phrase_witness(phrase->witnesses, source);
}

/* A word that can stand in a phrase: no number, no ideographs, nothing that stands for a name
 * that is held back. */
static bool is_usable(const struct word *word)
{
	return !(word->flags & (WORD_NUMBER | WORD_CJK)) && word->exact_len && !memchr(word->exact, '_', word->exact_len);
}

/* Do the two follow each other with nothing but blanks between? */
static bool are_neighbours(const char *text, const struct token *a, const struct token *b)
{
	if (b->start <= a->end)
		return false;
	for (guint32 i = a->end; i < b->start; i++)
		if (text[i] != ' ' && text[i] != '\n' && text[i] != '\t')
			return false;
	return true;
}

static guint64 hash_word(const struct word *word)
{
	guint64 hash = G_GUINT64_CONSTANT(0xcbf29ce484222325);

	for (guint i = 0; i < word->exact_len; i++)
		hash = (hash ^ (guint8)word->exact[i]) * G_GUINT64_CONSTANT(0x100000001b3);
	return hash;
}

/* A content word of one letter is an initial or a label. */
static bool can_end(const struct word *word)
{
	return !(word->flags & WORD_STOP) && word->term && word->exact_len > 1;
}

/* Words that follow each other, and what stands before the first and behind the last. */
struct row {
	const struct token *words[PHRASE_MAX_WORDS];
	guint64 hashes[PHRASE_MAX_WORDS];	/* of their words */
	guint n;
	guint64 before, behind;			/* hashes; 0 for no word */
};

static guint16 neighbour_of(guint64 hash)
{
	return hash ? (guint16)(WORDS + (hash >> 32) % (G_MAXUINT16 - WORDS)) : NOTHING;
}

/* The phrases that begin with the first word. */
static void count_from(struct phrases *p, const struct row *row, guint32 source)
{
	guint64 hash = 0;
	gsize bytes = 0;

	if (!can_end(row->words[0]->word))
		return;
	for (guint i = 0; i < row->n; i++) {
		struct place place = { neighbour_of(row->before), neighbour_of(i + 1 < row->n ? row->hashes[i + 1] : row->behind) };

		hash = (hash + row->hashes[i]) * G_GUINT64_CONSTANT(0x9E3779B97F4A7C15);
		hash ^= hash >> 29;
		bytes += row->words[i]->word->exact_len + 1;
		if (i == 0 || !can_end(row->words[i]->word) || bytes > LONGEST_BYTES)
			continue;
		make_room(p);
		count(p, hash ? hash : 1, row->words, i + 1, place, source);
	}
}

static void count_first(struct phrases *p, struct row *row, guint32 source)
{
	count_from(p, row, source);
	row->before = row->hashes[0];
	row->n--;
	memmove(row->words, row->words + 1, row->n * sizeof *row->words);
	memmove(row->hashes, row->hashes + 1, row->n * sizeof *row->hashes);
}

void phrases_add(struct phrases *p, const char *text, const GArray *tokens, guint32 source)
{
	struct row row = { .n = 0 };

	p->passage++;
	for (guint i = 0; i < tokens->len; i++) {
		const struct token *token = &g_array_index(tokens, struct token, i);
		bool usable = is_usable(token->word), follows;

		if (token->flags & TOKEN_JOINED)	/* its parts follow */
			continue;
		follows = usable && row.n && are_neighbours(text, row.words[row.n - 1], token);
		row.behind = follows ? hash_word(token->word) : 0;
		while (row.n && (row.n == PHRASE_MAX_WORDS || !follows))
			count_first(p, &row, source);
		if (!follows)
			row.before = 0;
		if (!usable)
			continue;
		row.words[row.n] = token;
		row.hashes[row.n++] = hash_word(token->word);
	}
	row.behind = 0;
	while (row.n)
		count_first(p, &row, source);
}

void phrases_each(const struct phrases *p, phrases_fn *fn, void *data)
{
	for (guint i = 0; i < p->kept->len; i++) {
		const struct phrase *phrase = &g_array_index(p->kept, struct phrase, i);

		if (phrase->count >= (phrase->varied ? least(p) : PHRASE_MIN_COUNT) && phrase->text)
			fn(phrase, data);
	}
}
