/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * xtree.c - nodes of Xapian query trees.
 */
#include "searcher/xtree.h"

#include <string.h>

static struct xap_query *node(struct arena *arena, enum xap_op op, gsize n_kids)
{
	struct xap_query *query = arena_alloc(arena, sizeof *query);

	query->op = op;
	query->n_kids = n_kids;
	query->kids = arena_alloc(arena, n_kids * sizeof *query->kids);
	return query;
}

const struct xap_query *xtree_nothing(struct arena *arena)
{
	return node(arena, XAP_NOTHING, 0);
}

const struct xap_query *xtree_all(struct arena *arena)
{
	return node(arena, XAP_ALL, 0);
}

const struct xap_query *xtree_term(struct arena *arena, const char *term, gsize len)
{
	struct xap_query *query = node(arena, XAP_TERM, 0);

	query->term = arena_string(arena, term, (gssize)len);
	query->len = len;
	return query;
}

const struct xap_query *xtree_group(struct arena *arena, enum xap_op op, const GPtrArray *kids)
{
	struct xap_query *query;

	if (kids->len <= 1)
		return kids->len ? kids->pdata[0] : NULL;
	query = node(arena, op, kids->len);
	memcpy((gpointer)query->kids, kids->pdata, kids->len * sizeof *query->kids);
	return query;
}

const struct xap_query *xtree_pair(struct arena *arena, enum xap_op op, const struct xap_query *a, const struct xap_query *b)
{
	struct xap_query *query = node(arena, op, 2);
	const struct xap_query *const pair[] = { a, b };

	memcpy((gpointer)query->kids, pair, sizeof pair);
	return query;
}

const struct xap_query *xtree_scale(struct arena *arena, double factor, const struct xap_query *kid)
{
	struct xap_query *query = node(arena, XAP_SCALE, 1);

	query->factor = factor;
	memcpy((gpointer)query->kids, &kid, sizeof kid);
	return query;
}

void xtree_add_else(struct arena *arena, GPtrArray *either, GPtrArray *plain, const struct xap_query *query, const struct xap_query *plain_query)
{
	const struct xap_query *counted = query;

	if (plain->len)
		counted = xtree_pair(arena, XAP_AND_NOT, query, xtree_group(arena, XAP_OR, plain));
	g_ptr_array_add(either, (gpointer)counted);
	g_ptr_array_add(plain, (gpointer)(plain_query ? plain_query : query));
}
