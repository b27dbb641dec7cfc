/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * vocabulary.h - what the index learnt of its own words, and how it is written
 * down. Both ends agree on it here.
 *
 * It stands in the table of synonyms, beside the word forms (record.h), since that table is put
 * together by itself when segments are merged. Its keys begin with a byte that no word begins with:
 *
 *   \1 clean               -> damaged          a word, and one that was misread or misprinted
 *   \2 damaged             -> clean
 *   \3 acronym             -> name TAB count TAB source
 *   \4 beginning of a name -> acronym TAB name TAB count TAB source
 *   \5 two letters         -> a third     three in a row that are nothing odd: several words have them
 *
 * Words are folds; a name is its words with single blanks. The beginning of a name is the first
 * NAME_KEY_CHARS characters of its first two words that are no function words. count says how often the text
 * explains the acronym so, in the sources that were indexed together with the one given; what comes
 * from several is added up. Of letters in a row, a blank is the beginning and the end of a word.
 */
#ifndef INDEXER_VOCABULARY_H
#define INDEXER_VOCABULARY_H

#include <glib.h>
#include <stdbool.h>

#define VOCABULARY_DAMAGED '\1'
#define VOCABULARY_CLEAN '\2'
#define VOCABULARY_NAMES '\3'
#define VOCABULARY_ACRONYMS '\4'
#define VOCABULARY_LETTERS '\5'

#define SELDOM 2		/* what so many passages have at most may be a misprint */

#define ACRONYM_MIN_LETTERS 2
#define ACRONYM_MAX_LETTERS 10
#define NAME_MAX_WORDS 16
#define NAME_KEY_CHARS 4

/* Is this the key of something learnt, and not a word form? */
static inline bool vocabulary_is_key(const char *key, gsize len)
{
	return len && (guint8)key[0] < ' ';
}

/* A function word of some language, as a fold, that an acronym may pass over. */
bool vocabulary_is_small(const char *fold);

/* Sets key to the beginning of a name, without the byte before it; false for a name of one word. words:
 * folds. */
bool vocabulary_name_key(const char *const *words, guint n, GString *key);

/* Can the second word be the first one, misread by a machine or misprinted, when so many passages have
 * each? 0 for no, else how sure that is, up to 1. odd: the second looks odd beside the first (vocabulary_oddness). */
double vocabulary_damage(const char *clean, guint32 n_clean, const char *damaged, guint32 n_damaged, bool odd);

/* Are the words the same but for a slip of the hand: letters exchanged, also over one between them, or one doubled? */
bool vocabulary_is_slip(const char *a, const char *b);

/* Each three letters in a row of a word, the blanks around it among them, until the function returns false: the first two,
 * and the third. None of words that are not letters, or fewer than four. Returns what the last call did. */
typedef bool vocabulary_row_fn(const char *two, const char *third, void *data);
bool vocabulary_rows(const char *word, vocabulary_row_fn *fn, void *data);

/* Of the letters in a row that the other word has not (NULL: of all) the share that are none which the function knows,
 * 0..1; from ODD on the word looks odd. */
#define ODD 0.5
double vocabulary_oddness(const char *word, const char *beside, vocabulary_row_fn *known, void *data);

/* Each word that a machine may have read in place of this one, by one mistake that it makes, and each that it may have
 * read so; a cut end of a long word, too. */
typedef void vocabulary_word_fn(const char *word, void *data);
void vocabulary_misreadings(const char *word, vocabulary_word_fn *fn, void *data);

/* What is left of a word without the i-th of the function words that run into others, at one of its ends; false
 * behind the last of these. *rest is NULL where the word has it not. */
bool vocabulary_cut(const char *word, guint i, const char **rest, gsize *len);

/* The shape of a word: letters that machines take for each other are one. g_free it. */
char *vocabulary_shape(const char *fold);

#endif
