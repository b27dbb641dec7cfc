/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test-budget.c - however many hands take large documents, together they take no more than there is.
 */
#include "indexer/budget.h"

#define HANDS 8
#define ROUNDS 50

static const guint64 sizes[] = { 100, BUDGET_FREE_BYTES, BUDGET_FREE_BYTES + 1, (guint64)60 << 20, (guint64)200 << 20, (guint64)4 << 30 };

static gint most_hands, hands;

static gpointer work(gpointer data)
{
	guint n = GPOINTER_TO_UINT(data);

	for (guint i = 0; i < ROUNDS; i++) {
		guint64 size = sizes[(n + i) % G_N_ELEMENTS(sizes)];

		budget_take(size);
		g_assert_cmpuint(budget_taken(), <=, BUDGET_BYTES);
		if (size > BUDGET_BYTES)
			g_assert_cmpuint(budget_taken(), ==, BUDGET_BYTES);
		if (size >= BUDGET_BYTES / BUDGET_TIMES / 2) {	/* of these, two at most */
			gint now = g_atomic_int_add(&hands, 1) + 1;

			if (now > g_atomic_int_get(&most_hands))
				g_atomic_int_set(&most_hands, now);
			g_thread_yield();
			g_atomic_int_add(&hands, -1);
		}
		budget_give(size);
	}
	return NULL;
}

static void test_hands(void)
{
	GThread *threads[HANDS];

	for (guint i = 0; i < HANDS; i++)
		threads[i] = g_thread_new("hand", work, GUINT_TO_POINTER(i));
	for (guint i = 0; i < HANDS; i++)
		g_thread_join(threads[i]);
	g_assert_cmpuint(budget_taken(), ==, 0);
	g_assert_cmpint(most_hands, >=, 1);
	g_assert_cmpint(most_hands, <=, 2);
}

static void test_small(void)
{
	for (guint i = 0; i < 1000; i++)
		budget_take(BUDGET_FREE_BYTES);	/* never waits */
	g_assert_cmpuint(budget_taken(), ==, 0);
	budget_take(BUDGET_FREE_BYTES + 1);
	g_assert_cmpuint(budget_taken(), ==, (BUDGET_FREE_BYTES + 1) * BUDGET_TIMES);
	budget_give(BUDGET_FREE_BYTES + 1);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/budget/small", test_small);
	g_test_add_func("/budget/hands", test_hands);
	return g_test_run();
}
