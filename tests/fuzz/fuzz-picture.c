/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * fuzz-picture.c - any bytes as a page that a reader drew. What is taken for one has as many
 * dots as it says, and is the same when it is sent on.
 */
#include <stdint.h>
#include <string.h>

#include "indexer/picture.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autoptr(GBytes) bytes = g_bytes_new(data, size), sent = NULL;
	g_autoptr(GString) out = g_string_new(NULL);
	struct corpus_picture picture, again;
	volatile guint sum = 0;

	if (!picture_get(bytes, &picture))
		return 0;
	g_assert_cmpuint(picture.page, >=, 1);
	g_assert_cmpuint(picture.page, <=, picture.pages);
	for (gsize i = 0; i < (gsize)picture.width * picture.height; i++)
		sum += picture.grey[i];
	picture_put(out, &picture);
	sent = g_bytes_new(out->str, out->len);
	g_assert_true(picture_get(sent, &again));
	g_assert_cmpuint(again.width, ==, picture.width);
	g_assert_cmpuint(again.height, ==, picture.height);
	g_assert_true(memcmp(again.grey, picture.grey, (gsize)picture.width * picture.height) == 0);
	return 0;
}
