/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * synonyms.h - a user's own synonyms, from a plain text:
 *
 *   # a group a line: any of them finds the others
 *   refoulement, forced return, pushback
 *   # from one side only
 *   lorry => truck, heavy goods vehicle
 *
 * Case, accents and punctuation do not count. Several groups may hold a word.
 */
#ifndef SEARCHER_SYNONYMS_H
#define SEARCHER_SYNONYMS_H

#include "indexer/analysis.h"

#define SYNONYMS_MAX_BYTES (16 << 20)
#define SYNONYMS_MAX_MEMBERS 64		/* in a group */
#define SYNONYMS_MAX_WORDS 16		/* in a member */

struct synonyms;

/* Errors: SYNTAX, with the number of the line; TOO_LARGE. */
struct synonyms *synonyms_read(const char *text, gsize len, struct analysis *analysis, GError **error);
void synonyms_free(struct synonyms *synonyms);

/* Appends what else stands for words that begin with the first of n (folds): for each member that they begin with
 * its group's others (struct other_words). */
struct other_words {
	guint n;		/* so many of the words it stands for */
	const char *text;	/* a key (analysis_key), borrowed */
};
void synonyms_find(const struct synonyms *synonyms, const char *const *words, guint n, GArray *out);

#endif
