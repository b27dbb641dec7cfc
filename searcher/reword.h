/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * reword.h - what else a word is looked for as (wording.h), put into its leaf and its query.
 */
#ifndef SEARCHER_REWORD_H
#define SEARCHER_REWORD_H

#include "searcher/plan.h"

/* What a term weighs in a query; 0 where nobody has it. */
typedef double reword_weight_fn(const struct term *term, void *data);
/* Does a text of the index have the word as this term? What another language's stemmer makes of it may be
 * somebody else's word: "center" is no "cent". */
typedef bool reword_stands_fn(const struct word *word, void *data);
/* A query for a term, of the given weight at most. */
typedef const struct xap_query *reword_term_fn(const struct term *term, double weight, void *data);

struct reword {
	struct arena *arena;
	struct analysis *analysis;
	const char *const *languages;
	GArray *tokens;			/* scratch */
	reword_weight_fn *weight;
	reword_stands_fn *stands;
	reword_term_fn *term;
	void *data;
	GHashTable *as;			/* gets for each form's part of the query its text, as struct plan has it */
};

/* Adds the forms (struct also) to a leaf whose terms and weight are set, and gives the query that finds the
 * word or, for less, any of them. query may be NULL: then the word itself is nowhere. */
const struct xap_query *reword_leaf(const struct reword *reword, struct leaf *leaf, const struct xap_query *query, const GArray *forms);

#endif
