/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * fuzz-query.c - any bytes as a query: it parses, the tree keeps its limits,
 * and reading the interpretation gives the same tree.
 */
#include <stdint.h>
#include <string.h>

#include "searcher/query.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool same_kids(const struct query_node *a, const struct query_node *b);

static bool same(const struct query_node *a, const struct query_node *b)
{
	if (a->type != b->type || a->occur != b->occur || a->distance != b->distance ||
	    a->field != b->field || g_strcmp0(a->text, b->text) != 0 ||
	    g_strcmp0(a->upper, b->upper) != 0 || !a->kids != !b->kids)
		return false;
	if (!a->kids)
		return true;
	return same_kids(a, b);
}

static bool same_kids(const struct query_node *a, const struct query_node *b)
{
	if (a->kids->len != b->kids->len)
		return false;
	for (guint i = 0; i < a->kids->len; i++)
		if (!same(g_ptr_array_index(a->kids, i), g_ptr_array_index(b->kids, i)))
			return false;
	return true;
}

static unsigned check_node(const struct query_node *node, unsigned depth)
{
	unsigned leaves = 0;

	g_assert_cmpuint(depth, <=, QUERY_MAX_DEPTH + 1);
	if (node->text)
		g_assert_true(g_utf8_validate(node->text, -1, NULL));
	if (!node->kids) {
		g_assert_true(node->text && *node->text != '\0' ? true : node->upper && *node->upper);
		return 1;
	}
	for (guint i = 0; i < node->kids->len; i++)
		leaves += check_node(g_ptr_array_index(node->kids, i), depth + 1);
	return leaves;
}

/* Filters that were added may have left a group around the others. */
static const struct query_node *inner_root(const struct query *query)
{
	const struct query_node *root = query->root, *kid;

	if (root->kids->len != 1)
		return root;
	kid = g_ptr_array_index(root->kids, 0);
	return kid->type == QUERY_GROUP && kid->occur == QUERY_MUST ? kid : root;
}

static void check_round_trip(const struct query *query)
{
	g_autofree char *said = query_interpretation(query);
	g_autoptr(Query) again = query_parse(said);
	g_autofree char *said_again = query_interpretation(again);

	g_assert_true(same_kids(inner_root(query), again->root));
	g_assert_cmpstr(said, ==, said_again);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autofree char *text = g_strndup((const char *)data, size);
	g_autoptr(Query) query = query_parse(text);

	g_assert_cmpint(query->root->type, ==, QUERY_GROUP);
	g_assert_cmpuint(check_node(query->root, 0), <=, QUERY_MAX_LEAVES);
	check_round_trip(query);
	if (size > 0) {
		query_add_filter(query, &fields[data[0] % N_FIELDS], text + (*text != '\0'));
		query_add_filter(query, &fields[data[size - 1] % N_FIELDS], text);
		check_round_trip(query);
	}
	return 0;
}
