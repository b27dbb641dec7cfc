/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * fuzz-snippet.c - any bytes as a passage with any marks. The first bytes say
 * how long the snippet may be and where the marks stand.
 */
#include <stdint.h>
#include <string.h>

#include "searcher/snippet.h"

#define MAX_MARKS 16
#define N_LEAVES 4

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Two bytes a mark: the gap before it, and its length with its leaf. */
static guint
read_marks(const uint8_t **data, size_t *size, struct mark *marks)
{
	guint n, given = 0;
	guint32 at = 0;

	if (*size == 0)
		return 0;
	n = **data % MAX_MARKS;
	(*data)++, (*size)--;
	for (; given < n && *size >= 2; given++) {
		guint32 start = at + (*data)[0];
		at = start + (*data)[1] % 16;
		marks[given] = (struct mark){ start, at, (*data)[1] / 16u % (N_LEAVES + 1) };
		*data += 2;
		*size -= 2;
	}
	return given;
}

static void
check(const GArray *segments, const char *text, size_t len)
{
	guint32 start = segments->len ? g_array_index(segments, struct snippet_piece, 0).start : 0, at = start;

	for (guint i = 0; i < segments->len; i++) {
		const struct snippet_piece *segment = &g_array_index(segments, struct snippet_piece, i);
		g_assert_cmpuint(segment->start, ==, at);
		g_assert_cmpuint(segment->end, >, segment->start);
		at = segment->end;
	}
	g_assert_cmpuint(at, <=, len);
	if (g_utf8_validate(text, (gssize)len, NULL))
		g_assert_true(g_utf8_validate(text + start, (gssize)(at - start), NULL));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const double weights[N_LEAVES] = { 1.5, 0, 2.25, -1 };
	struct mark marks[MAX_MARKS];
	guint max_chars, n;

	if (size == 0)
		return 0;
	max_chars = *data++;
	size--;
	n = read_marks(&data, &size, marks);
	g_autofree char *text = g_malloc(size + 1);
	memcpy(text, data, size);
	GArray *segments = g_array_new(FALSE, FALSE, sizeof(struct snippet_piece));
	snippet_build(text, size, marks, n, weights, N_LEAVES, max_chars, segments);
	check(segments, text, size);
	g_array_free(segments, TRUE);
	return 0;
}
