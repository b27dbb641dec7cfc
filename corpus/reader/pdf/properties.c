/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * properties.c - a PDF's metadata, without what programs leave there.
 */
#include "corpus/reader/pdf/properties.h"

#include <string.h>

#include "corpus/reader/pdf/blocks.h"

#define VALUE_BYTES_MAX 500

/* ---- title, authors, date ---- */

/* White space as single blanks; NULL where nothing is left or it is too long to be one. */
static char *clean(const char *s)
{
	GString *out = g_string_new(NULL);

	for (; s && *s && out->len <= VALUE_BYTES_MAX; s = g_utf8_next_char(s)) {
		gunichar c = g_utf8_get_char(s);

		if (g_unichar_isspace(c) || c < 0x20) {
			if (out->len && out->str[out->len - 1] != ' ')
				g_string_append_c(out, ' ');
		} else if (c != 0xfeff && c != 0xfffd) {
			g_string_append_unichar(out, c);
		}
	}
	g_strchomp(out->str);
	if (!*out->str || out->len > VALUE_BYTES_MAX)
		return g_string_free(out, TRUE), NULL;
	return g_string_free(out, FALSE);
}

static bool has_letters(const char *s, guint n)
{
	for (; *s && n; s = g_utf8_next_char(s))
		n -= g_unichar_isalpha(g_utf8_get_char(s));
	return !n;
}

/* "draft3.doc", "Microsoft Word - x", "untitled", "PowerPoint Presentation". */
static bool is_left_over(const char *title)
{
	static const char *const begins[] = { "microsoft ", "untitled", "powerpoint presentation", "powerpoint-pr", "unbenannt", "sans titre",
	                                      "sin t\xc3\xadtulo", "document", "dokument", "pr\xc3\xa9sentation powerpoint", "slide 1", "folie 1",
	                                      "diapositive 1", "presentation", "print", "title", "about:blank", "layout 1", "pagina", "file:",
	                                      "http:", "https:", NULL };
	static const char *const ends[] = { ".doc", ".docx", ".dotx", ".odt", ".rtf", ".pdf", ".ppt", ".pptx", ".odp", ".indd", ".qxd", ".qxp", ".tex",
	                                    ".dvi", ".txt", ".md", ".html", ".htm", ".xls", ".xlsx", ".pub", ".ps", ".eps", ".cdr", ".ai", ".tif",
	                                    ".jpg", ".fm", ".wpd", ".p65", NULL };
	g_autofree char *small = g_utf8_strdown(title, -1);

	for (guint i = 0; begins[i]; i++) {
		gsize n = strlen(begins[i]);
		const char *rest = g_str_has_prefix(small, begins[i]) ? small + n : NULL;

		/* "Presentation of the findings" is a title */
		if (rest && (!*rest || g_ascii_isdigit(rest[*rest == ' ']) || i < 5 || strchr(begins[i], ':')))
			return true;
	}
	for (guint i = 0; ends[i]; i++)
		if (g_str_has_suffix(small, ends[i]))
			return true;
	/* "report_final_v3", "1203456EN": names of files, too */
	return !has_letters(title, 3) || (!strchr(title, ' ') && (strpbrk(title, "_0123456789") || strchr(title, '-')));
}

/* Names of programs, machines' accounts ("user", "admin", "jdoe12") are no authors: a name has
 * two words. */
static bool is_author(const char *author)
{
	static const char *const none[] = { "microsoft", "office user", "unknown", "user", "admin", "adobe", "windows", "hewlett", "acer", "author", NULL };
	g_autofree char *small = g_utf8_strdown(author, -1);

	for (guint i = 0; none[i]; i++)
		if (strstr(small, none[i]))
			return false;
	return strchr(author, ' ') && !strpbrk(author, "@\\/_") && !strpbrk(author, "0123456789") && has_letters(author, 4);
}

static void take_title(PopplerDocument *file, struct document *doc)
{
	g_autofree char *raw = poppler_document_get_title(file), *title = clean(raw);

	if (title && !is_left_over(title))
		doc->file_title = document_string(doc, title, -1);
}

static void take_authors(PopplerDocument *file, struct document *doc)
{
	g_autofree char *raw = poppler_document_get_author(file), *authors = clean(raw);
	g_autoptr(GString) out = g_string_new(NULL);
	g_auto(GStrv) parts = authors ? g_strsplit(authors, ";", 64) : NULL;

	for (guint i = 0; parts && parts[i]; i++) {
		char *part = g_strstrip(parts[i]);

		if (*part && is_author(part))
			g_string_append_printf(out, "%s%s", out->len ? "; " : "", part);
	}
	if (out->len)
		doc->file_authors = document_string(doc, out->str, -1);
}

static void take_date(PopplerDocument *file, struct document *doc)
{
	g_autoptr(GDateTime) made = poppler_document_get_creation_date_time(file);
	int year = made ? g_date_time_get_year(made) : 0;
	g_autofree char *date = year >= 1980 && year <= 2200 ? g_date_time_format(made, "%Y-%m-%d") : NULL;

	if (date)
		doc->file_date = document_string(doc, date, -1);
}

void pdf_properties(PopplerDocument *file, struct document *doc)
{
	take_title(file, doc);
	take_authors(file, doc);
	take_date(file, doc);
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
