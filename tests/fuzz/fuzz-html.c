/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * fuzz-html.c - any bytes as a page; what comes out must lie in the text and
 * nowhere twice.
 */
#include <stdint.h>

#include "tests/unit/formats.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autoptr(Document) doc = formats_read("input.html", (const char *)data, size, FORMAT_HTML, NULL, NULL);

	(void)doc;
	return 0;
}
