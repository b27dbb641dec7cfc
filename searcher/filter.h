/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * filter.h - from a field and a value to the terms that stand for it in this
 * index.
 */
#ifndef SEARCHER_FILTER_H
#define SEARCHER_FILTER_H

#include "corpus/arena.h"
#include "indexer/analysis.h"
#include "indexer/fields.h"
#include "indexer/stamp.h"
#include "searcher/query.h"
#include "searcher/rapporteur.h"
#include "xapian/xap.h"

/* Never NULL but with *error set (which must be NULL before); what matches
 * nothing gives NOTHING. upper is the upper end of a range, "" where it is
 * open, NULL where there is none. A value that can match nothing is said in the
 * warnings (char *, owned by the array). */
const struct xap_query *filter_query(struct arena *arena, xap_db *db, struct analysis *analysis,
                                     const struct field *field, const char *value, const char *upper,
                                     GPtrArray *warnings, GError **error);

/* The passages of dead sources; NULL where there are none. */
const struct xap_query *filter_dead(struct arena *arena, const struct stamp *stamp);

/* Adds what is asked for beside the query's text. false with SYNTAX set for a
 * field that there is not, or a value that makes no sense for it. */
bool filter_add_all(struct query *query, const RapFilter *filters, gsize n, GError **error);

/* Would the query above find this passage? For where the index does not decide. */
bool filter_holds(struct analysis *analysis, const struct field *field, const char *value, const char *upper,
                  const struct document *doc, const struct passage *passage);

#endif
