/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * terms.c - from a passage to its terms.
 */
#include "indexer/terms.h"

#include <string.h>

#include "indexer/fields.h"
#include "indexer/fingerprints.h"
#include "indexer/impact.h"
#include "indexer/record.h"
#include "indexer/signature.h"

#define KEYS_MAX 50000

struct terms {
	struct analysis *analysis;
	gint number;		/* marks the words whose form was reported by this one */
	GArray *tokens;		/* struct token: of the text, then of a field */
	GPtrArray *found;	/* struct term *: those with a count */
	GPtrArray *forms;	/* struct word *: new forms */
	GHashTable *keys;	/* value -> its key */
	GByteArray *signature;
	GString *term, *date;
};

struct terms *terms_new(struct analysis *analysis, gint number)
{
	struct terms *terms = g_new0(struct terms, 1);

	terms->analysis = analysis;
	terms->number = number;
	terms->tokens = g_array_new(FALSE, FALSE, sizeof(struct token));
	terms->found = g_ptr_array_new();
	terms->forms = g_ptr_array_new();
	terms->keys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	terms->signature = g_byte_array_new();
	terms->term = g_string_new(NULL);
	terms->date = g_string_new(NULL);
	return terms;
}

void terms_free(struct terms *terms)
{
	if (!terms)
		return;
	g_array_unref(terms->tokens);
	g_ptr_array_unref(terms->found);
	g_ptr_array_unref(terms->forms);
	g_hash_table_unref(terms->keys);
	g_byte_array_unref(terms->signature);
	g_string_free(terms->term, TRUE);
	g_string_free(terms->date, TRUE);
	g_free(terms);
}

/* --- words -------------------------------------------------------------------- */

/* Scratch of a term: count is what it has in the text, mark what it has beside it. */
static void count_term(struct terms *terms, struct term *term, enum searched_field field, guint weight)
{
	if (!term)
		return;
	if (!term->count && !term->mark)
		g_ptr_array_add(terms->found, term);
	if (field == SEARCHED_TEXT)
		term->count += weight;
	else
		term->mark += (gint)weight;
}

static bool is_fold_of(const struct word *word, const struct term *term)
{
	return word->fold_len == term->len && memcmp(word->fold, term->text, term->len) == 0;
}

static void note_form(struct terms *terms, struct word *word)
{
	if (word->scratch == terms->number || !word->term)
		return;
	word->scratch = terms->number;
	if (word->fold_len > XAP_TERM_MAX_BYTES)	/* no word, and no key for it */
		return;
	if (word->also || !is_fold_of(word, word->term))
		g_ptr_array_add(terms->forms, word);
}

/* Counts the tokens from the given one on; gives how many are words of weight. */
static guint count_tokens(struct terms *terms, guint from, enum searched_field field, guint weight)
{
	guint n = 0;

	for (guint i = from; i < terms->tokens->len; i++) {
		const struct token *token = &g_array_index(terms->tokens, struct token, i);

		count_term(terms, token->word->term, field, weight);
		count_term(terms, token->word->also, field, weight);
		note_form(terms, token->word);
		n += token->word->term && !(token->flags & TOKEN_JOINED);
	}
	return n;
}

struct counted_field {
	struct terms *terms;
	const struct document *doc;
};

static void count_field(enum searched_field which, const char *text, guint weight, void *data)
{
	const struct counted_field *field = data;
	GArray *tokens = field->terms->tokens;
	guint from = tokens->len;

	analysis_tokens(field->terms->analysis, field->doc->language, text, strlen(text), tokens);
	count_tokens(field->terms, from, which, weight);
	g_array_set_size(tokens, from);
}

static gint by_bytes(gconstpointer a, gconstpointer b)
{
	return strcmp((*(const struct term *const *)a)->text, (*(const struct term *const *)b)->text);
}

static void put_words(struct terms *terms, enum passage_kind kind, guint length, xap_doc *out)
{
	double in_text = impact_norm(SEARCHED_TEXT, kind, length), beside = impact_norm(SEARCHED_TITLE, kind, length);

	g_ptr_array_sort(terms->found, by_bytes);
	for (guint i = 0; i < terms->found->len; i++) {
		struct term *term = g_ptr_array_index(terms->found, i);
		double tf = (term->count / in_text + term->mark / beside) / FIELD_TEXT_WEIGHT;

		xap_doc_term(out, term->text, term->len, impact_of(tf));
		term->count = 0;
		term->mark = 0;
	}
	g_ptr_array_set_size(terms->found, 0);
}

/* --- signature ------------------------------------------------------ */

/* Pairs of words that follow each other: a joined form follows, and is
 * followed by, what stands before and behind its parts. */
static void put_signature(struct terms *terms, xap_doc *out)
{
	const struct token *tokens = (const struct token *)terms->tokens->data;
	guint n = terms->tokens->len;
	gsize bytes = signature_bytes(n);

	if (n < 2)
		return;
	g_byte_array_set_size(terms->signature, (guint)bytes);
	memset(terms->signature->data, 0, bytes);
	for (guint i = 0; i + 1 < n; i++) {
		guint32 next = tokens[i].position + tokens[i].span;

		for (guint j = i + 1; j < n && tokens[j].position <= next; j++)
			if (tokens[j].position == next)
				signature_add(terms->signature->data, bytes, tokens[i].word->hash, tokens[j].word->hash);
	}
	xap_doc_value(out, SIGNATURE_SLOT, (const char *)terms->signature->data, bytes);
}

/* --- fields that filter ---------------------------------------------------------- */

static const char *key_of(struct terms *terms, const char *value)
{
	char *key = g_hash_table_lookup(terms->keys, value);

	if (key)
		return key;
	if (g_hash_table_size(terms->keys) >= KEYS_MAX)
		g_hash_table_remove_all(terms->keys);
	key = field_key(terms->analysis, value);
	g_hash_table_insert(terms->keys, g_strdup(value), key);
	return key;
}

/* A date's key is its digits. */
static void set_date_key(const char *iso, GString *key)
{
	g_string_truncate(key, 0);
	for (; *iso; iso++)
		if (g_ascii_isdigit(*iso))
			g_string_append_c(key, *iso);
}

struct put_value {
	struct terms *terms;
	xap_doc *out;
};

static void put_value(enum field_id id, const char *value, void *data)
{
	const struct put_value *put = data;
	struct terms *terms = put->terms;
	const char *key = value;

	if (fields[id].match == FIELD_WORDS) {
		key = key_of(terms, value);
	} else if (fields[id].match == FIELD_DATE) {
		set_date_key(value, terms->date);
		key = terms->date->str;
	}
	if (!*key)
		return;
	field_term(&fields[id], key, terms->term);
	xap_doc_term(put->out, terms->term->str, terms->term->len, 0);
}

static void put_source(struct terms *terms, guint32 source, xap_doc *out)
{
	g_string_printf(terms->term, SOURCE_PREFIX "%u", source);
	xap_doc_term(out, terms->term->str, terms->term->len, 0);
}

/* --- the passage -------------------------------------------------------------------- */

void terms_passage(struct terms *terms, const struct document *doc, const struct passage *passage,
                   const char *text, gsize len, guint32 source, xap_doc *out, GArray *fingerprints)
{
	guint length;

	xap_doc_clear(out);
	g_array_set_size(terms->tokens, 0);
	analysis_tokens(terms->analysis, doc->language, text, len, terms->tokens);
	length = count_tokens(terms, 0, SEARCHED_TEXT, FIELD_TEXT_WEIGHT);
	put_signature(terms, out);
	fingerprints_choose((const struct token *)(const void *)terms->tokens->data, terms->tokens->len, fingerprints);
	fields_each_text(doc, passage, count_field, &(struct counted_field){ terms, doc });
	put_words(terms, passage->kind, length, out);
	fields_each_value(doc, passage, put_value, &(struct put_value){ terms, out });
	put_source(terms, source, out);
}

const GArray *terms_tokens(const struct terms *terms)
{
	return terms->tokens;
}

bool terms_new_forms(struct terms *terms, terms_form_fn *fn, void *data, GError **error)
{
	for (guint i = 0; i < terms->forms->len; i++) {
		const struct word *word = g_ptr_array_index(terms->forms, i);

		if (!is_fold_of(word, word->term) && !fn(word->fold, word->fold_len, word->term->text, word->term->len, data, error))
			return false;
		if (word->also && !is_fold_of(word, word->also) && !fn(word->fold, word->fold_len, word->also->text, word->also->len, data, error))
			return false;
	}
	g_ptr_array_set_size(terms->forms, 0);
	return true;
}
