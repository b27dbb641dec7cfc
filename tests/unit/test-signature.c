/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test-signature.c - a signature knows every pair that was put into it, and
 * few others.
 */
#include "indexer/signature.h"

#define PAIRS 185

static void test_signature(void)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(8);
	guint wrong = 0, asked = 0;

	for (guint round = 0; round < 100; round++) {
		gsize bytes = signature_bytes(PAIRS);
		g_autofree guint8 *signature = g_malloc0(bytes);
		guint32 words[PAIRS + 1];

		for (guint i = 0; i <= PAIRS; i++)
			words[i] = g_rand_int(rand);
		for (guint i = 0; i < PAIRS; i++)
			signature_add(signature, bytes, words[i], words[i + 1]);
		for (guint i = 0; i < PAIRS; i++)
			g_assert_true(signature_may_hold(signature, bytes, words[i], words[i + 1]));
		for (guint i = 0; i < PAIRS; i++, asked++)	/* the same words the other way round */
			wrong += signature_may_hold(signature, bytes, words[i + 1], words[i]);
	}
	g_test_message("%u of %u pairs wrongly held", wrong, asked);
	g_assert_cmpuint(wrong * 100, <, asked * 2);
}

static void test_small_signature(void)
{
	guint8 one[1] = { 0 };

	g_assert_cmpuint(signature_bytes(0), ==, 0);
	g_assert_cmpuint(signature_bytes(1), ==, (SIGNATURE_BITS_PER_PAIR + 7) / 8);
	g_assert_false(signature_may_hold(one, 0, 1, 2));
	g_assert_false(signature_may_hold(one, 1, 1, 2));
	signature_add(one, 1, 1, 2);
	g_assert_true(signature_may_hold(one, 1, 1, 2));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/signature/pairs", test_signature);
	g_test_add_func("/signature/small", test_small_signature);
	return g_test_run();
}
