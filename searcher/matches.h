/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * matches.h - all passages that a query matches, as sets: no ranking, no
 * weights, one bit a passage. What counts every match is made of these.
 */
#ifndef SEARCHER_MATCHES_H
#define SEARCHER_MATCHES_H

#include "indexer/store.h"
#include "xapian/xap.h"

/* One set over all segments that are open: bit i of shards[s] is the passage i (from 0) of shard s. */
struct matches {
	guint n_shards;
	guint32 *passages;	/* in each shard */
	guint64 **shards;
};

/* An empty set. */
struct matches *matches_new(struct store *store);
void matches_free(struct matches *matches);

/* Adds what the query matches, by what the index knows. Looks at no more than max_postings
 * (term, passage) pairs: *all is false where that was not enough, and the set is of no use then. */
bool matches_add_query(struct matches *matches, xap_db *db, const struct xap_query *query, guint64 max_postings,
                       bool *all, GError **error);
/* Adds one passage, by its number in the database of all shards. */
void matches_add(struct matches *matches, guint32 docid);

/* Leaves only what the function accepts, which may ask for the value in the slot. */
bool matches_sift(struct matches *matches, xap_db *db, guint32 slot, xap_accept_fn *accept, void *data, GError **error);
/* Leaves only those of which the function says so; docid as for matches_add. false: it failed. */
typedef bool matches_docid_fn(guint32 docid, bool *keep, void *data, GError **error);
bool matches_verify(struct matches *matches, matches_docid_fn *fn, void *data, GError **error);

/* Leaves only what is in the other set, too. */
void matches_keep(struct matches *matches, const struct matches *other);
struct matches *matches_copy(const struct matches *matches);
guint64 matches_count(const struct matches *matches);

#endif
