/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * docx-paragraph.h - the properties of an open paragraph, and what they make of it: a
 * heading, a quotation, an item of a list with its number.
 */
#ifndef CORPUS_DOCX_PARAGRAPH_H
#define CORPUS_DOCX_PARAGRAPH_H

#include "corpus/reader/manuscript/item.h"
#include "corpus/reader/office/docx-lists.h"
#include "corpus/reader/office/docx-styles.h"

struct docx_paragraph {
	const struct docx_style *style;
	int outline, list, list_level;	/* -1: as the style has it */
	bool goes_on;			/* in the next paragraph */
	bool ends_section;
};

/* Sets the item's kind and level. boxed: it stands in a box that hangs on another paragraph. */
void docx_paragraph_kind(const struct docx_paragraph *paragraph, struct item *item, bool boxed);
/* Puts its number, which is counted, before a heading's text or into the label of an item of a list. */
void docx_paragraph_label(const struct docx_paragraph *paragraph, struct item *item, struct docx_styles *styles, struct docx_lists *lists);
/* The text of a line in a table of contents, as it is printed. */
void docx_paragraph_lead(GString *text);

#endif
