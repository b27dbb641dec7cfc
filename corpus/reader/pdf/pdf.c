/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * pdf.c - reads PDF: opens it, tells what cannot be read, and takes its pages
 * through the stages of corpus/reader/pdf/.
 */
#include "corpus/reader/formats.h"

#include <string.h>

#include "corpus/error.h"
#include "corpus/reader/decode.h"
#include "corpus/reader/draft.h"
#include "corpus/reader/pdf/blocks.h"
#include "corpus/reader/pdf/glyphs.h"
#include "corpus/reader/pdf/properties.h"

#define PICTURES_MAX 2000	/* pages without text that are looked at */

static bool fail(const struct document *doc, enum rapporteur_error code, const char *reason, GError **error)
{
	g_set_error(error, RAPPORTEUR_ERROR, (gint)code, "cannot read '%s': %s", doc->path, reason);
	return false;
}

static PopplerDocument *open_file(const struct document *doc, GBytes *bytes, GError **error)
{
	g_autoptr(GError) reason = NULL;
	PopplerDocument *file = poppler_document_new_from_bytes(bytes, NULL, &reason);

	if (file)
		return file;
	if (g_error_matches(reason, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED))
		fail(doc, RAPPORTEUR_ERROR_UNSUPPORTED, "is encrypted: it wants a password", error);
	else if (g_error_matches(reason, POPPLER_ERROR, POPPLER_ERROR_BAD_CATALOG))
		fail(doc, RAPPORTEUR_ERROR_CORRUPT, "is damaged: its pages cannot be found", error);
	else
		fail(doc, RAPPORTEUR_ERROR_CORRUPT, "is damaged: it cannot be opened as PDF", error);
	return NULL;
}

/* All pages' pieces. False with error set where a limit is passed. */
static bool read_pages(struct pdf *pdf, PopplerDocument *file, const struct document *doc, corpus_warnings *warnings, GError **error)
{
	int pages = poppler_document_get_n_pages(file);

	if (pages > DRAFT_PAGES_MAX)
		return fail(doc, RAPPORTEUR_ERROR_TOO_LARGE, "it has more than 100000 pages", error);
	for (int i = 0; i < pages; i++) {
		PopplerPage *page = poppler_document_get_page(file, i);
		struct pdf_page none = { .width = 1, .height = 1, .first = pdf->pieces->len };
		bool fits = true;

		if (page)
			fits = pdf_glyphs(pdf, page);
		else
			g_array_append_val(pdf->pages, none);
		if (!page)
			warning_add(warnings, doc->path, "page %d is damaged and left out", i + 1);
		g_clear_object(&page);
		if (!fits && pdf->pieces->len >= PDF_PIECES_MAX)
			return fail(doc, RAPPORTEUR_ERROR_TOO_LARGE, "it has more than eight million pieces of text", error);
		if (!fits)
			warning_add(warnings, doc->path, "page %d has more than %u pieces of text: the rest of it is left out", i + 1,
			            PDF_PAGE_PIECES_MAX);
		if (pdf->text->len > DRAFT_TEXT_MAX_BYTES)
			return fail(doc, RAPPORTEUR_ERROR_TOO_LARGE, "it holds more than 64 MB of text", error);
	}
	return true;
}

static bool has_text(const struct pdf *pdf)
{
	for (guint i = 0; i < pdf->pieces->len; i++)
		if (!pdf_piece_at(pdf, i)->furniture)
			return true;
	return false;
}

/* Pages without text that are not empty were scanned. */
static bool is_picture(PopplerDocument *file, int number)
{
	PopplerPage *page = poppler_document_get_page(file, number);
	GList *pictures = page ? poppler_page_get_image_mapping(page) : NULL;
	bool found = pictures != NULL;

	poppler_page_free_image_mapping(pictures);
	g_clear_object(&page);
	return found;
}

static bool refuse_textless(const struct pdf *pdf, PopplerDocument *file, const struct document *doc, GError **error)
{
	guint n = pdf->pages->len;
	bool pictures = false;

	for (guint i = 0; i < n && i < PICTURES_MAX && !pictures; i++)
		pictures = is_picture(file, (int)i);
	g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_SCANNED, "cannot read '%s': has no text: %u page%s %s with tesseract", doc->path, n,
	            n == 1 ? "" : "s", pictures ? "of pictures; --ocr reads them" : "without pictures, blank or drawn; --ocr reads what is drawn");
	return false;
}

static void warn_of_pictures(const struct pdf *pdf, PopplerDocument *file, const struct document *doc, corpus_warnings *warnings)
{
	g_autoptr(GString) pages = g_string_new(NULL);
	guint n = 0, looked = 0;

	for (guint i = 0; i < pdf->pages->len && looked < PICTURES_MAX; i++) {
		guint to;

		for (to = i; to < pdf->pages->len && !pdf_page_at(pdf, to)->n && looked < PICTURES_MAX && is_picture(file, (int)to); to++)
			looked++;
		if (to == i)
			continue;
		if (n++ < 20)
			g_string_append_printf(pages, to == i + 1 ? "%s%u" : "%s%u-%u", n > 1 ? ", " : "", i + 1, to);
		i = to - 1;
	}
	if (n)
		warning_add(warnings, doc->path, "page%s %s%s: no text, only pictures: not read", n > 1 || strchr(pages->str, '-') ? "s" : "", pages->str,
		            n > 20 ? " and more" : "");
}

static bool lay_down(struct pdf *pdf, PopplerDocument *file, struct document *doc, GError **error)
{
	g_autoptr(Draft) draft = draft_new(doc);
	g_autoptr(GHashTable) titles = pdf_outline(file);
	GArray *blocks;

	pdf_body(pdf);
	doc->upright = pdf->upright;
	pdf_furniture(pdf);
	pdf_labels(pdf, file);
	pdf_layout(pdf);
	pdf_leading(pdf);
	blocks = pdf_blocks(pdf);
	pdf_mend(pdf, blocks);
	pdf_headings(pdf, blocks, titles);
	pdf_flow(pdf, blocks, draft);
	pdf_blocks_free(blocks);
	return draft_finish(draft, error);
}

static bool read_file(struct document *doc, PopplerDocument *file, corpus_warnings *warnings, GError **error)
{
	g_autoptr(Pdf) pdf = pdf_new();

	if (!read_pages(pdf, file, doc, warnings, error))
		return false;
	if (!pdf->pages->len)
		return fail(doc, RAPPORTEUR_ERROR_CORRUPT, "is damaged: it has no pages", error);
	if (!has_text(pdf))
		return refuse_textless(pdf, file, doc, error);
	warn_of_pictures(pdf, file, doc, warnings);
	pdf_properties(file, doc);
	return lay_down(pdf, file, doc, error);
}

/* Fonts of East Asia may lean on maps that are no part of the file: poppler tells where it has none. */
static void on_message(const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
	bool *lacks_maps = data;

	(void)domain, (void)level;
	*lacks_maps |= strstr(message, "language pack") || strstr(message, "CMap file") || strstr(message, "character collection");
}

bool pdf_read(struct document *doc, GBytes *bytes, corpus_warnings *warnings, GError **error)
{
	bool lacks_maps = false, done;
	guint handler = g_log_set_handler("Poppler", G_LOG_LEVEL_MASK, on_message, &lacks_maps);
	PopplerDocument *file = open_file(doc, bytes, error);

	done = file && read_file(doc, file, warnings, error);
	g_log_remove_handler("Poppler", handler);
	if (lacks_maps)
		warning_add(warnings, doc->path, "text in some fonts (Chinese, Japanese or Korean) is not read: they need maps of characters that are not in the file");
	g_clear_object(&file);
	return done;
}
