/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * roster.c - the people of a document, found by any form of their names.
 */
#include "corpus/people/names.h"

#include <string.h>

#include "corpus/cues.h"
#include "corpus/words.h"

#define INITIALS_MAX 4

struct roster {
	struct document *doc;
	/* folded key -> index + 1; ROSTER_SEVERAL where it is two people's */
	GHashTable *full, *surname, *word, *initials;
	GHashTable *called;	/* initials that the document itself explains */
	GHashTable *bearers;	/* a word of the name, or its initials -> GArray of int */
};

static GHashTable *index_new(void)
{
	return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

static int index_find(GHashTable *table, const char *key)
{
	int value = GPOINTER_TO_INT(g_hash_table_lookup(table, key));
	return value > 0 ? value - 1 : value < 0 ? ROSTER_SEVERAL : ROSTER_NONE;
}

static void index_put(GHashTable *table, const char *key, int person)
{
	int old = index_find(table, key);
	if (*key == '\0' || old == person)
		return;
	g_hash_table_insert(table, g_strdup(key),
	                    GINT_TO_POINTER(old == ROSTER_NONE ? person + 1 : -1));
}

/* "first last" of a folded name of three words and more, else NULL. */
static char *first_and_last(const char *folded)
{
	const char *first = strchr(folded, ' ');
	const char *last = strrchr(folded, ' ');
	if (first == NULL || first == last)
		return NULL;
	return g_strdup_printf("%.*s%s", (int)(first - folded), folded, last);
}

static void put_surnames(struct roster *roster, const char *folded, int person)
{
	const char *p = strrchr(folded, ' ');
	if (p == NULL) {
		index_put(roster->surname, folded, person);
		return;
	}
	index_put(roster->surname, p + 1, person);
	while (p > folded) {	/* with the particles before it: "de luca" */
		const char *q = p;
		while (q > folded && q[-1] != ' ')
			q--;
		if (q == folded)
			break;
		index_put(roster->surname, q, person);
		if (!cue_is(CUE_PARTICLE, q, p - q) && p != strrchr(folded, ' '))
			break;
		p = q - 1;
	}
}

/* Where two family names are usual, the first of them serves alone: "Soto" of
 * "Ana Soto Vidal", "del Mar" of "Ines del Mar Vidal". */
static void put_first_surname(struct roster *roster, const char *folded, int person)
{
	const char *last = strrchr(folded, ' '), *end = last, *start;
	bool usual = roster->doc->language != NULL &&
	             (strcmp(roster->doc->language, "es") == 0 || strcmp(roster->doc->language, "pt") == 0);
	if (!usual || last == NULL || strchr(folded, ' ') == last)
		return;
	for (start = end; start > folded && start[-1] != ' '; start--)
		;
	if (start == folded || cue_is(CUE_PARTICLE, start, end - start))
		return;
	g_autofree char *surname = g_strndup(start, (gsize)(end - start)), *short_name = g_strndup(folded, (gsize)(end - folded));
	index_put(roster->surname, surname, person);
	index_put(roster->full, short_name, person);
	for (end = start - 1; end > folded;) {	/* with its particles, and with both */
		for (start = end; start > folded && start[-1] != ' '; start--)
			;
		if (start == folded || !cue_is(CUE_PARTICLE, start, end - start))
			return;
		g_autofree char *with = g_strndup(start, (gsize)(last - start));
		index_put(roster->surname, with, person);
		index_put(roster->surname, start, person);
		end = start - 1;
	}
}

static void put_words(struct roster *roster, const char *folded, int person)
{
	g_auto(GStrv) words = g_strsplit(folded, " ", -1);
	for (guint i = 0; words[i] != NULL; i++)
		if (strlen(words[i]) > 1)
			index_put(roster->word, words[i], person);
}

/* The initials of all words, and those of its capitalised words. */
static void put_initials(struct roster *roster, const char *name, int person)
{
	g_autoptr(GString) all = g_string_new(NULL), capitals = g_string_new(NULL);
	gunichar first_of_all = 0, last_capital = 0;
	guint n_capitals = 0;
	struct word word;
	guint32 len = (guint32)strlen(name);
	for (guint32 pos = 0; word_next(name, &pos, len, &word);) {
		g_autoptr(GString) folded = g_string_new(NULL);
		words_fold(name, (struct range){ word.start, word.end }, folded);
		for (const char *mark = folded->str; *mark != '\0';) {	/* "okon bell" gives both */
			gunichar u = g_utf8_get_char(mark);
			g_string_append_unichar(all, u);
			if (word.upper) {
				g_string_append_unichar(capitals, u);
				last_capital = u;
				n_capitals++;
			}
			first_of_all = first_of_all == 0 ? u : first_of_all;
			mark += strcspn(mark, " ");
			mark += *mark == ' ';
		}
	}
	index_put(roster->initials, all->str, person);
	index_put(roster->initials, capitals->str, person);
	if (n_capitals > 2) {
		g_autoptr(GString) ends = g_string_new(NULL);
		g_string_append_unichar(ends, first_of_all);
		g_string_append_unichar(ends, last_capital);
		index_put(roster->initials, ends->str, person);
	}
}

/* A form that the catalogue gives, as another name. */
static void put_form(struct roster *roster, const char *form, int person)
{
	g_autofree char *folded = words_folded(form), *ends = first_and_last(folded);
	index_put(roster->full, folded, person);
	if (ends != NULL)
		index_put(roster->full, ends, person);
	if (document_person(roster->doc, person)->body)
		return;
	put_surnames(roster, folded, person);
	put_words(roster, folded, person);
}

static void array_free(void *array)
{
	g_array_free(array, true);
}

static void put_bearer(struct roster *roster, const char *key, int person)
{
	GArray *people = g_hash_table_lookup(roster->bearers, key);
	if (people == NULL) {
		people = g_array_new(false, false, sizeof(int));
		g_hash_table_insert(roster->bearers, g_strdup(key), people);
	}
	if (people->len == 0 || g_array_index(people, int, people->len - 1) != person)
		g_array_append_val(people, person);
}

static void put_bearers(struct roster *roster, const char *folded, int person)
{
	g_autoptr(GString) initials = g_string_new(NULL);
	g_auto(GStrv) words = g_strsplit(folded, " ", -1);
	for (guint i = 0; words[i] != NULL; i++) {
		g_string_append_unichar(initials, g_utf8_get_char(words[i]));
		put_bearer(roster, words[i], person);
	}
	put_bearer(roster, initials->str, person);
}

static void put_person(struct roster *roster, int index)
{
	const struct person *person = document_person(roster->doc, index);
	g_autofree char *folded = words_folded(person->name);
	index_put(roster->full, folded, index);
	for (guint i = 0; person->corrected && person->forms != NULL && person->forms[i] != NULL; i++)
		put_form(roster, person->forms[i], index);
	if (person->body)
		return;
	g_autofree char *ends = first_and_last(folded);
	if (ends != NULL)
		index_put(roster->full, ends, index);
	put_surnames(roster, folded, index);
	put_first_surname(roster, folded, index);
	put_words(roster, folded, index);
	put_bearers(roster, folded, index);
	put_initials(roster, person->name, index);
	for (guint i = 0; person->forms != NULL && person->forms[i] != NULL; i++) {
		g_autofree char *form = words_folded(person->forms[i]);
		if (strlen(form) <= INITIALS_MAX && strchr(form, ' ') == NULL)
			index_put(roster->called, form, index);
		else if (strchr(form, ' ') != NULL)
			index_put(roster->full, form, index);
	}
}

struct roster *roster_new(struct document *doc)
{
	struct roster *roster = g_new0(struct roster, 1);
	roster->doc = doc;
	roster->full = index_new();
	roster->surname = index_new();
	roster->word = index_new();
	roster->initials = index_new();
	roster->called = index_new();
	roster->bearers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, array_free);
	for (guint i = 0; i < doc->people->len; i++)
		put_person(roster, (int)i);
	return roster;
}

void roster_free(struct roster *roster)
{
	if (roster == NULL)
		return;
	g_hash_table_destroy(roster->full);
	g_hash_table_destroy(roster->surname);
	g_hash_table_destroy(roster->word);
	g_hash_table_destroy(roster->initials);
	g_hash_table_destroy(roster->called);
	g_hash_table_destroy(roster->bearers);
	g_free(roster);
}

int roster_full(const struct roster *roster, const char *folded)
{
	int found = index_find(roster->full, folded);
	if (found != ROSTER_NONE)
		return found;
	g_autofree char *ends = first_and_last(folded);
	return ends == NULL ? ROSTER_NONE : index_find(roster->full, ends);
}

int roster_surname(const struct roster *roster, const char *folded)
{
	return index_find(roster->surname, folded);
}

int roster_any_word(const struct roster *roster, const char *folded)
{
	return index_find(roster->word, folded);
}

int roster_initials(const struct roster *roster, const char *initials)
{
	g_autofree char *folded = words_folded(initials);
	int called = index_find(roster->called, folded);
	return called != ROSTER_NONE ? called : index_find(roster->initials, folded);
}

static bool has_form(const struct person *person, const char *form)
{
	if (strcmp(person->name, form) == 0)
		return true;
	for (guint i = 0; person->forms != NULL && person->forms[i] != NULL; i++)
		if (strcmp(person->forms[i], form) == 0)
			return true;
	return false;
}

static void add_form(struct document *doc, struct person *person, const char *form)
{
	guint n = 0;
	if (has_form(person, form))
		return;
	while (person->forms != NULL && person->forms[n] != NULL)
		n++;
	if (n >= 16)
		return;
	const char **forms = document_alloc(doc, (n + 2) * sizeof(*forms));
	if (n > 0)
		memcpy(forms, person->forms, n * sizeof(*forms));
	forms[n] = document_string(doc, form, -1);
	person->forms = forms;
}

void roster_alias(struct roster *roster, int person, const char *folded)
{
	add_form(roster->doc, document_person(roster->doc, person), folded);
	index_put(roster->full, folded, person);
}

int roster_called(const struct roster *roster, const char *folded)
{
	return index_find(roster->called, folded);
}

/* 'm', 'f' or 0 by a title's words. */
static char gender_of(const char *honorific, gsize len)
{
	static const char *const male[] = { "mr", "herr", "herrn", "hr", "m", "monsieur", "sir", "lord", "senor",
	                                    "don", "mister", "king", "prince", "kollege", "kollegen", "genosse", "companero", NULL };
	static const char *const female[] = { "ms", "mrs", "miss", "frau", "mme", "mlle", "madame", "madam",
	                                      "dame", "lady", "senora", "sra", "dona", "queen", "princess", "kollegin", "genossin", "companera", NULL };
	g_autoptr(GString) folded = g_string_new(NULL);
	words_fold(honorific, (struct range){ 0, (guint32)len }, folded);
	g_auto(GStrv) words = g_strsplit(folded->str, " ", -1);
	for (guint i = 0; words[i] != NULL; i++) {
		if (g_strv_contains(male, words[i]))
			return 'm';
		if (g_strv_contains(female, words[i]))
			return 'f';
	}
	return 0;
}

bool person_allows(const struct person *person, const char *honorific, gsize len)
{
	if (person->honorific == NULL || len == 0)
		return true;
	char theirs = gender_of(person->honorific, strlen(person->honorific));
	char printed = gender_of(honorific, len);
	return theirs == 0 || printed == 0 || theirs == printed;
}

guint roster_candidates(const struct roster *roster, const char *folded, int *out, guint max)
{
	const GArray *people = g_hash_table_lookup(roster->bearers, folded);
	guint n = people == NULL ? 0 : MIN(people->len, max);
	for (guint i = 0; i < n; i++)
		out[i] = g_array_index(people, int, i);
	return n;
}

static bool all_caps(const char *name)
{
	return text_in_capitals(name, (struct range){ 0, (guint32)strlen(name) });
}

/* "ADA B. QUILL" as people write it: "Ada B. Quill"; apostrophes and hyphens
 * begin a new part, particles behind the first word are small. g_free it. */
static char *name_from_caps(const char *name)
{
	GString *out = g_string_new(NULL);
	g_auto(GStrv) words = g_strsplit(name, " ", -1);
	for (guint i = 0; words[i] != NULL; i++) {
		g_autofree char *folded = words_folded(words[i]);
		bool inside = i > 0 && cue_is(CUE_PARTICLE, folded, -1) && (strlen(folded) <= 3 || *folded == 'd');	/* not "Graf" */
		if (i > 0)
			g_string_append_c(out, ' ');
		for (const char *p = words[i]; *p != '\0'; p = g_utf8_next_char(p)) {
			gunichar u = g_utf8_get_char(p);
			g_string_append_unichar(out, inside ? g_unichar_tolower(u) : u);
			inside = g_unichar_isalpha(u);
		}
	}
	return g_string_free(out, false);
}

void roster_call(struct roster *roster, int person, const char *initials)
{
	g_autofree char *folded = words_folded(initials);
	if (person < 0 || strlen(folded) > INITIALS_MAX)
		return;
	add_form(roster->doc, document_person(roster->doc, person), initials);
	index_put(roster->called, folded, person);
}

/* The same person again: what is missing is filled, nothing is replaced. */
static void merge(struct document *doc, struct person *old, const struct person *more)
{
	add_form(doc, old, more->name);
	if (all_caps(old->name) && !all_caps(more->name)) {
		const char *printed = old->name;
		old->name = document_string(doc, more->name, -1);
		add_form(doc, old, printed);
	}
	if (old->honorific == NULL)
		old->honorific = document_string(doc, more->honorific, -1);
	if (old->role == NULL)
		old->role = document_string(doc, more->role, -1);
	if (old->organisation == NULL)
		old->organisation = document_string(doc, more->organisation, -1);
	if (old->country == NULL)
		old->country = document_string(doc, more->country, -1);
}

/* One name, but of two countries, or of a man and a woman. */
static bool are_two(const struct person *a, const struct person *b)
{
	if (b->honorific != NULL && !person_allows(a, b->honorific, strlen(b->honorific)))
		return true;
	if (a->country == NULL || b->country == NULL || strchr(a->name, ' ') != NULL)
		return false;
	g_autofree char *here = words_folded(a->country), *there = words_folded(b->country);
	return strcmp(here, there) != 0;
}

static bool same(const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		return false;
	g_autofree char *here = words_folded(a), *there = words_folded(b);
	return strcmp(here, there) == 0;
}

/* "Mr. TRAORE (Burkina Faso)": the one of that surname who speaks for the same
 * country or house, and whom the title fits; else ROSTER_NONE. */
static int by_surname_and_house(const struct roster *roster, const char *folded, const struct person *person)
{
	int all[16], found = ROSTER_NONE, any = roster_surname(roster, folded);
	if (person->body || any == ROSTER_NONE || (person->country == NULL && person->organisation == NULL))
		return ROSTER_NONE;
	guint n = any >= 0 ? 1 : roster_candidates(roster, strrchr(folded, ' ') == NULL ? folded : strrchr(folded, ' ') + 1,
	                                           all, G_N_ELEMENTS(all));
	if (any >= 0)
		all[0] = any;
	for (guint i = 0; i < n; i++) {
		const struct person *known = document_person(roster->doc, all[i]);
		bool house = same(known->country, person->country) || same(known->organisation, person->organisation);
		bool fits = person->honorific == NULL || person_allows(known, person->honorific, strlen(person->honorific));
		if (house && fits)
			found = found == ROSTER_NONE ? all[i] : ROSTER_SEVERAL;
	}
	return found;
}

/* The name, folded, is the last words of the other, and shorter. */
static bool is_end_of(const char *name, const char *whole)
{
	g_autofree char *folded = words_folded(name);
	gsize len = strlen(folded), all = strlen(whole);
	return len > 3 && all > len + 1 && strcmp(whole + all - len, folded) == 0 && whole[all - len - 1] == ' ';
}

/* Who is known by the name's last word or words alone. */
static int by_last_words(const struct roster *roster, const char *folded)
{
	const char *last = strrchr(folded, ' ');
	int found = last == NULL ? ROSTER_NONE : index_find(roster->full, last + 1);
	if (found != ROSTER_NONE || last == NULL)
		return found;
	const char *before = last;
	while (before > folded && before[-1] != ' ')
		before--;
	return before > folded ? index_find(roster->full, before) : ROSTER_NONE;
}

int roster_add(struct roster *roster, const struct person *person)
{
	struct document *doc = roster->doc;
	g_autofree char *folded = words_folded(person->name);
	int found = roster_full(roster, folded);
	if (found == ROSTER_NONE && !person->body) {	/* "Co-Chair Le Goff", and later Yves Le Goff */
		int surname = roster_surname(roster, folded);
		surname = surname < 0 ? by_last_words(roster, folded) : surname;
		struct person *old = surname >= 0 ? document_person(doc, surname) : NULL;
		if (old != NULL && is_end_of(old->name, folded) && !are_two(old, person)) {
			const char *printed = old->name;
			merge(doc, old, person);
			old->name = document_string(doc, person->name, -1);
			add_form(doc, old, printed);
			put_person(roster, surname);
			return surname;
		}
	}
	if (found < 0 || are_two(document_person(doc, found), person)) {
		int known = by_surname_and_house(roster, folded, person);
		if (known >= 0) {
			merge(doc, document_person(doc, known), person);
			return known;
		}
	}
	if (found >= 0 && document_person(doc, found)->body == person->body &&
	    !are_two(document_person(doc, found), person)) {
		merge(doc, document_person(doc, found), person);
		return found;
	}
	struct person copy = *person;
	copy.name = document_string(doc, person->name, -1);
	if (!person->body && strchr(copy.name, ' ') != NULL && all_caps(copy.name) &&
	    g_utf8_validate(copy.name, -1, NULL)) {
		g_autofree char *usual = name_from_caps(copy.name);
		copy.name = document_string(doc, usual, -1);
		add_form(doc, &copy, person->name);
	}
	g_array_append_val(doc->people, copy);
	put_person(roster, (int)doc->people->len - 1);
	return (int)doc->people->len - 1;
}
