/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * mentions.h - people named in a sentence of a report, and whether they are who
 * speaks in it. All places are offsets into s.
 */
#ifndef CORPUS_MENTIONS_H
#define CORPUS_MENTIONS_H

#include "corpus/attribution/attribution.h"

#define CANDIDATES_MAX 6
#define CROWD 2000	/* people among whom candidates are not looked for: each look reads all */

struct mention {
	int person;		/* ROSTER_NONE: a stranger; ROSTER_SEVERAL: one of some */
	guint32 start, end;
	guint32 honorific;
};

struct introduction {
	int person;
	guint32 sentence;	/* where its sentence begins */
	struct mention mention;
	int candidates[CANDIDATES_MAX];	/* where it is nobody's for certain */
	guint n_candidates;
};

/* The person named at a capitalised word at pos; false where no name stands. */
bool mention_at(struct attributing *a, const char *s, guint32 pos, guint32 end, struct mention *mention);
/* True where the sentence begins this person's account. */
bool mention_introduces(struct attributing *a, const char *s, guint32 sentence, guint32 end,
                        const struct mention *mention);
/* "Name's ...", and what of it is the person's own words: "Name's answer". */
bool mention_owns(const char *s, guint32 end, const struct mention *mention);
bool mention_owns_talk(struct attributing *a, const char *s, guint32 end, guint32 stop);
/* The sentence has several people as its subject: fills mention and candidates. */
bool subjects_several(struct attributing *a, const char *s, guint32 start, guint32 end,
                      struct introduction *found);

#endif
