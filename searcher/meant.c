/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * meant.c - a word that is nowhere: what was meant. Near words are weighed by how near and how
 * frequent they are; the few best are looked for together, and the ranking decides.
 */
#include "searcher/wording-parts.h"

#include <math.h>
#include <string.h>

#include "indexer/vocabulary.h"
#include "searcher/near.h"
#include "searcher/written.h"

#define NEAR_WORDS_MAX 4	/* so many words of a query are looked for near words */
#define NEAR_FAR_CHARS 8	/* from so many characters on two changes are looked for */
#define MEANT_MAX 3
#define MORE_FREQUENT 4		/* times, before a word is meant in place of one that is there */
#define SHORT_CHARS 5		/* words so short have so many near ones that a rare one of them tells nothing, */
#define SHORT_MIN 3		/* unless so many passages have it */
#define PLAIN_CHARS 6		/* words so short that look like others are words, and not told to be slips ... */
#define PLAIN_MIN 12		/* ... unless so many passages have what was meant */

struct guess {
	const char *text;
	double worth;
	uint32_t n;
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

/* Of words that are short for so many changes only slips of the hand are guessed, and what is frequent; and where
 * the word is nowhere, whatever is a letter away: nothing else would be found. */
static bool is_likely(const struct asked *word, const struct near_word *near, uint32_t n)
{
	return g_utf8_strlen(word->fold, -1) > SHORT_CHARS * (glong)near->distance || n >= SHORT_MIN ||
	       vocabulary_is_slip(word->fold, near->text) || (!word->n && near->distance == 1);
}

/* May the guess be told as what was meant? A rare word that looks odder than the one asked for is a misprint
 * itself: it is looked for, and not suggested. */
static bool is_better(struct wording *w, const struct asked *word, const struct guess *guess)
{
	g_autofree char *asked = vocabulary_shape(word->fold), *guessed = vocabulary_shape(guess->text);
	double odd;

	if (guess->n <= SELDOM && strcmp(asked, guessed) == 0)
		return false;	/* nobody types what a machine reads, "m" for rn */
	if (guess->n < SHORT_MIN && g_utf8_strlen(word->fold, -1) <= SHORT_CHARS && !vocabulary_is_slip(word->fold, guess->text))
		return false;
	if (guess->n < PLAIN_MIN && g_utf8_strlen(word->fold, -1) <= PLAIN_CHARS && !vocabulary_is_slip(word->fold, guess->text) &&
	    wording_oddness(w, word->fold, guess->text) <= 0)
		return false;
	odd = wording_oddness(w, guess->text, word->fold);
	return guess->n > SELDOM || odd < ODD || odd <= wording_oddness(w, word->fold, guess->text);
}

static bool keep_guess(struct wording *w, struct asked *word, const struct guess *guess, double share, bool forms)
{
	bool better = forms ? wording_oddness(w, word->fold, guess->text) >= ODD : is_better(w, word, guess);

	return wording_add(w, word, (struct also){ .text = guess->text, .share = better ? share : MIN(share, SHARE_DAMAGED), .meant = better });
}

/* forms: of them only the stem is near, which is told where the word asked for looks odd. */
static void keep_guesses(struct wording *w, struct asked *word, const GArray *found, bool forms)
{
	g_autoptr(GArray) guesses = g_array_new(FALSE, FALSE, sizeof(struct guess));
	g_autoptr(GPtrArray) seen = g_ptr_array_new();
	double share = word->n ? SHARE_RATHER : SHARE_MEANT;

	wording_terms(w, word->fold, seen);
	for (guint i = 0; i < found->len; i++) {
		const struct near_word *near = &g_array_index(found, struct near_word, i);
		uint32_t n = wording_frequency(w, near->text, seen);

		if (n >= MORE_FREQUENT * word->n && n && is_likely(word, near, n))
			g_array_append_vals(guesses, &(struct guess){ near->text, worth_of(word, near, n), n }, 1);
	}
	if (guesses->len == 1 && !word->n)
		share = SHARE_SURELY;
	g_array_sort(guesses, by_worth);
	for (guint i = 0, kept = 0; i < guesses->len && kept < MEANT_MAX; i++) {
		const struct guess *guess = &g_array_index(guesses, struct guess, i);
		double behind = g_array_index(guesses, struct guess, 0).worth - guess->worth;

		if (behind > 3)
			break;
		if (!wording_frequency(w, guess->text, seen))	/* another form of the one before */
			continue;
		kept += keep_guess(w, word, guess, share / (1 + behind / 3), forms);
		wording_terms(w, guess->text, seen);
	}
}

/* --- words made by rule --------------------------------------------------------------------- */

struct making {
	struct wording *wording;
	GArray *found;
};

static void add_made(const char *text, void *data)
{
	const struct making *making = data;

	if (wording_is_there(making->wording, text))
		g_array_append_vals(making->found, &(struct near_word){ g_strdup(text), 1 }, 1);
}

/* What a machine took for something else, at the first letter too, and letters exchanged over one: "Lybia". */
static void make_slips(struct wording *w, const struct asked *word, GArray *found)
{
	struct making making = { w, found };
	glong n;
	g_autofree gunichar *chars = g_utf8_to_ucs4_fast(word->fold, -1, &n);

	if (n < NEAR_MIN_CHARS || n > NEAR_MAX_CHARS)
		return;
	vocabulary_misreadings(word->fold, add_made, &making);
	for (glong i = 0; i + 2 < n; i++) {
		gunichar first = chars[i];
		g_autofree char *other = NULL;

		if (first == chars[i + 2])
			continue;
		chars[i] = chars[i + 2];
		chars[i + 2] = first;
		other = g_ucs4_to_utf8(chars, n, NULL, NULL, NULL);
		add_made(other, &making);
		chars[i + 2] = chars[i];
		chars[i] = first;
	}
}

#define STEMS_MAX 3		/* forms of which only the stem is known, before one that the texts have is looked up */

#define STEMS_TRIED_MAX 12	/* of a query: each reads some passages */

/* Is the one the other but for its ending? */
static bool has_same_stem(const char *a, const char *b)
{
	glong n = g_utf8_strlen(a, -1), other = g_utf8_strlen(b, -1), same = 0;

	while (*a && *b && g_utf8_get_char(a) == g_utf8_get_char(b)) {
		a = g_utf8_next_char(a);
		b = g_utf8_next_char(b);
		same++;
	}
	return same >= SHORT_CHARS && 3 * same >= 2 * MAX(n, other);
}

/* A form that no text has, but its stem: the one that stands in the texts is meant. */
static void add_if_stem(struct wording *w, const char *text, GArray *found)
{
	g_autofree char *written = NULL, *fold = NULL;

	if (w->error || found->len >= STEMS_MAX || w->stems_tried >= STEMS_TRIED_MAX || !wording_frequency(w, text, NULL))
		return;
	w->stems_tried++;
	written = written_of(w->store, w->analysis, w->languages, text, &w->error);
	fold = written ? analysis_key(w->analysis, written, -1) : NULL;
	if (fold && !strchr(fold, ' ') && has_same_stem(fold, text))
		g_array_append_vals(found, &(struct near_word){ g_steal_pointer(&fold), 1 }, 1);
}

/* A slip in an ending hides the stem: a letter left out, or two exchanged, makes a form that the index may know
 * by its stem alone. */
static void make_forms(struct wording *w, const struct asked *word, GArray *found)
{
	const char *fold = word->fold;

	if (g_utf8_strlen(fold, -1) <= SHORT_CHARS || g_utf8_strlen(fold, -1) > NEAR_MAX_CHARS)
		return;
	for (const char *at = g_utf8_next_char(fold), *next; *at; at = next) {
		g_autofree char *less = NULL, *exchanged = NULL;
		int head = (int)(at - fold);

		next = g_utf8_next_char(at);
		less = g_strdup_printf("%.*s%s", head, fold, next);
		add_if_stem(w, less, found);
		if (!*next)
			continue;
		exchanged = g_strdup_printf("%.*s%.*s%.*s%s", head, fold, (int)(g_utf8_next_char(next) - next), next,
		                            (int)(next - at), at, g_utf8_next_char(next));
		add_if_stem(w, exchanged, found);
	}
}

/* --- near words ----------------------------------------------------------------------------- */

/* A stem near the word's own, with the word's ending: the word that was meant need not stand in the
 * index for others of its stem to do. */
static void near_stems(struct wording *w, const struct asked *word, GArray *found)
{
	g_autoptr(GPtrArray) own = g_ptr_array_new();
	const struct term *last = NULL;

	wording_terms(w, word->fold, own);
	for (guint i = 0; i < own->len && !found->len; i++) {
		const struct term *term = g_ptr_array_index(own, i);
		g_autoptr(GArray) stems = g_array_new(FALSE, FALSE, sizeof(struct near_word));

		if (term == last || term->len >= strlen(word->fold) || !g_str_has_prefix(word->fold, term->text))
			continue;
		last = term;
		g_array_set_clear_func(stems, near_word_clear);
		if (!near_words(w->db, term->text, 1, true, &w->steps, stems, &w->error))
			return;
		for (guint k = 0; k < stems->len; k++) {
			g_autofree char *whole = g_strconcat(g_array_index(stems, struct near_word, k).text, word->fold + term->len, NULL);

			add_if_stem(w, whole, found);
		}
	}
}

/* The nearest ones first: what differs from the first letter on only where nothing else is near. */
static void find_near(struct wording *w, const struct asked *word, GArray *found)
{
	guint far = !word->n && g_utf8_strlen(word->fold, -1) >= NEAR_FAR_CHARS ? 2 : 1;

	if (!word->n)
		make_slips(w, word, found);
	if (!near_words(w->db, word->fold, far, true, &w->steps, found, &w->error) || found->len || word->n)
		return;
	near_words(w->db, word->fold, 1, false, &w->steps, found, &w->error);
}

static void guess(struct wording *w, struct asked *word)
{
	g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(struct near_word));
	bool forms;

	if (!word->is_letters || word->is_shouted || w->near_words >= NEAR_WORDS_MAX || w->error)
		return;
	w->near_words++;
	g_array_set_clear_func(found, near_word_clear);
	find_near(w, word, found);
	forms = !found->len && !word->n && !w->error;
	if (forms)
		make_forms(w, word, found);
	if (forms && !found->len && !w->error)
		near_stems(w, word, found);
	keep_guesses(w, word, found, forms);
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
	if (!word->function && (!word->n || is_doubtful(w, word)))
		guess(w, word);
}
