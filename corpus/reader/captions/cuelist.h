/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * cuelist.h - the cues of a file of captions, and what each shows.
 */
#ifndef CORPUS_READER_CUELIST_H
#define CORPUS_READER_CUELIST_H

#include <glib.h>
#include <stdbool.h>

/* Words that stand on the screen at a time. */
struct cue {
	guint32 start_ms, end_ms;
	guint first, n;		/* lines */
};

struct cuelist {
	const char *text;	/* UTF-8, borrowed */
	guint32 len;
	GArray *list;		/* struct cue, in the order of the file */
	GArray *lines;		/* struct range: payload */
	char *language;		/* as the header says, or NULL */
	GArray *broken;		/* guint: the first CUES_BROKEN_TOLD lines with times that cannot be read, from 1 */
	guint n_broken;
};
#define CUES_BROKEN_TOLD 10

bool cuelist_begin(const char *s, gsize len);
void cuelist_init(struct cuelist *cues, const char *text, guint32 len);
void cuelist_clear(struct cuelist *cues);

/* A word as it is shown, tags and entities resolved. */
struct word_shown {
	guint32 start, end;	/* in shown.text */
	guint32 hash;
	bool begins_line, ends_line;
	const char *voice;	/* who speaks from here on, "" for nobody; NULL: no change */
	const char *turn;	/* ">>" or "-" stands before: somebody else speaks; or NULL */
};

struct shown {
	GString *text;
	GArray *words;		/* struct word_shown */
	GStringChunk *names;	/* of voices */
	bool closed;		/* the voice ends with the cue, and says so */
};

void shown_init(struct shown *shown);
void shown_clear(struct shown *shown);
/* Fills it with what one cue shows; what was in it is forgotten. */
void cue_show(const struct cuelist *cues, const struct cue *cue, struct shown *shown);

#endif
