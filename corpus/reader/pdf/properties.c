/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * properties.c - a PDF's metadata, outline and labels of pages.
 */
#include "corpus/reader/pdf/properties.h"

#include <string.h>

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

void pdf_labels(struct pdf *pdf, PopplerDocument *file)
{
	g_autoptr(GPtrArray) labels = g_ptr_array_new_with_free_func(g_free);
	bool plain = true;

	for (guint i = 0; i < pdf->pages->len; i++) {
		PopplerPage *page = poppler_document_get_page(file, (int)i);
		g_autofree char *counted = g_strdup_printf("%u", i + 1);
		char *label = page ? poppler_page_get_label(page) : NULL;

		g_clear_object(&page);
		g_ptr_array_add(labels, label);
		plain = plain && (!label || !*label || !strcmp(label, counted));
	}
	for (guint i = 0; i < labels->len && !plain; i++) {
		const char *label = labels->pdata[i];

		if (label && *label && strlen(label) < 32 && g_utf8_validate(label, -1, NULL))
			pdf_page_at(pdf, i)->label = g_string_chunk_insert(pdf->strings, label);
	}
}
