/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * filter.c - from a field and a value to terms. A field's values are the
 * terms under its prefix: they are walked, and those that fit are taken.
 */
#define _GNU_SOURCE	/* memmem */
#include "searcher/filter.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "corpus/document.h"
#include "corpus/error.h"
#include "searcher/xtree.h"

/* Of a longer one the index has only the first and the last day. */
#define CONFERENCE_MAX_DAYS 14

struct filter {
	struct arena *arena;
	const struct field *field;
	char *key;			/* FIELD_WORDS */
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

	(void)frequency;
	if (holds_words(term + prefix, len - prefix, f->key))
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
		f->take = take_words;
		f->key = analysis_key(analysis, value, -1);
		return *f->key;
	}
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
		xap_db_terms(db, field->prefix, strlen(field->prefix), f.take, &f, error);
	g_free(f.key);
	query = xtree_group(arena, XAP_OR, kids);
	return query ? query : xtree_nothing(arena);
}

bool filter_add_all(struct query *query, const RapFilter *filters, gsize n, GError **error)
{
	for (gsize i = 0; i < n; i++) {
		const struct field *field = field_find(filters[i].field, strlen(filters[i].field));

		if (!field) {
			g_set_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_SYNTAX, "cannot filter by '%s': there is no such field", filters[i].field);
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
	GString *term;
	bool holds;
};

static void hold_key(struct held *h, const char *key)
{
	field_term(h->filter->field, key, h->term);
	h->filter->take(h->term->str, h->term->len, 1, h->filter);
}

static void hold_value(struct held *h, const char *value)
{
	g_autofree char *key = value ? analysis_key(h->analysis, value, -1) : NULL;

	if (key && *key)
		hold_key(h, key);
}

/* Not longer than a conference: the index has every day of it. */
static bool is_short(gint64 first, gint64 last)
{
	GDate from, to;

	if (!g_date_valid_dmy((GDateDay)(first % 100), (GDateMonth)(first / 100 % 100), (GDateYear)(first / 10000)) ||
	    !g_date_valid_dmy((GDateDay)(last % 100), (GDateMonth)(last / 100 % 100), (GDateYear)(last / 10000)))
		return false;
	g_date_clear(&from, 1);
	g_date_clear(&to, 1);
	g_date_set_dmy(&from, (GDateDay)(first % 100), (GDateMonth)(first / 100 % 100), (GDateYear)(first / 10000));
	g_date_set_dmy(&to, (GDateDay)(last % 100), (GDateMonth)(last / 100 % 100), (GDateYear)(last / 10000));
	return g_date_days_between(&from, &to) <= CONFERENCE_MAX_DAYS;
}

static void hold_dates(struct held *h, const char *first, const char *last)
{
	gint64 from, to, ignored;

	if (!first)
		return;
	hold_key(h, first);
	if (!last)
		return;
	hold_key(h, last);
	if (strlen(first) == strlen("2017-10-23") && strlen(last) == strlen(first) &&
	    date_bounds(first, &from, &ignored) && date_bounds(last, &ignored, &to) && is_short(from, to) &&
	    MAX(from, h->filter->lower) <= MIN(to, h->filter->upper))
		h->holds = true;
}

static void hold_panel(struct held *h, const struct panel *panel)
{
	g_autofree char *both = g_strdup_printf("%s / %s", panel->label ? panel->label : "", panel->title ? panel->title : "");

	hold_value(h, both);
}

static void hold_section(struct held *h, const struct document *doc, int section)
{
	g_autoptr(GString) path = g_string_new(NULL);

	for (int s = section; s >= 0; s = document_section(doc, s)->parent)
		g_string_append_printf(path, "%s / ", document_section(doc, s)->title);
	hold_value(h, path->str);
}

static void hold_number(struct held *h, int number)
{
	g_autofree char *key = g_strdup_printf("%d", number);

	if (number)
		hold_key(h, key);
}

/* The values that indexer/terms.c makes terms of. */
static void hold_field(struct held *h, const struct document *doc, const struct passage *passage)
{
	const struct panel *panel = passage->panel >= 0 ? document_panel(doc, passage->panel) : NULL;
	const struct person *person = passage->attribution.speaker >= 0 ? document_person(doc, passage->attribution.speaker) : NULL;

	switch (h->filter->field->id) {
	case FIELD_SPEAKER:
		hold_value(h, person ? person->name : NULL);
		break;
	case FIELD_COUNTRY:
		hold_value(h, person ? person->country : NULL);
		break;
	case FIELD_ORGANISATION:
		hold_value(h, person ? person->organisation : NULL);
		hold_value(h, person && person->body ? person->name : NULL);
		break;
	case FIELD_PANEL:
		if (panel)
			hold_panel(h, panel);
		break;
	case FIELD_DOCUMENT:
		hold_value(h, doc->id);
		break;
	case FIELD_EVENT:
		hold_value(h, doc->event);
		break;
	case FIELD_SECTION:
		hold_section(h, doc, passage->section);
		break;
	case FIELD_PAGE:
		hold_number(h, passage->slide ? passage->slide : passage->page);
		break;
	case FIELD_YEAR:
	case FIELD_DATE_:
		if (panel && panel->date)
			hold_dates(h, panel->date, NULL);
		else
			hold_dates(h, doc->date, doc->date_end);
		break;
	default:
		break;
	}
}

static const char *fixed_name(const struct field *field, const struct document *doc, const struct passage *passage)
{
	return field->id == FIELD_KIND ? kind_name(passage->kind) : field->id == FIELD_TYPE ? type_name(doc->type) : doc->language;
}

bool filter_holds(struct analysis *analysis, const struct field *field, const char *value, const char *upper,
                  const struct document *doc, const struct passage *passage)
{
	struct filter f = { .arena = arena_new(), .field = field, .kids = g_ptr_array_new() };
	struct held h = { &f, analysis, g_string_new(NULL), false };
	bool holds;

	if (field->match == FIELD_NAME) {
		const char *name = fixed_name(field, doc, passage);

		holds = name && g_ascii_strcasecmp(name, value) == 0;
	} else {
		if (set_filter(&f, analysis, value, upper))
			hold_field(&h, doc, passage);
		holds = h.holds || f.kids->len > 0;
	}
	g_string_free(h.term, TRUE);
	g_ptr_array_unref(f.kids);
	g_free(f.key);
	arena_free(f.arena);
	return holds;
}
