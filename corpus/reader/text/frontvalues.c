/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * frontvalues.c - types of documents and languages, as people name them.
 */
#include "corpus/reader/text/frontmatter.h"

#include <string.h>

int front_matter_type(const char *name)
{
	static const struct {
		const char *name;
		enum document_type type;
	} names[] = {
		{ "presentation", TYPE_SLIDES }, { "deck", TYPE_SLIDES }, { "slide-deck", TYPE_SLIDES },
		{ "speech", TYPE_STATEMENT }, { "address", TYPE_STATEMENT }, { "minutes", TYPE_TRANSCRIPT },
		{ "verbatim-record", TYPE_TRANSCRIPT }, { "paper", TYPE_BACKGROUND_PAPER },
		{ "programme", TYPE_AGENDA }, { "program", TYPE_AGENDA },
		{ "conference-report", TYPE_REPORT },
	};
	g_autofree char *key = g_ascii_strdown(name, -1);

	g_strdelimit(key, " _", '-');
	for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
		if (!strcmp(names[i].name, key))
			return names[i].type;
	return type_parse(key);
}

const char *front_matter_language(const char *name)
{
	static const char *const names[][4] = {
		{ "ar", "arabic", "العربية" }, { "bg", "bulgarian" }, { "cs", "czech" }, { "da", "danish", "dansk" },
		{ "de", "german", "deutsch" }, { "el", "greek" }, { "en", "english" },
		{ "es", "spanish", "español" }, { "et", "estonian" }, { "fi", "finnish", "suomi" },
		{ "fr", "french", "français" }, { "ga", "irish" }, { "hr", "croatian" }, { "hu", "hungarian", "magyar" },
		{ "it", "italian", "italiano" }, { "ja", "japanese" }, { "ko", "korean" }, { "lt", "lithuanian" },
		{ "lv", "latvian" }, { "mt", "maltese" }, { "nl", "dutch", "nederlands" }, { "no", "norwegian", "nb", "nn" },
		{ "pl", "polish", "polski" }, { "pt", "portuguese", "português" }, { "ro", "romanian", "română" },
		{ "ru", "russian", "русский" }, { "sk", "slovak" }, { "sl", "slovenian", "slovene" },
		{ "sr", "serbian" }, { "sv", "swedish", "svenska" }, { "tr", "turkish", "türkçe" },
		{ "uk", "ukrainian" }, { "zh", "chinese", "中文" },
	};
	g_autofree char *key = g_utf8_strdown(name, -1);

	if (strlen(key) > 3 && (key[2] == '-' || key[2] == '_'))
		key[2] = 0;
	for (gsize i = 0; i < G_N_ELEMENTS(names); i++)
		for (int k = 0; k < 4 && names[i][k]; k++)
			if (!strcmp(names[i][k], key))
				return names[i][0];
	return NULL;
}
