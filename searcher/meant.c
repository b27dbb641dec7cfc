/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * meant.c - a word that is nowhere: what was meant. Near words are weighed by how near and how
 * frequent they are; the few best are looked for together, and the ranking decides.
 */
#include "searcher/wording-parts.h"

#include <math.h>
#include <string.h>

#include "searcher/near.h"

#define NEAR_WORDS_MAX 4	/* so many words of a query are looked for near words */
#define NEAR_FAR_CHARS 8	/* from so many characters on two changes are looked for */
#define MEANT_MAX 3
#define MORE_FREQUENT 4		/* times, before a word is meant in place of one that is there */

struct guess {
	const char *text;
	double worth;
};

static gint by_worth(gconstpointer a, gconstpointer b)
{
	const struct guess *x = a, *y = b;

	return x->worth != y->worth ? (x->worth < y->worth ? 1 : -1) : strcmp(x->text, y->text);
}

/* A change weighs as much as being twenty times rarer; the same ending, and nothing but
 * letters exchanged or doubled, is likelier than another. */
static double worth_of(const struct asked *word, const struct near_word *near, uint32_t n)
{
	glong letters = g_utf8_strlen(word->fold, -1), other = g_utf8_strlen(near->text, -1);
	double worth = log(1 + (double)n) - 3.0 * near->distance;

	return worth + (letters == other && near->distance == 1 ? 0.3 : 0);
}

/* meant: they are words, and can be suggested. */
static void keep_guesses(struct wording *w, struct asked *word, const GArray *found, bool meant)
{
	g_autoptr(GArray) guesses = g_array_new(FALSE, FALSE, sizeof(struct guess));
	g_autoptr(GPtrArray) seen = g_ptr_array_new();
	double share = word->n ? SHARE_RATHER : SHARE_MEANT;

	wording_terms(w, word->fold, seen);
	for (guint i = 0; i < found->len; i++) {
		const struct near_word *near = &g_array_index(found, struct near_word, i);
		uint32_t n = wording_frequency(w, near->text, seen);

		if (n >= MORE_FREQUENT * word->n && n)
			g_array_append_vals(guesses, &(struct guess){ near->text, worth_of(word, near, n) }, 1);
	}
	g_array_sort(guesses, by_worth);
	for (guint i = 0, kept = 0; i < guesses->len && kept < MEANT_MAX; i++) {
		const struct guess *guess = &g_array_index(guesses, struct guess, i);
		double behind = g_array_index(guesses, struct guess, 0).worth - guess->worth;

		if (behind > 3)
			break;
		if (!wording_frequency(w, guess->text, seen))	/* another form of the one before */
			continue;
		kept += wording_add(w, word, (struct also){ .text = guess->text, .share = share / (1 + behind / 3), .meant = meant });
		wording_terms(w, guess->text, seen);
	}
}

/* A stem near the word's own, with the word's ending: the word that was meant need not stand in the
 * index for others of its stem to do. */
static void near_stems(struct wording *w, const struct asked *word, GArray *found)
{
	g_autoptr(GPtrArray) own = g_ptr_array_new();
	const struct term *last = NULL;

	wording_terms(w, word->fold, own);
	for (guint i = 0; i < own->len && !found->len; i++) {
		const struct term *term = g_ptr_array_index(own, i);
		guint from = found->len;

		if (term == last || term->len >= strlen(word->fold) || !g_str_has_prefix(word->fold, term->text))
			continue;
		last = term;
		if (!near_words(w->db, term->text, 1, true, &w->steps, found, &w->error))
			return;
		for (guint k = from; k < found->len; k++) {
			struct near_word *near = &g_array_index(found, struct near_word, k);
			char *whole = g_strconcat(near->text, word->fold + term->len, NULL);

			g_free(near->text);
			near->text = whole;
		}
	}
}

static void guess(struct wording *w, struct asked *word)
{
	g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(struct near_word));
	guint far = !word->n && g_utf8_strlen(word->fold, -1) >= NEAR_FAR_CHARS ? 2 : 1;

	if (!word->is_letters || word->is_shouted || w->near_words >= NEAR_WORDS_MAX || w->error)
		return;
	w->near_words++;
	g_array_set_clear_func(found, near_word_clear);
	if (!near_words(w->db, word->fold, far, true, &w->steps, found, &w->error) || found->len || word->n) {
		keep_guesses(w, word, found, true);
		return;
	}
	if (near_words(w->db, word->fold, 1, false, &w->steps, found, &w->error) && found->len) {
		keep_guesses(w, word, found, true);
		return;
	}
	near_stems(w, word, found);
	keep_guesses(w, word, found, false);
}

/* Is only a stem there that some language has cut far shorter, and not the word itself? Then chance may have
 * brought it. */
#define STEM_CUT_BYTES 5

static bool is_doubtful(struct wording *w, const struct asked *word)
{
	if (!word->is_letters || !word->n || word->stem_bytes + STEM_CUT_BYTES > strlen(word->fold))
		return false;
	return !wording_stands(w, word->fold);
}

void meant_look(struct wording *w, struct asked *word)
{
	if (!word->n || is_doubtful(w, word))
		guess(w, word);
}
