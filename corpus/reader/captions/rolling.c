/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rolling.c - compares each cue with the one before: the longest run of words that
 * ends the one and begins the other, by the failure function of Knuth, Morris and Pratt.
 *
 * People repeat themselves, too. So words are taken for shown again only where many
 * cues of the file do that, or where both cues stand on the screen at the same time.
 */
#include "corpus/reader/captions/rolling.h"

#define OVERLAP_MIN 2		/* words */
#define TOGETHER_MIN 3		/* words, of a single pair of cues */
#define ROLLED_MIN 3		/* cues */

struct rolling {
	GArray *before;		/* guint32: hashes of the words of the cue before */
	GArray *fail;		/* guint */
	guint32 end_ms;		/* of the cue before */
	bool rolls;		/* the whole file does */
};

static guint32 hash_at(const struct shown *shown, guint i)
{
	return g_array_index(shown->words, struct word_shown, i).hash;
}

/* fail[i]: the longest beginning of the words that ends behind word i, and is shorter. */
static void fill_fail(struct rolling *rolling, const struct shown *shown)
{
	guint n = shown->words->len;
	guint *fail;

	g_array_set_size(rolling->fail, n);
	fail = (guint *)(void *)rolling->fail->data;
	if (n)
		fail[0] = 0;
	for (guint i = 1, k = 0; i < n; i++) {
		while (k && hash_at(shown, k) != hash_at(shown, i))
			k = fail[k - 1];
		k += hash_at(shown, k) == hash_at(shown, i);
		fail[i] = k;
	}
}

static guint overlap(struct rolling *rolling, const struct shown *shown)
{
	guint n = shown->words->len, k = 0;
	const guint *fail;

	if (!n)
		return 0;
	fill_fail(rolling, shown);
	fail = (const guint *)(const void *)rolling->fail->data;
	for (guint i = 0; i < rolling->before->len; i++) {
		guint32 hash = g_array_index(rolling->before, guint32, i);

		if (k == n)
			k = fail[k - 1];
		while (k && hash_at(shown, k) != hash)
			k = fail[k - 1];
		k += hash_at(shown, k) == hash;
	}
	return k;
}

static void remember(struct rolling *rolling, const struct cue *cue, const struct shown *shown)
{
	g_array_set_size(rolling->before, 0);
	for (guint i = 0; i < shown->words->len; i++) {
		guint32 hash = hash_at(shown, i);

		g_array_append_val(rolling->before, hash);
	}
	rolling->end_ms = cue->end_ms;
}

/* One word may be said twice; a whole line or cue is shown twice. */
static bool is_shown_again(const struct rolling *rolling, const struct shown *shown, guint n)
{
	return n >= OVERLAP_MIN || (n && (n == shown->words->len || n == rolling->before->len ||
	                                  g_array_index(shown->words, struct word_shown, n - 1).ends_line));
}

guint rolling_seen(struct rolling *rolling, const struct cue *cue, const struct shown *shown)
{
	guint n = rolling->before->len ? overlap(rolling, shown) : 0;
	bool together = cue->start_ms < rolling->end_ms && n >= TOGETHER_MIN;
	bool again = together || (rolling->rolls && is_shown_again(rolling, shown, n));

	if (!shown->words->len)
		return 0;
	remember(rolling, cue, shown);
	return again ? n : 0;
}

struct rolling *rolling_new(const struct cuelist *cues)
{
	struct rolling *rolling = g_new0(struct rolling, 1);
	struct shown shown;
	guint spoken = 0, rolled = 0;

	rolling->before = g_array_new(FALSE, FALSE, sizeof(guint32));
	rolling->fail = g_array_new(FALSE, FALSE, sizeof(guint));
	rolling->rolls = true;
	shown_init(&shown);
	for (guint i = 0; i < cues->list->len; i++) {
		const struct cue *cue = &g_array_index(cues->list, struct cue, i);

		cue_show(cues, cue, &shown);
		spoken += shown.words->len > 0;
		rolled += rolling_seen(rolling, cue, &shown) > 0;
	}
	rolling->rolls = rolled >= ROLLED_MIN && rolled * 3 >= spoken;
	g_array_set_size(rolling->before, 0);
	shown_clear(&shown);
	return rolling;
}

void rolling_free(struct rolling *rolling)
{
	g_array_free(rolling->before, TRUE);
	g_array_free(rolling->fail, TRUE);
	g_free(rolling);
}
