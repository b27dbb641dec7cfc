/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * fields.c - owns the table of fields; see fields.h.
 *
 * Prefixes begin with X and a second capital: words of the text are lower
 * case, so no value can be taken for a word and no word for a value.
 */
#include "indexer/fields.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "corpus/document.h"
#include "indexer/analysis.h"

const struct field fields[N_FIELDS] = {
	{ FIELD_SPEAKER, "speaker", NULL, "XS", FIELD_WORDS, true,
	  "who said it: a name or any part of it", "speaker:kvirkelidze" },
	{ FIELD_PANEL, "panel", NULL, "XP", FIELD_WORDS, true,
	  "the panel's label or title, or any part", "panel:\"panel ii\"" },
	{ FIELD_DOCUMENT, "document", "doc", "XD", FIELD_WORDS, true,
	  "the document's id, or any part", "doc:background-paper" },
	{ FIELD_KIND, "kind", NULL, "XK", FIELD_NAME, true,
	  "whose words they are; several with commas", "kind:quote,speech" },
	{ FIELD_TYPE, "type", NULL, "XT", FIELD_NAME, true,
	  "the type of the document", "type:background-paper" },
	{ FIELD_ORGANISATION, "organisation", "org", "XO", FIELD_WORDS, true,
	  "the speaker's organisation, or any part", "org:\"frontier traffic\"" },
	{ FIELD_COUNTRY, "country", NULL, "XC", FIELD_WORDS, true,
	  "the speaker's country", "country:georgia" },
	{ FIELD_LANGUAGE, "language", "lang", "XL", FIELD_NAME, true,
	  "the document's language, two letters", "lang:en" },
	{ FIELD_YEAR, "year", NULL, "XA", FIELD_DATE, false,
	  "the year, or from..to", "year:2023" },
	{ FIELD_DATE_, "date", NULL, "XA", FIELD_DATE, false,
	  "the day, month or year, or from..to", "date:2023-10-12..2023-10-13" },
	{ FIELD_SECTION, "section", NULL, "XH", FIELD_WORDS, false,
	  "a heading above the passage, or any part", "section:foreword" },
	{ FIELD_PAGE, "page", NULL, "XN", FIELD_NUMBER, false,
	  "the page, as counted or printed, or the slide; or from..to", "page:12..15" },
	{ FIELD_EVENT, "event", NULL, "XE", FIELD_WORDS, false,
	  "the conference, or any part of its name", "event:\"night train\"" },
};

static bool same_name(const char *field_name, const char *name, gsize len)
{
	return field_name && strlen(field_name) == len &&
	       g_ascii_strncasecmp(field_name, name, len) == 0;
}

const struct field *field_find(const char *name, gsize len)
{
	for (gsize i = 0; i < N_FIELDS; i++)
		if (same_name(fields[i].name, name, len) ||
		    same_name(fields[i].alias, name, len))
			return &fields[i];
	return NULL;
}

void field_term(const struct field *field, const char *key, GString *out)
{
	gsize room = FIELD_TERM_MAX_BYTES - strlen(field->prefix);
	gsize len = strlen(key);

	if (len > room) {
		len = room;
		while (len > 0 && ((guchar)key[len] & 0xc0) == 0x80)
			len--;
	}
	g_string_assign(out, field->prefix);
	g_string_append_len(out, key, (gssize)len);
}

char *field_key(struct analysis *analysis, const char *value)
{
	const char *apart = strchr(value, FIELD_APART);
	g_autofree char *key = analysis_key(analysis, value, apart ? apart - value : -1), *whole = NULL;

	if (!apart)
		return g_steal_pointer(&key);
	whole = analysis_key(analysis, apart + 1, -1);
	return *whole ? g_strdup_printf("%s%c%s", key, FIELD_APART, whole) : g_steal_pointer(&key);
}

char *field_shown(const char *value)
{
	const char *apart = strchr(value, FIELD_APART);

	return apart ? g_strdup_printf("%.*s - %s", (int)(apart - value), value, apart + 1) : g_strdup(value);
}

char *fields_panel_value(const struct document *doc, const struct panel *panel)
{
	const char *of = doc->event && *doc->event ? doc->event : doc->title && *doc->title ? doc->title : doc->id;
	const char *label = panel->label ? panel->label : "", *title = panel->title ? panel->title : "";
	g_autofree char *name = g_strconcat(label, *label && *title ? ": " : "", title, NULL);

	g_strdelimit(name, "\n", ' ');
	return *name ? g_strdup_printf("%s%c%s", name, FIELD_APART, of) : NULL;
}

const char *field_value_name(const struct field *field, unsigned i)
{
	if (field->id == FIELD_KIND && i < N_KINDS)
		return kind_name((enum passage_kind)i);
	if (field->id == FIELD_TYPE && i < N_TYPES)
		return type_name((enum document_type)i);
	return NULL;
}

/* --- what makes sense as a value ------------------------------------------- */

static bool digits(const char *s, gsize n)
{
	for (gsize i = 0; i < n; i++)
		if (!g_ascii_isdigit(s[i]))
			return false;
	return true;
}

static bool two_digits_to(const char *s, int max)
{
	int n;

	if (s[0] != '-' || !g_ascii_isdigit(s[1]) || !g_ascii_isdigit(s[2]))
		return false;
	n = (s[1] - '0') * 10 + s[2] - '0';
	return n >= 1 && n <= max;
}

/* 2023, 2023-10, 2023-10-12. */
static bool is_date(const char *s)
{
	gsize len = strlen(s);

	if (len != 4 && len != 7 && len != 10)
		return false;
	return digits(s, 4) && (len < 7 || two_digits_to(s + 4, 12)) &&
	       (len < 10 || two_digits_to(s + 7, 31));
}

static bool is_year(const char *s)
{
	return strlen(s) == 4 && digits(s, 4);
}

static bool is_number(const char *s)
{
	gsize len = strlen(s);

	return len >= 1 && len <= 9 && digits(s, len);
}

static bool is_language(const char *s)
{
	gsize len = strlen(s);

	return len == 2 && g_ascii_islower(s[0]) && g_ascii_islower(s[1]);
}

static bool is_known_name(const struct field *field, const char *value)
{
	if (field->id == FIELD_LANGUAGE)
		return is_language(value);
	for (unsigned i = 0; field_value_name(field, i); i++)
		if (strcmp(field_value_name(field, i), value) == 0)
			return true;
	return false;
}

bool field_accepts(const struct field *field, const char *value)
{
	switch (field->match) {
	case FIELD_NAME:
		return is_known_name(field, value);
	case FIELD_DATE:
		return field->id == FIELD_YEAR ? is_year(value) : is_date(value);
	case FIELD_NUMBER:
		return is_number(value);
	case FIELD_WORDS:
		break;
	}
	return *value != '\0';
}

void field_describe_values(const struct field *field, GString *out)
{
	switch (field->match) {
	case FIELD_NAME:
		if (field->id == FIELD_LANGUAGE) {
			g_string_append(out, "two letters such as en");
			return;
		}
		for (unsigned i = 0; field_value_name(field, i); i++)
			g_string_append_printf(out, "%s%s", i ? ", " : "", field_value_name(field, i));
		return;
	case FIELD_DATE:
		g_string_append(out, field->id == FIELD_YEAR
		                     ? "2023 or 2020..2023"
		                     : "2023, 2023-10, 2023-10-12, or from..to");
		return;
	case FIELD_NUMBER:
		g_string_append(out, "a number such as 12, or 3..5");
		return;
	case FIELD_WORDS:
		g_string_append(out, "any word or words of it");
	}
}

/* --- what is searched beside the text ----------------------------------------- */

enum { WEIGHT_SECTION = 6, WEIGHT_TITLE = 16, WEIGHT_PANEL = 4, WEIGHT_NAME = 12, WEIGHT_FUNCTION = 3 };

const char *searched_name(enum searched_field field)
{
	static const char *const names[N_SEARCHED] = {
		"text", "heading", "title", "authors", "panel", "speaker", "role", "organisation", "country",
	};

	return names[field];
}

struct giving_text {
	field_text_fn *fn;
	void *data;
};

static void give(const struct giving_text *to, enum searched_field field, const char *text, guint weight)
{
	if (text && *text)
		to->fn(field, text, weight, to->data);
}

void fields_each_text(const struct document *doc, const struct passage *passage,
                      field_text_fn *fn, void *data)
{
	const struct giving_text to = { fn, data };
	int speaker = passage->attribution.speaker;

	for (int s = passage->section; s >= 0; s = document_section(doc, s)->parent)
		give(&to, SEARCHED_HEADING, document_section(doc, s)->title, WEIGHT_SECTION);
	give(&to, SEARCHED_TITLE, doc->title, WEIGHT_TITLE);
	give(&to, SEARCHED_AUTHORS, doc->authors, WEIGHT_FUNCTION);
	if (passage->panel >= 0) {
		give(&to, SEARCHED_PANEL, document_panel(doc, passage->panel)->label, WEIGHT_PANEL);
		give(&to, SEARCHED_PANEL, document_panel(doc, passage->panel)->title, WEIGHT_PANEL);
	}
	if (speaker >= 0) {
		const struct person *person = document_person(doc, speaker);

		give(&to, SEARCHED_SPEAKER, person->name, WEIGHT_NAME);
		give(&to, SEARCHED_ROLE, person->role, WEIGHT_FUNCTION);
		give(&to, SEARCHED_ORGANISATION, person->organisation, WEIGHT_FUNCTION);
		give(&to, SEARCHED_COUNTRY, person->country, WEIGHT_FUNCTION);
	}
}

/* --- what is filtered by -------------------------------------------------------- */

#define DAYS_MAX 14
#define PAGE_DIGITS_MAX 6

struct giving {
	field_value_fn *fn;
	void *data;
};

static void give_value(const struct giving *to, enum field_id id, const char *value)
{
	if (value && *value)
		to->fn(id, value, to->data);
}

static void give_number(const struct giving *to, enum field_id id, int number)
{
	char digits[16];

	g_snprintf(digits, sizeof digits, "%d", number);
	if (number > 0)
		give_value(to, id, digits);
}

/* A day, not only a month or a year. */
static bool read_day(const char *iso, GDate *day)
{
	int y, m, d;

	g_date_clear(day, 1);
	if (sscanf(iso, "%4d-%2d-%2d", &y, &m, &d) != 3 || !g_date_valid_dmy((GDateDay)d, (GDateMonth)m, (GDateYear)y))
		return false;
	g_date_set_dmy(day, (GDateDay)d, (GDateMonth)m, (GDateYear)y);
	return true;
}

static void give_dates(const struct giving *to, const char *first, const char *last)
{
	GDate from, until;

	give_value(to, FIELD_DATE_, first);
	if (!first || !last || strcmp(first, last) == 0)
		return;
	give_value(to, FIELD_DATE_, last);
	if (!read_day(first, &from) || !read_day(last, &until) || g_date_days_between(&from, &until) > DAYS_MAX)
		return;
	for (g_date_add_days(&from, 1); g_date_compare(&from, &until) < 0; g_date_add_days(&from, 1)) {
		char iso[16];

		g_date_strftime(iso, sizeof iso, "%Y-%m-%d", &from);
		give_value(to, FIELD_DATE_, iso);
	}
}

/* All headings above as one value, so that words of two can be asked for together. */
static void give_section(const struct giving *to, const struct document *doc, int section)
{
	g_autoptr(GString) path = g_string_new(NULL);

	for (int s = section; s >= 0; s = document_section(doc, s)->parent) {
		g_string_append(path, document_section(doc, s)->title);
		g_string_append(path, " / ");
	}
	give_value(to, FIELD_SECTION, path->str);
}

static void give_panel(const struct giving *to, const struct document *doc, const struct panel *panel)
{
	g_autofree char *value = fields_panel_value(doc, panel);

	give_value(to, FIELD_PANEL, value);
}

static void give_speaker(const struct giving *to, const struct person *person)
{
	give_value(to, FIELD_SPEAKER, person->name);
	give_value(to, FIELD_COUNTRY, person->country);
	give_value(to, FIELD_ORGANISATION, person->organisation);
	if (person->body)
		give_value(to, FIELD_ORGANISATION, person->name);
}

/* As it is counted, and as it is printed where that is another number: people know either. */
static void give_pages(const struct giving *to, const struct passage *passage)
{
	int counted = passage->slide ? passage->slide : passage->page;
	const char *label = passage->slide ? NULL : passage->page_label;
	gsize digits = label ? strspn(label, "0123456789") : 0;

	give_number(to, FIELD_PAGE, counted);
	if (digits && digits <= PAGE_DIGITS_MAX && !label[digits] && atoi(label) != counted)
		give_number(to, FIELD_PAGE, atoi(label));
}

void fields_each_value(const struct document *doc, const struct passage *passage,
                       field_value_fn *fn, void *data)
{
	const struct giving to = { fn, data };
	const struct panel *panel = passage->panel >= 0 ? document_panel(doc, passage->panel) : NULL;

	give_value(&to, FIELD_DOCUMENT, doc->id);
	give_value(&to, FIELD_KIND, kind_name(passage->kind));
	give_value(&to, FIELD_TYPE, type_name(doc->type));
	give_value(&to, FIELD_LANGUAGE, doc->language);
	give_value(&to, FIELD_EVENT, doc->event);
	give_section(&to, doc, passage->section);
	if (panel)
		give_panel(&to, doc, panel);
	if (panel && panel->date)
		give_dates(&to, panel->date, NULL);
	else
		give_dates(&to, doc->date, doc->date_end);
	if (passage->attribution.speaker >= 0)
		give_speaker(&to, document_person(doc, passage->attribution.speaker));
	give_pages(&to, passage);
}
