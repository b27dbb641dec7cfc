/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * wording.h - as what else the words of a query may stand in the texts: in another
 * spelling, joined or apart, misread or misprinted, as an acronym or its name, as one of the user's
 * synonyms, and, where nothing of this is there, as a word that was meant.
 *
 *   query tree --words in their order, the index's own vocabulary--> for each word, what else
 *
 * What is looked up is bounded, and lazy: for a word that is there and has no other spelling it is a few terms;
 * near words are looked for where a word is not there. Words that are excluded, marked with + or in
 * quotation marks are taken as they are.
 */
#ifndef SEARCHER_WORDING_H
#define SEARCHER_WORDING_H

#include "indexer/analysis.h"
#include "indexer/store.h"
#include "searcher/query.h"

#define WORDING_MAX_EACH 6	/* of one word */
#define WORDING_MAX 64		/* of a query */

/* What a word is also looked for as. */
struct also {
	const char *text;	/* a fold, or several with single blanks: all of them */
	double share;		/* of what the word itself weighs, below 1 */
	bool quiet;		/* another word of the query has told it already */
	bool meant;		/* the word as asked is not there, or far too rare: this was meant */
	bool apart;		/* words that had run into one: any of them, each for itself */
};

struct wording;
struct synonyms;

/* languages as for plan_new; synonyms may be NULL. */
struct wording *wording_new(const struct query *query, struct store *store, const char *const *languages,
                            struct analysis *analysis, const struct synonyms *synonyms, GError **error);
void wording_free(struct wording *wording);

/* struct also, best first; NULL for none. wording may be NULL. */
const GArray *wording_of(const struct wording *wording, const struct query_node *node);

/* The interpretation, with what else each word is looked for as behind it, "labour{~labor}", which is passed over
 * when it is read again. g_free it. */
char *wording_interpretation(const struct wording *wording, const struct query *query);

/* Sets *suggestion to the query with the words that were meant, as the texts write them; NULL where there is
 * nothing to suggest. wording may be NULL. g_free it. */
bool wording_suggestion(struct wording *wording, const struct query *query, char **suggestion, GError **error);

#endif
