/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * xtree.h - nodes of Xapian query trees, made in an arena.
 */
#ifndef SEARCHER_XTREE_H
#define SEARCHER_XTREE_H

#include "corpus/arena.h"
#include "xapian/xap.h"

const struct xap_query *xtree_nothing(struct arena *arena);
const struct xap_query *xtree_all(struct arena *arena);
/* Copies the term. */
const struct xap_query *xtree_term(struct arena *arena, const char *term, gsize len);
/* NULL for no kids, the kid itself for one. kids: const struct xap_query *, copied. */
const struct xap_query *xtree_group(struct arena *arena, enum xap_op op, const GPtrArray *kids);
const struct xap_query *xtree_pair(struct arena *arena, enum xap_op op, const struct xap_query *a, const struct xap_query *b);
const struct xap_query *xtree_scale(struct arena *arena, double factor, const struct xap_query *kid);

/* Alternatives of which the first that a passage has counts: in either as they count, in plain as they match (they
 * are parts of each other's conditions, and must not grow with these). plain_query: query without conditions
 * of its own; NULL: it has none. */
void xtree_add_else(struct arena *arena, GPtrArray *either, GPtrArray *plain, const struct xap_query *query,
                    const struct xap_query *plain_query);

#endif
