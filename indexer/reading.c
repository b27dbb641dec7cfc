/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * reading.c - the term of a word is the fold of its stem. A second reading, the
 * first of these that applies and differs:
 *
 *   7,000       7000: digits grouped in threes
 *   u.n         un: single letters with full stops
 *   l'europe    europ: the elided article or preposition gone
 *   métier      the stem of the spelling without accents, when it is another
 *
 * Words with digits and dotted words are not stemmed.
 */
#include "indexer/reading.h"

#include "indexer/fold.h"
#include "indexer/stem.h"
#include "indexer/stopwords.h"

#include <libstemmer.h>
#include <string.h>

/* What may stand before an apostrophe in place of a whole word. */
static const struct {
	const char *language;
	const char *heads;
} elisions[] = {
	{ "ca", " d l m n s t " },
	{ "fr", " c d j jusqu l lorsqu m n puisqu qu quelqu quoiqu s t " },
	{ "it", " all anch bell c coll d dall dell gl l m n nell quell quest s sant senz sull t tutt un v " },
};

/* Where a full stop groups digits, and a comma is the decimal sign. */
static const char stop_groups[] = " da de es id it nl pt tr ";

struct reading {
	struct sb_stemmer *stemmer;
	GHashTable *stop;	/* or NULL */
	const char *heads;	/* or NULL */
	bool stop_groups;
	GString *stem, *exact;	/* scratch */
};

/* Is the word of len bytes in a list with blanks around each? */
static bool in_list(const char *list, const char *word, gsize len)
{
	for (const char *at = list; (at = strchr(at, ' ')) && at[1]; at++)
		if (strncmp(at + 1, word, len) == 0 && at[1 + len] == ' ')
			return true;
	return false;
}

static char *without_dots(const char *word)
{
	g_auto(GStrv) parts = g_strsplit(word, "ё", -1);

	return g_strjoinv("е", parts);
}

static GHashTable *stop_set(const char *language)
{
	const char *list = stopwords_of(language);

	if (!list)
		return NULL;
	GHashTable *set = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_auto(GStrv) words = g_strsplit(list, " ", -1);

	for (guint i = 0; words[i]; i++) {
		g_hash_table_add(set, g_strdup(words[i]));
		if (strstr(words[i], "ё"))	/* which is mostly printed without its dots */
			g_hash_table_add(set, without_dots(words[i]));
	}
	return set;
}

struct reading *reading_new(const char *language)
{
	struct reading *reading = g_new0(struct reading, 1);

	reading->stemmer = stem_open(language);
	reading->stop = stop_set(language);
	for (guint i = 0; language && i < G_N_ELEMENTS(elisions); i++)
		if (strcmp(elisions[i].language, language) == 0)
			reading->heads = elisions[i].heads;
	reading->stop_groups = language && in_list(stop_groups, language, strlen(language));
	reading->stem = g_string_new(NULL);
	reading->exact = g_string_new(NULL);
	return reading;
}

void reading_free(struct reading *reading)
{
	if (!reading)
		return;
	sb_stemmer_delete(reading->stemmer);
	g_clear_pointer(&reading->stop, g_hash_table_unref);
	g_string_free(reading->stem, TRUE);
	g_string_free(reading->exact, TRUE);
	g_free(reading);
}

/* What follows an elided head; NULL if there is none. */
static const char *after_elision(const struct reading *reading, const char *exact)
{
	const char *apostrophe = reading->heads ? strchr(exact, '\'') : NULL;

	if (!apostrophe || !apostrophe[1])
		return NULL;
	return in_list(reading->heads, exact, (gsize)(apostrophe - exact)) ? apostrophe + 1 : NULL;
}

bool reading_is_stop(const struct reading *reading, const char *exact)
{
	if (!reading->stop)
		return false;
	if (g_hash_table_contains(reading->stop, exact))
		return true;
	const char *rest = after_elision(reading, exact);

	return rest && g_hash_table_contains(reading->stop, rest);
}

/* The length of the digits at p, grouped in threes by one sign; 0 if they are
 * not. */
static gsize grouped_len(const char *p, char sign)
{
	gsize head = strspn(p, "0123456789"), at = head, groups = 0;

	if (head < 1 || head > 3)
		return 0;
	while (p[at] == sign && strspn(p + at + 1, "0123456789") == 3) {
		at += 4;
		groups++;
	}
	return groups ? at : 0;
}

/* "1,234,567.89" as 1234567.89; the decimal sign becomes a full stop. */
static bool ungroup(const char *fold, char sign, char decimal, GString *number)
{
	gsize len = grouped_len(fold, sign);
	gsize decimals = fold[len] == decimal ? strspn(fold + len + 1, "0123456789") : 0;

	if (!len || (fold[len] && (!decimals || fold[len + 1 + decimals])))
		return false;
	for (gsize i = 0; i < len; i++)
		if (fold[i] != sign)
			g_string_append_c(number, fold[i]);
	if (decimals)
		g_string_append_printf(number, ".%s", fold + len + 1);
	return true;
}

static bool read_number(const struct reading *reading, const char *fold, GString *also)
{
	if (reading->stop_groups ? ungroup(fold, '.', ',', also) : ungroup(fold, ',', '.', also))
		return true;
	return ungroup(fold, '\'', '.', also);
}

/* "u.n" as un. */
static bool read_initials(const char *fold, GString *also)
{
	gsize n = 0;

	for (const char *p = fold; ; p = g_utf8_next_char(p) + 1) {
		const char *next = *p ? g_utf8_next_char(p) : p;

		if (next == p || *p == '.' || (*next && *next != '.'))
			break;
		g_string_append_len(also, p, next - p);
		n++;
		if (!*next)
			return n > 1;
	}
	g_string_truncate(also, 0);
	return false;
}

static void fold_of_stem(struct reading *reading, const char *exact, GString *term)
{
	stem_word(reading->stemmer, exact, strlen(exact), reading->stem);
	fold_word(reading->stem->str, reading->stem->len, reading->exact, term);
}

static bool has_digit(const char *exact)
{
	for (const char *p = exact; *p; p = g_utf8_next_char(p))
		if (g_unichar_isdigit(g_utf8_get_char(p)))
			return true;
	return false;
}

/* The remainder behind an elision, or the unaccented spelling. */
static void read_again(struct reading *reading, const char *exact, const char *fold, GString *also)
{
	const char *rest = after_elision(reading, exact);

	if (rest)
		fold_of_stem(reading, rest, also);
	else if (strcmp(exact, fold) != 0)
		fold_of_stem(reading, fold, also);
}

void reading_read(struct reading *reading, const char *exact, const char *fold,
                 GString *term, GString *also)
{
	g_string_truncate(also, 0);
	if (has_digit(exact)) {
		g_string_assign(term, fold);
		read_number(reading, fold, also);
	} else if (strpbrk(exact, ".:_")) {
		g_string_assign(term, fold);
		read_initials(fold, also);
	} else {
		fold_of_stem(reading, exact, term);
		read_again(reading, exact, fold, also);
	}
	if (strcmp(term->str, also->str) == 0)
		g_string_truncate(also, 0);
}
