/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test-language.c - languages of texts and of the records of a collection.
 */
#include "corpus/language.h"

#include <string.h>

static const char *const samples[][2] = {
	{ "en", "The ministers agreed that the harbours of the region should be opened to smaller ships before the end of the year." },
	{ "de", "Die Ministerinnen und Minister waren sich einig, dass die Häfen der Region noch vor Ende des Jahres geöffnet werden sollen." },
	{ "fr", "Les ministres sont convenus que les ports de la région devraient être ouverts aux petits navires avant la fin de l'année." },
	{ "es", "Los ministros acordaron que los puertos de la región deberían abrirse a los barcos pequeños antes de que termine el año." },
	{ "it", "I ministri hanno convenuto che i porti della regione dovrebbero essere aperti alle navi più piccole entro la fine dell'anno." },
	{ "pt", "Os ministros concordaram que os portos da região deveriam ser abertos aos navios mais pequenos antes do final do ano." },
	{ "nl", "De ministers waren het erover eens dat de havens van de regio voor het einde van het jaar moeten worden opengesteld." },
	{ "sv", "Ministrarna var överens om att regionens hamnar borde öppnas för mindre fartyg före årets slut, och att det är bråttom." },
	{ "fi", "Ministerit olivat yhtä mieltä siitä, että alueen satamat olisi avattava pienemmille aluksille ennen vuoden loppua." },
	{ "hu", "A miniszterek egyetértettek abban, hogy a régió kikötőit még az év vége előtt meg kell nyitni a kisebb hajók előtt." },
	{ "ru", "Министры согласились с тем, что порты региона должны быть открыты для небольших судов до конца года." },
	{ "ro", "Miniștrii au convenit că porturile din regiune ar trebui să fie deschise navelor mai mici înainte de sfârșitul anului." },
};

static void test_languages(void)
{
	for (gsize i = 0; i < G_N_ELEMENTS(samples); i++)
		g_assert_cmpstr(language_detect(samples[i][1], strlen(samples[i][1])), ==, samples[i][0]);
}

static void test_unsure(void)
{
	static const char *const unsure[] = { "", "Panel II", "12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28" };

	for (gsize i = 0; i < G_N_ELEMENTS(unsure); i++)
		g_assert_null(language_detect(unsure[i], strlen(unsure[i])));
	g_assert_null(language_detect("\xff\xfe\xff\xfe\xff\xfe", 6));
}

/* A collection in one language with a few records in another, and short ones. */
static void test_collection(void)
{
	struct language_collection c = { 0 };
	const char *en = samples[0][1], *de = samples[1][1], *ru = samples[10][1];

	for (guint i = 0; i < 200; i++) {
		g_assert_cmpstr(language_next(&c, en, strlen(en)), ==, "en");
		if (i == 0)
			continue;
		g_assert_cmpstr(language_next(&c, "Short one", 9), ==, "en");
		if (i % 20 == 0) {
			g_assert_cmpstr(language_next(&c, de, strlen(de)), ==, "de");
			g_assert_cmpstr(language_next(&c, ru, strlen(ru)), ==, "ru");
		}
	}
	g_assert_cmpstr(c.expected, ==, "en");
	g_assert_cmpuint(c.seen, <, 60);	/* the rest cost a look at their function words only */
}

static void test_any_bytes(void)
{
	GRand *rand = g_rand_new_with_seed(3);

	for (guint round = 0; round < 500; round++) {
		struct language_collection c = { 0 };
		char bytes[300];
		gsize len = (gsize)g_rand_int_range(rand, 0, sizeof bytes);

		for (gsize i = 0; i < len; i++)
			bytes[i] = (char)g_rand_int_range(rand, 1, 256);
		language_detect(bytes, len);
		language_next(&c, bytes, len);
	}
	g_rand_free(rand);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/language/languages", test_languages);
	g_test_add_func("/language/unsure", test_unsure);
	g_test_add_func("/language/collection", test_collection);
	g_test_add_func("/language/any-bytes", test_any_bytes);
	return g_test_run();
}
