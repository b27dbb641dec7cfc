/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * fuzz-structure.c - any text through all stages, as text and as Markdown, with
 * names and without; the properties of every document must hold.
 */
#include <stdint.h>

#include "tests/unit/structure.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autofree char *text = g_utf8_make_valid((const char *)data, (gssize)size);
	for (int i = 0; i < 4; i++) {
		g_autoptr(Document) doc = structure_read(text, -1, i & 1, STAGE_PASSAGES, i & 2);
		structure_check(doc);
	}
	return 0;
}
