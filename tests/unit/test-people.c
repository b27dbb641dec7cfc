/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test-people.c - names in text, what stands beside them, and the roster.
 */
#include "tests/unit/structure.h"

#include "corpus/people/names.h"

static void test_scan(void)
{
	static const struct { const char *text, *name; guint words; } cases[] = {
		{ "Ada Quill Minister of Tides", "Ada Quill", 2 },
		{ "H.E. Lt. Gen. Bo B. Tarn | Minister", "Bo B. Tarn", 3 },
		{ "Cas van der Meer, Director", "Cas van der Meer", 4 },
		{ "Dana De Luca Political Adviser, House", "Dana De Luca", 3 },
		{ "Eve Okon-Bell", "Eve Okon-Bell", 2 },
		{ "Mr. Faro's answer", "Faro", 1 },
		{ "GIL HART (Norland)", "GIL HART", 2 },
		{ "Zoë Ångström State Secretary", "Zoë Ångström", 2 },
		{ "the harbour", NULL, 0 },
		{ "Panel Discussion", NULL, 0 },
		{ "European Tides", NULL, 0 },
		{ "Ada Quill1 has shown", "Ada Quill", 2 },
		{ "Deputy Speaker", NULL, 0 },
		{ "Meine Mutter", NULL, 0 },
		{ "Notre Maison", NULL, 0 },
	};
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct name name;
		bool found = name_scan(cases[i].text, 0, (guint32)strlen(cases[i].text), &name);
		g_assert_cmpint(found, ==, cases[i].name != NULL);
		if (!found)
			continue;
		g_autofree char *got = g_strndup(cases[i].text + name.start, name.end - name.start);
		g_assert_cmpstr(got, ==, cases[i].name);
		g_assert_cmpuint(name.words, ==, cases[i].words);
	}
}

static void test_describe(void)
{
	g_autoptr(Document) doc = document_new();
	struct person p;
	const char *line = "H.E. Ada Quill | Deputy Minister, Ministry of Tides, Norway";
	g_assert_true(person_parse(doc, line, (guint32)strlen(line), &p));
	g_assert_cmpstr(p.name, ==, "Ada Quill");
	g_assert_cmpstr(p.honorific, ==, "H.E.");
	g_assert_cmpstr(p.role, ==, "Deputy Minister");
	g_assert_cmpstr(p.organisation, ==, "Ministry of Tides");
	g_assert_cmpstr(p.country, ==, "Norway");
	g_assert_false(person_parse(doc, "Lunch break", 11, &p));
	line = "Ada Quill, Permanent Representative of the\nIsles, Ministry of Tides, MOT";
	g_assert_true(person_parse(doc, line, (guint32)strlen(line), &p));
	g_assert_cmpstr(p.role, ==, "Permanent Representative of the Isles");
	g_assert_cmpstr(p.organisation, ==, "Ministry of Tides");
}

static struct person person_named(const char *name)
{
	return (struct person){ .name = name };
}

static void test_roster(void)
{
	g_autoptr(Document) doc = document_new();
	struct roster *roster = roster_new(doc);
	struct person p = person_named("ADA B. QUILL");
	int ada = roster_add(roster, &p);
	p = person_named("Ada Quill");
	g_assert_cmpint(roster_add(roster, &p), ==, ada);
	g_assert_cmpstr(document_person(doc, ada)->name, ==, "Ada B. Quill");
	g_assert_cmpstr(document_person(doc, ada)->forms[0], ==, "ADA B. QUILL");
	p = person_named("Zoë van Ångström");
	int zoe = roster_add(roster, &p);
	p = person_named("Bo Quill");
	int bo = roster_add(roster, &p);
	g_assert_cmpuint(doc->people->len, ==, 3);
	g_assert_cmpint(roster_full(roster, "zoe van angstrom"), ==, zoe);
	g_assert_cmpint(roster_surname(roster, "angstrom"), ==, zoe);
	g_assert_cmpint(roster_surname(roster, "van angstrom"), ==, zoe);
	g_assert_cmpint(roster_surname(roster, "quill"), ==, ROSTER_SEVERAL);
	g_assert_cmpint(roster_any_word(roster, "bo"), ==, bo);
	g_assert_cmpint(roster_initials(roster, "ZvÅ"), ==, zoe);
	g_assert_cmpint(roster_initials(roster, "ZA"), ==, zoe);
	g_assert_cmpint(roster_initials(roster, "BQ"), ==, bo);
	g_assert_cmpint(roster_initials(roster, "XX"), ==, ROSTER_NONE);
	roster_free(roster);
}

static char *dump(const char *input, bool markdown, const char *name)
{
	(void)name;
	g_autoptr(Document) doc = structure_read(input, -1, markdown, STAGE_PEOPLE, false);
	g_autoptr(Document) none = structure_read(input, -1, markdown, STAGE_PASSAGES, true);
	GString *out = g_string_new(NULL);
	structure_dump_people(doc, out);
	structure_check(none);
	return g_string_free(out, false);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/people/scan", test_scan);
	g_test_add_func("/people/describe", test_describe);
	g_test_add_func("/people/roster", test_roster);
	structure_add_cases("people", dump);
	return g_test_run();
}
