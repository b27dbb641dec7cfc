/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * fuzz-catalogue.c - any bytes as a catalogue; what is taken is applied to a
 * document, written, and must be taken again.
 */
#include <stdint.h>
#include <unistd.h>

#include "corpus/catalogue.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct catalogue *open_bytes(const void *data, gsize size)
{
	g_autofree char *path = NULL;
	struct catalogue *catalogue = NULL;
	int fd = g_file_open_tmp("fuzz-catalogue-XXXXXX", &path, NULL);

	g_assert_cmpint(fd, >=, 0);
	if (write(fd, data, size) == (ssize_t)size)
		catalogue = catalogue_open(path, NULL);
	close(fd);
	unlink(path);
	return catalogue;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autoptr(Catalogue) catalogue = open_bytes(data, size), again = NULL;
	g_autoptr(Document) doc = document_new();
	g_autoptr(GString) out = g_string_new(NULL);
	g_autofree char *digest = NULL;

	if (!catalogue)
		return 0;
	doc->path = "a.txt";
	catalogue_apply(catalogue, doc);
	digest = catalogue_digest(catalogue, doc->path);
	catalogue_write(doc, doc->path, out);
	again = open_bytes(out->str, out->len);
	g_assert_nonnull(again);
	return 0;
}
