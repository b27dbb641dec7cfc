/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * explain.h - what each word and factor gave to a hit's score.
 *
 *   Xapian query --held against one passage--> for each weighed part of it: its word, its share of
 *   the score --the passage's words again--> the fields that the word stands in
 */
#ifndef SEARCHER_EXPLAIN_H
#define SEARCHER_EXPLAIN_H

#include "searcher/handle.h"
#include "searcher/plan.h"

/* A hit, and what is in its score beside the weights of its words. */
struct explained {
	guint32 docid;
	const struct passage_record *record;
	const GString *text;
	double closeness, closeness_most;	/* what it is, and what 1 would give */
	double lent;				/* score that it took over with another hit's place */
};

/* Sets the hit's reasons, in the arena. plan is the one that found it. */
bool explain_hit(RapIndex *index, const struct plan *plan, const struct explained *hit, struct arena *arena, RapHit *out, GError **error);

#endif
