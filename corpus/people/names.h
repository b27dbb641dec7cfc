/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * names.h - people's names in text, what is said of them beside the name, and
 * the roster that finds a person by any form of the name.
 */
#ifndef CORPUS_NAMES_H
#define CORPUS_NAMES_H

#include "corpus/document.h"
#include "corpus/words.h"

/* A name that was found: "[H.E. Lt. Gen.] Abu B. Name". */
struct name {
	guint32 honorific;	/* where the honorifics begin; start where there are none */
	guint32 start, end;	/* the name itself */
	guint words;
};

/* A preposition, which in French "a" is not, but "à" is. folded: the word, folded,
 * and what follows it. */
bool word_is_preposition(const struct document *doc, const char *s, const struct word *word, const char *folded);

/* The longest name that stands at pos: one to six capitalised words, small
 * particles between them; it stops before roles ("Minister") and bodies. */
bool name_scan(const char *s, guint32 pos, guint32 end, struct name *name);
/* "Prepared Statement of Hon. Ann Bell, ...": where the name begins; 0 where the text
 * does not begin so. folded is spoilt. */
guint32 statement_name(GString *folded, const char *s, guint32 len);
/* name_scan() with at least two words, and nothing but white space behind it. */
bool name_alone(const char *s, struct range range, struct name *name);

/* The words of a part on one line, without white space and commas at its ends; NULL
 * where there are none. */
const char *part_text(struct document *doc, const char *s, struct range part);
/* Fills role, organisation and country from "Minister, Ministry of X, Country";
 * what is not safe to tell apart stays in the role. */
void person_describe(struct document *doc, struct person *person, const char *s, gsize len);
/* A person from "Name | Role, Organisation", "Name, Role", "Name Role, ...".
 * False where no name of two words or more begins the text. */
bool person_parse(struct document *doc, const char *s, guint32 len, struct person *person);

/* The lines of a text, where each is a name, a tab or a gap, and more; else 0. described:
 * those on which a function or a house stands behind the name. */
guint names_in_columns(const char *s, guint32 len, guint *described);
/* True where a line names countries and nothing else ("NORWAY/SWEDEN", "Country: Malta").
 * only: the only one; empty where there are several. */
bool countries_named(const char *s, guint32 len, struct range *only);

struct roster;
/* All the people of the document so far. */
struct roster *roster_new(struct document *doc);
void roster_free(struct roster *roster);

#define ROSTER_NONE (-1)
#define ROSTER_SEVERAL (-2)

/* Adds a person, or fills what is missing of the one who is there already.
 * Returns the index into people. */
int roster_add(struct roster *roster, const struct person *person);
/* What the document says that a person is called by: "AB = Ann Bell". */
void roster_call(struct roster *roster, int person, const char *initials);
/* Each gives an index into people, ROSTER_NONE or ROSTER_SEVERAL. folded: words_fold. */
int roster_full(const struct roster *roster, const char *folded);	/* whole name, or its first and last words */
int roster_surname(const struct roster *roster, const char *folded);	/* its last word(s) */
int roster_any_word(const struct roster *roster, const char *folded);	/* one word of it */
int roster_initials(const struct roster *roster, const char *initials);	/* "CvM", "CM" */
/* The person is also found by this folded form, as by the whole name. */
void roster_alias(struct roster *roster, int person, const char *folded);
int roster_called(const struct roster *roster, const char *folded);	/* initials that the document explains */
/* False where the honorific before a name ("Mr.", "Ms.") contradicts the person's. */
bool person_allows(const struct person *person, const char *honorific, gsize len);
/* The people, at most max, whose initials or words of the name these are; how many. */
guint roster_candidates(const struct roster *roster, const char *folded, int *out, guint max);

#endif
