/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * fuzz-odt.c - any bytes as a text of OpenDocument, packed or flat; what comes
 * out must lie in the text and nowhere twice.
 */
#include <stdint.h>

#include "tests/unit/formats.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autoptr(Document) doc = formats_read("input.odt", (const char *)data, size, FORMAT_ODT, NULL, NULL);

	(void)doc;
	return 0;
}
