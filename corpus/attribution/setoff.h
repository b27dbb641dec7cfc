/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * setoff.h - quotations that are paragraphs of their own.
 */
#ifndef CORPUS_ATTRIBUTION_SETOFF_H
#define CORPUS_ATTRIBUTION_SETOFF_H

#include "corpus/attribution/subjects.h"

struct set_off {
	int person;		/* -1: not the document's own words, but whose is not known */
	struct range where;	/* of the name or the lead-in */
	guint32 from;		/* byte of the document where the quoted words begin */
};

/* Goes from block to block. */
struct set_offs {
	bool open;		/* the last one's marks were not closed */
	struct set_off last;
};

/* True where block i is a quotation set off by a lead-in that ends in a colon, by
 * "Name: "...", or by the name behind it. May add to the people. */
bool set_off_quotation(struct attributing *a, struct set_offs *state, guint i, struct set_off *found);

#endif
