/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * closeness.h - how well a passage answers beyond what its words weigh one by
 * one: how much of the query stands there, how near each other, and how long a
 * run of the query's words stands there as it was typed.
 *
 * Who speaks counts as what stands there: somebody asks what a person said of a thing, and
 * the words are that person's, without the name in them.
 */
#ifndef SEARCHER_CLOSENESS_H
#define SEARCHER_CLOSENESS_H

#include "searcher/match.h"

struct closeness;

/* Of one query; borrows the plan, of which it is, and the matcher. */
struct closeness *closeness_new(const struct query *query, const struct plan *plan, struct matcher *matcher, struct analysis *analysis);
void closeness_free(struct closeness *closeness);

/* Between 0 and 1. marks are those of the passage's text, which the matcher read last; it reads the
 * speaker's name now. 0 for a query of one word. */
double closeness_of(struct closeness *closeness, const struct document *doc, const struct passage *passage, const GArray *marks);

#endif
