/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * docx-paragraph.c - what a paragraph is, from its own properties and its style's.
 */
#include "corpus/reader/office/docx-paragraph.h"

#include <string.h>

/* "Panels\t12" in a table of contents: the tab is printed as a row of dots. */
void docx_paragraph_lead(GString *text)
{
	char *tab = strrchr(text->str, '\t');

	if (!tab || !tab[1] || strspn(tab + 1, "0123456789ivxlcIVXLC -") != strlen(tab + 1))
		return;
	*tab = ' ';
	g_string_insert(text, tab + 1 - text->str, "........ ");
}

/* Its own level, or else the style's; a heading in a text box is none of the document's outline. */
void docx_paragraph_kind(const struct docx_paragraph *paragraph, struct item *item, bool boxed)
{
	const struct docx_style *style = paragraph->style;
	int outline = paragraph->outline >= 0 ? paragraph->outline : style->outline;

	if (style->role == ROLE_TITLE || (style->role == ROLE_HEADING && !boxed) || (outline > 0 && !boxed && style->role != ROLE_CONTENTS)) {
		item->kind = BLOCK_HEADING;
		item->level = style->role == ROLE_TITLE ? 0 : style->role == ROLE_HEADING ? 1 : outline;
	} else if (style->role == ROLE_QUOTATION) {
		item->kind = BLOCK_QUOTATION;
	} else if (style->role == ROLE_CODE) {
		item->kind = BLOCK_CODE;
	}
}

/* The number that is printed before it: part of a heading's text, label of a list item. */
void docx_paragraph_label(const struct docx_paragraph *paragraph, struct item *item, struct docx_styles *styles, struct docx_lists *lists)
{
	const struct docx_style *style = paragraph->style;
	int list = paragraph->list >= 0 ? paragraph->list : style->list;
	int level = paragraph->list_level >= 0 ? paragraph->list_level : style->list_level;
	const char *label;
	bool bullet;

	if (list <= 0)
		return;
	label = docx_lists_next(lists, styles, list, level, &bullet);
	if (!*label)
		return;
	if (item->kind == BLOCK_HEADING && !bullet) {
		g_string_prepend_c(item->text, ' ');
		g_string_prepend(item->text, label);
	} else if (item->kind == BLOCK_PARAGRAPH) {
		item->kind = BLOCK_LIST_ITEM;
		item->level = level + 1;
		item->label = g_strdup(label);
	}
}
