/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rank.h - how passages are ordered: what a word weighs in a query, and what
 * counts beside the words. The index settled how much a word is a passage's
 * subject (indexer/impact.h); all else is settled here.
 *
 *   a hit's score = sum over the query's words: times asked * weight of the word * impact in the passage
 *                 + closeness * best score * what only the text tells (closeness.h)
 *
 * The weight of a word is its inverse document frequency (Robertson and Spaerck
 * Jones 1976), times how dense it stands where it stands: a word that
 * returns in the passages that have it is what they are about (after Amati and
 * van Rijsbergen 2002, whose In_expB2 multiplies by the mean frequency).
 */
#ifndef SEARCHER_RANK_H
#define SEARCHER_RANK_H

#include "xapian/xap.h"

struct rank_scheme {
	const char *name;	/* as --rank has it */
	const char *what;	/* one line of help */
	double density;		/* exponent of the word's density; 0 leaves it out */
	double weak;		/* factor of words that hardly say what is asked for; 1 leaves them alone */
	double closeness;	/* share of the best score that closeness of 1 adds */
};

/* The first one is the default; the last has name NULL. */
extern const struct rank_scheme rank_schemes[];

/* The scheme as it is for a query of so many words: who asks with few has chosen each of them, who pastes a
 * text has not. */
struct rank_scheme rank_for(const struct rank_scheme *scheme, unsigned words);

/* NULL if there is none of that name. */
const struct rank_scheme *rank_find(const char *name);

/* The one of that name, or for NULL the default. SYNTAX, with the names, if there is none. */
const struct rank_scheme *rank_choose(const char *name, GError **error);

/* What one word of a query weighs: n of all passages have it, mass is the sum
 * of its impacts there. 0 where n is 0. */
double rank_word(const struct rank_scheme *scheme, uint32_t n, uint64_t mass, uint32_t all);

/* The two factors of it, for those who explain it. */
double rank_rarity(uint32_t n, uint32_t all);
double rank_density(const struct rank_scheme *scheme, uint32_t n, uint64_t mass);

#endif
