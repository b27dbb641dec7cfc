/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * plan-budget.c - what of a query is too much to be looked for.
 *
 * A plan is made once, and what each of its words would take is noted: the passages that have it. Where all
 * together are too many, it is made a second time without the most frequent ones. What must be there, or
 * stands in a phrase, is never left out: there the rarest word rules what is read.
 */
#include "searcher/plan-parts.h"

#define NAMED_MAX 8	/* so many of what was left out are named */

void plan_budget_init(struct plan_budget *budget)
{
	*budget = (struct plan_budget){ .costs = g_array_new(FALSE, FALSE, sizeof(struct cost)), .least = G_MAXUINT64,
	                                .left_out = g_hash_table_new(NULL, NULL), .forms_left = PLAN_MAX_FORMS,
	                                .terms_left = PLAN_MAX_STAR_TERMS };
}

void plan_budget_clear(struct plan_budget *budget)
{
	g_array_unref(budget->costs);
	g_hash_table_unref(budget->left_out);
	if (budget->dropped)
		g_hash_table_unref(budget->dropped);
}

bool plan_budget_takes_star(struct plan_budget *budget, const struct query_node *node)
{
	bool takes = budget->forms_left && budget->terms_left && !g_hash_table_contains(budget->left_out, node);

	if (!takes)
		g_hash_table_add(budget->left_out, (gpointer)node);
	return takes;
}

bool plan_budget_drops(const struct plan_budget *budget, const struct query_node *node)
{
	return budget->dropped && g_hash_table_contains(budget->dropped, node);
}

void plan_budget_note(struct plan_budget *budget, const struct query_node *node, guint64 postings, bool excluding)
{
	/* the postings of a star's many words lie far apart in memory */
	struct cost cost = { node, node->type == QUERY_WILDCARD ? 2 * postings : postings, budget->costs->len, excluding };

	g_array_append_val(budget->costs, cost);
}

/* Of equal ones the later goes first; what is excluded goes last. */
static gint by_postings(gconstpointer a, gconstpointer b)
{
	const struct cost *x = a, *y = b;

	if (x->excluding != y->excluding)
		return x->excluding ? 1 : -1;
	return x->postings != y->postings ? (x->postings < y->postings ? 1 : -1) : (x->order < y->order) - (x->order > y->order);
}

bool plan_budget_choose(struct plan_budget *budget)
{
	GArray *costs = budget->costs;
	guint64 all = 0;

	for (guint i = 0; i < costs->len; i++)
		all += g_array_index(costs, struct cost, i).postings;
	if (all <= PLAN_MAX_POSTINGS || costs->len < 2)
		return false;
	g_array_sort(costs, by_postings);
	budget->dropped = g_hash_table_new(NULL, NULL);
	for (guint i = 0; i < costs->len && all > PLAN_MAX_POSTINGS; i++) {
		const struct cost *cost = &g_array_index(costs, struct cost, i);

		if (!cost->excluding && (i + 1 == costs->len || cost[1].excluding))	/* the last that is asked for */
			continue;
		g_hash_table_add(budget->dropped, (gpointer)cost->node);
		all -= cost->postings;
	}
	g_array_set_size(costs, 0);
	budget->least = G_MAXUINT64;
	budget->forms_left = PLAN_MAX_FORMS;
	budget->terms_left = PLAN_MAX_STAR_TERMS;
	budget->values = 0;
	return true;
}

/* Those that stand first in the query. */
static void name_dropped(const struct plan_budget *budget, const struct query_node *node, GString *out, guint *named)
{
	if (g_hash_table_contains(budget->dropped, node) && node->text && *named < NAMED_MAX) {
		g_string_append_printf(out, "%s\"%.60s%s\"", *named ? ", " : "", node->text, node->type == QUERY_WILDCARD ? "*" : "");
		++*named;
	}
	for (guint i = 0; node->kids && i < node->kids->len; i++)
		name_dropped(budget, g_ptr_array_index(node->kids, i), out, named);
}

void plan_budget_warn(const struct plan_budget *budget, const struct query_node *root, GPtrArray *warnings)
{
	guint n = budget->dropped ? g_hash_table_size(budget->dropped) : 0, named = 0;
	g_autoptr(GString) words = g_string_new(NULL);

	if (n) {
		name_dropped(budget, root, words, &named);
		g_ptr_array_add(warnings, g_strdup_printf("The query asks for too much at once: the %u of its words that most passages have were "
		                                          "left out%s%s%s.", n, named ? " (" : "", words->str, !named ? "" : n > named ? ", ...)" : ")"));
	}
	if (budget->values > PLAN_MAX_VALUES)
		g_ptr_array_add(warnings, g_strdup_printf("The query asks for too many fields: of %u values only the first %d were looked for.",
		                                          budget->values, PLAN_MAX_VALUES));
	if (g_hash_table_size(budget->left_out))
		g_ptr_array_add(warnings, g_strdup_printf("The query has too many words with a star: the last %u of them were left out.",
		                                          g_hash_table_size(budget->left_out)));
}
