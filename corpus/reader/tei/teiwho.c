/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * teiwho.c - who speaks in a TEI document.
 *
 *   u who="#BellAnn" --> person xml:id="BellAnn" --> affiliation ref="#HL" --> org xml:id="HL"
 *
 * Names and affiliations can be dated: those hold that held on the day of the sitting. People
 * are known from the headers, of the document and of its corpus; only who speaks becomes one of the
 * document's. In ParlaMint they stand in a file of their own; then the reference is all there is. It
 * names its person where it is made of a name ("BellAnn"), and then only as inferred.
 */
#include "corpus/reader/tei/tei.h"

#include <stdlib.h>
#include <string.h>

#include "corpus/cues.h"
#include "corpus/words.h"

#define PEOPLE_MAX 100000
#define PARTS_MAX 64		/* names and affiliations of one person */

/* A name or an affiliation, in the time in which it holds. */
struct part {
	char *name;		/* NULL: of an affiliation that only refers */
	char *title;		/* of an affiliation: the function as people say it, or NULL */
	char *reference, *role;
	char *language, *from, *until;
	bool short_form;	/* an abbreviation */
};

struct entry {
	GPtrArray *names;	/* struct part */
	GPtrArray *houses;	/* struct part: affiliations */
	char *role;		/* of an organisation: "parliament", "politicalParty", ... */
	int person;		/* of that document's people */
	guint document;		/* the last one that the person is in; 0: none yet */
};

struct tei_who {
	GHashTable *people, *orgs;	/* id -> struct entry *, borrowed */
	GPtrArray *entries;		/* struct entry *, owned */
	GHashTable *unknown;		/* id -> index of the person + 1, that only the id names */
	guint document;			/* the number of the one at hand, from 1 */
	GPtrArray *open;		/* struct entry *, borrowed: person or org that is being read, outermost first */
	struct part *part;		/* being read */
	GString *given, *family, *link;
};

static void part_free(gpointer data)
{
	struct part *part = data;

	if (!part)
		return;
	g_free(part->name);
	g_free(part->title);
	g_free(part->reference);
	g_free(part->role);
	g_free(part->language);
	g_free(part->from);
	g_free(part->until);
	g_free(part);
}

static void entry_free(gpointer data)
{
	struct entry *entry = data;

	g_ptr_array_free(entry->names, TRUE);
	g_ptr_array_free(entry->houses, TRUE);
	g_free(entry->role);
	g_free(entry);
}

struct tei_who *tei_who_new(void)
{
	struct tei_who *who = g_new0(struct tei_who, 1);

	who->people = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	who->orgs = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	who->entries = g_ptr_array_new_with_free_func(entry_free);
	who->unknown = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	who->open = g_ptr_array_new();
	who->document = 1;
	who->given = g_string_new(NULL);
	who->family = g_string_new(NULL);
	who->link = g_string_new(NULL);
	return who;
}

void tei_who_free(struct tei_who *who)
{
	if (!who)
		return;
	g_hash_table_destroy(who->people);
	g_hash_table_destroy(who->orgs);
	g_hash_table_destroy(who->unknown);
	g_ptr_array_free(who->entries, TRUE);
	g_ptr_array_free(who->open, TRUE);
	part_free(who->part);
	g_string_free(who->given, TRUE);
	g_string_free(who->family, TRUE);
	g_string_free(who->link, TRUE);
	g_free(who);
}

void tei_who_next(struct tei *tei)
{
	tei->who->document++;
	g_hash_table_remove_all(tei->who->unknown);
}

/* ---- reading ---- */

static struct entry *open_entry(const struct tei_who *who)
{
	return who->open->len ? g_ptr_array_index(who->open, who->open->len - 1) : NULL;
}

/* "Bell, Ann": "Ann Bell". */
static char *turned(char *name)
{
	char *comma = strchr(name, ',');
	char *result;

	if (!comma || strchr(comma + 1, ','))
		return name;
	*comma = 0;
	result = g_strdup_printf("%s %s", g_strstrip(comma + 1), g_strstrip(name));
	g_free(name);
	return result;
}

static void begin_entry(struct tei *tei, GHashTable *table, const struct xml_attributes *attributes)
{
	struct tei_who *who = tei->who;
	g_autofree char *id = g_strdup(xml_attribute(attributes, "id", tei->value));
	struct entry *entry = g_new0(struct entry, 1);
	const char *shown;

	if (!id)
		id = g_strdup(xml_attribute(attributes, "eId", tei->value));

	entry->names = g_ptr_array_new_with_free_func(part_free);
	entry->houses = g_ptr_array_new_with_free_func(part_free);
	entry->role = g_strdup(xml_attribute(attributes, "role", tei->value));
	if (id && g_hash_table_size(table) < PEOPLE_MAX && !g_hash_table_contains(table, id))
		g_hash_table_insert(table, g_steal_pointer(&id), entry);
	g_ptr_array_add(who->entries, entry);
	shown = tei->akoma ? xml_attribute(attributes, "showAs", tei->value) : NULL;
	if (shown && *shown) {
		struct part *part = g_new0(struct part, 1);

		part->name = turned(g_strdup(shown));
		g_ptr_array_add(entry->names, part);
	}
	g_ptr_array_add(who->open, entry);
	tei_top(tei)->gathers = true;
}

static void begin_part(struct tei *tei, const struct xml_attributes *attributes)
{
	struct part *part = g_new0(struct part, 1);
	const char *reference, *full;

	part->language = g_strdup(xml_attribute(attributes, "lang", tei->value));
	part->from = g_strdup(xml_attribute(attributes, "from", tei->value));
	part->until = g_strdup(xml_attribute(attributes, "to", tei->value));
	part->role = g_strdup(xml_attribute(attributes, "role", tei->value));
	full = xml_attribute(attributes, "full", tei->value);
	part->short_form = full && strcmp(full, "yes") != 0;
	reference = xml_attribute(attributes, "ref", tei->value);
	if (reference) {
		g_autoptr(GString) id = g_string_new(NULL);

		part->reference = g_strdup(tei_reference(reference, id));
	}
	part_free(tei->who->part);
	tei->who->part = part;
	g_string_truncate(tei->who->given, 0);
	g_string_truncate(tei->who->family, 0);
	g_string_truncate(tei->who->link, 0);
	tei_top(tei)->gathers = true;
}

void tei_who_start(struct tei *tei, enum tei_element element, const struct xml_attributes *attributes)
{
	if (element == TEI_PERSON)
		begin_entry(tei, tei->who->people, attributes);
	else if (element == TEI_ORG)
		begin_entry(tei, tei->who->orgs, attributes);
	else if ((element == TEI_PERS_NAME || element == TEI_ORG_NAME || element == TEI_AFFILIATION) &&
	         (tei_parent(tei)->element == TEI_PERSON || tei_parent(tei)->element == TEI_ORG))
		begin_part(tei, attributes);
}

static void add_name(GString *out, const char *name)
{
	if (name && *name)
		g_string_append_printf(out, "%s%s", out->len ? " " : "", name);
}

static char *put_together(struct tei *tei)
{
	const struct tei_who *who = tei->who;
	GString *out;
	char *text;

	if (!who->family->len && !who->given->len) {
		text = tei_text(tei);
		return text && tei_top(tei)->element == TEI_PERS_NAME ? turned(text) : text;
	}
	out = g_string_new(NULL);
	add_name(out, who->given->str);
	add_name(out, who->link->str);
	add_name(out, who->family->str);
	return g_string_free(out, FALSE);
}

static void end_part(struct tei *tei, enum tei_element element)
{
	struct tei_who *who = tei->who;
	struct entry *entry = open_entry(who);
	GPtrArray *list = !entry ? NULL : element == TEI_AFFILIATION ? entry->houses : entry->names;

	if (who->part && !who->part->title)
		who->part->name = put_together(tei);
	if (who->part && list && list->len < PARTS_MAX)
		g_ptr_array_add(list, g_steal_pointer(&who->part));
	g_clear_pointer(&who->part, part_free);
}

/* A piece of a name, or the name of a function inside an affiliation. */
static void take_piece(struct tei *tei, enum tei_element element)
{
	struct tei_who *who = tei->who;
	g_autofree char *text = tei_text(tei);

	if (!who->part || !text)
		return;
	if (element == TEI_SURNAME)
		add_name(who->family, text);
	else if (element == TEI_FORENAME)
		add_name(who->given, text);
	else if (element == TEI_NAME_LINK)
		add_name(who->link, text);
	else if (element == TEI_ROLE_NAME && tei_parent(tei)->element == TEI_AFFILIATION) {
		g_free(who->part->title);
		who->part->title = g_strdup(text);
	}
}

void tei_who_end(struct tei *tei, enum tei_element element)
{
	if (element == TEI_PERSON || element == TEI_ORG)
		g_ptr_array_set_size(tei->who->open, (int)tei->who->open->len - (tei->who->open->len > 0));
	else if (element == TEI_SURNAME || element == TEI_FORENAME || element == TEI_NAME_LINK || element == TEI_ROLE_NAME)
		take_piece(tei, element);
	else if (tei_top(tei)->gathers)
		end_part(tei, element);
}

/* ---- who it is ---- */

/* ISO dates of any length, "2014", "2014-08": as far as both go. */
static int compare_dates(const char *a, const char *b)
{
	return strncmp(a, b, MIN(strlen(a), strlen(b)));
}

/* 2: it holds on that day; 1: it may; 0: it does not. */
static guint holds(const struct part *part, const char *date)
{
	if (!date)
		return part->until ? 1 : 2;
	return (part->from && compare_dates(part->from, date) > 0) || (part->until && compare_dates(part->until, date) < 0) ? 0 : 2;
}

static const char *best_name(const struct tei *tei, const struct entry *entry)
{
	const char *language = tei_head_language_of(tei), *found = NULL;
	guint best = 0;

	for (guint i = 0; entry && i < entry->names->len; i++) {
		const struct part *part = g_ptr_array_index(entry->names, i);
		bool ours = !part->language || (language && !g_ascii_strcasecmp(part->language, language));
		guint rank = 1 + holds(part, tei_head_date(tei)) * 4 + (ours ? 2 : 0) + !part->short_form;

		if (part->name && rank > best) {
			best = rank;
			found = part->name;
		}
	}
	return found;
}

/* Parties tell more of who speaks than the house that all sit in. */
static guint rank_of_house(const char *role)
{
	static const struct { const char *role; guint rank; } ranks[] = {
		{ "parliamentaryGroup", 5 }, { "politicalParty", 4 }, { "party", 4 }, { "ministry", 3 }, { "government", 1 }, { "parliament", 0 },
		{ "country", 0 },
	};

	for (guint i = 0; role && i < G_N_ELEMENTS(ranks); i++)
		if (!g_ascii_strcasecmp(ranks[i].role, role))
			return ranks[i].rank;
	return 2;
}

/* "primeMinister": "Prime Minister", where it says what somebody is; NULL for a member. */
static const char *role_of(struct document *doc, const char *role)
{
	static const char *const functions[] = { "minister", "president", "speaker", "chair", "secretary", "commissioner", "ombudsm", "judge",
		"governor" };
	g_autofree char *folded = role ? g_ascii_strdown(role, -1) : NULL;
	g_autoptr(GString) out = g_string_new(NULL);
	bool function = false;

	for (guint i = 0; folded && i < G_N_ELEMENTS(functions); i++)
		function = function || strstr(folded, functions[i]);
	for (const char *p = role; function && *p; p++) {
		if (p == role || g_ascii_isupper(*p))
			g_string_append_printf(out, "%s%c", out->len ? " " : "", g_ascii_toupper(*p));
		else
			g_string_append_c(out, *p);
	}
	return out->len ? document_string(doc, out->str, -1) : NULL;
}

static void take_house(struct tei *tei, struct person *person, const struct part *part, guint *best, guint *best_title)
{
	const struct entry *house = part->reference ? g_hash_table_lookup(tei->who->orgs, part->reference) : NULL;
	const char *name = house ? best_name(tei, house) : part->reference ? NULL : part->name;
	guint time = holds(part, tei_head_date(tei)), rank = time * 8 + rank_of_house(house ? house->role : NULL);
	const char *title = part->title ? document_string(tei->doc, part->title, -1) : role_of(tei->doc, part->role);
	guint ours = !part->language || !tei_head_language_of(tei) || !g_ascii_strcasecmp(part->language, tei_head_language_of(tei));

	if (!time)
		return;
	if (title && time * 2 + ours > *best_title && g_ascii_strcasecmp(title, "member") != 0) {
		*best_title = time * 2 + ours;
		person->role = title;
	}
	if (name && house && house->role && !g_ascii_strcasecmp(house->role, "country"))
		person->country = document_string(tei->doc, name, -1);
	else if (name && rank > *best && rank_of_house(house ? house->role : NULL) > 0) {
		*best = rank;
		person->organisation = document_string(tei->doc, name, -1);
	}
}

static void set_forms(struct tei *tei, struct person *person, const struct entry *entry)
{
	guint n = 0;

	person->forms = document_alloc(tei->doc, (entry->names->len + 1) * sizeof *person->forms);
	for (guint i = 0; i < entry->names->len; i++) {
		const struct part *part = g_ptr_array_index(entry->names, i);

		if (part->name && !part->short_form)
			person->forms[n++] = document_string(tei->doc, part->name, -1);
	}
}

static int add_person(struct tei *tei, struct entry *entry, bool body)
{
	const char *name = best_name(tei, entry);
	struct person person = { .name = document_string(tei->doc, name, -1), .body = body };
	guint best = 0, best_title = 0;

	if (!name)
		return -1;
	set_forms(tei, &person, entry);
	for (guint i = 0; i < entry->houses->len && !body; i++)
		take_house(tei, &person, g_ptr_array_index(entry->houses, i), &best, &best_title);
	entry->person = (int)tei->doc->people->len;
	entry->document = tei->who->document;
	g_array_append_val(tei->doc->people, person);
	return entry->person;
}

/* Words for functions and groups are no names: "GuestSpeaker". */
static bool is_name_word(const char *word, gsize len)
{
	g_autoptr(GString) folded = g_string_new(NULL);

	words_fold_to(folded, word, 0, (guint32)len);
	return !cue_is(CUE_ROLE, folded->str, -1) && !cue_is(CUE_MODERATOR, folded->str, -1) && !cue_is(CUE_AUDIENCE, folded->str, -1) &&
	       !cue_is(CUE_BODY, folded->str, -1) && !cue_is(CUE_ANSWER, folded->str, -1) && !cue_is(CUE_COUNTRY, folded->str, -1);
}

/* "BellTarnAnn": "Bell Tarn Ann"; NULL for what is no two to five words in capitals and small letters. */
static char *name_of_id(const char *id)
{
	g_autoptr(GString) out = g_string_new(NULL);
	guint parts = 0;

	for (const char *p = id, *end; *p; p = end) {
		gsize letters = 1;

		if (!g_unichar_isupper(g_utf8_get_char(p)))
			return NULL;
		for (end = g_utf8_next_char(p); g_unichar_islower(g_utf8_get_char(end)); end = g_utf8_next_char(end))
			letters++;
		if (letters < 2 || !is_name_word(p, (gsize)(end - p)) || ++parts > 5)
			return NULL;
		g_string_append_len(out, p, end - p);
		if (*end == '-' && end[1])
			g_string_append_c(out, *end++);
		else if (*end && !(letters == 2 && !strncmp(p, "Mc", 2)))
			g_string_append_c(out, ' ');
		end += *end == '_';
	}
	return parts >= 2 ? g_string_free(g_steal_pointer(&out), FALSE) : NULL;
}

static int add_unknown(struct tei *tei, const char *id)
{
	int known = GPOINTER_TO_INT(g_hash_table_lookup(tei->who->unknown, id));
	g_autofree char *valid = NULL, *name = NULL;
	struct person person = { 0 };

	if (known)
		return known - 1;
	valid = g_utf8_make_valid(id, -1);
	name = name_of_id(valid);
	if (!name)
		return -1;
	person.name = document_string(tei->doc, name, -1);
	person.forms = document_alloc(tei->doc, 2 * sizeof *person.forms);
	person.forms[0] = person.name;
	g_array_append_val(tei->doc->people, person);
	g_hash_table_insert(tei->who->unknown, g_strdup(id), GINT_TO_POINTER((int)tei->doc->people->len));
	return (int)tei->doc->people->len - 1;
}

int tei_who_speaks(struct tei *tei, const char *reference, bool *inferred)
{
	g_autofree char *trimmed = g_strstrip(g_strdup(reference));
	g_autoptr(GString) id = g_string_new(NULL);
	struct entry *person, *org;

	*inferred = false;
	if (!*trimmed || strpbrk(trimmed, " \t\r\n"))	/* several at once: nobody alone */
		return -1;
	tei_reference(trimmed, id);
	person = g_hash_table_lookup(tei->who->people, id->str);
	org = person ? NULL : g_hash_table_lookup(tei->who->orgs, id->str);
	if (person || org) {
		struct entry *entry = person ? person : org;

		return entry->document == tei->who->document ? entry->person : add_person(tei, entry, org != NULL);
	}
	*inferred = true;
	return add_unknown(tei, id->str);
}

/* Where the word stands in the folded label, whole; -1. */
static gssize place_in(const char *label, const char *word)
{
	gsize len = strlen(word);

	for (const char *at = strstr(label, word); at; at = strstr(at + 1, word))
		if ((at == label || at[-1] == ' ') && (!at[len] || at[len] == ' '))
			return at - label;
	return -1;
}

struct placed {
	gssize place;
	const char *word;
};

static int compare_places(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;

	return x->place < y->place ? -1 : x->place > y->place;
}

bool tei_who_confirmed(struct tei *tei, int person, const char *label)
{
	struct person *p = document_person(tei->doc, person);
	g_auto(GStrv) words = g_strsplit(p->name, " ", -1);
	struct placed placed[8];
	g_autoptr(GString) folded = g_string_new(NULL), word = g_string_new(NULL);
	guint n = 0;

	words_fold_to(folded, label, 0, (guint32)strlen(label));
	for (; words[n]; n++) {
		words_fold_to(word, words[n], 0, (guint32)strlen(words[n]));
		placed[n] = (struct placed){ n < G_N_ELEMENTS(placed) - 1 ? place_in(folded->str, word->str) : -1, words[n] };
		if (placed[n].place < 0)
			return false;
	}
	qsort(placed, n, sizeof *placed, compare_places);
	g_string_truncate(word, 0);
	for (guint i = 0; i < n; i++)
		add_name(word, placed[i].word);
	p->name = document_string(tei->doc, word->str, -1);
	p->forms[0] = p->name;
	return true;
}

void tei_who_presides(struct tei *tei, int person)
{
	struct document *doc = tei->doc;

	if (person < 0)
		return;
	if (doc->chair < 0)
		doc->chair = person;
	if (!document_person(doc, person)->role)
		document_person(doc, person)->role = "Chair";
}
