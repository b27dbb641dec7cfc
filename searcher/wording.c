/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * wording.c - looks the other forms of a query's words up.
 *
 * The words are taken in runs: neighbours that stand together in the query, with their
 * common words, since joined words, names and phrases go over several. What is learnt of the index's
 * words (indexer/vocabulary.h) is one look-up a word, and one for each two neighbours.
 */
#include "searcher/wording.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "corpus/arena.h"
#include "indexer/vocabulary.h"
#include "searcher/near.h"
#include "searcher/synonyms.h"
#include "searcher/variants.h"

/* Of what a word weighs. */
#define SHARE_SPELLING 0.9
#define SHARE_JOINED 0.8
#define SHARE_ACRONYM 0.8
#define SHARE_SYNONYM 0.7
#define SHARE_DAMAGED 0.6
#define SHARE_MEANT 0.8
#define SHARE_RATHER 0.5	/* the word is there, but another one is far more frequent */

#define NEAR_WORDS_MAX 4	/* so many words of a query are looked for near words */
#define NEAR_FAR_CHARS 8	/* from so many characters on two changes are looked for */
#define MEANT_MAX 3
#define MORE_FREQUENT 4		/* times, before a word is meant in place of one that is there */
#define SPLIT_MIN_CHARS 7
#define SPLIT_MAX_CHARS 30
#define LEARNT_MAX 64		/* entries read under one key */

struct asked {
	const struct query_node *node;
	const char *fold, *exact;
	bool single, common, is_letters, is_shouted;
	uint32_t n;		/* passages that have it */
	guint stem_bytes;	/* the longest of its stems that passages have */
	bool other;		/* found in another form */
	GArray *also;		/* struct also, or NULL */
};

struct wording {
	xap_db *db;
	const char *const *languages;
	struct analysis *analysis;
	const struct synonyms *synonyms;
	struct arena *arena;
	GArray *tokens;
	GHashTable *of;		/* node -> GArray of struct also */
	guint total;
	guint near_words, steps;
	GError *error;		/* sticky */
};

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

/* How many passages have the words of a text, at most, in the language that has most; 0 where one of them is
 * nowhere. known: terms that do not count. */
static uint32_t frequency(struct wording *w, const char *text, const GPtrArray *known)
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

static void own_terms(struct wording *w, const char *text, GPtrArray *terms)
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
	g_ptr_array_add(entries, g_strndup(bytes, len));
	return entries->len < LEARNT_MAX;
}

/* What was learnt under a key, in the order of bytes. */
static GPtrArray *learnt(struct wording *w, char kind, const char *key)
{
	GPtrArray *entries = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *whole = g_strdup_printf("%c%s", kind, key);

	if (!w->error)
		xap_db_synonyms(w->db, whole, strlen(whole), collect_entry, entries, &w->error);
	return entries;
}

/* --- keeping ------------------------------------------------------------------------------ */

static bool add_also(struct wording *w, struct asked *word, struct also also)
{
	if (!word->also)
		word->also = g_array_new(FALSE, FALSE, sizeof also);
	if (word->also->len >= WORDING_MAX_EACH || w->total >= WORDING_MAX)
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

/* Keeps a form that stands in the index and is no form of the word itself. */
static bool try_form(struct wording *w, struct asked *word, const char *text, double share)
{
	g_autoptr(GPtrArray) own = g_ptr_array_new();

	own_terms(w, word->fold, own);
	return frequency(w, text, own) && add_also(w, word, (struct also){ .text = text, .share = share });
}

/* --- spellings ------------------------------------------------------------------------------ */

static void look_for_spellings(struct wording *w, struct asked *word)
{
	g_autoptr(GPtrArray) variants = g_ptr_array_new_with_free_func(g_free);

	variants_of(word->fold, word->exact, !word->n, variants);
	for (guint i = 0; i < variants->len; i++)
		try_form(w, word, g_ptr_array_index(variants, i), SHARE_SPELLING);
}

/* --- joined and apart -------------------------------------------------------------------------- */

/* Two neighbours may be one word in the text: "socio economic". German puts an s between. */
static void look_for_joined(struct wording *w, struct asked *a, struct asked *b)
{
	static const char *const links[] = { "", "s" };
	bool german = g_strv_contains(w->languages, "de");

	if (!a->is_letters || !b->is_letters || a->common || b->common || strlen(a->fold) + strlen(b->fold) < 5)
		return;
	for (guint i = 0; i < (german ? 2 : 1); i++) {
		g_autofree char *joined = g_strconcat(a->fold, links[i], b->fold, NULL);

		if (!frequency(w, joined, NULL))
			continue;
		add_also(w, a, (struct also){ .text = joined, .share = SHARE_JOINED });
		add_also(w, b, (struct also){ .text = joined, .share = SHARE_JOINED, .quiet = true });
	}
}

/* What stands before a word, with a hyphen, without or apart. */
static const char heads[] =
	" agro anti counter cyber euro geo hydro macro micro multi neo non psycho quasi semi socio supra tele ultra ";

static bool is_head(const char *word, gsize len)
{
	for (const char *at = heads; (at = strchr(at, ' ')) && at[1]; at++)
		if (strncmp(at + 1, word, len) == 0 && at[1 + len] == ' ')
			return true;
	return false;
}

/* The word apart at a place, as the index has both parts; how many have the rarer one. */
static uint32_t parts_at(struct wording *w, const char *fold, gsize at, char **apart)
{
	g_autofree char *left = g_strndup(fold, at), *unlinked = g_strndup(fold, at - 1);
	uint32_t right = frequency(w, fold + at, NULL), n = right ? frequency(w, left, NULL) : 0;

	if (right && !n && left[at - 1] == 's' && g_strv_contains(w->languages, "de")) {
		n = frequency(w, unlinked, NULL);
		*apart = g_strdup_printf("%s %s", unlinked, fold + at);
	} else {
		*apart = g_strdup_printf("%s %s", left, fold + at);
	}
	return MIN(n, right);
}

static void look_for_parts(struct wording *w, struct asked *word)
{
	gsize len = strlen(word->fold);
	g_autofree char *best = NULL;
	uint32_t most = 0;

	if (len < SPLIT_MIN_CHARS || len > SPLIT_MAX_CHARS)
		return;
	for (gsize at = 3; at + 3 <= len; at++) {
		g_autofree char *apart = NULL;
		uint32_t n;

		if (((guint8)word->fold[at] & 0xc0) == 0x80 || (word->n && !is_head(word->fold, at)))
			continue;
		n = parts_at(w, word->fold, at, &apart);
		if (n > most) {
			most = n;
			g_free(best);
			best = g_steal_pointer(&apart);
		}
	}
	if (best)
		add_also(w, word, (struct also){ .text = best, .share = SHARE_JOINED });
}

/* --- misread, misprinted ---------------------------------------------------------------------------- */

static void look_for_damaged(struct wording *w, struct asked *word)
{
	g_autoptr(GPtrArray) entries = learnt(w, VOCABULARY_DAMAGED, word->fold);

	for (guint i = 0; i < entries->len; i++) {
		const char *form = g_ptr_array_index(entries, i);
		double sure = vocabulary_damage(word->fold, word->n, form, frequency(w, form, NULL));

		if (sure > 0)
			try_form(w, word, form, SHARE_DAMAGED * sure);
	}
}

/* The word asked for is a damaged one itself: what was meant is not hidden by it. */
static void look_for_clean(struct wording *w, struct asked *word)
{
	g_autoptr(GPtrArray) entries = learnt(w, VOCABULARY_CLEAN, word->fold);

	for (guint i = 0; i < entries->len; i++) {
		const char *form = g_ptr_array_index(entries, i);
		uint32_t n = frequency(w, form, NULL);

		if (vocabulary_damage(form, n, word->fold, word->n) > 0)
			add_also(w, word, (struct also){ .text = form, .share = SHARE_RATHER, .meant = true });
	}
}

/* --- misspelt ------------------------------------------------------------------------------------------ */

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

	own_terms(w, word->fold, seen);
	for (guint i = 0; i < found->len; i++) {
		const struct near_word *near = &g_array_index(found, struct near_word, i);
		uint32_t n = frequency(w, near->text, seen);

		if (n >= MORE_FREQUENT * word->n && n)
			g_array_append_vals(guesses, &(struct guess){ near->text, worth_of(word, near, n) }, 1);
	}
	g_array_sort(guesses, by_worth);
	for (guint i = 0, kept = 0; i < guesses->len && kept < MEANT_MAX; i++) {
		const struct guess *guess = &g_array_index(guesses, struct guess, i);
		double behind = g_array_index(guesses, struct guess, 0).worth - guess->worth;

		if (behind > 3)
			break;
		if (!frequency(w, guess->text, seen))	/* another form of the one before */
			continue;
		kept += add_also(w, word, (struct also){ .text = guess->text, .share = share / (1 + behind / 3), .meant = meant });
		own_terms(w, guess->text, seen);
	}
}

/* A stem near the word's own, with the word's ending: the word that was meant need not stand in the
 * index for others of its stem to do. */
static void near_stems(struct wording *w, const struct asked *word, GArray *found)
{
	g_autoptr(GPtrArray) own = g_ptr_array_new();
	const struct term *last = NULL;

	own_terms(w, word->fold, own);
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

static void look_for_meant(struct wording *w, struct asked *word)
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
	GPtrArray *terms;
	bool stands;

	if (!word->is_letters || !word->n || word->stem_bytes + STEM_CUT_BYTES > strlen(word->fold))
		return false;
	terms = g_ptr_array_new_with_free_func(g_free);
	if (!w->error)
		xap_db_synonyms(w->db, word->fold, strlen(word->fold), collect_entry, terms, &w->error);
	stands = terms->len > 0;
	g_ptr_array_unref(terms);
	return !stands;
}

/* --- acronyms and names ------------------------------------------------------------------------------------ */

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
	g_autoptr(GPtrArray) entries = learnt(w, VOCABULARY_NAMES, acronym);
	g_autoptr(GArray) names = add_up(entries, 1);

	for (guint i = 0; i < MIN(names->len, NAMES_MAX); i++) {
		const struct counted *name = &g_array_index(names, struct counted, i);

		if (name->n * NAME_SHARE >= g_array_index(names, struct counted, 0).n)
			try_form(w, word, name->text, SHARE_ACRONYM);
	}
}

static void look_for_names(struct wording *w, struct asked *word)
{
	gsize len = strlen(word->fold);

	if (len < ACRONYM_MIN_LETTERS || len > 2 * ACRONYM_MAX_LETTERS)
		return;
	look_for_names_of(w, word, word->fold);
	if (!word->also && len > 2 && word->fold[len - 1] == 's') {
		g_autofree char *one = g_strndup(word->fold, len - 1);

		look_for_names_of(w, word, one);
	}
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
			told |= add_also(w, &run[i - 1], (struct also){ .text = text, .share = share, .quiet = told });
}

static void look_for_acronyms(struct wording *w, struct asked *run, guint n)
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
	g_autoptr(GPtrArray) entries = learnt(w, VOCABULARY_ACRONYMS, key->str);
	g_autoptr(GArray) acronyms = add_up(entries, 2);

	for (guint i = 0; i < acronyms->len; i++) {
		char *acronym = (char *)g_array_index(acronyms, struct counted, i).text, *name = strchr(acronym, '\t');
		guint covered = name ? covers(run, n, name + 1) : 0;

		if (!covered)
			continue;
		*name = '\0';
		if (frequency(w, acronym, NULL))
			add_to_span(w, run, covered, acronym, SHARE_ACRONYM);
		*name = '\t';
	}
}

static void look_for_synonyms(struct wording *w, struct asked *run, guint n)
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

		if (frequency(w, synonym->text, NULL))
			add_to_span(w, run, synonym->n, synonym->text, SHARE_SYNONYM);
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

static struct asked read_asked(struct wording *w, const struct query_node *node)
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
		word.common = word.common && first->flags & WORD_STOP;
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

static void look_at_word(struct wording *w, struct asked *word)
{
	if (word->common || !word->single)
		return;
	look_for_spellings(w, word);
	if (!word->is_letters)
		return;
	look_for_names(w, word);
	look_for_damaged(w, word);
	if (word->n)
		look_for_clean(w, word);
	if (word->n)
		look_for_parts(w, word);
}

/* What is nowhere is a slip first, and then perhaps several words in one. */
static void look_for_absent(struct wording *w, struct asked *word)
{
	if (word->common || !word->single || word->other)
		return;
	if (!word->n || is_doubtful(w, word))
		look_for_meant(w, word);
	if (!word->n && !word->other && word->is_letters)
		look_for_parts(w, word);
}

static void look_at_run(struct wording *w, GArray *words)
{
	struct asked *run = (struct asked *)(void *)words->data;

	for (guint i = 0; i < words->len && !w->error; i++) {
		look_for_acronyms(w, run + i, words->len - i);
		look_for_synonyms(w, run + i, words->len - i);
		if (i + 1 < words->len)
			look_for_joined(w, &run[i], &run[i + 1]);
		look_at_word(w, &run[i]);
	}
	for (guint i = 0; i < words->len; i++) {
		look_for_absent(w, &run[i]);
		if (run[i].also)
			g_hash_table_insert(w->of, (gpointer)run[i].node, run[i].also);
	}
	g_array_set_size(words, 0);
}

static void look_at_group(struct wording *w, const struct query_node *group)
{
	g_autoptr(GArray) run = g_array_new(FALSE, FALSE, sizeof(struct asked));

	for (guint i = 0; i < group->kids->len && !w->error; i++) {
		const struct query_node *kid = g_ptr_array_index(group->kids, i);

		if (kid->type == QUERY_WORD && kid->occur != QUERY_MUST_NOT && !kid->marked) {
			g_array_append_vals(run, &(struct asked){ 0 }, 1);
			g_array_index(run, struct asked, run->len - 1) = read_asked(w, kid);
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

struct wording *wording_new(const struct query *query, xap_db *db, const char *const *languages,
                            struct analysis *analysis, const struct synonyms *synonyms, GError **error)
{
	struct wording *w = g_new0(struct wording, 1);

	w->db = db;
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
	const struct wording *wording;
	bool any;
};

static void tell_meant(const struct query_node *node, GString *out, void *data)
{
	struct suggesting *s = data;
	const GArray *all = wording_of(s->wording, node);
	const struct also *first = all ? &g_array_index(all, struct also, 0) : NULL;

	s->any |= first && first->meant;
	g_string_append(out, first && first->meant ? first->text : node->text);
}

char *wording_suggestion(const struct wording *w, const struct query *query)
{
	struct suggesting s = { w, false };
	char *text = w ? query_interpretation_with(query, tell_meant, &s) : NULL;

	if (s.any)
		return text;
	g_free(text);
	return NULL;
}
