/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * feedback.h - pseudo-relevance feedback: what the best passages of a search have in
 * common and others have not ranks the next one.
 *
 * Terms are weighed as Bo1 does (Amati 2003): by how much more often they stand in the best
 * passages than chance would have it. They only rank: nothing is found that the query itself does not find.
 */
#ifndef SEARCHER_FEEDBACK_H
#define SEARCHER_FEEDBACK_H

#include "corpus/arena.h"
#include "indexer/analysis.h"
#include "searcher/rank.h"
#include "xapian/xap.h"

#define FEEDBACK_PASSAGES 8	/* the best so many are looked at */
#define FEEDBACK_TERMS 20

struct feedback;

/* Borrows the analysis, which must not be trimmed meanwhile. */
struct feedback *feedback_new(struct analysis *analysis);
void feedback_free(struct feedback *feedback);

/* One of the best passages: its text and the title of its document (or NULL). Words in both count twice. */
void feedback_add(struct feedback *feedback, const char *language, const char *text, gsize len, const char *title);

/* Chooses the terms; to be called once, behind the last passage. */
bool feedback_choose(struct feedback *feedback, xap_db *db, GError **error);

/* The words chosen, as they stood first, those that tell most first; NULL-terminated, the arena's. */
const char *const *feedback_words(const struct feedback *feedback, struct arena *arena);

/* What adds their weight: for XAP_AND_MAYBE. NULL where none was chosen. as gets for each term's part of it
 * the word, as struct plan has it. */
const struct xap_query *feedback_query(const struct feedback *feedback, const struct rank_scheme *scheme, struct arena *arena, GHashTable *as);

#endif
