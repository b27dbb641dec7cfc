/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * budget.h - memory for what readers send, shared by all hands: of large documents only as many are
 * taken at a time as it has room for, however many hands there are; the others' readers wait.
 */
#ifndef INDEXER_BUDGET_H
#define INDEXER_BUDGET_H

#include <glib.h>

#define BUDGET_BYTES ((guint64)512 << 20)
#define BUDGET_FREE_BYTES ((guint64)4 << 20)	/* of one document: that much is always there */
#define BUDGET_TIMES 2		/* a document in memory to what was sent of it */

/* Waits until there is room for a document of that many bytes; a larger one than all room waits until it is the only
 * one. A thread takes one at a time, and gives the same number back. */
void budget_take(guint64 bytes);
void budget_give(guint64 bytes);

/* What is taken now, at most BUDGET_BYTES. */
guint64 budget_taken(void);

#endif
