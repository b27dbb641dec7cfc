/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * rank.c - how passages are ordered; see rank.h. The figures were chosen with
 * tests/bench/ranking.py on all judged collections together.
 */
#include "searcher/rank.h"

#include <glib.h>
#include <math.h>
#include <string.h>

#include "corpus/error.h"
#include "indexer/impact.h"
#include "searcher/rapporteur.h"

/* Few passages say little about how dense a word stands: so many of usual density are
 * added to them. A word that fills what it stands in is held down, so that no word
 * outweighs all others. */
#define DENSITY_PRIOR 0.45
#define DENSITY_PRIOR_PASSAGES 2
#define DENSITY_MAX 0.7

const struct rank_scheme rank_schemes[] = {
	{ "default", "rarity and density of the words, and closeness", 1, 0.3, 0.65 },
	{ "bm25", "rarity of the words alone (BM25)", 0, 1, 0 },
	{ "closeness", "BM25, and closeness", 0, 1, 0.4 },
	{ 0 }
};

const struct rank_scheme *rank_find(const char *name)
{
	for (const struct rank_scheme *scheme = rank_schemes; scheme->name; scheme++)
		if (strcmp(scheme->name, name) == 0)
			return scheme;
	return NULL;
}

const struct rank_scheme *rank_choose(const char *name, GError **error)
{
	const struct rank_scheme *scheme = name ? rank_find(name) : rank_schemes;
	g_autoptr(GString) names = g_string_new(NULL);

	for (const struct rank_scheme *one = rank_schemes; !scheme && one->name; one++)
		g_string_append_printf(names, "%s%s", names->len ? ", " : "", one->name);
	if (!scheme)
		g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_SYNTAX, "cannot rank by '%s': it is one of %s", name, names->str);
	return scheme;
}

const char *rap_rank_name(size_t i, const char **what)
{
	const struct rank_scheme *scheme = rank_schemes;

	while (i > 0 && scheme->name) {
		scheme++;
		i--;
	}
	if (what)
		*what = scheme->what;
	return scheme->name;
}

#define FEW_WORDS 3
#define MANY_WORDS 9
#define FEW_SHARE 0.3

struct rank_scheme rank_for(const struct rank_scheme *scheme, unsigned words)
{
	struct rank_scheme own = *scheme;
	double share = (double)(CLAMP(words, FEW_WORDS, MANY_WORDS) - FEW_WORDS) / (MANY_WORDS - FEW_WORDS);

	own.density *= FEW_SHARE + (1 - FEW_SHARE) * share;
	return own;
}

double rank_rarity(uint32_t n, uint32_t all)
{
	return n ? log(1 + (MAX(all, n) - n + 0.5) / (n + 0.5)) : 0;
}

/* The odds of the mean impact: BM25's saturation taken back, as far as a mean allows. */
double rank_density(const struct rank_scheme *scheme, uint32_t n, uint64_t mass)
{
	double mean = ((double)mass / IMPACT_MAX + DENSITY_PRIOR * DENSITY_PRIOR_PASSAGES) / (n + DENSITY_PRIOR_PASSAGES);

	mean = MIN(mean, DENSITY_MAX);
	return scheme->density > 0 ? pow(mean / (1 - mean), scheme->density) : 1;
}

double rank_word(const struct rank_scheme *scheme, uint32_t n, uint64_t mass, uint32_t all)
{
	return rank_rarity(n, all) * rank_density(scheme, n, mass);
}
