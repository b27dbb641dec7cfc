/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * repair.c - the order of the repairs.
 */
#include "corpus/repair/repair.h"

#include "corpus/stages.h"

/* What is on every page, and nothing else with it, is what the document says. */
static void keep_something(struct document *doc)
{
	for (guint i = 0; i < doc->blocks->len; i++)
		if (document_block(doc, i)->kind != BLOCK_FURNITURE && document_block(doc, i)->kind != BLOCK_PAGE_BREAK)
			return;
	for (guint i = 0; i < doc->blocks->len; i++)
		if (document_block(doc, i)->kind == BLOCK_FURNITURE)
			document_block(doc, i)->kind = BLOCK_PARAGRAPH;
}

void repair(struct document *doc, GPtrArray *warnings)
{
	(void)warnings;
	if (doc->blocks->len < 3)
		return;
	if (stage_is_on(STAGE_FURNITURE)) {
		furniture_find(doc);
		keep_something(doc);
	}
	if (stage_is_on(STAGE_FOOTNOTES))
		footnotes_find(doc);
	if (stage_is_on(STAGE_CAPTIONS))
		captions_find(doc);
	if (stage_is_on(STAGE_TEARS))
		tears_mend(doc);
}
