/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * duplicates.c - finding near-duplicates by their sketches.
 *
 * Two sketches of 64 bits that differ in no more than four agree in at least
 * one of five bands; so a sketch is compared only with those that share a band
 * with it (Manku, Jain and Das Sarma 2007).
 */
#include "searcher/duplicates.h"

#define NEAR_BITS 4		/* sketches of near-duplicates differ in no more bits */
#define BANDS (NEAR_BITS + 1)
#define BAND_BITS 13
#define SHORT_BYTES 160		/* where one word is much: here all must be equal */
#define CHAIN_MAX 64		/* so many of one band are compared, so that time stays linear */

struct kept {
	guint64 sketch;
	gsize bytes;
	guint before[BANDS];	/* the one kept before with the same band, plus one */
};

struct duplicates {
	GArray *kept;		/* struct kept */
	GHashTable *last[BANDS];	/* band -> the last one kept with it, plus one */
};

struct duplicates *duplicates_new(void)
{
	struct duplicates *d = g_new0(struct duplicates, 1);

	d->kept = g_array_new(FALSE, FALSE, sizeof(struct kept));
	for (guint i = 0; i < BANDS; i++)
		d->last[i] = g_hash_table_new(NULL, NULL);
	return d;
}

void duplicates_free(struct duplicates *d)
{
	if (!d)
		return;
	g_array_unref(d->kept);
	for (guint i = 0; i < BANDS; i++)
		g_hash_table_unref(d->last[i]);
	g_free(d);
}

static gpointer band_of(guint64 sketch, guint i)
{
	return GUINT_TO_POINTER((guint)(sketch >> i * BAND_BITS & ((1u << BAND_BITS) - 1)));
}

/* No words at all (a sketch of 0) are not the same words. */
static gboolean is_same(const struct kept *a, const struct kept *b)
{
	guint64 differ = a->sketch ^ b->sketch;
	gsize shorter = MIN(a->bytes, b->bytes), longer = MAX(a->bytes, b->bytes);

	if (!a->sketch || longer - shorter > shorter / 4)
		return FALSE;
	return shorter < SHORT_BYTES ? differ == 0 : __builtin_popcountll(differ) <= NEAR_BITS;
}

static guint find(const struct duplicates *d, const struct kept *one)
{
	guint first = d->kept->len;

	for (guint i = 0; i < BANDS; i++) {
		guint at = GPOINTER_TO_UINT(g_hash_table_lookup(d->last[i], band_of(one->sketch, i)));

		for (guint n = 0; at && n < CHAIN_MAX; n++) {
			const struct kept *other = &g_array_index(d->kept, struct kept, at - 1);

			if (at - 1 < first && is_same(other, one))
				first = at - 1;
			at = other->before[i];
		}
	}
	return first;
}

guint duplicates_add(struct duplicates *d, guint64 sketch, gsize text_bytes)
{
	struct kept one = { .sketch = sketch, .bytes = text_bytes };
	guint same = find(d, &one), number = d->kept->len + 1;

	if (same < d->kept->len)
		return same;
	for (guint i = 0; i < BANDS; i++) {
		one.before[i] = GPOINTER_TO_UINT(g_hash_table_lookup(d->last[i], band_of(sketch, i)));
		g_hash_table_insert(d->last[i], band_of(sketch, i), GUINT_TO_POINTER(number));
	}
	g_array_append_val(d->kept, one);
	return number - 1;
}
