/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * signature.h - which pairs of neighbouring words a passage may hold: a Bloom
 * filter (Bloom 1970) over them, five bits a pair, as long as
 * SIGNATURE_BITS_PER_PAIR asks, so that it errs for one pair in a hundred.
 */
#ifndef INDEXER_SIGNATURE_H
#define INDEXER_SIGNATURE_H

#include <glib.h>
#include <stdbool.h>

#define SIGNATURE_BITS_PER_PAIR 10

/* How long the signature of so many pairs is; to be zeroed by the caller. */
gsize signature_bytes(guint pairs);
/* first and second: the hashes of two words that follow each other. */
void signature_add(guint8 *signature, gsize bytes, guint32 first, guint32 second);
bool signature_may_hold(const guint8 *signature, gsize bytes, guint32 first, guint32 second);

#endif
