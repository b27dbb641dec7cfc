/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * fuzz-pptx.c - any parts of a presentation of Office; the archive around them is sound, since
 * fuzz-package.c has the others.
 */
#include <stdint.h>

#include "corpus/reader/formats.h"
#include "tests/unit/formats.h"
#include "tests/unit/packing.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autoptr(GBytes) bytes = packing_of_text((const char *)data, size);
	g_autoptr(Document) doc = document_new();
	g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GError) error = NULL;

	doc->path = "input";
	if (pptx_read(doc, bytes, warnings, &error))
		formats_check(doc);
	else
		g_assert_nonnull(error);
	for (guint i = 0; i < warnings->len; i++)
		g_assert_true(g_utf8_validate(warnings->pdata[i], -1, NULL));
	return 0;
}
