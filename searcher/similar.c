/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * similar.c - more like this: a passage's most telling words as a query.
 *
 * A word tells the more, the more often it stands in the passage and the fewer others
 * have it (its frequency, dampened, times its inverse document frequency).
 */
#include "searcher/rapporteur.h"

#include <math.h>
#include <string.h>

#include "corpus/error.h"
#include "searcher/duplicates.h"
#include "searcher/locate.h"
#include "searcher/search.h"

#define WORDS_MAX 30
#define STEMS_MAX 400		/* of the passage are weighed, its first */

struct similar {
	const char *id;
	const RapRequest *request;
};

struct telling {
	const struct term *term;
	const struct word *word;	/* as it stands there first */
	guint n, order;
	double weight;
};

/* A word that the query language reads as nothing else, and more than one letter. */
static bool is_plain(const struct word *word)
{
	if (word->exact_len < 2)
		return false;
	for (const char *c = word->exact; *c; c++)
		if ((guchar)*c < 0x80 && !g_ascii_isalnum(*c))
			return false;
	return true;
}

static void count_words(const GArray *tokens, GArray *words)
{
	g_autoptr(GHashTable) numbers = g_hash_table_new(NULL, NULL);

	for (guint i = 0; i < tokens->len; i++) {
		const struct token *token = &g_array_index(tokens, struct token, i);
		const struct word *word = token->word;
		guint number;

		if (!word->term || token->flags & TOKEN_JOINED || !is_plain(word))
			continue;
		number = GPOINTER_TO_UINT(g_hash_table_lookup(numbers, word->term));
		if (!number && words->len == STEMS_MAX)
			continue;
		if (!number) {
			struct telling new = { .term = word->term, .word = word, .order = words->len };

			g_array_append_val(words, new);
			number = words->len;
			g_hash_table_insert(numbers, word->term, GUINT_TO_POINTER(number));
		}
		g_array_index(words, struct telling, number - 1).n++;
	}
}

/* What no other passage has finds none. */
static bool weigh_words(RapIndex *index, GArray *words, GError **error)
{
	uint32_t all, n;

	if (!xap_db_count(store_database(index->store), &all, error))
		return false;
	for (guint i = 0; i < words->len; i++) {
		struct telling *one = &g_array_index(words, struct telling, i);

		if (!xap_db_term_frequency(store_database(index->store), one->term->text, one->term->len, &n, error))
			return false;
		one->weight = n > 1 ? (1 + log(one->n)) * log((all + 1.0) / n) : 0;
	}
	return true;
}

static gint by_weight(gconstpointer a, gconstpointer b)
{
	const struct telling *x = a, *y = b;

	return x->weight != y->weight ? (x->weight > y->weight ? -1 : 1) : (x->order > y->order) - (x->order < y->order);
}

/* The words as a query, those that tell most first; NULL: an error. */
static char *telling_words(RapIndex *index, const struct passage_record *record, const GString *text, GError **error)
{
	g_autoptr(GArray) tokens = g_array_new(FALSE, FALSE, sizeof(struct token));
	g_autoptr(GArray) words = g_array_new(FALSE, FALSE, sizeof(struct telling));
	GString *query;

	analysis_tokens(index->analysis, record->language, text->str, text->len, tokens);
	count_words(tokens, words);
	if (!weigh_words(index, words, error))
		return NULL;
	g_array_sort(words, by_weight);
	query = g_string_new(NULL);
	for (guint i = 0; i < MIN(words->len, WORDS_MAX); i++) {
		const struct telling *one = &g_array_index(words, struct telling, i);

		if (one->weight > 0)
			g_string_append_printf(query, "%s%s", query->len ? " " : "", one->word->exact);
	}
	return g_string_free(query, FALSE);
}

/* Itself and what repeats it, wherever it stands. */
static bool add_same(RapIndex *index, guint32 docid, const struct passage_record *record, GHashTable *out, GError **error)
{
	struct duplicates *duplicates = duplicates_new(index->store, index->analysis, NULL, NULL, NULL);
	g_autoptr(GPtrArray) same = g_ptr_array_new();
	const struct imprint *imprint = duplicates_imprint(duplicates, docid, record, NULL, NULL, error);
	bool ok = imprint && duplicates_elsewhere(duplicates, imprint, same, error);

	g_hash_table_add(out, GUINT_TO_POINTER(docid));
	for (guint i = 0; i < same->len; i++)
		g_hash_table_add(out, GUINT_TO_POINTER(((const struct imprint *)g_ptr_array_index(same, i))->docid));
	duplicates_free(duplicates);
	return ok;
}

/* Reads the passage: the query that it makes, and what is not to be found. */
static char *read_passage(RapIndex *index, const char *id, struct arena *arena, GHashTable *without, GError **error)
{
	const char *slash = strrchr(id, '/');
	g_autoptr(GArray) docids = slash ? locate_document(index, id, (gsize)(slash - id), error) : NULL;
	g_autoptr(GString) text = g_string_new(NULL);
	struct passage_record record;
	struct document_place place;
	GError *cause = NULL;
	guint32 docid;

	if (slash && !docids)
		return NULL;
	if (!slash || !locate_passage(index, docids, id, &docid, &place, &cause)) {
		if (cause)
			g_propagate_error(error, cause);
		else
			g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_NOT_FOUND, "cannot find what is like '%s': there is no such passage", id);
		return NULL;
	}
	if (!store_passage(index->store, docid, arena, &record, error) ||
	    !store_text(index->store, record.place.source, record.text_base, record.passage.ranges, record.passage.n_ranges, text, error) ||
	    !add_same(index, docid, &record, without, error))
		return NULL;
	return telling_words(index, &record, text, error);
}

static void *similar_once(RapIndex *index, const void *data, GError **error)
{
	const struct similar *similar = data;
	g_autoptr(GHashTable) without = g_hash_table_new(NULL, NULL);
	struct arena *arena = arena_new();
	RapRequest request = *similar->request;
	struct results *results = NULL;
	g_autofree char *words = NULL;

	analysis_trim(index->analysis);
	words = read_passage(index, similar->id, arena, without, error);
	request.text = words && *words ? words : "*";	/* of no word: nothing is like it */
	request.exact_words = true;
	request.want_facets = false;
	if (words)
		results = search_without(index, &request, without, error);
	if (results)
		results->public.query = arena_string(results->arena, similar->id, -1);
	arena_free(arena);
	return results;
}

RapResults *rap_similar(RapIndex *index, const char *id, const RapRequest *request, GError **error)
{
	struct similar similar = { id, request };

	if (request->text) {
		g_set_error_literal(error, RAP_ERROR, RAP_ERROR_SYNTAX, "cannot look for what is like a passage and for a query together");
		return NULL;
	}
	return handle_run(index, similar_once, &similar, error);
}
