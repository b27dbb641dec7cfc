/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * names.c - what stands for several words of a query, or several words for it: acronyms
 * that the texts explain, and a user's synonyms.
 */
#include "searcher/wording-parts.h"

#include <stdlib.h>
#include <string.h>

#include "indexer/vocabulary.h"
#include "searcher/synonyms.h"
#include "searcher/variants.h"

struct counted {
	const char *text;
	guint n;
};

static gint by_count(gconstpointer a, gconstpointer b)
{
	const struct counted *x = a, *y = b;

	return x->n != y->n ? (x->n < y->n ? 1 : -1) : strcmp(x->text, y->text);
}

/* Adds up the counts of entries "text TAB count TAB source" with the same text; splits the entries. */
static GArray *add_up(GPtrArray *entries, guint texts)
{
	GArray *all = g_array_new(FALSE, FALSE, sizeof(struct counted));

	for (guint i = 0; i < entries->len; i++) {
		char *entry = g_ptr_array_index(entries, i), *tab = entry;
		struct counted *last = all->len ? &g_array_index(all, struct counted, all->len - 1) : NULL;

		for (guint skip = texts; tab && skip; skip--)
			tab = strchr(skip == texts ? tab : tab + 1, '\t');
		if (!tab)
			continue;
		*tab = '\0';
		if (last && strcmp(last->text, entry) == 0)	/* the entries are sorted */
			last->n += (guint)g_ascii_strtoull(tab + 1, NULL, 10);
		else
			g_array_append_vals(all, &(struct counted){ entry, (guint)g_ascii_strtoull(tab + 1, NULL, 10) }, 1);
	}
	g_array_sort(all, by_count);
	return all;
}

#define NAMES_MAX 2		/* of an acronym */
#define NAME_SHARE 4		/* the second has at least so large a part of the first's count */

static void look_for_names_of(struct wording *w, struct asked *word, const char *acronym)
{
	g_autoptr(GPtrArray) entries = wording_learnt(w, VOCABULARY_NAMES, acronym);
	g_autoptr(GArray) names = add_up(entries, 1);

	for (guint i = 0; i < MIN(names->len, NAMES_MAX); i++) {
		const struct counted *name = &g_array_index(names, struct counted, i);

		if (name->n * NAME_SHARE >= g_array_index(names, struct counted, 0).n)
			wording_try(w, word, name->text, SHARE_ACRONYM);
	}
}

static bool has_vowel(const char *fold)
{
	return strpbrk(fold, "aeiouy") != NULL;
}

/* "RCPs" as they are typed: capitals and an s behind them. */
static bool is_plural_acronym(const char *text)
{
	gsize n = 0;

	while (g_ascii_isupper(text[n]))
		n++;
	return n >= ACRONYM_MIN_LETTERS && text[n] == 's' && !text[n + 1];
}

/* Without a vowel no stemmer takes the s of a plural away: either form is also looked for as the other. */
static void look_for_plural(struct wording *w, struct asked *word)
{
	gsize len = strlen(word->fold);
	g_autofree char *other = NULL;

	if (len > ACRONYM_MAX_LETTERS + 1 || (has_vowel(word->fold) && !word->is_shouted && !is_plural_acronym(word->node->text)))
		return;
	if (word->fold[len - 1] != 's')
		other = g_strconcat(word->fold, "s", NULL);
	else if (len > ACRONYM_MIN_LETTERS && !word->is_shouted && (is_plural_acronym(word->node->text) || !has_vowel(word->fold)))
		other = g_strndup(word->fold, len - 1);
	if (other && wording_is_there(w, other))
		wording_try(w, word, other, SHARE_SPELLING);
}

void names_look_for_names(struct wording *w, struct asked *word)
{
	gsize len = strlen(word->fold);

	if (len < ACRONYM_MIN_LETTERS || len > 2 * ACRONYM_MAX_LETTERS)
		return;
	look_for_names_of(w, word, word->fold);
	if (!word->also && len > 2 && word->fold[len - 1] == 's') {
		g_autofree char *one = g_strndup(word->fold, len - 1);

		look_for_names_of(w, word, one);
	}
	look_for_plural(w, word);
}

/* The same word, but for plural and spelling? */
static bool is_alike(const char *a, const char *b)
{
	g_autoptr(GPtrArray) variants = NULL;
	gsize x = strlen(a), y = strlen(b), same = 0;

	while (a[same] && a[same] == b[same])
		same++;
	if (!a[same] && !b[same])
		return true;
	if (same >= 4 && MAX(x, y) - same <= 3 && (x > y ? a : b)[MAX(x, y) - 1] == 's')	/* agency, agencies */
		return MAX(x, y) - MIN(x, y) <= 2;
	variants = g_ptr_array_new_with_free_func(g_free);
	variants_of(a, a, false, variants);
	return g_ptr_array_find_with_equal_func(variants, b, g_str_equal, NULL);
}

/* How many words of the run, from the first on, are the name's; 0 where they are not. Function words may differ. */
static guint covers(const struct asked *run, guint n, const char *name)
{
	g_auto(GStrv) words = g_strsplit(name, " ", NAME_MAX_WORDS + 1);
	guint at = 0;

	for (char **word = words; *word; word++) {
		if (vocabulary_is_small(*word))
			continue;
		while (at < n && vocabulary_is_small(run[at].fold))
			at++;
		if (at == n || !run[at].single || !is_alike(run[at].fold, *word))
			return 0;
		at++;
	}
	return at;
}

static void add_to_span(struct wording *w, struct asked *run, guint n, const char *text, double share)
{
	bool told = false;

	for (guint i = n; i > 0; i--)
		if (!run[i - 1].common)
			told |= wording_add(w, &run[i - 1], (struct also){ .text = text, .share = share, .quiet = told });
}

void names_look_for_acronyms(struct wording *w, struct asked *run, guint n)
{
	const char *folds[NAME_MAX_WORDS];
	g_autoptr(GString) key = g_string_new(NULL);
	guint most = MIN(n, NAME_MAX_WORDS);

	if (vocabulary_is_small(run[0].fold))
		return;
	for (guint i = 0; i < most; i++)
		folds[i] = run[i].fold;
	if (!vocabulary_name_key(folds, most, key))
		return;
	g_autoptr(GPtrArray) entries = wording_learnt(w, VOCABULARY_ACRONYMS, key->str);
	g_autoptr(GArray) acronyms = add_up(entries, 2);

	for (guint i = 0; i < acronyms->len; i++) {
		char *acronym = (char *)g_array_index(acronyms, struct counted, i).text, *name = strchr(acronym, '\t');
		guint covered = name ? covers(run, n, name + 1) : 0;

		if (!covered)
			continue;
		*name = '\0';
		if (wording_frequency(w, acronym, NULL))
			add_to_span(w, run, covered, acronym, SHARE_ACRONYM);
		*name = '\t';
	}
}

void names_look_for_synonyms(struct wording *w, struct asked *run, guint n)
{
	g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(struct other_words));
	const char *folds[SYNONYMS_MAX_WORDS];
	guint most = MIN(n, SYNONYMS_MAX_WORDS);

	if (!w->synonyms)
		return;
	for (guint i = 0; i < most; i++)
		folds[i] = run[i].fold;
	synonyms_find(w->synonyms, folds, most, found);
	for (guint i = 0; i < found->len; i++) {
		const struct other_words *synonym = &g_array_index(found, struct other_words, i);

		if (wording_frequency(w, synonym->text, NULL))
			add_to_span(w, run, synonym->n, synonym->text, SHARE_SYNONYM);
	}
}
