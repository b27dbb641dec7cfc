/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * people.c - corrects the roster: names and functions, entries that are one
 * person, forms that are another's.
 *
 * A person is found by any form of the name. Who is in no list, but whose name
 * stands in the text, is added; so a name that was not recognised can be given.
 */
#include "corpus/corrections/corrections.h"

#include <string.h>

#include "corpus/reader/decode.h"
#include "corpus/words.h"

static bool equals(const char *s, const char *folded)
{
	g_autofree char *own = s == NULL ? NULL : words_folded(s);
	return own != NULL && strcmp(own, folded) == 0;
}

/* True where the folded words hold these, side by side. */
static bool words_hold(const char *folded, const char *words)
{
	gsize len = strlen(words);
	for (const char *p = folded; len > 0 && (p = strstr(p, words)) != NULL; p++)
		if ((p == folded || p[-1] == ' ') && (p[len] == ' ' || p[len] == '\0'))
			return true;
	return false;
}

static bool holds(const char *s, const char *folded)
{
	g_autofree char *own = s == NULL ? NULL : words_folded(s);
	return own != NULL && words_hold(own, folded);
}

static bool has_function(const struct person *person, const char *function)
{
	return function == NULL || holds(person->role, function) || holds(person->organisation, function) ||
	       holds(person->country, function);
}

/* ---- finding people ---- */

struct finder {
	struct document *doc;
	GHashTable *by_form;	/* folded -> GArray of int: who has that form */
	GArray *moved;		/* int: the entry that this one is merged into, itself */
};

static void find_by(struct finder *finder, const char *form, int person)
{
	g_autofree char *folded = words_folded(form);
	GArray *people = g_hash_table_lookup(finder->by_form, folded);
	if (people == NULL) {
		people = g_array_new(false, false, sizeof(int));
		g_hash_table_insert(finder->by_form, g_steal_pointer(&folded), people);
	}
	g_array_append_val(people, person);
}

static void find_person(struct finder *finder, int person)
{
	const struct person *p = document_person(finder->doc, person);
	g_array_append_val(finder->moved, person);
	find_by(finder, p->name, person);
	for (guint i = 0; p->forms != NULL && p->forms[i] != NULL; i++)
		find_by(finder, p->forms[i], person);
}

struct finder *finder_new(struct document *doc)
{
	struct finder *finder = g_new0(struct finder, 1);
	finder->doc = doc;
	finder->by_form = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);
	finder->moved = g_array_new(false, false, sizeof(int));
	for (guint i = 0; i < doc->people->len; i++)
		find_person(finder, (int)i);
	return finder;
}

void finder_free(struct finder *finder)
{
	if (finder == NULL)
		return;
	g_hash_table_unref(finder->by_form);
	g_array_unref(finder->moved);
	g_free(finder);
}

static int entry_of(const struct finder *finder, int person)
{
	while (g_array_index(finder->moved, int, person) != person)
		person = g_array_index(finder->moved, int, person);
	return person;
}

int finder_find(const struct finder *finder, const char *folded, const char *function)
{
	const GArray *people = g_hash_table_lookup(finder->by_form, folded);
	int found = -1;
	for (guint i = 0; people != NULL && i < people->len; i++) {
		int person = entry_of(finder, g_array_index(people, int, i));
		if (person == found || !has_function(document_person(finder->doc, person), function))
			continue;
		if (found >= 0)
			return FOUND_SEVERAL;
		found = person;
	}
	return found;
}

static int add_person(struct finder *finder, const char *name)
{
	struct person person = { .name = document_string(finder->doc, name, -1), .corrected = true };
	g_array_append_val(finder->doc->people, person);
	find_person(finder, (int)finder->doc->people->len - 1);
	return (int)finder->doc->people->len - 1;
}

int finder_take(struct finder *finder, const char *value)
{
	const char *fault;
	g_autofree char *head = g_strconcat("person ", value, NULL);
	struct correction *asked = correction_parse(head, false, &fault);
	if (asked == NULL)
		return -1;
	int found = finder_find(finder, asked->folded, asked->function);
	if (found == -1)
		found = add_person(finder, value);
	correction_free(asked);
	return MAX(found, -1);
}

void correction_set(struct document *doc, const char **slot, const char *value)
{
	if (value != NULL)
		*slot = *value != '\0' ? document_string(doc, value, -1) : NULL;
}

void correction_unfit(const struct correction *correction, const struct document *doc, corpus_warnings *warnings, const char *why)
{
	if (!correction->glob && g_strcmp0(doc->format, "jsonl") != 0)
		warning_add(warnings, doc->path, "%s: %s", correction->source, why);
}

static bool has_form(const struct person *person, const char *folded)
{
	if (equals(person->name, folded))
		return true;
	for (guint i = 0; person->forms != NULL && person->forms[i] != NULL; i++)
		if (equals(person->forms[i], folded))
			return true;
	return false;
}

static void add_form(struct finder *finder, int person, const char *form)
{
	struct person *p = document_person(finder->doc, person);
	guint n = 0;
	g_autofree char *folded = words_folded(form);
	find_by(finder, form, person);
	if (has_form(p, folded))
		return;
	while (p->forms != NULL && p->forms[n] != NULL)
		n++;
	const char **forms = document_alloc(finder->doc, (n + 2) * sizeof *forms);
	if (n > 0)
		memcpy(forms, p->forms, n * sizeof *forms);
	forms[n] = document_string(finder->doc, form, -1);
	p->forms = forms;
}

static void drop_form(struct finder *finder, int person, const char *folded)
{
	struct person *p = document_person(finder->doc, person);
	guint n = 0, kept = 0;
	while (p->forms != NULL && p->forms[n] != NULL)
		n++;
	const char **forms = document_alloc(finder->doc, (n + 1) * sizeof *forms);
	for (guint i = 0; i < n; i++)
		if (!equals(p->forms[i], folded))
			forms[kept++] = p->forms[i];
	p->forms = kept > 0 ? forms : NULL;
	GArray *people = g_hash_table_lookup(finder->by_form, folded);
	for (guint i = people == NULL ? 0 : people->len; i > 0; i--)
		if (entry_of(finder, g_array_index(people, int, i - 1)) == person)
			g_array_remove_index(people, i - 1);
}

/* ---- one correction ---- */

static void fill(const char **slot, const char *more)
{
	if (*slot == NULL)
		*slot = more;
}

/* Entry `other` is the person, too. */
static void merge(struct finder *finder, int person, int other)
{
	struct person *into = document_person(finder->doc, person);
	const struct person *from = document_person(finder->doc, other);
	g_array_index(finder->moved, int, other) = person;
	add_form(finder, person, from->name);
	for (guint i = 0; from->forms != NULL && from->forms[i] != NULL; i++)
		add_form(finder, person, from->forms[i]);
	fill(&into->honorific, from->honorific);
	fill(&into->role, from->role);
	fill(&into->organisation, from->organisation);
	fill(&into->country, from->country);
}

/* Takes the entries out that are another's now. */
static void compact(struct finder *finder)
{
	struct document *doc = finder->doc;
	g_autofree int *places = g_new(int, doc->people->len + 1), *moved = g_new(int, doc->people->len + 1);
	guint kept = 0, n = doc->people->len;
	for (guint i = 0; i < n; i++) {
		places[i] = (int)kept;
		if (entry_of(finder, (int)i) == (int)i)
			*document_person(doc, kept++) = *document_person(doc, i);
	}
	if (kept == n)
		return;
	for (guint i = 0; i < n; i++)
		moved[i] = places[entry_of(finder, (int)i)];
	document_renumber_people(doc, moved);
	g_array_set_size(doc->people, kept);
}

static void set_name(struct finder *finder, int person, const char *name)
{
	const char *printed = document_person(finder->doc, person)->name;
	document_person(finder->doc, person)->name = document_string(finder->doc, name, -1);
	add_form(finder, person, printed);
	find_by(finder, name, person);
}

static void describe(struct finder *finder, int person, const struct correction *correction)
{
	struct document *doc = finder->doc;
	struct person *p = document_person(doc, person);
	if (correction->values[SAYS_NAME] != NULL)
		set_name(finder, person, correction->values[SAYS_NAME]);
	correction_set(doc, &p->honorific, correction->values[SAYS_HONORIFIC]);
	correction_set(doc, &p->role, correction->values[SAYS_ROLE]);
	correction_set(doc, &p->organisation, correction->values[SAYS_ORGANISATION]);
	correction_set(doc, &p->country, correction->values[SAYS_COUNTRY]);
	if (correction->values[SAYS_TYPE] != NULL)
		p->body = strcmp(correction->values[SAYS_TYPE], "body") == 0;
	p->corrected = true;
}

/* `also` and `not`. */
static void sort_forms(struct finder *finder, int person, const struct correction *correction)
{
	g_auto(GStrv) also = correction_forms(correction->values[SAYS_ALSO]), not = correction_forms(correction->values[SAYS_NOT]);
	for (guint i = 0; also[i] != NULL; i++) {
		g_autofree char *folded = words_folded(also[i]);
		const GArray *people = g_hash_table_lookup(finder->by_form, folded);
		g_autoptr(GArray) others = people != NULL ? g_array_copy((GArray *)people) : NULL;
		for (guint k = 0; others != NULL && k < others->len; k++) {
			int other = entry_of(finder, g_array_index(others, int, k));
			if (other != person)
				merge(finder, person, other);
		}
		add_form(finder, person, also[i]);
	}
	for (guint i = 0; not[i] != NULL; i++) {
		g_autofree char *folded = words_folded(not[i]);
		drop_form(finder, person, folded);
		if (finder_find(finder, folded, NULL) == -1)
			add_person(finder, not[i]);
	}
}

/* The first of the other forms that somebody has. */
static int find_other_form(const struct finder *finder, const struct correction *correction)
{
	g_auto(GStrv) also = correction_forms(correction->values[SAYS_ALSO]);
	int found = -1;
	for (guint i = 0; also[i] != NULL && found == -1; i++) {
		g_autofree char *folded = words_folded(also[i]);
		found = finder_find(finder, folded, NULL);
	}
	return found;
}

static bool text_names(const struct document *doc, const char *folded, char **text)
{
	if (*text == NULL) {
		GString *all = g_string_new(NULL);
		words_fold(doc->text, (struct range){ 0, (guint32)doc->text_bytes }, all);
		*text = g_string_free(all, false);
	}
	return words_hold(*text, folded);
}

/* Whom it speaks of; -1 after saying why nobody. */
static int find_target(struct finder *finder, const struct correction *correction, char **text, corpus_warnings *warnings)
{
	struct document *doc = finder->doc;
	int person = finder_find(finder, correction->folded, correction->function);
	if (person == -1 && correction->function == NULL) {
		person = find_other_form(finder, correction);
		if (person >= 0)	/* it is the name that was missing */
			set_name(finder, person, correction->target);
		else if (person == -1 && !correction->glob && text_names(doc, correction->folded, text))
			person = add_person(finder, correction->target);
	}
	if (person < 0)
		correction_unfit(correction, doc, warnings, person == -1 ? "there is no such person" :
		                 "several people have this name; say which with (ORGANISATION) or (COUNTRY) behind it");
	return MAX(person, -1);
}

void correct_people(struct document *doc, GPtrArray *corrections, corpus_warnings *warnings)
{
	g_autofree char *text = NULL;
	struct finder *finder = NULL;
	for (guint i = 0; i < corrections->len; i++) {
		struct correction *correction = g_ptr_array_index(corrections, i);
		if (correction->kind != CORRECT_PERSON)
			continue;
		finder = finder != NULL ? finder : finder_new(doc);
		int person = find_target(finder, correction, &text, warnings);
		if (person < 0)
			continue;
		g_atomic_int_inc(&correction->fitted);
		describe(finder, person, correction);
		sort_forms(finder, person, correction);
	}
	if (finder != NULL)
		compact(finder);
	finder_free(finder);
}

/* ---- who never speaks ---- */

static bool take_back(struct attribution *attribution, const guint8 *silent)
{
	guint n = 0;
	for (guint i = 0; i < attribution->n_candidates; i++)
		if (!silent[attribution->candidates[i]])
			attribution->candidates[n++] = attribution->candidates[i];
	attribution->n_candidates = n < 2 ? 0 : n;
	if (n < 2)
		attribution->candidates = NULL;
	if (attribution->speaker < 0 || !silent[attribution->speaker] || attribution->evidence == EVIDENCE_CATALOGUE)
		return false;
	*attribution = (struct attribution){ .speaker = -1, .range = attribution->range };
	return true;
}

void correct_silent(struct document *doc, GPtrArray *corrections)
{
	g_autofree guint8 *silent = g_malloc0(doc->people->len + 1);
	struct finder *finder = NULL;
	bool any = false;
	for (guint i = 0; i < corrections->len; i++) {
		const struct correction *correction = g_ptr_array_index(corrections, i);
		if (correction->kind != CORRECT_PERSON || correction->values[SAYS_SPEAKER] == NULL)
			continue;
		finder = finder != NULL ? finder : finder_new(doc);
		int person = finder_find(finder, correction->folded, correction->function);
		if (person < 0)
			continue;
		silent[person] = strcmp(correction->values[SAYS_SPEAKER], "no") == 0;
		any = any || silent[person];
	}
	finder_free(finder);
	for (guint i = 0; any && i < doc->passages->len; i++) {
		struct passage *passage = document_passage(doc, i);
		if (take_back(&passage->attribution, silent) && passage->kind != KIND_SPEECH && passage->kind != KIND_SLIDE)
			passage->kind = KIND_NARRATIVE;
		for (guint k = 0; k < passage->n_quotations; k++)
			take_back(&passage->quotations[k].attribution, silent);
	}
}

char **corrections_names(const GPtrArray *corrections)
{
	GPtrArray *names = g_ptr_array_new();
	for (guint i = 0; i < corrections->len; i++) {
		const struct correction *correction = g_ptr_array_index(corrections, i);
		if (correction->kind != CORRECT_PERSON || g_strcmp0(correction->values[SAYS_TYPE], "body") == 0)
			continue;
		g_auto(GStrv) also = correction_forms(correction->values[SAYS_ALSO]);
		g_ptr_array_add(names, g_strdup(correction->target));
		if (correction->values[SAYS_NAME] != NULL)
			g_ptr_array_add(names, g_strdup(correction->values[SAYS_NAME]));
		for (guint k = 0; also[k] != NULL; k++)
			g_ptr_array_add(names, g_strdup(also[k]));
	}
	g_ptr_array_add(names, NULL);
	return (char **)g_ptr_array_free(names, false);
}
