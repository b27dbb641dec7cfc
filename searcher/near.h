/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * near.h - words of an index that differ from a given one in few letters.
 *
 * The distance is that of optimal string alignment: a letter more, less, another, or two
 * neighbours exchanged. The words stand in the index in order, so that a walk over them
 * knows of each beginning whether a near word can follow (Wagner and Fischer's table, one row a
 * letter), and leaps over those where none can.
 */
#ifndef SEARCHER_NEAR_H
#define SEARCHER_NEAR_H

#include "xapian/xap.h"

#define NEAR_MIN_CHARS 4	/* of shorter words everything is near */
#define NEAR_MAX_CHARS 40
#define NEAR_STEPS_MAX 6000	/* entries looked at in one call, over all segments */
#define NEAR_FOUND_MAX 200

struct near_word {
	char *text;		/* a fold: a term, or a form that the table of forms knows */
	guint distance;
};

/* Appends the words (struct near_word) within max_distance, at most NEAR_FOUND_MAX; the word itself is not
 * among them. With same_start only those that begin with the same character. *steps is reduced by the
 * entries looked at; at 0 the walk ends. */
bool near_words(xap_db *db, const char *fold, guint max_distance, bool same_start, guint *steps, GArray *found, GError **error);

/* For g_array_set_clear_func. */
void near_word_clear(gpointer word);

#endif
