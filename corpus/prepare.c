/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * prepare.c - has everything loaded that is loaded when it is first used: models of
 * languages, tables of cues, converters of character sets, what poppler keeps for
 * all documents. A small document of each kind is read, since that loads
 * what reading loads.
 */
#define _GNU_SOURCE	/* memfd_create */
#include <sys/mman.h>
#include <unistd.h>

#include "corpus/corpus.h"
#include "corpus/reader/formats.h"

/* In words enough that the language is told by its model. */
static const char text[] =
	"# A meeting\n\nMs. Ann Bell, Minister of Ports, said that the harbour of Port Ellery was open to all ships on every day of the year.\n\n"
	"> We will keep the harbour open for as long as there are ships that want to come to it.\n\nAnn Bell, Minister of Ports\n";

/* Old texts are in Windows-1252. */
static const char old_text[] = "The caf\xe9 of Port Ellery is open to all who come by ship.\n";

/* In a font that is not embedded, so that fonts are looked for. */
static const char pdf[] =
	"%PDF-1.4\n"
	"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
	"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
	"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj\n"
	"4 0 obj<</Length 67>>stream\n"
	"BT /F1 12 Tf 20 200 Td (The harbour of Port Ellery is open.) Tj ET \n"
	"endstream endobj\n"
	"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
	"trailer<</Root 1 0 R/Size 6>>\n";

static bool take(struct document *doc, void *data, GError **error)
{
	(void)doc, (void)data, (void)error;
	return true;
}

static void read_sample(const char *name, const char *bytes, gsize len)
{
	g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);
	int fd = memfd_create("sample", MFD_CLOEXEC);

	if (fd >= 0 && write(fd, bytes, len) == (ssize_t)len)
		corpus_read(name, fd, NULL, warnings, take, NULL, NULL);
	if (fd >= 0)
		close(fd);
}

static bool take_picture(const struct corpus_picture *picture, void *data, GError **error)
{
	(void)picture, (void)data, (void)error;
	return true;
}

void corpus_prepare_render(void)
{
	int fd = memfd_create("sample", MFD_CLOEXEC);

	if (fd >= 0 && write(fd, pdf, sizeof pdf - 1) == (ssize_t)sizeof pdf - 1)
		corpus_render("sample.pdf", fd, 1, 1, take_picture, NULL, NULL);
	if (fd >= 0)
		close(fd);
}

void corpus_prepare(void)
{
	html_prepare();
	read_sample("sample.md", text, sizeof text - 1);
	read_sample("sample.txt", old_text, sizeof old_text - 1);
	read_sample("sample.pdf", pdf, sizeof pdf - 1);
}
