/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * repair.c - the order of the repairs.
 */
#include "corpus/repair/repair.h"

#include "corpus/stages.h"

void repair(struct document *doc, GPtrArray *warnings)
{
	(void)warnings;
	if (doc->blocks->len < 3)
		return;
	if (stage_is_on(STAGE_FURNITURE))
		furniture_find(doc);
	if (stage_is_on(STAGE_FOOTNOTES))
		footnotes_find(doc);
	if (stage_is_on(STAGE_CAPTIONS))
		captions_find(doc);
	if (stage_is_on(STAGE_TEARS))
		tears_mend(doc);
}
