/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * near.c - near words, by a walk with leaps.
 *
 * Row d of the table holds, for the first d characters of the entry in hand, the distances to
 * each beginning of the word asked for; rows of what an entry shares with the one before
 * it are kept. A row without a number up to the limit is dead: no entry that goes on so can be near. The
 * next living beginning is found without looking at entries: where the row before has a number below the
 * limit, any character may follow, else only one of the word's.
 */
#include "searcher/near.h"

#include <string.h>

#define ENTRY_MAX_CHARS (NEAR_MAX_CHARS + 4)
#define CHAR_LAST 0x10ffff

struct walk {
	gunichar word[NEAR_MAX_CHARS];
	guint n;
	guint max;
	gunichar start;		/* entries begin with it; 0: with anything */
	guint8 rows[ENTRY_MAX_CHARS + 1][NEAR_MAX_CHARS + 1];
	gunichar entry[ENTRY_MAX_CHARS];
	guint known;		/* so many rows hold for the entry */
	guint *steps;
	GArray *found;
};

/* False for a word that is too long. */
static bool read_chars(const char *text, gsize len, gunichar *out, guint max, guint *n)
{
	const char *end = text + len;

	for (*n = 0; text < end; text = g_utf8_next_char(text)) {
		gunichar c = g_utf8_get_char_validated(text, end - text);

		if (*n == max || c > CHAR_LAST)
			return false;
		out[(*n)++] = c;
	}
	return true;
}

/* Row d from the rows before; gives its least number. */
static guint fill_row(struct walk *w, guint d)
{
	const guint8 *above = w->rows[d - 1], *far = d > 1 ? w->rows[d - 2] : NULL;
	guint8 *row = w->rows[d];
	gunichar c = w->entry[d - 1];
	guint least;

	row[0] = (guint8)d;
	least = row[0];
	for (guint i = 1; i <= w->n; i++) {
		guint best = above[i - 1] + (w->word[i - 1] != c);

		best = MIN(best, (guint)MIN(above[i], row[i - 1]) + 1);
		if (far && i > 1 && w->word[i - 1] == w->entry[d - 2] && w->word[i - 2] == c)
			best = MIN(best, far[i - 2] + 1u);
		row[i] = (guint8)best;
		least = MIN(least, best);
	}
	return least;
}

static guint least_of(const struct walk *w, guint d)
{
	guint least = G_MAXUINT8;

	for (guint i = 0; i <= w->n; i++)
		least = MIN(least, w->rows[d][i]);
	return least;
}

/* The first character behind c that may follow d living ones; 0 for none. */
static gunichar next_char(const struct walk *w, guint d, gunichar c)
{
	gunichar best = 0;

	if (least_of(w, d) < w->max)
		return c < CHAR_LAST ? (c == 0xd7ff ? 0xe000 : c + 1) : 0;
	for (guint i = 0; i < w->n; i++)
		if (w->word[i] > c && (!best || w->word[i] < best))
			best = w->word[i];
	return best;
}

/* Where to go on behind all entries that begin with the first d characters. */
static bool leap(const struct walk *w, guint d, GString *next)
{
	for (; d > 0; d--) {
		gunichar c = d == 1 && w->start ? 0 : next_char(w, d - 1, w->entry[d - 1]);

		if (!c)
			continue;
		for (guint i = 0; i + 1 < d; i++)
			g_string_append_unichar(next, w->entry[i]);
		g_string_append_unichar(next, c);
		return true;
	}
	return false;
}

static void keep(struct walk *w, const char *bytes, size_t len, guint distance)
{
	struct near_word word = { g_strndup(bytes, len), distance };

	g_array_append_val(w->found, word);
}

/* How many characters the entry shares with the one before, whose place it takes; -1 for what is no word. */
static int take_entry(struct walk *w, const char *bytes, size_t len, guint *n)
{
	gunichar entry[ENTRY_MAX_CHARS];
	guint shared = 0;
	bool whole = read_chars(bytes, len, entry, ENTRY_MAX_CHARS, n);

	if (!whole && *n < ENTRY_MAX_CHARS)
		return -1;
	while (shared < MIN(*n, w->known) && entry[shared] == w->entry[shared])
		shared++;
	memcpy(w->entry, entry, *n * sizeof *entry);
	return (int)shared;
}

static bool look(const char *bytes, size_t len, GString *next, void *data)
{
	struct walk *w = data;
	guint n, d;
	int shared;

	if (!*w->steps || w->found->len >= NEAR_FOUND_MAX)
		return false;
	--*w->steps;
	if (len && bytes[0] >= 'A' && bytes[0] <= 'Z') {	/* terms of fields */
		g_string_append_c(next, 'Z' + 1);
		return true;
	}
	shared = take_entry(w, bytes, len, &n);
	if (shared < 0)
		return true;
	if (w->start && n && w->entry[0] != w->start)
		return false;
	for (d = (guint)shared + 1; d <= n; d++)
		if (fill_row(w, d) > w->max) {
			w->known = d - 1;
			return leap(w, d, next);
		}
	w->known = n;
	if (w->rows[n][w->n] <= w->max && w->rows[n][w->n] > 0)
		keep(w, bytes, len, w->rows[n][w->n]);
	return true;
}

bool near_words(xap_db *db, const char *fold, guint max_distance, bool same_start, guint *steps, GArray *found, GError **error)
{
	struct walk w = { .max = max_distance, .steps = steps, .found = found };
	const char *from = same_start ? fold : "0";
	gsize from_len = same_start ? (gsize)(g_utf8_next_char(fold) - fold) : 1;

	if (!read_chars(fold, strlen(fold), w.word, NEAR_MAX_CHARS, &w.n) || w.n < NEAR_MIN_CHARS)
		return true;
	w.start = same_start ? w.word[0] : 0;
	for (guint i = 0; i <= w.n; i++)
		w.rows[0][i] = (guint8)i;
	for (size_t shard = 0; shard < xap_db_shards(db); shard++)
		for (int table = XAP_TERMS; table <= XAP_SYNONYM_KEYS; table++) {
			w.known = 0;
			if (!xap_db_leap(db, shard, (enum xap_table)table, from, from_len, look, &w, error))
				return false;
		}
	return true;
}

void near_word_clear(gpointer word)
{
	g_free(((struct near_word *)word)->text);
}
