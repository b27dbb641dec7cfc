/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * plan-parts.h - what the files of a plan share. Not for others.
 *
 *   plan.c           the query's tree: groups, nearness, common words, the whole
 *   plan-word.c      a word as each language reads it, and as what else it is looked for
 *   plan-phrase.c    phrases, and words before a star
 *   plan-terms.c     terms and what they weigh, leaves, readings
 */
#ifndef SEARCHER_PLAN_PARTS_H
#define SEARCHER_PLAN_PARTS_H

#include "searcher/plan.h"

struct planner {
	struct plan *plan;
	xap_db *db;
	struct rank_scheme scheme;
	const char *const *languages;
	bool *is_major;		/* of each language: no rare guest among the documents */
	guint n_languages;
	struct analysis *analysis;
	const struct wording *wording;
	GArray *tokens;
	guint32 documents;
	const struct query_node *filtered;	/* a group from which filters were taken, or NULL */
	guint excluding;	/* how many NOTs stand around what is being planned */
	GError *error;		/* sticky */
};

/* --- plan-word.c, plan-phrase.c: a leaf and its query; NULL where there is nothing but common words ------- */

/* whole: of a hyphenated word all parts must be there, else any will do. */
const struct xap_query *plan_word(struct planner *p, struct plan_node *at, bool whole);
const struct xap_query *plan_phrase(struct planner *p, struct plan_node *at);
const struct xap_query *plan_wildcard(struct planner *p, struct plan_node *at);

/* --- plan-terms.c ------------------------------------------------------------------------------------------ */

/* Terms without repetition: two languages often agree. */
void planner_add_term(GPtrArray *terms, struct term *term);

/* What a term weighs; 0 where nobody has it. *n gets how many have it. */
double planner_weight(struct planner *p, const char *text, gsize len, uint32_t *n);
/* What the rarest of the terms weighs; 0 of what is excluded. */
double planner_weight_of(struct planner *p, GPtrArray *terms);

/* Terms that count as one, and weigh as the most frequent of them does. */
struct synonym {
	GPtrArray *kids;	/* const struct xap_query * */
	double weight;
	uint32_t most;
};
void planner_add_synonym(struct planner *p, struct synonym *synonym, const char *text, gsize len);
/* NULL where none was added. */
const struct xap_query *planner_end_synonym(struct planner *p, struct synonym *synonym);
const struct xap_query *planner_one_of(struct planner *p, const struct term *term);
const struct xap_query *planner_any_of(struct planner *p, const GPtrArray *terms);

/* The tokens of a text as one language reads it, in p->tokens; their positions and forms are
 * the same in every language. */
void planner_tokenise(struct planner *p, const char *language, const char *text);

struct leaf *planner_leaf(struct planner *p, enum leaf_type type);
struct any_term planner_keep_terms(struct planner *p, GPtrArray *terms);
void planner_set_terms(struct planner *p, struct leaf *leaf, GPtrArray *terms);

/* What languages have read: do p->tokens give the terms that another one's reading gave? */
GHashTable *planner_readings_new(void);
bool planner_is_read(struct planner *p, GHashTable *readings);

/* Notes which word it is for that the query is looked for. */
const struct xap_query *planner_asked_by(struct planner *p, const struct plan_node *at, const struct xap_query *query);

#endif
