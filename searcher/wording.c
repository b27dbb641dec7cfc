/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * wording.c - looks the other forms of a query's words up.
 *
 * The words are taken in runs: neighbours that stand together in the query, with their
 * common words, since joined words, names and phrases go over several. What is learnt of the index's
 * words (indexer/vocabulary.h) is one look-up a word, and one for each two neighbours.
 */
#include "searcher/wording-parts.h"

#include <string.h>

#include "indexer/stopwords.h"
#include "indexer/vocabulary.h"
#include "searcher/near.h"
#include "searcher/variants.h"
#include "searcher/written.h"

#define LEARNT_MAX 64		/* entries read under one key */
#define WORDS_MAX 100		/* of a query; further ones are taken as they are */

/* --- looking up --------------------------------------------------------------------------- */

static bool is_in(const GPtrArray *terms, const struct term *term)
{
	for (guint i = 0; terms && i < terms->len; i++)
		if (g_ptr_array_index(terms, i) == term)
			return true;
	return false;
}

static uint32_t term_frequency(struct wording *w, const struct term *term)
{
	uint32_t n = 0;

	if (term && !w->error)
		xap_db_term_frequency(w->db, term->text, term->len, &n, &w->error);
	return n;
}

uint32_t wording_frequency(struct wording *w, const char *text, const GPtrArray *known)
{
	uint32_t most = 0;

	for (const char *const *language = w->languages; *language; language++) {
		uint32_t least = G_MAXUINT32;

		g_array_set_size(w->tokens, 0);
		analysis_tokens(w->analysis, *language, text, strlen(text), w->tokens);
		for (guint i = 0; i < w->tokens->len; i++) {
			const struct word *word = g_array_index(w->tokens, struct token, i).word;

			if (!word->term || (is_in(known, word->term) && (least = 0, true)))
				continue;
			least = MIN(least, MAX(term_frequency(w, word->term), term_frequency(w, word->also)));
		}
		if (least != G_MAXUINT32)
			most = MAX(most, least);
	}
	return most;
}

void wording_terms(struct wording *w, const char *text, GPtrArray *terms)
{
	for (const char *const *language = w->languages; *language; language++) {
		g_array_set_size(w->tokens, 0);
		analysis_tokens(w->analysis, *language, text, strlen(text), w->tokens);
		for (guint i = 0; i < w->tokens->len; i++) {
			const struct word *word = g_array_index(w->tokens, struct token, i).word;

			if (word->term)
				g_ptr_array_add(terms, word->term);
			if (word->also)
				g_ptr_array_add(terms, word->also);
		}
	}
}

static bool collect_entry(const char *bytes, size_t len, uint32_t frequency, void *data)
{
	GPtrArray *entries = data;

	(void)frequency;
	if (g_utf8_validate_len(bytes, len, NULL))	/* else the index is damaged */
		g_ptr_array_add(entries, g_strndup(bytes, len));
	return entries->len < LEARNT_MAX;
}

bool wording_stands(struct wording *w, const char *fold)
{
	GPtrArray *terms = g_ptr_array_new_with_free_func(g_free);
	bool stands;

	if (!w->error)
		xap_db_synonyms(w->db, fold, strlen(fold), collect_entry, terms, &w->error);
	stands = terms->len > 0;
	g_ptr_array_unref(terms);
	return stands;
}

bool wording_is_there(struct wording *w, const char *fold)
{
	uint32_t n = 0;

	if (!w->error)
		xap_db_term_frequency(w->db, fold, strlen(fold), &n, &w->error);
	return n || wording_stands(w, fold);
}

GPtrArray *wording_learnt(struct wording *w, char kind, const char *key)
{
	GPtrArray *entries = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *whole = g_strdup_printf("%c%s", kind, key);

	if (!w->error)
		xap_db_synonyms(w->db, whole, strlen(whole), collect_entry, entries, &w->error);
	return entries;
}

/* --- letters in a row --------------------------------------------------------------------- */

struct row {
	const char *third;
	bool known;
};

static bool is_third(const char *bytes, size_t len, uint32_t frequency, void *data)
{
	struct row *row = data;

	(void)frequency;
	row->known = strlen(row->third) == len && memcmp(row->third, bytes, len) == 0;
	return !row->known;
}

static bool is_known_row(const char *two, const char *third, void *data)
{
	struct wording *w = data;
	g_autofree char *key = g_strdup_printf("%c%s", VOCABULARY_LETTERS, two);
	struct row row = { third, false };

	if (!w->error)
		xap_db_synonyms(w->db, key, strlen(key), is_third, &row, &w->error);
	return row.known;
}

double wording_oddness(struct wording *w, const char *word, const char *beside)
{
	return vocabulary_oddness(word, beside, is_known_row, w);
}

/* --- keeping ------------------------------------------------------------------------------ */

bool wording_add(struct wording *w, struct asked *word, struct also also)
{
	if (!word->also)
		word->also = g_array_new(FALSE, FALSE, sizeof also);
	if (strcmp(also.text, word->fold) == 0 || word->also->len >= WORDING_MAX_EACH || w->total >= WORDING_MAX)
		return false;
	for (guint i = 0; i < word->also->len; i++)
		if (strcmp(g_array_index(word->also, struct also, i).text, also.text) == 0)
			return false;
	also.text = arena_string(w->arena, also.text, -1);
	g_array_append_val(word->also, also);
	word->other = true;
	w->total++;
	return true;
}

bool wording_try(struct wording *w, struct asked *word, const char *text, double share)
{
	g_autoptr(GPtrArray) own = g_ptr_array_new();

	wording_terms(w, word->fold, own);
	return wording_frequency(w, text, own) && wording_add(w, word, (struct also){ .text = text, .share = share });
}

/* --- spellings ------------------------------------------------------------------------------ */

static void look_for_spellings(struct wording *w, struct asked *word)
{
	g_autoptr(GPtrArray) variants = g_ptr_array_new_with_free_func(g_free);

	variants_of(word->fold, word->exact, !word->n, variants);
	for (guint i = 0; i < variants->len; i++)
		wording_try(w, word, g_ptr_array_index(variants, i), SHARE_SPELLING);
}

/* --- misread, misprinted ---------------------------------------------------------------------------- */

static void look_for_damaged(struct wording *w, struct asked *word)
{
	g_autoptr(GPtrArray) entries = wording_learnt(w, VOCABULARY_DAMAGED, word->fold);

	for (guint i = 0; i < entries->len; i++) {
		const char *form = g_ptr_array_index(entries, i);
		double sure = vocabulary_damage(word->fold, word->n, form, wording_frequency(w, form, NULL), wording_oddness(w, form, word->fold) >= ODD);

		if (sure > 0)
			wording_try(w, word, form, SHARE_DAMAGED * sure);
	}
}

struct trying {
	struct wording *wording;
	struct asked *word;
};

static void try_misreading(const char *form, void *data)
{
	const struct trying *trying = data;

	if (wording_is_there(trying->wording, form) && wording_oddness(trying->wording, form, trying->word->fold) >= ODD)
		wording_try(trying->wording, trying->word, form, SHARE_DAMAGED);
}

#define MISREAD_FROM_CHARS 6	/* what is shorter makes other words: "clock", "lock" */

/* Of what few texts have nothing was learnt: how the machine may have read it is tried. */
static void look_for_misread(struct wording *w, struct asked *word)
{
	vocabulary_misreadings(word->fold, try_misreading, &(struct trying){ w, word });
}

/* So many times more frequent must be what is meant in place of a word of the texts that does not look odd. */
#define MEANT_RATIO 10

/* The word asked for is a damaged one itself: what was meant is not hidden by it. */
static void look_for_clean(struct wording *w, struct asked *word)
{
	g_autoptr(GPtrArray) entries = wording_learnt(w, VOCABULARY_CLEAN, word->fold), own = g_ptr_array_new();

	if (strcmp(word->exact, word->fold) != 0)	/* a word with accents is another language's */
		return;
	wording_terms(w, word->fold, own);
	for (guint i = 0; word->also && i < word->also->len; i++)	/* its other spelling is not what was meant */
		wording_terms(w, g_array_index(word->also, struct also, i).text, own);
	for (guint i = 0; i < entries->len; i++) {
		const char *form = g_ptr_array_index(entries, i);
		uint32_t n = wording_frequency(w, form, own);
		bool odd = wording_oddness(w, word->fold, form) >= ODD;

		if ((odd || n >= MEANT_RATIO * word->n) && vocabulary_damage(form, n, word->fold, word->n, odd) > 0)
			wording_add(w, word, (struct also){ .text = form, .share = SHARE_RATHER, .meant = true });
	}
}

/* --- the query's words -------------------------------------------------------------------------------------- */

static bool is_letters(const char *fold)
{
	for (; *fold; fold = g_utf8_next_char(fold))
		if (!g_unichar_isalpha(g_utf8_get_char(fold)))
			return false;
	return true;
}

/* In capitals: an acronym or a name, which is not guessed. */
static bool is_shouted(const char *text)
{
	for (; *text; text = g_utf8_next_char(text))
		if (!g_unichar_isupper(g_utf8_get_char(text)))
			return false;
	return true;
}

static void note_term(struct wording *w, struct asked *word, const struct term *term)
{
	uint32_t n = term_frequency(w, term);

	word->n = MAX(word->n, n);
	if (n)
		word->stem_bytes = MAX(word->stem_bytes, term->len);
}

struct asked wording_read(struct wording *w, const struct query_node *node)
{
	struct asked word = { .node = node, .common = true };

	for (const char *const *language = w->languages; *language; language++) {
		const struct word *first;

		g_array_set_size(w->tokens, 0);
		analysis_tokens(w->analysis, *language, node->text, strlen(node->text), w->tokens);
		word.single = w->tokens->len == 1;
		if (!word.single)
			break;
		first = g_array_index(w->tokens, struct token, 0).word;
		word.fold = first->fold;
		word.exact = first->exact;
		word.weak |= stopwords_is_weak(*language, first->exact);
		word.common = word.common && first->flags & WORD_STOP;
		word.function |= first->flags & WORD_STOP;
		word.is_letters = is_letters(first->fold) && !(first->flags & WORD_CJK);
		note_term(w, &word, first->term);
		note_term(w, &word, first->also);
	}
	word.is_shouted = is_shouted(node->text);
	if (!word.single) {
		g_autofree char *key = analysis_key(w->analysis, node->text, -1);

		word.common = false;
		word.fold = word.exact = arena_string(w->arena, key, -1);
	}
	return word;
}

void wording_look_at(struct wording *w, struct asked *word)
{
	if (word->common || !word->single)
		return;
	look_for_spellings(w, word);
	if (!word->is_letters)
		return;
	names_look_for_names(w, word);
	if (word->weak)
		return;
	look_for_damaged(w, word);
	if (word->n)
		look_for_clean(w, word);
	if (word->n && word->n <= SELDOM && g_utf8_strlen(word->fold, -1) >= MISREAD_FROM_CHARS)
		look_for_misread(w, word);
	if (word->n)
		joined_look_for_parts(w, word);
}

/* What is nowhere is a slip first, and then perhaps several words in one. */
void wording_look_for_absent(struct wording *w, struct asked *word)
{
	if (word->common || word->weak || !word->single || word->other)
		return;
	meant_look(w, word);
	if (!word->n && !word->other && word->is_letters)
		joined_look_for_parts(w, word);
}

static gint by_share(gconstpointer a, gconstpointer b)
{
	const struct also *x = a, *y = b;

	return (x->share < y->share) - (x->share > y->share);
}

static void keep_all(struct wording *w, struct asked *word)
{
	if (!word->also)
		return;
	g_array_sort(word->also, by_share);	/* keeps the order of equal ones */
	g_hash_table_insert(w->of, (gpointer)word->node, word->also);
}

static void look_at_run(struct wording *w, GArray *words)
{
	struct asked *run = (struct asked *)(void *)words->data;

	for (guint i = 0; i < words->len && !w->error; i++) {
		names_look_for_acronyms(w, run + i, words->len - i);
		names_look_for_synonyms(w, run + i, words->len - i);
		if (i + 1 < words->len)
			joined_look_for_joined(w, &run[i], &run[i + 1]);
		wording_look_at(w, &run[i]);
	}
	for (guint i = 0; i < words->len; i++) {
		wording_look_for_absent(w, &run[i]);
		if (!run[i].single)
			joined_look_for_hyphenated(w, &run[i]);
		keep_all(w, &run[i]);
	}
	g_array_set_size(words, 0);
}

static void look_at_group(struct wording *w, const struct query_node *group)
{
	g_autoptr(GArray) run = g_array_new(FALSE, FALSE, sizeof(struct asked));

	for (guint i = 0; i < group->kids->len && !w->error; i++) {
		const struct query_node *kid = g_ptr_array_index(group->kids, i);

		if (kid->type == QUERY_WORD && kid->occur != QUERY_MUST_NOT && !kid->marked && w->words++ < WORDS_MAX) {
			g_array_append_vals(run, &(struct asked){ 0 }, 1);
			g_array_index(run, struct asked, run->len - 1) = wording_read(w, kid);
			continue;
		}
		look_at_run(w, run);
		if (kid->type == QUERY_GROUP && kid->occur != QUERY_MUST_NOT)
			look_at_group(w, kid);
	}
	look_at_run(w, run);
}

static void free_also(gpointer also)
{
	g_array_unref(also);
}

struct wording *wording_new(const struct query *query, struct store *store, const char *const *languages,
                            struct analysis *analysis, const struct synonyms *synonyms, GError **error)
{
	struct wording *w = g_new0(struct wording, 1);

	w->store = store;
	w->db = store_database(store);
	w->languages = languages;
	w->analysis = analysis;
	w->synonyms = synonyms;
	w->arena = arena_new();
	w->tokens = g_array_new(FALSE, FALSE, sizeof(struct token));
	w->of = g_hash_table_new_full(NULL, NULL, NULL, free_also);
	w->steps = NEAR_STEPS_MAX;
	look_at_group(w, query->root);
	if (!w->error)
		return w;
	g_propagate_error(error, g_steal_pointer(&w->error));
	wording_free(w);
	return NULL;
}

void wording_free(struct wording *w)
{
	if (!w)
		return;
	g_hash_table_unref(w->of);
	g_array_unref(w->tokens);
	arena_free(w->arena);
	g_free(w);
}

const GArray *wording_of(const struct wording *w, const struct query_node *node)
{
	return w ? g_hash_table_lookup(w->of, node) : NULL;
}

/* --- telling it ------------------------------------------------------------------------------------------------ */

static void tell_also(const struct query_node *node, GString *out, void *data)
{
	const GArray *all = wording_of(data, node);
	bool any = false;

	g_string_append(out, node->text);
	for (guint i = 0; all && i < all->len; i++) {
		const struct also *also = &g_array_index(all, struct also, i);

		if (also->quiet)
			continue;
		g_string_append_printf(out, "%s%s", any ? ", " : "{~", also->text);
		any = true;
	}
	g_string_append(out, any ? "}" : "");
}

char *wording_interpretation(const struct wording *w, const struct query *query)
{
	return query_interpretation_with(query, w ? tell_also : NULL, (gpointer)w);
}

struct suggesting {
	struct wording *wording;
	bool any;
};

static void tell_meant(const struct query_node *node, GString *out, void *data)
{
	struct suggesting *s = data;
	struct wording *w = s->wording;
	const GArray *all = wording_of(w, node);
	const struct also *meant = NULL;
	g_autofree char *written = NULL;

	for (guint i = 0; all && i < all->len && !meant; i++)
		if (g_array_index(all, struct also, i).meant)
			meant = &g_array_index(all, struct also, i);
	if (meant && !w->error)
		written = written_of(w->store, w->analysis, w->languages, meant->text, &w->error);
	s->any |= written && strcmp(written, node->text) != 0;
	g_string_append(out, written ? written : node->text);
}

bool wording_suggestion(struct wording *w, const struct query *query, char **suggestion, GError **error)
{
	struct suggesting s = { w, false };
	g_autofree char *text = w ? query_interpretation_with(query, tell_meant, &s) : NULL;

	*suggestion = s.any ? g_steal_pointer(&text) : NULL;
	if (!w || !w->error)
		return true;
	g_clear_pointer(suggestion, g_free);
	g_propagate_error(error, g_steal_pointer(&w->error));
	return false;
}
