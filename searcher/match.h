/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * match.h - a plan held against the text of a passage: does it match, and
 * where?
 */
#ifndef SEARCHER_MATCH_H
#define SEARCHER_MATCH_H

#include "indexer/store.h"
#include "searcher/plan.h"
#include "searcher/snippet.h"

struct matcher;

/* Borrows all three. One matcher at a time on an analysis: those that were made before are of no use from here on. */
struct matcher *matcher_new(const struct plan *plan, struct store *store, struct analysis *analysis);
void matcher_free(struct matcher *matcher);

/* Rules a passage out while the index is searched, where that costs no reading of its text: an
 * xap_accept_fn, data is the matcher. */
bool matcher_may_accept(struct xap_candidate *candidate, void *matcher);

/* Is there anything by which it could? Else it need not be asked. */
bool matcher_may_reject(const struct matcher *matcher);

/* Decides on the text whether a passage that the index found holds what was asked for. */
bool matcher_holds(struct matcher *matcher, guint32 docid, bool *holds, GError **error);

/* Appends the marks (struct mark) of a text, in order, without overlaps. */
void matcher_marks(struct matcher *matcher, const char *language, const char *text, gsize len, GArray *marks);

/* The tokens (struct token) of the text that matcher_marks read last; borrowed until the matcher reads another one. */
const GArray *matcher_tokens(const struct matcher *matcher);

#endif
