/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * corrections.h - what a person says of the people, panels and passages in a
 * document, which wins over all that was detected.
 *
 *   [FILE-OR-GLOB | person NAME]               any form of the name; "NAME (FUNCTION)" of two
 *   name, honorific, role, organisation, country
 *   type = person|body
 *   also = A; B        other forms that mean this person
 *   not = A; B         forms that are somebody else
 *   speaker = no       is mentioned, and never speaks
 *
 *   [FILE-OR-GLOB | panel LABEL-OR-TITLE]
 *   label, title, date, moderator
 *   attribution = none|named|normal
 *
 *   [FILE | passage ID-OR-RANGE]               as it is listed; RANGE: bytes of the text
 *   speaker            "": nobody
 *   kind, panel
 *
 * An empty value takes back what was detected. Each is applied right behind the
 * stage that makes what it speaks of, so that the stages behind build on it.
 */
#ifndef CORPUS_CORRECTIONS_H
#define CORPUS_CORRECTIONS_H

#include "corpus/corpus.h"

enum correction_kind { CORRECT_PERSON, CORRECT_PANEL, CORRECT_PASSAGE, N_CORRECTIONS };

enum correction_key {
	SAYS_NAME, SAYS_HONORIFIC, SAYS_ROLE, SAYS_ORGANISATION, SAYS_COUNTRY, SAYS_TYPE, SAYS_ALSO, SAYS_NOT,
	SAYS_SPEAKER, SAYS_LABEL, SAYS_TITLE, SAYS_DATE, SAYS_MODERATOR, SAYS_ATTRIBUTION, SAYS_KIND, SAYS_PANEL,
	N_SAYS
};

/* One group. Read once; only `fitted` changes, from any thread. */
struct correction {
	enum correction_kind kind;
	char *source;		/* "'catalogue.ini' [FILE | person NAME]" */
	char *target;		/* as written: a name, a label, an id */
	char *folded;		/* of a person or panel */
	char *function;		/* folded, of "NAME (FUNCTION)", or NULL */
	bool glob;		/* it need not fit each document */
	char *values[N_SAYS];	/* NULL: says nothing */
	gint fitted;		/* atomic: documents that it was applied to */
};

/* ---- parse.c ---- */

/* The part of a group's name behind the file: "person Ann Bell". NULL with *fault set
 * where it is none. */
struct correction *correction_parse(const char *head, bool glob, const char **fault);
void correction_free(struct correction *correction);
/* Takes a value; gives what is wrong with it, or NULL. */
const char *correction_take(struct correction *correction, const char *key, const char *value);
/* What is wrong with all of them together, or NULL. */
const char *correction_fault(const struct correction *correction);
/* The forms of "A; B". */
char **correction_forms(const char *value);

/* What the catalogue says of the names of a document or panel; -1: nothing known. */
int policy_parse(const char *value);

/* ---- people.c and passages.c: in this order ----
 *
 * corrections: struct correction *, in the order of the catalogue. What fits nothing
 * gives a warning, unless it need not fit each document. */

/* Behind people(), before attribution(). */
void correct_people(struct document *doc, GPtrArray *corrections, corpus_warnings *warnings);
void correct_panels(struct document *doc, GPtrArray *corrections, corpus_warnings *warnings);
/* Behind attribution(), and again behind quotations(): takes back what is attributed
 * to people who never speak. */
void correct_silent(struct document *doc, GPtrArray *corrections);
/* Behind passages(): their ids do not depend on it. */
void correct_passages(struct document *doc, GPtrArray *corrections, corpus_warnings *warnings);

/* More that people of the document go by, for corpus/anonymity; g_strfreev it. */
char **corrections_names(const GPtrArray *corrections);

/* Says what is wrong, or remembers that it may fit elsewhere. */
void correction_unfit(const struct correction *correction, const struct document *doc, corpus_warnings *warnings, const char *why);

/* Sets what a value says; an empty one takes back what was there. */
void correction_set(struct document *doc, const char **slot, const char *value);

/* Finds people by any form of their names. */
struct finder;
struct finder *finder_new(struct document *doc);
void finder_free(struct finder *finder);
#define FOUND_SEVERAL (-2)
/* Who is called so (folded), or -1, or FOUND_SEVERAL. function: folded, or NULL. */
int finder_find(const struct finder *finder, const char *folded, const char *function);
/* The one whom "NAME" or "NAME (FUNCTION)" names, added where nobody is; -1 where it
 * fits several. */
int finder_take(struct finder *finder, const char *value);
/* The panel of that label or title (folded), or -1, or FOUND_SEVERAL. */
int panel_find(const struct document *doc, const char *folded);

#endif
