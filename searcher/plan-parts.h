/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * plan-parts.h - what the files of a plan share. Not for others.
 *
 *   plan.c           the query's tree: groups, nearness, common words, the whole
 *   plan-word.c      a word as each language reads it, and as what else it is looked for
 *   plan-phrase.c    phrases, and words before a star
 *   plan-terms.c     terms and what they weigh, leaves, readings
 *   plan-budget.c    what of a query is too much
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
	GHashTable *values;	/* of a field, as they were asked for -> its part of the query */
	GHashTable *weights;	/* term -> struct weighed, in the arena: what was looked up already */
	struct plan_budget *budget;
	GError *error;		/* sticky */
};

/* --- plan-budget.c ----------------------------------------------------------------------------------------- */

/* So many pairs of a term and a passage are read for a query. Of more, the words that most passages have are left
 * out, which tell least: adding up takes 20 to 40 ns a pair (xap.cc), so that this is a good half of what a search may take. */
#define PLAN_MAX_POSTINGS 2500000
/* So many words that begin with some letters are looked at, for all stars of a query together: about 1 us each. */
#define PLAN_MAX_FORMS 20000
/* So many of them are looked for, also for all stars together: to open the postings of a rare word takes 15 us. */
#define PLAN_MAX_STAR_TERMS 2000

/* So many values of fields are looked for: for each of them all values of the index are walked. */
#define PLAN_MAX_VALUES 64

/* What may be left out, and what it would cost. */
struct cost {
	const struct query_node *node;
	guint64 postings;
	guint order;
	bool excluding;		/* without it passages are found that nobody wants */
};
struct plan_budget {
	guint64 postings;	/* of the query's parts as they are planned, one after the other */
	guint64 least;		/* of what must be there in the group in hand */
	GArray *costs;		/* struct cost */
	GHashTable *dropped;	/* const struct query_node *, as a set: left out of this plan; or NULL */
	guint forms_left;	/* of PLAN_MAX_FORMS */
	guint terms_left;	/* of PLAN_MAX_STAR_TERMS */
	GHashTable *left_out;	/* stars for which nothing was left, and that stay out of the next plan: as dropped */
	guint values;		/* of fields */
};

void plan_budget_init(struct plan_budget *budget);
void plan_budget_clear(struct plan_budget *budget);
/* May another star be looked for? */
bool plan_budget_takes_star(struct plan_budget *budget, const struct query_node *node);
bool plan_budget_drops(const struct plan_budget *budget, const struct query_node *node);
/* The node took so many postings, and may be left out; what stands under a NOT only where nothing else is left. */
void plan_budget_note(struct plan_budget *budget, const struct query_node *node, guint64 postings, bool excluding);
/* Chooses what is to be left out of the next plan. false: nothing need be. */
bool plan_budget_choose(struct plan_budget *budget);
/* Says what was left out, in the plan's warnings. */
void plan_budget_warn(const struct plan_budget *budget, const struct query_node *root, GPtrArray *warnings);

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
