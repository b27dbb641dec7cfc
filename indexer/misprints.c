/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * misprints.c - finds, for every rare word, the frequent ones that it may have been.
 *
 *   words --> traces of the frequent ones, sorted --> each rare one's traces looked up --> pairs
 *
 * Two words that differ by one letter have a trace in common: one of them, or what is left when a
 * letter is taken out of each. Words that machines take for each other have their shape in common. So no
 * word is compared with all others (the idea of Mor and Fraenkel 1982, deletion neighbourhoods). Letters in a row
 * that hardly a word has make a rare word suspect; those that several have are written down for the search.
 */
#include "indexer/misprints.h"

#include <stdlib.h>
#include <string.h>

#include "indexer/intern.h"
#include "indexer/vocabulary.h"
#include "xapian/xap.h"

#define WORDS_MAX 4000000	/* of a segment; what is beyond is not looked at */
#define WORD_MIN_BYTES 4
#define WORD_MAX_BYTES 40
#define RARE_MAX 8		/* a rare word stands in so many passages, or in one in RARE_SHARE of them */
#define RARE_SHARE 20000
#define PAIRS_MAX_EACH 4	/* of a rare word */
#define TRACES_MAX 64		/* looked at under one hash */
#define ROW_WORDS_MIN 3		/* so many words have letters in a row that are nothing odd, and one more for ... */
#define ROW_WORDS_SHARE 20000	/* ... so many that there are; words of several passages count twice, */
#define ROW_SURE 2		/* since the same misprint comes in several words sooner than in the same word again */
#define ROWS_MAX 200000

struct form {
	guint32 at;		/* in the text */
	guint32 n;		/* passages with its term */
	bool has_forms;		/* a term that other words lead to: perhaps no word itself */
};

struct trace {
	guint64 hash;
	guint32 form;
};

struct learning {
	xap_db *db;
	GString *text;		/* words, a NUL behind each */
	GArray *forms;		/* struct form: the terms in the order of bytes, then the other words */
	guint n_terms;
	guint32 passages, rare;
	GArray *traces;		/* struct trace, of frequent words */
	GHashTable *rows;	/* three letters in a row -> guint *: how many words have them */
	guint row_words;	/* so many make them nothing odd */
	xap_writer *writer;
	GError *error;		/* sticky */
};

static const char *text_of(const struct learning *l, const struct form *form)
{
	return l->text->str + form->at;
}

/* --- the words ---------------------------------------------------------------------------- */

static bool is_word(const char *bytes, size_t len)
{
	if (len < WORD_MIN_BYTES || len > WORD_MAX_BYTES || (bytes[0] >= 'A' && bytes[0] <= 'Z') || (guint8)bytes[0] < '0')
		return false;
	for (size_t i = 0; i < len; i++)
		if (!g_ascii_isalnum(bytes[i]) && !(bytes[i] & 0x80))
			return false;
	return g_utf8_validate(bytes, (gssize)len, NULL);
}

static bool take_word(const char *bytes, size_t len, uint32_t frequency, void *data)
{
	struct learning *l = data;
	struct form form = { .at = (guint32)l->text->len, .n = frequency };

	if (!is_word(bytes, len))
		return true;
	g_array_append_val(l->forms, form);
	g_string_append_len(l->text, bytes, (gssize)len);
	g_string_append_c(l->text, '\0');
	return l->forms->len < WORDS_MAX;
}

static struct form *find_term(const struct learning *l, const char *term)
{
	guint low = 0, high = l->n_terms;

	while (low < high) {
		guint mid = (low + high) / 2;
		struct form *form = &g_array_index(l->forms, struct form, mid);
		int order = strcmp(text_of(l, form), term);

		if (!order)
			return form;
		if (order < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}

struct leading {
	struct learning *learning;
	guint form;
};

static bool take_term(const char *term, size_t len, uint32_t frequency, void *data)
{
	struct leading *leading = data;
	struct learning *l = leading->learning;
	g_autofree char *copy = g_strndup(term, len);
	struct form *to = find_term(l, copy), *from = &g_array_index(l->forms, struct form, leading->form);

	(void)frequency;
	if (to) {
		to->has_forms = true;
		from->n = MAX(from->n, to->n);
	}
	return true;
}

static bool read_words(struct learning *l)
{
	if (!xap_db_terms(l->db, "", 0, take_word, l, &l->error))
		return false;
	l->n_terms = l->forms->len;
	if (!xap_db_synonym_keys(l->db, "", 0, take_word, l, &l->error))
		return false;
	for (guint i = l->n_terms; i < l->forms->len; i++) {
		const char *word = text_of(l, &g_array_index(l->forms, struct form, i));

		if (!xap_db_synonyms(l->db, word, strlen(word), take_term, &(struct leading){ l, i }, &l->error))
			return false;
	}
	return true;
}

/* --- traces -------------------------------------------------------------------------------- */

typedef void trace_fn(guint64 hash, void *data);

static void each_trace(const char *word, trace_fn *fn, void *data)
{
	g_autofree char *shape = vocabulary_shape(word);
	gsize len = strlen(word);

	fn(hash64_add(HASH64_START, word, len), data);
	fn(hash64_add(hash64_add(HASH64_START, "\1", 1), shape, strlen(shape)), data);
	for (const char *at = word; *at; at = g_utf8_next_char(at)) {
		const char *next = g_utf8_next_char(at);

		if (at > word && g_utf8_get_char(at) == g_utf8_get_char(g_utf8_prev_char(at)))
			continue;	/* either of two equal letters leaves the same */
		fn(hash64_add(hash64_add(HASH64_START, word, (gsize)(at - word)), next, len - (gsize)(next - word)), data);
	}
}

struct tracing {
	struct learning *learning;
	guint32 form;
};

static void add_trace(guint64 hash, void *data)
{
	const struct tracing *tracing = data;

	g_array_append_vals(tracing->learning->traces, &(struct trace){ hash, tracing->form }, 1);
}

static int by_hash(const void *a, const void *b)
{
	const struct trace *x = a, *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return x->form < y->form ? -1 : x->form > y->form;
}

static void trace_frequent(struct learning *l)
{
	guint32 least = l->passages > 100000 ? 8 : l->passages > 10000 ? 4 : 2;

	for (guint i = 0; i < l->forms->len; i++) {
		const struct form *form = &g_array_index(l->forms, struct form, i);

		if (form->n >= least)
			each_trace(text_of(l, form), add_trace, &(struct tracing){ l, i });
	}
	if (l->traces->len)
		qsort(l->traces->data, l->traces->len, sizeof(struct trace), by_hash);
}

/* --- letters in a row ---------------------------------------------------------------------- */

#define ROW_BYTES 24

struct counting_rows {
	struct learning *learning;
	guint by;
};

static bool count_row(const char *two, const char *third, void *data)
{
	const struct counting_rows *counting = data;
	struct learning *l = counting->learning;
	char row[ROW_BYTES];
	guint *count;

	g_snprintf(row, sizeof row, "%s%s", two, third);
	count = g_hash_table_lookup(l->rows, row);
	if (!count && g_hash_table_size(l->rows) < ROWS_MAX) {
		count = g_new0(guint, 1);
		g_hash_table_insert(l->rows, g_strdup(row), count);
	}
	if (count)
		*count += counting->by;
	return true;
}

static bool is_known_row(const char *two, const char *third, void *data)
{
	const struct learning *l = data;
	char row[ROW_BYTES];
	const guint *count;

	g_snprintf(row, sizeof row, "%s%s", two, third);
	count = g_hash_table_lookup(l->rows, row);
	return count && *count >= l->row_words;
}

static void count_rows(struct learning *l)
{
	for (guint i = 0; i < l->forms->len; i++) {
		const struct form *form = &g_array_index(l->forms, struct form, i);

		if (!form->has_forms)
			vocabulary_rows(text_of(l, form), count_row, &(struct counting_rows){ l, form->n > 1 ? ROW_SURE : 1 });
	}
	l->row_words = ROW_WORDS_MIN + l->forms->len / ROW_WORDS_SHARE;
}

static gint by_bytes(gconstpointer a, gconstpointer b)
{
	return strcmp(a, b);
}

static bool write_entry(struct learning *l, char kind, const char *key, const char *value)
{
	g_autofree char *whole = g_strdup_printf("%c%s", kind, key);

	return xap_writer_synonym(l->writer, whole, strlen(whole), value, strlen(value), &l->error);
}

static bool write_rows(struct learning *l)
{
	g_autoptr(GList) rows = g_list_sort(g_hash_table_get_keys(l->rows), by_bytes);

	for (GList *at = rows; at; at = at->next) {
		const char *row = at->data, *third = g_utf8_next_char(g_utf8_next_char(row));
		g_autofree char *two = g_strndup(row, (gsize)(third - row));

		if (*(const guint *)g_hash_table_lookup(l->rows, row) >= l->row_words && !write_entry(l, VOCABULARY_LETTERS, two, third))
			return false;
	}
	return true;
}

/* --- pairs --------------------------------------------------------------------------------- */

struct pairing {
	struct learning *learning;
	const struct form *rare;
	GArray *found;		/* guint32: forms */
};

static void try_pair(struct pairing *pairing, guint32 number)
{
	struct learning *l = pairing->learning;
	const struct form *clean = &g_array_index(l->forms, struct form, number);
	bool odd;

	for (guint i = 0; i < pairing->found->len; i++)
		if (g_array_index(pairing->found, guint32, i) == number)
			return;
	odd = vocabulary_oddness(text_of(l, pairing->rare), text_of(l, clean), is_known_row, l) >= ODD;
	if (pairing->found->len < PAIRS_MAX_EACH &&
	    vocabulary_damage(text_of(l, clean), clean->n, text_of(l, pairing->rare), pairing->rare->n, odd) > 0)
		g_array_append_val(pairing->found, number);
}

static void look_up(guint64 hash, void *data)
{
	struct pairing *pairing = data;
	const GArray *traces = pairing->learning->traces;
	guint low = 0, high = traces->len;

	while (low < high) {
		guint mid = (low + high) / 2;

		if (g_array_index(traces, struct trace, mid).hash < hash)
			low = mid + 1;
		else
			high = mid;
	}
	for (guint i = low; i < traces->len && i - low < TRACES_MAX && g_array_index(traces, struct trace, i).hash == hash; i++)
		try_pair(pairing, g_array_index(traces, struct trace, i).form);
}

/* A function word that ran into the word is no change of a letter: what is left is looked up. */
static void look_up_parts(struct pairing *pairing)
{
	const char *word = text_of(pairing->learning, pairing->rare), *rest;
	gsize len;

	for (guint i = 0; vocabulary_cut(word, i, &rest, &len); i++)
		if (rest)
			look_up(hash64_add(HASH64_START, rest, len), pairing);
}

static bool write_pairs(struct learning *l, const struct pairing *pairing)
{
	for (guint i = 0; i < pairing->found->len; i++) {
		const char *clean = text_of(l, &g_array_index(l->forms, struct form, g_array_index(pairing->found, guint32, i)));
		const char *damaged = text_of(l, pairing->rare);

		if (!write_entry(l, VOCABULARY_DAMAGED, clean, damaged) || !write_entry(l, VOCABULARY_CLEAN, damaged, clean))
			return false;
	}
	return true;
}

static bool pair_rare(struct learning *l)
{
	g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(guint32));

	for (guint i = 0; i < l->forms->len; i++) {
		struct pairing pairing = { .learning = l, .rare = &g_array_index(l->forms, struct form, i), .found = found };

		if (!pairing.rare->n || pairing.rare->n > l->rare || pairing.rare->has_forms)
			continue;
		g_array_set_size(found, 0);
		each_trace(text_of(l, pairing.rare), look_up, &pairing);
		look_up_parts(&pairing);
		if (!write_pairs(l, &pairing))
			return false;
	}
	return true;
}

/* --- all together --------------------------------------------------------------------------- */

static bool learn(struct learning *l, const char *segment)
{
	l->db = xap_db_open(&segment, 1, &l->error);
	if (!l->db || !xap_db_count(l->db, &l->passages, &l->error) || !read_words(l))
		return false;
	l->rare = MAX(RARE_MAX, l->passages / RARE_SHARE);
	trace_frequent(l);
	count_rows(l);
	l->writer = xap_writer_open(segment, XAP_WRITE_NO_TERMLIST, &l->error);
	return l->writer && write_rows(l) && pair_rare(l) && xap_writer_commit(l->writer, &l->error);
}

bool misprints_learn(const char *segment, GError **error)
{
	struct learning l = {
		.text = g_string_new(NULL), .forms = g_array_new(FALSE, FALSE, sizeof(struct form)),
		.traces = g_array_new(FALSE, FALSE, sizeof(struct trace)),
		.rows = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
	};
	bool sound = learn(&l, segment);

	xap_writer_close(l.writer);
	xap_db_close(l.db);
	g_string_free(l.text, TRUE);
	g_array_unref(l.forms);
	g_array_unref(l.traces);
	g_hash_table_unref(l.rows);
	if (!sound)
		g_propagate_error(error, l.error);
	return sound;
}
