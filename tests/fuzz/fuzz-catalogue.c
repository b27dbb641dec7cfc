/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * fuzz-catalogue.c - any bytes as a catalogue; what is taken is applied to a
 * document, written, and must be taken again.
 */
#include <stdint.h>
#include <unistd.h>

#include "corpus/catalogue.h"
#include "corpus/corrections/corrections.h"

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

/* A document of two people, a panel and a passage. */
static void correct(struct document *doc, const struct catalogue *catalogue)
{
	static struct range range = { 0, 3 };
	g_autoptr(GPtrArray) corrections = catalogue_corrections(catalogue, doc->path);
	struct person people[] = { { .name = "Ann Bell" }, { .name = "Bo Tarn", .body = true } };
	struct panel panel = { .label = "Panel I", .moderator = 1 };
	struct passage passage = { .id = "0123456789", .panel = 0, .section = -1, .attribution = { .speaker = 1 }, .ranges = &range, .n_ranges = 1 };

	doc->text = "Ann";
	doc->text_bytes = 3;
	g_array_append_vals(doc->people, people, 2);
	g_array_append_val(doc->panels, panel);
	g_array_append_val(doc->passages, passage);
	correct_people(doc, corrections, NULL);
	correct_panels(doc, corrections, NULL);
	correct_silent(doc, corrections);
	correct_passages(doc, corrections, NULL);
	g_assert_cmpint(document_passage(doc, 0)->attribution.speaker, <, (int)doc->people->len);
	g_assert_cmpint(document_panel(doc, 0)->moderator, <, (int)doc->people->len);
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
	correct(doc, catalogue);
	catalogue_write(doc, doc->path, out);
	again = open_bytes(out->str, out->len);
	g_assert_nonnull(again);
	return 0;
}
