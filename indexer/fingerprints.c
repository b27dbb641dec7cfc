/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * fingerprints.c - choosing the fingerprints of a text.
 */
#include "indexer/fingerprints.h"

static guint32 hash_term(const struct term *term)
{
	guint32 hash = 2166136261u;

	for (guint i = 0; i < term->len; i++)
		hash = (hash ^ (guint8)term->text[i]) * 16777619u;
	return hash;
}

static guint32 mix(const guint32 *words, guint n)
{
	guint64 hash = n;

	for (guint i = 0; i < n; i++)
		hash = (hash ^ words[i]) * G_GUINT64_CONSTANT(0x9E3779B97F4A7C15), hash ^= hash >> 32;
	return (guint32)hash;
}

/* The hashes of the stems, one for each word. A joined form stands beside its parts. */
static GArray *stems_of(const struct token *tokens, guint n)
{
	GArray *stems = g_array_sized_new(FALSE, FALSE, sizeof(guint32), n);

	for (guint i = 0; i < n; i++)
		if (tokens[i].word->term && !(tokens[i].flags & TOKEN_JOINED))
			g_array_append_vals(stems, &(guint32){ hash_term(tokens[i].word->term) }, 1);
	return stems;
}

static gint by_value(gconstpointer a, gconstpointer b)
{
	guint32 x = *(const guint32 *)a, y = *(const guint32 *)b;

	return (x > y) - (x < y);
}

/* The smallest of each window; of equal ones the last, so that a run of one word has few. */
static void winnow(const guint32 *hashes, guint n, GArray *out)
{
	guint last = G_MAXUINT;

	for (guint from = 0; from + FINGERPRINT_WINDOW <= n && out->len < FINGERPRINT_MAX; from++) {
		guint least = from;

		for (guint i = from + 1; i < from + FINGERPRINT_WINDOW; i++)
			if (hashes[i] <= hashes[least])
				least = i;
		if (least != last)
			g_array_append_val(out, hashes[least]);
		last = least;
	}
}

static void sort_unique(GArray *out)
{
	guint kept = 0;

	g_array_sort(out, by_value);
	for (guint i = 0; i < out->len; i++)
		if (!kept || g_array_index(out, guint32, kept - 1) != g_array_index(out, guint32, i))
			g_array_index(out, guint32, kept++) = g_array_index(out, guint32, i);
	g_array_set_size(out, kept);
}

/* The smallest of all, for a text too short for windows enough. */
static void add_least(const guint32 *hashes, guint n, GArray *out)
{
	g_autoptr(GArray) all = g_array_sized_new(FALSE, FALSE, sizeof(guint32), n);

	g_array_append_vals(all, hashes, n);
	sort_unique(all);
	g_array_append_vals(out, all->data, MIN(all->len, FINGERPRINT_LEAST));
	sort_unique(out);
}

void fingerprints_choose(const struct token *tokens, guint n, GArray *out)
{
	g_autoptr(GArray) stems = stems_of(tokens, n);
	guint32 *hashes = (guint32 *)(void *)stems->data;
	guint runs = stems->len >= FINGERPRINT_WORDS ? stems->len - FINGERPRINT_WORDS + 1 : 0;

	g_array_set_size(out, 0);
	if (!stems->len)
		return;
	if (!runs) {
		g_array_append_vals(out, &(guint32){ mix(hashes, stems->len) }, 1);
		return;
	}
	for (guint i = 0; i < runs; i++)
		hashes[i] = mix(hashes + i, FINGERPRINT_WORDS);
	winnow(hashes, runs, out);
	sort_unique(out);
	if (out->len < FINGERPRINT_LEAST)
		add_least(hashes, runs, out);
}
