/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * filter.c - from a field and a value to terms. A field's values are the
 * terms under its prefix: they are walked, and those that fit are taken.
 */
#define _GNU_SOURCE	/* memmem */
#include "searcher/filter.h"

#include <string.h>

#include "corpus/document.h"
#include "corpus/error.h"
#include "searcher/xtree.h"

struct filter {
	struct arena *arena;
	const struct field *field;
	char *key;			/* FIELD_WORDS */
	GString *whole;			/* the same as a term, but for FIELD_APART */
	gint64 lower, upper;		/* FIELD_DATE: days as yyyymmdd; FIELD_NUMBER */
	GPtrArray *kids;
	xap_bytes_fn *take;		/* takes the terms that fit */
};

/* Does the key hold the words, as whole words, next to each other? */
static bool holds_words(const char *key, gsize len, const char *words)
{
	gsize n = strlen(words);
	const char *end = key + len;

	for (const char *at = key; (gsize)(end - at) >= n; at++) {
		at = memmem(at, (gsize)(end - at), words, n);
		if (!at)
			return false;
		if ((at == key || at[-1] == ' ') && (at + n == end || at[n] == ' '))
			return true;
	}
	return false;
}

static bool take_words(const char *term, size_t len, uint32_t frequency, void *data)
{
	struct filter *f = data;
	gsize prefix = strlen(f->field->prefix);
	const char *apart = memchr(term, FIELD_APART, len);

	(void)frequency;
	if (holds_words(term + prefix, (apart ? (gsize)(apart - term) : len) - prefix, f->key))
		g_ptr_array_add(f->kids, (gpointer)xtree_term(f->arena, term, len));
	return true;
}

static bool take_whole(const char *term, size_t len, uint32_t frequency, void *data)
{
	struct filter *f = data;
	bool same = len == f->whole->len;

	(void)frequency;
	for (gsize i = 0; i < len && same; i++)
		same = term[i] == f->whole->str[i] || (term[i] == FIELD_APART && f->whole->str[i] == ' ');
	if (same)
		g_ptr_array_add(f->kids, (gpointer)xtree_term(f->arena, term, len));
	return true;
}

/* "2017" is 20170101 to 20171231, and so on; false for what is no date. Also reads
 * "2017-10-23", as people write it. */
static bool date_bounds(const char *text, gint64 *first, gint64 *last)
{
	char digits[9];
	gsize n = 0;

	for (; *text && n < 8; text++)
		if (g_ascii_isdigit(*text))
			digits[n++] = *text;
		else if (*text != '-' && *text != '/' && *text != '.')
			return false;
	digits[n] = '\0';
	if (*text || (n != 4 && n != 6 && n != 8))
		return false;
	*first = *last = g_ascii_strtoll(digits, NULL, 10);
	for (; n < 8; n += 2) {
		*first = *first * 100 + 1;
		*last = *last * 100 + (n == 4 ? 12 : 31);
	}
	return true;
}

static bool take_date(const char *term, size_t len, uint32_t frequency, void *data)
{
	struct filter *f = data;
	gsize prefix = strlen(f->field->prefix);
	g_autofree char *key = g_strndup(term + prefix, len - prefix);
	gint64 first, last;

	(void)frequency;
	if (date_bounds(key, &first, &last) && first >= f->lower && last <= f->upper)
		g_ptr_array_add(f->kids, (gpointer)xtree_term(f->arena, term, len));
	return true;
}

static bool take_number(const char *term, size_t len, uint32_t frequency, void *data)
{
	struct filter *f = data;
	gsize prefix = strlen(f->field->prefix);
	g_autofree char *key = g_strndup(term + prefix, len - prefix);
	gint64 n = g_ascii_strtoll(key, NULL, 10);

	(void)frequency;
	if (n >= f->lower && n <= f->upper)
		g_ptr_array_add(f->kids, (gpointer)xtree_term(f->arena, term, len));
	return true;
}

/* --- bounds ------------------------------------------------------------------------- */

static bool set_dates(struct filter *f, const char *value, const char *upper)
{
	gint64 ignored;

	f->lower = 0;
	f->upper = G_MAXINT64;
	if (!upper)
		return date_bounds(value, &f->lower, &f->upper);
	return (!*value || date_bounds(value, &f->lower, &ignored)) && (!*upper || date_bounds(upper, &ignored, &f->upper));
}

static bool number(const char *text, gint64 *n)
{
	char *end;

	*n = g_ascii_strtoll(text, &end, 10);
	return end != text && !*end;
}

static bool set_numbers(struct filter *f, const char *value, const char *upper)
{
	f->lower = 0;
	f->upper = G_MAXINT64;
	if (!upper)
		return number(value, &f->lower) && number(value, &f->upper);
	return (!*value || number(value, &f->lower)) && (!*upper || number(upper, &f->upper));
}

static bool is_known_name(const struct field *field, const char *value)
{
	return field->id == FIELD_KIND ? kind_parse(value) >= 0 : field->id == FIELD_TYPE ? type_parse(value) >= 0 : true;
}

/* --- the whole ------------------------------------------------------------------------- */

static const struct xap_query *name_query(struct arena *arena, const struct field *field, const char *value, GPtrArray *warnings)
{
	g_autofree char *key = g_ascii_strdown(value, -1);
	g_autoptr(GString) term = g_string_new(NULL);

	if (!is_known_name(field, key)) {
		g_ptr_array_add(warnings, g_strdup_printf("There is no %s \"%s\".", field->name, value));
		return xtree_nothing(arena);
	}
	field_term(field, key, term);
	return xtree_term(arena, term->str, term->len);
}

/* Settles what is looked for; false where the value makes no sense. */
static bool set_filter(struct filter *f, struct analysis *analysis, const char *value, const char *upper)
{
	switch (f->field->match) {
	case FIELD_DATE:
		f->take = take_date;
		return set_dates(f, value, upper);
	case FIELD_NUMBER:
		f->take = take_number;
		return set_numbers(f, value, upper);
	default:
		f->take = *value == FIELD_WHOLE ? take_whole : take_words;
		f->key = analysis_key(analysis, value + (*value == FIELD_WHOLE), -1);
		f->whole = g_string_new(NULL);
		field_term(f->field, f->key, f->whole);
		return *f->key;
	}
}

/* Of a whole value, only what begins with its first word is looked at. */
static void walk(struct filter *f, xap_db *db, GError **error)
{
	gsize prefix = strlen(f->field->prefix);
	bool whole = f->take == take_whole;

	xap_db_terms(db, whole ? f->whole->str : f->field->prefix, whole ? prefix + strcspn(f->whole->str + prefix, " ") : prefix, f->take, f, error);
}

static void clear_filter(struct filter *f)
{
	g_free(f->key);
	if (f->whole)
		g_string_free(f->whole, TRUE);
}

const struct xap_query *filter_query(struct arena *arena, xap_db *db, struct analysis *analysis,
                                     const struct field *field, const char *value, const char *upper,
                                     GPtrArray *warnings, GError **error)
{
	g_autoptr(GPtrArray) kids = g_ptr_array_new();
	struct filter f = { .arena = arena, .field = field, .kids = kids };
	const struct xap_query *query;

	if (field->match == FIELD_NAME)
		return name_query(arena, field, value, warnings);
	if (!set_filter(&f, analysis, value, upper))
		g_ptr_array_add(warnings, g_strdup_printf("\"%s\" is no value for %s: (%s).", value, field->name, field->example));
	else if (!*error)
		walk(&f, db, error);
	clear_filter(&f);
	query = xtree_group(arena, XAP_OR, kids);
	return query ? query : xtree_nothing(arena);
}

const struct xap_query *filter_dead(struct arena *arena, const struct stamp *stamp)
{
	g_autoptr(GPtrArray) dead = g_ptr_array_new();

	for (guint i = 0; i < stamp->segments->len; i++) {
		const struct segment *segment = g_ptr_array_index(stamp->segments, i);

		for (guint j = 0; j < segment->dead->len; j++) {
			g_autofree char *term = g_strdup_printf(SOURCE_PREFIX "%u", g_array_index(segment->dead, guint32, j));

			g_ptr_array_add(dead, (gpointer)xtree_term(arena, term, strlen(term)));
		}
	}
	return xtree_group(arena, XAP_OR, dead);
}

bool filter_add_all(struct query *query, const RapFilter *filters, gsize n, GError **error)
{
	for (gsize i = 0; i < n; i++) {
		const struct field *field = field_find(filters[i].field, strlen(filters[i].field));

		if (!field) {
			g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_SYNTAX, "cannot filter by '%s': there is no such field",
				    filters[i].field);
			return false;
		}
		if (!query_add_filter(query, field, filters[i].value)) {
			g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_SYNTAX, "cannot filter by %s: '%s' makes no sense there (example: %s)",
			            field->name, filters[i].value, field->example);
			return false;
		}
	}
	return true;
}

/* --- without the index ------------------------------------------------------------------ */

/* What a passage is held against. */
struct held {
	struct filter *filter;
	struct analysis *analysis;
	const char *value;
	GString *term;
	bool holds;		/* FIELD_NAME */
};

static void hold_value(enum field_id id, const char *value, void *data)
{
	struct held *h = data;
	const struct field *field = h->filter->field;
	g_autofree char *key = NULL;

	if (strcmp(fields[id].prefix, field->prefix) != 0)	/* year and date share theirs */
		return;
	if (field->match == FIELD_NAME) {
		h->holds = h->holds || g_ascii_strcasecmp(value, h->value) == 0;
		return;
	}
	key = field->match == FIELD_WORDS ? field_key(h->analysis, value) : g_strdup(value);
	if (!*key)
		return;
	field_term(field, key, h->term);
	h->filter->take(h->term->str, h->term->len, 1, h->filter);
}

bool filter_holds(struct analysis *analysis, const struct field *field, const char *value, const char *upper,
                  const struct document *doc, const struct passage *passage)
{
	struct filter f = { .arena = arena_new(), .field = field, .kids = g_ptr_array_new() };
	struct held h = { &f, analysis, value, g_string_new(NULL), false };
	bool holds;

	if (field->match == FIELD_NAME || set_filter(&f, analysis, value, upper))
		fields_each_value(doc, passage, hold_value, &h);
	holds = h.holds || f.kids->len > 0;
	g_string_free(h.term, TRUE);
	g_ptr_array_unref(f.kids);
	clear_filter(&f);
	arena_free(f.arena);
	return holds;
}
