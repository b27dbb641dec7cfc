/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test-words.c - words as people write them, from the rules up to whole searches: spellings,
 * joined words, acronyms, misprints, misspelt queries, synonyms, several languages at once.
 */
#include "tests/unit/searching.h"

#include "indexer/acronyms.h"
#include "indexer/analysis.h"
#include "indexer/vocabulary.h"
#include "searcher/near.h"
#include "searcher/synonyms.h"
#include "searcher/variants.h"
#include "xapian/xap.h"

/* --- rules ------------------------------------------------------------------------ */

static void test_variants(void)
{
	static const char *const pairs[][2] = {
		{ "labour", "labor" }, { "organisation", "organization" }, { "programme", "program" }, { "centre", "center" },
		{ "theatres", "theaters" }, { "travelling", "traveling" }, { "dialogue", "dialog" }, { "defence", "defense" },
		{ "analysed", "analyzed" }, { "fulfilment", "fulfillment" }, { "paediatric", "pediatric" }, { "neighbouring", "neighboring" },
		{ "recognising", "recognizing" }, { "licence", "license" }, { "judgement", "judgment" }, { "favourable", "favorable" },
		{ "counsellors", "counselors" }, { "enrolment", "enrollment" }, { "potentiell", "potenziell" }, { "geographie", "geografie" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(pairs); i++)
		for (guint from = 0; from < 2; from++) {
			g_autoptr(GPtrArray) out = g_ptr_array_new_with_free_func(g_free);

			variants_of(pairs[i][from], pairs[i][from], false, out);
			g_assert_true(g_ptr_array_find_with_equal_func(out, pairs[i][1 - from], g_str_equal, NULL));
			g_assert_cmpuint(out->len, <=, VARIANTS_MAX);
		}
}

/* An umlaut is written out where it was typed; "ue" is one only where there is no such word. */
static void test_umlauts(void)
{
	g_autoptr(GPtrArray) out = g_ptr_array_new_with_free_func(g_free), poet = g_ptr_array_new_with_free_func(g_free);

	variants_of("gunter", "günter", false, out);
	g_assert_true(g_ptr_array_find_with_equal_func(out, "guenter", g_str_equal, NULL));
	variants_of("poet", "poet", false, poet);
	g_assert_cmpuint(poet->len, ==, 0);
	variants_of("guenter", "guenter", true, poet);
	g_assert_true(g_ptr_array_find_with_equal_func(poet, "gunter", g_str_equal, NULL));
}

static void test_damage(void)
{
	static const struct { const char *clean; guint n; const char *damaged; guint of; bool is; } cases[] = {
		{ "international", 40, "internationa", 1, true }, { "international", 40, "intemational", 1, true },
		{ "international", 2, "lnternational", 1, true },
		{ "migrants", 40, "m1grants", 1, true }, { "government", 12, "govemment", 1, true }, { "settlement", 9, "setlement", 1, true }, { "countries", 900, "counties", 1, false }, { "withstand", 1, "stand", 1, false },
		{ "stand", 90, "withstand", 1, false }, { "clear", 90, "dear", 1, false },
		{ "cooperation", 9, "coopreation", 2, true }, { "growing", 900, "groping", 1, false }, { "creating", 900, "creaking", 1, false },
		{ "stable", 900, "stale", 1, false },
		{ "mission", 90, "emission", 2, false }, { "policy", 90, "police", 8, false }, { "national", 90, "nationale", 1, false },
		{ "contract", 30, "contact", 9, false }, { "migrants", 3, "migrants", 1, false }, { "mobility", 3, "nobility", 1, false },
		{ "regulation", 50, "deregulation", 2, false }, { "adapt", 50, "adopt", 1, false }, { "office", 50, "offence", 2, false },
		{ "internationa", 1, "international", 40, false },
		{ "international", 40, "internationa", 4, true }, { "absorption", 80, "adsorption", 4, false },
		{ "lamps", 40, "lampz", 1, false },
	};
	static const struct { const char *clean; guint n; const char *damaged; bool is; } odd[] = {
		{ "mango", 40, "manlo", false }, { "night", 79, "might", false }, { "quoted", 3, "guoted", true }, { "libya", 12, "libva", true }, { "ferry", 9, "fefry", false },
		{ "ferry", 20, "fefry", true }, { "migrant", 40, "ofmigrant", true }, { "harbour", 3, "harobur", true }, { "simultaneous", 3, "simultanezous", true },
		{ "lamps", 40, "lamzps", false }, { "lamp", 40, "lzmp", false }, { "crpts", 40, "crtps", false }, { "lantern", 3, "lanternz", false },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_test_message("%s, %s", cases[i].clean, cases[i].damaged);
		g_assert_cmpint(vocabulary_damage(cases[i].clean, cases[i].n, cases[i].damaged, cases[i].of, false) > 0, ==, cases[i].is);
	}
	for (guint i = 0; i < G_N_ELEMENTS(odd); i++) {
		g_test_message("odd %s, %s", odd[i].clean, odd[i].damaged);
		g_assert_cmpint(vocabulary_damage(odd[i].clean, odd[i].n, odd[i].damaged, 1, true) > 0, ==, odd[i].is);
		if (strlen(odd[i].clean) < 8)
			g_assert_cmpfloat(vocabulary_damage(odd[i].clean, odd[i].n, odd[i].damaged, 1, false), ==, 0);
	}
}

static void add_word(const char *word, void *data)
{
	g_string_append_printf(data, "%s ", word);
}

static bool add_row(const char *two, const char *third, void *data)
{
	g_string_append_printf(data, "%s%s,", two, third);
	return true;
}

static bool knows_row(const char *two, const char *third, void *data)
{
	(void)data;
	return strcmp(two, "rn") != 0 && strcmp(third, "n") != 0;
}

/* Slips, misreadings, letters in a row: made by rule. */
static void test_made_words(void)
{
	g_autoptr(GString) out = g_string_new(NULL);

	vocabulary_misreadings("rnast", add_word, out);
	g_assert_cmpstr(out->str, ==, "mast riiast rna5t ");
	g_string_truncate(out, 0);
	vocabulary_misreadings("telegram", add_word, out);
	g_assert_nonnull(strstr(out->str, "telegrarn "));
	g_assert_null(strstr(out->str, "telegra "));
	vocabulary_misreadings("telegrams", add_word, out);
	g_assert_nonnull(strstr(out->str, "telegram "));
	g_string_truncate(out, 0);
	vocabulary_rows("fähr", add_row, out);
	g_assert_cmpstr(out->str, ==, " fä,fäh,ähr,hr ,");
	g_string_truncate(out, 0);
	g_assert_true(vocabulary_rows("bus", add_row, out) && vocabulary_rows("abc1", add_row, out));
	g_assert_cmpstr(out->str, ==, "");
	g_assert_true(vocabulary_is_slip("lybia", "libya") && vocabulary_is_slip("ferry", "fery") && vocabulary_is_slip("lapm", "lamp"));
	g_assert_false(vocabulary_is_slip("wagon", "wagen") || vocabulary_is_slip("litre", "lire") || vocabulary_is_slip("lamp", "lamp"));
	g_assert_cmpfloat(vocabulary_oddness("rnast", NULL, knows_row, NULL), ==, 0.4);
	g_assert_cmpfloat(vocabulary_oddness("rnast", "rnzst", knows_row, NULL), ==, 1 / 3.0);
	g_assert_cmpfloat(vocabulary_oddness("rnast", "rnast", knows_row, NULL), ==, 0);
}

/* --- acronyms ----------------------------------------------------------------------- */

static bool add_line(const char *acronym, const char *name, guint count, void *data)
{
	g_string_append_printf(data, "%s=%s %u\n", acronym, name, count);
	return true;
}

static void check_acronyms(const char *text, const char *expected)
{
	struct acronyms *acronyms = acronyms_new();
	g_autoptr(GString) lines = g_string_new(NULL);

	acronyms_read(acronyms, text, strlen(text));
	g_assert_true(acronyms_each(acronyms, add_line, lines));
	g_assert_cmpstr(lines->str, ==, expected);
	acronyms_free(acronyms);
}

static void test_acronyms(void)
{
	check_acronyms("There are many Regional Lamp Processes on Ferries (RLPs). A regional lamp process (RLP) is slow.",
	               "rlp=regional lamp process 1\nrlp=regional lamp processes 1\n");
	check_acronyms("RLPs (Regional Lamp Processes) and the NAPL (see below).", "rlp=regional lamp processes 1\n");
	check_acronyms("Das Amt für Leuchten und Fähren (ALF) und l'Agence des phares et bacs (APB).",
	               "alf=amt fur leuchten und fahren 1\napb=agence des phares et bacs 1\n");
	check_acronyms("the National Agency for the Prohibition of Lamps in Ports (NAPLIP, Utopia)",
	               "naplip=national agency for the prohibition of lamps in ports 1\n");
	check_acronyms("Международное бюро паромов (МБП)", "мбп=международное бюро паромов 1\n");
	check_acronyms("Multi-Annual Lamp Framework (MALF)", "malf=multi annual lamp framework 1\n");
	check_acronyms("Das Landesamt für Fähren und Inseln (LAFI) schweigt.", "lafi=landesamt fur fahren und inseln 1\n");
	check_acronyms("the Inter-Island Consultations on Lamps, Ferries and Harbour Policies (IIC)", "iic=inter island consultations 1\n");
	check_acronyms("the Coastal Lamp Council of Towns, Islands and Ferry Ports (\"CLC\")", "clc=coastal lamp council 1\n");
	check_acronyms("l'Office international pour les phares (« OIP »)", "oip=office international pour les phares 1\n");
	check_acronyms("la Oficina Internacional para los Faros (O.I.F.)", "oif=oficina internacional para los faros 1\n");
	check_acronyms("O.I.F. (Oficina Internacional para los Faros) y OIP (Office international des phares)",
	               "oif=oficina internacional para los faros 1\noip=office international des phares 1\n");
}

/* What is no explanation is none. */
static void test_no_acronyms(void)
{
	check_acronyms("The lamp was lit. Regional (RLP) ferries", "");
	check_acronyms("a lot of lamps (LL) and old ferries (OF)", "");
	check_acronyms("Regional Process (RLP), Regional Lamp and Copper Process (RLP)", "");
	check_acronyms("Regional Lamp. Processes (RLP)", "");
	check_acronyms("RLP (Regional Lamp Processes of the north)", "");
	check_acronyms("(RLP) () ( (( AB (", "");
	/* letters from inside words: of small words, two of them, of three letters in all, of short ones */
	check_acronyms("das landesamt für Fähren und Inseln (LAFI)", "");
	check_acronyms("das Landesamt für Leuchtturmwesen (LALT)", "");
	check_acronyms("ein Leuchtturm Fährmann (LTF)", "");
	check_acronyms("das Landesamt für Fähren und Inseln in Utopia (LAFI)", "");
	check_acronyms("Large Islands of Ferries (LGIF)", "");
	/* what follows the name goes on in small letters */
	check_acronyms("the Coastal Lamp Council of towns, islands and the old ferry ports (CLC)", "");
	check_acronyms("Ancient Bells (A.BC)", "");
}

/* --- near words ----------------------------------------------------------------------- */

static guint plain_distance(const char *a, const char *b)
{
	gsize n = strlen(a), m = strlen(b);
	guint table[32][32];

	for (gsize i = 0; i <= n; i++)
		for (gsize j = 0; j <= m; j++) {
			guint best = (guint)(i && j ? table[i - 1][j - 1] + (a[i - 1] != b[j - 1]) : i + j);

			if (i && j)
				best = MIN(best, MIN(table[i - 1][j], table[i][j - 1]) + 1);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				best = MIN(best, table[i - 2][j - 2] + 1);
			table[i][j] = best;
		}
	return table[n][m];
}

static void random_word(GRand *rand, char *out)
{
	gint n = g_rand_int_range(rand, 5, 9);

	for (gint i = 0; i < n; i++)
		out[i] = (char)('a' + g_rand_int_range(rand, 0, 4));
	out[n] = '\0';
}

/* The walk with leaps finds what comparing with each word finds. */
static void test_near(void)
{
	g_autofree char *dir = index_dir(), *path = g_build_filename(dir, "db", NULL);
	g_autoptr(GError) error = NULL;
	g_autoptr(GHashTable) all = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	GRand *rand = g_rand_new_with_seed(7);
	xap_writer *writer = xap_writer_open(path, XAP_WRITE_NEW, &error);
	xap_doc *doc = xap_doc_new();
	xap_db *db;
	char word[16];

	g_assert_no_error(error);
	for (guint i = 0; i < 2000; i++) {
		random_word(rand, word);
		g_hash_table_add(all, g_strdup(word));
		if (i % 3)
			xap_doc_term(doc, word, strlen(word), 1);
		else
			xap_writer_synonym(writer, word, strlen(word), "stem", 4, &error);
	}
	xap_doc_term(doc, "Kquote", 6, 0);
	xap_writer_synonym(writer, "\001abca", 5, "abcb", 4, &error);
	g_assert_true(xap_writer_add(writer, doc, NULL, &error) && xap_writer_commit(writer, &error));
	xap_doc_free(doc);
	xap_writer_close(writer);
	db = xap_db_open((const char *const[]){ path }, 1, &error);
	g_assert_no_error(error);
	for (guint i = 0; i < 200; i++) {
		g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(struct near_word));
		g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
		guint steps = 100000, max = 1 + i % 2;
		bool same = i % 4 > 1;
		GHashTableIter iter;
		gpointer other;

		random_word(rand, word);
		g_array_set_clear_func(found, near_word_clear);
		g_assert_true(near_words(db, word, max, same, &steps, found, &error));
		for (guint k = 0; k < found->len; k++) {
			const struct near_word *near = &g_array_index(found, struct near_word, k);

			g_assert_cmpuint(near->distance, ==, plain_distance(word, near->text));
			g_hash_table_add(seen, g_strdup(near->text));
		}
		g_hash_table_iter_init(&iter, all);
		while (found->len < NEAR_FOUND_MAX && g_hash_table_iter_next(&iter, &other, NULL)) {
			guint distance = plain_distance(word, other);
			bool wanted = distance && distance <= max && (!same || word[0] == ((char *)other)[0]);

			g_assert_cmpint(g_hash_table_contains(seen, other), ==, wanted);
		}
	}
	xap_db_close(db);
	g_rand_free(rand);
	remove_tree(dir);
}

/* --- synonyms --------------------------------------------------------------------------- */

static void test_synonyms(void)
{
	static const char text[] = "# sea\nFerry, Fähr-Schiff , boat that ferries\n\nlamp => lantern, light\n";
	struct analysis *analysis = analysis_new();
	g_autoptr(GError) error = NULL;
	struct synonyms *synonyms = synonyms_read(text, strlen(text), analysis, &error);
	g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(struct other_words));
	const char *words[] = { "boat", "that", "ferries", "lamp" };

	g_assert_no_error(error);
	synonyms_find(synonyms, words, 4, found);
	g_assert_cmpuint(found->len, ==, 2);
	g_assert_cmpuint(g_array_index(found, struct other_words, 0).n, ==, 3);
	g_assert_cmpstr(g_array_index(found, struct other_words, 1).text, ==, "fahr schiff");
	g_array_set_size(found, 0);
	synonyms_find(synonyms, words, 2, found);
	g_assert_cmpuint(found->len, ==, 0);
	synonyms_find(synonyms, words + 3, 1, found);
	g_assert_cmpuint(found->len, ==, 2);
	synonyms_free(synonyms);
	g_assert_null(synonyms_read("a, b\nc\n", 7, analysis, &error));
	g_assert_error(error, RAPPORTEUR_ERROR, RAPPORTEUR_ERROR_SYNTAX);
	g_assert_cmpstr(error->message, ==, "line 2: nothing to find instead");
	g_clear_error(&error);
	g_assert_null(synonyms_read("a, b\nc, d\xff\n", 11, analysis, &error));
	g_assert_cmpstr(error->message, ==, "line 2: not UTF-8");
	analysis_free(analysis);
}

/* --- whole searches --------------------------------------------------------------------- */

static void write_text(struct writer *writer, const char *id, const char *language, const char *const *passages)
{
	struct made made = made_new(id, id, language);

	for (; *passages; passages++)
		made_passage(&made, *passages, KIND_NARRATIVE, -1);
	write_document(writer, made_take(&made));
}

static char *english_index(void)
{
	static const char *const passages[] = {
		/* 1 */ "The labour market of the harbour is small.",
		/* 2 */ "American labor is cheap in winter.",
		/* 3 */ "Regional Lamp Processes on Ferries (RLPs) began late.",
		/* 4 */ "An RLP has no secretariat of its own.",
		/* 5 */ "Socioeconomic conditions are poor.",
		/* 6 */ "An intemational treaty ofmigrants.",
		/* 7 */ "An international treaty on lanterns.",
		/* 8 */ "The international treaty of the migrants and their government.",
		/* 9 */ "A third international treaty; migrants were consulted by the government.",
		/* 10 */ "The government and the international migrants agreed; government was slow.",
		/* 11 */ "Goverment was misspelt here.",
		/* 12 */ "Guenter and Åmland spoke of the government.",
		/* 13 */ "Here is an internationa treaty.",
		NULL,
	};
	char *dir = index_dir();
	struct writer *writer = writing(dir);

	write_text(writer, "en", "en", passages);
	commit(writer);
	writer_close(writer);
	return dir;
}

/* Which passages, the interpretation and the suggestion. */
static void check_words(RapIndex *index, const char *query, const char *ids, const char *interpretation, const char *suggestion)
{
	RapResults *results = asked(index, &(RapRequest){ .text = query, .limit = 100 });
	g_autofree char *got = ids_of(results);

	g_assert_cmpstr(results->interpretation, ==, interpretation);
	g_assert_cmpstr(results->suggestion, ==, suggestion);
	g_assert_cmpstr(got, ==, ids);
	rap_results_free(results);
	results = asked(index, &(RapRequest){ .text = interpretation, .limit = 100 });
	g_assert_cmpstr(results->interpretation, ==, interpretation);
	rap_results_free(results);
}

static void check_exact(RapIndex *index, const char *query, const char *ids)
{
	RapResults *results = asked(index, &(RapRequest){ .text = query, .limit = 100, .exact_words = true });
	g_autofree char *got = ids_of(results);

	g_assert_cmpstr(got, ==, ids);
	g_assert_null(results->suggestion);
	g_assert_null(strstr(results->interpretation, "{~"));
	rap_results_free(results);
}

static void test_search(void)
{
	char *dir = english_index();
	RapIndex *index = opened(dir, NULL);

	check_words(index, "labor", "en/2 en/1", "labor{~labour}", NULL);
	check_words(index, "labour", "en/1 en/2", "labour{~labor}", NULL);
	check_words(index, "rlp", "en/4 en/3", "rlp{~rlps, regional lamp processes}", NULL);
	check_words(index, "regional lamp process", "en/3 en/4", "regional lamp process{~rlp}", NULL);
	check_words(index, "socio-economic", "en/5", "socio-economic", NULL);
	check_words(index, "socio economic", "en/5", "socio{~socioeconomic} economic", NULL);
	check_words(index, "Gunter", "en/c", "Gunter{~guenter}", NULL);
	check_words(index, "Amland", "en/c", "Amland", NULL);
	check_words(index, "laterns", "en/7", "laterns{~lanterns}", "lanterns");
	check_exact(index, "labor", "en/2");
	check_exact(index, "laterns", "");
	check_ids(index, "\"labor\"", "en/2");
	check_ids(index, "+labor", "en/2");
	check_ids(index, "harbour -labor", "en/1");
	rap_close(index);
	index_free(dir);
}

/* The plural of an acronym without a vowel has another stem. */
static void test_plural_acronyms(void)
{
	char *dir = index_dir();
	struct writer *writer = writing(dir);
	RapIndex *index;

	write_text(writer, "en", "en", (const char *const[]){ "The RLP of the north is old.", "Many RLPs of the south are new.",
		"This GAS is bad.", "A ga of sorts.", NULL });
	commit(writer);
	writer_close(writer);
	index = opened(dir, NULL);
	check_words(index, "RLP", "en/1 en/2", "RLP{~rlps}", NULL);
	check_words(index, "RLPs", "en/2 en/1", "RLPs{~rlp}", NULL);
	check_words(index, "rlps", "en/2 en/1", "rlps{~rlp}", NULL);
	check_words(index, "GAS", "en/3", "GAS", NULL);
	check_exact(index, "RLP", "en/1");
	rap_close(index);
	index_free(dir);
}

/* What the scanner did to a word does not hide it; nor does what it looks like hide what was meant. */
static void test_damaged_texts(void)
{
	char *dir = english_index();
	RapIndex *index = opened(dir, NULL);
	g_autofree char *clean = ids_for(index, "international"), *joined = ids_for(index, "migrants"), *rare = ids_for(index, "goverment");

	g_assert_true(g_str_has_suffix(clean, "en/6 en/d") || g_str_has_suffix(clean, "en/d en/6"));
	g_assert_cmpuint(strlen(clean), ==, strlen("en/7 en/8 en/9 en/a en/6 en/d"));
	g_assert_true(g_str_has_suffix(joined, "en/6"));
	g_assert_true(g_str_has_prefix(rare, "en/b "));
	g_assert_nonnull(strstr(rare, "en/8"));
	check_exact(index, "goverment", "en/b");
	rap_close(index);
	index_free(dir);
}

/* A text with words enough that odd ones look odd. */
static char *harbour_index(void)
{
	static const char *const passages[] = {
		/* 1 */ "The lanterns of Libya are quoted in a catalogue of lamps and equiprnent.",
		/* 2 */ "Libya has harbours; the minister of Libya was quoted on transport and shipment.",
		/* 3 */ "Libya signed; the lantern treaty was quoted by all, and the harbour of origin named.",
		/* 4 */ "Libya and Libyan ferries; recent countries of departure, and past lamps.",
		/* 5 */ "A voice from Libva said that no harbour was closed.",
		/* 6 */ "He was guoted as a friend of lanterns in the padt.",
		/* 7 */ "The rnaritime authorities of the past met the Wagen guild and paid in lire.",
		/* 8 */ "Göran Söderköping, of the harbour police, spoke to the press in the past.",
		/* 9 */ "Past ministers, recent deportment, new development and shipments of lamps in the past.",
		/* a */ "Hofstätter-Küng reported on labour-intensive ferries and the countries of the north.",
		/* b */ "A rental agent called the patent government a recent apartment.",
		NULL,
	};
	char *dir = index_dir();
	struct writer *writer = writing(dir);

	write_text(writer, "en", "en", passages);
	commit(writer);
	writer_close(writer);
	return dir;
}

/* A misprint that the texts hold does not hide what is far more frequent; nobody is told that a right word is a misprint. */
static void test_rare_misprints(void)
{
	char *dir = harbour_index();
	RapIndex *index = opened(dir, NULL);

	check_words(index, "Libva", "en/5 en/2 en/1 en/3 en/4", "Libva{~libya}", "Libya");
	check_words(index, "guoted", "en/6 en/1 en/2 en/3", "guoted{~quoted}", "quoted");
	check_words(index, "padt", "en/6", "padt", NULL);	/* so short a word is as well another one, or an acronym */
	check_exact(index, "Libva", "en/5");
	check_exact(index, "padt", "en/6");
	check_words(index, "Lybia", "en/2 en/1 en/3 en/4", "Lybia{~libya}", "Libya");
	check_exact(index, "Lybia", "");
	check_words(index, "equipment", "en/1", "equipment{~equiprnent}", NULL);
	check_words(index, "maritime", "en/7", "maritime{~rnaritime}", NULL);
	check_exact(index, "maritime", "");
	/* words that are nowhere: what is near is found, and not told to be meant */
	check_words(index, "wagon", "en/7", "wagon{~wagen}", NULL);
	check_words(index, "litre", "en/7", "litre{~lire}", NULL);
	check_words(index, "Söderköpin", "en/8", "Söderköpin{~soderkoping}", "Söderköping");
	check_words(index, "lantrens", "en/6 en/1 en/3", "lantrens{~lanterns}", "lanterns");
	rap_close(index);
	index_free(dir);
}

/* A short word that looks like those of the texts is perhaps one that they have not: what is near it is found, and not told. */
static void test_plain_words(void)
{
	static const char *const passages[] = { "The water mill and the cattle.", "A catch of cats by the water.", "High water.", NULL };
	char *dir = index_dir();
	struct writer *writer = writing(dir);
	RapIndex *index;

	write_text(writer, "en", "en", passages);
	commit(writer);
	writer_close(writer);
	index = opened(dir, NULL);
	check_words(index, "cater", "en/3 en/1 en/2", "cater{~water}", NULL);
	check_words(index, "wxter", "en/3 en/1 en/2", "wxter{~water}", "water");
	check_words(index, "watter", "en/3 en/1 en/2", "watter{~water}", "water");
	rap_close(index);
	index_free(dir);
}

/* Words that ran into one, and parts of hyphenated ones. */
static void test_joined_and_hyphenated(void)
{
	char *dir = harbour_index();
	RapIndex *index = opened(dir, NULL);

	check_words(index, "harboursoforigin", "en/3 en/5 en/2 en/8", "harboursoforigin{~harbours of origin}", "harbours of origin");
	check_words(index, "recentcountries", "en/4 en/a en/b en/9", "recentcountries{~recent countries}", "recent countries");
	check_words(index, "recentunharbours", "", "recentunharbours", NULL);
	check_words(index, "unrecentharbours", "en/5 en/2 en/8 en/3", "unrecentharbours{~harbours}", NULL);
	check_words(index, "Hofstaetter-Kueng", "en/a", "Hofstaetter-Kueng{~hofstatter kung}", NULL);
	check_words(index, "labor-intensive", "en/a", "labor-intensive{~labour intensive}", NULL);
	check_exact(index, "Hofstaetter-Kueng", "");
	rap_close(index);
	index_free(dir);
}

static void test_user_synonyms(void)
{
	char *dir = english_index();
	RapIndex *index = opened(dir, NULL);
	g_autofree char *file = g_build_filename(dir, "synonyms.txt", NULL);
	g_autoptr(GError) error = NULL;

	g_assert_true(g_file_set_contents(file, "cold season, winter\n", -1, NULL));
	g_assert_true(rap_read_synonyms(index, file, &error));
	check_words(index, "cold season", "en/2", "cold season{~winter}", NULL);
	g_assert_true(rap_read_synonyms(index, NULL, &error));
	check_ids(index, "cold season", "");
	g_assert_false(rap_read_synonyms(index, "/nowhere", &error));
	g_assert_error(error, RAP_ERROR, RAP_ERROR_NOT_FOUND);
	g_unlink(file);
	rap_close(index);
	index_free(dir);
}

/* Nothing is learnt from, or suggested of, what the searcher may not read. */
static void test_access(void)
{
	char *dir = index_dir();
	struct writer *writer = writing(dir);
	struct made made = made_new("secret", "secret", "en");
	RapIndex *index;
	RapResults *results;

	write_text(writer, "open", "en", (const char *const[]){ "The zanzibarite lamp.", "An RLP is here.", NULL });
	made.doc->access = "restricted:board";
	made_passage(&made, "Rotten Lantern Protocol (RLP) and quicksilverish lamps.", KIND_NARRATIVE, -1);
	write_document(writer, made_take(&made));
	commit(writer);
	writer_close(writer);
	index = opened(dir, NULL);
	check_words(index, "quicksilverisk", "", "quicksilverisk", NULL);
	check_words(index, "rlp", "open/2", "rlp", NULL);
	rap_close(index);
	index = opened(dir, (const char *const[]){ "board", NULL });
	results = asked(index, &(RapRequest){ .text = "quicksilverisk" });
	g_assert_cmpstr(results->suggestion, ==, "quicksilverish");
	rap_results_free(results);
	rap_close(index);
	index_free(dir);
}

/* --- languages --------------------------------------------------------------------------- */

static void test_languages(void)
{
	char *dir = index_dir();
	struct writer *writer = writing(dir);
	RapIndex *index;

	write_text(writer, "ar", "ar", (const char *const[]){ "ناقش المؤتمر الهجرة وسياسات العودة.", "أكّد الوزير أهمية التعاون.", NULL });
	write_text(writer, "de", "de", (const char *const[]){ "Die Häfen und die Fähren der Städte.", "Der Arbeitsmarkt ist klein.", NULL });
	write_text(writer, "en", "en", (const char *const[]){ "The harbours and ferries of the cities.",
		"Lamps for the centre.", "Lamps for the center.", "Lamps for 50 cent.", "They went away.", NULL });
	write_text(writer, "es", "es", (const char *const[]){ "Las migraciones y la cooperación en los puertos.", NULL });
	write_text(writer, "fr", "fr", (const char *const[]){ "Les ports et l'éclairage des bateaux européens.", NULL });
	write_text(writer, "ja", "ja", (const char *const[]){ "移民政策について議論した。", NULL });
	write_text(writer, "ru", "ru", (const char *const[]){ "Обсуждались вопросы миграции и паромов.", NULL });
	write_text(writer, "zh", "zh", (const char *const[]){ "会议讨论了移民政策和合作。", NULL });
	commit(writer);
	writer_close(writer);
	index = opened(dir, NULL);
	check_ids(index, "hafen", "de/1");
	check_ids(index, "Fähre", "de/1");
	check_ids(index, "ferry", "en/1");
	check_ids(index, "migracion", "es/1");
	check_ids(index, "eclairage", "fr/1");
	check_ids(index, "européenne", "fr/1");
	check_ids(index, "миграция", "ru/1");
	check_ids(index, "паром", "ru/1");
	check_ids(index, "هجرة", "ar/1");
	check_ids(index, "الهجره", "ar/1");
	check_ids(index, "اكد", "ar/2");
	check_ids(index, "العـــودة", "ar/1");
	check_ids(index, "讨论", "zh/1");
	check_ids(index, "議論", "ja/1");
	check_ids(index, "Arbeits Markt", "de/2");
	/* what is written without blanks need not be one word: its parts are found where the whole is not */
	check_ids(index, "政策移民", "ja/1 zh/1");
	check_ids(index, "讨论移民", "zh/1 ja/1");
	check_ids(index, "\"政策移民\"", "");
	/* each language reads a word; it counts once, above its other spelling, and no foreign stem of that is found */
	check_ids(index, "centre", "en/2 en/3");
	/* of itself the foreign stem comes last: it may be another form of it in a text of that language */
	check_ids(index, "center", "en/3 en/2 en/4");
	check_words(index, "a way", "", "a way", NULL);	/* a function word of one language */
	check_words(index, "паромах", "ru/1", "паромах", NULL);
	check_words(index, "паромовв", "ru/1", "паромовв{~паромов}", "паромов");
	check_words(index, "паромамм", "ru/1", "паромамм{~паромов}", "паромов");
	check_words(index, "а ещё паромы", "ru/1", "а ещё паромы", NULL);
	check_words(index, "الهجرة", "ar/1", "الهجرة", NULL);
	rap_close(index);
	index_free(dir);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/words/variants", test_variants);
	g_test_add_func("/words/umlauts", test_umlauts);
	g_test_add_func("/words/damage", test_damage);
	g_test_add_func("/words/made-words", test_made_words);
	g_test_add_func("/words/acronyms", test_acronyms);
	g_test_add_func("/words/no-acronyms", test_no_acronyms);
	g_test_add_func("/words/near", test_near);
	g_test_add_func("/words/synonyms", test_synonyms);
	g_test_add_func("/words/search", test_search);
	g_test_add_func("/words/plural-acronyms", test_plural_acronyms);
	g_test_add_func("/words/damaged-texts", test_damaged_texts);
	g_test_add_func("/words/rare-misprints", test_rare_misprints);
	g_test_add_func("/words/plain-words", test_plain_words);
	g_test_add_func("/words/joined-and-hyphenated", test_joined_and_hyphenated);
	g_test_add_func("/words/user-synonyms", test_user_synonyms);
	g_test_add_func("/words/access", test_access);
	g_test_add_func("/words/languages", test_languages);
	return g_test_run();
}
