/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * written.c - the usual writing of a word, by counting those in the first passages that have one of its
 * terms. Small letters in the midst of a sentence tell more than a capital at its beginning or a line in capitals.
 */
#include "searcher/written.h"

#include <string.h>

#include "corpus/arena.h"
#include "indexer/fields.h"
#include "indexer/vocabulary.h"

#define PASSAGES_MAX 16		/* of one term */
#define TELLS 4			/* a word in the midst of a sentence, as against one that says less */
#define ENOUGH (3 * TELLS)	/* of one writing */

struct writing {
	struct store *store;
	struct analysis *analysis;
	const char *fold;
	GPtrArray *terms;	/* const struct term *, that its languages make of it; or of the fold itself */
	GArray *tokens;
	GHashTable *own, *forms;	/* writing -> how much speaks for it: of the word itself, of others with its terms */
	guint most;		/* of own */
	const char *language;
	guint32 docids[PASSAGES_MAX];
	guint n_docids;
};

static bool has_term(const struct writing *w, const struct word *word)
{
	for (guint i = 0; i < w->terms->len; i++)
		if (g_ptr_array_index(w->terms, i) == word->term || (word->also && g_ptr_array_index(w->terms, i) == word->also))
			return true;
	return false;
}

static bool begins_sentence(const char *text, guint32 at)
{
	while (at > 0 && strchr(" \t\r\n\"'([*_#>-", text[at - 1]))
		at--;
	return at == 0 || strchr(".!?:;|", text[at - 1]);
}

static bool is_in_capitals(const char *written)
{
	for (const char *p = written; *p; p = g_utf8_next_char(p))
		if (g_unichar_islower(g_utf8_get_char(p)))
			return false;
	return true;
}

/* How much speaks for it now. */
static guint count_writing(GHashTable *counts, const char *text, const struct token *token)
{
	char *written = g_strndup(text + token->start, token->end - token->start);
	guint tells = begins_sentence(text, token->start) || is_in_capitals(written) ? 1 : TELLS;
	guint before = GPOINTER_TO_UINT(g_hash_table_lookup(counts, written));

	g_hash_table_insert(counts, written, GUINT_TO_POINTER(before + tells));
	return before + tells;
}

static void count_text(enum searched_field which, const char *text, guint weight, void *data)
{
	struct writing *w = data;

	(void)which;
	(void)weight;
	g_array_set_size(w->tokens, 0);
	analysis_tokens(w->analysis, w->language, text, strlen(text), w->tokens);
	for (guint i = 0; i < w->tokens->len; i++) {
		const struct token *token = &g_array_index(w->tokens, struct token, i);

		if (strcmp(token->word->fold, w->fold) == 0)
			w->most = MAX(w->most, count_writing(w->own, text, token));
		else if (!(token->flags & TOKEN_JOINED) && has_term(w, token->word))
			count_writing(w->forms, text, token);
	}
}

static bool take_docid(uint32_t docid, void *data)
{
	struct writing *w = data;

	w->docids[w->n_docids++] = docid;
	return w->n_docids < PASSAGES_MAX;
}

static bool look_at_passage(struct writing *w, guint32 docid, GError **error)
{
	struct arena *arena = arena_new();
	g_autoptr(GString) text = g_string_new(NULL);
	struct passage_record record;
	const struct document *doc;
	guint64 text_base;
	bool ok = store_passage(w->store, docid, arena, &record, error);

	if (ok && !segment_is_dead(store_segment(w->store, xap_db_shard(store_database(w->store), docid)), record.place.source)) {
		ok = store_text(w->store, record.place.source, record.text_base, record.passage.ranges, record.passage.n_ranges, text, error);
		doc = ok ? store_document(w->store, record.place, &text_base, error) : NULL;
		ok = doc != NULL;
		w->language = record.language;
		if (ok)
			count_text(SEARCHED_TEXT, text->str, 0, w);
		if (ok && !g_hash_table_size(w->own) && record_passage_fits(&record.passage, doc))
			fields_each_text(doc, &record.passage, count_text, w);
	}
	arena_free(arena);
	return ok;
}

static bool look_at_term(struct writing *w, const char *term, gsize len, GError **error)
{
	w->n_docids = 0;
	if (!xap_db_postings(store_database(w->store), term, len, take_docid, w, error))
		return false;
	for (guint i = 0; i < w->n_docids && w->most < ENOUGH; i++)
		if (!look_at_passage(w, w->docids[i], error))
			return false;
	return true;
}

/* Most told of; of equal ones the one in small letters, which stand behind the capitals. */
static char *usual_of(GHashTable *counts)
{
	GHashTableIter iter;
	gpointer written, n;
	const char *best = NULL;
	guint most = 0;

	g_hash_table_iter_init(&iter, counts);
	while (g_hash_table_iter_next(&iter, &written, &n)) {
		guint count = GPOINTER_TO_UINT(n);

		if (count < most || (count == most && strcmp(written, best) < 0))
			continue;
		most = count;
		best = written;
	}
	return g_strdup(best);
}

static void add_terms(struct writing *w, const char *language)
{
	g_array_set_size(w->tokens, 0);
	analysis_tokens(w->analysis, language, w->fold, strlen(w->fold), w->tokens);
	for (guint i = 0; i < w->tokens->len; i++) {
		const struct word *word = g_array_index(w->tokens, struct token, i).word;

		if (word->term && !g_ptr_array_find(w->terms, word->term, NULL))
			g_ptr_array_add(w->terms, word->term);
	}
}

static bool take_form(const char *term, size_t len, uint32_t frequency, void *data)
{
	(void)term;
	(void)len;
	(void)frequency;
	*(bool *)data = true;
	return false;
}

static char *written_word(struct writing *w, const char *const *languages, GError **error)
{
	bool stands = false;

	add_terms(w, NULL);
	for (; *languages; languages++)
		add_terms(w, *languages);
	for (guint i = 0; i < w->terms->len && w->most < ENOUGH; i++) {
		const struct term *term = g_ptr_array_index(w->terms, i);

		if (!look_at_term(w, term->text, term->len, error))
			return NULL;
	}
	if (!g_hash_table_size(w->own) && !xap_db_synonyms(store_database(w->store), w->fold, strlen(w->fold), take_form, &stands, error))
		return NULL;
	/* a form that the index knows, too far behind others of its stem to be met */
	return stands ? g_strdup(w->fold) : usual_of(g_hash_table_size(w->own) ? w->own : w->forms);
}

char *written_of(struct store *store, struct analysis *analysis, const char *const *languages, const char *fold, GError **error)
{
	g_auto(GStrv) words = g_strsplit(fold, " ", -1);
	GString *all = g_string_new(NULL);

	for (char **word = words; *word; word++) {
		struct writing w = { .store = store, .analysis = analysis, .fold = *word, .terms = g_ptr_array_new(),
		                     .tokens = g_array_new(FALSE, FALSE, sizeof(struct token)),
		                     .own = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
		                     .forms = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL) };
		g_autofree char *written = vocabulary_is_small(*word) ? g_strdup(*word) : written_word(&w, languages, error);

		g_ptr_array_unref(w.terms);
		g_array_unref(w.tokens);
		g_hash_table_unref(w.own);
		g_hash_table_unref(w.forms);
		if (!written) {
			g_string_free(all, TRUE);
			return NULL;
		}
		g_string_append_printf(all, "%s%s", all->len ? " " : "", written);
	}
	return g_string_free(all, FALSE);
}
