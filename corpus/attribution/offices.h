/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * offices.h - people by what they are: "the Director of the Knot Institute".
 */
#ifndef CORPUS_ATTRIBUTION_OFFICES_H
#define CORPUS_ATTRIBUTION_OFFICES_H

#include "corpus/attribution/attribution.h"

/* Who holds the office of these folded words ("director of the knot institute"):
 * an index into people, ROSTER_NONE or ROSTER_SEVERAL. */
int office_holder(struct attributing *a, const char *folded);

#endif
