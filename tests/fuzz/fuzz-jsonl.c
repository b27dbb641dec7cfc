/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * fuzz-jsonl.c - the quick reading of a JSON line against jansson's: both must
 * take or refuse it, and find the same fields.
 */
#include <stdint.h>
#include <string.h>

#include "corpus/reader/jsonl/jsonline.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct json_line quick, plain;
	const char *s = (const char *)data;
	bool a, b;

	if (!g_utf8_validate_len(s, size, NULL))
		return 0;
	json_line_init(&quick);
	json_line_init(&plain);
	a = json_line_read(&quick, s, size, NULL);
	b = json_line_read_plain(&plain, s, size, NULL);
	g_assert_true(a == b);
	for (int f = 0; a && f < N_JSON_FIELDS; f++) {
		g_assert_true(!quick.fields[f].s == !plain.fields[f].s);
		g_assert_cmpmem(quick.fields[f].s, quick.fields[f].len, plain.fields[f].s, plain.fields[f].len);
	}
	json_line_clear(&quick);
	json_line_clear(&plain);
	return 0;
}
