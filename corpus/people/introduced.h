/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * introduced.h - people whom the text introduces, as introductions.c and named.c share
 * them.
 */
#ifndef CORPUS_PEOPLE_INTRODUCED_H
#define CORPUS_PEOPLE_INTRODUCED_H

#include "corpus/people/people.h"
#include "corpus/people/names.h"
#include "corpus/pieces.h"

enum strength { NOT_INTRODUCED, BY_NAME, BY_FUNCTION, BY_TITLE };

struct introduced {
	struct name name;
	struct range bracket, apposition;	/* start == end: none */
	enum strength strength;
};

struct reading {
	struct document *doc;
	struct roster *roster;
	GString *folded;
	guint capitals;		/* how often names in capitals with brackets behind */
	guint brackets;		/* how often a house stands in brackets behind who speaks */
};

#define FUNCTION_WORDS 14	/* "the Director of the House of X," before the name */
#define APPOSITION_BYTES 220

/* ---- named.c ---- */

/* "..., and Ms. Ann Bell, Head of the House of Salt": named in full with title and
 * function further on in a sentence that introduces somebody. */
bool named_further(struct reading *reading, const char *s, guint32 *pos, guint32 end, struct introduced *found);
/* "Ann Bell, House of Salt, and Tom Marsh, House of Nets, jointly presented": two
 * at the beginning of a sentence, each with a house or function. */
bool named_pair(struct reading *reading, const char *s, guint32 start, guint32 end, struct introduced found[2]);
/* Those whom a sentence elects, each with the office. */
void named_elected(struct reading *reading, const char *s, guint32 start, guint32 end);
/* "The panelists were Prof. Ann Bell, House of Salt; Dr. Tom Marsh, consultant; and ...":
 * titled people between semicolons. */
void named_listed(struct reading *reading, const char *s, guint32 start, guint32 end);
/* "Ann Bell (House of Salt)" alone: the byline of a paper. */
bool named_byline(struct reading *reading, const struct block *block);
void named_capitals(struct reading *reading);

/* ---- introductions.c ---- */

const char *reading_fold(struct reading *reading, const char *s, guint32 from, guint32 to);
guint32 text_skip_blanks(const char *s, guint32 pos, guint32 end);
bool reading_speaks_at(struct reading *reading, const char *s, guint32 from, guint32 end);
/* "(Country)" behind the name. False where it is the year of a citation. */
bool reading_bracket(const char *s, guint32 *pos, guint32 end, struct range *bracket);
bool reading_is_function(struct reading *reading, const char *s, struct range part);
/* "RBA", "Harbour Rescue Kiel": a house by its capitals, and nobody's name. */
bool reading_is_house(struct reading *reading, const char *s, struct range part);
bool reading_in_capitals(const char *s, const struct name *name);
void reading_add(struct reading *reading, const char *s, const struct introduced *found);

#endif
