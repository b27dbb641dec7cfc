/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * gathering.h - what the files that fill a document's roster share.
 */
#ifndef CORPUS_PEOPLE_GATHERING_H
#define CORPUS_PEOPLE_GATHERING_H

#include "corpus/people/names.h"

struct gathering {
	struct document *doc;
	struct roster *roster;
	GString *buffer, *folded;
	int panel;		/* of the agenda, while it is read; -1 */
	const char *date;
	GArray *listed;		/* int: people of that panel */
};

/* Adds the person of an entry "Name, function, house"; a second entry that ran into
 * it too. -1 where it names nobody. */
int gathering_add(struct gathering *gathering, const char *s, guint32 len);

/* ---- lists.c ---- */

/* The blocks of a list of people from `first` on: a name a line, with functions
 * behind it or on the lines below, in columns, under the names of countries, or
 * with the surname first ("Bell, Ann"). Gives the block behind the list. */
guint list_read(struct gathering *gathering, guint first);

/* Names side by side with functions below each, as under pictures. False where the
 * block is none. Leaves the panel's people to be closed. */
bool grid_read(struct gathering *gathering, struct block *block);

#define LIST_LINE_BYTES 400

/* ---- agenda.c ---- */

/* "Moderator: Name, ..." -> where the name begins, else 0. */
guint32 agenda_moderator(struct gathering *gathering, const char *s, guint32 len);
void agenda_read(struct gathering *gathering, const struct block *block);
/* The days of the agenda are the document's, where it names no other. */
void agenda_date(struct document *doc);

/* ---- inner.c ---- */

bool document_has_labels(const struct document *doc);
/* Lists in the body, and the lines that explain initials before the first label. */
void inner_lists_read(struct gathering *gathering);

/* ---- turns.c ---- */

/* A list "Name, House" at the top of a transcript: three lines or more. */
void turns_top_lines(struct gathering *gathering);
/* Whole names with a title before the first label ("Hon. Ann Bell (chair) presiding"),
 * and those of "Statement of ..." anywhere. */
void turns_names(struct gathering *gathering);
/* "Otto Marsh from the port" before the first turn of "O. MARSH". Two
 * different whole names of one surname are both known, and none is chosen. */
void turns_whole_names(struct gathering *gathering);
/* "MODERATOR: Welcome. I'm Ann Bell": who bears the function says so. */
void turns_self_introductions(struct gathering *gathering);

/* ---- people.c ---- */

void gathering_close_panel(struct gathering *gathering);

#endif
