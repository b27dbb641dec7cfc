/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * budget.c - counts the memory of large documents in hand.
 */
#include "indexer/budget.h"

static GMutex mutex;	/* guards what follows */
static GCond given;
static guint64 taken;

static guint64 cost(guint64 bytes)
{
	return bytes <= BUDGET_FREE_BYTES ? 0 : bytes >= BUDGET_BYTES / BUDGET_TIMES ? BUDGET_BYTES : bytes * BUDGET_TIMES;
}

void budget_take(guint64 bytes)
{
	guint64 wanted = cost(bytes);

	if (!wanted)
		return;
	g_mutex_lock(&mutex);
	while (taken + wanted > BUDGET_BYTES)
		g_cond_wait(&given, &mutex);
	taken += wanted;
	g_mutex_unlock(&mutex);
}

void budget_give(guint64 bytes)
{
	if (!cost(bytes))
		return;
	g_mutex_lock(&mutex);
	taken -= cost(bytes);
	g_cond_broadcast(&given);
	g_mutex_unlock(&mutex);
}

guint64 budget_taken(void)
{
	guint64 now;

	g_mutex_lock(&mutex);
	now = taken;
	g_mutex_unlock(&mutex);
	return now;
}
