/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * stem.c - libstemmer by ISO 639-1. Its algorithms carry no version, and their
 * stems change between releases: stem_version asks each for the stems of a few
 * words, endings of every kind and those that releases are known to differ in.
 */
#include "indexer/stem.h"

#include "indexer/intern.h"

#include <libstemmer.h>
#include <string.h>

static const struct {
	const char *language;
	const char *words;	/* separated by blanks */
} probes[] = {
	{ "ar", "الكتاب المدارس والمهاجرين" },
	{ "ca", "immigrants nacionals ràpidament" },
	{ "da", "indvandrere friheden løsningerne" },
	{ "de", "häuser flüchtlinge straße abhängigkeiten gingen system systeme" },
	{ "el", "μεταναστευσησ ανθρωποι χωρεσ" },
	{ "en", "migration organize organ international internment emergency emerge europe's generously dying added" },
	{ "es", "migraciones fronteras cooperación rápidamente" },
	{ "eu", "etxeak herriaren ekonomikoa" },
	{ "fi", "maahanmuuttajien taloissa ihmisten" },
	{ "fr", "migrations frontières européenne rapidement l'europe métier" },
	{ "ga", "beirte imirceach" },
	{ "hi", "लड़कियों किताबें" },
	{ "hu", "menekültek házakban országoknak" },
	{ "hy", "քաղաքների միջազգային" },
	{ "id", "perjalanan membantu makanannya" },
	{ "it", "migrazioni frontiere europeo rapidamente l'europa" },
	{ "lt", "pabėgėlių valstybėse" },
	{ "ne", "नेपालीहरूको केटाहरू" },
	{ "nl", "vluchtelingen mogelijkheden huizen lopende" },
	{ "no", "innvandrere mulighetene friheten" },
	{ "pt", "migrações fronteiras rapidamente cooperação" },
	{ "ro", "migranților frontierele europene" },
	{ "ru", "миграции беженцами европейского границах" },
	{ "sr", "избеглице границама izbeglice" },
	{ "sv", "invandrarna möjligheterna friheten" },
	{ "ta", "மக்களின் நாடுகள்" },
	{ "tr", "göçmenlerin ülkelerinden sınırda" },
	{ "yi", "מענטשן הייזער" },
};

struct sb_stemmer *stem_open(const char *language)
{
	for (guint i = 0; language && i < G_N_ELEMENTS(probes); i++)
		if (strcmp(probes[i].language, language) == 0)
			return sb_stemmer_new(language, NULL);
	return NULL;
}

void stem_word(struct sb_stemmer *stemmer, const char *exact, gsize len, GString *stem)
{
	const sb_symbol *symbols = NULL;

	if (stemmer)
		symbols = sb_stemmer_stem(stemmer, (const sb_symbol *)exact, (int)len);
	g_string_truncate(stem, 0);
	if (symbols && sb_stemmer_length(stemmer) > 0)
		g_string_append_len(stem, (const char *)symbols, sb_stemmer_length(stemmer));
	else
		g_string_append_len(stem, exact, (gssize)len);
}

char *stem_version(void)
{
	g_autoptr(GString) stem = g_string_new(NULL);
	guint64 hash = HASH64_START;

	for (guint i = 0; i < G_N_ELEMENTS(probes); i++) {
		struct sb_stemmer *stemmer = stem_open(probes[i].language);
		g_auto(GStrv) words = g_strsplit(probes[i].words, " ", -1);

		hash = hash64_add(hash, probes[i].language, strlen(probes[i].language) + 1);
		for (guint w = 0; stemmer && words[w]; w++) {
			stem_word(stemmer, words[w], strlen(words[w]), stem);
			hash = hash64_add(hash, stem->str, stem->len + 1);
		}
		sb_stemmer_delete(stemmer);
	}
	return g_strdup_printf("%016" G_GINT64_MODIFIER "x", hash);
}

const char *const *stem_languages(void)
{
	static const char *languages[G_N_ELEMENTS(probes) + 1];
	static gsize filled;

	if (g_once_init_enter(&filled)) {
		guint n = 0;

		for (guint i = 0; i < G_N_ELEMENTS(probes); i++) {
			struct sb_stemmer *stemmer = stem_open(probes[i].language);

			if (stemmer)
				languages[n++] = probes[i].language;
			sb_stemmer_delete(stemmer);
		}
		g_once_init_leave(&filled, 1);
	}
	return languages;
}
