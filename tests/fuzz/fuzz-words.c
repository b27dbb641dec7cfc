/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * fuzz-words.c - any bytes as a text with acronyms, as a file of synonyms, and as two words of
 * an index: names, keys and spellings keep their limits.
 */
#include <stdint.h>
#include <string.h>

#include "indexer/acronyms.h"
#include "indexer/vocabulary.h"
#include "searcher/synonyms.h"
#include "searcher/variants.h"
#include "xapian/xap.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool check_name(const char *acronym, const char *name, guint count, void *data)
{
	g_auto(GStrv) words = g_strsplit(name, " ", -1);
	g_autoptr(GString) key = g_string_new(NULL);

	(void)data;
	g_assert_cmpuint(count, >, 0);
	g_assert_cmpuint(g_strv_length(words), <=, NAME_MAX_WORDS);
	g_assert_cmpuint(strlen(acronym) + strlen(name) + 24, <=, XAP_TERM_MAX_BYTES);
	g_assert_true(vocabulary_name_key((const char *const *)words, g_strv_length(words), key));
	return true;
}

static bool check_row(const char *two, const char *third, void *data)
{
	g_autofree char *row = g_strconcat(two, third, NULL), *all = g_strdup_printf(" %s ", (const char *)data);

	g_assert_cmpint(g_utf8_strlen(row, -1), ==, 3);
	g_assert_nonnull(strstr(all, row));
	return true;
}

static void check_misreading(const char *word, void *data)
{
	g_assert_true(g_utf8_validate(word, -1, NULL));
	g_assert_cmpstr(word, !=, data);
}

static void try_words(const char *a, const char *b)
{
	g_autoptr(GPtrArray) out = g_ptr_array_new_with_free_func(g_free);

	g_assert_cmpfloat(vocabulary_damage(a, 900, b, 1, strlen(a) % 2), <=, 1);
	g_assert_true(!vocabulary_is_slip(a, a) && vocabulary_is_slip(a, b) == vocabulary_is_slip(b, a));
	vocabulary_rows(a, check_row, (gpointer)a);
	vocabulary_misreadings(a, check_misreading, (gpointer)a);
	variants_of(a, b, true, out);
	g_assert_cmpuint(out->len, <=, VARIANTS_MAX);
	for (guint i = 0; i < out->len; i++)
		g_assert_cmpstr(g_ptr_array_index(out, i), !=, a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	g_autofree char *text = g_strndup((const char *)data, size), *valid = g_utf8_make_valid(text, -1);
	struct acronyms *acronyms = acronyms_new();
	struct analysis *analysis = analysis_new();
	struct synonyms *synonyms = synonyms_read((const char *)data, size, analysis, NULL);
	g_auto(GStrv) words = g_strsplit_set(valid, " \n", 3);

	acronyms_read(acronyms, text, strlen(text));
	acronyms_each(acronyms, check_name, NULL);
	acronyms_free(acronyms);
	if (words[0] && *words[0] && words[1] && *words[1])
		try_words(words[0], words[1]);
	synonyms_free(synonyms);
	analysis_free(analysis);
	return 0;
}
