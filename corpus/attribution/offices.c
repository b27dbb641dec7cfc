/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * offices.c - people by what they are: "the Director of the Knot Institute".
 *
 * An office is a function and the house or country it is of, as a list gives them
 * beside a name. It is looked up by its words in their order, without articles
 * and the small words between function and house; a function alone that is one
 * word ("the Director") is no office here. Of two holders neither is given.
 */
#include "corpus/attribution/offices.h"

#include <string.h>

#include "corpus/cues.h"
#include "corpus/words.h"

#define KEY_WORDS_MIN 2
#define GENITIVE_MIN 5		/* letters of a word that may have lost its "s": "des Instituts" */

/* Appends the words that count; how many. */
static guint key_append(GString *key, const char *folded)
{
	guint n = 0;
	while (*folded != '\0') {
		gsize len = strcspn(folded, " ");
		bool small = cue_is(CUE_ARTICLE, folded, (gssize)len) || cue_is(CUE_OF, folded, (gssize)len) ||
		             cue_is(CUE_PREPOSITION, folded, (gssize)len);
		if (!small && len > 0) {
			if (key->len > 0)
				g_string_append_c(key, ' ');
			bool genitive = len > GENITIVE_MIN && folded[len - 1] == 's';
			g_string_append_len(key, folded, (gssize)(len - genitive));
			n++;
		}
		folded += len;
		folded += *folded == ' ';
	}
	return n;
}

static void put(GHashTable *offices, const char *key, int person)
{
	gpointer known;
	if (!g_hash_table_lookup_extended(offices, key, NULL, &known))
		g_hash_table_insert(offices, g_strdup(key), GINT_TO_POINTER(person));
	else if (GPOINTER_TO_INT(known) != person)
		g_hash_table_insert(offices, g_strdup(key), GINT_TO_POINTER(ROSTER_SEVERAL));
}

static void put_person(struct attributing *a, GHashTable *offices, int index)
{
	const struct person *person = document_person(a->doc, index);
	const char *const houses[] = { NULL, person->organisation, person->country };
	if (person->body || person->role == NULL)
		return;
	for (guint i = 0; i < G_N_ELEMENTS(houses); i++) {
		g_autoptr(GString) key = g_string_new(NULL);
		if (i > 0 && houses[i] == NULL)
			continue;
		words_fold_to(a->folded, person->role, 0, (guint32)strlen(person->role));
		guint words = key_append(key, a->folded->str);
		if (i > 0) {
			words_fold_to(a->folded, houses[i], 0, (guint32)strlen(houses[i]));
			words += key_append(key, a->folded->str);
		}
		if (words >= KEY_WORDS_MIN)
			put(offices, key->str, index);
	}
}

static GHashTable *offices_of(struct attributing *a)
{
	if (a->offices == NULL) {
		a->offices = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
		for (guint i = 0; i < a->doc->people->len; i++)
			put_person(a, a->offices, (int)i);
	}
	return a->offices;
}

int office_holder(struct attributing *a, const char *folded)
{
	g_autoptr(GString) key = g_string_new(NULL);
	gpointer found;
	if (key_append(key, folded) < KEY_WORDS_MIN || !g_hash_table_lookup_extended(offices_of(a), key->str, NULL, &found))
		return ROSTER_NONE;
	return GPOINTER_TO_INT(found);
}
