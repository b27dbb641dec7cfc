/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * odt.c - a text of OpenDocument; pages where the file stores them.
 */
#include "corpus/reader/formats.h"

#include "corpus/reader/manuscript/manuscript.h"
#include "corpus/reader/opendocument/opendocument.h"

struct odt {
	struct document *doc;
	struct manuscript *manuscript;
};

static void on_item(void *data, struct item *item)
{
	manuscript_add(((struct odt *)data)->manuscript, item);
}

static bool on_stop(void *data)
{
	return manuscript_failed(((struct odt *)data)->manuscript);
}

/* Pages are stored where a program laid the text out and wrote where they end. */
static void on_content(void *data, GBytes *content, struct odf_styles *styles)
{
	struct odt *odt = data;
	gsize len;
	const char *s = g_bytes_get_data(content, &len);

	(void)styles;
	odt->manuscript = manuscript_new(odt->doc, s && g_strstr_len(s, (gssize)len, "soft-page-break"));
}

bool odt_read(struct document *doc, GBytes *bytes, corpus_warnings *warnings, GError **error)
{
	static const struct odf_sink sink = { on_item, NULL, NULL, on_stop };
	struct odt odt = { .doc = doc };
	bool ok = opendocument_read(doc, bytes, warnings, &sink, &odt, on_content, error) && manuscript_finish(odt.manuscript, error);

	manuscript_free(odt.manuscript);
	return ok;
}
