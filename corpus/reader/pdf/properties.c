/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * properties.c - a PDF's metadata, outline and labels of pages.
 */
#include "corpus/reader/pdf/properties.h"

#include <string.h>

#include "corpus/corpus.h"
#include "corpus/reader/formats.h"
#include "corpus/reader/pdf/blocks.h"
#include "corpus/reader/properties.h"

static char *iso_time(GDateTime *time)
{
	return time ? g_date_time_format(time, "%Y-%m-%dT%H:%M:%SZ") : NULL;
}

void pdf_properties(PopplerDocument *file, struct document *doc)
{
	g_autofree char *title = poppler_document_get_title(file), *author = poppler_document_get_author(file);
	g_autoptr(GDateTime) created = poppler_document_get_creation_date_time(file), changed = poppler_document_get_modification_date_time(file);
	g_autofree char *first = iso_time(created), *last = iso_time(changed);

	properties_title(doc, title);
	if (author)
		properties_author(doc, author);
	properties_dates(doc, first, last);
}

/* ---- outline ---- */

static void walk_outline(PopplerIndexIter *iter, int depth, GHashTable *titles, guint *left)
{
	do {
		PopplerAction *action = poppler_index_iter_get_action(iter);
		PopplerIndexIter *child = depth < PDF_OUTLINE_DEPTH_MAX ? poppler_index_iter_get_child(iter) : NULL;
		char *folded = action && action->any.title ? pdf_fold(action->any.title) : NULL;

		if (folded && *folded && !g_hash_table_contains(titles, folded))
			g_hash_table_insert(titles, g_steal_pointer(&folded), GINT_TO_POINTER(depth));
		g_free(folded);
		if (action)
			poppler_action_free(action);
		if (child)
			walk_outline(child, depth + 1, titles, left);
		poppler_index_iter_free(child);
	} while (*left && --*left && poppler_index_iter_next(iter));
}

GHashTable *pdf_outline(PopplerDocument *file)
{
	PopplerIndexIter *iter = poppler_index_iter_new(file);
	GHashTable *titles;
	guint left = PDF_OUTLINE_MAX;	/* entries: a file may lead round in circles */

	if (!iter)
		return NULL;
	titles = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	walk_outline(iter, 1, titles, &left);
	poppler_index_iter_free(iter);
	return titles;
}

/* ---- labels ---- */

/* char * of each page, NULL where it has none; NULL where pages are counted from 1. */
static GPtrArray *page_labels(PopplerDocument *file, guint pages)
{
	g_autoptr(GPtrArray) labels = g_ptr_array_new_with_free_func(g_free);
	bool plain = true;

	for (guint i = 0; i < pages; i++) {
		PopplerPage *page = poppler_document_get_page(file, (int)i);
		g_autofree char *counted = g_strdup_printf("%u", i + 1);
		char *label = page ? poppler_page_get_label(page) : NULL;

		g_clear_object(&page);
		if (label && !*label)
			g_clear_pointer(&label, g_free);
		plain = plain && (!label || !strcmp(label, counted));
		if (label && (strlen(label) >= 32 || !g_utf8_validate(label, -1, NULL)))
			g_clear_pointer(&label, g_free);
		g_ptr_array_add(labels, label);
	}
	return plain ? NULL : g_steal_pointer(&labels);
}

void pdf_labels(struct pdf *pdf, PopplerDocument *file)
{
	g_autoptr(GPtrArray) labels = page_labels(file, pdf->pages->len);

	for (guint i = 0; labels && i < labels->len; i++)
		if (labels->pdata[i])
			pdf_page_at(pdf, i)->label = g_string_chunk_insert(pdf->strings, labels->pdata[i]);
}

/* ---- of pages that were read otherwise ---- */

static void label_blocks(struct document *doc, const GPtrArray *labels)
{
	for (guint i = 0; i < doc->blocks->len; i++) {
		struct block *block = document_block(doc, i);

		if (block->page > 0 && (guint)block->page <= labels->len)
			block->page_label = document_string(doc, labels->pdata[block->page - 1], -1);
	}
}

void pdf_describe(struct document *doc, GBytes *bytes)
{
	PopplerDocument *file = poppler_document_new_from_bytes(bytes, NULL, NULL);
	g_autoptr(GPtrArray) labels = NULL;

	if (!file)
		return;
	pdf_properties(file, doc);
	labels = page_labels(file, (guint)CLAMP(poppler_document_get_n_pages(file), 0, CORPUS_PICTURES_MAX));
	if (labels)
		label_blocks(doc, labels);
	g_object_unref(file);
}
