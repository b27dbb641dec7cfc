/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * test-cues.c - the ways to look cues up agree with each other.
 */
#include "corpus/cues.h"

#include <string.h>

#include "corpus/words.h"

static const char *const texts[] = {
	"", " ", "We know.", "the Representative of the Group of 77 and China said", "l'Union europ\xC3\xA9" "enne a d\xC3\xA9" "clar\xC3\xA9",
	"Director-General", "on the record", "took the Chair", "H.E. Dr. Ann Bell, on behalf of", "it was suggested that",
	"nobody here speaks of anything, my friend", "\xE2\x80\x9CUnd so weiter\xE2\x80\x9D, sagte er", "a\xC2\xAD-\xC2\xAD b", "- - -",
		"\xFF\xC2 said",
};

/* From each place of each text, for each cue. */
static void test_text_as_folded(void)
{
	g_autoptr(GString) folded = g_string_new(NULL), spoilt = g_string_new(NULL);
	for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
		guint32 len = (guint32)strlen(texts[i]);
		for (guint32 from = 0; from < len; from++) {
			words_fold_to(folded, texts[i], from, len);
			const struct cue_words *first = cue_words(folded->str);
			for (enum cue cue = 0; cue < N_CUES; cue++) {
				guint begins = cue_begins(cue, folded->str);
				g_assert_cmpuint(cue_begins_text(cue, texts[i], from, len, spoilt), ==, begins);
				g_assert_cmpuint(cue_words_begin(first, cue, folded->str), ==, begins);
				g_assert_true(begins == 0 || cue_words_may(first, cue));
				g_assert_true(cue_holds_text(cue, texts[i], from, len, spoilt) == cue_holds(cue, folded->str));
			}
		}
	}
}

static void test_longest(void)
{
	g_assert_true(cue_is(CUE_COUNTRY, "norway", -1));
	g_assert_false(cue_is(CUE_COUNTRY, "norway and", -1));
	g_assert_true(cue_is(CUE_COUNTRY, "norway and", 6));
	g_assert_cmpuint(cue_begins(CUE_TAKES_CHAIR, "took the chair again"), ==, 3);
	g_assert_cmpuint(cue_begins(CUE_TAKES_CHAIR, "took the"), ==, 0);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/cues/text-as-folded", test_text_as_folded);
	g_test_add_func("/cues/longest", test_longest);
	return g_test_run();
}
