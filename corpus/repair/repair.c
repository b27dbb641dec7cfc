/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * repair.c - the order of the repairs.
 */
#include "corpus/repair/repair.h"

void repair(struct document *doc, GPtrArray *warnings)
{
	(void)warnings;
	if (doc->blocks->len < 3)
		return;
	furniture_find(doc);
	captions_find(doc);
	tears_mend(doc);
}
