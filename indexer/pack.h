/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * pack.h - blocks of records and of text as they are stored: deflated, each readable alone.
 */
#ifndef INDEXER_PACK_H
#define INDEXER_PACK_H

#include <glib.h>
#include <stdbool.h>

#define PACK_MAX_BYTES (256u << 20)	/* no block may claim to be longer */

/* Both overwrite `out`. Inflating fails with CORRUPT set for bytes that deflating never gives. */
void pack_deflate(const char *bytes, gsize len, GString *out);
bool pack_inflate(const char *bytes, gsize len, GString *out, GError **error);
/* The slot-th record of an inflated block of records, each behind its length; NULL if there is none. */
const char *pack_slot(const char *block, gsize block_len, guint32 slot, gsize *len);

#endif
