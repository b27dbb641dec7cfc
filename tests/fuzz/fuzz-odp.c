/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * fuzz-odp.c - any bytes as a presentation of OpenDocument, packed or flat; what comes
 * out must lie in the text and nowhere twice.
 */
#include <stdint.h>

#include "tests/unit/formats.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autoptr(Document) doc = formats_read("input.odp", (const char *)data, size, FORMAT_ODP, NULL, NULL);

	(void)doc;
	return 0;
}
