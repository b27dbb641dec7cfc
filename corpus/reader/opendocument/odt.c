/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * odt.c - a text of OpenDocument: its items to blocks, notes where their page or
 * part ends, pages where the file stores them.
 */
#include "corpus/reader/formats.h"

#include <string.h>

#include "corpus/reader/items.h"
#include "corpus/reader/opendocument/opendocument.h"

#define HEADING_MAX_BYTES 500	/* a longer one is a paragraph in the wrong style */

struct odt {
	struct draft *draft;
	GPtrArray *notes;	/* struct odf_item that wait */
	int page;		/* 0: the file does not store pages */
	bool titled;
	bool turn;		/* a page begins with the next item */
};

static void lay_notes(struct odt *odt)
{
	int no_page = 0;

	for (guint i = 0; i < odt->notes->len; i++) {
		struct odf_item *note = odt->notes->pdata[i];

		odf_item_lay(odt->draft, note, BLOCK_FOOTNOTE, 0, &no_page);
		g_string_free(note->text, TRUE);
		g_free(note->label);
		g_free(note);
	}
	g_ptr_array_set_size(odt->notes, 0);
}

static void take_notes(struct odt *odt, struct odf_item *item)
{
	for (guint i = 0; item->notes && i < item->notes->len; i++) {
		struct odf_item *note = item->notes->pdata[i], *kept = g_new0(struct odf_item, 1);

		kept->kind = BLOCK_FOOTNOTE;
		kept->text = g_string_new_len(note->text->str, (gssize)note->text->len);
		kept->label = g_strdup(note->label);
		g_ptr_array_add(odt->notes, kept);
	}
}

/* Pages that end at the item's beginning, before its notes or words. */
static void turn_pages(struct odt *odt, struct odf_item *item)
{
	guint pages = odt->turn || (item->breaks_before && draft_bytes(odt->draft)) ? 1 : 0;
	gsize behind = strspn(item->text->str, "\f");

	if (!odt->page)
		return;
	odt->turn = false;
	pages += (guint)behind;
	g_string_erase(item->text, 0, (gssize)behind);
	if (pages || strchr(item->text->str, ODF_PAGE))	/* notes stay on the page of their marks */
		lay_notes(odt);
	for (; pages; pages--)
		draft_page(odt->draft, ++odt->page, NULL);
}

static void on_item(void *data, struct odf_item *item)
{
	struct odt *odt = data;
	enum block_kind kind = item->kind;
	int level = item->level;
	bool words;

	turn_pages(odt, item);
	words = odf_item_has_words(item);
	if (kind == BLOCK_HEADING && item->text->len > HEADING_MAX_BYTES) {
		kind = BLOCK_PARAGRAPH;
		level = 0;
	} else if (kind == BLOCK_HEADING && words) {
		level = level == 0 ? 1 : level + odt->titled;	/* headings below a title are one deeper */
		odt->titled |= item->level == 0;
		if (!odt->page)
			lay_notes(odt);
	}
	if (words || strchr(item->text->str, ODF_PAGE))
		odf_item_lay(odt->draft, item, kind, level, &odt->page);
	take_notes(odt, item);
	odt->turn |= item->breaks_after && words;
}

static bool on_stop(void *data)
{
	return draft_failed(((struct odt *)data)->draft);
}

/* Pages are stored where a program laid the text out and wrote where they end. */
static void on_content(void *data, GBytes *content)
{
	struct odt *odt = data;
	gsize len;
	const char *s = g_bytes_get_data(content, &len);

	if (s && g_strstr_len(s, (gssize)len, "soft-page-break")) {
		odt->page = 1;
		draft_page(odt->draft, 1, NULL);
	}
}

bool odt_read(struct document *doc, GBytes *bytes, corpus_warnings *warnings, GError **error)
{
	static const struct odf_sink sink = { on_item, NULL, NULL, on_stop };
	g_autoptr(Draft) draft = draft_new(doc);
	struct odt odt = { .draft = draft, .notes = g_ptr_array_new() };
	bool ok;

	draft_keep_tabs(draft);
	ok = opendocument_read(doc, bytes, warnings, &sink, &odt, on_content, error);
	lay_notes(&odt);
	g_ptr_array_unref(odt.notes);
	if (!ok || !draft_finish(draft, error))
		return false;
	items_mark(doc);
	return true;
}
