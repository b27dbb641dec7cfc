/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * signature.c - setting and asking the bits of a pair; see signature.h.
 */
#include "indexer/signature.h"

#define SIGNATURE_PROBES 5

gsize signature_bytes(guint pairs)
{
	return ((gsize)pairs * SIGNATURE_BITS_PER_PAIR + 7) / 8;
}

static guint64 pair_hash(guint32 first, guint32 second)
{
	guint64 h = ((guint64)first << 32 | second) * G_GUINT64_CONSTANT(0x9E3779B97F4A7C15);

	h ^= h >> 29;
	return h * G_GUINT64_CONSTANT(0xD6E8FEB86659FD93);
}

/* The n-th bit of a pair (double hashing: Kirsch and Mitzenmacher 2006). */
static guint32 probe(guint64 hash, guint n, gsize bytes)
{
	return ((guint32)(hash >> 32) + n * ((guint32)hash | 1)) % ((guint32)bytes * 8);
}

void signature_add(guint8 *signature, gsize bytes, guint32 first, guint32 second)
{
	guint64 hash = pair_hash(first, second);

	for (guint n = 0; n < SIGNATURE_PROBES; n++) {
		guint32 bit = probe(hash, n, bytes);

		signature[bit >> 3] |= (guint8)(1 << (bit & 7));
	}
}

bool signature_may_hold(const guint8 *signature, gsize bytes, guint32 first, guint32 second)
{
	guint64 hash = pair_hash(first, second);

	if (!bytes)
		return false;
	for (guint n = 0; n < SIGNATURE_PROBES; n++) {
		guint32 bit = probe(hash, n, bytes);

		if (!(signature[bit >> 3] >> (bit & 7) & 1))
			return false;
	}
	return true;
}
