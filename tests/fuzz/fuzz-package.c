/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * fuzz-package.c - any bytes as an archive: what is in it must be handed out or refused.
 */
#include <stdint.h>

#include "corpus/reader/office/ooxml.h"
#include "corpus/reader/reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const parts[] = { "mimetype", "content.xml", "word/document.xml", "WORD/Document.xml", "[Content_Types].xml",
		"_rels/.rels", "one" };
	g_autoptr(GBytes) bytes = g_bytes_new(data, size);
	g_autoptr(GError) error = NULL;
	g_autoptr(Package) package = package_open("input", bytes, &error);
	g_autofree char *main = NULL;
	enum ooxml_kind kind;

	reader_format("input", (const char *)data, size);
	if (!package) {
		g_assert_nonnull(error);
		return 0;
	}
	for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
		g_autoptr(GError) reason = NULL;
		g_autoptr(GBytes) part = package_part(package, parts[i], &reason);

		g_assert_true(!part == (reason != NULL));
		g_assert_true(package_has(package, parts[i]) || !part);
	}
	main = ooxml_main(package, &kind);
	return 0;
}
