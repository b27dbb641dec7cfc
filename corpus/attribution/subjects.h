/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * subjects.h - who speaks in a sentence of an account.
 */
#ifndef CORPUS_ATTRIBUTION_SUBJECTS_H
#define CORPUS_ATTRIBUTION_SUBJECTS_H

#include "corpus/attribution/mentions.h"

enum subject_kind {
	SUBJECT_NONE,		/* nobody in particular: the account goes on */
	SUBJECT_PERSON,		/* a person or a body of the document */
	SUBJECT_PRONOUN,	/* the one who speaks anyway: "he", "the speaker" */
	SUBJECT_SOMEBODY,	/* people or houses that we cannot name */
	SUBJECT_CHAIR,		/* a person who takes the chair; the document says so */
	SUBJECT_DOCUMENT,	/* nobody speaks: the document's own voice */
};

struct subject {
	enum subject_kind kind;
	int person;			/* of SUBJECT_PERSON; else -1 */
	guint32 sentence;		/* where its sentence begins */
	struct range where;		/* of the words that say so */
	bool takes_chair;		/* SUBJECT_DOCUMENT: it says who presides from here on */
	bool disputes;			/* what the one before said: who may reply */
	int candidates[CANDIDATES_MAX];	/* where it is nobody's for certain */
	guint n_candidates;
};

/* What the reading needs to know of the account so far. */
struct account {
	int speaker;			/* -1: none */
	int panel;			/* index into panels, or -1 */
	int chair;			/* who presides; -1 */
	bool chair_taken;		/* the text says so, whoever presided before */
	const int *present;		/* people introduced in it */
	guint n_present;
	bool delegations;		/* countries and groups speak in this document */
	bool record;			/* they do so at the head of paragraphs, between their delegates */
};

/* Reads the sentence [start, end) of s. May add bodies to the people. */
void subject_read(struct attributing *a, const struct account *account, const char *s, guint32 start,
                  guint32 end, struct subject *subject);

/* True where countries and groups speak throughout: a bulletin, a record. record: they do,
 * or they and their delegates ("Mr. Name (Country) said") together. */
bool delegations_speak(struct attributing *a, bool *record);

#endif
