/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * expand.c - from the first letters of a word to terms. A word is in the index as a term
 * of its own, or the table of forms takes it to its term.
 */
#include "searcher/expand.h"

#include <string.h>

struct expansion {
	xap_db *db;
	GHashTable *terms;	/* term -> frequency */
	guint *forms_left;
	GError *error;		/* sticky */
};

static void keep_term(struct expansion *e, const char *term, size_t len, uint32_t frequency)
{
	g_hash_table_insert(e->terms, g_strndup(term, len), GUINT_TO_POINTER(frequency));
}

static bool take_term(const char *term, size_t len, uint32_t frequency, void *data)
{
	struct expansion *e = data;

	keep_term(e, term, len, frequency);
	return --*e->forms_left > 0;
}

static bool take_synonym(const char *term, size_t len, uint32_t frequency, void *data)
{
	struct expansion *e = data;
	g_autofree char *copy = g_strndup(term, len);
	uint32_t n = 0;

	(void)frequency;	/* of synonyms there is none */
	if (g_hash_table_contains(e->terms, copy))
		return true;
	if (!e->error)
		xap_db_term_frequency(e->db, term, len, &n, &e->error);
	if (n)
		keep_term(e, term, len, n);
	return !e->error;
}

struct forms {
	GPtrArray *all;
	guint *left;
};

static bool collect_form(const char *form, size_t len, uint32_t frequency, void *data)
{
	struct forms *forms = data;

	(void)frequency;
	g_ptr_array_add(forms->all, g_strndup(form, len));
	return --*forms->left > 0;
}

static void collect(struct expansion *e, const char *prefix)
{
	g_autoptr(GPtrArray) forms = g_ptr_array_new_with_free_func(g_free);
	struct forms collected = { forms, e->forms_left };
	gsize len = strlen(prefix);

	if (*e->forms_left && !xap_db_terms(e->db, prefix, len, take_term, e, &e->error))
		return;
	if (*e->forms_left && !xap_db_synonym_keys(e->db, prefix, len, collect_form, &collected, &e->error))
		return;
	for (guint i = 0; i < forms->len && !e->error; i++) {
		const char *form = g_ptr_array_index(forms, i);
		GError *cause = NULL;

		if (!xap_db_synonyms(e->db, form, strlen(form), take_synonym, e, &cause))
			e->error = cause;
	}
}

struct ranked_term {
	const char *text;
	guint frequency;
};

static gint by_frequency(gconstpointer a, gconstpointer b)
{
	const struct ranked_term *x = a, *y = b;

	return x->frequency != y->frequency ? (x->frequency < y->frequency ? 1 : -1) : strcmp(x->text, y->text);
}

static void choose(const struct expansion *e, struct arena *arena, GPtrArray *terms)
{
	g_autoptr(GArray) ranked = g_array_new(FALSE, FALSE, sizeof(struct ranked_term));
	GHashTableIter iter;
	gpointer text, frequency;

	g_hash_table_iter_init(&iter, e->terms);
	while (g_hash_table_iter_next(&iter, &text, &frequency)) {
		struct ranked_term term = { text, GPOINTER_TO_UINT(frequency) };

		g_array_append_val(ranked, term);
	}
	g_array_sort(ranked, by_frequency);
	for (guint i = 0; i < MIN(ranked->len, EXPAND_MAX_TERMS); i++)
		g_ptr_array_add(terms, arena_string(arena, g_array_index(ranked, struct ranked_term, i).text, -1));
}

bool expand_prefix(struct arena *arena, xap_db *db, const char *prefix, guint *forms_left, GPtrArray *terms, guint *n,
                   GError **error)
{
	g_autoptr(GHashTable) found = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	struct expansion e = { .db = db, .terms = found, .forms_left = forms_left };

	collect(&e, prefix);
	if (e.error) {
		g_propagate_error(error, e.error);
		return false;
	}
	choose(&e, arena, terms);
	*n = g_hash_table_size(found);
	return true;
}
