/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * masking.h - the names that are not to be known, and where they stand in a text.
 */
#ifndef CORPUS_MASKING_H
#define CORPUS_MASKING_H

#include "corpus/document.h"

struct names;
struct names *names_new(void);
void names_free(struct names *names);

/* Somebody who is not to be known, by any form of the name; initials too ("RS"). */
void names_hide(struct names *names, const char *name);
/* Somebody who is on record; after all that are hidden. */
void names_keep(struct names *names, const char *name);
/* True where the word, without the "s" of a genitive, is a surname that is hidden. */
bool names_genitive(struct names *names, const char *word, guint32 len);
bool names_any(const struct names *names);
/* Notes which of their words a text has in small letters. */
void names_note_common(struct names *names, const char *s, guint32 len);

/* Appends where they stand in a text, honorifics included. covered: of a part held
 * without names, where a first name or initials alone are enough. */
void names_find(struct names *names, const char *s, guint32 len, bool covered, GArray *ranges);
/* The same for what is made of words without spaces: an id, an address ("ann-bell",
 * "AnnBell.pdf", "people/bell"). */
void names_find_in_address(struct names *names, const char *s, GArray *ranges);
/* True where somebody who is on record is named in full. */
bool names_kept_in(struct names *names, const char *s, guint32 len);

/* True for words that are more often something else than a name. */
bool name_word_is_weak(const char *folded);
/* A word with its umlauts written out, in small letters; empty where it has none. */
char *name_spelled_out(const char *s, gsize len);
/* "AB", "CvM". */
bool name_is_initials(const char *name);
/* True where a sentence or a line begins at this byte. */
bool name_begins_sentence(const char *s, guint32 at);
/* True right behind "Mr", "prof."; folded is spoilt. */
bool name_behind_mister(const char *s, guint32 at, GString *folded);

#endif
