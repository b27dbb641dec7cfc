/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * attribution.h - who said it, how we know, and how sure we are.
 *
 * attribution() fills doc->passages with *statements*: the smallest stretches
 * of one kind by one speaker, a block or some sentences of it, in the order of
 * the document. passages() then makes passages of them.
 */
#ifndef CORPUS_ATTRIBUTION_H
#define CORPUS_ATTRIBUTION_H

#include "corpus/document.h"
#include "corpus/people/names.h"

void attribution(struct document *doc);

/* ---- between the files of this stage ---- */

struct attributing {
	struct document *doc;
	struct roster *roster;
	GHashTable *turns;	/* label as printed -> struct turn: most labels recur */
	GHashTable *uses;	/* label as printed -> times */
	GHashTable *addressed;	/* label, folded -> int: whom the turn before it called by the first name */
	GHashTable *offices;	/* offices.c: words of a function and its house -> person; NULL until it is asked for */
	guint8 *own;		/* of each block, whether it is in the first person: bylines.c */
	int chair;		/* who presides over a transcript at this place; -1 */
	bool capitals;		/* those who speak are printed in capitals */
	GString *buffer, *folded;
};

/* What both ways of attributing share, for a document whose people are known; the tables are its own. */
void attributing_init(struct attributing *a, struct document *doc);
void attributing_clear(struct attributing *a);

/* A statement of the whole block, nobody's yet; it is appended to doc->passages
 * and may be changed until the next call. */
struct passage *statement_of(struct attributing *a, const struct block *block,
                             enum passage_kind kind);
/* The same of a part of the block, in offsets of the document. NULL where the
 * part holds nothing. */
struct passage *statement_part(struct attributing *a, const struct block *block,
                               enum passage_kind kind, guint32 from, guint32 to);
void statement_speaker(struct passage *statement, int speaker, enum evidence evidence,
                       enum certainty certainty, struct range range);

/* speech.c: who a label names. Adds people to the document. */
struct turn {
	int speaker;
	struct range range;	/* of the label */
	enum certainty certainty;
	enum evidence evidence;
	int *candidates;
	guint n_candidates;
};
/* "QUESTIONER", "Audience member": whoever it is may say so. */
bool label_is_crowd(struct attributing *a, const struct block *label);
/* "Peter Lind with Rail Weekly.", "My name is ...": sets the turn's speaker. */
void turn_names_itself(struct attributing *a, const struct block *block, struct turn *turn);
/* Before the first turn: fills `addressed`. */
void read_addresses(struct attributing *a);
struct turn turn_of_label(struct attributing *a, const struct block *label, int main_speaker);
/* interviews.c */
/* "Interview with Ann Bell", "Three questions to Ann Bell": whom the line says; -1. */
int interviewee_named(struct attributing *a, const struct block *block, struct range *range);
/* The one speaker that front matter names, or (answers) whom a title says the interview
 * is with; -1 where there is none or several. */
int main_speaker(struct attributing *a, struct range *range, bool *answers);

/* "Mr. Bell, Vice-President, took the Chair.": who, -1 where it may be one of several; false
 * where the sentence does not begin with somebody. */
bool chair_taker(struct attributing *a, const char *s, struct range sentence, int *person);

/* proceedings.c: blocks that are the record's own, inside turns and reports. */
bool block_is_note(struct attributing *a, const struct block *block);
bool block_is_question(struct attributing *a, const struct block *block);
bool block_is_interjection(struct attributing *a, const struct block *block);
bool block_is_proceeding(struct attributing *a, const struct block *block);	/* sets a->chair */

/* reported.c: the account that a report gives of what people said. */
struct report {
	int speaker;		/* whose statement the account is at; -1 */
	bool somebody;		/* it is at a statement, but whose cannot be said */
	bool crowded;		/* several people spoke in the paragraph before: it ended there */
	bool mood;		/* the account is told in the mood of reported speech */
	bool questioned;	/* the last statement was a question */
	int asked;		/* whom it was put to: the speaker before; -1 */
	int chair;		/* who presides; -1 */
	int author;		/* who signed the whole report, alone; -1 */
	struct range author_range;
	int session_chair;	/* "The second session, chaired by Ann Bell": in that section, and no panel; -1 */
	int session;		/* the section */
	bool chair_taken;	/* the text says who took the chair; on a panel that has a moderator that is over */
	int anchor;		/* whose account a heading says it is; -1 */
	bool delegations;	/* countries and groups speak in this document */
	bool record;		/* at the head of paragraphs, between their delegates */
	int panel, section;
	struct range evidence;
	int present[24];	/* people introduced on this panel so far */
	guint n_present;
};
void report_reset(struct report *report);
/* The section of this heading gives one person's talk, whom the range names. */
void report_open(struct report *report, const struct block *heading, int person, struct range range);
void report_block(struct attributing *a, struct report *report, const struct block *block);

/* bylines.c: signed texts and talks. */
int byline_of_section(struct attributing *a, guint heading, guint *byline, struct range *range);
/* The one person named on the lines under a heading: who gave the talk that the
 * section is about. -1 where there is none. own: the section is in the first person. */
int talk_of_section(struct attributing *a, guint heading, guint *byline, struct range *range, bool *own);
int signature_between(struct attributing *a, guint first, guint *byline, struct range *range);
/* "Foreword by Name": the person behind "by" at the beginning of s; -1. */
int byline_named(struct attributing *a, const char *s, guint32 len);
int byline_add(struct attributing *a, const char *s, const struct name *name);
/* Who alone wrote a background paper, by the name under its title; -1. */
int author_of_paper(struct attributing *a, struct range *range);
/* Who alone signed a report at its top, "By Ann Bell, Fellow"; -1. */
int author_of_report(struct attributing *a, struct range *range);
/* "I", "my" in the text, apart from what stands in quotation marks. */
bool speaks_of_itself(struct attributing *a, const char *s, guint32 len);
int author_of_document(struct attributing *a, struct range *range);

/* decks.c: who presents the slides. */
struct deck {
	int people[8];		/* the presenters, or the house that prepared the deck */
	struct range ranges[8];	/* where they are named */
	guint n;
	int slide;		/* the one that was looked at last */
	int current;		/* whose the slide is; -1: it is not said */
	struct range range;
	GArray *outline;	/* struct part: items of the outline, and whose part each is */
	GArray *dividers;	/* struct part_of_deck, by slide */
	int notes_slide, notes;	/* on which the notes said last who speaks, and who: decks.c */
	struct range notes_range;
};
void deck_close(struct deck *deck);
void deck_open(struct attributing *a, struct deck *deck);
/* Block i is nothing but somebody's words in quotation marks, with or without
 * the name behind or below them: *person, or -1. */
bool deck_quotes(struct attributing *a, guint i, int *person, struct range *range);
/* Before the first block of a slide: whose it is. */
void deck_slide(struct attributing *a, struct deck *deck, guint first);
/* Whose a block of a slide is, which is the slide's presenter but for notes in which another
 * says who it is ("Ann speaking."); -1. */
int deck_speaker(struct attributing *a, struct deck *deck, const struct block *block, struct range *range);
/* The presenter whose name has these words; -1: none, or several. */
int deck_presenter_called(struct attributing *a, const struct deck *deck, const char *s, struct range words);

/* dividers.c */
struct part_of_deck {
	int slide;		/* that only says whose part begins */
	int person;
	struct range range;	/* of the name */
};
/* Fills deck->dividers. */
void dividers_read(struct attributing *a, struct deck *deck);
const struct part_of_deck *divider_at(const struct deck *deck, int slide);
/* Who says at the beginning of notes that it is their turn; -1. */
int notes_speaker(struct attributing *a, const struct deck *deck, const struct block *block, struct range *range);

#endif
