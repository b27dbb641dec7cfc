/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * columns-file.h - what making and reading columns share. Not for others.
 */
#ifndef INDEXER_COLUMNS_FILE_H
#define INDEXER_COLUMNS_FILE_H

#include "indexer/columns.h"

#define COLUMNS_MAGIC "RAPFACT2"
#define COLUMNS_MAGIC_BYTES 8

/* A value's places in a group. */
enum { SLOT_SECOND_ORGANISATION = N_FACETS, SLOT_SECOND_YEAR, N_SLOTS };

extern const enum facet facet_of_slot[N_SLOTS];

/* The numbers with which the file begins. */
struct columns_head {
	guint32 passages, groups, column_width;
	struct {
		guint32 values, pool_bytes;
	} facets[N_FACETS];
	guint32 slot_width[N_SLOTS];
};

struct columns {
	GMappedFile *file;
	struct columns_head head;
	const guint8 *offsets[N_FACETS];
	const char *pools[N_FACETS];
	const guint8 *slots[N_SLOTS];
	const guint8 *column;
};

/* width: 1 to 4. The bytes of one number each, so that nothing behind the last one is looked at. */
static inline guint32 columns_read_narrow(const guint8 *at, guint width)
{
	guint32 n = at[0];

	if (width > 1)
		n |= (guint32)at[1] << 8;
	if (width > 2)
		n |= (guint32)at[2] << 16;
	if (width > 3)
		n |= (guint32)at[3] << 24;
	return n;
}

#endif
