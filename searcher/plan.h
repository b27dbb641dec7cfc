/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * plan.h - from the query's tree to Xapian's, and to what only the text can
 * decide.
 *
 *   query tree --words, languages--> leaves --> Xapian query (finds a superset)
 *                                          \\--> leaves to verify on the text
 *
 * The index holds stems. Phrases, nearness and the letters before a star are
 * verified on the stored text of those passages that have all the stems.
 */
#ifndef SEARCHER_PLAN_H
#define SEARCHER_PLAN_H

#include "corpus/arena.h"
#include "indexer/analysis.h"
#include "indexer/stamp.h"
#include "searcher/query.h"
#include "searcher/rank.h"
#include "xapian/xap.h"

enum leaf_type { LEAF_WORD, LEAF_PHRASE, LEAF_WILDCARD };

/* A word as it must stand in a phrase. */
struct phrase_word {
	const char *form;	/* fold, or exact where the query has accents */
	guint len;
	bool exact;
	guint32 hash;		/* of fold */
	guint position, span;
	bool joined;
};

/* A hyphenated form that must be there whole: its joined form, or all its parts. */
struct any_term {
	struct term **terms;
	guint n;
};
struct word_reading {
	struct any_term *all;
	guint n;
};

/* What of the query can match words of a text. */
struct leaf {
	enum leaf_type type;
	guint index;			/* in the plan */
	struct term **terms;		/* WORD, WILDCARD: any of them */
	guint n_terms;
	struct word_reading *readings;	/* WORD: not just any of the terms, but all of one reading; or NULL */
	guint n_readings;
	struct word_reading *sequences;	/* WORD: other forms of several words: all of one of them, in this order */
	guint n_sequences;
	struct phrase_word *words;	/* PHRASE: in order of position, a joined form before its parts */
	guint n_words, n_positions;
	guint *first;			/* PHRASE: position -> its first word; one more at the end */
	const char *prefix;		/* WILDCARD: the fold before the star */
	double weight;			/* >= 0: what its rarest term weighs, for snippets; 0 where excluded */
	bool excluded;			/* stands under a NOT: nothing to mark */
};

struct plan_node {
	const struct query_node *node;
	const struct leaf *leaf;	/* of WORD (NULL: only common words), PHRASE, WILDCARD */
	bool neutral;			/* nothing but common words: neither helps nor harms */
	struct plan_node **kids;
	guint n_kids;
};

struct wording;

struct plan {
	struct arena *arena;
	const struct xap_query *query;
	struct plan_node *root;
	GPtrArray *leaves;		/* struct leaf * */
	bool verify;			/* is there anything to verify? */
	bool required_only;		/* then: is it enough that each PHRASE, NEAR and WILDCARD of `required` holds?
					   Else these must hold, and the whole tree. */
	GPtrArray *required;		/* struct plan_node * */
	GPtrArray *warnings;		/* char *, owned */
	guint32 documents;		/* passages that there are */
	struct rank_scheme scheme;	/* as it is for this query */
	GHashTable *asked;		/* part of query (const struct xap_query *) -> the word, phrase or wildcard (const
					   struct query_node *, of the query or the arena) that it is for */
	GHashTable *as;			/* part of query -> as what else its word is looked for (const char *, the wording's or the
					   feedback's) */
};

/* A query without any kids asks for everything, with nothing set for nothing.
 * languages: those of the documents in the index (NULL-terminated, as in the
 * stamp); each word is read in all of them. wording (or NULL) says as what else. Passages of dead sources are left out. analysis must not be
 * trimmed while the plan lives. */
struct plan *plan_new(const struct query *query, bool nothing, xap_db *db, const struct stamp *stamp,
                      const char *const *languages, struct analysis *analysis, const struct wording *wording,
                      const struct rank_scheme *scheme, GError **error);
void plan_free(struct plan *plan);

#endif
