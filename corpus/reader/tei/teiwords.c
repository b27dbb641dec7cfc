/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * teiwords.c - the running text of linguistically annotated TEI.
 *
 *   <w>Hemp</w> <w join="right">old</w> <pc>.</pc>     "Hemp old."
 *
 * Between tokens stands a blank, unless @join says that they stand together; white space
 * between their elements is layout. In files that never say so, what closes a clause stands
 * at the word before, and what opens one at the word behind.
 */
#include "corpus/reader/tei/tei.h"

#include <string.h>

static bool is_one_of(const char *s, gsize len, const char *marks)
{
	gunichar c = len ? g_utf8_get_char_validated(s, (gssize)len) : 0;

	return c && c < 0x110000 && g_utf8_strchr(marks, -1, c) != NULL;
}

void tei_words_start(struct tei *tei, struct tei_words *words, enum tei_element element, const struct xml_attributes *attributes)
{
	const char *join;

	if (element == TEI_S) {
		draft_text(tei->draft, " ", 1);
		words->joined = false;
		return;
	}
	if (tei_is_within_token(tei))	/* the parts of a contracted word */
		return;
	join = xml_attribute(attributes, "join", tei->value);
	if (join)
		words->joins = true;
	words->tokens++;
	words->mark = element == TEI_PC;
	words->before = words->joined || (join && (!strcmp(join, "left") || !strcmp(join, "both")));
	words->joined = join && (!strcmp(join, "right") || !strcmp(join, "both"));
	words->begun = false;
}

/* The first characters of a token decide about the blank before it. */
static void begin_token(struct tei *tei, struct tei_words *words, const char *s, gsize len)
{
	bool closes = words->mark && !words->joins && is_one_of(s, len, ".,;:!?)]}%…»”’");

	if (!words->before && !closes)
		draft_text(tei->draft, " ", 1);
	if (words->mark && !words->joins && is_one_of(s, len, "([{«„“‘¿¡"))
		words->joined = true;
	words->begun = true;
}

void tei_words_text(struct tei *tei, struct tei_words *words, const char *s, gsize len)
{
	gsize blanks = 0;

	while (blanks < len && g_ascii_isspace(s[blanks]))
		blanks++;
	if (tei_is_within_token(tei)) {
		if (blanks == len)
			return;
		if (!words->begun)
			begin_token(tei, words, s + blanks, len - blanks);
	} else if (words->tokens && blanks == len) {
		return;
	}
	draft_text(tei->draft, s, (gssize)len);
}
